"""The log of what was taken out."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from thidua.audit.services import record
from thidua.exchange.importers import User


def note_export(by: User, action: str, subject: Model, details: Mapping[str, Any]) -> None:
    """Write who took out what list, and by what filter."""
    record(by, action, subject, details=details)

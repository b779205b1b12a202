"""Kinds of units: data that an administrator makes and changes."""

from typing import Any

from django.db import transaction

from thidua.accounts.models import Account
from thidua.audit.services import record
from thidua.organisations.models import UnitKind

FACTS = ("name", "name_en", "level", "is_small_collective", "has_legal_entity", "is_of_province", "rank")


@transaction.atomic
def save_kind(actor: Account | None, kind: UnitKind | None, **facts: Any) -> UnitKind:
    """Make a kind (``code`` among the facts) or change one; units already of the kind keep their own answers."""
    if kind is None:
        kind = UnitKind.objects.create(**facts)
        record(actor, "unit_kind.created", kind, details={"code": kind.code})
        return kind
    before = {name: getattr(kind, name) for name in FACTS}
    for name in FACTS:
        setattr(kind, name, facts[name])
    kind.save()
    changes = {name: [str(before[name]), str(facts[name])] for name in FACTS if before[name] != facts[name]}
    record(actor, "unit_kind.changed", kind, details=changes)
    return kind

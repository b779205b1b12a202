"""Days out of order are asked about once: a step is taken when a person said that exactly these are right."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from thidua.movements.selectors.odd_days import OddDay, key_of


def are_seen(request: HttpRequest, odd: Sequence[OddDay]) -> bool:
    """Say whether there is nothing odd, or the visitor ticked that exactly these days are right."""
    return not odd or request.POST.get("seen") == key_of(odd)


def shown_odd(odd: Sequence[OddDay]) -> dict[str, Any]:
    """Return what the part of the page wants."""
    return {"odd_days": odd, "odd_key": key_of(odd)}

"""The list of movements, filtered, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from thidua.movements.models import Movement
from thidua.movements.permissions import visible
from thidua.organisations.permissions import User
from thidua.organisations.searching import name_matches

PAGE = 50
COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of movements and how many there are; beyond ``COUNTED`` nobody counts."""

    rows: tuple[Movement, ...]
    total: int
    page: int
    has_next: bool


def listing(user: User, asked: Mapping[str, str], *, size: int = PAGE) -> Listing:
    """Return the page asked for: ``q``, ``year``, ``status``, ``kind``, ``role`` (organised or received), ``page``."""
    found = narrowed(Movement.objects.filter(visible(user)), asked)
    page = max(int(asked["page"]), 1) if asked.get("page", "").isdigit() else 1
    rows = found.select_related("organiser", "plan").annotate(
        units=Count("participations", filter=Q(participations__is_visible=True), distinct=True)
    )
    first = (page - 1) * size
    shown = list(rows.order_by("-year", "-id")[first : first + size + 1])
    total = found[: COUNTED + 1].count()
    return Listing(tuple(shown[:size]), total, page, len(shown) > size)


def narrowed(found: QuerySet[Movement], asked: Mapping[str, str]) -> QuerySet[Movement]:
    if asked.get("year", "").isdigit():
        found = found.filter(year=int(asked["year"]))
    for name, choices in (("status", Movement.Status.values), ("kind", Movement.Kind.values)):
        if asked.get(name) in choices:
            found = found.filter(**{name: asked[name]})
    if not asked.get("status"):
        found = found.exclude(status=Movement.Status.WITHDRAWN)
    if asked.get("role") == "own":
        found = found.filter(answers__isnull=False)
    elif asked.get("role") == "launched":
        found = found.filter(answers__isnull=True)
    return found.filter(name_matches(asked.get("q", "")))

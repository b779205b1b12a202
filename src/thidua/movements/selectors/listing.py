"""The list of movements, filtered, a page at a time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from thidua.movements.models import Movement, Participation
from thidua.movements.permissions import allows_at, visible
from thidua.movements.selectors.receipts import there
from thidua.movements.selectors.words import among_few
from thidua.organisations.permissions import User, scope_of
from thidua.organisations.searching import name_matches
from thidua.records.days import today

PAGE = 50
PLAIN_NUMBER = re.compile(r"[0-9]{1,6}")
COUNTED = 10_000
COLUMNS = (
    "pk",
    "name",
    "theme",
    "year",
    "status",
    "organiser__name",
    "organiser__short_name",
    "organiser__path",
    "cluster_id",
)


@dataclass(frozen=True, slots=True)
class ListRow:
    """One movement as a list shows it: columns, no model, because a page has fifty of them."""

    pk: UUID
    name: str
    theme: str
    year: int
    status: str
    organiser: str
    organiser_short: str
    organiser_path: str
    cluster_id: UUID | None


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of movements and how many there are; beyond ``COUNTED`` nobody counts."""

    rows: tuple[ListRow, ...]
    units: Mapping[UUID, int]  # how many units take part in each, as far as the reader may see
    total: int
    number: int
    has_next: bool


def listing(user: User, asked: Mapping[str, str], *, size: int = PAGE) -> Listing:
    """Return the page asked for: ``q``, ``year``, ``status``, ``kind``, ``role`` (organised or received), ``page``."""
    words = asked.get("q", "")
    # The words first: a database that looks at every row asks in this order.
    named = Movement.objects.filter(among_few(words)).filter(name_matches(words))
    found = narrowed(named, asked).filter(visible(user))
    page = max(int(asked["page"]), 1) if PLAIN_NUMBER.fullmatch(asked.get("page", "")) else 1
    first = (page - 1) * size
    columns = found.order_by("-year", "-id").values_list(*COLUMNS)[first : first + size + 1]
    shown = [ListRow(*row) for row in columns]
    total = first + len(shown) if len(shown) <= size else found[: COUNTED + 1].count()
    return Listing(tuple(shown[:size]), units_of(user, shown[:size]), total, page, len(shown) > size)


def units_of(user: User, rows: Sequence[ListRow]) -> dict[UUID, int]:
    """Count the units of each movement that have not ended; only the organiser's own readers see that figure."""
    scope = scope_of(user)
    counted = [row.pk for row in rows if allows_at(scope, "view_all", row.organiser_path, row.cluster_id)]
    parts = Participation.objects.filter(there(today()), movement__in=counted, is_visible=True)
    return dict(parts.values_list("movement").annotate(units=Count("pk")))


def narrowed(found: QuerySet[Movement], asked: Mapping[str, str]) -> QuerySet[Movement]:
    if PLAIN_NUMBER.fullmatch(asked.get("year", "")):
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
    return found

"""The register as a list: filtered, as of any day, a page at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from thidua.honours.models import Honour, HonourEvent
from thidua.honours.permissions import visible
from thidua.library.services import number_key
from thidua.organisations.models import Unit
from thidua.organisations.permissions import User
from thidua.organisations.searching import name_matches
from thidua.records.days import today
from thidua.ui.formats import TOTAL_CAP

STATE_AFTER = {
    HonourEvent.Kind.REVOKED: Honour.State.REVOKED,
    HonourEvent.Kind.STRIPPED: Honour.State.STRIPPED,
    HonourEvent.Kind.RESTORED: Honour.State.HELD,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the register is narrowed to; empty means everything the reader may see."""

    query: str = ""
    award: str = ""
    year: int | None = None
    unit: Unit | None = None
    kind: str = ""
    state: str = ""
    level: str = ""
    on: date | None = None  # the day it is seen as of; None: today


@dataclass(frozen=True, slots=True)
class Page:
    """One page of honours; ``total`` is counted no further than the cap of lists."""

    rows: list[Honour]
    total: int
    number: int
    has_next: bool


def listed(user: User, asked: Asked) -> QuerySet[Honour]:
    """Return the honours the user may read, narrowed, the latest decision first; each has ``state_on``."""
    rows = as_of(Honour.objects.filter(visible(user)), asked.on or today())
    rows = rows.filter(name_or_number(asked.query))
    for name in ("award", "kind", "level"):
        if value := getattr(asked, name):
            rows = rows.filter(**{name: value})
    if asked.year:
        rows = rows.filter(period_from__lte=asked.year, period_to__gte=asked.year)
    if asked.unit:
        rows = rows.filter(place__in=Unit.objects.within(asked.unit).values("pk"))
    rows = in_state(rows, asked.state)
    return rows.order_by("-decided_on", "sort_key", "pk")


def name_or_number(query: str) -> Q:
    """Return the condition of a search: digits ask for the number of a decision, however it is written, too."""
    if not any(letter.isdigit() for letter in query):
        return name_matches(query)
    number = Q(decision__number_key=number_key(query)) | Q(number__startswith=query.strip())
    return name_matches(query) | number


def in_state(rows: QuerySet[Honour], state: str) -> QuerySet[Honour]:
    """Keep the rows of that state; mistaken entries show only when they are asked for."""
    if state == Honour.State.VOID:
        return rows.filter(state=Honour.State.VOID)
    rows = rows.exclude(state=Honour.State.VOID)
    return rows.filter(state_on=state) if state else rows  # type: ignore[misc]  # annotated by as_of


def as_of(rows: QuerySet[Honour], day: date) -> QuerySet[Honour]:
    """Keep what had been decided by ``day`` and give each row its ``state_on`` that day."""
    if day >= today():
        return rows.filter(decided_on__lte=day).annotate(state_on=F("state"))
    events = HonourEvent.objects.filter(honour=OuterRef("pk"), kind__in=STATE_AFTER, on__lte=day)
    words = [When(kind=str(kind), then=Value(str(state))) for kind, state in STATE_AFTER.items()]
    after = events.annotate(state=Case(*words, output_field=CharField())).order_by("-on", "-at", "-pk")
    state = Coalesce(Subquery(after.values("state")[:1]), Value(str(Honour.State.HELD)))
    return rows.filter(decided_on__lte=day).annotate(state_on=state)


def page_of(rows: QuerySet[Honour], number: int, size: int) -> Page:
    first = (number - 1) * size
    found = list(rows.select_related("place__parent", "person", "unit", "decision")[first : first + size + 1])
    more, found = len(found) > size, found[:size]
    total = len(found) if number == 1 and not more else rows.order_by()[: TOTAL_CAP + 1].count()
    return Page(found, total, number, more)


def in_batches(rows: QuerySet[Honour], limit: int) -> Iterator[Honour]:
    """Yield up to ``limit`` rows for an export without holding them all."""
    return rows.select_related("place")[:limit].iterator(chunk_size=2000)

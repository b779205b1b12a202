"""The honours of one subject over time, what rests on one that fell, and the honours of one decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from thidua.honours.catalogue import resting_on
from thidua.honours.models import Honour, HonourEvent
from thidua.honours.permissions import visible
from thidua.honours.selectors.register import STATE_AFTER, as_of
from thidua.library.models import Document
from thidua.organisations.models import Person, Unit, UnitSuccession
from thidua.organisations.permissions import User


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a record: the honours decided in it, the highest first."""

    year: int
    honours: tuple[Honour, ...]


LEVELS = (
    Honour.Level.STATE,
    Honour.Level.PROVINCE,
    Honour.Level.MINISTRY,
    Honour.Level.UNIT,
    Honour.Level.COMMUNE,
)


def life_of(rows: QuerySet[Honour], on: date) -> list[Year]:
    """Return the honours as of ``on``, year by year from the latest; mistaken entries are left out."""
    kept = as_of(rows, on).exclude(state=Honour.State.VOID).select_related("place", "decision")
    years: dict[int, list[Honour]] = {}
    for row in kept.order_by("-decided_on", "pk"):
        years.setdefault(row.decided_on.year, []).append(row)
    return [Year(year, tuple(sorted(found, key=_rank))) for year, found in years.items()]


def _rank(row: Honour) -> tuple[int, str]:
    return (LEVELS.index(Honour.Level(row.level)), str(row.pk))


def of_person(person: Person) -> QuerySet[Honour]:
    return Honour.objects.filter(person=person)


def of_unit(unit: Unit, *, with_predecessors: bool = True) -> QuerySet[Honour]:
    """Return the honours of the collective, and of those it took over from."""
    ids = {unit.pk} | (predecessor_ids(unit) if with_predecessors else set())
    return Honour.objects.filter(unit__in=ids)


def predecessor_ids(unit: Unit) -> set[UUID]:
    """Return every unit that ended and handed over to ``unit``, through any number of events."""
    known: set[UUID] = set()
    frontier = {unit.pk}
    while frontier:
        rows = UnitSuccession.objects.filter(successor__in=frontier, predecessor__dissolved_on__isnull=False)
        frontier = set(rows.values_list("predecessor", flat=True)) - known - {unit.pk}
        known |= frontier
    return known


def given_at(unit: Unit) -> QuerySet[Honour]:
    """Return the honours people got while they belonged to the unit or one below it."""
    return Honour.objects.filter(
        kind=Honour.Kind.INDIVIDUAL, place__in=Unit.objects.within(unit).values("pk")
    )


def of_decision(user: User, document: Document) -> QuerySet[Honour]:
    """Return the honours of the decision the user may read, in the order of lists."""
    rows = Honour.objects.filter(visible(user), decision=document).exclude(state=Honour.State.VOID)
    return rows.select_related("place__parent", "person", "unit").order_by("award", "kind", "sort_key", "pk")


@dataclass(frozen=True, slots=True)
class Dependent:
    """An honour decided after one that fell; ``direct`` when the law asks for the fallen award."""

    honour: Honour
    direct: bool
    reexamined: HonourEvent | None


def dependents_of(user: User, fallen: Honour) -> list[Dependent]:
    """Return what the same subject was given later and still holds, as far as ``user`` may read it."""
    later = Honour.objects.filter(
        same_subject(fallen), state=Honour.State.HELD, decided_on__gte=fallen.decided_on
    )
    later = later.filter(visible(user)).exclude(pk=fallen.pk)
    rows = list(later.select_related("place").order_by("decided_on", "pk"))
    looked_at = reexaminations(rows, since=fallen)
    asks = resting_on(fallen.award)
    found = [Dependent(row, row.award in asks, looked_at.get(row.pk)) for row in rows]
    return sorted(found, key=lambda one: not one.direct)


def same_subject(honour: Honour) -> Q:
    if honour.kind == Honour.Kind.HOUSEHOLD:
        return Q(household__iexact=honour.household, place=honour.place_id)
    return Q(person=honour.person_id) if honour.person_id else Q(unit=honour.unit_id)


def reexaminations(rows: Iterable[Honour], *, since: Honour) -> dict[UUID, HonourEvent]:
    """Return the last look at each of ``rows`` after ``since`` fell."""
    fell = since.events.filter(kind__in=[HonourEvent.Kind.REVOKED, HonourEvent.Kind.STRIPPED]).first()
    if fell is None:
        return {}
    events = HonourEvent.objects.filter(
        honour__in=[row.pk for row in rows], kind=HonourEvent.Kind.REEXAMINED, at__gte=fell.at
    )
    return {event.honour_id: event for event in events.order_by("at")}


def state_on(honour: Honour, day: date, *, known_at: datetime | None = None) -> str | None:
    """Return the state on ``day`` as the register knew it at ``known_at``; None: not there then."""
    if day < honour.decided_on or (known_at and known_at < honour.entered_at):
        return None
    events = honour.events.all() if known_at is None else honour.events.filter(at__lte=known_at)
    if any(event.kind == HonourEvent.Kind.VOIDED for event in events):
        return str(Honour.State.VOID)
    last = next((event for event in events if event.kind in STATE_AFTER and event.on <= day), None)
    return str(STATE_AFTER[HonourEvent.Kind(last.kind)] if last else Honour.State.HELD)

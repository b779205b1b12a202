"""The terms of the cascade's steps: today's, and those that held at the end of an earlier day."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from operator import itemgetter
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, Q, QuerySet, UUIDField, Value

from thidua.audit.models import Entry
from thidua.movements.models import Deadline, Movement, Participation, PlanItem, StepTerm
from thidua.movements.selectors.items import not_over, overlaps
from thidua.movements.selectors.own_days import NOTHING_UNDONE, OwnDays, Undone, own_days
from thidua.movements.steps import step_of, steps_of
from thidua.movements.terms import counts_from_receipt, last_day_of, launched_on
from thidua.records.days import HERE, day_of, today

State = Participation.State
FirstTerms = dict[State, list[tuple[date | None, Deadline]]]
NAMED = Deadline.for_units.through.objects
NOTHING_MOVED: Mapping[str, date | None] = MappingProxyType({})


def end_of(day: date) -> datetime:
    """Return the moment the day is over in Viet Nam."""
    return datetime.combine(day + timedelta(days=1), time.min, HERE)


@dataclass(frozen=True, slots=True)
class StepDay:
    """One term of a step: by hand without a deadline; ``units``: whom it binds, None: everybody.

    Without a day of its own (``last_on``) it is known only to units that have their own day of its event.
    """

    state: str
    last_on: date | None
    deadline: Deadline | None
    units: frozenset[UUID] | None


UnitTerms = tuple[tuple[str, date], ...]
"""The last day of each step that has one, for one unit."""


@dataclass(frozen=True)
class StepTerms:
    """The terms of all steps of a movement; ``own``: days of events that units have of their own."""

    days: tuple[StepDay, ...]
    own: OwnDays

    @cached_property
    def states(self) -> frozenset[str]:
        return frozenset(one.state for one in self.days)

    @cached_property
    def last_on(self) -> Mapping[str, date]:
        """The last day of each step for the units the movement was launched to; the first where groups differ."""
        return {state: days[0] for state, days in self.spans.items()}

    @cached_property
    def spans(self) -> Mapping[str, Sequence[date]]:
        """All last days of each step, the earlier first."""
        found: dict[str, set[date]] = {}
        for one in self.days:
            if one.last_on:
                found.setdefault(one.state, set()).add(one.last_on)
        return {state: sorted(days) for state, days in found.items()}

    @cached_property
    def is_common(self) -> bool:
        """Say whether every unit has the same terms."""
        return not self.own and all(
            one.units is None and not (one.deadline and counts_from_receipt(one.deadline))
            for one in self.days
        )

    @cached_property
    def common(self) -> UnitTerms:
        return tuple(self.last_on.items())

    def of_unit(self, unit_id: UUID, received_on: date | None) -> UnitTerms:
        """Return the last days for a unit that received the movement on ``received_on``; of two the earlier."""
        if self.is_common:
            return self.common
        found: dict[str, date] = {}
        for place, one in enumerate(self.days):
            if one.units is not None and unit_id not in one.units:
                continue
            event = one.deadline.event_id if one.deadline else None
            own_on = self.own.get((event, unit_id)) if event else None
            if last := self.last_day(place, received_on, own_on):
                found[one.state] = min(last, found.get(one.state, last))
        return tuple(found.items())

    @cached_property
    def last_day(self) -> Callable[[int, date | None, date | None], date | None]:
        """Return the last day of a term by its place, for units that count from these days; each worked out once."""
        return cache(self._last_day)

    def _last_day(self, place: int, received_on: date | None, own_on: date | None) -> date | None:
        one = self.days[place]
        if one.deadline and (own_on or counts_from_receipt(one.deadline)):
            return last_day_of(one.deadline, received_on, own_on) or one.last_on
        return one.last_on


def terms_on(movement: Movement, on: date) -> StepTerms:
    """Return the last day of each step as it stood at the end of ``on``.

    What the organiser set by hand is read from the log; a step it left alone has the terms of the plan in the
    revision that held then.
    """
    if on >= today():
        terms = StepTerm.objects.filter(movement=movement)
        return terms_now(terms.select_related("deadline__event", "deadline__ended_by_revision"))
    log = logged(movement, on)
    planned = first_terms_of([movement], end_of(on), log.moved)[movement.pk]
    told = [
        (step.value, last_on, row)
        for step, terms in planned.items()
        if step not in log.by_hand
        for last_on, row in terms
    ]
    by_hand = [(state, last_on, None) for state, last_on in log.by_hand.items() if last_on]
    return step_terms([*told, *by_hand], on, log.own_moved)


def terms_now(terms: Iterable[StepTerm]) -> StepTerms:
    """Return the last days of the steps of one movement, as they are today."""
    return step_terms([(term.state, term.last_on, term.deadline) for term in terms], today())


def step_terms(
    told: Sequence[tuple[str, date | None, Deadline | None]], on: date, undone: Undone = NOTHING_UNDONE
) -> StepTerms:
    rows = [row for _state, _last_on, row in told if row]
    bound = bound_by(rows)
    days = (StepDay(state, last_on, row, bound.get(row.pk) if row else None) for state, last_on, row in told)
    return StepTerms(tuple(days), own_days(rows, on, undone))


def bound_by(rows: Iterable[Deadline]) -> Mapping[UUID, frozenset[UUID]]:
    """Return the units that deadlines name; one query, none where all hold for everybody."""
    named: dict[UUID, set[UUID]] = {row.pk: set() for row in rows if not row.for_all}
    if not named:
        return {}
    for deadline, unit in NAMED.filter(deadline__in=named).values_list("deadline", "unit"):
        named[deadline].add(unit)
    return {deadline: frozenset(units) for deadline, units in named.items()}


def first_terms_of(
    movements: Collection[Movement], moment: datetime, moved: Mapping[str, date | None] = NOTHING_MOVED
) -> dict[UUID, FirstTerms]:
    """Return, for each movement and step, the first deadline for all that speaks of it, as plans were at ``moment``.

    Where none does, those that name units, if together most of them; else the term of a report that speaks of it.
    ``moved``: the day then of each event that was given another day since. Two queries for any number of
    movements, one more where a term of a step names its units.
    """
    launched = {movement.pk: launched_on(movement) for movement in movements}
    terms: dict[UUID, FirstTerms] = {pk: {} for pk in launched}
    silent: dict[UUID, list[tuple[date, Deadline]]] = {}
    rows = [
        (last_on, row)
        for row in deadlines_at(movements, moment)
        if (last_on := then(row, moved, launched[row.movement_id])) or (row.event and row.event.has_own_days)
    ]
    most = naming_most([row for _last_on, row in rows if not row.for_all])
    for last_on, row in sorted(rows, key=lambda one: (not one[1].for_all, one[0] or date.max)):
        found = terms[row.movement_id]
        asked = [step for step in steps_of(row.what) if row.for_all or (row.movement_id, step) in most]
        for one in asked:
            if one not in found or not (row.for_all or found[one][0][1].for_all):
                found.setdefault(one, []).append((last_on, row))
        if last_on and not asked:
            silent.setdefault(row.movement_id, []).append((last_on, row))
    for told in silent.values():
        told.sort(key=itemgetter(0))
    for report in reports_at(silent, moment) if silent else ():
        its_terms = terms[report.plan.movement_id]
        step = step_of(report.value["what"])
        if (
            step
            and step not in its_terms
            and (term := term_of_report(report, silent[report.plan.movement_id]))
        ):
            its_terms[step] = [term]
    return terms


def naming_most(rows: Collection[Deadline]) -> set[tuple[UUID, State]]:
    """Return, by movement, the steps whose deadlines together name more than half of the units that take part."""
    steps = {row.pk: [(row.movement_id, step) for step in steps_of(row.what)] for row in rows}
    steps = {pk: keys for pk, keys in steps.items() if keys}
    if not steps:
        return set()
    units: dict[UUID, int] = {}
    named: dict[tuple[UUID, State], set[UUID]] = {}
    movements = {keys[0][0] for keys in steps.values()}
    for owner, unit, number in named_and_taking_part(steps, movements):
        if unit:
            for key in steps[owner]:
                named.setdefault(key, set()).add(unit)
        else:
            units[owner] = number
    return {key for key, found in named.items() if 2 * len(found) > units.get(key[0], 0)}


def named_and_taking_part(
    deadlines: Iterable[UUID], movements: Iterable[UUID]
) -> QuerySet[Any, tuple[UUID, UUID | None, int]]:
    """Return the units ``deadlines`` name, and beneath them, without a unit, how many take part in ``movements``."""
    no_number, no_unit = Value(0, output_field=IntegerField()), Value(None, output_field=UUIDField())
    named = NAMED.filter(deadline__in=list(deadlines)).order_by()
    parts = Participation.objects.filter(movement__in=movements).order_by()
    counted = parts.values_list("movement_id", no_unit).annotate(number=Count("pk"))
    return named.values_list("deadline_id", "unit_id", no_number).union(counted, all=True)


def deadlines_at(movements: Collection[Movement], moment: datetime) -> QuerySet[Deadline]:
    """Return the deadlines in force at ``moment`` by the revisions issued until then."""
    on = last_day_before(moment)
    begun = Q(made_by_revision__number=1) | Q(made_by_revision__effective_on__lte=on)
    standing = not_over(on) | Q(ended_by_revision__issued_at__gte=moment)
    rows = Deadline.objects.filter(begun, standing, movement__in=movements)
    issued = rows.filter(made_by_revision__issued_at__lt=moment)
    return issued.select_related("event", "item", "ended_by_revision")


def last_day_before(moment: datetime) -> date:
    return day_of(moment - timedelta.resolution)


def reports_at(movements: Iterable[UUID], moment: datetime) -> QuerySet[PlanItem]:
    """Return the reports of the plans that held at ``moment``, the earlier first."""
    on = last_day_before(moment)
    begun = Q(since__number=1) | Q(since__effective_on__lte=on)
    standing = Q(until=None) | Q(until__effective_on__gt=on) | Q(until__issued_at__gte=moment)
    reports = PlanItem.objects.filter(begun, standing, plan__movement__in=movements, field="reports")
    said = reports.filter(since__issued_at__lt=moment).exclude(state=PlanItem.State.REMOVED)
    return said.select_related("plan").defer("plan__text", "plan__blocks").order_by("order")


def term_of_report(report: PlanItem, dated: Iterable[tuple[date, Deadline]]) -> tuple[date, Deadline] | None:
    """Return the deadline made of the report, or of the same words; None where it is one named body's."""
    for last_on, row in dated:
        if row.item is None or not (row.item_id == report.pk or overlaps(row.item, report)):
            continue
        if row.for_all or not (row.item.value.get("who") or report.value.get("who")):
            return last_on, row
    return None


def then(row: Deadline, moved: Mapping[str, date | None], received_on: date | None) -> date | None:
    """Return the last day of the row as it was when its event still had the day it has in ``moved``."""
    if row.event is None or row.event.name not in moved:
        return row.last_on
    row.event.on = moved[row.event.name]
    return last_day_of(row, received_on)


@dataclass(frozen=True, slots=True)
class Logged:
    """What the log tells of a past day: terms set by hand until then, and days of events changed since.

    ``by_hand``: the latest setting of each step, None: taken away. ``moved``: by the event's name, its day then;
    ``own_moved``: the same of days that are a unit's or a cluster's own.
    """

    by_hand: Mapping[str, date | None]
    moved: Mapping[str, date | None]
    own_moved: Undone


def logged(movement: Movement, on: date) -> Logged:
    """Read all in one query."""
    moment = end_of(on)
    later = ("movement.event_day", "movement.event_own_day")
    asked = Q(action="movement.step_term", at__lt=moment) | Q(action__in=later, at__gte=moment)
    entries = Entry.objects.filter(
        asked, subject_type=movement._meta.label_lower, subject_id=str(movement.pk)
    ).order_by("at")
    by_hand: dict[str, date | None] = {}
    moved: dict[str, date | None] = {}
    own: dict[tuple[str, UUID], date | None] = {}
    for action, details in entries.values_list("action", "details"):
        if action == "movement.step_term":
            by_hand[details["state"]] = day(details["last_on"])
        elif action == "movement.event_own_day":
            own.setdefault((details["event"], UUID(details["place_id"])), day(details["before"]))
        else:  # the first change since tells the day before it
            moved.setdefault(details["event"], day(details["before"]))
    return Logged(by_hand, moved, own)


def day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None

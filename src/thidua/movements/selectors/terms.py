"""The terms of the cascade's steps: today's, and those that held at the end of an earlier day."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from types import MappingProxyType
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from thidua.audit.models import Entry
from thidua.movements.models import Deadline, Movement, Participation, PlanItem, StepTerm
from thidua.movements.selectors.items import not_over, overlaps
from thidua.movements.steps import step_of
from thidua.movements.terms import counts_from_receipt, last_day_of, launched_on
from thidua.records.days import HERE, day_of, today

State = Participation.State
FirstTerms = dict[State, tuple[date, Deadline]]
NAMED = Deadline.for_units.through.objects
NOTHING_MOVED: Mapping[str, date | None] = MappingProxyType({})


def end_of(day: date) -> datetime:
    """Return the moment the day is over in Viet Nam."""
    return datetime.combine(day + timedelta(days=1), time.min, HERE)


@dataclass(frozen=True, slots=True)
class StepTerms:
    """``last_on``: the last day of each step for the units the movement was launched to.

    ``by_receipt``: the deadlines of those steps that each unit counts from its own day of receipt.
    ``bound``: for the steps whose deadline names its units, those units; the others have no term there.
    """

    last_on: Mapping[str, date]
    by_receipt: Mapping[str, Deadline]
    bound: Mapping[str, frozenset[UUID]]

    def spared(self, unit_id: UUID) -> frozenset[str]:
        """Return the steps whose term is not the unit's."""
        return frozenset(state for state, units in self.bound.items() if unit_id not in units)

    def of_unit(self, received_on: date | None, spared: frozenset[str] = frozenset()) -> Mapping[str, date]:
        """Return the last days for a unit that received the movement on ``received_on``."""
        own = {state: last_day_of(row, received_on) for state, row in self.by_receipt.items()}
        known = {**self.last_on, **{state: last_on for state, last_on in own.items() if last_on}}
        return {state: last_on for state, last_on in known.items() if state not in spared}


def terms_on(movement: Movement, on: date) -> StepTerms:
    """Return the last day of each step as it stood at the end of ``on``.

    What the organiser set by hand is read from the log; a step it left alone has the term of the plan in the
    revision that held then.
    """
    if on >= today():
        return terms_now(StepTerm.objects.filter(movement=movement).select_related("deadline__event"))
    log = logged(movement, on)
    planned = first_terms_of([movement], end_of(on), log.moved)[movement.pk]
    last_days = {step.value: last_on for step, (last_on, _row) in planned.items() if step not in log.by_hand}
    by_hand = {state: last_on for state, last_on in log.by_hand.items() if last_on}
    return step_terms(
        last_days | by_hand, {s.value: row for s, (_day, row) in planned.items() if s in last_days}
    )


def terms_now(terms: Iterable[StepTerm]) -> StepTerms:
    """Return the last days of the steps of one movement, as they are today."""
    rows = list(terms)
    from_plan = {term.state: term.deadline for term in rows if term.deadline}
    return step_terms({term.state: term.last_on for term in rows}, from_plan)


def step_terms(last_on: Mapping[str, date], from_plan: Mapping[str, Deadline]) -> StepTerms:
    by_receipt = {state: row for state, row in from_plan.items() if counts_from_receipt(row)}
    return StepTerms(last_on, by_receipt, bound_by(from_plan))


def bound_by(from_plan: Mapping[str, Deadline]) -> Mapping[str, frozenset[UUID]]:
    """Return the units that the steps' deadlines name; one query, none where all hold for everybody."""
    some = {state: row for state, row in from_plan.items() if not row.for_all}
    if not some:
        return {}
    named: dict[UUID, set[UUID]] = {row.pk: set() for row in some.values()}
    for deadline, unit in NAMED.filter(deadline__in=named).values_list("deadline", "unit"):
        named[deadline].add(unit)
    return {state: frozenset(named[row.pk]) for state, row in some.items()}


def first_terms_of(
    movements: Collection[Movement], moment: datetime, moved: Mapping[str, date | None] = NOTHING_MOVED
) -> dict[UUID, FirstTerms]:
    """Return, for each movement and step, the first deadline for all that speaks of it, as plans were at ``moment``.

    Where none does, the first that names most of the units; else the term of a report that speaks of it.
    ``moved``: the day then of each event that was given another day since. Two queries for any number of
    movements, two more where a term of a step names its units.
    """
    launched = {movement.pk: launched_on(movement) for movement in movements}
    terms: dict[UUID, FirstTerms] = {pk: {} for pk in launched}
    silent: dict[UUID, list[tuple[date, Deadline]]] = {}
    rows = [
        (last_on, row)
        for row in deadlines_at(movements, moment)
        if (last_on := then(row, moved, launched[row.movement_id]))
    ]
    most = naming_most([row for _last_on, row in rows if not row.for_all and step_of(row.what)])
    for last_on, row in sorted(rows, key=lambda one: (not one[1].for_all, one[0])):
        if (row.for_all or row.pk in most) and (step := step_of(row.what)):
            terms[row.movement_id].setdefault(step, (last_on, row))
        else:
            silent.setdefault(row.movement_id, []).append((last_on, row))
    for told in silent.values():
        told.sort(key=itemgetter(0))
    for report in reports_at(silent, moment) if silent else ():
        found = terms[report.plan.movement_id]
        step = step_of(report.value["what"])
        if step and step not in found and (term := term_of_report(report, silent[report.plan.movement_id])):
            found[step] = term
    return terms


def naming_most(rows: Collection[Deadline]) -> set[UUID]:
    """Return the deadlines that name more than half of the units that take part."""
    if not rows:
        return set()
    parts = Participation.objects.filter(movement__in={row.movement_id for row in rows}).order_by()
    units = dict(parts.values_list("movement").annotate(Count("pk")))
    named = dict(NAMED.filter(deadline__in=rows).values_list("deadline").annotate(Count("pk")))
    return {row.pk for row in rows if 2 * named.get(row.pk, 0) > units.get(row.movement_id, 0)}


def deadlines_at(movements: Collection[Movement], moment: datetime) -> QuerySet[Deadline]:
    """Return the deadlines in force at ``moment`` by the revisions issued until then."""
    on = last_day_before(moment)
    begun = Q(made_by_revision__number=1) | Q(made_by_revision__effective_on__lte=on)
    standing = not_over(on) | Q(ended_by_revision__issued_at__gte=moment)
    rows = Deadline.objects.filter(begun, standing, movement__in=movements)
    return rows.filter(made_by_revision__issued_at__lt=moment).select_related("event", "item")


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

    ``by_hand``: the latest setting of each step, None: taken away. ``moved``: by the event's name, its day then.
    """

    by_hand: Mapping[str, date | None]
    moved: Mapping[str, date | None]


def logged(movement: Movement, on: date) -> Logged:
    """Read both in one query."""
    moment = end_of(on)
    asked = Q(action="movement.step_term", at__lt=moment) | Q(action="movement.event_day", at__gte=moment)
    entries = Entry.objects.filter(
        asked, subject_type=movement._meta.label_lower, subject_id=str(movement.pk)
    ).order_by("at")
    by_hand: dict[str, date | None] = {}
    moved: dict[str, date | None] = {}
    for action, details in entries.values_list("action", "details"):
        if action == "movement.step_term":
            by_hand[details["state"]] = day(details["last_on"])
        else:  # the first change since tells the day before it
            moved.setdefault(details["event"], day(details["before"]))
    return Logged(by_hand, moved)


def day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None

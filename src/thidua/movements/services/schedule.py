"""What a launch makes of the plan: phases, events, deadlines, duties and targets with a life of their own."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from types import EllipsisType
from typing import Any

from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils import timezone

from thidua.accounts.models import Account
from thidua.audit import services as audit
from thidua.core.deadlines.deadline import Recurring
from thidua.core.plans.rounds import round_end
from thidua.core.text.folding import fold
from thidua.movements.bodies import BodyMatch, Directory
from thidua.movements.models import (
    Completion,
    Deadline,
    Duty,
    Event,
    Movement,
    Phase,
    PlanItem,
    PlanRevision,
    StepTerm,
    Target,
)
from thidua.movements.selectors.directories import directory_of
from thidua.movements.selectors.items import living, not_over, overlaps
from thidua.movements.selectors.occurrences import occurrences_of_unit
from thidua.movements.selectors.own_days import event_days_of
from thidua.movements.selectors.terms import end_of, first_terms_of
from thidua.movements.services.bearers import assigned_in, bearer_of
from thidua.movements.services.succeeding import heirs_places
from thidua.movements.stated import first_day, last_day
from thidua.movements.terms import begins_on, is_receipt, last_day_of, launched_on, recurs, term_of
from thidua.movements.wording import work_words
from thidua.organisations.models import Unit
from thidua.records.days import today

SCHEDULED = ("phases", "deadlines", "reports", "responsibilities", "targets")
DOCUMENT_WORDS = ("huong dan", "van ban", "quyet dinh", "thong bao", "cong van", "ke hoach cua")


@dataclass(slots=True)
class Maker:
    """Makes the rows of one revision; events are shared by name within the movement."""

    movement: Movement
    revision: PlanRevision
    directory: Directory
    events: dict[str, Event] = field(default_factory=dict)
    assigned: list[tuple[str, str]] = field(default_factory=list)

    def make(self, items: Iterable[PlanItem]) -> None:
        """Write the rows of ``items``, each in the order of the plan."""
        self.events = {fold(e.name): e for e in self.movement.events.all()}
        self.assigned = assigned_in(living(self.movement.plan).filter(field="responsibilities"))
        rows = [item for item in items if item.field in SCHEDULED]
        for item in sorted(
            rows, key=lambda row: SCHEDULED.index(row.field)
        ):  # a report looks at the deadlines made
            getattr(self, f"make_{item.field}")(item)

    def base(self, item: PlanItem) -> dict[str, Any]:
        return {
            "movement": self.movement,
            "item": item,
            "made_by_revision": self.revision,
            "order": item.order,
        }

    def make_phases(self, item: PlanItem) -> None:
        value = item.value
        start, end = value.get("from", ""), value.get("to", "")
        Phase.objects.create(
            **self.base(item),
            name=value["name"][:200],
            from_text=(start or value.get("from_event", ""))[:120],
            to_text=(end or value.get("to_event", ""))[:120],
            starts_on=first_day(start),
            ends_on=last_day(end),
            occasions=value.get("occasions", []),
        )

    def make_targets(self, item: PlanItem) -> None:
        value = item.value
        Target.objects.create(
            **self.base(item),
            text=value["text"],
            op=value["op"],
            value=value.get("value"),
            unit_of_measure=value.get("unit", "")[:80],
        )

    def make_deadlines(self, item: PlanItem) -> None:
        value = item.value
        row = Deadline(
            **self.base(item),
            what=work_words(value["what"]),
            who=bearer_of(value, self.assigned)[:300],
            relation=value.get("relation") or "by",
            due=value.get("due", ""),
            event=self.event(value.get("due_event", "")),
            offset=value.get("offset", "")[:60],
            recurring=value.get("recurring", "")[:120],
            time=value.get("time", "")[:5],
            words=item.quote,
        )
        row.runs_from = self.runs_from(row)
        found = self.units_of(row.who)
        row.for_all = found.everyone or not (found.units or found.elsewhere)
        row.last_on = last_day_of(row, launched_on(self.movement) or self.revision.effective_on)
        row.save()
        row.for_units.set(() if row.for_all else found.units)

    def runs_from(self, row: Deadline) -> date | None:
        """Return from when the row recurs, where a revision brought its rhythm; another day within it is no new one."""
        rhythm = term_of(row)
        if self.revision.number == 1 or row.item is None or not isinstance(rhythm, Recurring):
            return None
        replaced = Deadline.objects.filter(item=row.item.origin_id, movement=self.movement).first()
        earlier = term_of(replaced) if replaced and row.item.origin_id else None
        if replaced and isinstance(earlier, Recurring) and earlier.every is rhythm.every:
            return replaced.runs_from
        return self.revision.effective_on

    def make_reports(self, item: PlanItem) -> None:
        """Make a report's own term a deadline, unless the same sentence gave one already."""
        if has_term(item) and not any(overlaps(item, one) for one in self.living_deadlines()):
            self.make_deadlines(item)

    def living_deadlines(self) -> QuerySet[PlanItem]:
        rows = Deadline.objects.filter(movement=self.movement, ended_by_revision=None)
        return PlanItem.objects.filter(pk__in=rows.values("item"), start__isnull=False)

    def make_responsibilities(self, item: PlanItem) -> None:
        body = item.value["body"]
        found = self.units_of(body)
        for place, text in enumerate(item.value.get("duties", [])):
            duty = Duty.objects.create(
                **self.base(item) | {"order": item.order * 100 + place},
                body=body[:300],
                text=text,
                part=part_of(text),
                for_all=found.everyone,
            )
            duty.units.set(found.units)

    def units_of(self, body: str) -> BodyMatch:
        return self.directory.find(body)

    def event(self, name: str) -> Event | None:
        """Return the event of this name in the movement, making it on first sight."""
        if not name:
            return None
        key = fold(name)
        if key not in self.events:
            self.events[key] = Event.objects.create(
                movement=self.movement,
                name=name[:300],
                is_document=any(word in key for word in DOCUMENT_WORDS),
                on=day_above(self.movement, key) or day_of_round(self.movement, name),
                order=len(self.events),
            )
        return self.events[key]


def becoming_deadlines(items: Iterable[PlanItem]) -> list[PlanItem]:
    """Return the items a launch makes deadlines of: the same choice as the maker's, before anything is written."""
    rows = list(items)
    chosen = [item for item in rows if item.field == "deadlines"]
    for item in rows:
        if item.field == "reports" and has_term(item) and not any(overlaps(item, one) for one in chosen):
            chosen.append(item)
    return chosen


def has_term(item: PlanItem) -> bool:
    return bool(item.value.keys() & {"due", "due_event", "recurring"})


def bind_units(movement: Movement, units: Iterable[Unit]) -> None:
    """Give units that join later the duties and deadlines whose body names them.

    Those that take part already are looked among too: a name of one of them means nobody else of its kind.
    """
    joining = {unit.pk: unit for unit in units}
    known = Unit.objects.filter(participations__movement=movement, participations__is_visible=True)
    every = {unit.pk: unit for unit in known.select_related("kind")} | joining
    directory = directory_of(movement, every.values())
    for duty in movement.dutys.filter(not_over(today()), for_all=False):
        duty.units.add(*(unit for unit in directory.find(duty.body).units if unit.pk in joining))
    for row in movement.deadlines.filter(not_over(today()), for_all=False):
        row.for_units.add(*(unit for unit in directory.find(row.who).units if unit.pk in joining))


def part_of(text: str) -> Duty.Part:
    """Read the part from the first words: a duty that only helps says so there."""
    return Duty.Part.SUPPORT if fold(text).startswith("phoi hop") else Duty.Part.LEAD


def day_above(movement: Movement, key: str) -> date | None:
    """Return the day that the event of the same name (``key``: folded) has in the movement answered, for this unit.

    A receipt is each movement's own.
    """
    if movement.answers_id is None or is_receipt(key):
        return None
    above = next((e for e in Event.objects.filter(movement=movement.answers_id) if fold(e.name) == key), None)
    if above is None:
        return None
    return event_days_of([above], today()).get((above.pk, movement.organiser_id), above.on)


def day_of_round(movement: Movement, name: str) -> date | None:
    """Return the day the plan gives the event, where it is an end of a round or of the whole movement."""
    told = round_end(name)
    if told is None:
        return None
    rounds = movement.phases.filter(ended_by_revision=None)
    whole = next((one for one in rounds if told.is_of(one.name)), None) if told.kind else movement
    return (whole.starts_on if told.edge == "start" else whole.ends_on) if whole else None


class FinishedInFutureError(Exception):
    """A finishing day cannot lie ahead."""


class NoSuchOccurrenceError(Exception):
    """The recurring deadline has no such occurrence for the unit, or none left to finish."""


@transaction.atomic
def complete(
    unit: Unit,
    *,
    finished_on: date,
    today: date,
    by: Account,
    deadline: Deadline | None = None,
    duty: Duty | None = None,
    note: str = "",
    occurrence: date | None = None,
) -> Completion:
    """Note the real finishing day of a unit beside the planned one; a second note replaces the first.

    Of a recurring deadline one ``occurrence`` is finished, the earliest that is not where none is told.
    Raises FinishedInFutureError, NoSuchOccurrenceError.
    """
    if finished_on > today:
        raise FinishedInFutureError
    which = occurrence_meant(unit, deadline, occurrence, today) if deadline else None
    given: dict[str, Any] = {"finished_on": finished_on, "note": note, "by": by}
    this: dict[str, Any] = {"unit": unit, "deadline": deadline, "duty": duty, "occurrence": which}
    if not Completion.objects.filter(**this, finished_on=finished_on).exists():
        given["at"] = timezone.now()  # a note alone leaves the day as it was recorded
    done, _made = Completion.objects.update_or_create(**this, defaults=given)
    for place in heirs_places(deadline or duty, which, finished_on):
        Completion.objects.update_or_create(unit=unit, **place, defaults=given)
    details = {"unit": str(unit), "on": str(finished_on)} | told_occurrence(which)
    audit.record(by, "movement.complete", movement_of(done), details=details)
    return done


def occurrence_meant(unit: Unit, row: Deadline, asked: date | None, today: date) -> date | None:
    """Return the occurrence a unit finishes; None for a plain deadline. Raises NoSuchOccurrenceError."""
    if not recurs(row):
        return None
    found = occurrences_of_unit(row, unit.pk, on=today)
    fitting = [one.last_day for one in found if (one.last_day == asked if asked else not one.finished_on)]
    if not fitting:
        raise NoSuchOccurrenceError
    return fitting[0]


def told_occurrence(occurrence: date | None) -> dict[str, str]:
    return {"occurrence": str(occurrence)} if occurrence else {}


@transaction.atomic
def reopen(
    unit: Unit,
    *,
    by: Account,
    deadline: Deadline | None = None,
    duty: Duty | None = None,
    occurrence: date | None = None,
) -> None:
    """Take a finishing day back, that of ``occurrence`` where the deadline recurs."""
    for done in Completion.objects.filter(unit=unit, deadline=deadline, duty=duty, occurrence=occurrence):
        details = {"unit": str(unit)} | told_occurrence(occurrence)
        audit.record(by, "movement.reopen", movement_of(done), details=details)
        for place in heirs_places(deadline or duty, occurrence, done.finished_on):
            Completion.objects.filter(unit=unit, **place).delete()
        done.delete()


def movement_of(done: Completion) -> Movement:
    """Return the movement of what was finished (a database constraint lets it be exactly one thing)."""
    thing = done.deadline or done.duty
    if thing is None:
        raise ValueError(done)
    return thing.movement


def set_terms_from_plan(*movements: Movement, hanging_on: Collection[Event] = ()) -> int:
    """Give each step of the cascade the terms of the first deadlines that speak of it; return how many.

    ``hanging_on``: only the terms of deadlines that hang on these events; others may have been taken away by hand.
    """
    events = {event.pk for event in hanging_on}
    have = set(StepTerm.objects.filter(movement__in=movements).values_list("movement", "state"))
    told = [
        StepTerm(movement_id=pk, state=step, last_on=last_on, deadline=row)
        for pk, terms in first_terms_of(movements, end_of(today())).items()
        for step, days in terms.items()
        for last_on, row in days
        if (pk, step.value) not in have and (not events or row.event_id in events)
    ]
    return len(StepTerm.objects.bulk_create(told))


class TermMovedError(Exception):
    """The term of the step is another than the person saw; carries it as it is now."""

    def __init__(self, last_on: date | None) -> None:
        super().__init__(str(last_on))
        self.last_on = last_on


class TermBeforeBeginningError(Exception):
    """A step cannot be due before its movement begins; carries that day."""

    def __init__(self, begins_on: date) -> None:
        super().__init__(str(begins_on))
        self.begins_on = begins_on


@transaction.atomic
def set_step_term(
    movement: Movement,
    state: str,
    last_on: date | None,
    *,
    by: Account,
    seen: date | EllipsisType | None = ...,
) -> None:
    """Set or take away the last day for a step of the cascade.

    ``seen`` is the term the person saw (None: there was none); left out, nothing is compared. The day is
    compared and not the row's version, for a term also moves with its event or with a revision.

    Raises TermBeforeBeginningError and TermMovedError.
    """
    held = Movement.objects.select_for_update(of=("self",))  # there may be no term yet to be held
    begins = begins_on(held.select_related("plan").get(pk=movement.pk))
    if last_on and begins and last_on < begins:
        raise TermBeforeBeginningError(begins)
    terms = StepTerm.objects.filter(movement=movement, state=state)
    now = terms.aggregate(first=Min("last_on"))["first"]
    if seen is not ... and now not in (seen, last_on):
        raise TermMovedError(now)
    terms.delete()
    if last_on:
        StepTerm.objects.create(movement=movement, state=state, last_on=last_on)
    audit.record(by, "movement.step_term", movement, details={"state": state, "last_on": str(last_on or "")})

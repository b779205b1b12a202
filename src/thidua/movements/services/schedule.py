"""What a launch makes of the plan: phases, events, deadlines, duties and targets with a life of their own."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import EllipsisType
from typing import Any

from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from thidua.accounts.models import Account
from thidua.audit import services as audit
from thidua.core.plans.rounds import round_end
from thidua.core.text.folding import fold
from thidua.movements.bodies import ASKING, BodyMatch, Directory, is_somebody
from thidua.movements.models import (
    Completion,
    Deadline,
    Duty,
    Event,
    Movement,
    Participation,
    Phase,
    PlanItem,
    PlanRevision,
    StepTerm,
    Target,
)
from thidua.movements.selectors.directories import directory_of
from thidua.movements.selectors.items import living, not_over, overlaps
from thidua.movements.selectors.own_days import event_days_of
from thidua.movements.selectors.terms import end_of, first_terms_of
from thidua.movements.services.succeeding import heirs_of, named
from thidua.movements.stated import first_day, last_day
from thidua.movements.steps import step_of
from thidua.movements.terms import begins_on, is_receipt, last_day_of, launched_on
from thidua.movements.wording import work_words
from thidua.organisations.models import Unit
from thidua.records.days import today

SCHEDULED = ("phases", "deadlines", "reports", "responsibilities", "targets")
FEWEST_WORDS = 4
"""«Sơ kết», «Báo cáo» begin many duties and belong to none of them."""
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
        found = self.units_of(row.who)
        row.for_all = found.everyone or not (found.units or found.elsewhere)
        row.last_on = last_day_of(row, launched_on(self.movement) or self.revision.effective_on)
        row.save()
        row.for_units.set(() if row.for_all else found.units)

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


def assigned_in(items: Iterable[PlanItem]) -> list[tuple[str, str]]:
    """Return each duty of the plan, folded, with the body it is given to."""
    rows = (item.value for item in items if item.field == "responsibilities")
    return [(fold(duty), value["body"]) for value in rows for duty in value.get("duties", ())]


def bearer_of(value: Mapping[str, Any], assigned: Collection[tuple[str, str]]) -> str:
    """Return who a term falls to: whom it names, else the body one of whose duties begins with its work.

    The work may be told with its body before it: «Đề nghị các Sở Tư pháp báo cáo …».
    Where the work itself stands as its subject («Báo cáo sơ kết gửi …»), nobody is named. Words that a duty
    only mentions («tham mưu sơ kết, tổng kết») say nothing of who does them.
    """
    what = fold(value["what"]).rstrip(" .;")
    who: str = value.get("who", "")
    if who and not (what.startswith(fold(who)) and not is_somebody(who)):
        return who
    if subject := next((body for duty, body in assigned if opens_with(what, body, duty)), ""):
        return subject
    if len(what.split()) < FEWEST_WORDS:
        return next((body for duty, body in assigned if duty.rstrip(" .;") == what), "")
    return next((body for duty, body in assigned if duty.startswith(what)), "")


def opens_with(what: str, body: str, duty: str) -> bool:
    """Say whether the folded words are the body followed by its own duty."""
    asked, subject = ASKING.sub("", what), f"{fold(body)} "
    return asked.startswith(subject) and duty.startswith(asked.removeprefix(subject))


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


def finish_step(part: Participation, state: str, on: date, by: Account | None) -> None:
    """Note the unit's finishing day for each deadline that asked for this very step, unless one is noted."""
    rows = Deadline.objects.filter(not_over(today()), movement=part.movement_id)
    bound = rows.filter(Q(for_all=True) | Q(for_units=part.unit_id)).exclude(completions__unit=part.unit_id)
    asked = [row for row in bound.distinct() if step_of(row.what) == state]
    Completion.objects.bulk_create(
        Completion(unit_id=part.unit_id, deadline=row, finished_on=on, by=by) for row in asked
    )


class FinishedInFutureError(Exception):
    """A finishing day cannot lie ahead."""


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
) -> Completion:
    """Note the real finishing day of a unit beside the planned one; a second note replaces the first.

    Raises FinishedInFutureError.
    """
    if finished_on > today:
        raise FinishedInFutureError
    given = {"finished_on": finished_on, "note": note, "by": by}
    same = Completion.objects.filter(unit=unit, deadline=deadline, duty=duty, finished_on=finished_on)
    if not same.exists():  # a note alone leaves the day as it was recorded
        given["at"] = timezone.now()
    done, _made = Completion.objects.update_or_create(unit=unit, deadline=deadline, duty=duty, defaults=given)
    for heir in heirs_of(deadline or duty):
        Completion.objects.update_or_create(unit=unit, **named(heir), defaults=given)
    details = {"unit": str(unit), "on": str(finished_on)}
    audit.record(by, "movement.complete", movement_of(done), details=details)
    return done


@transaction.atomic
def reopen(unit: Unit, *, by: Account, deadline: Deadline | None = None, duty: Duty | None = None) -> None:
    """Take a finishing day back."""
    for done in Completion.objects.filter(unit=unit, deadline=deadline, duty=duty):
        audit.record(by, "movement.reopen", movement_of(done), details={"unit": str(unit)})
        done.delete()
    for heir in heirs_of(deadline or duty):
        Completion.objects.filter(unit=unit, **named(heir)).delete()


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

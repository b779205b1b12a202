"""Units end while a movement runs: whoever took over from them gets their duties and what they left open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from thidua.accounts.models import Account
from thidua.audit import services as audit
from thidua.movements.models import (
    Completion,
    Deadline,
    Duty,
    Movement,
    Participation,
    ParticipationEvent,
)
from thidua.movements.selectors.items import not_over
from thidua.movements.selectors.receipts import there
from thidua.movements.selectors.terms import StepTerms, terms_on
from thidua.movements.services import launching
from thidua.movements.services.succeeding import named
from thidua.organisations.models import Unit
from thidua.organisations.selectors.succession import endings_of
from thidua.records.days import today

State = Participation.State
ORDER = {state: place for place, state in enumerate(State)}
Thing = Deadline | Duty


@dataclass(frozen=True, slots=True)
class Heir:
    """One unit and what comes to it; ``joins``: it takes no part yet."""

    unit: Unit
    predecessors: tuple[Unit, ...]
    joins: bool
    duties: tuple[Duty, ...]  # that name a predecessor and are open
    deadlines: tuple[Deadline, ...]  # the same
    done: tuple[
        tuple[Thing, date], ...
    ]  # of everybody's work: what all predecessors finished, and when the last did
    reached: tuple[tuple[State, date], ...]  # the steps all predecessors had come to
    over: tuple[
        tuple[State, date], ...
    ] = ()  # further steps whose last day is over: it is not late with them

    @property
    def is_concerned(self) -> bool:
        return self.joins or bool(self.duties or self.deadlines)


@dataclass(frozen=True, slots=True)
class TakeOver:
    """What goes over to whom; ``outside``: heirs that the organiser may not launch to."""

    heirs: tuple[Heir, ...]
    outside: tuple[Unit, ...]

    def fingerprint(self) -> str:
        """Return what changes with anything that would be carried."""
        told = [
            (
                str(heir.unit.pk),
                sorted(str(unit.pk) for unit in heir.predecessors),
                heir.joins,
                [str(row.pk) for row in (*heir.duties, *heir.deadlines)],
                [(str(thing.pk), str(on)) for thing, on in heir.done],
                [(state.value, str(on)) for state, on in heir.reached],
            )
            for heir in self.heirs
        ]
        return sha256(repr(told).encode()).hexdigest()


class TakeOverOutdatedError(Exception):
    """Something changed since the preview; carries what would go over now."""

    def __init__(self, found: TakeOver) -> None:
        super().__init__("the preview no longer holds")
        self.found = found


NOTHING = TakeOver((), ())


def take_over_preview(movement: Movement) -> TakeOver:
    """Return what the heirs of ended units would get; nothing is written. As many queries for many units as for few."""
    parts = movement.participations.filter(is_visible=True).exclude(there(today()))
    gone = list(parts.select_related("unit").order_by("unit__depth", "unit__sort_key", "pk"))
    if not gone:
        return NOTHING
    endings = endings_of({p.unit_id: p.unit.dissolved_on for p in gone if p.unit.dissolved_on}, today())
    heirs: dict[Unit, list[Participation]] = {}
    for part in gone:
        for heir in endings[part.unit_id].heirs:
            heirs.setdefault(heir, []).append(part)
    return divided(movement, heirs, Left.of(movement, gone)) if heirs else NOTHING


def divided(movement: Movement, heirs: Mapping[Unit, Sequence[Participation]], left: "Left") -> TakeOver:
    reachable = {unit.pk for unit in launching.candidates(movement)}
    taking_part = set(movement.participations.filter(is_visible=True).values_list("unit_id", flat=True))
    found = [
        left.to(heir, parts, joins=heir.pk not in taking_part)
        for heir, parts in heirs.items()
        if heir.pk in reachable | taking_part
    ]
    if any(heir.joins for heir in found):
        terms = terms_on(movement, today())
        found = [replace(heir, over=steps_over(heir, terms)) if heir.joins else heir for heir in found]
    outside = tuple(heir for heir in heirs if heir.pk not in reachable | taking_part)
    return TakeOver(tuple(heir for heir in found if heir.is_concerned), outside)


def steps_over(heir: Heir, terms: StepTerms) -> tuple[tuple[State, date], ...]:
    """Return the steps still to do whose last day is over, as the board will show them."""
    done = {State.RECEIVED, *(state for state, _on in heir.reached)}
    units = [unit.pk for unit in (heir.unit, *heir.predecessors)]
    last = {State(state): on for unit in reversed(units) for state, on in terms.of_unit(unit, today())}
    return tuple((step, last[step]) for step in State if step in last.keys() - done and last[step] < today())


@dataclass(frozen=True, slots=True)
class Left:
    """What the ended units were bound to, and what they did of it."""

    things: tuple[Thing, ...]
    bound: Mapping[UUID, frozenset[UUID]]  # by deadline or duty: the units it names
    done: Mapping[tuple[UUID, UUID], date]  # by deadline or duty, and unit
    reached: Mapping[UUID, Mapping[State, date]]  # by participation

    @classmethod
    def of(cls, movement: Movement, gone: Sequence[Participation]) -> "Left":
        """Read it in six queries. What recurs is open as long as the movement runs, whatever was finished of it."""
        living = Q(not_over(today()), movement=movement)
        duties, deadlines = list(Duty.objects.filter(living)), list(Deadline.objects.filter(living))
        bound: dict[UUID, set[UUID]] = {}
        pairs = [
            *Duty.units.through.objects.filter(duty__in=duties).values_list("duty", "unit"),
            *Deadline.for_units.through.objects.filter(deadline__in=deadlines).values_list(
                "deadline", "unit"
            ),
        ]
        for thing, unit in pairs:
            bound.setdefault(thing, set()).add(unit)
        units = {part.unit_id for part in gone}
        done = Completion.objects.filter(
            Q(duty__in=duties) | Q(deadline__in=deadlines), unit__in=units, occurrence=None
        ).values_list("deadline", "duty", "unit", "finished_on")
        reached: dict[UUID, dict[State, date]] = {part.pk: {} for part in gone}
        events = ParticipationEvent.objects.filter(participation__in=gone).order_by("at")
        for part, state, on in events.values_list("participation", "state", "on"):
            reached[part].setdefault(State(state), on)
        return cls(
            (*duties, *deadlines),
            {thing: frozenset(found) for thing, found in bound.items()},
            {(deadline or duty, unit): on for deadline, duty, unit, on in done},
            reached,
        )

    def to(self, heir: Unit, parts: Sequence[Participation], *, joins: bool) -> Heir:
        units = [part.unit_id for part in parts]
        named_open = [thing for thing in self.things if self.is_carried(thing, heir, units)]
        return Heir(
            unit=heir,
            predecessors=tuple(part.unit for part in parts),
            joins=joins,
            duties=tuple(thing for thing in named_open if isinstance(thing, Duty)),
            deadlines=tuple(thing for thing in named_open if isinstance(thing, Deadline)),
            done=tuple(self.finished_by_all(units)) if joins else (),
            reached=common_steps([self.reached[part.pk] for part in parts]) if joins else (),
        )

    def is_carried(self, thing: Thing, heir: Unit, units: Iterable[UUID]) -> bool:
        """Say whether the thing names one of ``units`` that did not finish it, and not the heir itself."""
        names = self.bound.get(thing.pk, frozenset())
        if thing.for_all or heir.pk in names:
            return False
        return any(unit in names and (thing.pk, unit) not in self.done for unit in units)

    def finished_by_all(self, units: Sequence[UUID]) -> Iterable[tuple[Thing, date]]:
        for thing in self.things:
            days = [on for unit in units if (on := self.done.get((thing.pk, unit)))]
            if thing.for_all and len(days) == len(units):
                yield thing, max(days)


def common_steps(reached: Sequence[Mapping[State, date]]) -> tuple[tuple[State, date], ...]:
    """Return the steps after the receipt that all came to, each on the day the last of them did."""
    return tuple(
        (state, max(days[state] for days in reached))
        for state in State
        if state != State.RECEIVED and all(state in days for days in reached)
    )


@transaction.atomic
def take_over(movement: Movement, *, by: Account, seen: str) -> TakeOver:
    """Carry out what the preview with the fingerprint ``seen`` said; what ended units did stays theirs.

    Raises NotReadyError, TakeOverOutdatedError.
    """
    movement = Movement.objects.select_for_update(of=("self",)).get(pk=movement.pk)
    launching.refuse_unless_running(movement)
    found = take_over_preview(movement)
    if found.fingerprint() != seen:
        raise TakeOverOutdatedError(found)
    if joining := [heir.unit.pk for heir in found.heirs if heir.joins]:
        launching.admit(movement, joining, by=by)
    for heir in found.heirs:
        hand_over(movement, heir, by)
        audit.record(by, "movement.take_over", movement, details=told(heir))
    return found


def told(heir: Heir) -> dict[str, object]:
    return {
        "unit": str(heir.unit),
        "from": [str(unit) for unit in heir.predecessors],
        "duties": len(heir.duties),
        "deadlines": len(heir.deadlines),
    }


def hand_over(movement: Movement, heir: Heir, by: Account) -> None:
    for duty in heir.duties:
        duty.units.add(heir.unit)
    for deadline in heir.deadlines:
        deadline.for_units.add(heir.unit)
    Completion.objects.bulk_create(
        [Completion(unit=heir.unit, finished_on=on, by=by, **named(thing)) for thing, on in heir.done],
        ignore_conflicts=True,
    )
    if heir.reached:
        part = Participation.take(movement.participations.get(unit=heir.unit).pk)
        part.state, part.state_at = max((s for s, _on in heir.reached), key=ORDER.__getitem__), timezone.now()
        part.save()
        ParticipationEvent.objects.bulk_create(
            ParticipationEvent(participation=part, state=state, on=on, at=part.state_at, by=by)
            for state, on in heir.reached
        )

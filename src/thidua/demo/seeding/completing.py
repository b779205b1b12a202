"""When the units finished what a plan asked for: drawn once for each unit and deadline, the same every time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from uuid import UUID
from zlib import crc32

from thidua.audit.services import record
from thidua.demo.chance import Chance
from thidua.demo.seeding.clock import moment_of, standing_at
from thidua.demo.seeding.register import Register
from thidua.movements.models import Completion, Deadline, Duty, Movement
from thidua.movements.selectors.deadlines import binds, living_deadlines
from thidua.movements.services.step_work import is_one_job
from thidua.movements.terms import course_of, recurs
from thidua.organisations.models import Unit

IN_TIME, FORGOTTEN = 0.9, 0.03
MOST_EARLY, MOST_LATE = 9, 8  # days
FRIDAY = 4
WHICH = ("unit_id", "deadline_id", "occurrence")


@dataclass(frozen=True, slots=True)
class Part:
    """A unit's way through a movement: the day of each state it reached."""

    unit: Unit
    reached: Mapping[str, date]

    @property
    def last_seen_on(self) -> date:
        return max(self.reached.values())


def complete_past_deadlines(movement: Movement, register: Register, until: date) -> int:
    """Write the finishing days up to ``until``, each as of its own day, with one entry in the log."""
    rows = sorted(drawn(movement, register, until), key=attrgetter("finished_on"))
    for day, done in groupby(rows, key=attrgetter("finished_on")):
        with standing_at(moment_of(day, 16)):
            Completion.objects.bulk_create(list(done), batch_size=500)
    if rows:
        record(None, "movement.completions_imported", movement, details={"rows": len(rows)})
    return len(rows)


def drawn(movement: Movement, register: Register, until: date) -> Iterator[Completion]:
    """Draw the days of all units; a deadline that is a step's own is finished by reaching the step."""
    terms = dict(movement.step_terms.values_list("state", "last_on"))
    steps = set(movement.step_terms.exclude(deadline=None).values_list("deadline_id", flat=True))
    living = living_deadlines(Movement.objects.filter(pk=movement.pk))
    asked = [(row, days) for row in living if row.pk not in steps and (days := last_days(row, until))]
    done = set(Completion.objects.filter(deadline__in=[row for row, _days in asked]).values_list(*WHICH))
    twins = twins_by_deadline(movement, [row for row, _days in asked if not recurs(row)])
    noted: set[tuple[UUID, UUID]] = set()
    for part in parts_of(movement):
        is_behind = any(last and last < until and state not in part.reached for state, last in terms.items())
        for row, days in asked:
            if not binds(row, part.unit.pk):
                continue
            for occurrence, last_on in days:
                if (part.unit.pk, row.pk, occurrence) in done:
                    continue
                day = day_for(part, row.what, last_on, occurrence, is_behind)
                if day and day <= until:
                    by = register.officer(part.unit.code, day)
                    given = {"occurrence": occurrence, "finished_on": day, "by": by}
                    yield Completion(unit=part.unit, deadline=row, **given)
                    for duty in twins.get(row.pk, ()):
                        if still_owes(part.unit, duty) and (part.unit.pk, duty.pk) not in noted:
                            noted.add((part.unit.pk, duty.pk))
                            yield Completion(unit=part.unit, duty=duty, finished_on=day, by=by)


def twins_by_deadline(movement: Movement, rows: Iterable[Deadline]) -> Mapping[UUID, list[Duty]]:
    """Return by deadline the duties that are the same work: done with it."""
    duties = list(movement.dutys.select_related("item").prefetch_related("units", "completions"))
    return {row.pk: [duty for duty in duties if is_one_job(row, duty)] for row in rows}


def still_owes(unit: Unit, duty: Duty) -> bool:
    is_bound = duty.for_all or unit in duty.units.all()
    return is_bound and all(one.unit_id != unit.pk for one in duty.completions.all())


def last_days(row: Deadline, until: date) -> list[tuple[date | None, date]]:
    """Return the last day of a plain deadline, or those of a recurring one that units were at by ``until``."""
    if recurs(row):
        soon = until + timedelta(days=MOST_EARLY)
        return [(day, day) for day in course_of(row, on=until) if day <= soon]
    return [(None, row.last_on)] if row.last_on else []


def parts_of(movement: Movement) -> Iterator[Part]:
    rows = movement.participations.filter(is_visible=True).select_related("unit").prefetch_related("events")
    for row in rows:
        yield Part(row.unit, {event.state: event.on for event in row.events.all()})


def day_for(
    part: Part,
    what: str,
    last_on: date,
    occurrence: date | None,
    is_behind: bool,  # noqa: FBT001 - a claim about the part
) -> date | None:
    """Draw a working day; who stopped on the way does nothing more, and some forget to note it."""
    received = part.reached["received"]
    if (is_behind and part.last_seen_on < last_on) or (occurrence and occurrence < received):
        return None
    chance = Chance(crc32(f"{what} {part.unit.code}{occurrence or ''}".encode()))
    if chance.happens(FORGOTTEN):
        return None
    if chance.happens(IN_TIME):
        day = chance.day_before(last_on, 0, MOST_EARLY)
    else:
        day = chance.day_before(last_on, -MOST_LATE, -1)
    day -= timedelta(days=max(0, day.weekday() - FRIDAY))
    return max(day, received)

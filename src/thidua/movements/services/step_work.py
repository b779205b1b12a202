"""A step of the cascade is reached: the deadlines that asked for it are finished, and the duties that say the same."""

import re
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from thidua.accounts.models import Account
from thidua.core.text.folding import fold
from thidua.movements.models import Completion, Deadline, Duty, Participation, ParticipationEvent
from thidua.movements.selectors.items import not_over, overlaps
from thidua.movements.services import schedule
from thidua.movements.services.succeeding import heirs_places, named
from thidua.movements.steps import steps_of
from thidua.movements.terms import RECURRING
from thidua.records.days import today

LEAST_SHARED = 0.6
FEWEST_WORDS, MOST_MORE = 4, 8


def finish_step(part: Participation, state: str, on: date, by: Account | None) -> None:
    """Note the unit's finishing day for each deadline that asked for this very step, unless one is noted.

    What recurs is not over with one step.
    """
    bound = bound_deadlines(part).exclude(completions__unit=part.unit_id)
    asked = [row for row in bound.distinct() if state in steps_of(row.what)[-1:]]
    note(part, asked, on, by)
    finish_twins(part, asked, on, by)


def finish_twins(part: Participation, deadlines: Iterable[Deadline], on: date, by: Account | None) -> None:
    """Note the day for each duty that is the work of a finished deadline in other words, unless one is noted."""
    finished = list(deadlines)
    if not finished:
        return
    waiting = bound_duties(part).exclude(completions__unit=part.unit_id).distinct()
    note(part, [duty for duty in waiting if any(is_one_job(one, duty) for one in finished)], on, by)


def note(part: Participation, things: Iterable[Deadline | Duty], on: date, by: Account | None) -> None:
    """Note the day for each, and for what takes its place by a revision issued already; a day noted there stays."""
    places = (place for one in things for place in (named(one), *heirs_places(one, None, on)))
    rows = [Completion(unit_id=part.unit_id, finished_on=on, by=by, **place) for place in places]
    Completion.objects.bulk_create(rows, ignore_conflicts=True)


def reopen_step(part: Participation, event: ParticipationEvent, *, by: Account) -> None:
    """Take back the finishing days that reaching the step noted; one noted by hand stays."""
    noted = {"unit": part.unit_id, "finished_on": event.on, "at__gte": event.at}
    fresh = Completion.objects.filter(**noted)
    done = bound_deadlines(part).filter(completions__in=fresh).distinct()
    for row in [one for one in done if event.state in steps_of(one.what)[-1:]]:
        twins = [one for one in twins_of(part, row) if one.completions.filter(**noted).exists()]
        for thing in (row, *twins):
            schedule.reopen(part.unit, by=by, **named(thing))


def twins_of(part: Participation, thing: Deadline | Duty) -> list[Deadline | Duty]:
    """Return the unit's duties that are the work of a deadline, or its deadlines that are that of a duty."""
    if isinstance(thing, Deadline):
        return [duty for duty in bound_duties(part).distinct() if is_one_job(thing, duty)]
    return [one for one in bound_deadlines(part).distinct() if is_one_job(one, thing)]


def bound_duties(part: Participation) -> QuerySet[Duty]:
    rows = Duty.objects.filter(not_over(today()), movement=part.movement_id).select_related("item")
    return rows.filter(Q(for_all=True) | Q(units=part.unit_id))


def bound_deadlines(part: Participation) -> QuerySet[Deadline]:
    """Return the deadlines of the unit; what recurs is not over with one round, so it is no duty's whole work."""
    rows = Deadline.objects.filter(not_over(today()), ~RECURRING, movement=part.movement_id)
    return rows.filter(Q(for_all=True) | Q(for_units=part.unit_id)).select_related("item")


def is_one_job(deadline: Deadline, duty: Duty) -> bool:
    """Say whether both are one work: told word for word, or in much the same words of one step or place of the plan."""
    steps = steps_of(deadline.what)
    is_step = bool(steps) and steps == steps_of(duty.text)
    alike = (is_step or are_of_one_place(deadline, duty)) and is_same_work(duty.text, deadline.what)
    return alike or is_word_for_word(duty.text, deadline.what)


def are_of_one_place(deadline: Deadline, duty: Duty) -> bool:
    one, other = deadline.item, duty.item
    return bool(one and other and (one.pk == other.pk or overlaps(one, other)))


def is_same_work(one: str, other: str) -> bool:
    """Say whether most words of the shorter stand in the longer."""
    first, second = set(words_of(one)), set(words_of(other))
    return len(first & second) >= LEAST_SHARED * max(1, min(len(first), len(second)))


def is_word_for_word(duty: str, work: str) -> bool:
    """Say whether a duty is the work of a deadline and little more: when it is due."""
    said, asked = words_of(duty), words_of(work)
    more = len(said) - len(asked)
    return len(asked) >= FEWEST_WORDS and 0 <= more <= MOST_MORE and said[: len(asked)] == asked


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z]{2,}", fold(text))

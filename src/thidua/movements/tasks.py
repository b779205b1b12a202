"""Long work of movements, and what a new day brings."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, Q
from django_tasks import task

from thidua.movements.models import Completion, Deadline, Movement
from thidua.movements.news import Due, DueOccurrence
from thidua.movements.selectors.items import held
from thidua.movements.selectors.own_days import unit_days
from thidua.movements.selectors.receipts import there
from thidua.movements.services.launching import finish_launch
from thidua.movements.services.notifying import acting_for
from thidua.movements.services.succeeding import renew_due_headers, renew_due_terms
from thidua.movements.terms import RECURRING, counts_from_receipt, course_of, last_day_of, recurs
from thidua.notices.services import tell
from thidua.records.days import today

AHEAD = (7, 3, 1)


@task()
def run_launch(launch_id: str) -> str:
    """Finish a staged launch; running it again changes nothing."""
    return finish_launch(UUID(launch_id)).status


def turn_day(on: date) -> int:
    """Let steps follow revisions that apply by now, and tell units what falls due in 7, 3 and 1 days.

    Returns how many lines are new; what is done is not told.
    """
    days = [on + timedelta(days=ahead) for ahead in AHEAD]
    renew_due_terms(on)
    renew_due_headers(on)
    living = Deadline.objects.filter(held(on), movement__status=Movement.Status.LAUNCHED)
    living = living.exclude(ended_by_revision__effective_on__lte=F("last_on"))
    # A receipt is told by its words and has no day of its own: rows without a day are looked at one by one.
    near = living.filter(
        RECURRING
        | Q(last_on__in=days)
        | Q(event__isnull=False, event__on=None, event__finished_on=None)
        | Q(event__has_own_days=True)
    )
    return sum(told_of(row, days) for row in near.select_related("movement", "event", "ended_by_revision"))


def told_of(row: Deadline, days: Collection[date]) -> int:
    """Tell each unit whose own last day is among ``days``; of what recurs, that of an occurrence."""
    if recurs(row):
        near = (day for day in course_of(row, on=today()) if day in days and not replaced_by(row, day))
        return sum(tell_due(row, day, open_units(row, day)) for day in near)
    units = open_units(row)
    found = unit_days([row], units, today())
    if not (found.own or counts_from_receipt(row)):
        return tell_due(row, row.last_on, units) if row.last_on and row.last_on in days else 0
    by_day: dict[date, list[UUID]] = {}
    for unit in units:
        last_on = last_day_of(row, found.received_on(row, unit), found.own_on(row, unit))
        if last_on and last_on in days:
            by_day.setdefault(last_on, []).append(unit)
    return sum(tell_due(row, last_on, units) for last_on, units in by_day.items())


def replaced_by(row: Deadline, day: date) -> bool:
    """Say whether a revision puts another term in the place of this one by ``day``."""
    ends_on = row.ended_by_revision.effective_on if row.ended_by_revision else None
    return ends_on is not None and ends_on <= day


def open_units(row: Deadline, occurrence: date | None = None) -> list[UUID]:
    parts = row.movement.participations.filter(there(today()), is_visible=True)
    if not row.for_all:
        parts = parts.filter(unit__in=row.for_units.values("pk"))
    done = Completion.objects.filter(deadline=row, occurrence=occurrence)
    return list(parts.exclude(unit__in=done.values("unit")).values_list("unit_id", flat=True))


def tell_due(row: Deadline, last_on: date, units: Iterable[UUID]) -> int:
    told = DueOccurrence if recurs(row) else Due
    news = told(row.movement_id, row.movement.name, row.what, last_on)
    return tell(acting_for(units), news, key=f"due:{row.pk}:{last_on}")

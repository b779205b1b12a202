"""Number and day of an issued plan, entered otherwise than on the signed paper, are put right once more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from thidua.accounts.models import Account
from thidua.audit import services as audit
from thidua.movements.models import (
    Completion,
    Movement,
    NumberCorrection,
    Participation,
    ParticipationEvent,
    Plan,
    PlanItem,
)
from thidua.movements.problems import NumberRefusedError, Problem
from thidua.movements.selectors.items import in_force
from thidua.movements.services.bases import register_plan
from thidua.movements.services.header import copy_header
from thidua.movements.services.notifying import tell_renumbered
from thidua.movements.steps import step_of
from thidua.records.days import today
from thidua.ui.formats import day

OWN_PLAN = Participation.State.OWN_PLAN


@dataclass(frozen=True, slots=True)
class Corrected:
    """What the signed paper says, and why it was kept otherwise."""

    number: str
    issued_on: date
    reason: str


@transaction.atomic
def correct_number(
    movement: Movement, given: Corrected, *, by: Account, version: int | None = None
) -> NumberCorrection:
    """Put number and day right wherever they are kept; what they were, and why they changed, is kept beside them.

    Raises NumberRefusedError, ChangedMeanwhileError (of the plan).
    """
    movement = Movement.objects.select_for_update().get(pk=movement.pk)
    plan = Plan.take(movement.plan.pk, version=version)
    plan.movement = movement
    if problems := list(problems_before_correcting(plan, given)):
        raise NumberRefusedError(problems)
    was = plan.number, plan.issued_on
    put_in(plan, "number", given.number)
    put_in(plan, "issued_on", given.issued_on.isoformat())
    copy_header(plan)
    register_plan(plan)
    move_on_board(movement, was[1], given.issued_on)
    correction = NumberCorrection.objects.create(
        plan=plan,
        number_before=was[0],
        number_after=given.number,
        issued_on_before=was[1],
        issued_on_after=given.issued_on,
        reason=given.reason.strip(),
        by=by,
    )
    details = {
        "number": [was[0], given.number],
        "issued_on": [str(was[1] or ""), str(given.issued_on)],
        "reason": correction.reason,
    }
    audit.record(by, "movement.correct_number", movement, details=details)
    tell_renumbered(correction)
    return correction


def problems_before_correcting(plan: Plan, given: Corrected) -> Iterator[Problem]:
    """Yield everything that forbids it."""
    if plan.movement.status == Movement.Status.WITHDRAWN:
        yield Problem("withdrawn")
    elif plan.is_open:
        yield Problem("not_issued")
    if (given.number, given.issued_on) == (plan.number, plan.issued_on):
        yield Problem("same_number")
    if not given.reason.strip():
        yield Problem("no_reason")
    if given.issued_on > today():
        yield Problem("day_ahead", {"on": day(given.issued_on), "today": day(today())})
    above = plan.movement.answers.plan.issued_on if plan.movement.answers else None
    if above and given.issued_on < above:
        yield Problem("before_above", {"on": day(given.issued_on), "above": day(above)})


def put_in(plan: Plan, field: str, value: str) -> None:
    """Let the plan's item say ``value``; a plan read without one gets it, as of its launch."""
    item = in_force(plan, today()).filter(field=field).order_by("order", "id").first()
    if item is None:
        first = plan.revisions.filter(number=1).first()
        item = PlanItem(plan=plan, field=field, since=first, state=PlanItem.State.ADDED)
    elif item.value != {"value": value}:
        item.version += 1
        item.state = PlanItem.State.EDITED
    item.value = {"value": value}
    item.save()


def move_on_board(movement: Movement, was: date | None, now: date) -> None:
    """Let the board above count the unit's plan from its real day, where it was counted from the wrong one."""
    part = Participation.objects.filter(own=movement).first()
    if part is None or was is None:
        return
    ParticipationEvent.objects.filter(participation=part, state=OWN_PLAN, on=was).update(on=now)
    done = Completion.objects.filter(unit=part.unit_id, deadline__movement=part.movement_id, finished_on=was)
    asked = [
        row.pk
        for row in done.select_related("deadline")
        if row.deadline and step_of(row.deadline.what) == OWN_PLAN
    ]
    Completion.objects.filter(pk__in=asked).update(finished_on=now)

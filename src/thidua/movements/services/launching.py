"""A movement goes out: who receives it, what each will get, and the sending itself.

A launch is staged in short transactions nobody sees, then made visible by one short flip; after a
stop half-way it goes on from what is staged.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypedDict, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from thidua.accounts.models import Account
from thidua.audit import services as audit
from thidua.movements.models import (
    Launch,
    Movement,
    Participation,
    ParticipationEvent,
    PlanItem,
    PlanRevision,
)
from thidua.movements.selectors.directories import directory_of
from thidua.movements.selectors.items import living
from thidua.movements.selectors.predecessors import within_reach
from thidua.movements.services import approving
from thidua.movements.services.bases import register_bases, register_plan
from thidua.movements.services.checking import open_questions
from thidua.movements.services.notifying import tell_received
from thidua.movements.services.schedule import (
    Maker,
    bind_units,
    set_terms_from_plan,
)
from thidua.movements.services.step_work import finish_step, reopen_step
from thidua.organisations.models import Person, Unit
from thidua.records import refusals
from thidua.records.days import day_of

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Peopled(TypedDict):
        """``is_peopled``: somebody works there, or below."""

        is_peopled: bool

    Candidate = WithAnnotations[Unit, Peopled]

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to settle before the next step; ``anchor`` names the part of the page where."""

    code: str
    text: str | Promise
    anchor: str = ""


class NotReadyError(Exception):
    """The step cannot be taken yet; carries every reason."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(p.code for p in problems))
        self.problems = list(problems)


def worded(problems: Iterable[refusals.Problem]) -> list[Problem]:
    return [Problem(one.code, one.text()) for one in problems]


# Somebody works in the unit or below it: nobody else could read what is launched there.
IS_PEOPLED = Exists(
    Person.objects.filter(
        unit__path__gte=OuterRef("path"), unit__path__lt=Concat(OuterRef("path"), Value("~"))
    )
)


def problems_before_launch(movement: Movement, unit_ids: Iterable[UUID] = ()) -> list[Problem]:
    """Return everything still to do before ``movement`` can go out to the units."""
    problems = []
    if movement.status != Movement.Status.PREPARING:
        problems.append(Problem("status", _("Phong trào này đã được phát động hoặc đã hủy.")))
    if waiting := len(open_questions(movement.plan)):
        text = ngettext("Còn %(count)s mục cần kiểm tra.", "Còn %(count)s mục cần kiểm tra.", waiting)
        text %= {"count": waiting}
        problems.append(Problem("open_questions", text, "can-kiem-tra"))
    if not living(movement.plan).filter(field__in=("contents", "themes")).exists():
        problems.append(Problem("empty", _("Kế hoạch chưa có chủ đề hoặc nội dung thi đua."), "noi-dung"))
    if movement.answers_id and not movement.plan.issued_at:
        problems.append(Problem("not_issued", _("Kế hoạch của đơn vị chưa được ban hành (số, ngày).")))
    if not movement.answers_id and not list(unit_ids):
        problems.append(Problem("no_units", _("Chưa chọn đơn vị nhận.")))
    return problems


def candidates(movement: Movement) -> "list[Candidate]":
    """Return the units the organiser may launch to."""
    chosen = within_reach(movement).annotate(is_peopled=IS_PEOPLED).select_related("kind")
    # The stubs forget what was annotated on a queryset of our own class.
    return cast("list[Candidate]", list(chosen.order_by("depth", "sort_key")))


def newcomers(movement: Movement) -> "list[Candidate]":
    """Return the units that could receive a movement that is out already, and have not."""
    received = set(movement.participations.filter(is_visible=True).values_list("unit_id", flat=True))
    return [unit for unit in candidates(movement) if unit.pk not in received]


def problems_before_admission(movement: Movement, unit_ids: Iterable[UUID]) -> list[Problem]:
    """Return what keeps further units from receiving the movement."""
    problems = []
    if movement.status != Movement.Status.LAUNCHED:
        problems.append(Problem("status", _("Phong trào này không trong thời gian thực hiện.")))
    if not list(unit_ids):
        problems.append(Problem("no_units", _("Chưa chọn đơn vị nhận.")))
    return problems


def default_recipients(movement: Movement, units: "Sequence[Candidate]") -> "list[Candidate]":
    """Return the units named under «Nơi nhận», else those directly below: of a top, not its small collectives.

    Co-ordinating bodies in which nobody works are left out.
    """
    if movement.cluster_id:
        return list(units)
    directory = directory_of(movement, units)
    named: dict[UUID, Unit] = {}
    everyone = False
    for item in living(movement.plan).filter(field="recipients"):
        match = directory.find(item.value["who"])
        everyone = everyone or match.everyone
        named |= {unit.pk: unit for unit in match.units}
    is_top = movement.organiser.parent_id is None
    below = (u for u in units if u.parent_id == movement.organiser_id)
    direct = [u for u in below if not (is_top and u.is_small_collective)]
    if everyone or not named:
        named |= {unit.pk: unit for unit in direct}
    return [unit for unit in units if unit.pk in named and (unit.is_peopled or not co_ordinates(unit))]


def co_ordinates(unit: Unit) -> bool:
    return unit.body_role == Unit.BodyRole.COORDINATING


@transaction.atomic
def begin_launch(movement: Movement, unit_ids: Sequence[UUID], *, by: Account) -> Launch:
    """Record the order to launch; ``stage`` and ``finish`` carry it out.

    Raises NotReadyError with every reason; a second order for the same movement is refused.
    """
    movement = Movement.objects.select_for_update().get(pk=movement.pk)
    problems = problems_before_launch(movement, unit_ids)
    problems += worded(approving.problems_before_acting(movement, by))
    if Launch.objects.filter(movement=movement, status=Launch.Status.STAGING).exists():
        problems.append(Problem("running", _("Phong trào đang được phát động.")))
    if problems:
        raise NotReadyError(problems)
    approving.settle_by_act(movement, by)
    launch = Launch.objects.create(movement=movement, units_total=len(set(unit_ids)), by=by)
    chosen = Unit.objects.filter(pk__in=unit_ids).values_list("pk", flat=True)
    stage(launch, list(chosen))
    return launch


def stage(launch: Launch, unit_ids: Sequence[UUID]) -> None:
    """Write the invisible participations; those there already stay."""
    rows = [Participation(movement=launch.movement, unit_id=unit, launch=launch) for unit in unit_ids]
    for first in range(0, len(rows), CHUNK):
        Participation.objects.bulk_create(rows[first : first + CHUNK], ignore_conflicts=True)
    launch.units_staged = launch.participations.count()
    launch.save(update_fields=["units_staged"])


@transaction.atomic
def finish_launch(launch_id: UUID, *, at: datetime | None = None) -> Launch:
    """Make everything visible at once: parts, revision 1, schedule, notices.

    Twice changes nothing, nor does a launch that was taken back before its turn came.
    """
    launch = (
        Launch.objects.select_for_update(of=("self", "movement"))
        .select_related("movement__plan", "by")
        .get(pk=launch_id)
    )
    if launch.status != Launch.Status.STAGING:
        return launch
    at = at or timezone.now()
    movement = launch.movement
    open_revision(movement, launch, at)
    make_visible(launch, at)
    organiser_has_answered(launch, at)
    movement.status, movement.launched_at = Movement.Status.LAUNCHED, at
    movement.version += 1
    movement.save()
    launch.status, launch.finished_at = Launch.Status.DONE, timezone.now()
    launch.save()
    audit.record(launch.by, "movement.launch", movement, details={"units": launch.units_staged})
    tell_received(launch)
    return launch


def open_revision(movement: Movement, launch: Launch, at: datetime) -> PlanRevision:
    """Make the launch revision 1 and everything of the plan its own."""
    plan = movement.plan
    revision = PlanRevision.objects.create(
        plan=plan, number=1, effective_on=day_of(at), file=plan.file, issued_at=at, made_by=launch.by
    )
    living(plan).update(since=revision)
    units = Unit.objects.filter(participations__launch=launch).select_related("kind")
    items = PlanItem.objects.filter(plan=plan, since=revision).order_by("field", "order")
    Maker(movement, revision, directory_of(movement, units)).make(items)
    set_terms_from_plan(movement)
    register_plan(plan)
    register_bases(plan)
    return revision


def make_visible(launch: Launch, at: datetime) -> None:
    staged = launch.participations.filter(is_visible=False)
    events = [
        ParticipationEvent(
            participation=p, state=Participation.State.RECEIVED, on=day_of(at), at=at, by=launch.by
        )
        for p in staged
    ]
    ParticipationEvent.objects.bulk_create(events, batch_size=CHUNK)
    staged.update(is_visible=True, state=Participation.State.RECEIVED, state_at=at)


def organiser_has_answered(launch: Launch, at: datetime) -> None:
    """Note that the plan of a cluster's lead is its own plan, and launched: it answers no plan of its own."""
    for part in launch.participations.filter(unit=launch.movement.organiser_id):
        for state in (Participation.State.OWN_PLAN, Participation.State.LAUNCHED):
            advance(part.pk, state, on=day_of(at), by=launch.by)


@transaction.atomic
def admit(movement: Movement, unit_ids: Sequence[UUID], *, by: Account) -> Launch:
    """Let further units receive a movement that is out already: founded since, or left out at first.

    They get the plan as it stands now and the duties that name them. Raises NotReadyError.
    """
    movement = Movement.objects.select_for_update(of=("self",)).select_related("plan").get(pk=movement.pk)
    if problems := problems_before_admission(movement, unit_ids):
        raise NotReadyError(problems)
    launch = Launch.objects.create(movement=movement, units_total=len(set(unit_ids)), by=by)
    units = list(Unit.objects.filter(pk__in=unit_ids).select_related("kind"))
    stage(launch, [unit.pk for unit in units])
    latest = movement.plan.revisions.filter(issued_at__isnull=False).aggregate(last=Max("number"))["last"]
    launch.participations.update(seen_revision=latest or 1)
    bind_units(movement, units)
    now = timezone.now()
    make_visible(launch, now)
    organiser_has_answered(launch, now)
    launch.status, launch.finished_at = Launch.Status.DONE, now
    launch.save()
    audit.record(by, "movement.admit", movement, details={"units": launch.units_staged})
    tell_received(launch)
    return launch


def refuse_unless_running(movement: Movement) -> None:
    if movement.status != Movement.Status.LAUNCHED:
        raise NotReadyError([Problem("status", _("Phong trào này không trong thời gian thực hiện."))])


@transaction.atomic
def close(movement: Movement, *, on: date, by: Account, version: int | None = None) -> Movement:
    """End the movement on ``on``; from then it is only read.

    Raises NotReadyError, ChangedMeanwhileError.
    """
    movement = Movement.take(movement.pk, version=version)
    refuse_unless_running(movement)
    movement.status, movement.closed_on = Movement.Status.CLOSED, on
    movement.save()
    audit.record(by, "movement.close", movement, details={"on": str(on)})
    return movement


@transaction.atomic
def withdraw(movement: Movement, *, by: Account, version: int | None = None) -> Movement:
    """Give up a movement that never went out; a unit that began it may answer anew.

    Raises NotReadyError for one that is out, on its way, or lies with the head; ChangedMeanwhileError.
    """
    movement = Movement.take(movement.pk, version=version)
    if movement.status != Movement.Status.PREPARING:
        raise NotReadyError([Problem("status", _("Phong trào này đã được phát động hoặc đã hủy."))])
    if movement.launches.filter(status=Launch.Status.STAGING).exists():
        raise NotReadyError([Problem("running", _("Phong trào đang được phát động."))])
    if problems := worded(approving.problems_before_withdrawing(movement)):
        raise NotReadyError(problems)
    movement.status = Movement.Status.WITHDRAWN
    movement.save()
    if movement.plan.text:  # a paper brought in wrongly is given up with its number and day
        for part in Participation.objects.filter(own=movement):
            take_answer_back(part, movement.plan.issued_at, by=by)
    else:
        Participation.objects.filter(own=movement, state=Participation.State.RECEIVED).update(own=None)
    audit.record(by, "movement.withdraw", movement)
    return movement


def take_answer_back(part: Participation, answered_at: datetime | None, *, by: Account) -> None:
    """Let a unit stand where it stood before its paper answered: a step noted earlier by hand stays."""
    part = Participation.take(part.pk)
    part.own = None
    part.save()
    step = part.events.filter(state=Participation.State.OWN_PLAN).first()
    if step and answered_at and step.at >= answered_at:
        reopen_step(part, step, by=by)
        step_back(part.pk, step.state, by=by)


@transaction.atomic
def cancel_launch(launch_id: UUID, *, by: Account) -> None:
    """Take an unfinished launch back: nothing of it was ever visible. Raises NotReadyError for one that is over."""
    launch = Launch.objects.select_for_update().get(pk=launch_id)
    if launch.status != Launch.Status.STAGING:
        raise NotReadyError([Problem("status", _("Phong trào này đã được phát động hoặc đã hủy."))])
    launch.participations.all().delete()
    launch.status, launch.finished_at = Launch.Status.FAILED, timezone.now()
    launch.save()
    audit.record(by, "movement.cancel_launch", launch.movement)


class NotNextError(Exception):
    """The state asked for does not come after the one reached."""


@transaction.atomic
def advance(
    participation_id: UUID, state: str, *, on: date, by: Account | None, version: int | None = None
) -> Participation:
    """Move a participation on to ``state``, reached on the day ``on``.

    Raises NotNextError when it stands there or further already, ChangedMeanwhileError.
    """
    part = Participation.take(participation_id, version=version)
    order = list(Participation.State)
    if order.index(Participation.State(state)) <= order.index(Participation.State(part.state)):
        raise NotNextError
    part.state, part.state_at = state, timezone.now()
    part.save()
    ParticipationEvent.objects.create(participation=part, state=state, on=on, at=part.state_at, by=by)
    finish_step(part, state, on, by)
    details: dict[str, Any] = {"unit": str(part.unit), "state": state, "on": str(on)}
    audit.record(by, "movement.advance", part.movement, details=details)
    return part


@transaction.atomic
def step_back(participation_id: UUID, state: str, *, by: Account) -> Participation:
    """Take a step back that was noted by mistake; the unit stands at the furthest of those that remain."""
    part = Participation.take(participation_id)
    part.events.filter(state=state).delete()
    order = list(Participation.State)
    furthest = max(part.events.all(), key=lambda event: order.index(Participation.State(event.state)))
    part.state, part.state_at = furthest.state, furthest.at
    part.save()
    audit.record(by, "movement.step_back", part.movement, details={"unit": str(part.unit), "state": state})
    return part

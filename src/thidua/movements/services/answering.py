"""A unit answers a movement it received: its own plan, issued, and launched to its own people."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from thidua.accounts.models import Account
from thidua.audit import services as audit
from thidua.movements.models import (
    Acknowledgement,
    Movement,
    Participation,
    Plan,
    PlanItem,
)
from thidua.movements.own_figures import Figure
from thidua.movements.problems import PlanHeldError
from thidua.movements.selectors.items import living
from thidua.movements.services import approving, launching
from thidua.movements.services.checking import open_questions
from thidua.movements.services.deriving import take_over
from thidua.movements.services.header import copy_header
from thidua.movements.services.intake import name_after_plan
from thidua.movements.services.notifying import tell_people
from thidua.movements.shapes import BY_FIELD
from thidua.organisations.models import Person
from thidua.records.days import today

State = Participation.State


class AlreadyAnsweredError(Exception):
    """The unit has a plan for this movement already; carries it."""

    def __init__(self, movement: Movement) -> None:
        super().__init__(str(movement.pk))
        self.movement = movement


OWN_PLAN_ALREADY = gettext_lazy("Kế hoạch này do chính đơn vị phát động nên không phải lập kế hoạch trả lời.")


@transaction.atomic
def start_own_plan(
    participation_id: UUID,
    chosen: Iterable[UUID],
    *,
    by: Account,
    figures: Mapping[UUID, Figure | None] | None = None,
    dated: Collection[UUID] = (),
) -> Movement:
    """Begin the unit's own plan with the items ``chosen`` from the plan above, some with the unit's own ``figures``.

    The terms ``dated`` count from receipt: they are written with the day they make for this unit.
    Raises AlreadyAnsweredError, and NotReadyError when the movement is over or the unit's own.
    """
    part = Participation.take(participation_id)
    if part.own:
        raise AlreadyAnsweredError(part.own)
    launching.refuse_unless_running(part.movement)
    if part.unit_id == part.movement.organiser_id:
        raise launching.NotReadyError([launching.Problem("own", OWN_PLAN_ALREADY)])
    movement = answer(part, by)
    plan = Plan.objects.create(
        movement=movement, doc_type="KE_HOACH", issuer=part.unit.name, place=part.unit.place
    )
    take_over(part, plan, set(chosen), figures or {}, dated)
    copy_header(plan)
    name_after_plan(movement, None)
    part.own = movement
    part.save()
    audit.record(by, "movement.start_own_plan", movement, details={"answers": str(part.movement_id)})
    return movement


def answer(part: Participation, by: Account) -> Movement:
    parent = part.movement
    return Movement.objects.create(
        organiser=part.unit,
        root_id=part.unit.root_id or part.unit_id,
        year=parent.year,
        kind=parent.kind,
        level=Movement.Level.UNIT,
        name=parent.name,
        theme=parent.theme,
        answers=parent,
        made_by=by,
    )


@transaction.atomic
def answer_with(
    participation_id: UUID, movement: Movement, *, by: Account, version: int | None = None
) -> Movement:
    """Let a plan the unit took in from its own signed document answer the movement it received.

    Raises AlreadyAnsweredError, PlanHeldError, ChangedMeanwhileError, NotReadyError when the document bears no
    number or day, or is out.
    """
    part = Participation.take(participation_id)
    if part.own:
        raise AlreadyAnsweredError(part.own)
    movement = taken_to_answer(movement, version)
    plan = movement.plan
    if not (plan.number and plan.issued_on):
        text = _("Văn bản chưa có số hoặc ngày ban hành.")
        raise launching.NotReadyError([launching.Problem("not_issued", text)])
    movement.answers, movement.level = part.movement, Movement.Level.UNIT
    movement.save()
    plan.issued_at = timezone.now()
    plan.save()
    part.own = movement
    part.save()
    audit.record(by, "movement.answer", movement, details={"answers": str(part.movement_id)})
    reached(movement, State.OWN_PLAN, plan.issued_on, by)
    return movement


@transaction.atomic
def answer_not(part: Participation, movement: Movement, *, by: Account, version: int | None = None) -> None:
    """Keep that the plan does not answer what its paper cites, so that nobody is asked again.

    Raises PlanHeldError, ChangedMeanwhileError, NotReadyError.
    """
    movement = taken_to_answer(movement, version)
    movement.save()
    plan = movement.plan
    plan.not_answering = [*(one for one in plan.not_answering if one != str(part.pk)), str(part.pk)]
    plan.save()
    audit.record(by, "movement.answer_not", movement, details={"answers": str(part.movement_id)})


def taken_to_answer(movement: Movement, version: int | None) -> Movement:
    """Lock the movement of a paper of which it is to be said what it answers."""
    movement = Movement.take(movement.pk, version=version)
    if movement.status != Movement.Status.PREPARING or movement.answers_id:
        text = _("Phong trào này đã được phát động hoặc đã hủy.")
        if movement.answers_id:
            text = _("Kế hoạch này đã ghi trả lời một phong trào.")
        raise launching.NotReadyError([launching.Problem("status", text)])
    if movement.is_held:
        raise PlanHeldError
    return movement


@dataclass(frozen=True, slots=True)
class Issue:
    """Number, day and signature of a plan."""

    number: str
    issued_on: date
    place: str
    signer_name: str
    signer_position: str
    signer_mode: str = ""
    signer_superior: str = ""

    def items(self) -> Iterable[tuple[str, Mapping[str, Any]]]:
        yield "number", {"value": self.number}
        yield "issued_on", {"value": self.issued_on.isoformat()}
        yield "place", {"value": self.place}
        signer = {
            "name": self.signer_name,
            "position": self.signer_position,
            "mode": self.signer_mode,
            "superior": self.signer_superior,
        }
        yield "signer", {name: value for name, value in signer.items() if value}


def problems_before_issue(movement: Movement) -> list[launching.Problem]:
    """Return what the unit's plan still lacks before it may get number and day."""
    problems = []
    fields = set(living(movement.plan).values_list("field", flat=True))
    for field in ("themes", "contents"):
        if field not in fields:
            text = _("Kế hoạch chưa có mục “%(label)s”.") % {"label": BY_FIELD[field].label}
            problems.append(launching.Problem(f"no_{field}", text, field))
    if waiting := len(open_questions(movement.plan)):
        text = ngettext("Còn %(count)s mục cần kiểm tra.", "Còn %(count)s mục cần kiểm tra.", waiting)
        text %= {"count": waiting}
        problems.append(launching.Problem("open_questions", text, "can-kiem-tra"))
    if movement.plan.issued_at:
        problems.append(launching.Problem("issued", _("Kế hoạch này đã được ban hành.")))
    elif movement.status != Movement.Status.PREPARING:
        problems.append(launching.Problem("status", _("Phong trào này đã được phát động hoặc đã hủy.")))
    return problems


@transaction.atomic
def issue_plan(movement: Movement, given: Issue, *, by: Account) -> Plan:
    """Give the unit's plan its number, day and signer; the parent sees that it stands.

    Raises NotReadyError.
    """
    # The movement first, as every other change of a plan takes them.
    movement = Movement.objects.select_for_update().get(pk=movement.pk)
    plan = Plan.objects.select_for_update().get(movement=movement)
    plan.movement = movement
    if problems := problems_before_issue(movement):
        raise launching.NotReadyError(problems)
    approving.settle_by_act(movement, by)
    PlanItem.objects.filter(plan=plan, field__in=("number", "issued_on", "place", "signer")).delete()
    confirmed = PlanItem.State.CONFIRMED
    PlanItem.objects.bulk_create(
        PlanItem(
            plan=plan, field=field, value=value, state=confirmed, settled_by=by, settled_at=timezone.now()
        )
        for field, value in given.items()
        if value.get("value", True)
    )
    plan.issued_at = timezone.now()
    copy_header(plan)
    audit.record(by, "movement.issue_plan", movement, details={"number": given.number})
    reached(movement, State.OWN_PLAN, given.issued_on, by)
    return plan


def reached(movement: Movement, state: str, on: date, by: Account) -> None:
    """Note on the parent's board how far the unit came; a state reached before stays."""
    part = Participation.objects.filter(own=movement).first()
    if part is None:
        return
    try:
        launching.advance(part.pk, state, on=on, by=by)
    except launching.NotNextError:
        return


@transaction.atomic
def launch_own(movement: Movement, unit_ids: Sequence[UUID], *, by: Account) -> Movement:
    """Launch the issued plan to the unit's own people, and to the sub-units chosen.

    Raises NotReadyError.
    """
    launch = launching.begin_launch(movement, unit_ids, by=by)
    launching.finish_launch(launch.pk)
    movement.refresh_from_db()
    reached(movement, State.LAUNCHED, today(), by)
    tell_people(movement)
    return movement


@transaction.atomic
def acknowledge(movement: Movement, person: Person, *, by: Account) -> Acknowledgement:
    """Note that the person has read the plan as it stands now and understood it; once is enough."""
    latest = movement.plan.revisions.filter(issued_at__isnull=False).order_by("-number").first()
    done, made = Acknowledgement.objects.get_or_create(
        movement=movement, person=person, revision=latest.number if latest else 1
    )
    if made:
        audit.record(by, "movement.acknowledge", movement, details={"person": str(person)})
    return done

"""Who launches a movement is put right while it is prepared: the unit, and the cluster for which it does."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thidua.accounts.models import Account
from thidua.audit import services as audit
from thidua.movements.models import Launch, Movement, PlanItem
from thidua.movements.problems import PlanHeldError
from thidua.movements.selectors.items import living
from thidua.movements.selectors.launchers import Launcher, launcher_doubts, launcher_of
from thidua.movements.services.header import copy_header
from thidua.movements.services.intake import level_of
from thidua.movements.services.launching import NotReadyError, Problem

State = PlanItem.State


@transaction.atomic
def assign(movement: Movement, launcher: Launcher, *, by: Account, version: int | None = None) -> Movement:
    """Let ``launcher`` launch the movement; the level is guessed anew, and the paper's issuer compared.

    Raises ChangedMeanwhileError, PlanHeldError, and NotReadyError for a movement that is out or on its way,
    or whose plan answers another: that one is of the unit that answers.
    """
    movement = Movement.take(movement.pk, version=version)
    refuse_unless_open(movement)
    before = launcher_of(movement)
    movement.organiser, movement.cluster = launcher.organiser, launcher.cluster
    movement.root_id = launcher.organiser.root_id
    movement.level = level_of(launcher.organiser, launcher.cluster)
    movement.save()
    compare_issuer(movement, by)
    audit.record(
        by,
        "movement.assign",
        movement,
        details={"launcher": [before.name, launcher.name], "level": movement.level},
    )
    return movement


def refuse_unless_open(movement: Movement) -> None:
    if movement.status != Movement.Status.PREPARING:
        raise NotReadyError([Problem("status", _("Phong trào này đã được phát động hoặc đã hủy."))])
    if movement.is_held:
        raise PlanHeldError
    if movement.launches.filter(status=Launch.Status.STAGING).exists():
        raise NotReadyError([Problem("running", _("Phong trào đang được phát động."))])
    if movement.answers_id:
        text = _("Kế hoạch này trả lời một phong trào đã nhận nên là của đơn vị đã nhận.")
        raise NotReadyError([Problem("answers", text)])


def compare_issuer(movement: Movement, by: Account) -> None:
    """Let the paper's issuer wait for a person where it is somebody else; settle it where it agrees."""
    plan = movement.plan
    item = living(plan).filter(field="issuer").first() if plan.text else None
    if item is None:
        return
    if item.is_derived and not item.quote and item.state == State.READ:  # the paper tells of none
        item.value = {"value": str(movement.cluster or movement.organiser)}
    if launcher_doubts(movement, item.value["value"]):
        item.state, item.is_sure = State.READ, False
    elif item.waits_for_check:
        item.state, item.settled_by, item.settled_at = State.CONFIRMED, by, timezone.now()
    item.version += 1
    item.save()
    copy_header(plan)

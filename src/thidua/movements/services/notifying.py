"""Who is told what about a movement; in Vietnamese, whatever language the page of the one who tells is in."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.accounts.models import Account
from thidua.audit import services as audit
from thidua.movements.models import Launch, Movement, PlanRevision
from thidua.movements.permissions import ACTING
from thidua.notices.services import Message, Recipient, tell
from thidua.organisations.models import Person, UnitRole
from thidua.records.days import today

AGAIN = timedelta(minutes=10)


class Reminded(NamedTuple):
    """How many units a reminder reached, and how many were spared it."""

    told: int
    spared: int


def acting_for(unit_ids: Iterable[UUID]) -> list[Recipient]:
    """Return the accounts of officers and heads of exactly these units, as of today."""
    roles = (
        UnitRole.objects.on(today())
        .filter(unit__in=unit_ids, role__in=ACTING, person__account__is_active=True)
        .values_list("person__account_id", "person__account__email")
    )
    return [Recipient(account, email) for account, email in roles]


@override("vi")
def tell_received(launch: Launch) -> int:
    """Tell officers and heads of every unit reached by this launch that the movement came."""
    movement = launch.movement
    units = launch.participations.filter(is_visible=True).values_list("unit_id", flat=True)
    message = Message(
        kind="movement.received",
        title=_("%(organiser)s phát động: %(name)s")
        % {"organiser": movement.organiser, "name": movement.name},
        body=_("Đơn vị đã nhận phong trào. Mở để xem nhiệm vụ, thời hạn và lập kế hoạch của đơn vị."),
        url=reverse("movements:detail", args=[movement.pk]),
        key=f"received:{movement.pk}",
    )
    return tell(acting_for(units), message)


@override("vi")
def tell_revised(revision: PlanRevision) -> int:
    """Tell the same people what changed."""
    movement = revision.plan.movement
    units = movement.participations.filter(is_visible=True).values_list("unit_id", flat=True)
    message = Message(
        kind="movement.revised",
        title=_("Kế hoạch thay đổi: %(name)s") % {"name": movement.name},
        body=revision.summary or _("Mở để xem các điểm khác so với bản trước."),
        url=reverse("movements:revision", args=[movement.pk, revision.number]),
        key=f"revised:{revision.pk}",
    )
    return tell(acting_for(units), message)


@override("vi")
def tell_people(movement: Movement) -> int:
    """Ask everybody of the organising unit to read the plan and mark it understood."""
    accounts = Person.objects.filter(
        unit__path__startswith=movement.organiser.path, account__is_active=True
    ).values_list("account_id", "account__email")
    message = Message(
        kind="movement.read",
        title=_("Đọc kế hoạch thi đua: %(name)s") % {"name": movement.name},
        body=_("Đọc và xác nhận đã nắm nội dung."),
        url=reverse("movements:read", args=[movement.pk]),
        key=f"read:{movement.pk}",
    )
    return tell([Recipient(a, e) for a, e in accounts], message, by_mail=False)


@transaction.atomic
@override("vi")
def remind(movement: Movement, participation_ids: Sequence[UUID], *, by: Account, about: str) -> Reminded:
    """Remind the officers of these units only.

    A unit reminded within ``AGAIN`` is spared: a second reminder so soon is a second click.
    """
    asked = list(
        movement.participations.select_for_update().filter(pk__in=participation_ids, is_visible=True)
    )
    due = [part for part in asked if not part.reminded_at or part.reminded_at <= timezone.now() - AGAIN]
    if not due:
        return Reminded(0, len(asked))
    units = [part.unit_id for part in due]
    message = Message(
        kind="movement.reminder",
        title=_("Nhắc việc: %(name)s") % {"name": movement.name},
        body=about,
        url=reverse("movements:detail", args=[movement.pk]),
    )
    tell(acting_for(units), message)
    movement.participations.filter(pk__in=[part.pk for part in due]).update(reminded_at=timezone.now())
    audit.record(by, "movement.remind", movement, details={"units": len(units), "about": about})
    return Reminded(len(due), len(asked) - len(due))

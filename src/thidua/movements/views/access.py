"""Finding a movement the visitor may see, and refusing acts the visitor may not do."""

from typing import cast
from uuid import UUID

from django.db.models import Exists
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from thidua.accounts.models import Account
from thidua.movements import permissions
from thidua.movements.models import Movement
from thidua.movements.permissions import heads_of
from thidua.organisations.models import Unit
from thidua.ui.errors import PermissionNeeded


def account(request: HttpRequest) -> Account:
    """Return the signed-in account (the middleware lets nobody else through)."""
    return cast("Account", request.user)


def uuid_or_404(text: str) -> UUID:
    """Return the id a form or address gave; what is none is not found."""
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def visible_movement(request: HttpRequest, pk: UUID, **noted: Exists) -> Movement:
    """Return the movement, or answer 404 alike for one that is not there and one that is not to be seen.

    What is asked to be ``noted`` of it is read with it, as an attribute of that name.
    """
    found = (
        Movement.objects.select_related("organiser", "plan", "answers__organiser", "cluster")
        .filter(permissions.visible(request.user), pk=pk)
        .annotate(**noted)
        .first()
    )
    if found is None:
        raise Http404
    return found


def require(request: HttpRequest, action: str, movement: Movement) -> None:
    """Refuse with the names of those who can: the heads and officers of the organiser.

    Who belongs to the organiser is told that the own role is not enough.
    """
    if not permissions.may(request.user, action, movement):
        told = _("Việc này thuộc đơn vị phát động: %(unit)s.")
        if permissions.may(request.user, "view_all", movement):
            told = _("Vai trò của bạn tại %(unit)s chưa được làm việc này.")
        raise PermissionNeeded(
            told % {"unit": movement.organiser},
            granted_by=heads_of(movement.organiser) or [str(movement.organiser)],
        )


def require_running(movement: Movement) -> None:
    """Refuse what belongs to a movement under way when it is not: closed ones are only read."""
    if movement.status != Movement.Status.LAUNCHED:
        raise PermissionNeeded(_("Phong trào không trong thời gian thực hiện nên chỉ xem được."))


def own_plan_or_404(movement: Movement) -> None:
    """Let pass a plan that answers a movement; others are launched from their own page."""
    if not movement.answers_id:
        raise Http404


def require_for_unit(request: HttpRequest, action: str, unit: Unit) -> None:
    if not permissions.may_for_unit(request.user, action, unit):
        raise PermissionNeeded(
            _("Việc này thuộc về %(unit)s.") % {"unit": unit}, granted_by=heads_of(unit) or [str(unit)]
        )

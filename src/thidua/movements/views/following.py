"""What an own plan leaves as it is after the plan above it was amended."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thidua.movements.services.following import spare
from thidua.movements.views.access import account, own_plan_or_404, require, visible_movement
from thidua.ui.flash import say_done, say_wrong


@require_POST
def spare_revision(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Note that the own plan need not follow this revision; lead back to where it was said."""
    movement = visible_movement(request, pk)
    own_plan_or_404(movement)
    require(request, "edit_plan", movement)
    if spare(movement, number, by=account(request)):
        say_done(request, _("Đã ghi: kế hoạch của đơn vị không cần sửa theo lần sửa đổi này."))
    else:
        say_wrong(request, _("Lần sửa đổi này không còn chờ."))
    if "work" in request.POST:
        return redirect("movements:work")
    return redirect("movements:detail", pk=pk)

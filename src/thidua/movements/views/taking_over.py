"""Heirs of ended units: see what goes over to them, then let it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from thidua.movements.models import Movement
from thidua.movements.services.taking_over import (
    TakeOver,
    TakeOverOutdatedError,
    take_over_preview,
)
from thidua.movements.services.taking_over import take_over as carry_over
from thidua.movements.views.access import account, require, require_running, visible_movement
from thidua.ui.flash import say_done, say_wrong
from thidua.ui.rendering import page


@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what each heir would get (GET), and carry out what was seen (POST)."""
    movement = visible_movement(request, pk)
    require(request, "launch", movement)
    require_running(movement)
    if request.method != "POST":
        return preview_page(request, movement, take_over_preview(movement))
    try:
        done = carry_over(movement, by=account(request), seen=request.POST.get("seen", ""))
    except TakeOverOutdatedError as error:
        say_wrong(
            request, _("Có thay đổi sau khi bạn xem trước, nên chưa chuyển gì. Xem lại rồi bấm lần nữa.")
        )
        return preview_page(request, movement, error.found, status=422)
    number = len(done.heirs)
    words = ngettext(
        "Đã đưa %(n)s đơn vị nhận thay vào phong trào.",
        "Đã đưa %(n)s đơn vị nhận thay vào phong trào.",
        number,
    )
    say_done(request, words % {"n": number})
    return redirect("movements:board", pk=pk)


def preview_page(
    request: HttpRequest, movement: Movement, found: TakeOver, *, status: int = 200
) -> HttpResponse:
    context = {"movement": movement, "found": found}
    return page(request, "movements/take_over.html", context, status=status)

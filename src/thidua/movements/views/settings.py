"""What a movement is and which one it answers; giving one up; ending one."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from thidua.movements.forms import DayForm, SettingsForm
from thidua.movements.models import Movement, Participation
from thidua.movements.problems import PlanHeldError
from thidua.movements.services import launching
from thidua.movements.services.answering import AlreadyAnsweredError, answer_with
from thidua.movements.services.intake import classify
from thidua.movements.services.launching import NotReadyError
from thidua.movements.views.access import account, require, visible_movement
from thidua.records.days import today
from thidua.records.models import ChangedMeanwhileError
from thidua.ui.flash import say_done
from thidua.ui.rendering import page


def open_parts(movement: Movement) -> QuerySet[Participation]:
    """Return the organiser's parts in movements it has not answered yet."""
    return Participation.objects.filter(
        unit=movement.organiser_id,
        is_visible=True,
        own=None,
        movement__status=Movement.Status.LAUNCHED,
    ).select_related("movement__organiser")


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set kind and level, and which received movement the plan answers."""
    movement = visible_movement(request, pk)
    require(request, "edit_plan", movement)
    parts = (
        open_parts(movement)
        if movement.plan.text and not movement.answers_id
        else Participation.objects.none()
    )
    initial = {"kind": movement.kind, "level": movement.level, "version": movement.version}
    form = SettingsForm(request.POST or None, parts=parts, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            save_settings(request, movement, form)
        except ChangedMeanwhileError:
            form.add_error(None, _("Người khác vừa đổi phong trào này. Tải lại trang rồi đổi tiếp nếu cần."))
        except PlanHeldError as error:
            form.add_error(None, error.problems[0].text())
        except NotReadyError as error:
            form.add_error("answers", str(error.problems[0].text))
        except AlreadyAnsweredError:
            form.add_error("answers", _("Đơn vị đã có kế hoạch cho phong trào này."))
        else:
            say_done(request, _("Đã lưu loại và cấp phong trào."))
            return redirect("movements:detail", pk=pk)
    context = {"movement": movement, "form": form, "has_parts": parts.exists()}
    return page(request, "movements/settings.html", context, status=422 if form.errors else 200)


@transaction.atomic
def save_settings(request: HttpRequest, movement: Movement, form: SettingsForm) -> None:
    """Save all that was given or, when the plan cannot answer what it should, nothing."""
    given = form.cleaned_data
    movement = classify(
        movement, kind=given["kind"], level=given["level"], by=account(request), version=given["version"]
    )
    if given["answers"]:
        answer_with(given["answers"].pk, movement, by=account(request))


@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give up a movement that is still being prepared."""
    movement = visible_movement(request, pk)
    require(request, "edit_plan", movement)
    try:
        launching.withdraw(movement, by=account(request))
    except NotReadyError as error:
        say_done(request, str(error.problems[0].text))
        return redirect("movements:detail", pk=pk)
    say_done(request, _("Đã hủy “%(name)s”. Chưa đơn vị nào nhận được gì.") % {"name": movement.name})
    return redirect("movements:list")


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a launched movement on a day, today unless another is given."""
    movement = visible_movement(request, pk)
    require(request, "launch", movement)
    form = DayForm(request.POST)
    on = form.cleaned_data.get("on") if form.is_valid() else None
    if form.errors or (on and on > today()):
        say_done(request, _("Ngày kết thúc không đúng, phong trào vẫn đang diễn ra."))
        return redirect("movements:detail", pk=pk)
    try:
        launching.close(movement, on=on or today(), by=account(request))
    except NotReadyError as error:
        say_done(request, str(error.problems[0].text))
    else:
        say_done(request, _("Đã kết thúc phong trào. Từ nay chỉ xem, không ghi thêm."))
    return redirect("movements:detail", pk=pk)

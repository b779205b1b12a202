"""What a movement is and which one it answers; giving one up; ending one."""

from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from thidua.movements.forms import DayForm
from thidua.movements.launcher_forms import SettingsForm
from thidua.movements.models import Movement, Participation
from thidua.movements.problems import PlanHeldError
from thidua.movements.selectors.answerable import cited_instead, may_answer, waiting_parts
from thidua.movements.selectors.launchers import launcher_of
from thidua.movements.services import launching
from thidua.movements.services.answering import AlreadyAnsweredError, answer_with
from thidua.movements.services.assigning import assign
from thidua.movements.services.intake import classify
from thidua.movements.services.launching import NotReadyError
from thidua.movements.views.access import account, require, require_for_unit, visible_movement
from thidua.movements.views.intake import launchers_offered
from thidua.organisations.permissions import scope_of
from thidua.records.days import today
from thidua.records.models import ChangedMeanwhileError
from thidua.ui.flash import say_done
from thidua.ui.rendering import page


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set who launches, kind and level, and which received movement the plan answers."""
    movement = visible_movement(request, pk)
    require(request, "edit_plan", movement)
    parts = waiting_parts(movement) if may_answer(movement) else Participation.objects.none()
    form = form_for(request, movement, parts)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_settings(request, movement, form)
        except ChangedMeanwhileError:
            form.add_error(None, _("Người khác vừa đổi phong trào này. Tải lại trang rồi đổi tiếp nếu cần."))
        except PlanHeldError as error:
            form.add_error(None, error.problems[0].text())
        except NotReadyError as error:
            at = "answers" if form.cleaned_data.get("answers") else None
            form.add_error(at, str(error.problems[0].text))
        except AlreadyAnsweredError:
            form.add_error("answers", _("Đơn vị đã có kế hoạch cho phong trào này."))
        else:
            return led_on(request, movement, saved)
    context = {"movement": movement, "form": form, "has_parts": parts.exists()}
    return page(request, "movements/settings.html", context, status=422 if form.errors else 200)


def form_for(request: HttpRequest, movement: Movement, parts: QuerySet[Participation]) -> SettingsForm:
    initial = {
        "organiser": movement.organiser,
        "cluster": movement.cluster,
        "kind": movement.kind,
        "level": movement.level,
        "version": movement.version,
    }
    is_fixed = movement.status != Movement.Status.PREPARING or bool(movement.answers_id)
    offered = launchers_offered(scope_of(request.user), kept=launcher_of(movement))
    return SettingsForm(
        request.POST or None,
        parts=parts,
        cited_instead=partial(cited_instead, movement),
        is_fixed=is_fixed,
        year=movement.year,
        initial=initial,
        **offered,
    )


@transaction.atomic
def save_settings(request: HttpRequest, movement: Movement, form: SettingsForm) -> Movement:
    """Save all that was given or, when the plan cannot answer what it should, nothing.

    A level left as it was follows another launcher. What another unit received is chosen once that is stored.
    """
    given, by, version = form.cleaned_data, account(request), form.cleaned_data["version"]
    launcher, level = form.launcher, given["level"]
    if launcher and launcher != launcher_of(movement):
        assigned = assign(movement, launcher, by=by, version=version)
        level = assigned.level if level == movement.level else level
        return classify(assigned, kind=given["kind"], level=level, by=by)
    saved = classify(movement, kind=given["kind"], level=level, by=by, version=version)
    if given["answers"]:
        require_for_unit(request, "edit_plan", given["answers"].unit)
        answer_with(given["answers"].pk, saved, by=by)
    return saved


def led_on(request: HttpRequest, before: Movement, saved: Movement) -> HttpResponse:
    """Lead to the plan; to this page again where another unit launches now and may answer what it received."""
    if launcher_of(before) == launcher_of(saved):
        say_done(request, _("Đã lưu loại và cấp phong trào."))
        return redirect("movements:detail", pk=saved.pk)
    said = _("Phong trào nay ghi cho %(launcher)s.") % {"launcher": launcher_of(saved).name}
    if may_answer(saved) and waiting_parts(saved).exists():
        said = f"{said} {_('Nếu đây là kế hoạch trả lời một phong trào đơn vị đã nhận, chọn phong trào ấy.')}"
        say_done(request, said)
        return redirect("movements:settings", pk=saved.pk)
    say_done(request, said)
    return redirect("movements:check", pk=saved.pk)


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

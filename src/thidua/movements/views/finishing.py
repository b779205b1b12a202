"""A unit notes the real finishing days of deadlines and duties, and the steps it reached."""

from datetime import date
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thidua.movements.forms import CompletionForm, StepForm
from thidua.movements.models import Completion, Deadline, Duty, Movement, Participation
from thidua.movements.permissions import heads_of, visible_participations
from thidua.movements.selectors.items import held
from thidua.movements.selectors.occurrences import occurrences_of_unit, to_choose
from thidua.movements.services import finishing
from thidua.movements.services.finishing import FinishedBeforeBeginningError, StepStandsError, TakenBack
from thidua.movements.services.launching import NotNextError
from thidua.movements.services.schedule import FinishedInFutureError, NoSuchOccurrenceError
from thidua.movements.terms import recurs
from thidua.movements.values import shown_partial
from thidua.movements.views.access import account, require_for_unit, require_running, visible_movement
from thidua.movements.views.detail import done_form, part_page
from thidua.records.days import today
from thidua.ui.flash import say_done, say_wrong
from thidua.ui.formats import day
from thidua.ui.rendering import page


def part_and_thing(
    request: HttpRequest, pk: UUID, unit_id: UUID, thing_id: UUID
) -> tuple[Participation, Deadline | Duty]:
    """Return the unit's part and the deadline or duty of this id; the visitor may report for the unit."""
    movement = visible_movement(request, pk)
    require_running(movement)
    part = (
        Participation.objects.select_related("unit", "movement__organiser", "own__plan")
        .filter(
            visible_participations(request.user, movement), movement=movement, unit=unit_id, is_visible=True
        )
        .first()
    )
    if part is None:
        raise Http404
    require_for_unit(request, "report_done", part.unit)
    return part, binding(part, thing_id)


def binding(part: Participation, thing_id: UUID) -> Deadline | Duty:
    """Return the deadline or duty of this id that binds the unit; nothing else is reported."""
    asked = {"pk": thing_id, "movement": part.movement_id}
    deadlines = Deadline.objects.filter(held(today()), Q(for_all=True) | Q(for_units=part.unit_id), **asked)
    duties = Duty.objects.filter(held(today()), Q(for_all=True) | Q(units=part.unit_id), **asked)
    found = deadlines.first() or duties.first()
    if found is None:
        raise Http404
    return found


@require_POST
def complete(request: HttpRequest, pk: UUID, unit_id: UUID, thing_id: UUID) -> HttpResponse:
    """Note the real finishing day of the unit, of a recurring deadline that of one round."""
    part, thing = part_and_thing(request, pk, unit_id, thing_id)
    rounds = rounds_to_choose(thing, part) if isinstance(thing, Deadline) and recurs(thing) else None
    form = done_form(thing.pk, request.POST, occurrences=rounds)
    if form.is_valid() and (done := noted(request, part, thing, form)):
        round_ = {"day": day(done.occurrence)} if done.occurrence else {}
        told = _("Đã ghi nhận xong kỳ %(day)s.") if round_ else _("Đã ghi nhận ngày xong thực tế.")
        say_done(request, told % round_ if round_ else told)
        return redirect("movements:part", pk=pk, unit_id=unit_id)
    return part_page(request, part.movement, part, refused={thing.pk: form})


def rounds_to_choose(row: Deadline, part: Participation) -> list[date]:
    return to_choose(occurrences_of_unit(row, part.unit_id, on=today()), today())


def noted(
    request: HttpRequest, part: Participation, thing: Deadline | Duty, form: CompletionForm
) -> Completion | None:
    """Note what the form says; None where it cannot be, with the reason at its field."""
    given = form.cleaned_data
    try:
        return finishing.finish(
            part,
            thing,
            on=given["finished_on"],
            today=today(),
            by=account(request),
            note=given["note"],
            occurrence=given.get("occurrence"),
        )
    except FinishedInFutureError:
        form.add_error("finished_on", _("Ngày xong không thể ở sau hôm nay, %(day)s.") % written_today())
    except FinishedBeforeBeginningError as error:
        form.add_error("finished_on", too_early(error))
    except NoSuchOccurrenceError:
        form.add_error("finished_on", _("Mọi kỳ đều đã được ghi nhận. Tải lại trang để xem."))
    return None


def too_early(error: FinishedBeforeBeginningError) -> str:
    since = {"day": day(error.begins_on)}
    if error.is_receipt:
        return _("Đơn vị nhận phong trào ngày %(day)s, không thể xong trước ngày đó. Sửa lại ngày.") % since
    return _("Phong trào bắt đầu ngày %(day)s, không thể xong trước ngày đó. Sửa lại ngày.") % since


def written_today() -> dict[str, str]:
    return {"day": shown_partial(today().isoformat())}


@require_POST
def reopen(request: HttpRequest, pk: UUID, unit_id: UUID, thing_id: UUID) -> HttpResponse:
    """Take the finishing day back, that of one round where the deadline recurs; asked first what goes back with it."""
    part, thing = part_and_thing(request, pk, unit_id, thing_id)
    asked = request.POST.get("occurrence", "")
    occurrence = round_asked(asked)
    if asked and occurrence is None:
        raise Http404
    try:
        if "sure" not in request.POST:
            return question(request, part, thing, occurrence)
        finishing.take_back(part, thing, by=account(request), occurrence=occurrence)
    except StepStandsError as error:
        say_wrong(request, standing(part, error.state))
        return redirect("movements:part", pk=pk, unit_id=unit_id)
    told = _("Đã bỏ ghi nhận ngày xong của kỳ %(day)s.") % {"day": day(occurrence)} if occurrence else ""
    say_done(request, told or _("Đã bỏ ghi nhận ngày xong."))
    return redirect("movements:part", pk=pk, unit_id=unit_id)


def question(
    request: HttpRequest, part: Participation, thing: Deadline | Duty, occurrence: date | None
) -> HttpResponse:
    """Ask whether all that goes back together should. Raises StepStandsError."""
    together = TakenBack((thing,), ()) if occurrence else finishing.going_back_with(part, thing)
    context = {"movement": part.movement, "part": part, "thing": thing, "together": together}
    return page(request, "movements/reopen.html", context | {"occurrence": occurrence})


def standing(part: Participation, state: str) -> str:
    """Return why the step is not taken back, and what to do: only a paper brought in goes with number and day."""
    step = {"step": Participation.State(state).label}
    why = _("Bước “%(step)s” có từ kế hoạch của đơn vị trong hệ thống nên không bỏ ghi nhận được.") % step
    own = part.own
    if own and own.status == Movement.Status.PREPARING and own.plan.text:
        return f"{why} {_('Muốn bỏ thì hủy kế hoạch ấy trước.')}"
    who = ", ".join(heads_of(part.unit)) or str(part.unit)
    return f"{why} {_('Cần thay đổi thì hỏi %(who)s.') % {'who': who}}"


def round_asked(typed: str) -> date | None:
    """Return the round a page was asked for by its last day; None for no such day."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


@require_POST
def reach(request: HttpRequest, pk: UUID, unit_id: UUID) -> HttpResponse:
    """Note that the unit reached a further step of the cascade, on a day up to today."""
    movement = visible_movement(request, pk)
    shown = movement.participations.filter(visible_participations(request.user, movement), is_visible=True)
    part = get_object_or_404(shown.select_related("unit", "movement", "own__plan"), unit=unit_id)
    require_for_unit(request, "report_done", part.unit)
    require_running(movement)
    form = StepForm(request.POST, after=part.state)
    if form.is_valid():
        given = form.cleaned_data
        try:
            finishing.reach(part, given["state"], on=given["on"], today=today(), by=account(request))
        except FinishedInFutureError:
            form.add_error("on", _("Ngày tới bước không thể ở sau hôm nay, %(day)s.") % written_today())
        except FinishedBeforeBeginningError as error:
            form.add_error("on", too_early(error))
        except NotNextError:
            form.add_error("state", StepForm.PASSED)
        else:
            say_done(request, _("Đã ghi nhận bước của đơn vị."))
            return redirect("movements:part", pk=pk, unit_id=unit_id)
    return part_page(request, movement, part, step_form=form)

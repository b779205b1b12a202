"""A unit's own signed paper: which received movement it answers, said in one click or when it is brought in."""

from collections.abc import Callable
from urllib.parse import parse_qs
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thidua.movements.models import Movement, Participation, Plan
from thidua.movements.permissions import may_for_unit, visible
from thidua.movements.problems import PlanHeldError
from thidua.movements.selectors.answerable import cited_instead, may_answer, waiting_parts
from thidua.movements.services.answering import AlreadyAnsweredError, answer_not, answer_with
from thidua.movements.services.launching import NotReadyError
from thidua.movements.views.access import account, require, require_for_unit, uuid_or_404, visible_movement
from thidua.records.models import ChangedMeanwhileError
from thidua.ui.flash import say_done, say_wrong
from thidua.ui.rendering import page_shown

WANTED = "tra-loi"
CORRECTING = "sua"


@require_POST
def answers_part(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that the plan answers the movement received as ``part``, or with ``no`` that it does not."""
    movement = visible_movement(request, pk)
    require(request, "edit_plan", movement)
    wanted = uuid_or_404(request.POST.get("part", ""))
    part = waiting_parts(movement).filter(pk=wanted).first() if may_answer(movement) else None
    if part is None:
        raise Http404
    require_for_unit(request, "edit_plan", part.unit)
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isdecimal() else None
    if "no" in request.POST:
        attempted(request, lambda: answer_not(part, movement, by=account(request), version=version))
        return redirect("movements:check", pk=pk)
    done = answered(request, part, movement, version)
    return redirect("movements:check", pk=pk) if done else back_to_question(movement, part)


def answered(request: HttpRequest, part: Participation, movement: Movement, version: int | None) -> bool:
    """Let the plan answer what was received and say so; else say why not."""
    done = attempted(request, lambda: answer_with(part.pk, movement, by=account(request), version=version))
    if done:
        facts = {"unit": movement.organiser, "number": part.movement.plan.number or part.movement.name}
        say_done(request, _("Đã ghi: đây là kế hoạch của %(unit)s trả lời %(number)s.") % facts)
    return done


def attempted(request: HttpRequest, act: Callable[[], object]) -> bool:
    try:
        act()
    except ChangedMeanwhileError:
        say_wrong(request, _("Người khác vừa đổi phong trào này. Xem lại rồi chọn tiếp nếu cần."))
    except AlreadyAnsweredError:
        say_wrong(request, _("Đơn vị đã có kế hoạch cho phong trào này."))
    except NotReadyError as error:
        say_wrong(request, str(error.problems[0].text))
    except PlanHeldError as error:
        say_wrong(request, error.problems[0].text())
    else:
        return True
    return False


def back_to_question(movement: Movement, part: Participation) -> HttpResponse:
    return redirect(question_address(movement, part))


def question_address(movement: Movement, part: Participation) -> str:
    """Return the plan's page on which it is asked whether the plan answers the part, whatever its paper cites."""
    return reverse("movements:check", args=[movement.pk], query={WANTED: part.pk})


def wanted_part(request: HttpRequest) -> UUID | None:
    """Return the id of the part for which the page was opened; nonsense is none."""
    try:
        return UUID(request.GET.get(WANTED, ""))
    except ValueError:
        return None


def is_corrected(request: HttpRequest, plan: Plan) -> bool:
    """Say whether the page offers to correct what was read: of an issued paper only where one asked for it.

    The address shown in the browser tells it to what htmx asks for.
    """
    if not plan.issued_at:
        return True
    shown = parse_qs(page_shown(request).query)
    return CORRECTING in request.GET or CORRECTING in request.POST or CORRECTING in shown


def part_to_answer(request: HttpRequest) -> Participation | None:
    """Return the part a paper is brought in for, None where none is named; 404 for one that is not the visitor's."""
    if WANTED not in request.GET:
        return None
    wanted = uuid_or_404(request.GET[WANTED])
    seen = Movement.objects.filter(visible(request.user), status=Movement.Status.LAUNCHED)
    parts = Participation.objects.select_related("movement__plan", "movement__organiser", "unit")
    part = parts.filter(pk=wanted, is_visible=True, own=None, movement__in=seen).first()
    if part is None or not may_for_unit(request.user, "edit_plan", part.unit):
        raise Http404
    return part


def answered_by_paper(request: HttpRequest, part: Participation, movement: Movement) -> str:
    """Let a paper brought in for the part answer it; return where to go on.

    It is asked about where the paper cites another waiting movement, or bears no number or day yet.
    """
    plan = movement.plan
    if cited_instead(movement, part) is None and plan.number and plan.issued_on:
        answered(request, part, movement, None)
        return reverse("movements:check", args=[movement.pk])
    return question_address(movement, part)

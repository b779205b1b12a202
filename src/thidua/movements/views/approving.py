"""A plan goes to the head: hand it over, take it back, agree to it or return it."""

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from thidua.movements.approving_forms import APPROVE, DecisionForm, SubmissionForm
from thidua.movements.forms import retyped
from thidua.movements.models import Movement
from thidua.movements.problems import ApprovalRefusedError
from thidua.movements.selectors.approving import heads_for
from thidua.movements.services import approving
from thidua.movements.services.checking import open_questions
from thidua.movements.views.access import account, require, visible_movement
from thidua.movements.views.checking import TEMPLATE, document_of, reading_of
from thidua.movements.views.standing import to_the_plan
from thidua.records.models import ChangedMeanwhileError
from thidua.records.refusals import Problem
from thidua.ui.flash import say_done, say_wrong
from thidua.ui.rendering import page

TypedForm = TypeVar("TypedForm", SubmissionForm, DecisionForm)
MEANWHILE = gettext_lazy(
    "Kế hoạch vừa có thay đổi từ lúc bạn mở trang nên chưa ghi gì. Xem lại tình trạng rồi làm tiếp."
)


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show who will be asked and what is still unsure; hand the plan over with a word to the head."""
    movement = visible_movement(request, pk)
    require(request, "edit_plan", movement)
    form = SubmissionForm(request.POST or None, initial={"version": movement.version})
    asked = heads_for(movement.organiser, besides=account(request))
    problems: Sequence[Problem] = approving.problems_before_submitting(movement, asked)
    if request.method == "POST" and form.is_valid():
        try:
            event = approving.submit(movement, by=account(request), **form.cleaned_data)
        except ApprovalRefusedError as error:
            problems = error.problems
        except ChangedMeanwhileError as error:
            form = typed_again(form, error)
            problems = approving.problems_before_submitting(movement, asked)
        else:
            names = "; ".join(event.asked)
            say_done(request, _("Đã trình %(names)s. Từ giờ bản này không sửa được nữa.") % {"names": names})
            return to_the_plan(pk)
    context = {
        "movement": movement,
        "form": form,
        "asked": asked,
        "problems": problems,
        "open_questions": len(open_questions(movement.plan)),
    }
    return page(request, "movements/submit.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open the plan for writing again."""
    movement = visible_movement(request, pk)
    require(request, "edit_plan", movement)
    form = SubmissionForm(request.POST)
    if not form.is_valid():
        return meanwhile(request, pk)
    try:
        approving.take_back(movement, by=account(request), version=form.cleaned_data["version"])
    except ApprovalRefusedError as error:
        say_all(request, error)
    except ChangedMeanwhileError:
        return meanwhile(request, pk)
    else:
        say_done(request, _("Đã thu hồi. Sửa xong thì trình lại."))
    return to_the_plan(pk)


@require_POST
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Agree to the plan or return it; a reason left out is asked for on the page itself."""
    movement = visible_movement(request, pk)
    require(request, "issue", movement)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return asked_again(request, movement, form) if movement.is_submitted else meanwhile(request, pk)
    try:
        say_done(request, decided(request, movement, **form.cleaned_data))
    except ApprovalRefusedError as error:
        say_all(request, error)
    except ChangedMeanwhileError as error:
        movement.refresh_from_db()
        if movement.is_submitted:  # handed over anew: what was typed is kept
            return asked_again(request, movement, typed_again(form, error))
        return meanwhile(request, pk)
    return to_the_plan(pk)


def decided(
    request: HttpRequest, movement: Movement, *, decision: str, note: str, version: int | None
) -> str:
    """Carry the decision out and say what it led to. Raises ApprovalRefusedError, ChangedMeanwhileError."""
    if decision == APPROVE:
        approving.approve(movement, note=note, by=account(request), version=version)
        return _("Đã đồng ý. Người trình đã được báo.")
    approving.send_back(movement, reason=note, by=account(request), version=version)
    return _("Đã trả lại. Người trình đã được báo và sửa tiếp được.")


def typed_again(form: TypedForm, error: ChangedMeanwhileError) -> TypedForm:
    """Return the form as typed, for the plan as it is now, with the reason why it was not taken."""
    renewed = retyped(form, getattr(error.current, "version", 0), type(form))
    renewed.add_error(None, MEANWHILE)
    return renewed


def asked_again(request: HttpRequest, movement: Movement, form: DecisionForm) -> HttpResponse:
    """Show the plan once more, with the answer as typed and what it lacks."""
    context: dict[str, Any] = reading_of(request, movement)
    context |= document_of(request, movement, context["checking"]) | {"decision_form": form}
    return page(request, TEMPLATE, context, status=422)


def meanwhile(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that the plan moved on since the page was opened: nothing was done."""
    say_wrong(request, str(MEANWHILE))
    return to_the_plan(pk)


def say_all(request: HttpRequest, error: ApprovalRefusedError) -> None:
    for problem in error.problems:
        say_wrong(request, problem.text())

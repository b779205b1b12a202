"""A plan or a revision goes to the head: hand it over, take it back, agree to it or return it."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from thidua.movements.approving_forms import APPROVE, DecisionForm, SubmissionForm
from thidua.movements.forms import retyped
from thidua.movements.models import Movement, PlanRevision
from thidua.movements.problems import ApprovalRefusedError
from thidua.movements.selectors.approving import Subject, heads_for, movement_of
from thidua.movements.services import approving
from thidua.movements.services.checking import open_questions
from thidua.movements.views.access import account, require, visible_movement
from thidua.movements.views.checking import TEMPLATE, document_of, reading_of
from thidua.movements.views.revising import DRAFT, draft_context
from thidua.movements.views.standing import addresses_of
from thidua.records.models import ChangedMeanwhileError
from thidua.records.refusals import Problem
from thidua.ui.flash import say_done, say_wrong
from thidua.ui.rendering import page

TypedForm = TypeVar("TypedForm", SubmissionForm, DecisionForm)
MEANWHILE = gettext_lazy(
    "Bản này vừa có thay đổi từ lúc bạn mở trang nên chưa ghi gì. Xem lại tình trạng rồi làm tiếp."
)


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show who will be asked and what is still unsure; hand the plan over with a word to the head."""
    movement = visible_movement(request, pk)
    require(request, "edit_plan", movement)
    return submitting(request, movement)


@require_http_methods(["GET", "HEAD", "POST"])
def submit_revision(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Do the same with a revision being drafted."""
    return submitting(request, revision_of(request, "edit_plan", pk, number))


def revision_of(request: HttpRequest, action: str, pk: UUID, number: int) -> PlanRevision:
    """Return the revision for who may do ``action`` on its movement; one that is out is told of, not hidden."""
    movement = visible_movement(request, pk)
    require(request, action, movement)
    revision = get_object_or_404(movement.plan.revisions.filter(number__gt=1), number=number)
    revision.plan = movement.plan
    return revision


def submitting(request: HttpRequest, subject: Subject) -> HttpResponse:
    form = SubmissionForm(request.POST or None, initial={"version": subject.version})
    movement = movement_of(subject)
    asked = heads_for(movement.organiser, besides=account(request))
    problems: Sequence[Problem] = approving.problems_before_submitting(subject, asked)
    if request.method == "POST" and form.is_valid():
        try:
            event = approving.submit(subject, by=account(request), **form.cleaned_data)
        except ApprovalRefusedError as error:
            problems = error.problems
        except ChangedMeanwhileError as error:
            form = typed_again(form, error)
            problems = approving.problems_before_submitting(subject, asked)
        else:
            names = "; ".join(event.asked)
            say_done(request, _("Đã trình %(names)s. Từ giờ bản này không sửa được nữa.") % {"names": names})
            return to_the_page(subject)
    context = {
        "movement": movement,
        "subject": subject,
        "back": addresses_of(subject).page,
        "form": form,
        "asked": asked,
        "problems": problems,
        "open_questions": len(open_questions(subject.plan)) if isinstance(subject, Movement) else 0,
    }
    return page(request, "movements/submit.html", context, status=422 if request.method == "POST" else 200)


def to_the_page(subject: Subject) -> HttpResponse:
    return redirect(addresses_of(subject).page)  # at its head, where what was done is told


@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open the plan for writing again."""
    movement = visible_movement(request, pk)
    require(request, "edit_plan", movement)
    return taking_back(request, movement)


@require_POST
def take_back_revision(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Do the same with a revision."""
    return taking_back(request, revision_of(request, "edit_plan", pk, number))


def taking_back(request: HttpRequest, subject: Subject) -> HttpResponse:
    form = SubmissionForm(request.POST)
    if not form.is_valid():
        return meanwhile(request, subject)
    try:
        approving.take_back(subject, by=account(request), version=form.cleaned_data["version"])
    except ApprovalRefusedError as error:
        say_all(request, error)
    except ChangedMeanwhileError:
        return meanwhile(request, subject)
    else:
        say_done(request, _("Đã thu hồi. Sửa xong thì trình lại."))
    return to_the_page(subject)


@require_POST
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Agree to the plan or return it; a reason left out is asked for on the page itself."""
    movement = visible_movement(request, pk)
    require(request, "issue", movement)
    return deciding(request, movement)


@require_POST
def decide_revision(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Do the same with a revision."""
    return deciding(request, revision_of(request, "issue", pk, number))


def deciding(request: HttpRequest, subject: Subject) -> HttpResponse:
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return asked_again(request, subject, form) if subject.is_submitted else meanwhile(request, subject)
    try:
        say_done(request, decided(request, subject, **form.cleaned_data))
    except ApprovalRefusedError as error:
        say_all(request, error)
    except ChangedMeanwhileError as error:
        subject.refresh_from_db()
        if subject.is_submitted:  # handed over anew: what was typed is kept
            return asked_again(request, subject, typed_again(form, error))
        return meanwhile(request, subject)
    return to_the_page(subject)


def decided(request: HttpRequest, subject: Subject, *, decision: str, note: str, version: int | None) -> str:
    """Carry the decision out and say what it led to. Raises ApprovalRefusedError, ChangedMeanwhileError."""
    if decision == APPROVE:
        approving.approve(subject, note=note, by=account(request), version=version)
        return _("Đã đồng ý. Người trình đã được báo.")
    approving.send_back(subject, reason=note, by=account(request), version=version)
    return _("Đã trả lại. Người trình đã được báo và sửa tiếp được.")


def typed_again(form: TypedForm, error: ChangedMeanwhileError) -> TypedForm:
    """Return the form as typed, for the plan as it is now, with the reason why it was not taken."""
    renewed = retyped(form, getattr(error.current, "version", 0), type(form))
    renewed.add_error(None, MEANWHILE)
    return renewed


def asked_again(request: HttpRequest, subject: Subject, form: DecisionForm) -> HttpResponse:
    """Show it once more, with the answer as typed and what it lacks."""
    if isinstance(subject, PlanRevision):
        context = draft_context(request, subject.plan.movement, subject)
        return page(request, DRAFT, context | {"decision_form": form}, status=422)
    context = reading_of(request, subject)
    context |= document_of(request, subject, context["checking"]) | {"decision_form": form}
    return page(request, TEMPLATE, context, status=422)


def meanwhile(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Say that it moved on since the page was opened: nothing was done."""
    say_wrong(request, str(MEANWHILE))
    return to_the_page(subject)


def say_all(request: HttpRequest, error: ApprovalRefusedError) -> None:
    for problem in error.problems:
        say_wrong(request, problem.text())

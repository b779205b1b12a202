"""What the views of the register share: the row asked for, and how refusals are told."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from thidua.honours.models import Honour
from thidua.honours.permissions import may_change, visible
from thidua.honours.problems import HonourRefusedError, LikelyDuplicateError, Problem
from thidua.organisations.permissions import not_allowed
from thidua.organisations.views.answers import changed_sentence
from thidua.records.models import ChangedMeanwhileError


def honour_asked(request: HttpRequest, pk: UUID) -> Honour:
    """Return an honour the reader may see; Http404 hides the others."""
    rows = Honour.objects.filter(visible(request.user))
    row = (
        rows.select_related("place", "person__record_unit", "unit", "decision", "entered_by")
        .filter(pk=pk)
        .first()
    )
    if row is None:
        raise Http404
    return row


def changeable(request: HttpRequest, pk: UUID) -> Honour:
    """Return an honour the reader may change. Raises Http404, PermissionNeeded."""
    row = honour_asked(request, pk)
    if not may_change(request.user, row):
        raise not_allowed("register_honours", row.place)
    return row


def told(problem: Problem) -> str:
    """Write a problem with the line of the list it is about."""
    if not problem.row:
        return problem.text()
    return _("Dòng %(row)s: %(problem)s") % {"row": problem.row, "problem": problem.text()}


def show_refusal(
    form: forms.BaseForm, error: HonourRefusedError | LikelyDuplicateError | ChangedMeanwhileError
) -> None:
    """Put every reason into the form's summary."""
    if isinstance(error, ChangedMeanwhileError):
        form.add_error(None, changed_sentence(error))
    elif isinstance(error, HonourRefusedError):
        for problem in error.problems:
            form.add_error(None, told(problem))
    else:
        form.add_error("although_alike", _("Có dòng giống lần khen đã ghi. Xem rồi đánh dấu, hoặc bỏ dòng."))

"""Number and day of an issued plan are put right."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thidua.movements.forms import retyped
from thidua.movements.models import Movement
from thidua.movements.numbering_forms import NumberForm
from thidua.movements.problems import NumberRefusedError
from thidua.movements.selectors.numbering import corrections_of, odd_numbering
from thidua.movements.selectors.odd_days import OddDay
from thidua.movements.services.numbering import Corrected, correct_number
from thidua.movements.views.access import account, require, visible_movement
from thidua.movements.views.answering import symbol_after
from thidua.movements.views.odd_days import are_seen, shown_odd
from thidua.records.models import ChangedMeanwhileError
from thidua.records.refusals import Problem
from thidua.ui.flash import say_done
from thidua.ui.rendering import page


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show number and day beside what they were before; put them right, asking once about what is odd."""
    movement = visible_movement(request, pk)
    require(request, "issue", movement)
    form = form_for(movement, request.POST or None)
    odd: list[OddDay] = []
    problems: Sequence[Problem] = ()
    if request.method == "POST" and form.is_valid():
        given = Corrected(*(form.cleaned_data[name] for name in ("number", "issued_on", "reason")))
        odd = odd_numbering(movement.plan, given.number, given.issued_on)
        if are_seen(request, odd):
            try:
                version = form.cleaned_data["version"]
                correct_number(movement, given, by=account(request), version=version)
            except NumberRefusedError as error:
                problems = error.problems
            except ChangedMeanwhileError as error:
                form = said_otherwise(movement, form, error)
            else:
                say_done(request, done_words(movement))
                return redirect("movements:detail", pk=pk)
    return shown(request, movement, form, problems=problems, **shown_odd(odd))


def done_words(movement: Movement) -> str:
    """Say what was done, and who was told: nobody, while no unit received the plan."""
    if movement.participations.filter(is_visible=True).exists():
        return _("Đã đính chính. Các đơn vị đã nhận kế hoạch được báo.")
    return _("Đã đính chính. Chưa đơn vị nào nhận kế hoạch này nên không phải báo ai.")


def form_for(movement: Movement, typed: Any = None) -> NumberForm:
    plan = movement.plan
    initial = {"number": plan.number, "issued_on": plan.issued_on, "version": plan.version}
    return NumberForm(typed, initial=initial, symbol=symbol_after(movement))


def said_otherwise(movement: Movement, form: NumberForm, error: ChangedMeanwhileError) -> NumberForm:
    """Return the form as typed, for the plan as somebody else left it meanwhile."""
    movement.plan.refresh_from_db()
    renewed = retyped(form, getattr(error.current, "version", 0), lambda typed: form_for(movement, typed))
    renewed.add_error(
        None, _("Người khác vừa đổi kế hoạch này. Xem số, ngày đang ghi rồi bấm lại nếu vẫn cần.")
    )
    return renewed


def shown(
    request: HttpRequest, movement: Movement, form: NumberForm, *, problems: Sequence[Problem], **odd: Any
) -> HttpResponse:
    context = {
        "movement": movement,
        "plan": movement.plan,
        "form": form,
        "problems": problems,
        "corrections": corrections_of(movement.plan),
        **odd,
    }
    refused = request.method == "POST"  # what was taken led on
    return page(request, "movements/correct_number.html", context, status=422 if refused else 200)

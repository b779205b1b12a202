"""The list of movements, and the page of what waits for me."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from thidua.movements import steps
from thidua.movements.approval_wording import CHIPS
from thidua.movements.models import Movement, Participation
from thidua.movements.permissions import may_bring_in
from thidua.movements.selectors.first_steps import first_steps
from thidua.movements.selectors.listing import PAGE, listing
from thidua.movements.selectors.registration_work import registration_work
from thidua.movements.selectors.work import acting_in, work_of
from thidua.organisations.permissions import scope_of
from thidua.records.days import today
from thidua.ui.parts import pager_of
from thidua.ui.rendering import page

HIDDEN = "first_steps_hidden"
YEAR = 365 * 24 * 3600


def years() -> list[tuple[str, Any]]:
    """Return the years to choose from: the next one and ten back."""
    last = today().year + 1
    return [("", _("Mọi năm")), *((str(year), str(year)) for year in range(last, last - 12, -1))]


class MovementFilter(forms.Form):
    """What the list can be narrowed by."""

    year = forms.ChoiceField(label=_("Năm"), required=False, choices=years)
    status = forms.ChoiceField(
        label=_("Tình trạng"), required=False, choices=[("", _("Mọi tình trạng")), *Movement.Status.choices]
    )
    role = forms.ChoiceField(
        label=_("Loại"),
        required=False,
        choices=[("", _("Tất cả")), ("launched", _("Phát động")), ("own", _("Kế hoạch trả lời"))],
    )


@require_GET
def movements(request: HttpRequest) -> HttpResponse:
    """List the movements the visitor may see."""
    asked = request.GET.dict()
    found = listing(request.user, asked)
    pager = pager_of(request.GET, found, PAGE, sizes=(PAGE,))
    context = {
        "found": found,
        "statuses": dict(Movement.Status.choices),
        "pager": pager,
        "filter": MovementFilter(request.GET),
        "query": asked.get("q", ""),
        "may_launch": may_bring_in(scope_of(request.user)),
    }
    return page(request, "movements/list.html", context)


@require_GET
def work(request: HttpRequest) -> HttpResponse:
    """Show what waits for the visitor."""
    scope = scope_of(request.user)
    found = work_of(scope, on=today())
    context = {
        "work": found,
        "registrations": registration_work(acting_in(scope), on=today()),
        "many_units": len({unit.pk for unit, _term in found.terms}) > 1,
        "today": today(),
        "chips": CHIPS,
        "steps": {step.value: to_do(step) for step in Participation.State},
        "may_launch": may_bring_in(scope),
        "first_steps": [] if HIDDEN in request.COOKIES else first_steps(scope, today().year),
    }
    return page(request, "movements/work.html", context)


@require_POST
def hide_first_steps(request: HttpRequest) -> HttpResponse:
    """Show the first steps no longer in this browser."""
    del request
    response = redirect("movements:work")
    response.set_cookie(HIDDEN, "1", max_age=YEAR, samesite="Lax", httponly=True)
    return response


def to_do(step: Participation.State) -> str:
    """Return what is still to be done for a step: its own name would say it as done."""
    work = steps.work_of(step)
    return str(_("Cần %(work)s") % {"work": work[:1].lower() + work[1:]})

"""Where a plan stands with the head, as the plan's page shows it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from thidua.movements.approval_wording import CHIPS, history_of
from thidua.movements.approving_forms import DecisionForm
from thidua.movements.models import Movement
from thidua.movements.selectors.approving import standing_of
from thidua.movements.selectors.figures import odd_figures
from thidua.movements.selectors.odd_days import odd_days
from thidua.movements.services.approving import problems_before_acting
from thidua.movements.views.access import account
from thidua.ui.flash import say_wrong


def led_back(request: HttpRequest, movement: Movement) -> HttpResponse | None:
    """Lead who cannot decide on a plan that lies with the head back to it, with the reason; others go on."""
    problems = problems_before_acting(movement, account(request))
    for problem in problems:
        say_wrong(request, problem.text())
    return to_the_plan(movement.pk) if problems else None


def to_the_plan(pk: UUID) -> HttpResponse:
    return redirect("movements:check", pk=pk)  # at its head, where what was done is told


def approval_of(request: HttpRequest, movement: Movement) -> dict[str, Any]:
    """Return how far the plan came with the head, and what he has to look at before he answers."""
    standing = standing_of(movement, request.user)
    return {
        "standing": standing,
        "passes": history_of(standing.events),
        "approval_chip": CHIPS[Movement.Approval(movement.approval)],
        "odd_figures": odd_figures(movement.plan) if standing.may_decide and movement.answers_id else (),
        "odd_days": odd_days(movement.plan) if standing.may_decide else (),
        "decision_form": DecisionForm(initial={"version": movement.version}),
    }

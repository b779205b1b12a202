"""Where a plan stands with the head, as the plan's page shows it."""

from typing import Any

from django.http import HttpRequest

from thidua.movements.approval_wording import CHIPS, history_of
from thidua.movements.approving_forms import DecisionForm
from thidua.movements.models import Movement
from thidua.movements.selectors.approving import standing_of
from thidua.movements.selectors.figures import odd_figures


def approval_of(request: HttpRequest, movement: Movement) -> dict[str, Any]:
    """Return how far the plan came with the head, and what he has to look at before he answers."""
    standing = standing_of(movement, request.user)
    return {
        "standing": standing,
        "passes": history_of(standing.events),
        "approval_chip": CHIPS[Movement.Approval(movement.approval)],
        "odd_figures": odd_figures(movement.plan) if standing.may_decide and movement.answers_id else (),
        "decision_form": DecisionForm(initial={"version": movement.version}),
    }

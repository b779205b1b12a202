"""Where a plan or a revision stands with the head, as its page shows it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from thidua.movements.approval_wording import CHIPS, chip_of, history_of
from thidua.movements.approving_forms import DecisionForm
from thidua.movements.models import Movement, PlanRevision
from thidua.movements.selectors.approving import Subject, standing_of
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
    return redirect("movements:check", pk=movement.pk) if problems else None


def approval_of(request: HttpRequest, subject: Subject) -> dict[str, Any]:
    """Return how far a plan or a revision came with the head; of a plan, what he has to look at before he answers."""
    standing = standing_of(subject, request.user)
    context = {
        "subject": subject,
        "is_revision": isinstance(subject, PlanRevision),
        "addresses": addresses_of(subject),
        "standing": standing,
        "passes": history_of(standing.events),
        "approval_chip": CHIPS[Movement.Approval(subject.approval)],
        "decision_form": DecisionForm(initial={"version": subject.version}),
    }
    if isinstance(subject, PlanRevision):
        return context
    return context | {
        "chip": chip_of(subject),
        "odd_figures": odd_figures(subject.plan) if standing.may_decide and subject.answers_id else (),
        "odd_days": odd_days(subject.plan) if standing.may_decide else (),
    }


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where it is handed over, taken back and decided on, and the page it is seen on."""

    page: str
    submit: str
    take_back: str
    decide: str


def addresses_of(subject: Subject) -> Addresses:
    if isinstance(subject, PlanRevision):
        names = ("draft_revision", "submit_revision", "take_back_revision", "decide_revision")
        given: list[Any] = [subject.plan.movement_id, subject.number]
    else:
        names, given = ("check", "submit", "take_back", "decide"), [subject.pk]
    return Addresses(*(reverse(f"movements:{name}", args=given) for name in names))

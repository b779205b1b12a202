"""Which launched plans a document amends, and whether it did so already."""

from dataclasses import dataclass

from django.db.models import Q

from thidua.library.services import number_key
from thidua.movements.amending_document import same_decision
from thidua.movements.models import Movement, Plan, PlanRevision
from thidua.movements.permissions import may, visible
from thidua.movements.selectors.items import living
from thidua.organisations.permissions import User

MOST_AMENDED = 50


@dataclass(frozen=True, slots=True)
class Amended:
    """A launched movement that a document amends; ``done_by``: the revision it was issued as already."""

    movement: Movement
    done_by: PlanRevision | None


def amended_by(user: User, movement: Movement) -> list[Amended]:
    """Return what the document of ``movement`` amends: launched plans it cites by number, that ``user`` may revise."""
    cited = {
        number_key(value["number"])
        for value in living(movement.plan).filter(field="legal_basis").values_list("value", flat=True)
        if value.get("number")
    }
    title = movement.plan.title
    launched = Movement.objects.filter(
        visible(user), organiser=movement.organiser_id, status=Movement.Status.LAUNCHED
    ).select_related("plan", "organiser")
    file = movement.plan.file
    said = {
        "sha256": file.sha256 if file else "",
        "text": movement.plan.text,
        "decision": named(movement.plan),
    }
    return [
        Amended(other, issued_from(other.plan, **said))
        for other in launched.exclude(plan__number="").order_by("-launched_at")[:MOST_AMENDED]
        if (number_key(other.plan.number) in cited or other.plan.number in title)
        and may(user, "edit_plan", other)
    ]


def named(plan: Plan) -> str:
    """Return number and day as a decision is named by them."""
    day = f" ngày {plan.issued_on.day}/{plan.issued_on.month}/{plan.issued_on.year}" if plan.issued_on else ""
    return f"Quyết định số {plan.number}{day}" if plan.number else ""


def issued_from(plan: Plan, *, sha256: str = "", text: str = "", decision: str = "") -> PlanRevision | None:
    """Return the revision issued from the same document: the same file, the same words, or number and day."""
    issued = plan.revisions.exclude(issued_at=None).filter(number__gt=1).order_by("-number")
    alike = Q(text=text) if text.strip() else Q()
    alike |= Q(file__sha256=sha256) if sha256 else Q()
    found = issued.filter(alike).first() if alike else None
    if found or not decision:
        return found
    return next((one for one in issued if same_decision(one.decision, decision)), None)

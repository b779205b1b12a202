"""Which received movement a plan read from a unit's own paper answers: the one whose plan it cites, while it waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from thidua.library.services import number_key
from thidua.movements.models import Movement, Participation, Plan, PlanItem
from thidua.movements.selectors.items import living


@dataclass(frozen=True, slots=True)
class Proposal:
    """A received movement the plan may answer; ``is_cited``: the paper names its plan by number."""

    part: Participation
    is_cited: bool

    @property
    def name(self) -> str:
        return self.part.movement.name

    @property
    def number(self) -> str:
        """The number of the plan above, its organiser's name where it has none."""
        return self.part.movement.plan.number or self.part.movement.organiser.name


def may_answer(movement: Movement) -> bool:
    """Say whether the plan is one read from a paper, not launched, that answers nothing yet.

    A cluster's plan is no answer of the unit that leads it.
    """
    is_preparing = movement.status == Movement.Status.PREPARING
    is_free = not movement.answers_id and movement.cluster_id is None
    return is_preparing and is_free and bool(movement.plan.text)


def waiting_parts(movement: Movement) -> QuerySet[Participation]:
    """Return the organiser's parts in running movements it has not answered yet, each with the plan's number."""
    waiting = Participation.objects.filter(
        unit=movement.organiser_id,
        is_visible=True,
        own=None,
        movement__status=Movement.Status.LAUNCHED,
    ).exclude(movement__organiser=movement.organiser_id)
    shown = ("name", "organiser__name", "plan__number", "plan__issued_on", "plan__doc_type")
    return (
        waiting.select_related("movement__organiser", "movement__plan")
        .only("unit", "state", *(f"movement__{name}" for name in shown))
        .order_by("-movement__launched_at")
    )


def proposals(
    movement: Movement, items: Iterable[PlanItem] | None = None, *, wanted: UUID | None = None
) -> list[Proposal]:
    """Return what the paper may answer: what it cites, unless said not to, and the part ``wanted`` at first.

    ``items`` are the plan's own, where they are at hand. One query where there is anything to ask.
    """
    if not may_answer(movement):
        return []
    plan = movement.plan
    named = bases_among(living(plan) if items is None else items)
    if not named and wanted is None:
        return []
    found = []
    for part in waiting_parts(movement):
        is_cited = cites(named, part.movement.plan)
        if part.pk == wanted or (is_cited and str(part.pk) not in plan.not_answering):
            found.append(Proposal(part, is_cited))
    return found


def bases_among(items: Iterable[PlanItem]) -> list[tuple[str, str, str]]:
    """Return the numbered documents among the items: kind, key of the number, ISO day as far as it is told."""
    return [
        (item.value.get("type", ""), number_key(item.value["number"]), item.value.get("date", ""))
        for item in items
        if item.field == "legal_basis" and item.value.get("number")
    ]


def cites(named: Iterable[tuple[str, str, str]], plan: Plan) -> bool:
    """Say whether the plan is among the documents: a number comes again each year, so the day has to agree."""
    if not plan.number:
        return False
    key, kind = number_key(plan.number), plan.doc_type or "KE_HOACH"
    day = plan.issued_on.isoformat() if plan.issued_on else ""
    return any(
        number == key and type_ == kind and (not on or not day or day.startswith(on) or on.startswith(day))
        for type_, number, on in named
    )


def cited_instead(movement: Movement, chosen: Participation) -> Proposal | None:
    """Return the waiting movement the paper cites, where it cites one and not that of the part ``chosen``."""
    cited = [one for one in proposals(movement) if one.is_cited]
    return None if any(one.part.pk == chosen.pk for one in cited) else next(iter(cited), None)

"""Own plans made before the plan above them was amended, and not amended since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from thidua.movements.models import Movement, Participation, PlanRevision


@dataclass(frozen=True, slots=True)
class Behind:
    """An own plan (``own``) and the latest revision of the plan above that it does not follow yet."""

    part_id: UUID
    own: Movement
    unit: str
    above_id: UUID
    above: str
    number: int
    effective_on: date | None


def behind(*, units: Iterable[UUID] = (), own: Movement | None = None) -> list[Behind]:
    """Return the own plans of ``units``, or the plan of ``own`` alone, that lie behind; one query.

    A plan follows all that was issued before it was, or before its own last revision; a draft, what was issued before
    it was begun. What its unit said it need not follow counts as followed.
    """
    parts = Participation.objects.filter(Q(own=own) if own else Q(unit__in=list(units)), is_visible=True)
    rows = (
        parts.filter(
            movement__status=Movement.Status.LAUNCHED,
            own__status__in=(Movement.Status.PREPARING, Movement.Status.LAUNCHED),
        )
        .annotate(made_at=Coalesce(amended_at(), "own__plan__issued_at", "own__made_at"))
        .annotate(
            ahead=Subquery(ahead().values("number")[:1]),
            ahead_on=Subquery(ahead().values("effective_on")[:1]),
        )
        .filter(ahead__gt=F("spared_revision"))
        .select_related("own", "movement", "unit")
        .order_by("-movement__launched_at", "pk")
    )
    return [
        Behind(row.pk, row.own, str(row.unit), row.movement_id, row.movement.name, row.ahead, row.ahead_on)
        for row in rows
        if row.own
    ]


def amended_at() -> Subquery:
    """Return when the own plan was last amended."""
    revisions = PlanRevision.objects.filter(
        plan__movement=OuterRef("own"), number__gt=1, issued_at__isnull=False
    )
    return Subquery(revisions.order_by("-number").values("issued_at")[:1])


def ahead() -> QuerySet[PlanRevision, Any]:
    """Return the revisions of the plan above issued after the own one was made, the latest first."""
    revisions = PlanRevision.objects.filter(
        plan__movement=OuterRef("movement"), number__gt=1, issued_at__gt=OuterRef("made_at")
    )
    return revisions.order_by("-number")

"""Which units take part on a day, and since when: some terms count from the day of receipt."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from thidua.movements.models import Deadline, Participation, ParticipationEvent
from thidua.movements.terms import counts_from_receipt


def there(on: date, prefix: str = "") -> Q:
    """Return the condition on parts whose unit has not ended by ``on``: others have nothing left to do."""
    gone_on = f"{prefix}unit__dissolved_on"
    return Q(**{f"{gone_on}__isnull": True}) | Q(**{f"{gone_on}__gt": on})


def received_on(**part: Any) -> Subquery:
    """Return the day of receipt as a column; ``part``: the condition on the participation it is asked of."""
    events = ParticipationEvent.objects.filter(state=Participation.State.RECEIVED, **part)
    return Subquery(events.order_by("at").values("on")[:1])


def first_receipt(part: Participation) -> date | None:
    """Return the day on which the unit of ``part`` received the movement."""
    received = part.events.filter(state=Participation.State.RECEIVED)
    return received.order_by("at").values_list("on", flat=True).first()


def with_receipt(parts: QuerySet[Participation]) -> QuerySet[Any, Any]:
    """Return the parts, each with the day of receipt as ``received_on``."""
    return parts.annotate(received_on=received_on(participation=OuterRef("pk")))


Receipts = Mapping[tuple[UUID, UUID], date]  # by movement and unit


def receipts_for(
    rows: Iterable[Deadline], units: Collection[UUID] | QuerySet[Participation, Any]
) -> Receipts:
    """Return the day of receipt for the movements of ``rows``; no query unless a row counts from it."""
    movements = {row.movement_id for row in rows if counts_from_receipt(row)}
    if not movements:
        return {}
    events = ParticipationEvent.objects.filter(
        state=Participation.State.RECEIVED,
        participation__movement__in=movements,
        participation__unit__in=units,
    )
    found = events.order_by("-at").values_list("participation__movement", "participation__unit", "on")
    return {(movement, unit): on for movement, unit, on in found}  # the first receipt is written last

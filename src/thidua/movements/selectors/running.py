"""Movements that run on in units about to end."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from thidua.movements.models import Movement
from thidua.movements.permissions import received, visible
from thidua.organisations.ending import Running
from thidua.organisations.models import Unit
from thidua.organisations.permissions import User

MOST_TOLD = 50


def running_movements(user: User, units: Collection[Unit]) -> list[Running]:
    """Return the running movements ``user`` may see that ``units`` take part in or run themselves."""
    parts = received(Q(unit__in=units))
    touched = Q(organiser__in=units) | Exists(parts.filter(movement=OuterRef("pk")))
    found = Movement.objects.filter(visible(user), touched, status=Movement.Status.LAUNCHED)
    shown = list(found.order_by("name", "pk")[:MOST_TOLD])
    pairs = set(parts.filter(movement__in=shown).values_list("movement", "unit"))
    pairs |= {(movement.pk, movement.organiser_id) for movement in shown}
    return [
        Running(
            movement.name,
            reverse("movements:detail", args=[movement.pk]),
            tuple(unit.name for unit in units if (movement.pk, unit.pk) in pairs),
        )
        for movement in shown
    ]

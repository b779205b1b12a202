"""Who of the organising unit has read a plan, and who has not."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from thidua.movements.models import Acknowledgement, Movement
from thidua.organisations.models import Person, Unit


def readers_of(movement: Movement) -> QuerySet[Any, Any]:
    """Return the organiser's people by unit and name, each with the moment of the latest reading, ``read_at``."""
    done = Acknowledgement.objects.filter(movement=movement, person=OuterRef("pk")).order_by("-revision")
    people = Person.objects.filter(unit__in=Unit.objects.within(movement.organiser).values("pk"))
    return (
        people.annotate(read_at=Subquery(done.values("at")[:1]))
        .select_related("unit")
        .only("full_name", "unit__name", "unit__short_name")
        .order_by("unit__path", "sort_key", "pk")
    )


def numbers_of(people: QuerySet[Any, Any]) -> tuple[int, int]:
    """Return how many there are and how many of them have read."""
    counted = people.aggregate(people=Count("pk"), done=Count("read_at"))
    return counted["people"], counted["done"]

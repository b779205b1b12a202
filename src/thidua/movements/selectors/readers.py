"""Who of the organising unit has read a plan, and who has not.

A unit's own plan goes to its people, those of the units below it as far as it was launched to them; where it was
launched to none of those, to everybody.
"""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from thidua.movements.models import Acknowledgement, Movement, Participation
from thidua.organisations.models import Person, Unit
from thidua.records.fields import BytewiseTextField


def readers_of(movement: Movement) -> QuerySet[Any, Any]:
    """Return the organiser's people by unit and name, each with the moment of the latest reading, ``read_at``."""
    done = Acknowledgement.objects.filter(movement=movement, person=OuterRef("pk")).order_by("-revision")
    return (
        people_reached(movement)
        .annotate(read_at=Subquery(done.values("at")[:1]))
        .select_related("unit")
        .only("full_name", "unit__name", "unit__short_name")
        .order_by("unit__path", "sort_key", "pk")
    )


def people_reached(movement: Movement) -> QuerySet[Person]:
    """Return the people whom the organiser's plan is to reach."""
    people = Person.objects.filter(unit__in=Unit.objects.within(movement.organiser).values("pk"))
    if movement.answers_id is None:
        return people
    parts = Participation.objects.filter(movement=movement, is_visible=True)
    above = parts.annotate(end=Concat("unit__path", Value("~"), output_field=BytewiseTextField())).filter(
        unit__path__lte=OuterRef("unit__path"), end__gt=OuterRef("unit__path")
    )
    return people.filter(Q(unit=movement.organiser_id) | Exists(above) | ~Exists(parts))


def numbers_of(people: QuerySet[Any, Any]) -> tuple[int, int]:
    """Return how many there are and how many of them have read."""
    counted = people.aggregate(people=Count("pk"), done=Count("read_at"))
    return counted["people"], counted["done"]

"""What a record shows to whom: ratings, leave and, with a right of their own, discipline and health."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from thidua.organisations.models import Discipline, Leave, Person, Rating, Unit
from thidua.organisations.permissions import User, may_see_sensitive


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person's record as one reader may see it; ``disciplines`` is None for who may not know of any."""

    ratings: tuple[Rating, ...]
    leaves: tuple[Leave, ...]
    disciplines: tuple[Discipline, ...] | None


def record_of(user: User, person: Person) -> PersonRecord:
    sensitive = may_see_sensitive(user, person)
    leaves = person.leaves.select_related("decision").order_by("-valid_from")
    if not sensitive:
        leaves = leaves.exclude(kind__in=Leave.HEALTH)
    measures = person.disciplines.select_related("decision").order_by("-valid_from") if sensitive else None
    return PersonRecord(
        ratings=tuple(person.ratings.select_related("decision").order_by("-year")),
        leaves=tuple(leaves),
        disciplines=None if measures is None else tuple(measures),
    )


@dataclass(frozen=True, slots=True)
class RatedPerson:
    """A line of a unit's list of ratings: who, in which post, rated how."""

    person: Person
    position: str
    rating: Rating | None


def rated_in(unit: Unit, year: int, on: date) -> list[RatedPerson]:
    """Return who held a main post in the unit on ``on`` (the year's last day, or today), with the year's rating."""
    held = unit.posts.on(on).filter(is_main=True).select_related("person")
    posts = list(held.order_by("-is_manager", "person__sort_key", "person_id"))
    known = by_person(Rating.objects.filter(year=year, person__in=[post.person_id for post in posts]))
    return [RatedPerson(post.person, post.position, known.get(post.person_id)) for post in posts]


def by_person(rows: Iterable[Rating]) -> dict[UUID | None, Rating]:
    return {row.person_id: row for row in rows}

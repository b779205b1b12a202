"""Lists of awards: of a decision, of a year of an authority; the same lines whoever made them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from thidua.core.law.words import Level, SubjectKind
from thidua.honours.catalogue import catalogue
from thidua.honours.models import Honour
from thidua.honours.permissions import visible
from thidua.organisations.models import Person, Unit
from thidua.organisations.permissions import User


@dataclass(frozen=True, slots=True)
class ListedAward:
    """One award of a list; ``person``, ``unit`` and ``place`` are None where the register does not know them.

    ``achievement`` tells apart what was done, where somebody said so; ``url`` leads to the register's row.
    """

    name: str
    kind: SubjectKind
    award: str
    on: date
    period: tuple[int, int]
    level: Level | None = None
    achievement: str | None = None
    person: Person | None = None
    unit: Unit | None = None
    place: Unit | None = None
    number: str = ""
    url: str = ""

    @property
    def who(self) -> str:
        """Return one word for one subject, so that its lines are found together."""
        known = self.person or self.unit
        return str(known.pk) if known else f"{self.kind} {self.name.casefold()}"


def of_honours(rows: QuerySet[Honour]) -> list[ListedAward]:
    """Return the lines of honours in their order. One query."""
    return [of_honour(row) for row in rows.select_related("person", "unit", "place")]


def of_honour(row: Honour) -> ListedAward:
    title = catalogue()[row.award].is_title if row.award in catalogue() else False
    return ListedAward(
        name=row.name,
        kind=SubjectKind(row.kind),
        award=row.award,
        on=row.decided_on,
        period=(row.period_from, row.period_to),
        level=Level(row.level),
        achievement=None if title else row.movement or None,
        person=row.person,
        unit=row.unit,
        place=row.place,
        number=row.number,
        url=reverse("honours:honour", args=[row.pk]),
    )


def of_year(user: User, unit: Unit, year: int) -> QuerySet[Honour]:
    """Return what the unit and those below were given for the achievement of ``year``, as far as it is held."""
    rows = Honour.objects.filter(
        visible(user),
        place__in=Unit.objects.within(unit).values("pk"),
        root=unit.root_id,
        period_to=year,
        state=Honour.State.HELD,
    )
    return rows.order_by("award", "kind", "sort_key", "pk")


def beside(user: User, listed: Sequence[ListedAward]) -> list[ListedAward]:
    """Return the titles the same subjects were given for the same years by other decisions. One query."""
    people = {one.person.pk for one in listed if one.person}
    units = {one.unit.pk for one in listed if one.unit and not one.person}
    titles = [entry.id for entry in catalogue().values() if entry.is_title]
    rows = Honour.objects.filter(
        visible(user),
        Q(person__in=people) | Q(unit__in=units),
        award__in=titles,
        period_to__in={one.period[1] for one in listed},
        state=Honour.State.HELD,
    )
    known = {one.url for one in listed}
    wanted = {(one.who, one.period) for one in listed}
    found = of_honours(rows.order_by("decided_on", "pk"))
    return [one for one in found if one.url not in known and (one.who, one.period) in wanted]


def roots_of(listed: Iterable[ListedAward]) -> set[UUID]:
    return {one.place.root_id for one in listed if one.place}

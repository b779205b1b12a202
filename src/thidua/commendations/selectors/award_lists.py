"""Lists of awards: of a decision, of a year of an authority; the same lines whoever made them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from thidua.core.eligibility.lists import Bearer
from thidua.core.law.words import CommendationType, Level, SubjectKind
from thidua.honours.catalogue import catalogue
from thidua.honours.models import Honour
from thidua.honours.permissions import visible
from thidua.honours.selectors.facts import given_again
from thidua.organisations.models import Person, Unit
from thidua.organisations.permissions import User

Time = tuple[str, tuple[int, int]]
"""Whose award, as ``ListedAward.who`` says it, and of which years."""


@dataclass(frozen=True, slots=True)
class ListedAward:
    """One award of a list; ``person``, ``unit`` and ``place`` are None where the register does not know them.

    ``achievement`` tells apart what was done, where somebody said so; ``url`` leads to the register's row,
    ``decision`` is the document that gave it there. ``namesakes`` is how many of the name are in sight where they are
    several, and none of them was chosen.
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
    decision: UUID | None = None
    type: CommendationType | None = None
    namesakes: int = 0

    @property
    def turn(self) -> tuple[int, str, str]:
        """Return what puts the decisions of one day in order: by number, 9 before 10."""
        first = re.match(r"\s*(\d+)", self.number)
        return int(first[1]) if first else 0, self.number, self.url

    @property
    def who(self) -> str:
        """Return one word for one subject, so that its lines are found together."""
        known = self.person or self.unit
        return one_word(known.pk if known else None, self.kind, self.name)

    @property
    def bearer(self) -> Bearer:
        return Bearer(self.who, self.kind, self.award)

    @property
    def where(self) -> str:
        """Return where the subject stands: a person's unit, and the one above it but for the top of the tree."""
        own = self.unit if self.kind is SubjectKind.COLLECTIVE else self.place
        above = own.parent if own and own.parent and own.parent.parent_id else None
        units = (above,) if self.kind is SubjectKind.COLLECTIVE else (own, above)
        return ", ".join(unit.short_name or unit.name for unit in units if unit)

    @property
    def time(self) -> Time:
        return self.who, self.period


def one_word(pk: UUID | None, kind: str, name: str) -> str:
    """Return one word for a subject: of the register, or known by its name alone."""
    return str(pk) if pk else f"{kind} {name.casefold()}"


def of_honours(rows: QuerySet[Honour]) -> list[ListedAward]:
    """Return the lines of honours in their order. One query."""
    return [of_honour(row) for row in rows.select_related("person", "unit__parent", "place__parent")]


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
        url=url_of(row.pk),
        decision=row.decision_id,
        type=CommendationType(row.type),
    )


def url_of(pk: UUID) -> str:
    return reverse("honours:honour", args=[pk])


def of_year(unit: Unit, year: int) -> QuerySet[Honour]:
    """Return what the unit and those below were given for the achievement of ``year``, as far as it is held.

    A title given twice for the year is there once.
    """
    rows = Honour.objects.filter(
        place__in=Unit.objects.within(unit).values("pk"),
        root=unit.root_id,
        period_to=year,
        state=Honour.State.HELD,
    )
    return rows.exclude(given_again()).order_by("award", "kind", "sort_key", "pk")


@dataclass(frozen=True, slots=True)
class Beside:
    """Titles the same subjects hold for the same years by other decisions.

    Of those the reader may not see, only whose and of which years is told: enough to leave the line open.
    """

    seen: tuple[ListedAward, ...] = ()
    unseen: frozenset[Time] = frozenset()


def beside(user: User, listed: Sequence[ListedAward], of: QuerySet[Honour]) -> Beside:
    """Return what stands beside the lines of ``listed``, which are the rows ``of``. Two queries."""
    own = of.order_by()
    people = own.filter(person__isnull=False).values("person")
    units = own.filter(person=None, unit__isnull=False).values("unit")
    titles = [entry.id for entry in catalogue().values() if entry.is_title]
    rows = Honour.objects.filter(
        Q(person__in=people) | Q(unit__in=units),
        award__in=titles,
        period_to__in={one.period[1] for one in listed},
        state=Honour.State.HELD,
    ).exclude(pk__in=own.values("pk"))
    wanted = {one.time for one in listed}
    seen = set(rows.filter(visible(user)).values_list("pk", flat=True))
    related = rows.order_by("decided_on", "pk").select_related("person", "unit", "place")
    found = [(row.pk in seen, of_honour(row)) for row in related]
    found = [(is_seen, one) for is_seen, one in found if one.time in wanted]
    return Beside(
        tuple(one for is_seen, one in found if is_seen),
        frozenset(one.time for is_seen, one in found if not is_seen),
    )

"""Lists of people: filtered, in the order of given names, page by page without counting offsets."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line
from thidua.organisations.models import DistinctPeople, Person, Unit
from thidua.organisations.permissions import User, nameable_people, scope_of
from thidua.organisations.searching import name_matches
from thidua.ui.formats import TOTAL_CAP

MOST_ALIKE = 200  # groups shown at once
SEARCH_CAP = 1_000
"""What a search finds is counted no further than this: somebody looking for a person types one letter more."""
COLUMNS = ("full_name", "position", "staff_kind", "left_on", "sort_key", "unit", "record_unit")

UNIT_COLUMNS = (
    "unit__name",
    "unit__depth",
    "unit__parent__name",
    "unit__parent__short_name",
    "record_unit__name",
    "record_unit__path",
)


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What a list of people is narrowed to; empty means everything the reader may see."""

    query: str = ""
    unit: Unit | None = None
    staff_kind: str = ""
    position: str = ""
    standing: str = "working"  # "working" | "left" | "all"

    @property
    def by_name(self) -> bool:
        """Say whether the search is one for a name: digits ask for a staff code."""
        return bool(one_line(self.query)) and not any(letter.isdigit() for letter in self.query)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of people; ``total`` is counted to just above ``cap``."""

    people: list[Person]
    total: int
    previous: UUID | None  # the page that ends before this person
    following: UUID | None  # the page that begins after this person
    is_first: bool
    cap: int


def listed_people(user: User, asked: PeopleFilter) -> QuerySet[Person]:
    """Return the people ``user`` may read of, narrowed to what was asked, in the order of lists."""
    people = Person.objects.filter(name_or_code(user, asked.query))
    if asked.unit:
        people = people.filter(kept_in(asked.unit))
    # Whoever may view the unit may read of all in it; a root asked of as well would send the database along its index.
    if asked.unit is None or not scope_of(user).allows("view", asked.unit):
        people = people.filter(nameable_people(user))
    if asked.staff_kind:
        people = people.filter(staff_kind=asked.staff_kind)
    if asked.position:
        people = people.filter(position_folded__contains=fold(one_line(asked.position)))
    if asked.standing != "all":
        people = people.filter(unit__isnull=asked.standing == "left")
    return people.order_by("sort_key", "pk")


def kept_in(unit: Unit) -> Q:
    """Return the condition that a record is kept in the unit or below; a whole root is one value of an index."""
    if unit.pk == unit.root_id:
        return Q(root=unit.pk)
    return Q(record_unit__in=Unit.objects.within(unit).values("pk"))


def name_or_code(user: User, query: str) -> Q:
    """Return the condition of a search: digits ask for a staff code, among those whose codes one may read."""
    code = one_line(query)
    if not any(letter.isdigit() for letter in code):
        return name_matches(query)
    readable = scope_of(user).people("edit_people")
    # A range walks the index, LIKE would not; and the index of a root's codes holds no empty one.
    return Q(readable, ~Q(staff_code=""), staff_code__gte=code, staff_code__lt=f"{code}~")


def page_of(
    people: QuerySet[Person],
    size: int,
    *,
    after: UUID | None = None,
    before: UUID | None = None,
    searched: bool = False,
) -> Page:
    """Cut one page out of ``people``, beginning after or ending before a person.

    ``searched`` tells that they were narrowed by name, which decides how they are best counted, and how far.
    """
    cursor = after or before
    edge = Person.objects.filter(pk=cursor).values("sort_key", "pk").first() if cursor else None
    backwards = bool(before and not after and edge)
    rows = people.select_related("unit__parent", "record_unit").only(*COLUMNS, *UNIT_COLUMNS)
    if edge:
        rows = beyond(rows, edge["sort_key"], edge["pk"], backwards=backwards)
    if backwards:
        rows = rows.order_by("-sort_key", "-pk")
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_previous, has_following = (more, True) if backwards else (edge is not None, more)
    is_all = not has_previous and not has_following
    return Page(
        people=found,
        total=len(found)
        if is_all
        else number_of(people, searched=searched, first=() if has_previous else found),
        previous=found[0].pk if found and has_previous else None,
        following=found[-1].pk if found and has_following else None,
        is_first=not has_previous,
        cap=SEARCH_CAP if searched else TOTAL_CAP,
    )


def number_of(people: QuerySet[Person], *, searched: bool, first: Sequence[Person]) -> int:
    """Count ``people`` to just above the cap; ``first`` are those of a first page, who are not read again.

    A name is looked for along the index of lists, which holds it: a search with few hits reads that index once,
    as far as the page goes for the page and the rest to count. Without a name the order only costs time.
    """
    if not searched:
        return people.order_by()[: TOTAL_CAP + 1].count()
    if first:
        people = beyond(people, first[-1].sort_key, first[-1].pk, backwards=False)
    return len(first) + people.values("pk")[: SEARCH_CAP + 1 - len(first)].count()


def beyond(people: QuerySet[Person], key: str, pk: UUID, *, backwards: bool) -> QuerySet[Person]:
    # The bound on the key alone lets the index be walked; the rest parts people of one key.
    if backwards:
        return people.filter(Q(sort_key__lt=key) | Q(pk__lt=pk), sort_key__lte=key)
    return people.filter(Q(sort_key__gt=key) | Q(pk__gt=pk), sort_key__gte=key)


@dataclass(frozen=True, slots=True)
class LookAlikes:
    """People of one unit with the same folded name and day of birth: perhaps one person."""

    people: tuple[Person, ...]


def look_alikes(user: User) -> list[LookAlikes]:
    """Return the groups nobody has settled yet among the people ``user`` keeps the records of."""
    kept = scope_of(user).people("edit_people")
    people = Person.objects.filter(kept, birth_date__isnull=False)
    same = ("record_unit", "folded", "birth_date")
    groups = people.order_by().values_list(*same).annotate(number=Count("pk")).filter(number__gt=1)
    wanted = [key for *key, _number in groups[:MOST_ALIKE]]
    alike: dict[tuple[Any, ...], list[Person]] = {tuple(key): [] for key in wanted}
    known = people.filter(folded__in={folded for _unit, folded, _born in wanted})
    for person in known.select_related("unit", "record_unit").order_by("pk"):
        key = (person.record_unit_id, person.folded, person.birth_date)
        if key in alike:
            alike[key].append(person)
    ids = [person.pk for members in alike.values() for person in members]
    pairs = DistinctPeople.objects.filter(first__in=ids).values_list("first", "second")
    settled = {frozenset(pair) for pair in pairs}
    return [LookAlikes(tuple(members)) for members in alike.values() if not is_settled(members, settled)]


def is_settled(members: Sequence[Person], settled: Collection[frozenset[UUID]]) -> bool:
    """Say whether somebody looked at every two of ``members``."""
    return all(frozenset((a.pk, b.pk)) in settled for a, b in combinations(members, 2))


def likely_same(full_name: str, birth_date: date | None, unit: Unit) -> list[Person]:
    """Return people of the unit with that name and day of birth, either of which may be missing there."""
    alike = Person.objects.filter(record_unit=unit, folded=fold(one_line(full_name)))
    if birth_date:
        alike = alike.filter(Q(birth_date=birth_date) | Q(birth_date__isnull=True))
    return list(alike.select_related("unit")[:10])

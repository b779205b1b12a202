"""Collectives as the law asks about them: own record, what predecessors left, and members counted for a year.

A merger, a renaming or a change of the body above carries the predecessor's honours on by its recorded
decision. A split does not: no register says which part goes on.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from thidua.commendations.selectors.cases import (
    ENDING,
    MEMBER_TITLES,
    given_by,
    honour,
    ratings_given,
    subject_from,
)
from thidua.commendations.selectors.clusters import outside_clusters
from thidua.core.eligibility.case import Subject
from thidua.core.law.words import DisciplineLevel, SubjectKind
from thidua.honours.models import Honour, HonourEvent
from thidua.honours.selectors.facts import HonourFact, ceased_on
from thidua.honours.selectors.facts import facts_of as honours_of
from thidua.organisations.models import Discipline, Person, Post, Rating, Unit, UnitEvent, UnitSuccession

CARRIED_BY = (UnitEvent.Kind.MERGE, UnitEvent.Kind.RENAME, UnitEvent.Kind.MOVE)
GOOD = frozenset({Rating.Level.EXCELLENT, Rating.Level.GOOD})
MOST_GENERATIONS = 10
MOST_RANGES = 60
"""Subtrees named one by one in a query; databases refuse conditions of many hundreds."""


def subject_of_unit(unit: Unit, *, on: date, year: int) -> Subject:
    return subjects_of_units([unit], on=on, year=year)[unit.pk]


def subjects_of_units(
    units: Sequence[Unit], *, on: date, year: int, sensitive: bool = True
) -> dict[UUID, Subject]:
    """Return what the registers knew of each collective on ``on``; as many queries for many as for one.

    Without ``sensitive`` it reads as if no member had ever been disciplined.
    """
    lines = lines_of(units, on=on)
    everybody = {unit.pk for unit in units} | {one.pk for line in lines.values() for one in line.before}
    ratings: dict[UUID, dict[int, str]] = defaultdict(dict)
    for row in ratings_given(on).filter(unit__in=everybody):
        if row.unit_id:
            ratings[row.unit_id][row.year] = row.level
    honours = honours_of(everybody, on=on)
    counted = members_of(units, on=on, year=year, sensitive=sensitive)
    outside = outside_clusters(units, {pk: line.before for pk, line in lines.items()}, year=year)
    return {
        unit.pk: subject_from(
            own_facts(unit, lines[unit.pk])
            | recorded(unit, lines[unit.pk], ratings, honours)
            | {"members": counted.get(unit.pk), "cluster": False if unit.pk in outside else None}
        )
        for unit in units
    }


# -- predecessors --------------------------------------------------------------------------------------


@dataclass(slots=True)
class Lineage:
    """The units one goes on from, the nearest first, and the succession that made it."""

    before: list[Unit] = field(default_factory=list)
    last: UnitSuccession | None = None


def lines_of(units: Iterable[Unit], *, on: date) -> dict[UUID, Lineage]:
    """Return the predecessors of each unit, generation by generation: one query each."""
    lines = {unit.pk: Lineage() for unit in units}
    heirs: dict[UUID, set[UUID]] = {pk: {pk} for pk in lines}
    for _generation in range(MOST_GENERATIONS):
        rows = UnitSuccession.objects.filter(
            successor__in=list(heirs), event__kind__in=CARRIED_BY, event__on__lte=on
        ).select_related("event", "predecessor")
        elders: dict[UUID, set[UUID]] = defaultdict(set)
        for row in rows.order_by("-event__on", "pk"):
            if row.successor_id:
                elders[row.predecessor_id] |= taken_over(row, heirs[row.successor_id], lines)
        heirs = {pk: found for pk, found in elders.items() if found}
        if not heirs:
            break
    return lines


def taken_over(row: UnitSuccession, heirs: Iterable[UUID], lines: Mapping[UUID, Lineage]) -> set[UUID]:
    """Enter the predecessor of ``row`` for each heir that does not know it yet; return those heirs."""
    fresh = set()
    for heir in heirs:
        line = lines[heir]
        if heir == row.predecessor_id or row.predecessor in line.before:
            continue
        line.before.append(row.predecessor)
        line.last = line.last or row
        fresh.add(heir)
    return fresh


def own_facts(unit: Unit, line: Lineage) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "kind": SubjectKind.COLLECTIVE,
        "founded_on": unit.founding_day,
        "dissolved_on": unit.dissolved_on,
        "legal_entity": unit.has_legal_entity,
        "small": unit.is_small_collective,
    }
    if line.last:
        facts["reorganised_from"] = {
            "unit": ", ".join(one.name for one in line.before),
            "founded_on": first_founding(line.before),
            "decided_on": line.last.event.on,
            "number": line.last.event.decision_words or None,
        }
    return facts


def first_founding(units: Sequence[Unit]) -> date | None:
    """Return the earliest founding day of ``units``, None when one of them is not known."""
    days = [unit.founding_day for unit in units if unit.founding_day]
    return min(days) if len(days) == len(units) else None


def recorded(
    unit: Unit,
    line: Lineage,
    ratings: Mapping[UUID, Mapping[int, str]],
    honours: Mapping[UUID, Sequence[HonourFact]],
) -> dict[str, Any]:
    """Return ratings and honours, the own ones before those of predecessors; nothing where none is recorded."""
    own = dict(ratings.get(unit.pk, {}))
    levels: dict[int, set[str]] = defaultdict(set)
    for one in line.before:
        for year, level in ratings.get(one.pk, {}).items():
            levels[year].add(level)
    # Predecessors rated apart leave the year open: nobody rated them together.
    inherited = {year: next(iter(found)) for year, found in levels.items() if len(found) == 1}
    facts = {(fact.award, fact.period): fact for fact in facts_along(unit, line, honours)}
    if not (own or inherited or facts):
        return {}
    return {"ratings": inherited | own, "honours": [honour(fact) for fact in facts.values()]}


def facts_along(
    unit: Unit, line: Lineage, honours: Mapping[UUID, Sequence[HonourFact]]
) -> Iterable[HonourFact]:
    """Yield the honours so that, for one award and time, a held one comes last and the own one after others'."""
    for one in (*reversed(line.before), unit):
        yield from sorted(honours.get(one.pk, ()), key=lambda fact: fact.revoked_on is None)


# -- members -------------------------------------------------------------------------------------------


def members_of(
    units: Sequence[Unit], *, on: date, year: int, sensitive: bool = True
) -> dict[UUID, dict[str, int]]:
    """Count the people of each unit and below; what was not recorded of every one of them is left out."""
    held = held_in(units, min(on, date(year, 12, 31)))
    sexes = by_path(held, "person__sex")
    rated = held.filter(given_by(on, "person__ratings__"), person__ratings__year=year)
    levels = by_path(rated, "person__ratings__level")
    titles = holders(held, on=on, year=year)
    barred: Groups = disciplined(held, on=on, year=year) if sensitive else defaultdict(Counter)
    wanted = {unit.path for unit in units}
    sums = [gathered(groups, wanted) for groups in (sexes, levels, titles, barred)]
    return {unit.pk: counts(*(found[unit.path] for found in sums)) for unit in units if unit.path in sums[0]}


def women_among(units: Sequence[Unit], *, on: date) -> dict[UUID, tuple[int, int]]:
    """Count the women and all people of each unit and below, where the sex of every one is recorded. One query."""
    counted = gathered(by_path(held_in(units, on), "person__sex"), {unit.path for unit in units})
    return {
        unit.pk: (sexes[Person.Sex.FEMALE], sexes.total())
        for unit in units
        if (sexes := counted.get(unit.path)) and not sexes[""]
    }


def held_in(units: Sequence[Unit], day: date) -> QuerySet[Post]:
    """Return the main posts held on ``day`` in the units and below."""
    posts = Post.objects.filter(unit__in=below_all(units), is_main=True, valid_from__lte=day)
    return posts.exclude(valid_until__lte=day)


def below_all(units: Sequence[Unit]) -> QuerySet[Unit, Any]:
    """Return the units and all below them; of many units their whole trees, counted and then passed over."""
    if len(units) > MOST_RANGES:
        return Unit.objects.filter(root__in={unit.root_id for unit in units}).values("pk")
    return Unit.objects.within(*units).values("pk")


Groups = Mapping[str, Counter[str]]


def by_path(held: QuerySet[Post], name: str) -> Groups:
    """Count people by the path of their unit and by one thing that is said of each once.

    A person has one main post on a day, so posts are counted.
    """
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for path, word, number in held.order_by().values_list("unit__path", name).annotate(number=Count("pk")):
        found[path][word] += number
    return found


def gathered(groups: Groups, wanted: Container[str]) -> Groups:
    """Sum the groups over each wanted path and all below it."""
    total: dict[str, Counter[str]] = defaultdict(Counter)
    for path, counted in groups.items():
        for above in accumulate(f"{part}/" for part in path.rstrip("/").split("/")):
            if above in wanted:
                total[above] += counted
    return total


def holders(held: QuerySet[Post], *, on: date, year: int) -> Groups:
    """Count the holders of each yearly title of ``year`` not taken away by ``on``."""
    of_year = {"award__in": MEMBER_TITLES, "period_from": year, "period_to": year, "decided_on__lte": on}
    events = HonourEvent.objects.filter(
        kind__in=ENDING, **{f"honour__{name}": value for name, value in of_year.items()}
    )
    fallen = ceased_on(list(events.order_by().values_list("honour", flat=True).distinct()), on=on)
    given = Honour.objects.filter(**of_year, person__posts__in=held).exclude(
        Q(state=Honour.State.VOID) | Q(pk__in=fallen)
    )
    found: dict[str, Counter[str]] = defaultdict(Counter)
    rows = given.order_by().values_list("person__posts__unit__path", "award")
    for path, award, number in rows.annotate(number=Count("person", distinct=True)):
        found[path][award] += number
    return found


def disciplined(held: QuerySet[Post], *, on: date, year: int) -> Groups:
    """Count the people under discipline at some time of the year, each once, by the gravest measure."""
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gt=date(year, 1, 1))
    times = Discipline.objects.filter(
        lasting, person__in=held.values("person"), valid_from__lte=min(on, date(year, 12, 31))
    )
    gravest: dict[UUID, DisciplineLevel] = {}
    for person, word in times.values_list("person_id", "level"):
        level = DisciplineLevel(word)
        gravest[person] = max(level, gravest.get(person, level), key=lambda one: one.rank)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    if gravest:
        for path, person in held.filter(person__in=list(gravest)).values_list("unit__path", "person_id"):
            found[path][gravest[person].value] += 1
    return found


def counts(
    sexes: Counter[str], levels: Counter[str], titles: Counter[str], barred: Counter[str]
) -> dict[str, int]:
    total = sexes.total()
    found = {"total": total}
    if not sexes[""]:
        found["women"] = sexes[Person.Sex.FEMALE]
    is_whole = levels.total() == total
    if is_whole:
        found["completed"] = total - levels[Rating.Level.FAILED]
        found["good_or_better"] = sum(levels[level] for level in GOOD)
    if titles["LDTT"]:
        found |= {award: titles[award] for award in MEMBER_TITLES}
    # Nobody disciplined is known only where the record of every member was kept for the year.
    for name, least in BARRED.items():
        number = sum(barred[level.value] for level in DisciplineLevel if level.rank >= least.rank)
        if is_whole or number:
            found[name] = number
    return found


BARRED = {
    "disciplined_from_CANH_CAO": DisciplineLevel.CANH_CAO,
    "disciplined_from_KHIEN_TRACH": DisciplineLevel.KHIEN_TRACH,
}

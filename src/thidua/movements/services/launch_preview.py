"""What each unit will get by a launch, before anything is sent."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from thidua.movements.bodies import BodyMatch, Directory
from thidua.movements.models import Movement
from thidua.movements.selectors.directories import directory_of
from thidua.movements.selectors.items import living
from thidua.movements.services.bearers import assigned_in, bearer_of
from thidua.movements.services.launching import Problem, problems_before_launch
from thidua.movements.services.schedule import becoming_deadlines
from thidua.movements.wording import work_words
from thidua.organisations.models import Person, Unit


@dataclass(frozen=True, slots=True)
class Work:
    """Duties and deadlines in the words of the plan."""

    duties: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receives:
    """What one unit will get: the duties and deadlines that name it, and those of everybody (``shared``)."""

    unit: Unit
    own: Work
    shared: Work
    people: int
    has_officer: bool

    @property
    def duties(self) -> int:
        return len(self.own.duties) + len(self.shared.duties)

    @property
    def deadlines(self) -> int:
        return len(self.own.deadlines) + len(self.shared.deadlines)


@dataclass(frozen=True, slots=True)
class Alike:
    """Units that will get the same."""

    rows: tuple[Receives, ...]

    @property
    def first(self) -> Receives:
        return self.rows[0]

    @property
    def people(self) -> int:
        return sum(row.people for row in self.rows)

    @property
    def without_officer(self) -> int:
        return sum(not row.has_officer for row in self.rows)


@dataclass(frozen=True, slots=True)
class LaunchPreview:
    """Exactly what a launch will do, before it is done."""

    receives: tuple[Receives, ...]
    shared: Work  # what everybody gets
    unmatched: tuple[str, ...]  # bodies the plan names that fit no receiving unit
    problems: tuple[Problem, ...]

    @property
    def people(self) -> int:
        return sum(r.people for r in self.receives)

    @property
    def without_officer(self) -> int:
        return sum(not r.has_officer for r in self.receives)

    @property
    def alike(self) -> tuple[Alike, ...]:
        """The units by what they will get, in the order of the first of each."""
        found: dict[Work, list[Receives]] = {}
        for row in self.receives:
            found.setdefault(row.own, []).append(row)
        return tuple(Alike(tuple(rows)) for rows in found.values())


def preview_launch(movement: Movement, unit_ids: Sequence[UUID]) -> LaunchPreview:
    """Return who receives what; nothing is written."""
    units = list(Unit.objects.filter(pk__in=unit_ids).select_related("kind").order_by("depth", "sort_key"))
    directory = directory_of(movement, units)
    duties, unmatched = duties_by_unit(movement, directory)
    deadlines, elsewhere = deadlines_by_unit(movement, directory)
    shared = Work(tuple(duties[None]), tuple(deadlines[None]))
    people = Counter(Person.objects.filter(unit__in=units).values_list("unit_id", flat=True))
    with_officer = set(
        Person.objects.filter(unit_roles__unit__in=units, unit_roles__valid_until=None).values_list(
            "unit_roles__unit_id", flat=True
        )
    )
    receives = tuple(
        Receives(
            unit,
            Work(tuple(duties[unit.pk]), tuple(deadlines[unit.pk])),
            shared,
            people[unit.pk],
            unit.pk in with_officer,
        )
        for unit in units
    )
    strangers = tuple(dict.fromkeys([*unmatched, *elsewhere]))
    return LaunchPreview(receives, shared, strangers, tuple(problems_before_launch(movement, unit_ids)))


ByUnit = defaultdict[UUID | None, list[str]]
"""Words by unit; under None, what holds for everybody."""


def duties_by_unit(movement: Movement, directory: Directory) -> tuple[ByUnit, list[str]]:
    """Return the duties by unit, and the bodies that fit none."""
    found: ByUnit = defaultdict(list)
    unmatched: list[str] = []
    for item in living(movement.plan).filter(field="responsibilities"):
        match = directory.find(item.value["body"])
        unmatched += strangers_of(match, item.value["body"])
        for place in [None] if match.everyone else [unit.pk for unit in match.units]:
            found[place] += item.value.get("duties", [])
    return found, unmatched


def strangers_of(match: BodyMatch, body: str) -> tuple[str, ...]:
    """Return the bodies of a list that mean no receiving unit: the whole of it where none does."""
    return match.strangers or (() if match.is_settled else (body,))


def deadlines_by_unit(movement: Movement, directory: Directory) -> tuple[ByUnit, list[str]]:
    """Return the deadlines by the unit they name, and the bodies that take no part."""
    found: ByUnit = defaultdict(list)
    elsewhere: list[str] = []
    items = list(living(movement.plan).filter(field__in=("deadlines", "reports", "responsibilities")))
    assigned = assigned_in(items)
    for item in becoming_deadlines(items):
        who = bearer_of(item.value, assigned)
        match = directory.find(who)
        elsewhere += strangers_of(match, who) if match.elsewhere or match.strangers else ()
        if match.elsewhere:
            continue
        for place in [unit.pk for unit in match.units] if match.units and not match.everyone else [None]:
            found[place].append(work_words(item.value["what"]))
    return found, elsewhere

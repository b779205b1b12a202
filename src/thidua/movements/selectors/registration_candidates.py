"""Who may be put on a unit's registration sheet: its people, its collectives, and whom it registered last year."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from thidua.honours.catalogue import catalogue
from thidua.movements.models import Registration, RegistrationEntry
from thidua.movements.selectors.registrations import covered_by
from thidua.organisations.models import Person, Post, Unit
from thidua.organisations.permissions import User, visible_people, visible_units
from thidua.organisations.searching import name_matches

MOST_SHOWN = 1_000
Known = dict[tuple[UUID | None, str], bool]
"""What stands on the sheet already, by subject and award, and whether it is but a wish."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One line that may be added. ``standing``: empty, or why it is not offered: ``known``, ``gone``, ``unfit``."""

    subject: Person | Unit
    award: str
    where: str
    note: str = ""
    standing: str = ""
    is_wish: bool = False

    @property
    def key(self) -> str:
        """The word by which a form sends the line back."""
        kind = "person" if isinstance(self.subject, Person) else "unit"
        return f"{kind}:{self.subject.pk}:{self.award}"

    @property
    def position(self) -> str:
        return self.subject.position if isinstance(self.subject, Person) else ""


@dataclass(frozen=True, slots=True)
class Offer:
    """The candidates shown; ``is_cut``: there are more than a page holds."""

    rows: tuple[Candidate, ...]
    is_cut: bool = False

    @property
    def free(self) -> int:
        """How many of them can be added."""
        return sum(not row.standing for row in self.rows)


def known_on(unit: Unit, year: int) -> Known:
    rows = RegistrationEntry.objects.filter(registration__unit=unit, registration__year=year)
    found = rows.values_list("person_id", "collective_id", "award", "is_wish")
    return {(person or collective, award): is_wish for person, collective, award, is_wish in found}


def people_for(unit: Unit, year: int, award: str, query: str = "", *, on: date) -> Offer:
    """Offer everybody who holds a post in the units the sheet speaks for; three queries and those of the units."""
    rows = Person.objects.filter(unit__in=covered_by(unit, year, on=on).values("pk"))
    rows = rows.filter(name_matches(query)).exclude(staff_kind=Post.StaffKind.OUTSIDER)
    found = list(rows.select_related("unit").order_by("sort_key", "pk")[: MOST_SHOWN + 1])
    return offer(found, award, known_on(unit, year))


def collectives_for(unit: Unit, year: int, award: str, query: str = "", *, on: date) -> Offer:
    """Offer the unit itself and the small collectives its sheet speaks for."""
    rows = covered_by(unit, year, on=on).filter(name_matches(query))
    found = list(rows.select_related("parent").order_by("path")[: MOST_SHOWN + 1])
    return offer(found, award, known_on(unit, year))


def offer(found: Sequence[Person | Unit], award: str, known: Known) -> Offer:
    rows = tuple(candidate(subject, award, known) for subject in found[:MOST_SHOWN])
    return Offer(rows, len(found) > MOST_SHOWN)


def candidate(subject: Person | Unit, award: str, known: Known, note: str = "") -> Candidate:
    is_wish = known.get((subject.pk, award))
    return Candidate(
        subject, award, where_of(subject), note, "known" if is_wish is False else "", bool(is_wish)
    )


def where_of(subject: Person | Unit) -> str:
    unit = subject.unit if isinstance(subject, Person) else subject.parent
    return (unit.short_name or unit.name) if unit else ""


def last_year(unit: Unit, year: int, *, on: date) -> Offer:
    """Offer again what the unit registered the year before, and say who is gone or elsewhere now."""
    sheets = Registration.objects.filter(unit=unit, year=year - 1)
    rows = RegistrationEntry.objects.filter(registration__in=sheets.values("pk"), is_wish=False)
    rows = rows.select_related("person__unit", "collective__parent").order_by("sort_key", "pk")
    found = list(rows[: MOST_SHOWN + 1])
    known = known_on(unit, year)
    shown = tuple(again(entry, unit, known, on) for entry in found[:MOST_SHOWN])
    return Offer(shown, len(found) > MOST_SHOWN)


def again(entry: RegistrationEntry, unit: Unit, known: Known, on: date) -> Candidate:
    subject = entry.person or entry.collective
    if subject is None:
        raise ValueError("a line is of one subject")
    found = candidate(subject, entry.award, known, entry.note)
    where = subject.unit if isinstance(subject, Person) else subject
    if where is None or not unit.contains(where) or not where.exists_on(on):
        return Candidate(subject, entry.award, found.where, entry.note, "gone")
    if entry.award not in catalogue():
        return Candidate(subject, entry.award, found.where, entry.note, "unfit")
    return found


@dataclass(frozen=True, slots=True)
class Picked:
    """What a form sent back, by kind: the ids and awards chosen."""

    people: dict[UUID, list[str]]
    units: dict[UUID, list[str]]

    @property
    def number(self) -> int:
        return sum(len(awards) for awards in (*self.people.values(), *self.units.values()))


def picked(keys: Iterable[str]) -> Picked:
    """Read the words of ``Candidate.key``; what is none is left out."""
    people: dict[UUID, list[str]] = {}
    units: dict[UUID, list[str]] = {}
    for key in keys:
        kind, _, rest = key.partition(":")
        pk, _, award = rest.partition(":")
        try:
            into = {"person": people, "unit": units}[kind]
            into.setdefault(UUID(pk), []).append(award)
        except (KeyError, ValueError):
            continue
    return Picked(people, units)


def subjects_of(chosen: Picked, user: User, unit: Unit) -> Collection[tuple[Person | Unit, str]]:
    """Return the subjects chosen with their awards, in the order of names. Two queries.

    Whom neither ``unit`` holds nor ``user`` may see is left out: a name is not told for an id.
    """
    within = Unit.objects.within(unit).values("pk")
    seen = Q(unit__in=within) | Q(pk__in=Person.objects.filter(visible_people(user)).values("pk"))
    people = Person.objects.filter(seen, pk__in=list(chosen.people)).select_related("unit")
    known = Q(pk__in=within) | Q(pk__in=Unit.objects.filter(visible_units(user)).values("pk"))
    units = Unit.objects.filter(known, pk__in=list(chosen.units))
    found: list[tuple[Person | Unit, str]] = []
    for collective in units.order_by("path"):
        found += [(collective, award) for award in chosen.units[collective.pk]]
    for person in people.order_by("sort_key", "pk"):
        found += [(person, award) for award in chosen.people[person.pk]]
    return found

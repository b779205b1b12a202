"""A unit's registration sheet as it is read: its lines, its figures, and whom it is for."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from thidua.honours.catalogue import catalogue
from thidua.movements.models import Movement, Participation, Registration, RegistrationEntry
from thidua.movements.permissions import paths_above
from thidua.movements.registering import HANDED_IN
from thidua.organisations.models import Person, Unit
from thidua.organisations.searching import name_matches
from thidua.ui.formats import TOTAL_CAP

AWARDS = {award: place for place, award in enumerate(catalogue())}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the lines are narrowed to; ``kind`` is person or collective."""

    query: str = ""
    award: str = ""
    kind: str = ""
    wishes: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page of lines; ``total`` is counted no further than the cap of lists."""

    rows: Sequence[RegistrationEntry]
    total: int
    number: int
    has_next: bool


@dataclass(frozen=True, slots=True)
class AwardNumber:
    """How many people and collectives strive for one award."""

    award: str
    people: int
    collectives: int

    @property
    def total(self) -> int:
        return self.people + self.collectives


def unit_and_sheet(unit_id: UUID, year: int) -> tuple[Unit | None, Registration | None]:
    """Return the unit and its sheet of the year, as far as there are any; one query where there are both."""
    rows = Registration.objects.select_related("unit__parent", "unit__root", "movement")
    sheet = rows.filter(unit=unit_id, year=year).first()
    if sheet:
        return sheet.unit, sheet
    return Unit.objects.select_related("parent", "root").filter(pk=unit_id).first(), None


def lines_of(sheets: QuerySet[Registration], asked: Asked) -> QuerySet[RegistrationEntry]:
    """Return the lines of ``sheets``: collectives first, then people, each in the order of names."""
    rows = RegistrationEntry.objects.filter(registration__in=sheets.values("pk"), is_wish=asked.wishes)
    rows = rows.filter(name_matches(asked.query))
    if asked.award:
        rows = rows.filter(award=asked.award)
    if asked.kind:
        rows = rows.filter(person__isnull=asked.kind != "person")
    related = rows.select_related("person__unit", "collective__parent", "registration__unit")
    subjects = related.alias(of_person=Q(person__isnull=False))
    return subjects.order_by("of_person", "sort_key", "person", "collective", "award")


def page_of(rows: QuerySet[RegistrationEntry], number: int, size: int) -> Page:
    first = (number - 1) * size
    shown = list(rows[first : first + size + 1])
    has_next = len(shown) > size
    total = rows.order_by()[: TOTAL_CAP + 1].count() if has_next or first else len(shown)
    return Page(shown[:size], total, number, has_next)


def numbers_of(sheets: QuerySet[Registration]) -> list[AwardNumber]:
    """Count who strives for what; a subject on several sheets counts once. One query."""
    return figures_of(sheets)[0]


def figures_of(sheets: QuerySet[Registration]) -> tuple[list[AwardNumber], int]:
    """Return who strives for what, and how many wishes wait. One query."""
    rows = RegistrationEntry.objects.filter(registration__in=sheets.values("pk")).order_by()
    counted = rows.values("award", "is_wish").annotate(
        people=Count("person", distinct=True), collectives=Count("collective", distinct=True)
    )
    found, wishes = [], 0
    for row in counted:
        number = AwardNumber(row["award"], row["people"], row["collectives"])
        if row["is_wish"]:
            wishes += number.total
        else:
            found.append(number)
    return sorted(found, key=lambda one: AWARDS.get(one.award, len(AWARDS))), wishes


def stale_lines(sheet: Registration, *, on: date) -> list[RegistrationEntry]:
    """Return the lines whose person left or whose collective ended or, either of them, is the unit's no more.

    One query; wishes are not looked at.
    """
    within = Unit.objects.within(sheet.unit).values("pk")
    here = Q(person__unit__in=within) | Q(
        collective__in=Unit.objects.within(sheet.unit).existing(on).values("pk")
    )
    rows = sheet.entries.filter(is_wish=False).exclude(pk__in=sheet.entries.filter(here).values("pk"))
    return list(rows.select_related("person", "collective").order_by("sort_key", "pk"))


def handed_in(units: QuerySet[Unit], year: int) -> QuerySet[Registration]:
    """Return the sheets of ``units`` that were sent for the year and stand."""
    return Registration.objects.filter(unit__in=units.values("pk"), year=year, state__in=HANDED_IN)


def movements_for(unit: Unit, year: int) -> list[Movement]:
    """Return the movements of the year the unit takes part in, the latest first."""
    parts = Participation.objects.filter(
        unit=unit, is_visible=True, movement__year=year, movement__status=Movement.Status.LAUNCHED
    )
    return [part.movement for part in parts.select_related("movement").order_by("-movement__launched_at")]


# -- whom a sheet is for -------------------------------------------------------------------------------


def covered_by(unit: Unit, year: int, *, on: date) -> QuerySet[Unit]:
    """Return the units whose people and collectives stand on the sheet of ``unit``: itself and small ones below.

    What is below another unit that registers for itself is not among them. Two queries.
    """
    below = Unit.objects.within(unit).existing(on).exclude(pk=unit.pk)
    own_sheets = set(
        Registration.objects.filter(unit__in=below.values("pk"), year=year).values_list("unit_id", flat=True)
    )
    rows = below.order_by("path").values_list("pk", "path", "is_small_collective")
    return Unit.objects.filter(pk__in=[unit.pk, *small_below(rows, own_sheets)])


def speakers_for(asked: Collection[tuple[Unit, int]]) -> dict[tuple[UUID, int], Unit]:
    """Return, for each unit and year, the one whose sheet speaks for it, as ``covered_by`` reads from above.

    It is the nearest, the unit itself before those above it, that has a sheet of its own for the year or is no small
    collective. Two queries.
    """
    paths = {path for unit, _year in asked for path in paths_above(unit.path)}
    above = {unit.path: unit for unit in Unit.objects.filter(path__in=paths).select_related("parent")}
    kept = Registration.objects.filter(unit__in=above.values(), year__in={year for _unit, year in asked})
    own = set(kept.values_list("unit_id", "year"))
    return {
        (unit.pk, year): speaker_of(unit, above, {pk for pk, kept_of in own if kept_of == year})
        for unit, year in asked
    }


def speaker_of(unit: Unit, above: Mapping[str, Unit], own_sheets: Collection[UUID] = ()) -> Unit:
    line = [above[path] for path in reversed(paths_above(unit.path)) if path in above]
    return next((one for one in line if not one.is_small_collective or one.pk in own_sheets), unit)


def unit_for_wish(person: Person, year: int) -> Unit | None:
    """Return the unit whose sheet takes the person's wish.

    It is the one on whose sheet of the year the person stands already, else the one that speaks for the person's unit.
    """
    if person.unit is None:
        return None
    lines = RegistrationEntry.objects.filter(person=person, registration__year=year, is_wish=False)
    above = Unit.objects.filter(path__in=paths_above(person.unit.path)).order_by("-depth")
    standing = above.filter(pk__in=lines.values("registration__unit")).first()
    return standing or speakers_for([(person.unit, year)])[person.unit.pk, year]


def small_below(rows: Iterable[tuple[UUID, str, bool]], own_sheets: set[UUID]) -> list[UUID]:
    """Keep of ``rows``, in the order of their paths, the small ones that no other sheet speaks for."""
    kept, apart = [], "\0"
    for pk, path, is_small in rows:
        if path.startswith(apart):
            continue
        if is_small and pk not in own_sheets:
            kept.append(pk)
        else:
            apart = path
    return kept


def mine(person_id: UUID | None) -> QuerySet[RegistrationEntry]:
    """Return the person's own lines of all years, the latest first."""
    rows = RegistrationEntry.objects.filter(Q(person=person_id) & Q(person__isnull=False))
    return rows.select_related("registration__unit").order_by("-registration__year", "pk")

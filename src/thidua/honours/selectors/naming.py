"""Who is meant by the lines of a list: people, units or households as a clerk types or pastes them."""

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line
from thidua.honours.models import Honour
from thidua.organisations.models import Person, Unit
from thidua.organisations.searching import search_text

BREAK = " — "
MOST_LINES = 500
CHUNK = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what was typed, whom it may mean, and who was chosen (None: nobody yet)."""

    number: int
    text: str
    certificate_number: str
    matches: tuple[Person | Unit, ...]
    chosen: Person | Unit | None
    is_household: bool = False

    @property
    def key(self) -> str:
        """The name under which a form sends the choice for this text."""
        return f"pick-{zlib.crc32(self.text.encode()):08x}"

    @property
    def is_settled(self) -> bool:
        return self.is_household or self.chosen is not None


def lines_of(text: str) -> list[tuple[str, str]]:
    """Cut a pasted list into name and number of the certificate, parted by a tab or a bar; blank lines go."""
    found = []
    for line in text.splitlines():
        name, _, certificate = line.replace("\t", "|").partition("|")
        if one_line(name):
            found.append((one_line(name), one_line(certificate)))
    return found


def resolve(
    kind: str,
    text: str,
    people: QuerySet[Person],
    units: QuerySet[Unit],
    picks: Mapping[str, str],
) -> list[Line]:
    """Return the lines with whom each may mean among those the clerk may write for. Few queries at any length."""
    given = lines_of(text)[:MOST_LINES]
    if kind == Honour.Kind.HOUSEHOLD:
        return [
            Line(number, name, certificate, (), None, is_household=True)
            for number, (name, certificate) in enumerate(given, start=1)
        ]
    names = [name for name, _ in given]
    known = people_named(people, names) if kind == Honour.Kind.INDIVIDUAL else units_named(units, names)
    lines = []
    for number, (name, certificate) in enumerate(given, start=1):
        line = Line(number, name, certificate, tuple(known.get(name, ())), None)
        lines.append(Line(number, name, certificate, line.matches, chosen_of(line, picks)))
    return lines


def chosen_of(line: Line, picks: Mapping[str, str]) -> Person | Unit | None:
    picked = picks.get(line.key, "")
    found = next((row for row in line.matches if str(row.pk) == picked), None)
    return found or (line.matches[0] if len(line.matches) == 1 else None)


def people_named(people: QuerySet[Person], names: Iterable[str]) -> dict[str, list[Person]]:
    """Return, for each of ``names``, the people of that name, of that “name — post, unit”, or of that code."""
    wanted = {name: fold(name.split(BREAK, maxsplit=1)[0]) for name in names}
    rows: dict[UUID, Person] = {}
    folded, codes = sorted(set(wanted.values())), sorted(set(wanted))
    for first in range(0, len(codes), CHUNK):
        several = Q(folded__in=folded[first : first + CHUNK]) | Q(staff_code__in=codes[first : first + CHUNK])
        found = people.filter(several).select_related("unit", "record_unit")
        rows |= {row.pk: row for row in found.order_by("sort_key", "pk")}
    return {name: matching_people(name, key, rows.values()) for name, key in wanted.items()}


_TOLD_TWICE = re.compile(r"(?P<name>[^()]+)\((?P<code>[^()]+)\)")


def people_told_twice(people: QuerySet[Person], texts: Iterable[str]) -> dict[str, list[Person]]:
    """Return whom “name (code)” means, where both are of one person.

    For people whose names the writer may not look up: who knows neither learns nothing by trying codes.
    """
    told = {text: found for text in texts if (found := _TOLD_TWICE.fullmatch(text))}
    codes = {found["code"].strip() for found in told.values()}
    rows = people.filter(staff_code__in=codes).exclude(staff_code="").select_related("unit", "record_unit")
    by_both = {(row.staff_code, row.folded): row for row in rows} if codes else {}
    keys = {text: (found["code"].strip(), fold(one_line(found["name"]))) for text, found in told.items()}
    return {text: [by_both[key]] for text, key in keys.items() if key in by_both}


def matching_people(name: str, folded: str, rows: Iterable[Person]) -> list[Person]:
    """Narrow to the typed tones, then to the whole label, where that leaves somebody."""
    found = [row for row in rows if row.folded == folded or (row.staff_code and row.staff_code == name)]
    typed = search_text(name.split(BREAK, maxsplit=1)[0]).marked
    for narrower in (
        [row for row in found if row.marked == typed],
        [row for row in found if label_of(row) == name],
        [row for row in found if fold(label_of(row)) == fold(name)],
        [row for row in found if row.staff_code and row.staff_code == name],
    ):
        found = narrower or found
    return found


def units_named(units: QuerySet[Unit], names: Iterable[str]) -> dict[str, list[Unit]]:
    wanted = {name: fold(name.split(BREAK, maxsplit=1)[0]) for name in names}
    rows: dict[UUID, Unit] = {}
    items = sorted(wanted.items())
    for first in range(0, len(items), CHUNK):
        condition = Q(pk__in=[])
        for name, folded in items[first : first + CHUNK]:
            condition |= Q(folded__startswith=folded) | Q(folded__endswith=folded) | Q(code=name)
        rows |= {row.pk: row for row in units.filter(condition).select_related("parent").order_by("depth")}
    return {name: matching_units(name, key, rows.values()) for name, key in wanted.items()}


def matching_units(name: str, folded: str, rows: Iterable[Unit]) -> list[Unit]:
    found = [row for row in rows if folded in (fold(row.name), fold(row.short_name)) or row.code == name]
    exact = [row for row in found if label_of(row) == name]
    return exact or [row for row in found if fold(label_of(row)) == fold(name)] or found


def label_of(row: Any) -> str:
    """Write a person or unit so that those of one name are told apart."""
    if isinstance(row, Person):
        unit = row.unit or row.record_unit
        where = ", ".join(part for part in (row.position, unit.name if unit else "") if part)
        return f"{row.full_name}{BREAK}{where}" if where else row.full_name
    return f"{row.name}{BREAK}{row.parent.name}" if row.parent and row.depth > 1 else str(row.name)

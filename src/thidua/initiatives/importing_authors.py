"""The authors of a work as one cell names them, and whom each of them means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line
from thidua.exchange.importers import Given
from thidua.exchange.problems import Problem
from thidua.initiatives.permissions import HANDLE
from thidua.initiatives.services.writing import Author
from thidua.initiatives.shares import Part, part_told
from thidua.organisations.importing_person import FoundPerson, PersonDirectory
from thidua.organisations.models import Person
from thidua.organisations.permissions import User, nameable_people

_BETWEEN = re.compile(r"[\n;]|,(?![^()]*\))|\s+(?:và|&)\s+")
_NUMBER = re.compile(r"^\d{1,2}[.)]\s*")
_BEFORE_NAME = re.compile(r"^(?:(?:ông|bà|đ/c|đồng chí|gs|pgs|ts|ths|cn|ks|bs|ls)\b\.?\s*)+", re.IGNORECASE)
_BRACKETS = re.compile(r"\(([^()]*)\)")
_PARTS = re.compile(r"\s+[-–—]\s+|\s*[|:]\s*")
UNTOLD = Part()
_LAST_PERCENT = re.compile(r"\s(\d{1,3}\s*%)$")


@dataclass(frozen=True, slots=True)
class Named:
    """An author as written. ``part`` is None where what stands beside the name means nothing known."""

    text: str
    name: str = ""
    code: str = ""
    unit: str = ""
    part: Part | None = UNTOLD


def authors_named(cell: str, *, code: str = "", unit: str = "", shares: str = "") -> tuple[Named, ...]:
    """Read a cell of authors; ``code`` is the first one's, ``unit`` everybody's who has none beside the name.

    ``shares`` is a cell of its own with as many shares as there are authors.
    """
    found = [author_named(piece) for piece in pieces_of(cell)]
    if found and code and not found[0].code:
        found[0] = replace(found[0], code=code)
    if not found and code:
        found = [Named(code, code=code)]
    told = [one for one in re.split(r"[\n;/]|,\s+", shares) if one.strip()]
    if told:
        found = with_shares(found, told)
    return tuple(replace(one, unit=one.unit or unit) for one in found)


def pieces_of(cell: str) -> list[str]:
    """Part a cell into authors; a piece that only tells a share or a role belongs to the one before it."""
    pieces: list[str] = []
    for piece in (one_line(one) for one in _BETWEEN.split(cell)):
        if piece and pieces and part_told(piece) is not None:
            pieces[-1] = f"{pieces[-1]} | {piece}"
        elif piece:
            pieces.append(piece)
    return pieces


def author_named(text: str) -> Named:
    rest = _BEFORE_NAME.sub("", _NUMBER.sub("", text))
    code = unit = ""
    told: list[str] = []
    for inside in (one.strip() for one in _BRACKETS.findall(rest)):
        if part_told(inside) is not None:
            told.append(inside)
        elif any(letter.isdigit() for letter in inside):
            code = inside
        else:
            unit = inside
    rest = one_line(_BRACKETS.sub(" ", rest))
    if last := _LAST_PERCENT.search(rest):
        told.append(last[1])
        rest = rest[: last.start()].rstrip(" -–—:|,")
    name, *others = _PARTS.split(rest)
    part = part_told(" ".join([*others, *told]))
    if any(letter.isdigit() for letter in name):
        name, code = "", code or name.strip()
    return Named(text, one_line(name), code, unit, part)


def with_shares(found: list[Named], told: list[str]) -> list[Named]:
    """Give each author the share of its place; where the numbers differ nobody's share is certain."""
    if len(told) != len(found):
        return [replace(one, part=None) for one in found]
    shares = [part_told(one) for one in told]
    return [
        replace(one, part=replace(one.part, percent=share.percent) if one.part and share else None)
        for one, share in zip(found, shares, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom the authors of a row mean; ``doubtful`` are the people of whom one is meant."""

    authors: tuple[Author, ...] = ()
    problems: tuple[Problem, ...] = ()
    doubtful: tuple[Person, ...] = ()


class AuthorDirectory(PersonDirectory):
    """Looks authors up among those the importing user may name; leading a work asks for more."""

    def __init__(self, user: User) -> None:
        super().__init__(user, HANDLE)
        self.people = Person.objects.filter(nameable_people(user))

    def meant(self, rows: Sequence[tuple[Sequence[Named], str]]) -> list[Meant]:
        """Return whom each row means, in one query for all; beside the authors stands whom somebody chose."""
        lines = [Given(0, values_of(one)) for authors, _chosen in rows for one in authors]
        found = iter(self.find_all(lines))
        return [meant_of([(one, next(found)) for one in authors], chosen) for authors, chosen in rows]


def values_of(one: Named) -> dict[str, Any]:
    return {"full_name": one.name, "staff_code": one.code, "unit": one.unit}


def meant_of(pairs: Sequence[tuple[Named, FoundPerson]], chosen: str) -> Meant:
    settled = [(one, settled_by(found, chosen)) for one, found in pairs]
    problems = [problem for one, found in settled for problem in problems_of(one, found)]
    doubts = [found.several for _one, found in settled if found.several]
    authors = tuple(
        Author(found.person, one.part.percent, one.part.role)
        for one, found in settled
        if found.person and one.part
    )
    # Of two doubtful authors a choice could not tell which is meant.
    asked = doubts[0] if len(doubts) == 1 and len(problems) == 1 else ()
    return Meant(authors, tuple(problems), asked)


def settled_by(found: FoundPerson, chosen: str) -> FoundPerson:
    """Return the person somebody chose, where it is one of those the name may mean."""
    meant = next((person for person in found.several if str(person.pk) == chosen), None)
    return FoundPerson(meant) if meant else found


def problems_of(one: Named, found: FoundPerson) -> list[Problem]:
    problems = [found.problem] if found.problem else []
    if found.person and one.name and found.person.folded != fold(one.name):
        facts = {"code": one.code, "person": found.person.full_name, "name": one.name}
        problems.append(Problem("name_differs", "authors", facts))
    if one.part is None:
        problems.append(Problem("part_unreadable", "authors", {"name": one.text}))
    return problems


def chosen_people(ids: Sequence[str]) -> dict[str, Person]:
    rows = Person.objects.filter(pk__in=[UUID(one) for one in ids]).select_related("unit", "record_unit")
    return {str(person.pk): person for person in rows}

"""The people of the invented sector: who they are and every post and leave they had.

The same seed and the same units give the same people on every machine and every version of Python.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from thidua.demo.careers import Career, Careers, Slot
from thidua.demo.chance import Chance
from thidua.demo.data_files import DATA, read_yaml
from thidua.demo.names import FullName, Names
from thidua.demo.posts import Leave, Post, Sex
from thidua.demo.units import Sector, Unit

STAFFED_ON = date(2026, 6, 1)
"""The day the head counts are true of."""

FORMER_HOLDER_SHARE = 0.06
SECONDED = 10
"""People of the ministry lent to a province besides the named ones."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person; posts oldest first. ``staff_code`` is unique within the sector and within the association."""

    staff_code: str
    name: FullName
    sex: Sex
    born_on: date
    email: str
    posts: tuple[Post, ...]
    leaves: tuple[Leave, ...] = ()

    @property
    def main_post(self) -> Post:
        """The last post that is neither a secondment nor held beside another."""
        return [post for post in self.posts if post.kind == "main"][-1]


@dataclass(frozen=True, slots=True)
class _Draft:
    code: str | None
    name: FullName
    sex: Sex
    born_on: date
    posts: tuple[Post, ...]
    leaves: tuple[Leave, ...]


def generate_people(seed: int, units: Sector) -> tuple[Person, ...]:
    """Invent about 2,000 people: who staffs ``units`` on ``STAFFED_ON`` and some who retired before."""
    named = [_named(row) for row in read_yaml(DATA / "key_people.yaml")["people"]]
    drafts = [*named, *_invented(Chance(seed), units, named)]
    return tuple(_with_codes_and_addresses(drafts, units))


def _named(row: dict[str, Any]) -> _Draft:
    leaves = tuple(Leave(leave["kind"], leave["from"], leave["to"]) for leave in row.get("leaves", ()))
    posts = tuple(_post(entry) for entry in row["posts"])
    return _Draft(row["code"], FullName(*row["name"]), row["sex"], row["born"], posts, leaves)


def _post(row: dict[str, Any]) -> Post:
    unit, position, start, *end = row["post"]
    kind: Literal["main", "secondment", "concurrent"] = "main"
    if row.get("secondment"):
        kind = "secondment"
    elif row.get("concurrent"):
        kind = "concurrent"
    return Post(
        unit,
        position,
        is_manager=row.get("manager", False),
        staff_kind=row.get("staff_kind", "civil_servant"),
        contract_months=row.get("contract_months"),
        valid_from=start,
        valid_until=end[0] if end else None,
        kind=kind,
        reason=row.get("reason", "appointed"),
    )


def _invented(chance: Chance, units: Sector, named: list[_Draft]) -> Iterator[_Draft]:
    names, careers = Names.load(), Careers.load(units, STAFFED_ON)
    taken = [(p.unit, p.position) for draft in named for p in draft.posts if p.valid_until is None]
    to_lend = SECONDED
    for unit in units.on(STAFFED_ON):
        for slot in careers.slots(unit, chance):
            if (unit.code, slot.position) in taken:
                taken.remove((unit.code, slot.position))
                continue
            draft = _person(chance, names, careers, unit, slot)
            if to_lend and careers.may_be_lent(unit, draft.posts[-1]) and chance.happens(0.1):
                draft, to_lend = _lent(draft, careers, chance), to_lend - 1
            yield draft
            if slot.is_manager and chance.happens(FORMER_HOLDER_SHARE):
                former = _former_holder(chance, names, careers, unit, slot, draft.posts[-1].valid_from)
                if former.posts:  # nobody came before the first holder in a new unit
                    yield former


def _person(chance: Chance, names: Names, careers: Careers, unit: Unit, slot: Slot) -> _Draft:
    sex: Sex = "female" if chance.happens(slot.women) else "male"
    return _drafted(names.invent(chance, sex, unit.province), sex, careers.career(unit, slot, sex, chance))


def _former_holder(
    chance: Chance, names: Names, careers: Careers, unit: Unit, slot: Slot, until: date
) -> _Draft:
    """Invent who held the slot before: retired on the day the present holder began."""
    sex: Sex = "female" if chance.happens(slot.women) else "male"
    return _drafted(
        names.invent(chance, sex, unit.province), sex, careers.ended_career(unit, slot, until, chance)
    )


def _drafted(name: FullName, sex: Sex, career: Career) -> _Draft:
    return _Draft(None, name, sex, career.born_on, career.posts, career.leaves)


def _lent(draft: _Draft, careers: Careers, chance: Chance) -> _Draft:
    posts = (*draft.posts, careers.secondment(draft.posts[-1], chance))
    return _Draft(draft.code, draft.name, draft.sex, draft.born_on, posts, draft.leaves)


def _with_codes_and_addresses(drafts: list[_Draft], units: Sector) -> Iterator[Person]:
    numbers = {"TP": 100, "LG": 100}
    used: dict[str, int] = {}
    for draft in drafts:
        unit = units.by_code[draft.posts[-1].unit]
        prefix = "LG" if unit.code.startswith(("HLG-", "HLGVN")) else "TP"
        code = draft.code
        if code is None:
            numbers[prefix] += 1
            code = f"{prefix}{numbers[prefix]:05}"
        email = _address(draft.name, unit, used)
        yield Person(code, draft.name, draft.sex, draft.born_on, email, draft.posts, draft.leaves)


def _address(name: FullName, unit: Unit, used: dict[str, int]) -> str:
    """Make ``dungnv2@lao-cai.demo.invalid``: given name, initials, a figure where someone has it already."""
    base = f"{name.mailbox}@{_domain(unit)}"
    used[base] = used.get(base, 0) + 1
    if used[base] == 1:
        return base
    return base.replace("@", f"{used[base]}@", 1)


def _domain(unit: Unit) -> str:
    head, _, rest = unit.code.partition(".")[0].partition("-")
    match head:
        case "STP":
            return f"{rest.lower()}.demo.invalid"
        case "THADS":
            return "thads.demo.invalid"
        case "HLG" | "HLGVN":
            return "hoiluatgia.demo.invalid"
        case _:
            return "btp.demo.invalid"

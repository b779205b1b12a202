"""Inventing careers that fit the units' history: nobody sits in a unit on a day it did not exist."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Self

from thidua.demo.chance import Chance
from thidua.demo.data_files import DATA, read_yaml
from thidua.demo.posts import Leave, LeaveKind, Post, Reason, Sex, StaffKind
from thidua.demo.units import Sector, Unit

YEAR = 365.25
TRANSFER_SHARE = 0.15
PROBATION_DAYS = 365
MATERNITY_SHARE = 0.12
REGISTER_BEGINS = date(2010, 1, 1)
OLDEST = {"male": 60.5, "female": 56.5}
"""Ages nobody passes in a civil post; elected posts have no such end."""

HIRED = frozenset({"contract_indefinite", "contract_fixed"})
UNTRACED = frozenset({"bo", "hoi", "hoi_tinh"})
"""Kinds of unit whose people came from outside the sector."""

STEP_BEFORE_LEADING = "Trưởng phòng"
CHILDBEARING_BORN = (date(1988, 1, 1), date(2001, 1, 1))


@dataclass(frozen=True, slots=True)
class Slot:
    """A seat in a unit: its title, who may hold it, how old they are when they begin."""

    position: str
    is_manager: bool
    staff_kind: StaffKind
    contract_months: int | None
    age: tuple[int, int]
    women: float


@dataclass(frozen=True, slots=True)
class Career:
    """When somebody was born, and all posts and leaves since the register began."""

    born_on: date
    posts: tuple[Post, ...]
    leaves: tuple[Leave, ...]


@dataclass(frozen=True, slots=True)
class Stay:
    """A stretch of time in one unit under one kind of unit."""

    unit: str
    kind: str
    start: date
    end: date | None


@dataclass(frozen=True)
class Careers:
    """Knows the seats of each kind of unit and where units came from."""

    units: Sector
    today: date
    staffing: dict[str, list[dict[str, Any]]]
    titles: dict[str, list[str]]

    @classmethod
    def load(cls, units: Sector, today: date) -> Self:
        return cls(units, today, read_yaml(DATA / "staffing.yaml"), read_yaml(DATA / "titles.yaml"))

    def slots(self, unit: Unit, chance: Chance) -> Iterator[Slot]:
        """Draw the seats of ``unit`` today, the head first."""
        for row in self.staffing[unit.kind]:
            count = row["count"]
            mean = count[unit.size or "M"] if isinstance(count, dict) else count
            slot = Slot(
                row["position"],
                row["manager"],
                row["staff_kind"],
                row.get("contract_months"),
                (row["age"][0], row["age"][1]),
                row["women"],
            )
            yield from (slot for _ in range(chance.count(mean)))

    def career(self, unit: Unit, slot: Slot, sex: Sex, chance: Chance) -> Career:
        """Invent the way into ``slot``, held until today and on."""
        began = chance.day_before(self.today, 60, int(6 * YEAR)).replace(day=1)
        born = began - timedelta(days=int(chance.between(*slot.age) * YEAR))
        if slot.staff_kind not in {"cadre", "member"}:
            born = max(born, self.today - timedelta(days=int(OLDEST[sex] * YEAR)))
        origin = chance.whole(0, 99)
        posts = (
            *self._apprenticeship(unit, slot, born, began, origin, chance),
            *self._posts(unit, slot, began, None, origin),
        )
        posts = _joined(_without_seams(posts), self.today)
        return Career(born, posts, tuple(self._leaves(sex, born, began, chance)))

    def ended_career(self, unit: Unit, slot: Slot, until: date, chance: Chance) -> Career:
        """Invent a holder of ``slot`` who retired on ``until``."""
        began = chance.day_before(until, int(3 * YEAR), int(8 * YEAR)).replace(day=1)
        born = chance.day_before(until, int(60.5 * YEAR), int(61.5 * YEAR))
        posts = self._posts(unit, slot, max(began, REGISTER_BEGINS), until, chance.whole(0, 99))
        return Career(born, posts, ())

    def may_be_lent(self, unit: Unit, post: Post) -> bool:
        seasoned = post.valid_from.year < self.today.year
        return unit.kind == "phong_bo" and seasoned and not post.is_manager

    def secondment(self, post: Post, chance: Chance) -> Post:
        """Lend the holder of ``post`` to a provincial department for some months of this year."""
        hosts = [u for u in self.units.on(self.today) if u.kind == "phong_so"]
        start = date(self.today.year, chance.whole(1, 4), 1)
        end = start + timedelta(days=30 * chance.whole(6, 9))
        return replace(
            post,
            unit=chance.one(hosts).code,
            valid_from=start,
            valid_until=end.replace(day=1),
            kind="secondment",
            reason="seconded",
        )

    def _apprenticeship(
        self, unit: Unit, slot: Slot, born: date, began: date, origin: int, chance: Chance
    ) -> tuple[Post, ...]:
        """Invent the junior post before this one, in this unit or another, where age leaves room for it."""
        joined = born + timedelta(days=int(chance.between(23, 27) * YEAR))
        start = max(joined.replace(day=1), REGISTER_BEGINS)
        brief = began - start < timedelta(days=2 * YEAR)
        if brief or slot.staff_kind in HIRED or unit.kind in UNTRACED:
            return ()
        junior = self._junior(unit, slot)
        elsewhere = chance.happens(TRANSFER_SHARE)
        home = chance.one(self._like(unit)) if elsewhere else unit
        return self._posts(home, junior, start, began, origin)

    def _junior(self, unit: Unit, slot: Slot) -> Slot:
        """Return the seat one holds before this one."""
        if not slot.is_manager:
            return replace(slot, position="Chuyên viên") if slot.position == "Chuyên viên chính" else slot
        if unit.kind in self.titles or unit.kind == "so":
            return replace(slot, position=STEP_BEFORE_LEADING)
        title = "Hội viên" if slot.staff_kind == "member" else "Chuyên viên"
        return replace(slot, position=title, is_manager=False)

    def _like(self, unit: Unit) -> list[Unit]:
        return [other for other in self.units.on(self.today) if other.kind == unit.kind]

    def _posts(self, unit: Unit, slot: Slot, start: date, end: date | None, origin: int) -> tuple[Post, ...]:
        return tuple(self._held(stay, unit, slot) for stay in self._stays(unit, start, end, origin))

    def _held(self, stay: Stay, unit: Unit, slot: Slot) -> Post:
        position = self._title(slot.position, unit.kind, stay.kind)
        return Post(
            stay.unit,
            position,
            slot.is_manager,
            slot.staff_kind,
            stay.start,
            stay.end,
            reason=self._reason(stay, slot),
            contract_months=slot.contract_months,
        )

    def _reason(self, stay: Stay, slot: Slot) -> Reason:
        if stay.start == REGISTER_BEGINS:
            return "recorded"
        unit = self.units.by_code[stay.unit]
        if stay.start in {unit.founded_on, *(name.valid_from for name in unit.names)}:
            return "reorganised"
        return "appointed" if slot.is_manager else "transferred"

    def _title(self, position: str, kind: str, former_kind: str) -> str:
        """Name the position as a unit of ``former_kind`` named it."""
        ours, theirs = self.titles.get(kind, []), self.titles.get(former_kind, [])
        return theirs[ours.index(position)] if position in ours and theirs else position

    def _stays(self, unit: Unit, start: date, end: date | None, origin: int) -> Iterator[Stay]:
        """Follow the unit back to its predecessors, and cut where its kind changed."""
        if start < unit.founded_on:
            earlier = self._predecessor(unit, origin)
            if earlier is not None:
                yield from self._stays(earlier, start, min(unit.founded_on, end or unit.founded_on), origin)
            start = unit.founded_on
        if end is not None and start >= end:
            return
        turns = [n for n in unit.names if start < n.valid_from and (end is None or n.valid_from < end)]
        cuts = [turn.valid_from for turn in turns if turn.kind != unit.name_on(start).kind]
        for begin, finish in zip([start, *cuts], [*cuts, end], strict=True):
            yield Stay(unit.code, unit.name_on(begin).kind, begin, finish)

    def _predecessor(self, unit: Unit, origin: int) -> Unit | None:
        """Return where somebody in ``unit`` came from; ``origin`` picks among several former units."""
        before = self.units.predecessors.get(unit.code, ())
        if before:
            return self.units.by_code[before[origin % len(before)]]
        parent = self.units.by_code.get(unit.parent_on(unit.founded_on) or "")
        if parent is None or parent.parent is None or parent.kind == "bo":
            return None
        if parent.founded_on < unit.founded_on:
            return parent
        above = self._predecessor(parent, origin)
        division = f"{above.code}.HCBT" if above else ""
        return self.units.by_code.get(division, above)

    def _leaves(self, sex: Sex, born: date, began: date, chance: Chance) -> Iterator[Leave]:
        if sex == "female" and CHILDBEARING_BORN[0] < born < CHILDBEARING_BORN[1]:
            if chance.happens(MATERNITY_SHARE):
                yield _leave("maternity", began, self.today, 183, chance)
        elif chance.happens(0.006):
            yield _leave("study", began, self.today, 150, chance)


def _leave(kind: LeaveKind, began: date, today: date, days: int, chance: Chance) -> Leave:
    start = max(began, chance.day_before(today, -120, 240))
    return Leave(kind, start, start + timedelta(days=days))


def _without_seams(posts: tuple[Post, ...]) -> tuple[Post, ...]:
    """Join posts that follow each other in the same seat."""
    joined: list[Post] = []
    for post in posts:
        if joined and (joined[-1].unit, joined[-1].position) == (post.unit, post.position):
            joined[-1] = replace(joined[-1], valid_until=post.valid_until)
        else:
            joined.append(post)
    return tuple(joined)


def _joined(posts: tuple[Post, ...], today: date) -> tuple[Post, ...]:
    """Mark the first post as recruitment, with a year of probation where it began within the last year."""
    first, *rest = posts
    if first.reason in {"recorded", "reorganised"} or first.is_manager:
        return posts
    first = replace(first, reason="recruited")
    recent = today - first.valid_from < timedelta(days=PROBATION_DAYS)
    if rest or not recent or first.staff_kind not in {"civil_servant", "public_employee"}:
        return (first, *rest)
    until = first.valid_from + timedelta(days=PROBATION_DAYS)
    return (
        replace(first, staff_kind="probation", valid_until=until),
        replace(first, valid_from=until, reason="appointed"),
    )

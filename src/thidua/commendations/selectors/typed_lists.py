"""A list typed, pasted or uploaded by a clerk, read strictly; nothing of it is kept.

Headings tell the columns; without headings they are: name, award, kind, year, achievement.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from django.utils.translation import gettext as _

from thidua.commendations.selectors.award_lists import ListedAward
from thidua.core.eligibility.operators.wording import SHORT
from thidua.core.law.words import Level, SubjectKind
from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line
from thidua.honours.catalogue import catalogue
from thidua.honours.selectors.naming import people_named, units_named
from thidua.organisations.models import Person, Unit
from thidua.organisations.permissions import User, visible_people, visible_units

MOST_LINES = 2000
COLUMNS = ("name", "award", "kind", "year", "achievement")
HEADINGS = {
    "name": {"ten", "ho va ten", "ho ten", "ten ca nhan", "ten tap the", "ca nhan tap the", "tap the ca nhan"},
    "award": {
        "danh hieu", "hinh thuc", "danh hieu hinh thuc", "hinh thuc khen thuong", "danh hieu thi dua", "muc khen",
    },
    "kind": {"doi tuong", "loai doi tuong"},
    "year": {"nam", "nam thanh tich", "thanh tich nam", "nam khen"},
    "achievement": {"thanh tich", "phong trao", "chuyen de"},
    "level": {"cap", "cap khen"},
}  # fmt: skip
KINDS = {
    "ca nhan": SubjectKind.INDIVIDUAL,
    "tap the": SubjectKind.COLLECTIVE,
    "ho gia dinh": SubjectKind.HOUSEHOLD,
    "ho": SubjectKind.HOUSEHOLD,
}
LEVEL_WORDS = {
    Level.COMMUNE: {"xa", "phuong", "dac khu", "xa phuong", "xa phuong dac khu", "ubnd xa", "ubnd phuong"},
    Level.UNIT: {"co so", "don vi"},
    Level.MINISTRY: {"bo", "bo nganh", "bo ban nganh", "nganh", "bo truong"},
    Level.PROVINCE: {"tinh", "thanh pho", "tinh thanh pho", "ubnd tinh", "ubnd thanh pho"},
    Level.STATE: {
        "nha nuoc", "toan quoc", "quoc gia", "chinh phu", "thu tuong", "thu tuong chinh phu", "ttg", "chu tich nuoc",
    },
}  # fmt: skip
LEVELS = {word: level for level, words in LEVEL_WORDS.items() for word in words}
_OF_LEVELS = {
    ("bang khen",): {Level.MINISTRY: "BK_BO", Level.PROVINCE: "BK_BO", Level.STATE: "BK_TTG"},
    ("co", "co thi dua"): {Level.MINISTRY: "CO_BO", Level.PROVINCE: "CO_BO", Level.STATE: "CO_CP"},
    ("cstd", "chien si thi dua"): {
        Level.UNIT: "CSTDCS", Level.MINISTRY: "CSTDB", Level.PROVINCE: "CSTDB", Level.STATE: "CSTDTQ",
    },
}  # fmt: skip
OF_LEVELS = {word: awards for words, awards in _OF_LEVELS.items() for word in words}
"""Words that name an award only together with a level, folded."""
FIRST_YEAR = 1945
Cells = Sequence[str]


class TypedListError(ValueError):
    """The list cannot be used; ``problems`` are sentences, each with its line and what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Decided:
    """What holds for every line: the day of the decision, and the year of lines that name none."""

    on: date
    year: int


def table_of(text: str) -> list[tuple[int, list[str]]]:
    """Return the numbered rows of a pasted text: cells parted by tabs, or by bars."""
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [one_line(cell) for cell in line.replace("|", "\t").split("\t")]
        if any(cells):
            rows.append((number, cells))
    return rows


def read_list(rows: Sequence[tuple[int, Cells]], decided: Decided) -> list[ListedAward]:
    """Return the awards of the rows. Raises TypedListError with everything found."""
    if not rows:
        raise TypedListError([_("Danh sách chưa có dòng nào. Dán tên và danh hiệu, mỗi dòng một lần khen.")])
    if len(rows) > MOST_LINES:
        raise TypedListError([
            _("Danh sách có %(number)s dòng, nhiều nhất là %(most)s. Tách thành nhiều danh sách.")
            % {"number": len(rows), "most": MOST_LINES}
        ])  # fmt: skip
    places = headings(rows[0][1])
    body = rows[1:] if places else rows
    reading = _Reading(places or {name: place for place, name in enumerate(COLUMNS)}, decided)
    found = [one for number, cells in body if (one := reading.line(number, cells))]
    if reading.problems:
        raise TypedListError(reading.problems)
    return found


def headings(cells: Cells) -> dict[str, int]:
    """Return which column is which; empty where the row is no row of headings."""
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        words = " ".join(
            fold(cell).replace(",", " ").replace("/", " ").replace("(", " ").replace(")", " ").split()
        )
        for name, known in HEADINGS.items():
            if words in known:
                places.setdefault(name, place)
    return places if {"name", "award"} <= places.keys() else {}


@cache
def awards_by_word() -> Mapping[str, str]:
    """Return every way of writing an award, folded: id, short name, the names of both languages."""
    known = {}
    for entry in catalogue().values():
        for word in (entry.id, SHORT.get(entry.id, ""), *dict(entry.labels).values()):
            known[fold(word)] = entry.id
    known.pop("", None)
    return known


def level_of(word: str) -> Level | None:
    """Return the level a cell or the end of an award's name tells: “tỉnh”, “cấp tỉnh”, “của Bộ trưởng”."""
    words = fold(word).replace(",", " ").replace("uy ban nhan dan", "ubnd").split()
    while words and words[0] in {"cap", "cua", "muc"}:
        words = words[1:]
    return LEVELS.get(" ".join(words))


def award_of(word: str, level: Level | None) -> tuple[str, Level | None]:
    """Return the award meant, empty where none is, and the level the word or ``level`` tells."""
    asked = " ".join(fold(word).split())
    if found := awards_by_word().get(asked):
        return found, level
    for stem, awards in OF_LEVELS.items():
        rest = asked.removeprefix(stem).strip() if asked == stem or asked.startswith(f"{stem} ") else None
        told = level if rest == "" else level_of(rest or "")
        if rest is not None and told in awards:
            return awards[told], told
    return "", level


class _Reading:
    """Reads line after line and gathers what cannot be read."""

    def __init__(self, places: Mapping[str, int], decided: Decided) -> None:
        self.places = places
        self.decided = decided
        self.problems: list[str] = []

    def _cell(self, cells: Cells, name: str) -> str:
        place = self.places.get(name)
        return cells[place] if place is not None and place < len(cells) else ""

    def _fault(self, number: int, said: str, **facts: object) -> None:
        self.problems.append(_("Dòng %(number)s: ") % {"number": number} + said % facts)

    def line(self, number: int, cells: Cells) -> ListedAward | None:
        name, told = self._cell(cells, "name"), self._level(number, self._cell(cells, "level"))
        award, level = self._award(number, self._cell(cells, "award"), told)
        if not name:
            self._fault(number, _("thiếu tên. Ghi tên cá nhân hoặc tập thể."))
        kind = self._kind(number, self._cell(cells, "kind"), award)
        period = self._period(number, self._cell(cells, "year"))
        if not (name and award and kind and period):
            return None
        return ListedAward(
            name=name,
            kind=kind,
            award=award,
            on=self.decided.on,
            period=period,
            level=level or Level(catalogue()[award].level),
            achievement=None if catalogue()[award].is_title else self._cell(cells, "achievement") or None,
        )

    def _level(self, number: int, word: str) -> Level | None:
        level = level_of(word)
        if word and level is None:
            self._fault(
                number,
                _("không rõ cấp “%(word)s”. Ghi: cấp xã, cấp cơ sở, cấp bộ, cấp tỉnh hoặc cấp nhà nước."),
                word=word,
            )
        return level

    def _award(self, number: int, word: str, level: Level | None) -> tuple[str, Level | None]:
        award, told = award_of(word, level)
        fitting = next((awards for awards in OF_LEVELS.values() if award in awards.values()), {})
        if award and level and fitting and fitting.get(level) != award:
            self._fault(
                number, _("“%(word)s” không phải của cấp ghi ở cột Cấp. Sửa một trong hai."), word=word
            )
        elif not award and fold(word) in OF_LEVELS:
            self._fault(
                number,
                _("“%(word)s” có ở nhiều cấp. Thêm cột Cấp, hoặc ghi như: %(word)s cấp bộ."),
                word=word,
            )
        elif not award:
            self._fault(
                number,
                _(
                    "“%(word)s” không có trong danh mục danh hiệu, hình thức. "
                    "Ghi như: LĐTT, CSTĐCS, Bằng khen cấp bộ."
                ),
                word=word,
            )
        return award, told

    def _kind(self, number: int, word: str, award: str) -> SubjectKind | None:
        if word:
            kind = KINDS.get(fold(word))
            if kind is None:
                self._fault(
                    number,
                    _("không rõ đối tượng “%(word)s”. Ghi: cá nhân, tập thể, hộ gia đình."),
                    word=word,
                )
            return kind
        subjects = catalogue()[award].subjects if award else frozenset()
        if len(subjects) == 1:
            return SubjectKind(next(iter(subjects)))
        if award:
            self._fault(number, _("thiếu đối tượng. Ghi: cá nhân, tập thể hoặc hộ gia đình."))
        return None

    def _period(self, number: int, word: str) -> tuple[int, int] | None:
        if not word:
            return self.decided.year, self.decided.year
        years = word.replace("–", "-").split("-")
        if all(year.strip().isdecimal() for year in years) and len(years) <= len(("first", "last")):
            first, last = int(years[0]), int(years[-1])
            if FIRST_YEAR <= first <= last <= self.decided.on.year:
                return first, last
        self._fault(
            number,
            _("năm “%(word)s” không đọc được. Ghi 2025 hoặc 2021-2025, không sau năm quyết định."),
            word=word,
        )
        return None


def recognised(user: User, listed: Iterable[ListedAward]) -> list[ListedAward]:
    """Return the lines with the person or unit of the register, where one alone of that name is in sight."""
    lines = list(listed)
    names = {kind: {one.name for one in lines if one.kind is kind} for kind in SubjectKind}
    people = people_named(
        Person.objects.filter(visible_people(user)).select_related("unit__parent"),
        names[SubjectKind.INDIVIDUAL],
    )
    units = units_named(
        Unit.objects.filter(visible_units(user), dissolved_on=None).select_related("parent"),
        names[SubjectKind.COLLECTIVE],
    )
    return [_known(one, people, units) for one in lines]


def _known(
    one: ListedAward, people: Mapping[str, Sequence[Person]], units: Mapping[str, Sequence[Unit]]
) -> ListedAward:
    if one.kind is SubjectKind.INDIVIDUAL:
        found = people.get(one.name, ())
        if len(found) == 1:
            name = found[0].full_name if found[0].staff_code == one.name else one.name
            return replace(one, name=name, person=found[0], place=found[0].unit)
        return replace(one, namesakes=len(found))
    if one.kind is SubjectKind.COLLECTIVE:
        same = units.get(one.name, ())
        if len(same) == 1:
            return replace(one, unit=same[0], place=same[0])
        return replace(one, namesakes=len(same))
    return one

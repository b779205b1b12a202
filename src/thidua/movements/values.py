"""What a person typed into an item's parts, checked and made into the item's value."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thidua.core.text.partial import Partial
from thidua.movements.shapes import BY_FIELD, Part, PartKind
from thidua.movements.stated import first_day, last_day
from thidua.ui.formats import number as shown_number
from thidua.ui.formats import stated_day

LONGEST = 20_000
# How many letters a part may hold: sense ends there, and so do the columns that the head of a plan is copied to.
MOST_BY_KIND = {PartKind.LINE: 400, PartKind.TEXT: 4_000, PartKind.LINES: 4_000}
MOST = {
    **{
        (field, "text"): 10_000
        for field in ("contents", "solutions", "implementation", "purposes", "requirements")
    },
    ("number", "value"): 80,
    ("place", "value"): 80,
    ("issuer", "value"): 250,
    ("title", "value"): 2_000,
    ("themes", "text"): 1_000,
    ("signer", "name"): 120,
    ("signer", "position"): 200,
    ("deadlines", "what"): 1_000,
    ("reports", "what"): 1_000,
}
RANGE = re.compile(r"(?P<low>[\d.,]+)\s*[-–—]\s*(?P<high>[\d.,]+)")
FIGURE = re.compile(r"[-+]?[0-9]{1,15}(\.[0-9]{1,15})?")
TYPED_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
TYPED_MONTH = re.compile(r"(\d{1,2})[/.-](\d{4})")
WITHOUT_DAY = frozenset({"at_start", "weekly", "monthly", "quarterly", "yearly"})
YEARLY = re.compile(r"(\d{1,2})[/.-](\d{1,2})")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one part."""

    part: str
    text: str | Promise


class NotUsableError(Exception):
    """Some parts cannot be taken as typed; carries every problem."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{p.part}: {p.text}" for p in problems))
        self.problems = problems


def clean(field: str, typed: Mapping[str, Any], *, before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the value of an item of ``field`` from what was ``typed``; empty parts are left out.

    What stood there ``before`` may stay, however long it was read.
    Raises NotUsableError with every problem found.
    """
    value: dict[str, Any] = {}
    problems: list[Problem] = []
    for part in BY_FIELD[field].parts:
        raw = typed.get(part.name, "")
        try:
            taken = READERS[part.kind](raw, part)
        except ValueError as error:
            problems.append(Problem(part.name, error.args[0]))
            continue
        if taken != (before or {}).get(part.name) and (found := too_long(field, part, taken)):
            problems.append(found)
            continue
        if is_empty(taken):
            if part.required:
                problems.append(Problem(part.name, _("Chưa điền.")))
        else:
            value[part.name] = taken
    problems += consistency(field, value)
    if problems:
        raise NotUsableError(problems)
    return value


def too_long(field: str, part: Part, taken: Any) -> Problem | None:
    """Return the problem of a text that nobody can mean to be so long; of several lines each counts by itself."""
    most = MOST.get((field, part.name)) or MOST_BY_KIND.get(part.kind)
    has = max(map(len, taken if isinstance(taken, list) else [taken]), default=0) if most and taken else 0
    if most is None or has <= most:
        return None
    facts = {"has": shown_number(has), "most": shown_number(most)}
    text = _("Dài %(has)s ký tự, nhiều nhất %(most)s. Viết gọn lại, hoặc tách thành nhiều mục.")
    return Problem(part.name, text % facts)


def is_empty(taken: Any) -> bool:
    """Say whether nothing was given; zero is a figure."""
    return taken is None or taken is False or taken in ("", [])


def consistency(field: str, value: Mapping[str, Any]) -> list[Problem]:
    """Return what does not fit between the parts of one item."""
    problems = []
    if {"from", "to"} <= value.keys() and ends_before_start(value["from"], value["to"]):
        problems.append(Problem("to", _("Ngày kết thúc đứng trước ngày bắt đầu.")))
    if field == "deadlines" and not says_when(value):
        problems.append(Problem("due", _("Cho biết ngày, sự kiện hoặc cách lặp lại.")))
    low, high = value.get("min"), value.get("max")
    if low is not None and high is not None and low > high:
        problems.append(Problem("max", _("Số nhiều nhất nhỏ hơn số ít nhất.")))
    return problems


def says_when(value: Mapping[str, Any]) -> bool:
    """Say whether a deadline tells a date, an event, a rhythm or the very start."""
    return bool(value.keys() & {"due", "due_event", "recurring"}) or value.get("relation") in WITHOUT_DAY


def ends_before_start(start: str, end: str) -> bool:
    first, last = first_day(start), last_day(end)
    return first is not None and last is not None and last < first


def line(raw: Any, part: Part) -> str:
    """Return one line with single blanks; a word that stands for a code becomes the code."""
    words = " ".join(str(raw or "").split())[:LONGEST]
    codes = {str(label).casefold(): code for code, label in part.codes}
    return codes.get(words.casefold(), words)


def text(raw: Any, part: Part) -> str:
    del part
    return str(raw or "").strip()[:LONGEST]


def lines(raw: Any, part: Part) -> list[str]:
    given = raw if isinstance(raw, list) else str(raw or "").splitlines()
    return [cleaned for one in given if (cleaned := line(one, part))]


def flag(raw: Any, part: Part) -> bool:
    del part
    return raw in (True, "on", "true", "1")


def choice(raw: Any, part: Part) -> str:
    chosen = str(raw or "")
    if chosen and chosen not in {code for code, _label in part.choices}:
        raise ValueError(_("Không có lựa chọn này."))
    return chosen


def day(raw: Any, part: Part) -> str:
    iso = partial(raw, part)
    if iso and len(iso) != len("2026-01-31"):
        raise ValueError(_("Cần đủ ngày, tháng, năm, ví dụ 30/6/2026."))
    return iso


def partial(raw: Any, part: Part) -> str:
    """Read ISO, ``30/6/2026``, ``6/2026``, ``30/6`` (every year) or ``2026``; return ISO."""
    given = line(raw, part)
    if not given:
        return ""
    try:
        read = Partial.parse(as_iso(given))
    except ValueError:
        raise ValueError(_("Không hiểu ngày này. Viết như 30/6/2026, 6/2026, 2026-Q3 hoặc 2026.")) from None
    if not read.possible:
        raise ValueError(_("Lịch không có ngày này."))
    return read.iso


def as_iso(given: str) -> str:
    if found := TYPED_DAY.fullmatch(given):
        return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    if found := TYPED_MONTH.fullmatch(given):
        return f"{found[2]}-{int(found[1]):02}"
    if found := YEARLY.fullmatch(given):
        return f"--{int(found[2]):02}-{int(found[1]):02}"
    return given


def number(raw: Any, part: Part) -> int | float | None:
    """Read a figure as Vietnamese write it: ``1.250`` is a thousand and more, ``42,02`` a fraction."""
    del part
    if isinstance(raw, int | float):
        return raw
    given = str(raw or "").strip()
    if not given:
        return None
    plain = re.sub(r"\.(?=\d{3}\b)", "", given).replace(",", ".")
    if not FIGURE.fullmatch(plain):
        raise ValueError(_("Cần một con số, ví dụ 1.250 hoặc 42,5."))
    value = float(plain)
    return int(value) if value.is_integer() else value


def figure(raw: Any, part: Part) -> int | float | list[int | float | None] | None:
    """Read a number or a range such as ``10 – 15``."""
    if isinstance(raw, list):
        return raw
    if found := RANGE.fullmatch(str(raw or "").strip()):
        return [number(found["low"], part), number(found["high"], part)]
    return number(raw, part)


READERS: dict[PartKind, Callable[[Any, Part], Any]] = {
    PartKind.LINE: line,
    PartKind.TEXT: text,
    PartKind.LINES: lines,
    PartKind.FLAG: flag,
    PartKind.CHOICE: choice,
    PartKind.DAY: day,
    PartKind.PARTIAL: partial,
    PartKind.NUMBER: number,
    PartKind.FIGURE: figure,
}


def shown_partial(iso: str) -> str:
    """Return an ISO date as the page writes days: ``30/6/2026``, ``6/2026``, ``quý III/2026``, ``30 Jun 2026``."""
    try:
        date_ = Partial.parse(iso)
    except ValueError:
        return iso
    if date_.quarter:
        return str(
            _("quý %(quarter)s/%(year)s")
            % {"quarter": ("I", "II", "III", "IV")[date_.quarter - 1], "year": date_.year}
        )
    if date_.half:
        words = _("6 tháng đầu năm %(year)s") if date_.half == 1 else _("6 tháng cuối năm %(year)s")
        return str(words % {"year": date_.year})
    return stated_day(date_.year, date_.month, date_.day)

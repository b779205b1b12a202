"""What is wrong with an item as it was read: a date no calendar has, an end before its start, a number of another kind.

The source is never corrected; each doubt is a sentence for the person who checks.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thidua.core.text.partial import Partial
from thidua.library.services import misfit_of, number_key
from thidua.movements.shapes import BASIS_TYPES, BY_FIELD, PartKind
from thidua.movements.stated import first_day, last_day
from thidua.movements.values import consistency, shown_partial

Value = Mapping[str, Any]
Rows = Sequence[tuple[str, Value]]
DATES = (PartKind.PARTIAL, PartKind.DAY)
MOST_SHARE = 100
NOT_IN_CALENDAR = "không có trong lịch"  # what the reader says an impossible day means


@dataclass(frozen=True, slots=True)
class Doubt:
    """One sentence. ``must_change``: the item is of no use as it stands, so it cannot simply be confirmed."""

    text: str | Promise
    must_change: bool = False


def doubts_of(field: str, value: Value) -> list[Doubt]:
    """Return what is doubtful about one item by itself."""
    found = [Doubt(no_such_day(value[name]), must_change=True) for name in impossible_dates(field, value)]
    if not found:
        wrong = consistency(field, value)
        found = [Doubt(problem.text, must_change=problem.part == "to") for problem in wrong]
    return found + [doubt for look in LOOKS.get(field, ()) for doubt in look(value)]


def impossible_dates(field: str, value: Value) -> list[str]:
    """Return the parts that hold a date the calendar lacks."""
    parts = [part.name for part in BY_FIELD[field].parts if part.kind in DATES and value.get(part.name)]
    return [name for name in parts if not is_possible(str(value[name]))]


def is_possible(iso: str) -> bool:
    try:
        return Partial.parse(iso).possible
    except ValueError:
        return False


def no_deadline(value: Value) -> Iterable[Doubt]:
    """Yield a doubt for a day that was seen but made nothing, because no calendar has it."""
    if NOT_IN_CALENDAR in value.get("means", ""):
        yield Doubt(
            _("Ngày này không có trong lịch nên không thành thời hạn nào. Cần thì tự thêm thời hạn đúng.")
        )


def no_such_day(iso: str) -> str:
    return str(_("Lịch không có ngày %(day)s. Sửa lại hoặc bỏ mục này.") % {"day": shown_partial(iso)})


def misfit(value: Value) -> Iterable[Doubt]:
    if told := misfit_of(value.get("type", ""), value.get("number", "")):
        words = dict(BASIS_TYPES)
        names = {"told": words.get(told, told), "type": words.get(value["type"], value["type"])}
        yield Doubt(_("Ký hiệu là của %(told)s nhưng văn bản gọi là %(type)s.") % names)


def share(value: Value) -> Iterable[Doubt]:
    """Yield a doubt for a share beyond the whole, and for a range that runs downward."""
    figure = value.get("value")
    figures = [n for n in (figure if isinstance(figure, list) else [figure]) if isinstance(n, int | float)]
    if value.get("unit") == "%" and any(n > MOST_SHARE for n in figures):
        yield Doubt(_("Tỷ lệ lớn hơn 100%."))
    if len(figures) == 2 and figures[0] > figures[1]:  # noqa: PLR2004 - a range has two ends
        yield Doubt(_("Khoảng giá trị viết ngược: số đầu lớn hơn số sau."))


LOOKS: dict[str, tuple[Callable[[Value], Iterable[Doubt]], ...]] = {
    "legal_basis": (misfit,),
    "promulgated_by": (misfit,),
    "targets": (share,),
    "criteria": (share,),
    "noise": (no_deadline,),
}


def doubts_among(items: Iterable[tuple[str, Value]]) -> dict[int, list[Doubt]]:
    """Return the doubts that show only when items are seen together, by the item's place in ``items``."""
    rows = list(items)
    found: dict[int, list[Doubt]] = {}
    for place, doubt in chain(overlapping(rows), two_days(rows)):
        found.setdefault(place, []).append(doubt)
    return found


def overlapping(rows: Rows) -> Iterator[tuple[int, Doubt]]:
    """Yield each phase that runs into an earlier one."""
    phases = [(place, value) for place, (field, value) in enumerate(rows) if field == "phases"]
    spans = [(place, value.get("name", ""), span) for place, value in phases if (span := days(value))]
    for nth, (place, _name, later) in enumerate(spans):
        for _place, name, earlier in spans[:nth]:
            if overlap(earlier, later):
                yield place, Doubt(_("Thời gian chồng lên “%(name)s”.") % {"name": name})


def two_days(rows: Rows) -> Iterator[tuple[int, Doubt]]:
    """Yield each cited document whose number stands elsewhere in the plan with another day."""
    first: dict[str, str] = {}
    for place, (field, value) in enumerate(rows):
        if field == "legal_basis" and value.get("number") and value.get("date"):
            day = first.setdefault(number_key(value["number"]), value["date"])
            if day != value["date"]:
                shown = {"day": shown_partial(day)}
                yield place, Doubt(_("Cùng số này, chỗ khác trong văn bản ghi ngày %(day)s.") % shown)


def overlap(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """Say whether two spans share days and neither lies within the other, as a high point does in its round."""
    (start, end), (first, last) = sorted((one, other))
    return first <= end < last and start < first


def days(value: Value) -> tuple[date, date] | None:
    start, end = first_day(value.get("from", "")), last_day(value.get("to", ""))
    return (start, end) if start and end and start <= end else None

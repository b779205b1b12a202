"""What is wrong with an item as it was read: a date no calendar has, an end before its start, a number of another kind.

The source is never corrected; each doubt is a sentence for the person who checks.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thidua.core.deadlines.checks import AnniversaryProblem, anniversary_problem
from thidua.core.text.dates import find_dates
from thidua.core.text.partial import Partial
from thidua.library.models import Document
from thidua.library.services import misfit_of, same_issuer
from thidua.movements.shapes import BASIS_TYPES, BY_FIELD, PartKind
from thidua.movements.stated import day
from thidua.movements.values import as_iso, consistency, shown_partial

Value = Mapping[str, Any]
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


def impossible_duty(value: Value) -> Iterable[Doubt]:
    """Yield a doubt for each day within the duties that no calendar has."""
    for duty in value.get("duties", ()):
        for found in find_dates(duty):
            if not found.partial.possible:
                facts = {"day": duty[found.start : found.end]}
                text = _("Trong nhiệm vụ có ngày không có trong lịch: %(day)s. Sửa lại hoặc bỏ mục này.")
                yield Doubt(text % facts, must_change=True)


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


def other_day(value: Value, document: Document) -> Iterable[Doubt]:
    """Yield a doubt where the register has the document of this number and issuer with another day."""
    stated = day(value.get("date", ""))
    if stated and document.issued_on and stated != document.issued_on:
        issuer = value.get("issuer", "")
        if issuer and document.issuer and same_issuer(issuer, document.issuer):
            shown = {"day": shown_partial(document.issued_on.isoformat())}
            yield Doubt(_("Sổ văn bản ghi số này ngày %(day)s. Xem lại ngày nào đúng.") % shown)


ANNIVERSARY = re.compile(
    r"(?P<years>\d{1,3}) năm\b[^().;]{0,160}\((?P<start>[\d/.-]{4,10}?)\s*[-–—]\s*(?P<on>[\d/.-]{4,10})\)"
)


def anniversary(value: Value) -> Iterable[Doubt]:
    """Yield a doubt for «kỷ niệm 75 năm … (28/8/1945 - 28/8/2021)»: years or days that do not agree (R-041)."""
    for words in (*value.get("occasions", ()), value.get("name", ""), value.get("text", "")):
        for found in ANNIVERSARY.finditer(words):
            try:
                start, on = (Partial.parse(as_iso(found[name])) for name in ("start", "on"))
            except ValueError:
                continue
            if problem := anniversary_problem(start, on, int(found["years"])):
                yield Doubt(anniversary_words(problem))


def anniversary_words(problem: AnniversaryProblem) -> str:
    if problem.years_stated != problem.years_counted:
        years = {"stated": problem.years_stated, "counted": problem.years_counted}
        return _("Ghi kỷ niệm %(stated)s năm nhưng hai mốc cách nhau %(counted)s năm.") % years
    return str(_("Ngày kỷ niệm không trùng ngày, tháng của mốc đầu."))


LOOKS: dict[str, tuple[Callable[[Value], Iterable[Doubt]], ...]] = {
    "legal_basis": (misfit,),
    "promulgated_by": (misfit,),
    "targets": (share,),
    "criteria": (share,),
    "noise": (no_deadline,),
    "responsibilities": (impossible_duty,),
    "phases": (anniversary,),
    "milestones": (anniversary,),
    "purposes": (anniversary,),
}

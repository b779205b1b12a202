"""Dates and deadlines in the words of a document."""

from datetime import time

from thidua.core.deadlines.deadline import Awaited, Dated, Deadline, Every, Recurring, Relation, Relative
from thidua.core.deadlines.periods import Span, Unit
from thidua.core.drafting.layout import padded, roman
from thidua.core.text.partial import Partial

_UNITS = {
    Unit.DAY: "ngày",
    Unit.WORKING_DAY: "ngày làm việc",
    Unit.WEEK: "tuần",
    Unit.MONTH: "tháng",
    Unit.YEAR: "năm",
}
_BEFORE_DATE = {
    Relation.BEFORE: "trước",
    Relation.ON: "",
    Relation.BY: "chậm nhất",
    Relation.UNTIL: "đến hết",
    Relation.AFTER: "sau",
    Relation.WITH: "cùng",
    Relation.FROM: "từ",
    Relation.AT_START: "đầu",
}
_BEFORE_EVENT = _BEFORE_DATE | {Relation.WITH: "cùng với", Relation.AT_START: "ngay khi", Relation.ON: "khi"}
_EVERY = {
    Every.QUARTER: "hằng quý",
    Every.HALF: "06 tháng một lần",
    Every.YEAR: "hằng năm",
}
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def date_words(date: Partial) -> str:
    """Return “ngày 30/6/2026”, “tháng 6/2026”, “quý III/2026”, “6 tháng đầu năm 2026”, “năm 2026”."""
    year = f"/{date.year}" if date.year is not None else ""
    if date.quarter is not None:
        return f"quý {roman(date.quarter)}{year}"
    if date.half is not None:
        return f"6 tháng {'đầu' if date.half == 1 else 'cuối'} năm" + (f" {date.year}" if date.year else "")
    if date.month is None:
        return f"năm {date.year}" if date.year is not None else ""
    if date.day is None:
        return f"tháng {_month(date.month)}{year}"
    return f"ngày {padded(date.day)}/{_month(date.month)}{year}"


def period_words(first: Partial | None, last: Partial | None) -> str:
    """Return “từ ngày 01/6/2026 đến hết ngày 30/9/2026”, or the half of it that is known."""
    start = f"từ {date_words(first)}" if first is not None else ""
    end = f"đến hết {date_words(last)}" if last is not None else ""
    return " ".join(words for words in (start, end) if words)


def deadline_words(deadline: Deadline) -> str:
    """Return the deadline as a document says it: “trước ngày 30/6/2026”, “ngày 20 hằng tháng”."""
    match deadline:
        case Dated():
            return _joined(_BEFORE_DATE[deadline.relation], deadline.hour, date_words(deadline.due))
        case Recurring(day=None, month=None, every=every) if every in _EVERY:
            return _EVERY[every]
        case Recurring():
            before = {Relation.BEFORE: "trước", Relation.BY: "chậm nhất"}.get(deadline.relation, "")
            return _joined(before, deadline.hour, _recurring_words(deadline))
        case Relative():
            words = _event_words(deadline)
        case Awaited(document=document, span=None):
            words = f"sau khi có {document}"
        case Awaited(document=document, span=Span() as span):
            words = f"trong vòng {span_words(span)} kể từ ngày có {document}"
    return f"{words}, trước {hour_words(deadline.hour)}" if deadline.hour else words


def _joined(before: str, hour: time | None, day: str) -> str:
    """Return “trước 17 giờ 00 ngày 30/6/2026”."""
    return " ".join(words for words in (before, hour_words(hour) if hour else "", day) if words)


def span_words(span: Span) -> str:
    """Return “05 ngày làm việc”."""
    return f"{padded(span.count)} {_UNITS[span.unit]}"


def hour_words(hour: time) -> str:
    """Return “17 giờ 00”."""
    return f"{hour.hour} giờ {hour.minute:02d}"


def _event_words(deadline: Relative) -> str:
    if deadline.span is None:
        return f"{_BEFORE_EVENT[deadline.relation]} {deadline.event}"
    if deadline.relation is Relation.BEFORE:
        return f"trước {deadline.event} {span_words(deadline.span)}"
    day = "" if deadline.event.lower().startswith("ngày") else "ngày "
    return f"trong vòng {span_words(deadline.span)} kể từ {day}{deadline.event}"


def _recurring_words(deadline: Recurring) -> str:
    if deadline.every is Every.WEEK:
        return f"{_WEEKDAYS[(deadline.day or len(_WEEKDAYS)) - 1]} hằng tuần"
    if deadline.every is Every.MONTH:
        return f"{f'ngày {padded(deadline.day)}' if deadline.day else 'ngày cuối'} hằng tháng"
    day = f"ngày {padded(deadline.day)}" if deadline.day else "ngày cuối"
    if deadline.every is Every.YEAR and deadline.day and deadline.month:
        return f"{day}/{_month(deadline.month)} hằng năm"
    month = f"tháng thứ {deadline.month} của kỳ" if deadline.month else "tháng cuối kỳ"
    return f"{day} {month}, {_EVERY[deadline.every]}"


def _month(month: int) -> str:
    return padded(month) if month <= len("01") else str(month)

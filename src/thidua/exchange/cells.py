"""What a cell says, by the kind of its column: days in every usual form, yes and no, choices, numbers."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from thidua.core.text.dates import find_dates
from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line
from thidua.exchange.fields import Field, FieldKind, spoken
from thidua.exchange.problems import Problem

Raw = str | int | float | bool
"""A cell as kept with its row: days and hours as ISO text."""

EXCEL_EPOCH = date(1899, 12, 30)
SERIALS = range(3_000, 80_000)  # days from 1908 to 2119; smaller numbers are years or slips
YEARS = range(1900, 2100)
TWO_DIGIT_TURN = 35  # 00 to 35 are of this century
MONTHS = 12
TO_EMPTY = frozenset({"(xoa)", "(trong)"})
YES = frozenset({"co", "x", "v", "1", "dung", "true", "yes", "y", "☑", "✓", "✔"})
NO = frozenset({"khong", "0", "sai", "false", "no", "n", "-", "☐"})
# Columns whose cells repeat: what was read once is known again.
REPEATING = frozenset({FieldKind.DAY, FieldKind.LOOSE_DAY, FieldKind.CHOICE, FieldKind.YES_NO})
MOST_KNOWN = 5_000

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?")
_DMY = re.compile(
    r"'?(\d{1,2})\s*[-/.\s]\s*(\d{1,2})\s*[-/.\s]\s*(\d{4}|\d{2})(?: \d{1,2}:\d{2}(?::\d{2})?)?\.?"
)
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{4})")
_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]{2,}")
_PHONE_DIGITS = range(6, 16)
_LOST_ZERO_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read; None empties the field. A refusing problem comes without a value."""

    value: Any = None
    problem: Problem | None = None

    @property
    def is_refused(self) -> bool:
        return self.problem is not None and not self.problem.is_warning


Reader = Callable[[Raw], Reading]


def raw_of(cell: Any) -> Raw:
    """Return the cell as it is kept in JSON."""
    return cell if isinstance(cell, str | int | float | bool) else str(cell)


def reader_of(field: Field) -> Reader:
    """Return the function that reads the cells of ``field``."""
    read = _READERS[field.kind](field)
    if field.kind not in REPEATING:
        return lambda raw: _read(raw, field, read)
    known: dict[tuple[type, Raw], Reading] = {}

    def remembered(raw: Raw) -> Reading:
        key = (type(raw), raw)
        if key not in known:
            if len(known) > MOST_KNOWN:
                known.clear()
            known[key] = _read(raw, field, read)
        return known[key]

    return remembered


def _read(raw: Raw, field: Field, read: Reader) -> Reading:
    if isinstance(raw, str) and fold(raw) in TO_EMPTY:
        if field.required:
            return refusal("missing", field)
        return Reading(None)
    return read(raw)


def refusal(code: str, field: Field, **facts: Any) -> Reading:
    return Reading(None, Problem(code, field.name, {"column": str(field.label), **facts}))


def warned(result: Any, code: str, field: Field, **facts: Any) -> Reading:
    return Reading(result, Problem(code, field.name, {"column": str(field.label), **facts}, is_warning=True))


def _texts(field: Field) -> Reader:
    def read(raw: Raw) -> Reading:
        text = one_line(shown(raw))
        if len(text) > field.longest:
            return refusal("too_long", field, length=len(text), limit=field.longest)
        return Reading(text)

    return read


def shown(raw: Raw) -> str:
    """Write a cell as the clerk sees it."""
    if isinstance(raw, bool):
        return "Có" if raw else "Không"
    return raw if isinstance(raw, str) else f"{raw:g}" if isinstance(raw, float) else str(raw)


def _days(field: Field) -> Reader:
    loose = field.kind is FieldKind.LOOSE_DAY

    def partial(raw: Raw) -> Reading:
        if loose:
            return warned(None, "only_part_of_a_day", field, value=shown(raw))
        return refusal("part_of_a_day", field, value=shown(raw))

    def read(raw: Raw) -> Reading:
        number = _as_whole(raw)
        if number is not None:
            if number in YEARS:
                return partial(raw)
            if number in SERIALS:
                return Reading(EXCEL_EPOCH + timedelta(days=number))
            return refusal("not_a_day", field, value=shown(raw))
        if not isinstance(raw, str):
            return refusal("not_a_day", field, value=shown(raw))
        text = one_line(raw)
        if _MONTH_YEAR.fullmatch(text):
            return partial(raw)
        return _day_of_text(text, field, partial)

    return read


def _as_whole(raw: Raw) -> int | None:
    """Return the whole number a cell holds, also where it is written as text or is a moment's serial."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float):
        return int(raw)
    return int(raw) if raw.isdecimal() and raw.isascii() and len(raw) < 10 else None  # noqa: PLR2004 - no day


def _day_of_text(text: str, field: Field, partial: Reader) -> Reading:
    if iso := _ISO.fullmatch(text):
        return _real_day(int(iso[1]), int(iso[2]), int(iso[3]), text, field)
    if dmy := _DMY.fullmatch(text):
        year = int(dmy[3])
        if len(dmy[3]) == 2:  # noqa: PLR2004 - two digits of a year
            return _short_year(year, int(dmy[2]), int(dmy[1]), text, field)
        return _real_day(year, int(dmy[2]), int(dmy[1]), text, field)
    found = find_dates(text)
    if len(found) != 1:
        return refusal("not_a_day", field, value=text)
    told = found[0].partial
    if told.year and told.month and told.day:
        return _real_day(told.year, told.month, told.day, text, field)
    return partial(text)


def _short_year(year: int, month: int, day: int, text: str, field: Field) -> Reading:
    full = year + (2000 if year <= TWO_DIGIT_TURN else 1900)
    reading = _real_day(full, month, day, text, field)
    if reading.is_refused:
        return reading
    return warned(reading.value, "short_year", field, value=text, day=f"{day}/{month}/{full}")


def _real_day(year: int, month: int, day: int, text: str, field: Field) -> Reading:
    try:
        return Reading(date(year, month, day))
    except ValueError:
        code = "month_first" if month > MONTHS and 1 <= day <= MONTHS else "no_such_day"
        return refusal(code, field, value=text)


def _wholes(field: Field) -> Reader:
    least, most = field.range

    def read(raw: Raw) -> Reading:
        text = re.sub(r"\s*(tháng|thang)$", "", one_line(shown(raw)).lower())
        if not (text.isdecimal() and text.isascii()):
            return refusal("not_whole", field, value=shown(raw))
        if not least <= int(text) <= most:
            return refusal("out_of_range", field, value=text, least=least, most=most)
        return Reading(int(text))

    return read


def _yes_no(field: Field) -> Reader:
    def read(raw: Raw) -> Reading:
        text = fold(one_line(shown(raw)))
        if text in YES:
            return Reading(value=True)
        if text in NO:
            return Reading(value=False)
        return refusal("not_yes_no", field, value=shown(raw))

    return read


def _choices(field: Field) -> Reader:
    known = choice_words(field)
    labels = [str(choice.label) for choice in field.choices]

    def read(raw: Raw) -> Reading:
        value = known.get(_word(shown(raw)))
        if value is not None:
            return Reading(value)
        offered = "; ".join(labels)
        return refusal("not_a_choice", field, value=shown(raw), choices=offered)

    return read


def choice_words(field: Field) -> Mapping[str, str]:
    """Return the value for each spelling of the field's choices."""
    return {
        _word(spelling): choice.value
        for choice in reversed(field.choices)
        for spelling in (*choice.synonyms, choice.value, *spoken(choice.label))
    }


def _word(text: str) -> str:
    return re.sub(r"[\W_]+", " ", fold(one_line(text))).strip()


def _emails(field: Field) -> Reader:
    def read(raw: Raw) -> Reading:
        text = one_line(shown(raw)).removeprefix("mailto:").replace(" ", "")
        if not _EMAIL.fullmatch(text) or len(text) > field.longest:
            return refusal("not_an_email", field, value=shown(raw))
        return Reading(text)

    return read


def _phones(field: Field) -> Reader:
    def read(raw: Raw) -> Reading:
        text = one_line(shown(raw)).lstrip("'")
        digits = sum(letter.isdigit() for letter in text)
        if digits not in _PHONE_DIGITS or len(text) > field.longest:
            return refusal("not_a_phone", field, value=text)
        if isinstance(raw, int | float) and digits == _LOST_ZERO_DIGITS:
            return warned(f"0{text}", "phone_zero", field, value=text, read=f"0{text}")
        return Reading(text)

    return read


_READERS: Mapping[FieldKind, Callable[[Field], Reader]] = {
    FieldKind.TEXT: _texts,
    FieldKind.CODE: _texts,
    FieldKind.DAY: _days,
    FieldKind.LOOSE_DAY: _days,
    FieldKind.WHOLE: _wholes,
    FieldKind.YES_NO: _yes_no,
    FieldKind.CHOICE: _choices,
    FieldKind.EMAIL: _emails,
    FieldKind.PHONE: _phones,
}

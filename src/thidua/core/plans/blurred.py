"""What a machine blurred: dates and shares with letters for figures, names of rounds; read, but never surely."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any, TypeVar

from thidua.core.plans.items import Item, Noise, cite
from thidua.core.plans.outline import Outline
from thidua.core.plans.passages import Passage, passages_of
from thidua.core.plans.source import Source
from thidua.core.text.lookalikes import Blurred, blurred_dates

AnyItem = TypeVar("AnyItem", bound=Item)

UNREAD_DAY = "chưa đọc được ngày ở câu này"

_CUES = ("ngày", "từ", "đến", "hết", "trước")
_FIGURE = r"(?=[\w?#]*\d)[\w?#]"
_UNREAD = re.compile(
    rf"(?<!\w)(?:(?:{'|'.join(_CUES)})\s+{_FIGURE}{{1,3}}\s?[/.\-]\s?[\w?#]{{1,3}}\s?[/.\-]\s?{_FIGURE}{{3,5}}"
    rf"|ngày\s+{_FIGURE}{{1,3}}\s+tháng\s+[\w?#]{{1,3}}\s+năm\s+{_FIGURE}{{3,5}})(?![\w/])"
)
_SHARE = re.compile(r"(?<![\w,.])(?=[lIO]*\d)(?=\d*[lIO])[\dlIO]{1,5}(?=\s?%)")
_AS_FIGURES = str.maketrans("lIO", "110")
# Fields whose items are dates or rest on one.
_DATED = (
    "legal_basis",
    "phases",
    "deadlines",
    "milestones",
    "award_windows",
    "reports",
    "related_movements",
    "issued_on",
    "period",
    "promulgated_by",
)


@lru_cache(maxsize=1)  # asked for every field of one document in turn
def _dates(text: str) -> tuple[Blurred, ...]:
    return tuple(blurred_dates(text))


def read_blurred(outline: Outline) -> Iterator[Noise]:
    """Yield each date that holds letters, with what it says, and each date nobody can read."""
    source = outline.source
    for date in _dates(source.text):
        yield Noise(
            place=cite(source, date.start, date.end),
            seen=" ".join(date.seen.split()),
            means=" ".join(date.means.split()),
            confidence="check",
        )
    for passage in passages_of(outline):
        yield from _unread(passage)
        for share in _SHARE.finditer(passage.text) if "%" in passage.text else ():
            means = share.group().translate(_AS_FIGURES)
            yield Noise(
                place=passage.cite(share.start(), share.end() + 1),
                seen=f"{share.group()}%",
                means=f"{means}%",
                confidence="check",
            )


def _unread(passage: Passage) -> Iterator[Noise]:
    for found in _UNREAD.finditer(passage.text) if passage.says(*_CUES) else ():
        days = (date for date in passage.dates if date.partial.day is not None)
        if not any(day.start < found.end() and found.start() < day.end for day in days):
            place = passage.cite(*found.span())
            yield Noise(place=place, seen=found.group(), means=UNREAD_DAY, confidence="check")


def doubted(source: Source, field: str, items: Sequence[AnyItem]) -> tuple[AnyItem, ...]:
    """Return ``items`` with their words as they stand; those that rest on a blurred date wait for a person."""
    dates = _dates(source.text) if field != "noise" else ()
    return tuple(_doubted(one, field, dates) for one in items) if dates else tuple(items)


def _doubted(item: AnyItem, field: str, dates: Sequence[Blurred]) -> AnyItem:
    written = _with_own_letters(item, dates)
    return replace(written, confidence="check") if field in _DATED and _within(item, dates) else written


def _within(item: Item, dates: Sequence[Blurred]) -> Sequence[Blurred]:
    """Return those of ``dates``, which stand in order, that have a place in common with the item."""
    first = bisect_right(dates, item.place.start, key=lambda date: date.end)
    return dates[first : bisect_left(dates, item.place.end, key=lambda date: date.start)]


def _with_own_letters(item: AnyItem, dates: Sequence[Blurred]) -> AnyItem:
    """Return the item with the letters the document has, in its words and in those of the items it holds."""
    within = _within(item, dates)
    values = {one.name: getattr(item, one.name) for one in fields(item)}
    return replace(item, **{name: _as_written(value, within, dates) for name, value in values.items()})


def _as_written(value: Any, within: Sequence[Blurred], dates: Sequence[Blurred]) -> Any:
    if isinstance(value, tuple):
        return tuple(_as_written(one, within, dates) for one in value)
    if isinstance(value, Item):
        return _with_own_letters(value, dates)
    if isinstance(value, str):
        for date in within:
            value = value.replace(date.means, date.seen)
    return value

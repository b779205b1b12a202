"""A day that was put right in one item, and the other places of the plan that still say the old one of the same work.

Nothing here changes an item: it finds the places, and says how one of them would read with the new day.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from thidua.core.drafting.layout import day_in_words
from thidua.core.drafting.wording import date_words
from thidua.core.text.dates import DateMention, find_dates
from thidua.core.text.folding import fold
from thidua.core.text.partial import Partial
from thidua.movements.shapes import BY_FIELD, PartKind
from thidua.movements.stated import parsed

Value = Mapping[str, Any]
DATES = (PartKind.PARTIAL, PartKind.DAY)
WORDS = (PartKind.LINE, PartKind.TEXT, PartKind.LINES)
# Where a day of the plan's own work may stand twice; dates of other documents and of history are not moved.
FIELDS = frozenset(
    {
        "deadlines", "reports", "phases", "period", "award_windows", "responsibilities", "contents", "solutions",
        "implementation", "requirements", "targets",
    }
)  # fmt: skip
ENDS_SENTENCE = re.compile(r"[.;](?=\s)|\n")
# Words of every duty, which tell nothing about the work meant.
COMMON = frozenset(
    fold("các của và cho theo được với trong trước ngày tháng năm quý về tại đến hết gửi").split()
)
YEAR = re.compile(r"\d{4}")  # a year alone stands everywhere
LEAST_SHARED = 3
MOST_OF_THEM = 0.6


class Placed(Protocol):
    """An item of the plan."""

    pk: UUID
    field: str
    value: Any
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Correction:
    """One day put right in ``item``: ISO before and after."""

    item: Placed
    old: str
    new: str


def corrections_in(item: Placed, before: Value, after: Value) -> list[Correction]:
    """Return the days that differ between two values of ``item``."""
    if item.field not in FIELDS:
        return []
    pairs = {(before.get(name), after.get(name)) for name in date_parts(item.field)}
    told = [(old, new) for old, new in pairs if old and new and old != new and not YEAR.fullmatch(old)]
    return [Correction(item, old, new) for old, new in sorted(told)]


def twins_of(one: Correction, items: Iterable[Placed], text: str) -> Iterator[Placed]:
    """Yield the other items that still say the old day of the same work; ``text`` is the document's."""
    for item in items:
        if (
            item.pk != one.item.pk
            and item.field in FIELDS
            and says(item, one.old)
            and is_twin(one, item, text)
        ):
            yield item


def says(item: Placed, iso: str) -> bool:
    """Say whether the item has the day, as a date of its own or in its words."""
    if iso in (item.value.get(name) for name in date_parts(item.field)):
        return True
    return any(mentions(line, iso) for line in lines_of(item))


def is_twin(one: Correction, other: Placed, text: str) -> bool:
    """Say whether both stand in one sentence of the document, or say the day of the same work.

    A round and the whole time have each its own days.
    """
    if {one.item.field, other.field} == {"phases", "period"}:
        return False
    if same_sentence(one.item, other, text):
        return True
    return any(same_work(one.item, line) for line in lines_saying(other, one.old))


def same_sentence(one: Placed, other: Placed, text: str) -> bool:
    if one.start is None or other.start is None:
        return False
    (start, end), (first, last) = sentence(one, text), sentence(other, text)
    return start < last and first < end


def sentence(item: Placed, text: str) -> tuple[int, int]:
    """Return where the sentence around the item begins and ends."""
    start, end = item.start or 0, item.end or item.start or 0
    line = text.rfind("\n", 0, start) + 1
    before = [found.end() for found in ENDS_SENTENCE.finditer(text, line, start)]
    after = ENDS_SENTENCE.search(text, max(end - 1, start))
    return (before[-1] if before else line), (after.start() if after else len(text))


def lines_saying(item: Placed, iso: str) -> list[str]:
    """Return the lines to which the day belongs: all of an item that has it as its date, else those that name it."""
    if iso in (item.value.get(name) for name in date_parts(item.field)):
        return lines_of(item)
    return [line for line in lines_of(item) if mentions(line, iso)]


def same_work(one: Placed, line: str) -> bool:
    """Say whether the line names the work of ``one``: most words of the shorter stand in the other."""
    told = telling(line)
    return any(
        len(said & told) >= max(LEAST_SHARED, MOST_OF_THEM * min(len(said), len(told)))
        for said in map(telling, lines_of(one))
    )


def telling(line: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{2,}", fold(line))) - COMMON


def date_parts(field: str) -> list[str]:
    return [part.name for part in BY_FIELD[field].parts if part.kind in DATES]


def lines_of(item: Placed) -> list[str]:
    """Return the item's words, a duty a line."""
    found: list[str] = []
    for part in BY_FIELD[item.field].parts:
        raw = item.value.get(part.name)
        if part.kind in WORDS and raw:
            found += raw if isinstance(raw, list) else [raw]
    return found


def with_day(field: str, value: Value, one: Correction) -> dict[str, Any]:
    """Return the value with the new day where the old one stands of this work, in the writing of each place."""
    changed = dict(value)
    for part in BY_FIELD[field].parts:
        raw = changed.get(part.name)
        if part.kind in DATES and raw == one.old:
            changed[part.name] = one.new
        elif part.kind in WORDS and raw:
            rewritten = rewritten_lines(raw if isinstance(raw, list) else [raw], one)
            changed[part.name] = rewritten if isinstance(raw, list) else rewritten[0]
    return changed


def rewritten_lines(lines: Sequence[str], one: Correction) -> list[str]:
    """Return the lines with the new day in those of the same work; in all that say the old, where none is."""
    same = [line for line in lines if mentions(line, one.old) and same_work(one.item, line)]
    return [rewrite(line, one) if line in same or not same else line for line in lines]


def rewrite(line: str, one: Correction) -> str:
    new = parsed(one.new)
    if new is None:
        return line
    for mention in reversed(mentions(line, one.old)):
        line = (
            line[: mention.start] + as_written(line[mention.start : mention.end], new) + line[mention.end :]
        )
    return line


def as_written(old: str, new: Partial) -> str:
    """Return the new date in the writing of ``old``: its hour before it, in words, without «ngày»."""
    found = re.search(r"(?:ngày|tháng|quý|năm)\s|\d{1,2}[/.-]\d", old, re.IGNORECASE)
    hour, written = (old[: found.start()], old[found.start() :]) if found else ("", old)
    day = new.first_day()
    in_words = "tháng" in written and "năm" in written and new.day is not None and day is not None
    words = day_in_words(day) if in_words and day else date_words(new)
    return hour + (words if not written[:1].isdigit() else words.removeprefix("ngày "))


def mentions(line: str, iso: str) -> list[DateMention]:
    """Return where the line says the day; one written without its year is taken for that year's."""
    told = Partial.parse(iso)
    return [found for found in find_dates(line) if same_day(found.partial, told)]


def same_day(said: Partial, told: Partial) -> bool:
    if said.year is None and said.month is not None:
        return (said.month, said.day) == (told.month, told.day)
    return said.iso == told.iso

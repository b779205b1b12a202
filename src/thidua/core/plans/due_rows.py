"""Deadlines set out as a table: what is to be done, by whom, and the cell that says until when."""

import re
from collections.abc import Iterator
from dataclasses import replace

from thidua.core.plans.due_words import cue_of
from thidua.core.plans.items import Deadline, Place, Relation, cite
from thidua.core.plans.paragraphs import Cell
from thidua.core.plans.passages import Passage, Passages
from thidua.core.plans.relative import RELATION_OF
from thidua.core.text.dates import DateMention, find_dates, find_ranges, find_recurrences
from thidua.core.text.folding import fold

_DUE_HEADING = re.compile(
    r"thoi (?:han|gian|diem)|tien do|hoan thanh|\bhan\b|^ngay\b|\btruoc\b|(?:cham|muon) nhat"
)
# Heads that tell what their bare dates mean: «Hoàn thành trước», «Chậm nhất ngày».
_RELATIONS: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    ("before", re.compile(r"\btruoc\b")),
    ("by", re.compile(r"(?:cham|muon|tre) nhat|\bhan (?:cuoi|chot)\b")),
)
_WHAT_HEADING = re.compile(r"noi dung|cong viec|nhiem vu|hoat dong")
# The same where no column bears one of these heads; a product beside a work is what comes of it.
_NAME_HEADING = re.compile(r"hang muc|phan viec|cong trinh|san pham|chi tieu|muc tieu|\bten\b|su kien")
_WHO_HEADING = re.compile(r"chu tri|thuc hien|dau moi|phu trach|don vi|co quan|trach nhiem")
_ROUND = re.compile(r"thi\s+đua|đợt|cao\s+điểm|chiến\s+dịch", re.IGNORECASE)


def deadlines_of_row(passages: Passages, passage: Passage) -> Iterator[Deadline]:
    """Yield the deadline of a row of tasks: its date cell, beside what is to be done and by whom."""
    row = passage.node.row
    if row is None:
        return
    what = _cell_under(row.cells, _WHAT_HEADING) or _cell_under(row.cells, _NAME_HEADING)
    who = _cell_under(row.cells, _WHO_HEADING)
    due = _cell_under(row.cells, _DUE_HEADING) or next(
        (cell for cell in row.cells if cell not in (what, who) and find_dates(cell.text)), None
    )
    if due is None or due is what or not due.text:
        return
    yield from _of_cell(passages, passage, due, what, who.text if who else None)


def _cell_under(cells: tuple[Cell, ...], heading: re.Pattern[str]) -> Cell | None:
    return next((cell for cell in cells if heading.search(fold(cell.heading))), None)


def _of_cell(
    passages: Passages, passage: Passage, due: Cell, what: Cell | None, who: str | None
) -> Iterator[Deadline]:
    dates = find_dates(due.text)
    spans = find_ranges(due.text, dates)
    work = what.text if what else ""
    if not dates:
        yield from _again(passage, due, work, who)
    if not dates or (spans and _ROUND.search(work)):
        return
    last = spans[0].last if spans else dates[-1]
    date = passages.date_of(passage, last)
    said: Relation | None = "until" if spans else _said(due.text, last)
    headed = None if said else _headed(due)
    if date.iso and date.possible:
        yield Deadline(
            place=_place(passage, due, what if headed else None),
            what=work or due.text,
            who=who or None,
            due=date.iso,
            relation=said or headed or "on",
            time=last.time or None,
        )


def _said(text: str, date: DateMention) -> Relation | None:
    """Return the relation the cell itself tells: «Trước 15/3»."""
    by = len("tổ chức ")
    moved = replace(date, start=date.start + by, end=date.end + by)
    cue = cue_of(f"tổ chức {text}", (0, len(text) + by), moved)
    return cue.relation if cue else None


def _headed(due: Cell) -> Relation | None:
    heading = fold(due.heading)
    return next((relation for relation, words in _RELATIONS if words.search(heading)), None)


def _place(passage: Passage, due: Cell, what: Cell | None) -> Place:
    """Return the place of the date; from the work on where the date alone says too little."""
    own = passage.outline.cite(due.clean, 0, len(due.text))
    if what is None or not what.text:
        return own
    first, last = sorted(
        (own, passage.outline.cite(what.clean, 0, len(what.text))), key=lambda one: one.start
    )
    return cite(passage.outline.source, first.start, last.end)


def _again(passage: Passage, due: Cell, what: str, who: str | None) -> Iterator[Deadline]:
    """Yield what a row asks for again and again: "Trước ngày 20 hằng tháng"."""
    for again in find_recurrences(due.text)[:1]:
        relation = RELATION_OF.get(again.every)
        if relation:
            place = passage.outline.cite(due.clean, 0, len(due.text))
            yield Deadline(
                place=place, what=what or due.text, who=who, relation=relation, recurring=again.text
            )

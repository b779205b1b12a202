"""Lines → paragraphs: sentences cut by a page or a margin are joined, page numbers and running heads left out."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise

from thidua.core.plans.lines import Clean, Line, joined
from thidua.core.plans.markers import Marker, Style, marker_of
from thidua.core.text.folding import fold

_PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–—(\[]?\s*\d{1,3}\s*(?:/\s*\d{1,3})?\s*[-–—)\]]?", re.IGNORECASE)
# A running head with the page's number behind it: «Hội Luật gia tỉnh      Trang 2», «KH 96      - 2 -».
_NUMBERED_HEAD = re.compile(
    r".*\S\s(?:trang\s*\d{1,3}(?:\s*/\s*\d{1,3})?|[-–—]\s*\d{1,3}\s*[-–—]|\d{1,3}\s*/\s*\d{1,3})",
    re.IGNORECASE,
)
_WIDE_BLANK = 4  # characters that the blanks of such a line take beyond one each
_DIGITS = re.compile(r"\d+")
_RULE = re.compile(r"[-–—_=~.*•|+\s:]+")
_TABLE_ROW = re.compile(r"\|.*\|\s*|\|.*\S.*")
_ENDED = re.compile(r"[.;:!?…][”\"’')\]]*\Z|/\.*\Z")
_DANGLING = re.compile(
    r"(?:[,(–-]|\b(?:số|của|và|các|về|với|tại|theo|ngày|tháng|năm|quý|khoản|điểm|điều|(?-i:Luật)|nghị|quyết|do|để|cho|trong|đến|từ|"
    r"những|một|được|là|hoặc|bằng|trên|cấp|giai đoạn|nhiệm kỳ|thứ|đợt))\Z",
    re.IGNORECASE,
)
_CALLS_LETTER = ("điểm", " và", " hoặc")  # «… tại điểm» / «a) khoản 2 Điều 5»
_LONGEST_DANGLING = 12
_OFFICIAL = re.compile(
    r"(?:cộng hòa xã hội|cộng hoà xã hội|độc lập\s*[-–]|đảng cộng sản việt nam\Z|số\s*:|nơi nhận|kính gửi|căn cứ\b|"
    r"(?:tm|kt|tl|tuq|q)\s?\.|\(đã ký\)|ban hành kèm|\(ban hành kèm|v/v\b)",
    re.IGNORECASE,
)
_OPENS_SENTENCE = re.compile(r"(?:căn cứ|thực hiện|theo|xét|hưởng ứng|trên cơ sở|[-–+•]\s)", re.IGNORECASE)
_BROKEN_TIMES = 2
_LONG_HEADING = 70
_LONE_ROMAN = re.compile(r"[IVX]{1,5}\s?[.)/]")
_LONGEST_HEADING = 160
_WIDE = 55  # no line shorter than this is taken for one that reached the margin
_MARGIN = 14  # how far before the margin a line may end for its next word to be too long
_TIMES_AT_PAGES = 2  # a running head stands beside a page number, or comes back often
_TIMES_ANYWHERE = 3
_FIRST_LINES = 8  # capital lines among them are the header's, no running heads
_RUNNING_HEAD_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or table cell as it reads, with its mark, and its places in the document."""

    clean: Clean
    lines: tuple[Line, ...]
    marker: Marker | None = None
    row: "Row | None" = field(default=None, compare=False)

    @property
    def text(self) -> str:
        return self.clean.text

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def end(self) -> int:
        return self.lines[-1].end

    @property
    def body(self) -> str:
        """The text after the mark."""
        return self.text[self.marker.length :] if self.marker else self.text

    @property
    def body_at(self) -> int:
        """Where the text after the mark begins in ``text``."""
        return self.marker.length if self.marker else 0

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)

    @property
    def is_upper(self) -> bool:
        return is_upper(self.body)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row, under its column's heading where the table has one."""

    clean: Clean
    heading: str

    @property
    def text(self) -> str:
        return self.clean.text


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table below its heading row."""

    cells: tuple[Cell, ...]
    start: int
    end: int


def is_upper(text: str) -> bool:
    """Say whether ``text`` is set in capitals; quoted words and dates may be not."""
    letters = sum(map(str.isalpha, text))
    return letters > 1 and sum(map(str.isupper, text)) >= 0.9 * letters


def is_rule(line: Line) -> bool:
    return _RULE.fullmatch(line.text) is not None


def without_furniture(lines: list[Line]) -> list[Line]:
    """Leave out rules, lone page numbers and running heads."""
    solid = _without_rules(lines)
    numbers = {place for place, line in enumerate(solid) if _is_page_number(solid, place)}
    heads = _running_heads(solid, numbers)
    return [line for place, line in enumerate(solid) if place not in numbers and place not in heads]


def _without_rules(lines: list[Line]) -> list[Line]:
    """Leave out rules (----); what follows one stands apart from what is before it."""
    kept: list[Line] = []
    ruled = False
    for line in lines:
        if is_rule(line):
            ruled = True
            continue
        kept.append(replace(line, after_gap=True) if ruled else line)
        ruled = False
    return kept


def _is_page_number(lines: list[Line], place: int) -> bool:
    line = lines[place]
    return not line.is_cell and _PAGE_NUMBER.fullmatch(line.text) is not None


def _running_heads(lines: list[Line], numbers: set[int]) -> set[int]:
    """Return the places of short lines that come back at the breaks of pages."""
    keys = [
        _DIGITS.sub("#", fold(line.text)) if len(line.text) <= _RUNNING_HEAD_LENGTH else "" for line in lines
    ]
    times = Counter(keys)
    heads: set[int] = set()
    seen: set[str] = set()
    for place, line in enumerate(lines):
        key = keys[place]
        if _is_numbered_head(line, times[key]):
            heads.add(place)
        if times[key] < _TIMES_AT_PAGES or not _may_run(line):
            continue
        of_header = place <= _FIRST_LINES and is_upper(line.text)
        at_page = not of_header and (place - 1 in numbers or place + 1 in numbers)
        often = key in seen and times[key] >= _TIMES_ANYWHERE
        if at_page or (often and place and not has_ended(lines[place - 1].text)):
            heads.add(place)
        seen.add(key)
    return heads


def _is_numbered_head(line: Line, times: int) -> bool:
    """Say whether a line ends in the number of its page, and is set apart or comes back with another."""
    if not _may_run(line) or _NUMBERED_HEAD.fullmatch(line.text) is None:
        return False
    spread = line.end - line.start - len(line.text) >= _WIDE_BLANK
    return spread or (times >= _TIMES_AT_PAGES and line.after_gap)


def _may_run(line: Line) -> bool:
    return len(line.text) <= _RUNNING_HEAD_LENGTH and not line.is_cell and line.marker is None


def has_ended(text: str) -> bool:
    return _ENDED.search(text) is not None


def paragraphs_of(lines: list[Line]) -> list[Paragraph]:
    """Join the lines (furniture left out) to paragraphs."""
    margin = _margin(lines)
    broken = _is_broken(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and (_goes_on(groups[-1][-1], line, margin) or (broken and _runs_on(groups[-1], line))):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group) for group in groups]


def _paragraph(group: list[Line]) -> Paragraph:
    clean = joined([line.clean for line in group])
    return Paragraph(clean, tuple(group), group[0].marker if len(group) == 1 else marker_of(clean.text))


def _margin(lines: list[Line]) -> int | None:
    """Return the width at which this document's lines are broken, None where a line is a paragraph."""
    lengths = sorted(len(line.text) for line in lines if not line.is_cell)
    if not lengths:
        return None
    width = lengths[int(len(lengths) * 0.97)]
    broken = sum(
        1
        for line, after in pairwise(lines)
        if width - _MARGIN <= len(line.text) <= width + _MARGIN and after.text[:1].islower()
    )
    return (
        width if width >= _WIDE and broken >= max(3, len(lines) // 12) and width <= 2 * _WIDE + 20 else None
    )


def _goes_on(line: Line, after: Line, margin: int | None) -> bool:
    """Say whether ``after`` continues the sentence of ``line``."""
    if _stands_alone(line) or _stands_alone(after) or _OFFICIAL.match(after.text):
        return False
    if _is_bare_mark(line):
        return len(after.text) <= _LONGEST_HEADING and after.marker is None
    if (marker := after.marker) is not None:
        return _continues_reference(line, after, marker)
    if has_ended(line.text) or is_upper(line.text) or is_upper(after.text):
        return False
    if _dangles(line.text) or after.text[:1].islower() or after.text[0] in "(,;%)":
        return True
    return margin is not None and len(line.text) >= margin - _MARGIN and not after.after_gap


def _is_broken(lines: list[Line]) -> bool:
    """Say whether lines of this document are broken inside sentences, wherever it pleased a converter."""
    cut = sum(
        1
        for line, after in pairwise(lines)
        if after.text[0].islower()
        and not has_ended(line.text)
        and not after.after_gap
        and after.marker is None
    )
    return cut >= _BROKEN_TIMES


def _runs_on(group: list[Line], after: Line) -> bool:
    """In a broken document a sentence goes on also with a capital; a heading does not."""
    line, first = group[-1], group[0]
    if after.after_gap or has_ended(line.text) or after.marker is not None or _OFFICIAL.match(after.text):
        return False
    if any(_stands_alone(each) or each.bold or is_upper(each.text) for each in (first, line, after)):
        return False
    length = sum(len(each.text) for each in group)
    return length >= _LONG_HEADING or _OPENS_SENTENCE.match(first.text) is not None


def _stands_alone(line: Line) -> bool:
    return (
        line.is_cell
        or line.hashes > 0
        or (line.text[0] == "|" and _TABLE_ROW.fullmatch(line.text) is not None)
    )


def _is_bare_mark(line: Line) -> bool:
    """«Phần thứ hai», «Chương II» or «III.» alone: the heading is on the next line."""
    marker = line.marker
    if marker is not None:
        return marker.style in (Style.PART, Style.CHAPTER) and not line.text[marker.length :].strip(" .:")
    return _LONE_ROMAN.fullmatch(line.text) is not None


def _continues_reference(line: Line, after: Line, marker: Marker) -> bool:
    """«… khoản» / «2 Điều 71»: what looks like a mark is what the line before calls for."""
    if after.after_gap or marker.style not in (Style.NUMBER, Style.LETTER, Style.BULLET):
        return False
    if marker.style is Style.LETTER and not line.text.lower().endswith(_CALLS_LETTER):
        return False  # «2. Tiêu chuẩn tặng Giấy khen theo đợt» / «a) Tập thể: …»
    return _dangles(line.text) and not line.text.endswith((",", "-", "–"))


def _dangles(text: str) -> bool:
    """Say whether the last word calls for another; only the end is looked at."""
    return _DANGLING.search(text, max(0, len(text) - _LONGEST_DANGLING)) is not None

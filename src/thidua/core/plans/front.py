"""Where a document begins and ends: its header, the line that names its kind, its title, its closing.

A file may hold two documents, a decision and the plan it issues; each is a ``Part``. Forms and
appendices stand behind the closing of the last.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from thidua.core.plans.bodies import starts_body
from thidua.core.plans.ends import appendix_at, closing_at
from thidua.core.plans.kind_lines import kind_begun, kind_named, names_kind_alone
from thidua.core.plans.lines import Line
from thidua.core.plans.paragraphs import has_ended, is_upper
from thidua.core.text.citations import find_number, type_of_number

_LETTER_TO = re.compile(r"kính gửi\b", re.IGNORECASE)
_ABOUT = re.compile(r"[“\"]?(?:v/v|về việc)\b", re.IGNORECASE)
_NUMBER_LINE = re.compile(r"(?:số\s*:?|s[oôổồỗộóòỏọ6]\s?[:;.])\s*\d*\s*\w{0,6}\s*[-/]", re.IGNORECASE)
_PLACE_AND_DAY = re.compile(r"^[^,]{2,40},\s*ngày\b.{0,30}\bnăm\b", re.IGNORECASE)
_MOTTO = re.compile(
    r"cộng (?:hòa|hoà) xã hội chủ nghĩa|đảng cộng sản việt nam\Z|độc lập\s*[-–]\s*tự do", re.IGNORECASE
)
_ATTACHED = re.compile(
    r"\(?\s*(?:được\s+)?(?:ban hành\s+|phê duyệt\s+)?(?:kèm theo|theo)\s+"
    r"(?:quyết định|công văn|văn bản|thông báo)\b",
    re.IGNORECASE,
)
_PREAMBLE_WORDS = (
    "căn cứ", "thực hiện", "hưởng ứng", "trên cơ sở", "trong năm", "trong thời gian", "trong không khí",
    "nhằm", "để", "hôm nay", "kính gửi", "xét", "theo", "tiếp tục", "phát huy", "với", "nhân dịp", "được sự",
    "triển khai", r"ngày(?=\s+\d)", "thưa", "kính thưa", r"năm \d{4}",
)  # fmt: skip
_PREAMBLE = re.compile(rf"(?:{'|'.join(_PREAMBLE_WORDS)})\b", re.IGNORECASE)
_BARE_YEAR = re.compile(r"năm (?:học )?\d{4}(?: ?[-–] ?\d{4})?", re.IGNORECASE)
_NEVER_TITLE = re.compile(
    r"(?:(?:căn cứ|kính gửi|hôm nay)\b|(?:chủ đề|khẩu hiệu)(?: hành động)?\s*:)", re.IGNORECASE
)
_BELOW_AUTHORITY = re.compile(r"(?:căn cứ|xét|theo|thực hiện|quyết định)\b", re.IGNORECASE)
# What only sounds like a body: «TỔ CHỨC CÁC ĐỢT THI ĐUA» is no «Tổ».
_OF_WORK = re.compile(r"(?:tổ chức|ban hành|báo cáo|hội (?:nghị|thi|thao|diễn))\b", re.IGNORECASE)
_DECIDING = frozenset(("QUYET_DINH", "NGHI_QUYET", "NGHI_DINH", "THONG_TU", "CHI_THI"))
_HEADER_GAP = 8  # lines between two things of one header
_HEADER_REACH = 70
_PAGE_HEADING_REACH = 12
_TITLE_LENGTH = 420
_LONG_LINE = 230
_NAME_LENGTH = 90
_NAME_LINES = 4
_FIRST_LETTERS = 5
_MOTTO_REACH = 14
_ATTACHED_REACH = 7
_FEWEST_LINES_BETWEEN = 5


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a file: the lines of its header, kind, title, body and closing, in this order."""

    kind: str | None
    header: tuple[Line, ...]
    kind_line: Line | None
    title: tuple[Line, ...]
    body: tuple[Line, ...]
    closing: tuple[Line, ...]
    annex: tuple[Line, ...] = ()


def parts_of(lines: Sequence[Line]) -> list[Part]:
    """Return the documents that ``lines`` (furniture left out) hold, at least one; the last has the annex."""
    annexed = appendix_at(lines)
    kept = lines[:annexed]
    starts = _starts(kept)
    parts = [_part(kept[start:end]) for start, end in zip(starts, [*starts[1:], len(kept)], strict=True)]
    return [*parts[:-1], replace(parts[-1], annex=tuple(lines[annexed:]))]


def _kind_at(lines: Sequence[Line]) -> int | None:
    places = range(min(len(lines), _HEADER_REACH))
    return next((at for at in places if _names_kind(lines[at]) or _is_kind_alone(lines, at)), None)


def _is_kind_alone(lines: Sequence[Line], at: int) -> bool:
    """Say whether a line is nothing but «Kế hoạch», in whatever letters, under a header or above «(Kèm theo …)»."""
    if not names_kind_alone(lines[at].text):
        return False
    above = lines[max(0, at - _MOTTO_REACH) : at]
    return any(_is_of_header(line.text) for line in above) or _is_attached(lines, at)


def _is_attached(lines: Sequence[Line], at: int) -> bool:
    """Say whether «(Kèm theo Quyết định số …)» stands below the name of a kind."""
    return any(_ATTACHED.match(line.text) for line in lines[at + 1 : at + _ATTACHED_REACH])


def _is_of_header(text: str) -> bool:
    return bool(_MOTTO.search(text) or _NUMBER_LINE.match(text) or _PLACE_AND_DAY.match(text))


def _names_kind(line: Line) -> bool:
    """Say whether a line names the kind of a document and is no sentence that begins so."""
    if line.marker is not None or len(line.text) >= _LONG_LINE or line.text.endswith((";", ",")):
        return False
    if not (line.bold or line.hashes or line.text[:_FIRST_LETTERS].isupper()):
        return False
    named = kind_named(line.text)
    return named is not None and (is_upper(line.text[: named[1]]) or line.bold or line.hashes > 0)


def _starts(lines: Sequence[Line]) -> list[int]:
    """Return where each document of the file begins: at its own motto, or where an attachment is announced."""
    first = _kind_at(lines)
    if first is None:
        return [0]
    starts = {0}
    last = first
    for at in range(first + 1, len(lines)):
        if at - last <= _FEWEST_LINES_BETWEEN:
            continue
        if not (_names_kind(lines[at]) or names_kind_alone(lines[at].text)):
            continue
        above = range(max(first + _NAME_LINES, at - _MOTTO_REACH), at)
        motto = max((back for back in above if _MOTTO.search(lines[back].text)), default=None)
        if motto is not None:
            starts.add(_header_start(lines, motto, first))
            last = at
        elif _is_attached(lines, at):
            starts.add(at)
            last = at
    return sorted(starts)


def _header_start(lines: Sequence[Line], motto: int, floor: int) -> int:
    """Return the first of the lines just above a motto that name the issuer, in capitals, or the number."""
    names = [lines[at] for at in range(motto - 1, max(floor + 1, motto - _NAME_LINES - 1), -1)]
    return motto - len(list(takewhile(_heads, names)))


def _heads(line: Line) -> bool:
    return (is_upper(line.text) or bool(_NUMBER_LINE.match(line.text))) and len(line.text) < _NAME_LENGTH


def _part(lines: Sequence[Line]) -> Part:
    kind_at = _kind_at(lines)
    end = closing_at(lines, kind_at or 0)
    if kind_at is None:
        return _untitled(lines, end)
    kind, length = kind_named(lines[kind_at].text) or (None, 0)
    has_text = length < len(lines[kind_at].text)
    title_end = _title_end(lines, kind_at, end, has_text=has_text, kind=kind)
    return Part(
        kind=kind,
        header=tuple(lines[:kind_at]),
        kind_line=lines[kind_at],
        title=tuple(lines[kind_at + 1 : title_end]),
        body=tuple(lines[title_end:end]),
        closing=tuple(lines[end:]),
    )


def _untitled(lines: Sequence[Line], end: int) -> Part:
    """Take in a document without a line that names its kind in capitals."""
    letter = next((at for at, line in enumerate(lines[:_HEADER_REACH]) if _LETTER_TO.match(line.text)), None)
    if letter is not None:
        about = _about_lines(lines[:letter])
        return Part(
            "CONG_VAN", tuple(lines[:letter]), None, about, tuple(lines[letter:end]), tuple(lines[end:])
        )
    if (heading := _page_heading(lines[:_PAGE_HEADING_REACH])) is not None:
        kind = kind_begun(lines[heading].text)
        goes_on = takewhile(_goes_on_small, lines[heading + 1 : end])
        header, title = tuple(lines[:heading]), tuple(goes_on)
        body = tuple(lines[heading + 1 + len(title) : end])
        return Part(kind[0] if kind else None, header, lines[heading], title, body, tuple(lines[end:]))
    start = _loose_header_end(lines)
    title = tuple(takewhile(lambda line: is_upper(line.text) or line.bold, lines[start:end])) if start else ()
    header, body = tuple(lines[:start]), tuple(lines[start + len(title) : end])
    return Part(_kind_by_number(header), header, None, title, body, tuple(lines[end:]))


def _goes_on_small(line: Line) -> bool:
    """Whether a line below a heading in running letters is the rest of it."""
    ends_well = not line.text.endswith((".", ";", ",", ":"))
    return line.text[0].islower() and ends_well and not line.after_gap and line.marker is None


def _page_heading(lines: Sequence[Line]) -> int | None:
    """Return the line «Kế hoạch phát động …» that heads a page of the web, in running letters."""
    for at, line in enumerate(lines):
        ends_well = not line.text.endswith((".", ";", ",", ":")) and len(line.text) < _LONG_LINE
        if ends_well and kind_begun(line.text) and line.marker is None and not _NUMBER_LINE.search(line.text):
            return at
    return None


def _kind_by_number(header: Sequence[Line]) -> str | None:
    """Return the kind that the symbol in the number of the header stands for."""
    numbers = [find_number(line.text) for line in header if _NUMBER_LINE.match(line.text)]
    return next((kind for number in numbers if number and (kind := type_of_number(number))), None)


def _about_lines(header: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines of a letter's «V/v …», up to the next thing of its header."""
    start = next((at for at, line in enumerate(header) if _ABOUT.search(line.text)), None)
    if start is None:
        return ()
    return (header[start], *takewhile(_continues_matter, header[start + 1 :]))


def _continues_matter(line: Line) -> bool:
    return not (is_upper(line.text) or _is_of_header(line.text))


def _loose_header_end(lines: Sequence[Line]) -> int:
    """Return where the header ends when only its motto, number or date tell that there is one."""
    marks = [at for at, line in enumerate(lines[: _HEADER_REACH // 3]) if _is_of_header(line.text)]
    header = 0
    for at in marks:
        if at - header > _HEADER_GAP:
            break  # place and day at the end of a short text
        header = at + 1
    return header


def _title_end(lines: Sequence[Line], kind_at: int, end: int, *, has_text: bool, kind: str | None) -> int:
    """Return the place of the first line behind the title; only a decision may have who decides in its stead."""
    at = kind_at + 1
    length = 0
    while at < end:
        line = lines[at]
        length += len(line.text)
        fits = _continues_title(lines[at - 1], line) if has_text else _is_first_of_title(line)
        decides = kind != "GIAO_UOC" and (has_text or kind in _DECIDING)
        if not fits or length > _TITLE_LENGTH or (decides and _is_authority(lines, at)):
            break
        has_text = True
        at += 1
    return at


def _is_authority(lines: Sequence[Line], at: int) -> bool:
    """«BỘ TRƯỞNG BỘ TƯ PHÁP» between the title of a decision and its «Căn cứ»: who decides."""
    text = lines[at].text
    after = lines[at + 1].text if at + 1 < len(lines) else ""
    named = is_upper(text) and starts_body(text) and _OF_WORK.match(text) is None
    return named and _BELOW_AUTHORITY.match(after) is not None


def _is_first_of_title(line: Line) -> bool:
    attached = _ATTACHED.match(line.text) and not line.text[0].islower()
    if line.marker is not None or attached or line.text.endswith((":", ";")):
        return False
    if _NUMBER_LINE.match(line.text) or _PLACE_AND_DAY.match(line.text):
        return False
    return len(line.text) <= _TITLE_LENGTH and not _NEVER_TITLE.match(line.text)


def _continues_title(before: Line, line: Line) -> bool:
    if not _is_first_of_title(line) or has_ended(before.text) or len(line.text) >= _LONG_LINE:
        return False
    if line.text[0].islower() or before.text.endswith((",", "-", "–")):
        return True
    set_off = line.bold or line.hashes > 0
    if set_off != (before.bold or before.hashes > 0) or is_upper(line.text) > is_upper(before.text):
        return False
    opens_preamble = (
        _PREAMBLE.match(line.text) and not is_upper(line.text) and not _BARE_YEAR.fullmatch(line.text)
    )
    return (set_off or not line.after_gap) and not opens_preamble and not has_ended(line.text)

"""Where a document begins and ends: its header, the line that names its kind, its title, its closing.

A file may hold two documents, a decision and the plan it issues; each is a ``Part``. Forms and
appendices behind the closing are no part of either.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from thidua.core.plans.lines import Line
from thidua.core.plans.markers import marker_of
from thidua.core.plans.paragraphs import has_ended, is_upper
from thidua.core.text.folding import fold
from thidua.core.text.letters import CAPITALS

# The line that names a kind of document, folded; the longest first where one begins another.
_KINDS: tuple[tuple[str, str], ...] = (
    (
        "NOI_DUNG_PHAT_DONG",
        r"(?:noi dung )?phat dong (?:phong trao )?thi dua(?! ?(?:quy|nam|dot))|noi dung phat dong",
    ),
    ("LOI_PHAT_DONG", r"(?:loi|thu|bai) (?:phat dong|keu goi)(?: phong trao)?(?: thi dua)?(?: yeu nuoc)?"),
    ("GIAO_UOC", r"(?:ban )?(?:ky ket )?giao uoc(?: thi dua)?"),
    ("KE_HOACH", r"ke hoach"),
    ("QUYET_DINH", r"quyet dinh"),
    ("CHI_THI", r"chi thi"),
    ("THONG_TU", r"thong tu(?: lien tich)?"),
    ("HUONG_DAN", r"huong dan"),
    ("BAO_CAO", r"bao cao"),
    ("THONG_BAO", r"thong bao(?: ket luan)?"),
    ("TO_TRINH", r"to trinh"),
    ("QUY_CHE", r"quy che"),
    ("QUY_DINH", r"quy dinh"),
    ("THE_LE", r"the le"),
    ("NGHI_QUYET", r"nghi quyet"),
    ("NGHI_DINH", r"nghi dinh"),
    ("CHUONG_TRINH", r"chuong trinh(?: hanh dong| phoi hop)?"),
    ("DE_AN", r"de an"),
    ("CONG_VAN", r"cong van"),
)
_KIND_LINES = tuple((kind, re.compile(rf"(?:{wording})\b")) for kind, wording in _KINDS)
_WHOLE_KIND_LINES = tuple((kind, re.compile(rf"(?:{wording})[ .:]*\Z")) for kind, wording in _KINDS)

_APPENDIX = re.compile(
    r"(?:PHỤ LỤC|Phụ lục)\b(?!.*[.;]\Z)|(?:MẪU|Mẫu)(?: số)?\s*:?\s*[\dIVX]|BIỂU MẪU|(?:BIỂU|Biểu) số\b"
)
_RECIPIENTS = re.compile(r"(?:nơi nhận|nơi gửi)\s*(?::|\Z|\s{3,})", re.IGNORECASE)
_LETTER_TO = re.compile(r"kính gửi\b", re.IGNORECASE)
_ABOUT = re.compile(r"(?:v/v|về việc)\b", re.IGNORECASE)
_NUMBER_LINE = re.compile(r"số\s*:?\s*\d*\s*/", re.IGNORECASE)
_MOTTO = re.compile(
    r"cộng ho[àa]̀? xã hội chủ nghĩa|đảng cộng sản việt nam\Z|độc lập\s*[-–]\s*tự do", re.IGNORECASE
)
_ATTACHED = re.compile(
    r"\(?\s*(?:được\s+)?(?:ban hành\s+)?(?:kèm theo|theo)\s+(?:quyết định|công văn|văn bản|thông báo)\b",
    re.IGNORECASE,
)
_PREAMBLE = re.compile(
    r"(?:căn cứ|thực hiện|hưởng ứng|trên cơ sở|trong (?:năm|thời gian|không khí)|nhằm|để|hôm nay|kính gửi|"
    r"xét|theo|tiếp tục|phát huy|với|nhân dịp|được sự|triển khai|năm \d{4}|ngày|thưa|kính thưa)\b",
    re.IGNORECASE,
)
_PLACE_AND_DAY = re.compile(r"^[^,]{2,40},\s*ngày\b.{0,30}\bnăm\b", re.IGNORECASE)
_HEADER_REACH = 70
_TITLE_LENGTH = 420
_LONG_LINE = 230


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a file: the lines of its header, kind, title, body and closing, in this order."""

    kind: str | None
    header: tuple[Line, ...]
    kind_line: Line | None
    title: tuple[Line, ...]
    body: tuple[Line, ...]
    closing: tuple[Line, ...]

    @property
    def is_attached(self) -> bool:
        return any(_ATTACHED.match(line.text) for line in (*self.header, *self.title, *self.body[:3]))


def parts_of(lines: Sequence[Line]) -> list[Part]:
    """Return the documents that ``lines`` (furniture left out) hold, at least one."""
    kept = lines[: _appendix_at(lines)]
    starts = _starts(kept)
    return [_part(kept[start:end]) for start, end in zip(starts, [*starts[1:], len(kept)], strict=True)]


def kind_named(text: str) -> tuple[str, int] | None:
    """Return the kind of document a line names and how many characters that takes."""
    words = fold(text)
    for kind, wording in _WHOLE_KIND_LINES:
        if wording.match(words):
            return kind, len(text)
    for kind, wording in _KIND_LINES:
        if (match := wording.match(words)) and is_upper(text[: match.end()]):
            return kind, match.end()
    return None


def _appendix_at(lines: Sequence[Line]) -> int:
    """Return where the forms and appendices behind the first closing begin."""
    closed = False
    for place, line in enumerate(lines):
        closed = closed or _RECIPIENTS.match(line.text) is not None or line.text.endswith(("./.", "/."))
        if closed and place > len(lines) // 20 and _APPENDIX.match(line.text) and len(line.text) < 200:
            return place
    return len(lines)


def _names_kind(lines: Sequence[Line], place: int) -> bool:
    """Say whether the line at ``place`` names the kind of a document and is no sentence that begins so."""
    line = lines[place]
    if marker_of(line.text) is not None:
        return False
    named = kind_named(line.text)
    if named is None or not (is_upper(line.text[: named[1]]) or line.bold or line.hashes):
        return False
    return len(line.text) < _LONG_LINE and not line.text.rstrip().endswith((";", ","))


def _starts(lines: Sequence[Line]) -> list[int]:
    """Return where each document of the file begins: at its own motto, or where an attachment is announced."""
    starts = [0]
    first = next(
        (place for place in range(min(len(lines), _HEADER_REACH)) if _names_kind(lines, place)), None
    )
    if first is None:
        return starts
    for place in range(first + 1, len(lines)):
        if not _names_kind(lines, place) or not _whole_kind(lines[place]):
            continue
        near = lines[place + 1 : place + 7]
        motto = max(
            (back for back in range(max(first + 4, place - 14), place) if _MOTTO.search(lines[back].text)),
            default=None,
        )
        if motto is not None:
            starts.append(_header_start(lines, motto, first))
        elif any(_ATTACHED.match(line.text) for line in near) and place - first > 5:
            starts.append(place)
    return sorted(set(starts))


def _whole_kind(line: Line) -> bool:
    named = kind_named(line.text)
    return named is not None and (named[1] == len(line.text) or len(line.text) < _TITLE_LENGTH)


def _header_start(lines: Sequence[Line], motto: int, floor: int) -> int:
    """Return the first of the capital lines (the issuer's) just above a motto."""
    place = motto
    while place - 1 > floor + 1 and is_upper(lines[place - 1].text) and len(lines[place - 1].text) < 90:
        place -= 1
        if place + 1 < motto - 4:
            break
    return place if motto - place <= 4 else motto


def _part(lines: Sequence[Line]) -> Part:
    kind_at = next(
        (place for place in range(min(len(lines), _HEADER_REACH)) if _names_kind(lines, place)), None
    )
    closing_at = _closing_at(lines, kind_at or 0)
    if kind_at is None:
        return _untitled(lines, closing_at)
    named = kind_named(lines[kind_at].text)
    kind, length = named or (None, 0)
    title_end = _title_end(lines, kind_at, closing_at, length)
    return Part(
        kind=kind,
        header=tuple(lines[:kind_at]),
        kind_line=lines[kind_at],
        title=tuple(lines[kind_at + 1 : title_end]),
        body=tuple(lines[title_end:closing_at]),
        closing=tuple(lines[closing_at:]),
    )


def _untitled(lines: Sequence[Line], closing_at: int) -> Part:
    """A document without a line that names its kind: an official letter, or a text that begins at once."""
    letter = next(
        (place for place, line in enumerate(lines[:_HEADER_REACH]) if _LETTER_TO.match(line.text)), None
    )
    header_end = letter if letter is not None else _loose_header_end(lines)
    about = _about_lines(lines[:header_end])
    return Part(
        kind="CONG_VAN"
        if letter is not None and (about or any(_NUMBER_LINE.match(l.text) for l in lines[:header_end]))
        else None,
        header=tuple(lines[:header_end]),
        kind_line=None,
        title=about,
        body=tuple(lines[header_end:closing_at]),
        closing=tuple(lines[closing_at:]),
    )


def _about_lines(header: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a letter's «V/v …», up to the next thing of its header."""
    start = next((place for place, line in enumerate(header) if _ABOUT.match(line.text)), None)
    if start is None:
        return ()
    end = start + 1
    while end < len(header) and _continues_matter(header[end]):
        end += 1
    return tuple(header[start:end])


def _continues_matter(line: Line) -> bool:
    first = line.text
    return not (
        is_upper(first)
        or _MOTTO.search(first)
        or _NUMBER_LINE.match(first)
        or re.search(r",\s*ngày\b", first)
    )


def _loose_header_end(lines: Sequence[Line]) -> int:
    """Return where the header ends when only its motto, number or date tell that there is one."""
    marks = [
        place
        for place, line in enumerate(lines[:20])
        if _MOTTO.search(line.text) or _NUMBER_LINE.match(line.text)
    ]
    return marks[-1] + 1 if marks else 0


def _title_end(lines: Sequence[Line], kind_at: int, closing_at: int, kind_length: int) -> int:
    """Return the place of the first line behind the title."""
    place = kind_at + 1
    has_text = kind_length < len(lines[kind_at].text)
    length = 0
    while place < closing_at:
        line, before = lines[place], lines[place - 1]
        length += len(line.text)
        if not (has_text or _is_first_of_title(line)) or (has_text and not _continues_title(before, line)):
            break
        if length > _TITLE_LENGTH:
            break
        has_text = True
        place += 1
    return place


def _is_first_of_title(line: Line) -> bool:
    if marker_of(line.text) is not None or _ATTACHED.match(line.text) or line.text.endswith((":", ";")):
        return False
    return len(line.text) <= _TITLE_LENGTH and not re.match(
        r"(?:căn cứ|kính gửi|hôm nay)\b", line.text, re.IGNORECASE
    )


def _continues_title(before: Line, line: Line) -> bool:
    if marker_of(line.text) is not None or _ATTACHED.match(line.text) or has_ended(before.text):
        return False
    if _NUMBER_LINE.match(line.text) or _PLACE_AND_DAY.search(line.text):
        return False
    if line.text[0].islower() or before.text.endswith((",", "-", "–")):
        return len(line.text) < _LONG_LINE
    set_off = line.bold or line.hashes > 0
    alike = set_off == (before.bold or before.hashes > 0) and (is_upper(line.text) <= is_upper(before.text))
    return (
        alike
        and (not line.after_gap or set_off)
        and len(line.text) < _LONG_LINE
        and not (_PREAMBLE.match(line.text) and not is_upper(line.text))
        and not has_ended(line.text)
    )


_NAME = re.compile(rf"(?:[{CAPITALS}][\w’'.-]*\s+){{1,7}}[{CAPITALS}][\w’'-]*")
_SIGNATURE = re.compile(
    r"(?:TM|KT|TL|TUQ|T/M|K/T|Q)\s?\.|\(?đã ký\)?|\(ký|(?:\S+\s+){0,9}(?:CHỦ TỊCH|TRƯỞNG|GIÁM ĐỐC|BÍ THƯ|CỤC|THỦ TƯỚNG|"
    r"CHỦ NHIỆM|VIỆN TRƯỞNG|CHÁNH ÁN|TỔNG BIÊN TẬP|HIỆU TRƯỞNG|CHỈ HUY)|ĐẠI DIỆN",
    re.IGNORECASE,
)


def _closing_at(lines: Sequence[Line], after: int) -> int:
    """Return where recipients and signature begin."""
    recipients = next((p for p in range(after, len(lines)) if _RECIPIENTS.match(lines[p].text)), None)
    if recipients is not None:
        return _signature_before(lines, recipients, after)
    return _signature_before(lines, len(lines), after)


def _signature_before(lines: Sequence[Line], end: int, floor: int) -> int:
    """Return the place of the first line of the signature that stands just before ``end``, or ``end``."""
    place = end
    while place - 1 > floor and end - place < 14 and _may_sign(lines[place - 1]):
        place -= 1
    block = lines[place:end]
    offset = next(
        (
            at
            for at, line in enumerate(block)
            if _SIGNATURE.match(line.text) and (is_upper(line.text) or line.bold or at < len(block))
        ),
        None,
    )
    return end if offset is None else place + offset


def _may_sign(line: Line) -> bool:
    if len(line.text) > 110 or (
        line.text.endswith((";", ".", "./.", ",")) and not re.match(r"\S+\.$", line.text)
    ):
        return False
    return marker_of(line.text) is None and (
        is_upper(line.text)
        or _NAME.fullmatch(line.text.strip(" .*:")) is not None
        or _SIGNATURE.match(line.text) is not None
    )

"""The values a document has once: number, day, place, issuer, title, years, the decision that issues it."""

import re
from collections.abc import Iterator, Sequence

from thidua.core.plans.bodies import STARTS_BODY, as_in_text, begins_new_name, full_name
from thidua.core.plans.kind_lines import kind_begun, kind_named
from thidua.core.plans.items import Place, Promulgation, Single, cite
from thidua.core.plans.lines import Clean, Line, cleaned, joined
from thidua.core.plans.outline import Outline
from thidua.core.plans.paragraphs import is_upper
from thidua.core.plans.source import Source
from thidua.core.text.citations import NUMBER, find_citations, tidy_number
from thidua.core.text.dates import RangeKind, find_dates, find_ranges
from thidua.core.text.letters import CAPITALS

_COLUMNS = re.compile(r"(?<!ngày)(?<!tháng)(?<!năm)(?<!Số)(?<!Số:)(?<!số)(?<!số:)(?:\t+|(?<!\s)\s{3,})")
_MOTTO = re.compile(
    r"cộng (?:hòa|hoà) xã hội chủ nghĩa việt nam|độc lập\s*[-–—]\s*tự do\s*[-–—]\s*hạnh phúc|đảng cộng sản việt nam|(?<!thành )đoàn tncs hồ chí minh\Z",
    re.IGNORECASE,
)
# A number of one's own may be set with blanks all over: «Số: 281 / TB – HTS», «Số: 4155QĐ/ BTP».
_SPACED_NUMBER = r"\d{1,5}\s?[A-ZĐ]{0,6}(?:\s?[-–/]\s?[A-ZĐ][A-ZĐa-z0-9&]*){1,4}(?!\w)"
_OWN_NUMBER = re.compile(rf"(?:Số|SỐ)\s*:?\s*(?P<number>{_SPACED_NUMBER}|{NUMBER})")
_DAY = r"(?:(?P<day>\d{1,2})\s*tháng\s*(?P<month>\d{1,2})\s*năm\s*(?P<year>(?:19|20)\d{2})|(?P<figures>\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d{2}))"
_CAPITALISED = rf"[{CAPITALS}][\w.’']*"
_PLACE_AND_DAY = re.compile(
    rf"(?P<place>(?:thành phố\s+|tp\.?\s+|tỉnh\s+|huyện\s+|xã\s+)?{_CAPITALISED}(?:\s+(?:-\s+)?{_CAPITALISED}){{0,5}})\s*,?\s*ngày\s*{_DAY}",
)
_PART_OF_DAY = re.compile(
    rf"(?P<place>{_CAPITALISED}(?:\s+{_CAPITALISED}){{0,4}})\s*,\s*(?:ngày[\s.…]*)?tháng\s*(?P<month>\d{{1,2}})\s*năm\s*(?P<year>(?:19|20)\d{{2}})"
)
_TODAY = re.compile(
    rf"hôm nay\s*,?\s*ngày\s*{_DAY}(?:\s*,?\s*tại\s+(?P<place>[^,;:]{{3,60}}))?", re.IGNORECASE
)
_ATTACHED = re.compile(r"\(?(?:được )?(?:ban hành |phê duyệt )?kèm theo|\(?ban hành theo", re.IGNORECASE)
_YEAR_SPAN = re.compile(
    r"(?:giai đoạn|năm học|các năm|niên khóa|nhiệm kỳ|năm)\s*(?P<first>20\d{2})\s*[-–—]\s*(?P<last>20\d{2})",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:năm|/|quý\s+[IVX]+\s*[/-])\s*(?P<year>20\d{2})(?!\d)", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_ISSUES = (
    r"(?:phát động|ban hành|xây dựng|tổ chức (?:phát động|phong trào|đợt)|triển khai|đề nghị|yêu cầu|kêu gọi|"
    r"thông báo|hướng dẫn)"
)
_ISSUER_IN_TEXT = re.compile(
    rf"(?:^|[,;.]\s*|\bnăm \d{{4}},?\s+)(?P<body>[{CAPITALS}][^,;:.“”\"()]{{2,110}}?)\s+{_ISSUES}\b"
)
_OF_BODY = re.compile(
    r"\b(?:của|trong|tại)\s+(?P<body>[^“”\"(]{4,100}?)"
    r"(?=\s+(?:năm|giai đoạn|quý|lần|từ|trong|nhân dịp|chào mừng)\b|\Z|[“\"(,])",
    re.IGNORECASE,
)
_TRAILING_YEAR = re.compile(
    r"\s*[-–,]?\s*(?:quý\s+[ivx]+(?:\s+|/))?(?:năm(?: học)?\s*)?(?:\d{4}\s*[-–]\s*)?(?:năm\s+)?\d{4}\s*\Z",
    re.IGNORECASE,
)
_BELOW_TITLE = 3
_LONG_TITLE = 200
_OWN_FIELD = re.compile(
    r"\b(?:đối với|trong|của|tại)\s+(?:ngành|lĩnh vực|Bộ|bộ|tỉnh|thành phố|hệ thống)\b", re.IGNORECASE
)
_NO_TITLE_KINDS = ("GIAO_UOC", "LOI_PHAT_DONG", "NOI_DUNG_PHAT_DONG")


def columns(source: Source, lines: Sequence[Line]) -> list[Clean]:
    """Return the pieces of ``lines`` that stand in columns side by side, the motto taken out."""
    pieces: list[Clean] = []
    for line in lines:
        start = line.start
        for gap in _COLUMNS.finditer(source.text, line.start, line.end):
            pieces.append(cleaned(source.text, start, gap.start()))
            start = gap.end()
        pieces.append(cleaned(source.text, start, line.end))
    return [
        piece for whole in _with_whole_motto(pieces) for piece in _without_motto(source, whole) if piece.text
    ]


def _with_whole_motto(pieces: Sequence[Clean]) -> list[Clean]:
    """Join the motto where a line breaks it: «CỘNG» / «HÒA XÃ HỘI …»."""
    kept: list[Clean] = []
    for piece in pieces:
        if kept and not _MOTTO.search(piece.text) and _MOTTO.fullmatch(f"{kept[-1].text} {piece.text}"):
            kept.append(joined([kept.pop(), piece]))
        else:
            kept.append(piece)
    return kept


def _without_motto(source: Source, piece: Clean) -> Iterator[Clean]:
    motto = _MOTTO.search(piece.text)
    if motto is None:
        yield piece
        return
    if motto.start():
        yield cleaned(source.text, piece.place(0), piece.place(motto.start() - 1) + 1)
    if motto.end() < len(piece.text):
        yield cleaned(source.text, piece.place(motto.end()), piece.place(len(piece.text) - 1) + 1)


def _header_places(outline: Outline) -> Iterator[list[Clean]]:
    """Yield the pieces of the places where number and day may stand: header, just below the title, closing."""
    yield columns(outline.source, outline.part.header)
    yield columns(outline.source, outline.part.body[:_BELOW_TITLE])
    yield columns(outline.source, _signed_part(outline))


def _signed_part(outline: Outline) -> list[Line]:
    """The lines of the closing that name no recipient."""
    return [line for line in outline.part.closing if not line.text.startswith(("-", "–", "+", "*"))]


def read_number(outline: Outline) -> Single | None:
    """Read the document's own number, from the line «Số:» nearest above the title."""
    for pieces in _header_places(outline):
        if not pieces:
            continue
        whole = joined(pieces)
        starts = _starts(pieces)
        found = [match for match in _OWN_NUMBER.finditer(whole.text) if match.start() in starts]
        if found:
            place = outline.cite(whole, found[-1].start(), found[-1].end())
            return Single(place=place, value=tidy_number(found[-1]["number"]))
    return None


def _starts(pieces: Sequence[Clean]) -> set[int]:
    """Where each piece begins in the joined text."""
    starts, at = set(), 0
    for piece in pieces:
        starts.add(at)
        at += len(piece.text) + 1
    return starts


def read_issued_on(outline: Outline) -> Single | None:
    """Read the day in the line of place and day, at the precision stated."""
    found = _dated_line(outline)
    return Single(place=found[0], value=found[2]) if found else None


def read_place(outline: Outline) -> Single | None:
    found = _dated_line(outline)
    return Single(place=found[0], value=found[1]) if found and found[1] else None


def _dated_line(outline: Outline) -> tuple[Place, str | None, str] | None:
    """Return the place in the text, the place named and the day of the line «Hà Nội, ngày …»."""
    for pieces in _header_places(outline):
        for clean in reversed(_with_broken_names(pieces)):
            match = _PLACE_AND_DAY.match(clean.text) or _PART_OF_DAY.match(clean.text)
            if match:
                return outline.cite(clean, match.start(), match.end()), match["place"], _iso(match)
    return _today(outline)


def _with_broken_names(pieces: Sequence[Clean]) -> list[Clean]:
    """Join a place's name broken over two lines: «Sơn» / «Hà, ngày …»."""
    kept: list[Clean] = []
    for piece in pieces:
        broken = (
            kept
            and re.match(rf"{_CAPITALISED}\s*,\s*ngày", piece.text)
            and re.fullmatch(rf"{_CAPITALISED}(?:\s+{_CAPITALISED})?", kept[-1].text)
            and not is_upper(kept[-1].text)
        )
        kept.append(joined([kept.pop(), piece]) if broken else piece)
    return kept


def _iso(match: re.Match[str]) -> str:
    parts = match.groupdict()
    if parts.get("figures"):
        return find_dates(match["figures"])[0].value
    month = f"{int(parts['month']):02d}"
    return f"{parts['year']}-{month}" + (f"-{int(parts['day']):02d}" if parts.get("day") else "")


def _today(outline: Outline) -> tuple[Place, str | None, str] | None:
    """«Hôm nay, ngày … tại …» at the head of a pledge."""
    for node in outline.preamble[:3]:
        if match := _TODAY.search(node.text):
            at = node.text_at
            return outline.cite(node.clean, at + match.start(), at + match.end()), match["place"], _iso(match)
    return None


def read_title(outline: Outline) -> Single | None:
    """Read the title: the lines below the one that names the kind, that line too where it begins the title."""
    parts = title_parts(outline)
    if not parts:
        return None
    whole = joined(parts)
    text = re.sub(r"^[“\"]?(?:v/v|về việc)\s*:?\s*", "", whole.text, flags=re.IGNORECASE)
    start = len(whole.text) - len(text)
    return Single(place=outline.cite(whole, start, len(whole.text)), value=_shortened(text.strip(' .*“”"')))


def title_parts(outline: Outline) -> list[Clean]:
    """Return the pieces of the title."""
    part = outline.part
    line = part.kind_line
    below = [each.clean for each in part.title]
    if line is None:
        return _matter(outline) if part.kind == "CONG_VAN" else below
    named = kind_named(line.text) or kind_begun(line.text)
    length = named[1] if named else 0
    rest = line.text[length:].strip(" .:-–")
    if part.kind in _NO_TITLE_KINDS or not (below or rest):
        return [line.clean, *below]
    return [cleaned(outline.text, line.clean.place(length), line.end), *below] if rest else below


def _matter(outline: Outline) -> list[Clean]:
    """The «V/v …» of a letter without what stands in the column beside it."""
    pieces = columns(outline.source, outline.part.title)
    return [piece for piece in pieces if not is_upper(piece.text) and not _PLACE_AND_DAY.match(piece.text)]


def _shortened(title: str) -> str:
    """Return a very long title without what it says of the documents it cites; their numbers stay."""
    if len(title) <= _LONG_TITLE:
        return title
    cited = next((one for one in find_citations(title) if one.number and one.type != "LUAT"), None)
    if cited is None or cited.number is None:
        return title
    number_end = re.compile(NUMBER).search(title, cited.start)
    behind = list(_OWN_FIELD.finditer(title, cited.end))
    kept = title[: number_end.end() if number_end else cited.end]
    return f"{kept} … {title[behind[-1].start() :]}" if behind else kept


def read_years(outline: Outline) -> tuple[list[int], Place] | None:
    """Read the years the movement is for: those its title names, else those of its first sentences, else of its day."""
    for clean in _year_texts(outline):
        if years := _years_in(clean.text):
            found, start, end = years
            return found, outline.cite(clean, start, end)
    day = read_issued_on(outline)
    if day and outline.is_launch_plan:
        return [int(str(day.value)[:4])], day.place
    return None


def _year_texts(outline: Outline) -> Iterator[Clean]:
    if parts := title_parts(outline):
        yield joined(parts)
    if outline.is_launch_plan:
        for node in outline.preamble:
            if re.search(r"phát động|phong trào|thi đua", node.text) and not re.match(
                r"căn cứ", node.text, re.IGNORECASE
            ):
                yield node.clean


def _years_in(text: str) -> tuple[list[int], int, int] | None:
    """Return the years named outside quotation marks (another movement's span is not this plan's), and where."""
    bare = _QUOTED.sub(lambda match: " " * len(match.group()), text)
    for hidden in (bare, text):
        if span := _YEAR_SPAN.search(hidden):
            first, last = int(span["first"]), int(span["last"])
            if first <= last <= first + 10:
                return list(range(first, last + 1)), span.start(), span.end()
        if year := _last_year(hidden):
            return [int(year["year"])], year.start(), year.end()
    return None


def _last_year(text: str) -> re.Match[str] | None:
    found = list(_YEAR.finditer(text))
    dated = {date.end for date in find_dates(text) if date.partial.day}
    return next((match for match in reversed(found) if match.end() not in dated), None)


def read_issuer(outline: Outline) -> Single | None:
    """Read the body that issues the document, from the header, else from its first sentences, title or signature."""
    readers = (_issuer_above, _issuer_in_preamble, _issuer_in_title, _issuer_of_other_part, _issuer_below)
    return next((single for reader in readers if (single := reader(outline))), None)


def _issuer_above(outline: Outline) -> Single | None:
    pieces = columns(outline.source, outline.part.header)
    upper = [
        piece for piece in pieces if is_upper(piece.text) and not re.search(r"\d{2,}|/|^[Ss]ố\b", piece.text)
    ]
    names: list[list[Clean]] = []
    for piece in upper:
        if names and not (begins_new_name(piece.text) and _is_whole(names[-1])):
            names[-1].append(piece)
        else:
            names.append([piece])
    if not names:
        return None
    own = joined(names[-1])
    parent = joined(names[-2]).text.strip(" .*") if len(names) > 1 else ""
    name = as_in_text(own.text.strip(" .*"), outline.text)
    return Single(
        place=outline.cite(own, 0, len(own.text)),
        value=full_name(name, as_in_text(parent, outline.text) if parent else ""),
    )


def _is_whole(pieces: Sequence[Clean]) -> bool:
    """Say whether the lines gathered so far are a whole name, not one broken inside («ỦY» / «BAN NHÂN DÂN»)."""
    text = " ".join(piece.text for piece in pieces).lower()
    return text not in (
        "ủy",
        "uỷ",
        "ủy ban",
        "uỷ ban",
        "hội",
        "ủy ban nhân",
        "văn",
        "ban chấp",
        "liên",
    ) and not text.endswith((",", "-", "–", " và", "của"))


def _issuer_in_preamble(outline: Outline) -> Single | None:
    for node in reversed(outline.preamble):
        if re.match(r"căn cứ\b", node.text, re.IGNORECASE) and "phát động" not in node.text:
            continue
        for match in reversed(list(_ISSUER_IN_TEXT.finditer(node.clean.text))):
            if STARTS_BODY.match(match["body"]):
                start, end = match.span("body")
                name = re.sub(r"\s+(?:đã|sẽ|tiếp tục|chính thức|tổ chức)\Z", "", match["body"])
                return Single(place=outline.cite(node.clean, start, end), value=name)
    return None


def _issuer_in_title(outline: Outline) -> Single | None:
    if outline.part.kind == "GIAO_UOC":
        return _issuer_below_kind(outline)
    parts = title_parts(outline)
    if not parts:
        return None
    whole = joined(parts)
    for own in _OF_BODY.finditer(whole.text):
        if STARTS_BODY.match(own["body"]):
            name = own["body"].strip()
            value = as_in_text(name, outline.text) if is_upper(name) else name
            return Single(place=outline.cite(whole, *own.span("body")), value=value, confidence="check")
    return None


def _issuer_below_kind(outline: Outline) -> Single | None:
    """A pledge is of those its title names: «GIAO ƯỚC THI ĐUA» / «CỤM THI ĐUA SỐ IV … NĂM 2025»."""
    lines = outline.part.title
    if not lines:
        return None
    whole = joined([line.clean for line in lines])
    if not STARTS_BODY.match(whole.text):
        return None
    name = _TRAILING_YEAR.sub("", whole.text)
    return Single(place=outline.cite(whole, 0, len(name)), value=as_in_text(name, outline.text))


def _issuer_below(outline: Outline) -> Single | None:
    """The body named in capitals in the closing, where the header stands there or nowhere."""
    for piece in columns(outline.source, _signed_part(outline)):
        name = re.sub(r"^(?:T/?M|TL|TUQ)\s?\.?\s*", "", piece.text.strip(" .*"))
        if is_upper(name) and begins_new_name(name) and len(name.split()) > 2:
            return Single(
                place=outline.cite(piece, 0, len(piece.text)),
                value=as_in_text(name, outline.text),
                confidence="check",
            )
    return None


def _issuer_of_other_part(outline: Outline) -> Single | None:
    promulgation = read_promulgation(outline)
    if promulgation is None or promulgation.issuer is None:
        return None
    body = re.sub(
        r"^(?:Bộ trưởng|Chủ tịch|Giám đốc|Cục trưởng|Hiệu trưởng|Tổng Giám đốc)\s+", "", promulgation.issuer
    )
    return Single(place=promulgation.place, value=body, confidence="check", derived=True)


def read_promulgation(outline: Outline) -> Promulgation | None:
    """Read the decision a document is issued with, from «(Ban hành kèm theo …)» or from the file's first part."""
    part = outline.part
    lines = [*part.header, *part.title, *part.body[:_BELOW_TITLE]]
    for at, line in enumerate(lines):
        if _ATTACHED.search(line.text[:40]) is None:
            continue
        whole = joined([each.clean for each in lines[at : at + _BELOW_TITLE]])
        if cited := find_citations(whole.text):
            one = cited[0]
            place = outline.cite(whole, one.start, one.end)
            return Promulgation(
                place=place, type=one.type, number=one.number, date=one.date, issuer=one.issuer
            )
    return _first_part(outline)


def _first_part(outline: Outline) -> Promulgation | None:
    first = outline.parts[0]
    if first is outline.part or first.kind is None or not first.header:
        return None
    pieces = columns(outline.source, first.header)
    whole = joined(pieces)
    number = _OWN_NUMBER.search(whole.text)
    if number is None:
        return None
    dated = next((m for piece in _with_broken_names(pieces) if (m := _PLACE_AND_DAY.match(piece.text))), None)
    return Promulgation(
        place=outline.cite(whole, number.start(), number.end()),
        type=first.kind,
        number=tidy_number(number["number"]),
        date=_iso(dated) if dated else None,
    )


def period_years(text: str) -> list[int]:
    """Return the years of the ranges in ``text`` that are periods."""
    return [
        one.first.partial.year
        for one in find_ranges(text)
        if one.kind is RangeKind.PERIOD and one.first.partial.year is not None
    ]


def cite_lines(source: Source, lines: Sequence[Line]) -> Place:
    return cite(source, lines[0].start, lines[-1].end)

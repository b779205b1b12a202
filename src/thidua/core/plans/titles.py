"""The title of a document, and the years it names."""

import re
from collections.abc import Iterator

from thidua.core.plans.header import is_place_and_day, read_issued_on, read_promulgation
from thidua.core.plans.items import Period, Place, Single
from thidua.core.plans.kind_lines import kind_begun, kind_named
from thidua.core.plans.lines import Clean, cleaned, joined
from thidua.core.plans.outline import Outline
from thidua.core.plans.paragraphs import is_upper
from thidua.core.plans.pieces import columns
from thidua.core.text.citations import find_citations
from thidua.core.text.dates import find_dates

# Kinds whose name is itself the beginning of the title.
_KINDS_IN_TITLE = ("GIAO_UOC", "LOI_PHAT_DONG", "NOI_DUNG_PHAT_DONG")
_ABOUT = re.compile(r"[“\"]?(?:v/v|về việc)\s*:?\s*", re.IGNORECASE)
# What follows the matter of a cited document and is the title's own again: «… đối với ngành Giáo dục».
_OWN_FIELD = re.compile(
    r"\b(?:đối với (?:ngành|lĩnh vực|bộ|tỉnh|thành phố|hệ thống)|(?:trong|của) ngành)\b", re.IGNORECASE
)
# A line below the title that tells where it was said or whose it is: «(Tại Lễ khai giảng ngày …)».
_ASIDE = re.compile(r"\*{0,3}\((?:tại|trình bày|đọc|do|dự thảo|thời gian)\b.*\)\*{0,3}", re.IGNORECASE)
_LONG_TITLE = 200
_SPAN_WORDS = "giai đoạn|năm học|các năm|niên khóa|năm"
_TERM = re.compile(r"nhiệm kỳ\s*20\d{2}\s*[-–—]\s*20\d{2}", re.IGNORECASE)  # of a congress
_YEAR_SPAN = re.compile(
    rf"(?:{_SPAN_WORDS})\s*(?P<first>20\d{{2}})\s*[-–—]\s*(?P<last>20\d{{2}})", re.IGNORECASE
)
_YEAR = re.compile(
    r"(?:năm(?:\s+công\s+tác)?|/|quý\s+[IVX]+\s*[/-])\s*(?P<year>20\d{2})(?!\d)", re.IGNORECASE
)
_QUOTED = re.compile(r"[“\"][^”\"]{0,600}[”\"]")
_OF_MOVEMENT = re.compile(r"phát động|phong trào|thi đua", re.IGNORECASE)
_BASIS = re.compile(r"căn cứ\b", re.IGNORECASE)
_LONGEST_SPAN = 10  # years


def read_title(outline: Outline) -> Single | None:
    """Read the title: the lines below the one that names the kind, that line too where it begins the title."""
    parts = title_parts(outline)
    if not parts:
        return None
    whole = joined(parts)
    about = _ABOUT.match(whole.text)
    start = about.end() if about else 0
    value = _without_marks_around(whole.text[start:].strip(" .*"))
    value = value if outline.is_launch_plan else _shortened(value)
    return Single(place=outline.cite(whole, start, len(whole.text)), value=value) if value else None


def _without_marks_around(title: str) -> str:
    """Return a title without the quotation marks around all of it, or left over from before «V/v»."""
    for opening, closing in ("“”", '""'):
        inside = title.strip(opening + closing)
        around = title.startswith(opening) and title.endswith(closing) and opening not in inside
        if around and closing not in inside:
            return inside.strip(" .*")
    if title.count("“") < title.count("”") or (title.count('"') % 2 and title.endswith('"')):
        return title.rstrip('”" .*')
    return title


def title_parts(outline: Outline) -> list[Clean]:
    """Return the pieces of the title."""
    part = outline.part
    line = part.kind_line
    below = [each.clean for each in part.title if not _ASIDE.fullmatch(each.text)]
    if line is None:
        return _matter(outline) if part.kind == "CONG_VAN" else below
    named = kind_named(line.text) or kind_begun(line.text)
    length = named[1] if named else 0
    rest = line.text[length:].strip(" .:-–")
    if part.kind in _KINDS_IN_TITLE or not (below or rest):
        return [line.clean, *below]
    return [cleaned(outline.text, line.clean.place(length), line.end), *below] if rest else below


def _matter(outline: Outline) -> list[Clean]:
    """Return the «V/v …» of a letter without what stands in the column beside it."""
    pieces = columns(outline.source, outline.part.title)
    return [piece for piece in pieces if not is_upper(piece.text) and not is_place_and_day(piece.text)]


def _shortened(title: str) -> str:
    """Return a very long title without what it says of the document it cites; the number stays."""
    cited = next((one for one in find_citations(title) if one.number and one.type != "LUAT"), None)
    if len(title) <= _LONG_TITLE or cited is None or cited.number is None:
        return title
    number_end = title.find(cited.number, cited.start) + len(cited.number)
    behind = list(_OWN_FIELD.finditer(title, cited.end))
    return f"{title[:number_end]} … {title[behind[-1].start() :]}" if behind else title[:number_end]


def read_years(outline: Outline, period: Period | None = None) -> tuple[list[int], Place] | None:
    """Read the years of the movement: from its title, else from the first sentences, its period, its issue."""
    for clean in _texts_with_years(outline):
        if years := _years_in(clean.text):
            found, start, end = years
            return found, outline.cite(clean, start, end)
    if period and period.from_ and period.to and (found := _from_to(period.from_, period.to)):
        return found, period.place
    return _year_of_issue(outline) if outline.is_launch_plan else None


def _year_of_issue(outline: Outline) -> tuple[list[int], Place] | None:
    """Return the year of the document's own day, else that of the decision it is issued with."""
    if day := read_issued_on(outline):
        return [int(str(day.value)[:4])], day.place
    promulgation = read_promulgation(outline)
    if promulgation and promulgation.date:
        return [int(promulgation.date[:4])], promulgation.place
    return None


def _from_to(first: str, last: str) -> list[int]:
    """Return the years from one ISO date to another; none where either bears no year."""
    if not (first[:4].isdigit() and last[:4].isdigit()):
        return []
    return list(range(int(first[:4]), int(last[:4]) + 1))[:_LONGEST_SPAN]


def _texts_with_years(outline: Outline) -> Iterator[Clean]:
    if parts := title_parts(outline):
        yield joined(parts)
    if outline.is_launch_plan:
        for node in outline.preamble:
            if _OF_MOVEMENT.search(node.text) and not _BASIS.match(node.text):
                yield node.clean


def _years_in(text: str) -> tuple[list[int], int, int] | None:
    """Return the years named, and where; those in quotation marks, another movement's, only if there are no others."""
    text = _TERM.sub(_blank, text)
    for cited in find_citations(text):  # «sửa đổi Quy chế kèm theo Quyết định số 13/2018/QĐ-UBND»
        text = f"{text[: cited.start]}{' ' * (cited.end - cited.start)}{text[cited.end :]}"
    bare = _QUOTED.sub(_blank, text)
    for hidden in (bare, text):
        if span := _YEAR_SPAN.search(hidden):
            first, last = int(span["first"]), int(span["last"])
            if first <= last <= first + _LONGEST_SPAN:
                return list(range(first, last + 1)), span.start(), span.end()
        if year := _last_year(hidden):
            return [int(year["year"])], year.start(), year.end()
    return None


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _last_year(text: str) -> re.Match[str] | None:
    """Return the last year that is no part of a day: «30/6/2020» names no year of a movement."""
    days = {date.end for date in find_dates(text) if date.partial.day}
    return next((match for match in reversed(list(_YEAR.finditer(text))) if match.end() not in days), None)

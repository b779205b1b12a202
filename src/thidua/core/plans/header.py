"""What a document bears once: its number, its day and place, the decision that issues it."""

import re
from collections.abc import Sequence

from thidua.core.plans.items import Place, Promulgation, Single
from thidua.core.plans.lines import Clean, joined
from thidua.core.plans.outline import Outline
from thidua.core.plans.pieces import columns, header_pieces, starts_of, with_broken_names
from thidua.core.text.citations import NUMBER, SYMBOL, find_citations, tidy_number
from thidua.core.text.dates import find_dates
from thidua.core.text.letters import CAPITALS

# A number of one's own may be set with blanks all over: «Số: 281 / TB – HTS», «Số: 4155QĐ/ BTP».
_SPACED_NUMBER = r"\d{1,5}\s?[A-ZĐ]{0,6}(?:\s?[-–/]\s?[A-ZĐ][A-ZĐa-z0-9&]*){1,4}(?!\w)"
_OWN_NUMBER = re.compile(rf"(?:Số|SỐ)\s*:?\s*(?P<number>{_SPACED_NUMBER}|{NUMBER})")
# The same as a machine blurs it: «Sô: 02/…», «S6: 02/…», «Số: O2/…», «Số: 0 2/…».
_BLURRED_NUMBER = re.compile(
    r"[Ss][oO06ôốồổỗộóòỏõọơớờởỡợ]\s?[:;.]\s?(?P<figures>[\dOolI|](?:\s?[\dOolI|]){0,4})"
    rf"(?P<sign>\s?[-–/]\s?{SYMBOL})"
)
_FIGURES = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", " ": None})

_YEAR = r"(?P<year>(?:19|20)\d{2})"
_IN_WORDS = rf"(?P<day>\d{{1,2}})\s*tháng\s*(?P<month>\d{{1,2}})\s*năm\s*{_YEAR}"
_IN_FIGURES = r"(?P<figures>\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d{2})"
_DAY = rf"(?:{_IN_WORDS}|{_IN_FIGURES})"
_CAPITALISED = rf"[{CAPITALS}][\w.’']*"
_KIND_OF_PLACE = r"(?:(?:thành phố|tp\.?|tỉnh|huyện|xã)\s+)?"
_PLACE_AND_DAY = re.compile(
    rf"(?P<place>{_KIND_OF_PLACE}{_CAPITALISED}(?:\s+(?:-\s+)?{_CAPITALISED}){{0,5}})\s*,?\s*ngày\s*{_DAY}"
)
_DAY_LEFT_OPEN = re.compile(
    rf"(?P<place>{_CAPITALISED}(?:\s+{_CAPITALISED}){{0,4}})\s*,\s*(?:ngày[\s.…]*)?"
    rf"tháng\s*(?P<month>\d{{1,2}})\s*năm\s*{_YEAR}"
)
_AT_HOUR = r"(?:vào (?:hồi|lúc)\s*)?(?:\d{1,2}\s*(?:giờ|h)\s*(?:\d{2}\s*(?:phút)?)?\s*,?\s*)?"
_TODAY = re.compile(
    rf"hôm nay\s*,?\s*{_AT_HOUR}ngày\s*{_DAY}(?:\s*,?\s*tại\s+(?P<place>[^,;:]{{3,60}}))?",
    re.IGNORECASE,
)
_ATTACHED = re.compile(r"\(?(?:được )?(?:ban hành |phê duyệt )?kèm theo|\(?ban hành theo", re.IGNORECASE)
_ATTACHED_REACH = 40
_FIRST_LINES = 3
_LAST_LINES = 4


def read_number(outline: Outline) -> Single | None:
    """Read the document's own number, from the line «Số:» nearest above the title."""
    for pieces in header_pieces(outline):
        if not pieces:
            continue
        whole, starts = joined(pieces), starts_of(pieces)
        if match := _own_number(whole, starts):
            place = outline.cite(whole, match.start(), match.end())
            return Single(place=place, value=tidy_number(match["number"]))
        if blurred := _last_at(_BLURRED_NUMBER, whole, starts):
            return _meant_number(outline, whole, blurred)
    return None


def _meant_number(outline: Outline, whole: Clean, blurred: re.Match[str]) -> Single:
    figures = blurred["figures"].translate(_FIGURES)
    return Single(
        place=outline.cite(whole, blurred.start(), blurred.end()),
        value=tidy_number(figures + blurred["sign"]),
        confidence="sure" if figures == blurred["figures"] else "check",
    )


def _own_number(whole: Clean, starts: set[int]) -> re.Match[str] | None:
    return _last_at(_OWN_NUMBER, whole, starts)


def _last_at(form: re.Pattern[str], whole: Clean, starts: set[int]) -> re.Match[str] | None:
    """Return the last match of ``form`` that begins a piece."""
    found = [match for match in form.finditer(whole.text) if match.start() in starts]
    return found[-1] if found else None


def read_issued_on(outline: Outline) -> Single | None:
    """Read the day in the line of place and day, at the precision stated."""
    found = _dated_line(outline)
    return Single(place=found[0], value=found[2]) if found else None


def read_place(outline: Outline) -> Single | None:
    found = _dated_line(outline)
    return Single(place=found[0], value=found[1]) if found and found[1] else None


def _dated_line(outline: Outline) -> tuple[Place, str | None, str] | None:
    """Return the place in the text, the place named and the day of the line «Hà Nội, ngày …»."""
    for pieces in header_pieces(outline):
        for clean in reversed(with_broken_names(pieces)):
            if match := _PLACE_AND_DAY.match(clean.text) or _DAY_LEFT_OPEN.match(clean.text):
                return outline.cite(clean, match.start(), match.end()), match["place"], _iso(match)
    return _today(outline) or _at_the_end(outline)


def _at_the_end(outline: Outline) -> tuple[Place, str | None, str] | None:
    """Return the line of place and day below a letter's last words, above its signature."""
    for line in outline.part.body[-_LAST_LINES:]:
        if match := _PLACE_AND_DAY.fullmatch(line.text.rstrip(" .")):
            return outline.cite(line.clean, match.start(), match.end()), match["place"], _iso(match)
    return None


def is_place_and_day(text: str) -> bool:
    return _PLACE_AND_DAY.match(text) is not None


def _iso(match: re.Match[str]) -> str:
    parts = match.groupdict()
    if parts.get("figures"):
        return find_dates(match["figures"])[0].value
    month = f"{parts['year']}-{int(parts['month']):02d}"
    return f"{month}-{int(parts['day']):02d}" if parts.get("day") else month


def _today(outline: Outline) -> tuple[Place, str | None, str] | None:
    """«Hôm nay, ngày … tại …» at the head of a pledge."""
    for node in outline.preamble[:_FIRST_LINES]:
        if match := _TODAY.search(node.clean.text):
            return outline.cite(node.clean, match.start(), match.end()), match["place"], _iso(match)
    return None


def read_promulgation(outline: Outline) -> Promulgation | None:
    """Read the decision a document is issued with, from «(Ban hành kèm theo …)» or from the file's first part."""
    part = outline.part
    if part.kind == "QUYET_DINH":
        return None  # a decision comes with no other; one that it amends is named in its title
    lines = [*part.header, *part.title, *part.body[:_FIRST_LINES]]
    for at, line in enumerate(lines):
        if _ATTACHED.search(line.text[:_ATTACHED_REACH]) is None:
            continue
        whole = joined([each.clean for each in lines[at : at + _FIRST_LINES]])
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
    whole = joined(pieces) if pieces else None
    number = _own_number(whole, starts_of(pieces)) if whole else None
    if whole is None or number is None:
        return None
    return Promulgation(
        place=outline.cite(whole, number.start(), number.end()),
        type=first.kind,
        number=tidy_number(number["number"]),
        date=_day_of(pieces),
    )


def _day_of(pieces: Sequence[Clean]) -> str | None:
    dated = (match for piece in with_broken_names(pieces) if (match := _PLACE_AND_DAY.match(piece.text)))
    return next((_iso(match) for match in dated), None)

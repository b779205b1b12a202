"""Slips of writing and of reading by machine: shown with what they mean, never corrected in the text."""

import re
from collections.abc import Iterator
from itertools import pairwise

from thidua.core.plans.bases import read_legal_basis
from thidua.core.plans.compounds import COMPOUNDS, WORDS
from thidua.core.plans.items import Noise
from thidua.core.plans.lines import Clean, joined
from thidua.core.plans.outline import Outline
from thidua.core.plans.passages import passages_of
from thidua.core.text.citations import SYMBOL_OF_TYPE, type_of_number
from thidua.core.text.folding import fold
from thidua.core.text.letters import CAPITALS
from thidua.core.text.tones import one_placing

# Kinds whose numbers may bear another kind's symbol.
_SHARED_SYMBOLS = {
    "THONG_BAO_KET_LUAN": {"THONG_BAO", "KET_LUAN"}, "QUY_DINH": {"QUYET_DINH"}, "QUY_CHE": {"QUYET_DINH"}, "CONG_VAN": set(),
    "KET_LUAN": {"THONG_BAO"}, "DE_AN": {"QUYET_DINH", "KE_HOACH"}, "CHUONG_TRINH": {"CHI_THI", "KE_HOACH", "QUYET_DINH"}, "DIEU_LE": {"QUYET_DINH"},
    "THONG_BAO": {"KET_LUAN"}, "PHUONG_AN": {"KE_HOACH", "QUYET_DINH"}, "CONG_DIEN": {"CHI_THI"}, "LUAT": set(),
}  # fmt: skip
_OWN_CLUSTER = re.compile(r"cụm thi đua", re.IGNORECASE)
_DEPARTMENT = re.compile(rf"\bCục\b(?!\s+(?:[{CAPITALS}]|trưởng|phó|diện))")
_DEPARTMENT_NAMED = re.compile(
    rf"\bCục\s+(?:thi đua|Thi đua)\b|\b(?:Trưởng|Phó Trưởng|Phó)\s+Cục\b(?!\s+[{CAPITALS}])"
)
_START_OF_BLOCK = re.compile(
    r"\bKhởi\b(?!\s*(?:công|nghiệp|động|nghĩa|sắc|kiện|tố|xướng|đầu|điểm|thảo|tạo|hành|nguồn|phát|dậy|sự))\s+\w+|\bKhôi\s+tạo\b",
    re.IGNORECASE,
)
_ANNIVERSARY = re.compile(
    r"(?P<said>\d{1,3})\s+năm\b[^().;]{3,140}\((?:\d{1,2}\s?[/.-]\s?){0,2}(?P<first>1[89]\d{2}|20\d{2})\s*[-–—]\s*(?:\d{1,2}\s?[/.-]\s?){0,2}(?P<last>20\d{2})\)"
)
_DAYS_FOR_YEARS = re.compile(
    r"(?:kỷ niệm|lần thứ)\s+(?P<said>\d{2,3})\s+ngày\s+(?:thành lập|truyền thống|sinh|giải phóng|tái lập)",
    re.IGNORECASE,
)
_FOREIGN_LETTER = re.compile(r"\w*[\u0400-\u04ff]\w*")
_FOREIGN = str.maketrans("АВЕКМНОРСТХаеорсух", "ABEKMHOPCTXaeopcyx")
_WORD = re.compile(r"[a-z]+")
_MOST = 40


def read_noise(outline: Outline) -> list[Noise]:
    """Read each slip once, at its first place."""
    found: dict[str, Noise] = {}
    cleans = _cleans(outline)
    for clean in cleans:
        for noise in _in_text(outline, clean):
            found.setdefault(noise.seen.lower(), noise)
    for noise in (*_wrong_symbols(outline), *_impossible_days(outline), *_departments(outline, cleans)):
        found.setdefault(noise.seen.lower(), noise)
    words = [noise for clean in cleans for noise in _broken_words(outline, clean)]
    if (
        len({noise.seen.lower() for noise in words}) <= _MOST
    ):  # more are no slips but a text without its marks
        for noise in words:
            found.setdefault(noise.seen.lower(), noise)
    return list(found.values())


def _cleans(outline: Outline) -> list[Clean]:
    title = [line.clean for line in outline.part.title]
    return [
        *(line.clean for line in outline.part.header),
        *([joined(title)] if title else []),
        *(node.clean for node in outline.nodes),
    ]


def _in_text(outline: Outline, clean: Clean) -> Iterator[Noise]:
    text = clean.text
    for match in _ANNIVERSARY.finditer(text):
        years = int(match["last"]) - int(match["first"])
        if years != int(match["said"]):
            yield Noise(
                place=outline.cite(clean, *match.span()),
                seen=f"{match['said']} năm",
                means=f"{years} năm",
                confidence="check",
            )
    for match in _DAYS_FOR_YEARS.finditer(text):
        yield Noise(
            place=outline.cite(clean, *match.span()),
            seen=f"{match['said']} ngày",
            means=f"{match['said']} năm ngày",
            confidence="check",
        )
    for match in _START_OF_BLOCK.finditer(text):
        seen = match.group() if match.group().lower() == "khôi tạo" else match.group().split()[0]
        means = "Khối đào tạo" if seen.lower() == "khôi tạo" else "Khối" if seen[0].isupper() else "khối"
        yield Noise(place=outline.cite(clean, *match.span()), seen=seen, means=means, confidence="check")
    for match in _FOREIGN_LETTER.finditer(text):
        yield Noise(
            place=outline.cite(clean, *match.span()),
            seen=match.group(),
            means=match.group().translate(_FOREIGN),
        )


def _impossible_days(outline: Outline) -> Iterator[Noise]:
    for passage in passages_of(outline):
        for date in passage.dates:
            if date.impossible:
                seen = passage.text[date.start : date.end]
                yield Noise(
                    place=passage.cite(date.start, date.end), seen=seen, means="ngày không có trong lịch"
                )


def _wrong_symbols(outline: Outline) -> Iterator[Noise]:
    """«Nghị quyết số 02/NĐ-CP»: a number with the symbol of another kind."""
    for basis in read_legal_basis(outline):
        if basis.number and not basis.derived and (meant := _number_meant(basis.type, basis.number)):
            yield Noise(place=basis.place, seen=basis.number, means=meant)


def _number_meant(kind: str, number: str) -> str | None:
    """Return the number with the symbol of its kind, where it bears another kind's."""
    told = type_of_number(number)
    if told is None or told == kind or kind not in SYMBOL_OF_TYPE or told in _SHARED_SYMBOLS.get(kind, ()):
        return None
    parts = re.split(r"([-/])", number)
    at = next(at for at, part in enumerate(parts) if type_of_number(f"1/{part}") == told)
    parts[at] = SYMBOL_OF_TYPE[kind]
    return "".join(parts)


def _departments(outline: Outline, cleans: list[Clean]) -> Iterator[Noise]:
    """«Cục» where a cluster speaks of itself: only when its title or header calls it «Cụm» and no department is named."""
    calls_itself = any(_OWN_CLUSTER.search(line.text) for line in (*outline.part.header, *outline.part.title))
    if not calls_itself and outline.preamble:
        calls_itself = any(
            re.search(r"cụm thi đua[^,;.]{0,30}(?:phát động|xây dựng|ban hành)", n.text, re.IGNORECASE)
            for n in outline.preamble
        )
    if not calls_itself:
        return
    for clean in cleans:
        match = _DEPARTMENT_NAMED.search(clean.text) or _DEPARTMENT.search(clean.text)
        if match:
            at = clean.text.index("Cục", match.start())
            start = max(0, clean.text.rfind(" ", 0, max(0, at - 12)) + 1)
            yield Noise(
                place=outline.cite(clean, start, min(len(clean.text), at + 24)),
                seen="Cục",
                means="Cụm",
                confidence="check",
            )
            return


def _broken_words(outline: Outline, clean: Clean) -> Iterator[Noise]:
    """Find pairs of syllables that are a word of office but for a lost or wrong mark: «thầm quyền»."""
    text = clean.text
    folded = fold(text)
    if len(folded) != len(text):
        return
    spans = [word.span() for word in _WORD.finditer(folded)]
    for at, ((start, _), (_, end)) in enumerate(pairwise(spans)):
        meant = COMPOUNDS.get(folded[start:end])
        if meant is None or text[start:end].lower() in meant:
            continue
        if _is_slip(text, spans, at, meant):
            yield Noise(
                place=outline.cite(clean, start, end),
                seen=text[start:end],
                means=meant[0],
                confidence="check",
            )


def _is_slip(text: str, spans: list[tuple[int, int]], at: int, meant: tuple[str, ...]) -> bool:
    """Say whether the syllables at ``at`` mean another word; those that belong to their neighbours do not."""
    seen = text[spans[at][0] : spans[at + 1][1]]
    if seen.isascii() or not seen[1:].islower() or one_placing(seen.lower()) in meant:
        return False
    return not (_is_word(text, spans, at - 1) or _is_word(text, spans, at + 1))  # «cơ sở | kết nạp»


def _is_word(text: str, spans: list[tuple[int, int]], at: int) -> bool:
    """Say whether the syllables at ``at`` and behind it are a known word."""
    if not 0 <= at < len(spans) - 1:
        return False
    return one_placing(text[spans[at][0] : spans[at + 1][1]].lower()) in WORDS

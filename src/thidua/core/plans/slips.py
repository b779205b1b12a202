"""Slips of writing and of reading by machine: shown with what they mean, never corrected in the text."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from thidua.core.plans.bases import read_legal_basis
from thidua.core.plans.blurred import read_blurred
from thidua.core.plans.compounds import COMPOUNDS, LOST_LETTERS, SYLLABLES, WORDS
from thidua.core.plans.items import Noise
from thidua.core.plans.lines import Clean, Line, joined
from thidua.core.plans.outline import Outline
from thidua.core.plans.passages import passages_of
from thidua.core.plans.periods import read_phases
from thidua.core.plans.rounds import meant_name
from thidua.core.text.citations import SYMBOL_OF_TYPE, type_of_number
from thidua.core.text.folding import fold
from thidua.core.text.letters import CAPITALS
from thidua.core.text.syllables import syllable
from thidua.core.text.tones import one_placing

NO_SUCH_DAY = "ngày không có trong lịch"

# Kinds whose numbers may bear another kind's symbol.
_SHARED_SYMBOLS = {
    "THONG_BAO_KET_LUAN": {"THONG_BAO", "KET_LUAN"},
    "KET_LUAN": {"THONG_BAO"},
    "THONG_BAO": {"KET_LUAN"},
}
_OWN_CLUSTER = re.compile(r"cụm thi đua", re.IGNORECASE)
_CLUSTER_ACTS = re.compile(r"cụm thi đua[^,;.]{0,30}(?:phát động|xây dựng|ban hành)", re.IGNORECASE)
_DEPARTMENT_OF_CLUSTER = re.compile(
    rf"\bCục (?:thi đua|Thi đua)\b|\b(?:Trưởng|Phó Trưởng|Phó) Cục\b(?! [{CAPITALS}])|"
    rf"\bCục\b(?! (?:[{CAPITALS}]|trưởng|phó|diện))"
)
# «Khởi» and «Khôi» for «Khối» where no word begins so.
_WORDS_WITH_KHOI = "công|nghiệp|động|nghĩa|sắc|kiện|tố|xướng|đầu|điểm|thảo|tạo|hành|nguồn|phát|dậy|sự"
_BLOCK = re.compile(rf"\bKhởi\b(?! (?:{_WORDS_WITH_KHOI})) \w+|\bKhôi tạo\b", re.IGNORECASE)
_DAY_AND_MONTH = r"(?:\d{1,2} ?[/.-] ?){0,2}"
_ANNIVERSARY = re.compile(
    rf"(?<!tháng )(?<![\d/.])(?P<said>\d{{1,3}}) năm\b(?! (?:19|20)\d)"
    rf"[^().;]{{3,140}}\({_DAY_AND_MONTH}(?P<first>1[89]\d{{2}}|20\d{{2}})"
    rf" ?[-–—] ?{_DAY_AND_MONTH}(?P<last>20\d{{2}})\)"
)
_DAYS_FOR_YEARS = re.compile(
    r"(?:kỷ niệm|lần thứ) (?P<said>\d{2,3}) ngày (?:thành lập|truyền thống|sinh|giải phóng|tái lập)",
    re.IGNORECASE,
)
# Words that lose their hook to the machine and are none, or another, without it.
_UNMARKED = re.compile(
    r"\b(?:UBND|HĐND|ủy ban nhân dân|trong|toàn|cấp|địa bàn) (?P<tinh>tinh)\b"
    r"(?! (?:thần|túy|tuý|hoa|giản|vi|tế|nhuệ|gọn|thông))"
    r"|\b\w+ (?P<tuoi>tuôi)\b"
    r"|(?<!bầu )(?<!chạy )\b(?P<so>sô)\b(?! diễn| cô|-)",
    re.IGNORECASE,
)
_UNMARKED_WORDS = {"tinh": "tỉnh", "tuoi": "tuổi", "so": "số"}
_AROUND_WORDS = ',.;:()“”"!?-'
_KEPT = re.compile(r"\bLuu\b.*")  # «Luu: VT» at the end of the recipients
_FOREIGN_LETTER = re.compile(r"[\u0400-\u04ff]")
_FOREIGN_WORD = re.compile(r"\b\w*[\u0400-\u04ff]\w*")
_FOREIGN = str.maketrans("АВЕКМНОРСТХаеорсух", "ABEKMHOPCTXaeopcyx")
_PAIRS = COMPOUNDS.keys() | LOST_LETTERS.keys()
_WORD = re.compile(r"[a-z]+")
_MONEY = re.compile(r"(?:\d|tỷ|tỉ|triệu|nghìn|ngàn|trăm)[\s*]*\Z", re.IGNORECASE)
_MOST = 40  # more broken words are no slips but a text without its marks
_TITLE = 120  # letters of the longest line whose capitals are looked at
_SHORTEST_NEAR = 4  # «phỏp»; of shorter words too many are alike
_VOWELS = "aeiouy"
_CONTEXT = 12  # characters before a slip shown with it


def read_noise(outline: Outline) -> list[Noise]:
    """Read each slip once, at its first place."""
    cleans = _cleans(outline)
    found: dict[str, Noise] = {}
    for noise in (
        *(noise for clean in cleans for noise in _in_text(outline, clean)),
        *read_blurred(outline),
        *_blurred_rounds(outline),
        *_wrong_symbols(outline),
        *_impossible_days(outline),
        *_departments(outline, cleans),
        *_kept_without_marks(outline),
    ):
        found.setdefault(noise.seen.lower(), noise)
    words = {
        noise.seen.lower(): noise for clean in reversed(cleans) for noise in _broken_words(outline, clean)
    }
    return [*found.values(), *(words.values() if len(words) <= _MOST else ())]


def _cleans(outline: Outline) -> list[Clean]:
    title = [line.clean for line in outline.part.title]
    header = [line.clean for line in (*outline.part.header, *_kind_line(outline))]
    return [*header, *([joined(title)] if title else []), *(node.clean for node in outline.nodes)]


def _kind_line(outline: Outline) -> tuple[Line, ...]:
    return (outline.part.kind_line,) if outline.part.kind_line else ()


def _in_text(outline: Outline, clean: Clean) -> Iterator[Noise]:
    text, low = clean.text, clean.text.lower()
    for match in _ANNIVERSARY.finditer(text) if " năm" in low and "(" in low else ():
        years = int(match["last"]) - int(match["first"])
        if years != int(match["said"]):
            yield _noise(outline, clean, match, f"{match['said']} năm", f"{years} năm")
    for match in _DAYS_FOR_YEARS.finditer(text) if " ngày " in low else ():
        yield _noise(outline, clean, match, f"{match['said']} ngày", f"{match['said']} năm ngày")
    for match in _BLOCK.finditer(text) if "khởi " in low or "khôi " in low else ():
        lost = match.group().lower() == "khôi tạo"
        seen = match.group() if lost else match.group().split()[0]
        means = "Khối đào tạo" if lost else "Khối" if seen[0].isupper() else "khối"
        yield _noise(outline, clean, match, seen, means)
    for match in _UNMARKED.finditer(text) if "tinh" in low or "tuôi" in low or "sô" in low else ():
        word = match.lastgroup or ""
        yield _noise(outline, clean, match, match[word], _UNMARKED_WORDS[word])
    yield from _impossible_words(outline, clean)
    for match in _FOREIGN_WORD.finditer(text) if _FOREIGN_LETTER.search(text) else ():
        yield _noise(outline, clean, match, match.group(), match.group().translate(_FOREIGN))


def _impossible_words(outline: Outline, clean: Clean) -> Iterator[Noise]:
    """Find words no Vietnamese syllable can be: «xă» for «xã», «phỏp» for «pháp»."""
    text = clean.text
    parts = text.split(" ")
    for part, meant in zip(parts, map(_meant_by, parts), strict=True):
        if meant:
            word = part.strip(_AROUND_WORDS)
            at = text.index(word)
            start = text.rfind(" ", 0, max(0, at - 1)) + 1
            place = outline.cite(clean, start, min(len(text), at + len(word) + _CONTEXT))
            yield Noise(place=place, seen=word, means=meant, confidence="check")


@lru_cache(maxsize=8192)  # the same words come again and again
def _meant_by(part: str) -> str | None:
    """Return the word of office an impossible syllable stands for; None for any other word."""
    word = part.strip(_AROUND_WORDS)
    cased = word.islower() or word.isupper()  # «Krông», «Pơng» are names
    if word.isascii() or not word.isalpha() or not cased or syllable(word) is not None:
        return None
    return SYLLABLES.get(fold(word)) or _nearest(word.lower())


def _nearest(word: str) -> str | None:
    """Return the commonest syllable of office that differs from ``word`` in one vowel alone."""
    if len(word) < _SHORTEST_NEAR:
        return None
    near = (
        one for one in reversed(SYLLABLES.values()) if len(one) == len(word) and _one_vowel_off(one, word)
    )
    return next(near, None)


def _one_vowel_off(one: str, other: str) -> bool:
    off = [(left, right) for left, right in zip(one, other, strict=True) if left != right]
    return len(off) == 1 and all(fold(letter) in _VOWELS for letter in off[0])


def _noise(outline: Outline, clean: Clean, match: re.Match[str], seen: str, means: str) -> Noise:
    return Noise(place=outline.cite(clean, *match.span()), seen=seen, means=means, confidence="check")


def _impossible_days(outline: Outline) -> Iterator[Noise]:
    for passage in passages_of(outline):
        for date in passage.dates:
            if date.impossible:
                seen = passage.text[date.start : date.end]
                yield Noise(place=passage.cite(date.start, date.end), seen=seen, means=NO_SUCH_DAY)


def _blurred_rounds(outline: Outline) -> Iterator[Noise]:
    for phase in read_phases(outline):
        if (meant := meant_name(phase.name)) != phase.name:
            yield Noise(place=phase.place, seen=phase.name, means=meant, confidence="check")


def _kept_without_marks(outline: Outline) -> Iterator[Noise]:
    for line in outline.part.closing:
        if match := _KEPT.search(line.text):
            yield _noise(outline, line.clean, match, "Luu", "Lưu")


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
    """«Cục» where a cluster speaks of itself: only when the document calls itself «Cụm» and names no department."""
    named = any(_OWN_CLUSTER.search(line.text) for line in (*outline.part.header, *outline.part.title))
    if not named and not any(_CLUSTER_ACTS.search(node.text) for node in outline.preamble):
        return
    for clean in cleans:
        if match := _DEPARTMENT_OF_CLUSTER.search(clean.text):
            at = clean.text.index("Cục", match.start())
            start = clean.text.rfind(" ", 0, max(0, at - _CONTEXT)) + 1
            place = outline.cite(clean, start, min(len(clean.text), at + 2 * _CONTEXT))
            yield Noise(place=place, seen="Cục", means="Cụm", confidence="check")
            return


def _broken_words(outline: Outline, clean: Clean) -> Iterator[Noise]:
    """Find pairs of syllables that are a word of office but for a lost or wrong mark: «thầm quyền»."""
    text = clean.text
    folded = fold(text)
    if len(folded) != len(text):
        return
    pairs = map(" ".join, pairwise(_WORD.findall(folded)))
    known = [at for at, pair in enumerate(pairs) if pair in _PAIRS]
    spans = [word.span() for word in _WORD.finditer(folded)] if known else []
    for at in known:
        start, end = spans[at][0], spans[at + 1][1]
        if (pair := folded[start:end]) not in _PAIRS:
            continue  # a comma or a dash parts the two
        seen = text[start:end].lower()
        broken, word = LOST_LETTERS.get(pair, ("", ""))
        lost = seen == broken
        meant = (word,) if lost else COMPOUNDS.get(pair)
        if meant is None or seen in meant:
            continue
        if lost or _is_slip(text, spans, at, meant):
            yield Noise(
                place=outline.cite(clean, start, end),
                seen=text[start:end],
                means=meant[0],
                confidence="check",
            )


def _is_slip(text: str, spans: list[tuple[int, int]], at: int, meant: tuple[str, ...]) -> bool:
    """Say whether the syllables at ``at`` mean another word; those that belong to their neighbours do not."""
    seen = text[spans[at][0] : spans[at + 1][1]]
    if _MONEY.search(text, max(0, spans[at][0] - _CONTEXT), spans[at][0]):
        return False  # «1,5 tỷ đồng | chi thường xuyên»
    cased = seen[1:].islower() or (seen.isupper() and len(text) <= _TITLE)
    if seen.isascii() or not cased or one_placing(seen.lower()) in meant:
        return False
    return not (_is_word(text, spans, at - 1) or _is_word(text, spans, at + 1))  # «cơ sở | kết nạp»


def _is_word(text: str, spans: list[tuple[int, int]], at: int) -> bool:
    """Say whether the syllables at ``at`` and behind it are a known word."""
    if not 0 <= at < len(spans) - 1:
        return False
    return one_placing(text[spans[at][0] : spans[at + 1][1]].lower()) in WORDS

"""Names of rounds, «Đợt 1», «Giai đoạn II», also as a machine blurs them, and the rounds that cannot be whole."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from thidua.core.plans.items import Phase
from thidua.core.text.folding import fold

_KINDS = r"đợt|giai\s+đoạn|chặng|bước|cao\s+điểm"
_BLURRED_KINDS = r"[đd][oóòỏõọôốồổỗộơớờởỡợ]t|gia[iìíịỉ]\s+[đd][oóơô][aáàảãạâăn]n"
_MORE = r"(?:\s+(?:thi\s+đua|cao\s+điểm|phát\s+động))*"
_WORDS = "một|hai|ba|bốn|cuối|đầu"
_NO_COUNT = r"(?!\s+(?:ngày|tháng|năm|tuần|đợt))"
_ORDINAL = rf"(?:số\s+)?(?:\d{{1,2}}|[IVX]{{1,4}}|thứ\s+\w+|{_WORDS}){_NO_COUNT}"
_BLURRED_ORDINAL = rf"(?:\d{{1,2}}|[IVX]{{1,4}}|[lzs|]){_NO_COUNT}"
HEAD = re.compile(
    rf"(?<!\w)(?P<name>(?:{_KINDS}){_MORE}\s+(?:{_ORDINAL}|[lzs|]{_NO_COUNT})"
    rf"|(?:{_BLURRED_KINDS})\s+{_BLURRED_ORDINAL}"
    r"|đợt\s+(?:thi\s+đua\s+)?cao\s+điểm(?=\s*[:(]))(?!\w)",
    re.IGNORECASE,
)
# What also tells a time of the year is a round only as a label with its dates behind it: «Học kỳ I: từ …».
LABEL = re.compile(
    rf"(?P<name>(?:học\s+kỳ|quý|kỳ|tháng|tuần)\s+{_ORDINAL})(?=\s*[:(,–-]|\s+(?:từ|bắt)\s)", re.IGNORECASE
)
# A round called by its years, and the peak inside the time of the whole.
YEARS_LABEL = re.compile(
    r"(?P<name>(?P<kind>giai\s+đoạn|chặng)\s+20\d{2}\s*[-–]\s*20\d{2})(?=\s*[:.(]|\s*\Z)", re.IGNORECASE
)
PEAK = re.compile(r"(?<!\w)(?P<name>(?:đợt\s+(?:thi\s+đua\s+)?)?cao\s+điểm)(?=\s*(?:từ|:)\s)", re.IGNORECASE)
_END = re.compile(
    rf"(?:(?:ngay|sau|khi|ngày|thời\s+điểm)\s+)*(?P<edge>kết thúc|bắt đầu)\s+"
    rf"(?:(?P<round>(?P<kind>{_KINDS}){_MORE}\s+{_ORDINAL})|phong trào(?: thi đua)?(?: này)?)",
    re.IGNORECASE,
)
_KIND = re.compile(rf"(?P<kind>{_BLURRED_KINDS})(?=\s)", re.IGNORECASE)
_LETTER = re.compile(r"(?<=\s)[lzs|]\Z", re.IGNORECASE)
_FIGURES = {"l": "1", "|": "1", "z": "2", "s": "5"}
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_COUNTED = {"một": 1, "nhất": 1, "đầu": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4}


def meant_name(name: str) -> str:
    """Return the name a machine blurred: «Đọt 2» is «Đợt 2», «Đợt Z» too; a clear name is itself."""
    named = _KIND.sub(lambda found: _kind(found["kind"]), name, count=1)
    return _LETTER.sub(lambda found: _FIGURES[found[0].lower()], named)


def _kind(seen: str) -> str:
    kind = "đợt" if fold(seen).startswith("d") else "giai đoạn"
    return kind.capitalize() if seen[0].isupper() else kind


def doubted_rounds(rounds: Sequence[Phase]) -> list[Phase]:
    """Return the rounds; blurred, lacking an end the others have, or behind a gap they wait for a person."""
    ended = any(_has_both_ends(one) for one in rounds)
    numbers = [number_of(one.name) for one in rounds]
    return [
        replace(one, confidence="check")
        if meant_name(one.name) != one.name
        or (ended and not _has_both_ends(one))
        or _follows_gap(number, numbers)
        else one
        for one, number in zip(rounds, numbers, strict=True)
    ]


def _has_both_ends(one: Phase) -> bool:
    return bool((one.from_ or one.from_event) and (one.to or one.to_event))


def _follows_gap(number: int | None, numbers: Sequence[int | None]) -> bool:
    """Whether the round before is missing, where there are others by number."""
    others = {one for one in numbers if one is not None} - {number}
    return number is not None and number > 1 and bool(others) and number - 1 not in others


def number_of(name: str) -> int | None:
    """Return the number in the name of a round; None for «Đợt cuối», «Đợt cao điểm»."""
    last = meant_name(name).split()[-1].lower()
    if last.isdecimal():
        return int(last)
    return _ROMAN.index(last) if last in _ROMAN else _COUNTED.get(last)


@dataclass(frozen=True, slots=True)
class RoundEnd:
    """The beginning or the end of a round, by its kind («dot») and number; of the whole without them."""

    edge: Literal["start", "end"]
    kind: str = ""
    number: int | None = None

    def is_of(self, name: str) -> bool:
        """Whether the round called ``name`` is meant."""
        return bool(self.kind) and fold(name).startswith(self.kind) and number_of(name) == self.number


def round_end(event: str) -> RoundEnd | None:
    """Read an event such as «kết thúc Đợt 1», «bắt đầu phong trào»; None for any other."""
    found = _END.fullmatch(" ".join(event.split()).rstrip(" .;"))
    if found is None:
        return None
    edge: Literal["start", "end"] = "end" if found["edge"].lower() == "kết thúc" else "start"
    if found["round"] is None:
        return RoundEnd(edge)
    number = number_of(found["round"])
    kind = " ".join(fold(found["kind"]).split())
    return RoundEnd(edge, kind, number) if number is not None else None

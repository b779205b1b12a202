"""Names of rounds, «Đợt 1», «Giai đoạn II», also as a machine blurs them, and the rounds that cannot be whole."""

import re
from collections.abc import Sequence
from dataclasses import replace

from thidua.core.plans.items import Phase
from thidua.core.text.folding import fold

_KINDS = r"đợt|giai\s+đoạn|chặng|bước"
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

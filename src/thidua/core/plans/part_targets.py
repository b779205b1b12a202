"""Parts of a whole as targets: "rút ngắn 1/3 thời gian", "giảm một nửa số hồ sơ giấy"; shares to be checked."""

import re
from collections.abc import Iterator
from dataclasses import replace

from thidua.core.plans.clauses import Span, trimmed
from thidua.core.plans.items import Target
from thidua.core.plans.passages import Passage
from thidua.core.text.numbers import Measure

# What has no pieces to count, or is said to be all: a part of it is a share.
_WHOLE = re.compile(
    r"\s+(?:tổng|số|thời\s+(?:gian|hạn)|chi\s+phí|kinh\s+phí|diện\s+tích|sản\s+lượng|giá\s+trị|khối\s+lượng|quân\s+số)(?!\w)",
    re.IGNORECASE,
)
_HALF = re.compile(r"(?<!\w)một\s+nửa(?!\w)", re.IGNORECASE)
_SET_OUT = re.compile(r"(?<!\w)(?:giảm|rút\s+ngắn|cắt\s+giảm|tăng|đạt|có)(?!\w)[^,;]{0,20}$", re.IGNORECASE)
_HALF_SHARE = 50


def part_of(text: str, measure: Measure) -> Measure | None:
    """Return the share that "1/3 thời gian" is; None for "9/14 bản", so many of those there are."""
    of = measure.of
    if not of or measure.value >= of or not _WHOLE.match(text, measure.end):
        return None
    return replace(measure, value=round(100 * measure.value / of, 1), of=None, unit="%")


def halves_of(passage: Passage, clause: Span) -> Iterator[Target]:
    """Yield "giảm một nửa số hồ sơ giấy" as half of it."""
    half = _HALF.search(passage.text, *clause) if passage.says("một nửa") else None
    if half and _SET_OUT.search(passage.text, clause[0], half.start()):
        start, end = trimmed(passage.text, *clause)
        said = passage.text[start:end]
        yield Target(
            place=passage.cite(start, end),
            text=said,
            op="=",
            value=_HALF_SHARE,
            unit="%",
            confidence="check",
        )

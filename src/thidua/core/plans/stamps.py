"""The stamp a receiver sets on a paper, «CÔNG VĂN ĐẾN / Số: 4467 / Ngày: 18/5/2026»: no part of the document."""

import re
from collections.abc import Sequence

from thidua.core.plans.lines import Line

_FIELD = (
    r"(?>(?:số(?: đến| thứ tự)?|giờ(?: đến)?)(?:\s?[:.])?(?:\s?[\d.…]{1,12})?(?:\s?(?:h|giờ)\s?\d{0,2})?"
    r"|ngày(?: đến)?(?:\s?[:.])?\s?\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{2,4})?"
    r"|(?:kính )?chuyển(?: đến| cho)?(?:\s?:)?[^.;:]{0,40}[.…]{0,40}"
    r"|lưu (?:hồ sơ|hs)(?: số)?(?:\s?:)?[^.;:]{0,20}[.…]{0,40})"
)
_FIELD_LINE = re.compile(_FIELD, re.IGNORECASE)
_NAME = r"(?:công văn|văn bản|vb|cv)\s+đến"
_STAMP = re.compile(rf"(?:{_NAME}|đến)(?P<fields>(?:(?:\s?[,;–-])?\s?{_FIELD})*+)\s?[.:]?", re.IGNORECASE)
_NAMED = re.compile(_NAME, re.IGNORECASE)
_REACH = 40  # lines: a stamp stands beside the header
_MOST_FIELDS = 5


def without_stamps(lines: list[Line]) -> list[Line]:
    """Leave out the lines of an arrival stamp in the header."""
    for at, line in enumerate(lines[:_REACH]):
        if line.text[-1] == "N" or "ến" in line.text or "ẾN " in line.text:
            behind = _stamp_end(lines, at)
            if behind > at:
                return [*lines[:at], *lines[behind:]]
    return lines


def _stamp_end(lines: Sequence[Line], at: int) -> int:
    """Return the place behind the stamp whose name is line ``at``, or ``at`` where it is none."""
    stamp = _STAMP.fullmatch(lines[at].text)
    if stamp is None:
        return at
    end = at + 1
    while end < len(lines) and end - at <= _MOST_FIELDS and _FIELD_LINE.fullmatch(lines[end].text):
        end += 1
    told = stamp["fields"].strip() or end > at + 1 or _NAMED.match(lines[at].text)
    return end if told else at

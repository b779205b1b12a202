"""Where the text of a document ends: recipients and signature, and the forms and appendices behind them."""

import re
from collections.abc import Sequence

from thidua.core.plans.lines import Line
from thidua.core.plans.names import RANK
from thidua.core.plans.paragraphs import is_upper
from thidua.core.text.folding import fold
from thidua.core.text.letters import CAPITALS

_APPENDIX = re.compile(
    r"(?:PHỤ LỤC|Phụ lục)\b(?!.*[.;]\Z)|(?:MẪU|Mẫu)(?: số)?\s*:?\s*[\dIVX]|BIỂU MẪU|(?:BIỂU|Biểu) số\b"
)
# What an annex without that word bears below its name: the plan's own paper, not a decision that issues one.
_OF_THIS = re.compile(r"\(?\s*(?:ban hành\s+)?kèm theo (?:kế hoạch|chỉ thị|hướng dẫn)\b", re.IGNORECASE)
_LONGEST_NAME = 3  # lines
_RECIPIENTS = re.compile(r"noi (?:nhan|gui) ?(?::|\Z)")  # folded: «Nơi nhân:» is read so too
_FIRST_LETTERS = 12
_NAME = re.compile(rf"(?:{RANK}\s*)*(?:[{CAPITALS}][\w’'.-]*\s+){{1,7}}[{CAPITALS}][\w’'-]*")
_POSTS = (
    "chủ tịch", "trưởng", "giám đốc", "bí thư", "cục", "thủ tướng", "chủ nhiệm", "viện trưởng", "chánh án",
    "tổng biên tập", "hiệu trưởng", "chỉ huy", "tư lệnh", "chính ủy", "tổng thư ký",
)  # fmt: skip
_SIGNATURE = re.compile(
    rf"(?:TM|KT|TL|TUQ|T/M|K/T|Q)\s?\.|T/M\b|\(?đã ký\)?|\(ký|(?:\S+\s+){{0,9}}(?:{'|'.join(_POSTS)})|đại diện",
    re.IGNORECASE,
)
# A header may stand below the signature.
_OF_HEADER = re.compile(r"số\s*:|[^,]{2,40}, ?ngày .{4,30}\d{4}\Z", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?:\S+\s.*)[;.,]\Z")
_LONGEST_APPENDIX_HEADING = 200
_LONGEST_SIGNATURE_LINE = 110
_MOST_SIGNATURE_LINES = 14
_HEADER_SHARE = 20  # an appendix cannot begin in the first twentieth of a document


def appendix_at(lines: Sequence[Line]) -> int:
    """Return where the forms and appendices behind the first closing begin."""
    closed = False
    for at, line in enumerate(lines):
        closed = closed or _heads_recipients(line) or line.text.endswith("/.")
        if closed and at > len(lines) // _HEADER_SHARE:
            if _is_appendix_heading(line):
                return at
            if _OF_THIS.match(line.text):
                return _first_in_capitals(lines, at)
    return len(lines)


def _first_in_capitals(lines: Sequence[Line], at: int) -> int:
    """Return where the name of an annex begins, in capitals above «(Kèm theo Kế hoạch số …)»."""
    first = at
    while at - first < _LONGEST_NAME and first and is_upper(lines[first - 1].text):
        first -= 1
    return first


def _heads_recipients(line: Line) -> bool:
    return line.text[0] in "Nn" and _RECIPIENTS.match(fold(line.text[:_FIRST_LETTERS])) is not None


def _is_appendix_heading(line: Line) -> bool:
    return len(line.text) < _LONGEST_APPENDIX_HEADING and _APPENDIX.match(line.text) is not None


def closing_at(lines: Sequence[Line], after: int) -> int:
    """Return where recipients and signature begin, in whichever order."""
    recipients = next((at for at in range(after, len(lines)) if _heads_recipients(lines[at])), len(lines))
    return _signature_before(lines, recipients, after)


def _signature_before(lines: Sequence[Line], end: int, floor: int) -> int:
    """Return the place of the first line of the signature that stands just before ``end``, or ``end``."""
    start = end
    while start - 1 > floor and end - start < _MOST_SIGNATURE_LINES and _may_sign(lines[start - 1]):
        start -= 1
    first = next((at for at in range(start, end) if _signs(lines[at])), end)
    while first < end and first > start and _OF_HEADER.match(lines[first - 1].text):
        first -= 1  # «Nam Trà, ngày …» above the signature of a letter
    return first


def _may_sign(line: Line) -> bool:
    # A row between bars is one of a table that counts something: those that lay out a signature are opened before.
    if "|" in line.text or len(line.text) > _LONGEST_SIGNATURE_LINE or line.marker:
        return False
    if _SENTENCE_END.fullmatch(line.text):
        return False
    named = _NAME.fullmatch(line.text.strip(" .*:")) is not None
    return is_upper(line.text) or named or _OF_HEADER.match(line.text) is not None or _signs(line)


def _signs(line: Line) -> bool:
    return _SIGNATURE.match(line.text) is not None

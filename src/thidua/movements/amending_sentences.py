"""The sentences of a document that amend, each with all it quotes."""

import re
from collections.abc import Iterator

MARKER = r"(?:(?:Điều\s+)?\d+(?:\.\d+)*[.)]|[a-zđ][.)]|[-–+•])"
AMENDS = re.compile(
    rf"^\s*(?:{MARKER}\s*)?(?P<verb>Sửa đổi|Sửa|Bổ sung|Thay|Điều chỉnh|Gia hạn|Lùi|Kéo dài|Nâng|Giảm|Bãi bỏ|Bỏ)\b",
    re.IGNORECASE,
)
# «Khoản 2 Mục VI được sửa đổi như sau», «Cụm từ “…” được thay bằng …»
IS_AMENDED = re.compile(
    rf"^\s*(?:{MARKER}\s*)?(?:Các\s+)?(?:Điểm|Khoản|Tiểu mục|Mục|Phần|Cụm từ)\s[^\n]*?"
    r"\bđược\s+(?:sửa đổi|bổ sung|thay|bãi bỏ)\b",
    re.IGNORECASE,
)
OPENS_LIST = re.compile(r"như sau\s*:?\s*$", re.IGNORECASE)
# «2. Bãi bỏ khoản 2 Mục II»: an order to change the plan, not a line of what is quoted («b) Nâng cao chất lượng»).
ORDERS = re.compile(
    AMENDS.pattern + r"(?:\s*,\s*(?:sửa đổi|bổ sung|thay thế))?(?:\s+thế)?(?:\s+thêm)?(?:\s+các)?\s+"
    r"(?:(?:điểm|khoản|tiểu mục|mục|phần|Điều)\s+(?:\d+[a-zđ]?|[IVX]+|[a-zđ])(?!\w)|(?:cụm\s+)?từ\s*[“\"]|thời hạn\b)",
    re.IGNORECASE,
)
TITLE = re.compile(r"\bmột số (?:nội dung|điều|điểm|khoản)\b", re.IGNORECASE)
OPENING_MARKS = '“"'
MARKS = re.compile(r'(?P<opens>“|(?<![^\s(\[“])"(?=[^\s.,;:)]))|[”"]')
LONGEST_QUOTE = 20_000  # characters


def told(sentence: str) -> str:
    return " ".join(sentence.split())


def amending_sentences(text: str) -> Iterator[str]:
    """Yield what amends, each with all the words it quotes; titles and what only opens a list are left out."""
    for sentence in whole_sentences(text):
        if (
            (AMENDS.match(sentence) or IS_AMENDED.match(sentence))
            and not OPENS_LIST.search(sentence)
            and not TITLE.search(sentence)
        ):
            yield sentence


def whole_sentences(text: str) -> Iterator[str]:
    """Yield the paragraphs, joined with those that what they quote runs on over, or that begin it."""
    held, marks = "", ""
    for line in (" ".join(one.split()) for one in text.splitlines()):
        if not line:
            continue
        goes_on = OPENS_LIST.search(held) and line[0] in OPENING_MARKS
        is_open = marks and len(held) < LONGEST_QUOTE  # longer than that, it was never ended at all
        if held and (goes_on or (is_open and not begins_anew(line))):
            held += (" " if goes_on else "\n") + line
            marks = open_marks(line, marks)
            continue
        if held:
            yield held
        held, marks = line, open_marks(line)
    if held:
        yield held


def begins_anew(line: str) -> bool:
    """Say whether the line amends the plan itself, so that a quotation before it was never ended."""
    return bool(ORDERS.match(line) or IS_AMENDED.match(line))


def open_marks(line: str, held: str = "") -> str:
    """Return the marks that nothing ends after ``line``; either sort ends the other, as where a hand mixed them."""
    for mark in MARKS.finditer(line):
        is_nested = mark["opens"] == '"' and held.endswith("“")
        if mark[0] == "“" or is_nested or (mark[0] == '"' and not held):
            held += mark[0]
        else:
            held = held[:-1]
    return held

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
TITLE = re.compile(r"\bmột số (?:nội dung|điều|điểm|khoản)\b", re.IGNORECASE)
OPENING_MARKS = '“"'
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
    held = ""
    for line in (" ".join(one.split()) for one in text.splitlines()):
        if not line:
            continue
        goes_on = OPENS_LIST.search(held) and line[0] in OPENING_MARKS
        if held and (is_open(held) or goes_on):
            held += (" " if goes_on else "\n") + line
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def is_open(sentence: str) -> bool:
    """Say whether a quotation is begun and not ended; one too long to be one sentence was never ended at all."""
    marks = sentence.count("“") - sentence.count("”")
    return (marks > 0 or (marks == 0 and sentence.count('"') % 2 == 1)) and len(sentence) < LONGEST_QUOTE

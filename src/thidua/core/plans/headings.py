"""What makes a paragraph a heading, which part of it is the label, and what that announces."""

import re

from thidua.core.plans.bodies import STARTS_BODY
from thidua.core.plans.markers import Style
from thidua.core.plans.paragraphs import Paragraph
from thidua.core.plans.roles import Role, begins_with_role, roles_of

_LABEL = re.compile(r"(?P<label>[^:.;]{2,90}?)\s*:(?=\s|$|[“\"])")
_HEADING_LENGTH = 160
_LABEL_LENGTH = 90
_SHORT_LABEL = 60
_NO_NAME = re.compile(r"\d|\b(?:báo cáo|gửi|nộp|xây dựng)\b", re.IGNORECASE)
_HEADING_STYLES = frozenset(
    (
        Style.TITLE,
        Style.HEADING,
        Style.PART,
        Style.CHAPTER,
        Style.CAPITAL,
        Style.INNER_CAPITAL,
        Style.ROMAN,
        Style.ARTICLE,
    )
)
_AUTHORITY = re.compile(
    r"(?:\w+ ){0,2}(?:quyết định|chỉ thị|thống nhất|kế hoạch|thông báo)\s*:?\Z", re.IGNORECASE
)


def names_who_acts(paragraph: Paragraph, after: Paragraph | None) -> bool:
    """Say whether a short line is the name of a body above the bullets of its duties."""
    text = paragraph.text
    listed = after is not None and after.marker is not None and after.marker.style is Style.BULLET
    return (
        listed
        and paragraph.row is None
        and len(text) <= _LABEL_LENGTH
        and not text.endswith((".", ";", ",", ":"))
        and STARTS_BODY.match(text) is not None
        and not roles_of(text)
    )


def is_bare_heading(paragraph: Paragraph) -> bool:
    """Say whether a paragraph without a mark is a heading: short, set off, or a wording headings have."""
    text = paragraph.text
    if paragraph.row is not None or len(text) > _HEADING_LENGTH or text.endswith((".", ";", ",")):
        return False
    if _AUTHORITY.match(text) or (paragraph.is_upper and STARTS_BODY.match(text) and not roles_of(text)):
        return False  # who decides, above the decision
    set_off = paragraph.bold or paragraph.is_upper or paragraph.lines[0].hashes > 0
    named = begins_with_role(text) and len(text) < _SHORT_LABEL and text.endswith(":")
    return set_off or named


def label_of(paragraph: Paragraph, style: Style) -> str:
    """Return the heading part of a paragraph."""
    text = paragraph.body
    if paragraph.row is not None or (style is Style.ARTICLE and _is_sentence(text)):
        return ""
    if style in _HEADING_STYLES:
        return _whole_or_labelled(text)
    head, colon, _ = text.partition(":")
    if colon and ";" in head and style is not Style.PLAIN and _names_bodies(head):
        return head.rstrip()
    if (match := _LABEL.match(text)) and _stands_whole(match["label"]):
        announces = style is Style.PLAIN and match.end() >= len(text)  # «Sở phát động thi đua như sau:»
        return "" if announces else match["label"]
    if style is not Style.PLAIN and len(text) <= _HEADING_LENGTH and not text.endswith((".", ";", ",", ":")):
        return text
    return ""


def _stands_whole(label: str) -> bool:
    """Say whether a label is of bearable length and its colon outside brackets: not «Lê Văn An (ĐT: 0912 …)»."""
    return len(label) <= _LABEL_LENGTH and label.count("(") <= label.count(")")


def _names_bodies(text: str) -> bool:
    """Say whether a text is nothing but a list of bodies: «Thủ trưởng các sở; Chủ tịch các xã»."""
    if len(text) > 2 * _HEADING_LENGTH or _NO_NAME.search(text):
        return False
    return all(STARTS_BODY.match(part.strip()) for part in text.split(";"))


def _is_sentence(text: str) -> bool:
    """Say whether an article is a sentence of its own («Giao Sở Nội vụ chủ trì … .») and no heading."""
    whole = len(text) > _SHORT_LABEL and text.rstrip("/").endswith(".")
    return whole and not begins_with_role(text) and _LABEL.match(text) is None


def _whole_or_labelled(text: str) -> str:
    match = _LABEL.match(text)
    if match and match.end() < len(text.rstrip()):
        return match["label"]
    return text.rstrip(" :.") if len(text) <= 2 * _HEADING_LENGTH else ""


def roles_announced(label: str, style: Style) -> tuple[Role, ...]:
    """Return what a label announces; a long label is a sentence, not a heading."""
    longest = (
        2 * _HEADING_LENGTH if style in _HEADING_STYLES else 40 if style is Style.PLAIN else _LABEL_LENGTH
    )
    return roles_of(label) if label and len(label) <= longest else ()

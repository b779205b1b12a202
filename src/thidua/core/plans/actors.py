"""Who must act: the subject of a clause, else the body that the heading above it names."""

import re

from thidua.core.plans.clauses import Span, trimmed
from thidua.core.plans.groups import kind_of
from thidua.core.plans.outline import Node
from thidua.core.plans.passages import Passage
from thidua.core.text.dates import find_dates

_VERB = re.compile(
    r"""\s+(?:tổ\s+chức|gửi|nộp|báo\s+cáo|xây\s+dựng|hoàn\s+thành|trình|thẩm\s+định|đăng\s+ký|tổng\s+hợp|tham\s+mưu|chủ\s+trì
    |triển\s+khai|ban\s+hành|phát\s+động|lập|có\s+trách\s+nhiệm|họp|(?<!ăng\s)ký|chấm|rà\s+soát|bình\s+xét|tiến\s+hành|phối\s+hợp
    |căn\s+cứ|cung\s+cấp|đăng\s+tải|kiểm\s+tra|hướng\s+dẫn|theo\s+dõi)(?!\w)""",
    re.VERBOSE,  # in small letters alone: "Vụ Tổ chức cán bộ" is a body
)
_NAMING = re.compile(r"(?:các|mỗi|từng|tất\s+cả)\s")
_LONGEST_BODY = 110


def actor_of(passage: Passage, clause: Span) -> str | None:
    """Return the body that acts in ``clause``, in the words of the text."""
    return _subject(passage.text, clause) or next(
        (node.label for node in (passage.node, *passage.node.ancestors) if _names_body(node)), None
    )


def words_from(passage: Passage) -> int:
    """Return where the words of a paragraph begin behind the label that only names who must act."""
    node = passage.node
    return node.rest_at if node.rest and _names_body(node) else node.text_at


def _subject(text: str, clause: Span) -> str | None:
    verb = _VERB.search(text, clause[0], min(clause[1], clause[0] + _LONGEST_BODY))
    if verb is None:
        return None
    start, end = trimmed(text, clause[0], verb.start())
    head = text[start:end]
    whole = head.count("(") == head.count(")") and not _VERB.fullmatch(f" {head.lower()}")
    return head if whole and kind_of(head) and (head[0].isupper() or _NAMING.match(head)) else None


def _names_body(node: Node) -> bool:
    label = node.label
    return bool(label) and not node.own_roles and len(label) <= _LONGEST_BODY and _is_body(label)


def _is_body(label: str) -> bool:
    return kind_of(label) is not None and _VERB.search(label) is None and not find_dates(label)

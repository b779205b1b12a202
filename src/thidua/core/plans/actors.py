"""Who must act: the subject of a clause, else the body that the heading above it names."""

import re

from thidua.core.plans.bodies import PAPER
from thidua.core.plans.clauses import Span, trimmed
from thidua.core.plans.groups import kind_of
from thidua.core.plans.outline import Node
from thidua.core.plans.passages import Passage
from thidua.core.text.dates import find_dates

_VERB = re.compile(
    r"""\s+(?:tự\s+)?(?:tổ\s+chức|gửi|nộp|báo\s+cáo|xây\s+dựng|hoàn\s+thành|(?<!công\s)trình|thẩm\s+định|đăng\s+ký|tổng\s+hợp|tham\s+mưu|chủ\s+trì
    |triển\s+khai|ban\s+hành|phát\s+động|(?<!thành\s)lập|có\s+\d+|nhận\s+(?:giúp|đỡ\s+đầu)|có\s+trách\s+nhiệm|họp|(?<!ăng\s)ký|chấm|rà\s+soát|bình\s+xét|tiến\s+hành|phối\s+hợp
    |căn\s+cứ|cung\s+cấp|đăng\s+tải|kiểm\s+tra|hướng\s+dẫn|theo\s+dõi)(?!\w)""",
    re.VERBOSE,  # in small letters alone: "Vụ Tổ chức cán bộ" is a body
)
_NAMING = re.compile(r"(?:các|mỗi|từng|tất\s+cả)\s")
# What only sounds like a body: «Ban hành kế hoạch …» is no «Ban», «Báo cáo …» no «Báo», «Hội nghị …» no «Hội».
_WORK = re.compile(
    rf"""(?:{PAPER}|ban\s+hành|báo\s+cáo|hội\s+(?:nghị|thi|thảo|diễn|đồng\s+(?:họp|xét))|bộ\s+(?:tiêu\s+chí|hồ\s+sơ)|sở\s+hữu|của
    |tổ\s+chức\s+(?:hoạt\s+động|của|và|thực\s+hiện|phát\s+động|ký|lễ|hội|sinh\s+hoạt|kiểm\s+tra|bình\s+xét|sơ\s+kết|tổng\s+kết))(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
# «Ủy ban nhân dân cấp xã trong thời hạn 15 ngày … trình»: the term is not part of the name.
_TERM = re.compile(
    r"\s+(?:trong\s+(?:thời\s+hạn|vòng)|trước\s+ngày|chậm\s+nhất|sau\s+khi|kể\s+từ|vào\s+ngày)(?!\w)"
)
# "Kết thúc đợt thi đua, các đơn vị gửi …": who acts comes behind the event.
_LEADING_EVENT = re.compile(
    r"(?:kết\s+thúc|sau\s+(?:khi|đợt|mỗi)|hết|khi|trên\s+cơ\s+sở|căn\s+cứ)\s[^,;.:]{2,80},\s+", re.IGNORECASE
)
_LONGEST_BODY = 110


def actor_of(passage: Passage, *spans: Span) -> str | None:
    """Return the body that acts in the first of ``spans`` that names one, in the words of the text."""
    said = (_subject(passage.text, span) for span in spans)
    above = (node.label for node in (passage.node, *passage.node.ancestors) if _names_body(node))
    return next((body for body in said if body), None) or next(above, None)


def words_from(passage: Passage) -> int:
    """Return where the words of a paragraph begin behind the label that only names who must act."""
    node = passage.node
    return node.rest_at if node.rest and _names_body(node) else node.text_at


def _subject(text: str, clause: Span) -> str | None:
    event = _LEADING_EVENT.match(text, *clause)
    begin = event.end() if event else clause[0]
    verb = _VERB.search(text, begin, min(clause[1], begin + _LONGEST_BODY))
    if verb is None:
        return None
    start, end = trimmed(text, begin, verb.start())
    term = _TERM.search(text, start, end)
    head = text[start : term.start() if term else end].rstrip(" ,")
    whole = head.count("(") == head.count(")") and not _VERB.fullmatch(f" {head.lower()}")
    is_body = whole and kind_of(head) and not _WORK.match(head)
    return head if is_body and (head[0].isupper() or _NAMING.match(head)) else None


def _names_body(node: Node) -> bool:
    label = node.label
    return bool(label) and not node.own_roles and len(label) <= _LONGEST_BODY and _is_body(label)


def _is_body(label: str) -> bool:
    if kind_of(label) is None or _WORK.match(label):
        return False
    return _VERB.search(label) is None and not find_dates(label)

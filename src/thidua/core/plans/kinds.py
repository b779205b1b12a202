"""Whether a document launches a movement, told by its kind, its title and its first sentences."""

import re
from collections.abc import Sequence

from thidua.core.plans.front import Part
from thidua.core.text.folding import fold

_ALWAYS = frozenset(("NOI_DUNG_PHAT_DONG", "LOI_PHAT_DONG"))
_PERHAPS = frozenset(
    (
        "KE_HOACH",
        "CHI_THI",
        "CONG_VAN",
        "QUYET_DINH",
        "CHUONG_TRINH",
        "THONG_BAO",
        "NGHI_QUYET",
        "DE_AN",
        "THE_LE",
    )
)
# What a title says of a document that launches nothing, whatever it speaks of.
_OTHER_PURPOSES = re.compile(
    r"\b(?:sua doi|bo sung|dieu chinh|thay the|bai bo|thanh lap|kien toan|ban hanh (?:quy che|quy dinh|bo tieu chi|bang tieu chi)|"
    r"tang (?:bang khen|giay khen|co|danh hieu|thuong)|ve viec (?:tang|khen thuong|cong nhan)|cong nhan (?:danh hieu|ket qua|sang kien)|"
    r"kiem tra cheo|kiem tra cong tac|to chuc hoi nghi|to chuc dai hoi|tap huan|boi duong nghiep vu|dang ky thi dua|huong dan|"
    r"bao cao|tong ket|so ket|de nghi khen thuong|xet khen thuong|danh gia|cham diem|quy dinh|quy che)\b"
)
_LAUNCHING = re.compile(
    r"\bphat dong|\bphong trao thi dua|\bdot thi dua|\bthi dua (?:cao diem|dac biet|lap thanh tich|thuc hien|hoan thanh)|\bthang thi dua"
)
_LAUNCHES = re.compile(
    r"\bphat dong\b.{0,200}\bthi dua\b|\bthi dua\b.{0,200}\bphat dong\b|phong trao thi dua"
)
_FIRST_LINES = 12


def is_launch_plan(part: Part, parts: Sequence[Part]) -> bool:
    """Say whether ``part`` launches a movement: not a regulation, guide, pledge, report or award decision."""
    if part.kind in _ALWAYS:
        return True
    title = _title(part)
    opening = fold(" ".join(line.text for line in part.body[:_FIRST_LINES]))[:4000]
    if part.kind is None:
        return _LAUNCHES.search(opening) is not None and _is_short_of_articles(part)
    if part.kind not in _PERHAPS:
        return False
    launching = _LAUNCHING.search(title)
    other = _OTHER_PURPOSES.search(title)
    if other and not (launching and launching.start() < other.start()):
        return False
    if part.kind == "QUYET_DINH":
        return launching is not None
    return launching is not None or _LAUNCHES.search(opening) is not None


def _title(part: Part) -> str:
    lines = [*([part.kind_line] if part.kind_line else []), *part.title]
    return fold(" ".join(line.text for line in lines))


def _is_short_of_articles(part: Part) -> bool:
    """A text in articles (Điều) is a regulation."""
    return sum(1 for line in part.body if re.match(r"Điều \d+", line.text)) < 3

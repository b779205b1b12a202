"""Which kind of document a part is, and whether it launches a movement."""

import re

from thidua.core.plans.front import Part
from thidua.core.plans.lines import Line
from thidua.core.plans.paragraphs import is_upper
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
# What a title says of a document that launches nothing, whatever it speaks of; folded.
_OTHER_PURPOSES = (
    "sua doi", "bo sung", "dieu chinh", "thay the", "bai bo", "thanh lap", "kien toan",
    "ban hanh (?:quy che|quy dinh|bo tieu chi|bang tieu chi)", "quy dinh", "quy che",
    "tang (?:bang khen|giay khen|co|danh hieu|thuong)", "ve viec (?:tang|khen thuong|cong nhan)",
    "cong nhan (?:danh hieu|ket qua|sang kien)", "de nghi khen thuong", "xet khen thuong", "danh gia",
    "cham diem", "kiem tra cheo", "kiem tra cong tac", "to chuc (?:hoi nghi|dai hoi|cuoc thi|hoi thi)",
    "cuoc thi (?:viet|anh|tim hieu|sang tac)",
    "tap huan", "boi duong nghiep vu", "dang ky thi dua", "huong dan", "bao cao", "tong ket", "so ket",
)  # fmt: skip
_OTHER_PURPOSE = re.compile(rf"\b(?:{'|'.join(_OTHER_PURPOSES)})\b")
_LAUNCHING = re.compile(
    r"\bphat dong|(?<!trong cac )(?<!trong )(?<!ve cac )\bphong trao thi dua|\bdot thi dua|\bthang thi dua|"
    r"\bcao diem thi dua|\bthi dua (?:\d+ ngay|chao mung|huong toi)|"
    r"\bthi dua (?:cao diem|dac biet|nuoc rut|yeu nuoc|quyet thang|lap thanh tich|thuc hien|hoan thanh)|"
    r"(?<!cong tac )\bthi dua (?:nam|quy|thang|dot)\b"
)
_LAUNCHES = re.compile(
    r"\bphat dong\b.{0,200}\bthi dua\b|\bthi dua\b.{0,200}\bphat dong\b|phong trao thi dua"
)
# A guide launches where launching is what it is about: «Hướng dẫn phát động phong trào thi đua …».
_GUIDE_THAT_LAUNCHES = re.compile(r"huong dan (?:ve )?(?:viec )?(?:to chuc )?phat dong\b.{0,60}\bthi dua\b")
# The plan of a cluster's year launches nothing, and yet sets out what is vied for and awarded in it.
_CLUSTERS_YEAR = re.compile(
    r"\b(?:hoat dong|cong tac|nhiem vu|chuong trinh|thi dua)(?: (?:nam \d{4}|cua))* (?:cac )?(?:cum|khoi)\b"
    r"|\b(?:cum|khoi) thi dua\b.{0,90}\bhoat dong\b"
)
# A plan of a year's emulation work launches where it sets out both what is vied for and the awards.
_YEARS_WORK = re.compile(r"\b(?:cong tac|nhiem vu) thi dua,? khen thuong\b")
_VIED_FOR = re.compile(
    r"\b(?:noi dung|chi tieu|tieu chi|muc tieu|phong trao|dot|dang ky) (?:cac )?(?:phong trao )?thi dua\b"
)
_AWARDED = re.compile(r"\b(?:khen thuong|hinh thuc khen|giai thuong)\b")
_LONGEST_HEADING = 90
_ARTICLE = re.compile(r"Điều \d+")
_FIRST_LINES = 12
_OPENING = 4000
_ARTICLES_OF_REGULATION = 3


def doc_type_of(part: Part) -> str | None:
    """Return the kind of ``part``; a launching text that names none is told by what it does."""
    if part.kind is not None or not is_launch_plan(part):
        return part.kind
    return "LOI_PHAT_DONG" if "keu goi" in _title(part) else "NOI_DUNG_PHAT_DONG"


def is_launch_plan(part: Part) -> bool:
    """Say whether ``part`` launches a movement: not a regulation, guide, pledge, report or award decision."""
    if part.kind in _ALWAYS:
        return True
    title = _title(part)
    opening = fold(" ".join(line.text for line in part.body[:_FIRST_LINES]))[:_OPENING]
    if part.kind is None:
        launched = _LAUNCHING.search(title) or _LAUNCHES.search(opening)
        return launched is not None and not _is_in_articles(part)
    if part.kind not in _PERHAPS:
        return part.kind == "HUONG_DAN" and _GUIDE_THAT_LAUNCHES.match(title) is not None
    launching = _LAUNCHING.search(title)
    other = _OTHER_PURPOSE.search(title)
    if other and not (launching and launching.start() < other.start()):
        return False
    if part.kind in ("QUYET_DINH", "THE_LE", "THONG_BAO"):
        return launching is not None
    return launching is not None or _LAUNCHES.search(opening) is not None or _sets_out_a_year(part, title)


def is_cluster_plan(part: Part) -> bool:
    """Say whether ``part`` is the plan of a cluster's or bloc's work: no launch, but with awards and conditions."""
    title = _title(part)
    planned = part.kind in ("KE_HOACH", "CHUONG_TRINH") and _CLUSTERS_YEAR.search(title) is not None
    return planned and _OTHER_PURPOSE.search(title) is None


def _sets_out_a_year(part: Part, title: str) -> bool:
    if _YEARS_WORK.search(title) is None:
        return False
    headings = [fold(line.text) for line in part.body if _may_head(line)]
    awards = [heading for heading in headings if _AWARDED.search(heading)]
    return bool(awards) and any(_VIED_FOR.search(heading) for heading in headings)


def _may_head(line: Line) -> bool:
    set_off = line.marker is not None or line.bold or line.hashes > 0 or is_upper(line.text)
    return set_off and len(line.text) <= _LONGEST_HEADING


def _title(part: Part) -> str:
    lines = [*([part.kind_line] if part.kind_line else []), *part.title]
    return fold(" ".join(line.text for line in lines))


def _is_in_articles(part: Part) -> bool:
    """Say whether a text is a regulation by its articles."""
    return sum(1 for line in part.body if _ARTICLE.match(line.text)) >= _ARTICLES_OF_REGULATION

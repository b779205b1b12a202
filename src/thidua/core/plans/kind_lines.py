"""The line that names the kind of a document: «KẾ HOẠCH», «QUYẾT ĐỊNH», «GIAO ƯỚC THI ĐUA»."""

import re

from thidua.core.plans.paragraphs import is_upper
from thidua.core.text.folding import fold

# Folded, so that a lost mark («KÊ HOẠCH») does no harm; the longer first where one begins another.
_KINDS: tuple[tuple[str, str], ...] = (
    ("NOI_DUNG_PHAT_DONG", r"noi dung phat dong(?: phong trao)?(?: thi dua)?"),
    ("LOI_PHAT_DONG", r"(?:loi|thu|bai) (?:phat dong|keu goi)(?: phong trao)?(?: thi dua)?(?: yeu nuoc)?"),
    ("GIAO_UOC", r"(?:ban )?(?:ky ket )?giao uoc(?: thi dua)?"),
    ("KE_HOACH", r"ke hoach"),
    ("QUYET_DINH", r"quyet dinh"),
    ("CHI_THI", r"chi thi"),
    ("THONG_TU", r"thong tu(?: lien tich)?"),
    ("HUONG_DAN", r"huong dan"),
    ("BAO_CAO", r"bao cao"),
    ("THONG_BAO", r"thong bao(?: ket luan)?"),
    ("TO_TRINH", r"to trinh"),
    ("QUY_CHE", r"quy che"),
    ("QUY_DINH", r"quy dinh"),
    ("THE_LE", r"the le"),
    ("NGHI_QUYET", r"nghi quyet"),
    ("NGHI_DINH", r"nghi dinh"),
    ("CHUONG_TRINH", r"chuong trinh(?: hanh dong| phoi hop)?"),
    ("DE_AN", r"de an"),
    ("CONG_VAN", r"cong van"),
)
# A line of its own only: more words make it the title of some other kind.
_BARE_LAUNCH = (
    "NOI_DUNG_PHAT_DONG",
    r"phat dong (?:phong trao )?thi dua(?: yeu nuoc)?(?: (?:nam|quy|thang)\b.{0,30})?",
)

_LONGEST_KIND = 42


def _loose(wording: str) -> str:
    """Let every blank be lost: «KẾHOẠCH»."""
    return wording.replace(" ", " ?")


_BEGINNINGS = tuple((kind, re.compile(rf"(?:{_loose(wording)})\b")) for kind, wording in _KINDS)
_WHOLE = tuple(
    (kind, re.compile(rf"(?:{_loose(wording)})[ .:]*\Z")) for kind, wording in (*_KINDS, _BARE_LAUNCH)
)
_ALONE = re.compile("|".join(f"(?:{_loose(wording)})" for _, wording in _KINDS))


def kind_named(text: str) -> tuple[str, int] | None:
    """Return the kind of document a line in capitals names and how many characters that takes."""
    words = fold(text)
    for kind, wording in _WHOLE:
        if wording.match(words):
            return kind, len(text)
    for kind, wording in _BEGINNINGS:
        if (match := wording.match(words)) and is_upper(text[: match.end()]):
            return kind, match.end()
    return None


def names_kind_alone(text: str) -> bool:
    """Say whether a line is nothing but the name of a kind, in whatever letters: «Kế hoạch», «Lời kêu gọi»."""
    if len(text) > _LONGEST_KIND or not text[0].isupper() or text[-1] in ":.;,":
        return False
    return _ALONE.fullmatch(fold(text)) is not None


def kind_begun(text: str) -> tuple[str, int] | None:
    """Return the same for a line in running letters: «Kế hoạch phát động …» as the heading of a page."""
    words = fold(text)
    for kind, wording in _BEGINNINGS:
        if match := wording.match(words):
            return kind, match.end()
    return None

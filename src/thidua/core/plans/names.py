"""How names of people are written: ranks and titles before them, two to six words in capitals."""

from thidua.core.text.letters import CAPITALS, SMALLS

RANK = (
    r"(?:(?:Đại|Thượng|Trung|Thiếu|Chuẩn|Phó)\s+(?:[Tt]ướng|[Tt]á|[ÚúUu]y|[Đđ]ô đốc)|Đô đốc|"
    r"PGS\.?\s?TS\.?|GS\.?\s?TS\.?|TS\.?|ThS\.?|"
    r"BS\.?(?:\s?CK\s?I{1,2})?\.?|DS\.?|CN\.|KS\.?|LS\.?|NSƯT|NSND|NGƯT|NGND|Luật sư|Kỹ sư|"
    r"Kiến trúc sư|Bác sĩ|Dược sĩ|Cử nhân|Tiến sĩ|Thạc sĩ|Nhà giáo|Ông|Bà|Đ/c|Đồng chí)"
)
WORD = f"[{CAPITALS}][{SMALLS}’']*"
NAME = rf"{WORD}(?:\s+{WORD}){{1,5}}"
RANKED_NAME = rf"(?:{RANK}\s*)*(?P<name>{NAME})"
# For a name set in capitals, which might as well be a post; folded.
_FAMILIES = """
nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly truong dinh trinh doan lam mai to ha luu
cao chau ta quach la lo ma nong trieu vi cu thai thach kim ong van kieu quan vuong luong
"""
FAMILY_NAMES = frozenset(_FAMILIES.split())

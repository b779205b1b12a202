"""How names of people are written: ranks and titles before them, two to six words in capitals."""

from thidua.core.text.letters import CAPITALS, SMALLS

RANK = (
    r"(?:(?:Đại|Thượng|Trung|Thiếu|Chuẩn)\s+(?:tướng|tá|úy|đô đốc)|PGS\.?\s?TS\.?|GS\.?\s?TS\.?|TS\.?|ThS\.?|"
    r"BS\.?(?:\s?CK\s?I{1,2})?\.?|KS\.?|LS\.?|NSƯT|NGƯT|Luật sư|Ông|Bà|Đ/c|Đồng chí)"
)
WORD = f"[{CAPITALS}][{SMALLS}’']*"
NAME = rf"{WORD}(?:\s+{WORD}){{1,5}}"
RANKED_NAME = rf"(?:{RANK}\s*)*(?P<name>{NAME})"

"""Whether a text is in Vietnamese: by letters only Vietnamese writes, or by its commonest words without their marks."""

import re
import unicodedata
from itertools import islice

# What French, English and their neighbours do not write; â, ê, ô, à, é, è, ù are theirs too.
_OWN_LETTERS = frozenset(
    "đơưăạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ"
)  # fmt: skip
# Common in State papers, and no words of English, French or the like when their marks are left out.
_COMMON = frozenset(
    {
        "va", "cua", "cac", "nhung", "duoc", "khong", "trong", "theo", "nham", "phong", "trao", "dua",
        "khen", "thuong", "vi", "hoach", "ngay", "thang", "nam", "hanh", "quyet", "dinh", "nhiem", "vu",
        "thuc", "hien", "cong", "phap", "nhan", "chuc", "lanh", "dao",
    }
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 2000  # words from the beginning: a translation beside the text comes after it
_FEWEST = 20
_LEAST_OWN = (
    0.10  # of a plan's words about half carry such a letter, of a paper full of foreign names a quarter
)
_LEAST_COMMON = 0.15


def is_vietnamese(text: str) -> bool:
    """Say whether the text is Vietnamese, with its marks or without; too short a text is given the benefit."""
    found = islice(_WORD.finditer(unicodedata.normalize("NFC", text).lower()), _LOOKED_AT)
    words = [one[0] for one in found]
    if len(words) < _FEWEST:
        return True
    own = sum(1 for word in words if not _OWN_LETTERS.isdisjoint(word))
    common = sum(1 for word in words if word in _COMMON)
    return own >= _LEAST_OWN * len(words) or common >= _LEAST_COMMON * len(words)

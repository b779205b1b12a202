"""Titles and forms of commendation as plans name them, and who may bear each. The names are data."""

import re
from dataclasses import dataclass

from thidua.core.plans.groups import Kind

_INDIVIDUAL: tuple[Kind, ...] = ("individual",)
_COLLECTIVE: tuple[Kind, ...] = ("collective",)
_BOTH: tuple[Kind, ...] = ()

# In the order in which they are tried at one place; a form that leaves its bearer open has none.
_FORMS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    (r"Tập\s+thể\s+[Ll]ao\s+động\s+(?:xuất\s+sắc|tiên\s+tiến)", _COLLECTIVE),
    (r"Đơn\s+vị\s+(?:[Qq]uyết\s+thắng|tiên\s+tiến|văn\s+hóa)", _COLLECTIVE),
    (
        r"Cờ\s+(?:[Tt]hi\s+đua|thưởng|đơn\s+vị\s+xuất\s+sắc)|(?<=tặng\s)Cờ(?!\s+\w)|[Cc]ờ\s+(?:[Ll]uân\s+lưu|truyền\s+thống)",
        _COLLECTIVE,
    ),
    (r"[Bb]ằng\s+Lao\s+động\s+sáng\s+tạo", _INDIVIDUAL),
    (r"Lao\s+động\s+tiên\s+tiến|Chiến\s+s[ĩỹ]\s+tiên\s+tiến", _INDIVIDUAL),
    (
        r"Chiến\s+s[ĩỹ]\s+[Tt]hi\s+đua(?:\s+(?:cơ\s+sở|toàn\s+quốc|cấp\s+\w+|[Nn]gành(?:\s+\w+){0,2}))?",
        _INDIVIDUAL,
    ),
    (r"Kỷ\s+niệm\s+chương(?:\s+“[^”]+”)?|Huy\s+hiệu(?:\s+“[^”]+”)?", _INDIVIDUAL),
    (r"Anh\s+hùng\s+(?:[Ll]ao\s+động|[Ll]ực\s+lượng\s+vũ\s+trang)", _BOTH),
    (
        (
            r"Huân\s+chương\s+(?:Sao\s+[Vv]àng|Hồ\s+Chí\s+Minh|Độc\s+lập|Quân\s+công|Lao\s+động|Bảo\s+vệ\s+Tổ\s+quốc"
            r"|Chiến\s+công|Đại\s+đoàn\s+kết(?:\s+dân\s+tộc)?|Dũng\s+cảm|Hữu\s+nghị|\w+)(?:\s+hạng\s+(?:Nhất|nhất|Nhì|nhì|Ba|ba))?"
        ),
        _BOTH,
    ),
    (r"[Bb]ằng\s+khen|BẰNG\s+KHEN", _BOTH),
    (r"[Gg]iấy\s+khen|GIẤY\s+KHEN", _BOTH),
    (r"[Tt]hư\s+(?:khen|cảm\s+ơn)|Bằng\s+(?:ghi\s+nhận|tuyên\s+dương)|[Gg]iấy\s+chứng\s+nhận", _BOTH),
    (r"[Gg]iải\s+(?:đặc\s+biệt|[Nn]hất|[Nn]hì|[Bb]a|[Kk]huyến\s+khích|tập\s+thể|A|B|C)(?!\w)", _BOTH),
    (r"khen\s+thưởng\s+cấp\s+(?:Nhà\s+nước|nhà\s+nước|[Bb]ộ|[Tt]ỉnh|[Nn]gành)", _BOTH),
)
# The first letters are looked at before any form is tried.
_ANY = re.compile(
    rf"(?=[TĐCLKHABbGgtk]|cờ)(?<!\w)(?:{'|'.join(rf'(?P<f{at}>{words})' for at, (words, _) in enumerate(_FORMS))})"
)


# «Giải tập thể: 01 giải Nhất, 02 giải Nhì» heads a list of prizes and is none.
_HEADS_PRIZES = re.compile(r"[Gg]iải\s+(?:tập\s+thể|cá\s+nhân)\s*:")


@dataclass(frozen=True, slots=True)
class Form:
    """A title or form named in a text; ``kinds`` is empty when collectives and individuals may bear it."""

    start: int
    end: int
    name: str
    kinds: tuple[Kind, ...]


def find_forms(text: str, start: int, end: int) -> list[Form]:
    """Return the titles and forms named in ``text[start:end]``, in order."""
    found = [_form(match) for match in _ANY.finditer(text, start, end)]
    return [form for form in found if len(found) == 1 or not _HEADS_PRIZES.match(text, form.start)]


def _form(match: re.Match[str]) -> Form:
    at = int((match.lastgroup or "f0")[1:])
    name = " ".join(match.group().split())
    return Form(match.start(), match.end(), name[:1].upper() + name[1:] if at else name, _FORMS[at][1])

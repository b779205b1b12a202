"""What is written beside an author: a share in per cent, a role in the research, in any order."""

import re
from dataclasses import dataclass

from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line
from thidua.initiatives.models import Authorship

Role = Authorship.Role
MOST = 100
_PERCENT = re.compile(r"(?<!\d)(\d{1,3})\s*(?:%|phần trăm)?", re.IGNORECASE)
_NOT_WORDS = re.compile(r"[^\w]+")
ROLE_WORDS = {
    "chu nhiem": Role.LEAD,
    "dong chu nhiem": Role.LEAD,
    "chu nhiem de tai": Role.LEAD,
    "truong nhom": Role.LEAD,
    "viet noi dung": Role.WRITER,
    "viet": Role.WRITER,
    "thanh vien viet noi dung": Role.WRITER,
    "thu ky": Role.SECRETARY,
    "thu ky khoa hoc": Role.SECRETARY,
    "thu ky de tai": Role.SECRETARY,
    "thanh vien": Role.MEMBER,
    "thanh vien tham gia": Role.MEMBER,
    "thanh vien chinh": Role.MEMBER,
    "tham gia": Role.MEMBER,
    "lead": Role.LEAD,
    "writer": Role.WRITER,
    "secretary": Role.SECRETARY,
    "member": Role.MEMBER,
}


@dataclass(frozen=True, slots=True)
class Part:
    """An author's share and role, as far as they are told."""

    percent: int | None = None
    role: str = ""


def part_told(text: str) -> Part | None:
    """Read “60% | chủ nhiệm”, “thư ký”, “40”; None where something of it means nothing known."""
    text = one_line(text)
    found = _PERCENT.findall(text)
    if len(found) > 1 or any(not 0 < int(one) <= MOST for one in found):
        return None
    words = _plain(_PERCENT.sub(" ", text))
    # A form shows the role in the reader's language; what it shows it takes back.
    roles = ROLE_WORDS | {_plain(str(role.label)): role for role in Role}
    if words and words not in roles:
        return None
    return Part(int(found[0]) if found else None, roles[words].value if words else "")


def _plain(text: str) -> str:
    return _NOT_WORDS.sub(" ", fold(text)).strip()

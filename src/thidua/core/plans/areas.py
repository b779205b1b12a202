"""What a paragraph is about, told by the headings above it; a heading only counts where it can mean what it says."""

import re
from dataclasses import dataclass

from thidua.core.plans.outline import Node
from thidua.core.plans.roles import Role
from thidua.core.text.folding import fold

# The name of a body is no heading of its subject: "Ban Thi đua - Khen thưởng tỉnh", "Ban Tổ chức".
_BODY = re.compile(
    r"(?:Ban|Vụ|Phòng|Văn\s+phòng|Hội\s+đồng|Thường\s+trực|Bộ\s+phận|Sở|Cục|Chi\s+cục|Tổng\s+cục|Cơ\s+quan|Tổ|Khối|Cụm)"
    r"\s+(?=[A-ZĐ])(?=\S*[a-zà-ỹ])"
)
# Inside the contents these words name work to be done ("Cải cách thủ tục", "Hoàn thành các tiêu chí nông thôn mới").
_CONTENTS = (Role.CONTENTS, Role.TARGETS, Role.SOLUTIONS)
_KEPT_IN_CONTENTS = frozenset(
    {
        Role.CONTENTS,
        Role.TARGETS,
        Role.SOLUTIONS,
        Role.PHASES,
        Role.TIME,
        Role.SUBJECTS,
        Role.AWARD_COUNT,
        Role.AWARD_WINDOW,
        Role.RELATED_MOVEMENTS,
        Role.THEME,
        Role.TASKS,
    }
)
# A heading of these begins with their word; elsewhere in it the word is an object ("tiết kiệm kinh phí").
_BEGINNINGS = {
    Role.CRITERIA: re.compile(
        r"(?:\W|(?:cac|ve|mot so|bo|quy dinh|noi dung) )*(?:tieu chuan|tieu chi|dieu kien)\b"
    ),
    Role.FUNDING: re.compile(
        r"(?:\W|(?:ve|nguon|bao dam|dam bao|cac|du toan) )*(?:kinh phi|nguon|tai chinh)\b"
    ),
    Role.AWARDS: re.compile(
        r"(?:\W|(?:ve|hinh thuc|cong tac|muc|de nghi) )*(?:khen|bieu duong|giai|phan thuong)\b"
    ),
}
# Headings of forms inside a section of criteria and awards: "Hình thức và số lượng", "Danh hiệu".
_FORMS = re.compile(r"(?:cac )?(?:hinh thuc|danh hieu|muc khen|muc thuong|co cau)\b")
# "Tiêu chuẩn xét khen thưởng" announces criteria alone, "Tiêu chuẩn, hình thức khen thưởng" both.
_OF_AWARDS = re.compile(
    r"\b(?:tieu chuan|tieu chi|dieu kien)(?: (?:xet|de nghi|binh xet|duoc|cu the|chung))* (?:khen|tang)\b"
)
_AWARDING = {Role.AWARDS, Role.AWARD_COUNT}
_MIXED = {Role.CRITERIA, Role.AWARDS}


@dataclass(frozen=True, slots=True)
class Area:
    """``within``: all that the headings above say; ``nearest``: what the nearest says first.

    ``mixed``: the nearest announces criteria and awards together, so that each sentence must tell.
    """

    within: frozenset[Role]
    nearest: Role | None
    mixed: bool


def area_of(node: Node) -> Area:
    """Return what ``node`` is about."""
    said: list[set[Role]] = []
    nearest: Role | None = None
    mixed = in_contents = False
    for one in (*reversed(list(node.ancestors)), node):
        if one.label and set().union(*said) & _AWARDING and _FORMS.match(fold(one.label)):
            nearest, mixed = Role.AWARDS, False
            continue
        roles = _roles_at(one, in_contents=in_contents)
        if roles:
            if said and roles[0] in said[-1]:
                said[-1] = {roles[0]}  # a part of «Nội dung và khen thưởng» is one of the two
            said.append(set(roles))
            nearest, mixed = roles[0], set(roles) >= _MIXED and not _OF_AWARDS.search(fold(one.label))
            in_contents = in_contents or roles[0] in _CONTENTS
    return Area(frozenset().union(*said), nearest, mixed)


def _roles_at(node: Node, *, in_contents: bool) -> list[Role]:
    if not node.own_roles or _BODY.match(node.label):
        return []
    if node.own_roles[0] in (Role.CONTENTS, Role.TARGETS) and Role.AWARDS not in node.own_roles:
        # «Nội dung, tiêu chí thi đua» are what is to be done, no conditions of an award.
        return [role for role in node.own_roles if role is not Role.CRITERIA]
    if not in_contents:
        return [role for role in node.own_roles if role is not Role.FUNDING or _begins_with(node, role)]
    return [role for role in node.own_roles if role in _KEPT_IN_CONTENTS or _begins_with(node, role)]


def _begins_with(node: Node, role: Role) -> bool:
    return role in _BEGINNINGS and _BEGINNINGS[role].match(fold(node.label)) is not None

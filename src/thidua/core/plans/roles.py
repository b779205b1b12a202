"""What a heading announces: purposes, contents, awards … The wordings are data; marks of tone do not count."""

import re
from enum import StrEnum

from thidua.core.text.folding import fold


class Role(StrEnum):
    """What the paragraphs under a heading are about."""

    PURPOSES_AND_REQUIREMENTS = "purposes_and_requirements"
    PURPOSES = "purposes"
    REQUIREMENTS = "requirements"
    CONTENTS = "contents"
    TARGETS = "targets"
    SOLUTIONS = "solutions"
    SUBJECTS = "subjects"
    TIME = "time"
    PHASES = "phases"
    AWARDS = "awards"
    AWARD_COUNT = "award_count"
    AWARD_WINDOW = "award_window"
    CRITERIA = "criteria"
    REFUSALS = "refusals"
    DOSSIER = "dossier"
    IMPLEMENTATION = "implementation"
    TASKS = "tasks"
    RESPONSIBILITIES = "responsibilities"
    FUNDING = "funding"
    REPORTS = "reports"
    REVIEWS = "reviews"
    RELATED_MOVEMENTS = "related_movements"
    THEME = "theme"
    BASIS = "basis"
    CONTACTS = "contacts"
    SCORING = "scoring"


# Tried in order; each wording is folded and must stand in a heading as a whole word. A heading that holds
# two of them («Đối tượng, thời gian») has the first as its role and all of them in ``roles_of``.
_WORDINGS: tuple[tuple[Role, str], ...] = (
    (
        Role.PURPOSES_AND_REQUIREMENTS,
        r"muc dich\s*(?:,|va|-|–|;)?\s*y nghia\s*(?:,|va|-|–)\s*yeu cau|muc (?:dich|tieu)\s*(?:,|va|-|–|/|&)\s*yeu cau",
    ),
    (
        Role.RELATED_MOVEMENTS,
        r"cac phong trao (?:thi dua )?khac|phong trao thi dua (?:do .{0,80} phat dong|lien quan)",
    ),
    (
        Role.AWARD_WINDOW,
        r"(?:thoi gian|moc|thoi diem|ky) (?:tinh|xet|ghi nhan|lay) thanh tich|thoi gian (?:xet|tinh) (?:khen thuong|thi dua)|giai doan tinh thanh tich",
    ),
    (Role.REFUSALS, r"(?:khong|chua) (?:xet|de nghi|khen)|truong hop (?:khong|chua)"),
    (Role.CRITERIA, r"tieu chuan|tieu chi|dieu kien"),
    (Role.AWARD_COUNT, r"so luong|co cau|ty le khen|chi tieu khen thuong"),
    (Role.DOSSIER, r"ho so|thu tuc|quy trinh"),
    (Role.SCORING, r"cham diem|thang diem|bang diem|cach tinh diem|xep hang|xep loai"),
    (Role.REVIEWS, r"so ket|tong ket"),
    (Role.REPORTS, r"(?:che do )?(?:thong tin,? )?bao cao\b"),
    (Role.AWARDS, r"khen thuong|hinh thuc khen|bieu duong|ton vinh|giai thuong|co cau giai|phan thuong"),
    (
        Role.PHASES,
        r"(?:cac|chia|phan|thoi gian) ?(?:dot|giai doan)|dot thi dua|cac dot|tien do|lo trinh|ke hoach thoi gian",
    ),
    (Role.SUBJECTS, r"doi tuong|pham vi|thanh phan"),
    (Role.TIME, r"thoi gian|thoi han|thoi diem"),
    (Role.THEME, r"chu de|khau hieu|ten phong trao|ten goi"),
    (Role.FUNDING, r"kinh phi|nguon luc tai chinh|nguon (?:von|tai chinh)"),
    (
        Role.TASKS,
        r"noi dung (?:thuc hien|trien khai|cong viec)|cac buoc|nhiem vu (?:va )?tien do|ke hoach (?:trien khai|thuc hien)",
    ),
    (Role.RESPONSIBILITIES, r"trach nhiem|phan cong|giao nhiem vu"),
    (
        Role.IMPLEMENTATION,
        r"to chuc (?:thuc hien|trien khai|phat dong|phong trao)|trien khai thuc hien|to chuc\Z|bien phap to chuc|hoat dong",
    ),
    (Role.SOLUTIONS, r"giai phap|bien phap"),
    (Role.CONTENTS, r"noi dung|nhiem vu|phong trao thi dua|cong viec trong tam"),
    (Role.TARGETS, r"chi tieu|muc tieu"),
    (Role.PURPOSES, r"muc dich|y nghia"),
    (Role.REQUIREMENTS, r"yeu cau"),
    (Role.BASIS, r"(?<!.)(?:cac )?can cu|co so phap ly"),
    (Role.CONTACTS, r"lien he|dau moi"),
)
_COMPILED = tuple((role, re.compile(rf"\b(?:{wording})")) for role, wording in _WORDINGS)

# A heading may open with one wording and end with another: «Nội dung, giải pháp», «Tổ chức thực hiện và khen thưởng».
# The head word decides, so these are looked for at the very start before anything else.
_OPENINGS: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(wording))
    for role, wording in (
        (Role.PURPOSES_AND_REQUIREMENTS, r"muc (?:dich|tieu)\b.{0,25}\byeu cau\b"),
        (Role.PURPOSES, r"muc dich\b"),
        (Role.REQUIREMENTS, r"yeu cau\b"),
        (Role.TASKS, r"noi dung (?:thuc hien|trien khai|cong viec)\Z"),
        (Role.SOLUTIONS, r"(?:cac |mot so |nhung )?(?:nhiem vu,? )?(?:giai phap|bien phap)\b"),
        (Role.TARGETS, r"(?:cac |mot so )?chi tieu(?: thi dua| phan dau| cu the| chu yeu)?\Z"),
        (Role.CONTENTS, r"(?:cac |mot so |nhung )?noi dung\b(?! khen)"),
        (Role.CONTENTS, r"phong trao thi dua\Z"),
        (Role.IMPLEMENTATION, r"to chuc (?:thuc hien|trien khai)\b|trien khai thuc hien\b|to chuc\Z"),
        (Role.RESPONSIBILITIES, r"(?:phan cong|trach nhiem)\b"),
        (Role.SUBJECTS, r"doi tuong\b"),
        (Role.TIME, r"thoi gian (?:thuc hien|to chuc|phat dong|trien khai|phong trao)?\Z"),
        (Role.FUNDING, r"(?:nguon )?kinh phi\b"),
    )
)


def roles_of(heading: str) -> tuple[Role, ...]:
    """Return every role ``heading`` names, the one that leads it first; empty where it names none."""
    words = fold(heading).strip(" .:;,-–*")
    found = [role for role, opening in _OPENINGS if opening.match(words)][:1]
    for role, wording in _COMPILED:
        if role not in found and wording.search(words):
            found.append(role)
    return tuple(found)

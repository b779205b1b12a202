"""What a heading announces: purposes, contents, awards … The wordings are data; marks of tone do not count."""

import re
from enum import StrEnum
from functools import lru_cache

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


_NO_LAW = r"bien phap(?! luat)"  # «phổ biến pháp luật» loses its marks here

# Tried in order; each wording is folded and stands in a heading as whole words. A heading that holds two of them
# («Đối tượng, thời gian») has the first as its role and all of them in ``roles_of``.
_WORDINGS: tuple[tuple[Role, tuple[str, ...]], ...] = (
    (
        Role.PURPOSES_AND_REQUIREMENTS,
        (
            r"muc dich ?(?:,|va|-|–|;)? ?y nghia ?(?:,|va|-|–) ?yeu cau",
            r"muc (?:dich|tieu) ?(?:,|va|-|–|/|&) ?yeu cau",
        ),
    ),
    (
        Role.RELATED_MOVEMENTS,
        (r"cac phong trao (?:thi dua )?khac", r"phong trao thi dua (?:do .{0,80} phat dong|lien quan)"),
    ),
    (
        Role.AWARD_WINDOW,
        (
            r"(?:thoi gian|moc|thoi diem|ky) (?:tinh|xet|ghi nhan|lay) thanh tich",
            r"thoi gian (?:xet|tinh) (?:khen thuong|thi dua)",
            r"giai doan tinh thanh tich",
        ),
    ),
    (Role.REFUSALS, (r"(?:khong|chua) (?:xet|de nghi|khen)", r"truong hop (?:khong|chua)")),
    (Role.CRITERIA, ("tieu chuan", "tieu chi", "dieu kien")),
    (Role.AWARD_COUNT, ("so luong", "co cau", "ty le khen", "chi tieu khen thuong")),
    (Role.DOSSIER, ("ho so", "thu tuc", "quy trinh")),
    (Role.SCORING, ("cham diem", "thang diem", "bang diem", "cach tinh diem", "xep hang", "xep loai")),
    (Role.REVIEWS, ("so ket", "tong ket")),
    (Role.REPORTS, (r"(?:che do )?(?:thong tin,? )?bao cao\b",)),
    (
        Role.AWARDS,
        (
            "khen thuong",
            "hinh thuc khen",
            "bieu duong",
            "ton vinh",
            "giai thuong",
            "co cau giai",
            "phan thuong",
        ),
    ),
    (
        Role.PHASES,
        (
            r"(?:cac|chia|phan|thoi gian) ?(?:dot|giai doan)",
            r"(?:chia|gom|thanh|to chuc) .{0,25}\b(?:dot|giai doan)\b",
            "dot thi dua",
            "cac dot",
            r"(?<!.)tien do\b|tien do (?:thuc hien|to chuc)",
            "lo trinh",
            "ke hoach thoi gian",
        ),
    ),
    (Role.SUBJECTS, ("doi tuong", "pham vi", "thanh phan")),
    (Role.TIME, ("thoi gian", "thoi han", "thoi diem")),
    (Role.THEME, ("chu de", "khau hieu", "ten phong trao", "ten goi")),
    (Role.FUNDING, ("kinh phi", "nguon luc tai chinh", "nguon (?:von|tai chinh)")),
    (
        Role.TASKS,
        (
            "noi dung (?:thuc hien|trien khai|cong viec)",
            "cac buoc",
            "nhiem vu (?:va )?tien do",
            "ke hoach (?:trien khai|thuc hien)",
        ),
    ),
    (Role.RESPONSIBILITIES, ("trach nhiem", "phan cong", "giao nhiem vu")),
    (
        Role.IMPLEMENTATION,
        (
            "to chuc (?:thuc hien|trien khai|phat dong|phong trao)",
            "trien khai thuc hien",
            r"to chuc\Z",
            r"(?<!.)thuc hien\Z",
            "bien phap to chuc",
        ),
    ),
    (Role.SOLUTIONS, ("giai phap", _NO_LAW)),
    (Role.CONTENTS, ("noi dung", "nhiem vu", "phong trao thi dua", "cong viec trong tam")),
    (Role.TARGETS, ("chi tieu", "muc tieu")),
    (Role.PURPOSES, ("muc dich", "y nghia")),
    (Role.REQUIREMENTS, ("yeu cau",)),
    (Role.BASIS, (r"(?<!.)(?:cac )?can cu", "co so phap ly")),
    (Role.CONTACTS, ("lien he", "dau moi")),
)
_COMPILED = tuple((role, re.compile(rf"\b(?:{'|'.join(words)})")) for role, words in _WORDINGS)

# A heading may open with one wording and end with another: «Nội dung, giải pháp», «Tổ chức thực hiện và khen
# thưởng». The first words decide, so these are looked for at the very start before anything else.
_OPENINGS: tuple[tuple[Role, str], ...] = (
    (Role.PURPOSES_AND_REQUIREMENTS, r"muc (?:dich|tieu)\b.{0,25}\byeu cau\b"),
    (Role.PURPOSES, r"muc dich\b"),
    (Role.REQUIREMENTS, r"yeu cau\b"),
    (Role.TASKS, r"noi dung (?:thuc hien|trien khai|cong viec)\Z"),
    (Role.SOLUTIONS, r"(?:cac |mot so |nhung )?(?:nhiem vu,? )?(?:giai phap|bien phap(?! luat))\b"),
    (Role.TARGETS, r"(?:cac |mot so )?chi tieu(?: thi dua| phan dau| cu the| chu yeu)?\Z"),
    (Role.CONTENTS, r"(?:cac |mot so |nhung )?noi dung\b(?! khen)"),
    (Role.CONTENTS, r"phong trao thi dua\Z"),
    (Role.IMPLEMENTATION, r"to chuc (?:thuc hien|trien khai)\b|trien khai thuc hien\b|to chuc\Z"),
    (Role.RESPONSIBILITIES, r"(?:phan cong|trach nhiem)\b"),
    (Role.SUBJECTS, r"doi tuong\b"),
    (Role.TIME, r"thoi gian (?:thuc hien|to chuc|phat dong|trien khai|phong trao)?\Z"),
    (Role.FUNDING, r"(?:nguon )?kinh phi\b"),
)
_COMPILED_OPENINGS = tuple((role, re.compile(wording)) for role, wording in _OPENINGS)


_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")  # a slogan announces nothing: «Trách nhiệm, kỷ cương»


@lru_cache(maxsize=2048)  # the same headings come again and again
def roles_of(heading: str) -> tuple[Role, ...]:
    """Return every role ``heading`` names, the one that leads it first; empty where it names none."""
    words = fold(_QUOTED.sub(" ", heading)).strip(" .:;,-–*")
    found = [role for role, opening in _COMPILED_OPENINGS if opening.match(words)][:1]
    for role, wording in _COMPILED:
        if role not in found and wording.search(words):
            found.append(role)
    return tuple(found)


def begins_with_role(heading: str) -> bool:
    """Say whether the first words of ``heading`` are those of a role: «Nội dung:», not «Chủ tịch yêu cầu:»."""
    words = fold(heading).strip(" .:;,-–*")
    return any(wording.match(words) for _, wording in (*_COMPILED_OPENINGS, *_COMPILED))

"""Words for what conditions ask and see, shared by the operators."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from thidua.core.eligibility.case import Honour
from thidua.core.law.messages import Message, Said, later, say, verbatim
from thidua.core.law.words import (
    CommendationType,
    DisciplineLevel,
    LeaveKind,
    Level,
    Pending,
    Rating,
    Scope,
    StaffKind,
    StudyResult,
)

UNKNOWN = say("chưa có dữ liệu")
NONE_SEEN = say("không có")

RATINGS = {
    Rating.EXCELLENT: say("hoàn thành xuất sắc nhiệm vụ"),
    Rating.GOOD: say("hoàn thành tốt nhiệm vụ"),
    Rating.COMPLETED: say("hoàn thành nhiệm vụ"),
    Rating.FAILED: say("không hoàn thành nhiệm vụ"),
}
SCOPES = {
    Scope.CO_SO: say("cấp cơ sở"),
    Scope.BO: say("cấp bộ, ban, ngành, tỉnh"),
    Scope.TOAN_QUOC: say("toàn quốc"),
}
DISCIPLINES = {
    DisciplineLevel.KHIEN_TRACH: say("khiển trách"),
    DisciplineLevel.CANH_CAO: say("cảnh cáo"),
    DisciplineLevel.HA_BAC_LUONG: say("hạ bậc lương"),
    DisciplineLevel.GIANG_CHUC: say("giáng chức"),
    DisciplineLevel.CACH_CHUC: say("cách chức"),
    DisciplineLevel.BUOC_THOI_VIEC: say("buộc thôi việc"),
}
PENDING = {
    Pending.DISCIPLINE: say("đang xem xét kỷ luật"),
    Pending.INVESTIGATION: say("đang bị điều tra"),
    Pending.INSPECTION: say("đang thanh tra, kiểm tra"),
    Pending.COMPLAINT: say("khiếu nại, tố cáo đang xác minh"),
    Pending.PRESS: say("báo chí nêu, đang xác minh"),
}
LEAVES = {
    LeaveKind.MATERNITY: say("nghỉ thai sản"),
    LeaveKind.WOUND: say("điều trị do cứu người, cứu tài sản"),
    LeaveKind.STUDY: say("đi học"),
    LeaveKind.UNPAID: say("nghỉ không hưởng lương"),
    LeaveKind.SICK: say("nghỉ ốm"),
}
STAFF = {
    StaffKind.CADRE: say("cán bộ"),
    StaffKind.CIVIL_SERVANT: say("công chức"),
    StaffKind.PUBLIC_EMPLOYEE: say("viên chức"),
    StaffKind.CONTRACT_INDEFINITE: say("hợp đồng không xác định thời hạn"),
    StaffKind.CONTRACT_FIXED: say("hợp đồng xác định thời hạn"),
    StaffKind.PROBATION: say("tập sự"),
    StaffKind.MEMBER: say("hội viên"),
    StaffKind.OUTSIDER: say("người ngoài cơ quan"),
}
TYPES = {
    CommendationType.MERIT: say("Công trạng"),
    CommendationType.MOVEMENT: say("Phong trào thi đua"),
    CommendationType.THEMATIC: say("Thi đua theo chuyên đề"),
    CommendationType.AD_HOC: say("Đột xuất"),
    CommendationType.CONTRIBUTION: say("Quá trình cống hiến"),
    CommendationType.SENIORITY: say("Niên hạn"),
    CommendationType.EXTERNAL: say("Đối ngoại"),
}
LEVELS = {
    Level.COMMUNE: say("Cấp xã"),
    Level.UNIT: say("Cấp cơ sở"),
    Level.MINISTRY: say("Cấp bộ, ngành"),
    Level.PROVINCE: say("Cấp tỉnh"),
    Level.STATE: say("Cấp Nhà nước"),
}
STUDY_RESULTS = {
    StudyResult.POOR: say("loại yếu"),
    StudyResult.AVERAGE: say("loại trung bình"),
    StudyResult.GOOD: say("loại khá"),
    StudyResult.VERY_GOOD: say("loại giỏi"),
    StudyResult.EXCELLENT: say("loại xuất sắc"),
}
OCCUPATIONS = {
    "worker": say("công nhân"),
    "farmer": say("nông dân"),
    "legal_officer": say("người làm công tác pháp chế"),
    "lawyer": say("luật sư"),
    "notary": say("công chứng viên"),
    "auctioneer": say("đấu giá viên"),
    "bailiff": say("thừa phát lại"),
    "insolvency_practitioner": say("quản tài viên"),
    "forensic_examiner": say("giám định viên tư pháp"),
    "commercial_mediator": say("hòa giải viên thương mại"),
    "arbitrator": say("trọng tài viên"),
    "dancer": say("nghệ sĩ múa"),
    "circus_artist": say("nghệ sĩ xiếc"),
    "national_athlete": say("vận động viên đội tuyển quốc gia"),
}
"""The occupations some rule names; a case may name others in its own words."""
SHORT = {
    "LDTT": "LĐTT", "CSTDCS": "CSTĐCS", "CSTDB": "CSTĐ cấp bộ", "CSTDTQ": "CSTĐ toàn quốc", "TTLDTT": "TTLĐTT",
    "TTLDXS": "TTLĐXS", "CO_BO": "Cờ cấp bộ", "CO_CP": "Cờ Chính phủ", "GIAY_KHEN": "Giấy khen",
    "BK_BO": "Bằng khen cấp bộ", "BK_TTG": "Bằng khen TTg", "HCLD3": "HCLĐ hạng Ba", "HCLD2": "HCLĐ hạng Nhì",
    "HCLD1": "HCLĐ hạng Nhất", "HCDL3": "HCĐL hạng Ba", "HCDL2": "HCĐL hạng Nhì", "HCDL1": "HCĐL hạng Nhất",
    "HCHCM": "HC Hồ Chí Minh", "HCSV": "HC Sao vàng", "HERO_LABOUR": "Anh hùng Lao động", "KNC": "Kỷ niệm chương",
    "XATB": "Xã tiêu biểu", "THONVH": "Thôn văn hóa", "GDVH": "Gia đình văn hóa",
}  # fmt: skip


SHORT_IN_ENGLISH = {
    "LDTT": "Advanced worker", "CSTDCS": "Grassroots fighter", "CSTDB": "Ministerial fighter",
    "CSTDTQ": "National fighter", "TTLDTT": "Advanced collective", "TTLDXS": "Excellent collective",
    "CO_BO": "Ministerial flag", "CO_CP": "Government flag", "GIAY_KHEN": "Certificate of merit",
    "BK_BO": "Ministerial diploma", "BK_TTG": "Prime Minister's diploma", "HCLD3": "Labour Order, third class",
    "HCLD2": "Labour Order, second class", "HCLD1": "Labour Order, first class",
    "HCDL3": "Independence Order, third class", "HCDL2": "Independence Order, second class",
    "HCDL1": "Independence Order, first class", "HCHCM": "Ho Chi Minh Order", "HCSV": "Gold Star Order",
    "HERO_LABOUR": "Hero of Labour", "KNC": "Commemorative medal", "XATB": "Exemplary commune",
    "THONVH": "Cultured village", "GDVH": "Cultured family",
}  # fmt: skip


def in_either(words: Callable[[Mapping[str, str]], str]) -> Message:
    """Return what ``words`` makes of the short names of awards, in the reader's language."""
    return Message("{words}", {"words": {"vi": words(SHORT), "en": words(SHORT_IN_ENGLISH)}})


def short_name(award: str) -> Message:
    return in_either(lambda names: names[award])


def occupation_in_words(occupation: str) -> Message:
    return OCCUPATIONS.get(occupation) or verbatim(occupation)


@cache
def _awards(awards: tuple[str, ...]) -> Message:
    return in_either(lambda names: ", ".join(names[award] for award in awards))


def awards_in_words(awards: Iterable[str]) -> Message:
    return _awards(tuple(awards))


def honours_in_words(honours: list[Honour] | None, revoked: list[Honour]) -> Said:
    """Return the honours seen, and beside them those that do not count because they were revoked."""
    return UNKNOWN if honours is None else later(_honours, honours, revoked)


def _honours(honours: list[Honour], revoked: list[Honour]) -> Message:
    seen = tuple(_honour(honour) for honour in honours) or (NONE_SEEN,)
    lost = tuple(
        say("{honour}: đã bị hủy ngày {day}, không tính", honour=_honour(honour), day=honour.revoked_on)
        for honour in revoked
    )
    return say("{all}", all=(*seen, *lost))


def _honour(honour: Honour) -> Message:
    first, last = honour.first_year, honour.last_year
    years = "" if last is None else str(last) if first == last else f"{first}–{last}"
    number = f" ({honour.number})" if honour.number else ""
    return in_either(lambda names: f"{names[honour.award]} {years}{number}".strip())


def years_in_words(years: Iterable[int]) -> Said:
    return later(_years, tuple(years))


def _years(years: tuple[int, ...]) -> Message:
    return verbatim(", ".join(map(str, sorted(years)))) if years else NONE_SEEN

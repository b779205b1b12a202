"""What a movement wants none of: "không có học sinh bỏ học", "tuyệt đối không để xảy ra cháy, nổ"."""

import re
from collections.abc import Iterator
from itertools import takewhile

from thidua.core.plans.clauses import Span, clauses
from thidua.core.plans.items import Target
from thidua.core.plans.passages import Passage
from thidua.core.plans.roles import Role
from thidua.core.text.numbers import unit_after

# Where a plan says what must be done and how, "không để phong trào hình thức" counts nothing.
_DEMANDS = (
    Role.IMPLEMENTATION,
    Role.RESPONSIBILITIES,
    Role.TASKS,
    Role.REPORTS,
    Role.PURPOSES,
    Role.REQUIREMENTS,
    Role.PURPOSES_AND_REQUIREMENTS,
)
LEAD = re.compile(
    r"(?:(?:và|trong\s+đó|đó\s+là|cụ\s+thể|phấn\s+đấu|bảo\s+đảm|đảm\s+bảo|đồng\s+thời|có(?=\s+(?:từ\s+)?\d))(?:\s+là)?[\s:,]+)+",
    re.IGNORECASE,
)
_NONE_OF = re.compile(
    r"(?:(?:(?:tuyệt\s+đối|kiên\s+quyết|nhất\s+quyết|quyết\s+tâm)|(?:phấn\s+đấu\s+)?(?:đến|trong|hết|cuối)\s+(?:hết\s+|cuối\s+)?(?:năm|quý|tháng)\s+[\dIV/]+),?\s+)*"
    r"không\s+(?:để\s+(?:xảy\s+ra|phát\s+sinh|xuất\s+hiện|hình\s+thành|tồn\s+đọng|lọt|sót|thất\s+thoát)|(?P<counted>có|còn)|phát\s+sinh|xảy\s+ra"
    r"|(?P<let>để)(?!\s+(?:xảy|phát\s+sinh|xuất\s+hiện|hình\s+thành|tồn|lọt|sót|thất|lại|ảnh|ý|trống|phong\s+trào)(?!\w)))\s+"
    r"(?!(?:gì|ai|thể|nhiều|tính|lý|chức|sự\s+(?!cố)|vùng|quá|ít|dưới|thời|đủ|nhu|khả|điều)\s)(?=\w)",
    re.IGNORECASE,
)
# What happens and is counted by its own noun: "không để xảy ra tai nạn lao động"; not "mất an toàn thực phẩm".
_HAPPENS = re.compile(
    r"(?:vụ|sự\s+cố|tai\s+nạn|cháy\s+nổ|ngộ\s+độc|vi\s+phạm|sai\s+phạm|sai\s+sót|trường\s+hợp|đơn\s+thư|điểm\s+nóng|tệ\s+nạn"
    r"|tội\s+phạm|khiếu\s+(?:nại|kiện)|dịch\s+bệnh)(?!\w)",
    re.IGNORECASE,
)
_BEYOND = re.compile(r"(?<!\w)quá\s+\d", re.IGNORECASE)  # "không để dân đi lại quá 02 lần" is a limit
# What goes on with a list of things that must not be: "không để xảy ra cháy, nổ"; a verb begins something else.
_ALSO_NOT = re.compile(
    r"(?!(?:không|giữ|nâng|tăng|giảm|bảo|đảm|hoàn|thực|xây|đạt|phấn|có|chấp|tổ\s+chức|làm|đẩy|phát|duy|góp|tạo|kịp|gắn|trong|nhất|mọi|các|tích|chủ\s+động)(?!\w))"
    r"[^\W\d]+(?:\s+[^\W\d]+){0,4}",
    re.IGNORECASE,
)
_LONGEST_NONE = 140
_LISTED = re.compile(
    r"(?:cán\s+bộ|công\s+chức|viên\s+chức|cá\s+nhân|(?:[^\W\d_]+\s+){1,2}viên|luật\s+sư|chiến\s+sĩ|người\s+lao\s+động)(?!\w)",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"(?:cán\s+bộ|công\s+chức|viên\s+chức|nhân\s+viên|đảng\s+viên|cá\s+nhân)(?!\w)", re.IGNORECASE
)


def _members(text: str, clause: Span) -> Iterator[Span]:
    """Yield what commas part, but for those that list staff: "không có cán bộ, công chức vi phạm"."""
    parts = clauses(text, *clause, marks=",")
    for at, (begin, end) in enumerate(parts):
        if at and _LISTED.match(text, begin):
            continue
        listed = takewhile(lambda part: _LISTED.match(text, part[0]), parts[at + 1 :])
        yield begin, max((part[1] for part in listed), default=end)


def none_of(passage: Passage, clause: Span) -> Iterator[tuple[int, Target]]:
    """Yield "không có học sinh bỏ học" as zero with its place, where it is a clause or a member of one."""
    text = passage.text
    members = list(_members(text, clause))
    for at, (begin, end) in enumerate(members):
        lead = LEAD.match(text, begin, end)
        start = lead.end() if lead else begin
        none = _NONE_OF.match(text, start, end)
        if none and end - start <= _LONGEST_NONE and _may_be_none(passage, none, end):
            also = takewhile(lambda part: _ALSO_NOT.fullmatch(text, *part), members[at + 1 :])
            stop = max((part[1] for part in also), default=end)
            named = none["counted"] or none["let"] or _HAPPENS.match(text, none.end())
            unit = unit_after(text, none.end() - 1) if named else ""
            unit = "người" if _STAFF.match(unit) else unit
            said = text[start:stop]
            yield (
                start,
                Target(place=passage.cite(start, stop), text=said, op="=", value=0, unit=unit or None),
            )


def _may_be_none(passage: Passage, none: re.Match[str], end: int) -> bool:
    """Whether "không để …" without a verb behind aims at none: no limit, no demand on the movement itself."""
    if not none["let"]:
        return True
    return not passage.is_within(*_DEMANDS) and _BEYOND.search(passage.text, none.end(), end) is None

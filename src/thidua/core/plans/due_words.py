"""The words that make a date a deadline: "trước", "chậm nhất", "trong", a label or a meeting before it."""

import re
from dataclasses import dataclass

from thidua.core.plans.clauses import Span
from thidua.core.plans.items import Relation
from thidua.core.text.dates import DateMention, Edge

# The words before a date, each with the relation they tell; tried in order.
_LATEST = (
    r"(?:chậm\s+nhất|muộn\s+nhất|trễ\s+nhất|hạn\s+(?:cuối(?:\s+cùng)?|chót)(?:\s+(?!là\s)[^\W\d]+){0,6}?"
    r"|(?:thời\s+)?hạn(?:\s+(?:nộp|gửi|nhận|cuối))?(?:\s+hồ\s+sơ)?"
    r"|không\s+(?:quá|muộn\s+hơn|chậm\s+hơn|trễ\s+hơn))(?:\s+(?:là|vào|đến|trước|trong|hết))*"
)
_AT_MEETING = (
    r"(?:tại|trong)\s+(?:buổi|lễ|phiên|hội\s+nghị|cuộc\s+họp|kỳ\s+(?:họp|sinh\s+hoạt)|(?:buổi\s+)?sinh\s+hoạt)"
    r"(?:\s[^,;.:()\d]{2,50}?)?"
)
_TODAY = re.compile(r"hôm\s+nay[\s,]*$", re.IGNORECASE)
_AT_HOUR = re.compile(r"(?<!\w)(?:vào\s+)?(?:lúc|hồi)\s*$", re.IGNORECASE)
_CUES: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    ("by", re.compile(rf"(?<!\w){_LATEST}[\s*:]*$", re.IGNORECASE)),
    ("before", re.compile(r"(?<!\w)(?:xong\s+)?trước(?:\s+thời\s+điểm)?[\s*:]*$", re.IGNORECASE)),
    ("until", re.compile(r"(?<!\w)(?:(?:cho\s+)?(?:đến|tới)(?:\s+hết)?|hết)[\s*]*$", re.IGNORECASE)),
    (
        "on",
        re.compile(
            rf"(?:(?<!\w)(?:trong|vào|dự\s+kiến|thời\s+gian|{_AT_MEETING})|:)(?:\s+(?:sáng|trưa|chiều|tối|đêm))?[\s*:]*$",
            re.IGNORECASE,
        ),
    ),
)
# What "đến …" and "trong …" must stand with to tell a deadline and not a period or the date of a figure.
TO_DO = re.compile(
    r"""(?<!\w)(?:nộp|gửi|nhận|đăng\s+ký|báo\s+cáo|hoàn\s+thành|hoàn\s+thiện|sơ\s+kết|tổng\s+kết|tổ\s+chức|kiểm\s+tra|họp
    |xây\s+dựng\s+kế\s+hoạch|ban\s+hành|ký\s+(?:kết|giao|cam)|phát\s+động|trình|thẩm\s+định|tổng\s+hợp|bình\s+xét|xét|chấm
    |công\s+bố|trao|khai\s+mạc|hội\s+nghị|lễ|bình\s+chọn|đánh\s+giá|tuyên\s+dương|rà\s+soát|lập|gặp\s+mặt|hội\s+thi
    |tham\s+mưu|niêm\s+yết|cung\s+cấp|triển\s+khai|mở|thành\s+lập|phổ\s+biến|quán\s+triệt|biên\s+soạn|phát\s+hành|biểu\s+dương
    |hướng\s+dẫn|xong|bàn\s+giao|giải\s+ngân|phê\s+duyệt|đề\s+xuất|thông\s+báo|khảo\s+sát|phúc\s+tra|ra\s+quân|cập\s+nhật
    |đối\s+thoại|tiếp\s+nhận|lựa\s+chọn|kiện\s+toàn|tập\s+huấn|khánh\s+thành|khởi\s+công|ra\s+mắt|nghiệm\s+thu)(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
# What a call asks for first and says until when last, clauses apart.
_SENDS = re.compile(r"(?<!\w)(?:gửi(?:\s+về|:)|nộp|tiếp\s+nhận|đăng\s+ký|ủng\s+hộ)(?!\w)", re.IGNORECASE)
_LABELLED = re.compile(
    r"[^\W\d_]{2,}\s[^:]{3,80}(?<!gian)(?<!hạn)(?<!đợt):\s*(?:dự\s+kiến\s+)?$", re.IGNORECASE
)
_AT_START = re.compile(r"(?<!\w)(?:ngay\s+)?(?:từ|vào)\s*$", re.IGNORECASE)
REGISTERING = re.compile(r"đăng\s+ký|ký\s+(?:kết|giao|cam)|xây\s+dựng\s+kế\s+hoạch", re.IGNORECASE)
# "trước ngày Quốc tế Hạnh phúc 20/3"
_NAMED_DAY = re.compile(r"(?:ngày\s+)?Ngày\s+[^,;.:()\d]{3,50}[\s(]*$|ngày\s+[A-ZĐ][^,;.:()\d]{3,50}[\s(]*$")
_HELD = re.compile(
    r"(?<!\w)(?:sơ\s+kết|tổng\s+kết|phát\s+động|kiểm\s+tra(?:\s+chéo)?|ra\s+quân|khai\s+mạc|bế\s+mạc|trao\s+giải)\s*$",
    re.IGNORECASE,
)
LOOK_BACK = 60  # characters


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that make a date a deadline: where they begin, and the relation they tell."""

    start: int
    relation: Relation


def cue_of(text: str, clause: Span, mention: DateMention) -> Cue | None:
    """Return the words before ``mention`` that make it a deadline, if any."""
    if _is_year_s_start(mention):
        match = _AT_START.search(text, max(clause[0], mention.start - LOOK_BACK), mention.start)
        return Cue(match.start(), "at_start") if match and REGISTERING.search(text, *clause) else None
    if mention.time and (hour := _hour_said(text, clause, mention)):
        return Cue(hour.start(), "on")
    named = _NAMED_DAY.search(text, max(clause[0], mention.start - LOOK_BACK), mention.start)
    for begins in (mention.start, named.start()) if named else (mention.start,):
        if cue := _cue_before(text, clause, mention, begins):
            return cue
    if mention.partial.month and _HELD.search(text, max(clause[0], mention.start - LOOK_BACK), mention.start):
        return Cue(mention.start, "on")  # "sơ kết tháng 7"
    labelled = ":" in text[clause[0] : mention.start] and _LABELLED.search(text, clause[0], mention.start)
    if labelled and not text[mention.end : clause[1]].strip(" ./"):
        return Cue(mention.start, "on")  # "Giao lưu thể thao: quý II/2026."
    quarter = mention.partial.quarter is not None and mention.partial.year is not None
    in_year = mention.partial.month is not None or quarter
    leads = in_year and not text[clause[0] : mention.start].strip(" *-–+•")
    return Cue(mention.start, "on") if leads and TO_DO.search(text, mention.end, clause[1]) else None


def _cue_before(text: str, clause: Span, mention: DateMention, begins: int) -> Cue | None:
    """Return the words before ``begins``, where the date or the name of its day stands, that tell a relation."""
    for relation, words in _CUES:
        match = words.search(text, max(clause[0], begins - LOOK_BACK), begins)
        if match is None:
            continue
        if relation in ("before", "by") or TO_DO.search(text, *clause):
            return Cue(match.start(), relation)
        if (
            relation == "until"
            and mention.partial.day
            and _SENDS.search(text, _sentence(text, clause[0]), clause[0])
        ):
            return Cue(match.start(), relation)
    return None


def _sentence(text: str, place: int) -> int:
    """Return where the sentence begins that holds ``place``."""
    return max(text.rfind(stop, 0, place) for stop in (". ", "! ", "? ")) + 1


def _hour_said(text: str, clause: Span, mention: DateMention) -> re.Match[str] | None:
    """Return the "lúc" of "lúc 7 giờ 30 ngày 15/01/2026"; the hour of "Hôm nay, vào hồi …" is the document's own."""
    hour = _AT_HOUR.search(text, max(clause[0], mention.start - LOOK_BACK), mention.start)
    return None if hour and _TODAY.search(text, clause[0], hour.start()) else hour


def _is_year_s_start(mention: DateMention) -> bool:
    return mention.edge is Edge.START and mention.partial.month is None and mention.partial.quarter is None

"""What is to be reported or sent in: to whom, and by when, after which event or how often."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from thidua.core.plans.actors import actor_of
from thidua.core.plans.authorities import Authority, find_authorities
from thidua.core.plans.clauses import Span, clauses, trimmed
from thidua.core.plans.deadlines import deadlines_of
from thidua.core.plans.items import Deadline, Place, Report
from thidua.core.plans.outline import Outline
from thidua.core.plans.passages import Passage, passages_of
from thidua.core.plans.relative import RELATION_OF
from thidua.core.plans.roles import Role
from thidua.core.text.dates import Every, find_dates, find_recurrences

# A report proper; the words before "báo cáo" belong to its name.
_REPORT = re.compile(
    r"(?:(?:tổng\s+hợp(?:\s+kết\s+quả)?|sơ\s+kết|tổng\s+kết|đánh\s+giá|thông\s+tin)(?:,\s*|\s+và\s+|\s+)){0,4}"
    r"báo\s+cáo(?!\s+(?:số\s+\d|chính\s+trị|viên|thành\s+tích|tài\s+chính|quyết\s+toán|tại))",
    re.IGNORECASE,
)
_FIGURES = re.compile(
    r"(?:cung\s+cấp|gửi|cập\s+nhật)\s+(?P<what>(?:đầy\s+đủ\s+)?(?:số\s+liệu|thông\s+tin))", re.IGNORECASE
)
# These are reports only when no date is set; with one they are deadlines alone.
_SENT_IN = re.compile(
    r"(?P<what>(?:đăng\s+ký\s+(?:các\s+)?(?:danh\s+hiệu|thi\s+đua|mô\s+hình|chỉ\s+tiêu|công\s+trình)|hồ\s+sơ)[^;.]{0,110}?)"
    r",?\s+(?:(?:để|và)\s+)?(?:gửi|nộp|trình)\s",
    re.IGNORECASE,
)
# Who gathers them sends none of his own.
_HANDLED = re.compile(r"(?<!\w)(?:tổng\s+hợp|thẩm\s+định|tiếp\s+nhận|rà\s+soát)\s+$", re.IGNORECASE)
_SENDING = re.compile(
    r"(?<!\w)(?:gửi|nộp|báo\s+cáo|trình|về|cho|tới|đến)(?:\s+(?:về|cho|đến|tới|lên|kịp\s+thời|kết\s+quả))*\s+(?:Thường\s+trực\s+)?$",
    re.IGNORECASE,
)
_STANDING = re.compile(r"Thường\s+trực\s+$", re.IGNORECASE)
_SENT_WORDS = re.compile(
    r",?\s*(?:kịp\s+thời\s+)?(?:gửi|nộp|trình|về|cho|tới|đến)?(?:\s+(?:về|cho|đến|tới|lên))?\s*(?:Thường\s+trực\s+)?$",
    re.IGNORECASE,
)
# Where the name of a report ends: at its date, its purpose or a remark.
_NAME_ENDS = re.compile(
    r"""[;:]|\s*\((?!nếu|theo\s+mẫu)|,?\s+(?=(?:xong\s+)?(?:trước|chậm|muộn|vào|hằng|hàng|để|sau|nhằm)(?!\w)|(?:ngày|đến)\s+\d|từ\s+(?:ngày\s+)?\d|đến\s+ngày
    |(?:mỗi|từng)\s+(?:tuần|tháng|quý|năm)|trong\s+(?:tháng|quý|vòng|thời)|theo\s+(?:hướng\s+dẫn|quy\s+định|yêu\s+cầu|mẫu)
    |(?:chiều|sáng)\s+thứ|đúng\s+(?:thời|quy)|qua\s)|,\s+(?=(?:tham|đề|trình|xem|phối|tổ\s+chức|gửi|đồng\s+thời)(?!\w))""",
    re.IGNORECASE | re.VERBOSE,
)
_SENT_LAST = re.compile(r"\s+(?:gửi|nộp|trình)$", re.IGNORECASE)
_ORDER = re.compile(
    r"(?:tổng\s+hợp\s+(?P<result>kết\s+quả)|(?P<whole>tổng\s+hợp))[,\s]*(?:và\s+)?báo\s+cáo", re.IGNORECASE
)
_DIFFICULTIES = re.compile(r"khó\s+khăn|vướng\s+mắc|phản\s+ánh|giao\s+lưu", re.IGNORECASE)
_AFTER_EVENT = re.compile(
    r"(?P<event>(?:sau\s+khi\s+)?kết\s+thúc\s+[^,;.]{2,60}|sau\s+khi\s+[^,;.]{4,60}),", re.IGNORECASE
)
# "hằng tuần báo cáo tiến độ vào chiều thứ Sáu"
_SENT_REPORT = re.compile(
    r"(?:gửi|nộp)\s+(?:\d{1,2}\s+(?:bản\s+)?)?báo\s+cáo|báo\s+cáo[^;.]{0,60}\s(?:gửi|nộp|về|qua)\s",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"(?:\d{1,2}\s*(?:h|giờ)\s*\d{0,2}\s+)?(?:(?:sáng|chiều|tối)\s+)?(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)(?!\w)",
    re.IGNORECASE,
)
_BY_GUIDE = re.compile(
    r"theo\s+(?:văn\s+bản\s+)?(?:hướng\s+dẫn|yêu\s+cầu)\s+của\s+[^,;.]{2,60}", re.IGNORECASE
)
_NOT_UNDER = (
    Role.BASIS,
    Role.PURPOSES,
    Role.REQUIREMENTS,
    Role.CONTENTS,
    Role.TARGETS,
    Role.SOLUTIONS,
    Role.SUBJECTS,
    Role.AWARDS,
    Role.CRITERIA,
    Role.FUNDING,
    Role.CONTACTS,
    Role.RELATED_MOVEMENTS,
    Role.SCORING,
)
_AMONG_OTHERS = (Role.CONTENTS, Role.SOLUTIONS, Role.AWARDS, Role.AWARD_COUNT)
_LEADING = 12  # characters before a term that leads its sentence


def read_reports(outline: Outline) -> list[Report]:
    """Return the reports, registrations and dossiers asked for, in the order of the document."""
    if not outline.sets_out_work:
        return []
    deadlines = deadlines_of(outline)
    return [
        report
        for passage in passages_of(outline)
        if _may_ask(passage)
        for report in _in_paragraph(passage, deadlines)
    ]


def _may_ask(passage: Passage) -> bool:
    node = passage.node
    if node.row is not None or passage.in_preamble or node.is_heading:
        return False
    if passage.area.nearest not in _NOT_UNDER:
        return True
    # Among the work to be done and the awards only what is to be sent in by a day is a report, not work on reports.
    told = passage.area.nearest in _AMONG_OTHERS and _SENT_REPORT.search(passage.text)
    return bool(told) and bool(passage.dates or find_recurrences(passage.text))


def _in_paragraph(passage: Passage, deadlines: Sequence[Deadline]) -> Iterator[Report]:
    text = passage.text
    if not passage.says("báo cáo", "số liệu", "thông tin", "đăng ký", "hồ sơ"):
        return
    start = passage.node.rest_at if passage.node.label else passage.start
    for sentence in clauses(text, start, marks="."):
        if not _DIFFICULTIES.search(text, *sentence):
            for clause in clauses(text, *sentence, marks=";"):
                yield from _in_clause(passage, clause, deadlines)


def _in_clause(passage: Passage, clause: Span, deadlines: Sequence[Deadline]) -> Iterator[Report]:
    whole = passage.cite(*trimmed(passage.text, *clause))
    for span in _parts(passage.text, clause):
        place = passage.cite(*trimmed(passage.text, *span))
        named = _REPORT.search(passage.text, *span)
        since = passage.cite(named.start(), named.end()).start if named else place.start
        around = [one for one in _within(deadlines, whole) if one.place.end <= place.end]
        due = next((one for one in around if since < one.place.end), None)
        if due is None and named:
            due = _said_first(around, place, since)
        receiver = _receiver(passage.text, span)
        what = _asked(passage.text, span, receiver, dated=due is not None and due.due is not None)
        if what:
            report = Report(
                place=place,
                what=what[:1].upper() + what[1:],
                to=_receiver_name(passage.text, receiver) if receiver else None,
                who=actor_of(passage, clause),
            )
            yield _with_due(report, passage.text[span[0] : span[1]], due)


def _parts(text: str, clause: Span) -> list[Span]:
    """Part a clause before each further report that a comma sets off, or "và" behind the first's own date."""
    reports = [match.start() for match in _REPORT.finditer(text, *clause)]
    cuts = [
        at
        for before, at in pairwise(reports)
        if text[:at].rstrip().endswith(",")
        or (text[:at].endswith(" và ") and (find_recurrences(text[before:at]) or find_dates(text[before:at])))
    ]
    return list(pairwise([clause[0], *cuts, clause[1]]))


def _said_first(deadlines: Sequence[Deadline], place: Place, until: int) -> Deadline | None:
    """Return the term that leads the sentence: "Trong vòng 05 ngày kể từ ngày kết thúc đợt, gửi báo cáo …"."""
    first = [one for one in deadlines if one.due_event and one.place.end <= until]
    return first[-1] if first and first[-1].place.start <= place.start + _LEADING else None


def _within(deadlines: Sequence[Deadline], place: Place) -> Sequence[Deadline]:
    """Return the deadlines, which are in the document's order, that begin inside ``place``."""
    first = bisect_left(deadlines, place.start, key=_start)
    return deadlines[first : bisect_left(deadlines, place.end, lo=first, key=_start)]


def _start(deadline: Deadline) -> int:
    return deadline.place.start


def _asked(text: str, clause: Span, receiver: Authority | None, *, dated: bool) -> str:
    """Return what a clause asks for, in its own words; empty when it asks for no report."""
    if match := _REPORT.search(text, *clause):
        return _name(text, (match.start(), clause[1]), match.end(), receiver)
    if match := _FIGURES.search(text, *clause):
        return match["what"]
    match = _SENT_IN.search(text, *clause)
    if match and receiver and not dated and not _HANDLED.search(text, clause[0], match.start()):
        return " ".join(match["what"].split())
    return ""


def _name(text: str, span: Span, after: int, receiver: Authority | None) -> str:
    """Return the report's name without its receiver, date and purpose."""
    ends = _NAME_ENDS.search(text, after, span[1])
    end = ends.start() if ends else span[1]
    said = text[span[0] : end]
    if receiver and span[0] < receiver.start < end:
        before, behind = text[span[0] : receiver.start], text[receiver.end : end]
        behind = "" if behind.startswith(",") else behind  # "báo cáo Tư lệnh, Chính ủy"
        lead = _SENT_WORDS.search(before)
        said = f"{before[: lead.start()] if lead else before} {behind}"
    start, stop = trimmed(said, 0, len(said))
    stop = start + len(_SENT_LAST.sub("", said[start:stop]))
    return _ORDER.sub(_reordered, " ".join(said[start:stop].split()), count=1)


def _reordered(match: re.Match[str]) -> str:
    """Turn "tổng hợp kết quả, báo cáo" into "báo cáo kết quả", "tổng hợp báo cáo" into "báo cáo tổng hợp"."""
    return "báo cáo kết quả" if match["result"] else "báo cáo tổng hợp"


def _receiver(text: str, clause: Span) -> Authority | None:
    """Return the body that something is sent or reported to."""
    for authority in find_authorities(text, *clause):
        if _SENDING.search(text, clause[0], authority.start):
            return authority
    return None


def _receiver_name(text: str, receiver: Authority) -> str:
    standing = _STANDING.search(text, 0, receiver.start)
    return f"{standing.group()}{receiver.name}" if standing else receiver.name


def _with_due(report: Report, clause: str, due: Deadline | None) -> Report:
    if due is not None and due.relation != "with":
        return replace(
            report,
            due=due.due,
            due_event=due.due_event,
            offset=due.offset,
            relation=due.relation,
            derived=due.derived,
        )
    if again := next(iter(find_recurrences(clause)), None):
        day = _WEEKDAY.search(clause, again.end) if again.every is Every.WEEK else None
        said = f"{day.group()} {again.text}" if day else again.text
        return replace(report, due=said, relation=RELATION_OF.get(again.every))
    if after := _AFTER_EVENT.match(clause):
        return replace(report, due_event=after["event"], relation="after")
    guide = _BY_GUIDE.search(clause)
    return replace(report, due_event=guide.group().strip()) if guide else report

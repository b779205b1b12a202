"""The periods whose achievements are considered for awards; they are neither the movement's period nor deadlines."""

import re
from collections.abc import Iterator

from thidua.core.plans.clauses import Span
from thidua.core.plans.forms import find_forms
from thidua.core.plans.items import AwardWindow
from thidua.core.plans.outline import Node, Outline
from thidua.core.plans.passages import Passage, Passages, passages_of
from thidua.core.plans.roles import Role
from thidua.core.plans.spans import TimeSpan, one_date_in, spans_in
from thidua.core.text.dates import RangeKind

_WINDOW = re.compile(
    r"(?:tính|xét|ghi\s+nhận|lấy|xem\s+xét)(?!\w)[^.;]{0,30}(?:thành\s+tích|kết\s+quả|khen\s+thưởng)[^.;]{0,60}(?<!\w)(?:từ|trong|là|:)"
    r"|thành\s+tích[^.;]{0,50}(?:(?:được\s+)?(?:tính|xét|lấy|ghi\s+nhận|đạt\s+được|lập\s+được))[^.;]{0,40}(?<!\w)(?:từ|trong|là|:)"
    r"|(?:thời\s+gian|mốc\s+thời\s+gian|giai\s+đoạn|thời\s+điểm|niên\s+hạn)\s+(?:tính|xét|ghi\s+nhận|lấy|đánh\s+giá)(?!\w)",
    re.IGNORECASE,
)
_WINDOW_WORDS = ("thành tích", "kết quả", "khen thưởng", "thời gian", "giai đoạn", "thời điểm", "niên hạn")
_TRACK = re.compile(r"(?:đối\s+với|khen\s+thưởng|khen|tặng)\s+(?P<track>[^:;.,]{3,90})", re.IGNORECASE)
# In a section of awards: "tập thể, cá nhân có thành tích trong thời gian từ … đến …".
_AWARDING = (Role.AWARDS, Role.AWARD_COUNT, Role.CRITERIA, Role.SUBJECTS)
_ACHIEVED = re.compile(
    r"(?<!lập\s)thành\s+tích(?!\s+chào)[^.;]{0,90}(?<!\w)(?:trong\s+(?:thời\s+gian|giai\s+đoạn|các\s+năm|khoảng)|từ\s+(?:ngày|tháng|năm|\d))",
    re.IGNORECASE,
)
_REVIEWING = re.compile(r"(?:thời\s+gian|thời\s+điểm)\s+(?:xét|đánh\s+giá)", re.IGNORECASE)


def read_award_windows(outline: Outline) -> list[AwardWindow]:
    """Return the periods whose achievements count, one for each track of awards."""
    if not outline.is_launch_plan:
        return []
    passages = passages_of(outline)
    return [window for passage in passages for window in _windows(passages, passage)]


def tells_window(passage: Passage, clause: Span) -> bool:
    """Whether a clause is about the time whose achievements count."""
    return passage.is_within(Role.AWARD_WINDOW) or _WINDOW.search(passage.text, *clause) is not None


def _windows(passages: Passages, passage: Passage) -> Iterator[AwardWindow]:
    node = passage.node
    if passage.is_within(Role.BASIS, Role.PURPOSES, Role.RELATED_MOVEMENTS):
        return
    if not passage.dates or not (passage.says(*_WINDOW_WORDS) or passage.is_within(Role.AWARD_WINDOW)):
        return
    headed = passage.is_within(Role.AWARD_WINDOW) and not node.is_heading
    for clause in passage.clauses:
        achieved = passage.is_within(*_AWARDING) and _ACHIEVED.search(passage.text, *clause)
        if not headed and not achieved and _WINDOW.search(passage.text, *clause) is None:
            continue
        for span in _spans(passages, passage, clause):
            yield AwardWindow(
                place=passage.cite(clause[0], max(span.end, clause[0] + 1)),
                track=_track(passage, clause, span),
                from_=span.from_,
                to=span.to,
            )


def _spans(passages: Passages, passage: Passage, clause: Span) -> list[TimeSpan]:
    spans = [span for span in spans_in(passages, passage, *clause) if span.from_ or span.to]
    if spans or _REVIEWING.search(passage.text, *clause):
        return spans
    years = [span for span in passage.ranges_in(*clause) if span.kind is RangeKind.YEARS]
    if years:
        return [TimeSpan(one.start, one.end, one.first.value, one.last.value) for one in years[:1]]
    single = one_date_in(passages, passage, *clause)
    return [single] if single else []


def _track(passage: Passage, clause: Span, span: TimeSpan) -> str | None:
    """Return which awards the period is for: named in the clause, in the label, or by the heading above."""
    forms = find_forms(passage.text, clause[0], span.start)
    if forms:
        return forms[0].name
    named = _TRACK.search(passage.text, clause[0], span.start)
    if named:
        return named["track"].strip()
    return next((one.label for one in (passage.node, *passage.node.ancestors) if _names_track(one)), None)


def _names_track(node: Node) -> bool:
    return bool(node.label) and node.own_roles[:1] != (Role.AWARD_WINDOW,)

"""The rounds of a movement and the period of the whole; a period not said is that of its rounds together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from thidua.core.plans.clauses import clauses, trimmed
from thidua.core.plans.items import Period, Phase, Place
from thidua.core.plans.milestones import find_events
from thidua.core.plans.outline import Node, Outline
from thidua.core.plans.passages import Passage, Passages, passages_of
from thidua.core.plans.roles import Role
from thidua.core.plans.round_rows import round_of_row
from thidua.core.plans.rounds import HEAD, LABEL, PEAK, YEARS_LABEL, doubted_rounds
from thidua.core.plans.spans import TimeSpan, one_date_in, spans_in
from thidua.core.text.dates import DateRange, Partial, RangeKind, find_dates, find_ranges

_WAVE_LABEL = re.compile(r"(?:các\s+)?(?:đợt|giai\s+đoạn|chặng|chiến\s+dịch|cao\s+điểm)(?!\w)", re.IGNORECASE)
# Between the name of a round in running text and its dates.
_TO_DATES = re.compile(
    r"\s*[:(,;–-]?\s*(?:(?:thời\s+gian|được|bắt\s+đầu|thực\s+hiện|diễn\s+ra|tổ\s+chức|phát\s+động|triển\s+khai|tính)\s*:?\s*)*",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"\s+(?:kết\s+thúc\s+(?:vào\s+)?|đến\s+(?:hết\s+)?)(?:ngày\s+)?(?=\d)", re.IGNORECASE
)  # "đợt 1 kết thúc vào ngày 30/6", "đợt 1 đến hết ngày 30/6"
_THEME = re.compile(r"chủ\s+(?:đề|điểm)\s*:?\s*“(?P<theme>[^”]+)”", re.IGNORECASE)
_NO_ROUND = re.compile(r"hồ\s+sơ|chậm\s+nhất|báo\s+cáo\s+thành\s+tích|xét\s+khen", re.IGNORECASE)

_OF_MOVEMENT = re.compile(
    r"(?:phong\s+trào|đợt\s+thi\s+đua|cuộc\s+vận\s+động|thi\s+đua|thời\s+gian|cao\s+điểm|chiến\s+dịch|phát\s+động)",
    re.IGNORECASE,
)
# The span in a movement's name is that movement's; the quotation may run over the lines of a title.
_ANOTHERS_NAME = re.compile(r"“[^”]*(?:”|\Z)|\A[^“”]*”")
_OF_ANOTHER = re.compile(
    r"thành\s+tích|hồ\s+sơ|kiểm\s+tra|báo\s+cáo|sơ\s+kết|tổng\s+kết|đăng\s+ký|nhiệm\s+kỳ|nhận|bình\s+chọn|chấm"
    r"|xét|công\s+tác\s+liên\s+tục|tuần\s+lễ|(?:cuộc|hội)\s+thi|ngày\s+hội",
    re.IGNORECASE,
)
_ELSEWHERE = (
    Role.BASIS,
    Role.AWARDS,
    Role.AWARD_WINDOW,
    Role.CRITERIA,
    Role.DOSSIER,
    Role.REPORTS,
    Role.REVIEWS,
    Role.FUNDING,
    Role.RELATED_MOVEMENTS,
)
_ROUNDS_SAID = re.compile(
    r"(?:được\s+)?(?:tổ\s+chức|chia|thực\s+hiện|gồm|phát\s+động|cao\s+điểm|triển\s+khai)[^.;]{0,60}?"
    r"(?:\d{1,2}|hai|ba|bốn|các)\s+(?:đợt|giai\s+đoạn)",
    re.IGNORECASE,
)

_LEAST_ROUNDS = 2


def read_phases(outline: Outline) -> list[Phase]:
    """Return the rounds of the movement; rounds of filing dossiers or of another document are none."""
    phases = _phases(outline)
    doubted = doubted_rounds([found.phase for found in phases])
    return [*_begun_with_period(outline, phases, doubted[:1]), *doubted[1:]]


def read_period(outline: Outline) -> Period | None:
    """Return the period of the movement: as stated, else from its first round to its last, else from the title."""
    if not outline.is_launch_plan:
        return None
    passages = passages_of(outline)
    phases = _phases(outline)
    return _stated(passages, phases) or _of_phases(passages, phases) or _in_title(outline, passages)


@dataclass(frozen=True, slots=True)
class _Found:
    phase: Phase
    node: Node
    span: TimeSpan


def _begun_with_period(outline: Outline, found: Sequence[_Found], first: Sequence[Phase]) -> Iterator[Phase]:
    """Yield the first round; one that says its end alone begins with the period, where that is said."""
    for one in first:
        ends_only = one.to and not one.from_ and not one.from_event
        period = _stated(passages_of(outline), found) if ends_only and len(found) > 1 else None
        begins = period.from_ if period else None
        if begins and one.to and _day(begins, last=False) < _day(one.to, last=True):
            yield replace(one, from_=begins, derived=True, confidence="check")
        else:
            yield one


@lru_cache(maxsize=1)
def _phases(outline: Outline) -> tuple[_Found, ...]:
    """Return the rounds; the readers of phases, of the period and of deadlines ask in turn, so they are kept."""
    if not outline.is_launch_plan:
        return ()
    passages = passages_of(outline)
    by_node = {id(passage.node): passage for passage in passages}
    found: list[_Found] = []
    for passage in passages:
        if passage.is_within(Role.DOSSIER, Role.CRITERIA, Role.BASIS, Role.AWARD_WINDOW):
            continue
        found += _in_row(passages, passage) if passage.node.row else _in_paragraph(passages, passage, by_node)
    return tuple(found)


def _in_row(passages: Passages, passage: Passage) -> list[_Found]:
    """Return the round a row of a table tells of."""
    told = round_of_row(passages, passage)
    if told is None:
        return []
    place = passages.outline.cite_node(passage.node)
    phase = _phase(passages, passage, told.name, told.span, place)
    phase = replace(phase, theme=told.theme) if told.theme else phase
    return [_Found(phase, passage.node, told.span)]


def _in_paragraph(passages: Passages, passage: Passage, by_node: dict[int, Passage]) -> list[_Found]:
    labelled = (
        _labelled(passages, passage, by_node)
        or _of_calendar(passages, passage)
        or _of_years_named(passages, passage)
    )
    return [labelled] if labelled else [*_inline(passages, passage), *_peak(passages, passage)]


def _of_calendar(passages: Passages, passage: Passage) -> _Found | None:
    """Return the round a part of the year is under a heading of time: "Học kỳ I: từ … đến …"."""
    if not passage.ranges or not passage.is_within(Role.TIME, Role.PHASES):
        return None
    head = LABEL.match(passage.text, passage.start)
    gap = _TO_DATES.match(passage.text, head.end()) if head else None
    spans = spans_in(passages, passage, head.end(), len(passage.text)) if head else []
    if head is None or gap is None or not spans or spans[0].start > gap.end():
        return None
    name = " ".join(head["name"].split())
    return _Found(_phase(passages, passage, name, spans[0]), passage.node, spans[0])


def _labelled(passages: Passages, passage: Passage, by_node: dict[int, Passage]) -> _Found | None:
    """Return the round whose name heads the paragraph: "Đợt 1: từ …", or "Đợt 1" with its dates below."""
    node, text = passage.node, passage.text
    head = HEAD.match(text, passage.start)
    in_rounds = node.parent is not None and node.parent.own_roles[:1] == (Role.PHASES,)
    if head is None and not (in_rounds and node.label and _WAVE_LABEL.match(node.label)):
        return None
    begins = head.end() if head else passage.start
    if len(HEAD.findall(text)) > 1 and head and not node.label:
        return None
    span = _first_span(passages, passage, begins, dates_too=bool(node.label))
    if span is not None and not _NO_ROUND.search(text, begins, span.start):
        name = " ".join((head["name"] if head else node.label).split())
        return _Found(_phase(passages, passage, name, span), node, span)
    if node.is_heading and head:
        return _below(passages, node, head["name"], by_node)
    return None


def _below(passages: Passages, node: Node, name: str, by_node: dict[int, Passage]) -> _Found | None:
    for child in node.children:
        passage = by_node[id(child)]
        span = _first_span(passages, passage, passage.start, dates_too="gian" in child.label.lower())
        if span is not None:
            return _Found(_phase(passages, passage, name, span), node, span)
    return None


def _first_span(passages: Passages, passage: Passage, start: int, *, dates_too: bool) -> TimeSpan | None:
    spans = spans_in(passages, passage, start, len(passage.text))
    years = _years_behind(passage, start)
    if years and not (spans and spans[0].start < years.start):
        return years
    if spans:
        return spans[0]
    first = clauses(passage.text, start)
    return one_date_in(passages, passage, *first[0]) if dates_too and first else None


def _years_behind(passage: Passage, start: int) -> TimeSpan | None:
    """Return the years right behind the name of a round: "Giai đoạn 1 (2023 - 2024)"."""
    gap = _TO_DATES.match(passage.text, start)
    for years in passage.ranges_in(start, len(passage.text)) if gap else ():
        if gap and years.kind is RangeKind.YEARS and years.start <= gap.end():
            return TimeSpan(years.start, years.end, years.first.value, years.last.value)
    return None


def _of_years_named(passages: Passages, passage: Passage) -> _Found | None:
    """Return the round whose name is its years, under a heading of time: "Giai đoạn 2023 - 2024: …"."""
    head = YEARS_LABEL.match(passage.text, passage.start)
    if head is None or not passage.is_within(Role.TIME, Role.PHASES):
        return None
    span = _years_behind(passage, head.end("kind"))
    return _Found(_phase(passages, passage, head["name"], span), passage.node, span) if span else None


def _peak(passages: Passages, passage: Passage) -> Iterator[_Found]:
    """Yield the peak inside the time of the whole: "từ tháng 01 đến hết tháng 12; cao điểm từ … đến …"."""
    if (
        len(passage.ranges) < _LEAST_ROUNDS
        or not passage.says("cao điểm")
        or not passage.is_within(Role.TIME)
    ):
        return
    for head in PEAK.finditer(passage.text, passage.ranges[0].end):
        spans = spans_in(passages, passage, head.end(), len(passage.text))
        gap = _TO_DATES.match(passage.text, head.end())
        if spans and gap and spans[0].start <= gap.end():
            place = passage.cite(head.start(), spans[0].end)
            yield _Found(_phase(passages, passage, head["name"], spans[0], place), passage.node, spans[0])


def _inline(passages: Passages, passage: Passage) -> Iterator[_Found]:
    """Yield the rounds named in running text, each with its dates right behind it."""
    heads = list(HEAD.finditer(passage.text, passage.start)) if passage.dates else []
    ends = [*(head.start() for head in heads[1:]), len(passage.text)]
    for head, end in zip(heads, ends, strict=False):
        gap = _TO_DATES.match(passage.text, head.end())
        spans = spans_in(passages, passage, head.end(), end)
        if not spans and (closes := _CLOSES.match(passage.text, head.end(), end)):
            single = one_date_in(passages, passage, closes.start(), end)
            spans = [replace(single, start=closes.start(), from_=None)] if single else []
        if spans and gap and spans[0].start <= gap.end():
            place = passage.cite(head.start(), spans[0].end)
            phase = _phase(passages, passage, head["name"], spans[0], place, end)
            yield _Found(phase, passage.node, spans[0])


def _phase(
    passages: Passages,
    passage: Passage,
    name: str,
    span: TimeSpan,
    place: Place | None = None,
    end: int | None = None,
) -> Phase:
    """Return the round with what is said of it behind its dates, up to ``end`` where the next one begins."""
    text = passage.text[:end]
    theme = _THEME.search(text, span.end)
    occasions = tuple(event.name(text) for event in find_events(text, passages) if event.start >= span.end)
    return Phase(
        place=place or passage.cite(min(passage.start, span.start), span.end),
        name=name,
        from_=span.from_,
        to=span.to,
        from_event=span.from_event,
        to_event=span.to_event,
        derived=span.derived,
        theme=theme["theme"] if theme else None,
        occasions=occasions,
    )


def _stated(passages: Passages, phases: Sequence[_Found]) -> Period | None:
    """Return the period said under a heading of time, else in a sentence about the movement's time."""
    rounds = {
        id(found.node) for found in phases if (HEAD.match(found.node.text) or LABEL.match(found.node.text))
    }
    rows = [passage for passage in passages if id(passage.node) not in rounds and not passage.node.row]
    for passage in rows:
        if _tells_time(passage.node) and (period := _of_time(passages, passage, phases)):
            return period
    for passage in rows:
        rests = passage.is_basis and not passage.says(
            "phát động"
        )  # "Thực hiện Nghị quyết …, … phát động … từ …"
        if rests or passage.is_within(*_ELSEWHERE):
            continue
        if period := _in_sentence(passages, passage, phases):
            return period
    return None


def _tells_time(node: Node) -> bool:
    """Whether the paragraph stands under a heading of time alone, or bears such a label."""
    labelled = Role.TIME in node.own_roles and not set(node.own_roles) & set(_ELSEWHERE)
    return (labelled or Role.TIME in node.roles) and not _OF_ANOTHER.search(node.label)


def _of_time(passages: Passages, passage: Passage, phases: Sequence[_Found]) -> Period | None:
    spans = spans_in(passages, passage, passage.start, len(passage.text))
    for span in spans:
        if not any(found.span == span for found in phases):
            return _period(passage, span)
    first = clauses(passage.text, passage.node.rest_at)
    if spans or not first or _OF_ANOTHER.search(passage.text, *first[0]):
        return None
    single = one_date_in(passages, passage, *first[0])
    years = [span for span in passage.ranges_in(*first[0]) if span.kind is RangeKind.YEARS]
    if single and years and years[0].start <= single.start < years[0].end:
        # "năm học 2024 - 2025, chia thành hai đợt": the rounds tell it better
        return None if phases else _of_years(passage, years[0])
    return _period(passage, single) if single else None


def _of_years(passage: Passage, years: DateRange) -> Period:
    return Period(
        place=passage.cite(years.start, years.end), from_=years.first.value, to=years.last.value, derived=True
    )


def _in_sentence(passages: Passages, passage: Passage, phases: Sequence[_Found]) -> Period | None:
    for start, end in passage.clauses if passage.dates else ():
        for span in spans_in(passages, passage, start, end):
            before = passage.text[start : span.start]
            own = _OF_MOVEMENT.search(before) and not _OF_ANOTHER.search(before)
            if own and not any(found.span == span for found in phases) and not HEAD.search(before):
                return _period(passage, span)
    return None


def _period(passage: Passage, span: TimeSpan) -> Period:
    return Period(
        place=passage.cite(span.start, span.end),
        from_=span.from_,
        to=span.to,
        from_event=span.from_event,
        to_event=span.to_event,
        derived=span.derived,
    )


def _of_phases(passages: Passages, phases: Sequence[_Found]) -> Period | None:
    """Return the period from the first round to the last, resting on the sentence that announces them."""
    starts = [found.phase.from_ for found in phases if found.phase.from_]
    ends = [found.phase.to for found in phases if found.phase.to]
    if not starts or not ends or len(phases) < _LEAST_ROUNDS:
        return None
    opens = phases[0].phase  # a first round that begins with an event leaves the beginning to it
    unsaid = opens.from_ is None
    return Period(
        place=_announcement(passages, phases),
        from_=None if unsaid else min(starts, key=lambda iso: _day(iso, last=False)),
        from_event=opens.from_event if unsaid else None,
        to=max(ends, key=lambda iso: _day(iso, last=True)),
        derived=True,
        confidence="check",
    )


def _announcement(passages: Passages, phases: Sequence[_Found]) -> Place:
    for passage in passages:
        if said := _ROUNDS_SAID.search(passage.text):
            sentence = next(
                span
                for span in clauses(passage.text, passage.start, marks=".")
                if span[1] >= said.end() or span[1] >= len(passage.text) - 2
            )
            return passage.cite(*sentence)
    return phases[0].phase.place


def _day(iso: str, *, last: bool) -> tuple[int, str]:
    partial = Partial.parse(iso)
    if partial.year is None or not partial.possible:
        return (0, iso)
    return (1, (partial.last_day() if last else partial.first_day()).isoformat())


def _in_title(outline: Outline, passages: Passages) -> Period | None:
    """Return the quarter, half-year or years the title names when nothing else tells the period."""
    for line in outline.part.title:
        said = _ANOTHERS_NAME.sub(lambda name: " " * len(name.group()), line.text)
        dates = find_dates(said)
        years = [span for span in find_ranges(said, dates) if span.first.partial.month is None]
        if years:
            start, end, first, last = years[0].start, years[0].end, years[0].first.value, years[0].last.value
        else:
            single = [
                date for date in dates if date.partial.quarter or date.partial.half or date.partial.month
            ]
            if not single or single[0].partial.day:
                continue
            start, end = single[0].start, single[0].end
            first = last = passages.dated(single[0].partial).iso
        return Period(
            place=outline.cite(line.clean, *trimmed(line.text, start, end)),
            from_=first,
            to=last,
            derived=True,
        )
    return None

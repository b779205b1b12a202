"""A unit's own plan as a document: what it decided, set in the order such plans have.

Empty sections are left out and the rest is numbered anew. The words between the unit's own are few and fixed;
nothing here adds a duty, a figure or a day that the unit did not give.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from thidua.core.deadlines.deadline import Deadline
from thidua.core.drafting.doc_types import DocType
from thidua.core.drafting.document import (
    Align,
    Block,
    Bullets,
    Column,
    Document,
    Header,
    Paragraph,
    Part,
    Recipient,
    Run,
    Signature,
    Table,
)
from thidua.core.drafting.layout import day_in_words, ended, padded
from thidua.core.drafting.wording import deadline_words, period_words
from thidua.core.text.partial import Partial


@dataclass(frozen=True, slots=True)
class ContentItem:
    """A content of emulation; ``details`` are its bullets, ``items`` the contents under it."""

    text: str
    details: tuple[str, ...] = ()
    items: tuple["ContentItem", ...] = ()


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target with the unit's own figure: “≥ 95” “%”. ``measure`` is empty for a qualitative one.

    ``body``: who carries it out, where the plan names one for each.
    """

    text: str
    measure: str = ""
    unit: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class PhaseLine:
    name: str
    first: Partial | None = None
    last: Partial | None = None
    occasions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AwardLine:
    """An award and who may have it; ``quota`` in words or figures, empty where there is none."""

    form: str
    for_whom: str
    quota: str = ""
    authority: str = ""
    proposed: bool = False
    """Proposed to a higher authority rather than given here."""


@dataclass(frozen=True, slots=True)
class DutyLine:
    text: str
    due: Deadline | None = None


@dataclass(frozen=True, slots=True)
class BodyDuties:
    """What one body has to do."""

    body: str
    duties: tuple[DutyLine, ...]


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    what: str
    who: str
    due: Deadline


@dataclass(frozen=True, slots=True)
class Answered:
    """The movement that a plan carries out, and who launched it."""

    theme: str
    organiser: str


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """All that a unit decided for its own plan; every list may be empty.

    ``body`` is the unit's whole name where the head of the page bears a shorter one; a plan without ``answered``
    launches a movement of its own.
    """

    header: Header
    subject: str
    theme: str
    signature: Signature
    body: str = ""
    answered: Answered | None = None
    bases: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    contents: tuple[ContentItem, ...] = ()
    targets: tuple[TargetLine, ...] = ()
    solutions: tuple[str, ...] = ()
    period: tuple[Partial | None, Partial | None] = (None, None)
    phases: tuple[PhaseLine, ...] = ()
    criteria: tuple[str, ...] = ()
    awards: tuple[AwardLine, ...] = ()
    quotas: tuple[str, ...] = ()
    """How many may be proposed or commended, a whole sentence each."""
    funding: tuple[str, ...] = ()
    duties: tuple[BodyDuties, ...] = ()
    deadlines: tuple[DeadlineLine, ...] = ()
    implementation: tuple[str, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    filed_at: str = "VT"
    is_demo: bool = False
    extract_of: str = ""
    """What the plan was read from, “Kế hoạch số … của …”; empty for one drawn up here."""
    amended_by: tuple[str, ...] = ()
    """The documents that amended it, “Quyết định số … ngày …”, as far as they are in force."""
    in_force_on: date | None = None
    """The day on which an extract of an amended plan is the text in force."""


def plan_document(plan: UnitPlan) -> Document:
    """Return ``plan`` as a document ready to be written as .docx or PDF."""
    return Document(
        header=plan.header,
        doc_type=DocType.KH,
        subject=plan.subject,
        signature=plan.signature,
        recipients=plan.recipients,
        filed_at=plan.filed_at,
        bases=plan.bases,
        opening=(_extract_note(plan) if plan.extract_of else _opening(plan),),
        parts=tuple(_parts(plan)),
        closing=() if plan.extract_of else _closing(plan),
        is_demo=plan.is_demo,
        extract_of=plan.extract_of,
    )


def _name(plan: UnitPlan) -> str:
    return plan.body or plan.header.body


def _extract_note(plan: UnitPlan) -> Paragraph:
    """Return the note an extract begins with: what it is taken from, and what amended that."""
    amended = ""
    if plan.amended_by:
        amended = f", được sửa đổi, bổ sung bởi {'; '.join(plan.amended_by)}"
        if plan.in_force_on:
            amended += f" (nội dung có hiệu lực {day_in_words(plan.in_force_on)})"
    return Paragraph.of(f"Trích từ {plan.extract_of}{amended}; bản gốc mới có giá trị.", italic=True)


def _opening(plan: UnitPlan) -> Paragraph:
    """Return the sentence that says what the plan is: a launch of one's own, or the carrying out of another's."""
    theme = Run(f"“{plan.theme}”", bold=True, italic=True)
    above = plan.answered
    if above is None:
        before = f"{_name(plan)} ban hành Kế hoạch phát động phong trào thi đua với chủ đề "
    elif above.theme == plan.theme:
        before, after = (
            f"{_name(plan)} ban hành Kế hoạch thực hiện phong trào thi đua ",
            f" do {above.organiser} phát động như sau:",
        )
        return Paragraph((Run(before), theme, Run(after)))
    else:
        before = (
            f"Hưởng ứng phong trào thi đua “{above.theme}” do {above.organiser} phát động, {_name(plan)} ban hành "
            "Kế hoạch thực hiện với chủ đề "
        )
    return Paragraph((Run(before), theme, Run(" như sau:")))


def _parts(plan: UnitPlan) -> Iterator[Part]:
    yield from _purposes(plan)
    yield from _listed("ĐỐI TƯỢNG THI ĐUA", plan.subjects)
    if plan.contents:
        yield Part("NỘI DUNG THI ĐUA", parts=tuple(_content(item) for item in plan.contents))
    if plan.targets:
        yield Part("CHỈ TIÊU THI ĐUA", (_target_table(plan.targets),))
    yield from _listed("GIẢI PHÁP", plan.solutions)
    yield from _time(plan)
    yield from _listed("TIÊU CHÍ BÌNH XÉT", plan.criteria)
    if plan.awards or plan.quotas:
        yield Part("KHEN THƯỞNG", (*_awards(plan.awards), *_quotas(plan.quotas)))
    yield from _listed("KINH PHÍ THỰC HIỆN", plan.funding)
    yield from _organisation(plan)


def _purposes(plan: UnitPlan) -> Iterator[Part]:
    lists = [("Mục đích", plan.purposes), ("Yêu cầu", plan.requirements)]
    given = [Part(title, _bullets(items)) for title, items in lists if items]
    if given:
        title = ", ".join(part.title for part in given)
        yield (
            Part(title.upper(), parts=tuple(given))
            if len(given) > 1
            else Part(title.upper(), given[0].blocks)
        )


def _listed(title: str, items: Sequence[str]) -> Iterator[Part]:
    """Yield one part: a paragraph for a single item, bullets for several, nothing for none."""
    if items:
        yield Part(title, _lines(items))


def _lines(items: Sequence[str]) -> tuple[Block, ...]:
    return (Paragraph.of(capital(items[0])),) if len(items) == 1 else _bullets(items)


def _bullets(items: Sequence[str]) -> tuple[Block, ...]:
    return (Bullets(tuple(map(capital, items))),) if items else ()


def _content(item: ContentItem) -> Part:
    return Part(item.text, _lines(item.details), tuple(_content(below) for below in item.items))


def _target_table(targets: Sequence[TargetLine]) -> Table:
    """Return the targets as a table, with a column of bodies where any is named; sixteen digits fit beside a sign."""
    bodied = any(target.body for target in targets)
    columns = (
        Column("TT", 1, Align.CENTER),
        Column("Chỉ tiêu", 5.6 if bodied else 8.2),
        Column("Mức phấn đấu", 3.6, Align.CENTER),
        Column("Đơn vị tính", 2.6, Align.CENTER),
        Column("Đơn vị thực hiện", 3.6),
    )
    rows = (
        (padded(place), capital(target.text), target.measure or "Định tính", target.unit, target.body)
        for place, target in enumerate(targets, 1)
    )
    shown = len(columns) if bodied else len(columns) - 1
    return Table(columns[:shown], tuple(row[:shown] for row in rows))


def _time(plan: UnitPlan) -> Iterator[Part]:
    whole = period_words(*plan.period)
    blocks: list[Block] = [Paragraph.of(f"Phong trào được thực hiện {whole}.")] if whole else []
    if plan.phases:
        blocks.append(Bullets(tuple(_phase(phase) for phase in plan.phases)))
    if blocks:
        yield Part("THỜI GIAN THỰC HIỆN", tuple(blocks))


def _phase(phase: PhaseLine) -> str:
    when = period_words(phase.first, phase.last)
    text = f"{phase.name}: {when}" if when else phase.name
    return f"{text}, chào mừng {'; '.join(phase.occasions)}." if phase.occasions else f"{text}."


def _awards(awards: Sequence[AwardLine]) -> Iterator[Block]:
    """Yield the awards given here, then those proposed upward, each group under its own line."""
    for proposed, group in groupby(
        sorted(awards, key=lambda award: award.proposed), lambda award: award.proposed
    ):
        yield Paragraph.of("Đề nghị cấp có thẩm quyền khen thưởng:" if proposed else "Hình thức khen thưởng:")
        yield Bullets(tuple(capital(_award(award)) for award in group))


def _quotas(quotas: Sequence[str]) -> Iterator[Block]:
    if quotas:
        yield Paragraph.of("Số lượng xét khen thưởng:")
        yield Bullets(tuple(map(capital, quotas)))


def _award(award: AwardLine) -> str:
    form = f"{award.form} của {award.authority}" if award.authority else award.form
    return f"{form}: {award.quota} {award.for_whom}.".replace("  ", " ")


def _organisation(plan: UnitPlan) -> Iterator[Part]:
    parts = [
        Part(duties.body, (Bullets(tuple(_duty(duty) for duty in duties.duties)),)) for duties in plan.duties
    ]
    if plan.deadlines:
        parts.append(Part("Các mốc thời gian", (_deadline_table(plan.deadlines),)))
    opening = _bullets(plan.implementation)
    if parts or opening:
        yield Part("TỔ CHỨC THỰC HIỆN", opening, tuple(parts))


def _duty(duty: DutyLine) -> str:
    text = duty.text.rstrip(" .;")
    return f"{text}; hoàn thành {deadline_words(duty.due)}." if duty.due else f"{text}."


def _deadline_table(deadlines: Sequence[DeadlineLine]) -> Table:
    return Table(
        (
            Column("TT", 1, Align.CENTER),
            Column("Công việc", 7),
            Column("Đơn vị thực hiện", 4.4),
            Column("Thời hạn", 4),
        ),
        tuple(
            (padded(place), capital(line.what), line.who, deadline_words(line.due))
            for place, line in enumerate(deadlines, 1)
        ),
    )


def _closing(plan: UnitPlan) -> tuple[Block, ...]:
    words = (
        f"Trên đây là Kế hoạch {_lower_first(plan.subject)} của {_name(plan)}. Trong quá trình thực "
        "hiện, nếu có khó khăn, vướng mắc, các đơn vị kịp thời phản ánh để được hướng dẫn, giải quyết"
    )
    return (Paragraph.of(ended(words)),)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]

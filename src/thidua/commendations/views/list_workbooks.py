"""Money and shares of a list as workbooks."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from django.http import FileResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.commendations.selectors.fairness import GROUP_NAMES, Among, Fairness, Lines, Shown
from thidua.commendations.selectors.money_due import MoneyDue, Sum
from thidua.commendations.selectors.money_sums import sums_by_award, sums_by_decision
from thidua.commendations.selectors.registered_lines import Compared
from thidua.commendations.wording import CONFIDENCE
from thidua.core.eligibility.explain import in_own_words
from thidua.core.eligibility.guidelines import GuidelineFinding
from thidua.core.eligibility.lists import Part, QuotaFinding
from thidua.core.law.awards import Bound
from thidua.core.law.figures import value_in_words
from thidua.core.law.sources import Effect
from thidua.core.law.words import SubjectKind
from thidua.documents.workbook import ColumnKind, ColumnSpec, SheetSpec
from thidua.exchange.giving import given
from thidua.honours.catalogue import label_of
from thidua.honours.models import Honour
from thidua.ui.formats import number as number_written

BATCH = 2000
WHOLE, SHARE = ColumnKind.WHOLE, ColumnKind.PERCENT


def money_workbook(
    due: MoneyDue, name: str, more: Sequence[SheetSpec] = (), *, partial: str = ""
) -> FileResponse:
    """Return the money as a workbook; ``partial`` says where it is of a part of a decision only."""
    return given(name, [SheetSpec(_("Tiền thưởng"), money_columns(), money_rows(due, partial)), *more])


def fairness_workbook(
    found: Fairness,
    lines: Lines,
    name: str,
    about: Iterable[tuple[str, str]],
    *,
    partial: str = "",
    registered: Compared | None = None,
) -> FileResponse:
    """Return the list as a workbook, ``about`` saying of which list.

    ``registered`` is what the same units strove for, where it is compared.
    """
    sheets = [about_sheet(about), *fairness_sheets(found, lines, partial, registered)]
    if registered and registered.total:
        sheets.append(registered_sheet(registered))
    return given(name, sheets)


def about_sheet(facts: Iterable[tuple[str, str]]) -> SheetSpec:
    """Return the sheet that says what the workbook is of, one fact a row, as the page says it."""
    return SheetSpec(
        _("Cách xét"), (ColumnSpec(_("Mục"), width=30), ColumnSpec(_("Nội dung"), width=90)), facts
    )


def registered_sheet(registered: Compared) -> SheetSpec:
    rows = (
        [str(GROUP_NAMES[name]), part.counted, part.asked, part.unknown, as_figure(part.share)]
        for name, part in registered.shares.items()
    )
    return SheetSpec(_("Tỷ lệ trong số đăng ký"), share_columns(), rows)


def as_figure(share: Fraction | None) -> float | None:
    return None if share is None else float(share)


def money_columns() -> tuple[ColumnSpec, ...]:
    return (
        ColumnSpec(_("Tên"), width=34),
        ColumnSpec(_("Đối tượng"), width=14),
        ColumnSpec(_("Danh hiệu, hình thức"), width=34),
        ColumnSpec(_("Năm"), width=11),
        ColumnSpec(_("Ngày quyết định"), ColumnKind.DATE, width=14),
        ColumnSpec(_("Mức (lần lương cơ sở)"), ColumnKind.DECIMAL, width=12),
        ColumnSpec(_("Lương cơ sở (đồng)"), WHOLE, width=14),
        ColumnSpec(_("Mức tính riêng (đồng)"), WHOLE, width=16),
        ColumnSpec(_("Được chi (đồng)"), WHOLE, width=16),
        ColumnSpec(_("Ghi chú"), width=50),
        ColumnSpec(_("Căn cứ"), width=40),
        ColumnSpec(_("Số quyết định"), width=20),
    )


def sum_sheets(due: MoneyDue) -> list[SheetSpec]:
    """Return the sums of many decisions together: by decision and by award."""
    sums = (
        ColumnSpec(_("Lần khen"), WHOLE, width=10),
        ColumnSpec(_("Cá nhân (đồng)"), WHOLE, width=16),
        ColumnSpec(_("Tập thể (đồng)"), WHOLE, width=16),
        ColumnSpec(_("Hộ gia đình (đồng)"), WHOLE, width=16),
        ColumnSpec(_("Được chi (đồng)"), WHOLE, width=16),
        ColumnSpec(_("Lần không chi"), WHOLE, width=12),
        ColumnSpec(_("Chưa đủ dữ liệu"), WHOLE, width=12),
        ColumnSpec(_("Theo quy định chưa kiểm chứng (đồng)"), WHOLE, width=18),
    )
    decision = (
        ColumnSpec(_("Quyết định"), width=24),
        ColumnSpec(_("Ngày quyết định"), ColumnKind.DATE, width=14),
    )
    by_decision: Iterable[list[Any]] = (
        [one.listed.number, one.listed.on, *figures_of(one)] for one in sums_by_decision(due)
    )
    by_award: Iterable[list[Any]] = (
        [label_of(one.listed.award), *figures_of(one)] for one in sums_by_award(due)
    )
    return [
        SheetSpec(_("Theo quyết định"), (*decision, *sums), by_decision),
        SheetSpec(_("Theo danh hiệu"), (ColumnSpec(_("Danh hiệu, hình thức"), width=34), *sums), by_award),
    ]


def figures_of(one: Sum) -> list[int]:
    kinds = [one.total_of(kind) for kind in SubjectKind]
    return [one.number, *kinds, one.total, one.unpaid, one.open, one.unsure]


def money_rows(due: MoneyDue, partial: str) -> Iterator[list[Any]]:
    """Yield one row per line and a last one with the sum; what is not known is written, never 0."""
    kinds = dict(Honour.Kind.choices)
    for line in due.lines:
        one, counted = line.listed, line.due
        yield [
            one.name,
            str(kinds[one.kind]),
            label_of(one.award),
            period(one.period),
            one.on,
            float(counted.multiple) if counted and counted.multiple is not None else None,
            counted.base if counted else None,
            counted.amount if counted else None,
            line.paid,
            note(line.note, is_open=line.is_open, is_ceiling=bool(counted and counted.is_ceiling)),
            f"{line.rule.source} ({CONFIDENCE[counted.confidence.value]})" if line.rule and counted else "",
            one.number,
        ]
    yield [
        _("Cộng"),
        "",
        "",
        "",
        None,
        None,
        None,
        None,
        due.total,
        " ".join(about_total(due, partial)),
        "",
        "",
    ]


def about_total(due: MoneyDue, partial: str) -> Iterator[str]:
    """Yield what the sum leaves out, how much of it nobody verified, and whether it is of a part alone."""
    if due.open:
        left = ngettext(
            "Chưa kể %(number)s dòng chưa đủ dữ liệu.", "Chưa kể %(number)s dòng chưa đủ dữ liệu.", due.open
        )
        yield left % {"number": number_written(due.open)}
    if due.unsure:
        facts = {"amount": number_written(due.unsure)}
        yield _("Trong đó %(amount)s đ theo quy định chưa kiểm chứng.") % facts
    if partial:
        yield partial


def period(years: tuple[int, int]) -> str:
    first, last = years
    return str(last) if first == last else f"{first}–{last}"


def note(reason: str, *, is_open: bool, is_ceiling: bool) -> str:
    said = [_("Chưa đủ dữ liệu.")] if is_open else []
    if is_ceiling:
        said.append(_("Mức tối đa."))
    return " ".join([*said, reason]).strip()


def fairness_sheets(
    found: Fairness, lines: Lines, partial: str = "", registered: Compared | None = None
) -> list[SheetSpec]:
    rules = (
        ColumnSpec(_("Quy định"), width=60),
        ColumnSpec(_("Thực tế"), width=40),
        ColumnSpec(_("Kết quả"), width=16),
        ColumnSpec(_("Căn cứ"), width=40),
    )
    people = (
        ColumnSpec(_("Tên"), width=34),
        ColumnSpec(_("Danh hiệu, hình thức"), width=34),
        ColumnSpec(_("Đơn vị"), width=36),
        *(ColumnSpec(str(GROUP_NAMES[name]), width=16) for name in SHOWN),
    )
    return [
        SheetSpec(_("Tỷ lệ"), share_columns(), share_rows(found, partial)),
        SheetSpec(_("Hạn mức"), rules, [*rule_rows(found), *aim_rows(found, registered), *plan_rows(found)]),
        SheetSpec(_("Danh sách"), people, list_rows(lines)),
    ]


def share_columns() -> tuple[ColumnSpec, ...]:
    return (
        ColumnSpec(_("Nhóm"), width=34),
        ColumnSpec(_("Số lượng"), WHOLE, width=12),
        ColumnSpec(_("Trên tổng"), WHOLE, width=12),
        ColumnSpec(_("Chưa rõ"), WHOLE, width=12),
        ColumnSpec(_("Tỷ lệ trong số đã rõ"), SHARE, width=14),
    )


SHOWN = ("women", "leaders", "direct_workers", "grassroots", "small_collectives")


def share_rows(found: Fairness, partial: str) -> Iterator[list[Any]]:
    for part in found.shares:
        yield [str(GROUP_NAMES[part.group]), part.counted, part.asked, part.unknown, as_figure(part.share)]
    if partial:
        yield [partial, None, None, None, None]


def rule_rows(found: Fairness) -> Iterator[list[Any]]:
    words = {True: _("đạt"), False: _("vượt"), None: _("chưa đủ dữ liệu")}
    for ratio in found.ratios:
        yield [ratio.asked, ratio.seen, words[ratio.met] if ratio.holds else "", str(ratio.rule.source)]
    counted = _("Mỗi người, mỗi tập thể tính một lần")
    for finding in found.quotas:
        yield [_("Hạn mức của danh sách"), finding.said.in_words(_), word_of(finding), counted]
    for unit, finding in found.per_unit:
        yield [
            _("Hạn mức của %(unit)s") % {"unit": unit.name},
            finding.said.in_words(_),
            word_of(finding),
            counted,
        ]


def aim_rows(found: Fairness, registered: Compared | None) -> Iterator[list[Any]]:
    """Yield the shares own rules aim at, of those honoured and of those registered, and those nothing can count."""
    lists = [(_("được khen"), found.guidelines)]
    if registered and registered.guidelines:
        lists.append((_("đã đăng ký"), registered.guidelines))
    for name, findings in lists:
        for one in (finding for finding in findings if finding.part.asked):
            whose = [
                str(GROUP_NAMES[one.guideline.group]),
                *([label_of(one.award)] if one.award else []),
                name,
            ]
            asked = f"{', '.join(whose)}: {one.asked.in_words(_)}"
            yield [asked, share_seen(one.part), word_of_aim(one), str(one.entry.rule.source)]
    for figure, entry in found.uncounted:
        label = in_own_words(figure.label).in_words(_)
        share = value_in_words(entry.value, figure.unit).in_words(_)
        yield [f"{label}: {share}", "", _("không đối chiếu"), str(entry.rule.source)]


def share_seen(part: Part) -> str:
    facts = {"counted": number_written(part.counted), "asked": number_written(part.asked)}
    seen = _("%(counted)s trên %(asked)s") % facts
    return f"{seen}, {_('%(n)s chưa rõ') % {'n': number_written(part.unknown)}}" if part.unknown else seen


def word_of_aim(finding: GuidelineFinding) -> str:
    if finding.met is None:
        return _("chưa đủ dữ liệu")
    if finding.met:
        return _("đạt tỷ lệ")
    return _("cao hơn tỷ lệ") if finding.guideline.bound is Bound.AT_MOST else _("thấp hơn tỷ lệ")


def plan_rows(found: Fairness) -> Iterator[list[Any]]:
    """Yield the quotas of the plan for each unit or each time, and why one was not counted."""
    for one in found.planned:
        words, source = one.planned.words, _("hạn mức của kế hoạch %(plan)s") % {"plan": one.planned.plan}
        if one.over:
            yield [words, one.over.said.in_words(_), word_of(one.over), source]
        for unit, beyond in one.beyond:
            yield [f"{words} – {unit.name}", beyond.said.in_words(_), word_of(beyond), source]
        if one.reason:
            yield [words, one.reason, _("không đối chiếu"), source]
        elif not one.over and not one.beyond:
            kept = _("trong mức") if one.met else _("chưa đủ dữ liệu")
            yield [words, _("Không đơn vị nào vượt"), kept, source]


def word_of(finding: QuotaFinding) -> str:
    """Return the page's word: below or above what a plan aims at is no excess."""
    if finding.met is None:
        return _("chưa đủ dữ liệu")
    if finding.met:
        return _("trong mức")
    return _("vượt, phải bớt") if finding.effect is Effect.BLOCK else _("ngoài dự kiến")


def list_rows(lines: Lines) -> Iterator[list[Any]]:
    words = {True: _("có"), False: _("không"), None: ""}
    for one in in_batches(lines):
        entry, where = one.entry, one.listed.place
        women = None if entry.sex is None else entry.sex == "female"
        answers = (women, entry.leader, entry.direct_worker, entry.grassroots, entry.small)
        yield [
            one.listed.name,
            label_of(one.listed.award),
            where.name if where else "",
            *(words[answer] for answer in answers),
        ]


def in_batches(lines: Lines) -> Iterator[Shown]:
    """Yield every line of the list without holding them all."""
    for start in range(0, lines.count(Among()), BATCH):
        yield from lines.shown(Among(), start, BATCH)

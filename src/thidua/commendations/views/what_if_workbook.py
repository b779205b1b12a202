"""A trial taken out as a workbook: the table, and everybody who moved with why."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.commendations.models import Trial
from thidua.commendations.selectors.known_law import KnownLine, known_lines
from thidua.commendations.selectors.what_if import CHANGED, Movement, lines_of, moved_of, sides_of
from thidua.commendations.views.list_workbooks import about_sheet
from thidua.commendations.views.trial_rows import Row, rows_of
from thidua.commendations.views.what_if import no_longer, trial_asked
from thidua.commendations.wording import MOVEMENTS
from thidua.core.law.yamltext import FileProblemsError
from thidua.documents.workbook import ColumnKind, ColumnSpec, SheetSpec
from thidua.exchange.giving import given
from thidua.exchange.services.exporting import note_export
from thidua.honours.catalogue import label_of
from thidua.organisations.permissions import may
from thidua.organisations.views.answers import actor_of
from thidua.ui.formats import day, moment, number

MOST_EXPORTED = 20_000
WIDTH = 8
"""Columns of the list of who moved."""


@require_GET
def workbook(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Give the table and everybody who moved as a workbook."""
    row = trial_asked(request, pk)
    if row.state != Trial.State.DONE or not may(request.user, "export", row.unit):
        raise Http404
    note_export(actor_of(request), "export.trial", row, {"unit": row.unit.name})
    found, total = moved_of(row, MOST_EXPORTED)
    try:
        sides = sides_of(row)
    except FileProblemsError as error:
        return no_longer(request, row, error)
    moved = rows_of(request, row, found, sides)
    gaps = gaps_of(beyond=total - len(found), unseen=len(found) - len(moved))
    known = {one.line.award: one for one in known_lines(lines_of(row), sides, row.kind)}
    sheets = [
        about_sheet(asked_about(row)),
        SheetSpec(_("Tổng hợp"), summary_columns(), summary(known.values())),
        SheetSpec(_("Thay đổi"), moved_columns(row), cells(moved, known, gaps)),
    ]
    return given(f"neu-nhu-{row.after_on:%Y%m%d}.xlsx", sheets)


def asked_about(row: Trial) -> Iterator[tuple[str, str]]:
    """Yield what the page says above its table: of whom, by which law of which days, by which records."""
    law = _("quy định đang áp dụng")
    yield _("Phạm vi"), row.unit.name
    yield _("Xét"), f"{row.get_kind_display()}: {number(row.subjects)}"
    yield _("Ngày thứ nhất"), day(row.before_on)
    yield _("Quy định bên thứ nhất"), law
    yield _("Ngày thứ hai"), day(row.after_on)
    yield _("Quy định bên thứ hai"), _("dự thảo “%(name)s”") % {"name": row.draft.name} if row.draft else law
    yield _("Năm thành tích"), str(row.year)
    yield _("Hồ sơ hai bên lấy đến"), day(row.known_on)
    if row.before_on != row.after_on:
        yield _("Thời gian công tác, thời hạn tính đến"), _("ngày của từng bên")
    yield _("Giả định"), assumptions(row)
    yield _("Thử lúc"), moment(row.made_at)


def assumptions(row: Trial) -> str:
    said = [_("không có việc đang chờ kết luận")]
    if row.without_sensitive:
        said.append(_("không ai bị kỷ luật, nghỉ ốm hay nghỉ vì thương tật"))
    return "; ".join(said)


def gaps_of(*, beyond: int, unseen: int) -> list[str]:
    """Return the sentences that say what the table counts and the list of who moved does not hold."""
    gaps = []
    if beyond:
        facts = {"n": number(beyond), "most": number(MOST_EXPORTED)}
        gaps.append(
            _(
                "Còn %(n)s lượt thay đổi không ghi ở đây: mỗi tệp ghi nhiều nhất %(most)s lượt. "
                "Thử ở từng đơn vị trực thuộc để có đủ."
            )
            % facts
        )
    if unseen:
        gaps.append(
            _("%(n)s lượt không ghi ở đây, vì đã ra khỏi phạm vi bạn được xem.") % {"n": number(unseen)}
        )
    return gaps


def summary_columns() -> tuple[ColumnSpec, ...]:
    whole = [_("Đạt trước"), _("Đạt sau"), *(str(label) for _state, label in MOVEMENTS.values())]
    return (
        ColumnSpec(_("Danh hiệu, hình thức"), width=40),
        *(ColumnSpec(label, ColumnKind.WHOLE, width=14) for label in whole),
        ColumnSpec(_("Kiểm chứng"), width=44),
    )


def summary(known: Iterable[KnownLine]) -> Iterator[list[Any]]:
    """Yield a line for each award; a number no law answers for is left out, as on the page."""
    for one in known:
        line = one.line
        yield [
            label_of(line.award),
            None if one.lacks_before else line.before,
            None if one.lacks_after else line.after,
            *(line.moved[movement] for movement in CHANGED),
            None if one.lacks_before and one.lacks_after else line.moved[Movement.STAYS],
            verified(one),
        ]


def verified(known: KnownLine) -> str:
    """Say what of the award's law nobody verified or nobody knows; empty where all of it was read."""
    said = [_("có chỗ chưa kiểm chứng")] if known.is_unsure else []
    if known.lacks_before:
        said.append(_("trước: chưa có dữ liệu luật"))
    if known.lacks_after:
        said.append(_("sau: chưa có dữ liệu luật"))
    return "; ".join(said)


def moved_columns(row: Trial) -> tuple[ColumnSpec, ...]:
    whose = (_("Tập thể"), _("Cấp trên")) if row.is_of_collectives else (_("Họ và tên"), _("Đơn vị"))
    return (
        *(ColumnSpec(label, width=40) for label in whose),
        ColumnSpec(_("Danh hiệu, hình thức"), width=34),
        ColumnSpec(_("Trước"), width=18),
        ColumnSpec(_("Sau"), width=18),
        ColumnSpec(_("Thay đổi"), width=26),
        ColumnSpec(_("Vì sao"), width=80),
        ColumnSpec(_("Kiểm chứng"), width=44),
    )


def cells(moved: Iterable[Row], known: Mapping[str, KnownLine], gaps: Iterable[str]) -> Iterator[list[Any]]:
    """Yield a line for everybody who moved, then what is missing."""
    for row in moved:
        yield [
            row.asked.name,
            row.asked.where,
            label_of(row.moved.award),
            str(row.before[1]),
            str(row.after[1]),
            str(MOVEMENTS[row.moved.movement][1]),
            "; ".join(row.reasons),
            verified(known[row.moved.award]),
        ]
    for sentence in gaps:
        yield [sentence, *[None] * (WIDTH - 1)]

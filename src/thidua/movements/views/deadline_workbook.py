"""The deadline board as a workbook: the rows shown, as far as the visitor may take them out."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from thidua.core.deadlines.state import Standing
from thidua.documents.workbook import ColumnKind, ColumnSpec, SheetSpec
from thidua.exchange.giving import given
from thidua.movements.deadline_filter import narrowed
from thidua.movements.models import Movement
from thidua.movements.permissions import exportable_participations
from thidua.movements.selectors.progress import Progress, progress_of
from thidua.movements.views.board import day_asked, may_export
from thidua.organisations.views.answers import refusal


def workbook_asked(request: HttpRequest, movement: Movement) -> HttpResponseBase:
    """Return the rows the board shows, counted over the units whose rows the visitor may take out."""
    if not may_export(request, movement):
        raise refusal(request, "export")
    on = day_asked(request)
    rows = progress_of(movement, exportable_participations(request.user, movement), on=on)
    shown = narrowed(rows, request.GET.get("q", ""), request.GET.get("show", ""))
    sheet = SheetSpec(_("Thời hạn"), columns(), cells_of(shown))
    return given(_("thoi-han-phong-trao") + f"-{on:%Y%m%d}.xlsx", [sheet])


def columns() -> tuple[ColumnSpec, ...]:
    return (
        ColumnSpec(_("Việc"), width=60),
        ColumnSpec(_("Ai"), width=34),
        ColumnSpec(_("Theo kế hoạch"), width=34),
        ColumnSpec(_("Hạn cuối"), ColumnKind.DATE, width=14),
        ColumnSpec(_("Kỳ tới"), ColumnKind.DATE, width=14),
        ColumnSpec(_("Tình trạng"), width=20),
        ColumnSpec(_("Đơn vị được giao"), ColumnKind.WHOLE, width=12),
        ColumnSpec(_("Đã xong"), ColumnKind.WHOLE, width=12),
        ColumnSpec(_("Xong muộn"), ColumnKind.WHOLE, width=12),
        ColumnSpec(_("Đang trễ"), ColumnKind.WHOLE, width=12),
    )


def cells_of(rows: Iterable[Progress]) -> Iterator[list[Any]]:
    for row in rows:
        who = row.deadline.who or _("mọi đơn vị")
        counts = [row.bound, row.done, row.done_late, row.late]
        yield [row.deadline.what, who, row.when, row.last_day, row.next_on, standing_words(row), *counts]


def standing_words(row: Progress) -> str:
    """Return where the deadline stands; nothing where it binds no unit that is counted."""
    words = {
        Standing.WAITING: _("chờ ngày"),
        Standing.OPEN: _("chưa đến hạn"),
        Standing.DUE_SOON: _("sắp đến hạn"),
        Standing.LATE: _("trễ"),
        Standing.DONE: _("đã xong"),
        Standing.DONE_LATE: _("xong muộn"),
    }
    return words[row.standing] if row.bound else ""

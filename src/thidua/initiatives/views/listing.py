"""The list of initiatives, as a page and as a workbook."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.documents.workbook import ColumnKind, ColumnSpec, SheetSpec, write_xlsx
from thidua.exchange.services.exporting import note_export
from thidua.initiatives.forms import FilterForm
from thidua.initiatives.models import Initiative
from thidua.initiatives.selectors import Asked, listed, page_of
from thidua.initiatives.wording import LOOKS
from thidua.organisations.models import Unit
from thidua.organisations.permissions import scope_of, visible_units
from thidua.organisations.views.answers import actor_of
from thidua.records.days import today
from thidua.ui.parts import Chip, Pager, Tab, changed, page_number
from thidua.ui.rendering import page

SIZES = (25, 50, 100)
MOST_EXPORTED = 100_000


@require_GET
def initiatives(request: HttpRequest) -> HttpResponseBase:
    """Show the list, or give it as a workbook with ``format=xlsx``."""
    query = request.GET.get("q", "").strip()
    part = request.GET.get("part", "")
    form = FilterForm(request.GET, units=Unit.objects.filter(visible_units(request.user)))
    asked = form.asked(query, mine=part == "mine", waiting=part == "waiting")
    rows = listed(request.user, asked)
    if request.GET.get("format") == "xlsx":
        actor = actor_of(request)
        note_export(actor, "export.initiatives", actor, {"filter": request.GET.urlencode()})
        return workbook(rows.select_related("unit", "submitter", "decision")[:MOST_EXPORTED])
    size = next((size for size in SIZES if request.GET.get("size") == str(size)), SIZES[1])
    shown = page_of(rows, page_number(request.GET), size)
    scope = scope_of(request.user)
    context = {
        "form": form,
        "query": query,
        "part": part,
        "rows": shown.rows,
        "looks": LOOKS,
        "pager": Pager(
            shown=len(shown.rows),
            total=shown.total,
            first=(shown.number - 1) * size + 1,
            previous_url=changed(request.GET, page=shown.number - 1) if shown.number > 1 else "",
            next_url=changed(request.GET, page=shown.number + 1) if shown.has_next else "",
            size=size,
            sizes=SIZES,
        ),
        "tabs": tabs(request, part, own=bool(scope.person_id)),
        "chips": chips(request, asked),
        "may_write": bool(scope.person_id),
        "runs_councils": scope.allows_somewhere("handle_initiatives"),
    }
    return page(request, "initiatives/list.html", context, block="list")


def tabs(request: HttpRequest, part: str, *, own: bool) -> list[Tab]:
    known = [("", _("Tất cả")), ("waiting", _("Chờ tôi")), *([("mine", _("Của tôi"))] if own else [])]
    return [Tab(label, changed(request.GET, part=name or None), part == name) for name, label in known]


def chips(request: HttpRequest, asked: Asked) -> list[Chip]:
    in_force = [
        ("q", _("Tên"), asked.query),
        ("year", _("Năm"), str(asked.year or "")),
        ("unit", _("Đơn vị"), asked.unit.name if asked.unit else ""),
        ("state", _("Tình trạng"), str(Initiative.State(asked.state).label) if asked.state else ""),
        ("scope", _("Phạm vi"), str(Initiative.Scope(asked.scope).label) if asked.scope else ""),
    ]
    return [
        Chip(label, value, changed(request.GET, **{name: None})) for name, label, value in in_force if value
    ]


def workbook(rows: Iterable[Initiative]) -> FileResponse:
    columns = (
        ColumnSpec(_("Tên sáng kiến"), width=50),
        ColumnSpec(_("Năm"), width=8),
        ColumnSpec(_("Người nộp"), width=26),
        ColumnSpec(_("Đơn vị"), width=36),
        ColumnSpec(_("Áp dụng từ"), ColumnKind.DATE, width=14),
        ColumnSpec(_("Tình trạng"), width=22),
        ColumnSpec(_("Phạm vi"), width=20),
        ColumnSpec(_("Số quyết định"), width=18),
        ColumnSpec(_("Ngày quyết định"), ColumnKind.DATE, width=14),
    )
    out = BytesIO()
    write_xlsx(out, [SheetSpec(_("Sáng kiến"), columns, cells_of(rows))])
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"sang-kien-{today():%Y%m%d}.xlsx")


def cells_of(rows: Iterable[Initiative]) -> Iterator[list[Any]]:
    for row in rows:
        yield [
            row.title,
            str(row.year),
            row.submitter.full_name,
            row.unit.name,
            row.applied_on,
            row.get_state_display(),
            row.get_scope_display(),
            row.decision.number if row.decision else "",
            row.recognised_on,
        ]

"""The list of initiatives, as a page and as a workbook."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.documents.workbook import ColumnKind, ColumnSpec, SheetSpec
from thidua.exchange.giving import given
from thidua.exchange.services.exporting import note_export
from thidua.initiatives.forms.listing import FilterForm
from thidua.initiatives.models import Authorship, Initiative
from thidua.initiatives.permissions import may_record
from thidua.initiatives.selectors import Asked, authors_in_words, listed, page_of
from thidua.initiatives.wording import LOOKS
from thidua.organisations.models import Unit
from thidua.organisations.permissions import scope_of, visible_units
from thidua.organisations.views.answers import actor_of, within_export
from thidua.records.days import today
from thidua.ui.parts import Chip, Tab, changed, page_number, pager_of, size_asked
from thidua.ui.rendering import page

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
        rows = rows.filter(within_export(request, "unit__"))
        actor = actor_of(request)
        note_export(actor, "export.initiatives", actor, {"filter": request.GET.urlencode()})
        return workbook(taken_out(rows))
    size = size_asked(request.GET)
    shown = page_of(rows, page_number(request.GET), size)
    scope = scope_of(request.user)
    context = {
        "form": form,
        "query": query,
        "part": part,
        "rows": shown.rows,
        "looks": LOOKS,
        "pager": pager_of(request.GET, shown, size),
        "tabs": tabs(request, part, own=bool(scope.person_id)),
        "chips": chips(request, asked),
        "may_write": bool(scope.person_id),
        "may_record": may_record(request.user),
        "may_export": scope.allows_somewhere("export"),
        "runs_councils": scope.allows_somewhere("handle_initiatives"),
    }
    return page(request, "initiatives/list.html", context, block="list")


def taken_out(rows: QuerySet[Initiative]) -> Iterator[Initiative]:
    """Yield the rows of a workbook, a batch at a time."""
    # Joined, not prefetched: SQLite takes no more than a thousand people named one by one.
    authors = Prefetch("authorships", Authorship.objects.select_related("person"))
    whole = rows.select_related("unit", "decision").prefetch_related(authors)
    return islice(whole.iterator(chunk_size=2_000), MOST_EXPORTED)


def tabs(request: HttpRequest, part: str, *, own: bool) -> list[Tab]:
    known = [("", _("Tất cả")), ("waiting", _("Chờ tôi")), *([("mine", _("Của tôi"))] if own else [])]
    return [Tab(label, changed(request.GET, part=name or None), part == name) for name, label in known]


def chips(request: HttpRequest, asked: Asked) -> list[Chip]:
    in_force = [
        ("q", _("Tên"), asked.query),
        ("kind", _("Loại"), str(Initiative.Kind(asked.kind).label) if asked.kind else ""),
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
        ColumnSpec(_("Tên sáng kiến, đề tài"), width=50),
        ColumnSpec(_("Loại"), width=24),
        ColumnSpec(_("Năm"), width=8),
        ColumnSpec(_("Tác giả"), width=40),
        ColumnSpec(_("Đơn vị"), width=36),
        ColumnSpec(_("Áp dụng từ"), ColumnKind.DATE, width=14),
        ColumnSpec(_("Tình trạng"), width=22),
        ColumnSpec(_("Phạm vi ảnh hưởng"), width=20),
        ColumnSpec(_("Có khả năng nhân rộng"), width=12),
        ColumnSpec(_("Số quyết định"), width=18),
        ColumnSpec(_("Ngày quyết định"), ColumnKind.DATE, width=14),
        ColumnSpec(_("Cơ quan ban hành"), width=30),
        ColumnSpec(_("Ngày nghiệm thu"), ColumnKind.DATE, width=14),
        ColumnSpec(_("Cấp nghiệm thu"), width=20),
        ColumnSpec(_("Kết quả nghiệm thu"), width=18),
        ColumnSpec(_("Nguồn"), width=34),
    )
    return given(f"sang-kien-{today():%Y%m%d}.xlsx", [SheetSpec(_("Sáng kiến"), columns, cells_of(rows))])


def cells_of(rows: Iterable[Initiative]) -> Iterator[list[Any]]:
    for row in rows:
        yield [
            row.title,
            row.get_kind_display(),
            str(row.year),
            authors_in_words(row),
            row.unit.name,
            row.applied_on,
            row.state_shown,
            row.get_scope_display(),
            _("Có") if row.replicable else _("Không"),
            row.decision.number if row.decision else "",
            row.recognised_on,
            row.decision.issuer if row.decision else "",
            row.accepted_on,
            row.get_accepted_level_display(),
            row.get_accepted_as_display(),
            row.get_source_display(),
        ]

"""The register as a page and as a workbook; the honours of one decision."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.documents.workbook import ColumnKind, ColumnSpec, SheetSpec
from thidua.exchange.giving import given
from thidua.exchange.services.exporting import note_export
from thidua.honours.catalogue import label_of
from thidua.honours.forms import RegisterFilterForm
from thidua.honours.models import Honour
from thidua.honours.permissions import WRITE
from thidua.honours.selectors.records import of_decision
from thidua.honours.selectors.register import Asked, in_batches, listed, page_of
from thidua.library.models import Document
from thidua.organisations.models import Unit
from thidua.organisations.permissions import scope_of, visible_units
from thidua.organisations.views.answers import actor_of, day_asked, within_export
from thidua.organisations.views.people import with_unit_named
from thidua.records.days import today
from thidua.ui.parts import Chip, changed, page_number, pager_of, size_asked
from thidua.ui.rendering import page

LONG = 100
MOST_EXPORTED = 200_000


@require_GET
def register(request: HttpRequest) -> HttpResponseBase:
    """Show the register, or give it as a workbook with ``format=xlsx``."""
    day, query = day_asked(request), request.GET.get("q", "").strip()
    units = Unit.objects.filter(visible_units(request.user))
    form = RegisterFilterForm(with_unit_named(request.GET, request), units=units)
    asked = form.asked(query, on=day)
    rows = listed(request.user, asked)
    if request.GET.get("format") == "xlsx":
        rows = rows.filter(within_export(request, "place__"))
        note_taken_out(request, {"filter": request.GET.urlencode()})
        return workbook(in_batches(rows, MOST_EXPORTED), f"so-khen-{day:%Y%m%d}.xlsx")
    size, number = size_asked(request.GET), page_number(request.GET)
    shown = page_of(rows, number, size)
    scope = scope_of(request.user)
    context = {
        "form": form,
        "query": query,
        "rows": shown.rows,
        "day": day,
        "today": today(),
        "pager": pager_of(request.GET, shown, size),
        "chips": chips(request, asked),
        "states": STATES,
        "state_names": dict(Honour.State.choices),
        "may_enter": scope.allows_somewhere(WRITE),
        "may_export": scope.allows_somewhere("export"),
        "own_person": scope.person_id,
    }
    return page(request, "honours/register.html", context, block="list")


STATES = {"held": "done", "revoked": "closed", "stripped": "closed", "void": "closed"}
"""How each state of an honour looks."""


def chips(request: HttpRequest, asked: Asked) -> list[Chip]:
    in_force = [
        ("q", _("Tên hoặc số"), asked.query),
        ("award", _("Danh hiệu, hình thức"), label_of(asked.award) if asked.award else ""),
        ("year", _("Năm"), str(asked.year or "")),
        ("unit", _("Đơn vị"), asked.unit.name if asked.unit else ""),
        ("kind", _("Đối tượng"), word(Honour.Kind, asked.kind)),
        ("state", _("Tình trạng"), word(Honour.State, asked.state)),
        ("level", _("Cấp khen"), word(Honour.Level, asked.level)),
    ]
    return [
        Chip(label, value, changed(request.GET, **{name: None})) for name, label, value in in_force if value
    ]


def word(choices: Any, value: str) -> str:
    return str(choices(value).label) if value else ""


def note_taken_out(request: HttpRequest, details: dict[str, str]) -> None:
    """Log who takes honours out, before anything is given."""
    actor = actor_of(request)
    note_export(actor, "export.honours", actor, details)


def workbook(rows: Iterable[Honour], name: str) -> HttpResponseBase:
    columns = (
        ColumnSpec(_("Tên"), width=32),
        ColumnSpec(_("Đối tượng"), width=14),
        ColumnSpec(_("Đơn vị lúc được khen"), width=36),
        ColumnSpec(_("Danh hiệu, hình thức"), width=34),
        ColumnSpec(_("Mã"), width=12),
        ColumnSpec(_("Loại hình"), width=20),
        ColumnSpec(_("Cấp khen"), width=16),
        ColumnSpec(_("Từ năm"), ColumnKind.TEXT, width=9),
        ColumnSpec(_("Đến năm"), ColumnKind.TEXT, width=9),
        ColumnSpec(_("Số quyết định"), width=18),
        ColumnSpec(_("Ngày quyết định"), ColumnKind.DATE, width=14),
        ColumnSpec(_("Cơ quan ban hành"), width=30),
        ColumnSpec(_("Người ký"), width=22),
        ColumnSpec(_("Số vào sổ bằng"), width=16),
        ColumnSpec(_("Phong trào"), width=30),
        ColumnSpec(_("Tình trạng"), width=16),
    )
    return given(name, [SheetSpec(_("Sổ khen"), columns, cells_of(rows))])


def cells_of(rows: Iterable[Honour]) -> Iterator[list[Any]]:
    states = dict(Honour.State.choices)
    for row in rows:
        yield [
            row.name,
            row.get_kind_display(),
            row.place.name,
            row.award_label,
            row.award,
            row.get_type_display(),
            row.get_level_display(),
            str(row.period_from),
            str(row.period_to),
            row.number,
            row.decided_on,
            row.issuer,
            row.signer,
            row.certificate_number,
            row.movement,
            str(states[getattr(row, "state_on", row.state)]),
        ]


@require_GET
def decision(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Show every honour of one decision that the reader may see."""
    document = Document.objects.filter(pk=pk).first()
    rows = of_decision(request.user, document) if document else Honour.objects.none()
    if request.GET.get("format") == "xlsx" and document and rows.exists():
        rows = rows.filter(within_export(request, "place__"))
        note_taken_out(request, {"decision": str(document.pk)})
        return workbook(rows.iterator(chunk_size=2000), "quyet-dinh-khen.xlsx")
    number = page_number(request.GET)
    shown = page_of(rows, number, LONG)
    if document is None or not shown.rows:
        raise Http404
    counts = (
        rows.order_by().values_list("award", "kind").annotate(number=Count("pk")).order_by("award", "kind")
    )
    context = {
        "document": document,
        "rows": shown.rows,
        "first": shown.rows[0],
        "counts": [(label_of(award), word(Honour.Kind, kind), count) for award, kind, count in counts],
        "pager": pager_of(request.GET, shown, LONG, sizes=(LONG,)),
        "states": STATES,
        "may_enter": scope_of(request.user).allows_somewhere(WRITE),
        "may_export": scope_of(request.user).allows_somewhere("export"),
    }
    return page(request, "honours/decision.html", context)

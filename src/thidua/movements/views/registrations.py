"""A unit's registration sheet of a year: its lines, adding to it, its way to who stands above."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.core.text.folding import fold
from thidua.documents.docx_writer import docx_file
from thidua.documents.pdf_writer import pdf
from thidua.documents.workbook import ColumnSpec, SheetSpec
from thidua.exchange.giving import given
from thidua.exchange.services.exporting import note_export
from thidua.honours.catalogue import label_of
from thidua.movements import registration_permissions as permissions
from thidua.movements.models import Movement, Registration, RegistrationEntry
from thidua.movements.registering import EVENT_LABELS, LOOKS, NOT_BEGUN, STEPS, years_open
from thidua.movements.registration_forms import LinesFilter, MovementForm, ReasonForm
from thidua.movements.registration_papers import paper_of_registration
from thidua.movements.registration_problems import RegistrationRefusedError
from thidua.movements.selectors import registrations as selectors
from thidua.movements.selectors.registrations import (
    Asked,
    figures_of,
    lines_of,
    movements_for,
    page_of,
    stale_lines,
)
from thidua.movements.services import registering
from thidua.movements.services.registration_gaps import still_to_do
from thidua.movements.views.access import account, uuid_or_404
from thidua.organisations.models import Unit
from thidua.organisations.permissions import not_allowed, require, scope_of
from thidua.organisations.views.answers import changed_sentence, show_refusal, version_seen
from thidua.records.days import today
from thidua.records.models import ChangedMeanwhileError
from thidua.ui.flash import say_done, say_wrong
from thidua.ui.parts import Chip, changed, page_number, pager_of, size_asked
from thidua.ui.rendering import page

WRITERS = {"docx": docx_file, "pdf": pdf}


def year_or_404(year: int) -> int:
    if year not in years_open(today()):
        raise Http404
    return year


def unit_and_sheet(request: HttpRequest, unit_id: UUID, year: int) -> tuple[Unit, Registration | None]:
    """Return the unit and its sheet as far as the reader may see them; Http404 hides both alike."""
    year_or_404(year)
    unit, sheet = selectors.unit_and_sheet(unit_id, year)
    if unit is None:
        raise Http404
    if permissions.may_see_unit(request.user, unit):
        return unit, sheet
    if sheet and Registration.objects.filter(permissions.visible(request.user), pk=sheet.pk).exists():
        return unit, sheet
    raise Http404


def require_keeping(request: HttpRequest, unit: Unit) -> None:
    if not permissions.may_keep(request.user, unit):
        raise not_allowed(permissions.ACTION, unit)


def sheet_or_404(request: HttpRequest, unit_id: UUID, year: int) -> tuple[Unit, Registration]:
    unit, sheet = unit_and_sheet(request, unit_id, year)
    if sheet is None:
        raise Http404
    return unit, sheet


@require_GET
def registrations(request: HttpRequest) -> HttpResponse:
    """Lead each reader to the page they begin at: the units below, the own unit's sheet, the cluster, oneself."""
    asked = request.GET.get("year", "")
    year = next((one for one in years_open(today()) if str(one) == asked), today().year)
    scope = scope_of(request.user)
    tops = [grant for grant in scope.granting("view") if not grant.inherited]
    if tops:
        top = min(tops, key=lambda grant: grant.path.count("/"))
        below = Unit.objects.filter(parent=top.unit_id, is_small_collective=False).existing(today())
        name = "movements:coverage" if below.exists() else "movements:registration"
        return redirect(name, top.unit_id, year)
    if scope.cluster_ids:
        return redirect("movements:cluster_coverage", min(scope.cluster_ids))
    if scope.is_administrator or scope.is_auditor:
        first = Unit.objects.filter(parent=None).order_by("path").first()
        if first:
            return redirect("movements:coverage", first.pk, year)
    return redirect("movements:own_registration")


@require_GET
def registration(request: HttpRequest, unit_id: UUID, year: int) -> HttpResponseBase:
    """Show the sheet, or give its lines as a workbook with ``format=xlsx``."""
    unit, sheet = unit_and_sheet(request, unit_id, year)
    keeps = permissions.may_keep(request.user, unit)
    form = LinesFilter(request.GET)
    wishes = keeps and request.GET.get("part") == "wishes"
    asked = Asked(request.GET.get("q", "").strip(), form.value("award"), form.value("kind"), wishes)
    sheets = Registration.objects.filter(unit=unit, year=year)
    rows = lines_of(sheets, asked)
    if request.GET.get("format") == "xlsx":
        require(request.user, "export", unit)
        note_export(account(request), "export.registration", unit, {"year": str(year)})
        return workbook(rows, f"dang-ky-thi-dua-{year}.xlsx")
    size = size_asked(request.GET)
    shown = page_of(rows, page_number(request.GET), size)
    numbers, wish_count = figures_of(sheets)
    stale = stale_lines(sheet, on=today()) if sheet and permissions.may_edit(request.user, sheet) else []
    context = {
        "rows": shown.rows,
        "pager": pager_of(request.GET, shown, size),
        "form": form,
        "asked": asked,
        "chips": chips(request, asked),
        "numbers": numbers,
        "wish_count": wish_count if keeps else 0,
        "empty_sheet": not numbers and not (wish_count and keeps),
        "to_do": [one.text() for one in still_to_do(len(numbers), wish_count, stale)],
        "stale": {one.pk for one in stale},
        "add_url": reverse("movements:registration_add", args=[unit.pk, year]),
        "may_export": scope_of(request.user).allows("export", unit),
        "label_of": label_of,
    }
    return page(
        request, "movements/registration.html", context | around(request, unit, year, sheet), block="list"
    )


def around(request: HttpRequest, unit: Unit, year: int, sheet: Registration | None) -> dict[str, Any]:
    """Return what the head of the page shows: state, steps, movement, what was done when."""
    keeps = permissions.may_keep(request.user, unit)
    acts = permissions.open_steps(request.user, sheet) if sheet else []
    edits = permissions.may_edit(request.user, sheet) if sheet else keeps
    movements = movements_for(unit, year) if keeps and sheet and edits else []
    # What a cluster reads is the sheet, not the way it came.
    sees_unit = permissions.may_see_unit(request.user, unit)
    return {
        "unit": unit,
        "year": year,
        "sheet": sheet,
        "state_label": sheet.get_state_display() if sheet else NOT_BEGUN,
        "look": LOOKS[sheet.state if sheet else ""],
        "acts": acts,
        "steps": STEPS,
        "main": next((act for act in ("accept", "send") if act in acts), ""),
        "edits": edits,
        "keeps": keeps,
        "events": list(sheet.events.all()) if sheet and sees_unit else [],
        "event_labels": EVENT_LABELS,
        "movement_form": movement_form(sheet, movements) if sheet and movements else None,
        "sees_above": bool(unit.parent and permissions.may_see_unit(request.user, unit.parent)),
        "sees_unit": sees_unit,
        "this_year": today().year,
    }


def movement_form(sheet: Registration, movements: list[Movement]) -> MovementForm:
    chosen = str(sheet.movement_id or "")
    return MovementForm(movements, initial={"movement": chosen, "version": sheet.version})


def chips(request: HttpRequest, asked: Asked) -> list[Chip]:
    in_force = [
        ("q", _("Tên"), asked.query),
        ("award", _("Danh hiệu, hình thức"), label_of(asked.award) if asked.award else ""),
        ("kind", _("Đối tượng"), {"person": _("Cá nhân"), "collective": _("Tập thể")}.get(asked.kind, "")),
    ]
    return [
        Chip(label, value, changed(request.GET, **{name: None})) for name, label, value in in_force if value
    ]


def workbook(rows: Iterable[RegistrationEntry], name: str) -> FileResponse:
    columns = (
        ColumnSpec(_("Họ và tên"), width=28),
        ColumnSpec(_("Tập thể"), width=36),
        ColumnSpec(_("Chức vụ"), width=26),
        ColumnSpec(_("Đơn vị"), width=34),
        ColumnSpec(_("Danh hiệu, hình thức"), width=34),
        ColumnSpec(_("Ghi chú"), width=30),
    )
    return given(name, [SheetSpec(_("Đăng ký"), columns, cells_of(rows))])


def cells_of(rows: Iterable[RegistrationEntry]) -> Iterator[list[Any]]:
    for row in rows:
        person = row.person is not None
        unit = row.person.unit if row.person else (row.collective.parent if row.collective else None)
        yield [
            row.name if person else "",
            "" if person else row.name,
            row.position,
            unit.name if unit else "",
            label_of(row.award),
            row.note,
        ]


def back(unit: Unit, year: int) -> HttpResponse:
    return redirect("movements:registration", unit.pk, year)


@require_POST
def registration_lines(request: HttpRequest, unit_id: UUID, year: int) -> HttpResponse:
    """Take the ticked lines off, or the ticked wishes in."""
    unit, sheet = sheet_or_404(request, unit_id, year)
    require_keeping(request, unit)
    chosen = [uuid_or_404(text) for text in request.POST.getlist("selected")]
    if not chosen:
        say_wrong(request, _("Chưa chọn dòng nào."))
        return back(unit, year)
    try:
        if request.POST.get("act") == "take_in":
            count = registering.take_in(account(request), sheet, chosen)
            said = ngettext(
                "Đã lấy %(n)s nguyện vọng vào bản đăng ký.",
                "Đã lấy %(n)s nguyện vọng vào bản đăng ký.",
                count,
            )
        else:
            count = registering.remove(account(request), sheet, chosen)
            said = ngettext("Đã bỏ %(n)s dòng.", "Đã bỏ %(n)s dòng.", count)
    except RegistrationRefusedError as error:
        tell_refusal(request, error)
    else:
        say_done(request, said % {"n": count})
    return back(unit, year)


def tell_refusal(request: HttpRequest, error: RegistrationRefusedError) -> None:
    for problem in error.problems:
        say_wrong(request, problem.text())


@require_http_methods(["GET", "POST"])
def registration_step(request: HttpRequest, unit_id: UUID, year: int, act: str) -> HttpResponse:
    """Make a step: send, take back, accept; returning asks for its reason first."""
    unit, sheet = sheet_or_404(request, unit_id, year)
    if act not in STEPS:
        raise Http404
    if not permissions.may(request.user, act, unit):
        place = unit.parent if STEPS[act].above and unit.parent else unit
        raise not_allowed(permissions.ACTION, place)
    if act == "return":
        return send_back(request, unit, sheet)
    if request.method != "POST":
        return back(unit, year)
    do = {"send": registering.send, "take_back": registering.take_back, "accept": registering.accept}[act]
    try:
        do(account(request), sheet, version=version_seen(request))
    except RegistrationRefusedError as error:
        tell_refusal(request, error)
    except ChangedMeanwhileError as error:
        say_wrong(request, changed_sentence(error))
    else:
        say_done(request, done_words(act, unit))
    return back(unit, year)


def done_words(act: str, unit: Unit) -> str:
    if act == "accept":
        return _("Đã nhận bản đăng ký của %(unit)s.") % {"unit": unit.name}
    if act == "take_back":
        return _("Đã lấy lại bản đăng ký. Sửa xong thì gửi lại.")
    if unit.parent is None:
        return _("Đã gửi bản đăng ký.")
    return _("Đã gửi bản đăng ký tới %(unit)s.") % {"unit": unit.parent.name}


def send_back(request: HttpRequest, unit: Unit, sheet: Registration) -> HttpResponse:
    form = ReasonForm(request.POST or None, initial={"version": sheet.version})
    if form.is_valid():
        said = form.cleaned_data
        try:
            registering.send_back(account(request), sheet, said["reason"], version=said["version"])
        except (RegistrationRefusedError, ChangedMeanwhileError) as error:
            show_refusal(form, error)
        else:
            say_done(request, _("Đã trả lại; đơn vị nhận được lý do."))
            return back(unit, sheet.year)
    context = {"form": form, "unit": unit, "year": sheet.year, "label": STEPS["return"].label}
    status = 422 if form.is_bound else 200
    return page(request, "movements/registration_step.html", context, status=status)


@require_POST
def registration_movement(request: HttpRequest, unit_id: UUID, year: int) -> HttpResponse:
    """Say which movement the sheet answers to."""
    unit, sheet = sheet_or_404(request, unit_id, year)
    require_keeping(request, unit)
    movements = movements_for(unit, year)
    form = MovementForm(movements, request.POST)
    if not form.is_valid():
        say_wrong(request, _("Chọn một phong trào trong danh sách."))
        return back(unit, year)
    chosen = next((one for one in movements if str(one.pk) == form.cleaned_data["movement"]), None)
    try:
        registering.set_movement(account(request), sheet, chosen, version=form.cleaned_data["version"])
    except RegistrationRefusedError as error:
        tell_refusal(request, error)
    except ChangedMeanwhileError as error:
        say_wrong(request, changed_sentence(error))
    else:
        say_done(request, _("Đã lưu."))
    return back(unit, year)


@require_GET
def registration_paper(request: HttpRequest, unit_id: UUID, year: int, kind: str) -> HttpResponseBase:
    """Give the sheet as .docx or PDF in the State's layout; who took it out is logged before anything is given.

    It names everybody on it: to be taken out by who may take lists out, and by who leads the cluster it was sent to.
    """
    unit, sheet = sheet_or_404(request, unit_id, year)
    if kind not in WRITERS:
        raise Http404
    if not permissions.may_take_out(request.user, sheet):
        raise not_allowed("export", unit)
    note_export(account(request), "export.registration", unit, {"year": str(year), "kind": kind})
    written = WRITERS[kind](paper_of_registration(sheet))
    name = slugify(fold(f"ban-dang-ky-thi-dua-{year}-{sheet.unit.short_name or sheet.unit.name}"))[:80]
    response = FileResponse(BytesIO(written), as_attachment=True, filename=f"{name}.{kind}")
    response["Content-Length"] = str(len(written))
    return response

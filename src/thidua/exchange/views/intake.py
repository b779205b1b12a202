"""A file is dropped, and its columns are settled."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thidua.documents.errors import DocumentError
from thidua.exchange.fields import missing_fields
from thidua.exchange.forms import ColumnsForm, FileForm, PlaceForm, initial_of
from thidua.exchange.importers import Importer, importer_of
from thidua.exchange.models import Import
from thidua.exchange.permissions import importer_for
from thidua.exchange.services import intake
from thidua.exchange.services.states import AlreadyHandledError
from thidua.exchange.tasks import begin
from thidua.exchange.views.access import account, sentence_of, tell_handled, version_of, visible_import
from thidua.library.services import FileTooLargeError
from thidua.ui.rendering import page


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, target: str) -> HttpResponse:
    """Take a file in; one with headings known from before goes straight to its preview."""
    importer = importer_for(request.user, target)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    options = options_asked(request, importer)
    if request.method == "POST" and form.is_valid() & options.is_valid():
        upload = form.cleaned_data["file"]
        try:
            batch = intake.receive(
                importer, upload, upload.name or "", options=importer.options(options), by=account(request)
            )
        except DocumentError as error:
            form.add_error("file", sentence_of(error))
        except FileTooLargeError as error:
            form.add_error("file", too_large(error))
        else:
            return after_intake(request, importer, batch)
    context = {"importer": importer, "form": form, "options": options}
    failed = bool(form.errors or options.errors)
    return page(request, "exchange/start.html", context, status=422 if failed else 200)


def options_asked(request: HttpRequest, importer: Importer) -> Form:
    """Return the form of options, begun with what the address of the page one comes from says."""
    if request.method == "POST":
        return importer.options_form(request.user, request.POST)
    return importer.options_form(request.user, None, request.GET.dict() or None)


def too_large(error: FileTooLargeError) -> str:
    sentence = _("Tệp lớn hơn %(limit)s MB. Bỏ hình ảnh trong tệp hoặc tách thành nhiều tệp rồi gửi lại.")
    return sentence % {"limit": error.limit >> 20}


def after_intake(request: HttpRequest, importer: Importer, batch: Import) -> HttpResponse:
    if not intake.known_mapping(batch):
        return redirect("exchange:columns", pk=batch.pk)
    settled = intake.Columns(batch.sheet, batch.header_row, tuple(batch.headings), batch.mapping)
    options = None if importer.options_shown(batch.scope) else known_options(request, importer, batch)
    try:
        batch = intake.choose_columns(
            importer, batch, settled, by=account(request), version=batch.version, options=options
        )
    except intake.NoColumnsError:
        return redirect("exchange:columns", pk=batch.pk)
    messages.info(request, _("Các cột được nhận theo lần nhập trước của bạn với tiêu đề giống hệt."))
    if options:
        filled = "; ".join(f"{name}: {value}" for name, value in importer.options_shown(options))
        sentence = _("Ô trống được điền như lần trước – %(filled)s. Muốn khác thì bấm Sửa cột.")
        messages.info(request, sentence % {"filled": filled})
    begin(batch)
    return redirect("exchange:import", pk=batch.pk)


def known_options(request: HttpRequest, importer: Importer, batch: Import) -> dict[str, Any] | None:
    """Return what filled blanks last time; None where nothing did, or the visitor may no longer choose it."""
    known = intake.known_options(batch)
    if not known or not importer.options_shown(known):
        return None
    given = importer.options_given(request.user, known)
    return known if all(given.get(name) for name in known if known[name]) else None


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show which column is taken for which field, and take corrections."""
    batch = visible_import(request, pk)
    if batch.status not in intake.CHOOSING:
        return redirect("exchange:import", pk=pk)
    importer = importer_of(batch)
    place, asked = place_asked(request, importer, batch)
    first = intake.first_rows_of(batch, asked.sheet)
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        initial=initial_of(asked.mapping),
        fields=importer.fields_for(request.user),
        headings=asked.headings,
        first=first,
        header_row=asked.header_row,
    )
    options = blanks_form(request, importer, batch)
    if request.method == "POST" and form.is_valid() and (options is None or options.is_valid()):
        given = importer.options(options) if options else None
        if chosen(request, importer, batch, asked, form, given):
            return redirect("exchange:import", pk=pk)
    filled = importer.filled_by(batch.scope)
    missing = missing_fields(importer.fields_for(request.user), asked.mapping, filled)
    context = {
        "batch": batch,
        "importer": importer,
        "place": place,
        "form": form,
        "options": options,
        "asked": asked,
        "rows": [(column, form[column["name"]]) for column in form.columns],
        "missing": [str(field.label) for field in missing],
        "updates_only": any(key in asked.mapping for key in importer.keys),
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "exchange/columns.html", context, status=status)


def blanks_form(request: HttpRequest, importer: Importer, batch: Import) -> Form | None:
    """Return the form of what fills blank cells, begun with what was said with the file; None: nothing does."""
    if not importer.fills_blanks:
        return None
    data = request.POST if request.method == "POST" and "blanks" in request.POST else None
    if request.method == "POST" and data is None:
        return None
    return importer.options_form(request.user, data, importer.options_given(request.user, batch.scope))


def place_asked(request: HttpRequest, importer: Importer, batch: Import) -> tuple[PlaceForm, intake.Columns]:
    """Return where the headings are to be read; what the address or form does not say stays as it is."""
    given = request.POST if request.method == "POST" else request.GET
    sheet = given.get("sheet", batch.sheet)
    if sheet not in [each["name"] for each in batch.sheets]:
        sheet = batch.sheet
    text = given.get("row", "")
    row = int(text) if text.isdecimal() and text.isascii() and len(text) < 8 else None  # noqa: PLR2004 - no row number
    asked = intake.Columns(batch.sheet, batch.header_row, tuple(batch.headings), batch.mapping)
    if row is not None and given.get("was") == sheet:
        if (sheet, row) != (asked.sheet, asked.header_row):
            asked = intake.columns_at(importer, batch, account(request), sheet, row)
    elif sheet != asked.sheet:
        asked = intake.columns_found(importer, batch, account(request), sheet)
    form = PlaceForm(
        initial={"sheet": asked.sheet, "row": asked.header_row},
        sheets=batch.sheets,
        first=intake.first_rows_of(batch, asked.sheet),
    )
    return form, asked


def chosen(
    request: HttpRequest,
    importer: Importer,
    batch: Import,
    asked: intake.Columns,
    form: ColumnsForm,
    options: Mapping[str, Any] | None,
) -> bool:
    """Settle the columns of a valid form and begin reading; False when they do not do."""
    if twice := form.chosen_twice():
        sentence = _("Mục %(names)s được chọn cho nhiều cột. Mỗi mục chỉ lấy từ một cột.")
        form.add_error(None, sentence % {"names": ", ".join(twice)})
        return False
    settled = intake.Columns(asked.sheet, asked.header_row, asked.headings, form.mapping())
    try:
        batch = intake.choose_columns(
            importer, batch, settled, by=account(request), version=version_of(request), options=options
        )
    except intake.NoColumnsError as error:
        form.add_error(None, _(error.sentence) % error.facts)
        return False
    except AlreadyHandledError as error:
        tell_handled(request, error.batch)
        return True
    begin(batch)
    return True

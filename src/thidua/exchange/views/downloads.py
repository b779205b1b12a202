"""Workbooks given out: templates, refused rows, lists as filtered."""

from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.core.text.folding import fold
from thidua.exchange.giving import given, given_by
from thidua.exchange.importers import importer_of
from thidua.exchange.permissions import exporter_for, importer_for
from thidua.exchange.services.exporting import note_export
from thidua.exchange.views.access import account, visible_import
from thidua.exchange.workbooks import write_refused, write_template
from thidua.records.days import today


@require_GET
def template(request: HttpRequest, target: str) -> FileResponse:
    importer = importer_for(request.user, target)
    name = _("mau-nhap") + f"-{file_name(str(importer.title))}.xlsx"
    return given_by(name, lambda out: write_template(importer, request.user, out))


@require_GET
def refused(request: HttpRequest, pk: UUID) -> FileResponse:
    """Give the rows that were not taken, with the reasons, to be mended and brought in again."""
    batch = visible_import(request, pk)
    importer = importer_of(batch)
    note_export(account(request), "import.refused_rows", batch, {"file": batch.file.name})
    name = _("dong-khong-nhan") + f"-{file_name(batch.file.name.rpartition('.')[0])}.xlsx"
    return given_by(name, lambda out: write_refused(importer, request.user, batch, out))


@require_GET
def export(request: HttpRequest, target: str) -> FileResponse:
    """Give a list as it is filtered; who took what out is logged before anything is given."""
    exporter = exporter_for(request.user, target)
    exported = exporter.export(request.user, request.GET)
    note_export(account(request), f"export.{target}", account(request), exported.details)
    name = f"{file_name(exported.name)}-{today():%Y%m%d}.xlsx"
    return given(name, exported.sheets, title=exported.title, made_at=timezone.now())


def file_name(text: str) -> str:
    return slugify(fold(text)) or "bang"

"""Small makers of files and imports for these tests."""

from datetime import date
from io import BytesIO
from itertools import count

import xlsxwriter

from thidua.exchange.importers import importer_named
from thidua.exchange.models import Import
from thidua.exchange.services import intake, previewing, saving, undoing

PEOPLE = ("Số hiệu", "Họ và tên", "Ngày sinh", "Giới tính", "Đơn vị", "Chức vụ", "Đối tượng", "Từ ngày")
NO_OPTIONS = {"unit": "", "unit_name": "", "valid_from": "", "staff_kind": "", "position": ""}
SINCE = date(2020, 1, 1)

_codes = count(1)


def workbook(*rows, sheet="Danh sách", merged=()):
    """Return the bytes of an .xlsx with ``rows`` from the first line on; ``merged`` are ranges."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        page.write_row(number, 0, ["" if cell is None else cell for cell in row])
    for first_row, first_column, last_row, last_column, text in merged:
        page.merge_range(first_row, first_column, last_row, last_column, text)
    book.close()
    return out.getvalue()


def person_row(
    name="Lê An", unit="Phòng A", *, code=None, born="02/9/1985", position="Chuyên viên", since=SINCE
):
    code = f"CB-{next(_codes):04}" if code is None else code
    return (code, name, born, "Nam", unit, position, "Công chức", since)


def taken_in(user, content, *, target="people", name="danh-sach.xlsx", **options):
    importer = importer_named(target)
    given = (NO_OPTIONS if target == "people" else {}) | options
    return intake.receive(importer, content, name, options=given, by=user)


def previewed(user, content, *, target="people", mapping=None, **options):
    """Take a file in and read it with the columns recognised, or with ``mapping``."""
    return read(user, taken_in(user, content, target=target, **options), mapping=mapping)


def read(user, batch, *, mapping=None):
    columns = intake.Columns(batch.sheet, batch.header_row, tuple(batch.headings), mapping or batch.mapping)
    importer = importer_named(batch.target)
    intake.choose_columns(importer, batch, columns, by=user, version=batch.version)
    previewing.read(batch.pk)
    return Import.objects.get(pk=batch.pk)


def saved(user, batch):
    saving.confirm(batch, by=user, version=batch.version)
    saving.save_rows(batch.pk)
    return Import.objects.get(pk=batch.pk)


def undone(user, batch):
    undoing.begin_undo(batch, by=user, version=batch.version)
    undoing.undo_rows(batch.pk)
    return Import.objects.get(pk=batch.pk)


def codes_of(batch):
    """Return for each row by its number the codes of its problems."""
    return {
        row.number: [problem["code"] for problem in row.problems] for row in batch.rows.order_by("number")
    }


def outcomes(batch):
    return {row.number: row.outcome for row in batch.rows.order_by("number")}


def changes(batch):
    return {row.number: row.changes for row in batch.rows.order_by("number") if row.changes}


def file_given(answer):
    """Return the bytes of a file that was answered; closing the answer itself would close the database too."""
    content = b"".join(answer.streaming_content)
    for close in answer._resource_closers:
        close()
    answer._resource_closers.clear()
    return content

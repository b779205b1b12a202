"""Workbooks of an import: the template to fill in, and the rows that were not taken with the reasons."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from django.utils.translation import gettext as _

from thidua.documents.workbook import ColumnKind, ColumnSpec, SheetSpec, Value, write_xlsx
from thidua.exchange.cells import Raw
from thidua.exchange.fields import Field, FieldKind
from thidua.exchange.importers import Importer, User
from thidua.exchange.models import Import
from thidua.exchange.selectors import cell_shown, refused_rows, sentences_of

BLANK_ROWS = 1_000
REASON_WIDTH = 60
_KINDS = {
    FieldKind.DAY: ColumnKind.DATE,
    FieldKind.LOOSE_DAY: ColumnKind.DATE,
    FieldKind.WHOLE: ColumnKind.WHOLE,
}


def column_of(field: Field, choices: tuple[str, ...] = ()) -> ColumnSpec:
    """Return the column of a workbook for ``field``; ``choices`` are offered besides its own."""
    own = tuple(str(choice.label) for choice in field.choices)
    if field.kind is FieldKind.YES_NO:
        own = ("Có", "Không")
    return ColumnSpec(str(field.label), _KINDS.get(field.kind, ColumnKind.TEXT), field.width, own or choices)


def write_template(importer: Importer, user: User, out: BinaryIO) -> None:
    """Write the workbook to be filled in: headings with lists, and a sheet that explains each column."""
    fields = [field for field in importer.fields_for(user) if field.in_template]
    offered = importer.template_choices(user)
    columns = tuple(column_of(field, offered.get(field.name, ())) for field in fields)
    write_xlsx(
        out,
        [
            SheetSpec(str(importer.title), columns, [], blank_rows=BLANK_ROWS),
            SheetSpec(_("Hướng dẫn"), notes_columns(), notes(fields)),
        ],
        title=str(importer.title),
    )


def notes_columns() -> tuple[ColumnSpec, ...]:
    return (
        ColumnSpec(_("Cột"), width=28),
        ColumnSpec(_("Bắt buộc"), width=14),
        ColumnSpec(_("Cách ghi"), width=70),
        ColumnSpec(_("Ví dụ"), width=34),
    )


def notes(fields: Sequence[Field]) -> Iterator[tuple[str, ...]]:
    for field in fields:
        required = _("Có, khi thêm mới") if field.required else _("Không")
        yield str(field.label), required, how_to_write(field), field.example
    yield _("Ô trống"), "", _("Giữ nguyên giá trị đang có. Ghi (xóa) để bỏ giá trị cũ."), _("(xóa)")
    yield _("Tên cột"), "", _("Đổi thứ tự, bỏ bớt cột hoặc thêm cột khác đều được."), ""


def how_to_write(field: Field) -> str:
    """Return the rule of the field, and its choices where it has any."""
    rule = str(field.help)
    if field.kind in (FieldKind.DAY, FieldKind.LOOSE_DAY):
        rule = f"{rule} {_('Ghi ngày/tháng/năm.')}"
    if field.choices:
        rule = f"{rule} {'; '.join(str(choice.label) for choice in field.choices)}."
    return rule.strip()


def write_refused(importer: Importer, user: User, batch: Import, out: BinaryIO) -> None:
    """Write the rows that were not taken, cells as they came, each with its row number and the reasons."""
    fields = [field for field in importer.fields_for(user) if field.name in batch.mapping]
    columns = [ColumnSpec(_("Dòng trong tệp"), ColumnKind.WHOLE, 10)]
    columns += [ColumnSpec(heading_of(batch, field), width=field.width) for field in fields]
    columns.append(ColumnSpec(_("Lý do không nhận"), width=REASON_WIDTH))
    rows = refused_cells(importer, batch, fields)
    write_xlsx(out, [SheetSpec(_("Dòng không nhận"), tuple(columns), rows)], title=batch.file.name)


def heading_of(batch: Import, field: Field) -> str:
    """Return the heading as the file had it, so that the mended rows come in by the same columns."""
    column = batch.mapping[field.name]
    own = batch.headings[column] if column < len(batch.headings) else ""
    return own or str(field.label)


def refused_cells(importer: Importer, batch: Import, fields: Sequence[Field]) -> Iterator[list[Value]]:
    for row in refused_rows(batch):
        reasons = "\n".join(sentence.text for sentence in sentences_of(importer, row))
        cells: list[Value] = [cell_of(row.values[f.name]) if f.name in row.values else None for f in fields]
        yield [row.number, *cells, reasons]


def cell_of(raw: Raw) -> Value:
    return raw if isinstance(raw, int | float) and not isinstance(raw, bool) else cell_shown(raw)

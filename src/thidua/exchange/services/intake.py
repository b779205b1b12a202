"""A file comes in: kept, surveyed, its columns recognised or chosen by the clerk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from thidua.audit.services import record
from thidua.documents.errors import DocumentError
from thidua.documents.workbook_reader import MOST_MEGABYTES
from thidua.exchange.fields import missing_fields
from thidua.exchange.headings import Recognised, fingerprint, recognise, recognise_at
from thidua.exchange.importers import Importer, User
from thidua.exchange.models import Import, KnownMapping
from thidua.exchange.services.states import Status, take
from thidua.exchange.tables import Sheet, survey
from thidua.library.services import Chunked, forget_file, store_file

CHOOSING = (Status.UPLOADED, Status.PREVIEWED)
READ_BEFORE = (Status.PREVIEWED, Status.RUNNING, Status.STOPPED, Status.DONE, Status.UNDONE)
UPLOAD_LIMIT = MOST_MEGABYTES << 20
_LETTERS = 26


class NoColumnsError(Exception):
    """The columns chosen do not tell enough; ``sentence`` is Vietnamese with ``facts``."""

    def __init__(self, sentence: str, **facts: str) -> None:
        super().__init__(sentence % facts)
        self.sentence, self.facts = sentence, facts


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the headings stand and which column is which field."""

    sheet: str
    header_row: int
    headings: tuple[str, ...]
    mapping: Mapping[str, int]


def receive(
    importer: Importer,
    content: Chunked | bytes,
    name: str,
    *,
    options: Mapping[str, Any],
    by: User,
) -> Import:
    """Keep the file and recognise its columns; nothing of it is imported yet.

    Raises FileTooLargeError, DocumentError.
    """
    file = store_file(content, name, by=by, limit=UPLOAD_LIMIT)
    try:
        sheets = survey(file)
    except DocumentError:
        forget_file(file)
        raise
    fields = importer.fields_for(by)
    found = [(sheet, recognise(fields, sheet.first)) for sheet in sheets]
    sheet, recognised = max(found, key=lambda pair: (pair[1].score, pair[0].rows))
    with transaction.atomic():
        batch = Import(target=importer.target, scope=dict(options), file=file, by=by)
        batch.sheets = [each.as_json() for each in sheets]
        set_columns(batch, columns_of(sheet, recognised))
        remembered = known_mapping(batch)
        batch.mapping = remembered or batch.mapping
        batch.save()
        record(by, "import.uploaded", batch, details={"target": importer.target, "rows": batch.total})
    return batch


def columns_of(sheet: Sheet, recognised: Recognised) -> Columns:
    width = max((len(cells) for _number, cells in sheet.first), default=0)
    headings = recognised.headings or ("",) * width
    return Columns(sheet.name, recognised.row, headings, recognised.mapping)


def set_columns(batch: Import, columns: Columns) -> None:
    batch.sheet, batch.header_row = columns.sheet, columns.header_row
    batch.headings, batch.mapping = list(columns.headings), dict(columns.mapping)
    first = first_rows_of(batch)
    above = sum(number <= columns.header_row for number, _cells in first)
    batch.total = max(kept_sheet(batch)["rows"] - above, 0)


def kept_sheet(batch: Import) -> dict[str, Any]:
    return next(sheet for sheet in batch.sheets if sheet["name"] == batch.sheet)


def first_rows_of(batch: Import, sheet: str | None = None) -> list[tuple[int, tuple[Any, ...]]]:
    """Return the first rows of a sheet (the chosen one when left out) as kept with the import."""
    name = batch.sheet if sheet is None else sheet
    kept = next((each for each in batch.sheets if each["name"] == name), None)
    return [(number, tuple(cells)) for number, cells in kept["first"]] if kept else []


def known_mapping(batch: Import) -> dict[str, int]:
    """Return what the same person chose last time for the same headings."""
    if not any(batch.headings):
        return {}
    known = KnownMapping.objects.filter(
        by=batch.by, target=batch.target, fingerprint=fingerprint(batch.headings)
    ).first()
    return dict(known.mapping) if known else {}


def known_options(batch: Import) -> dict[str, Any]:
    """Return what filled blank cells the last time the same person brought the same headings in."""
    earlier = Import.objects.filter(
        by=batch.by, target=batch.target, headings=batch.headings, status__in=READ_BEFORE
    )
    last = earlier.exclude(pk=batch.pk).order_by("-made_at").first()
    return dict(last.scope) if last else {}


def columns_at(importer: Importer, batch: Import, by: User, sheet: str, row: int) -> Columns:
    """Return the columns as recognised with the headings where the clerk says; writes nothing."""
    first = first_rows_of(batch, sheet)
    found = recognise_at(importer.fields_for(by), first, row) if row else Recognised()
    width = max((len(cells) for _number, cells in first), default=0)
    return Columns(sheet, row, found.headings or ("",) * width, found.mapping)


def columns_found(importer: Importer, batch: Import, by: User, sheet: str) -> Columns:
    """Return the columns of another sheet as recognised; writes nothing."""
    first = first_rows_of(batch, sheet)
    return columns_of(Sheet(sheet, first), recognise(importer.fields_for(by), first))


@transaction.atomic
def choose_columns(
    importer: Importer,
    batch: Import,
    columns: Columns,
    *,
    by: User,
    version: int,
    options: Mapping[str, Any] | None = None,
) -> Import:
    """Settle the columns and let the reading begin (``previewing.read`` does it).

    ``options`` take the place of those given with the file; None keeps them.

    Raises NoColumnsError, AlreadyHandledError.
    """
    scope = batch.scope if options is None else dict(options)
    check_columns(importer, by, columns.mapping, scope)
    batch = take(batch.pk, among=CHOOSING, version=version)
    set_columns(batch, columns)
    batch.scope = scope
    batch.status, batch.done, batch.problem, batch.counts = Status.READING, 0, "", {}
    batch.save()
    remember(batch, by)
    return batch


def check_columns(
    importer: Importer, by: User, mapping: Mapping[str, int], options: Mapping[str, Any]
) -> None:
    """Raise NoColumnsError unless new rows can be made, or rows there already be found, with ``mapping``."""
    missing = missing_fields(importer.fields_for(by), mapping, importer.filled_by(options))
    if missing and not any(key in mapping for key in importer.keys):
        names = ", ".join(f"“{field.label}”" for field in missing)
        raise NoColumnsError(_("Chưa có cột cho %(names)s. Chọn cột trong tệp cho các mục này."), names=names)
    twice = repeated(mapping)
    if twice:
        raise NoColumnsError(
            _("Cột %(column)s được chọn cho nhiều mục. Mỗi cột chỉ dùng một lần."), column=twice
        )


def repeated(mapping: Mapping[str, int]) -> str:
    columns: Sequence[int] = list(mapping.values())
    return next((column_letter(column) for column in columns if columns.count(column) > 1), "")


def column_letter(column: int) -> str:
    """Name a column (from 0) as spreadsheets do: A, B … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def remember(batch: Import, by: User) -> None:
    if any(batch.headings):
        KnownMapping.objects.update_or_create(
            by=by,
            target=batch.target,
            fingerprint=fingerprint(batch.headings),
            defaults={"mapping": batch.mapping},
        )

"""Reads the tables of .xlsx, .xls, .ods and .csv files as rows with their place.

Made for files from outside: what would swell is refused before it is opened, since the library beneath
lays out every sheet as a full rectangle. Pages read through ``workbook_isolated``, which adds bounds of
memory and time.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from thidua.core.text.decoding import NotTextError, decode
from thidua.core.text.legacy import Encoding, detect, repair_line
from thidua.core.text.normal import normal
from thidua.documents.errors import N_, EncryptedFileError, MissingFileError
from thidua.documents.package import Package
from thidua.documents.workbook_errors import (
    BrokenTableError,
    EmptyTableError,
    NotATableError,
    TableFileTooLargeError,
    TooManyCellsError,
)

MOST_MEGABYTES = 30
MOST_CELLS = 3_000_000  # of one sheet, empty ones within its rectangle counted

XLSX, XLS, ODS, CSV = (
    N_("bảng tính Excel .xlsx"),
    N_("bảng tính Excel cũ .xls"),
    N_("bảng tính .ods"),
    N_("bảng .csv"),
)

Cell = str | int | float | bool | date | datetime | clock_time | timedelta | None

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OF_SHEETS = (".xlsx", ".xlsm", ".xls", ".ods")
_BETWEEN_CELLS = (b",", b";", b"\t")
_LOOKED_AT = 1 << 16  # bytes
_NO_TEXT = (
    (b"%PDF-", N_("tệp PDF")),
    (b"\x89PNG", N_("ảnh PNG")),
    (b"\xff\xd8\xff", N_("ảnh JPEG")),
    (b"{\\rtf", N_("văn bản RTF")),
)
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
_ROW_NUMBER = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=\"(\d{1,9})\"")
_WIDE_COLUMN = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=\"([A-Z]{2,})\d")
_CELL = re.compile(rb"<(?:\w+:)?c[ />]")
_ONE_LETTER_COLUMNS = 26
_DELIMITERS = ";,\t|"
_SAMPLE_LINES = 50
_SAMPLE_CELLS = 300
_EXACT_FLOAT = 2**53


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the sheet's name, the row's number as Excel shows it, its cells; a cell without a value is None.

    Texts are in normal form without blanks at the ends. Dates and hours come typed where the file has
    them so; a .csv has texts alone. ``repaired`` names the legacy encoding its texts were repaired from.
    """

    sheet: str
    number: int
    cells: tuple[Cell, ...]
    repaired: str = field(default="", compare=False)


def read_rows(path: Path, *, name: str | None = None) -> Iterator[Row]:
    """Yield the rows of every visible sheet of the file at ``path``, empty rows left out.

    Raises a DocumentError for what cannot be read; also after some rows, when a later sheet is the trouble.
    """
    shown = name or path.name
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MOST_MEGABYTES << 20 else b""
    except OSError as error:
        raise MissingFileError(name=shown) from error
    if size > MOST_MEGABYTES << 20:
        raise TableFileTooLargeError(name=shown, megabytes=size >> 20, limit=MOST_MEGABYTES)
    found = False
    for row in _rows(content, shown):
        found = True
        yield row
    if not found:
        raise EmptyTableError(name=shown)


def _rows(content: bytes, name: str) -> Iterator[Row]:
    kind = _kind(content, name)
    return _csv_rows(content, name) if kind == CSV else _sheet_rows(content, name, kind)


def _kind(content: bytes, name: str) -> str:
    """Tell the kind by the content, never by the name."""
    if content.startswith(_ZIP):
        return _kind_of_zip(content, name)
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise EncryptedFileError(name=name, kind=XLSX)
        if not any(stream.encode("utf-16-le") in content for stream in ("Workbook", "Book")):
            raise NotATableError(name=name, kind=N_("tệp Office cũ"))
        return XLS
    for mark, kind in _NO_TEXT:
        if content.startswith(mark):
            raise NotATableError(name=name, kind=kind)
    if _is_renamed_text(content, name):
        raise NotATableError(name=name, kind=N_("tệp chữ thường đặt đuôi bảng tính"))
    return CSV


def _is_renamed_text(content: bytes, name: str) -> bool:
    """Say whether a text without cells bears the name of a workbook; a file without bytes is told as empty."""
    named = name.lower().endswith(_OF_SHEETS)
    return (
        named and bool(content.strip()) and not any(sign in content[:_LOOKED_AT] for sign in _BETWEEN_CELLS)
    )


def _kind_of_zip(content: bytes, name: str) -> str:
    package = Package(content, name=name, kind=XLSX)
    parts = list(package.parts())
    if "xl/workbook.xml" in parts:
        for part in parts:
            if _SHEET_PART.fullmatch(part):
                _check_rectangle(package.read(part), name, part)
        return XLSX
    if "xl/workbook.bin" in parts:
        raise NotATableError(name=name, kind=N_("bảng tính nhị phân .xlsb"))
    if "content.xml" in parts and b"opendocument.spreadsheet" in content[:200]:
        return ODS
    raise NotATableError(
        name=name, kind=N_("văn bản Word .docx") if "word/document.xml" in parts else N_("tệp nén")
    )


def _check_rectangle(xml: bytes, name: str, part: str) -> None:
    """Refuse a sheet whose rectangle is too large; its own statement of size is not trusted."""
    rows = max((int(number) for number in _ROW_NUMBER.findall(xml)), default=0)
    wide = Counter(_WIDE_COLUMN.findall(xml))
    columns = max((_column_number(letters) for letters in wide), default=_ONE_LETTER_COLUMNS)
    most = max(rows * columns, sum(1 for _ in _CELL.finditer(xml)))
    if most > MOST_CELLS:
        sheet = part.rpartition("/")[2].removesuffix(".xml")
        raise TooManyCellsError(name=name, sheet=sheet, rows=rows, columns=columns, limit=MOST_CELLS)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * _ONE_LETTER_COLUMNS + letter - ord("A") + 1
    return number


def _sheet_rows(content: bytes, name: str, kind: str) -> Iterator[Row]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
    except PasswordError as error:
        raise EncryptedFileError(name=name, kind=kind) from error
    except CalamineError as error:
        raise BrokenTableError(name=name, kind=kind) from error
    for sheet in book.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
            try:
                page = book.get_sheet_by_name(sheet.name)
            except CalamineError as error:
                raise BrokenTableError(name=name, kind=kind) from error
            yield from _page_rows(page, name)


def _page_rows(page: CalamineSheet, name: str) -> Iterator[Row]:
    if page.total_height * page.total_width > MOST_CELLS:
        raise TooManyCellsError(
            name=name, sheet=page.name, rows=page.total_height, columns=page.total_width, limit=MOST_CELLS
        )
    encoding = _encoding(page)
    for number, values in enumerate(page.iter_rows(), 1):
        cells = tuple(_cell(value, encoding) for value in values)
        if any(cell is not None for cell in cells):
            yield Row(page.name, number, cells, _repaired(values, encoding) if encoding else "")


def _repaired(values: Sequence[Any], encoding: Encoding) -> str:
    """Name ``encoding`` where reading by it changed some text of the row."""
    texts = (value for value in values if isinstance(value, str) and not value.isascii())
    return encoding if any(repair_line(text, encoding) != text for text in texts) else ""


def _encoding(page: CalamineSheet) -> Encoding | None:
    """Tell the legacy encoding of a sheet from its first texts together: one cell alone is often too short."""
    texts: list[str] = []
    for values in page.iter_rows():
        texts += [value for value in values if isinstance(value, str) and not value.isascii()]
        if len(texts) >= _SAMPLE_CELLS:
            break
    return detect("\n".join(texts))


def _cell(value: Any, encoding: Encoding | None) -> Cell:
    match value:
        case str():
            text = repair_line(value, encoding) if encoding else value
            return normal(text).strip() or None
        case bool():
            return value
        case float() if value.is_integer() and abs(value) < _EXACT_FLOAT:
            return int(value)
        case datetime() if value.time() == clock_time.min:
            return value.date()
        case _:
            kept: Cell = value
            return kept


def _csv_rows(content: bytes, name: str) -> Iterator[Row]:
    try:
        decoded = decode(content)
    except NotTextError as error:
        raise NotATableError(name=name, kind=N_("tệp không rõ loại")) from error
    delimiter, text = _delimiter(decoded.text)
    repaired = decoded.encoding if decoded.encoding in set(Encoding) else ""
    cells_seen = 0
    try:
        for number, values in enumerate(csv.reader(StringIO(text, newline=""), delimiter=delimiter), 1):
            cells_seen += len(values)
            if cells_seen > MOST_CELLS:
                raise TooManyCellsError(
                    name=name, sheet=CSV, rows=number, columns=len(values), limit=MOST_CELLS
                )
            cells = tuple(normal(value).strip() or None for value in values)
            if any(cell is not None for cell in cells):
                yield Row("", number, cells, repaired)
    except csv.Error as error:
        raise BrokenTableError(name=name, kind=CSV) from error


def _delimiter(text: str) -> tuple[str, str]:
    """Return the sign between cells, and the text without Excel's own line about it."""
    first, _, rest = text.partition("\n")
    stated = re.fullmatch(r"sep=(.)\r?", first)
    if stated:
        return stated[1], rest
    lines = [line for line in text.splitlines()[:_SAMPLE_LINES] if line.strip()]
    return max(_DELIMITERS, key=lambda sign: _evenness(lines, sign)), text


def _evenness(lines: Sequence[str], sign: str) -> tuple[int, int]:
    """Return on how many lines ``sign`` stands equally often, and how often: more of both is more likely."""
    counts = Counter(count for line in lines if (count := line.count(sign)))
    if not counts:
        return 0, 0
    times, lines_alike = counts.most_common(1)[0]
    return lines_alike, times

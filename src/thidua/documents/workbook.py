"""Tables to Excel: streamed row by row, so that memory stays flat however long the list."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from datetime import time as clock_time
from enum import Enum
from io import BytesIO
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from thidua.core.deadlines.deadline import HO_CHI_MINH
from thidua.core.text.normal import normal
from thidua.documents.workbook_errors import SheetFullError

Value = str | int | float | bool | date | datetime | clock_time | None

MOST_ROWS = 1_048_576  # of a sheet, its head included
_LONGEST_TEXT = 32_767
_LONGEST_SHEET_NAME = 31
_LONGEST_INLINE_LIST = 255
_FONT: dict[str, object] = {"font_name": "Times New Roman", "font_size": 12, "border": 1}
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
_LISTS = "_danh_muc"
# A spreadsheet that opens such a text from a copy as .csv, or re-reads it on editing, would run it.
_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class ColumnKind(Enum):
    """How the values of a column are shown; the marks of thousands and decimals are the reader's region's."""

    TEXT = "@"
    WHOLE = "#,##0"
    DECIMAL = "#,##0.00"
    PERCENT = "0.0%"
    DATE = "dd/mm/yyyy"
    MOMENT = "dd/mm/yyyy hh:mm"


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """``width`` in letters. ``choices``: the only values Excel lets one type in the column."""

    title: str
    kind: ColumnKind = ColumnKind.TEXT
    width: float = 18
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """A sheet: its head, then ``rows`` in the order of ``columns``; ``blank_rows`` more may be typed under them."""

    name: str
    columns: tuple[ColumnSpec, ...]
    rows: Iterable[Sequence[Value]]
    blank_rows: int = 0


@dataclass(slots=True)
class _Looks:
    """The cell formats of one workbook, each made once."""

    book: xlsxwriter.Workbook
    made: dict[tuple[ColumnKind | None, bool], Format] = field(default_factory=dict)

    def of(self, kind: ColumnKind, *, quoted: bool = False) -> Format:
        key = (kind, quoted)
        if key not in self.made:
            look = {"num_format": kind.value, "valign": "top", "text_wrap": kind is ColumnKind.TEXT}
            self.made[key] = self.book.add_format(_FONT | look | ({"quote_prefix": True} if quoted else {}))
        return self.made[key]

    def head(self) -> Format:
        return self.book.add_format(
            _FONT | {"bold": True, "valign": "vcenter", "text_wrap": True, "bg_color": "#E8EEF4"}
        )


def write_xlsx(
    out: BinaryIO, sheets: Sequence[SheetSpec], *, title: str = "", made_at: datetime = UNDATED
) -> None:
    """Write ``sheets`` to ``out`` as .xlsx; texts stay texts, whatever they begin with.

    Raises SheetFullError when a sheet has more rows than Excel holds.
    """
    book = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": True,
        },
    )
    book.set_properties({"title": title, "created": made_at.replace(tzinfo=None)})
    try:
        _fill(book, sheets)
    except BaseException:
        # Only closing gives back the temporary files; what it writes goes nowhere.
        book.filename = BytesIO()
        book.close()
        raise
    book.close()


def _fill(book: xlsxwriter.Workbook, sheets: Sequence[SheetSpec]) -> None:
    looks = _Looks(book)
    names = _sheet_names([sheet.name for sheet in sheets])
    lists = _long_lists(sheets)
    for sheet, name in zip(sheets, names, strict=True):
        _write_sheet(book.add_worksheet(name), sheet, looks, lists)
    if lists:
        _write_lists(book.add_worksheet(_LISTS), lists)


def _write_sheet(page: Worksheet, sheet: SheetSpec, looks: _Looks, lists: Sequence[tuple[str, ...]]) -> None:
    head = looks.head()
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_paper(9)  # A4
    page.set_landscape()
    page.fit_to_pages(1, 0)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width, looks.of(column.kind))
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, _text(column.title), head)
    count = 0
    for count, row in enumerate(sheet.rows, 1):
        if count >= MOST_ROWS:
            raise SheetFullError(sheet=sheet.name, limit=MOST_ROWS - 1)
        for place, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            _write_cell(page, count, place, value, column.kind, looks)
    if sheet.columns:
        page.autofilter(0, 0, max(count, 1), len(sheet.columns) - 1)
    last = count + sheet.blank_rows
    for place, column in enumerate(sheet.columns):
        if column.choices and last:
            page.data_validation(1, place, last, place, _validation(column, lists))


def _write_cell(page: Worksheet, row: int, place: int, value: Value, kind: ColumnKind, looks: _Looks) -> None:
    match value:
        case None | "":
            page.write_blank(row, place, None, looks.of(kind))
        case bool():
            page.write_string(row, place, "Có" if value else "Không", looks.of(ColumnKind.TEXT))
        case int() | float():
            page.write_number(row, place, value, looks.of(kind))
        case datetime():
            page.write_datetime(row, place, _local(value), looks.of(_dated(kind, ColumnKind.MOMENT)))
        case date():
            page.write_datetime(row, place, value, looks.of(_dated(kind, ColumnKind.DATE)))
        case clock_time():
            page.write_string(row, place, value.isoformat("minutes"), looks.of(ColumnKind.TEXT))
        case str():
            text = _text(value)
            page.write_string(
                row, place, text, looks.of(ColumnKind.TEXT, quoted=text.startswith(_LIKE_FORMULA))
            )


def _local(moment: datetime) -> datetime:
    """Return the moment as clocks in Viet Nam show it; one without a zone is taken as it is."""
    return moment.astimezone(HO_CHI_MINH).replace(tzinfo=None) if moment.tzinfo else moment


def _dated(kind: ColumnKind, otherwise: ColumnKind) -> ColumnKind:
    return kind if kind in (ColumnKind.DATE, ColumnKind.MOMENT) else otherwise


def _text(value: str) -> str:
    return _NOT_IN_XML.sub("", normal(value))[:_LONGEST_TEXT]


def _sheet_names(names: Sequence[str]) -> list[str]:
    """Return names that Excel takes: without its signs, short enough, no two alike."""
    taken: set[str] = {_LISTS}
    result = []
    for name in names:
        plain = _NOT_IN_SHEET_NAMES.sub(" ", name).strip(" '") or "Trang"
        candidate, count = plain[:_LONGEST_SHEET_NAME], 1
        while candidate.lower() in taken:
            count += 1
            ending = f" ({count})"
            candidate = plain[: _LONGEST_SHEET_NAME - len(ending)] + ending
        taken.add(candidate.lower())
        result.append(candidate)
    return result


def _validation(column: ColumnSpec, lists: Sequence[tuple[str, ...]]) -> dict[str, object]:
    rule: dict[str, object] = {
        "validate": "list",
        "error_title": "Giá trị không có trong danh sách",
        "error_message": "Chọn một giá trị trong danh sách của ô này.",
    }
    if column.choices not in lists:
        return rule | {"source": list(column.choices)}
    letter = xlsxwriter.utility.xl_col_to_name(lists.index(column.choices))
    return rule | {"source": f"={_LISTS}!${letter}$1:${letter}${len(column.choices)}"}


def _long_lists(sheets: Sequence[SheetSpec]) -> list[tuple[str, ...]]:
    """Return the lists that do not fit into a rule of Excel, or hold its comma: they get a hidden sheet."""
    choices = (column.choices for sheet in sheets for column in sheet.columns)
    return list(
        dict.fromkeys(
            each
            for each in choices
            if len(",".join(each)) > _LONGEST_INLINE_LIST or any("," in choice for choice in each)
        )
    )


def _write_lists(page: Worksheet, lists: Sequence[tuple[str, ...]]) -> None:
    page.hide()
    for row in range(max(len(each) for each in lists)):
        for place, each in enumerate(lists):
            if row < len(each):
                page.write_string(row, place, _text(each[row]))

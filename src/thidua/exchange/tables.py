"""The tables of an uploaded file: which sheets it has, where their headings stand, and their rows."""

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from thidua.documents.errors import N_, DocumentError
from thidua.documents.workbook_isolated import read_rows_isolated
from thidua.documents.workbook_reader import Row
from thidua.exchange.cells import raw_of
from thidua.exchange.headings import FIRST_ROWS
from thidua.library.models import StoredFile
from thidua.library.services import path_of

MOST_ROWS = 100_000  # of one import
KEPT_ROWS = FIRST_ROWS + 10


class TooManyRowsError(DocumentError):
    """Parameters: name, sheet, limit (rows)."""

    code = "too_many_rows"
    template = N_(
        "Tệp “%(name)s”, trang tính “%(sheet)s” có hơn %(limit)s dòng. Tách thành nhiều tệp rồi nhập từng tệp."
    )


@dataclass(slots=True)
class Sheet:
    """A sheet: its first rows, how many it has, and the old font it was typed in ("" for none)."""

    name: str
    first: list[tuple[int, tuple[Any, ...]]] = field(default_factory=list)
    rows: int = 0
    repaired: str = ""

    def as_json(self) -> dict[str, Any]:
        first = [
            [number, [None if cell is None else raw_of(cell) for cell in cells]]
            for number, cells in self.first
        ]
        return {"name": self.name, "rows": self.rows, "repaired": self.repaired, "first": first}


def survey(file: StoredFile) -> list[Sheet]:
    """Read the file once and return its sheets that have rows. Raises DocumentError."""
    sheets: dict[str, Sheet] = {}
    with closing(_rows(file)) as rows:
        for row in rows:
            sheet = sheets.setdefault(row.sheet, Sheet(row.sheet))
            sheet.rows += 1
            sheet.repaired = sheet.repaired or row.repaired
            if len(sheet.first) < KEPT_ROWS:
                sheet.first.append((row.number, row.cells))
            if sheet.rows > MOST_ROWS + FIRST_ROWS:
                raise TooManyRowsError(name=file.name, sheet=row.sheet, limit=MOST_ROWS)
    return list(sheets.values())


def rows_below(file: StoredFile, sheet: str, header_row: int) -> Iterator[Row]:
    """Yield the rows of ``sheet`` under its headings. Raises DocumentError."""
    with closing(_rows(file)) as rows:
        for row in rows:
            if row.sheet == sheet and row.number > header_row:
                yield row


def _rows(file: StoredFile) -> Generator[Row]:
    yield from read_rows_isolated(path_of(file.sha256), name=file.name)

"""Who carries out what a row of a table says: the column that names the body, beside the row's own matter."""

import re
from dataclasses import dataclass
from itertools import groupby

from thidua.core.plans.lines import lines_of
from thidua.core.plans.source import Source
from thidua.core.plans.tables import layout_of, table_of
from thidua.core.text.folding import fold

# «Đơn vị tính» is no body; «Đơn vị thực hiện», «Cơ quan chủ trì», «Đơn vị được giao», «Đầu mối» are.
_BODY_COLUMN = re.compile(
    r"(?:don vi|co quan|bo phan)(?: duoc)? (?:thuc hien|chu tri|phu trach|giao|dau moi|chiu trach nhiem|dang ky)"
    r"|(?:chu tri|phu trach|dau moi|trach nhiem)(?: thuc hien| chinh)?"
)


@dataclass(frozen=True, slots=True)
class RowBody:
    """The body named in the row that stands from ``start`` to ``end`` of the text."""

    start: int
    end: int
    name: str


def row_bodies(source: Source) -> list[RowBody]:
    """Return the bodies that tables name row by row, in the order of the text."""
    found = []
    for tabular, group in groupby(lines_of(source), key=lambda line: layout_of(source.text, line)):
        for paragraph in table_of(source.text, list(group)) if tabular else ():
            row = paragraph.row
            named = (cell.text for cell in row.cells if is_body_column(cell.heading)) if row else iter(())
            if row and (name := next(filter(None, named), "")):
                found.append(RowBody(row.start, row.end, name))
    return found


def is_body_column(heading: str) -> bool:
    return _BODY_COLUMN.match(fold(heading).strip(" .:")) is not None


def body_at(bodies: list[RowBody], start: int, end: int) -> str:
    """Return the body of the row that the stretch lies in; empty outside such rows."""
    return next((one.name for one in bodies if one.start < end and start < one.end), "")

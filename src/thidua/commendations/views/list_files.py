"""A list sent as a file: the rows of its first sheet."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import UploadedFile

from thidua.core.text.normal import one_line
from thidua.documents.workbook_isolated import read_rows_isolated


def rows_of_file(upload: UploadedFile[bytes]) -> list[tuple[int, list[str]]]:
    """Return the rows of the first sheet. Raises DocumentError."""
    with TemporaryDirectory(prefix="thidua-list-") as folder:
        path = Path(folder) / "list"
        with path.open("wb") as file:
            file.writelines(upload.chunks())
        rows: list[tuple[int, list[str]]] = []
        sheet = ""
        for row in read_rows_isolated(path, name=upload.name):
            sheet = sheet or row.sheet
            if row.sheet != sheet:
                break
            rows.append((row.number, [cell_text(cell) for cell in row.cells]))
    return rows


def cell_text(cell: object) -> str:
    if cell is None:
        return ""
    return one_line(str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell))

"""The tables of people a screening reads and writes: .xlsx, .csv or .parquet, every cell as text."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from thidua.core.law.messages import Said, say


class TableFileError(Exception):
    """The file holds no table that can be read here; ``said`` tells why."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.in_words())
        self.said = said


def read(path: Path) -> Any:
    """Return the table of a file, a Polars frame whose first row gave the names.

    Raises OSError and TableFileError.
    """
    import polars as pl
    from python_calamine import CalamineError

    path.open("rb").close()  # a file that is not there is told as such, whatever library reads it
    reading = {".parquet": _parquet, ".csv": _csv, ".xlsx": _xlsx}.get(path.suffix.lower())
    if reading is None:
        raise TableFileError(say("“{file}” không phải là .xlsx, .csv hoặc .parquet.", file=str(path)))
    try:
        return reading(path)
    except (pl.exceptions.PolarsError, CalamineError, ValueError, OSError) as error:
        said = say("Không đọc được bảng trong “{file}”: tệp trống, hỏng hoặc có mật khẩu.", file=str(path))
        raise TableFileError(said) from error


ENDINGS = (".xlsx", ".csv", ".parquet")
_WIDTH_OF_SENTENCES = 480
"""Pixels of a column whose cells are sentences; they wrap."""


def refuse_other_endings(path: Path) -> None:
    """Refuse a name no table is written under, with a TableFileError."""
    if path.suffix.lower() not in ENDINGS:
        raise TableFileError(
            say("--out “{file}”: chỉ ghi được .xlsx, .csv hoặc .parquet. Đổi đuôi tệp.", file=str(path))
        )


def write(table: Any, path: Path, *, long: Sequence[str] = ()) -> None:
    """Write a Polars frame as the ending of the name asks, one of ``ENDINGS``; ``long`` columns hold sentences."""
    match path.suffix.lower():
        case ".xlsx":
            table.write_excel(
                path,
                column_widths=dict.fromkeys(long, _WIDTH_OF_SENTENCES),
                column_formats={name: {"text_wrap": True, "valign": "top"} for name in long},
            )
        case ".csv":
            table.write_csv(path)
        case _:
            table.write_parquet(path)


def _parquet(path: Path) -> Any:
    import polars as pl

    return pl.read_parquet(path)


def _csv(path: Path) -> Any:
    import polars as pl

    head = pl.read_csv(path, infer_schema=False, has_header=False, n_rows=1)
    _refuse_doubled([str(name or "") for name in head.row(0)], path)
    return pl.read_csv(path, infer_schema=False)


def _xlsx(path: Path) -> Any:
    import polars as pl
    from python_calamine import CalamineWorkbook

    head, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    names = [str(name) for name in head]
    _refuse_doubled(names, path)
    return pl.DataFrame([[_cell(cell) for cell in row] for row in rows], schema=names, orient="row")


def _refuse_doubled(names: Sequence[str], path: Path) -> None:
    """Refuse two columns of one name, of which only one could be read, with a TableFileError."""
    doubled = next((name for name in names if name and names.count(name) > 1), None)
    if doubled is not None:
        said = say(
            "“{file}” có hai cột cùng tên “{name}”. Giữ một cột, hoặc đổi tên cột kia.",
            file=str(path), name=doubled,
        )  # fmt: skip
        raise TableFileError(said)


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)

"""A workbook given out: through the disk, so that a long one costs no memory."""

from collections.abc import Callable, Sequence
from datetime import datetime
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from django.http import FileResponse

from thidua.documents.workbook import UNDATED, SheetSpec, write_xlsx


def given(
    name: str, sheets: Sequence[SheetSpec], *, title: str = "", made_at: datetime = UNDATED
) -> FileResponse:
    """Return ``sheets`` as a download named ``name``; their rows are read one by one."""
    return given_by(name, lambda out: write_xlsx(out, sheets, title=title, made_at=made_at))


def given_by(name: str, write: Callable[[BinaryIO], None]) -> FileResponse:
    """Return what ``write`` writes."""
    out = cast("BinaryIO", TemporaryFile())  # noqa: SIM115 - the response closes it when all is sent
    write(out)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=name)

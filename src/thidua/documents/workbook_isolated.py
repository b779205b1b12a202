"""Reads tables from outside in a process of their own, row by row.

The library beneath ends its process when memory is refused; here that ends the reading alone. Rows come as they
are read, a line of JSON each, so that neither side holds the whole table.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Any

from thidua.documents import workbook_errors
from thidua.documents.confinement import allow_seconds, confine
from thidua.documents.errors import (
    ERRORS,
    DocumentError,
    ReaderCrashedError,
    ReadingTooHeavyError,
    ReadingTooLongError,
)
from thidua.documents.workbook_reader import Cell, Row, read_rows

SECONDS = 60
MEGABYTES = 768
_ENVIRONMENT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TMPDIR")
_NEAR_ALL_MEMORY = 0.75
_KNOWN = ERRORS | {
    error.code: error
    for error in vars(workbook_errors).values()
    if isinstance(error, type) and issubclass(error, DocumentError) and error is not DocumentError
}


def read_rows_isolated(
    path: Path, *, name: str | None = None, seconds: int = SECONDS, megabytes: int = MEGABYTES
) -> Iterator[Row]:
    """Yield the rows as ``workbook_reader.read_rows`` does, read in another process with bounds.

    ``seconds`` bounds the processor time of reading, not how long the caller takes over the rows.
    """
    shown = name or path.name
    process = subprocess.Popen(  # noqa: S603 -- this very Python, arguments of our own
        [
            sys.executable,
            "-P",
            "-m",
            "thidua.documents.workbook_isolated",
            str(path.absolute()),
            shown,
            str(seconds),
            str(megabytes),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={key: os.environ[key] for key in _ENVIRONMENT if key in os.environ} | {"PYTHONUTF8": "1"},
        start_new_session=True,
    )
    try:
        yield from _answered(process, shown, seconds, megabytes)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        if process.stdout is not None:
            process.stdout.close()
        process.wait()


def _answered(process: subprocess.Popen[bytes], name: str, seconds: int, megabytes: int) -> Iterator[Row]:
    if process.stdout is None:
        raise ReaderCrashedError(name=name)
    for line in process.stdout:
        answer = json.loads(line)
        if isinstance(answer, dict):
            if "error" in answer:
                raise _KNOWN[answer["error"]](**answer["parameters"])
            return
        sheet, number, cells, repaired = answer
        yield Row(sheet, number, tuple(_unpacked(cell) for cell in cells), repaired)
    raise _end_told(process, name, seconds, megabytes)


def _end_told(process: subprocess.Popen[bytes], name: str, seconds: int, megabytes: int) -> DocumentError:
    """Return what it means that the process ended in the middle."""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = code = os.waitstatus_to_exitcode(status)
    if code == -signal.SIGXCPU:
        return ReadingTooLongError(name=name, seconds=seconds)
    if code in (-signal.SIGKILL, -signal.SIGABRT) or used.ru_maxrss >> 10 > _NEAR_ALL_MEMORY * megabytes:
        return ReadingTooHeavyError(name=name, megabytes=megabytes)
    return ReaderCrashedError(name=name)


def _packed(cell: Cell) -> Any:
    """Return ``cell`` as JSON holds it; what JSON lacks comes as its kind and its text or seconds."""
    match cell:
        case datetime():
            return ["moment", cell.isoformat()]
        case date():
            return ["day", cell.isoformat()]
        case clock_time():
            return ["hour", cell.isoformat()]
        case timedelta():
            return ["span", cell.total_seconds()]
        case _:
            return cell


def _unpacked(cell: Any) -> Cell:
    match cell:
        case ["moment", text]:
            return datetime.fromisoformat(text)
        case ["day", text]:
            return date.fromisoformat(text)
        case ["hour", text]:
            return clock_time.fromisoformat(text)
        case ["span", seconds]:
            return timedelta(seconds=seconds)
        case _:
            value: Cell = cell
            return value


def _serve(path: Path, name: str, seconds: int, megabytes: int) -> None:
    """Be the reading process: write every row, then ``{}`` or the error."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not end up between the answers
    confine(megabytes)
    allow_seconds(seconds)
    last: dict[str, Any] = {}
    try:
        for row in read_rows(path, name=name):
            cells = [_packed(cell) for cell in row.cells]
            json.dump([row.sheet, row.number, cells, row.repaired], answers, ensure_ascii=False)
            answers.write("\n")
    except DocumentError as error:
        last = {"error": error.code, "parameters": error.parameters}
    except MemoryError:
        last = {"error": ReadingTooHeavyError.code, "parameters": {"name": name, "megabytes": megabytes}}
    json.dump(last, answers)
    answers.write("\n")
    answers.flush()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))

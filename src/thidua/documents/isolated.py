"""Reads files from outside in a process of their own, so that none of them can harm the one that asks.

The process has bounds on time, memory, files and no network (``confinement``). A file it cannot bear
ends that process and nothing else, and is told as a DocumentError like any other.
"""

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from thidua.core.plans.source import Block, Source
from thidua.documents.confinement import OUT_OF_MEMORY_STATUS
from thidua.documents.errors import (
    ERRORS,
    MissingFileError,
    ReaderCrashedError,
    ReadingTooHeavyError,
    ReadingTooLongError,
)

SECONDS = 20
MEGABYTES = 512
FILES_PER_PROCESS = 50
_MOST_ANSWERED = 128 << 20
_LARGE_FILE = 4 << 20
#: How a process ends that is refused memory: by the system's hand, by a library giving up, or by telling so itself.
_OUT_OF_MEMORY = frozenset({-signal.SIGKILL, -signal.SIGABRT, -signal.SIGTRAP, OUT_OF_MEMORY_STATUS})
_CHUNK = 1 << 16
#: What a reading process needs of the environment; passwords and keys in it stay here.
_ENVIRONMENT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TMPDIR", "TESSDATA_PREFIX")


def read_isolated(
    path: Path,
    *,
    name: str | None = None,
    seconds: int = SECONDS,
    megabytes: int = MEGABYTES,
    recognise: bool = False,
    warm: bool = False,
    meanwhile: Callable[[], object] | None = None,
) -> Source:
    """Read the file at ``path``, called ``name`` in what is told of it, in another process.

    ``warm`` keeps the process for the next file: right for pages, where starting one would take longer than
    reading. ``recognise`` is as in ``reading.read_document``. ``meanwhile`` is called while the process reads,
    for what the caller has to do in any case. Raises a DocumentError for what cannot be read.
    """
    request = _Request(path.absolute(), name or path.name, seconds, recognise, meanwhile)
    # Whoever finds the kept process busy takes one of its own instead of waiting.
    if warm and _keeping.acquire(blocking=False):
        try:
            return _read_warm(request, megabytes)
        except _GoneError:
            pass
        finally:
            _keeping.release()
    process = _Process(megabytes)
    try:
        return process.read(request)
    except _GoneError as error:
        raise ReaderCrashedError(name=request.name) from error
    finally:
        process.end()


_keeping = Lock()
_kept: list["_Process"] = []


def _read_warm(request: "_Request", megabytes: int) -> Source:
    if _kept and not _kept[0].is_fit(megabytes):
        _end_kept()
    if not _kept:
        _kept.append(_Process(megabytes))
    try:
        return _kept[0].read(request)
    finally:
        if not _kept[0].is_fit(megabytes):
            _end_kept()


@atexit.register
def _end_kept() -> None:
    while _kept:
        _kept.pop().end()


@dataclass(frozen=True, slots=True)
class _Request:
    path: Path
    name: str
    seconds: int
    recognise: bool
    meanwhile: Callable[[], object] | None = None

    def line(self) -> bytes:
        asked = {
            "path": str(self.path),
            "name": self.name,
            "seconds": self.seconds,
            "recognise": self.recognise,
        }
        return json.dumps(asked).encode() + b"\n"


class _GoneError(Exception):
    """The process had already ended in peace, having waited in vain."""


class _Process:
    """One reading process."""

    def __init__(self, megabytes: int) -> None:
        self._megabytes = megabytes
        self._files_left = FILES_PER_PROCESS
        self._owner = os.getpid()
        self._process = subprocess.Popen(  # noqa: S603 -- this very Python, arguments of our own
            [sys.executable, "-P", "-m", "thidua.documents.worker", str(megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={key: os.environ[key] for key in _ENVIRONMENT if key in os.environ} | {"PYTHONUTF8": "1"},
            bufsize=0,
            start_new_session=True,
        )

    def is_fit(self, megabytes: int) -> bool:
        """Whether this process, kept by this very one, may read one more file under these bounds."""
        ours = self._owner == os.getpid() and self._megabytes == megabytes
        return ours and self._files_left > 0 and self._process.poll() is None

    def read(self, request: _Request) -> Source:
        self._files_left -= 1
        try:
            if request.path.stat().st_size > _LARGE_FILE:
                self._files_left = 0  # the memory it took is given back with the process
        except OSError as error:
            raise MissingFileError(name=request.name) from error
        try:
            return _unpacked(self._answer(request), request.name)
        except (ReadingTooLongError, ReadingTooHeavyError, ReaderCrashedError):
            self._files_left = 0
            raise

    def end(self) -> None:
        """End the process and whatever it started."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        if self._owner != os.getpid():
            return  # a copy made by a fork: the process belongs to the original
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _answer(self, request: _Request) -> bytes:
        """Ask, and return the line of the answer."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise _GoneError
        with suppress(BrokenPipeError):  # how the process ended is seen below
            stdin.write(request.line())
        deadline = time.monotonic() + request.seconds
        if request.meanwhile is not None:
            request.meanwhile()
        answered = bytearray()
        while not answered.endswith(b"\n"):
            ready, _, _ = select.select([stdout], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise ReadingTooLongError(name=request.name, seconds=request.seconds)
            if not (chunk := os.read(stdout.fileno(), _CHUNK)):
                raise self._end_told(request)
            answered += chunk
            if len(answered) > _MOST_ANSWERED:
                raise ReadingTooHeavyError(name=request.name, megabytes=self._megabytes)
        return bytes(answered)

    def _end_told(self, request: _Request) -> Exception:
        """Return what it means that the process ended without an answer."""
        _, status = os.waitpid(self._process.pid, 0)
        self._process.returncode = code = os.waitstatus_to_exitcode(status)
        if code == 0:
            return _GoneError()
        if code == -signal.SIGXCPU:
            return ReadingTooLongError(name=request.name, seconds=request.seconds)
        # The peak of memory would not tell: Linux counts that of the one who started a process as its own.
        if code in _OUT_OF_MEMORY:
            return ReadingTooHeavyError(name=request.name, megabytes=self._megabytes)
        return ReaderCrashedError(name=request.name)


def _unpacked(line: bytes, name: str) -> Source:
    """Build the source from the answer, or raise the error it tells of."""
    answer: dict[str, Any] = json.loads(line)
    if (code := answer.get("error")) is not None:
        known = ERRORS.get(code, ReaderCrashedError)
        raise known(**({"name": name} | answer["parameters"]))
    return Source(
        answer["text"], tuple(Block(*block) for block in answer["blocks"]), tuple(answer["notices"])
    )

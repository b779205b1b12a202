import os
import signal
import threading
import time
from pathlib import Path

import pytest

from documents import pdfs
from documents.wordml import paragraph, run, word_file
from thidua.core.plans.source import Block
from thidua.documents import errors, isolated
from thidua.documents.__main__ import main
from thidua.documents.isolated import read_isolated
from thidua.documents.notices import notice


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "kế hoạch.docx"
    path.write_bytes(word_file(paragraph(inner=run("Kế hoạch", "<w:b/>"))))
    return path


@pytest.fixture
def no_kept_process():
    isolated._end_kept()
    yield
    isolated._end_kept()


def kept():
    """Return the number of the process that is kept for the next file."""
    return isolated._kept[0]._process.pid


def children():
    """Return the numbers of the processes this one has started and not yet buried."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {int(number) for task in tasks for number in task.read_text().split()}


def test_the_source_comes_over_whole(plan):
    source = read_isolated(plan, name="gốc.pdf")

    assert source.text == "Kế hoạch"
    assert source.blocks == (Block(0, 8, bold=True),)
    assert source.notices == (notice("wrong_extension", name="gốc.pdf", kind="văn bản Word .docx"),)


def test_what_else_is_to_do_is_done_while_another_process_reads(plan, no_kept_process):
    reading_then = []

    source = read_isolated(plan, meanwhile=lambda: reading_then.extend(children()))

    assert (source.text, len(reading_then)) == ("Kế hoạch", 1)
    assert children().isdisjoint(reading_then)


def test_an_error_comes_over_with_its_figures(tmp_path):
    path = tmp_path / "quét.pdf"
    path.write_bytes(pdfs.scan())

    with pytest.raises(errors.ScannedFileError) as refused:
        read_isolated(path)

    assert (refused.value.parameters["name"], refused.value.parameters["pages"]) == ("quét.pdf", 1)


def test_a_path_that_leads_nowhere_is_told(tmp_path):
    with pytest.raises(errors.MissingFileError):
        read_isolated(tmp_path / "a.docx")


@pytest.mark.parametrize("warm", [False, True])
def test_a_file_that_never_ends_is_given_up_after_its_time(tmp_path, no_kept_process, warm):
    path = tmp_path / "mãi.pdf"
    path.write_bytes(pdfs.endless())

    with pytest.raises(errors.ReadingTooLongError) as refused:
        read_isolated(path, seconds=1, warm=warm)

    assert refused.value.parameters == {"name": "mãi.pdf", "seconds": 1}
    assert not isolated._kept


def test_a_file_that_swells_in_a_library_is_given_up(tmp_path):
    path = tmp_path / "phình.pdf"
    path.write_bytes(pdfs.swelling())

    with pytest.raises(errors.ReadingTooHeavyError) as refused:
        read_isolated(path, megabytes=200)

    assert refused.value.parameters == {"name": "phình.pdf", "megabytes": 200}


def test_a_file_that_swells_in_python_is_given_up(tmp_path):
    path = tmp_path / "phình.docx"
    path.write_bytes(word_file("".join(f"<w:p{n}/>" for n in range(700_000))))

    with pytest.raises(errors.ReadingTooHeavyError):
        read_isolated(path, megabytes=64)


def broken_down(path):
    """Read ``path``, kill the process that reads it, and return the errors told."""
    path.write_bytes(pdfs.endless())
    before, seen = children(), []

    def read():
        try:
            read_isolated(path)
        except errors.DocumentError as error:
            seen.append(type(error))

    reading = threading.Thread(target=read)
    reading.start()
    while not (started := children() - before):
        time.sleep(0.01)
    time.sleep(0.2)
    os.kill(started.pop(), signal.SIGSEGV)
    reading.join()
    return seen


def test_a_process_that_breaks_down_harms_nobody(tmp_path):
    before = children()

    seen = broken_down(tmp_path / "mãi.pdf")

    assert seen == [errors.ReaderCrashedError]
    assert children() == before


def test_a_crash_below_a_large_process_is_not_told_as_too_heavy(tmp_path):
    ballast = b"x" * (560 << 20)  # more than the reader itself may take

    seen = broken_down(tmp_path / "mãi.pdf")

    assert len(ballast) > isolated.MEGABYTES << 20
    assert seen == [errors.ReaderCrashedError]


def test_a_warm_process_is_kept_for_the_next_file(plan, no_kept_process):
    first = read_isolated(plan, warm=True), kept()

    assert (read_isolated(plan, warm=True), kept()) == first


def test_a_warm_process_is_renewed_after_its_files(plan, no_kept_process, monkeypatch):
    monkeypatch.setattr(isolated, "FILES_PER_PROCESS", 2)

    read_isolated(plan, warm=True)
    first = kept()
    read_isolated(plan, warm=True)
    assert not isolated._kept
    read_isolated(plan, warm=True)

    assert kept() != first


def test_a_warm_process_that_ended_meanwhile_is_replaced(plan, no_kept_process):
    read_isolated(plan, warm=True)
    os.kill(kept(), signal.SIGKILL)
    os.waitid(os.P_PID, kept(), os.WEXITED | os.WNOWAIT)

    assert read_isolated(plan, warm=True).text == "Kế hoạch"


def test_whoever_finds_the_warm_process_busy_does_not_wait(plan, no_kept_process):
    with isolated._keeping:
        source = read_isolated(plan, warm=True)

    assert source.text == "Kế hoạch"
    assert not isolated._kept


def test_threads_read_side_by_side(plan, no_kept_process):
    texts = []
    readers = [
        threading.Thread(target=lambda: texts.append(read_isolated(plan, warm=True).text)) for _ in range(4)
    ]

    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()

    assert texts == ["Kế hoạch"] * 4


def test_secrets_of_the_environment_stay_here(plan, monkeypatch):
    monkeypatch.setenv("THIDUA_SECRET_KEY", "bí mật")
    process = isolated._Process(256)
    try:
        process.read(isolated._Request(plan, "a", 5, False))
        environment = Path(f"/proc/{process._process.pid}/environ").read_text()
    finally:
        process.end()

    assert "THIDUA_SECRET_KEY" not in environment
    assert "PATH=" in environment


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.socket(socket.AF_INET)",
        "import socket; socket.socket(socket.AF_INET6)",
        "import ctypes; raise SystemExit(ctypes.CDLL(None).socket(2, 1, 0) == -1)",
        "bytearray(300 << 20)",
        "open('/dev/null'); [open('/dev/null') for _ in range(80)]; files = [open('/dev/null') for _ in range(80)]",
        "import tempfile; f = tempfile.TemporaryFile(); f.write(b'x' * (65 << 20)); f.flush()",
    ],
    ids=["socket", "socket 6", "socket of a library", "memory", "files", "large file"],
)
def test_a_confined_process_is_refused(attempt):
    code = f"from thidua.documents.confinement import confine; confine(200)\n{attempt}"

    status = os.spawnv(
        os.P_WAIT,
        isolated.sys.executable,
        ["python", "-c", f"import sys, os; os.dup2(os.open(os.devnull, 1), 2)\n{code}"],
    )

    assert status != 0


def test_the_debug_door_prints_the_text(plan, capsys):
    assert main([str(plan)]) == 0
    assert capsys.readouterr().out == "Kế hoạch\n"


def test_the_debug_door_tells_what_is_wrong(tmp_path, capsys):
    path = tmp_path / "trống.txt"
    path.touch()

    assert main([str(path)]) == 1
    assert capsys.readouterr().err == (
        "Tệp “trống.txt” không có chữ nào. Mở tệp gốc để kiểm tra rồi gửi lại.\n"
    )

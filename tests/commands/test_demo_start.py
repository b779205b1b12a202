"""``thidua demo`` for real: made once, answered at once the second time, ended with all it started."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def started(data, port):
    """Start the demonstration and yield its process once it has printed its address."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("THIDUA_", "DJANGO_"))
    }
    command = [
        sys.executable,
        "-m",
        "thidua.cli",
        "demo",
        "--no-browser",
        "--port",
        str(port),
        "--data",
        str(data),
    ]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env=environment,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def lines_until_address(process):
    lines = []
    for line in process.stdout:
        lines.append(line.strip())
        if line.startswith("Thi Đua"):
            break
    return lines


def fetched(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.status, answer.read().decode()


def is_down(port):
    try:
        fetched(f"http://127.0.0.1:{port}/healthz")
    except (urllib.error.URLError, OSError):
        return True
    return False


def test_a_start_cut_short_begins_again_and_the_next_one_is_ready_at_once(tmp_path, port):
    data = tmp_path / "data"
    with started(data, port) as process:
        process.stdout.readline()
        process.stdout.readline()  # units are written, the rest is not
        process.send_signal(signal.SIGTERM)
        cut_short = process.wait(timeout=15)
    is_marked_ready = (data / "ready").exists()
    with started(data, port) as process:
        first = lines_until_address(process)
        health, page = fetched(f"http://127.0.0.1:{port}/healthz"), fetched(f"http://localhost:{port}/")
        process.send_signal(signal.SIGTERM)
        first_end = process.wait(timeout=15)
    with started(data, port) as process:
        second = lines_until_address(process)
        fetched(f"http://localhost:{port}/")
        process.send_signal(signal.SIGINT)
        second_end = process.wait(timeout=15)

    assert (cut_short, is_marked_ready) == (143, False)
    assert first[-1] == second[-1] == f"Thi Đua (dữ liệu minh họa): http://localhost:{port}"
    assert (len(first), len(second)) == (7, 1)
    assert (health[0], page[0]) == (200, 200)
    assert "Chuyên viên thi đua của Bộ" in page[1]
    assert (first_end, second_end) == (0, 0)
    assert is_down(port)


def test_a_folder_of_something_else_is_left_alone(tmp_path, port):
    (tmp_path / "thidua.sqlite3").write_bytes(b"real")

    with started(tmp_path, port) as process:
        lines, status = process.stdout.read().splitlines(), process.wait(timeout=15)

    assert status == 1
    assert lines == [f"{tmp_path} không phải thư mục dữ liệu minh họa. Chọn một thư mục trống hoặc chưa có."]

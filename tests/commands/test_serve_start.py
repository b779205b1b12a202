"""``thidua serve`` for real: the first start, the set-up page, the second start, and what it refuses."""

import http.cookiejar
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing, contextmanager

import pytest

pytestmark = pytest.mark.slow

PASSWORD = "trau-xanh-qua-song"
GIVEN = {
    "organisation": "Bộ Thử nghiệm",
    "level": "central",
    "full_name": "Nguyễn Thị Quản",
    "username": "quan.tri",
    "password": PASSWORD,
    "again": PASSWORD,
}


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def surroundings(data):
    """Return the environment without any setting but the folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("THIDUA_", "DJANGO_"))}
    kept.pop("DATABASE_URL", None)
    return kept | {"THIDUA_DATA": str(data)}


def thidua(data, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "thidua.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
        env=surroundings(data),
    )


@contextmanager
def serving(data, port):
    """Start the server and yield the lines it printed, with its address; end it as an operator does."""
    command = [sys.executable, "-m", "thidua.cli", "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings(data)) as process:
        try:
            yield process
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)
        finally:
            process.kill()


class Browser:
    """Keeps cookies and answers the form protection, as a browser does."""

    def __init__(self, port):
        self.root = f"http://localhost:{port}"
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path, data=None):
        try:
            with self.opener.open(self.root + path, data, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()

    def post(self, path, **given):
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path)[1])[1]
        return self.get(path, urllib.parse.urlencode(given | {"csrfmiddlewaretoken": token}).encode())


def test_a_first_start_is_set_up_once_by_whoever_sees_its_window(tmp_path, port):
    data = tmp_path / "data"
    with serving(data, port) as process:
        address, first = process.stdout.readline(), process.stdout.readline()
        path, code = re.fullmatch(r"Lần đầu: mở http://localhost:\d+(\S+) và nhập mã (\S+)\n", first).groups()
        browser = Browser(port)
        health, sign_in = browser.get("/healthz"), browser.get("/")
        demo = browser.get("/tai-khoan/dung-thu/")
        wrong = browser.post(path, code="SAI-MA", **GIVEN)
        done = browser.post(path, code=code, **GIVEN)
        again = browser.get(path)
        signed_in = browser.post("/dang-nhap/", login="quan.tri", password=PASSWORD)
        tree = browser.get("/don-vi/")
    with serving(data, port) as process:
        second = process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        rest = process.stdout.read()
    checked = thidua(data, "doctor", "--json")
    make_demo_account(data)
    refused = thidua(data, "serve", "--port", str(port))

    assert address == second == f"Thi Đua: http://localhost:{port}\n"
    assert (health[0], demo[0], sign_in[0], "Đăng nhập" in sign_in[1]) == (200, 404, 200, True)
    assert wrong[0] == 422
    assert "Mã không đúng. Mã mới nhất hiện ở cửa sổ chạy lệnh thidua serve." in wrong[1]
    assert "Đã thiết lập xong. Đăng nhập bằng tên và mật khẩu vừa chọn." in done[1]
    assert (again[0], rest) == (404, "")
    assert (signed_in[0], tree[0], "Bộ Thử nghiệm" in tree[1]) == (200, 200, True)
    assert (checked.returncode, json.loads(checked.stdout)["ok"]) == (0, True)
    assert (refused.returncode, refused.stderr) == (
        2,
        (
            "Cơ sở dữ liệu này có tài khoản minh họa, không chạy thật trên đó được.\n"
            "Hãy chọn THIDUA_DATA hoặc DATABASE_URL khác.\n"
        ),
    )


def make_demo_account(data):
    with closing(sqlite3.connect(data / "thidua.sqlite3")) as database:
        database.execute("UPDATE accounts_account SET is_demo = 1")
        database.commit()


def test_a_folder_of_the_demonstration_is_refused_and_left_as_it_is(tmp_path, port):
    (tmp_path / "demo").touch()

    refused = thidua(tmp_path, "serve", "--port", str(port))

    assert (refused.returncode, refused.stdout, refused.stderr) == (
        2,
        "",
        f"{tmp_path} là thư mục dữ liệu minh họa, không chạy thật trên đó được. Chọn THIDUA_DATA khác.\n",
    )
    assert [file.name for file in tmp_path.iterdir()] == ["demo"]


def test_a_port_in_use_is_told(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        refused = thidua(tmp_path / "data", "serve", "--port", str(port))

    assert (refused.returncode, refused.stderr) == (
        1,
        f"Không nghe được ở 127.0.0.1:{port}: cổng đang được dùng.\n",
    )


def test_the_doctor_tells_of_a_new_machine_and_makes_nothing(tmp_path):
    told = thidua(tmp_path / "data", "doctor", "--json")

    found = json.loads(told.stdout)
    checks = {check["code"]: check["text"] for check in found["checks"]}
    assert (told.returncode, told.stderr, found["ok"]) == (0, "", True)
    assert checks["database"] == "Cơ sở dữ liệu chưa có, sẽ được tạo khi chạy lần đầu."
    assert not (tmp_path / "data").exists()


def test_the_doctor_says_what_is_missing_with_status_1(tmp_path):
    (tmp_path / "thidua.sqlite3").write_bytes(b"no database at all" * 100)

    told = thidua(tmp_path, "doctor", "--json")

    found = json.loads(told.stdout)
    assert (told.returncode, found["ok"]) == (1, False)
    assert [check["text"][-1] for check in found["checks"] if check["state"] == "missing"] == ["."]

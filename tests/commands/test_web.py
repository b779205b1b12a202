"""Where the server listens and how it is known to answer."""

import http.server
import socket
import threading

import pytest

from thidua.commands import demo, web


@pytest.fixture
def taken():
    """Return a port somebody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.mark.parametrize(
    ("host", "url", "reached_by"),
    [
        ("127.0.0.1", "http://localhost:8000", "127.0.0.1"),
        ("0.0.0.0", "http://localhost:8000", "127.0.0.1"),
        ("10.1.2.3", "http://10.1.2.3:8000", "10.1.2.3"),
        ("fd00::1", "http://[fd00::1]:8000", "fd00::1"),
    ],
)
def test_an_address_is_shown_as_a_browser_takes_it(host, url, reached_by):
    address = web.Address(host, 8000)

    assert (address.url, address.reachable_host) == (url, reached_by)


def test_a_port_in_use_is_not_free(taken):
    assert web.is_free("127.0.0.1", taken) is False


def test_the_demonstration_says_which_port_is_in_use(taken, capsys):
    chosen = demo.chosen_port(taken)

    assert chosen is None
    assert capsys.readouterr().err == f"Cổng {taken} đang được dùng. Chọn cổng khác bằng --port.\n"


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_cannot_be_is_refused(port, capsys):
    assert demo.chosen_port(port) is None
    assert capsys.readouterr().err == f"Cổng {port} không hợp lệ. Chọn một số từ 1 đến 65535.\n"


@pytest.mark.parametrize(("status", "is_answer"), [(200, True), (400, True), (500, False)])
def test_any_answer_but_an_error_of_the_server_counts(status, is_answer):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            self.end_headers()

        def log_message(self, *arguments):
            """Say nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        answered = web.answers(web.Address("127.0.0.1", server.server_port))
        thread.join()

    assert answered is is_answer


def test_a_server_that_never_answers_is_given_up_with_a_sentence(capsys):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    is_healthy = web.wait_until_healthy(web.Address("127.0.0.1", port), seconds=0.1)

    assert is_healthy is False
    assert capsys.readouterr().err == f"Máy chủ không trả lời ở http://localhost:{port} sau 0 giây.\n"


def test_a_child_that_fails_gives_its_status(tmp_path):
    assert web.run_child("thidua.cli", "read-plan", str(tmp_path / "khong-co.txt")) == 1

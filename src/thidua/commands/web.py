"""The web server, its background worker, and the line that says where to look."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from types import FrameType
from typing import Any

WSGI = "thidua.config.wsgi:application"
ANYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - told apart, not bound
LONGEST_START, LONGEST_END = 60, 10  # seconds
PARENT_LOOKS = 1  # seconds between two looks whether the parent is there
SERVER_ERRORS = 500


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        shown = "localhost" if self.host in ANYWHERE | {"127.0.0.1", "::1"} else self.host
        return f"http://{f'[{shown}]' if ':' in shown else shown}:{self.port}"

    @property
    def reachable_host(self) -> str:
        """A host by which this machine itself reaches the server."""
        return "127.0.0.1" if self.host in ANYWHERE else self.host


def is_free(host: str, port: int) -> bool:
    """Say whether a server could listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def run_child(module: str, *arguments: str) -> int:
    """Run one of our modules to its end in a process of its own, which ends with this one."""
    child = subprocess.Popen([sys.executable, "-m", module, *arguments])  # noqa: S603 - our own

    def end(number: int, frame: FrameType | None) -> None:
        del frame
        child.terminate()
        raise SystemExit(128 + number)

    kept = signal.signal(signal.SIGTERM, end)
    try:
        return child.wait()
    except KeyboardInterrupt:
        child.terminate()
        child.wait()
        return 128 + signal.SIGINT
    finally:
        signal.signal(signal.SIGTERM, kept)


class Background:
    """The worker beside the server: started when pages answer, ended with it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_over = False

    def start(self) -> None:
        with self._lock:
            if not self._is_over:
                command = [sys.executable, "-m", "thidua.cli", "worker", "--beside-server"]
                self._process = subprocess.Popen(command)  # noqa: S603 - our own

    def end(self) -> None:
        with self._lock:
            self._is_over = True
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=LONGEST_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def run_server(address: Address, *, workers: int, when_ready: Callable[[], None]) -> int:
    """Serve until stopped; ``when_ready`` is called once pages answer, and a worker is started beside."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    background = Background()

    def begin() -> None:
        if wait_until_healthy(address):
            when_ready()
        background.start()

    class Server(Granian):  # type: ignore[misc,valid-type]  # the library chooses its class at run time
        """Looks for its own health only once its workers are forked: no thread may run before."""

        def startup(self, *arguments: Any) -> None:
            super().startup(*arguments)
            threading.Thread(target=begin, daemon=True).start()

    try:
        Server(
            WSGI,
            address=address.host,
            port=address.port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=1,
            workers_kill_timeout=LONGEST_END,
            log_level=LogLevels.warning,
        ).serve(target_loader=load_application)
    finally:
        background.end()
    return 0


def load_application(target: str) -> Any:
    """Load the pages in a serving process, which ends when the one that started it is gone."""
    stop = threading.Event()
    threading.Thread(target=end_with_parent, args=(stop, os.getppid()), daemon=True).start()
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


def end_with_parent(stop: threading.Event, parent: int) -> None:
    set_with_parent(stop, parent)
    os.kill(os.getpid(), signal.SIGTERM)


def set_with_parent(stop: threading.Event, parent: int) -> None:
    """Set ``stop`` when process ``parent`` is gone, however it went; returns when ``stop`` is set."""
    while not stop.wait(PARENT_LOOKS):
        if os.getppid() != parent:
            stop.set()


def wait_until_healthy(address: Address, *, seconds: float = LONGEST_START) -> bool:
    """Wait until the server answers; say so and give up after ``seconds`` (its log tells why)."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answers(address):
            return True
        time.sleep(0.03)
    print(f"Máy chủ không trả lời ở {address.url} sau {seconds:.0f} giây.", file=sys.stderr, flush=True)
    return False


def answers(address: Address) -> bool:
    """Say whether the server answers at all; a host name it does not serve is an answer too."""
    connection = http.client.HTTPConnection(address.reachable_host, address.port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status < SERVER_ERRORS
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def open_browser(url: str) -> None:
    webbrowser.open(url)

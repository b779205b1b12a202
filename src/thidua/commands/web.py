"""The web server, its background worker, and the line that says where to look."""

import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass

WSGI = "thidua.config.wsgi:application"


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        shown = "localhost" if self.host in {"127.0.0.1", "0.0.0.0"} else self.host  # noqa: S104 - shown, not bound
        return f"http://{shown}:{self.port}"


def is_free(host: str, port: int) -> bool:
    import socket

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def run_server(address: Address, *, workers: int, when_ready: Callable[[], None]) -> int:
    """Serve until stopped; a background worker runs beside it and is stopped with it."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    worker = subprocess.Popen([sys.executable, "-m", "thidua.cli", "worker"])
    threading.Thread(target=call_when_healthy, args=(address, when_ready), daemon=True).start()
    try:
        Granian(
            WSGI,
            address=address.host,
            port=address.port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=1,
            log_level=LogLevels.warning,
        ).serve()
    finally:
        worker.terminate()
        worker.wait(timeout=10)
    return 0


def call_when_healthy(address: Address, when_ready: Callable[[], None], *, seconds: float = 60) -> None:
    """Call ``when_ready`` once the server answers; give up after ``seconds`` (the server's log says why)."""
    until = time.monotonic() + seconds
    probe = f"http://127.0.0.1:{address.port}/healthz"
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(probe, timeout=2):
                when_ready()
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)


def open_browser(url: str) -> None:
    webbrowser.open(url)

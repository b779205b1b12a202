"""``thidua worker``: background jobs, the log's sealing, mail, and what a new day brings."""

import argparse
import os
import signal
import threading
from types import FrameType

from thidua.commands import web


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi dừng")
    parser.add_argument("--beside-server", action="store_true", help=argparse.SUPPRESS)


def run(given: argparse.Namespace) -> int:
    """Work until told to stop; with ``--once`` until nothing waits."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.config.settings")
    stop = threading.Event()
    obey_signals(stop)
    if given.beside_server:
        threading.Thread(target=web.set_with_parent, args=(stop, os.getppid()), daemon=True).start()
    import django

    django.setup()
    from thidua.config.background import Background

    background = Background()
    if given.once:
        background.work_through()
    else:
        background.run_until(stop)
    return 0


def obey_signals(stop: threading.Event) -> None:
    """Let SIGTERM and Ctrl-C finish the job at hand and then end."""

    def end(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)

"""``thidua worker``: background jobs, the log's sealing, mail, and what a new day brings."""

import argparse
import os
import signal
import threading
from types import FrameType


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi dừng")


def run(given: argparse.Namespace) -> int:
    """Work until told to stop; with ``--once`` until nothing waits."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.config.settings")
    import django

    django.setup()
    from thidua.config.background import Background

    background = Background()
    if given.once:
        background.work_through()
        return 0
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    background.run_until(stop)
    return 0

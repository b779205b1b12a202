"""Pages over a large house: 100,000 movements, a board of 1,000 units, 100,000 people.

Each page is asked of the installation's own WSGI application, in one process for the time of one answer (by the
clock, and of the processor alone, which other work on the machine stretches less), and of the web server as
``thidua serve`` runs it, two workers, for answers a second. The house is made anew.
"""

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
INSIDE = "import django; django.setup(); from benchmarks.pages_asked import measure; measure()"
SECONDS, CLIENTS, WORKERS, WARM = 5, 4, 2, 20


def run():
    """Return the rows of the table: what was measured, the figure, the target."""
    with tempfile.TemporaryDirectory(prefix="thidua-pages-") as folder:
        environment = environment_of(folder)
        done = subprocess.run(
            [sys.executable, "-c", INSIDE],
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            cwd=HERE,
        )
        found = json.loads(done.stdout.splitlines()[-1])
        rates = rates_of(environment, found["pages"]) if find_spec("granian") else {}
    rows = []
    for page in found["pages"]:
        rows += [
            (
                f"Page: {page['what']}, p50; p95 of {found['asked']}",
                f"{page['p50']:.0f}; {page['p95']:.0f} ms",
                page["target"],
            ),
            (
                f"Page: {page['what']}, processor; size; queries",
                f"{page['cpu']:.0f} ms; {page['kb']:.0f} KB; {page['queries']}",
                page["limits"],
            ),
        ]
        if rate := rates.get(page["what"]):
            rows.append((f"Page: {page['what']}, {WORKERS} workers", f"{rate:.0f} requests/s", page["rate"]))
    return rows


def environment_of(folder):
    return os.environ | {
        "THIDUA_MODE": "test",
        "THIDUA_DATA": folder,
        "THIDUA_SECRET_KEY": "only-for-measuring",
        "DJANGO_SETTINGS_MODULE": "thidua.config.settings",
    }


# ---- Through the web server ----


def rates_of(environment, asked):
    """Return requests a second for pages with such an aim, each for a few seconds, on the loopback address alone."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "thidua.config.wsgi:application"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", str(WORKERS), "--log-level", "error"]
    command += ["--blocking-threads", "1"]
    served = environment | {"THIDUA_HOSTS": "127.0.0.1,localhost"}
    server = subprocess.Popen(
        command, env=served, cwd=HERE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_until_healthy(port)
        return {page["what"]: rate_of(port, page) for page in asked if page["rate"]}
    finally:
        server.terminate()
        server.wait(timeout=20)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_healthy(port, seconds=30):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if get(http.client.HTTPConnection("127.0.0.1", port, timeout=2), "/healthz", "") == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the web server did not answer")


def rate_of(port, page):
    """Ask from several connections until the time is over; every answer must be good.

    The first answers, for which a worker compiles the page's templates, are not counted.
    """
    for _ in range(WARM):
        get(http.client.HTTPConnection("127.0.0.1", port, timeout=10), page["url"], page["session"])
    counts = [0] * CLIENTS
    until = time.monotonic() + SECONDS

    def ask(place):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        while time.monotonic() < until:
            assert get(connection, page["url"], page["session"]) == 200
            counts[place] += 1
        connection.close()

    clients = [threading.Thread(target=ask, args=(place,)) for place in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return sum(counts) / SECONDS


def get(connection, url, session):
    connection.request("GET", url, headers={"Cookie": f"sessionid={session}"})
    answered = connection.getresponse()
    answered.read()
    return answered.status


if __name__ == "__main__":
    for what, figure, target in run():
        print(f"{what:60} {figure:>18}  {target}")

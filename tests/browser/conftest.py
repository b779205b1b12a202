"""A demonstration of its own, and a browser to walk through it."""

import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"desk": {"width": 1360, "height": 860}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(scope="session")
def artefacts():
    """Return the folder for screenshots; CI keeps what is in it."""
    folder = Path(os.environ.get("ARTEFACTS", Path(__file__).parents[2] / "artefacts"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """Start ``thidua demo`` on a free port and return its address."""
    port, folder = free_port(), tmp_path_factory.mktemp("demo")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("THIDUA_", "DJANGO_"))}
    command = [
        sys.executable,
        "-m",
        "thidua.cli",
        "demo",
        "--no-browser",
        "--port",
        str(port),
        "--data",
        str(folder),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        try:
            address = next(line.split()[-1] for line in server.stdout if "http://" in line)
            with urllib.request.urlopen(f"{address}/healthz", timeout=10) as answer:
                assert answer.status == 200
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


@pytest.fixture(scope="module")
def browser(chromium):
    """Open a browser for one file of tests: playwright bears only one of its kind in a process at a time."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


def note(page, message):
    """Keep what the browser complains of; a form answered with its errors (4xx) is no fault."""
    if message.type == "error" and "responded with a status of 4" not in message.text:
        page.faults.append(message.text)


@pytest.fixture
def visitor(browser, demo):
    """Return a function that opens a fresh page signed in under a role of the demonstration."""
    contexts = []

    def sign_in(label, *, size="desk", locale="vi-VN"):
        context = browser.new_context(viewport=SIZES[size], locale=locale, base_url=demo)
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda message: note(page, message))
        page.goto("/tai-khoan/dung-thu/")
        page.get_by_role("button").filter(has=page.get_by_text(label, exact=True)).click()
        page.wait_for_url(lambda url: "dung-thu" not in url)
        return page

    yield sign_in
    for context in contexts:
        context.close()

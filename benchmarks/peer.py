"""A peer's list page in the same run: pretalx from its package, with its own test event, by its own test client.

Installed into an environment of its own that is removed again; where that cannot be had, the row says so.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

Row = tuple[str, str, str]
WHAT = "Peer: pretalx, list of submissions (50 of 79 rows), in-process"
PROBE = """
import statistics, time
from django.conf import settings
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.ALLOWED_HOSTS = ["*"]
import django
django.setup()
from django.test import Client
from django_scopes import scopes_disabled
from pretalx.event.models import Event
from pretalx.person.models import User
with scopes_disabled():
    event, user = Event.objects.get(), User.objects.get(email="bench@peer.invalid")
client = Client(HTTP_HOST="localhost")
client.force_login(user)
url = f"/orga/event/{event.slug}/submissions/"
assert client.get(url).status_code == 200
taken = []
for _ in range(20):
    start = time.perf_counter()
    page = client.get(url)
    taken.append((time.perf_counter() - start) * 1000)
taken.sort()
print("RESULT", round(statistics.median(taken)), round(taken[18]), len(page.content) // 1024)
"""
ADMIN = """
import django
django.setup()
from django_scopes import scopes_disabled
from pretalx.person.models import User
with scopes_disabled():
    user = User.objects.create_user(email="bench@peer.invalid", password="bench", name="Bench")
    user.is_administrator = True
    user.save()
"""


def run() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="thidua-peer-") as folder:
        try:
            return [measured(Path(folder))]
        except (subprocess.SubprocessError, OSError) as error:
            return [(WHAT, f"not measured here ({type(error).__name__})", "beside ours")]


def measured(folder: Path) -> Row:
    python = str(folder / "env" / "bin" / "python")
    data = folder / "data"
    data.mkdir()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "pretalx.settings",
        "PRETALX_DATA_DIR": str(data),
        "PRETALX_FILESYSTEM_DATA": str(data),
        "PRETALX_DEBUG": "false",
    }

    def call(*command: str) -> str:
        done = subprocess.run(
            command, check=True, capture_output=True, text=True, cwd=data, env=environment, timeout=600
        )
        return done.stdout

    call(sys.executable, "-m", "venv", str(folder / "env"))
    call(python, "-m", "pip", "install", "-q", "pretalx", "faker", "freezegun")
    call(python, "-m", "pretalx", "migrate")
    call(python, "-c", ADMIN)
    call(python, "-m", "pretalx", "create_test_event", "--stage", "review")
    line = next(line for line in call(python, "-c", PROBE).splitlines() if line.startswith("RESULT"))
    median, p95, size = line.split()[1:]
    return (WHAT, f"p50 {median} ms, p95 {p95} ms, {size} KB", "beside ours")

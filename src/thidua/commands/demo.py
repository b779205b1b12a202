"""``thidua demo``: the whole system on this machine alone, with invented data."""

import argparse
import os
import sys
from pathlib import Path

from thidua.commands import installation, web

FIRST_PORT, TRIES = 8000, 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, help=f"cổng (mặc định: cổng trống đầu tiên từ {FIRST_PORT})")
    parser.add_argument("--no-browser", action="store_true", help="không mở trình duyệt")
    parser.add_argument("--data", type=Path, help="thư mục dữ liệu (mặc định: của người dùng)")
    parser.add_argument("--fresh", action="store_true", help="xóa dữ liệu minh họa cũ, làm lại từ đầu")


def run(given: argparse.Namespace) -> int:
    """Prepare the demonstration once, then serve it on the loopback address."""
    data = (given.data or default_folder()).expanduser().resolve()
    port = given.port or free_port()
    if port is None or not web.is_free("127.0.0.1", port):
        print(f"Cổng {port} đang được dùng. Chọn cổng khác bằng --port.", file=sys.stderr)
        return 1
    address = web.Address("127.0.0.1", port)
    set_environment(data, address)
    if given.fresh:
        forget(data)
    prepare(data)
    return web.run_server(
        address, workers=1, when_ready=lambda: announce(address, browser=not given.no_browser)
    )


def default_folder() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share") / "thidua-demo"


def free_port() -> int | None:
    return next((p for p in range(FIRST_PORT, FIRST_PORT + TRIES) if web.is_free("127.0.0.1", p)), None)


def set_environment(data: Path, address: web.Address) -> None:
    """Choose demonstration mode for this process and its children; a real installation's settings are put aside."""
    for name in (
        "DATABASE_URL",
        "THIDUA_HOSTS",
        "THIDUA_MAIL_URL",
        "THIDUA_SECRET_KEY",
        "THIDUA_SECRET_KEY_FILE",
    ):
        os.environ.pop(name, None)
    os.environ.update(THIDUA_MODE="demo", THIDUA_DATA=str(data), THIDUA_BASE_URL=address.url)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.config.settings")


def forget(data: Path) -> None:
    """Remove a demonstration's folder; refuse one that is something else."""
    import shutil

    if data.exists() and not (data / "secret.key").exists() and any(data.iterdir()):
        raise SystemExit(f"{data} không phải thư mục dữ liệu minh họa; không xóa.")
    shutil.rmtree(data, ignore_errors=True)


def prepare(data: Path) -> None:
    """Make database and invented data unless this version did so before.

    The stamp is written last: a start that was stopped half-way begins again with a clean database.
    """
    if installation.is_ready(data):
        return
    for leftover in data.glob("thidua.sqlite3*"):
        leftover.unlink()
    installation.prepare_data_folder(data)
    print("Lần đầu: đang dựng dữ liệu minh họa…", flush=True)
    installation.migrate()
    from thidua.demo.seeding import seed

    seed(print)
    installation.mark_ready(data)


def announce(address: web.Address, *, browser: bool) -> None:
    print(f"Thi Đua (dữ liệu minh họa): {address.url}", flush=True)
    if browser:
        web.open_browser(address.url)

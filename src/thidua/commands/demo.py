"""``thidua demo``: the whole system on this machine alone, with invented data."""

import argparse
import os
import sys
from pathlib import Path

from thidua.commands import installation, web

FIRST_PORT, TRIES = 8000, 20
LAST_PORT = 65535
# What a real installation may have set and the demonstration must not touch.
PUT_ASIDE = (
    "DATABASE_URL",
    "THIDUA_HOSTS",
    "THIDUA_MAIL_URL",
    "THIDUA_SECRET_KEY",
    "THIDUA_SECRET_KEY_FILE",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, help=f"cổng (mặc định: cổng trống đầu tiên từ {FIRST_PORT})")
    parser.add_argument("--no-browser", action="store_true", help="không mở trình duyệt")
    parser.add_argument("--data", type=Path, help="thư mục dữ liệu (mặc định: của người dùng)")
    parser.add_argument("--fresh", action="store_true", help="xóa dữ liệu minh họa cũ, làm lại từ đầu")


def run(given: argparse.Namespace) -> int:
    """Prepare the demonstration once, then serve it on the loopback address."""
    data = (given.data or default_folder()).expanduser().resolve()
    port = chosen_port(given.port)
    if port is None:
        return 1
    address = web.Address("127.0.0.1", port)
    installation.keep_files_private()
    set_environment(data, address)
    try:
        installation.claim_for_demo(data)
        installation.prepare_data_folder(data)
        if (given.fresh or not installation.is_ready(data)) and (status := prepare(data)):
            return status
        with installation.locked(data, alone=False):
            return web.run_server(
                address, workers=1, when_ready=lambda: announce(address, browser=not given.no_browser)
            )
    except installation.FolderError as error:
        print(error, file=sys.stderr)
        return 1


def default_folder() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share") / "thidua-demo"


def chosen_port(asked: int | None) -> int | None:
    """Return the port to listen on; None after saying why there is none."""
    if asked is not None and not 0 < asked <= LAST_PORT:
        print(f"Cổng {asked} không hợp lệ. Chọn một số từ 1 đến {LAST_PORT}.", file=sys.stderr)
        return None
    ports = [asked] if asked is not None else range(FIRST_PORT, FIRST_PORT + TRIES)
    port = next((port for port in ports if web.is_free("127.0.0.1", port)), None)
    if port is None:
        name = asked or f"{FIRST_PORT} đến {FIRST_PORT + TRIES - 1}"
        print(f"Cổng {name} đang được dùng. Chọn cổng khác bằng --port.", file=sys.stderr)
    return port


def set_environment(data: Path, address: web.Address) -> None:
    """Choose demonstration mode for this process and its children, whatever a real installation set."""
    for name in PUT_ASIDE:
        os.environ.pop(name, None)
    os.environ.update(
        THIDUA_MODE="demo",
        THIDUA_DATA=str(data),
        THIDUA_BASE_URL=address.url,
        DJANGO_SETTINGS_MODULE="thidua.config.settings",
    )


def prepare(data: Path) -> int:
    """Make database and invented data in a process of its own; return its exit status.

    The stamp is written last: a start that was stopped half-way begins again with a clean database.
    """
    with installation.locked(data, alone=True):
        installation.clear_demo(data)
        print("Đang dựng dữ liệu minh họa, chỉ lần đầu mới cần…", flush=True)
        status = web.run_child("thidua.commands.preparing", "demo")
        if status == 0:
            installation.mark_ready(data)
    return status


def announce(address: web.Address, *, browser: bool) -> None:
    print(f"Thi Đua (dữ liệu minh họa): {address.url}", flush=True)
    if browser:
        web.open_browser(address.url)

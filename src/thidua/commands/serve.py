"""``thidua serve``: real use. The first start prints a one-time code for the set-up page."""

import argparse
import os
import subprocess
import sys

from thidua.commands import installation, web
from thidua.config.environment import SettingError, read_environment


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ nghe (mặc định 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="cổng (mặc định 8000)")
    parser.add_argument("--workers", type=int, default=2, help="số tiến trình trang (mặc định 2)")


def run(given: argparse.Namespace) -> int:
    """Bring the database up to date, refuse demonstration accounts, serve."""
    os.environ["THIDUA_MODE"] = "serve"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.config.settings")
    installation.keep_files_private()
    try:
        data = read_environment().data
        installation.refuse_demo(data)
        installation.prepare_data_folder(data)
    except (SettingError, installation.FolderError) as error:
        print(error, file=sys.stderr)
        return 2
    if not web.is_free(given.host, given.port):
        print(f"Không nghe được ở {given.host}:{given.port}: cổng đang được dùng.", file=sys.stderr)
        return 1
    command = [sys.executable, "-m", "thidua.commands.preparing", "serve"]
    prepared = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 - our own
    if prepared.returncode:
        return prepared.returncode
    address, told = web.Address(given.host, given.port), prepared.stdout.split()
    return web.run_server(address, workers=given.workers, when_ready=lambda: announce(address, told))


def announce(address: web.Address, told: list[str]) -> None:
    """Say where the pages are and, at the first start (``told``: path and code), how to set up."""
    print(f"Thi Đua: {address.url}", flush=True)
    if told:
        path, code = told
        print(f"Lần đầu: mở {address.url}{path} và nhập mã {code}", flush=True)

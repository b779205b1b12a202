"""``thidua serve``: real use. The first start prints a one-time code for the set-up page."""

import argparse
import os
import sys

from thidua.commands import installation, web
from thidua.config.environment import SettingError, read_environment


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ nghe (mặc định 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2, help="số tiến trình trang (mặc định 2)")


def run(given: argparse.Namespace) -> int:
    """Bring the database up to date, refuse demonstration accounts, serve."""
    os.environ["THIDUA_MODE"] = "serve"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.config.settings")
    try:
        environment = read_environment()
    except SettingError as error:
        print(error, file=sys.stderr)
        return 2
    installation.prepare_data_folder(environment.data)
    installation.migrate()
    from thidua.accounts import services as accounts

    if accounts.demo_accounts_present():
        print(
            "Cơ sở dữ liệu này có tài khoản minh họa, không chạy thật trên đó được.\n"
            "Hãy chọn THIDUA_DATA hoặc DATABASE_URL khác.",
            file=sys.stderr,
        )
        return 2
    address = web.Address(given.host, given.port)
    code = accounts.create_setup_code()

    def announce() -> None:
        print(f"Thi Đua: {address.url}", flush=True)
        if code:
            print(f"Lần đầu: mở {address.url}/tai-khoan/cai-dat/ và nhập mã {code}", flush=True)

    return web.run_server(address, workers=given.workers, when_ready=announce)

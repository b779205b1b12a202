"""``python -m thidua.commands.preparing``: the part of a start that needs the database.

It runs in a process of its own, so that the one which starts the web server opens no database and
stays small.
"""

import os
import sys

from thidua.commands import installation


def prepare_demo() -> int:
    """Make a new database with the invented sector."""
    installation.migrate()
    from thidua.demo.seeding import seed

    seed(lambda sentence: print(sentence, flush=True))
    return 0


def prepare_serving() -> int:
    """Bring the database up to date; where no account exists yet print the set-up page's path and its code."""
    installation.migrate()
    from thidua.accounts import services as accounts

    if accounts.demo_accounts_present():
        print(
            "Cơ sở dữ liệu này có tài khoản minh họa, không chạy thật trên đó được.\n"
            "Hãy chọn THIDUA_DATA hoặc DATABASE_URL khác.",
            file=sys.stderr,
        )
        return 2
    if accounts.setup_is_open():
        from django.urls import reverse

        print(reverse("organisations:public:setup"), accounts.create_setup_code())
    return 0


def main(purpose: str) -> int:
    """Prepare for ``demo`` or ``serve``; a database that cannot be used is told in a sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.config.settings")
    from django.db import Error

    try:
        return {"demo": prepare_demo, "serve": prepare_serving}[purpose]()
    except Error as error:
        print(f"Không dùng được cơ sở dữ liệu: {error}\nChạy thidua doctor để biết thêm.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

"""The ``thidua`` command."""

import argparse
import io
import os
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

from thidua.config.environment import SettingError

COMMANDS = {
    "demo": ("demo", "Chạy thử với dữ liệu minh họa, chỉ trên máy này"),
    "serve": ("serve", "Chạy thật"),
    "worker": ("worker", "Làm các việc chạy nền"),
    "read-plan": ("read_plan", "Đọc một kế hoạch phát động và in những gì đọc được"),
    "audit": ("audit", "Kiểm tra nhật ký"),
    "law": ("law", "Hỏi các quy định theo ngày"),
    "doctor": ("doctor", "Cho biết còn thiếu gì"),
}


class Help(argparse.HelpFormatter):
    """Help whose first word is Vietnamese."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "cách dùng: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser whose help has Vietnamese headings; parsers of commands are made of the same class."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "add_help": False, "formatter_class": Help})
        self._positionals.title = "tham số"
        self._optionals.title = "tùy chọn"
        self.add_argument("-h", "--help", action="help", help="hiện phần hướng dẫn này rồi thôi")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse a value that is none of the choices. Raises argparse.ArgumentError."""
        if action.choices is not None and value not in action.choices:
            offered = ", ".join(map(str, action.choices))
            raise argparse.ArgumentError(action, f"không có “{value}”. Chọn một trong: {offered}.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 2 for arguments or settings that cannot be used.

    The parser of a command is built only when that command is asked for: most of them import a lot.
    """
    speak_utf8()
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    parser = Parser(prog="thidua", description="Thi Đua: từ kế hoạch trên giấy đến phần thưởng trao tay.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="LỆNH")
    chosen = next((a for a in arguments if a in COMMANDS), None)
    for name, (module, summary) in COMMANDS.items():
        sub = subparsers.add_parser(name, help=summary, description=summary)
        if name == chosen:
            import_module(f"thidua.commands.{module}").add_arguments(sub)
    given = parser.parse_args(arguments)
    try:
        status: int = import_module(f"thidua.commands.{COMMANDS[given.command][0]}").run(given)
        sys.stdout.flush()
    except SettingError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return status


def speak_utf8() -> None:
    """Print Vietnamese whatever encoding the surroundings claim."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

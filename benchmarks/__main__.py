"""Run every benchmark, or those named, and print one table: what was measured, the figure, the target."""

import importlib
import os
import platform
import sys
import time

NAMES = ("reader", "quality", "pages", "excel", "peer", "law")


def main(names: list[str]) -> int:
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {time.strftime('%Y-%m-%d')}\n",
        flush=True,
    )
    print("| what | figure | target |\n|---|---|---|", flush=True)
    for name in names or NAMES:
        for what, figure, target in importlib.import_module(f"benchmarks.{name}").run():
            print(f"| {what} | {figure} | {target} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

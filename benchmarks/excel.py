"""Twenty thousand people from a workbook: previewed, saved, taken back; time and memory.

Each size runs in a process of its own (``excel_house``) on a database made for it.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROWS, SMALLER = 20_000, 5_000
HERE = Path(__file__).resolve().parent.parent
ONE_SIZE = "import django; django.setup(); from benchmarks.excel_house import measure; measure({rows})"


def run():
    """Return the rows of the table: what was measured, the figure, the target."""
    large, small = measured(ROWS), measured(SMALLER)
    both = large["preview"] + large["save"]
    growth = (large["peak_mb"] - small["peak_mb"]) / small["peak_mb"]
    return [
        ("Excel: 20,000 people, upload and columns recognised", f"{large['receive']:.1f} s", ""),
        ("Excel: 20,000 people, previewed", f"{large['preview']:.1f} s", ""),
        ("Excel: 20,000 people, saved", f"{large['save']:.1f} s", ""),
        ("Excel: 20,000 people, previewed and saved", f"{both:.1f} s", "≤ 10 s"),
        ("Excel: 20,000 people, the same file again (nothing changes)", f"{large['again']:.1f} s", ""),
        ("Excel: 20,000 people, e-mail of each changed, saved", f"{large['update']:.1f} s", ""),
        ("Excel: 20,000 people, whole import taken back", f"{large['undo']:.1f} s", ""),
        (
            "Excel: 20,000 people, moment others wait to write while all is saved",
            f"{large['longest'] * 1000:.0f} ms",
            "",
        ),
        (
            "Excel: peak memory at 5,000 and at 20,000 rows",
            f"{small['peak_mb']:.0f} and {large['peak_mb']:.0f} MB ({growth:+.0%})",
            "flat, < 250 MB",
        ),
    ]


def measured(rows):
    with tempfile.TemporaryDirectory(prefix="thidua-excel-") as folder:
        environment = os.environ | {
            "THIDUA_MODE": "test",
            "THIDUA_DATA": folder,
            "THIDUA_SECRET_KEY": "only-for-measuring",
            "DJANGO_SETTINGS_MODULE": "thidua.config.settings",
        }
        command = [sys.executable, "-c", ONE_SIZE.format(rows=rows)]
        done = subprocess.run(
            command, env=environment, check=True, stdout=subprocess.PIPE, text=True, cwd=HERE
        )
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    for what, figure, target in run():
        print(f"{what:<72}{figure:<32}{target}")

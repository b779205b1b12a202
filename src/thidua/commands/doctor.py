"""``thidua doctor``: a sentence for each thing that is there or missing, and what to do about it."""

import argparse
import json
import os
import sys
from collections.abc import Iterator

from thidua.commands.checkup import Finding, missing, of_machine
from thidua.commands.checkup_database import of_database
from thidua.config.environment import SettingError, read_environment

MARKS = {"fine": "✓", "optional": "–", "missing": "✗"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="in dạng JSON")


def run(given: argparse.Namespace) -> int:
    """Print every finding; return 1 when something necessary is missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.config.settings")
    findings = list(look())
    is_well = not any(finding.state == "missing" for finding in findings)
    if given.json:
        found = {"ok": is_well, "checks": [finding.to_json() for finding in findings]}
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            print(MARKS[finding.state], finding.text)
        print("Mọi thứ cần thiết đều có." if is_well else "Còn thiếu những mục có dấu ✗.", file=sys.stderr)
    return 0 if is_well else 1


def look() -> Iterator[Finding]:
    """Look at settings, machine and database; settings that cannot be used end the look."""
    try:
        environment = read_environment()
    except (SettingError, OSError) as error:
        yield missing("settings", f"Biến môi trường chưa dùng được: {error}")
        return
    yield from of_machine(environment)
    yield from of_database(environment)

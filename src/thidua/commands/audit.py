"""``thidua audit verify``: recompute the chain of the log."""

import argparse
import os

WORDS = {
    "seal_changed": "dấu niêm số {seal} đã bị sửa",
    "seal_missing": "thiếu dấu niêm số {seal}",
    "entry_changed": "bản ghi {entry} (dấu niêm {seal}) đã bị sửa",
    "entry_missing": "thiếu bản ghi thứ {entry} của dấu niêm {seal}",
    "entry_added": "bản ghi {entry} bị chèn thêm vào dấu niêm {seal}",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["verify", "seal"], metavar="verify|seal")


def run(given: argparse.Namespace) -> int:
    """Return 0 when nothing was changed or lost, 1 otherwise."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.config.settings")
    import django

    django.setup()
    from thidua.audit import services

    if given.action == "seal":
        print(f"Đã niêm {services.seal_entries()} bản ghi.")
    report = services.verify_chain()
    for fault in report.faults:
        print("- " + WORDS[fault.kind].format(seal=fault.seal, entry=fault.entry))
    print(f"{report.seals} dấu niêm, {report.entries} bản ghi, {report.unsealed} chờ niêm.")
    print(f"Mã băm cuối: {report.last_hash}")
    return 1 if report.faults else 0

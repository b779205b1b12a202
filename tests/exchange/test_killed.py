"""A process that is killed in the middle of a saving leaves nothing behind, and the import can begin again."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
HOUSE = HERE / "killed_house.py"


def test_a_saving_killed_half_way_wrote_nothing_and_begins_again(tmp_path):
    killed = in_a_house(tmp_path, "write")

    looked = in_a_house(tmp_path, "look")

    assert (killed.returncode, killed.stderr) == (-signal.SIGKILL, "")
    assert looked.stderr == ""
    assert json.loads(looked.stdout) == {
        "status": "running",
        "people": 0,
        "told": True,
        "status_after": "done",
        "people_after": 60,
    }


def in_a_house(folder, step):
    environment = {key: told for key, told in os.environ.items() if key != "DATABASE_URL"} | {
        "THIDUA_MODE": "test",
        "THIDUA_DATA": str(folder),
        "THIDUA_SECRET_KEY": "only-for-tests",
        "DJANGO_SETTINGS_MODULE": "thidua.config.settings",
        "PYTHONPATH": str(HERE.parent),
    }
    return subprocess.run(
        [sys.executable, str(HOUSE), step], env=environment, capture_output=True, text=True, check=False
    )

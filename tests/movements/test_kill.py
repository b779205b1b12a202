"""A launch and a plan on its way in, killed in mid-work: nothing half-done, and going on does each thing once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings

from factories import make_unit, make_user, signed_in
from movements.plans import make_movement
from thidua.demo.data_files import PLANS
from thidua.movements.services import launching
from thidua.movements.tasks import run_launch

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="kills processes on a database file of their own"
    ),
]
UNITS = 12
PROGRAM = "import django; django.setup(); from movements import killed; killed.main()"
QUEUED = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
NOTHING_OUT = {
    "status": "preparing", "seen": 0, "revisions": 0, "deadlines": 0, "told": 0, "logged": 0, "whole": True
}  # fmt: skip
ALL_OUT = {
    "status": "launched", "seen": UNITS, "revisions": 1, "deadlines": 2, "told": UNITS, "logged": 1, "whole": True,
    "most parts of a unit": 1, "orders": ["done"],
}  # fmt: skip
NO_PLAN = {"movements": 0, "items": 0, "whole": True}


def tasks():
    """Make a house with a movement to be launched, and one on its way out; return what is to be done."""
    ministry = make_unit("Bộ Thử nghiệm")
    units = [make_unit(f"Sở số {number}", ministry) for number in range(UNITS)]
    for unit in units:
        make_user(unit, full_name=f"Cán bộ {unit}")
    officer = make_user(ministry, full_name="Nguyễn Thu Hà")
    ordered, stopped = (make_movement(ministry, by=officer) for _ in range(2))
    order = launching.begin_launch(stopped, [unit.pk for unit in units], by=officer)
    run_launch.enqueue(str(order.pk))
    who = {"session": signed_in(Client(), officer).cookies["sessionid"].value}
    return [
        who | {"work": "launch", "movement": str(ordered.pk), "units": [str(unit.pk) for unit in units]},
        who | {"work": "send", "movement": str(stopped.pk)},
        who
        | {
            "work": "intake",
            "organiser": ministry.name,
            "plan": str(PLANS / "04-cao-diem-so-lao-cai-2025.txt"),
        },
    ]


@pytest.fixture(scope="module")
def outcomes(django_db_setup, django_db_blocker, tmp_path_factory):
    """Put a house into a database file, let a program be killed on copies of it, and return what came of it."""
    folder = tmp_path_factory.mktemp("killed")
    database = folder / "start"
    queued = override_settings(TASKS=QUEUED)
    with queued, django_db_blocker.unblock(), transaction.atomic():
        given = {"database": str(database), "files": str(folder / "files"), "tasks": tasks()}
        database.write_bytes(connection.connection.serialize())
        transaction.set_rollback(True)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=json.dumps(given),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=300,
        cwd=Path(__file__).parents[1],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "thidua.config.settings", "THIDUA_DATA": str(folder)},
    )
    return json.loads(done.stdout)


def of(found, names):
    return {name: found[name] for name in names}


def test_a_launch_killed_while_it_is_ordered_goes_out_once_when_ordered_again(outcomes):
    found = outcomes["launch"]

    assert [one["killed"] for one in found] == [True] * len(found)
    assert [of(one["after"], NOTHING_OUT) for one in found] == [NOTHING_OUT] * len(found)
    assert {one["after"]["page"] for one in found} <= {"Xem trước", "Tiếp tục"}
    assert [of(one["then"], ALL_OUT) for one in found] == [ALL_OUT] * len(found)


def test_a_launch_killed_on_its_way_out_is_seen_by_nobody_and_goes_on(outcomes):
    found = outcomes["send"]

    stopped = [one["after"] for one in found if one["after"]["status"] == "preparing"]
    assert len(stopped) >= len(found) - 1  # the last statement only notes that the job is done
    assert [of(one, NOTHING_OUT) for one in stopped] == [NOTHING_OUT] * len(stopped)
    assert {one["page"] for one in stopped} == {"Tiếp tục"}
    assert [of(one["then"], ALL_OUT) for one in found] == [ALL_OUT] * len(found)


def test_a_plan_killed_on_its_way_in_is_there_whole_or_not_at_all(outcomes):
    found = outcomes["intake"]

    whole = {"movements": 1, "items": found[0]["then"]["items"], "whole": True}
    assert [(one["killed"], one["after"]) for one in found] == [(True, NO_PLAN)] * len(found)
    assert [one["then"] for one in found] == [whole] * len(found)
    assert whole["items"] > 5

"""What migrations put right in rows that are there already: moments lost in a revision, names of works."""

import re
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
import time_machine
from django.apps import apps

import thidua
from movements.plans import launch, make_movement
from thidua.movements.models import Completion, Deadline, Movement
from thidua.movements.services import revising, schedule
from thidua.movements.terms import course_of

pytestmark = pytest.mark.django_db
MIGRATIONS = Path(thidua.__file__).parent.glob("*/migrations/*.py")
OURS = re.compile(r"^(?:import|from) (thidua\.\S+)", re.MULTILINE)
OF_COLUMNS = {"thidua.records.days", "thidua.records.fields", "thidua.records.ids", "thidua.records.models"}
keep_moments = import_module("thidua.movements.migrations.0008_moment_recorded").keep_moments
DONE, TODAY = date(2026, 3, 10), date(2026, 4, 1)


def at(day):
    return time_machine.travel(f"{day} 09:00:00+07:00", tick=False)


@pytest.fixture
def carried(ministry, departments, officer):
    """A finishing day recorded on 11 March and carried along on 1 April: the rows before and after."""
    with at("2026-03-01"):
        movement = launch(make_movement(ministry, by=officer), departments[:1], by=officer)
    row = movement.deadlines.get(event=None)
    with at("2026-03-11"):
        schedule.complete(departments[0], finished_on=DONE, today=TODAY, by=officer, deadline=row)
    with at(TODAY):
        draft = revising.begin_revision(movement.plan, by=officer, decision="QĐ 5", effective_on=TODAY)
        item = movement.plan.items.get(field="deadlines", value__due="2026-03-15")
        revising.change_item(draft, item.pk, item.value | {"due": "2026-05-15"}, by=officer)
        revising.issue_revision(draft, by=officer)
    return row, movement.deadlines.get(ended_by_revision=None, event=None)


def moments():
    return sorted(done.at.date() for done in Completion.objects.all())


def test_a_revision_carries_the_moment_along(carried):
    assert moments() == [date(2026, 3, 11)] * 2


def test_rows_carried_before_get_it_back_and_others_keep_theirs(carried):
    _row, heir = carried
    with at(TODAY):
        Completion.objects.filter(deadline=heir).update(at="2026-04-01T02:00:00Z")

    keep_moments(apps, None)

    assert moments() == [date(2026, 3, 11)] * 2
    Completion.objects.filter(deadline=heir).update(finished_on=date(2026, 3, 12), at="2026-04-01T02:00:00Z")
    keep_moments(apps, None)
    assert moments() == [date(2026, 3, 11), TODAY]


def test_migrations_rest_on_no_code_that_may_change_but_that_of_their_columns():
    found = {module for path in MIGRATIONS for module in OURS.findall(path.read_text())}

    assert found == OF_COLUMNS


def test_works_of_running_plans_are_named_as_new_ones_are(carried):
    row, heir = carried
    row.what, heir.what = "báo cáo sơ kết gửi", "Đăng ký thi đua"
    row.save()
    heir.save()

    import_module("thidua.movements.migrations.0011_names_of_works").name_works(apps, None)

    row.refresh_from_db()
    heir.refresh_from_db()
    assert (row.what, heir.what) == ("Báo cáo sơ kết", "Đăng ký thi đua")


@pytest.mark.parametrize(
    ("finished_on", "occurrence"),
    [
        (date(2026, 3, 18), date(2026, 3, 20)),
        (date(2026, 4, 2), date(2026, 3, 20)),
        (date(2026, 4, 6), date(2026, 4, 20)),
    ],
)
def test_what_was_finished_of_a_recurring_deadline_goes_to_the_occurrence_it_fell_nearest_to(
    ministry, departments, officer, finished_on, occurrence
):
    report = {"what": "Báo cáo nhanh", "relation": "monthly", "recurring": "ngày 20 hằng tháng"}
    items = [("themes", {"text": "Chủ đề"}), ("deadlines", report)]
    with at("2026-03-01"):
        movement = launch(make_movement(ministry, items=items, by=officer), departments, by=officer)
    row = movement.deadlines.get()
    Completion.objects.create(unit=departments[0], deadline=row, finished_on=finished_on)

    import_module("thidua.movements.migrations.0013_occurrences").tell_occurrences(apps, None)

    assert Completion.objects.get().occurrence == occurrence


@pytest.mark.parametrize(
    ("words", "relation"),
    [
        ("ngày 20 hằng tháng", "monthly"),
        ("trước ngày 20 hằng tháng", "before"),
        ("ngày 31 hằng tháng", "monthly"),
        ("hằng quý", "quarterly"),
        ("ngày 25 của tháng cuối quý", "quarterly"),
        ("ngày 05 của tháng đầu quý", "quarterly"),
        ("06 tháng một lần", "by"),
        ("thứ 6 hằng tuần", "weekly"),
        ("chiều thứ Sáu hằng tuần", "weekly"),
        ("Chủ nhật hằng tuần", "weekly"),
        ("15/12 hằng năm", "yearly"),
    ],
)
def test_the_migration_reads_rhythms_as_the_house_did_then(words, relation):
    movement = Movement(starts_on=date(2026, 1, 20), ends_on=date(2027, 12, 31))
    row = Deadline(what="Báo cáo", relation=relation, recurring=words, movement=movement)
    migration = import_module("thidua.movements.migrations.0013_occurrences")

    days = migration.days_of(row, migration.rhythm_of(row), TODAY)

    assert days == course_of(row, on=TODAY)


def test_going_back_before_the_rounds_keeps_the_last_one_of_each_unit_and_deadline(
    ministry, departments, officer
):
    deadline = {"what": "Báo cáo", "relation": "monthly", "recurring": "ngày 20 hằng tháng"}
    items = (("themes", {"text": "Chủ đề"}), ("deadlines", deadline))
    movement = launch(make_movement(ministry, items=items, by=officer), departments, by=officer)
    row = movement.deadlines.get()
    for unit, month in ((departments[0], 2), (departments[0], 3), (departments[1], 2)):
        noted = {"occurrence": date(2026, month, 20), "finished_on": date(2026, month, 19)}
        Completion.objects.create(unit=unit, deadline=row, **noted)

    back = import_module("thidua.movements.migrations.0013_occurrences").Migration.operations[-1].reverse_code
    back(apps, None)

    kept = dict(Completion.objects.values_list("unit__name", "occurrence"))
    assert (Completion.objects.count(), kept) == (
        2,
        {departments[0].name: date(2026, 3, 20), departments[1].name: date(2026, 2, 20)},
    )

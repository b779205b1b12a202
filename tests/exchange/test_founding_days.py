"""Founding days put right by a file: offered in the preview, checked against what exists, taken back whole."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.imports import changes, codes_of, outcomes, previewed, saved, undone, workbook
from factories import make_administrator, make_kind, make_person, make_unit
from thidua.organisations.models import Unit

pytestmark = pytest.mark.django_db
HEADINGS = ("Mã đơn vị", "Tên đơn vị", "Loại đơn vị", "Đơn vị cấp trên", "Ngày thành lập")
NO_OPTIONS = {"parent": "", "parent_name": "", "kind": "", "kind_name": "", "founded_on": ""}


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def top():
    return make_unit(
        "Sở Nội vụ", code="so", founded_on=date(2026, 1, 1), kind=make_kind("phong", name="Phòng")
    )


def units(*rows):
    return previewed(make_administrator(), workbook(HEADINGS, *rows), target="units", **NO_OPTIONS)


def test_the_preview_offers_to_put_the_day_right(top):
    batch = units(("so", "Sở Nội vụ", "Phòng", "", "1/1/2000"))

    assert (outcomes(batch), codes_of(batch)) == ({2: "update"}, {2: ["founded_corrected"]})
    assert changes(batch) == {2: {"founded_on": ["1/1/2026", "1/1/2000"]}}

    saved(make_administrator(), batch)
    top.refresh_from_db()
    assert (top.founded_on, top.names.get().valid_from) == (date(2000, 1, 1), date(2000, 1, 1))


def test_one_file_puts_the_day_right_and_makes_what_is_older_below(top):
    keeper = make_administrator()
    batch = units(
        ("p1", "Phòng Một", "Phòng", "Sở Nội vụ", "1/6/2005"), ("so", "Sở Nội vụ", "Phòng", "", "1/1/2000")
    )

    batch = saved(keeper, batch)

    assert batch.counts == {"create": 1, "update": 1}
    assert Unit.objects.get(code="p1").founded_on == date(2005, 6, 1)
    undone(keeper, batch)
    top.refresh_from_db()
    assert (Unit.objects.count(), top.founded_on) == (1, date(2026, 1, 1))


def test_a_day_that_something_stands_against_is_refused_with_the_reason(top):
    below = make_unit("Phòng Một", top, code="p1", founded_on=date(2026, 1, 1))
    make_person("Lê An", below, since=date(2026, 2, 1))

    batch = units(
        ("so", "Sở Nội vụ", "Phòng", "", "1/2/2026"), ("p1", "Phòng Một", "Phòng", "Sở Nội vụ", "1/3/2026")
    )

    assert codes_of(batch) == {2: ["founded_after_subunit"], 3: ["founded_after_post"]}


def test_what_was_written_down_since_the_preview_stops_the_row(top):
    keeper = make_administrator()
    batch = units(("so", "Sở Nội vụ", "Phòng", "", "1/2/2026"))
    make_person("Lê An", top, since=date(2026, 1, 15))

    batch = saved(keeper, batch)

    top.refresh_from_db()
    assert (codes_of(batch)[2][-1], top.founded_on) == ("founded_after_post", date(2026, 1, 1))


def test_an_undo_leaves_the_day_where_older_posts_need_it(top):
    keeper = make_administrator()
    batch = saved(keeper, units(("so", "Sở Nội vụ", "Phòng", "", "1/1/2000")))
    make_person("Lê An", Unit.objects.get(), since=date(2010, 1, 1))

    batch = undone(keeper, batch)

    top.refresh_from_db()
    assert (batch.status, top.founded_on) == ("done", date(2000, 1, 1))


def counted(work, keeper, batch):
    """Return the import after ``work``, and how many queries that took."""
    with CaptureQueriesContext(connection) as captured:
        batch = work(keeper, batch)
    return batch, len(captured)


@pytest.mark.parametrize(
    ("before", "after"), [(date(2026, 1, 1), "1/1/2000"), (date(2000, 1, 1), "1/1/2020")]
)
def test_many_days_are_put_right_and_given_back_in_as_many_queries_as_few(before, after):
    keeper, kind = make_administrator(), make_kind("phong", name="Phòng")
    asked = []
    for size in (2, 12):
        top = make_unit(f"Sở có {size} phòng", code=f"so{size}", founded_on=date(1990, 1, 1), kind=kind)
        rooms = [
            make_unit(f"Phòng số {number}", top, code=f"p{size}-{number}", founded_on=before, kind=kind)
            for number in range(size)
        ]
        batch = units(*((room.code, room.name, "Phòng", top.name, after) for room in rooms))
        batch, saving = counted(saved, keeper, batch)
        moved = Unit.objects.filter(pk__in=[room.pk for room in rooms]).exclude(founded_on=before).count()
        _, undoing = counted(undone, keeper, batch)
        given_back = Unit.objects.filter(pk__in=[room.pk for room in rooms], founded_on=before).count()
        asked.append((saving, undoing))
        assert (moved, given_back) == (size, size)

    assert asked[0] == asked[1]


def test_days_of_three_levels_go_back_together_with_their_names_and_places(top):
    keeper = make_administrator()
    room = make_unit("Phòng Một", top, code="p1", founded_on=date(2026, 1, 1), kind=top.kind)
    team = make_unit("Tổ Một", room, code="t1", founded_on=date(2026, 1, 1), kind=top.kind)
    batch = units(
        ("so", "Sở Nội vụ", "Phòng", "", "1/1/2000"),
        ("p1", "Phòng Một", "Phòng", "Sở Nội vụ", "1/6/2001"),
        ("t1", "Tổ Một", "Phòng", "Phòng Một", "1/6/2002"),
    )

    batch = saved(keeper, batch)
    moved = days_of(top, room, team)
    undone(keeper, batch)

    assert moved == [(day, day, day) for day in (date(2000, 1, 1), date(2001, 6, 1), date(2002, 6, 1))]
    assert days_of(top, room, team) == [(date(2026, 1, 1),) * 3] * 3


def days_of(*houses):
    """Return the founding day of each, the first day of its name and that of its place."""
    found = Unit.objects.in_bulk([unit.pk for unit in houses])
    return [
        (found[unit.pk].founded_on, unit.names.get().valid_from, unit.parents.get().valid_from)
        for unit in houses
    ]


def test_an_undo_leaves_the_day_where_the_name_is_anothers_on_the_day_it_had(top):
    keeper = make_administrator()
    room = make_unit("Phòng Một", top, code="p1", founded_on=date(2026, 1, 1), kind=top.kind)
    batch = saved(keeper, units(("p1", "Phòng Một", "Phòng", "Sở Nội vụ", "1/2/2026")))
    make_unit("Phòng Một", top, code="p2", founded_on=date(2026, 1, 1), kind=top.kind)

    undone(keeper, batch)

    room.refresh_from_db()
    assert room.founded_on == date(2026, 2, 1)

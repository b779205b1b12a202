"""What waits for who keeps registrations, and how many questions the pages ask of the database."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import make_kind, make_person, make_unit, make_user, signed_in
from movements.stage import opened, text_of
from thidua.movements.models import Registration
from thidua.movements.selectors.coverage import coverage, expected_below
from thidua.movements.selectors.registration_work import registration_work
from thidua.movements.selectors.registrations import numbers_of
from thidua.movements.services import registering
from thidua.movements.services.registering import Line, add
from thidua.movements.services.wishing import wish
from thidua.records.days import today

pytestmark = pytest.mark.django_db
FEW, MANY, MOST = 3, 12, 12
ON = date(2026, 3, 2)


@pytest.fixture
def keeper(department):
    return make_user(department, full_name="Giàng Thị Mỷ")


def test_a_unit_that_has_not_begun_is_told_so(keeper, department, ministry):
    work = registration_work([department.pk, ministry.pk], on=ON)

    assert ([one.unit_id for one in work.to_begin], work.to_send, work.to_take) == ([department.pk], [], [])


def test_a_draft_waits_with_the_unit_and_a_sent_sheet_with_who_stands_above(keeper, department, ministry):
    year = today().year
    add(keeper, department, year, [Line(department, "TTLDXS")])
    staff = make_user(department, None, full_name="Vàng Thị Dế")
    wish(staff, staff.person, year, "LDTT")
    on = date(year, 3, 2)
    draft = registration_work([department.pk], on=on)
    sheet = Registration.objects.get()
    registering.take_in(keeper, sheet, sheet.entries.values_list("pk", flat=True))
    registering.send(keeper, sheet)

    sent_off, above = registration_work([department.pk], on=on), registration_work([ministry.pk], on=on)

    assert [(one.unit_id, one.wishes) for one in draft.to_send] == [(department.pk, 1)]
    assert (draft.is_empty, sent_off.is_empty) == (False, True)
    assert [one.unit_id for one in above.to_take] == [department.pk]


def test_who_acts_in_both_units_is_told_of_what_waits_above(keeper, department, ministry):
    add(keeper, department, 2026, [Line(department, "TTLDXS")])
    registering.send(keeper, Registration.objects.get())

    work = registration_work([department.pk, ministry.pk], on=ON)

    assert [one.unit_id for one in work.to_take] == [department.pk]


def test_the_page_of_work_leads_to_the_sheet(keeper, department, officer):
    year = today().year
    page = text_of(opened(keeper, "work"))
    add(keeper, department, year, [Line(department, "TTLDXS")])
    registering.send(keeper, Registration.objects.get())

    above = text_of(opened(officer, "work"))

    assert f"Chưa đăng ký thi đua năm {year}" in page
    assert "Bản đăng ký thi đua chờ nhận" in above


def test_nobody_without_a_unit_to_act_for_is_asked(ministry):
    assert registration_work([], on=ON).is_empty


def test_a_subject_on_two_sheets_counts_once(keeper, department, ministry):
    small = make_kind("phong", is_small_collective=True)
    room = make_unit("Phòng A", department, kind=small, is_small_collective=True)
    person = make_person("Lò Văn Mai", room)
    for unit in (department, room):
        add(keeper, unit, 2026, [Line(person, "LDTT")])

    assert [(one.award, one.people) for one in numbers_of(Registration.objects.all())] == [("LDTT", 1)]


def test_a_small_collective_with_a_sheet_is_looked_for(keeper, department):
    small = make_kind("phong", is_small_collective=True)
    rooms = [
        make_unit(f"Phòng {name}", department, kind=small, is_small_collective=True) for name in ("A", "B")
    ]
    add(keeper, rooms[0], 2026, [Line(rooms[0], "TTLDTT")])

    found = coverage(expected_below(department, 2026, on=today()), 2026, on=today())

    assert [row.name for row in found.rows] == ["Phòng A"]


# -- questions asked of the database -------------------------------------------------------------------


class House:
    """A ministry with ``size`` departments that sent sheets of ``size`` people each."""

    def __init__(self, size):
        self.top = make_unit(f"Bộ {size}")
        self.officer = make_user(self.top)
        self.units = [make_unit(f"Sở số {n}", self.top) for n in range(size)]
        people = [make_person(f"Người {n}", self.units[0]) for n in range(size)]
        for unit in self.units:
            own = [Line(one, "LDTT") for one in people] if unit is self.units[0] else []
            add(self.officer, unit, 2026, [Line(unit, "TTLDXS"), *own])
            registering.send(self.officer, Registration.objects.get(unit=unit, year=2026))
        add(self.officer, self.units[0], 2025, [Line(one, "LDTT") for one in people])


def asked(account, name, *args, **query):
    client = signed_in(Client(), account)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(reverse(f"movements:{name}", args=args), query)
    assert response.status_code == 200
    return len(captured)


def test_lists_ask_as_often_for_many_rows_as_for_few():
    few, many = House(FEW), House(MANY)

    counts = {
        name: [asked(house.officer, name, *args(house)) for house in (few, many)]
        for name, args in {
            "registration": lambda house: (house.units[0].pk, 2026),
            "registration_add": lambda house: (house.units[0].pk, 2026),
            "coverage": lambda house: (house.top.pk, 2026),
            "registered": lambda house: (house.top.pk, 2026),
            "own_registration": lambda _house: (),
            "work": lambda _house: (),
        }.items()
    }

    assert {name: pair for name, pair in counts.items() if pair[0] != pair[1] or pair[1] > MOST} == {}


def test_last_years_list_asks_as_often_for_many_rows_as_for_few():
    pairs = [
        asked(house.officer, "registration_add", house.units[0].pk, 2026, source="last_year")
        for house in (House(FEW), House(MANY))
    ]

    assert pairs[0] == pairs[1] <= MOST

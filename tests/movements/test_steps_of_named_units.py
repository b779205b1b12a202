"""A plan that names its units, instead of saying «các đơn vị», still gives the steps their terms."""

from datetime import date, datetime

import pytest
import time_machine
from django.db.models import Q

from factories import make_kind, make_unit
from movements.plans import launch, make_movement
from movements.stage import opened, text_of
from thidua.movements.selectors.board import board
from thidua.movements.selectors.terms import terms_on
from thidua.movements.selectors.watched import watched
from thidua.movements.services.schedule import set_step_term
from thidua.records.days import HERE

pytestmark = pytest.mark.django_db
LAUNCHED, LATER = date(2026, 11, 2), date(2027, 8, 2)
FAR = date(2030, 1, 1)
BOTH = "Các đơn vị thuộc Bộ, Sở Tư pháp"


def at(day):
    return time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=HERE), tick=False)


def by(what, who, due):
    return "deadlines", {"what": f"{who} {what}", "who": who, "relation": "by", "due": due}


@pytest.fixture
def office(ministry):
    return make_unit("Văn phòng Bộ", ministry, kind=make_kind("van_phong", name="Văn phòng"))


@pytest.fixture
def launched(ministry, departments, office, officer):
    def begin(*items):
        with at(LAUNCHED):
            made = make_movement(ministry, items=(("themes", {"text": "Chủ đề"}), *items), by=officer)
            return launch(made, [office, *departments], by=officer)

    return begin


def test_a_term_that_names_every_unit_is_the_steps(launched):
    own = {
        "what": f"{BOTH} các tỉnh, thành phố xây dựng kế hoạch phát động",
        "who": f"{BOTH} các tỉnh, thành phố",
        "relation": "after",
        "due_event": "nhận được Kế hoạch này",
        "offset": "15 ngày",
    }
    movement = launched(("deadlines", own), by("báo cáo sơ kết đợt 1", BOTH, "2027-07-15"))

    with at(LAUNCHED):
        terms = terms_on(movement, LAUNCHED)

    assert terms.last_on == {"own_plan": date(2026, 11, 17), "interim": date(2027, 7, 15)}
    unit = movement.participations.first().unit_id
    assert dict(terms.of_unit(unit, date(2026, 12, 1)))["own_plan"] == date(2026, 12, 16)


def test_a_term_that_names_most_units_makes_only_those_late(launched, ministry, departments, office):
    movement = launched(by("đăng ký thi đua", "Các Sở Tư pháp", "2027-03-31"))

    with at(LATER):
        shown = board(movement, Q(), on=LATER)
        (row,) = watched([ministry.pk], on=LATER)

    assert shown.terms == {"registered": date(2027, 3, 31)}
    assert {row.unit_id for row in shown.late_rows} == {unit.pk for unit in departments}
    (spared,) = (row for row in shown.rows if row.unit_id == office.pk)
    assert {step.standing for step in spared.steps if not step.reached_on} == {"none"}
    assert row.late == 3


def test_most_units_are_late_alone_also_beside_a_term_by_receipt(launched, ministry):
    receipt = {"what": "Ban hành kế hoạch", "relation": "after", "due_event": "nhận được Kế hoạch này"}
    launched(
        ("deadlines", receipt | {"offset": "900 ngày"}), by("đăng ký thi đua", "Các Sở Tư pháp", "2027-03-31")
    )

    with at(LATER):
        (row,) = watched([ministry.pk], on=LATER)

    assert row.late == 3


def test_a_term_for_all_goes_before_one_that_names_its_units(launched):
    movement = launched(
        by("báo cáo tổng kết", BOTH, "2027-11-30"),
        ("deadlines", {"what": "Tổng kết phong trào", "relation": "by", "due": "2027-12-15"}),
    )

    assert terms_on(movement, FAR).last_on == {"final": date(2027, 12, 15)}


def test_a_term_of_one_named_body_is_no_steps(launched):
    movement = launched(by("tham mưu sơ kết", "Văn phòng Bộ", "2027-07-15"))

    assert terms_on(movement, FAR).last_on == {}


def test_each_unit_gets_the_term_of_the_group_it_is_in(launched, office, departments, officer):
    first, second = departments[:2], [office, departments[2]]
    groups = ("; ".join(unit.name for unit in group) for group in (first, second))
    movement = launched(
        *(
            by("báo cáo sơ kết", who, due)
            for who, due in zip(groups, ("2027-07-15", "2027-07-31"), strict=True)
        )
    )

    with at(LATER):
        shown = board(movement, Q(), on=LATER)
    days = {row.unit: next(s.last_on for s in row.steps if s.state == "interim") for row in shown.rows}

    assert days == {
        **dict.fromkeys((unit.name for unit in first), date(2027, 7, 15)),
        **dict.fromkeys((unit.name for unit in second), date(2027, 7, 31)),
    }
    assert shown.spans == {"interim": [date(2027, 7, 15), date(2027, 7, 31)]}
    with at(LATER):
        assert "hạn 15/7/2027 – 31/7/2027 theo nhóm" in text_of(opened(officer, "board", movement.pk))


def test_a_term_set_by_hand_goes_before_those_of_groups(launched, office, departments, officer):
    groups = (departments[0].name, "; ".join(unit.name for unit in (office, *departments[1:])))
    movement = launched(
        *(
            by("báo cáo sơ kết", who, due)
            for who, due in zip(groups, ("2027-07-15", "2027-07-31"), strict=True)
        )
    )

    with at(LATER):
        set_step_term(movement, "interim", date(2027, 8, 15), by=officer, seen=date(2027, 7, 15))
        terms = terms_on(movement, LATER)
        (row,) = watched([movement.organiser_id], on=LATER)

    assert (terms.spans, row.late) == ({"interim": [date(2027, 8, 15)]}, 0)

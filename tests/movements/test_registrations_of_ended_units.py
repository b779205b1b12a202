"""A unit that ended after it had registered: its sheet stays in the year's summary, its heir is not pressed."""

from datetime import date

import pytest
import time_machine

from factories import make_person, make_unit, make_user
from movements.stage import opened, said, sent, text_of
from thidua.movements.models import Registration, RegistrationReminder
from thidua.movements.selectors.coverage import coverage, ended_below, expected_below
from thidua.movements.selectors.registration_work import registration_work
from thidua.movements.services import registering
from thidua.movements.services.registering import Line, add
from thidua.organisations.services.reorganisations import reorganise
from thidua.organisations.services.requests import Merge
from thidua.organisations.services.units import NewUnit

pytestmark = pytest.mark.django_db
ON, MERGED = date(2026, 3, 2), date(2026, 3, 1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-02-02 08:00:00+07:00"):
        yield


@pytest.fixture
def merged(departments, ministry):
    """Two departments become one on 1 March; the sheet of the first had been taken in February."""
    first, second = departments[:2]
    keeper = make_user(first, full_name="Giàng Thị Mỷ")
    person = make_person("Lò Văn Mai", first)
    add(keeper, first, 2026, [Line(person, "LDTT")])
    sheet = Registration.objects.get(unit=first)
    registering.accept(make_user(ministry), registering.send(keeper, sheet))
    new = NewUnit(name="Sở Tư pháp tỉnh Hợp nhất", kind=first.kind, parent=ministry)
    with time_machine.travel("2026-03-02 08:00:00+07:00"):
        event = reorganise(None, Merge((first, second), new), on=MERGED, decision="QĐ 99/QĐ-BTP")
        yield event.successions.first().successor


def summary(ministry):
    return coverage(
        expected_below(ministry, 2026, on=ON), 2026, on=ON, ended=ended_below(ministry, 2026, on=ON)
    )


def test_the_summary_keeps_the_ended_unit_and_its_numbers(merged, ministry, departments):
    found = summary(ministry)

    told = {
        row.name: (row.state, bool(row.ended), [one.name for one in row.handed_over]) for row in found.rows
    }
    assert told == {
        departments[2].name: ("", False, []),
        merged.name: ("", False, [departments[0].name]),
        departments[0].name: ("accepted", True, []),
    }
    assert (found.registered, len(found.living), [row.name for row in found.missing]) == (
        1,
        2,
        [departments[2].name],
    )
    assert [(one.award, one.total) for one in found.awards] == [("LDTT", 1)]


def test_the_page_says_who_ended_and_whose_sheet_is_there(merged, ministry, departments):
    officer = make_user(ministry)

    page = " ".join(text_of(opened(officer, "coverage", ministry.pk, 2026)).split())
    lines = text_of(opened(officer, "registered", ministry.pk, 2026))

    assert f"Chấm dứt từ 1/3/2026 (QĐ 99/QĐ-BTP); nhận thay: {merged.name}" in page
    assert f"đã có bản của {departments[0].name}" in page
    assert "Nhắc 1 đơn vị chưa đăng ký" in page
    assert "Lò Văn Mai" in lines


def test_all_who_lack_a_sheet_are_reminded_but_not_the_heir(merged, ministry, departments):
    answer = sent(make_user(ministry), "coverage_remind", ministry.pk, 2026, all="1", about="")

    assert said(answer) == ["Đã nhắc 1 đơn vị."]
    assert list(RegistrationReminder.objects.values_list("unit", flat=True)) == [departments[2].pk]


def test_after_a_reminder_the_page_offers_none_that_would_be_spared(merged, ministry):
    officer = make_user(ministry)
    make_unit("Sở Tư pháp tỉnh Chưa nhắc", ministry)
    before = text_of(opened(officer, "coverage", ministry.pk, 2026))
    sent(officer, "coverage_remind", ministry.pk, 2026, all="1", about="")
    after = text_of(opened(officer, "coverage", ministry.pk, 2026))

    assert "Nhắc 2 đơn vị chưa đăng ký" in before
    assert ("remind-missing" in before, "remind-missing" in after) == (True, False)


def test_the_heir_is_not_told_it_has_nothing(merged, departments):
    work = registration_work([merged.pk, departments[2].pk], on=ON)

    assert [one.unit for one in work.to_begin] == [departments[2].name]

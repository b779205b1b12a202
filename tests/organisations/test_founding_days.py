"""The day a unit was founded: unknown at the first start, put right later, checked against what exists."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from factories import LONG_AGO, make_administrator, make_cluster, make_person, make_unit, signed_in
from thidua.accounts.services import create_setup_code
from thidua.audit.models import Entry
from thidua.organisations.models import Person, Post, Unit, UnitRole
from thidua.organisations.permissions import may
from thidua.organisations.problems import UnitChangeRefusedError
from thidua.organisations.services.founding import correct_unit
from thidua.organisations.services.people import NewPost, start_post
from thidua.organisations.services.reorganisations import reorganise
from thidua.organisations.services.requests import Merge, Rename
from thidua.organisations.services.units import apply_due_changes
from thidua.records.days import SINCE_EVER
from thidua.ui.widgets import YEARS

pytestmark = pytest.mark.django_db
SETUP = {
    "organisation": "Sở Nội vụ tỉnh Mẫu",
    "level": "province",
    "full_name": "Lê Thị Quản",
    "username": "quan-tri",
    "password": "trau-xanh-bay-qua-song",
    "again": "trau-xanh-bay-qua-song",
}


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


def set_up(**given):
    data = SETUP | {"code": create_setup_code()} | given
    return Client().post(reverse("organisations:public:setup"), data)


def corrected(unit, day, actor=None):
    unit.refresh_from_db()
    return correct_unit(actor, unit, version=unit.version, founded_on=day)


def refused(unit, day):
    with pytest.raises(UnitChangeRefusedError) as raised:
        corrected(unit, day)
    unit.refresh_from_db()
    return [problem.code for problem in raised.value.problems]


def test_an_unknown_day_lies_before_every_day_a_page_takes():
    assert date(YEARS.start, 1, 1) == SINCE_EVER


def test_an_organisation_set_up_without_a_day_takes_units_and_posts_of_any_day():
    set_up()

    top = Unit.objects.get()
    below = make_unit("Phòng Tổ chức", top, founded_on=date(1995, 6, 1))
    make_person("Trần Văn Dũng", top, since=date(1988, 4, 3))
    assert (top.founding_day, below.founding_day) == (None, date(1995, 6, 1))


def test_the_first_start_asks_the_day():
    set_up(founded_on="1/7/2016")

    assert Unit.objects.get().founding_day == date(2016, 7, 1)


def test_a_page_says_where_the_day_is_not_known(client):
    set_up()
    unit = Unit.objects.get()
    signed_in(client, make_administrator())

    page = client.get(reverse("organisations:unit", args=[unit.pk]), {"life": "on"}).content.decode()
    edit = client.get(reverse("organisations:unit_edit", args=[unit.pk])).content.decode()

    assert "1/1/1900" not in page + edit
    assert page.count("không rõ ngày") == 2


def test_the_administrator_may_become_the_officer_at_the_first_start():
    set_up(is_officer="on", position="Chuyên viên chính", since="1/9/2015")

    person, unit = Person.objects.get(), Unit.objects.get()
    post, role = Post.objects.get(), UnitRole.objects.get()
    assert (person.full_name, person.account.username, person.unit) == ("Lê Thị Quản", "quan-tri", unit)
    assert (post.position, post.valid_from) == ("Chuyên viên chính", date(2015, 9, 1))
    assert (role.person, role.unit, role.role, role.given_by) == (person, unit, "officer", None)
    assert may(person.account, "launch", unit)


def test_who_does_not_ask_for_it_gets_no_role():
    set_up(position="Chuyên viên")

    assert (Person.objects.count(), UnitRole.objects.count()) == (0, 0)


def test_what_the_officers_role_allows_stands_on_the_page_before_it_is_given(client):
    create_setup_code()

    page = client.get(reverse("organisations:public:setup")).content.decode()

    assert "<li>Phát động</li>" in page
    assert "<li>Ban hành kế hoạch</li>" not in page


def test_an_officer_cannot_begin_before_the_organisation():
    answer = set_up(founded_on="1/7/2016", is_officer="on", position="Chuyên viên", since="1/1/2010")

    assert answer.status_code == 422
    assert Unit.objects.count() == 0


def test_a_wrong_day_is_put_right_with_the_first_name_and_place():
    top = make_unit("Bộ Thử nghiệm")
    unit = make_unit("Cục Một", top, founded_on=date(2026, 1, 1))

    corrected(unit, date(2012, 5, 9), make_administrator())

    unit.refresh_from_db()
    assert unit.founded_on == date(2012, 5, 9)
    assert [row.valid_from for row in (*unit.names.all(), *unit.parents.all())] == [date(2012, 5, 9)] * 2
    assert apply_due_changes(date(2026, 3, 2))["units"] == 0
    entry = Entry.objects.get(action="unit.founding_corrected")
    assert entry.details == {"founded_on": ["2026-01-01", "2012-05-09"]}


def test_a_unit_is_not_founded_before_the_one_above():
    top = make_unit("Bộ Thử nghiệm")
    unit = make_unit("Cục Một", top, founded_on=date(2026, 1, 1))

    assert refused(unit, date(2009, 12, 31)) == ["founded_before_parent"]
    assert refused(unit, None) == ["founded_before_parent"]


def test_a_unit_is_not_founded_after_what_needs_it():
    top = make_unit("Bộ Thử nghiệm")
    make_unit("Cục Một", top, founded_on=date(2012, 1, 1))
    lonely = make_unit("Cục Hai", top, founded_on=LONG_AGO)
    make_person("Trần Văn Dũng", lonely, since=date(2015, 1, 1))
    placed = make_unit("Cục Ba", top, founded_on=LONG_AGO)
    make_cluster(top, placed)
    renamed = make_unit("Cục Bốn", top, founded_on=LONG_AGO)
    reorganise(None, Rename(renamed, "Cục Năm"), on=date(2016, 1, 1), decision="1/QĐ")

    assert refused(top, date(2013, 1, 1)) == ["founded_after_subunit"]
    assert refused(lonely, date(2015, 1, 2)) == ["founded_after_post"]
    assert refused(placed, date(2026, 1, 2)) == ["founded_after_place"]
    assert refused(renamed, date(2016, 1, 1)) == ["founded_after_change"]
    assert corrected(lonely, date(2015, 1, 1)).founded_on == date(2015, 1, 1)


def test_a_unit_made_by_a_reorganisation_keeps_its_day():
    top = make_unit("Bộ Thử nghiệm")
    old, new = make_unit("Cục Cũ", top), make_unit("Cục Mới", top, founded_on=date(2025, 7, 1))
    reorganise(None, Merge((old,), new), on=date(2025, 7, 1), decision="60/QĐ-BTN")

    assert refused(new, date(2020, 1, 1)) == ["founded_by_decision"]


def test_two_units_of_one_name_do_not_come_to_stand_side_by_side():
    top = make_unit("Bộ Thử nghiệm")
    old = make_unit("Cục Một", top)
    other = make_unit("Cục Khác", top)
    reorganise(None, Merge((old,), other), on=date(2025, 1, 1), decision="60/QĐ-BTN")
    again = make_unit("Cục Một", top, founded_on=date(2025, 6, 1))

    assert refused(again, date(2024, 6, 1)) == ["name_taken"]


def test_the_page_puts_the_day_right_and_a_post_of_before_can_be_written():
    top = make_unit("Sở Nội vụ tỉnh Mẫu", founded_on=date(2026, 1, 1))
    keeper = make_administrator()
    person = make_person("Trần Văn Dũng", top, since=date(2026, 1, 5))
    data = {"kind": top.kind_id, "code": top.code, "body_role": "ordinary", "version": top.version}

    signed_in(Client(), keeper).post(
        reverse("organisations:unit_edit", args=[top.pk]), data | {"founded_on": "1/1/2000"}
    )

    top.refresh_from_db()
    start_post(
        keeper, person, NewPost(top, "Chuyên viên", "civil_servant", date(2005, 1, 1), date(2009, 1, 1))
    )
    assert top.founded_on == date(2000, 1, 1)


def test_a_unit_of_an_unknown_day_below_one_of_a_known_day_is_told_what_to_do():
    top = make_unit("Bộ Thử nghiệm")

    with pytest.raises(UnitChangeRefusedError) as raised:
        make_unit("Cục Một", top, founded_on=SINCE_EVER)

    sentence = "Cấp trên Bộ Thử nghiệm thành lập ngày 1/1/2010. Ghi ngày thành lập của đơn vị này, từ ngày đó trở đi."
    assert [problem.text() for problem in raised.value.problems] == [sentence]

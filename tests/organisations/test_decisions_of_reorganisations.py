"""A reorganisation keeps the number and the day of its decision, and finds the units it joins."""

import re
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from factories import make_unit, make_user, signed_in
from thidua.organisations.models import Unit, UnitEvent, UnitRole
from thidua.organisations.problems import UnitChangeRefusedError
from thidua.organisations.selectors.units import life_of
from thidua.organisations.services.reorganisations import reorganise
from thidua.organisations.services.requests import Rename

pytestmark = pytest.mark.django_db
ON, SIGNED = date(2026, 3, 1), date(2026, 2, 20)
MERGER = {"into": "new", "name": "Cục Hợp nhất", "on": "1/3/2026", "decision": "99/QĐ-BTN"}


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def ministry():
    return make_unit("Bộ Thử nghiệm")


@pytest.fixture
def departments(ministry):
    return [make_unit(name, ministry) for name in ("Cục Một", "Cục Hai")]


@pytest.fixture
def editor(ministry):
    return signed_in(Client(), make_user(ministry, UnitRole.Role.STAFF_ADMIN))


def sent(client, unit, kind="sap-nhap", **data):
    """Send the form of a reorganisation and return the text of the page that answers."""
    address = reverse("organisations:reorganise_form", args=[unit.pk, kind])
    return client.post(address, data, follow=True).content.decode()


def carried_out(client, unit, **data):
    """Send the form, agree to its preview and return the event written, None where there was no preview."""
    seen = re.search(r'name="seen" value="(\w+)"', sent(client, unit, **data))
    if seen:
        sent(client, unit, **data, seen=seen[1])
    return UnitEvent.objects.first()


def searched(client, unit, **query):
    """Return the units a search offers to be merged, each with whether it is ticked."""
    address = reverse("organisations:reorganise_form", args=[unit.pk, "sap-nhap"])
    page = client.get(address, query, headers={"HX-Request": "true"}).content.decode()
    return offered_on(page)


def offered_on(page):
    found = re.findall(r'name="others" value="[^"]+"( checked)?><span>([^<]+?)(?: <span|</span>)', page)
    return {name: bool(ticked) for ticked, name in found}


@pytest.mark.parametrize(
    ("number", "day"),
    [
        ("99/QĐ-BTN", "20/2/2026"),
        ("99/QĐ-BTN ngày 20/2/2026", ""),
        ("99/QĐ-BTN, ngày 20/02/2026", "20/2/2026"),
    ],
)
def test_number_and_day_of_the_decision_are_kept_apart(editor, departments, number, day):
    unit, other = departments

    event = carried_out(editor, unit, **MERGER | {"others": other.pk, "decision": number, "decided_on": day})

    assert (event.decision, event.decided_on) == ("99/QĐ-BTN", SIGNED)


def test_the_life_of_the_unit_tells_the_decision_with_its_day(ministry):
    reorganise(None, Rename(ministry, "Bộ Mới"), on=ON, decision="7/QĐ-TTg", decided_on=SIGNED)

    told = [line.decision for line in life_of(Unit.objects.get(pk=ministry.pk)) if line.kind == "named"]

    assert told == ["7/QĐ-TTg ngày 20/2/2026"]


def test_a_decision_without_a_day_asks_for_it_or_for_the_word_that_nobody_knows_it(editor, departments):
    unit, other = departments

    page = sent(editor, unit, **MERGER, others=other.pk)

    asked = "Nhập ngày của quyết định, hoặc đánh dấu “Chưa biết ngày quyết định”."
    assert (asked in page, 'name="seen"' in page) == (True, False)


def test_a_day_nobody_knows_is_left_out(editor, departments):
    unit, other = departments

    event = carried_out(editor, unit, **MERGER, others=other.pk, day_unknown="on")

    assert (event.decision_words, event.decided_on) == ("99/QĐ-BTN", None)


def test_a_decision_of_a_day_to_come_is_refused_on_the_form_and_by_the_service(editor, ministry, departments):
    unit, other = departments
    refused_words = "Ngày quyết định 3/3/2026 chưa tới. Sửa lại theo ngày ký ghi trên quyết định."

    page = sent(editor, unit, **MERGER, others=other.pk, decided_on="3/3/2026")
    with pytest.raises(UnitChangeRefusedError) as refused:
        reorganise(None, Rename(ministry, "Bộ Mới"), on=ON, decision="7", decided_on=date(2026, 3, 3))

    assert refused_words in page
    assert [problem.text() for problem in refused.value.problems] == [refused_words]


def test_units_under_the_same_unit_are_offered_before_any_search(editor, departments):
    make_unit("Phòng Một", departments[1])

    assert searched(editor, departments[0]) == {"Cục Hai": False}


@pytest.mark.parametrize("query", ["phong trợ", "Phòng trợ giúp", "PHONG TRO GIUP"])
def test_a_search_finds_units_anywhere_without_diacritics(editor, departments, query):
    make_unit("Phòng Trợ giúp", departments[1])
    make_unit("Phòng Kế toán", departments[1])

    assert searched(editor, departments[0], q=query) == {"Phòng Trợ giúp": False}


def test_ticked_units_stay_ticked_through_a_search(editor, departments):
    make_unit("Phòng Trợ giúp", departments[1])

    found = searched(editor, departments[0], q="tro giup", others=departments[1].pk)

    assert found == {"Cục Hai": True, "Phòng Trợ giúp": False}


def test_without_scripts_a_search_keeps_what_was_typed_and_judges_nothing(editor, departments):
    make_unit("Phòng Trợ giúp", departments[1])
    given = {"name": "Cục Hợp nhất", "others": departments[1].pk, "q": "tro giup", "find": "1"}

    page = sent(editor, departments[0], **given)

    assert offered_on(page) == {"Cục Hai": True, "Phòng Trợ giúp": False}
    assert ('value="Cục Hợp nhất"' in page, "field-error" in page) == (True, False)


def test_a_unit_found_elsewhere_merges_with_the_others(editor, departments):
    room = make_unit("Phòng Trợ giúp", departments[1])

    event = carried_out(editor, departments[0], **MERGER, others=room.pk, decided_on="20/2/2026")

    gone = set(event.successions.values_list("predecessor__name", flat=True))
    assert gone == {"Cục Một", "Phòng Trợ giúp"}


def test_units_of_others_are_not_found(departments, ministry):
    stranger = make_unit("Cục Lạ", make_unit("Bộ Khác"))
    editor = signed_in(Client(), make_user(ministry, UnitRole.Role.STAFF_ADMIN))

    page = sent(editor, departments[0], **MERGER, others=stranger.pk, decided_on="20/2/2026")

    assert searched(editor, departments[0], q="cục lạ") == {}
    assert "Có đơn vị được chọn không còn ở đó." in page


@pytest.mark.parametrize("siblings", [5, 15])
def test_a_long_list_is_offered_as_far_as_one_looks(editor, ministry, departments, siblings, monkeypatch):
    monkeypatch.setattr("thidua.organisations.forms.reorganisations.OFFERED", 10)
    for number in range(siblings):
        make_unit(f"Cục Số {number}", ministry)

    assert len(searched(editor, departments[0], q="cuc so")) == min(siblings, 10)

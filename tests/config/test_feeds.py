"""Calendar addresses: whoever holds one reads what its account may read today, and nothing after it was replaced."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from factories import signed_in
from movements.stage import TODAY, Stage
from thidua.accounts.services import close_account, speak
from thidua.notices.services import open_feed
from thidua.organisations.models import UnitRole

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    with time_machine.travel(TODAY, tick=False):
        yield Stage()


def entries(token):
    answer = Client().get(reverse("movements:feed", args=[token]))
    calendar = Calendar.from_ical(answer.content)
    return [(str(entry["summary"]), entry["dtstart"].dt) for entry in calendar.walk("VEVENT")]


def test_the_address_alone_opens_the_deadlines_of_the_unit(stage):
    assert entries(open_feed(stage.receiver, unit_id=stage.north.pk)) == [
        ("Issue own plan (North)", date(2026, 3, 14))
    ]


@pytest.mark.parametrize(("language", "name"), [("vi", "Thời hạn thi đua"), ("en", "Emulation deadlines")])
def test_the_calendar_speaks_the_language_of_its_account(stage, language, name):
    speak(stage.receiver, language)
    address = reverse("movements:feed", args=[open_feed(stage.receiver)])

    answer = Client().get(address, headers={"accept-language": "en" if language == "vi" else "vi"})

    assert str(Calendar.from_ical(answer.content)["x-wr-calname"]) == name


def test_a_unit_one_no_longer_acts_for_is_left_out(stage):
    token = open_feed(stage.receiver)
    UnitRole.objects.filter(person=stage.receiver.person).delete()

    assert entries(token) == []


def test_a_closed_account_closes_its_address(stage):
    token = open_feed(stage.receiver)
    close_account(None, stage.receiver, on=date(2026, 3, 2))

    assert Client().get(reverse("movements:feed", args=[token])).status_code == 404


def test_an_address_is_shown_once_when_it_is_made(stage, client):
    signed_in(client, stage.receiver)
    client.post(reverse("movements:make_feed"), {"unit": str(stage.north.pk)})

    pages = [client.get(reverse("movements:feeds")).content.decode() for _ in range(2)]

    assert [".ics" in page for page in pages] == [True, False]


def test_nobody_makes_an_address_for_a_unit_of_others(stage, client):
    signed_in(client, stage.stranger)

    assert client.post(reverse("movements:make_feed"), {"unit": str(stage.north.pk)}).status_code == 404

"""The organiser's calendar and nearest deadlines hold what its own movements set."""

from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from factories import make_user, signed_in
from movements.plans import launch, make_movement
from thidua.movements.selectors.work import work_of
from thidua.notices.services import open_feed
from thidua.organisations.permissions import scope_of
from thidua.records.days import HERE

pytestmark = pytest.mark.django_db


@pytest.fixture
def movement(ministry, departments, officer):
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=HERE), tick=False):
        yield launch(make_movement(ministry, by=officer), departments, by=officer)


def test_the_organiser_has_its_movements_deadlines_in_its_calendar(movement, ministry):
    organiser = make_user(ministry)

    answer = Client().get(reverse("movements:feed", args=[open_feed(organiser)]))

    entries = list(Calendar.from_ical(answer.content).walk("VEVENT"))
    shown = [(e["dtstart"].dt, e["url"].endswith(f"/{movement.pk}/thoi-han/")) for e in entries]
    assert shown == [(date(2026, 3, 14), True)]


def test_the_organisers_nearest_deadlines_lead_to_their_board(movement, ministry):
    organiser = make_user(ministry)

    found = work_of(scope_of(organiser), on=date(2026, 3, 2)).terms
    body = signed_in(Client(), organiser).get(reverse("movements:work")).content.decode()

    assert [(unit, term.last_day) for unit, term in found] == [(ministry, date(2026, 3, 14))]
    assert reverse("movements:deadlines", args=[movement.pk]) in body


def test_a_day_gone_by_is_no_nearest_deadline_of_the_organiser(movement, ministry):
    assert work_of(scope_of(make_user(ministry)), on=date(2026, 3, 15)).terms == ()

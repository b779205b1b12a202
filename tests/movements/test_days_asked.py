"""Every page that can be seen as of a day takes one as people type it, and says where it did not take it."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from factories import make_unit, make_user, signed_in
from movements.plans import launch, make_movement

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        top = make_unit("Bộ Thử nghiệm")
        unit = make_unit("Sở Thử nghiệm", top)
        officer = make_user(top)
        movement = launch(make_movement(top, by=officer), [unit], by=officer)
    with time_machine.travel("2026-03-10 08:00:00+07:00", tick=False):
        yield top, movement, signed_in(Client(), officer)


def pages(house):
    top, movement, _client = house
    return [
        reverse("movements:board", args=[movement.pk]),
        reverse("movements:deadlines", args=[movement.pk]),
        reverse("movements:deadline", args=[movement.pk, movement.deadlines.first().pk]),
        reverse("organisations:tree"),
        reverse("organisations:unit", args=[top.pk]),
        reverse("honours:register"),
        reverse("honours:unit", args=[top.pk]),
        reverse("commendations:awards"),
    ]


def test_every_page_of_a_day_says_that_an_impossible_one_was_not_taken(house):
    told = [
        'id="as-of-day_error"' in house[2].get(address, {"as_of": "31/02/2026"}).content.decode()
        for address in pages(house)
    ]

    assert told == [True] * len(told)


def test_every_page_takes_a_day_typed_as_on_paper(house):
    for address in pages(house):
        page = house[2].get(address, {"as_of": "05/03/2026"}).content.decode()

        assert ('id="as-of-day_error"' in page, 'value="5/3/2026"' in page) == (False, True)


def test_a_board_says_that_it_knows_no_day_to_come(house):
    pages_of_board = pages(house)[:3]

    told = [
        "không xem được ở trang này" in house[2].get(address, {"as_of": "2030-01-01"}).content.decode()
        for address in pages_of_board
    ]

    assert told == [True] * 3

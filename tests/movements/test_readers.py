"""Who of the organiser has read a plan: everybody is counted, a page at a time is shown."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import make_person, signed_in
from movements.stage import opened, sent, text_of
from thidua.movements.models import Acknowledgement

pytestmark = pytest.mark.django_db
SIZE = 25


@pytest.fixture
def unit(stage):
    return stage.movement.organiser


def page(stage, **query):
    return text_of(opened(stage.officer, "readers", stage.movement.pk, size=str(SIZE), **query))


def names(text):
    return re.findall(r"<td>(Bùi Văn \d+)</td>", text)


def numbers(text):
    """Return what the page says of all: who has read, of how many, and the count on each tab."""
    done, total = re.search(r"(\d+) trong (\d+) người của", text).groups()
    tabs = re.search(r'<nav class="tabs".*?</nav>', text, re.DOTALL).group()
    return int(done), int(total), [int(number) for number in re.findall(r'class="count">(\d+)<', tabs)]


def test_all_are_counted_and_one_page_is_shown(stage, unit):
    before = numbers(page(stage))[1]
    people = [make_person(f"Bùi Văn {number:02}", unit) for number in range(40)]
    Acknowledgement.objects.bulk_create(
        [Acknowledgement(movement=stage.movement, person=one) for one in people[:7]]
    )

    first, last = page(stage), page(stage, page="9")

    assert numbers(first) == (7, before + 40, [before + 40, before + 33])
    assert first.count("</tr>") - 1 == SIZE
    assert not set(names(first)) & set(names(last))


def test_whoever_has_not_read_is_listed_alone(stage, unit):
    people = [make_person(f"Bùi Văn {number:02}", unit) for number in range(3)]
    Acknowledgement.objects.create(movement=stage.movement, person=people[1])

    assert names(page(stage, show="unread")) == ["Bùi Văn 00", "Bùi Văn 02"]
    assert names(page(stage)) == ["Bùi Văn 00", "Bùi Văn 01", "Bùi Văn 02"]


def test_one_who_read_two_revisions_is_counted_once(stage, unit):
    person = make_person("Bùi Văn 00", unit)
    before = numbers(page(stage))
    for revision in (1, 2):
        Acknowledgement.objects.create(movement=stage.movement, person=person, revision=revision)

    done, total, (everybody, unread) = numbers(page(stage))

    assert (done, total, everybody, unread) == (before[0] + 1, before[1], before[1], before[2][1] - 1)


def test_the_page_costs_the_same_for_many_and_stays_small(stage, unit):
    counts, client = [], signed_in(Client(), stage.officer)
    for number in (30, 300):
        for place in range(number):
            make_person(f"Bùi Văn {place}", unit)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(reverse("movements:readers", args=[stage.movement.pk]))
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 12
    assert len(answer.content) <= 100 * 1024


def test_a_unit_that_only_received_the_plan_sees_no_list(stage):
    assert opened(stage.receiver, "readers", stage.movement.pk).status_code == 404


def test_marking_a_plan_as_read_moves_one_over(stage):
    before = numbers(page(stage))

    sent(stage.clerk, "mark_read", stage.movement.pk)

    assert numbers(page(stage))[0] == before[0] + 1

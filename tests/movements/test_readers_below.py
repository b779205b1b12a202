"""A unit's own plan is read by its people, those of the units below it as far as it was launched to them."""

import pytest
from django.urls import reverse

from factories import make_unit, make_user
from movements.stage import opened, sent, text_of
from thidua.movements.models import Movement, PlanItem
from thidua.movements.selectors.readers import readers_of
from thidua.movements.selectors.work import to_read
from thidua.movements.services.answering import acknowledge
from thidua.organisations.permissions import scope_of

pytestmark = pytest.mark.django_db

TO_READ = "Cần đọc và xác nhận"


@pytest.fixture
def rooms(stage):
    """Return a room to which the plan goes, one below that room, and one that is left out."""
    inner = make_unit("Desk", stage.room)
    return stage.room, inner, make_unit("Other room", stage.north)


@pytest.fixture(autouse=True)
def _contents(stage):
    PlanItem.objects.create(plan=stage.own.plan, field="contents", value={"number": "1", "text": "Work"})


@pytest.fixture
def people(rooms):
    return [make_user(unit, None, full_name=f"Reader of {unit.name}") for unit in rooms]


def launched(stage, *units):
    sent(
        stage.chief,
        "issue",
        stage.own.pk,
        number="8/KH-N",
        issued_on="1/3/2026",
        place="Hanoi",
        signer_position="Chief",
        signer_name="Lan Chief",
    )
    sent(stage.chief, "launch_own", stage.own.pk, unit=[unit.pk for unit in units])
    return Movement.objects.get(pk=stage.own.pk)


def asked(people):
    return [len(to_read(scope_of(one))) for one in people]


def test_people_of_a_room_left_out_are_not_asked_to_read(stage, rooms, people):
    own = launched(stage, rooms[0])

    assert own.status == "launched"
    assert asked([*people, stage.clerk]) == [1, 1, 0, 1]
    names = {person.full_name for person in readers_of(own)}
    assert names == {"Mai Receiver", "Lan Chief", "Nhan Clerk", "Reader of Room", "Reader of Desk"}


def test_where_no_unit_below_is_chosen_everybody_reads(stage, rooms, people):
    own = launched(stage)

    assert asked([*people, stage.clerk]) == [1, 1, 1, 1]
    assert readers_of(own).count() == 6


def test_the_page_says_how_many_of_how_many_have_read_and_leads_to_them(stage, rooms, people):
    own = launched(stage, rooms[0])
    acknowledge(own, stage.clerk.person, by=stage.clerk)

    page = text_of(opened(stage.chief, "detail", own.pk))

    anchors = [piece.split("</a>")[0] for piece in page.split("<a ")]
    links = [one.split('href="')[1].split('"')[0] for one in anchors if "Ai đã đọc" in one]
    assert ("1/5" in page, links) == (True, [reverse("movements:readers", args=[own.pk])])


def test_before_the_launch_it_is_said_who_does_not_receive(stage, rooms):
    sent(
        stage.chief,
        "issue",
        stage.own.pk,
        number="8/KH-N",
        issued_on="1/3/2026",
        place="Hanoi",
        signer_position="Chief",
        signer_name="Lan Chief",
    )

    page = text_of(opened(stage.chief, "launch_own", stage.own.pk))

    assert "Người của đơn vị bên dưới không được chọn thì không nhận" in page

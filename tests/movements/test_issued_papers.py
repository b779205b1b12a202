"""The page of a unit's own paper that answers: issued already, so launched next, and corrected only on purpose."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from factories import make_user, signed_in
from movements.plans import launch, make_movement
from movements.stage import opened, text_of
from thidua.audit.models import Entry
from thidua.movements.models import Completion, Movement, Participation, PlanItem
from thidua.movements.services import answering, launching
from thidua.organisations.models import UnitRole

pytestmark = pytest.mark.django_db
State = Participation.State

OWN = (
    ("number", {"value": "91/KH-STP"}),
    ("issued_on", {"value": "2026-11-21"}),
    ("themes", {"text": "Chủ đề của Sở"}),
    ("contents", {"number": "1", "text": "Hoàn thành nhiệm vụ"}),
)
PENCIL = 'class="act act-edit"'


@pytest.fixture
def chief(department):
    return make_user(department, UnitRole.Role.HEAD, full_name="Hoàng Văn Lâm")


@pytest.fixture
def writer(department):
    return make_user(department, full_name="Lò Thị Yên")


@pytest.fixture
def paper(ministry, departments, department, officer, chief):
    parent = launch(make_movement(ministry, by=officer), departments, by=officer)
    movement = make_movement(department, items=OWN, by=chief, text="Kế hoạch đã ký của Sở.")
    part = Participation.objects.get(movement=parent, unit=department)
    answering.answer_with(part.pk, movement, by=chief)
    return Movement.objects.get(pk=movement.pk)


def test_an_officer_is_led_to_the_launch_and_to_no_issuing(paper, writer):
    page = text_of(opened(writer, "check", paper.pk))

    launches = f'class="button button-primary" href="{reverse("movements:launch_own", args=[paper.pk])}"'
    assert page.count(launches) == 1
    assert page.count("Soạn xong thì trình thủ trưởng ban hành") == 0
    assert page.count("Kế hoạch đã ban hành: số 91/KH-STP ngày 21/11/2026") == 1


def test_what_is_issued_has_no_pencils_until_one_asks_for_them(paper, writer):
    page = text_of(opened(writer, "check", paper.pk))
    correcting = text_of(opened(writer, "check", paper.pk, sua="1"))

    ways = f'href="{reverse("movements:check", args=[paper.pk])}?sua=1"'
    assert (page.count(PENCIL), page.count("Hoàn tác"), page.count(ways)) == (0, 0, 1)
    assert (correcting.count(PENCIL), correcting.count(ways)) == (len(OWN), 0)


def test_correcting_goes_on_after_each_act(paper, writer):
    item = PlanItem.objects.get(plan=paper.plan, field="contents")
    address = reverse("movements:check", args=[paper.pk])
    client = signed_in(Client(), writer)
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{address}?sua=1"}

    answer = client.post(reverse("movements:undo", args=[paper.pk]), headers=headers)
    without = client.post(
        reverse("movements:undo", args=[paper.pk]),
        headers=headers | {"HX-Current-URL": f"http://testserver{address}"},
    )

    assert item.state == "read"
    assert (text_of(answer).count(PENCIL), text_of(without).count(PENCIL)) == (len(OWN), 0)


def test_what_is_unsure_is_settled_without_asking(paper, writer):
    PlanItem.objects.filter(plan=paper.plan, field="contents").update(is_sure=False)

    page = text_of(opened(writer, "check", paper.pk))

    assert page.count(PENCIL) == 1


def test_a_draft_keeps_its_pencils(paper, department, writer):
    draft = make_movement(department, items=OWN, by=writer, text="Kế hoạch đã ký của Sở.")

    assert text_of(opened(writer, "check", draft.pk)).count(PENCIL) == len(OWN)


def test_a_paper_given_up_lets_the_unit_bring_in_the_right_one(paper, department, chief):
    part = Participation.objects.get(own=paper)
    launching.withdraw(paper, by=chief)
    right = make_movement(department, items=OWN, by=chief, text="Kế hoạch đã ký đúng.")

    answering.answer_with(part.pk, right, by=chief)

    assert Participation.objects.get(pk=part.pk).own == right


OWN_DEADLINE = {"what": "Các đơn vị ban hành kế hoạch", "who": "Các đơn vị", "due": "2026-12-15"}
OWN_DUTY = {"body": "Các đơn vị", "duties": ["Ban hành kế hoạch trước ngày 15/12/2026"]}
ASKED = (("themes", {"text": "Chủ đề"}), ("deadlines", OWN_DEADLINE), ("responsibilities", OWN_DUTY))


@pytest.fixture
def answered(ministry, department, officer, chief):
    """Return the unit's part of a movement that asks for its plan, answered by a paper of the unit."""
    parent = launch(make_movement(ministry, items=ASKED, by=officer), [department], by=officer)
    return Participation.objects.get(movement=parent, unit=department)


def given_up(part, department, chief):
    wrong = make_movement(department, items=OWN, by=chief, text="Kế hoạch đã ký của Sở.")
    answering.answer_with(part.pk, wrong, by=chief)
    noted = Completion.objects.filter(unit=department).count()
    launching.withdraw(wrong, by=chief)
    return noted


def test_a_paper_given_up_takes_its_step_back_and_what_was_finished_with_it(answered, department, chief):
    version = answered.version

    noted = given_up(answered, department, chief)

    part = Participation.objects.get(pk=answered.pk)
    assert (part.own, part.state, part.version > version + 1) == (None, State.RECEIVED, True)
    assert list(part.events.values_list("state", flat=True)) == [State.RECEIVED]
    assert (noted, Completion.objects.filter(unit=department).count()) == (2, 0)
    told = Entry.objects.filter(action="movement.step_back", subject_id=str(answered.movement_id))
    assert [one.details for one in told] == [{"unit": str(department), "state": "own_plan"}]


def test_a_paper_given_up_leaves_what_was_noted_before_it_answered(answered, department, chief):
    on = date(2026, 11, 20)
    launching.advance(answered.pk, State.OWN_PLAN, on=on, by=chief)

    given_up(answered, department, chief)

    part = Participation.objects.get(pk=answered.pk)
    kept = set(Completion.objects.filter(unit=department).values_list("finished_on", flat=True))
    assert (part.own, part.state, kept) == (None, State.OWN_PLAN, {on})


def test_who_may_not_launch_is_told_who_may(paper, department, chief):
    reader = make_user(department, UnitRole.Role.AUDITOR, full_name="Mùa A Páo")

    page = text_of(opened(reader, "check", paper.pk))

    assert page.count(reverse("movements:launch_own", args=[paper.pk])) == 0
    assert page.count("Người được phát động: Hoàng Văn Lâm") == 1
    assert paper.plan.issued_on == date(2026, 11, 21)

"""A target's figure changed in an own plan, and the words that still say the old one."""

import pytest

from factories import make_user
from movements.plans import launch, make_movement
from movements.stage import opened, said, sent, text_of
from thidua.movements.models import Participation, PlanItem
from thidua.movements.selectors.items import living
from thidua.movements.selectors.stale_figures import stale_figures
from thidua.movements.services import answering, checking
from thidua.organisations.models import UnitRole

pytestmark = pytest.mark.django_db

LINE = (
    "Thi đua thi hành án; phấn đấu thi hành xong đạt 85%% về việc và %s%% về tiền trên tổng số có điều kiện"
)
TARGET = "%s%% về tiền trên tổng số có điều kiện"
ITEMS = (
    ("themes", {"text": "Về đích sớm"}),
    ("contents", {"number": "1", "text": LINE % 46}),
    ("targets", {"text": TARGET % 46, "op": ">=", "value": 46, "unit": "%"}),
)


@pytest.fixture
def chief(department):
    return make_user(department, UnitRole.Role.HEAD)


@pytest.fixture
def part(ministry, department, officer):
    parent = launch(make_movement(ministry, items=ITEMS, by=officer), [department], by=officer)
    return Participation.objects.get(movement=parent, unit=department)


@pytest.fixture
def own(part, chief):
    taken = list(
        part.movement.plan.items.filter(field__in=("contents", "targets")).values_list("pk", flat=True)
    )
    return answering.start_own_plan(part.pk, taken, by=chief)


def item(own, field):
    return living(own.plan).get(field=field)


def set_to(own, value, by, text=None):
    target = item(own, "targets")
    typed = target.value | {"value": value} | ({"text": text} if text else {})
    return checking.edit_item(target.pk, {k: str(v) for k, v in typed.items()}, version=None, by=by)


def test_words_that_say_the_figure_before_are_told_on_the_draft_itself(own, chief):
    set_to(own, 48, chief)

    page = text_of(opened(chief, "check", own.pk))

    (stale,) = stale_figures(own.plan)
    assert ([one.item.field for one in stale.places], stale.figure) == (["contents", "targets"], "48")
    assert ("Lời văn còn ghi mức cũ" in page, "Sửa lời thành 48" in page) == (True, True)


def test_one_click_writes_the_figure_in_every_place_and_one_takes_it_back(own, chief):
    target = set_to(own, 48, chief)

    answer = sent(chief, "restate", own.pk, target=target.pk)

    assert said(answer) == ["Đã sửa lời ở 2 mục."]
    assert [item(own, field).value["text"] for field in ("contents", "targets")] == [LINE % 48, TARGET % 48]
    assert stale_figures(own.plan) == []
    sent(chief, "undo", own.pk)
    assert item(own, "contents").value["text"] == LINE % 46


def test_a_figure_changed_twice_leaves_neither_of_the_former(own, chief):
    set_to(own, 50, chief)
    target = item(own, "targets")
    sent(chief, "restate", own.pk, target=target.pk)
    set_to(own, 48, chief)

    sent(chief, "restate", own.pk, target=target.pk)

    assert [item(own, field).value["text"] for field in ("contents", "targets")] == [LINE % 48, TARGET % 48]


def test_words_that_follow_are_not_asked_about(own, chief):
    PlanItem.objects.filter(pk=item(own, "contents").pk).update(value={"number": "1", "text": LINE % 48})
    set_to(own, 48, chief, text=TARGET % 48)

    assert stale_figures(own.plan) == []


def test_a_second_click_finds_nothing_left(own, chief):
    target = set_to(own, 48, chief)
    sent(chief, "restate", own.pk, target=target.pk)

    assert said(sent(chief, "restate", own.pk, target=target.pk)) == ["Không còn chỗ nào ghi mức cũ."]


def test_who_may_not_write_the_plan_does_not_restate_it(own, chief, department):
    target = set_to(own, 48, chief)
    clerk = make_user(department, None)

    answer = sent(clerk, "restate", own.pk, target=target.pk)

    assert (answer.status_code, len(stale_figures(own.plan))) == (404, 1)


def test_a_negative_figure_is_refused_and_its_target_named(part, chief):
    target = part.movement.plan.items.get(field="targets")
    given = {"item": [str(target.pk)], f"figure-{target.pk}": "-5"}

    answer = sent(chief, "answer", part.pk, **given)

    page = text_of(answer)
    assert (answer.status_code, f"{TARGET % 46}</a>: Mức không được âm." in page) == (422, True)
    assert Participation.objects.get(pk=part.pk).own is None


def test_reading_them_takes_two_queries(own, chief, django_assert_num_queries):
    set_to(own, 48, chief)

    with django_assert_num_queries(2):
        stale_figures(own.plan)

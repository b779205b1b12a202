"""A term that counts from receipt becomes a day in the plan of a unit that has received the one above."""

from datetime import datetime

import pytest
import time_machine

from factories import make_user
from movements.plans import launch, make_movement
from movements.stage import opened, sent, text_of
from thidua.movements.models import Participation
from thidua.movements.papers import paper_of
from thidua.movements.selectors.items import living
from thidua.movements.services import launching
from thidua.records.days import HERE

pytestmark = pytest.mark.django_db
COUNTED = {
    "what": "Gửi danh sách đầu mối về Vụ Tổ chức cán bộ",
    "who": "Các đơn vị",
    "relation": "after",
    "due_event": "nhận được Kế hoạch này",
    "offset": "10 ngày",
}
IN_WORDS = "trong thời hạn 10 ngày kể từ ngày nhận được Kế hoạch này."
OWN_PLAN = COUNTED | {"what": "Ban hành kế hoạch của đơn vị"}
ITEMS = (
    ("themes", {"text": "Về đích"}),
    ("contents", {"number": "1", "text": "Một"}),
    ("deadlines", COUNTED),
    ("deadlines", OWN_PLAN),
    (
        "deadlines",
        {"what": "Báo cáo tổng kết", "who": "Các đơn vị", "relation": "before", "due": "2026-12-05"},
    ),
    (
        "responsibilities",
        {
            "body": "Các đơn vị",
            "duties": [f"{COUNTED['what']} trong thời hạn 10 ngày kể từ ngày nhận được Kế hoạch này."],
        },
    ),
    ("number", {"value": "12/KH-BTP"}),
)


@pytest.fixture
def part(ministry, department, officer):
    with time_machine.travel(datetime(2026, 3, 15, 9, tzinfo=HERE), tick=False):
        launch(make_movement(ministry, items=ITEMS, by=officer), [department], by=officer)
    return Participation.objects.get(unit=department)


@pytest.fixture
def clerk(department):
    return make_user(department)


def item(part):
    return living(part.movement.plan).filter(field="deadlines").order_by("order").first()


def own_terms(part):
    part.refresh_from_db()
    rows = living(part.own.plan).filter(field="deadlines").order_by("order")
    return sorted((row.value for row in rows), key=lambda value: value["what"] != COUNTED["what"])


def duty(part):
    part.refresh_from_db()
    rows = living(part.own.plan).filter(field="responsibilities").order_by("order")
    return next(text for row in rows for text in row.value["duties"] if text.startswith(COUNTED["what"]))


def test_the_duty_says_the_day_too_or_at_least_which_plan_was_received(part, clerk, departments, officer):
    other = launch_also(part, departments[1], officer)
    content = living(part.movement.plan).get(field="contents")
    sent(clerk, "answer", part.pk, day=[item(part).pk])
    sent(make_user(departments[1]), "answer", other.pk, item=[content.pk])

    assert [duty(one) for one in (part, other)] == [
        f"{COUNTED['what']} chậm nhất ngày 25/3/2026.",
        f"{COUNTED['what']} trong thời hạn 10 ngày kể từ ngày nhận được Kế hoạch số 12/KH-BTP.",
    ]


def launch_also(part, unit, officer):
    launching.admit(part.movement, [unit.pk], by=officer)
    return Participation.objects.get(movement=part.movement, unit=unit)


def test_the_day_it_makes_is_offered_and_ticked(part, clerk):
    page = text_of(opened(clerk, "answer", part.pk))

    assert (page.count("tức ngày 25/3/2026"), page.count(f'value="{item(part).pk}" checked')) == (1, 1)


def test_the_units_plan_says_the_day_that_was_chosen(part, clerk):
    sent(clerk, "answer", part.pk, day=[item(part).pk])

    term, *_others = own_terms(part)
    assert (term["relation"], term["due"], "due_event" in term, "offset" in term) == (
        "by",
        "2026-03-25",
        False,
        False,
    )
    table = paper_of(part.own.plan).parts[-1].parts[-1].blocks[0]
    assert [row[-1] for row in table.rows] == ["chậm nhất ngày 25/3/2026", "trước ngày 05/12/2026"]


def test_a_term_not_chosen_keeps_its_words(part, clerk):
    content = living(part.movement.plan).get(field="contents")

    sent(clerk, "answer", part.pk, item=[content.pk])

    term, *_others = own_terms(part)
    assert (term["due_event"], term["offset"], "due" in term) == ("nhận được Kế hoạch này", "10 ngày", False)


def test_a_day_nobody_offered_is_not_taken(part, clerk):
    other = living(part.movement.plan).filter(field="deadlines").order_by("order")[1]

    answer = sent(clerk, "answer", part.pk, day=[other.pk])

    part.refresh_from_db()
    assert (answer.status_code, part.own) == (422, None)

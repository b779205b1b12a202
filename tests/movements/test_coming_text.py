"""Until the day a revision applies, a unit reads and takes up the text in force, and is told what it becomes."""

from datetime import date, datetime

import pytest
import time_machine

from factories import make_user
from movements.plans import launch, make_movement
from movements.stage import opened, text_of
from thidua.core.text.folding import fold
from thidua.movements.models import Participation
from thidua.movements.selectors.items import in_force
from thidua.movements.services import revising
from thidua.movements.services.answering import start_own_plan
from thidua.movements.services.launching import NotReadyError
from thidua.movements.tasks import turn_day
from thidua.organisations.models import UnitRole
from thidua.records.days import HERE

pytestmark = pytest.mark.django_db
LAUNCHED, ISSUED, EVE, FIRST = (date(2026, 11, 1), date(2026, 11, 22), date(2026, 12, 4), date(2026, 12, 5))
OLD, NEW, GONE, MORE = (
    "Rút ngắn hồ sơ còn 5 ngày",
    "Rút ngắn hồ sơ còn 3 ngày",
    "Sơ kết quý",
    "Mở lớp tập huấn",
)
ITEMS = (
    ("number", {"value": "12/KH-BTP"}),
    ("themes", {"text": "Chủ đề cũ"}),
    ("contents", {"number": "1", "text": OLD}),
    ("contents", {"number": "2", "text": GONE}),
    (
        "deadlines",
        {"what": "Gửi báo cáo tổng kết", "who": "Các đơn vị", "relation": "by", "due": "2026-12-20"},
    ),
)


def at(day):
    return time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=HERE), tick=False)


@pytest.fixture
def movement(ministry, departments, officer):
    with at(LAUNCHED):
        movement = launch(make_movement(ministry, items=ITEMS, by=officer), departments[:2], by=officer)
    with at(ISSUED):
        draft = revising.begin_revision(
            movement.plan, by=officer, decision="Quyết định số 5/QĐ-BTP", effective_on=FIRST
        )
        items = {item.value.get("text") or item.field: item for item in movement.plan.items.all()}
        revising.change_item(draft, items[OLD].pk, {"number": "1", "text": NEW}, by=officer)
        revising.drop_item(draft, items[GONE].pk, by=officer)
        revising.add_item(draft, "contents", {"number": "3", "text": MORE}, by=officer)
        revising.change_item(draft, items["Chủ đề cũ"].pk, {"text": "Chủ đề mới"}, by=officer)
        due = items["deadlines"]
        revising.change_item(draft, due.pk, due.value | {"due": "2027-01-15"}, by=officer)
        revising.issue_revision(draft, by=officer)
    movement.refresh_from_db()
    return movement


@pytest.fixture
def chief(departments):
    return make_user(departments[0], UnitRole.Role.HEAD)


@pytest.fixture
def part(movement, departments):
    return Participation.objects.get(movement=movement, unit=departments[0])


def page_on(day, chief, name, pk):
    with at(day):
        turn_day(day)
        return text_of(opened(chief, name, pk))


def texts_of(own, field):
    return [item.value.get("text") or item.value.get("due") for item in own.plan.items.filter(field=field)]


@pytest.mark.parametrize("day", [ISSUED, EVE])
def test_the_received_plan_shows_what_is_in_force_and_what_it_becomes(movement, chief, day):
    page = page_on(day, chief, "detail", movement.pk)

    assert [f"{OLD}<" in page, f"{NEW}</li>" in page] == [True, False]
    assert f"từ ngày 5/12/2026 đổi thành: {NEW}" in page
    assert "từ ngày 5/12/2026 thôi áp dụng" in page
    assert f"từ ngày 5/12/2026 thêm: {MORE}" in page
    assert "từ ngày 5/12/2026 đổi thành: chậm nhất 15/1/2027" in page
    assert "Từ ngày 5/12/2026 kế hoạch đổi 5 mục" in page


def test_the_note_opens_the_difference_at_the_item(movement, chief):
    item = movement.plan.items.get(value__text=OLD)

    page = page_on(EVE, chief, "detail", movement.pk)
    with at(EVE):
        difference = text_of(opened(chief, "revision", movement.pk, 2))

    assert f"/sua-doi/2/#muc-{item.pk}" in page
    assert f'<tr id="muc-{item.pk}">' in difference


@pytest.mark.parametrize("name", ["detail", "read"])
def test_from_its_day_the_new_text_stands_alone(movement, chief, name):
    page = page_on(FIRST, chief, name, movement.pk)

    assert [OLD in page, GONE in page, NEW in page, MORE in page] == [False, False, True, True]
    assert "5/12/2026" not in page


@pytest.mark.parametrize(("day", "theme"), [(ISSUED, "Chủ đề cũ"), (EVE, "Chủ đề cũ"), (FIRST, "Chủ đề mới")])
def test_the_head_of_the_plan_follows_on_the_day(movement, day, theme):
    with at(day):
        turn_day(day)

    movement.refresh_from_db()
    assert (movement.theme, fold(theme) in movement.folded) == (theme, True)


@pytest.mark.parametrize(("day", "due"), [(EVE, "2026-12-20"), (FIRST, "2027-01-15")])
def test_a_unit_takes_up_the_text_in_force(movement, part, chief, day, due):
    with at(day):
        turn_day(day)
        offered = text_of(opened(chief, "answer", part.pk))
        taken = [item.pk for item in movement.plan.items.filter(field="contents")]
        own = start_own_plan(part.pk, taken, by=chief)

    contents = [OLD, GONE] if day < FIRST else [NEW, MORE]
    assert texts_of(own, "contents") == contents
    assert texts_of(own, "deadlines") == [due]
    assert (f"đổi thành: {NEW}" in offered) == (day < FIRST)
    assert texts_of(own, "themes") == ["Chủ đề cũ" if day < FIRST else "Chủ đề mới"]


def test_the_next_revision_starts_from_what_the_last_one_left(movement, officer):
    with at(ISSUED):
        draft = revising.begin_revision(movement.plan, by=officer)
        page = text_of(opened(officer, "draft_revision", movement.pk, draft.number))

    assert [NEW in page, OLD in page] == [True, False]
    assert "Kể cả sửa đổi áp dụng từ 5/12/2026: Quyết định số 5/QĐ-BTP." in page


def second_revision(movement, officer, effective_on):
    """Return a draft that changes what the first one, still to come, made of the first content."""
    draft = revising.begin_revision(
        movement.plan, by=officer, decision="Quyết định số 9/QĐ-BTP", effective_on=effective_on
    )
    item = movement.plan.items.get(field="contents", value__text=NEW)
    return revising.change_item(draft, item.pk, {"number": "1", "text": "Rút ngắn còn 2 ngày"}, by=officer)


def test_what_a_revision_to_come_makes_is_changed_from_its_day_on_only(movement, officer):
    with at(ISSUED):
        draft = second_revision(movement, officer, EVE)
        with pytest.raises(NotReadyError) as refused:
            revising.issue_revision(draft, by=officer)

    assert [str(problem.text) for problem in refused.value.problems] == [
        (
            "“Rút ngắn hồ sơ còn 3 ngày” chỉ áp dụng từ 5/12/2026, theo Quyết định số 5/QĐ-BTP. "
            "Chọn ngày áp dụng từ ngày đó, hoặc bỏ thay đổi này."
        )
    ]


def test_from_its_day_on_the_second_revision_alone_holds(movement, officer):
    with at(ISSUED):
        revising.issue_revision(second_revision(movement, officer, FIRST), by=officer)

    held = [
        [item.value["text"] for item in in_force(movement.plan, day).filter(value__number="1")]
        for day in (ISSUED, EVE, FIRST)
    ]
    assert held == [[OLD], [OLD], ["Rút ngắn còn 2 ngày"]]

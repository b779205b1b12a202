"""A day put right in one item: its other places are asked about, and nothing is changed unasked."""

import pytest
from django.urls import reverse

from factories import make_user
from movements.plans import make_movement
from movements.stage import sent
from thidua.movements.marking import mark_of
from thidua.movements.models import PlanItem
from thidua.movements.problems import PlanHeldError
from thidua.movements.selectors.checking import checking as shown
from thidua.movements.selectors.items import living
from thidua.movements.selectors.odd_days import odd_days
from thidua.movements.services import answering, approving, checking
from thidua.movements.twin_days import Correction, rewrite

pytestmark = pytest.mark.django_db
State = PlanItem.State
TEXT = (
    "Các đơn vị gửi báo cáo sơ kết Đợt I về Vụ Tổ chức cán bộ trước ngày 05/7/2026, "
    "đăng ký mô hình trước ngày 05/7/2026.\n"
    "Sở Tư pháp gửi báo cáo sơ kết Đợt I về Vụ Tổ chức cán bộ trước ngày 05 tháng 7 năm 2026.\n"
    "Hội thi tìm hiểu pháp luật khai mạc trước ngày 05/7/2026."
)
REPORT = {"what": "Gửi báo cáo sơ kết Đợt I về Vụ Tổ chức cán bộ", "relation": "before", "due": "2026-07-05"}
MODEL = {"what": "Đăng ký mô hình", "relation": "before", "due": "2026-07-05"}
CONTEST = {"what": "Hội thi tìm hiểu pháp luật khai mạc", "relation": "before", "due": "2026-07-05"}
DUTY = {
    "body": "Sở Tư pháp",
    "duties": ["Gửi báo cáo sơ kết Đợt I về Vụ Tổ chức cán bộ trước ngày 05 tháng 7 năm 2026."],
}
ITEMS = (
    ("deadlines", REPORT),
    ("deadlines", MODEL),
    ("responsibilities", DUTY),
    ("deadlines", CONTEST),
    ("themes", {"text": "Về đích"}),
    ("contents", {"text": "Một"}),
)
PLACES = ((0, 79), (80, 117), (118, 205), (206, 260))


@pytest.fixture
def movement(ministry, officer):
    movement = make_movement(ministry, items=ITEMS, by=officer, text=TEXT)
    for item, (start, end) in zip(items(movement), PLACES, strict=False):
        item.start, item.end, item.state = start, end, State.CONFIRMED
        item.save()
    return movement


def items(movement):
    return list(PlanItem.objects.filter(plan=movement.plan).order_by("order"))


def correct(movement, officer):
    return checking.edit_item(items(movement)[0].pk, REPORT | {"due": "15/7/2026"}, version=None, by=officer)


def waiting(movement):
    return [item.order for item in checking.open_questions(movement.plan)]


def test_a_day_put_right_asks_about_its_sentence_and_its_work_and_nothing_else(movement, officer):
    before = [item.value for item in items(movement)][1:]

    correct(movement, officer)

    assert waiting(movement) == [1, 2]
    assert [item.value for item in items(movement)][1:] == before


def test_the_sentence_names_both_days_and_where_the_new_one_stands(movement, officer):
    item = correct(movement, officer)

    told = [line.stale_words for line in shown(movement.plan).waiting]
    assert (
        told
        == [
            {
                "old": "5/7/2026",
                "new": "15/7/2026",
                "label": "Thời hạn",
                "what": REPORT["what"],
                "mark": mark_of(item.pk),
            }
        ]
        * 2
    )


def test_one_undo_takes_the_correction_and_its_questions_back(movement, officer):
    correct(movement, officer)

    checking.undo_last(movement.plan, by=officer)

    assert (items(movement)[0].value["due"], waiting(movement)) == ("2026-07-05", [])
    assert {item.state for item in items(movement)[:4]} == {State.CONFIRMED}


def test_the_day_is_used_here_too_in_the_writing_of_the_place(movement, officer):
    item = correct(movement, officer)
    model, duty = items(movement)[1:3]

    checking.use_day(model.pk, item.pk, version=model.version, by=officer)
    checking.use_day(duty.pk, item.pk, version=duty.version, by=officer)

    assert waiting(movement) == []
    assert items(movement)[1].value["due"] == "2026-07-15"
    assert items(movement)[2].value["duties"] == [DUTY["duties"][0].replace("05 tháng", "15 tháng")]


def test_using_a_day_asks_about_what_says_it_of_that_place_but_nothing_twice(movement, officer):
    far = {"body": "Vụ", "duties": ["Theo dõi, đôn đốc các đơn vị đăng ký mô hình trước ngày 05/7/2026."]}
    PlanItem.objects.create(plan=movement.plan, field="responsibilities", order=9, value=far)
    item = correct(movement, officer)
    model, duty = items(movement)[1:3]
    checking.confirm_items(movement.plan, [duty.pk], by=officer)
    before = waiting(movement)

    checking.use_day(model.pk, item.pk, version=None, by=officer)

    assert (before, waiting(movement)) == ([1], [9])


def test_a_day_taken_back_meanwhile_is_not_used(movement, officer):
    item = correct(movement, officer)
    duty = items(movement)[2]
    checking.undo_last(movement.plan, by=officer)

    with pytest.raises(checking.DayUsedError):
        checking.use_day(duty.pk, item.pk, version=None, by=officer)


def test_confirming_leaves_the_other_day_as_it_is(movement, officer):
    correct(movement, officer)
    duty = items(movement)[2]

    checking.confirm_items(movement.plan, [duty.pk], by=officer)

    assert (waiting(movement), items(movement)[2].value) == ([1], DUTY)


def test_the_page_offers_the_day_with_one_click(movement, officer, client):
    item = correct(movement, officer)
    duty = items(movement)[2]
    client.force_login(officer)
    page = client.get(reverse("movements:check", args=[movement.pk])).content.decode()
    name = f"{mark_of(duty.pk)}:{duty.version}:{mark_of(item.pk)}"

    answer = sent(officer, "use_day", movement.pk, item=name)

    assert (
        page.count("Chỗ này vẫn ghi 5/7/2026; đã sửa thành 15/7/2026 ở"),
        page.count(f'value="{name}"'),
    ) == (2, 1)
    assert (answer.status_code, waiting(movement)) == (200, [1])


def test_a_plan_of_the_unit_is_not_issued_over_an_open_question(movement, officer):
    correct(movement, officer)

    problems = answering.problems_before_issue(movement)

    assert [problem.code for problem in problems] == ["open_questions"]


def test_a_duty_of_the_same_day_and_other_work_stays(movement, officer):
    both = DUTY | {"duties": [*DUTY["duties"], "Tổ chức hội thi tìm hiểu pháp luật trước ngày 05/7/2026."]}
    other = DUTY | {"duties": ["Gửi báo cáo sơ kết Đợt I về Vụ", "Tổ chức hội thi trước ngày 05/7/2026."]}
    PlanItem.objects.filter(pk=items(movement)[2].pk).update(value=both)
    PlanItem.objects.create(plan=movement.plan, field="responsibilities", order=9, value=other)
    item = correct(movement, officer)

    checking.use_day(items(movement)[2].pk, item.pk, version=None, by=officer)

    assert items(movement)[2].value["duties"] == [
        DUTY["duties"][0].replace("05 tháng", "15 tháng"),
        both["duties"][1],
    ]
    assert waiting(movement) == [1]


@pytest.mark.parametrize(
    ("line", "rewritten"),
    [
        ("xong trước ngày 28/02/2026.", "xong trước ngày 05/3/2026."),
        ("xong trước 28/2", "xong trước 05/3/2026"),
        ("trước 17 giờ 00 ngày 28/02/2026", "trước 17 giờ 00 ngày 05/3/2026"),
        ("ngày 28 tháng 02 năm 2026", "ngày 05 tháng 3 năm 2026"),
        ("ngày 28/02/2025", "ngày 28/02/2025"),
    ],
)
def test_a_day_is_rewritten_as_it_was_written(line, rewritten):
    assert rewrite(line, Correction(None, "2026-02-28", "2026-03-05")) == rewritten


def test_a_day_the_head_agreed_to_elsewhere_is_not_opened_by_settling_another(movement, officer, ministry):
    first = items(movement)[0]
    PlanItem.objects.filter(pk=first.pk).update(state=State.READ, is_sure=False)
    head = make_user(ministry, "head", full_name="Nguyễn Văn Bình")
    approving.submit(movement, note="", by=officer)
    approving.approve(movement, note="", by=head)

    with pytest.raises(PlanHeldError) as refused:
        correct(movement, officer)

    assert [one.code for one in refused.value.problems] == ["day_agreed"]
    assert waiting(movement) == [first.order]
    assert [one.state for one in items(movement)[1:4]] == [State.CONFIRMED] * 3


def test_living_items_alone_are_asked_about(movement, officer):
    checking.remove_item(items(movement)[2].pk, version=None, by=officer)

    correct(movement, officer)

    assert [item.order for item in living(movement.plan).filter(is_sure=False)] == [1]


# -- the whole time and its rounds ---------------------------------------------------------------------

SPANS = (
    ("period", {"from": "2026-01-01", "to": "2026-06-30"}),
    ("phases", {"name": "Đợt 1", "from": "2026-01-01", "to": "2026-06-30"}),
    ("phases", {"name": "Đợt 2", "from": "2026-07-01", "to": "2026-11-30"}),
)


@pytest.fixture
def spans(ministry, officer):
    movement = make_movement(ministry, items=SPANS[:2], by=officer)
    PlanItem.objects.filter(plan=movement.plan).update(state=State.CONFIRMED)
    return movement


def test_a_rounds_end_is_no_twin_of_the_whole_times(spans, officer):
    period = items(spans)[0]

    checking.edit_item(period.pk, {"from": "1/1/2026", "to": "30/11/2026"}, version=None, by=officer)

    assert waiting(spans) == []


def test_a_period_that_ends_before_its_last_round_is_asked_about(spans, officer):
    first = items(spans)[1]

    checking.edit_item(first.pk, first.value | {"to": "30/11/2026"}, version=None, by=officer)

    told = [str(doubt.text) for line in shown(spans.plan).waiting for doubt in line.doubts]
    assert (waiting(spans), told) == ([0], ["Thời gian này kết thúc trước “Đợt 1” (đến 30/11/2026)."])


def test_a_period_typed_too_short_waits_itself_until_confirmed(spans, officer):
    period = items(spans)[0]

    checking.edit_item(period.pk, {"from": "1/1/2026", "to": "31/5/2026"}, version=None, by=officer)
    asked = waiting(spans)
    checking.confirm_items(spans.plan, [period.pk], by=officer)

    assert (asked, waiting(spans)) == ([0], [])


def test_it_is_asked_about_before_the_plan_goes_out(ministry, officer):
    movement = make_movement(ministry, items=SPANS, by=officer)

    assert [str(one.text) for one in odd_days(movement.plan)] == [
        "Thời gian này kết thúc trước “Đợt 2” (đến 30/11/2026)."
    ]

"""Days out of order are asked about when a plan is checked, issued, launched and revised; some are real."""

from datetime import date, timedelta

import pytest

from factories import make_user
from movements.plans import launch, make_movement
from movements.stage import opened, sent, text_of
from thidua.movements.disagreements import doubts_among
from thidua.movements.models import Movement, Participation, PlanItem
from thidua.movements.selectors.checking import checking
from thidua.movements.selectors.odd_days import key_of, odd_before_launch, odd_days, odd_days_of
from thidua.movements.services import answering, revising
from thidua.organisations.models import UnitRole
from thidua.records.days import today

pytestmark = pytest.mark.django_db
ISSUED = ("issued_on", {"value": "2026-02-10"})
ABOVE = (
    ("doc_type", {"value": "KE_HOACH"}),
    ("number", {"value": "12/KH-BTP"}),
    ("issued_on", {"value": "2026-01-20"}),
    ("themes", {"text": "Về đích"}),
    ("contents", {"number": "1", "text": "Một"}),
    ("phases", {"name": "Đợt I", "from": "2026-01-20", "to": "2026-06-30"}),
    (
        "deadlines",
        {"what": "Gửi báo cáo sơ kết", "who": "Các đơn vị", "relation": "before", "due": "2026-07-05"},
    ),
)
REPORT = ABOVE[-1][1]


def term(what, due, relation="before"):
    return "deadlines", {"what": what, "relation": relation, "due": due}


def asked(*rows):
    return {place: [str(doubt.text) for doubt in doubts] for place, doubts in doubts_among(rows).items()}


def test_a_round_and_a_term_before_the_plans_own_day_are_asked_about():
    first = ("phases", {"name": "Đợt I", "from": "2026-02-01", "to": "2026-06-30"})
    second = ("phases", {"name": "Đợt II", "from": "2026-07-01", "to": "2026-12-31"})

    assert asked(ISSUED, first, second, term("Lễ phát động tổ chức", "2026-02-09")) == {
        1: ["Đợt này bắt đầu trước ngày ban hành kế hoạch (10/2/2026)."],
        3: ["Hạn này đã qua vào ngày ban hành kế hoạch (10/2/2026)."],
    }


@pytest.mark.parametrize(
    "row",
    [
        ("phases", {"name": "Đợt I", "from": "2026-02", "to": "2026-06"}),
        ("phases", {"name": "Cả năm", "from": "2026", "to": "2026"}),
        term("Lễ phát động", "2026-02-10"),
        term("Theo dõi", "2026-01-01", "from"),
        term("Ký giao ước", "--01-31"),
    ],
)
def test_days_that_may_follow_the_plans_own_raise_no_doubt(row):
    assert asked(ISSUED, row) == {}


@pytest.fixture
def above(ministry, department, officer):
    return launch(make_movement(ministry, items=ABOVE, by=officer), [department], by=officer)


@pytest.fixture
def chief(department):
    return make_user(department, UnitRole.Role.HEAD, full_name="Lương Đức Toàn")


@pytest.fixture
def own(above, chief):
    part = Participation.objects.get(movement=above)
    return answering.start_own_plan(part.pk, [], by=chief)


def issue(chief, own, issued_on, **more):
    given = {"number": "05", "issued_on": issued_on, "place": "Lào Cai"}
    given |= {"signer_position": "Giám đốc", "signer_name": "Lương Đức Toàn"}
    return sent(chief, "issue", own.pk, **given, **more)


def move(own, due):
    PlanItem.objects.create(plan=own.plan, field="contents", value={"text": "Một"}, state="confirmed")
    item = PlanItem.objects.get(plan=own.plan, field="deadlines")
    item.value = item.value | {"due": due}
    item.save()


def test_a_term_after_that_of_the_plan_above_is_shown_at_check_and_asked_at_issue(own, chief):
    move(own, "2026-07-20")

    lines = checking(own.plan).sections[1].groups[2].lines
    odd = odd_days(own.plan, issued_on=date(2026, 2, 5))

    sentence = "Hạn này sau hạn của kế hoạch cấp trên (5/7/2026)."
    assert [str(doubt.text) for line in lines for doubt in line.doubts] == [sentence]
    assert [str(one.text) for one in odd] == [sentence]


def test_what_a_unit_adds_of_the_same_stage_is_compared_too(own):
    move(own, "2026-07-04")
    value = {"what": "Tổ chức sơ kết", "relation": "by", "due": "2026-07-30"}
    PlanItem.objects.create(plan=own.plan, field="deadlines", value=value, state="added")

    assert [one.title for one in odd_days(own.plan)] == ["Tổ chức sơ kết"]


def test_a_plan_is_not_issued_before_the_one_it_answers_until_that_is_confirmed(own, chief):
    move(own, "2026-07-04")
    odd = odd_days(own.plan, issued_on=date(2026, 1, 5))

    refused = issue(chief, own, "5/1/2026")
    own.plan.refresh_from_db()
    before = own.plan.issued_at
    issue(chief, own, "5/1/2026", seen=key_of(odd))
    own.plan.refresh_from_db()

    sentence = "Ngày này trước ngày ban hành kế hoạch của cấp trên (20/1/2026)."
    assert (refused.status_code, text_of(refused).count(sentence), before) == (422, 1, None)
    assert own.plan.issued_on == date(2026, 1, 5)


def test_another_day_is_asked_about_anew(own, chief):
    move(own, "2026-07-04")
    seen = key_of(odd_days(own.plan, issued_on=date(2026, 1, 5)))
    move_later = issue(chief, own, "5/8/2026", seen=seen)

    assert move_later.status_code == 422


def test_days_in_order_are_not_asked_about(own, chief):
    move(own, "2026-07-04")

    issue(chief, own, "5/2/2026")

    own.plan.refresh_from_db()
    assert own.plan.issued_on == date(2026, 2, 5)


def test_a_launch_before_the_plans_day_is_asked_about(ministry, department, officer):
    head = make_user(ministry, UnitRole.Role.HEAD)
    items = [row for row in ABOVE if row[0] not in ("issued_on", "phases")] + [
        ("issued_on", {"value": "2126-01-20"})
    ]
    movement = make_movement(ministry, items=items[:-2] + items[-1:], by=officer)
    chosen = {"unit": str(department.pk), "go": "1"}

    refused = sent(head, "launch", movement.pk, **chosen)
    waiting = Movement.objects.get(pk=movement.pk).launches.count()
    odd = odd_before_launch(movement, today())
    sent(head, "launch", movement.pk, **chosen, seen=key_of(odd))

    assert text_of(refused).count("Ngày này trước ngày ban hành kế hoạch (20/1/2126).") == 1
    assert (waiting, movement.launches.count()) == (0, 1)


def test_what_was_confirmed_at_check_is_not_asked_again(ministry, officer):
    rows = [ISSUED, term("Lễ phát động tổ chức", "2026-02-09")]
    movement = make_movement(ministry, items=rows, by=officer, text="Kế hoạch")
    before = len(odd_days(movement.plan))
    PlanItem.objects.filter(plan=movement.plan, field="deadlines").update(is_sure=False, state="confirmed")

    assert (before, odd_days(movement.plan)) == (1, [])


def test_a_revision_dated_before_the_plan_is_saved_and_asked_about(above, ministry):
    head = make_user(ministry, UnitRole.Role.HEAD)
    draft = revising.begin_revision(above.plan, by=head)
    revising.add_item(draft, "contents", {"text": "Hai"}, by=head)
    draft.refresh_from_db()
    given = {"decision": "Quyết định số 3/QĐ-BTP ngày 10/01/2026", "effective_on": "15/1/2026", "issue": "1"}

    answer = sent(head, "draft_revision", above.pk, draft.number, **given, version=draft.version)
    draft.refresh_from_db()
    before = draft.issued_at
    page = text_of(opened(head, "draft_revision", above.pk, draft.number))
    key = page.split('name="seen" value="')[1].split('"')[0]
    sent(head, "draft_revision", above.pk, draft.number, **given, version=draft.version, seen=key)
    draft.refresh_from_db()

    told = "Ngày này trước ngày ban hành kế hoạch (20/1/2026)."
    assert (answer.status_code, before, page.count(told)) == (200, None, 2)
    assert draft.issued_at is not None


def test_a_plan_or_an_amendment_signed_in_the_future_is_asked_about(ministry, departments, officer):
    movement = make_movement(ministry, items=ABOVE, by=officer)
    ahead = today() + timedelta(days=13)
    told = f"Ngày này chưa tới: hôm nay là {today().day}/{today().month}/{today().year}."
    day = f"{ahead.day}/{ahead.month}/{ahead.year}"

    issuing = odd_days(movement.plan, issued_on=ahead)
    launch(movement, departments, by=officer)
    draft = revising.begin_revision(
        movement.plan, by=officer, decision=f"5/QĐ ngày {day}", effective_on=ahead
    )

    assert (f"Ngày ban hành {day}", told) in [(one.title, one.text) for one in issuing]
    assert [(one.title, one.text) for one in odd_days_of(draft)] == [(f"Văn bản sửa đổi {day}", told)]
    assert [one.text for one in odd_days(movement.plan, issued_on=today()) if one.text == told] == []

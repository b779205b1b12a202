from datetime import date

import pytest
from django.db import connection
from django.utils import translation

from factories import make_person, make_unit, make_user
from movements.plans import launch, make_movement
from thidua.movements.models import Acknowledgement, Movement, Participation, PlanItem
from thidua.movements.selectors.items import living
from thidua.movements.services import answering, checking, launching
from thidua.notices.models import Notice

pytestmark = pytest.mark.django_db
ISSUE = answering.Issue(
    number="12/KH-STP",
    issued_on=date(2026, 3, 10),
    place="Lào Cai",
    signer_name="Lò Văn Mai",
    signer_position="Giám đốc",
)


@pytest.fixture
def parent(ministry, departments, officer):
    return launch(make_movement(ministry, by=officer), departments, by=officer)


@pytest.fixture
def head(department):
    return make_user(department, "head", full_name="Lò Văn Mai")


@pytest.fixture
def part(parent, department):
    return Participation.objects.get(movement=parent, unit=department)


def contents_of(parent):
    return list(living(parent.plan).filter(field="contents").order_by("order"))


@pytest.fixture
def own(part, parent, head):
    chosen = [contents_of(parent)[1].pk]
    return answering.start_own_plan(part.pk, chosen, by=head)


def texts(movement, field):
    return [v.get("text") for v in living(movement.plan).filter(field=field).values_list("value", flat=True)]


def test_an_own_plan_takes_over_what_was_chosen(own, parent):
    assert texts(own, "themes") == ["Kỷ cương, sáng tạo, về đích sớm"]
    assert texts(own, "contents") == ["Đẩy mạnh chuyển đổi số"]
    assert texts(own, "targets") == []


def test_what_was_taken_over_leads_back_to_the_parents_item(own, parent):
    assert PlanItem.objects.get(plan=own.plan, field="contents").origin == contents_of(parent)[1]


def test_the_parents_plan_is_the_first_basis(own, parent):
    parent.plan.refresh_from_db()

    (basis,) = living(own.plan).filter(field="legal_basis").values_list("value", flat=True)

    assert (basis["role"], basis["issuer"]) == ("basis", "Bộ Tư pháp")


def test_an_own_plan_is_named_and_addressed(own):
    assert own.plan.title == "Thực hiện phong trào thi đua “Kỷ cương, sáng tạo, về đích sớm” năm 2026"
    assert own.name == own.plan.title
    assert [
        v["who"] for v in living(own.plan).filter(field="recipients").values_list("value", flat=True)
    ] == [
        "Bộ Tư pháp",
        "Ủy ban nhân dân tỉnh Lào Cai",
        "Lãnh đạo Sở",
        "Công chức, viên chức, người lao động của Sở",
    ]


def test_an_own_plan_is_written_in_vietnamese_whatever_the_page(part, parent, head):
    with translation.override("en"):
        movement = answering.start_own_plan(part.pk, [], by=head)

    assert movement.plan.title.startswith("Thực hiện phong trào thi đua")


def test_a_second_own_plan_is_refused_with_the_first(own, part, head):
    with pytest.raises(answering.AlreadyAnsweredError) as refused:
        answering.start_own_plan(part.pk, [], by=head)

    assert refused.value.movement == own


def test_a_deadline_of_another_unit_is_not_taken_over(ministry, departments, officer, head):
    items = [
        ("themes", {"text": "Chủ đề"}),
        (
            "deadlines",
            {
                "what": "Việc của An Giang",
                "who": "Sở Tư pháp tỉnh An Giang",
                "relation": "by",
                "due": "2026-06-30",
            },
        ),
        ("deadlines", {"what": "Việc chung", "relation": "by", "due": "2026-06-30"}),
    ]
    movement = launch(make_movement(ministry, items=items, by=officer), departments, by=officer)
    part = Participation.objects.get(movement=movement, unit=departments[2])

    own = answering.start_own_plan(part.pk, [], by=head)

    assert [
        v["what"] for v in living(own.plan).filter(field="deadlines").values_list("value", flat=True)
    ] == ["Việc chung"]


def test_issuing_gives_number_day_and_signer_and_the_parent_sees_it(own, part, head):
    plan = answering.issue_plan(own, ISSUE, by=head)

    part.refresh_from_db()
    assert (plan.number, plan.issued_on, plan.signer_name) == ("12/KH-STP", date(2026, 3, 10), "Lò Văn Mai")
    assert part.state == Participation.State.OWN_PLAN


def test_a_plan_without_contents_is_not_issued(part, head):
    own = answering.start_own_plan(part.pk, [], by=head)

    with pytest.raises(launching.NotReadyError) as refused:
        answering.issue_plan(own, ISSUE, by=head)

    assert [p.code for p in refused.value.problems] == ["no_contents"]


def test_a_plan_given_up_while_it_is_being_issued_is_told_as_such(own, head):
    def given_up_first(execute, sql, params, many, context):
        if 'FROM "movements_movement" WHERE' in sql:
            Movement.objects.filter(pk=own.pk).update(status=Movement.Status.WITHDRAWN)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(given_up_first), pytest.raises(launching.NotReadyError) as refused:
        answering.issue_plan(own, ISSUE, by=head)

    assert [problem.code for problem in refused.value.problems] == ["status"]


def test_a_plan_is_issued_once(own, head):
    answering.issue_plan(own, ISSUE, by=head)
    own.refresh_from_db()

    with pytest.raises(launching.NotReadyError) as refused:
        answering.issue_plan(own, ISSUE, by=head)

    assert [p.code for p in refused.value.problems] == ["issued"]


def test_an_own_plan_waits_for_its_number_before_it_goes_out(own, head):
    with pytest.raises(launching.NotReadyError) as refused:
        answering.launch_own(own, [], by=head)

    assert [p.code for p in refused.value.problems] == ["not_issued"]


def test_launching_reaches_the_units_own_people(own, part, department, head):
    make_user(department, None, full_name="Giàng Thị Mỷ")
    room = make_unit("Phòng Hành chính tư pháp", department)
    answering.issue_plan(own, ISSUE, by=head)

    answering.launch_own(Movement.objects.get(pk=own.pk), [room.pk], by=head)

    part.refresh_from_db()
    assert part.state == Participation.State.LAUNCHED
    assert Participation.objects.filter(movement=own, unit=room, is_visible=True).count() == 1
    assert Notice.objects.filter(kind="movement.read").count() == 2


def test_a_person_marks_a_plan_read_once_for_each_revision(parent, department):
    person = make_person("Giàng Thị Mỷ", department)

    answering.acknowledge(parent, person, by=None)
    answering.acknowledge(parent, person, by=None)

    assert list(Acknowledgement.objects.values_list("person", "revision")) == [(person.pk, 1)]


def test_a_plan_from_the_units_own_document_answers_too(part, parent, department, head):
    items = [
        ("themes", {"text": "Chủ đề của Sở"}),
        ("number", {"value": "9/KH-STP"}),
        ("issued_on", {"value": "2026-03-01"}),
    ]
    movement = make_movement(department, items=items, by=head)

    answering.answer_with(part.pk, movement, by=head)

    part.refresh_from_db()
    assert (part.own, part.state) == (movement, Participation.State.OWN_PLAN)


def test_a_document_without_number_does_not_answer(part, department, head):
    movement = make_movement(department, by=head)

    with pytest.raises(launching.NotReadyError):
        answering.answer_with(part.pk, movement, by=head)


def test_a_withdrawn_draft_lets_the_unit_begin_anew(own, part, parent, head):
    launching.withdraw(own, by=head)

    again = answering.start_own_plan(part.pk, [], by=head)

    assert again.pk != own.pk


def test_nobody_answers_a_movement_that_is_over(parent, part, head, officer):
    launching.close(parent, on=date(2026, 12, 31), by=officer)

    with pytest.raises(launching.NotReadyError):
        answering.start_own_plan(part.pk, [], by=head)


def test_the_units_own_corrections_do_not_touch_the_parents_plan(own, parent, head):
    item = PlanItem.objects.get(plan=own.plan, field="contents")

    checking.edit_item(item.pk, {"text": "Nội dung riêng của Sở"}, version=None, by=head)

    assert texts(parent, "contents") == ["Hoàn thành nhiệm vụ chuyên môn", "Đẩy mạnh chuyển đổi số"]


def test_an_issued_paper_is_corrected_no_more(own, head):
    answering.issue_plan(own, ISSUE, by=head)
    item = PlanItem.objects.get(plan=own.plan, field="contents")

    with pytest.raises(checking.PlanLaunchedError):
        checking.remove_item(item.pk, version=None, by=head)
    with pytest.raises(checking.PlanLaunchedError):
        checking.undo_last(own.plan, by=head)


def test_what_was_read_wrong_in_a_signed_plan_stays_open_until_the_launch(part, department, head):
    items = [
        ("themes", {"text": "Chủ đề"}),
        ("number", {"value": "9/KH-STP"}),
        ("issued_on", {"value": "2026-03-01"}),
    ]
    movement = make_movement(department, items=items, by=head, text="Kế hoạch đã ký.")
    answering.answer_with(part.pk, movement, by=head)
    item = PlanItem.objects.get(plan=movement.plan, field="themes")

    assert checking.edit_item(item.pk, {"text": "Chủ đề của Sở"}, version=None, by=head).state == "edited"

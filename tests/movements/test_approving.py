from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from factories import make_account, make_person, make_role, make_unit, make_user
from movements.plans import launch, make_movement
from thidua.audit.models import Entry
from thidua.movements.models import ApprovalEvent, Movement, Participation, PlanItem
from thidua.movements.problems import SENTENCES, ApprovalRefusedError, PlanHeldError, Problem
from thidua.movements.selectors.approving import heads_for, standing_of
from thidua.movements.selectors.items import living
from thidua.movements.selectors.work import work_of
from thidua.movements.services import answering, approving, checking, intake, launching
from thidua.movements.services.answering import Issue
from thidua.movements.services.launching import NotReadyError
from thidua.notices.models import Mail, Notice
from thidua.organisations.models import UnitRole
from thidua.organisations.permissions import scope_of
from thidua.organisations.services.roles import name_stand_in
from thidua.records.days import today
from thidua.records.models import ChangedMeanwhileError

pytestmark = pytest.mark.django_db

Approval = Movement.Approval
NUMBERED = Issue(
    number="45/KH-STP",
    issued_on=date(2026, 2, 2),
    place="Lào Cai",
    signer_name="Lò Văn Mai",
    signer_position="Giám đốc",
)


@pytest.fixture
def head(ministry):
    return make_user(ministry, UnitRole.Role.HEAD, full_name="Đỗ Khắc Thiệu", email="thieu@btp.example")


@pytest.fixture
def plan(ministry, officer, head):
    del head
    return make_movement(ministry, by=officer)


@pytest.fixture
def waiting(plan, officer):
    approving.submit(plan, note="Xin ý kiến về chỉ tiêu.", by=officer)
    plan.refresh_from_db()
    return plan


@pytest.fixture
def unit_plan(ministry, department, officer):
    """A plan of a department's own, begun by its officer; its head is Lò Văn Mai."""
    make_user(department, UnitRole.Role.HEAD, full_name="Lò Văn Mai")
    clerk = make_user(department, full_name="Vàng Thị Dở")
    running = launch(make_movement(ministry, by=officer), [department], by=officer)
    part = Participation.objects.get(movement=running)
    contents = living(running.plan).filter(field="contents").values_list("pk", flat=True)
    return answering.start_own_plan(part.pk, contents, by=clerk)


def head_of(unit):
    return UnitRole.objects.get(unit=unit, role="head", stand_in_for=None).person


def states(movement):
    return list(movement.approval_events.order_by("number").values_list("state", flat=True))


def refused(act, *args, **kwargs):
    with pytest.raises(ApprovalRefusedError) as caught:
        act(*args, **kwargs)
    return [problem.code for problem in caught.value.problems]


def told(account):
    rows = Notice.objects.filter(account=account).order_by("at", "pk")
    return [(row.words().title, row.kind) for row in rows]


def to_decide(account):
    return [movement.pk for movement in work_of(scope_of(account), on=today()).to_decide]


def test_every_sentence_can_be_said():
    days = {"on": "1/2/2026", "today": "2/2/2026", "above": "3/2/2026"}
    facts = {"name": "An", "at": "8:00", "unit": "Sở"} | days

    assert all(Problem(code, facts).text() for code in SENTENCES)


def test_the_head_is_asked_and_told_and_finds_the_plan_among_the_work(waiting, officer, head):
    event = waiting.approval_events.get()

    assert (event.state, event.by, event.note) == ("submitted", officer, "Xin ý kiến về chỉ tiêu.")
    assert event.asked == ["Đỗ Khắc Thiệu (Bộ Tư pháp)"]
    assert told(head) == [("Chờ duyệt: Phong trào thử", "movement.submitted")]
    assert list(Mail.objects.values_list("to", flat=True)) == ["thieu@btp.example"]
    assert (to_decide(head), to_decide(officer)) == ([waiting.pk], [])


def test_what_waits_for_the_head_is_not_listed_a_second_time(waiting, head, officer):
    of_head, of_officer = (work_of(scope_of(one), on=today()) for one in (head, officer))

    assert (of_head.preparing, [movement.pk for movement in of_officer.preparing]) == ((), [waiting.pk])


def test_a_units_own_plan_waits_for_its_own_head_alone(unit_plan, department, head):
    chief = head_of(department).account
    approving.submit(unit_plan, note="", by=unit_plan.made_by)

    assert (to_decide(chief), to_decide(head)) == ([unit_plan.pk], [])


def test_who_stands_in_is_asked_too_and_may_answer(plan, ministry, officer, head):
    deputy = make_person("Phan Chí Hiếu", ministry)
    stand_in = make_account(deputy)
    role = UnitRole.objects.get(person=head.person)
    name_stand_in(
        None, role, deputy, first_day=today(), last_day=today() + timedelta(days=9), reason="Công tác"
    )

    event = approving.submit(plan, note="", by=officer)
    answer = approving.approve(plan, note="", by=stand_in)

    assert event.asked == [
        "Đỗ Khắc Thiệu (Bộ Tư pháp)",
        "Phan Chí Hiếu (Bộ Tư pháp, thay Đỗ Khắc Thiệu)",
    ]
    assert told(stand_in) == [("Chờ duyệt: Phong trào thử", "movement.submitted")]
    assert (answer.by, answer.state) == (stand_in, "approved")


def test_a_stand_in_named_later_finds_what_waits(waiting, ministry, head):
    deputy = make_person("Phan Chí Hiếu", ministry)
    stand_in = make_account(deputy)
    role = UnitRole.objects.get(person=head.person)
    name_stand_in(
        None, role, deputy, first_day=today(), last_day=today() + timedelta(days=9), reason="Công tác"
    )

    assert to_decide(stand_in) == [waiting.pk]


def test_a_unit_without_a_head_asks_the_nearest_above(department, head, officer):
    room = make_unit("Phòng Hành chính tư pháp", department)
    clerk = make_user(room, full_name="Vàng Thị Dở")
    movement = make_movement(room, by=clerk)

    event = approving.submit(movement, note="", by=clerk)

    assert (event.to, event.asked) == (department.parent, ["Đỗ Khắc Thiệu (Bộ Tư pháp)"])
    assert to_decide(head) == [movement.pk]


def test_a_head_who_cannot_sign_in_is_not_asked(ministry, officer):
    make_role(make_person("Không Tài Khoản", ministry), ministry, "head")
    closed = make_user(ministry, "head", full_name="Đã Nghỉ Hưu")
    closed.closed_on = today()
    closed.save()

    assert heads_for(ministry).roles == ()
    assert refused(approving.submit, make_movement(ministry), note="", by=officer) == ["nobody_to_ask"]


def test_nobody_asks_himself(ministry, head):
    assert refused(approving.submit, make_movement(ministry), note="", by=head) == ["nobody_to_ask"]


def test_an_empty_plan_a_second_submission_and_one_that_is_out_are_refused(
    ministry, department, officer, waiting
):
    empty = make_movement(ministry, items=())
    out = launch(make_movement(ministry, by=officer), [department], by=officer)

    assert [
        refused(approving.submit, movement, note="", by=officer) for movement in (empty, waiting, out)
    ] == [["empty"], ["submitted_before"], ["not_preparing"]]
    assert states(waiting) == ["submitted"]


def test_while_it_waits_the_plan_is_closed_by_every_door(waiting, officer):
    item = living(waiting.plan).filter(field="contents").first()
    doors = (
        lambda: checking.edit_item(item.pk, {"number": "1", "text": "Khác"}, version=None, by=officer),
        lambda: checking.remove_item(item.pk, version=None, by=officer),
        lambda: checking.confirm_items(waiting.plan, [item.pk], by=officer),
        lambda: checking.add_item(waiting.plan, "contents", {"number": "9", "text": "Thêm"}, by=officer),
        lambda: checking.undo_last(waiting.plan, by=officer),
        lambda: intake.classify(waiting, kind="regular", level="unit", by=officer),
    )
    before = Entry.objects.count()

    for door in doors:
        with pytest.raises(PlanHeldError):
            door()

    assert Entry.objects.count() == before


def test_a_returned_plan_is_open_again_and_its_officer_knows_why(waiting, officer, head):
    approving.send_back(waiting, reason="  Chỉ tiêu 100% cao quá.  ", by=head)
    item = living(waiting.plan).filter(field="contents").first()

    checking.edit_item(item.pk, {"number": "1", "text": "Khác"}, version=None, by=officer)

    assert told(officer) == [("Trả lại: Phong trào thử", "movement.returned")]
    assert waiting.approval_events.get(state="returned").note == "Chỉ tiêu 100% cao quá."
    assert to_decide(head) == []


@pytest.mark.parametrize("reason", ["", "   \n"])
def test_nothing_is_returned_without_a_reason(waiting, head, reason):
    assert refused(approving.send_back, waiting, reason=reason, by=head) == ["reason_missing"]
    assert states(waiting) == ["submitted"]


def test_the_database_itself_wants_a_reason_and_somebody_asked(plan):
    with pytest.raises(IntegrityError), transaction.atomic():
        ApprovalEvent.objects.create(movement=plan, number=1, state=Approval.RETURNED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Movement.objects.filter(pk=plan.pk).update(approval=Approval.SUBMITTED)


def test_consent_closes_the_plan_tells_its_officer_and_leaves_launching_to_him(
    waiting, officer, head, departments
):
    approving.approve(waiting, note="", by=head)
    item = living(waiting.plan).filter(field="contents").first()
    with pytest.raises(PlanHeldError):
        checking.remove_item(item.pk, version=None, by=officer)

    launched = launch(waiting, departments, by=officer)

    assert told(officer)[0] == ("Đã duyệt: Phong trào thử", "movement.approved")
    assert (launched.status, states(launched)) == ("launched", ["submitted", "approved"])


def test_what_the_head_saw_was_unsure_is_settled_after_he_agreed_and_nothing_else(
    plan, officer, head, departments
):
    first, second_, third = (
        living(plan.plan).filter(field__in=("contents", "targets")).order_by("field", "order")
    )
    PlanItem.objects.filter(pk__in=[first.pk, second_.pk]).update(is_sure=False)
    approving.submit(plan, note="", by=officer)
    with pytest.raises(PlanHeldError):
        checking.confirm_items(plan.plan, [first.pk], by=officer)
    approving.approve(plan, note="", by=head)

    checking.confirm_items(plan.plan, [first.pk], by=officer)
    checking.remove_item(second_.pk, version=None, by=officer)
    for act in (
        lambda: checking.confirm_items(plan.plan, [third.pk], by=officer),
        lambda: checking.edit_item(first.pk, {"number": "1", "text": "Khác"}, version=None, by=officer),
        lambda: checking.undo_last(plan.plan, by=officer),
    ):
        with pytest.raises(PlanHeldError):
            act()

    assert launch(plan, departments, by=officer).status == "launched"


def test_what_was_taken_back_is_open_and_goes_to_the_head_anew(waiting, officer, head):
    approving.take_back(waiting, by=officer)
    item = living(waiting.plan).filter(field="contents").first()
    checking.remove_item(item.pk, version=None, by=officer)
    approving.submit(waiting, note="", by=officer)

    assert states(waiting) == ["submitted", "writing", "submitted"]
    assert [title for title, _kind in told(head)] == [
        "Chờ duyệt: Phong trào thử",
        "Đã thu hồi: Phong trào thử",
        "Chờ duyệt: Phong trào thử",
    ]
    assert Mail.objects.count() == 2


def test_a_consent_taken_back_no_longer_stands(waiting, officer, head):
    approving.approve(waiting, note="", by=head)
    approving.take_back(waiting, by=officer)

    waiting.refresh_from_db()
    assert (waiting.approval, waiting.is_held) == ("writing", False)


def test_what_never_was_submitted_is_neither_taken_back_nor_decided(plan, officer, head):
    assert refused(approving.take_back, plan, by=officer) == ["not_submitted"]
    assert refused(approving.approve, plan, note="", by=head) == ["not_waiting"]
    assert refused(approving.send_back, plan, reason="Sửa", by=head) == ["not_waiting"]


def test_who_handed_it_over_does_not_agree_to_it_himself(waiting, officer, ministry):
    make_role(officer.person, ministry, "head")

    assert refused(approving.approve, waiting, note="", by=officer) == ["own_submission"]
    assert refused(approving.send_back, waiting, reason="Sửa", by=officer) == ["own_submission"]


def test_an_answer_to_an_earlier_version_changes_nothing(waiting, officer, head):
    seen = waiting.version
    approving.take_back(waiting, by=officer)
    approving.submit(waiting, note="Bản mới", by=officer)

    for act in (
        lambda: approving.approve(waiting, note="", by=head, version=seen),
        lambda: approving.send_back(waiting, reason="Sửa", by=head, version=seen),
        lambda: approving.take_back(waiting, by=officer, version=seen),
        lambda: approving.submit(waiting, note="", by=officer, version=seen),
    ):
        with pytest.raises(ChangedMeanwhileError):
            act()

    assert states(waiting) == ["submitted", "writing", "submitted"]


def test_an_officer_does_not_launch_past_the_head_but_may_after_taking_it_back(waiting, officer, departments):
    units = [unit.pk for unit in departments]
    with pytest.raises(NotReadyError) as caught:
        launching.begin_launch(waiting, units, by=officer)
    approving.take_back(waiting, by=officer)

    assert [problem.code for problem in caught.value.problems] == ["waits"]
    assert launch(waiting, departments, by=officer).status == "launched"


def test_an_officer_launches_without_ever_asking(plan, officer, departments):
    launched = launch(plan, departments, by=officer)

    assert (launched.status, launched.approval, states(launched)) == ("launched", "writing", [])


def test_the_heads_own_launch_is_the_answer(waiting, officer, head, departments):
    launched = launch(waiting, departments, by=head)

    assert (launched.status, launched.approval) == ("launched", "approved")
    assert (states(launched), told(officer)[0][0]) == (
        ["submitted", "approved"],
        "Đã duyệt: Phong trào thử",
    )


def test_a_launch_that_is_refused_answers_nothing(waiting, head):
    with pytest.raises(NotReadyError):
        launching.begin_launch(waiting, [], by=head)

    assert states(waiting) == ["submitted"]


def test_the_heads_own_issue_is_the_answer(unit_plan, department):
    chief = head_of(department).account
    approving.submit(unit_plan, note="", by=unit_plan.made_by)

    plan = answering.issue_plan(unit_plan, NUMBERED, by=chief)

    assert (plan.number, states(unit_plan)) == ("45/KH-STP", ["submitted", "approved"])
    assert refused(approving.take_back, unit_plan, by=chief) == ["issued"]
    assert refused(approving.submit, unit_plan, note="", by=unit_plan.made_by)[-1] == "issued"


def test_who_handed_it_over_and_may_launch_has_taken_it_back(waiting, officer, ministry, departments):
    make_role(officer.person, ministry, "head")

    assert states(launch(waiting, departments, by=officer)) == ["submitted", "writing"]


def test_while_it_goes_out_nothing_is_asked_or_answered(waiting, officer, head, departments):
    launching.begin_launch(waiting, [unit.pk for unit in departments], by=head)

    assert refused(approving.take_back, waiting, by=officer) == ["going_out"]
    assert refused(approving.submit, waiting, note="", by=officer)[0] == "going_out"
    assert refused(approving.approve, waiting, note="", by=head) == ["going_out"]


def test_what_lies_with_the_head_is_not_given_up_behind_his_back(waiting, officer):
    with pytest.raises(NotReadyError) as caught:
        launching.withdraw(waiting, by=officer)
    approving.take_back(waiting, by=officer)

    assert [problem.code for problem in caught.value.problems] == ["withdraw_waiting"]
    assert launching.withdraw(waiting, by=officer).status == "withdrawn"


def test_when_the_submitter_has_left_the_units_officers_are_told(waiting, officer, second, head):
    officer.is_active = False
    officer.save()

    approving.approve(waiting, note="", by=head)

    assert (told(second), told(officer), len(told(head))) == (
        [("Đã duyệt: Phong trào thử", "movement.approved")],
        [],
        1,
    )


def test_every_step_leaves_its_entry_in_the_log(waiting, officer, head):
    approving.send_back(waiting, reason="Sửa chỉ tiêu", by=head)
    approving.submit(waiting, note="", by=officer)
    approving.take_back(waiting, by=officer)
    approving.submit(waiting, note="", by=officer)
    approving.approve(waiting, note="", by=head)

    logged = Entry.objects.filter(subject_id=str(waiting.pk), action__in=approving.ACTIONS.values())
    assert sorted(logged.values_list("action", flat=True)) == [
        "movement.approve",
        "movement.return",
        *["movement.submit"] * 3,
        "movement.take_back",
    ]
    assert logged.get(action="movement.return").details == {"note": "Sửa chỉ tiêu"}


def test_a_unit_that_received_the_plan_reads_nothing_of_its_passes(waiting, head, department, officer):
    approving.approve(waiting, note="Nội bộ", by=head)
    launched = launch(waiting, [department], by=officer)
    receiver = make_user(department, full_name="Vàng Thị Dở")

    assert standing_of(launched, receiver).events == ()
    assert len(standing_of(launched, officer).events) == 2


@pytest.mark.parametrize(
    ("role", "submits", "takes_back", "decides"),
    [
        ("officer", True, True, False),
        ("head", False, True, True),
        ("staff_admin", False, False, False),
        ("auditor", False, False, False),
    ],
)
def test_what_each_role_is_offered(plan, ministry, officer, role, submits, takes_back, decides):
    visitor = make_user(ministry, role, full_name="Người Xem")
    before = standing_of(plan, visitor)
    approving.submit(plan, note="", by=officer)
    plan.refresh_from_db()
    after = standing_of(plan, visitor)

    assert (before.may_submit, before.may_take_back, before.may_decide) == (submits, False, False)
    assert (after.may_submit, after.may_take_back, after.may_decide) == (False, takes_back, decides)

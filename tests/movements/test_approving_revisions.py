"""A revision of a launched plan goes to the head: asked, taken back, returned, agreed to, issued."""

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from factories import make_unit, make_user
from movements.plans import launch, make_movement
from thidua.audit.models import Entry
from thidua.movements.models import PlanRevision
from thidua.movements.problems import ApprovalRefusedError, PlanHeldError
from thidua.movements.selectors.approving import standing_of
from thidua.movements.selectors.work import work_of
from thidua.movements.services import approving, revising
from thidua.notices.models import Notice
from thidua.organisations.models import UnitRole
from thidua.organisations.permissions import scope_of
from thidua.records.days import today
from thidua.records.models import ChangedMeanwhileError

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(ministry):
    return make_user(ministry, UnitRole.Role.HEAD, full_name="Đỗ Khắc Thiệu", email="thieu@btp.example")


@pytest.fixture
def draft(ministry, departments, officer, head):
    del head
    movement = launch(make_movement(ministry, by=officer), departments[:2], by=officer)
    return revising.begin_revision(movement.plan, by=officer)


def test_the_database_itself_wants_somebody_asked(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanRevision.objects.filter(pk=draft.pk).update(approval="submitted")


def asked(draft, officer):
    theme = draft.plan.items.get(field="themes", until=None)
    draft = revising.change_item(draft, theme.pk, {"text": "Chủ đề mới"}, by=officer)
    approving.submit(draft, note="Xin đổi chủ đề.", by=officer)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def waiting(draft, officer):
    return asked(draft, officer)


def refused(act, *args, **kwargs):
    with pytest.raises(ApprovalRefusedError) as caught:
        act(*args, **kwargs)
    return [problem.code for problem in caught.value.problems]


def work(account):
    found = work_of(scope_of(account), on=today())
    waiting = [(row.movement, row.number) for row in found.revisions_to_decide]
    return waiting, [(row.movement, row.approval) for row in found.drafting]


def issued(draft, by):
    draft = revising.describe(
        draft, decision="QĐ 5", effective_on=today(), summary="", by=by, version=draft.version, to_issue=True
    )
    return revising.issue_revision(draft, by=by)


def test_the_head_is_told_and_finds_the_revision_among_the_work(waiting, officer, head):
    (notice,) = Notice.objects.filter(account=head)

    assert notice.words().title == "Chờ duyệt sửa đổi: Phong trào thử"
    assert notice.url == f"/phong-trao/{waiting.plan.movement_id}/sua-doi/2/ban-thao/#trinh-duyet"
    assert work(head) == ([(waiting.plan.movement, 2)], [])
    assert work(officer) == ([], [(waiting.plan.movement, "submitted")])


def test_nothing_but_a_revision_with_changes_is_handed_over_and_only_once(draft, officer):
    assert refused(approving.submit, draft, note="", by=officer) == ["no_changes"]
    waiting = asked(draft, officer)
    assert refused(approving.submit, waiting, note="", by=officer) == ["submitted_before"]


def test_while_it_waits_the_draft_is_closed_by_every_door(waiting, officer):
    item = waiting.plan.items.filter(field="contents", until=None).first()
    doors = (
        lambda: revising.change_item(waiting, item.pk, {"text": "Khác"}, by=officer),
        lambda: revising.drop_item(waiting, item.pk, by=officer),
        lambda: revising.add_item(waiting, "contents", {"text": "Khác"}, by=officer),
        lambda: revising.forget_change(waiting, waiting.changes[0]["item"], by=officer),
        lambda: revising.describe(waiting, decision="QĐ", effective_on=None, summary="", by=officer),
    )

    codes = []
    for door in doors:
        with pytest.raises(PlanHeldError) as caught:
            door()
        codes.append(caught.value.problems[0].code)

    waiting.refresh_from_db()
    assert codes == ["draft_held"] * 5
    assert (len(waiting.changes), waiting.decision) == (1, "")


def test_a_returned_revision_is_open_again_and_its_officer_knows_why(waiting, officer, head):
    approving.send_back(waiting, reason="Giữ chủ đề cũ.", by=head)
    waiting.refresh_from_db()

    (notice,) = Notice.objects.filter(account=officer, kind="revision.returned")
    assert notice.words().body.endswith("Ý kiến: Giữ chủ đề cũ.")
    assert work(officer) == ([], [(waiting.plan.movement, "returned")])
    assert revising.forget_change(waiting, waiting.changes[0]["item"], by=officer).changes == []


def test_consent_leaves_issuing_to_who_may_issue(waiting, officer, head):
    approving.approve(waiting, note="", by=head)
    waiting.refresh_from_db()

    done = issued(waiting, head)

    done.refresh_from_db()
    waiting.plan.movement.refresh_from_db()
    assert (done.approval, waiting.plan.movement.theme) == ("approved", "Chủ đề mới")
    assert list(done.approval_events.order_by("number").values_list("state", flat=True)) == [
        "submitted",
        "approved",
    ]
    assert Notice.objects.filter(account=officer, kind="revision.approved").count() == 1


def test_the_heads_own_issue_is_the_answer(waiting, head):
    done = issued(waiting, head)

    assert done.approval_events.get(state="approved").by == head
    assert work(head) == ([], [])


def test_who_handed_it_over_does_not_agree_and_nobody_decides_on_what_is_out(waiting, officer, head):
    assert refused(approving.approve, waiting, note="", by=officer) == ["own_submission"]
    done = issued(waiting, head)
    assert refused(approving.approve, done, note="", by=head) == ["revision_issued"]
    assert refused(approving.submit, done, note="", by=officer) == ["revision_issued", "approved_before"]


def test_an_answer_to_an_earlier_version_changes_nothing(waiting, officer, head):
    seen = waiting.version
    approving.take_back(waiting, by=officer)
    asked_again = approving.submit(waiting, note="", by=officer)

    with pytest.raises(ChangedMeanwhileError):
        approving.approve(waiting, note="", by=head, version=seen)
    waiting.refresh_from_db()
    assert (waiting.approval, asked_again.number) == ("submitted", 3)


def test_the_passes_of_a_revision_are_not_those_of_the_plan(ministry, departments, officer, head):
    movement = make_movement(ministry, by=officer)
    approving.submit(movement, note="", by=officer)
    approving.approve(movement, note="", by=head)
    movement = launch(movement, departments[:2], by=officer)
    draft = asked(revising.begin_revision(movement.plan, by=officer), officer)

    states = [[event.state for event in standing_of(one, head).events] for one in (movement, draft)]
    assert states == [["approved", "submitted"], ["submitted"]]


def test_every_step_is_in_the_log_with_the_revision(waiting, head):
    approving.approve(waiting, note="Được.", by=head)

    rows = Entry.objects.filter(action__in=("movement.submit", "movement.approve")).order_by("at")
    assert [(row.action, row.details["revision"]) for row in rows] == [
        ("movement.submit", 2),
        ("movement.approve", 2),
    ]


def test_a_unit_that_received_the_plan_reads_nothing_of_the_passes(waiting, departments):
    chief = make_user(departments[0], UnitRole.Role.HEAD)

    assert standing_of(waiting, chief).events == ()
    assert work(chief) == ([], [])


def test_the_head_asked_above_finds_it_where_the_unit_has_none(ministry, department, officer, head):
    clerk = make_user(department, full_name="Vàng Thị Dở")
    own = launch(make_movement(department, by=clerk), [make_unit("Phòng Phổ biến", department)], by=clerk)
    asked(revising.begin_revision(own.plan, by=clerk), clerk)

    assert work(head) == ([(own, 2)], [])
    assert work(officer) == ([], [])

from datetime import date

import pytest

from factories import make_user
from movements.plans import launch, make_movement
from thidua.movements.models import Completion, Deadline, Movement, Participation, PlanItem
from thidua.movements.selectors.items import living
from thidua.movements.selectors.work import work_of
from thidua.movements.services import revising, schedule
from thidua.movements.services.launching import NotReadyError
from thidua.notices.models import Notice
from thidua.organisations.permissions import scope_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def movement(ministry, departments, officer):
    return launch(make_movement(ministry, by=officer), departments, by=officer)


@pytest.fixture
def draft(movement, officer):
    return revising.begin_revision(
        movement.plan, by=officer, decision="QĐ số 5", effective_on=date(2026, 5, 12)
    )


def deadline_item(movement):
    return living(movement.plan).filter(field="deadlines").order_by("order").first()


def moved(item, due="20/3/2026"):
    return item.value | {"due": due}


def test_a_plan_that_is_not_out_is_simply_edited(ministry, officer):
    with pytest.raises(revising.NotLaunchedError):
        revising.begin_revision(make_movement(ministry).plan, by=officer)


def test_a_second_draft_is_the_first(movement, draft, officer):
    assert revising.begin_revision(movement.plan, by=officer) == draft


def test_a_draft_changes_nothing_yet(movement, draft, officer):
    item = deadline_item(movement)

    revising.change_item(draft, item.pk, moved(item), by=officer)

    assert deadline_item(movement).value["due"] == "2026-03-15"


def test_a_second_change_of_an_item_replaces_the_first(movement, draft, officer):
    item = deadline_item(movement)
    revising.change_item(draft, item.pk, moved(item), by=officer)

    draft = revising.change_item(draft, item.pk, moved(item, "25/3/2026"), by=officer)

    assert [change["after"]["due"] for change in draft.changes] == ["2026-03-25"]


@pytest.mark.parametrize(
    ("without", "codes"),
    [("changes", ["no_changes"]), ("decision", ["no_decision"]), ("effective_on", ["no_day"])],
)
def test_a_revision_waits_for_what_it_lacks(movement, draft, officer, without, codes):
    if without != "changes":
        draft = revising.drop_item(draft, deadline_item(movement).pk, by=officer)
    given = {"decision": "QĐ", "effective_on": date(2026, 5, 12), "summary": ""}
    empty = {"decision": "", "effective_on": None}
    revising.describe(draft, by=officer, **(given | ({without: empty[without]} if without in empty else {})))

    with pytest.raises(NotReadyError) as refused:
        revising.issue_revision(draft, by=officer)

    assert [p.code for p in refused.value.problems] == codes


def test_issuing_ends_the_old_item_and_its_deadline_and_makes_the_new(movement, draft, officer):
    old = deadline_item(movement)
    revising.change_item(draft, old.pk, moved(old), by=officer)

    revising.issue_revision(draft, by=officer)

    new = deadline_item(movement)
    assert (new.value["due"], new.origin, new.since) == ("2026-03-20", old, draft)
    rows = Deadline.objects.filter(movement=movement, what=old.value["what"]).order_by("last_on")
    assert [(str(r.last_on), r.ended_by_revision_id == draft.pk) for r in rows] == [
        ("2026-03-14", True),
        ("2026-03-19", False),
    ]


def test_the_step_follows_the_deadline_that_replaced_its_own(movement, draft, officer):
    item = deadline_item(movement)
    revising.change_item(draft, item.pk, moved(item), by=officer)

    revising.issue_revision(draft, by=officer)

    assert list(movement.step_terms.values_list("state", "last_on")) == [("own_plan", date(2026, 3, 19))]


def test_what_a_unit_finished_stays_finished_when_its_day_moves(movement, draft, department, officer):
    item = deadline_item(movement)
    schedule.complete(
        department,
        finished_on=date(2026, 3, 10),
        today=date(2026, 3, 11),
        by=officer,
        deadline=Deadline.objects.get(item=item),
    )
    revising.change_item(draft, item.pk, moved(item), by=officer)

    revising.issue_revision(draft, by=officer)

    heir = Deadline.objects.get(item__origin=item)
    assert Completion.objects.get(deadline=heir).finished_on == date(2026, 3, 10)


def test_additions_and_removals_reach_the_schedule(movement, draft, officer):
    duty = living(movement.plan).get(field="responsibilities")
    revising.drop_item(draft, duty.pk, by=officer)
    new = {"what": "Tổ chức tập huấn", "relation": "before", "due": "15/8/2026"}
    revising.add_item(draft, "deadlines", new, by=officer)

    revising.issue_revision(draft, by=officer)

    assert movement.dutys.filter(ended_by_revision=None).count() == 0
    assert movement.deadlines.filter(ended_by_revision=None, what="Tổ chức tập huấn").count() == 1


def test_a_planned_change_can_be_taken_back(movement, draft, officer):
    draft = revising.add_item(draft, "contents", {"text": "Một"}, by=officer)
    draft = revising.add_item(draft, "contents", {"text": "Hai"}, by=officer)

    draft = revising.forget_change(draft, draft.changes[0]["item"], by=officer)
    draft = revising.add_item(draft, "contents", {"text": "Ba"}, by=officer)

    assert [change["after"]["text"] for change in draft.changes] == ["Hai", "Ba"]
    assert len({change["item"] for change in draft.changes}) == 2


def test_nothing_is_issued_once_the_movement_is_over(movement, draft, officer):
    draft = revising.add_item(draft, "contents", {"number": "9", "text": "Thêm"}, by=officer)
    Movement.objects.filter(pk=movement.pk).update(status=Movement.Status.CLOSED)

    with pytest.raises(NotReadyError) as refused:
        revising.issue_revision(draft, by=officer)

    assert [problem.code for problem in refused.value.problems] == ["not_running"]


def test_an_issued_revision_no_longer_changes(movement, draft, officer):
    revising.drop_item(draft, deadline_item(movement).pk, by=officer)
    revising.issue_revision(draft, by=officer)

    with pytest.raises(revising.RevisionIssuedError):
        revising.add_item(draft, "contents", {"text": "Muộn"}, by=officer)


def test_every_unit_is_told_and_sees_it_at_its_work_until_it_looked(movement, draft, department, officer):
    head = make_user(department, "head", full_name="Lò Văn Mai")
    revising.drop_item(draft, deadline_item(movement).pk, by=officer)

    revising.issue_revision(draft, by=officer)

    before = work_of(scope_of(head), on=date(2026, 5, 12)).revised
    Participation.objects.filter(unit=department).update(seen_revision=2)
    after = work_of(scope_of(head), on=date(2026, 5, 12)).revised
    assert [len(before), len(after)] == [1, 0]
    assert Notice.objects.filter(account=head, kind="movement.amended").count() == 1


def test_a_proposal_of_the_document_enters_the_draft_only_when_accepted(movement, officer):
    text = "1. Sửa đổi thời hạn: thay cụm từ “trước ngày 15/3/2026” bằng cụm từ “trước ngày 20/3/2026”."
    draft = revising.begin_revision(movement.plan, by=officer, text=text)
    (proposal,) = revising.proposals_for(draft).proposals

    before = list(draft.changes)
    draft = revising.accept(draft, proposal, by=officer)

    assert before == []
    assert [change["after"]["due"] for change in draft.changes] == ["2026-03-20"]
    assert revising.proposals_for(draft).proposals == ()


def test_a_revised_plan_keeps_the_items_it_had(movement, draft, officer):
    item = deadline_item(movement)
    revising.drop_item(draft, item.pk, by=officer)

    revising.issue_revision(draft, by=officer)

    kept = PlanItem.objects.get(pk=item.pk)
    assert (kept.value, kept.until) == (item.value, draft)

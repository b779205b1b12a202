"""An own plan tells that the plan above it was amended, until it follows or its unit says that it need not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from movements.stage import opened, said, sent, text_of
from thidua.audit.models import Entry
from thidua.movements.models import Movement, Participation, Plan, PlanRevision
from thidua.movements.selectors.behind import behind
from thidua.movements.services import revising

pytestmark = pytest.mark.django_db

TOLD = "Kế hoạch cấp trên đã sửa đổi"
NOT_WAITING = "Lần sửa đổi này không còn chờ."


@pytest.fixture
def issued(stage):
    """The own plan of the north is issued and launched; the second revision above came a day later."""
    now = timezone.now()
    Plan.objects.filter(movement=stage.own).update(issued_at=now - timedelta(days=1))
    Movement.objects.filter(pk=stage.own.pk).update(
        status=Movement.Status.LAUNCHED, launched_at=now - timedelta(days=1)
    )
    PlanRevision.objects.create(plan=stage.own.plan, number=1, issued_at=now - timedelta(days=1))
    PlanRevision.objects.filter(plan=stage.movement.plan, number=2).update(issued_at=now)
    return stage


def told_on(stage, name, who=None, *args):
    return TOLD in text_of(opened(who or stage.chief, name, *args))


def test_the_own_plan_and_the_work_of_its_unit_tell_of_the_amendment(issued):
    pages = [told_on(issued, name, None, issued.own.pk) for name in ("detail", "revisions")]

    assert [*pages, told_on(issued, "work")] == [True, True, True]


def test_nobody_else_is_asked_to_follow(issued):
    assert told_on(issued, "work", issued.receiver) is True
    assert told_on(issued, "detail", issued.clerk, issued.own.pk) is False
    assert told_on(issued, "work", issued.stranger) is False


def test_the_amendment_is_told_once_among_ones_work(issued):
    page = text_of(opened(issued.chief, "work"))

    assert page.count(f"/phong-trao/{issued.movement.pk}/sua-doi/2/") == 1


def test_an_own_plan_amended_since_follows(issued):
    PlanRevision.objects.create(plan=issued.own.plan, number=2, issued_at=timezone.now())

    assert behind(own=issued.own) == []


def test_an_own_plan_issued_after_the_amendment_follows(issued):
    Plan.objects.filter(movement=issued.own).update(issued_at=timezone.now() + timedelta(seconds=1))

    assert behind(own=issued.own) == []


def test_a_unit_says_that_its_plan_need_not_follow(issued):
    answer = sent(issued.chief, "spare_revision", issued.own.pk, 2)

    assert said(answer) == ["Đã ghi: kế hoạch của đơn vị không cần sửa theo lần sửa đổi này."]
    assert (TOLD in text_of(answer), told_on(issued, "work")) == (False, False)
    assert Entry.objects.get(action="movement.spare_revision").details == {"number": 2}


def test_the_next_amendment_is_told_again(issued):
    sent(issued.chief, "spare_revision", issued.own.pk, 2)
    item = issued.item("contents")
    revising.change_item(issued.draft, item.pk, {"number": "1", "text": "Other work"}, by=issued.head)
    draft = PlanRevision.objects.get(pk=issued.draft.pk)
    draft.decision, draft.effective_on = "QD 6/QD-BTN", timezone.now().date()
    draft.save()
    revising.issue_revision(draft, by=issued.head)

    assert [one.number for one in behind(own=issued.own)] == [draft.number]


def test_an_amendment_not_issued_yet_is_not_said_away(issued):
    answer = sent(issued.chief, "spare_revision", issued.own.pk, issued.draft.number)

    assert said(answer) == [NOT_WAITING]
    assert Participation.objects.get(pk=issued.part.pk).spared_revision == 0


def test_only_what_was_noted_is_told_as_noted(issued):
    sent(issued.chief, "spare_revision", issued.own.pk, 2)
    again = sent(issued.chief, "spare_revision", issued.own.pk, 2)
    Participation.objects.filter(own=issued.own).update(own=None)
    alone = sent(issued.chief, "spare_revision", issued.own.pk, 2)

    assert (said(again), said(alone)) == ([NOT_WAITING], [NOT_WAITING])
    assert Entry.objects.filter(action="movement.spare_revision").count() == 1


def test_who_may_not_edit_the_plan_says_nothing_of_it(issued):
    answers = [sent(who, "spare_revision", issued.own.pk, 2) for who in (issued.clerk, issued.stranger)]

    assert [answer.status_code for answer in answers] == [403, 404]
    assert behind(own=issued.own) != []


def test_the_plan_above_itself_is_no_answer(issued):
    assert sent(issued.head, "spare_revision", issued.movement.pk, 2).status_code == 404


def test_what_lies_behind_is_read_in_one_query(issued, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(behind(units=[issued.north.pk])) == 1

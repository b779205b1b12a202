"""A second click on what issues, launches or takes finds the work done, and is told so calmly."""

import pytest

from movements.stage import opened, said, sent
from movements.test_answering_pages import GIVEN, with_contents
from thidua.movements.models import Movement, PlanRevision
from thidua.movements.services import revising

pytestmark = pytest.mark.django_db

HEAD = {"decision": "Quyết định số 9/QĐ-BTN", "effective_on": "02/03/2026", "summary": ""}
OUT = "Bản sửa đổi này đã được ban hành; không ghi gì thêm."


def issued_twice(stage):
    item = stage.item("contents")
    revising.change_item(stage.draft, item.pk, {"number": "1", "text": "More work"}, by=stage.officer)
    version = PlanRevision.objects.get(pk=stage.draft.pk).version
    given = HEAD | {"version": version, "issue": "1"}
    return [
        sent(stage.head, "draft_revision", stage.movement.pk, stage.draft.number, **given) for _ in range(2)
    ]


def test_issuing_a_revision_twice_leads_to_the_revision_both_times(stage):
    first, second = issued_twice(stage)

    assert [answer.redirect_chain[-1][0] for answer in (first, second)] == [
        f"/phong-trao/{stage.movement.pk}/sua-doi/{stage.draft.number}/"
    ] * 2
    assert said(second) == [OUT]


@pytest.mark.parametrize("name", ["discard_revision", "attach_amendment", "use_amendment"])
def test_what_belongs_to_a_draft_is_told_of_the_issue(stage, name):
    issued_twice(stage)

    assert said(sent(stage.head, name, stage.movement.pk, stage.draft.number)) == [OUT]


def test_a_refused_issue_keeps_the_number_that_was_there(stage):
    PlanRevision.objects.filter(pk=stage.draft.pk).update(decision="Quyết định số 4380/QĐ-BTP")
    version = PlanRevision.objects.get(pk=stage.draft.pk).version

    answer = sent(
        stage.head,
        "draft_revision",
        stage.movement.pk,
        stage.draft.number,
        decision="",
        version=version,
        issue="1",
    )

    draft = PlanRevision.objects.get(pk=stage.draft.pk)
    assert (answer.status_code, draft.decision, draft.version) == (422, "Quyết định số 4380/QĐ-BTP", version)


def test_throwing_a_draft_away_twice_leads_to_the_history(stage):
    answers = [sent(stage.head, "discard_revision", stage.movement.pk, stage.draft.number) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]


def test_taking_a_proposal_twice_leads_back_to_the_draft(stage):
    answer = sent(stage.head, "accept_proposal", stage.movement.pk, stage.draft.number, "0123456789ab")

    assert answer.status_code == 200


def test_launching_what_is_out_leads_to_its_board(stage):
    answer = sent(stage.head, "launch", stage.movement.pk, unit=[stage.north.pk], go="1")

    assert said(answer) == ["Phong trào này đã được phát động."]


def test_going_on_with_a_launch_that_is_done_shows_it_done(stage):
    order = stage.movement.launches.get()

    assert sent(stage.head, "launch_again", stage.movement.pk, order.pk).status_code == 200


def test_an_own_plan_is_issued_and_launched_once(stage):
    with_contents(stage)

    answers = [
        *(sent(stage.chief, "issue", stage.own.pk, **GIVEN) for _ in range(2)),
        *(sent(stage.chief, "launch_own", stage.own.pk) for _ in range(2)),
    ]

    stage.own.refresh_from_db()
    assert stage.own.status == Movement.Status.LAUNCHED
    assert [answer.status_code for answer in answers] == [200] * 4
    assert said(answers[3]) == ["Kế hoạch này đã được phát động."]


def test_the_page_to_issue_shows_no_form_once_it_is_done(stage):
    with_contents(stage)
    sent(stage.chief, "issue", stage.own.pk, **GIVEN)

    answer = opened(stage.chief, "issue", stage.own.pk)

    assert (answer.status_code, answer.url) == (302, f"/phong-trao/{stage.own.pk}/phat-dong-noi-bo/")


def test_a_stranger_is_told_nothing_of_a_revision_that_is_out(stage):
    issued_twice(stage)

    answer = sent(stage.nobody, "draft_revision", stage.movement.pk, stage.draft.number)

    assert answer.status_code == 404

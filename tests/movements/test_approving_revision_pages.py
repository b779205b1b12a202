"""The pages by which a revision goes to the head and comes back."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import signed_in
from movements.stage import opened, said, sent, text_of
from thidua.movements.models import PlanRevision
from thidua.movements.services import approving, revising

pytestmark = pytest.mark.django_db

NOTE, REASON = "Please look at the target", "Keep the target"


def row(stage):
    return PlanRevision.objects.get(pk=stage.draft.pk)


def places(stage):
    return stage.movement.pk, stage.draft.number


@pytest.fixture
def changed(stage):
    values = {"text": "90% of units register", "op": "=", "value": 90, "unit": "%"}
    revising.change_item(stage.draft, stage.item("targets").pk, values, by=stage.officer)
    return row(stage)


@pytest.fixture
def waiting(stage, changed):
    approving.submit(changed, note=NOTE, by=stage.officer)
    return row(stage)


def decided(stage, account, **given):
    return sent(account, "decide_revision", *places(stage), **given)


def test_the_officer_hands_the_revision_over_with_a_word(stage, changed):
    asking = text_of(opened(stage.officer, "submit_revision", *places(stage)))
    answer = sent(stage.officer, "submit_revision", *places(stage), note=NOTE, version=changed.version)

    assert "Minh Head (House)" in asking
    assert said(answer) == ["Đã trình Minh Head (House). Từ giờ bản này không sửa được nữa."]
    assert answer.request["PATH_INFO"] == reverse("movements:draft_revision", args=places(stage))
    assert row(stage).approval == "submitted"


def test_the_head_finds_it_sees_the_difference_and_the_two_ways(stage, waiting):
    address = reverse("movements:draft_revision", args=places(stage))
    page = opened(stage.head, "draft_revision", *places(stage))
    text = text_of(page)

    assert f"{address}#trinh-duyet" in text_of(opened(stage.head, "work"))
    assert [words in text for words in (NOTE, "100% of units register", "90% of units register")] == [
        True
    ] * 3
    assert re.findall(r'name="decision" value="(\w+)"', text) == ["approve", "return"]


def test_while_it_waits_the_draft_has_no_way_to_edit_and_one_to_take_it_back(stage, waiting):
    text = text_of(opened(stage.officer, "draft_revision", *places(stage)))

    editing = ("act-edit", "Bỏ mục này", "Lưu bản thảo", 'name="decision"')
    assert [words in text for words in editing] == [False] * 4
    assert "Thu hồi để sửa" in text


def test_an_edit_from_a_tab_left_open_is_refused_with_the_reason(stage, waiting):
    item = stage.item("contents").pk
    answers = [
        sent(stage.officer, "change_item", *places(stage), item, number="1", text="Other"),
        sent(stage.officer, "drop_item", *places(stage), item),
        sent(stage.officer, "draft_revision", *places(stage), decision="QD 9", version=waiting.version),
    ]

    told = "Bản sửa đổi đang chờ duyệt hoặc đã duyệt nên không sửa được. Thu hồi trước, rồi sửa và trình lại."
    assert [said(answer) for answer in answers] == [[told]] * 3
    assert len(row(stage).changes) == 1


def test_the_head_agrees_and_issues_with_number_and_day(stage, waiting):
    agreed = decided(stage, stage.head, decision="approve", version=waiting.version)
    given = {"decision": "QD 9", "effective_on": "3/3/2026", "version": row(stage).version, "issue": "1"}
    issued = sent(stage.head, "draft_revision", *places(stage), **given)

    assert said(agreed) == ["Đã đồng ý. Người trình đã được báo."]
    assert said(issued) == ["Đã ban hành sửa đổi; các đơn vị đã được báo."]
    assert row(stage).decision == "QD 9"


def test_a_returned_revision_shows_why_and_is_handed_over_again(stage, waiting):
    empty = decided(stage, stage.head, decision="return", note=" ", version=waiting.version)
    decided(stage, stage.head, decision="return", note=REASON, version=waiting.version)
    text = text_of(opened(stage.officer, "draft_revision", *places(stage)))

    assert (empty.status_code, "90% of units register" in text_of(empty)) == (422, True)
    assert [words in text for words in (REASON, "Trình lại", "act-edit")] == [True] * 3


def test_only_who_may_issue_decides_and_only_its_house_sees_it(stage, waiting):
    codes = [
        decided(stage, who, decision="approve", version=waiting.version).status_code
        for who in (stage.officer, stage.receiver, stage.chief, stage.stranger, stage.auditor)
    ]
    seen = [
        opened(who, name, *places(stage)).status_code
        for who in (stage.receiver, stage.chief, stage.auditor)
        for name in ("draft_revision", "submit_revision")
    ]

    assert codes == [403, 403, 403, 404, 403]
    assert seen == [403] * 6
    assert row(stage).approval == "submitted"


def test_an_older_link_to_a_draft_leads_to_what_it_became(stage, waiting):
    revising.describe(
        waiting,
        decision="QD 9",
        effective_on=waiting.made_at.date(),
        summary="",
        by=stage.head,
        to_issue=True,
    )
    revising.issue_revision(row(stage), by=stage.head)

    answer = opened(stage.officer, "draft_revision", *places(stage))

    assert answer["Location"] == reverse("movements:revision", args=places(stage))


def test_of_two_tabs_the_later_answer_changes_nothing_and_is_told(stage, waiting):
    approving.take_back(waiting, by=stage.officer)

    answer = decided(stage, stage.head, decision="approve", version=waiting.version)

    assert said(answer)[0].startswith("Bản này vừa có thay đổi từ lúc bạn mở trang")
    assert row(stage).approval == "writing"


def test_the_pages_are_whole_in_english(stage, waiting):
    pages = [
        text_of(opened(who, name, *args, language="en"))
        for who, name, args in (
            (stage.head, "draft_revision", places(stage)),
            (stage.officer, "submit_revision", places(stage)),
            (stage.head, "work", ()),
        )
    ]

    mains = [page.partition("<main")[2].replace("Phong trào thử", "") for page in pages]
    assert [re.findall(r"[à-ỹ]\w*", main.partition("</main")[0]) for main in mains] == [[], [], []]


def test_the_draft_asks_the_database_as_often_for_many_passes_as_for_few(stage, waiting):
    def queries():
        client = signed_in(Client(), stage.officer)
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(reverse("movements:draft_revision", args=places(stage)))
        return len(found)

    few = queries()
    for _ in range(4):
        approving.take_back(row(stage), by=stage.officer)
        approving.submit(row(stage), note="", by=stage.officer)

    assert (queries() - few, few <= 20) == (0, True)

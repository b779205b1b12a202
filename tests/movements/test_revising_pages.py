"""Changing a launched plan through the pages: the draft, its changes, the issue, what units see."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from movements.plans import make_movement
from movements.stage import DECISION, opened, said, sent, text_of
from thidua.movements.models import Movement, PlanItem, PlanRevision
from thidua.movements.services import revising
from thidua.movements.services.checking import living

pytestmark = pytest.mark.django_db

GONE = "Mục này không còn trong kế hoạch nên không cần bỏ nữa."
OTHERWISE = (
    "Người khác vừa đổi bản thảo này (đang lưu: %s). "
    "Xem lại số, ngày và các thay đổi, rồi lưu hoặc ban hành lần nữa."
)
AMENDING = """BỘ THỬ NGHIỆM
Số: 45/QĐ-BTN
Hà Nội, ngày 20 tháng 02 năm 2026

QUYẾT ĐỊNH
Sửa đổi Kế hoạch phát động phong trào thi đua

Điều 1. Sửa đổi thời hạn gửi kế hoạch từ ngày 15/3/2026 thành ngày 20/3/2026.
"""


def draft_of(stage):
    return PlanRevision.objects.get(pk=stage.draft.pk)


def changed(stage, field="targets", **given):
    item = stage.item(field).pk
    return sent(stage.head, "change_item", stage.movement.pk, stage.draft.number, item, **given)


@pytest.fixture
def without_draft(stage):
    PlanRevision.objects.filter(pk=stage.draft.pk).delete()
    return stage


def begun(stage, **given):
    return sent(stage.head, "begin_revision", stage.movement.pk, **given)


def test_a_draft_begins_with_what_the_amending_document_says_of_itself(without_draft):
    begun(without_draft, file=SimpleUploadedFile("sua-doi.txt", AMENDING.encode()))

    draft = without_draft.movement.plan.revisions.get(issued_at=None)
    assert (draft.file.name, draft.decision) == ("sua-doi.txt", "Quyết định số 45/QĐ-BTN ngày 20/2/2026")


def test_an_amending_document_that_cannot_be_read_opens_no_draft(without_draft):
    answer = begun(without_draft, file=SimpleUploadedFile("anh.docx", b"\x89PNG\r\n\x1a\n" + bytes(40)))

    assert said(answer)[0].startswith("Tệp “anh.docx” là ảnh (PNG)")
    assert not without_draft.movement.plan.revisions.filter(issued_at=None).exists()


def test_a_plan_taken_in_by_mistake_becomes_the_draft_and_is_given_up(without_draft):
    mistaken = make_movement(without_draft.house, items=(), text=AMENDING)

    begun(without_draft, **{"from": mistaken.pk})

    draft = without_draft.movement.plan.revisions.get(issued_at=None)
    assert draft.text == AMENDING
    assert Movement.objects.get(pk=mistaken.pk).status == Movement.Status.WITHDRAWN


def test_a_second_document_is_not_lost_in_a_draft_that_stands(stage):
    mistaken = make_movement(stage.house, items=(), text=AMENDING)

    answers = [
        begun(stage, **{"from": mistaken.pk}),
        begun(stage, file=SimpleUploadedFile("sua-doi.txt", AMENDING.encode())),
    ]

    sentence = (
        "Đang có bản thảo sửa đổi chưa ban hành nên văn bản này chưa được đưa vào. Làm xong rồi gửi lại."
    )
    assert [said(answer) for answer in answers] == [[sentence], [sentence]]
    assert Movement.objects.get(pk=mistaken.pk).status == Movement.Status.PREPARING


def test_a_movement_that_is_out_is_not_given_up_for_a_draft(without_draft):
    answer = begun(without_draft, **{"from": without_draft.movement.pk})

    assert said(answer) == ["Phong trào này đã được phát động hoặc đã hủy."]
    assert not without_draft.movement.plan.revisions.filter(issued_at=None).exists()


def test_a_plan_not_yet_out_is_not_revised_and_what_was_sent_along_stays(stage):
    mistaken = make_movement(stage.house, items=(), text=AMENDING)

    answer = sent(stage.head, "begin_revision", stage.prepared.pk, **{"from": mistaken.pk})

    assert said(answer) == ["Kế hoạch chưa phát động thì sửa trực tiếp, không cần bản sửa đổi."]
    assert Movement.objects.get(pk=mistaken.pk).status == Movement.Status.PREPARING


def test_an_item_is_changed_in_the_draft_alone(stage):
    changed(stage, text="90% of units register", op="=", value="90", unit="%")

    page = text_of(opened(stage.head, "draft_revision", stage.movement.pk, stage.draft.number))
    assert [one["after"]["value"] for one in draft_of(stage).changes] == [90]
    assert "90% of units register" in page
    assert stage.item("targets").value["value"] == 100


def test_a_change_that_cannot_be_used_says_why(stage):
    answer = changed(stage, "deadlines", what="Late", relation="before", due="31/2/2026")

    assert (answer.status_code, "Lịch không có ngày này." in text_of(answer)) == (422, True)
    assert draft_of(stage).changes == []


def test_an_item_is_added_dropped_and_let_be_again(stage):
    item = stage.item("targets").pk
    sent(
        stage.head, "change_item", stage.movement.pk, stage.draft.number, "contents", number="3", text="More"
    )
    sent(stage.head, "drop_item", stage.movement.pk, stage.draft.number, item)
    planned = [one["kind"] for one in draft_of(stage).changes]

    sent(stage.head, "drop_item", stage.movement.pk, stage.draft.number, item, forget="1")

    assert (planned, [one["kind"] for one in draft_of(stage).changes]) == (["add", "remove"], ["add"])


def test_an_item_of_another_plan_is_neither_changed_nor_dropped(stage):
    foreign = stage.item("targets", stage.prepared).pk

    change, drop = (
        sent(stage.head, name, stage.movement.pk, stage.draft.number, foreign, text="X")
        for name in ("change_item", "drop_item")
    )

    assert (change.status_code, said(drop)) == (404, [GONE])
    assert draft_of(stage).changes == []


def test_a_proposal_of_the_document_is_accepted(without_draft):
    begun(without_draft, file=SimpleUploadedFile("sua-doi.txt", AMENDING.encode()))
    draft = without_draft.movement.plan.revisions.get(issued_at=None)
    proposal = revising.proposals_for(draft).proposals[0]

    sent(without_draft.head, "accept_proposal", without_draft.movement.pk, draft.number, proposal.key)

    draft.refresh_from_db()
    assert [one["after"]["due"] for one in draft.changes] == ["2026-03-20"]


def test_a_revision_waits_for_all_it_lacks(stage):
    answer = sent(stage.head, "draft_revision", stage.movement.pk, stage.draft.number, issue="1")

    page = text_of(answer)
    sentences = ("Chưa có thay đổi nào.", "Chưa ghi số, ngày của văn bản sửa đổi.", "Chưa có ngày áp dụng.")
    assert answer.status_code == 422
    assert [sentence in page for sentence in sentences] == [True, True, True]
    assert draft_of(stage).issued_at is None


def test_a_revision_is_issued_and_units_see_the_difference(stage):
    changed(stage, text="90% of units register", op="=", value="90", unit="%")
    given = {"decision": "QD 9", "effective_on": "2/3/2026", "summary": "Fewer", "issue": "1"}

    answer = sent(stage.head, "draft_revision", stage.movement.pk, stage.draft.number, **given)

    page = text_of(opened(stage.receiver, "revision", stage.movement.pk, stage.draft.number))
    stage.part.refresh_from_db()
    assert said(answer) == ["Đã ban hành sửa đổi; các đơn vị đã được báo."]
    assert ["90% of units register" in page, "100% of units register" in page] == [True, True]
    assert stage.part.seen_revision == stage.draft.number


def test_a_day_of_effect_no_calendar_has_is_refused(stage):
    answer = sent(
        stage.head,
        "draft_revision",
        stage.movement.pk,
        stage.draft.number,
        decision="QD 9",
        effective_on="31/2/2026",
    )

    assert answer.status_code == 422
    assert (draft_of(stage).decision, draft_of(stage).effective_on) == ("", None)


def test_an_issued_revision_is_no_draft_any_more(stage):
    item = stage.item("targets").pk
    addresses = [
        ("draft_revision", []),
        ("change_item", [item]),
        ("drop_item", [item]),
        ("accept_proposal", ["x"]),
    ]

    answers = [sent(stage.head, name, stage.movement.pk, 2, *rest) for name, rest in addresses]

    told = "Bản sửa đổi này đã được ban hành; không ghi gì thêm."
    assert [said(answer) for answer in answers] == [[told]] * len(addresses)
    assert PlanRevision.objects.get(plan=stage.movement.plan, number=2).decision == DECISION


def test_the_amending_document_is_given_away_as_it_came(stage):
    assert opened(stage.receiver, "revision_file", stage.movement.pk, 2).body == b"A change."


def test_the_draft_is_told_to_its_makers_only(stage):
    pages = [
        text_of(opened(who, "revisions", stage.movement.pk))
        for who in (stage.head, stage.officer, stage.receiver)
    ]

    assert ["Mở bản thảo sửa đổi" in page for page in pages] == [True, True, False]


def test_an_officer_drafts_and_only_the_head_issues(stage):
    sent(
        stage.officer,
        "change_item",
        stage.movement.pk,
        stage.draft.number,
        stage.item("targets").pk,
        text="90% of units register",
        op="=",
        value="90",
        unit="%",
    )
    given = {"decision": "QD 9", "effective_on": "3/3/2026", "issue": "1"}

    refused = head_of_draft(stage, stage.officer, **given)
    before = draft_of(stage).issued_at, draft_of(stage).decision
    issued = head_of_draft(stage, stage.head, **given)

    assert (refused.status_code, before) == (403, (None, ""))
    assert said(issued) == ["Đã ban hành sửa đổi; các đơn vị đã được báo."]


def test_the_history_says_who_drafts_and_who_issues(stage):
    drafting = "Soạn xong thì trình người ban hành: Minh Head (House)."
    looking = "Chuyên viên của House lập bản thảo sửa đổi; người ban hành: Minh Head (House)."
    pages = [
        text_of(opened(who, "revisions", stage.movement.pk))
        for who in (stage.head, stage.officer, stage.receiver)
    ]

    told = [(drafting in page, looking in page) for page in pages]
    assert told == [(False, False), (True, False), (False, True)]


def test_number_and_day_of_a_revision_are_not_called_optional(stage):
    page = text_of(opened(stage.head, "draft_revision", stage.movement.pk, stage.draft.number))

    labels = re.findall(r'<label class="field-label" for="id_(\w+)">(.*?)</label>', page)
    assert {name: "không bắt buộc" in label for name, label in labels} == {
        "decision": False,
        "effective_on": False,
        "summary": True,
    }


def test_what_was_dropped_since_is_told_not_broken(stage):
    """Two heads on one draft: the item one of them drops falls away when the other issues meanwhile."""
    item = stage.item("targets")
    changed(stage, text="90% of units register", op="=", value="90", unit="%")
    revising.describe(
        draft_of(stage), decision="QD 9", effective_on=date(2026, 3, 2), summary="", by=stage.head
    )
    revising.issue_revision(draft_of(stage), by=stage.head)
    fresh = revising.begin_revision(stage.movement.plan, by=stage.head)

    answer = sent(stage.head, "drop_item", stage.movement.pk, fresh.number, item.pk)

    assert said(answer) == [GONE]
    assert living(stage.movement.plan).filter(field="targets").count() == 1


def head_of_draft(stage, who, **given):
    given = {"decision": "", "effective_on": "", "summary": ""} | given
    return sent(who, "draft_revision", stage.movement.pk, stage.draft.number, **given)


def version_of(page):
    return re.search(r'name="version" value="(\d+)"', text_of(page))[1]


def test_the_second_of_two_heads_is_told_what_the_first_one_wrote(stage):
    seen = version_of(opened(stage.head, "draft_revision", stage.movement.pk, stage.draft.number))
    head_of_draft(stage, stage.head, decision="QD 9", effective_on="3/3/2026", version=seen)

    second = head_of_draft(stage, stage.head, decision="QD 10", version=seen)
    kept = draft_of(stage).decision
    head_of_draft(stage, stage.head, decision="QD 10", version=version_of(second))

    assert (second.status_code, OTHERWISE % "QD 9; áp dụng từ 3/3/2026" in text_of(second), kept) == (
        422,
        True,
        "QD 9",
    )
    assert 'value="QD 10"' in text_of(second)
    assert draft_of(stage).decision == "QD 10"


def test_nobody_issues_changes_another_added_meanwhile(stage):
    seen = version_of(opened(stage.head, "draft_revision", stage.movement.pk, stage.draft.number))
    changed(stage, text="90% of units register", op="=", value="90", unit="%")
    given = {"decision": "QD 9", "effective_on": "3/3/2026", "issue": "1"}

    refused = head_of_draft(stage, stage.head, **given, version=seen)
    before = draft_of(stage).issued_at
    head_of_draft(stage, stage.head, **given, version=version_of(refused))

    assert (refused.status_code, before, draft_of(stage).issued_at is None) == (422, None, False)


def test_a_day_moved_in_a_draft_asks_about_the_duty_that_keeps_the_old_one(stage):
    duty = {"body": "North", "duties": ["Issue own plan before 15/3/2026"]}
    PlanItem.objects.filter(pk=stage.item("responsibilities").pk).update(value=duty)
    term = stage.item("deadlines")
    before = text_of(opened(stage.officer, "draft_revision", stage.movement.pk, stage.draft.number))

    changed(stage, "deadlines", **(term.value | {"due": "20/3/2026"}))

    page = text_of(opened(stage.officer, "draft_revision", stage.movement.pk, stage.draft.number))
    told = "Vẫn ghi 15/3/2026, bản này đổi thành 20/3/2026:"
    assert [told in one for one in (before, page)] == [False, True]


def test_who_may_not_issue_is_led_to_the_head(stage):
    empty = text_of(opened(stage.officer, "draft_revision", stage.movement.pk, stage.draft.number))
    changed(stage, text="90% of units register", op="=", value="90", unit="%")
    begun = text_of(opened(stage.officer, "draft_revision", stage.movement.pk, stage.draft.number))

    asking = f'href="/phong-trao/{stage.movement.pk}/sua-doi/{stage.draft.number}/trinh/"'
    assert ["Chọn mục cần đổi, rồi trình thủ trưởng ban hành." in page for page in (empty, begun)] == [
        True,
        False,
    ]
    assert [asking in page for page in (empty, begun)] == [False, True]

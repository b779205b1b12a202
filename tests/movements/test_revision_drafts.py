"""A draft of a revision and its document: attached later, of another plan, thrown away."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from movements.plans import make_movement
from movements.stage import opened, said, sent, text_of
from thidua.audit.models import Entry
from thidua.library.models import StoredFile
from thidua.library.services import path_of
from thidua.movements.models import PlanRevision
from thidua.movements.services import revising
from thidua.movements.services import revision_drafts as drafts

pytestmark = pytest.mark.django_db

AMENDING = """BỘ THỬ NGHIỆM
Số: 45/QĐ-BTN
Hà Nội, ngày 20 tháng 02 năm 2026

QUYẾT ĐỊNH
Sửa đổi Kế hoạch phát động phong trào thi đua

Điều 1. Sửa đổi thời hạn gửi kế hoạch từ ngày 15/3/2026 thành ngày 20/3/2026.
Điều 2. Quyết định này có hiệu lực kể từ ngày 01 tháng 12 năm 2026.
"""
OTHER = AMENDING.replace("thời hạn gửi kế hoạch", "thời hạn gửi kế hoạch của Kế hoạch số 99/KH-BTN")
ASKED = "Văn bản này sửa Kế hoạch 99/KH-BTN, không phải 12/KH-BTN"
PROPOSED = "Đọc được trong văn bản sửa đổi"


def document(text=AMENDING, name="sua-doi.txt"):
    return SimpleUploadedFile(name, text.encode())


def act(stage, name, who=None, /, **given):
    return sent(who or stage.officer, name, stage.movement.pk, stage.draft.number, **given)


def page_of(stage):
    return text_of(opened(stage.officer, "draft_revision", stage.movement.pk, stage.draft.number))


def fresh(stage):
    return PlanRevision.objects.get(pk=stage.draft.pk)


def test_a_document_is_added_to_a_draft_begun_without_one(stage):
    before = page_of(stage)

    act(stage, "attach_amendment", file=document())

    draft = fresh(stage)
    assert ["Thêm văn bản sửa đổi" in page for page in (before, page_of(stage))] == [True, False]
    assert (draft.file.name, draft.decision, str(draft.effective_on)) == (
        "sua-doi.txt",
        "Quyết định số 45/QĐ-BTN ngày 20/2/2026",
        "2026-12-01",
    )
    assert len(drafts.offered_to(draft).proposals) == 1


def test_what_was_written_by_hand_outlives_the_first_document(stage):
    PlanRevision.objects.filter(pk=stage.draft.pk).update(summary="By hand")

    act(stage, "attach_amendment", file=document())

    assert (fresh(stage).summary, fresh(stage).decision[:16]) == ("By hand", "Quyết định số 45")


def test_a_second_document_takes_the_place_of_the_first_whose_content_goes(
    stage, django_capture_on_commit_callbacks
):
    act(stage, "attach_amendment", file=document(OTHER, "nham.txt"))
    former = fresh(stage).file

    with django_capture_on_commit_callbacks(execute=True):
        act(stage, "attach_amendment", file=document())

    assert fresh(stage).file.name == "sua-doi.txt"
    assert (StoredFile.objects.filter(pk=former.pk).exists(), path_of(former.sha256).exists()) == (
        False,
        False,
    )


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Chưa chọn tệp văn bản sửa đổi."),
        (
            {"file": SimpleUploadedFile("anh.docx", b"\x89PNG\r\n\x1a\n" + bytes(40))},
            "Tệp “anh.docx” là ảnh (PNG)",
        ),
    ],
)
def test_no_document_or_one_that_cannot_be_read_leaves_the_draft_as_it_is(stage, given, sentence):
    answer = act(stage, "attach_amendment", **given)

    assert said(answer)[0].startswith(sentence)
    assert fresh(stage).file is None


def test_a_document_of_another_plan_is_told_before_anything_is_proposed(stage):
    act(stage, "attach_amendment", file=document(OTHER))

    page = page_of(stage)
    assert [words in page for words in (ASKED, PROPOSED)] == [True, False]
    assert drafts.offered_to(fresh(stage)).proposals == ()


def test_who_uses_it_knowingly_gets_its_proposals(stage):
    act(stage, "attach_amendment", file=document(OTHER))

    act(stage, "use_amendment")

    page = page_of(stage)
    entry = Entry.objects.get(action="movement.use_amendment")
    assert [words in page for words in (ASKED, PROPOSED)] == [False, True]
    assert entry.details["other"] == "99/KH-BTN"


def test_another_document_is_asked_about_again(stage):
    act(stage, "attach_amendment", file=document(OTHER))
    act(stage, "use_amendment")

    act(stage, "attach_amendment", file=document(OTHER))

    assert ASKED in page_of(stage)


def test_a_document_of_this_very_plan_is_not_asked_about(stage):
    act(stage, "attach_amendment", file=document(OTHER.replace("99/KH", "12/KH")))

    page = page_of(stage)
    assert [words in page for words in ("Văn bản này sửa Kế hoạch", PROPOSED)] == [False, True]


def test_a_day_of_effect_that_has_passed_is_told(stage):
    act(stage, "attach_amendment", file=document(AMENDING.replace("01 tháng 12", "20 tháng 02")))

    assert str(fresh(stage).effective_on) == "2026-02-20"
    assert "Ngày áp dụng 20/2/2026 đã qua" in page_of(stage)


def test_a_draft_is_thrown_away_with_its_document_and_another_may_begin(stage):
    act(stage, "attach_amendment", file=document())
    file = fresh(stage).file

    answer = act(stage, "discard_revision", version=str(fresh(stage).version))

    entry = Entry.objects.get(action="movement.discard_revision")
    assert said(answer) == ["Đã bỏ bản thảo sửa đổi; kế hoạch giữ nguyên."]
    assert not PlanRevision.objects.filter(pk=stage.draft.pk).exists()
    assert not StoredFile.objects.filter(pk=file.pk).exists()
    assert (entry.details["number"], entry.details["file"]) == (stage.draft.number, "sua-doi.txt")
    assert "Lập bản thảo sửa đổi" in text_of(answer)


def test_throwing_a_draft_away_is_asked_about_first(stage):
    assert "Bỏ bản thảo sửa đổi?" in page_of(stage)


def test_a_draft_changed_meanwhile_is_not_thrown_away(stage):
    seen = fresh(stage).version
    act(stage, "attach_amendment", file=document())

    answer = act(stage, "discard_revision", version=str(seen))

    assert said(answer) == ["Người khác vừa đổi bản thảo này. Xem lại rồi bỏ lần nữa nếu vẫn muốn."]
    assert fresh(stage).file is not None


def test_a_draft_that_lies_with_the_head_is_neither_thrown_away_nor_given_a_document(stage):
    change = stage.item("targets")
    revising.change_item(
        stage.draft, change.pk, change.value | {"text": "90%", "value": "90"}, by=stage.officer
    )
    act(stage, "submit_revision", version=fresh(stage).version)

    answers = [act(stage, "discard_revision"), act(stage, "attach_amendment", file=document())]

    assert [said(answer)[0][:28] for answer in answers] == ["Bản sửa đổi đang chờ duyệt h"] * 2
    assert fresh(stage).file is None


def test_an_issued_revision_is_not_thrown_away(stage):
    answer = sent(stage.head, "discard_revision", stage.movement.pk, 2)

    assert said(answer) == ["Bản sửa đổi này đã được ban hành; không ghi gì thêm."]
    assert PlanRevision.objects.filter(plan=stage.movement.plan, number=2).exists()


def test_a_file_that_a_withdrawn_plan_keeps_outlives_the_draft(stage):
    act(stage, "discard_revision")
    mistaken = make_movement(stage.house, items=(), text=AMENDING)
    mistaken.plan.file = stage.movement.plan.file
    mistaken.plan.save()
    sent(stage.officer, "begin_revision", stage.movement.pk, **{"from": mistaken.pk})
    draft = stage.movement.plan.revisions.get(issued_at=None)

    sent(stage.officer, "discard_revision", stage.movement.pk, draft.number)

    assert StoredFile.objects.filter(pk=stage.movement.plan.file_id).exists()
    assert not PlanRevision.objects.filter(pk=draft.pk).exists()


ISSUED_ALREADY = "Quyết định này đã ban hành thành lần %s, là trang này"


def issue_with(stage, text=AMENDING):
    """Issue the stage's draft from this document."""
    act(stage, "attach_amendment", file=document(text))
    item = stage.item("contents")
    revising.change_item(stage.draft, item.pk, item.value | {"text": "Even less"}, by=stage.officer)
    return revising.issue_revision(fresh(stage), by=stage.head)


@pytest.mark.parametrize("text", [AMENDING, AMENDING.replace("Điều 2", "Điều  2")])
def test_a_decision_issued_before_is_not_drafted_again(stage, text):
    issued = issue_with(stage)

    answer = sent(stage.officer, "begin_revision", stage.movement.pk, file=document(text, "lai.txt"))

    assert said(answer)[0].startswith(ISSUED_ALREADY % issued.number)
    assert not stage.movement.plan.revisions.filter(issued_at=None).exists()
    assert not StoredFile.objects.filter(name="lai.txt").exists()


def test_a_decision_issued_before_is_not_attached_to_a_draft_begun_by_hand(stage):
    issued = issue_with(stage)
    sent(stage.officer, "begin_revision", stage.movement.pk)
    draft = stage.movement.plan.revisions.get(issued_at=None)

    answer = sent(
        stage.officer, "attach_amendment", stage.movement.pk, draft.number, file=document(name="lai.txt")
    )

    draft.refresh_from_db()
    assert said(answer)[0].startswith(ISSUED_ALREADY % issued.number)
    assert draft.file is None


def test_another_decision_of_the_same_number_in_another_year_is_another(stage):
    issue_with(stage)

    sent(
        stage.officer,
        "begin_revision",
        stage.movement.pk,
        file=document(AMENDING.replace("năm 2026\n\nQUYẾT", "năm 2025\n\nQUYẾT")),
    )

    assert stage.movement.plan.revisions.filter(issued_at=None).exists()


def test_all_that_one_sentence_proposes_is_taken_at_once(stage):
    items = [stage.item(field) for field in ("contents", "targets")]
    words = "1. Bãi bỏ nội dung “Less work” và nội dung “100% of units register”."
    act(stage, "attach_amendment", file=document(AMENDING.replace("Điều 2.", f"{words}\nĐiều 2.")))
    offered = drafts.offered_to(fresh(stage)).proposals
    key = next(one.key for one in offered if one.item == str(items[0].pk) and one.kind == "remove")

    before = page_of(stage)
    sent(stage.officer, "accept_proposal", stage.movement.pk, stage.draft.number, key, all="1")

    assert "Nhận cả 2 đề xuất" in before
    assert {change["item"] for change in fresh(stage).changes} == {str(item.pk) for item in items}


def test_two_additions_from_one_opened_page_both_stay(stage):
    opened_before = fresh(stage)

    for words in ("First", "Second"):
        revising.add_item(opened_before, "contents", {"text": words}, by=stage.officer)

    assert [change["after"]["text"] for change in fresh(stage).changes] == ["First", "Second"]

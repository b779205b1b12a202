"""A unit answers through the pages: its own plan begun, issued, launched, printed, read."""

import re
from datetime import date

import pytest
from django.urls import reverse

from factories import make_user
from movements.plans import make_movement
from movements.stage import opened, said, sent, text_of
from thidua.movements.models import Movement, Participation, PlanItem
from thidua.movements.services import launching
from thidua.movements.services.checking import living

pytestmark = pytest.mark.django_db

GIVEN = {
    "number": "7/KH-N",
    "issued_on": "1/3/2026",
    "place": "Hanoi",
    "signer_position": "Head",
    "signer_name": "Lan Chief",
}


@pytest.fixture
def south(stage):
    return Participation.objects.get(movement=stage.movement, unit=stage.south)


def with_contents(stage):
    PlanItem.objects.create(
        plan=stage.own.plan, field="contents", value={"number": "1", "text": "Our own work"}
    )


def issued(stage, **changes):
    return sent(stage.chief, "issue", stage.own.pk, **GIVEN | changes)


def state_of(part):
    return Participation.objects.get(pk=part.pk).state


def test_a_plan_is_begun_with_what_was_ticked(stage, south):
    content = stage.item("contents")

    answer = sent(stage.head, "answer", south.pk, item=[content.pk])

    south.refresh_from_db()
    texts = [item.value["text"] for item in living(south.own.plan).filter(field="contents")]
    assert (said(answer), texts) == (
        ["Đã lập bản thảo. Cụ thể hóa chủ đề, nội dung, chỉ tiêu rồi ban hành."],
        [content.value["text"]],
    )


def test_a_figure_left_empty_is_that_of_above_and_the_page_says_so(stage, south):
    target = stage.item("targets")

    page = text_of(opened(stage.head, "answer", south.pk))
    sent(stage.head, "answer", south.pk, **{"item": [target.pk], f"figure-{target.pk}": ""})

    south.refresh_from_db()
    figures = [item.value["value"] for item in living(south.own.plan).filter(field="targets")]
    assert (page.count("Để trống mức của đơn vị thì giữ mức của cấp trên."), figures) == (1, [100])


def test_what_the_plan_does_not_offer_is_not_taken_over(stage, south):
    answer = sent(stage.head, "answer", south.pk, item=[stage.item("deadlines").pk, "nonsense"])

    south.refresh_from_db()
    sentence = "Kế hoạch cấp trên vừa thay đổi. Xem lại các mục đã chọn rồi lập bản thảo lại."
    assert (answer.status_code, sentence in text_of(answer), south.own) == (422, True, None)


def test_a_unit_that_answered_is_led_to_its_plan(stage):
    answer = sent(stage.receiver, "answer", stage.part.pk)

    assert answer.redirect_chain[0][0].endswith(f"/{stage.own.pk}/kiem-tra/")
    assert Movement.objects.filter(answers=stage.movement).count() == 1


def test_nobody_answers_what_is_over(stage, south):
    launching.close(stage.movement, on=date(2026, 3, 1), by=stage.officer)

    assert sent(stage.head, "answer", south.pk).status_code == 403
    assert Movement.objects.filter(answers=stage.movement).count() == 1


def test_a_plan_gets_its_number_and_day(stage):
    with_contents(stage)

    answer = issued(stage)

    plan = Movement.objects.get(pk=stage.own.pk).plan
    assert said(answer) == ["Đã ban hành kế hoạch. Cấp trên thấy đơn vị đã có kế hoạch."]
    assert (plan.number, plan.issued_on, plan.signer_name) == ("7/KH-N", date(2026, 3, 1), "Lan Chief")
    assert state_of(stage.part) == Participation.State.OWN_PLAN


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": "/KH-N"}, "Ghi số trước dấu gạch chéo, ví dụ 12/KH-STP."),
        (
            {"issued_on": "31/2/2026"},
            "Ngày này không có thật hoặc viết khác dạng 30/6/2026. Gõ lại ngày, tháng, năm.",
        ),
        ({"signer_mode": "KT"}, "Ghi chức danh được ký thay, ví dụ Giám đốc."),
    ],
)
def test_a_number_a_day_or_a_signature_that_cannot_be_is_refused(stage, changes, sentence):
    with_contents(stage)

    answer = issued(stage, **changes)

    assert (answer.status_code, sentence in text_of(answer)) == (422, True)
    assert Movement.objects.get(pk=stage.own.pk).plan.issued_at is None


def test_a_plan_without_contents_is_not_issued(stage):
    answer = issued(stage)

    assert (answer.status_code, "Kế hoạch chưa có mục “Nội dung thi đua”." in text_of(answer)) == (422, True)
    assert Movement.objects.get(pk=stage.own.pk).plan.issued_at is None


def test_the_second_of_two_who_issue_is_told(stage):
    with_contents(stage)
    issued(stage)

    answer = issued(stage, number="8/KH-N")

    assert said(answer)[-1] == "Kế hoạch đã ban hành: số 7/KH-N ngày 1/3/2026."
    assert Movement.objects.get(pk=stage.own.pk).plan.number == "7/KH-N"


def test_a_plan_goes_out_to_the_units_own_people(stage):
    with_contents(stage)
    issued(stage)

    answer = sent(stage.chief, "launch_own", stage.own.pk, unit=[stage.room.pk])

    received = Participation.objects.filter(movement=stage.own, is_visible=True)
    assert said(answer) == ["Đã phát động tới cán bộ, công chức của đơn vị."]
    assert [part.unit for part in received] == [stage.room]
    assert state_of(stage.part) == Participation.State.LAUNCHED


def test_a_plan_without_number_does_not_go_out(stage):
    with_contents(stage)

    answer = sent(stage.chief, "launch_own", stage.own.pk)

    sentence = "Kế hoạch của đơn vị chưa được ban hành (số, ngày)."
    assert (answer.status_code, sentence in text_of(answer)) == (422, True)
    assert Movement.objects.get(pk=stage.own.pk).status == Movement.Status.PREPARING


def test_a_launch_that_is_asked_back_keeps_the_units_as_chosen(stage):
    with_contents(stage)

    first = opened(stage.chief, "launch_own", stage.own.pk)
    again = sent(stage.chief, "launch_own", stage.own.pk, unit=[])

    box = f'name="unit" value="{stage.room.pk}" checked'
    assert [text_of(first).count(box), text_of(again).count(box)] == [1, 0]


def test_a_plan_that_is_out_is_neither_issued_nor_launched_again(stage):
    with_contents(stage)
    issued(stage)
    sent(stage.chief, "launch_own", stage.own.pk)

    issue, launch = issued(stage, number="8/KH-N"), sent(stage.chief, "launch_own", stage.own.pk)

    assert said(issue) == ["Kế hoạch đã ban hành: số 7/KH-N ngày 1/3/2026."]
    assert said(launch) == ["Kế hoạch này đã được phát động."]
    assert Movement.objects.get(pk=stage.own.pk).plan.number == "7/KH-N"


@pytest.mark.parametrize(("kind", "beginning"), [("docx", b"PK\x03\x04"), ("pdf", b"%PDF-")])
def test_the_paper_is_given_away_under_its_number(stage, kind, beginning):
    with_contents(stage)
    issued(stage)

    answer = opened(stage.receiver, "paper", stage.own.pk, kind)

    name = re.search(r'filename="([^"]+)"', answer["Content-Disposition"])[1]
    assert (answer.body[: len(beginning)], name) == (beginning, f"7kh-n.{kind}")


def test_a_pdf_may_be_looked_at_inside_a_page_of_ours(stage):
    answer = opened(stage.receiver, "paper", stage.own.pk, "pdf", xem="1")

    assert (answer["X-Frame-Options"], answer["Content-Disposition"][:6]) == ("SAMEORIGIN", "inline")


def test_staff_mark_a_plan_as_read_once(stage):
    for _ in range(2):
        answer = sent(stage.clerk, "mark_read", stage.movement.pk)

    readers = text_of(opened(stage.officer, "readers", stage.movement.pk))
    assert said(answer) == ["Đã ghi nhận: bạn đã đọc và nắm nội dung kế hoạch."]
    assert [done.person.full_name for done in stage.movement.acknowledgements.all()] == ["Nhan Clerk"]
    assert "Nhan Clerk" in readers


def test_an_account_without_a_person_marks_nothing(stage):
    assert sent(stage.administrator, "mark_read", stage.movement.pk).status_code == 404
    assert not stage.movement.acknowledgements.exists()


def test_the_reading_page_gives_the_document_away(stage):
    page = text_of(opened(stage.clerk, "read", stage.movement.pk))

    assert reverse("movements:source", args=[stage.movement.pk]) in page


def test_the_reading_page_of_a_plan_written_here_gives_its_pdf_away(stage):
    page = text_of(opened(stage.chief, "read", stage.own.pk))

    assert reverse("movements:paper", args=[stage.own.pk, "pdf"]) in page


def test_the_mark_of_a_changed_plan_leads_to_what_changed(stage):
    stage.part.own, stage.part.seen_revision = stage.own, 1
    stage.part.save()

    page = text_of(opened(stage.receiver, "work"))

    url = reverse("movements:revision", args=[stage.movement.pk, 2])
    assert re.findall(r'<a href="([^"]*)"><span[^>]*>(?:(?!</a>).)*xem điểm khác', page, re.DOTALL) == [url]


def test_the_menu_and_the_adding_of_items_have_names_of_their_own(stage):
    page = text_of(opened(stage.officer, "check", stage.prepared.pk))

    summaries = re.findall(r"<summary class=\"button(?:(?!</summary>).)*<span>([^<]*)</span></summary>", page)
    assert [words for words in summaries if words in ("Thêm", "Khác…")] == ["Khác…"]


def test_an_officer_of_the_organiser_is_told_that_the_role_is_not_enough(ministry, department):
    officer = make_user(department, full_name="Giàng Thị Mỷ")
    plan = make_movement(department, by=officer, answers=make_movement(ministry))

    answer = opened(officer, "issue", plan.pk)

    told = f"Vai trò của bạn tại {department} chưa được làm việc này."
    assert (answer.status_code, told in text_of(answer)) == (403, True)

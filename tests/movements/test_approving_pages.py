"""The pages by which a plan goes to the head and comes back; the house of ``stage`` with its officer and head."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from factories import make_unit, make_user, signed_in
from movements.plans import launch, make_movement
from movements.stage import ITEMS, opened, said, sent, text_of
from thidua.movements.marking import mark_of
from thidua.movements.models import Movement, Plan, PlanItem
from thidua.movements.selectors.items import living
from thidua.movements.services import approving, checking

pytestmark = pytest.mark.django_db

MEANWHILE = "Bản này vừa có thay đổi từ lúc bạn mở trang nên chưa ghi gì. Xem lại tình trạng rồi làm tiếp."
NOTE, REASON = "Please look at the target", "Say who does it"


@pytest.fixture
def plan(stage):
    return make_movement(stage.house, items=ITEMS, by=stage.officer, text="A plan on paper.")


@pytest.fixture
def waiting(plan, stage):
    approving.submit(plan, note=NOTE, by=stage.officer)
    plan.refresh_from_db()
    return plan


def standing(movement):
    return Movement.objects.values_list("approval", flat=True).get(pk=movement.pk)


def primary(response):
    """Return the words of the primary buttons of the page's main part."""
    main = text_of(response).partition("<main")[2]
    found = re.findall(
        r'<(?:a|button)[^>]*class="button button-primary[^"]*".*?</(?:a|button)>', main, re.DOTALL
    )
    return [" ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", one, flags=re.DOTALL).split()) for one in found]


def test_the_page_says_who_will_be_asked_before_anything_is_sent(stage, plan):
    text = text_of(opened(stage.officer, "submit", plan.pk))

    assert "<li>Minh Head (House)</li>" in text
    assert standing(plan) == "writing"


def test_the_plan_goes_to_the_head_with_a_note_and_says_so(stage, plan):
    answer = sent(stage.officer, "submit", plan.pk, note=NOTE, version=plan.version)

    assert said(answer) == ["Đã trình Minh Head (House). Từ giờ bản này không sửa được nữa."]
    assert (standing(plan), NOTE in text_of(answer)) == ("submitted", True)
    assert "Người được trình: Minh Head (House)." in text_of(answer)


def test_the_officer_sees_no_way_to_edit_what_waits_and_one_to_take_it_back(stage, waiting):
    text = text_of(opened(stage.officer, "check", waiting.pk))

    assert [words in text for words in ('id="act"', "Thu hồi để sửa", 'value="approve"')] == [
        False,
        True,
        False,
    ]
    assert "Chờ duyệt" in text


def test_an_edit_from_a_tab_left_open_is_refused_with_the_reason(stage, waiting):
    item = stage.item("contents", waiting)
    answer = sent(stage.officer, "remove_item", waiting.pk, item=f"m{'0' * 10}:{item.version}")
    assert said(answer) == [
        "Kế hoạch đang chờ duyệt hoặc đã duyệt nên không sửa được. Thu hồi trước, rồi sửa và trình lại."
    ]
    assert living(waiting.plan).filter(pk=item.pk, state=PlanItem.State.READ).exists()


def test_the_settings_of_what_waits_are_closed_too(stage, waiting):
    answer = sent(
        stage.officer,
        "settings",
        waiting.pk,
        organiser="House",
        kind="internal",
        level="unit",
        version=waiting.version,
    )

    assert (answer.status_code, "Thu hồi trước, rồi sửa và trình lại." in text_of(answer)) == (422, True)


def test_the_head_finds_it_among_the_work_with_its_count(stage, waiting):
    text = text_of(opened(stage.head, "work"))

    assert 'Chờ tôi duyệt <span class="count">1</span>' in text
    assert f'href="/phong-trao/{waiting.pk}/kiem-tra/#trinh-duyet"' in text
    assert "Chờ tôi duyệt" not in text_of(opened(stage.officer, "work"))


def test_the_head_sees_the_source_the_open_doubts_and_the_two_ways(stage, plan):
    PlanItem.objects.filter(pk=stage.item("targets", plan).pk).update(is_sure=False)
    approving.submit(plan, note=NOTE, by=stage.officer)
    answer = opened(stage.head, "check", plan.pk)
    panel = text_of(answer).partition('id="trinh-duyet"')[2].partition("</section>")[0]

    assert [words in text_of(answer) for words in ("A plan on paper.", NOTE)] == [True, True]
    assert "1 cần kiểm tra" in panel
    assert "100% of units register" in panel
    assert primary(answer) == ["Đồng ý"]


def test_the_head_sees_what_the_officer_changed_against_the_paper(stage, plan):
    term, target, content = (stage.item(field, plan) for field in ("deadlines", "targets", "contents"))
    for hour, due in ((9, "20/7/2026"), (10, "25/7/2026")):
        term.refresh_from_db()
        typed = term.value | {"due": due}
        with time_machine.travel(f"2026-03-02 {hour:02}:00:00+07:00", tick=False):
            checking.edit_item(term.pk, typed, version=term.version, by=stage.officer)
    checking.confirm_items(plan.plan, [target.pk], by=stage.officer)
    checking.remove_item(content.pk, version=content.version, by=stage.officer)
    checking.add_item(plan.plan, "contents", {"text": "One more"}, by=stage.officer)
    approving.submit(plan, note="", by=stage.officer)

    panel = text_of(opened(stage.head, "check", plan.pk)).partition('id="trinh-duyet"')[2]
    told = re.findall(r"<li data-correction>(.*?)</li>", panel)

    assert "3 mục khác văn bản" in panel
    assert [" ".join(re.sub("<[^>]+>", "", one).split()) for one in told] == [
        f"Nội dung thi đua: “{content.value['text']}”: đã bỏ",
        "Nội dung thi đua: “One more”: người soạn thêm hoặc tách ra, chưa gắn với câu nào trong văn bản",
        "Thời hạn: “Issue own plan” Ngày: 15/3/2026 → 25/7/2026",
    ]
    assert "khác văn bản" not in text_of(opened(stage.officer, "check", plan.pk))


def test_the_head_agrees_and_the_officer_goes_on_to_launch(stage, waiting):
    answer = sent(stage.head, "decide", waiting.pk, decision="approve", note="", version=waiting.version)

    assert said(answer) == ["Đã đồng ý. Người trình đã được báo."]
    assert standing(waiting) == "approved"
    assert primary(opened(stage.officer, "check", waiting.pk)) == ["Chọn đơn vị và phát động"]


def test_after_the_head_agreed_only_what_is_unsure_has_buttons(stage, plan):
    item = stage.item("targets", plan)
    PlanItem.objects.filter(pk=item.pk).update(is_sure=False)
    approving.submit(plan, note="", by=stage.officer)
    approving.approve(plan, note="", by=stage.head)
    before = text_of(opened(stage.officer, "check", plan.pk))
    answer = sent(stage.officer, "confirm", plan.pk, item=mark_of(item.pk))

    assert before.count('class="check-acts"') == 1
    assert said(answer) == ["Đã xác nhận 1 mục."]
    assert 'class="check-acts"' not in text_of(answer)


def test_a_returned_plan_shows_why_and_is_handed_over_again(stage, waiting):
    sent(stage.head, "decide", waiting.pk, decision="return", note=REASON, version=waiting.version)
    page = opened(stage.officer, "check", waiting.pk)

    assert (REASON in text_of(page), 'id="act"' in text_of(page)) == (True, True)
    assert primary(page) == ["Trình lại"]


def test_a_return_without_a_reason_is_asked_again_beside_the_plan(stage, waiting):
    answer = sent(stage.head, "decide", waiting.pk, decision="return", note=" ", version=waiting.version)

    assert answer.status_code == 422
    assert "Ý kiến của bạn: Chưa ghi lý do trả lại. Người soạn cần biết phải sửa gì." in text_of(answer)
    assert ("A plan on paper." in text_of(answer), standing(waiting)) == (True, "submitted")


def test_words_too_long_are_kept_to_be_shortened(stage, waiting):
    words = "x" * 2001
    answer = sent(stage.head, "decide", waiting.pk, decision="return", note=words, version=waiting.version)

    assert (answer.status_code, words in text_of(answer), standing(waiting)) == (422, True, "submitted")


@pytest.mark.parametrize("decision", ["", "burn"])
def test_an_answer_that_is_none_decides_nothing(stage, waiting, decision):
    answer = sent(stage.head, "decide", waiting.pk, decision=decision, note="So", version=waiting.version)

    assert "Bấm “Đồng ý” hoặc “Trả lại”." in text_of(answer)
    assert standing(waiting) == "submitted"


@pytest.mark.parametrize("version", ["nonsense", ""])
def test_an_answer_to_no_version_decides_nothing(stage, waiting, version):
    for account, name, given in (
        (stage.head, "decide", {"decision": "approve"}),
        (stage.officer, "take_back", {}),
    ):
        sent(account, name, waiting.pk, version=version, **given)

    assert standing(waiting) == "submitted"


def test_of_two_tabs_the_later_answer_changes_nothing_and_is_told(stage, waiting):
    seen = waiting.version
    sent(stage.head, "decide", waiting.pk, decision="return", note=REASON, version=seen)
    later = sent(stage.head, "decide", waiting.pk, decision="approve", note="", version=seen)

    assert said(later) == [MEANWHILE]
    assert standing(waiting) == "returned"


def test_an_answer_after_it_was_taken_back_says_so_even_when_the_form_is_wrong(stage, waiting):
    approving.take_back(waiting, by=stage.officer)
    answer = sent(stage.head, "decide", waiting.pk, decision="return", note="", version=waiting.version)

    assert (answer.status_code, len(said(answer)), standing(waiting)) == (200, 1, "writing")


def test_a_second_submission_from_another_tab_is_told_and_makes_nothing(stage, plan):
    seen = plan.version
    sent(stage.officer, "submit", plan.pk, note=NOTE, version=seen)
    answer = sent(stage.officer, "submit", plan.pk, note="Twice", version=seen)

    assert [words in text_of(answer) for words in (MEANWHILE, "Twice", "đã trình bản này lúc")] == [True] * 3
    assert plan.approval_events.count() == 1


def test_remarks_on_an_earlier_pass_are_kept_beside_the_new_one(stage, waiting):
    seen = waiting.version
    approving.take_back(waiting, by=stage.officer)
    approving.submit(waiting, note="Second pass", by=stage.officer)
    answer = sent(stage.head, "decide", waiting.pk, decision="return", note=REASON, version=seen)
    version = Movement.objects.get(pk=waiting.pk).version

    found = [words in text_of(answer) for words in (MEANWHILE, "Second pass", f'value="{version}"')]
    assert (found, REASON in text_of(answer), standing(waiting)) == ([True] * 3, True, "submitted")


def test_taking_it_back_opens_it_again(stage, waiting):
    answer = sent(stage.officer, "take_back", waiting.pk, version=waiting.version)

    assert said(answer) == ["Đã thu hồi. Sửa xong thì trình lại."]
    assert (standing(waiting), 'id="act"' in text_of(answer)) == ("writing", True)


def test_an_officer_cannot_launch_past_the_head(stage, waiting):
    answer = sent(stage.officer, "launch", waiting.pk, go="1", unit=str(stage.north.pk))

    assert said(answer) == [
        "Kế hoạch đang chờ thủ trưởng duyệt nên chưa phát động được. Chờ ý kiến, hoặc thu hồi rồi phát động."
    ]
    assert opened(stage.head, "launch", waiting.pk).status_code == 200
    assert not waiting.launches.exists()


def test_giving_up_what_waits_is_refused_in_words(stage, waiting):
    answer = sent(stage.officer, "withdraw", waiting.pk)

    assert said(answer) == ["Kế hoạch đang chờ thủ trưởng duyệt. Thu hồi trước, rồi mới hủy phong trào."]


def test_the_history_lists_every_pass_the_latest_first(stage, waiting):
    approving.send_back(waiting, reason=REASON, by=stage.head)
    approving.submit(waiting, note="Done", by=stage.officer)
    panel = text_of(opened(stage.officer, "check", waiting.pk)).partition('class="timeline"')[2]

    found = [panel.index(words) for words in ("“Done”", f"“{REASON}”", f"“{NOTE}”")]
    assert found == sorted(found)


def test_a_reader_of_the_house_sees_the_passes_but_no_button(stage, waiting):
    text = text_of(opened(stage.auditor, "check", waiting.pk))

    assert [words in text for words in (NOTE, "Thu hồi để sửa", 'value="approve"')] == [True, False, False]


def test_the_passes_are_found_from_a_launched_plan_by_its_own_house_alone(stage, waiting):
    launch(waiting, [stage.north], by=stage.head)
    link = f'href="/phong-trao/{waiting.pk}/kiem-tra/#trinh-duyet"'
    pages = [text_of(opened(account, "detail", waiting.pk)) for account in (stage.officer, stage.receiver)]

    assert [link in page for page in pages] == [True, False]
    assert NOTE in text_of(opened(stage.officer, "check", waiting.pk))
    assert NOTE not in text_of(opened(stage.receiver, "check", waiting.pk))


def test_a_unit_without_any_head_is_told_who_can_help(stage):
    top = make_unit("Alone")
    officer = make_user(top, full_name="Soan Thao")
    plan = make_movement(top, items=ITEMS, by=officer)
    answer = sent(officer, "submit", plan.pk, note="", version=plan.version)

    assert answer.status_code == 422
    assert "chưa có ai khác giữ vai trò thủ trưởng" in text_of(answer)


def test_an_own_plan_is_offered_to_the_head_first(stage):
    assert primary(opened(stage.receiver, "check", stage.own.pk)) == ["Trình thủ trưởng"]


def test_the_pages_are_whole_in_english(stage, waiting):
    approving.send_back(waiting, reason=REASON, by=stage.head)
    approving.submit(waiting, note=NOTE, by=stage.officer)
    vietnamese = re.compile(r"[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]", re.IGNORECASE)
    panel = text_of(opened(stage.head, "check", waiting.pk, language="en")).partition('id="trinh-duyet"')[2]
    page = text_of(opened(stage.officer, "submit", stage.prepared.pk, language="en")).partition("<main")[2]

    assert vietnamese.findall(panel.partition("</section>")[0]) == []
    assert vietnamese.findall(page.partition("</main>")[0].replace(stage.prepared.name, "")) == []


def test_the_review_asks_the_database_as_often_for_many_passes_as_for_few(
    stage, waiting, django_assert_max_num_queries
):
    client = signed_in(Client(), stage.head)
    for _ in range(6):
        approving.take_back(waiting, by=stage.officer)
        approving.submit(waiting, note=NOTE, by=stage.officer)

    with django_assert_max_num_queries(13):
        answer = client.get(reverse("movements:check", args=[waiting.pk]))

    assert "13 lần trình, thu hồi, cho ý kiến" in text_of(answer)


def words_of_chip(response):
    """Return the state that the page's heading bears."""
    heading = text_of(response).partition('<header class="page-header">')[2].partition("</header>")[0]
    return re.search(r'<span class="chip.*?<span>(.*?)</span>', heading, re.DOTALL).group(1)


def test_what_waits_for_the_head_is_called_so_on_both_pages(stage, waiting):
    pages = [opened(stage.auditor, name, waiting.pk) for name in ("check", "detail")]

    assert [words_of_chip(page) for page in pages] == ["Chờ duyệt", "Chờ duyệt"]


def test_an_issued_plan_of_a_unit_is_called_issued_no_longer_agreed_to(stage):
    own = stage.own
    approving.submit(own, note="", by=stage.receiver)
    approving.approve(own, note="", by=stage.chief)
    before = words_of_chip(opened(stage.receiver, "check", own.pk))

    Plan.objects.filter(movement=own).update(
        number="1/KH", issued_on="2026-03-01", issued_at="2026-03-01T00:00Z"
    )

    after = [opened(who, "check", own.pk) for who in (stage.receiver, stage.chief)]
    assert (before, [words_of_chip(page) for page in after]) == ("Đã duyệt", ["Đã ban hành"] * 2)

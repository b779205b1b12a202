"""The check page: every act does its work, says what it refuses, and keeps two officers apart."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from factories import signed_in
from movements.plans import launch
from movements.stage import opened, said, sent, text_of
from thidua.movements.marking import mark_of
from thidua.movements.models import Movement, PlanItem
from thidua.movements.services import checking

pytestmark = pytest.mark.django_db

OUT = (
    "Kế hoạch này không còn ở bước chuẩn bị nên không sửa trực tiếp được nữa. "
    "Nếu đã phát động, hãy lập bản sửa đổi."
)


@pytest.fixture
def plan(stage):
    return stage.prepared.plan


def values(plan, field):
    return [item.value for item in checking.living(plan).filter(field=field).order_by("order")]


def test_the_page_shows_document_and_items_side_by_side(stage):
    page = text_of(opened(stage.officer, "check", stage.prepared.pk))

    assert ["A plan on paper." in page, "Turn papers into pages" in page] == [True, True]


def test_an_item_is_edited_and_the_page_goes_back_to_it(stage, plan):
    item = stage.item("contents", stage.prepared)
    given = {"number": "1", "text": "Finish early", "version": item.version}

    answer = sent(stage.officer, "edit_item", stage.prepared.pk, mark_of(item.pk), **given)

    assert answer.redirect_chain[0][0].endswith(f"/kiem-tra/#{mark_of(item.pk)}")
    assert values(plan, "contents")[0] == {"number": "1", "text": "Finish early"}


def test_the_form_of_an_item_on_a_page_of_its_own_is_sent_as_a_page(stage):
    mark = mark_of(stage.item("contents", stage.prepared).pk)
    whole = text_of(opened(stage.officer, "edit_item", stage.prepared.pk, mark))
    browser = signed_in(Client(), stage.officer)
    piece = browser.get(
        reverse("movements:edit_item", args=[stage.prepared.pk, mark]), headers={"HX-Request": "true"}
    )

    assert (whole.count('hx-target="#read"'), piece.content.decode().count('hx-target="#read"')) == (0, 2)


def test_a_correction_that_asks_elsewhere_says_so_and_leads_there(stage, plan):
    item = stage.item("targets", stage.prepared)
    given = item.value | {"value": "150", "version": item.version}

    answer = sent(stage.officer, "edit_item", stage.prepared.pk, mark_of(item.pk), **given)

    assert answer.redirect_chain[0][0].endswith("/kiem-tra/#can-kiem-tra")
    assert said(answer) == ["Sửa chỗ này làm 1 mục cần kiểm tra lại. Xem ở “Cần kiểm tra”."]


def test_an_edit_that_cannot_be_used_says_why_at_its_part_and_changes_nothing(stage, plan):
    item = stage.item("deadlines", stage.prepared)
    before = values(plan, "deadlines")

    answer = sent(
        stage.officer,
        "edit_item",
        stage.prepared.pk,
        mark_of(item.pk),
        what="",
        relation="before",
        due="31/2/2026",
    )

    assert (answer.status_code, answer.redirect_chain) == (422, [])
    assert [sentence in text_of(answer) for sentence in ("Lịch không có ngày này.", "Chưa điền.")] == [
        True,
        True,
    ]
    assert values(plan, "deadlines") == before


def test_the_second_of_two_editors_sees_who_came_first_and_loses_no_word(stage, plan):
    item = stage.item("contents", stage.prepared)
    seen = item.version
    first = {"number": "1", "text": "Of the first", "version": seen}
    sent(stage.head, "edit_item", stage.prepared.pk, mark_of(item.pk), **first)

    given = {"number": "1", "text": "Of the second", "version": seen}
    answer = sent(stage.officer, "edit_item", stage.prepared.pk, mark_of(item.pk), **given)

    page = text_of(answer)
    assert answer.status_code == 422
    assert "Mục này vừa được Minh Head xử lý. Xem lại bản mới rồi sửa tiếp." in page
    assert ["Of the first" in page, "Of the second" in page] == [True, True]
    assert values(plan, "contents")[0]["text"] == "Of the first"


def test_the_second_of_two_editors_may_save_on_the_newer_version(stage, plan):
    item = stage.item("contents", stage.prepared)
    seen = item.version
    first = {"number": "1", "text": "Of the first", "version": seen}
    sent(stage.head, "edit_item", stage.prepared.pk, mark_of(item.pk), **first)
    given = {"number": "1", "text": "Of the second"}
    refused = sent(stage.officer, "edit_item", stage.prepared.pk, mark_of(item.pk), **given, version=seen)

    newer = re.search(r'name="version" value="(\d+)"', text_of(refused))[1]
    sent(stage.officer, "edit_item", stage.prepared.pk, mark_of(item.pk), **given, version=newer)

    assert values(plan, "contents")[0]["text"] == "Of the second"


def test_an_item_is_added_with_the_words_pointed_at(stage, plan):
    browser = signed_in(Client(), stage.officer)
    url = reverse("movements:add_item", args=[stage.prepared.pk, "contents"]) + "?start=0&end=6"
    browser.post(url, {"number": "3", "text": "One more"})

    added = PlanItem.objects.get(plan=plan, state=PlanItem.State.ADDED)
    assert (added.value["text"], added.quote) == ("One more", "A plan")


def test_an_item_without_words_is_not_added(stage, plan):
    answer = sent(stage.officer, "add_item", stage.prepared.pk, "contents", number="3", text="")

    assert (answer.status_code, "Chưa điền." in text_of(answer)) == (422, True)
    assert len(values(plan, "contents")) == 2


def test_an_item_is_confirmed(stage, plan):
    answer = sent(stage.officer, "confirm", stage.prepared.pk, item=stage.mark("targets"))

    assert said(answer) == ["Đã xác nhận 1 mục."]
    assert plan.items.get(field="targets").state == PlanItem.State.CONFIRMED


def test_the_items_of_a_section_are_confirmed_and_taken_back_at_once(stage, plan):
    done = sent(stage.officer, "confirm", stage.prepared.pk, section="content")
    states = set(plan.items.filter(field="contents").values_list("state", flat=True))
    undone = sent(stage.officer, "undo", stage.prepared.pk)

    assert [said(answer) for answer in (done, undone)] == [["Đã xác nhận 3 mục."], ["Đã hoàn tác 3 mục."]]
    assert states == {"confirmed"}
    assert set(plan.items.filter(field="contents").values_list("state", flat=True)) == {"read"}


def test_the_second_of_two_who_confirm_is_told_who_did(stage):
    sent(stage.head, "confirm", stage.prepared.pk, item=stage.mark("targets"))

    answer = sent(stage.officer, "confirm", stage.prepared.pk, item=stage.mark("targets"))

    assert said(answer) == ["“100% of units register” đã được Minh Head xử lý trước đó."]


def test_a_day_no_calendar_has_is_not_confirmed(stage, plan):
    item = stage.item("deadlines", stage.prepared)
    PlanItem.objects.filter(pk=item.pk).update(value=item.value | {"due": "2025-02-31"}, is_sure=False)

    answer = sent(stage.officer, "confirm", stage.prepared.pk, item=mark_of(item.pk))

    assert said(answer) == ["“Issue own plan” không xác nhận được: sửa hoặc bỏ mục này."]
    assert PlanItem.objects.get(pk=item.pk).state == PlanItem.State.READ


def test_an_item_is_removed_in_the_version_seen_only(stage, plan):
    mark = stage.mark("targets")
    stale = sent(stage.officer, "remove_item", stage.prepared.pk, item=f"{mark}:7")
    kept = len(values(plan, "targets"))

    done = sent(stage.officer, "remove_item", stage.prepared.pk, item=f"{mark}:1")

    assert said(stale) == ["Mục này vừa được người khác xử lý. Xem lại bản mới rồi sửa tiếp."]
    assert (kept, said(done), values(plan, "targets")) == (1, ["Đã bỏ một mục."], [])


def test_nothing_is_left_to_undo(stage):
    assert said(sent(stage.officer, "undo", stage.prepared.pk)) == ["Không còn thao tác nào để hoàn tác."]


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("edit_item", {"number": "1", "text": "Too late"}),
        ("add_item", {"number": "9", "text": "Too late"}),
        ("remove_item", {}),
        ("confirm", {}),
        ("undo", {}),
    ],
)
def test_who_still_checks_a_plan_that_went_out_meanwhile_is_told(stage, plan, name, given):
    mark = stage.mark("contents")
    launch(Movement.objects.get(pk=stage.prepared.pk), [stage.north], by=stage.head)
    before = values(plan, "contents")
    part = {"edit_item": [mark], "add_item": ["contents"]}.get(name, [])

    answer = sent(stage.officer, name, stage.prepared.pk, *part, item=mark, **given)

    assert (answer.status_code, said(answer)) == (200, [OUT])
    assert values(plan, "contents") == before


def test_what_is_swapped_into_the_page_copies_no_inline_style(stage):
    """The policy of the page forbids inline styles; a form sent back keeps those a browser gave to its boxes."""
    page = text_of(opened(stage.officer, "check", stage.prepared.pk))

    config = json.loads(re.search(r"name=\"htmx-config\" content='(.*?)'", page)[1])

    assert config["attributesToSettle"] == ["class", "width", "height"]

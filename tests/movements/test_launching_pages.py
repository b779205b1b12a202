"""From the plan to the units: settings, launch, stop and go on, withdraw, end."""

import re
from datetime import date

import pytest

from factories import make_kind, make_unit
from movements.plans import ITEMS, make_movement
from movements.stage import opened, said, sent, text_of
from thidua.movements.models import Launch, Movement, Participation, PlanItem
from thidua.movements.services import launching
from thidua.organisations.models import Unit

pytestmark = pytest.mark.django_db
OUT = "Phong trào này đã được phát động hoặc đã hủy."


def status_of(movement):
    return Movement.objects.get(pk=movement.pk).status


def receivers(movement):
    parts = Participation.objects.filter(movement=movement, is_visible=True)
    return sorted(parts.values_list("unit__name", flat=True))


def test_the_units_below_are_offered_those_directly_below_chosen(stage):
    page = text_of(opened(stage.officer, "launch", stage.prepared.pk))

    ticked = [
        f'value="{unit.pk}" checked' in page for unit in (stage.north, stage.south, stage.west, stage.room)
    ]
    assert ticked == [True, True, True, False]


def test_the_preview_shows_who_receives_what_and_sends_nothing(stage):
    answer = sent(stage.officer, "launch", stage.prepared.pk, unit=[stage.north.pk, stage.south.pk])

    page = text_of(answer)
    assert (answer.status_code, receivers(stage.prepared)) == (200, [])
    assert (page.count("North") > 0, status_of(stage.prepared)) == (True, Movement.Status.PREPARING)


def test_a_launch_reaches_the_ticked_units_and_the_page_says_so(stage):
    answer = sent(stage.officer, "launch", stage.prepared.pk, go="1", unit=[stage.north.pk, stage.south.pk])

    order = Launch.objects.get(movement=stage.prepared)
    assert answer.redirect_chain[0][0].endswith(f"/phat-dong/{order.pk}/")
    assert (order.status, receivers(stage.prepared)) == (Launch.Status.DONE, ["North", "South"])
    assert "Phát động lại" not in text_of(answer)


def test_a_launch_to_nobody_is_refused_with_the_reason(stage):
    answer = sent(stage.officer, "launch", stage.prepared.pk, go="1")

    assert (answer.status_code, "Chưa chọn đơn vị nhận." in text_of(answer)) == (422, True)
    assert status_of(stage.prepared) == Movement.Status.PREPARING


def test_units_that_are_not_the_organisers_are_not_there_for_it(stage):
    foreign = make_unit("Foreign")

    answer = sent(stage.officer, "launch", stage.prepared.pk, go="1", unit=[foreign.pk, "nonsense"])

    assert (answer.status_code, receivers(stage.prepared)) == (422, [])


def test_a_launch_waits_for_what_is_unsure(stage):
    PlanItem.objects.filter(plan=stage.prepared.plan, field="targets").update(is_sure=False)

    answer = sent(stage.officer, "launch", stage.prepared.pk, go="1", unit=stage.north.pk)

    assert (answer.status_code, "Còn 1 mục cần kiểm tra." in text_of(answer)) == (422, True)
    assert not Launch.objects.filter(movement=stage.prepared).exists()


def test_the_second_of_two_who_launch_is_told_and_nobody_receives_it_twice(stage):
    first = sent(stage.officer, "launch", stage.prepared.pk, go="1", unit=stage.north.pk)
    second = sent(stage.head, "launch", stage.prepared.pk, go="1", unit=[stage.north.pk, stage.south.pk])

    assert (first.status_code, said(second)) == (200, ["Phong trào này đã được phát động."])
    assert receivers(stage.prepared) == ["North"]


def test_a_launch_that_stopped_half_way_is_said_and_goes_on(stage):
    page = text_of(opened(stage.officer, "launch_progress", stage.stalled.pk, stage.order.pk))
    before = receivers(stage.stalled)

    sent(stage.officer, "launch_again", stage.stalled.pk, stage.order.pk)

    assert (before, receivers(stage.stalled)) == ([], ["South"])
    assert [words in page for words in ("Tiếp tục", "Hủy lần phát động")] == [True, True]


def test_a_launch_that_stopped_half_way_is_taken_back_and_begun_anew(stage):
    taken_back = sent(stage.officer, "launch_again", stage.stalled.pk, stage.order.pk, cancel="1")
    again = sent(stage.officer, "launch", stage.stalled.pk, go="1", unit=stage.north.pk)

    assert said(taken_back) == ["Đã hủy lần phát động dở dang. Chưa đơn vị nào nhận được gì."]
    assert (again.status_code, receivers(stage.stalled)) == (200, ["North"])


def test_a_launch_that_is_done_is_not_gone_on_with(stage):
    launching.finish_launch(stage.order.pk)

    answers = [
        sent(stage.officer, "launch_again", stage.stalled.pk, stage.order.pk, **given)
        for given in ({}, {"cancel": "1"})
    ]

    done = f"/phong-trao/{stage.stalled.pk}/phat-dong/{stage.order.pk}/"
    assert [answer.redirect_chain[-1][0] for answer in answers] == [done] * 2
    assert receivers(stage.stalled) == ["South"]


def test_a_unit_left_out_at_first_is_let_in_later_and_once(stage):
    preview = sent(stage.officer, "admit", stage.movement.pk, unit=stage.west.pk)
    before = receivers(stage.movement)
    done = sent(stage.officer, "admit", stage.movement.pk, unit=[stage.west.pk, stage.north.pk], go="1")
    again = sent(stage.officer, "admit", stage.movement.pk, unit=stage.west.pk, go="1")

    assert (preview.status_code, before) == (200, ["North", "South"])
    assert (said(done), again.status_code) == (["Đã đưa thêm 1 đơn vị vào phong trào."], 422)
    assert receivers(stage.movement) == ["North", "South", "West"]


def test_a_movement_under_way_to_its_units_is_not_withdrawn(stage):
    answer = sent(stage.officer, "withdraw", stage.stalled.pk)

    assert said(answer) == ["Phong trào đang được phát động."]
    assert status_of(stage.stalled) == Movement.Status.PREPARING


def test_a_movement_is_withdrawn_before_it_goes_out_and_not_after(stage):
    done = sent(stage.officer, "withdraw", stage.prepared.pk)
    refused = sent(stage.officer, "withdraw", stage.movement.pk)

    assert said(done) == [f"Đã hủy “{stage.prepared.name}”. Chưa đơn vị nào nhận được gì."]
    assert said(refused) == [OUT]
    assert [status_of(m) for m in (stage.prepared, stage.movement)] == ["withdrawn", "launched"]


def test_a_movement_is_ended_once_on_a_day_that_has_come(stage):
    ahead = sent(stage.officer, "close", stage.movement.pk, on="3/3/2026")
    wrong = sent(stage.officer, "close", stage.movement.pk, on="30/2/2026")
    done = sent(stage.officer, "close", stage.movement.pk, on="1/3/2026")
    again = sent(stage.officer, "close", stage.movement.pk, on="2/3/2026")

    refused = "Ngày kết thúc không đúng, phong trào vẫn đang diễn ra."
    assert [said(answer) for answer in (ahead, wrong)] == [[refused], [refused]]
    assert said(done) == ["Đã kết thúc phong trào. Từ nay chỉ xem, không ghi thêm."]
    assert said(again) == ["Phong trào này không trong thời gian thực hiện."]
    assert Movement.objects.get(pk=stage.movement.pk).closed_on == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("name", "thing"), [("reach", None), ("complete", "deadline"), ("reopen", "duty"), ("remind", None)]
)
def test_nothing_is_written_of_a_movement_that_is_over(stage, name, thing):
    sent(stage.officer, "close", stage.movement.pk)
    place = [] if name == "remind" else [stage.north.pk]
    place += [getattr(stage, thing).pk] if thing else []

    answer = sent(stage.officer, name, stage.movement.pk, *place, state="own_plan", on="1/3/2026")

    assert answer.status_code == 403
    assert "Phong trào không trong thời gian thực hiện nên chỉ xem được." in text_of(answer)


def test_kind_and_level_are_set(stage):
    answer = sent(stage.officer, "settings", stage.movement.pk, kind="thematic", level="ministry")

    movement = Movement.objects.get(pk=stage.movement.pk)
    assert said(answer) == ["Đã lưu loại và cấp phong trào."]
    assert (movement.kind, movement.level) == ("thematic", "ministry")


def test_a_kind_that_is_none_is_refused(stage):
    answer = sent(stage.officer, "settings", stage.movement.pk, kind="nonsense", level="ministry")

    assert answer.status_code == 422
    assert Movement.objects.get(pk=stage.movement.pk).kind == stage.movement.kind


def test_the_second_of_two_who_set_it_is_told(stage):
    seen = Movement.objects.get(pk=stage.movement.pk).version
    sent(stage.head, "settings", stage.movement.pk, kind="thematic", level="ministry", version=seen)

    answer = sent(stage.officer, "settings", stage.movement.pk, kind="round", level="ministry", version=seen)

    assert answer.status_code == 422
    assert "Người khác vừa đổi phong trào này. Tải lại trang rồi đổi tiếp nếu cần." in text_of(answer)
    assert Movement.objects.get(pk=stage.movement.pk).kind == "thematic"


@pytest.fixture
def signed_plan(stage):
    """Return a plan the south took in from its own signed document."""
    stated = [("number", {"value": "9/KH-S"}), ("issued_on", {"value": "2026-02-20"})]
    return make_movement(stage.south, items=[*ITEMS, *stated], text="A plan of the south.")


def test_a_plan_taken_in_answers_a_movement_received(stage, signed_plan):
    part = Participation.objects.get(movement=stage.movement, unit=stage.south)

    sent(
        stage.officer,
        "settings",
        signed_plan.pk,
        organiser="South",
        kind="regular",
        level="unit",
        answers=part.pk,
    )

    part.refresh_from_db()
    assert (part.own, part.state) == (signed_plan, Participation.State.OWN_PLAN)


def test_what_cannot_answer_changes_nothing_at_all(stage, signed_plan):
    signed_plan.plan.issued_on = None
    signed_plan.plan.save()
    part = Participation.objects.get(movement=stage.movement, unit=stage.south)

    answer = sent(
        stage.officer,
        "settings",
        signed_plan.pk,
        organiser="South",
        kind="thematic",
        level="state",
        answers=part.pk,
    )

    assert (answer.status_code, "Văn bản chưa có số hoặc ngày ban hành." in text_of(answer)) == (422, True)
    assert Movement.objects.get(pk=signed_plan.pk).kind == "regular"


def test_a_movement_answers_none_that_went_to_another_unit(stage, signed_plan):
    answer = sent(
        stage.officer,
        "settings",
        signed_plan.pk,
        organiser="South",
        kind="regular",
        level="unit",
        answers=stage.part.pk,
    )

    assert (answer.status_code, Movement.objects.get(pk=signed_plan.pk).answers) == (422, None)


def test_the_preview_names_the_duties_and_deadlines_behind_its_numbers(stage):
    page = text_of(sent(stage.officer, "launch", stage.prepared.pk, unit=[stage.north.pk, stage.south.pk]))

    opened_rows = re.findall(r'<details class="choose-more"><summary>.*?</details>', page, re.DOTALL)
    told = [re.findall(r"<li>(.*?)</li>", row) for row in opened_rows]
    assert told == [["Write a plan", "Tell the people", "Issue own plan"]]
    assert "Việc của mọi đơn vị: 0 nhiệm vụ, 1 thời hạn" in page


def test_a_preview_of_every_unit_stays_under_100_kb(stage):
    """The demo's ministry has 551 units below it; what every unit adds is measured on fewer."""
    before = len(preview_of(stage, units=2))
    for number in range(30):
        make_unit(f"Cơ quan thi hành án dân sự khu vực {number}", stage.prepared.organiser)

    each = (len(preview_of(stage, units=32)) - before) / 30

    assert before + 551 * each < 100 * 1024


def preview_of(stage, units):
    below = Unit.objects.filter(path__startswith=stage.prepared.organiser.path).exclude(
        pk=stage.prepared.organiser_id
    )
    asked = [unit.pk for unit in below.order_by("depth", "code")][-units:]
    return sent(stage.officer, "launch", stage.prepared.pk, unit=asked).content


def test_units_that_receive_the_same_stand_in_one_row_that_names_them(stage):
    chosen = [stage.north.pk, stage.south.pk, stage.west.pk]
    page = text_of(sent(stage.officer, "launch", stage.prepared.pk, unit=chosen))

    rows = re.findall(r"<tr>\s*<td>(.*?)</tr>", page, re.DOTALL)
    told = [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in rows]
    work = (
        "Nhiệm vụ Write a plan Tell the people Thời hạn Issue own plan Cùng các việc của mọi đơn vị nêu trên."
    )
    assert told == [
        f"North {work} 2 2 3 có",
        "South và 1 đơn vị khác South (0 người, chưa có chuyên viên); West (1 người) 0 1 1 1 đơn vị chưa có",
    ]


def test_choosing_anew_brings_back_the_boxes_as_they_were_ticked(stage):
    preview = text_of(sent(stage.officer, "launch", stage.prepared.pk, unit=[stage.north.pk, stage.south.pk]))
    kept = re.search(r'name="units" value="([^"]*)"', preview)[1]

    again = text_of(sent(stage.officer, "launch", stage.prepared.pk, units=kept, again="1"))

    units = (stage.north, stage.south, stage.west)
    assert [f'value="{unit.pk}" checked' in again for unit in units] == [True, True, False]
    assert ('name="unit"' in preview, 'name="go"' in again) == (False, False)


def test_what_was_previewed_is_what_is_launched(stage):
    preview = text_of(sent(stage.officer, "launch", stage.prepared.pk, unit=[stage.north.pk, stage.south.pk]))
    kept = re.search(r'name="units" value="([^"]*)"', preview)[1]

    sent(stage.officer, "launch", stage.prepared.pk, units=kept, go="1")

    assert receivers(stage.prepared) == ["North", "South"]


def test_a_preview_says_what_it_is_and_speaks_of_silence_only_where_nobody_is_told(stage):
    stage.role(stage.stranger.person, stage.west)
    told = [
        text_of(sent(stage.officer, "launch", stage.prepared.pk, unit=unit.pk))
        for unit in (stage.west, stage.south)
    ]

    assert ["ở các đơn vị này chưa ai nhận được thông báo" in page for page in told] == [False, True]
    titles = [
        " ".join(re.sub("<[^>]+>", " ", re.search(r"<h1.*?</h1>", one, re.DOTALL)[0]).split()) for one in told
    ]
    assert titles == ["Xem trước ai nhận gì"] * 2


def test_the_page_that_offers_units_grows_little_with_each_and_with_each_kind(stage):
    before = len(opened(stage.officer, "launch", stage.prepared.pk).content)
    for number in range(10):
        make_unit(
            f"Đơn vị {number}",
            stage.prepared.organiser,
            kind=make_kind(f"loai-{number}", name=f"Loại {number}"),
        )
    with_kinds = len(opened(stage.officer, "launch", stage.prepared.pk).content)
    for number in range(10, 30):
        make_unit(f"Đơn vị {number}", stage.prepared.organiser, kind=make_kind("loai-0"))
    with_units = len(opened(stage.officer, "launch", stage.prepared.pk).content)

    assert (with_kinds - before) / 10 < 750
    assert (with_units - with_kinds) / 20 < 200

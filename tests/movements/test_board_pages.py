"""The boards, the days behind them, and what units report: through the pages."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from factories import make_kind, signed_in
from movements.stage import opened, said, sent, text_of
from thidua.accounts.models import Account
from thidua.audit.models import Entry
from thidua.movements.models import Completion, Event, Participation, StepTerm
from thidua.movements.services import launching
from thidua.movements.views import board as board_views
from thidua.notices.models import Mail, Notice
from thidua.organisations.models import Unit, UnitKind
from thidua.records.days import today

pytestmark = pytest.mark.django_db
IMPOSSIBLE = "Ngày này không có thật hoặc viết khác dạng 30/6/2026. Gõ lại ngày, tháng, năm."


def state_of(stage):
    return Participation.objects.get(pk=stage.part.pk).state


def tones(answer):
    return [message.level_tag for message in get_messages(answer.wsgi_request)]


def told_at(field, answer):
    """Return what stands in the field and the error beside it."""
    page = text_of(answer)
    tag = re.search(rf'<input[^>]*id="{field}"[^>]*>', page)[0]
    typed = re.search(r'value="([^"]*)"', tag)
    error = re.search(rf'id="{field}_error".*?<span>(.*?)</span>', page, re.DOTALL)
    return typed[1] if typed else "", error[1]


def reported(stage, **given):
    return sent(stage.receiver, "complete", stage.movement.pk, stage.north.pk, stage.deadline.pk, **given)


def test_the_board_shows_every_unit_to_the_organiser_and_its_own_part_to_a_unit(stage):
    pages = [text_of(opened(who, "board", stage.movement.pk)) for who in (stage.officer, stage.receiver)]

    assert [("North" in page, "South" in page) for page in pages] == [(True, True), (True, False)]


def test_the_board_narrows_by_name_and_standing(stage):
    sent(stage.officer, "step_term", stage.movement.pk, "own_plan", on="1/3/2026")
    sent(stage.receiver, "reach", stage.movement.pk, stage.north.pk, state="own_plan", on="1/3/2026")

    asked = ({"q": "north"}, {"show": "late"}, {"show": "done", "step": "own_plan"}, {"q": "nobody"})
    pages = [text_of(opened(stage.officer, "board", stage.movement.pk, **query)) for query in asked]

    shown = [tuple(f"/don-vi/{unit.pk}/" in page for unit in (stage.north, stage.south)) for page in pages]
    assert shown == [(True, False), (False, True), (True, False), (False, False)]


def test_the_board_comes_as_a_workbook_with_days_as_days(stage):
    sent(stage.receiver, "reach", stage.movement.pk, stage.north.pk, state="own_plan", on="1/3/2026")

    answer = opened(stage.officer, "board", stage.movement.pk, format="xlsx")

    rows = CalamineWorkbook.from_filelike(BytesIO(answer.body)).get_sheet_by_index(0).to_python()
    found = {row[0]: row[4] for row in rows}
    assert (found["North"], found["South"]) == (date(2026, 3, 1), "")


@pytest.mark.parametrize(
    ("as_of", "columns", "told"),
    [("1/3/2026", 1, "Đã ban hành kế hoạch: 2/3/2026"), ("2/3/2026", 0, None)],
)
def test_the_workbook_of_a_past_day_tells_what_was_noted_later(stage, as_of, columns, told):
    sent(stage.receiver, "reach", stage.movement.pk, stage.north.pk, state="own_plan", on="1/3/2026")

    answer = opened(stage.officer, "board", stage.movement.pk, format="xlsx", as_of=as_of)

    head, *rows = CalamineWorkbook.from_filelike(BytesIO(answer.body)).get_sheet_by_index(0).to_python()
    assert head.count("Ghi nhận sau") == columns
    noted = {row[0]: dict(zip(head, row, strict=True)).get("Ghi nhận sau") for row in rows}
    assert noted["North"] == told


def units_taken_out(answer):
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.body)).get_sheet_by_index(0).to_python()
    return {row[0] for row in rows} & {"North", "South"}


@pytest.mark.parametrize(
    ("who", "units"),
    [
        ("officer", {"North", "South"}),
        ("auditor", {"North", "South"}),
        ("receiver", {"North"}),
        ("chief", {"North"}),
    ],
)
def test_who_may_export_takes_out_what_it_may(stage, who, units):
    answer = opened(getattr(stage, who), "board", stage.movement.pk, format="xlsx")

    assert units_taken_out(answer) == units
    assert "format=xlsx" in text_of(opened(getattr(stage, who), "board", stage.movement.pk))


def test_who_may_only_look_takes_nothing_out(stage):
    page = opened(stage.clerk, "board", stage.movement.pk)
    answer = opened(stage.clerk, "board", stage.movement.pk, format="xlsx")

    assert ("North" in text_of(page), "format=xlsx" in text_of(page)) == (True, False)
    assert (page.status_code, answer.status_code) == (200, 403)


def test_a_right_elsewhere_takes_nothing_out_of_another_units_board(stage):
    """The clerk of the north acts for the room: the movement is not the room's."""
    stage.role(stage.clerk.person, stage.room)

    answer = opened(stage.clerk, "board", stage.movement.pk, format="xlsx")

    assert answer.status_code == 403


def plain(marked):
    return " ".join(re.sub("<[^>]+>", " ", marked).split())


def units_named(answer):
    """Return what the window of a reminder says of each unit."""
    return [
        plain(name)
        for name in re.findall(r'<label class="choose-unit">.*?<span>(.*?)</span></label>', text_of(answer))
    ]


def test_only_late_units_are_reminded(stage):
    sent(stage.officer, "step_term", stage.movement.pk, "own_plan", on="1/3/2026")
    sent(stage.receiver, "reach", stage.movement.pk, stage.north.pk, state="own_plan", on="1/3/2026")

    answer = sent(stage.officer, "remind", stage.movement.pk, late="1")

    reminded = Participation.objects.filter(movement=stage.movement, reminded_at__isnull=False)
    assert (said(answer), [part.unit for part in reminded]) == (["Đã nhắc 1 đơn vị."], [stage.south])
    assert not Notice.objects.filter(kind="movement.reminder_of_steps", account=stage.receiver).exists()


def test_nobody_is_reminded_when_nobody_is_late(stage):
    for given in ({"late": "1"}, {}):
        answer = sent(stage.officer, "remind", stage.movement.pk, **given)

        assert said(answer) == ["Không có đơn vị nào trễ hạn, nên không nhắc ai."]


def test_a_ticked_unit_is_reminded_with_the_words_given(stage):
    answer = sent(stage.officer, "remind", stage.movement.pk, selected=stage.part.pk, about="Send it today.")

    notice = Notice.objects.get(kind="movement.reminder_of_steps", account=stage.receiver)
    owed = "North còn thiếu: Ban hành kế hoạch của đơn vị (chưa đặt hạn)."
    assert (said(answer), notice.words().body) == (["Đã nhắc 1 đơn vị."], f"Send it today.\n{owed}")


def test_a_reminder_names_the_steps_owed_their_day_and_how_late_they_are(stage):
    for step, on in (("own_plan", "1/3/2026"), ("launched", "5/3/2026"), ("final", "2/3/2026")):
        sent(stage.officer, "step_term", stage.movement.pk, step, on=on)

    sent(stage.officer, "remind", stage.movement.pk, late="1")

    notice = Notice.objects.get(kind="movement.reminder_of_steps", account=stage.receiver)
    body = (
        "Đề nghị đơn vị hoàn thành bước còn thiếu của phong trào.\n"
        "North còn thiếu: Ban hành kế hoạch của đơn vị (hạn 1/3/2026, trễ 1 ngày); "
        "Phát động tại đơn vị (hạn 5/3/2026, còn 3 ngày); Tổng kết (hạn hôm nay, 2/3/2026)."
    )
    assert notice.words() == (f"Nhắc việc: {stage.movement.name}", body)
    assert notice.url == reverse("movements:part", args=[stage.movement.pk, stage.north.pk])


def test_the_letter_of_a_reminder_says_the_same_and_leads_to_the_units_page(stage, settings):
    Account.objects.filter(pk=stage.receiver.pk).update(email="mai@example.org")
    sent(stage.officer, "step_term", stage.movement.pk, "own_plan", on="1/3/2026")

    sent(stage.officer, "remind", stage.movement.pk, late="1", about="Gửi ngay.")

    page = reverse("movements:part", args=[stage.movement.pk, stage.north.pk])
    owed = "North còn thiếu: Ban hành kế hoạch của đơn vị (hạn 1/3/2026, trễ 1 ngày)."
    letter = Mail.objects.get(to="mai@example.org")
    assert letter.body == f"Gửi ngay.\n{owed}\n\n{settings.BASE_URL}{page}"


@pytest.mark.parametrize("given", [{"late": "1"}, {"selected": "ticked"}])
def test_an_emptied_reminder_goes_to_nobody_and_the_page_says_so(stage, given):
    sent(stage.officer, "step_term", stage.movement.pk, "own_plan", on="1/3/2026")
    asked = {key: stage.part.pk if value == "ticked" else value for key, value in given.items()}

    answer = sent(stage.officer, "remind", stage.movement.pk, about="  ", **asked)

    assert answer.status_code == 422
    assert "Lời nhắc đang trống, chưa gửi cho ai. Viết lời nhắc rồi gửi." in text_of(answer)
    assert not Notice.objects.filter(kind="movement.reminder_of_steps").exists()


def test_a_reminder_that_is_too_long_goes_to_nobody_and_the_page_says_how_long_it_may_be(stage):
    sent(stage.officer, "step_term", stage.movement.pk, "own_plan", on="1/3/2026")

    answer = sent(stage.officer, "remind", stage.movement.pk, late="1", about="a" * 501)

    assert answer.status_code == 422
    assert "Lời nhắc dài quá 500 chữ cái, chưa gửi cho ai. Rút ngắn rồi gửi." in text_of(answer)
    assert not Notice.objects.filter(kind="movement.reminder_of_steps").exists()


def test_the_window_says_who_was_reminded_when_and_what_each_owes(stage):
    sent(stage.officer, "step_term", stage.movement.pk, "own_plan", on="1/3/2026")
    sent(stage.officer, "remind", stage.movement.pk, selected=stage.part.pk, about="Gửi ngay.")
    parts = [str(part.pk) for part in stage.movement.participations.all()]

    window = units_named(sent(stage.officer, "remind", stage.movement.pk, selected=parts))
    page = text_of(opened(stage.officer, "board", stage.movement.pk))

    owed = "Ban hành kế hoạch của đơn vị (hạn 1/3/2026, trễ 1 ngày)"
    assert window == [f"North · trễ 1 ngày · đã nhắc 08:00 2/3/2026 {owed}", f"South · trễ 1 ngày {owed}"]
    listed = re.search(r'<ul class="reminded">(.*?)</ul>', page, re.DOTALL)[1]
    assert [plain(line) for line in re.findall(r"<li>(.*?)</li>", listed, re.DOTALL)] == [
        "North · trễ 1 ngày · đã nhắc 08:00 2/3/2026",
        "South · trễ 1 ngày",
    ]


def test_the_window_names_so_many_late_units_and_counts_the_rest(stage, monkeypatch):
    monkeypatch.setattr(board_views, "NAMED", 1)
    sent(stage.officer, "step_term", stage.movement.pk, "own_plan", on="1/3/2026")

    page = text_of(opened(stage.officer, "board", stage.movement.pk))

    listed = re.search(r'<ul class="reminded">(.*?)</ul>', page, re.DOTALL)[1]
    named = [plain(line) for line in re.findall(r"<li>(.*?)</li>", listed, re.DOTALL)]
    assert named == ["North · trễ 1 ngày", "và 1 đơn vị trễ khác"]


def test_the_usual_words_reach_each_reader_in_the_own_language(stage):
    usual = "Please complete the outstanding step of the movement."
    sent(stage.officer, "remind", stage.movement.pk, selected=stage.part.pk, about=usual)

    notice = Notice.objects.get(kind="movement.reminder_of_steps", account=stage.receiver)
    assert notice.words().body.splitlines()[0] == "Đề nghị đơn vị hoàn thành bước còn thiếu của phong trào."
    entry = Entry.objects.get(action="movement.remind")
    assert entry.details["about"] == "Đề nghị đơn vị hoàn thành bước còn thiếu của phong trào."


def test_ticked_units_are_named_before_anything_is_sent_and_who_is_not_late(stage):
    sent(stage.officer, "step_term", stage.movement.pk, "own_plan", on="1/3/2026")
    sent(stage.receiver, "reach", stage.movement.pk, stage.north.pk, state="own_plan", on="1/3/2026")
    parts = [str(part.pk) for part in stage.movement.participations.all()]

    page = sent(stage.officer, "remind", stage.movement.pk, selected=parts)

    assert units_named(page) == [
        "North · chưa trễ bước nào Phát động tại đơn vị (chưa đặt hạn)",
        "South · trễ 1 ngày Ban hành kế hoạch của đơn vị (hạn 1/3/2026, trễ 1 ngày)",
    ]
    assert said(page) == []
    assert not Notice.objects.filter(kind="movement.reminder_of_steps").exists()


def test_a_second_click_reminds_nobody_twice_and_the_board_says_when(stage):
    sent(stage.officer, "step_term", stage.movement.pk, "own_plan", on="1/3/2026")

    answers = [sent(stage.officer, "remind", stage.movement.pk, late="1") for _click in range(2)]

    assert [said(answer) for answer in answers] == [
        ["Đã nhắc 2 đơn vị."],
        ["2 đơn vị đã được nhắc trong 10 phút qua nên không nhắc lại."],
    ]
    assert Notice.objects.filter(kind="movement.reminder_of_steps", account=stage.receiver).count() == 1
    assert text_of(answers[1]).count('<br><small class="quiet">đã nhắc 08:00 2/3/2026') == 2


def test_the_board_stays_narrowed_after_a_reminder(stage):
    sent(stage.officer, "step_term", stage.movement.pk, "own_plan", on="1/3/2026")
    page = text_of(opened(stage.officer, "board", stage.movement.pk, show="late"))
    action = re.search(r'action="([^"]*/nhac/[^"]*)"', page)[1]

    answer = signed_in(Client(), stage.officer).post(action, {"late": "1"})

    assert answer.url == reverse("movements:board", args=[stage.movement.pk]) + "?show=late"


def test_a_phone_shows_the_day_and_who_below_a_deadline(stage):
    page = text_of(opened(stage.officer, "deadlines", stage.movement.pk))

    below = re.findall(r'<span class="phone-only"><small>(.*?)</small>', page)
    assert below[0] == "North · hạn 14/3/2026"


def test_a_part_of_another_movement_is_not_reminded(stage):
    part = Participation.objects.get(movement=stage.stalled)

    sent(stage.officer, "remind", stage.movement.pk, selected=part.pk)

    assert not Notice.objects.filter(kind="movement.reminder_of_steps").exists()


def test_the_term_of_a_step_is_set_replaced_and_taken_away(stage):
    answers = [
        sent(stage.officer, "step_term", stage.movement.pk, "own_plan", on=on, seen=seen)
        for on, seen in (("10/3/2026", ""), ("12/3/2026", "2026-03-10"), ("31/2/2026", "2026-03-12"))
    ]
    kept = list(StepTerm.objects.filter(movement=stage.movement).values_list("state", "last_on"))
    gone = sent(stage.officer, "step_term", stage.movement.pk, "own_plan", on="", seen="2026-03-12")

    done, refused = "Đã đặt hạn cho bước này.", "Hạn của bước chưa được đặt."
    assert [said(answer) for answer in answers] == [[done], [done], [refused]]
    assert (kept, said(gone)) == ([("own_plan", date(2026, 3, 12))], ["Đã bỏ hạn của bước này."])
    assert not StepTerm.objects.filter(movement=stage.movement).exists()


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("", "Chọn hoặc gõ ngày, ví dụ 30/6/2026."),
        ("31/2/2026", IMPOSSIBLE),
        ("19/1/2026", "Hạn không thể trước ngày bắt đầu phong trào, 20/1/2026."),
    ],
)
def test_a_term_that_cannot_be_looks_like_no_success_and_is_kept_as_typed(stage, on, sentence):
    answer = sent(stage.officer, "step_term", stage.movement.pk, "own_plan", on=on)

    assert (answer.status_code, StepTerm.objects.filter(movement=stage.movement).exists()) == (422, False)
    assert told_at("term-own_plan-on", answer) == (on, sentence)
    assert tones(answer) == ["warning"]


def test_a_term_gone_by_says_that_units_are_late_at_once(stage):
    answer = sent(stage.officer, "step_term", stage.movement.pk, "own_plan", on="1/3/2026")

    assert said(answer) == [
        "Đã đặt hạn cho bước này. Hạn đã qua, nên đơn vị nào chưa tới bước này là trễ ngay."
    ]


def test_the_second_of_two_who_set_a_term_is_told(stage):
    def second(on, seen):
        return said(sent(stage.officer, "step_term", stage.movement.pk, "own_plan", on=on, seen=seen))

    sent(stage.head, "step_term", stage.movement.pk, "own_plan", on="10/3/2026", seen="")
    moved = second("12/3/2026", "")
    kept = StepTerm.objects.get(movement=stage.movement).last_on
    sent(stage.head, "step_term", stage.movement.pk, "own_plan", on="", seen="2026-03-10")
    gone = second("12/3/2026", "2026-03-10")

    assert (moved, gone, kept) == (
        ["Người khác vừa đổi hạn của bước này thành 10/3/2026. Xem lại rồi đặt tiếp nếu cần."],
        ["Người khác vừa bỏ hạn của bước này. Xem lại rồi đặt tiếp nếu cần."],
        date(2026, 3, 10),
    )
    assert not StepTerm.objects.filter(movement=stage.movement).exists()


def test_the_board_sends_the_term_it_shows_along(stage):
    sent(stage.head, "step_term", stage.movement.pk, "own_plan", on="10/3/2026", seen="")

    page = text_of(opened(stage.officer, "board", stage.movement.pk))

    assert '<input type="hidden" name="seen" value="2026-03-10" id="term-own_plan-seen">' in page


def test_a_step_there_is_none_of_gets_no_term(stage):
    sent(stage.officer, "step_term", stage.movement.pk, "nonsense", on="10/3/2026")

    assert not StepTerm.objects.filter(movement=stage.movement).exists()


def test_an_event_gets_its_day_and_its_deadline_moves_along(stage):
    answer = sent(stage.officer, "event_day", stage.movement.pk, stage.event.pk, on="30/6/2026", version=1)

    stage.waiting.refresh_from_db()
    assert said(answer) == ["Đã ghi ngày của sự kiện; các thời hạn gắn với nó đã được tính lại."]
    assert stage.waiting.last_on == date(2026, 7, 10)
    assert "10/7/2026" in text_of(opened(stage.receiver, "deadlines", stage.movement.pk)).replace("07", "7")


def test_the_second_of_two_who_date_an_event_is_told(stage):
    sent(stage.head, "event_day", stage.movement.pk, stage.event.pk, on="30/6/2026", version=1)

    answer = sent(stage.officer, "event_day", stage.movement.pk, stage.event.pk, on="1/7/2026", version=1)

    assert said(answer) == ["Người khác vừa đổi ngày của sự kiện này. Xem lại rồi đổi tiếp nếu cần."]
    assert Event.objects.get(pk=stage.event.pk).on == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("on", "sentence"), [("31/2/2026", IMPOSSIBLE), ("", "Chọn hoặc gõ ngày, ví dụ 30/6/2026.")]
)
def test_a_day_of_an_event_that_is_none_looks_like_no_success_and_is_kept_as_typed(stage, on, sentence):
    answer = sent(stage.officer, "event_day", stage.movement.pk, stage.event.pk, on=on, version=1)

    assert (answer.status_code, tones(answer)) == (422, ["warning"])
    assert said(answer) == [f"Ngày của “{stage.event.name}” chưa được ghi: {sentence}"]
    assert told_at(f"event-{stage.event.order}-on", answer) == (on, sentence)


def test_the_day_of_an_event_is_taken_away_again(stage):
    sent(stage.officer, "event_day", stage.movement.pk, stage.event.pk, on="30/6/2026", version=1)

    answer = sent(stage.officer, "event_day", stage.movement.pk, stage.event.pk, on="", version=2)

    assert said(answer) == ["Đã bỏ ngày của sự kiện; các thời hạn gắn với nó lại chờ ngày."]
    assert Event.objects.get(pk=stage.event.pk).on is None


def test_a_deadline_shows_who_is_bound_and_who_is_done(stage):
    reported(stage, finished_on="1/3/2026", note="By post")

    page = text_of(opened(stage.officer, "deadline", stage.movement.pk, stage.deadline.pk))

    assert ["North" in page, "South" in page] == [True, False]


def test_a_unit_reports_its_finishing_day_and_takes_it_back(stage):
    done = reported(stage, finished_on="1/3/2026", note="By post")
    noted = list(Completion.objects.values_list("unit__name", "finished_on", "note"))
    undone = sent(stage.receiver, "reopen", stage.movement.pk, stage.north.pk, stage.deadline.pk, sure="1")

    assert (said(done), noted) == (
        ["Đã ghi nhận ngày xong thực tế."],
        [("North", date(2026, 3, 1), "By post")],
    )
    assert (said(undone), Completion.objects.count()) == (["Đã bỏ ghi nhận ngày xong."], 0)


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("3/3/2026", "Ngày xong không thể ở sau hôm nay, 2/3/2026."),
        ("30/2/2026", IMPOSSIBLE),
        ("", "Chọn hoặc gõ ngày, ví dụ 30/6/2026."),
    ],
)
def test_a_finishing_day_that_cannot_be_looks_like_no_success_and_is_kept_as_typed(stage, on, sentence):
    answer = reported(stage, finished_on=on)

    assert (answer.status_code, Completion.objects.exists()) == (422, False)
    field = f"done-{stage.deadline.pk}-finished_on"
    assert told_at(field, answer) == (on, sentence)
    assert f'<a href="#{field}">Ngày xong thực tế: {sentence}</a>' in text_of(answer)
    assert text_of(answer).count('<details class="menu menu-right" open>') == 1


def test_a_refused_day_of_a_duty_is_kept_at_the_duty(stage):
    answer = sent(
        stage.receiver, "complete", stage.movement.pk, stage.north.pk, stage.duty.pk, finished_on="nay"
    )

    assert told_at(f"done-{stage.duty.pk}-finished_on", answer) == ("nay", IMPOSSIBLE)


def test_a_duty_is_reported_like_a_deadline(stage):
    sent(stage.receiver, "complete", stage.movement.pk, stage.north.pk, stage.duty.pk, finished_on="2/3/2026")

    assert list(Completion.objects.values_list("duty", flat=True)) == [stage.duty.pk]


def test_a_unit_reports_nothing_for_another(stage):
    answer = sent(
        stage.receiver,
        "complete",
        stage.movement.pk,
        stage.south.pk,
        stage.deadline.pk,
        finished_on="1/3/2026",
    )

    assert (answer.status_code, Completion.objects.exists()) == (404, False)


def test_a_unit_reports_nothing_it_is_not_bound_to(stage):
    """The deadline names the north alone."""
    answer = sent(
        stage.head, "complete", stage.movement.pk, stage.south.pk, stage.deadline.pk, finished_on="1/3/2026"
    )

    assert (answer.status_code, Completion.objects.exists()) == (404, False)


def reach(stage, **given):
    return sent(stage.receiver, "reach", stage.movement.pk, stage.north.pk, **given)


def test_a_step_is_reached_once(stage):
    done = reach(stage, state="launched", on="1/3/2026")
    again = reach(stage, state="own_plan", on="2/3/2026")

    passed = "Đơn vị đã qua bước này, hoặc không có bước này. Chọn bước khác."
    assert said(done) == ["Đã ghi nhận bước của đơn vị."]
    assert f'<a href="#id_state">Bước: {passed}</a>' in text_of(again)
    assert re.findall(r'id="id_state_error".*?<span>(.*?)</span>', text_of(again), re.DOTALL) == [passed]
    assert (again.status_code, state_of(stage)) == (422, "launched")


@pytest.mark.parametrize(
    ("on", "sentence"),
    [("3/3/2026", "Ngày tới bước không thể ở sau hôm nay, 2/3/2026."), ("30/2/2026", IMPOSSIBLE)],
)
def test_a_step_on_a_day_that_cannot_be_is_kept_as_typed(stage, on, sentence):
    answer = reach(stage, state="own_plan", on=on)

    assert told_at("id_on", answer) == (on, sentence)
    assert '<option value="own_plan" selected>' in text_of(answer)
    assert (answer.status_code, state_of(stage)) == (422, "received")


def test_two_who_note_the_same_step_note_it_once(stage):
    reach(stage, state="own_plan", on="1/3/2026")

    answer = reach(stage, state="own_plan", on="2/3/2026")

    assert answer.status_code == 422
    assert stage.part.events.filter(state="own_plan").count() == 1


def test_the_days_of_a_movement_that_is_over_are_only_read(stage):
    launching.close(stage.movement, on=today(), by=stage.officer)
    before = list(stage.movement.step_terms.values_list("state", "last_on"))

    answers = [
        sent(stage.officer, "step_term", stage.movement.pk, "own_plan", on="1/3/2026"),
        sent(stage.officer, "event_day", stage.movement.pk, stage.event.pk, on="30/6/2026", version="1"),
    ]

    stage.event.refresh_from_db()
    assert [answer.status_code for answer in answers] == [403, 403]
    assert (list(stage.movement.step_terms.values_list("state", "last_on")), stage.event.on) == (before, None)
    assert "/su-kien/" not in text_of(opened(stage.officer, "deadlines", stage.movement.pk))


def order_of(answer):
    return re.findall(r'<td><a href="../don-vi/[^"]*">(\w+)</a>', text_of(answer))


def test_the_board_stands_in_the_order_of_the_tree_and_by_name_on_asking(stage):
    UnitKind.objects.filter(pk=stage.south.kind_id).update(rank=50)
    Unit.objects.filter(pk=stage.south.pk).update(kind=make_kind("first", name="First", rank=1))

    pages = [opened(stage.officer, "board", stage.movement.pk, **asked) for asked in ({}, {"sort": "name"})]

    assert [order_of(page) for page in pages] == [["South", "North"], ["North", "South"]]


def test_what_waits_for_me_says_a_step_as_work_to_do(stage):
    sent(stage.officer, "step_term", stage.movement.pk, "final", on="9/12/2026")
    StepTerm.objects.exclude(state="final").delete()

    page = text_of(opened(stage.officer, "work"))

    assert ("Cần tổng kết: hạn 9/12/2026" in page, "Đã tổng kết: hạn" in page) == (True, False)

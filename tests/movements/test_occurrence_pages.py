"""Each round («kỳ») of a recurring deadline on the pages, in reminders and in calendars."""

import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from factories import make_account, make_person, make_role, make_unit, make_user, signed_in
from movements.plans import launch, make_movement
from movements.stage import opened, said, sent, text_of
from thidua.movements.models import Completion
from thidua.movements.services import schedule
from thidua.movements.services.event_days import set_own_day
from thidua.movements.tasks import turn_day
from thidua.notices.models import Notice
from thidua.notices.services import open_feed
from thidua.organisations.models import UnitRole

pytestmark = pytest.mark.django_db
LAUNCHED, TODAY = date(2026, 3, 2), date(2026, 6, 10)
REPORT = {"what": "Báo cáo nhanh", "relation": "monthly", "recurring": "ngày 20 hằng tháng"}
ITEMS = [
    ("themes", {"text": "Chủ đề"}),
    ("period", {"from": "2026-03", "to": "2026-12"}),
    ("deadlines", REPORT),
    ("deadlines", {"what": "Ban hành kế hoạch", "relation": "before", "due": "2026-06-11"}),
]
MAY = date(2026, 5, 20)


def at(day):
    return time_machine.travel(f"{day} 09:00:00+07:00", tick=False)


@pytest.fixture
def movement(ministry, departments, officer):
    """Launched in March to three units, of which the first reported in March and May, in June not yet."""
    with at(LAUNCHED):
        movement = launch(make_movement(ministry, items=ITEMS, by=officer), departments, by=officer)
    row = movement.deadlines.get(what="Báo cáo nhanh")
    with at(TODAY):
        for occurrence, on in ((date(2026, 3, 20), date(2026, 3, 18)), (MAY, date(2026, 5, 22))):
            schedule.complete(
                departments[0], finished_on=on, today=TODAY, by=officer, deadline=row, occurrence=occurrence
            )
        yield movement


@pytest.fixture
def row(movement):
    return movement.deadlines.get(what="Báo cáo nhanh")


@pytest.fixture
def unit(departments):
    return departments[0]


@pytest.fixture
def reporter(unit):
    return make_user(unit, full_name="Mai Thị Lan")


def words(page):
    """Return what a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text_of(page)))


def noted():
    return list(Completion.objects.order_by("occurrence").values_list("occurrence", "finished_on"))


def test_done_finishes_the_earliest_unfinished_round_and_says_which(movement, row, unit, reporter):
    answer = sent(reporter, "complete", movement.pk, unit.pk, row.pk, finished_on="2/6/2026")

    assert said(answer) == ["Đã ghi nhận xong kỳ 20/4/2026."]
    assert noted()[1] == (date(2026, 4, 20), date(2026, 6, 2))


def test_another_round_may_be_chosen_and_one_already_noted_may_not(movement, row, unit, reporter):
    chosen, again = (
        sent(reporter, "complete", movement.pk, unit.pk, row.pk, finished_on="9/6/2026", occurrence=day)
        for day in ("2026-06-20", "2026-05-20")
    )

    assert said(chosen) == ["Đã ghi nhận xong kỳ 20/6/2026."]
    assert (again.status_code, "Kỳ này không còn chờ ghi nhận. Chọn kỳ khác." in words(again)) == (422, True)
    assert len(noted()) == 3


def test_the_day_of_one_round_is_taken_back_alone(movement, row, unit, reporter):
    answer = sent(reporter, "reopen", movement.pk, unit.pk, row.pk, occurrence="2026-05-20", sure="1")

    assert said(answer) == ["Đã bỏ ghi nhận ngày xong của kỳ 20/5/2026."]
    assert noted() == [(date(2026, 3, 20), date(2026, 3, 18))]


@pytest.mark.parametrize("day", ["2026-13-01", "hai", "2026-04-20"])
def test_no_round_is_taken_back_that_was_not_noted(movement, row, unit, reporter, day):
    answer = sent(reporter, "reopen", movement.pk, unit.pk, row.pk, occurrence=day, sure="1")

    assert (answer.status_code < 500, len(noted())) == (True, 2)


def test_the_page_of_a_unit_lists_the_rounds_gone_by_and_the_next(movement, unit, reporter):
    page = words(opened(reporter, "part", movement.pk, unit.pk))

    assert re.findall(r"Kỳ (\d+/\d+/2026)[^K]*?(?:xong (\d+/\d+/2026)|chưa báo)", page) == [
        ("20/3/2026", "18/3/2026"),
        ("20/4/2026", ""),
        ("20/5/2026", "22/5/2026"),
        ("20/6/2026", ""),
    ]
    assert "trễ 51 ngày" in page


def test_further_rounds_missed_are_counted(movement, departments, officer):
    page = words(opened(make_user(departments[1]), "part", movement.pk, departments[1].pk))

    assert "trễ 82 ngày còn thêm 2 kỳ chưa báo" in page


def test_a_done_round_tells_the_next(movement, row, unit, reporter):
    sent(reporter, "complete", movement.pk, unit.pk, row.pk, finished_on="2/6/2026")

    page = words(opened(reporter, "part", movement.pk, unit.pk))

    assert "xong muộn 2 ngày kỳ tới 20/6/2026" in page


def test_the_board_counts_the_current_round_and_the_next(movement, row, officer, departments):
    schedule.complete(
        departments[1], finished_on=TODAY, today=TODAY, by=officer, deadline=row, occurrence=date(2026, 6, 20)
    )

    page = words(opened(officer, "deadlines", movement.pk))

    assert "Kỳ 20/5/2026" in page
    assert "1/3 2 trễ 1 xong muộn" in page
    assert "kỳ tới 20/6/2026: 1/3" in page


def test_a_round_is_picked_on_the_page_of_the_deadline(movement, row, officer):
    pages = [
        words(opened(officer, "deadline", movement.pk, row.pk, **query))
        for query in ({}, {"ky": "2026-03-20"}, {"ky": "2026-06-20"}, {"ky": "2026-03-21"}, {"ky": "x"})
    ]

    shown = [re.search(r"Kỳ đang xem (\S+)", page)[1] for page in pages]
    assert shown == ["20/5/2026", "20/3/2026", "20/6/2026", "20/5/2026", "20/5/2026"]
    assert "20/3/2026 1/3 20/4/2026 0/3 20/5/2026 1/3 20/6/2026 0/3" in pages[0]
    assert ["sớm 2 ngày" in page for page in pages[:3]] == [False, True, False]


def test_a_day_gone_by_shows_the_round_of_that_day(movement, row, officer):
    page = words(opened(officer, "deadline", movement.pk, row.pk, as_of="2026-04-21"))

    assert "Kỳ đang xem 20/4/2026" in page
    assert ("trễ 1 ngày" in page, "20/5/2026 0/3" in page) == (True, True)


def test_the_list_of_my_work_names_the_round(movement, reporter):
    assert "kỳ 20/4/2026" in words(signed_in(Client(), reporter).get(reverse("movements:work")))


def test_the_list_of_my_work_counts_further_rounds_missed(movement, departments):
    page = words(signed_in(Client(), make_user(departments[1])).get(reverse("movements:work")))

    assert "kỳ 20/3/2026 (còn thêm 2 kỳ chưa báo)" in page


def test_units_are_reminded_of_each_round_that_they_have_not_finished(movement, row, departments, officer):
    for unit in departments[:2]:
        make_user(unit)
    schedule.complete(
        departments[1], finished_on=TODAY, today=TODAY, by=officer, deadline=row, occurrence=date(2026, 6, 20)
    )
    with at("2026-06-17"):
        turn_day(date(2026, 6, 17))
        turn_day(date(2026, 6, 17))

    told = Notice.objects.filter(kind="movement.due_occurrence")
    assert [one.words().title for one in told] == ["Hạn kỳ 20/6/2026: Báo cáo nhanh"]


def calendar_of(account, unit=None):
    answer = Client().get(reverse("movements:feed", args=[open_feed(account, unit_id=unit)]))
    return Calendar.from_ical(answer.content)


def test_the_calendar_has_an_entry_for_each_round_to_come(movement, reporter):
    entries = calendar_of(reporter).walk("VEVENT")

    days = sorted(e["dtstart"].dt for e in entries if str(e["summary"]).startswith("Báo cáo nhanh"))
    assert days == [date(2026, 4, 20), *(date(2026, month, 20) for month in range(6, 13))]
    assert len({str(e["uid"]) for e in entries}) == len(entries)


def test_the_calendar_warns_on_the_morning_before(movement, reporter):
    entry = next(iter(calendar_of(reporter).walk("VEVENT")))

    (alarm,) = entry.walk("VALARM")
    assert (str(alarm["action"]), alarm["trigger"].dt.total_seconds() / 3600) == ("DISPLAY", -15)


def test_two_roles_make_no_deadline_stand_twice(movement, ministry, unit):
    person = make_person("Lý Thị Hoa", ministry)
    for place in (ministry, unit):
        make_role(person, place, UnitRole.Role.OFFICER)
    entries = calendar_of(make_account(person)).walk("VEVENT")

    found = [(str(e["summary"]).split(" (")[0], e["dtstart"].dt) for e in entries]
    assert len(found) == len(set(found))
    assert [str(e["summary"]) for e in entries if e["dtstart"].dt == date(2026, 6, 10)] == [
        f"Ban hành kế hoạch ({unit.name}, {ministry.name})"
    ]


# -- days that cannot be --------------------------------------------------------------------------------


def test_nothing_is_finished_before_the_movement_began(movement, row, unit, reporter):
    answer = sent(reporter, "complete", movement.pk, unit.pk, row.pk, finished_on="1/3/2026")

    sentence = "Phong trào bắt đầu ngày 2/3/2026, không thể xong trước ngày đó. Sửa lại ngày."
    assert (answer.status_code, sentence in words(answer), len(noted())) == (422, True, 2)


def test_no_step_is_reached_before_the_movement_began(movement, unit, reporter):
    answer = sent(reporter, "reach", movement.pk, unit.pk, state="launched", on="1/3/2026")

    sentence = "Phong trào bắt đầu ngày 2/3/2026, không thể xong trước ngày đó. Sửa lại ngày."
    assert (answer.status_code, sentence in words(answer)) == (422, True)
    assert movement.participations.get(unit=unit).state == "received"


def test_who_came_later_finishes_nothing_before_it_received_the_movement(movement, row, unit, reporter):
    movement.participations.get(unit=unit).events.update(on=date(2026, 4, 1))

    answer = sent(reporter, "complete", movement.pk, unit.pk, row.pk, finished_on="30/3/2026")

    sentence = "Đơn vị nhận phong trào ngày 1/4/2026, không thể xong trước ngày đó. Sửa lại ngày."
    assert (answer.status_code, sentence in words(answer)) == (422, True)


def test_the_last_day_itself_is_called_today(movement, unit, reporter):
    assert "còn 0 ngày" not in words(opened(reporter, "part", movement.pk, unit.pk))
    assert "hôm nay" in words(opened(reporter, "part", movement.pk, unit.pk))


# -- own days of events ---------------------------------------------------------------------------------


@pytest.fixture
def conference(ministry, departments, officer):
    items = [
        ("themes", {"text": "Chủ đề"}),
        (
            "deadlines",
            {
                "what": "Gửi biên bản",
                "who": "Sở Tư pháp tỉnh Cà Mau",
                "relation": "with",
                "due_event": "Hội nghị",
            },
        ),
    ]
    with at(LAUNCHED):
        movement = launch(make_movement(ministry, items=items, by=officer), departments, by=officer)
        yield movement.events.get()


def test_an_own_day_where_nothing_hangs_on_the_event_says_so(conference, departments, officer):
    bound, free = departments[1], departments[0]

    told = [
        said(
            sent(
                officer,
                "own_days",
                conference.movement_id,
                conference.pk,
                place=str(unit.pk),
                on="1/4/2026",
                version=version,
            )
        )
        for version, unit in enumerate((free, bound), start=1)
    ]

    assert told == [
        [f"Đã ghi ngày riêng của “{free.name}”; nơi ấy không có thời hạn nào gắn với sự kiện này."],
        [f"Đã ghi ngày riêng của “{bound.name}”; thời hạn của nơi ấy đã được tính lại."],
    ]


def test_the_list_of_deadlines_tells_that_days_differ(ministry, departments, officer):
    items = [
        ("themes", {"text": "Chủ đề"}),
        ("deadlines", {"what": "Gửi biên bản", "relation": "with", "due_event": "Hội nghị"}),
    ]
    with at(LAUNCHED):
        movement = launch(make_movement(ministry, items=items, by=officer), departments, by=officer)
        event = movement.events.get()
        set_own_day(event.pk, departments[0], date(2026, 4, 1), version=1, by=officer)

        page = words(opened(officer, "deadlines", movement.pk))

    assert "có nơi có ngày riêng sớm nhất 1/4/2026" in page


# -- access, and how much is asked ----------------------------------------------------------------------


def test_another_units_officer_notes_and_takes_back_no_round(movement, row, unit, departments):
    other = make_user(departments[1])

    answers = [
        sent(other, "complete", movement.pk, unit.pk, row.pk, finished_on="9/6/2026"),
        sent(other, "reopen", movement.pk, unit.pk, row.pk, occurrence="2026-05-20", sure="1"),
    ]

    assert ([answer.status_code for answer in answers], len(noted())) == ([404, 404], 2)


@pytest.fixture
def houses(officer, ministry):
    """Two movements with three rhythms, of three units and of twelve."""
    rhythms = (REPORT, {"what": "Rà soát", "relation": "quarterly"}, {"what": "Họp", "relation": "weekly"})
    found = []
    for size in (3, 12):
        units = [make_unit(f"Sở {size} số {n}", ministry) for n in range(size)]
        items = [ITEMS[0], *(("deadlines", rhythm) for rhythm in rhythms)]
        with at(LAUNCHED):
            made = launch(make_movement(ministry, items=items, by=officer), units, by=officer)
        with at(TODAY):
            for row in made.deadlines.all():
                for unit in units[1:]:
                    schedule.complete(unit, finished_on=TODAY, today=TODAY, by=officer, deadline=row)
        found.append((made, units))
    with at(TODAY):
        yield found


@pytest.mark.parametrize("page", ["deadlines", "deadline", "part", "work", "past deadlines"])
def test_rounds_are_asked_for_at_most_twelve_times_at_any_size(houses, officer, page):
    numbers = []
    for made, units in houses:
        who = make_user(units[0]) if page in ("part", "work") else officer
        row = made.deadlines.get(what="Họp")
        name, args, query = {
            "deadlines": ("deadlines", [made.pk], {}),
            "past deadlines": ("deadlines", [made.pk], {"as_of": "2026-05-02"}),
            "deadline": ("deadline", [made.pk, row.pk], {"ky": "2026-03-22"}),
            "part": ("part", [made.pk, units[0].pk], {}),
            "work": ("work", [], {}),
        }[page]
        client = signed_in(Client(), who)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(f"movements:{name}", args=args), query).status_code == 200
        numbers.append(len(captured))

    assert numbers[0] == numbers[1]
    assert numbers[1] <= 12

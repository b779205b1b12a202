"""An event may have a day of its own for a cluster or a unit: only their terms move."""

import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from factories import make_cluster, make_unit, make_user, signed_in
from movements.plans import launch, make_movement
from movements.stage import opened, said, sent, text_of
from thidua.audit.models import Entry
from thidua.movements.models import Event, EventDay, Movement, Participation
from thidua.movements.selectors.board import board
from thidua.movements.selectors.deadlines import bound_units, terms_of_unit
from thidua.movements.selectors.progress import progress_of
from thidua.movements.selectors.watched import watched
from thidua.movements.services.event_days import PlaceTakesNoPartError, set_event_day, set_own_day
from thidua.movements.tasks import turn_day
from thidua.movements.views.calendars import calendar_of
from thidua.notices.models import Notice
from thidua.records.models import ChangedMeanwhileError

pytestmark = pytest.mark.django_db
LAUNCHED, SET, TODAY = "2026-03-01", date(2026, 5, 1), date(2026, 6, 1)
CONFERENCE = "Hội nghị tổng kết Cụm"
REPORT = "Báo cáo tổng kết phong trào"
ITEMS = (
    ("themes", {"text": "Kỷ cương, sáng tạo"}),
    ("deadlines", {"what": REPORT, "relation": "after", "due_event": CONFERENCE, "offset": "10 ngày"}),
)
COMMON, OF_CLUSTER, OF_UNIT = date(2026, 5, 1), date(2026, 5, 18), date(2026, 6, 12)


def at(day):
    return time_machine.travel(f"{day} 09:00:00+07:00", tick=False)


@pytest.fixture
def cluster(ministry, departments):
    return make_cluster(ministry, *departments[:2])


@pytest.fixture
def movement(ministry, departments, officer, cluster):
    with at(LAUNCHED):
        made = launch(make_movement(ministry, items=ITEMS, by=officer), departments, by=officer)
    with at(TODAY):
        yield made


@pytest.fixture
def event(movement):
    return movement.events.get()


@pytest.fixture
def three_days(event, cluster, departments, officer):
    """The common day, one of the cluster of the first two units, and one of the first alone."""
    with at(SET):
        set_event_day(event.pk, COMMON, version=1, by=officer)
        set_own_day(event.pk, cluster, OF_CLUSTER, version=2, by=officer)
        set_own_day(event.pk, departments[0], OF_UNIT, version=3, by=officer)
    event.refresh_from_db()


DUE = [date(2026, 6, 22), date(2026, 5, 28), date(2026, 5, 11)]  # ten days after each of the three


def last_days(movement, on=TODAY):
    row = movement.deadlines.select_related("event", "movement").get()
    return [term.last_day for _unit, term in bound_units(row, Q(), on=on).living]


def test_a_units_own_day_beats_its_clusters_and_that_beats_the_common_one(movement, three_days, departments):
    of_units = [
        terms_of_unit(unit.pk, Movement.objects.filter(pk=movement.pk), on=TODAY)[0].last_day
        for unit in departments
    ]

    assert (last_days(movement), of_units) == (DUE, DUE)


def test_the_board_and_those_who_watch_follow_each_units_own_day(movement, three_days, ministry):
    rows = board(movement, Q(), on=TODAY).rows
    (seen,) = watched([ministry.pk], on=TODAY)
    (found,) = progress_of(movement, Q(), on=TODAY)

    assert [row.days_late for row in rows] == [0, 4, 21]
    assert (seen.late, found.bound, found.last_day) == (2, 3, DUE[2])


def test_without_a_common_day_only_who_has_its_own_has_a_term(movement, event, cluster, officer):
    set_own_day(event.pk, cluster, OF_CLUSTER, version=1, by=officer)

    rows = board(movement, Q(), on=TODAY).rows

    assert last_days(movement) == [DUE[1], DUE[1], None]
    assert [row.days_late for row in rows] == [4, 4, 0]
    assert "Báo cáo" in text_of(opened(officer, "deadlines", movement.pk))
    assert opened(officer, "board", movement.pk).status_code == 200


def test_an_own_day_taken_away_leaves_the_common_one(
    movement, three_days, event, cluster, departments, officer
):
    set_own_day(event.pk, departments[0], None, version=event.version, by=officer)
    set_own_day(event.pk, cluster, None, version=event.version + 1, by=officer)

    event.refresh_from_db()
    assert (last_days(movement), event.has_own_days) == ([DUE[2]] * 3, False)


def test_a_past_day_shows_the_own_days_as_they_were(
    movement, three_days, event, cluster, departments, officer
):
    set_own_day(event.pk, cluster, date(2026, 5, 25), version=event.version, by=officer)
    set_own_day(event.pk, departments[0], None, version=event.version + 1, by=officer)

    then = board(movement, Q(), on=date(2026, 5, 31)).rows
    before = board(movement, Q(), on=date(2026, 4, 30)).rows

    assert [row.days_late for row in then] == [0, 3, 20]
    assert [row.days_late for row in before] == [0, 0, 0]
    assert last_days(movement) == [date(2026, 6, 4), date(2026, 6, 4), DUE[2]]


def test_reminders_and_calendars_go_by_the_units_own_day(movement, three_days, departments):
    users = [make_user(unit) for unit in departments]
    with at(date(2026, 6, 21)):
        turn_day(date(2026, 6, 21))
        calendar = Calendar.from_ical(calendar_of([departments[0]], date(2026, 6, 21)).to_ical())

    told = set(Notice.objects.filter(kind="movement.due").values_list("account", flat=True))
    assert told == {users[0].pk}
    assert [entry.decoded("dtstart") for entry in calendar.walk("VEVENT")] == [DUE[0]]


def test_the_units_own_plan_follows_the_units_own_day(movement, event, departments, officer):
    own = make_movement(departments[0], items=ITEMS, answers=movement)
    part = Participation.objects.get(movement=movement, unit=departments[0])
    part.own = own
    part.save()
    below = Event.objects.create(movement=own, name=CONFERENCE)
    Movement.objects.filter(pk=own.pk).update(status=Movement.Status.LAUNCHED)

    set_own_day(event.pk, departments[0], OF_UNIT, version=1, by=officer)
    set_event_day(event.pk, COMMON, version=2, by=officer)

    below.refresh_from_db()
    assert (below.on, below.version) == (OF_UNIT, 2)


def test_each_change_is_logged_and_the_second_of_two_is_refused(event, cluster, departments, officer):
    set_own_day(event.pk, cluster, OF_CLUSTER, version=1, by=officer)

    with pytest.raises(ChangedMeanwhileError):
        set_own_day(event.pk, departments[2], OF_UNIT, version=1, by=officer)

    (entry,) = Entry.objects.filter(action="movement.event_own_day")
    assert (entry.details["place"], entry.details["before"], entry.details["after"]) == (
        cluster.name,
        "",
        "2026-05-18",
    )


def test_who_takes_no_part_has_no_day(event, officer):
    with pytest.raises(PlaceTakesNoPartError):
        set_own_day(event.pk, make_unit("Bộ khác"), OF_UNIT, version=1, by=officer)


def test_the_day_of_a_cluster_without_its_members_can_be_taken_away(event, cluster, officer):
    set_own_day(event.pk, cluster, OF_CLUSTER, version=1, by=officer)
    cluster.members.all().delete()

    set_own_day(event.pk, cluster, None, version=2, by=officer)

    event.refresh_from_db()
    assert (EventDay.objects.count(), event.has_own_days) == (0, False)


def typed(officer, movement, event, **given):
    return sent(officer, "own_days", movement.pk, event.pk, version=event.version, **given)


def test_a_day_is_given_and_taken_away_on_the_page(movement, event, cluster, officer):
    given = typed(officer, movement, event, place=str(cluster.pk), on="20/5/2026")
    row = EventDay.objects.get()
    event.refresh_from_db()
    page = text_of(opened(officer, "deadlines", movement.pk))
    gone = typed(officer, movement, event, remove=str(row.pk))

    assert said(given) == [f"Đã ghi ngày riêng của “{cluster.name}”; thời hạn của nơi ấy đã được tính lại."]
    assert "Ngày riêng của 1 cụm, đơn vị" in page
    assert said(gone) == [f"Đã bỏ ngày riêng của “{cluster.name}”; nơi ấy lại theo ngày chung."]
    assert not EventDay.objects.exists()


def test_a_day_that_cannot_be_is_told_where_and_why_and_kept_as_typed(movement, event, cluster, officer):
    answer = typed(officer, movement, event, place=str(cluster.pk), on="31/02/2026")

    reason = "Ngày này không có thật hoặc viết khác dạng 30/6/2026. Gõ lại ngày, tháng, năm."
    assert said(answer) == [f"Ngày riêng của “{cluster.name}” chưa được ghi: {reason}"]
    assert (answer.status_code, EventDay.objects.exists()) == (422, False)
    assert re.search(r'value="31/02/2026"', text_of(answer))
    assert re.search(rf'<option value="{cluster.pk}" selected', text_of(answer))


def test_two_who_edit_at_once_are_told(movement, event, cluster, departments, officer):
    typed(officer, movement, event, place=str(cluster.pk), on="20/5/2026")

    second = typed(officer, movement, event, place=str(departments[2].pk), on="21/5/2026")

    assert said(second) == ["Người khác vừa đổi ngày của sự kiện này. Xem lại rồi đổi tiếp nếu cần."]


def test_as_many_queries_for_many_units_and_days_as_for_few(movement, three_days, event, ministry, officer):
    client = signed_in(Client(), officer)

    def asked(name):
        address = reverse(f"movements:{name}", args=[movement.pk])
        client.get(address)  # what is read once for a visitor
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    few = [asked(name) for name in ("board", "deadlines")]
    units = [make_unit(f"Sở số {n}", ministry) for n in range(12)]
    order = movement.launches.first()
    for unit in units:
        part = Participation.objects.create(movement=movement, unit=unit, launch=order, is_visible=True)
        part.events.create(state="received", on=SET)
        EventDay.objects.create(event=event, unit=unit, on=OF_UNIT)

    assert [asked(name) for name in ("board", "deadlines")] == few
    assert max(few) <= 12

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db.models import Q
from django.utils import translation

from factories import make_cluster, make_user
from movements.plans import launch, make_movement
from thidua.core.deadlines.state import Standing
from thidua.movements.models import Completion, Deadline, Movement, Participation
from thidua.movements.selectors.deadlines import bound_units, terms_of_parts, terms_of_unit
from thidua.movements.selectors.progress import progress_of
from thidua.movements.selectors.receipts import with_receipt
from thidua.movements.services import launching, schedule
from thidua.movements.services.event_days import set_event_day
from thidua.movements.services.finishing import finish
from thidua.movements.services.launch_preview import preview_launch
from thidua.movements.tasks import turn_day
from thidua.notices.models import Mail, Notice
from thidua.records.days import HERE
from thidua.records.models import ChangedMeanwhileError

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 20)
ITEMS = [
    ("themes", {"text": "Chủ đề"}),
    ("deadlines", {"what": "Ban hành kế hoạch phát động", "relation": "before", "due": "2026-03-15"}),
    (
        "deadlines",
        {"what": "Việc của Cà Mau", "who": "Sở Tư pháp tỉnh Cà Mau", "relation": "by", "due": "2026-04-30"},
    ),
    (
        "deadlines",
        {"what": "Việc của Hội", "who": "Hội Luật gia Việt Nam", "relation": "by", "due": "2026-04-30"},
    ),
    ("reports", {"what": "Báo cáo nhanh", "recurring": "ngày 25 hằng tháng", "relation": "monthly"}),
    ("responsibilities", {"body": "Các đơn vị", "duties": ["Phối hợp tuyên truyền"]}),
]


@pytest.fixture
def movement(ministry, departments, officer):
    with time_machine.travel(datetime(2026, 3, 1, 9, tzinfo=HERE), tick=False):
        return launch(make_movement(ministry, items=ITEMS, by=officer), departments, by=officer)


def this(movement):
    return Movement.objects.filter(pk=movement.pk)


def part_of(movement, unit):
    return with_receipt(movement.participations.select_related("unit", "movement")).get(unit=unit)


def whats(terms):
    return sorted(term.deadline.what for term in terms)


def test_a_unit_sees_what_binds_it_and_nothing_else(movement, departments):
    shown = [whats(terms_of_unit(unit.pk, this(movement), on=ON)) for unit in departments]

    assert shown == [
        ["Ban hành kế hoạch phát động", "Báo cáo nhanh"],
        ["Ban hành kế hoạch phát động", "Báo cáo nhanh", "Việc của Cà Mau"],
        ["Ban hành kế hoạch phát động", "Báo cáo nhanh"],
    ]


def test_all_units_terms_at_once_are_the_terms_of_each(movement, departments, officer):
    first = Deadline.objects.get(what="Ban hành kế hoạch phát động")
    schedule.complete(departments[1], finished_on=ON, today=ON, by=officer, deadline=first)
    parts = [part_of(movement, unit) for unit in departments]

    together = [(p.unit_id, t.deadline.what, t.finished_on) for p, t in terms_of_parts(parts, on=ON)]

    apart = [
        (unit.pk, t.deadline.what, t.finished_on)
        for unit in departments
        for t in terms_of_unit(unit.pk, this(movement), on=ON)
    ]
    assert sorted(together, key=str) == sorted(apart, key=str)


def test_a_body_that_takes_no_part_binds_nobody(movement, departments):
    rows = {p.deadline.what: p.bound for p in progress_of(movement, *everybody(), on=ON)}

    assert rows["Việc của Hội"] == 0
    assert rows["Việc của Cà Mau"] == 1
    assert rows["Ban hành kế hoạch phát động"] == 3


def test_what_binds_no_unit_the_reader_sees_is_not_said_to_be_late(movement, departments):
    may_day = date(2026, 5, 10)
    first, second = (
        {p.deadline.what: p for p in progress_of(movement, Q(unit=unit), on=may_day)}["Việc của Cà Mau"]
        for unit in departments[:2]
    )

    assert [(p.bound, p.standing) for p in (first, second)] == [(0, Standing.OPEN), (1, Standing.LATE)]
    assert first.last_day == date(2026, 4, 30)


def everybody():
    return (Q(),)


@pytest.mark.parametrize(
    ("last_finish", "standing", "days"),
    [(date(2026, 3, 12), Standing.DONE, 2), (date(2026, 3, 16), Standing.DONE_LATE, 2)],
)
def test_the_last_unit_to_finish_tells_how_early_or_late_all_were(
    movement, departments, officer, last_finish, standing, days
):
    row = Deadline.objects.get(what="Ban hành kế hoạch phát động")
    for unit, day in zip(departments, (date(2026, 3, 5), last_finish, date(2026, 3, 8)), strict=True):
        schedule.complete(unit, finished_on=day, today=ON, by=officer, deadline=row)

    (found,) = (p for p in progress_of(movement, *everybody(), on=ON) if p.deadline == row)

    assert (found.standing, found.state.days, found.done, found.bound) == (standing, days, 3, 3)


def test_a_figure_of_the_board_opens_to_the_units_behind_it(movement, departments, officer):
    row = Deadline.objects.get(what="Ban hành kế hoạch phát động")
    schedule.complete(departments[0], finished_on=date(2026, 3, 16), today=ON, by=officer, deadline=row)

    found = bound_units(row, *everybody(), on=ON).living

    assert [(unit.place, term.standing) for unit, term in found] == [
        ("An Giang", Standing.DONE_LATE),
        ("Cà Mau", Standing.LATE),
        ("Lào Cai", Standing.LATE),
    ]


def test_planned_and_real_day_stand_beside_each_other(movement, departments, officer):
    row = Deadline.objects.get(what="Ban hành kế hoạch phát động")
    schedule.complete(departments[0], finished_on=date(2026, 3, 10), today=ON, by=officer, deadline=row)

    (term,) = [t for t in terms_of_unit(departments[0].pk, this(movement), on=ON) if t.finished_on]

    assert (term.last_day, term.finished_on, term.standing) == (
        date(2026, 3, 14),
        date(2026, 3, 10),
        Standing.DONE,
    )


def test_nothing_is_finished_in_the_future(movement, departments, officer):
    row = Deadline.objects.first()

    with pytest.raises(schedule.FinishedInFutureError):
        schedule.complete(departments[0], finished_on=ON + timedelta(1), today=ON, by=officer, deadline=row)


def test_a_second_day_replaces_the_first_and_can_be_taken_back(movement, departments, officer):
    duty = movement.dutys.get()
    for day in (date(2026, 3, 1), date(2026, 3, 2)):
        schedule.complete(departments[0], finished_on=day, today=ON, by=officer, duty=duty)

    noted = list(Completion.objects.values_list("finished_on", flat=True))
    schedule.reopen(departments[0], by=officer, duty=duty)

    assert (noted, Completion.objects.count()) == ([date(2026, 3, 2)], 0)


def test_finishing_the_work_of_a_step_reaches_the_step(movement, departments, officer):
    part = part_of(movement, departments[0])

    finish(part, Deadline.objects.get(what="Ban hành kế hoạch phát động"), on=ON, today=ON, by=officer)

    part.refresh_from_db()
    assert part.state == Participation.State.OWN_PLAN


def test_reaching_a_step_finishes_the_deadline_that_asked_for_it(movement, departments, officer):
    part = part_of(movement, departments[0])

    launching.advance(part.pk, Participation.State.OWN_PLAN, on=date(2026, 3, 12), by=officer)

    assert list(Completion.objects.values_list("deadline__what", "finished_on")) == [
        ("Ban hành kế hoạch phát động", date(2026, 3, 12))
    ]


def test_the_preview_counts_what_the_launch_then_makes(ministry, departments, officer):
    movement = make_movement(ministry, items=ITEMS, by=officer)
    preview = preview_launch(movement, [u.pk for u in departments])

    launch(movement, departments, by=officer)

    made = {u.pk: len(terms_of_unit(u.pk, this(movement), on=ON)) for u in departments}
    assert {row.unit.pk: row.deadlines for row in preview.receives} == made
    assert preview.unmatched == ("Hội Luật gia Việt Nam",)


def test_two_officers_giving_an_event_its_day_do_not_overwrite_each_other(ministry, departments, officer):
    movement = launch(make_movement(ministry, by=officer), departments, by=officer)
    event = movement.events.get()
    set_event_day(event.pk, date(2026, 6, 30), version=event.version, by=officer)

    with pytest.raises(ChangedMeanwhileError):
        set_event_day(event.pk, date(2026, 7, 1), version=event.version, by=officer)


@pytest.mark.parametrize(("ahead", "told"), [(7, 1), (3, 1), (1, 1), (2, 0)])
def test_units_are_told_of_a_term_some_days_ahead(movement, departments, ahead, told):
    make_user(departments[0], full_name="Lý Thị Hoa")

    count = turn_day(date(2026, 3, 14) - timedelta(ahead))

    assert (count, Notice.objects.filter(kind="movement.due").count()) == (told, told)


def test_nobody_is_told_twice_or_of_what_is_done(movement, departments, officer):
    make_user(departments[0], full_name="Lý Thị Hoa")
    day = date(2026, 3, 14) - timedelta(3)
    turn_day(day)
    again = turn_day(day)
    row = Deadline.objects.get(what="Ban hành kế hoạch phát động")
    schedule.complete(departments[0], finished_on=day, today=day, by=officer, deadline=row)

    assert (again, turn_day(date(2026, 3, 14) - timedelta(1))) == (0, 0)


def test_a_launch_that_breaks_down_leaves_nothing_half_done(ministry, departments, officer):
    movement = make_movement(ministry, items=[*ITEMS, ("phases", {"from": "2026"})], by=officer)
    order = launching.begin_launch(movement, [u.pk for u in departments], by=officer)

    with pytest.raises(KeyError):
        launching.finish_launch(order.pk)

    movement.refresh_from_db()
    assert movement.status == Movement.Status.PREPARING
    assert (Deadline.objects.count(), Participation.objects.filter(is_visible=True).count()) == (0, 0)
    assert (Participation.objects.count(), Notice.objects.count()) == (3, 0)


def test_a_term_within_a_bodys_duties_binds_that_body_alone(ministry, departments, officer):
    duty = "Giao chỉ tiêu đến từng người trước ngày 15/02/2026"
    items = [
        ("themes", {"text": "Chủ đề"}),
        ("responsibilities", {"body": "Giám đốc Sở Tư pháp tỉnh Cà Mau", "duties": [duty]}),
        ("deadlines", {"what": "Giao chỉ tiêu đến từng người", "relation": "before", "due": "2026-02-15"}),
    ]

    movement = launch(make_movement(ministry, items=items, by=officer), departments, by=officer)

    row = movement.deadlines.get()
    assert (row.who, row.for_all) == ("Giám đốc Sở Tư pháp tỉnh Cà Mau", False)
    assert list(row.for_units.all()) == [departments[1]]


def test_what_the_clusters_must_do_reaches_their_leads(ministry, departments, officer):
    make_cluster(ministry, *departments)
    items = [
        ("themes", {"text": "Chủ đề"}),
        ("responsibilities", {"body": "Trưởng các Cụm thi đua", "duties": ["Tổ chức ký giao ước"]}),
        (
            "deadlines",
            {"what": "Ký giao ước", "who": "Các Cụm thi đua", "relation": "by", "due": "2026-03-31"},
        ),
    ]

    movement = launch(make_movement(ministry, items=items, by=officer), departments, by=officer)

    assert list(movement.dutys.get().units.all()) == departments[:1]
    assert list(movement.deadlines.get().for_units.all()) == departments[:1]


def test_work_that_stands_as_its_own_subject_names_nobody(ministry, departments, officer):
    items = [
        ("themes", {"text": "Chủ đề"}),
        (
            "deadlines",
            {"what": "Báo cáo sơ kết gửi", "who": "Báo cáo sơ kết", "relation": "by", "due": "2026-07-05"},
        ),
    ]

    movement = launch(make_movement(ministry, items=items, by=officer), departments, by=officer)

    assert (movement.deadlines.get().who, movement.deadlines.get().for_all) == ("", True)


def test_a_term_falling_due_is_told_in_the_readers_language_whatever_the_worker_speaks(movement, departments):
    make_user(departments[0], full_name="Lò Thị Mai", email="mai@thu.vn")

    with translation.override("en"):
        turn_day(date(2026, 3, 11))

    assert [notice.words().title for notice in Notice.objects.filter(kind="movement.due")] == [
        "Hạn 14/3/2026: Ban hành kế hoạch phát động"
    ]
    assert Mail.objects.get().subject == "Hạn 14/3/2026: Ban hành kế hoạch phát động"


@pytest.mark.parametrize(
    ("what", "who", "bearer"),
    [
        ("Tổng kết phong trào", "", ""),
        ("Báo cáo", "", ""),
        ("Sơ kết", "Các Cụm thi đua", "Các Cụm thi đua"),
        ("Tham mưu sơ kết, tổng kết phong trào", "", "Vụ Tổ chức cán bộ"),
        ("Bố trí kinh phí.", "", "Cục Kế hoạch - Tài chính"),
    ],
)
def test_a_term_falls_to_a_body_only_where_a_duty_of_it_begins_so(what, who, bearer):
    assigned = [
        ("tham muu so ket, tong ket phong trao va bao cao bo truong", "Vụ Tổ chức cán bộ"),
        ("bo tri kinh phi", "Cục Kế hoạch - Tài chính"),
    ]

    assert schedule.bearer_of({"what": what, "who": who}, assigned) == bearer


@pytest.mark.parametrize(
    ("what", "bearer"),
    [
        ("Báo Pháp luật Việt Nam, Tạp chí Dân chủ tuyên truyền", "Báo Pháp luật Việt Nam, Tạp chí Dân chủ"),
        (
            "Đề nghị các Sở Tư pháp và cơ quan thi hành án nộp báo cáo",
            "các Sở Tư pháp và cơ quan thi hành án",
        ),
        ("Các Sở Tư pháp và cơ quan thi hành án ký giao ước", ""),
        ("Việc các Sở Tư pháp và cơ quan thi hành án nộp báo cáo", ""),
    ],
)
def test_a_term_falls_to_the_body_that_begins_its_sentence(what, bearer):
    assigned = [
        ("tuyen truyen viec bay truoc ngay 21/7/2027.", "Báo Pháp luật Việt Nam, Tạp chí Dân chủ"),
        ("nop bao cao truoc ngay 20/7/2027.", "các Sở Tư pháp và cơ quan thi hành án"),
    ]

    assert schedule.bearer_of({"what": what}, assigned) == bearer


def test_a_term_with_its_subject_before_it_binds_that_subject_alone(ministry, departments, officer):
    body = "Sở Tư pháp tỉnh Cà Mau"
    items = [
        ("themes", {"text": "Chủ đề"}),
        ("responsibilities", {"body": body, "duties": ["nộp báo cáo trước ngày 20/7/2026"]}),
        ("deadlines", {"what": f"Đề nghị {body} nộp báo cáo", "relation": "before", "due": "2026-07-20"}),
    ]

    movement = launch(make_movement(ministry, items=items, by=officer), departments, by=officer)

    row = movement.deadlines.get()
    assert (row.for_all, [unit.name for unit in row.for_units.all()]) == (False, [body])

"""Units that end while a movement runs: shown as ended, never late, and their heir takes over what was theirs."""

import re
from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from factories import make_account, make_person, make_role, make_unit, make_user
from movements.plans import ITEMS, launch, make_movement
from movements.stage import opened, said, sent, text_of
from thidua.audit.models import Entry
from thidua.core.deadlines.state import Standing
from thidua.movements.models import Completion, Movement, Participation, StepTerm
from thidua.movements.selectors.board import board
from thidua.movements.selectors.deadlines import bound_units, known_on, terms_of_parts, terms_of_unit
from thidua.movements.selectors.predecessors import heirs_waiting
from thidua.movements.selectors.progress import progress_of
from thidua.movements.selectors.receipts import with_receipt
from thidua.movements.selectors.watched import watched
from thidua.movements.selectors.work import work_of
from thidua.movements.services.answering import Issue, issue_plan, start_own_plan
from thidua.movements.services.launching import advance
from thidua.movements.services.notifying import remind
from thidua.movements.services.schedule import complete
from thidua.movements.services.taking_over import TakeOverOutdatedError, take_over, take_over_preview
from thidua.movements.tasks import open_units
from thidua.notices.models import Notice
from thidua.organisations.permissions import scope_of
from thidua.organisations.services.reorganisations import reorganise
from thidua.organisations.services.requests import Dissolve, Merge, Split
from thidua.organisations.services.units import NewUnit

pytestmark = pytest.mark.django_db
LAUNCHED, MERGED, TODAY = "2026-02-01", date(2026, 3, 1), date(2026, 4, 1)
EVE = date(2026, 2, 28)
DECISION = "QĐ 99/QĐ-BTP"
PLAN = "Ban hành kế hoạch phát động"
NAMED = (
    *ITEMS,
    (
        "deadlines",
        {
            "what": "Nộp số liệu",
            "who": "Sở Tư pháp tỉnh An Giang",
            "relation": "before",
            "due": "2026-05-15",
        },
    ),
    ("responsibilities", {"body": "Sở Tư pháp tỉnh An Giang", "duties": ["Chủ trì tập huấn"]}),
)


def at(day):
    return time_machine.travel(f"{day} 09:00:00+07:00", tick=False)


@pytest.fixture
def movement(ministry, departments, officer):
    """Launched to three departments, of which the first two become one a month later."""
    with at(LAUNCHED):
        made = launch(make_movement(ministry, items=NAMED, by=officer), departments, by=officer)
    with at(TODAY):
        yield made


@pytest.fixture
def merged(movement, departments):
    new = NewUnit(name="Sở Tư pháp tỉnh Hợp nhất", kind=departments[0].kind, parent=movement.organiser)
    event = reorganise(None, Merge(tuple(departments[:2]), new), on=MERGED, decision=DECISION)
    return event.successions.first().successor


def rows_of(movement, on=TODAY):
    return {row.unit: row for row in board(movement, Q(), on=on).rows}


def test_an_ended_unit_stands_last_with_its_day_decision_and_heir(movement, merged, departments):
    shown = board(movement, Q(), on=TODAY)

    told = [
        (row.unit, row.ended and (row.ended.on, row.ended.decision, row.ended.heirs)) for row in shown.rows
    ]
    ended = (MERGED, DECISION, (merged,))
    assert told == [
        (departments[2].name, None),
        (departments[0].name, ended),
        (departments[1].name, ended),
    ]


def test_an_ended_unit_is_neither_counted_nor_late(movement, merged, departments, ministry):
    shown = board(movement, Q(), on=TODAY)
    (row,) = watched({ministry.pk}, on=TODAY)
    progress = {p.deadline.what: p.bound for p in progress_of(movement, Q(), on=TODAY)}

    assert [row.unit for row in shown.late_rows] == [departments[2].name]
    assert (shown.reached["received"], shown.late["own_plan"]) == (1, 1)
    assert (row.units, row.late, progress[PLAN]) == (1, 1, 1)


def test_a_board_of_the_eve_knows_of_no_end(movement, merged, departments):
    rows = rows_of(movement, EVE)
    bound = {p.deadline.what: p.bound for p in progress_of(movement, Q(), on=EVE)}

    assert [row.ended for row in rows.values()] == [None] * 3
    assert bound[PLAN] == 3


def test_list_and_page_count_the_units_the_board_counts(movement, merged, officer):
    told = re.compile(r'href="[^"]*/bang/">(.*?)</a>')

    listed = told.findall(text_of(opened(officer, "list")))
    page = text_of(opened(officer, "detail", movement.pk))

    assert (listed, len(board(movement, Q(), on=TODAY).living)) == (["1"], 1)
    assert "không kể 2 đơn vị đã chấm dứt" in page


def test_an_ended_unit_gets_no_reminder(movement, merged, departments, officer):
    parts = [part.pk for part in movement.participations.filter(unit__in=departments[:2])]
    row = movement.deadlines.get(what=PLAN)

    told = remind(movement, parts, by=officer, about="Nhắc")

    assert (told, open_units(row)) == ((0, 0), [departments[2].pk])
    assert not Notice.objects.filter(kind="movement.reminder_of_steps").exists()


def test_the_list_of_a_deadline_shows_the_ended_apart(movement, merged, departments, officer):
    row = movement.deadlines.get(what=PLAN)

    page = text_of(opened(officer, "deadline", movement.pk, row.pk))

    assert [unit.name for unit, _term in bound_units(row, Q(), on=TODAY).living] == [departments[2].name]
    assert page.count("đã chấm dứt từ 1/3/2026") == 2


def test_the_organiser_is_told_and_led_to_the_preview(movement, merged, officer, departments):
    page = text_of(opened(officer, "board", movement.pk))
    unit = text_of(opened(make_user(departments[2]), "board", movement.pk))

    assert "2 đơn vị đã chấm dứt" in page
    assert f"Đơn vị nhận thay: {merged.name}" in page
    assert f"/phong-trao/{movement.pk}/nhan-thay/" in page
    assert "nhan-thay" not in unit


def test_the_row_says_who_took_over_and_cannot_be_ticked(movement, merged, officer, departments):
    page = text_of(opened(officer, "board", movement.pk))
    part = movement.participations.get(unit=departments[0])

    assert str(part.pk) not in page
    assert f"Chấm dứt từ 1/3/2026 ({DECISION}); nhận thay: {merged.name}" in " ".join(page.split())


@pytest.mark.parametrize("show", ["", "ended"])
def test_the_workbook_tells_the_ending_beside_the_living(movement, merged, officer, departments, show):
    answer = opened(officer, "board", movement.pk, format="xlsx", show=show)

    rows = CalamineWorkbook.from_filelike(BytesIO(answer.body)).get_sheet_by_index(0).to_python()
    said = f"Chấm dứt từ 1/3/2026 ({DECISION}); nhận thay: {merged.name}"
    gone = {unit.name: said for unit in departments[:2]}
    assert {row[0]: row[-1] for row in rows[1:]} == gone | ({} if show else {departments[2].name: ""})


def step_term(movement, state, last_on):
    StepTerm.objects.filter(movement=movement, state=state).delete()
    return StepTerm.objects.create(movement=movement, state=state, last_on=last_on)


def carried(movement, officer):
    return take_over(movement, by=officer, seen=take_over_preview(movement).fingerprint())


def test_the_preview_names_what_goes_over_and_writes_nothing(movement, merged, departments):
    (heir,) = take_over_preview(movement).heirs

    assert (heir.unit, heir.joins, [unit.name for unit in heir.predecessors]) == (
        merged,
        True,
        [unit.name for unit in departments[:2]],
    )
    assert [duty.text for duty in heir.duties] == ["Chủ trì tập huấn"]
    assert [row.what for row in heir.deadlines] == ["Nộp số liệu"]
    assert not movement.participations.filter(unit=merged).exists()


def test_the_heir_gets_the_duties_and_the_open_deadlines(movement, merged, officer):
    person = make_person("Đỗ Thị Hạnh", merged, since=MERGED)
    make_account(make_role(person, merged, since=MERGED).person)

    carried(movement, officer)

    row = movement.deadlines.get(what="Nộp số liệu")
    assert movement.participations.get(unit=merged).is_visible
    assert merged in row.for_units.all()
    assert merged in movement.dutys.get(text="Chủ trì tập huấn").units.all()
    assert Notice.objects.filter(kind="movement.received", account__person=person).count() == 1
    assert Entry.objects.filter(action="movement.take_over").count() == 1
    assert take_over_preview(movement).heirs == ()


def test_what_the_ended_units_did_stays_theirs_and_is_not_asked_again(movement, merged, officer, departments):
    done, half = movement.deadlines.get(what="Nộp số liệu"), movement.deadlines.get(what=PLAN)
    early, late = date(2026, 2, 10), date(2026, 2, 20)
    complete(departments[0], deadline=done, finished_on=early, today=TODAY, by=officer)
    for unit, day in zip(departments, (early, late), strict=False):
        complete(unit, deadline=half, finished_on=day, today=TODAY, by=officer)

    carried(movement, officer)

    assert merged not in done.for_units.all()
    assert Completion.objects.get(unit=merged).finished_on == late
    assert Completion.objects.filter(unit__in=departments[:2]).count() == 3


def test_the_heir_stands_where_all_before_it_stood(movement, merged, officer, departments):
    for unit, day in ((departments[0], date(2026, 2, 10)), (departments[1], date(2026, 2, 20))):
        advance(movement.participations.get(unit=unit).pk, "own_plan", on=day, by=officer)
    advance(movement.participations.get(unit=departments[0]).pk, "launched", on=EVE, by=officer)

    carried(movement, officer)

    part = movement.participations.get(unit=merged)
    reached = dict(part.events.values_list("state", "on"))
    assert (part.state, reached) == ("own_plan", {"received": TODAY, "own_plan": date(2026, 2, 20)})
    assert rows_of(movement)[merged.name].days_late == 0


def late_on(day, movement):
    with at(day):
        return {row.unit: row.days_late for row in board(movement, Q(), on=date.fromisoformat(day)).late_rows}


def test_an_heir_is_never_late_with_a_term_over_before_it_joined(
    movement, merged, officer, departments, ministry
):
    step_term(movement, "launched", date(2026, 4, 10))
    carried(movement, officer)

    today, after = late_on("2026-04-01", movement), late_on("2026-04-13", movement)
    (summed,) = watched({ministry.pk}, on=TODAY)

    assert (today.keys(), summed.late) == ({departments[2].name}, 1)
    assert after[merged.name] == 3


def standings(movement, unit, on=TODAY):
    """Return by deadline where it stands for the unit: as its own page, the list of a deadline and my work tell."""
    this = Movement.objects.filter(pk=movement.pk)
    part = with_receipt(movement.participations.select_related("unit", "movement")).get(unit=unit)
    own = {t.deadline.what: t.standing for t in terms_of_unit(unit.pk, this, on=on)}
    work = {t.deadline.what: t.standing for _part, t in terms_of_parts([part], on=on)}
    listed = {
        row.what: term.standing
        for row in known_on(movement, on)[0]
        for bound, term in bound_units(row, Q(), on=on).living
        if bound == unit
    }
    assert own == work == listed
    return own


def test_an_heir_is_not_late_with_a_deadline_over_before_it_joined(movement, merged, officer, departments):
    carried(movement, officer)

    (plan,) = (p for p in progress_of(movement, Q(), on=TODAY) if p.deadline.what == PLAN)

    assert standings(movement, departments[2])[PLAN] == Standing.LATE
    assert standings(movement, merged)[PLAN] == Standing.OPEN
    assert (plan.bound, plan.late, plan.standing) == (2, 1, Standing.LATE)
    assert standings(movement, merged, date(2026, 5, 20))["Nộp số liệu"] == Standing.LATE


def test_an_heir_that_does_what_was_over_is_done_with_it_in_time(movement, merged, officer):
    carried(movement, officer)
    row = movement.deadlines.get(what=PLAN)

    complete(merged, deadline=row, finished_on=TODAY, today=TODAY, by=officer)

    (plan,) = (p for p in progress_of(movement, Q(), on=TODAY) if p.deadline.what == PLAN)
    assert standings(movement, merged)[PLAN] == Standing.DONE
    assert (plan.done, plan.done_late) == (1, 0)


def test_pages_call_the_old_term_of_an_heir_old_and_not_late(movement, merged, officer, departments):
    carried(movement, officer)
    person = make_person("Đỗ Thị Hạnh", merged, since=MERGED)
    heir = make_account(make_role(person, merged, since=MERGED).person)
    row = movement.deadlines.get(what=PLAN)

    pages = {
        "work": opened(heir, "work"),
        "part": opened(heir, "part", movement.pk, merged.pk),
        "deadlines": opened(heir, "deadlines", movement.pk),
        "deadline": opened(heir, "deadline", movement.pk, row.pk),
    }

    old = "hạn cũ, không tính trễ"
    assert {name: (old in text_of(page), "trễ 18 ngày" in text_of(page)) for name, page in pages.items()} == (
        dict.fromkeys(pages, (True, False))
    )
    assert "trễ 18 ngày" in text_of(opened(officer, "deadline", movement.pk, row.pk))


def issued_by(unit, movement, officer):
    """Let the unit issue a plan of its own."""
    part = movement.participations.get(unit=unit)
    chosen = movement.plan.items.filter(field__in=("themes", "contents")).values_list("pk", flat=True)
    own = start_own_plan(part.pk, list(chosen), by=officer)
    given = Issue("7/KH-STP", date(2026, 2, 20), "An Giang", "Lý Văn Tám", "Giám đốc")
    issue_plan(own, given, by=officer)
    return own


def test_an_heir_sees_the_plans_its_predecessors_issued_and_who_did(movement, merged, departments, officer):
    own = issued_by(departments[0], movement, officer)
    start_own_plan(movement.participations.get(unit=departments[1]).pk, [], by=officer)
    carried(movement, officer)
    person = make_person("Đỗ Thị Hạnh", merged, since=MERGED)
    heir = make_account(make_role(person, merged, since=MERGED).person)

    page = " ".join(text_of(opened(heir, "part", movement.pk, merged.pk)).split())

    assert f'href="/phong-trao/{own.pk}/">Kế hoạch 7/KH-STP ngày 20/2/2026</a>' in page
    assert f"{departments[0].name} ban hành · Lý Văn Tám ký" in page
    assert page.count(" ban hành · ") == 1  # the other's was never issued
    assert opened(heir, "detail", own.pk).status_code == 200


def test_an_heir_whose_predecessor_issued_a_plan_does_not_lack_one(movement, merged, departments, officer):
    issued_by(departments[0], movement, officer)
    carried(movement, officer)
    person = make_person("Đỗ Thị Hạnh", merged, since=MERGED)
    heir = make_account(make_role(person, merged, since=MERGED).person)

    work = work_of(scope_of(heir), on=TODAY)
    page = text_of(opened(heir, "work"))

    assert ([*work.unanswered], [part.unit for part in work.outside]) == ([], [merged])
    assert page.count("đơn vị trước đã ban hành kế hoạch") == 1


def test_an_heir_of_units_without_a_plan_still_lacks_one(movement, merged, departments, officer):
    start_own_plan(movement.participations.get(unit=departments[1]).pk, [], by=officer)
    carried(movement, officer)
    person = make_person("Đỗ Thị Hạnh", merged, since=MERGED)
    heir = make_account(make_role(person, merged, since=MERGED).person)

    work = work_of(scope_of(heir), on=TODAY)

    assert ([part.unit for part in work.unanswered], [*work.outside]) == ([merged], [])


def test_who_may_not_open_a_predecessors_plan_is_not_told_of_it(movement, merged, departments, officer):
    own = issued_by(departments[0], movement, officer)
    carried(movement, officer)
    staff = make_account(make_person("Đỗ Thị Hạnh", merged, since=MERGED))

    page = text_of(opened(staff, "part", movement.pk, merged.pk))

    assert opened(staff, "detail", own.pk).status_code == 404
    assert "7/KH-STP" not in page
    assert "Kế hoạch của đơn vị trước" not in text_of(opened(officer, "part", movement.pk, departments[0].pk))


def test_the_board_tells_an_heir_the_old_term_and_what_stood_before_it(
    movement, merged, officer, departments
):
    for unit, day in ((departments[0], date(2026, 2, 10)), (departments[1], date(2026, 2, 20))):
        advance(movement.participations.get(unit=unit).pk, "own_plan", on=day, by=officer)
    step_term(movement, "launched", date(2026, 2, 25))

    preview = " ".join(text_of(opened(officer, "take_over", movement.pk)).split())
    carried(movement, officer)
    page = " ".join(text_of(opened(officer, "board", movement.pk, q="hop nhat")).split())

    assert "Đã phát động: hạn cũ 25/2/2026 đã qua, không tính là trễ và không nhắc" in preview
    assert "hạn cũ 25/2/2026" in page
    assert "20/2/2026 <small>đơn vị trước đã xong</small>" in page


def test_an_heir_that_took_part_already_keeps_its_own_and_gets_the_named_work(movement, departments, officer):
    reorganise(None, Merge(tuple(departments[:2]), departments[1]), on=MERGED, decision=DECISION)
    before = movement.participations.count()

    (heir,) = take_over_preview(movement).heirs
    carried(movement, officer)

    assert (heir.joins, movement.participations.count()) == (False, before)
    assert departments[1] in movement.deadlines.get(what="Nộp số liệu").for_units.all()


def test_each_part_of_a_unit_parted_whole_takes_over(movement, departments, officer):
    parts = tuple(NewUnit(name=f"Sở {n}", kind=departments[0].kind, parent=movement.organiser) for n in "AB")
    reorganise(None, Split(departments[0], parts), on=MERGED, decision=DECISION)

    carried(movement, officer)

    row = movement.deadlines.get(what="Nộp số liệu")
    assert {unit.name for unit in row.for_units.all()} >= {"Sở A", "Sở B"}
    assert movement.participations.filter(unit__name__in=("Sở A", "Sở B"), is_visible=True).count() == 2


def test_a_unit_dissolved_without_heir_leaves_nothing_to_carry(movement, departments, officer):
    reorganise(None, Dissolve(departments[0]), on=MERGED, decision=DECISION)

    page = text_of(opened(officer, "board", movement.pk))

    assert take_over_preview(movement).heirs == ()
    assert ("1 đơn vị đã chấm dứt" in page, "nhan-thay" in page) == (True, False)


def test_one_click_after_the_preview_carries_it_out(movement, merged, officer):
    page = text_of(opened(officer, "take_over", movement.pk))
    seen = re.search(r'name="seen" value="([^"]*)"', page)[1]

    answer = sent(officer, "take_over", movement.pk, seen=seen)

    assert said(answer) == ["Đã đưa 1 đơn vị nhận thay vào phong trào."]
    assert movement.participations.filter(unit=merged, is_visible=True).exists()


def test_a_preview_that_no_longer_holds_is_shown_anew(movement, merged, officer, departments):
    seen = take_over_preview(movement).fingerprint()
    row = movement.deadlines.get(what="Nộp số liệu")
    complete(departments[0], deadline=row, finished_on=EVE, today=TODAY, by=officer)

    with pytest.raises(TakeOverOutdatedError):
        take_over(movement, by=officer, seen=seen)
    answer = sent(officer, "take_over", movement.pk, seen=seen)

    assert answer.status_code == 422
    assert not movement.participations.filter(unit=merged).exists()


def test_nobody_but_the_organiser_carries_over(movement, merged, departments):
    stranger, receiver = make_user(make_unit("Bộ khác")), make_user(departments[2])

    answers = [sent(who, "take_over", movement.pk, seen="x").status_code for who in (stranger, receiver)]

    assert answers == [404, 403]
    assert not Participation.objects.filter(unit=merged).exists()


def test_ended_units_cost_the_same_queries_for_few_and_many(movement, ministry, merged, officer):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            board(movement, Q(), on=TODAY)
            take_over_preview(movement)
        return len(captured)

    few = asked()
    StepTerm.objects.filter(movement=movement).update(last_on=date(2026, 3, 14))
    more = [make_unit(f"Sở số {n}", ministry) for n in range(10)]
    again = launch(make_movement(ministry, items=NAMED, by=officer), more, by=officer)
    movement.participations.update(is_visible=True)
    Participation.objects.filter(movement=again).update(movement=movement)
    new = NewUnit(name="Sở lớn", kind=more[0].kind, parent=ministry)
    reorganise(None, Merge(tuple(more), new), on=MERGED, decision=DECISION)

    assert asked() == few


@pytest.mark.parametrize("into", ["new", "living", "outside"])
def test_the_board_names_the_heirs_the_preview_has_something_for(movement, departments, officer, into):
    new = NewUnit(name="Sở Tư pháp mới", kind=departments[0].kind, parent=movement.organiser)
    outside = make_unit("Bộ khác")
    heir = {"new": new, "living": departments[1], "outside": outside}[into]
    reorganise(None, Merge(tuple(departments[:2]), heir), on=MERGED, decision=DECISION)

    def waiting():
        preview = [heir.unit for heir in take_over_preview(movement).heirs]
        shown = board(movement, Q(), on=TODAY)
        ended = {row.unit_id: row.ended for row in shown.ended}
        taking_part = {row.unit_id for row in shown.living}
        assert heirs_waiting(movement, ended, taking_part) == heirs_waiting(movement, ended, ()) == preview
        return len(preview)

    before = waiting()
    carried(movement, officer)

    assert (before, waiting()) == (0 if into == "outside" else 1, 0)

"""A unit's registration sheet: lines in and out, its way up, and who is told."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from factories import make_cluster, make_kind, make_person, make_unit, make_user
from movements.plans import launch, make_movement
from thidua.audit.models import Entry
from thidua.movements.models import Participation, Registration
from thidua.movements.registration_problems import RegistrationRefusedError
from thidua.movements.selectors.registrations import covered_by, speakers_for, unit_for_wish
from thidua.movements.services import registering
from thidua.movements.services.registering import Line, add
from thidua.movements.services.registration_notices import remind_to_register
from thidua.movements.services.wishing import wish, withdraw_wish
from thidua.notices.models import Mail, Notice
from thidua.organisations.models import ClusterRole, Person, Unit, UnitRole
from thidua.organisations.services.duplicates import merge_people
from thidua.organisations.services.reorganisations import reorganise
from thidua.organisations.services.requests import Merge
from thidua.records.models import ChangedMeanwhileError

pytestmark = pytest.mark.django_db
State = Registration.State


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00") as traveller:
        yield traveller


@pytest.fixture
def keeper(department):
    return make_user(department, full_name="Giàng Thị Mỷ", email="my@thu.vn")


@pytest.fixture
def person(department):
    room = make_unit(
        "Phòng Hành chính tư pháp", department, kind=make_kind("phong", is_small_collective=True)
    )
    return make_person("Lò Văn Mai", room)


@pytest.fixture
def sheet(keeper, department, person):
    add(keeper, department, 2026, [Line(person, "LDTT"), Line(department, "TTLDXS")])
    return Registration.objects.get()


def refusals(act, *args, **kwargs):
    with pytest.raises(RegistrationRefusedError) as error:
        act(*args, **kwargs)
    return [problem.code for problem in error.value.problems]


def lines(sheet):
    return sorted(sheet.entries.values_list("name", "award", "is_wish"))


def told(account):
    return [row.words().title for row in Notice.objects.filter(account=account)]


# -- lines ---------------------------------------------------------------------------------------------


def test_the_first_line_begins_the_sheet(keeper, department, person):
    added = add(keeper, department, 2026, [Line(person, "LDTT", "phấn đấu")])

    sheet = Registration.objects.get()
    assert (sheet.unit, sheet.year, sheet.state, len(added.made)) == (department, 2026, State.DRAFT, 1)
    assert [event.act for event in sheet.events.all()] == ["start"]
    entry = sheet.entries.get()
    assert (entry.name, entry.position, entry.note) == ("Lò Văn Mai", "Chuyên viên", "phấn đấu")


def test_every_change_is_in_the_log(keeper, sheet):
    registering.remove(keeper, sheet, [sheet.entries.first().pk])

    actions = Entry.objects.filter(action__startswith="registration.").order_by("pk")
    assert list(actions.values_list("action", flat=True)) == [
        "registration.started",
        "registration.added",
        "registration.removed",
    ]


def test_an_award_that_the_subject_cannot_receive_is_refused(keeper, department, person):
    codes = refusals(add, keeper, department, 2026, [Line(person, "TTLDXS"), Line(department, "LDTT")])

    assert codes == ["award_not_for_kind", "award_not_for_kind"]
    assert Registration.objects.count() == 0


def test_all_that_is_wrong_is_told_at_once(keeper, department, departments, person):
    stranger = make_person("Lê Xa", departments[0])

    given = [Line(stranger, "LDTT"), Line(person, "KHONG_CO"), Line(departments[1], "TTLDXS")]

    assert refusals(add, keeper, department, 2026, given) == [
        "subject_outside",
        "award_unknown",
        "subject_outside",
    ]


def test_the_refusal_is_a_sentence(keeper, department, person):
    with pytest.raises(RegistrationRefusedError) as error:
        add(keeper, department, 2026, [Line(person, "TTLDXS")])

    assert error.value.problems[0].text() == (
        "“Tập thể lao động xuất sắc” không dành cho cá nhân. Chọn danh hiệu, hình thức khác cho Lò Văn Mai."
    )


def test_a_line_is_there_once(keeper, department, person, sheet):
    again = refusals(add, keeper, department, 2026, [Line(person, "LDTT")])
    in_one_go = refusals(add, keeper, department, 2026, [Line(person, "CSTDCS"), Line(person, "CSTDCS")])

    assert (again, in_one_go) == (["already_there"], ["already_there"])


def test_a_bulk_entry_passes_over_what_stands_there(keeper, department, person, sheet):
    other = make_person("Mùa A Sử", department)

    added = add(keeper, department, 2026, [Line(person, "LDTT"), Line(other, "LDTT")], although_known=True)

    assert (len(added.made), added.known) == (1, 1)


@pytest.mark.parametrize(("year", "codes"), [(1999, ["year_out_of_range"]), (2028, ["year_out_of_range"])])
def test_a_year_far_off_is_refused(keeper, department, person, year, codes):
    assert refusals(add, keeper, department, year, [Line(person, "LDTT")]) == codes
    assert add(keeper, department, 2027, [Line(person, "LDTT")]).made


def test_who_has_left_is_not_registered(keeper, department, person):
    person.unit = None

    assert refusals(add, keeper, department, 2026, [Line(person, "LDTT")]) == ["subject_gone"]


def test_lines_are_taken_off(keeper, sheet):
    gone = registering.remove(keeper, sheet, [sheet.entries.get(award="LDTT").pk])

    assert (gone, lines(sheet)) == (1, [("Sở Tư pháp tỉnh Lào Cai", "TTLDXS", False)])


def test_two_who_edit_at_once_do_not_undo_each_other(keeper, department, person, sheet):
    seen = sheet.version
    add(keeper, department, 2026, [Line(person, "CSTDCS")])

    with pytest.raises(ChangedMeanwhileError):
        registering.remove(keeper, sheet, [sheet.entries.first().pk], version=seen)
    with pytest.raises(ChangedMeanwhileError):
        registering.send(keeper, sheet, version=seen)
    assert sheet.entries.count() == 3


def test_a_wish_put_in_while_the_sheet_is_sent_keeps_it(keeper, sheet, person):
    put_in = []

    def wish_first(execute, sql, params, many, context):
        if 'FROM "movements_registration"' in sql and not put_in:
            put_in.append(sql)
            registering.write(sheet, [Line(person, "CSTDCS")], is_wish=True)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wish_first):
        found = refusals(registering.send, keeper, sheet)

    assert (len(put_in), found) == (1, ["wishes_open"])


# -- wishes --------------------------------------------------------------------------------------------


@pytest.fixture
def staff(person):
    account = make_user(person.unit, None, full_name="Vàng Thị Dế")
    return account, account.person


def test_a_persons_wish_goes_to_the_unit_that_speaks_for_the_small_collective(keeper, staff, department):
    account, own = staff

    entry = wish(account, own, 2026, "LDTT")

    assert (entry.registration.unit, entry.is_wish) == (department, True)
    assert told(keeper) == ["Vàng Thị Dế đăng ký “Lao động tiên tiến” năm 2026"]


def test_a_wish_an_import_and_the_coverage_agree_on_who_speaks_for_a_collective(staff, department, person):
    own = person.unit
    add(None, own, 2027, [Line(own, "TTLDTT")])

    wished = [unit_for_wish(person, year) for year in (2026, 2027)]
    imported = [speakers_for([(own, year)])[own.pk, year] for year in (2026, 2027)]
    covered = [own in covered_by(department, year, on=date(2026, 3, 2)) for year in (2026, 2027)]

    assert wished == imported == [department, own]
    assert covered == [True, False]


def test_where_nobody_is_in_charge_those_of_the_nearest_above_are_told_of_a_wish(staff, ministry):
    above = make_user(ministry, full_name="Lù Thị Say")
    account, own = staff

    wish(account, own, 2026, "LDTT")

    assert told(above) == ["Vàng Thị Dế đăng ký “Lao động tiên tiến” năm 2026"]


def test_a_unit_that_ended_begins_no_sheet_and_its_heir_is_named(department, departments, keeper):
    with time_machine.travel("2026-03-01 08:00:00+07:00"):
        add(keeper, department, 2026, [Line(department, "TTLDTT")])
        reorganise(None, Merge((department,), departments[0]), on=date(2026, 3, 2), decision="QĐ 1")
    department.refresh_from_db()

    with pytest.raises(RegistrationRefusedError) as refused:
        add(keeper, department, 2027, [Line(department, "TTLDTT")])

    (problem,) = refused.value.problems
    assert problem.text() == (
        "Sở Tư pháp tỉnh Lào Cai đã chấm dứt hoạt động nên không lập bản đăng ký mới. "
        "Đăng ký ở đơn vị nhận thay: Sở Tư pháp tỉnh An Giang."
    )
    assert list(Registration.objects.values_list("year", flat=True)) == [2026]


def test_of_a_person_entered_twice_one_line_stays_and_the_log_says_which_went(
    keeper, department, person, sheet
):
    twin = make_person("Lò Văn Mai", person.unit)
    add(keeper, department, 2026, [Line(twin, "LDTT"), Line(twin, "CSTDCS")])
    Registration.objects.update(state=State.ACCEPTED, sent_at=timezone.now())

    merge_people(keeper, person, twin)

    entry = Entry.objects.get(action="person.merged")
    assert lines(sheet) == [
        ("Lò Văn Mai", "CSTDCS", False),
        ("Lò Văn Mai", "LDTT", False),
        ("Sở Tư pháp tỉnh Lào Cai", "TTLDXS", False),
    ]
    assert entry.details["joined"] == [f"Lò Văn Mai · {sheet} · LDTT"]


def test_a_wish_gives_way_to_the_line_of_the_same_person(keeper, department, person):
    twin = make_person("Lò Văn Mai", person.unit)
    wish(keeper, person, 2026, "LDTT")
    add(keeper, department, 2026, [Line(twin, "LDTT")])

    merge_people(keeper, person, twin)

    assert lines(Registration.objects.get()) == [("Lò Văn Mai", "LDTT", False)]


def test_a_wish_counts_once_the_officer_takes_it_in(keeper, staff, department):
    account, own = staff
    entry = wish(account, own, 2026, "LDTT")
    before = list(registering.problems_before_sending(entry.registration))

    number = registering.take_in(keeper, entry.registration, [entry.pk])

    after = list(registering.problems_before_sending(entry.registration))
    assert ([one.code for one in before], number, after) == (["no_lines", "wishes_open"], 1, [])


def test_the_officers_own_entry_of_the_same_takes_the_wish_in(keeper, staff, department):
    account, own = staff
    entry = wish(account, own, 2026, "LDTT")

    added = add(keeper, department, 2026, [Line(own, "LDTT")])

    assert (added.taken_in, lines(entry.registration)) == (1, [("Vàng Thị Dế", "LDTT", False)])


def test_a_wish_can_be_taken_away_by_its_person_alone(keeper, staff, person):
    account, own = staff
    entry = wish(account, own, 2026, "LDTT")

    by_other = refusals(withdraw_wish, keeper, person, entry)
    withdraw_wish(account, own, entry)

    assert (by_other, lines(entry.registration)) == (["not_a_wish"], [])


def test_a_line_of_the_unit_is_no_longer_the_persons_to_take_away(keeper, staff, department):
    account, own = staff
    entry = wish(account, own, 2026, "LDTT")
    registering.take_in(keeper, entry.registration, [entry.pk])

    assert refusals(withdraw_wish, account, own, entry) == ["not_a_wish"]


def test_a_wish_after_the_sheet_went_out_is_told_whom_to_ask(keeper, staff, sheet):
    account, own = staff
    registering.send(keeper, sheet)

    assert refusals(wish, account, own, 2026, "LDTT") == ["sheet_handed_in"]


# -- steps ---------------------------------------------------------------------------------------------


def test_an_empty_sheet_is_not_sent(keeper, sheet):
    registering.remove(keeper, sheet, [entry.pk for entry in sheet.entries.all()])

    assert refusals(registering.send, keeper, sheet) == ["no_lines"]


def test_who_stands_above_and_who_leads_the_cluster_are_told(officer, keeper, sheet, departments, ministry):
    cluster = make_cluster(ministry, departments[0], sheet.unit)
    lead = make_user(departments[0], None, full_name="Lê Văn Cụm")
    ClusterRole.objects.create(
        cluster=cluster, person=lead.person, role="lead", valid_from=sheet.made_at.date()
    )

    registering.send(keeper, sheet)

    sentence = "Sở Tư pháp tỉnh Lào Cai gửi bản đăng ký thi đua năm 2026"
    assert (told(officer), told(lead), told(keeper)) == ([sentence], [sentence], [])


def test_a_sheet_goes_there_and_back(officer, keeper, sheet):
    sent = registering.send(keeper, sheet, version=sheet.version)
    locked = refusals(add, keeper, sheet.unit, 2026, [Line(sheet.unit, "CO_BO")])
    returned = registering.send_back(officer, sent, " Thiếu cờ thi đua ", version=sent.version)
    add(keeper, sheet.unit, 2026, [Line(sheet.unit, "CO_BO")])
    accepted = registering.accept(officer, registering.send(keeper, sheet))

    assert (locked, returned.reason) == (["locked"], "Thiếu cờ thi đua")
    assert (accepted.state, accepted.reason) == (State.ACCEPTED, "")
    acts = [event.act for event in accepted.events.order_by("at", "id")]
    assert acts == ["start", "send", "return", "send", "accept"]
    assert sorted(told(keeper)) == [
        "Bản đăng ký thi đua năm 2026 đã được nhận",
        "Bản đăng ký thi đua năm 2026 được trả lại để bổ sung",
    ]


def test_a_sheet_that_was_taken_can_still_be_returned_for_more(officer, keeper, sheet):
    accepted = registering.accept(officer, registering.send(keeper, sheet))

    assert registering.send_back(officer, accepted, "Bổ sung nhân sự mới").state == State.RETURNED


def test_returning_asks_for_a_reason(officer, keeper, sheet):
    sent = registering.send(keeper, sheet)

    assert refusals(registering.send_back, officer, sent, "  ") == ["reason_missing"]


def test_a_sent_sheet_is_taken_back_before_it_is_accepted(officer, keeper, sheet):
    back = registering.take_back(keeper, registering.send(keeper, sheet))
    accepted = registering.accept(officer, registering.send(keeper, sheet))

    assert (back.state, refusals(registering.take_back, keeper, accepted)) == (State.DRAFT, ["wrong_state"])


# -- the movement --------------------------------------------------------------------------------------


@pytest.fixture
def movement(ministry, departments, officer):
    return launch(make_movement(ministry, by=officer), departments, by=officer)


def state_of(movement, unit):
    return Participation.objects.get(movement=movement, unit=unit).state


def test_the_only_movement_of_the_year_is_the_sheets(movement, sheet):
    assert sheet.movement == movement


def test_sending_reaches_the_step_registered(movement, keeper, sheet):
    registering.send(keeper, sheet)

    assert state_of(movement, sheet.unit) == Participation.State.REGISTERED


def test_sending_again_later_leaves_a_step_further_on(movement, keeper, sheet):
    Participation.objects.filter(movement=movement, unit=sheet.unit).update(state="pledged")

    registering.send(keeper, sheet)

    assert state_of(movement, sheet.unit) == Participation.State.PLEDGED


def test_a_sheet_that_answers_to_no_movement_moves_none(movement, keeper, sheet):
    registering.set_movement(keeper, sheet, None)

    registering.send(keeper, sheet)

    assert state_of(movement, sheet.unit) == Participation.State.RECEIVED


def test_a_sheet_answers_only_to_a_movement_of_its_unit(movement, ministry, officer, keeper, sheet):
    other = make_movement(ministry, by=officer)

    assert refusals(registering.set_movement, keeper, sheet, other) == ["movement_elsewhere"]


# -- reminders -----------------------------------------------------------------------------------------


def test_only_who_has_not_registered_is_reminded(officer, keeper, sheet, departments, ministry):
    late = make_user(departments[0], UnitRole.Role.HEAD, full_name="Trần Chậm", email="cham@thu.vn")
    registering.send(keeper, sheet)
    ids = [unit.pk for unit in departments]

    reminded = remind_to_register(ministry, ids, 2026, by=officer, about="Đề nghị gửi.")

    assert (reminded.told, reminded.spared) == (2, 0)
    assert (told(late), "Nhắc đăng ký thi đua năm 2026" in told(keeper)) == (
        ["Nhắc đăng ký thi đua năm 2026"],
        False,
    )
    assert list(Mail.objects.filter(to="cham@thu.vn").values_list("subject", flat=True)) == [
        "Nhắc đăng ký thi đua năm 2026"
    ]


def test_a_sheet_returned_today_is_not_reminded_as_missing(officer, keeper, sheet, ministry, clock):
    registering.send(keeper, sheet)
    sheet.refresh_from_db()
    registering.send_back(officer, sheet, "Thiếu cờ")

    now = remind_to_register(ministry, [sheet.unit_id], 2026, by=officer, about="")
    clock.shift(24 * 3600)
    later = remind_to_register(ministry, [sheet.unit_id], 2026, by=officer, about="")

    assert [(one.told, one.spared) for one in (now, later)] == [(0, 1), (1, 0)]


def test_nobody_is_reminded_twice_on_one_day(officer, departments, ministry, clock):
    ids = [unit.pk for unit in departments]
    remind_to_register(ministry, ids[:2], 2026, by=officer, about="")

    again = remind_to_register(ministry, ids, 2026, by=officer, about="")
    clock.shift(86_400)
    tomorrow = remind_to_register(ministry, ids, 2026, by=officer, about="")

    assert (again, tomorrow) == ((1, 2), (3, 0))


def test_names_that_are_stale_are_named_before_sending(keeper, department, ministry, sheet):
    small = make_kind("to", is_small_collective=True)
    rooms = [make_unit(f"Tổ {name}", department, kind=small) for name in "AB"]
    gone, moved = (make_person(name, department) for name in ("Vàng A Dế", "Lý Thị Páo"))
    add(keeper, department, 2026, [Line(one, "LDTT") for one in (gone, moved)])
    add(keeper, department, 2026, [Line(room, "TTLDTT") for room in rooms])
    Unit.objects.filter(pk__in=[room.pk for room in rooms]).update(dissolved_on=date(2026, 2, 1))
    Person.objects.filter(pk=gone.pk).update(unit=None)
    Person.objects.filter(pk=moved.pk).update(unit=ministry)

    with pytest.raises(RegistrationRefusedError) as refused:
        registering.send(keeper, sheet)

    assert [problem.text() for problem in refused.value.problems] == [
        (
            "Trong bản đăng ký còn 1 người đã thôi công tác, 2 tập thể đã chấm dứt, "
            "1 cá nhân, tập thể không còn thuộc đơn vị: Vàng A Dế; Lý Thị Páo; Tổ A; Tổ B. "
            "Bỏ các dòng này rồi gửi."
        )
    ]


def test_a_wish_goes_to_the_unit_on_whose_sheet_the_person_stands(keeper, department, person):
    add(keeper, department, 2026, [Line(person, "LDTT")])
    for year in (2026, 2027):
        add(keeper, person.unit, year, [Line(person.unit, "TTLDTT")])

    entry, other = (wish(keeper, person, year, "CSTDCS") for year in (2026, 2027))

    assert [entry.registration.unit, other.registration.unit] == [department, person.unit]

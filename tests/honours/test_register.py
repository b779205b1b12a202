from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import (
    make_account,
    make_administrator,
    make_award,
    make_honour,
    make_person,
    make_unit,
    make_user,
)
from thidua.honours.catalogue import catalogue, resting_on
from thidua.honours.models import Honour, HonourEvent
from thidua.honours.permissions import may_change, may_read_reasons, visible
from thidua.honours.problems import HonourRefusedError, LikelyDuplicateError
from thidua.honours.selectors.facts import facts_of
from thidua.honours.selectors.naming import resolve
from thidua.honours.selectors.records import dependents_of, life_of, of_person, of_unit, state_on
from thidua.honours.selectors.register import Asked, listed
from thidua.honours.services.changing import Grounds, change_state, correct, mark_reexamined
from thidua.honours.services.entering import Recipient, enter_decision
from thidua.organisations.models import Person, Post, Unit, UnitRole
from thidua.organisations.services.duplicates import merge_people
from thidua.organisations.services.people import NewPost, start_post
from thidua.organisations.services.reorganisations import reorganise
from thidua.organisations.services.requests import Merge
from thidua.records.models import ChangedMeanwhileError

pytestmark = pytest.mark.django_db
Kind, State = HonourEvent.Kind, Honour.State
REASON = "Khai báo thành tích không đúng"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False) as moving:
        yield moving


@pytest.fixture
def unit():
    return make_unit("Cục Trợ giúp", make_unit("Bộ Thử nghiệm"))


@pytest.fixture
def person(unit):
    return make_person("Trần Thị Ánh", unit)


def codes(error):
    return [problem.code for problem in error.value.problems]


def grounds(day=date(2026, 2, 1), number="9/QĐ-BTN"):
    return Grounds(day, REASON, number, day)


def seen_by(user):
    return set(Honour.objects.filter(visible(user)).values_list("pk", flat=True))


def test_one_decision_gives_many_honours_under_one_document(unit, person):
    other = make_person("Lê An", unit)

    rows = enter_decision(None, make_award(), [Recipient(person=person), Recipient(person=other)])

    assert {row.decision.number for row in rows} == {"140/QĐ-BTN"}
    assert len({row.decision_id for row in rows}) == 1
    assert [(row.name, row.place, row.level, row.state) for row in rows] == [
        ("Trần Thị Ánh", unit, "unit", "held"),
        ("Lê An", unit, "unit", "held"),
    ]


def test_everything_wrong_with_a_decision_is_told_at_once(unit, person):
    award = make_award("TTLDTT", number=" ", decided_on=date(2026, 4, 1), period_from=2028, period_to=2027)

    with pytest.raises(HonourRefusedError) as refused:
        enter_decision(None, award, [Recipient(person=person), Recipient(person=person)])

    assert codes(refused) == [
        "number_missing",
        "decided_in_future",
        "period_out_of_order",
        "period_after_decision",
        "award_not_for_kind",
        "subject_twice",
        "award_not_for_kind",
        "subject_twice",
    ]


def test_an_empty_list_and_an_unknown_award_are_refused():
    with pytest.raises(HonourRefusedError) as refused:
        enter_decision(None, make_award("CSTD1998"), [])

    assert codes(refused) == ["award_unknown", "no_subject"]


def test_the_same_title_twice_for_a_year_asks_first(person):
    make_honour(person, "CSTDCS", 2025)
    again = make_award("CSTDCS", 2025, number="7/QĐ-BTN", decided_on=date(2026, 1, 5))

    with pytest.raises(LikelyDuplicateError) as alike:
        enter_decision(None, again, [Recipient(person=person)])
    made = enter_decision(None, again, [Recipient(person=person)], although_alike=True)

    assert [warning.code for warning in alike.value.warnings] == ["title_stands"]
    assert "140/QĐ-BTN ngày 20/12/2025" in alike.value.warnings[0].text()
    assert len(made) == 1


def test_the_same_line_of_the_same_decision_is_not_entered_again(person):
    make_honour(person)

    with pytest.raises(HonourRefusedError) as refused:
        enter_decision(None, make_award(), [Recipient(person=person)], although_alike=True)

    assert codes(refused) == ["already_there"]


def test_a_decision_spelt_otherwise_is_the_same_decision(person):
    make_honour(person)

    with pytest.raises(HonourRefusedError) as refused:
        enter_decision(
            None, make_award(number="140 / QĐ – BTN"), [Recipient(person=person)], although_alike=True
        )

    assert codes(refused) == ["already_there"]


def test_a_household_is_known_by_its_name_and_the_unit_that_keeps_it(unit):
    family = Recipient(household="Gia đình bà Hoa", keeper=unit)
    enter_decision(None, make_award("GDVH"), [family])

    with pytest.raises(LikelyDuplicateError):
        enter_decision(None, make_award("GDVH", number="2/QĐ-X"), [family])
    row = Honour.objects.get()
    assert (row.kind, row.place, row.name) == ("household", unit, "Gia đình bà Hoa")


def test_an_honour_belongs_to_the_unit_of_the_day_of_the_decision(unit, person):
    elsewhere = make_unit("Cục khác", unit.parent)
    post = NewPost(elsewhere, "Trưởng phòng", Post.StaffKind.CIVIL_SERVANT, date(2026, 1, 1))
    start_post(None, person, post)

    row = make_honour(person, decided_on=date(2025, 12, 31))
    later = make_honour(person, "LDTT", decided_on=date(2026, 1, 2))

    assert (row.place, later.place) == (unit, elsewhere)


def test_a_chain_follows_the_person_and_the_old_units_register_stays_whole(unit, person):
    elsewhere = make_unit("Cục khác", unit.parent)
    row = make_honour(person)
    old, new = make_user(unit), make_user(elsewhere, full_name="Ngô Hà")
    before = (seen_by(old), seen_by(new))
    post = NewPost(elsewhere, "Chuyên viên", Post.StaffKind.CIVIL_SERVANT, date(2026, 1, 1))

    start_post(None, person, post)

    assert before == ({row.pk}, set())
    assert (seen_by(old), seen_by(new)) == ({row.pk}, {row.pk})


def test_a_successor_reads_what_its_predecessors_were_given(unit):
    row = make_honour(unit, "TTLDXS")
    heir = make_unit("Cục mới", unit.parent)
    officer = make_user(heir)
    before = seen_by(officer)

    reorganise(None, Merge((unit,), heir), on=date(2026, 1, 1), decision="12/QĐ-BTN")
    officer = type(officer).objects.get(pk=officer.pk)

    assert (before, seen_by(officer)) == (set(), {row.pk})
    assert [one.pk for one in of_unit(heir)] == [row.pk]


def test_staff_read_their_own_and_their_units_honours_only(unit, person):
    colleague = make_person("Lê An", unit)
    own, of_colleague, of_unit_itself = (
        make_honour(person),
        make_honour(colleague, number="2/QĐ-X"),
        make_honour(unit, "TTLDTT"),
    )
    account = make_account(person)

    assert seen_by(account) == {own.pk, of_unit_itself.pk}
    assert seen_by(make_administrator()) == {own.pk, of_colleague.pk, of_unit_itself.pk}
    assert seen_by(make_user(make_unit("Bộ khác"))) == set()


def test_only_who_keeps_the_register_there_changes_an_honour(unit, person):
    row = make_honour(person)
    writers = {
        "officer": make_user(unit),
        "head": make_user(unit, UnitRole.Role.HEAD, full_name="Lê Thủ"),
        "auditor": make_user(unit, UnitRole.Role.AUDITOR, full_name="Lê Kiểm"),
        "outsider": make_user(make_unit("Bộ khác")),
        "oneself": make_account(person),
    }

    assert {name: may_change(user, row) for name, user in writers.items()} == {
        "officer": True,
        "head": False,
        "auditor": False,
        "outsider": False,
        "oneself": False,
    }
    assert (may_read_reasons(writers["auditor"], row), may_read_reasons(writers["head"], row)) == (
        False,
        True,
    )


def test_revoking_and_restoring_are_further_records_with_their_own_days(person):
    row = make_honour(person)
    change_state(None, row, Kind.REVOKED, grounds(date(2026, 1, 10)), version=1)
    change_state(None, row, Kind.RESTORED, grounds(date(2026, 2, 10), "11/QĐ-BTN"), version=2)
    row.refresh_from_db()

    days = [date(2025, 12, 19), date(2025, 12, 20), date(2026, 1, 10), date(2026, 2, 10)]

    assert [state_on(row, day) for day in days] == [None, "held", "revoked", "held"]
    assert (row.state, row.version, row.events.count()) == ("held", 3, 2)


def test_what_the_register_knew_then_is_told_apart_from_what_held_then(clock, person):
    row = make_honour(person)
    clock.move_to(datetime(2026, 3, 10, tzinfo=UTC))
    change_state(None, row, Kind.REVOKED, grounds(date(2026, 1, 10)))

    day = date(2026, 2, 1)

    assert state_on(row, day, known_at=datetime(2026, 3, 5, tzinfo=UTC)) == "held"
    assert state_on(row, day) == "revoked"


@pytest.mark.parametrize("award", ["CSTDCS", "CSTDTQ", "HCLD3"])
def test_only_an_honorary_title_of_the_state_is_stripped(person, award):
    title = make_honour(person, "HERO_LABOUR", number="1/QĐ-CTN")
    row = make_honour(person, award)

    change_state(None, title, Kind.STRIPPED, grounds())
    with pytest.raises(HonourRefusedError) as refused:
        change_state(None, row, Kind.STRIPPED, grounds())

    title.refresh_from_db()
    assert (title.state, codes(refused)) == (State.STRIPPED, ["not_a_state_title"])


def test_an_act_out_of_order_is_refused_with_every_reason(person):
    row = make_honour(person, "BK_BO")
    with pytest.raises(HonourRefusedError) as stripped:
        change_state(None, row, Kind.STRIPPED, Grounds(date(2025, 1, 1), " "))
    with pytest.raises(HonourRefusedError) as restored:
        change_state(None, row, Kind.RESTORED, grounds())
    with pytest.raises(HonourRefusedError) as early:
        change_state(None, row, Kind.REVOKED, grounds(date(2026, 5, 1)))

    assert codes(stripped) == ["not_a_state_title", "reason_missing", "before_decision", "number_missing"]
    assert codes(restored) == ["not_held"]
    assert codes(early) == ["in_future"]


def test_a_change_of_what_somebody_else_changed_is_refused(person):
    row = make_honour(person)
    change_state(None, row, Kind.REVOKED, grounds(), version=1)

    with pytest.raises(ChangedMeanwhileError):
        change_state(None, row, Kind.RESTORED, grounds(), version=1)
    with pytest.raises(ChangedMeanwhileError):
        correct(None, row, {"signer": "Lê A"}, Grounds(date(2026, 3, 2), "x"), version=1)


def test_a_correction_keeps_what_stood_before(person):
    row = make_honour(person)
    facts = {"number": "141/QĐ-BTN", "signer": " Lê  Văn A ", "award": "CSTDCS"}

    event = correct(None, row, facts, Grounds(date(2026, 3, 2), "Ghi nhầm số"), version=1)
    row.refresh_from_db()

    assert event.changes == {"number": ["140/QĐ-BTN", "141/QĐ-BTN"], "signer": ["", "Lê Văn A"]}
    assert (row.number, row.decision.number, row.signer) == ("141/QĐ-BTN", "141/QĐ-BTN", "Lê Văn A")


def test_a_correction_that_does_not_fit_the_register_is_refused_with_every_reason(person):
    make_honour(person, "LDTT", number="9/QĐ-BTN")
    row = make_honour(person)
    change_state(None, row, Kind.REVOKED, Grounds(date(2026, 1, 5), REASON, "1/QĐ-BTN", date(2026, 1, 5)))
    other = {"award": "TTLDTT", "name": "", "issuer": " ", "level": "village", "decided_on": date(2026, 1, 6)}
    twin = {"award": "LDTT", "number": "9 / QĐ-BTN"}

    refused = []
    for facts in (other, twin):
        with pytest.raises(HonourRefusedError) as error:
            correct(None, row, facts, Grounds(date(2026, 3, 2), REASON))
        refused.append(codes(error))

    assert refused == [
        ["name_missing", "issuer_missing", "value_unknown", "award_not_for_kind", "event_before_decision"],
        ["already_there_otherwise"],
    ]


@pytest.mark.parametrize(
    ("entered", "facts"),
    [
        (("LDTT", 2025), {"award": "CSTDCS"}),
        (("CSTDCS", 2024), {"period_from": 2025, "period_to": 2025}),
        (("CSTDCS", 2024), {"period_to": 2025}),
        (("CSTDB", 2024), {"period_from": 2025, "period_to": 2025}),
    ],
)
def test_a_correction_into_a_title_that_stands_for_the_year_is_refused_with_its_decision(
    person, entered, facts
):
    title = "CSTDB" if entered[0] == "CSTDB" else "CSTDCS"
    standing = make_honour(person, title, number="7/QĐ-BTN")
    row = make_honour(person, *entered, number="9/QĐ-BTN", decided_on=date(2025, 12, 24))

    with pytest.raises(HonourRefusedError) as refused:
        correct(None, row, facts, Grounds(date(2026, 3, 2), REASON))

    (problem,) = refused.value.problems
    assert (problem.code, problem.facts["number"], problem.facts["years"]) == (
        "title_stands",
        "7/QĐ-BTN",
        "2025",
    )
    row.refresh_from_db()
    assert (row.award, standing.state) == (entered[0], Honour.State.HELD)


def test_a_title_twice_for_a_year_may_have_its_other_words_corrected(person):
    make_honour(person, number="7/QĐ-BTN")
    row = make_honour(person, number="9/QĐ-BTN")

    event = correct(
        None, row, {"signer": "Lê Văn A", "number": "10/QĐ-BTN"}, Grounds(date(2026, 3, 2), REASON)
    )

    assert sorted(event.changes) == ["number", "signer"]


def test_a_correction_into_a_title_whose_earlier_decision_fell_is_taken(person):
    fallen = make_honour(person, number="7/QĐ-BTN")
    change_state(None, fallen, Kind.REVOKED, Grounds(date(2026, 1, 5), REASON, "1/QĐ-BTN", date(2026, 1, 5)))
    row = make_honour(person, "LDTT", number="9/QĐ-BTN")

    correct(None, row, {"award": "CSTDCS"}, Grounds(date(2026, 3, 2), REASON))

    row.refresh_from_db()
    assert row.award == "CSTDCS"


def test_a_title_given_anew_since_it_fell_keeps_the_fallen_one_from_being_restored(person):
    fallen = make_honour(person, number="7/QĐ-BTN")
    change_state(None, fallen, Kind.REVOKED, Grounds(date(2026, 1, 5), REASON, "1/QĐ-BTN", date(2026, 1, 5)))
    anew = make_honour(person, number="9/QĐ-BTN")

    with pytest.raises(HonourRefusedError) as refused:
        change_state(None, fallen, Kind.RESTORED, grounds())
    change_state(None, anew, Kind.REVOKED, grounds())
    change_state(None, fallen, Kind.RESTORED, grounds())

    (problem,) = refused.value.problems
    assert (problem.code, problem.facts["number"]) == ("title_stands", "9/QĐ-BTN")
    assert [Honour.objects.get(pk=one.pk).state for one in (fallen, anew)] == ["held", "revoked"]


def test_a_form_given_again_since_it_fell_is_restored_beside_it(person):
    fallen = make_honour(person, "GIAY_KHEN", number="7/QĐ-BTN")
    change_state(None, fallen, Kind.REVOKED, Grounds(date(2026, 1, 5), REASON, "1/QĐ-BTN", date(2026, 1, 5)))
    make_honour(person, "GIAY_KHEN", number="9/QĐ-BTN")

    change_state(None, fallen, Kind.RESTORED, grounds())

    assert Honour.objects.get(pk=fallen.pk).state == State.HELD


def test_a_household_of_that_name_kept_by_another_unit_is_another_one(unit):
    keepers = (unit, make_unit("Cục Khác", unit.root))
    _, row = (
        enter_decision(
            None,
            make_award("GDVH", number=number, issuer=issuer),
            [Recipient(household="Gia đình ông Lê Văn Ba", keeper=keeper)],
        )[0]
        for keeper, number, issuer in zip(keepers, ("7/QĐ", "8/QĐ"), ("Xã Một", "Xã Hai"), strict=True)
    )

    correct(None, row, {"number": "7/QĐ", "issuer": "Xã Một"}, Grounds(date(2026, 3, 2), REASON))

    row.refresh_from_db()
    assert (row.number, row.issuer) == ("7/QĐ", "Xã Một")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one transaction write at a time")
def test_a_correction_waits_for_whoever_enters_the_same_decision(person):
    def held():
        words = [one["sql"] for one in asked.captured_queries if "pg_advisory_xact_lock" in one["sql"]]
        return words[0]

    with CaptureQueriesContext(connection) as asked:
        make_honour(person, number="141/QĐ-BTN")
    entering = held()
    row = make_honour(make_person("Đỗ Văn Minh", person.unit))
    with CaptureQueriesContext(connection) as asked:
        correct(None, row, {"number": "141/QĐ-BTN"}, Grounds(date(2026, 3, 2), REASON))

    assert held() == entering


def test_a_correction_that_changes_nothing_is_refused(person):
    row = make_honour(person)

    with pytest.raises(HonourRefusedError) as refused:
        correct(None, row, {"award": "CSTDCS"}, Grounds(date(2026, 3, 2), "x"))

    assert codes(refused) == ["nothing_changed"]


def test_a_mistaken_entry_leaves_the_lists_and_stays_in_the_table(unit, person):
    row = make_honour(person)
    change_state(None, row, Kind.VOIDED, Grounds(date(2026, 3, 2), "Nhầm người"))
    user = make_user(unit)

    assert list(listed(user, Asked())) == []
    assert [one.pk for one in listed(user, Asked(state=State.VOID))] == [row.pk]
    assert life_of(of_person(person), date(2026, 3, 2)) == []


def test_the_register_of_a_day_shows_what_was_decided_and_held_then(unit, person):
    row, later = make_honour(person), make_honour(person, "LDTT", decided_on=date(2026, 2, 20))
    change_state(None, row, Kind.REVOKED, grounds(date(2026, 2, 10)))
    user = make_user(unit)

    def on(day, **asked):
        return [(one.pk, one.state_on) for one in listed(user, Asked(on=day, **asked))]

    assert on(date(2026, 1, 1)) == [(row.pk, "held")]
    assert on(date(2026, 2, 15)) == [(row.pk, "revoked")]
    assert on(date(2026, 2, 15), state="held") == []
    assert on(None) == [(later.pk, "held"), (row.pk, "revoked")]


def test_the_register_is_narrowed_by_award_year_unit_kind_level_and_name(unit, person):
    deep = make_unit("Phòng Một", unit)
    one = make_honour(person, "CSTDCS", 2024, number="1/QĐ-X")
    two = make_honour(make_person("Đặng Đức", deep), "BK_TTG", 2025, number="2/QĐ-X", period_from=2021)
    three = make_honour(unit, "TTLDTT", 2025, number="3/QĐ-X")
    user = make_user(unit)

    def found(**asked):
        return {row.pk for row in listed(user, Asked(**asked))}

    assert found(award="CSTDCS") == {one.pk}
    assert found(year=2022) == {two.pk}
    assert found(unit=deep) == {two.pk}
    assert found(kind="collective") == {three.pk}
    assert found(level="state") == {two.pk}
    assert found(query="dang duc") == {two.pk}
    assert found(query="Đàng") == set()
    assert found(query="03/qđ - x") == {three.pk}
    assert found(query="3/QĐ") == {three.pk}


def test_what_rested_on_a_fallen_title_is_listed_the_direct_ones_first(person):
    before = make_honour(person, "LDTT", 2022, number="1/QĐ-X")
    fallen = make_honour(person, "CSTDCS", 2023, number="2/QĐ-X")
    form = make_honour(person, "GIAY_KHEN", 2024, number="3/QĐ-X")
    ladder = make_honour(person, "CSTDB", 2025, number="4/QĐ-X")
    change_state(None, fallen, Kind.REVOKED, grounds())
    reader = make_user(person.record_unit)

    found = dependents_of(reader, fallen)

    assert [(one.honour.pk, one.direct, one.reexamined) for one in found] == [
        (ladder.pk, True, None),
        (form.pk, False, None),
    ]
    assert before.pk not in {one.honour.pk for one in found}
    event = mark_reexamined(None, ladder, "Vẫn đủ điều kiện nhờ các năm khác")
    assert dependents_of(reader, fallen)[0].reexamined == event


def test_a_unit_a_person_has_left_is_not_shown_what_was_given_elsewhere(unit):
    earlier = make_unit("Phòng Cũ", unit)
    moved = make_person("Đỗ Văn Chuyển", earlier)
    fallen = make_honour(moved, "CSTDCS", 2023, number="2/QĐ-X")
    start_post(
        None, moved, NewPost(make_unit("Phòng Mới", unit), "Chuyên viên", "civil_servant", date(2024, 6, 1))
    )
    later = make_honour(moved, "CSTDB", 2025, number="4/QĐ-X")
    change_state(None, fallen, Kind.REVOKED, grounds())

    found = {
        name: dependents_of(make_user(place), fallen) for name, place in (("old", earlier), ("top", unit))
    }

    assert {name: [one.honour.pk for one in rows] for name, rows in found.items()} == {
        "old": [],
        "top": [later.pk],
    }


def test_a_look_again_needs_a_conclusion(person):
    with pytest.raises(HonourRefusedError) as refused:
        mark_reexamined(None, make_honour(person), " ")

    assert codes(refused) == ["reason_missing"]


def test_the_ladder_comes_from_the_law():
    assert "CSTDTQ" in resting_on("LDTT")
    assert resting_on("CSTDTQ") == frozenset()
    assert {entry.level for name, entry in catalogue().items() if name.startswith("HC")} == {"state"}


def test_the_law_reads_each_honour_with_the_day_it_fell(person):
    row = make_honour(person, "CSTDCS", 2025)
    change_state(None, row, Kind.REVOKED, grounds(date(2026, 1, 10)))

    (before,) = facts_of([person.pk], on=date(2026, 1, 9))[person.pk]
    (after,) = facts_of([person.pk], on=date(2026, 1, 10))[person.pk]

    assert (before.award, before.period, before.revoked_on) == ("CSTDCS", (2025, 2025), None)
    assert after.revoked_on == date(2026, 1, 10)


def test_a_list_is_read_by_name_label_and_code_with_tones_counting(unit):
    an, anh = make_person("Lê An", unit, staff_code="CB-7"), make_person("Lê Ân", unit)
    twin = make_person("Lê An", make_unit("Phòng Hai", unit), position="Kế toán")
    text = "Lê Ân\n Lê  An | 12\nCB-7\nLê An — Kế toán, Phòng Hai\nNgười Lạ\n\nle an\tSố 5"

    lines = resolve("individual", text, Person.objects.all(), Unit.objects.all(), {})

    assert [(line.text, line.certificate_number, line.chosen) for line in lines] == [
        ("Lê Ân", "", anh),
        ("Lê An", "12", None),
        ("CB-7", "", an),
        ("Lê An — Kế toán, Phòng Hai", "", twin),
        ("Người Lạ", "", None),
        ("le an", "Số 5", None),
    ]
    assert {one.pk for one in lines[1].matches} == {an.pk, twin.pk}
    picked = resolve(
        "individual", "Lê An", Person.objects.all(), Unit.objects.all(), {lines[1].key: str(twin.pk)}
    )
    assert picked[0].chosen == twin


def test_a_list_of_units_is_read_by_full_and_short_name(unit):
    short = make_unit("Vụ Tổ chức cán bộ", unit, short_name="Vụ TCCB")

    lines = resolve("collective", "Vụ TCCB\nCục Trợ giúp\nVụ", Person.objects.all(), Unit.objects.all(), {})

    assert [line.chosen for line in lines] == [short, unit, None]


def test_two_records_of_one_person_become_one_with_all_honours(unit, person):
    twin = make_person("Trần Thị Ánh", unit)
    make_honour(person)
    make_honour(twin, "LDTT", number="5/QĐ-X")

    merge_people(None, person, twin)

    assert person.honours.count() == 2

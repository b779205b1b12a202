from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import make_account, make_kind, make_person, make_role, make_unit, make_user
from thidua.initiatives.models import Initiative, Opinion
from thidua.initiatives.permissions import (
    is_member,
    may,
    may_read_opinions,
    open_steps,
    visible,
)
from thidua.initiatives.problems import InitiativeRefusedError, UsedBeforeError
from thidua.initiatives.selectors import Asked, facts_of, listed
from thidua.initiatives.services.councils import NewCouncil, seat, set_up, unseat
from thidua.initiatives.services.steps import (
    Ruling,
    Use,
    assign,
    cancel,
    councils_for,
    give_opinion,
    note_use,
    recognise,
    refuse,
    send_back,
    submit,
    widest_scope,
    withdraw,
)
from thidua.initiatives.services.writing import Author, Written, attach, change, start
from thidua.initiatives.steps import STEPS
from thidua.organisations.models import UnitRole
from thidua.organisations.services.people import leave
from thidua.records.models import ChangedMeanwhileError

pytestmark = pytest.mark.django_db
State = Initiative.State
DAY = date(2026, 3, 1)
TODAY = date(2026, 3, 2)
RULING = Ruling("15/QĐ-C", TODAY, "CO_SO", "Cục Trợ giúp")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def unit():
    return make_unit("Cục Trợ giúp", make_unit("Bộ Thử nghiệm"))


@pytest.fixture
def author(unit):
    return make_person("Trần Thị Ánh", unit)


@pytest.fixture
def members(unit):
    return [make_person(name, unit) for name in ("Lê Một", "Lê Hai", "Lê Ba")]


@pytest.fixture
def council(unit, members):
    made = set_up(None, NewCouncil(unit, "Hội đồng sáng kiến", "3/QĐ-C", DAY, date(2026, 1, 1)))
    for member in members:
        seat(None, made, member, "member", date(2026, 1, 1))
    return made


def written(*authors, **changes):
    facts = {
        "title": "Biểu mẫu điền sẵn",
        "description": "Mẫu có sẵn dữ liệu.",
        "effect": "Giảm 40 phút mỗi hồ sơ.",
        "applied_on": date(2026, 1, 5),
        **changes,
    }
    return Written(**facts, authors=authors)


def codes(error):
    return [problem.code for problem in error.value.problems]


def appraised(author, council, members, *, speaking=2):
    row = assign(None, submit(None, start(None, author, written())), council)
    for member in members[:speaking]:
        give_opinion(None, row, member, "recognise", "CO_SO", "Dùng được ngay.")
    return row


def test_an_initiative_goes_from_draft_to_recognition_and_each_step_is_kept(author, council, members):
    row = appraised(author, council, members)

    done = recognise(None, row, RULING)

    assert (done.state, done.scope, done.decision.number) == ("recognised", "CO_SO", "15/QĐ-C")
    assert {event.act for event in done.events.all()} == {"start", "submit", "assign", "recognise"}


def test_every_step_is_refused_from_every_state_it_does_not_start_from(author, council):
    row = start(None, author, written())
    acts = {
        "submit": lambda: submit(None, row),
        "withdraw": lambda: withdraw(None, row),
        "return": lambda: send_back(None, row, "Thiếu"),
        "assign": lambda: assign(None, row, council),
        "recognise": lambda: recognise(None, row, RULING),
        "refuse": lambda: refuse(None, row, "Không mới"),
        "cancel": lambda: cancel(None, row, Ruling("9/QĐ", DAY, note="Sao chép")),
    }
    wrong = []
    for state in State.values:
        fields = {"state": state, "scope": "CO_SO", "recognised_on": DAY}
        Initiative.objects.filter(pk=row.pk).update(**fields)
        for act, do in acts.items():
            if state in STEPS[act].sources:
                continue
            with pytest.raises(InitiativeRefusedError) as refused:
                do()
            wrong.append("wrong_state" in codes(refused))

    assert wrong == [True] * (
        len(State.values) * len(STEPS) - sum(len(step.sources) for step in STEPS.values())
    )


def test_all_that_is_missing_is_told_before_submitting(author, unit):
    other = make_person("Lê An", unit)
    bare = start(None, author, Written("Ý tưởng", "", authors=(Author(other, 100),)))

    with pytest.raises(InitiativeRefusedError) as refused:
        submit(None, bare)

    assert codes(refused) == ["description_missing", "effect_missing", "not_applied", "submitter_missing"]


def test_shares_make_a_whole_and_nobody_stands_twice(author):
    with pytest.raises(InitiativeRefusedError) as refused:
        start(None, author, written(Author(author, 60), Author(author, 30)))

    assert codes(refused) == ["shares_not_whole", "author_twice"]


def test_what_is_handed_in_is_no_longer_changed_until_it_comes_back(author):
    row = submit(None, start(None, author, written()))
    with pytest.raises(InitiativeRefusedError):
        change(None, row, written(Author(author, 100)))
    with pytest.raises(InitiativeRefusedError):
        attach(make_account(author), row, b"x", "a.txt")

    row = send_back(None, row, "Thêm số liệu")
    changed = change(None, row, written(Author(author, 100), effect="Giảm một nửa."), version=row.version)

    assert (changed.effect, changed.state) == ("Giảm một nửa.", "returned")


def test_a_stale_version_is_refused_at_every_door(author):
    row = start(None, author, written())
    change(None, row, written(Author(author, 100)), version=1)

    with pytest.raises(ChangedMeanwhileError):
        change(None, row, written(Author(author, 100)), version=1)
    with pytest.raises(ChangedMeanwhileError):
        submit(None, row, version=1)


def test_only_a_council_of_the_unit_or_above_and_in_its_term_appraises(author, unit, council):
    row = submit(None, start(None, author, written()))
    above = set_up(None, NewCouncil(unit.parent, "HĐ Bộ", "1/QĐ-B", DAY, date(2026, 1, 1)))
    past = set_up(None, NewCouncil(unit, "HĐ cũ", "2/QĐ-C", DAY, date(2024, 1, 1), date(2025, 12, 31)))
    elsewhere = set_up(None, NewCouncil(make_unit("Bộ khác"), "HĐ khác", "2/QĐ-K", DAY, date(2026, 1, 1)))

    assert list(councils_for(row)) == [council, above]
    for wrong in (past, elsewhere):
        with pytest.raises(InitiativeRefusedError) as refused:
            assign(None, row, wrong)
        assert codes(refused) == ["council_elsewhere"]


def test_recognition_waits_for_more_than_half_of_the_seats(author, council, members):
    row = appraised(author, council, members, speaking=1)

    with pytest.raises(InitiativeRefusedError) as refused:
        recognise(None, row, Ruling("15/QĐ-C", date(2026, 4, 1)))

    assert codes(refused) == ["too_few_opinions", "decided_in_future", "scope_missing"]


def test_a_member_who_wrote_it_neither_speaks_nor_counts(author, council, members):
    seat(None, council, author, "member", date(2026, 1, 1))
    row = appraised(author, council, members)

    assert is_member(make_account(author), row) is False
    assert recognise(None, row, RULING).state == "recognised"


def test_an_opinion_names_a_scope_and_a_reason_and_may_be_changed(author, council, members):
    row = appraised(author, council, members)
    with pytest.raises(InitiativeRefusedError) as refused:
        give_opinion(None, row, members[2], "recognise", "", " ")

    changed = give_opinion(None, row, members[0], "refuse", "CO_SO", "Không mới.")

    assert codes(refused) == ["scope_missing", "reason_missing"]
    assert (changed.verdict, changed.scope, changed.version) == ("refuse", "", 2)
    assert Opinion.objects.count() == 2


def test_a_second_use_is_noticed_and_goes_through_only_when_known(author, council, members):
    row = recognise(None, appraised(author, council, members), RULING)
    first = note_use(None, row, Use(author, "CSTDCS", 2025, date(2025, 12, 20)))

    with pytest.raises(UsedBeforeError) as noticed:
        note_use(None, row, Use(author, "CSTDB", 2026))
    note_use(None, row, Use(author, "CSTDB", 2026), although_used=True)
    with pytest.raises(InitiativeRefusedError) as same:
        note_use(None, row, Use(author, "CSTDB", 2026), although_used=True)

    assert noticed.value.uses == (first,)
    assert codes(same) == ["use_known"]
    (fact,) = facts_of([author.pk], on=TODAY)[author.pk].initiatives
    assert fact.used_for == (("CSTDCS", date(2025, 12, 20), 2025), ("CSTDB", None, 2026))
    assert facts_of([author.pk], on=DAY) == {}


def test_only_a_recognised_initiative_of_ones_own_is_a_ground(author, unit):
    row = start(None, author, written())

    with pytest.raises(InitiativeRefusedError) as refused:
        note_use(None, row, Use(make_person("Lê An", unit), "CSTDCS", 2025))

    assert codes(refused) == ["not_recognised", "not_an_author"]


def test_a_cancelled_recognition_is_no_ground_any_more(author, council, members):
    row = recognise(None, appraised(author, council, members), RULING)

    done = cancel(None, row, Ruling("20/QĐ-C", TODAY, note="Sao chép"))

    assert done.state == "cancelled"
    assert facts_of([author.pk], on=TODAY) == {}


def test_what_was_applied_and_recognised_years_ago_is_entered_today_under_its_own_year(
    author, council, members
):
    past = written(applied_on=date(2023, 1, 1))
    row = assign(None, submit(None, start(None, author, past)), council)
    for member in members[:2]:
        give_opinion(None, row, member, "recognise", "CO_SO", "Đã có quyết định.")

    handed_in = row.year
    done = recognise(None, row, replace(RULING, decided_on=date(2024, 1, 15)))

    assert (handed_in, done.year, done.recognised_on) == (2023, 2024, date(2024, 1, 15))
    assert [one.pk for one in listed(make_account(author), Asked(year=2024))] == [done.pk]


def test_a_decision_comes_after_the_initiative_is_applied(author, council, members):
    row = appraised(author, council, members)

    with pytest.raises(InitiativeRefusedError) as refused:
        recognise(None, row, replace(RULING, decided_on=date(2026, 1, 4)))
    done = recognise(None, row, RULING)
    with pytest.raises(InitiativeRefusedError) as early:
        cancel(None, done, Ruling("20/QĐ-C", DAY, note="Sao chép"))

    assert codes(refused) == ["decided_before_applied"]
    assert codes(early) == ["cancelled_before_recognised"]


def test_recognition_against_most_of_the_council_tells_why(author, council, members):
    row = appraised(author, council, members, speaking=0)
    for member, verdict in zip(members, ("refuse", "refuse", "recognise"), strict=True):
        give_opinion(None, row, member, verdict, "CO_SO", "Đã nghe tác giả trình bày.")

    with pytest.raises(InitiativeRefusedError) as refused:
        recognise(None, row, RULING)
    done = recognise(None, row, replace(RULING, note="Số liệu đã được thanh tra xác nhận."))

    assert codes(refused) == ["against_majority"]
    assert refused.value.problems[0].facts == {"against": 2, "given": 3}
    assert done.events.filter(act="recognise").get().note == "Số liệu đã được thanh tra xác nhận."


def test_the_votes_are_counted_once_for_a_recognition(author, council, members):
    row = appraised(author, council, members)

    with CaptureQueriesContext(connection) as asked:
        recognise(None, row, RULING)

    assert sum('FROM "initiatives_opinion"' in one["sql"] for one in asked) == 1


def test_a_council_nobody_sits_on_recognises_nothing(author, unit):
    empty = set_up(None, NewCouncil(unit, "HĐ trống", "9/QĐ-C", DAY, date(2026, 1, 1)))
    row = assign(None, submit(None, start(None, author, written())), empty)

    with pytest.raises(InitiativeRefusedError) as refused:
        recognise(None, row, RULING)

    assert codes(refused) == ["too_few_opinions"]


def test_an_even_council_does_not_stand_against_the_decision(author, council, members):
    row = appraised(author, council, members, speaking=1)
    give_opinion(None, row, members[1], "refuse", "", "Không mới.")

    assert recognise(None, row, RULING).state == "recognised"


@pytest.mark.parametrize(
    ("level", "of_top", "widest"),
    [
        ("central", True, "TOAN_QUOC"),
        ("province", True, "TOAN_QUOC"),
        ("commune", True, "CO_SO"),
        ("grassroots", True, "CO_SO"),
        ("central", False, "CO_SO"),
        ("province", False, "CO_SO"),
    ],
)
def test_how_far_a_recognition_reaches_follows_from_the_body_that_recognises(level, of_top, widest):
    top = make_unit("Bộ Tư pháp", kind=make_kind("bac", level=level))
    unit = top if of_top else make_unit("Vụ", top, kind=top.kind)

    assert widest_scope(unit) == widest


def test_a_unit_below_the_ministry_recognises_at_the_base_only(author, unit, council, members):
    row = appraised(author, council, members)
    refused = []
    for scope in ("BO", "TOAN_QUOC"):
        with pytest.raises(InitiativeRefusedError) as error:
            recognise(None, row, replace(RULING, scope=scope))
        refused.append(codes(error))
    top = unit.parent
    top.kind = make_kind("bo", level="central")
    top.save()
    ministry = set_up(None, NewCouncil(top, "HĐ Bộ", "1/QĐ-B", DAY, date(2026, 1, 1)))
    seat(None, ministry, members[0], "member", date(2026, 1, 1))
    row = assign(None, submit(None, send_back(None, row, "Chuyển Hội đồng Bộ")), ministry)
    give_opinion(None, row, members[0], "recognise", "TOAN_QUOC", "Đã nhân rộng ở 34 tỉnh.")

    done = recognise(None, row, replace(RULING, scope="TOAN_QUOC"))

    assert refused == [["scope_too_wide"], ["scope_too_wide"]]
    assert (done.state, done.scope) == ("recognised", "TOAN_QUOC")


def test_a_seat_is_given_once_and_ends_by_day(council, members):
    with pytest.raises(InitiativeRefusedError) as refused:
        seat(None, council, members[0], "chair", DAY)
    unseat(None, council.members.get(person=members[0]), last_day=DAY)

    assert codes(refused) == ["seat_known"]
    assert council.members.get(person=members[0]).last_day == DAY
    with pytest.raises(InitiativeRefusedError):
        set_up(None, NewCouncil(council.unit, "HĐ", "1/QĐ", DAY, DAY, date(2025, 1, 1)))


def test_who_left_a_seat_may_be_seated_again_later(council, members):
    unseat(None, council.members.get(person=members[0]), last_day=DAY - timedelta(days=5))

    seat(None, council, members[0], "member", DAY)

    assert council.members.on(DAY).filter(person=members[0]).count() == 1


def test_a_seat_needs_a_post_a_day_of_the_term_and_a_free_chair(unit, members):
    term = NewCouncil(unit, "HĐ", "8/QĐ-C", DAY, DAY, DAY + timedelta(days=30))
    council = set_up(None, term)
    gone = make_person("Ngô Cũ", unit, since=date(2020, 1, 1))
    leave(None, gone, last_day=date(2025, 12, 31))
    seat(None, council, members[0], "chair", DAY)

    refused = []
    for person, role, day in (
        (members[1], "member", DAY - timedelta(days=1)),
        (members[1], "member", DAY + timedelta(days=31)),
        (gone, "member", DAY),
        (members[1], "chair", DAY),
    ):
        with pytest.raises(InitiativeRefusedError) as error:
            seat(None, council, person, role, day)
        refused.append(codes(error))

    assert refused == [["outside_term"], ["outside_term"], ["seat_without_post"], ["chair_known"]]


def test_a_seat_that_has_ended_is_not_ended_later(council, members):
    unseat(None, council.members.get(person=members[0]), last_day=DAY - timedelta(days=5))
    ended = council.members.get(person=members[0]).valid_until

    unseat(None, council.members.get(person=members[0]), last_day=DAY)

    assert council.members.get(person=members[0]).valid_until == ended


def test_each_reader_sees_an_initiative_from_its_own_step_on(author, unit, council, members):
    readers = {
        "author": make_account(author),
        "officer": make_user(unit),
        "member": make_account(members[0]),
        "colleague": make_account(make_person("Ngô Bạn", unit)),
        "outsider": make_user(make_unit("Bộ khác"), full_name="Ngô Xa"),
    }

    def seen():
        return [name for name, user in readers.items() if Initiative.objects.filter(visible(user)).exists()]

    row = start(None, author, written())
    draft = seen()
    row = submit(None, row)
    handed_in = seen()
    row = assign(None, row, council)
    appraising = seen()
    for member in members[:2]:
        give_opinion(None, row, member, "recognise", "CO_SO", "Tốt.")
    recognise(None, row, RULING)

    assert draft == ["author"]
    assert handed_in == ["author", "officer"]
    assert appraising == ["author", "officer", "member"]
    assert seen() == ["author", "officer", "member", "colleague"]


def test_each_step_belongs_to_one_part(author, unit, council):
    row = assign(None, submit(None, start(None, author, written())), council)
    people = {
        "author": make_account(author),
        "officer": make_user(unit),
        "head": make_user(unit, UnitRole.Role.HEAD, full_name="Lê Thủ"),
    }

    may_do = {name: [act for act in STEPS if may(user, act, row)] for name, user in people.items()}

    assert may_do == {
        "author": ["submit", "withdraw"],
        "officer": ["return", "assign"],
        "head": ["recognise", "refuse", "cancel"],
    }
    assert open_steps(people["head"], row) == ["recognise", "refuse"]
    assert [may_read_opinions(user, row) for user in people.values()] == [False, True, True]


def test_nobody_decides_on_what_they_wrote(author, unit, council):
    make_role(author, unit, UnitRole.Role.HEAD)
    row = assign(None, submit(None, start(None, author, written())), council)

    assert open_steps(make_account(author), row) == []


def test_the_list_knows_what_waits_for_whom(author, unit, council, members):
    officer, head = make_user(unit), make_user(unit, UnitRole.Role.HEAD, full_name="Lê Thủ")
    member, own = make_account(members[0]), make_account(author)

    def waiting():
        return [listed(user, Asked(waiting=True)).count() for user in (officer, head, member, own)]

    row = submit(None, start(None, author, written()))
    handed_in = waiting()
    row = assign(None, row, council)
    appraising = waiting()
    give_opinion(None, row, members[0], "recognise", "CO_SO", "Tốt.")
    spoken = waiting()
    send_back(None, row, "Thiếu")

    assert (handed_in, appraising, spoken) == ([1, 0, 0, 0], [0, 1, 1, 0], [0, 1, 0, 0])
    assert waiting() == [0, 0, 0, 1]
    assert listed(own, Asked(mine=True, query="bieu mau")).count() == 1


def test_what_was_kept_before_takes_the_year_of_its_decision_or_of_its_application(author):
    decided, applied, idea = (start(None, author, written(title=name)) for name in ("Một", "Hai", "Ba"))
    Initiative.objects.filter(pk=decided.pk).update(year=2026, recognised_on=date(2023, 12, 1))
    Initiative.objects.filter(pk=applied.pk).update(year=2020, applied_on=date(2025, 4, 1))
    Initiative.objects.filter(pk=idea.pk).update(year=2026, applied_on=None)
    migration = import_module("thidua.initiatives.migrations.0004_year_of_the_decision")

    migration.set_years(apps, SimpleNamespace(connection=connection))

    years = dict(Initiative.objects.values_list("title", "year"))
    assert years == {"Một": 2023, "Hai": 2025, "Ba": 2026}

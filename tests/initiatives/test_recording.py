"""Works a decision recognised already: written down, written anew, taken out, cancelled."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine

from factories import make_account, make_kind, make_person, make_unit, make_user
from thidua.audit.models import Entry
from thidua.initiatives.models import Initiative
from thidua.initiatives.permissions import may, may_amend, may_record, may_record_for
from thidua.initiatives.problems import InitiativeRefusedError
from thidua.initiatives.selectors import facts_of
from thidua.initiatives.services.recording import Acceptance, Past, amend_past, record_past, take_out
from thidua.initiatives.services.steps import Ruling, Use, cancel, note_use
from thidua.initiatives.services.writing import Author, Written, start
from thidua.library.services import store_file
from thidua.organisations.models import Person, UnitRole
from thidua.records.models import ChangedMeanwhileError

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def clock(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def unit():
    return make_unit("Cục Trợ giúp", make_unit("Bộ Thử nghiệm", kind=make_kind("bo", level="central")))


@pytest.fixture
def author(unit):
    return make_person("Trần Thị Ánh", unit)


def past(*people, percents=None, roles=None, **changes):
    percents, roles = percents or [None] * len(people), roles or [""] * len(people)
    authors = tuple(Author(*one) for one in zip(people, percents, roles, strict=True))
    facts = {
        "title": "Biểu mẫu điền sẵn",
        "scope": "CO_SO",
        "number": "140/QĐ-C",
        "decided_on": date(2023, 12, 1),
        "issuer": "Cục Trợ giúp",
        "applied_on": date(2023, 1, 1),
    }
    return Past(authors=authors, **facts | changes)


def research(*people, **changes):
    facts = {
        "kind": "topic",
        "title": "Đề tài hòa giải",
        "acceptance": Acceptance(date(2023, 11, 20), "BO", "excellent"),
        "applied_on": None,
    }
    return past(*people, **facts | changes)


def refusal(do, *args, **more):
    with pytest.raises(InitiativeRefusedError) as error:
        do(*args, **more)
    return [problem.code for problem in error.value.problems]


def test_an_initiative_of_before_is_recognised_at_once_under_its_own_day_and_decision(author, unit):
    actor = make_user(unit)
    paper = store_file(b"scan", "quyet-dinh.pdf", by=actor)

    row = record_past(actor, past(author), paper=paper)

    assert (row.state, row.source, row.year, row.recognised_on) == (
        "recognised",
        "recorded",
        2023,
        date(2023, 12, 1),
    )
    assert (row.decision.number, row.decision.file, row.files.get().file) == ("140/QĐ-C", paper, paper)
    assert [(one.person, one.percent) for one in row.authorships.all()] == [(author, 100)]
    assert (row.events.get().act, row.events.get().note) == ("recorded", "140/QĐ-C, 1/12/2023, Cục Trợ giúp")
    assert Entry.objects.filter(action="initiative.recorded").get().details == {"number": "140/QĐ-C"}
    (fact,) = facts_of([author.pk], on=TODAY)[author.pk].initiatives
    assert (fact.recognised_on, fact.applied_on) == (date(2023, 12, 1), date(2023, 1, 1))


def test_research_keeps_its_acceptance_and_what_each_author_did(author, unit):
    other = make_person("Lê An", unit)

    row = record_past(None, research(author, other, roles=["lead", "member"], decided_on=date(2024, 1, 10)))

    assert (row.year, row.accepted_level, row.accepted_as, row.state_shown) == (
        2023,
        "BO",
        "excellent",
        "Đã nghiệm thu",
    )
    works = facts_of([author.pk, other.pk], on=TODAY)
    assert [(works[one.pk].research[0].role, works[one.pk].initiatives) for one in (author, other)] == [
        ("lead", ()),
        ("member", ()),
    ]


def test_all_that_does_not_fit_is_told_at_once(author, unit):
    other, stranger = make_person("Lê An", unit), make_person("Ngô Trôi", unit)
    Person.objects.filter(pk=stranger.pk).update(record_unit=None)
    stranger.refresh_from_db()
    cases = {
        "nobody": past(),
        "shares": past(author, other, percents=[60, 30]),
        "in part": past(author, other, percents=[60, None]),
        "twice": past(author, author, percents=[50, 50]),
        "no unit": past(stranger),
        "future": past(author, decided_on=date(2026, 3, 3)),
        "applied later": past(author, decided_on=date(2022, 12, 31)),
        "too wide": past(author, scope="BO"),
        "not accepted": research(author, acceptance=None),
        "accepted later": research(author, acceptance=Acceptance(date(2023, 12, 2))),
        "bare": past(author, title=" ", scope=""),
    }

    assert {name: refusal(record_past, None, one) for name, one in cases.items()} == {
        "nobody": ["authors_missing"],
        "shares": ["shares_not_whole"],
        "in part": ["shares_in_part"],
        "twice": ["author_twice"],
        "no unit": ["lead_without_unit"],
        "future": ["decided_in_future"],
        "applied later": ["decided_before_applied"],
        "too wide": ["issuer_too_narrow"],
        "not accepted": ["acceptance_missing"],
        "accepted later": ["decided_before_accepted"],
        "bare": ["title_missing", "scope_missing"],
    }
    assert Initiative.objects.count() == 0


def test_the_ministry_recognises_farther_and_a_body_unknown_here_is_believed(author):
    assert [
        record_past(None, past(author, title=issuer, scope="BO", issuer=issuer)).scope
        for issuer in ("Bộ Thử nghiệm", "Ủy ban nhân dân tỉnh khác")
    ] == ["BO", "BO"]


def test_shares_may_be_unknown_of_all(author, unit):
    row = record_past(None, past(author, make_person("Lê An", unit)))

    assert list(row.authorships.values_list("percent", flat=True)) == [None, None]


def test_the_same_work_of_the_same_author_is_not_written_twice(author, unit):
    record_past(None, past(author))
    other = make_person("Lê An", unit)

    again = refusal(record_past, None, past(author, other, title="biểu mẫu  ĐIỀN SẴN"))

    assert again == ["already_recorded"]
    assert record_past(None, past(other)).submitter == other


def test_a_record_is_written_anew_by_who_saw_it_last(author):
    row = record_past(None, past(author))

    done = amend_past(None, row, past(author, decided_on=date(2024, 2, 1)), version=1)

    assert (done.year, done.version, done.events.filter(act="amended").count()) == (2024, 2, 1)
    with pytest.raises(ChangedMeanwhileError):
        amend_past(None, row, past(author), version=1)


def test_a_record_is_taken_out_by_who_saw_it_last(author):
    row = record_past(None, past(author))
    amend_past(None, row, past(author, decided_on=date(2024, 2, 1)))

    with pytest.raises(ChangedMeanwhileError):
        take_out(None, row, version=row.version)

    assert Initiative.objects.count() == 1


def test_what_walked_the_steps_is_not_touched_from_here(author):
    row = start(None, author, Written("Ý tưởng", "Nội dung", authors=(Author(author, 100),)))

    assert refusal(amend_past, None, row, past(author)) == ["went_through_steps", "wrong_state"]
    assert refusal(take_out, None, row) == ["went_through_steps", "wrong_state"]


def test_a_mistaken_record_is_taken_out_and_the_log_remembers(author):
    row = record_past(None, past(author))

    take_out(None, row)

    assert Initiative.objects.count() == 0
    assert Entry.objects.filter(action="initiative.taken_out").get().subject_label == "Biểu mẫu điền sẵn"


def test_a_recorded_recognition_is_cancelled_by_a_head_and_counts_no_more(author, unit):
    row = record_past(None, past(author))
    head = make_user(unit, UnitRole.Role.HEAD, full_name="Lê Thủ")
    officer = make_user(unit)

    allowed = [may(user, "cancel", row) for user in (head, officer, make_account(author))]
    done = cancel(head, row, Ruling("9/QĐ-C", TODAY, note="Sao chép"), version=row.version)

    assert allowed == [True, False, False]
    assert (done.state, facts_of([author.pk], on=TODAY)) == ("cancelled", {})
    assert may_amend(officer, done) is False


def test_only_officers_of_the_leading_authors_unit_record(author, unit):
    elsewhere = make_unit("Bộ khác")
    users = (make_user(unit), make_user(elsewhere, full_name="Ngô Xa"), make_account(author))
    row = record_past(None, past(author))

    assert [may_record(user) for user in users] == [True, True, False]
    assert [may_record_for(user, author) for user in users] == [True, False, False]
    assert [may_amend(user, row) for user in users] == [True, False, False]


def test_research_serves_as_often_as_it_is_named(author):
    row = record_past(None, research(author))

    assert refusal(note_use, None, row, Use(author, "CSTDCS", 2023)) == ["no_use_of_research"]


def test_an_amended_record_may_change_its_kind(author):
    row = record_past(None, research(author))

    done = amend_past(None, row, replace(past(author), title="Đề tài hòa giải"))

    assert (done.kind, done.accepted_on, done.accepted_level, done.year) == ("initiative", None, "", 2023)

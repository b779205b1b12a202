"""What if: two days or a draft over real people, the lists behind the figures, and one person side by side."""

from datetime import date

import pytest

from commendations.trying import (
    CIRCULAR,
    EVE,
    FIRST,
    TODAY,
    applied,
    drafted,
    five_good_years,
    moved,
    rated,
    tried,
)
from factories import make_person, make_unit
from thidua.commendations.models import LawDraft, Trial
from thidua.commendations.problems import LawRefusedError
from thidua.commendations.selectors.cases import case_of, subjects_of_people
from thidua.commendations.selectors.known_law import known_lines, unsure_movements
from thidua.commendations.selectors.side_by_side import Comparer
from thidua.commendations.selectors.what_if import (
    Movement,
    assumed,
    awards_for,
    lines_of,
    listed,
    sides_of,
)
from thidua.commendations.services.drafts import throw_away
from thidua.commendations.services.own_rules import upload
from thidua.commendations.services.trials import Asked, begin_trial, problems_of_days
from thidua.core.eligibility.explain import check_on
from thidua.core.eligibility.facts import Ground

pytestmark = pytest.mark.django_db
NOW = "2026-11-22"


def test_a_change_of_law_shows_who_gains_on_its_first_day(owner, unit):
    gaining = five_good_years(unit)
    rated(make_person("Lê Văn Bốn", unit), 2025)

    trial = tried(owner, unit)

    assert (trial.state, trial.subjects) == ("done", 3)
    assert moved(trial)["BK_TTG"]["gains"] == 1
    assert [row.subject for row in listed(trial, "BK_TTG", Movement.GAINS)] == [gaining.pk]


def test_a_draft_shows_who_loses_and_touches_nothing(owner, unit):
    good, best = make_person("Lê Văn Bốn", unit), make_person("Lê Văn Năm", unit)
    rated(good, 2025), rated(best, 2025, level="EXCELLENT")

    trial = tried(owner, unit, before=TODAY, after=TODAY, awards=["LDTT"], draft=drafted(owner))
    plain = tried(owner, unit, awards=["LDTT"])

    assert [row.subject for row in listed(trial, "LDTT", Movement.LOSES)] == [good.pk]
    assert moved(plain) == {"LDTT": {"stays": 3}}


def test_the_table_agrees_with_every_verdict_one_by_one(owner, unit):
    five_good_years(unit)
    rated(make_person("Lê Văn Bốn", unit), 2025, level="EXCELLENT")
    make_person("Lê Văn Năm", unit)
    trial = tried(owner, unit, awards=awards_for("individual"))

    found = {
        (row.subject, row.award): (row.before, row.after)
        for award in trial.awards
        for row in listed(trial, award)
    }

    from thidua.organisations.models import Person  # noqa: PLC0415 - beside its only use

    people = list(Person.objects.filter(pk__in=[pk for pk, _award in found]))
    subjects = subjects_of_people(people, on=trial.known_on)
    expected = {
        (person.pk, award): tuple(
            check_on(
                case_of(assumed(subjects[person.pk]), award, side.on, year=2025, authority=side.authority),
                Ground(side.law),
            ).outcome.value
            for side in sides_of(trial)
        )
        for person in people
        for award in trial.awards
    }
    assert found == expected


def test_own_rules_in_force_count_on_both_sides(owner, root, unit):
    rated(make_person("Lê Văn Bốn", unit), 2025)
    rules = CIRCULAR.replace("authority: VN", "authority: BTN").replace("2026-11-01", "2026-01-01")
    applied(upload(None, root, "quy-che.yaml", rules.encode()))

    trial = tried(owner, unit, awards=["LDTT"])

    assert (lines_of(trial)[0].before, moved(trial)) == (0, {"LDTT": {"stays": 2}})


def test_side_by_side_marks_the_condition_that_changed(owner, unit):
    person = five_good_years(unit)
    trial = tried(owner, unit)

    compared = Comparer(trial, [person], sides_of(trial)).compare(person, "BK_TTG", knows_sensitive=True)

    since = "5 năm liên tục “hoàn thành tốt nhiệm vụ” kể từ Bằng khen cấp bộ"
    now = "5 năm liên tục “hoàn thành tốt nhiệm vụ” (mốc kể từ đã bỏ theo 06/2026/QH16)"
    changed = [
        tuple(str(one.asked) if one else "" for one in (pair.before, pair.after))
        for pair in compared.pairs
        if pair.is_changed
    ]
    assert [pair for pair in changed if "5 năm" in pair[1]] == [(since, since), ("", now)]
    assert (compared.before.verdict.outcome, compared.after.verdict.outcome) == ("not_eligible", "eligible")


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        (FIRST, EVE, ["reversed_days"]),
        (date(1990, 1, 1), FIRST, ["before_law"]),
        (FIRST, date(2030, 1, 1), ["beyond_law"]),
        (FIRST, date(2027, 12, 31), []),
    ],
)
def test_days_of_which_no_law_is_known_are_refused(owner, unit, before, after, codes):
    make_person("Trần Thị Ánh", unit)

    problems = problems_of_days(Asked(unit, before, after, 2025, ["LDTT"]))

    assert [problem.code for problem in problems] == codes


def test_a_year_after_both_days_is_refused(owner, unit):
    problems = problems_of_days(Asked(unit, EVE, FIRST, 2035, ["LDTT"]))

    assert [problem.text() for problem in problems] == [
        "Năm 2035 chưa đến vào ngày 1/10/2026. Chọn đến năm 2026."
    ]


def test_an_award_without_law_data_is_told_apart_from_one_nobody_receives(owner, unit):
    five_good_years(unit)

    trial = tried(owner, unit, awards=["LDTT", "BK_TTG", "THONVH", "HCLD1"])

    known = {one.line.award: one for one in known_lines(lines_of(trial), sides_of(trial), trial.kind)}
    lacks = {award: (one.lacks_before, one.lacks_after) for award, one in known.items()}
    assert lacks == {
        "LDTT": (False, False),
        "BK_TTG": (False, False),
        "THONVH": (True, True),
        "HCLD1": (True, True),
    }
    assert unsure_movements(list(known.values())) >= {Movement.GAINS}


def test_nothing_to_compare_and_nobody_to_ask_are_refused(owner, unit):
    empty = make_unit("Vụ Trống", unit)

    with pytest.raises(LawRefusedError) as caught:
        begin_trial(owner, Asked(empty, TODAY, TODAY, 2025, ["LDTT"]))

    assert [problem.code for problem in caught.value.problems] == ["no_difference", "nobody"]


def test_deleting_a_draft_deletes_its_trials(owner, unit):
    draft = drafted(owner)
    tried(owner, unit, draft=draft)

    throw_away(owner, draft)

    assert (LawDraft.objects.count(), Trial.objects.count()) == (0, 0)

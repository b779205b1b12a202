"""Trials over collectives: the answers of the verdict page, listed, laid side by side, taken out."""

import io
import re
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from commendations.trying import CIRCULAR, EVE, FIRST, TODAY, drafted, moved, rated, text, tried
from factories import make_honour, make_person, make_unit, make_user, signed_in
from thidua.commendations.models import Trial
from thidua.commendations.problems import LawRefusedError
from thidua.commendations.selectors.what_if import awards_for, listed
from thidua.commendations.services.trials import Asked, begin_trial
from thidua.organisations.models import Discipline, Rating, Unit

pytestmark = pytest.mark.django_db
NOW = "2026-11-22"
STRICT_DAY = date(2023, 12, 15)
"""Of the law that bars a collective with a member disciplined from a warning on."""
STRICTER = CIRCULAR.replace("for: LDTT", "for: TTLDTT")
WORDS = {"Đạt": "eligible", "Chưa đạt": "not_eligible", "Chưa đủ dữ liệu": "unknown"}


def team(unit, name, level="GOOD"):
    """Make a collective rated for 2025 whose only member was an advanced worker that year."""
    made = make_unit(name, unit)
    Rating.objects.create(unit=made, year=2025, level=level)
    make_honour(rated(make_person(f"Người {name}", made, sex="female"), 2025), "LDTT", 2025)
    return made


@pytest.fixture
def teams(unit):
    return [team(unit, "Phòng Một"), team(unit, "Phòng Hai", "EXCELLENT"), make_unit("Đội Ba", unit)]


def dissolved(unit):
    unit.dissolved_on = date(2024, 1, 1)
    unit.save()
    return unit


def of_teams(owner, unit, *, before=TODAY, after=TODAY, awards=("TTLDTT",), draft=None):
    return tried(owner, unit, before=before, after=after, awards=awards, draft=draft, kind="collective")


def asked_of_page(client, unit, award, day):
    """Return the outcome the page of a verdict tells."""
    question = f"?award={award}&year=2025&type=MERIT&nothing_pending=on&as_of={day:%Y-%m-%d}"
    shown = text(client.get(reverse("commendations:verdict_of_unit", args=[unit.pk]) + question))
    head = shown.split("</h1>")[1].split("<form")[0]
    return next(WORDS[word] for word in ("Chưa đủ dữ liệu", "Chưa đạt", "Đạt") if word in head)


def test_every_answer_is_the_one_of_the_verdict_page_that_day(client, owner, unit, teams):
    signed_in(client, owner)
    trial = of_teams(owner, unit, before=FIRST, after=TODAY, awards=awards_for("collective"))

    found = {(row.subject, award): row.after for award in trial.awards for row in listed(trial, award)}

    told = {
        (one.pk, award): asked_of_page(client, one, award, TODAY)
        for one in [unit, *teams]
        for award in trial.awards
    }
    assert found == told
    assert set(found.values()) == set(WORDS.values())


def test_the_unit_and_all_that_exist_below_it_are_asked_in_vietnamese_order(owner, unit, teams):
    dissolved(make_unit("Đội Đã Giải Thể", unit))
    make_unit("Vụ Khác", unit.root)

    trial = of_teams(owner, unit, before=EVE, after=FIRST)

    names = [Unit.objects.get(pk=row.subject).name for row in listed(trial, "TTLDTT")]
    assert (trial.subjects, names) == (4, ["Cục Trợ giúp", "Đội Ba", "Phòng Hai", "Phòng Một"])


@pytest.mark.parametrize(
    ("query", "order", "shown"),
    [
        ("", "ascending", ["Cục Trợ giúp", "Đội Ba", "Phòng Hai", "Phòng Một"]),
        ("?sort=-name", "descending", ["Phòng Một", "Phòng Hai", "Đội Ba", "Cục Trợ giúp"]),
    ],
)
def test_the_list_tells_its_order_and_turns_it(client, owner, unit, teams, query, order, shown):
    trial = of_teams(owner, unit, before=EVE, after=FIRST)
    signed_in(client, owner)

    page = text(client.get(reverse("commendations:trial_subjects", args=[trial.pk, "TTLDTT"]) + query))

    links = re.findall(rf"/{trial.pk}/TTLDTT/[-0-9a-f]+/\">([^<]+)<", page)
    assert (page.count(f'aria-sort="{order}"'), links) == (1, shown)


def test_a_draft_says_which_collectives_lose_and_both_verdicts_side_by_side(client, owner, unit, teams):
    good = teams[0]
    trial = of_teams(owner, unit, draft=drafted(owner, STRICTER))
    signed_in(client, owner)

    lost = text(
        client.get(reverse("commendations:trial_subjects", args=[trial.pk, "TTLDTT"]) + "?movement=loses")
    )
    one = reverse("commendations:trial_subject", args=[trial.pk, "TTLDTT", good.pk])
    side_by_side = text(client.get(one))

    assert moved(trial) == {"TTLDTT": {"loses": 1, "stays": 3}}
    assert (lost.count(f'href="{one}"'), lost.count("<small>Cục Trợ giúp</small>")) == (1, 1)
    assert (side_by_side.count(">Phòng Một</h1>"), side_by_side.count("99/2026/TT-BNV, Điều 3")) == (1, 1)


def test_a_trial_over_collectives_is_asked_on_the_page(client, owner, unit, teams):
    signed_in(client, owner)
    given = {"unit": unit.code, "before_on": "30/9/2026", "after_on": "1/10/2026", "year": "2025"}
    address = reverse("commendations:what_if")

    refused = text(client.post(address, {**given, "kind": "collective", "awards": ["LDTT"]}))
    shown = text(client.post(address, {**given, "kind": "collective"}, follow=True))

    trial = Trial.objects.get()
    assert refused.count("Lao động tiên tiến không xét cho tập thể. Bỏ chọn mục này.") == 2
    assert (trial.is_of_collectives, trial.awards) == (True, awards_for("collective"))
    assert (shown.count("Số tập thể"), shown.count("Số người")) == (1, 0)


def test_the_workbook_names_collectives_with_the_body_above(client, owner, unit, teams):
    trial = of_teams(owner, unit, draft=drafted(owner, STRICTER))
    signed_in(client, owner)

    answer = client.get(reverse("commendations:trial_workbook", args=[trial.pk]))

    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue()))
        .get_sheet_by_name("Thay đổi")
        .to_python()
    )
    assert [row[:2] for row in rows] == [["Tập thể", "Cấp trên"], ["Phòng Một", "Cục Trợ giúp"]]


def test_members_discipline_is_left_out_of_a_draft_tried_without_the_right(owner, unit, teams):
    Discipline.objects.create(
        person=teams[0].posts.get().person, level="CANH_CAO", valid_from=date(2025, 5, 1)
    )
    head = make_user(unit, "head", full_name="Lê Văn Trưởng")

    blind, knowing = (of_teams(user, unit, before=STRICT_DAY, draft=drafted(user)) for user in (owner, head))

    first = {
        name: {row.subject: row.before for row in listed(trial, "TTLDTT")}[teams[0].pk]
        for name, trial in (("blind", blind), ("knowing", knowing))
    }
    assert (blind.without_sensitive, knowing.without_sensitive) == (True, False)
    assert first == {"blind": "eligible", "knowing": "not_eligible"}


def test_a_collective_out_of_sight_is_neither_named_nor_opened(client, owner, unit, teams):
    trial = of_teams(owner, unit, before=EVE, after=FIRST)
    signed_in(client, owner)
    elsewhere = make_unit("Vụ Khác", unit.root)
    moved_out = teams[0]
    moved_out.parent = elsewhere
    moved_out.path = f"{elsewhere.path}{moved_out.path.rstrip('/').rpartition('/')[2]}/"
    moved_out.save()

    shown = text(client.get(reverse("commendations:trial_subjects", args=[trial.pk, "TTLDTT"])))
    one = client.get(reverse("commendations:trial_subject", args=[trial.pk, "TTLDTT", moved_out.pk]))

    assert (shown.count("Phòng Một"), shown.count("1 tập thể của trang này"), one.status_code) == (0, 1, 404)


def test_a_unit_without_collectives_is_refused(owner, unit):
    gone = dissolved(make_unit("Vụ Đã Giải Thể", unit))

    with pytest.raises(LawRefusedError, match="no_collective"):
        begin_trial(owner, Asked(gone, EVE, FIRST, 2025, ["TTLDTT"], kind="collective"))


@pytest.mark.parametrize("number", [2, 12])
def test_more_collectives_cost_no_more_queries(client, owner, unit, number, django_assert_max_num_queries):
    for place in range(number):
        team(unit, f"Phòng {place:02}")
    draft = drafted(owner, STRICTER)
    signed_in(client, owner)

    with django_assert_max_num_queries(25):
        trial = of_teams(owner, unit, draft=draft)
    address = reverse("commendations:trial_subjects", args=[trial.pk, "TTLDTT"]) + "?movement=loses"
    with django_assert_max_num_queries(25):
        shown = text(client.get(address))

    assert shown.count("<small>Cục Trợ giúp</small>") == number

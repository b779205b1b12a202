"""A trial lists people by difference, so it must not tell discipline and health to who may not know them."""

import io
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from commendations.trying import CIRCULAR, TODAY, drafted, moved, rated, text, tried
from factories import make_honour, make_person, make_role, make_unit, make_user, signed_in
from thidua.commendations.selectors.what_if import listed
from thidua.commendations.services.trials import Asked, begin_trial, compute
from thidua.organisations.models import Discipline, Leave, Person, Rating, UnitRole

pytestmark = pytest.mark.django_db
NOW = "2026-11-22"
Role = UnitRole.Role
HEAD = CIRCULAR.split("  - ")[0]
PROBES = [
    "is: discipline, level: KHIEN_TRACH, during: ever",
    "is: absence, below: 3, counted: [sick, wound], excused: [maternity]",
]


@pytest.fixture
def alike(unit):
    """Two people alike but for a discipline and a leave for illness of the second."""
    clean, noted = (rated(make_person(name, unit), 2025) for name in ("Lê Văn Bốn", "Lê Văn Năm"))
    Discipline.objects.create(person=noted, level="KHIEN_TRACH", valid_from=date(2023, 3, 1))
    Leave.objects.create(person=noted, kind="sick", valid_from=date(2025, 1, 1), valid_until=date(2025, 9, 1))
    return clean, noted


def probed(owner, unit, condition=PROBES[0]):
    draft = drafted(owner, f"{HEAD}  - {{for: LDTT, {condition}, place: Điều 3, rule: X.PROBE}}\n")
    return tried(owner, unit, before=TODAY, after=TODAY, awards=["LDTT"], draft=draft)


def outcomes(trial, people):
    found = {row.subject: (row.before, row.after) for row in listed(trial, "LDTT")}
    return [found[person.pk] for person in people]


@pytest.mark.parametrize("condition", PROBES)
@pytest.mark.parametrize(("role", "tells"), [(Role.OFFICER, False), (Role.HEAD, True)])
def test_a_draft_tells_people_apart_by_discipline_and_health_only_for_who_may_know(
    unit, alike, condition, role, tells
):
    trial = probed(make_user(unit, role), unit, condition)

    clean, noted = outcomes(trial, alike)

    assert (clean, noted != clean) == (("eligible", "eligible"), tells)


def test_a_record_that_holds_nothing_but_discipline_reads_as_an_empty_one(unit):
    empty, noted = make_person("Lê Văn Bốn", unit), make_person("Lê Văn Năm", unit)
    Discipline.objects.create(person=noted, level="KHIEN_TRACH", valid_from=date(2023, 3, 1))

    trial = probed(make_user(unit), unit, "is: rating, at_least: GOOD")

    first, second = outcomes(trial, [empty, noted])
    assert first == second


def test_no_page_and_no_workbook_of_a_draft_tells_who_was_disciplined(client, unit, alike):
    owner = make_user(unit)
    trial = probed(owner, unit)
    signed_in(client, owner)
    pages = [reverse("commendations:trial_subject", args=[trial.pk, "LDTT", one.pk]) for one in alike]

    clean, noted = (text(client.get(page)).split('class="sides"')[1] for page in pages)
    table = text(client.get(reverse("commendations:trial", args=[trial.pk])))
    book = client.get(reverse("commendations:trial_workbook", args=[trial.pk]))

    assert clean == noted
    assert (clean.count("khiển trách"), table.count("như thể không ai bị kỷ luật")) == (0, 1)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book.getvalue())).get_sheet_by_name("Thay đổi")
    assert len(rows.to_python()) == 1


THE_DAY_BEFORE, THE_DAY = date(2025, 6, 30), date(2025, 7, 1)
"""Days under one and the same law; on the second a person of ``barred`` is disciplined."""


@pytest.fixture
def barred(unit):
    """Two people alike but for the discipline of the first from ``THE_DAY`` on."""
    disciplined, clean = (rated(make_person(name, unit), 2025) for name in ("Lê Văn Sáu", "Lê Văn Bảy"))
    Discipline.objects.create(person=disciplined, level="CANH_CAO", valid_from=THE_DAY)
    return disciplined, clean


def of_two_days(owner, unit):
    return tried(owner, unit, before=THE_DAY_BEFORE, after=THE_DAY, awards=["LDTT"])


@pytest.mark.parametrize(("role", "outcome"), [(Role.OFFICER, "eligible"), (Role.HEAD, "not_eligible")])
def test_two_days_tell_people_apart_by_discipline_only_for_who_may_know(unit, barred, role, outcome):
    trial = of_two_days(make_user(unit, role), unit)

    assert outcomes(trial, barred) == [("eligible", outcome), ("eligible", "eligible")]
    assert trial.without_sensitive is (role == Role.OFFICER)


@pytest.mark.parametrize(("role", "tells"), [(Role.OFFICER, False), (Role.HEAD, True)])
def test_two_days_tell_collectives_apart_by_their_members_discipline_only_for_who_may_know(unit, role, tells):
    team = make_unit("Phòng Một", unit)
    Rating.objects.create(unit=team, year=2023, level="GOOD")
    member = rated(make_person("Lê Văn Sáu", team, sex="female"), 2023)
    make_honour(member, "LDTT", 2023)
    Discipline.objects.create(person=member, level="CANH_CAO", valid_from=date(2023, 12, 15))
    owner = make_user(unit, role)

    trial = tried(
        owner, unit, before=date(2023, 12, 14), after=date(2023, 12, 15), year=2023, awards=["TTLDTT"],
        kind="collective",
    )  # fmt: skip

    found = {row.subject: row.before for row in listed(trial, "TTLDTT")}
    assert (found[team.pk] == "not_eligible") is tells


def test_no_list_page_nor_workbook_of_two_days_tells_who_was_barred(client, unit, barred):
    owner = make_user(unit)
    trial = of_two_days(owner, unit)
    signed_in(client, owner)
    pages = [reverse("commendations:trial_subject", args=[trial.pk, "LDTT", one.pk]) for one in barred]

    first, second = (text(client.get(page)).split('class="sides"')[1] for page in pages)
    table = text(client.get(reverse("commendations:trial", args=[trial.pk])))
    losers = text(
        client.get(reverse("commendations:trial_subjects", args=[trial.pk, "LDTT"]) + "?movement=loses")
    )
    book = client.get(reverse("commendations:trial_workbook", args=[trial.pk]))

    assert first == second
    assert moved(trial) == {"LDTT": {"stays": 3}}
    assert (table.count("như thể không ai bị kỷ luật"), losers.count("Lê Văn")) == (1, 0)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book.getvalue())).get_sheet_by_name("Thay đổi")
    assert len(rows.to_python()) == 1


@pytest.mark.parametrize("asks", [of_two_days, probed])
def test_who_lost_the_right_to_sensitive_facts_is_shown_nothing_until_it_is_asked_again(
    client, unit, alike, barred, asks
):
    head = make_user(unit, Role.HEAD)
    trial = asks(head, unit)
    UnitRole.objects.filter(person=head.person).update(role=Role.OFFICER)
    signed_in(client, head)
    names = [("trial", []), ("trial_subjects", ["LDTT"]), ("trial_subject", ["LDTT", barred[0].pk])]
    names.append(("trial_workbook", []))

    answers = [client.get(reverse(f"commendations:{name}", args=[trial.pk, *rest])) for name, rest in names]
    renewed = client.post(reverse("commendations:trial_again", args=[trial.pk]), follow=True)

    assert [answer.status_code for answer in answers] == [403] * 4
    assert text(answers[0]).count(f'action="{reverse("commendations:trial_again", args=[trial.pk])}"') == 1
    assert (renewed.status_code, text(renewed).count("như thể không ai bị kỷ luật")) == (200, 1)


def test_a_trial_over_many_made_before_the_right_was_lost_says_nothing_when_it_ends(client, unit, barred):
    head = make_user(unit, Role.HEAD)
    trial = begin_trial(head, Asked(unit, THE_DAY_BEFORE, THE_DAY, 2025, ["LDTT"]))
    UnitRole.objects.filter(person=head.person).update(role=Role.OFFICER)
    signed_in(client, head)

    compute(trial.pk)

    assert client.get(reverse("commendations:trial", args=[trial.pk])).status_code == 403


def test_of_who_went_where_the_right_does_not_reach_nothing_is_told(client, root, unit, barred):
    head = make_user(unit, Role.HEAD)
    elsewhere = make_unit("Vụ Khác", root)
    make_role(head.person, elsewhere)
    trial = of_two_days(head, unit)
    Person.objects.filter(pk=barred[0].pk).update(unit=elsewhere, record_unit=elsewhere)
    signed_in(client, head)
    address = reverse("commendations:trial_subjects", args=[trial.pk, "LDTT"]) + "?movement=loses"

    shown = text(client.get(address))
    one = client.get(reverse("commendations:trial_subject", args=[trial.pk, "LDTT", barred[0].pk]))

    assert (shown.count(barred[0].full_name), one.status_code) == (0, 404)

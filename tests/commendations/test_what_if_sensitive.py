"""A draft asks whatever its owner likes, so it must not tell discipline and health to who may not know them."""

import io
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from commendations.trying import CIRCULAR, TODAY, drafted, rated, text, tried
from factories import make_person, make_user, signed_in
from thidua.commendations.selectors.what_if import listed
from thidua.commendations.services.trials import Asked, begin_trial, compute
from thidua.organisations.models import Discipline, Leave, UnitRole

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


def test_who_lost_the_right_to_sensitive_facts_loses_what_a_draft_told(client, unit, alike):
    head = make_user(unit, Role.HEAD)
    trial = probed(head, unit)
    UnitRole.objects.filter(person=head.person).update(role=Role.OFFICER)
    signed_in(client, head)
    names = [("trial", []), ("trial_subjects", ["LDTT"]), ("trial_subject", ["LDTT", alike[1].pk])]

    answers = [client.get(reverse(f"commendations:{name}", args=[trial.pk, *rest])) for name, rest in names]

    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_two_days_of_the_law_itself_are_asked_of_whole_records(unit, alike):
    trial = begin_trial(make_user(unit), Asked(unit, date(2026, 9, 30), TODAY, 2025, ["LDTT"]))
    compute(trial.pk)

    assert trial.without_sensitive is False

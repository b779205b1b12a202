"""A ministry's own rules bind whom it runs; a department of a province in its tree follows the province."""

from datetime import date

import pytest
from django.urls import reverse

from commendations.trying import applied, tried
from factories import make_honour, make_kind, make_person, make_unit, make_user, signed_in
from thidua.commendations.models import Trial
from thidua.commendations.selectors.cases import case_of, subjects_of_people
from thidua.commendations.selectors.census import census_of
from thidua.commendations.selectors.law_in_force import binding_of, law_for
from thidua.commendations.selectors.reach import Outlook, Standing, reach_of
from thidua.commendations.selectors.side_by_side import Comparer
from thidua.commendations.selectors.what_if import assumed, listed, sides_of
from thidua.commendations.services.own_rules import upload
from thidua.core.eligibility.explain import check_on
from thidua.core.eligibility.facts import Ground
from thidua.honours.models import Honour
from thidua.organisations.models import Person, Rating, UnitKind
from thidua.organisations.services.kinds import save_kind

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)
STRICT = """\
authority: BTN
label: {vi: Quy chế, en: Rules}
text: 1/2026/QD-BTN
in_force: 2026-01-01
conditions:
  - {for: LDTT, is: rating, at_least: EXCELLENT, place: Điều 3, rule: X.RATING}
  - {for: BK_BO, is: rating, at_least: EXCELLENT, place: Điều 4, rule: X.BK}
"""


@pytest.fixture
def root():
    return make_unit("Bộ Thử nghiệm", code="btn", kind=make_kind("bo", name="Bộ", level="central"))


@pytest.fixture
def department(root):
    """Make a province's department in the ministry's tree, with an office below it."""
    kind = make_kind("so", name="Sở", level="province", is_of_province=True)
    return make_unit("Sở Thử nghiệm Bắc Ninh", root, kind=kind)


@pytest.fixture
def officers(root, department):
    """Make two officers rated good: one of the ministry, one of an office of the department."""
    applied(upload(None, root, "quy-che.yaml", STRICT.encode()))
    found = [
        make_person("Lê Văn Bộ", make_unit("Vụ Một", root), since=date(2015, 1, 1)),
        make_person("Trần Thị Sở", make_unit("Văn phòng Sở", department), since=date(2015, 1, 1)),
    ]
    for person in found:
        Rating.objects.create(person=person, year=2025, level="GOOD")
    return found


def outlook_of(root):
    law = law_for(root)
    binding = binding_of(law, root)
    return Outlook(ON, 2025, Ground(law), binding, 1)


def test_rules_for_its_staff_bind_whom_the_ministry_runs(root, officers):
    binding = binding_of(law_for(root), root)

    assert [binding.over(one.record_unit, "LDTT") for one in officers] == ["BTN", None]


def test_rules_for_what_it_gives_to_others_bind_them_too(root, officers):
    binding = binding_of(law_for(root), root)

    assert [binding.over(one.record_unit, "BK_BO") for one in officers] == ["BTN", "BTN"]


def test_a_marked_unit_below_a_marked_one_is_part_of_it(root, department, officers):
    make_unit("Phòng Một", department, kind=make_kind("phong-so", name="Phòng", is_of_province=True))

    assert binding_of(law_for(root), root).of_province == (department,)


def test_an_administrator_says_which_kinds_a_province_runs(root, department, officers):
    kind = department.kind
    facts = {name: getattr(kind, name) for name in ("name", "name_en", "level", "is_small_collective",
                                                    "has_legal_entity", "rank")}  # fmt: skip

    save_kind(None, kind, **facts, is_of_province=False)

    assert binding_of(law_for(root), root).over(department, "LDTT") == "BTN"


def test_in_the_tree_of_a_province_its_departments_are_bound(root, department, officers):
    UnitKind.objects.filter(pk=root.kind_id).update(level="province")

    assert binding_of(law_for(root), root).over(department, "LDTT") == "BTN"


def test_everybody_screened_at_once_is_asked_as_one_by_one(root, officers):
    outlook = outlook_of(root)
    people = Person.objects.order_by("sort_key", "pk")
    awards = ("LDTT", "BK_BO", "CSTDCS")

    census = census_of(people, awards, outlook)

    subjects = {pk: assumed(one) for pk, one in subjects_of_people(officers, on=ON).items()}
    for award in awards:
        asked = {
            one.pk: str(check_on(case_of(subjects[one.pk], award, ON, year=2025,
                                         authority=outlook.of(one.record_unit).authority_for(award)),
                                 outlook.ground).outcome)
            for one in officers
        }  # fmt: skip
        found = {pk: outcome for outcome in ("eligible", "unknown", "not_eligible")
                 for pk in census.people(award, outcome, 0, 9)}  # fmt: skip
        assert found == asked
    assert [census.people("LDTT", outcome, 0, 9) for outcome in ("eligible", "not_eligible")] == [
        [officers[1].pk],
        [officers[0].pk],
    ]


def test_what_is_within_reach_follows_the_same_rules(root, officers):
    outlook = outlook_of(root)
    subjects = subjects_of_people(officers, on=ON)

    reaches = [
        reach_of(subjects[one.pk], ["LDTT"], outlook.of(one.record_unit), knows_sensitive=True)[0].standing
        for one in officers
    ]

    assert reaches == [Standing.YEAR, Standing.OPEN]


def test_a_trial_asks_by_the_same_rules(root, officers):
    trial = tried(make_user(root), root, awards=["LDTT"], before=date(2025, 12, 30), after=ON)

    found = {
        row.subject: row.after for row in listed(trial, "LDTT") if row.subject in {one.pk for one in officers}
    }
    comparer = Comparer(trial, officers, sides_of(trial))

    compared = {
        one.pk: str(comparer.compare(one, "LDTT", knows_sensitive=True).after.verdict.outcome)
        for one in officers
    }
    assert trial.kind == Trial.Kind.INDIVIDUAL
    assert found == compared
    assert found[officers[0].pk] == "not_eligible"
    assert found[officers[1].pk] != "not_eligible"


def test_the_verdict_says_whose_rules_bind_the_unit_and_why(client, root, department, officers):
    signed_in(client, make_user(root))
    pages = [
        client.get(reverse("commendations:verdict_of_person", args=[one.pk]), {"award": "LDTT", "year": 2025})
        for one in officers
    ]

    texts = [page.content.decode() for page in pages]
    of_province = "Sở Thử nghiệm Bắc Ninh thuộc Ủy ban nhân dân cấp tỉnh (loại “Sở”)"
    assert ["chung và quy định riêng của Bộ Thử nghiệm." in text for text in texts] == [True, False]
    assert [of_province in text for text in texts] == [False, True]


def test_money_of_a_decision_follows_who_binds_where_each_line_was_earned(client, root, department):
    own_amount = """\
authority: BTN
label: {vi: Quy chế, en: Rules}
text: 2/2025/QD-BTN
in_force: 2025-01-01
new_figures:
  ldtt_gift: {label: {vi: Tiền kèm LĐTT}, unit: dong, value: 900000, place: Điều 5, rule: X.GIFT}
money: {LDTT: ldtt_gift}
"""
    applied(upload(None, root, "tien.yaml", own_amount.encode()))
    signed_in(client, make_user(root))
    for name, place in (("Lê Văn Bộ", make_unit("Vụ Một", root)), ("Trần Thị Sở", department)):
        honour = make_honour(make_person(name, place), "LDTT", 2025, number="7/QĐ-BTN")
    decision = Honour.objects.get(pk=honour.pk).decision_id

    page = client.get(reverse("commendations:money_of_decision", args=[decision])).content.decode()

    rows = {
        name: page.partition(f"<b>{name}</b>")[2].partition("</tr>")[0]
        for name in ("Lê Văn Bộ", "Trần Thị Sở")
    }
    assert ["900.000 đ" in rows["Lê Văn Bộ"], "710.000 đ" in rows["Trần Thị Sở"]] == [True, True]
    assert "2/2025/QD-BTN" not in rows["Trần Thị Sở"]

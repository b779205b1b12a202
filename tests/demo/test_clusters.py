"""Clusters of each year hold the right units and have a lead on every day."""

from collections import Counter
from datetime import date, timedelta

import pytest

from thidua.demo.clusters import load_clusters
from thidua.demo.units import Unit, load_units


def is_of_the_ministry(unit: Unit) -> bool:
    return unit.parent == "BTP" and unit.kind not in {"so", "to_chuc_phoi_hop"}


def days_to_look_at(year: int) -> list[date]:
    return [date(year, 1, 15) + timedelta(days=15 * step) for step in range(23)]


def test_three_years_have_clusters_with_codes_of_their_own():
    clusters = load_clusters()

    assert Counter(c.year for c in clusters) == {2024: 12, 2025: 12, 2026: 26}
    assert len({c.code for c in clusters}) == len(clusters)


def test_members_exist_while_they_are_members():
    units = load_units().by_code

    wrong = [
        (cluster.code, member.unit)
        for cluster in load_clusters()
        for member in cluster.members
        if not units[member.unit].exists(max(member.valid_from, units[member.unit].founded_on))
        or units[member.unit].founded_on > member.valid_from
        or not units[member.unit].exists(member.valid_until - timedelta(days=1))
    ]

    assert wrong == []


def test_every_cluster_has_one_lead_and_a_deputy_on_every_day():
    wrong = [
        (cluster.code, day)
        for cluster in load_clusters()
        for day in days_to_look_at(cluster.year)
        if (roles := Counter(m.standing for m in cluster.on(day)))["lead"] != 1 or roles["deputy"] != 1
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("day", "departments"), [(date(2024, 6, 1), 63), (date(2025, 6, 30), 63), (date(2025, 7, 1), 34)]
)
def test_every_department_is_in_one_cluster(day, departments):
    units = load_units()

    members = Counter(
        member.unit
        for cluster in load_clusters()
        if cluster.year == day.year
        for member in cluster.on(day)
        if units.by_code[member.unit].kind == "so"
    )

    assert members == Counter(unit.code for unit in units.on(day) if unit.kind == "so")
    assert len(members) == departments


@pytest.mark.parametrize("day", [date(2024, 6, 1), date(2025, 8, 1), date(2026, 6, 1)])
def test_every_unit_of_the_ministry_is_in_one_of_five_clusters(day):
    units = load_units()

    members = Counter(
        member.unit
        for cluster in load_clusters()
        if cluster.year == day.year
        for member in cluster.on(day)
        if is_of_the_ministry(units.by_code[member.unit])
    )

    assert members == Counter(unit.code for unit in units.on(day) if is_of_the_ministry(unit))


def test_a_lead_that_ended_in_the_merger_handed_over_to_its_successor():
    cluster = next(c for c in load_clusters() if c.code == "CUM-TINH-3-2025")

    leads = [
        next(m.unit for m in cluster.on(day) if m.standing == "lead")
        for day in (date(2025, 6, 30), date(2025, 7, 1))
    ]

    assert leads == ["STP-YEN-BAI", "STP-LAO-CAI"]


def test_only_leads_and_deputies_are_appointed_by_a_decision():
    assert {
        (member.standing == "member", member.appointed_by is None)
        for cluster in load_clusters()
        for member in cluster.members
    } == {(True, True), (False, False)}

"""The demonstration's movements stand at different stages and never run ahead of the day."""

from collections import Counter
from datetime import date

import pytest

from thidua.demo.accounts import load_accounts
from thidua.demo.clusters import load_clusters
from thidua.demo.data_files import PLANS, read_yaml
from thidua.demo.movements import DemoMovement, load_movements
from thidua.demo.people import generate_people
from thidua.demo.units import load_units

TODAY = date(2026, 11, 22)
ORDER = ["received", "own_plan", "launched", "registered", "pledged", "interim", "final"]


def movement(key: str, today: date = TODAY) -> DemoMovement:
    return next(m for m in load_movements(today) if m.key == key)


def test_the_ministry_has_one_being_prepared_one_running_and_one_closed():
    statuses = {m.key: m.status for m in load_movements(TODAY) if m.organiser == "BTP"}

    assert statuses == {
        "ho-tich-so-2027": "preparing",
        "nganh-2026": "launched",
        "cao-diem-2025": "closed",
    }


def test_files_people_units_and_clusters_named_are_there():
    files, units = {entry["file"] for entry in read_yaml(PLANS / "index.yaml")}, load_units().by_code
    people = {p.staff_code for p in generate_people(2026, load_units())}
    clusters = {c.code for c in load_clusters()}

    for m in load_movements(TODAY):
        named_files = {m.plan, *(p.file for p in m.own_plans if p.file)} | (
            {m.amendment.file} if m.amendment else set()
        )
        assert named_files <= files
        assert {m.organiser, *(f.unit for f in m.finished)} <= set(units)
        assert {m.prepared_by, *(p.prepared_by for p in m.own_plans)} <= people
        assert m.cluster is None or m.cluster in clusters


def test_the_ministrys_plan_went_to_its_units_the_departments_and_enforcement():
    units = load_units().by_code

    kinds = Counter(units[p.unit].kind for p in movement("nganh-2026").participations)

    assert (kinds.pop("so"), kinds.pop("thads_tinh"), kinds.total()) == (34, 34, 25)


def test_the_closed_one_reached_departments_born_on_the_day_of_the_merger():
    new = [p for p in movement("cao-diem-2025").participations if p.reached[0].on == date(2025, 7, 1)]

    assert {p.terms[0].last_on for p in new} == {date(2025, 7, 16)}
    assert len(new) == 23


def test_a_clusters_lead_has_its_plan_and_launched_it_on_the_day_it_received_it():
    made = movement("cum-iii-2026")
    (lead,) = (part for part in made.participations if part.unit == made.organiser)

    assert [(step.state, step.on) for step in lead.reached[:3]] == [
        (state, lead.reached[0].on) for state in ("received", "own_plan", "launched")
    ]


def test_states_come_in_order_and_on_rising_days():
    wrong = [
        part
        for m in load_movements(TODAY)
        for part in m.participations
        if part.unit != m.organiser
        if [r.on for r in part.reached] != sorted({r.on for r in part.reached})
        or [r.state for r in part.reached] != sorted((r.state for r in part.reached), key=ORDER.index)
    ]

    assert wrong == []


def test_nobody_works_for_a_movement_on_a_weekend_unless_told_so():
    days = {
        (part.unit, step.on)
        for m in load_movements(TODAY)
        for part in m.participations
        for step in part.reached[1:]
    }

    assert {day for day in days if day[1].weekday() > 4} == set()


@pytest.mark.parametrize("today", [date(2026, 1, 25), date(2026, 3, 1), date(2026, 6, 1), TODAY])
def test_nothing_lies_after_the_day_it_is_looked_at(today):
    days = [
        day
        for m in load_movements(today)
        for day in (
            *(step.on for part in m.participations for step in part.reached),
            *(f.day for f in m.finished),
            *(e.happened_on for e in m.events if e.happened_on),
            *(p.launched_to_people_on for p in m.own_plans),
        )
    ]

    assert max(days) <= today


def test_the_spread_is_credible_some_early_some_late_few_stuck():
    parts = movement("nganh-2026").participations

    late = [p for p in parts if any(step.days_late for step in p.reached)]
    behind = [p for p in parts if p.days_late(TODAY)]

    assert 10 <= len(late) <= 35
    assert 3 <= len(behind) <= 10
    assert Counter(p.state for p in parts)["interim"] >= 80


def test_early_in_the_year_most_units_have_only_just_begun():
    states = Counter(p.state for p in movement("nganh-2026", date(2026, 2, 10)).participations)

    assert set(states) <= {"received", "own_plan", "launched"}
    assert states["received"] > states["own_plan"] > 0


def test_the_named_exceptions_are_what_they_are_named_for():
    parts = {p.unit: p for p in movement("nganh-2026").participations}

    assert parts["STP-CA-MAU"].reached[1].days_late == 9
    assert parts["CD-LUAT-MT"].state == "received"
    assert parts["THADS-GIA-LAI"].state == "launched"
    assert parts["CD-LUAT-MT"].days_late(TODAY) == (TODAY - date(2026, 2, 15)).days
    assert parts["STP-LAO-CAI"].days_late(TODAY) == 0


def test_the_same_day_gives_the_same_movements():
    assert load_movements(TODAY) == load_movements(TODAY)


def test_the_one_being_prepared_was_taken_in_three_days_ago_and_is_half_checked():
    preparing = movement("ho-tich-so-2027")

    assert preparing.taken_in_on == date(2026, 11, 19)
    assert preparing.participations == ()
    assert preparing.confirmation is not None
    assert all(0 < share < 1 for share in preparing.confirmation.shares.values())


def test_own_plans_are_issued_on_the_day_the_unit_reached_that_state():
    plans = [(m, plan) for m in load_movements(TODAY) for plan in m.own_plans]

    assert [(plan.unit, plan.issued_on) for _, plan in plans] == [
        ("STP-LAO-CAI", date(2026, 2, 10)),
        ("CUC-HCTP", date(2026, 2, 3)),
        ("STP-LAO-CAI", date(2025, 7, 11)),
    ]


def test_every_one_click_account_with_a_unit_finds_a_movement_of_its_own():
    units = load_units().by_code
    reached = {p.unit for m in load_movements(TODAY) for p in m.participations} | {
        m.organiser for m in load_movements(TODAY)
    }

    empty = [
        account.login
        for account in load_accounts()
        if account.unit_roles
        and not {g.unit for g in account.unit_roles} & reached
        and not any(units[g.unit].parent in reached for g in account.unit_roles)
    ]

    assert empty == []


def test_the_amendment_is_known_only_from_its_day_on():
    before, after = (movement("nganh-2026", day).amendment for day in (date(2026, 5, 11), date(2026, 5, 12)))

    assert before is None
    assert after is not None
    assert [c.field for c in after.changes] == [
        *("deadlines", "deadlines", "reports", "reports"),
        *("targets", "responsibilities"),
    ]

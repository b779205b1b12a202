"""What is open, one fact away, one year away, or closed."""

from datetime import date

import pytest

from thidua.core.eligibility.facts import Ground
from thidua.core.eligibility.reach import Distance, within_reach
from thidua.core.eligibility.reading import case_from_values
from thidua.core.law.law import shipped_law

GROUND = Ground(shipped_law())
ON = date(2024, 12, 20)
CLEAN = {
    "kind": "individual",
    "hired_on": "2010-01-01",
    "pending": [],
    "discipline": [],
    "initiatives": [],
    "research": [],
}


def reach(award, on=ON, **facts):
    subject = case_from_values({"on": on.isoformat(), "award": award, "subject": {**CLEAN, **facts}}).subject
    return within_reach(subject, [award], GROUND, on=on, year=on.year)[0]


def title(award, year):
    return {"award": award, "period": year}


@pytest.mark.parametrize(
    ("award", "facts", "distance"),
    [
        ("LDTT", {"ratings": {"2024": "GOOD"}}, Distance.OPEN),
        ("LDTT", {}, Distance.ONE_FACT),
        ("CSTDCS", {}, Distance.UNKNOWN),
        ("LDTT", {"ratings": {"2024": "COMPLETED"}}, Distance.ONE_YEAR),
        (
            "BK_BO",
            {"ratings": {"2023": "GOOD", "2024": "GOOD"}, "honours": [title("CSTDCS", 2024)]},
            Distance.ONE_YEAR,
        ),
        ("BK_BO", {"ratings": {"2023": "GOOD", "2024": "GOOD"}, "honours": []}, Distance.CLOSED),
    ],
)
def test_the_distance_to_an_award(award, facts, distance):
    assert reach(award, **facts).distance is distance


def test_what_is_in_the_way_is_named():
    found = reach("LDTT", ratings={"2024": "COMPLETED"})

    assert [(finding.rule.id, finding.met) for finding in found.wanting] == [("B.LDTT", False)]


def test_a_discipline_says_until_when():
    found = reach(
        "LDTT", on=date(2025, 12, 20), ratings={"2025": "GOOD"},
        discipline=[{"level": "KHIEN_TRACH", "from": "2025-06-01", "to": "2026-06-01"}],
    )  # fmt: skip

    assert found.closed_until == date(2026, 6, 1)

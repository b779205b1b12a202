"""Whose sector a name is follows the law asked, with the texts an installation holds or only tries."""

from datetime import date

import pytest

from thidua.core.eligibility.columns.population import population_of
from thidua.core.eligibility.explain import check
from thidua.core.eligibility.reading import case_from_values
from thidua.core.eligibility.screen import Screening, screen
from thidua.core.law.law import shipped_law
from thidua.core.law.words import CommendationType

ON = date(2026, 6, 20)
HEALTH = """\
authority: BYT
label: {vi: Thi đua khen thưởng ngành Y tế, en: Emulation and commendation in health}
text: 99/2026/TT-BYT
in_force: 2026-01-01
sectors: [y tế]
"""
TRIED = shipped_law().with_drafts({"byt.yaml": HEALTH})
RENAMED = shipped_law().with_drafts(
    {"bxd.yaml": HEALTH.replace("BYT", "BXD").replace("y tế", "đường thủy").replace("Y tế", "Xây dựng")}
)


def answers(law, *sectors):
    """Return what explaining and screening say of 22 years in the first sector, and a year in each other."""
    service = [{"from": "2000-01-01", "to": "2022-01-01", "sector": sectors[0]}]
    service += [{"from": "2022-01-02", "to": "2023-01-02", "sector": other} for other in sectors[1:]]
    subject = {"kind": "individual", "sex": "male", "honours": [], "discipline": [], "service": service}
    case = case_from_values(
        {
            "on": ON.isoformat(),
            "award": "KNC",
            "type": "CONTRIBUTION",
            "authority": "BXD",
            "year": 2025,
            "subject": {**subject, "pending": [], "staff_kind": "civil_servant"},
        }
    )
    asked = Screening(ON, ("KNC",), (2025, 2025), None, CommendationType.CONTRIBUTION, "BXD")
    screened = screen(population_of([case.subject]), asked, law)
    return check(case, law).outcome.value, screened["KNC"][0]


@pytest.mark.parametrize(
    ("law", "sectors", "outcome"),
    [
        (shipped_law(), ("y tế",), "eligible"),
        (TRIED, ("y tế",), "not_eligible"),
        (TRIED, ("xây dựng",), "eligible"),
        (shipped_law(), ("đường thủy", "xây dựng"), "not_eligible"),
        (RENAMED, ("đường thủy", "xây dựng"), "eligible"),
    ],
    ids=[
        "a sector nobody listed is the one meant",
        "one that a tried text gives to another ministry is not",
        "the ministry's own stays its own",
        "an unlisted one beside the own is another",
        "unless a tried text of the ministry lists it",
    ],
)
def test_a_sector_belongs_to_whom_the_law_asked_gives_it(law, sectors, outcome):
    assert answers(law, *sectors) == (outcome, outcome)

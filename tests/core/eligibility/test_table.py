"""A table of people answers as the same people asked one by one."""

from datetime import date
from random import Random

import polars as pl
import pytest

from thidua.core.eligibility.case import Case
from thidua.core.eligibility.columns.table import TableError, read_table
from thidua.core.eligibility.explain import check
from thidua.core.eligibility.reading import case_from_values
from thidua.core.eligibility.screen import Screening, screen
from thidua.core.law.law import shipped_law

ON = date(2025, 6, 20)
YEAR = 2024
AWARDS = ("LDTT", "CSTDCS", "CSTDB", "CSTDTQ", "BK_BO", "BK_TTG", "HCLD3", "GIAY_KHEN", "KNC")
HELD = ("LDTT", "CSTDCS", "CSTDB", "BK_BO", "BK_TTG", "KNC")
YEARS = range(2013, 2026)


def person(random):
    """Return the subject of a case and the same facts as cells of a table."""
    subject = {
        "kind": "individual",
        "discipline": [],
        "pending": [],
        "honours": [],
        "initiatives": [],
        "research": [],
    }
    cells = {}
    subject["sex"] = cells["sex"] = random.choice(["male", "female"])
    subject["hired_on"] = cells["hired_on"] = f"{random.randrange(1990, 2025)}-0{random.randrange(1, 10)}-15"
    subject["ratings"] = {
        str(year): random.choice(["GOOD", "EXCELLENT", "EXCELLENT"])
        for year in YEARS
        if random.random() < 0.93
    }
    cells |= {f"rating_{year}": rating for year, rating in subject["ratings"].items()}
    for award in HELD:
        for year in YEARS:
            if random.random() < {"LDTT": 0.9, "CSTDCS": 0.7}.get(award, 0.1):
                subject["honours"].append({"award": award, "period": year})
                cells[f"{award}_{year}"] = "x"
    for year in (2022, 2023, 2024, 2025):
        made = random.choice([0, 0, 1, 2])
        made_on = {
            "scope": "BO",
            "recognised_on": f"{year}-03-31",
            "applied_on": f"{year}-03-31",
            "replicable": True,
        }
        subject["initiatives"] += [made_on] * made
        cells[f"initiatives_BO_{year}"] = str(made)
        studied = random.choice([0, 0, 0, 1])
        subject["research"] += [{"scope": "CO_SO", "accepted_on": f"{year}-03-31"}] * studied
        cells[f"research_CO_SO_{year}"] = str(studied)
    if random.random() < 0.2:
        subject["discipline"] = [{"level": "CANH_CAO", "from": "2019-01-01", "to": "2020-03-01"}]
        cells |= {
            "discipline_level": "CANH_CAO",
            "discipline_from": "2019-01-01",
            "discipline_to": "2020-03-01",
        }
    if random.random() < 0.1:
        subject["pending"], cells["pending"] = ["complaint", "press"], "complaint; press"
    subject["service"] = [{"from": "2000-01-01", "sector": "tư pháp", "post": "staff", "hardship": 0.7}]
    cells |= {"service_from": "2000-01-01", "service_sector": "tư pháp", "hardship": "0.7"}
    return subject, cells


def table(rows):
    names = sorted({name for row in rows for name in row} | {"pending", "discipline_level"})
    return pl.DataFrame(
        [[row.get(name) for name in names] for row in rows],
        schema=dict.fromkeys(names, pl.String),
        orient="row",
    )


@pytest.mark.parametrize(
    ("on", "authority", "year"),
    [(ON, None, YEAR), (ON, "BTP", YEAR), (date(2026, 11, 20), "BKHCN", YEAR), (ON, None, YEAR - 1)],
)
def test_a_table_is_screened_as_each_person_is_explained(on, authority, year):
    random = Random(f"{on}{authority}")
    people = [person(random) for _ in range(60)]

    read = read_table(table([cells for _, cells in people]))
    found = screen(read.population, Screening(on, AWARDS, (year, year), authority=authority), shipped_law())

    differing = []
    for row, (facts, _) in enumerate(people):
        subject = case_from_values({"on": on.isoformat(), "award": "LDTT", "subject": facts}).subject
        for award in AWARDS:
            case = Case(on=on, award=award, subject=subject, authority=authority, year=(year, year))
            explained = check(case, shipped_law()).outcome.value
            if explained != found[award][row]:
                differing.append((row, award, explained, found[award][row]))
    assert differing == []


def test_what_a_table_does_not_speak_of_is_not_known():
    read = read_table(table([{"hired_on": "2010-01-01", "rating_2024": "GOOD", "ten": "An"}]))

    people = read.population.people
    assert people.select("knows_ratings", "knows_honours", "knows_leave").row(0) == (True, False, False)
    assert (read.years, read.unused) == ((2024,), ("ten",))


def test_cells_that_cannot_be_read_are_all_named():
    rows = [
        {"hired_on": "01/02/2010", "registered": "maybe", "initiatives_BO_2024": "một", "pending": "rumour"}
    ]

    with pytest.raises(TableError) as caught:
        read_table(table(rows))

    assert [str(problem).split(":")[0] for problem in caught.value.problems] == [
        "cột “pending”, dòng 2",
        "cột “hired_on”, dòng 2",
        "cột “registered”, dòng 2",
        "cột “initiatives_BO_2024”, dòng 2",
    ]

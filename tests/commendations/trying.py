"""What tests of trials share: people, a circular to try, and a trial already computed."""

from datetime import date

from factories import make_honour, make_person
from thidua.commendations.models import Trial
from thidua.commendations.selectors.what_if import (
    lines_of,
)
from thidua.commendations.services.drafts import keep_draft
from thidua.commendations.services.own_rules import put_in_force
from thidua.commendations.services.trials import Asked, begin_trial, compute
from thidua.organisations.models import Rating

TODAY = date(2026, 11, 22)
EVE, FIRST = date(2026, 9, 30), date(2026, 10, 1)
CIRCULAR = """\
authority: VN
label: {vi: Dự thảo thông tư, en: Draft circular}
text: 99/2026/TT-BNV
in_force: 2026-11-01
conditions:
  - {for: LDTT, is: rating, at_least: EXCELLENT, place: Điều 3, rule: X.RATING}
"""


def rated(person, *years, level="GOOD"):
    for year in years:
        Rating.objects.create(person=person, year=year, level=level)
    return person


def five_good_years(unit, name="Trần Thị Ánh"):
    """Make a person whose five good years and three titles are enough from 2026-10-01 on."""
    person = rated(make_person(name, unit, since=date(2015, 1, 1)), *range(2021, 2026))
    for year in (2022, 2023, 2024, 2025):
        make_honour(person, "CSTDCS", year, number=f"{name} {year}")
    for year in range(2021, 2026):
        make_honour(person, "LDTT", year, number=f"{name} L{year}")
    return person


def applied(row):
    """Put rules in force by who confirms the day they count from."""
    return put_in_force(None, row, confirmed_from=row.in_force_from)


def tried(
    owner,
    unit,
    *,
    before=EVE,
    after=FIRST,
    year=2025,
    awards=("LDTT", "BK_TTG"),
    draft=None,
    kind="individual",
):
    trial = begin_trial(owner, Asked(unit, before, after, year, awards, draft, kind))
    compute(trial.pk)
    return Trial.objects.select_related("unit__root", "draft").get(pk=trial.pk)


def drafted(owner, content=CIRCULAR, name="thong-tu.yaml"):
    return keep_draft(owner, "Dự thảo", {name: content.encode()})


def moved(trial):
    return {
        line.award: {str(movement): number for movement, number in line.moved.items() if number}
        for line in lines_of(trial)
    }


def text(response):
    return response.content.decode()

"""Within reach: of one person, and of a unit's people page by page."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from thidua.commendations.forms import FIRST_YEAR, LAST_YEAR
from thidua.commendations.selectors.cases import authority_of, subject_of_unit, subjects_of_people
from thidua.commendations.selectors.reach import Outlook, Reach, Standing, reach_of
from thidua.commendations.wording import STANDINGS
from thidua.core.eligibility.facts import Ground
from thidua.core.eligibility.operators.wording import SHORT
from thidua.core.law.law import shipped_law
from thidua.honours.catalogue import catalogue, label_of
from thidua.organisations.models import Person, Unit
from thidua.organisations.permissions import may, may_see_sensitive
from thidua.organisations.selectors.people import PeopleFilter, listed_people, page_of
from thidua.organisations.views.answers import day_asked, person_asked, unit_asked
from thidua.organisations.views.people import cursor
from thidua.records.days import today
from thidua.ui.parts import Pager, changed
from thidua.ui.rendering import page

ON_UNIT_PAGES = ("LDTT", "CSTDCS", "CSTDB", "CSTDTQ", "BK_BO", "BK_TTG", "HCLD3")
"""The awards a year's round begins with; a person's own page shows the rest."""
SIZES = (25, 50)
YEARS_AHEAD, YEARS_AHEAD_OF_LISTS = 10, 1


@dataclass(frozen=True, slots=True)
class Row:
    person: Person
    reaches: list[Reach]


@require_GET
def of_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    person, day = person_asked(request, pk), day_asked(request)
    subject = subjects_of_people([person], on=day)[pk]
    outlook = outlook_of(request, person.root, day, YEARS_AHEAD)
    awards = [entry.id for entry in catalogue().values() if "individual" in entry.subjects]
    reaches = reach_of(subject, awards, outlook, knows_sensitive=may_see_sensitive(request.user, person))
    context = shared(outlook) | {"person": person, "groups": grouped(reaches)}
    return page(request, "commendations/reach_person.html", context)


@require_GET
def of_unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    unit, day = unit_asked(request, pk), day_asked(request)
    if not may(request.user, "view", unit):
        raise Http404
    outlook = outlook_of(request, unit.root, day, YEARS_AHEAD_OF_LISTS)
    size = next((size for size in SIZES if request.GET.get("size") == str(size)), SIZES[0])
    shown = page_of(
        listed_people(request.user, PeopleFilter(unit=unit)),
        size,
        after=cursor(request, "after"),
        before=cursor(request, "before"),
    )
    own = subject_of_unit(unit, on=day, year=outlook.year)
    collective = [entry.id for entry in catalogue().values() if "collective" in entry.subjects]
    context = shared(outlook) | {
        "unit": unit,
        "rows": rows_of(request, [one.pk for one in shown.people], outlook),
        "awards": [SHORT[award] for award in ON_UNIT_PAGES],
        "groups": grouped(
            reach_of(own, collective, outlook, knows_sensitive=may(request.user, "view_sensitive", unit))
        ),
        "pager": Pager(
            shown=len(shown.people),
            total=shown.total,
            previous_url=changed(request.GET, before=shown.previous) if shown.previous else "",
            next_url=changed(request.GET, after=shown.following) if shown.following else "",
            first=1 if shown.is_first else 0,
            size=size,
            sizes=SIZES,
        ),
    }
    return page(request, "commendations/reach_unit.html", context, block="list")


def rows_of(request: HttpRequest, ids: list[UUID], outlook: Outlook) -> list[Row]:
    people = Person.objects.select_related("record_unit", "unit").in_bulk(ids)
    subjects = subjects_of_people(people.values(), on=outlook.on)
    return [
        Row(
            people[pk],
            reach_of(
                subjects[pk],
                ON_UNIT_PAGES,
                outlook,
                knows_sensitive=may_see_sensitive(request.user, people[pk]),
            ),
        )
        for pk in ids
    ]


def outlook_of(request: HttpRequest, root: Unit, day: date, years_ahead: int) -> Outlook:
    law = shipped_law()
    given = request.GET.get("year", "")
    year = int(given) if given.isdecimal() and FIRST_YEAR <= int(given) <= LAST_YEAR else day.year
    return Outlook(day, year, Ground(law), authority_of(root, law), years_ahead)


def shared(outlook: Outlook) -> dict[str, object]:
    return {
        "day": outlook.on,
        "today": today(),
        "year": outlook.year,
        "standings": STANDINGS,
        "label_of": label_of,
    }


def grouped(reaches: list[Reach]) -> list[tuple[str, list[Reach]]]:
    """Return the reaches by standing, the nearest first; empty standings are left out."""
    groups = [(str(one), [reach for reach in reaches if reach.standing is one]) for one in Standing]
    return [(standing, found) for standing, found in groups if found]

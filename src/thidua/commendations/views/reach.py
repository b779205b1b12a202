"""Within reach: of one person, and of a unit's people page by page."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.commendations.forms import FIRST_YEAR, LAST_YEAR
from thidua.commendations.selectors.cases import subjects_of_people
from thidua.commendations.selectors.census import Census, census_of
from thidua.commendations.selectors.collectives import subjects_of_units
from thidua.commendations.selectors.law_in_force import binding_of, law_for
from thidua.commendations.selectors.reach import Outlook, Reach, Standing, reach_of
from thidua.commendations.views.bound import bound_by
from thidua.commendations.wording import ANSWERS_MEAN, OUTCOMES, STANDINGS, STANDINGS_MEAN
from thidua.core.eligibility.facts import Ground
from thidua.core.eligibility.operators.wording import short_name
from thidua.core.law.law import Law
from thidua.honours.catalogue import catalogue, label_of
from thidua.organisations.models import Person, Unit
from thidua.organisations.permissions import may, may_see_sensitive
from thidua.organisations.selectors.people import PeopleFilter, listed_people, page_of
from thidua.organisations.views.answers import day_asked, person_asked, unit_asked
from thidua.organisations.views.people import cursor
from thidua.records.days import today
from thidua.ui.parts import Chip, Pager, changed, keyed_pager, pager_of, size_asked
from thidua.ui.rendering import is_fragment, page
from thidua.ui.stretches import sort_asked, stretch_of

ON_UNIT_PAGES = ("LDTT", "CSTDCS", "CSTDB", "CSTDTQ", "BK_BO", "BK_TTG", "HCLD3")
"""The awards a year's round begins with; a person's own page shows the rest."""
ON_COLLECTIVE_PAGES = ("TTLDTT", "TTLDXS", "CO_BO", "CO_CP", "BK_BO", "BK_TTG", "HCLD3")
SIZES = (10, 25, 50)
BY_NAME = {"name": ("sort_key", "pk"), "-name": ("-sort_key", "-pk")}
YEARS_AHEAD, YEARS_AHEAD_OF_LISTS = 10, 1


@dataclass(frozen=True, slots=True)
class Row:
    person: Person
    reaches: list[Reach]


@dataclass(frozen=True, slots=True)
class UnitRow:
    unit: Unit
    reaches: list[Reach]


@require_GET
def of_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    person, day = person_asked(request, pk), day_asked(request)
    subject = subjects_of_people([person], on=day)[pk]
    outlook = outlook_of(request, person.root, day, YEARS_AHEAD)
    awards = [entry.id for entry in catalogue().values() if "individual" in entry.subjects]
    theirs, knows = outlook.of(person.record_unit), may_see_sensitive(request.user, person)
    reaches = reach_of(subject, awards, theirs, knows_sensitive=knows)
    context = shared(outlook) | {
        "person": person,
        "groups": grouped(reaches),
        "bound": bound_by(outlook.binding, person.root, person.record_unit),
    }
    return page(request, "commendations/reach_person.html", context)


@require_GET
def of_unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the unit's people page by page, those of one outcome where asked.

    ``counts`` adds everybody's counts, ``own`` the unit itself; a browser with scripts asks for both apart.
    """
    unit, day = unit_asked(request, pk), day_asked(request)
    if not may(request.user, "view", unit):
        raise Http404
    outlook = outlook_of(request, unit.root, day, YEARS_AHEAD_OF_LISTS)
    people = listed_people(request.user, PeopleFilter(unit=unit))
    narrowed = narrowing(request)
    wants_counts = "counts" in request.GET
    screened = ON_UNIT_PAGES if wants_counts else (narrowed[0],) if narrowed else ()
    sensitive = may(request.user, "view_sensitive", unit)
    census = census_of(people, screened, outlook, sensitive=sensitive) if screened else None
    context = shared(outlook) | {
        "unit": unit,
        "without_sensitive": not sensitive,
        "bound": bound_by(outlook.binding, unit.root, unit),
        "census": census if wants_counts else None,
        "narrowed": narrowed,
        "outcomes": OUTCOMES,
        "legend": (*STANDINGS_MEAN, *ANSWERS_MEAN[:3]),
        "awards": [(award, short_name(award).in_words(_)) for award in ON_UNIT_PAGES],
    }
    wants_own = "own" in request.GET
    context["groups"] = grouped(own_reach(unit, outlook, sensitive=sensitive)) if wants_own else None
    if is_fragment(request) and (wants_counts or wants_own):
        block = "counts" if wants_counts else "own"
        return page(request, "commendations/reach_unit.html", context, block=block)
    ids, pager = chosen(request, census, narrowed) if census and narrowed else stretch(request, people)
    context |= {
        "rows": rows_of(ids, outlook, sensitive=sensitive),
        "pager": pager,
        "chips": chips(request, narrowed),
    }
    return page(request, "commendations/reach_unit.html", context, block="list")


def narrowing(request: HttpRequest) -> tuple[str, str] | None:
    """Return the award and the outcome the list is narrowed to."""
    award, outcome = request.GET.get("award", ""), request.GET.get("outcome", "")
    return (award, outcome) if award in ON_UNIT_PAGES and outcome in OUTCOMES else None


def stretch(request: HttpRequest, people: QuerySet[Person]) -> tuple[list[UUID], Pager]:
    """Return the ids of one page of everybody."""
    size = size_asked(request.GET, SIZES)
    shown = page_of(people, size, after=cursor(request, "after"), before=cursor(request, "before"))
    return [one.pk for one in shown.people], keyed_pager(request.GET, shown, size, sizes=SIZES)


def chosen(request: HttpRequest, census: Census, narrowed: tuple[str, str]) -> tuple[list[UUID], Pager]:
    """Return the ids of one page of those the law answers so."""
    size = size_asked(request.GET, SIZES)
    shown = stretch_of(
        request.GET,
        census.count(*narrowed),
        size,
        lambda start, size: census.people(*narrowed, start, size),
    )
    return list(shown.rows), pager_of(request.GET, shown, size, sizes=SIZES)


def chips(request: HttpRequest, narrowed: tuple[str, str] | None) -> list[Chip]:
    if narrowed is None:
        return []
    award, outcome = narrowed
    return [Chip(label_of(award), str(OUTCOMES[outcome][1]), changed(request.GET, award=None, outcome=None))]


def own_reach(unit: Unit, outlook: Outlook, *, sensitive: bool) -> list[Reach]:
    own = subjects_of_units([unit], on=outlook.on, year=outlook.year, sensitive=sensitive)[unit.pk]
    collective = [entry.id for entry in catalogue().values() if "collective" in entry.subjects]
    return reach_of(own, collective, outlook.of(unit), knows_sensitive=sensitive)


@require_GET
def of_units(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the collectives of a unit and below, page by page: open, one step away, closed."""
    unit, day = unit_asked(request, pk), day_asked(request)
    if not may(request.user, "view", unit):
        raise Http404
    outlook = outlook_of(request, unit.root, day, YEARS_AHEAD_OF_LISTS)
    sort = sort_asked(request.GET)
    units = Unit.objects.within(unit).existing(day).exclude(pk=unit.pk).select_related("parent")
    below = units.order_by(*BY_NAME[sort])
    size = size_asked(request.GET, SIZES)
    shown = stretch_of(
        request.GET, below.count(), size, lambda start, size: list(below[start : start + size])
    )
    sensitive = may(request.user, "view_sensitive", unit)
    subjects = subjects_of_units(shown.rows, on=day, year=outlook.year, sensitive=sensitive)
    rows = [
        UnitRow(
            one,
            reach_of(subjects[one.pk], ON_COLLECTIVE_PAGES, outlook.of(one), knows_sensitive=sensitive),
        )
        for one in shown.rows
    ]
    context = shared(outlook) | {
        "unit": unit,
        "without_sensitive": not sensitive,
        "bound": bound_by(outlook.binding, unit.root, unit),
        "rows": rows,
        "sort": sort,
        "pager": pager_of(request.GET, shown, size, sizes=SIZES),
        "awards": [short_name(award).in_words(_) for award in ON_COLLECTIVE_PAGES],
    }
    return page(request, "commendations/reach_units.html", context, block="list")


def rows_of(ids: list[UUID], outlook: Outlook, *, sensitive: bool) -> list[Row]:
    """Return the people with what is within their reach; without ``sensitive`` as if nobody was disciplined or ill.

    A list tells many apart at once, on any day: one verdict says that something is in the way, a list never.
    """
    people = Person.objects.select_related("record_unit", "unit").in_bulk(ids)
    subjects = subjects_of_people(people.values(), on=outlook.on, sensitive=sensitive)
    found = []
    for pk in ids:
        theirs = outlook.of(people[pk].record_unit)
        found.append(
            Row(people[pk], reach_of(subjects[pk], ON_UNIT_PAGES, theirs, knows_sensitive=sensitive))
        )
    return found


def outlook_of(request: HttpRequest, root: Unit, day: date, years_ahead: int) -> Outlook:
    law = law_for(root)
    given = request.GET.get("year", "")
    year = int(given) if given.isdecimal() and FIRST_YEAR <= int(given) <= LAST_YEAR else day.year
    binding = binding_of(law, root)
    return Outlook(day, year, ground_of(law), binding, years_ahead)


@lru_cache(maxsize=8)
def ground_of(law: Law) -> Ground:
    """Return the ground of one state of the law: what cases ask alike outlives the page that asked it first."""
    return Ground(law)


def shared(outlook: Outlook) -> dict[str, object]:
    """Return what every page shows; ``apart`` is what its links must say because it is no default of theirs."""
    apart: dict[str, object] = {"year": outlook.year} if outlook.year != outlook.on.year else {}
    apart |= {"as_of": outlook.on.isoformat()} if outlook.on != today() else {}
    return {
        "apart": urlencode(apart),
        "day": outlook.on,
        "today": today(),
        "year": outlook.year,
        "standings": STANDINGS,
        "legend": STANDINGS_MEAN,
        "label_of": label_of,
    }


def grouped(reaches: list[Reach]) -> list[tuple[str, list[Reach]]]:
    """Return the reaches by standing, the nearest first; empty standings are left out."""
    groups = [(str(one), [reach for reach in reaches if reach.standing is one]) for one in Standing]
    return [(standing, found) for standing, found in groups if found]

"""One search over movements, units, people and documents, within what the visitor may see."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.core.text.normal import one_line
from thidua.movements.models import Movement
from thidua.movements.permissions import visible
from thidua.movements.selectors.documents import known_to, narrowed
from thidua.movements.shapes import BASIS_TYPES
from thidua.organisations.models import Person, Unit
from thidua.organisations.permissions import User, may_open_person, visible_units
from thidua.organisations.searching import name_matches
from thidua.organisations.selectors.people import PeopleFilter, listed_people
from thidua.records.days import today
from thidua.ui.parts import Hit, HitGroup
from thidua.ui.rendering import is_fragment, page

WHILE_TYPING, ON_PAGE = 5, 25
SHORTEST = 2


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found; asked while typing, only the list under the box."""
    query = one_line(request.GET.get("q", ""))
    fragment = is_fragment(request)
    most = WHILE_TYPING if fragment else ON_PAGE
    groups = found(request.user, query, most) if len(query) >= SHORTEST else []
    context = {
        "query": query,
        "groups": groups,
        "is_short": len(query) < SHORTEST,
        "more_url": f"{reverse('search')}?{request.GET.urlencode()}",
        "most": ON_PAGE,
    }
    return page(request, "config/search.html", context, block="results")


def found(user: User, query: str, most: int) -> list[HitGroup]:
    """Return the hits by kind, each kind one query."""
    groups = (
        HitGroup(_("Phong trào"), tuple(movements(user, query, most))),
        HitGroup(_("Đơn vị"), tuple(units(user, query, most))),
        HitGroup(_("Cá nhân"), tuple(people(user, query, most))),
        HitGroup(_("Văn bản"), tuple(documents(user, query, most))),
    )
    return [group for group in groups if group.hits]


def movements(user: User, query: str, most: int) -> Iterable[Hit]:
    rows = Movement.objects.filter(visible(user), name_matches(query)).select_related("organiser")
    for row in rows.order_by("-year", "-id")[:most]:
        yield Hit(
            row.name, reverse("movements:detail", args=[row.pk]), f"{row.organiser} · {row.year}", "flag"
        )


def units(user: User, query: str, most: int) -> Iterable[Hit]:
    rows = (
        Unit.objects.existing(today())
        .filter(visible_units(user), name_matches(query))
        .select_related("parent")
    )
    for row in rows.order_by("depth", "sort_key")[:most]:
        note = row.parent.name if row.parent else ""
        yield Hit(row.name, reverse("organisations:unit", args=[row.pk]), note, "building-2")


def people(user: User, query: str, most: int) -> Iterable[Hit]:
    """Yield people by name; digits ask for a staff code, as in the list of people."""
    rows = listed_people(user, PeopleFilter(query=query, standing="all"))
    for row in rows.select_related("unit__parent", "record_unit")[:most]:
        note = " · ".join(filter(None, (row.position, *(places_of(row.unit) if row.unit else ()))))
        yield Hit(row.full_name, page_of(user, row, query), note, "user")


def places_of(unit: Unit) -> Iterable[str]:
    """Yield the unit and, as in the list of people, the one above: departments of two authorities share a name."""
    yield unit.name
    if unit.parent and unit.depth > 1:
        yield unit.parent.short_name or unit.parent.name


def page_of(user: User, person: Person, query: str) -> str:
    """Return the person's page, or the list where the visitor may read no more than the name."""
    if may_open_person(user, person):
        return reverse("organisations:person", args=[person.pk])
    return f"{reverse('organisations:people')}?{urlencode({'q': query})}"


def documents(user: User, query: str, most: int) -> Iterable[Hit]:
    kinds = dict(BASIS_TYPES)
    for row in narrowed(known_to(user), {"q": query}).order_by("-issued_on", "pk")[:most]:
        label = f"{kinds.get(row.type, row.type)} {row.number}"
        yield Hit(label, reverse("movements:document", args=[row.pk]), row.issuer, "file-text")

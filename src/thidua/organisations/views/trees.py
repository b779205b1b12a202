"""The tree of units as of any day."""

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.organisations.models import Unit
from thidua.organisations.models.units import UnitQuerySet
from thidua.organisations.permissions import scope_of, visible_units
from thidua.organisations.selectors.trees import (
    as_of,
    children_on,
    named_on,
    parents_in_force,
    tops_on,
)
from thidua.organisations.views.answers import day_asked, unit_asked
from thidua.records.days import today
from thidua.ui.parts import Branch
from thidua.ui.rendering import page

FOUND = 100
OPENED_TOPS = 3
SIBLINGS = 200
"""Units shown under one unit before the reader asks for those that follow."""
WHOLE = 2000
AT_ONCE = 350
"""Units of a whole tree drawn in one answer, which keeps it under 100 KB; script fetches the rest by itself."""
PLACE = re.compile("[0-9]{1,6}")


@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    day, query = day_asked(request), request.GET.get("q", "").strip()
    visible = visible_units(request.user)
    found = list(named_on(day, query).filter(visible).select_related("parent")[: FOUND + 1]) if query else []
    context = {
        "day": day,
        "today": today(),
        "query": query,
        "found": found[:FOUND],
        "found_more": len(found) > FOUND,
        "whole": "all" in request.GET,
        "nodes": [] if query else branches_of(request, day),
        "may_create": scope_of(request.user).allows_somewhere("edit_units"),
        "is_administrator": scope_of(request.user).is_administrator,
    }
    return page(request, "organisations/tree.html", context)


def branches_of(request: HttpRequest, day: date) -> list[Branch]:
    """Return the reader's tree: all of it where that was asked and is not too much, else its beginning."""
    if whole := whole_asked(request, day):
        return whole.piece(None, first_asked(request))
    return top_branches(request, day)


def whole_asked(request: HttpRequest, day: date) -> "WholeTree | None":
    """Return the reader's whole tree where that was asked and is not too much to draw."""
    visible = Unit.objects.filter(visible_units(request.user)).existing(day)
    if "all" not in request.GET or visible.count() > WHOLE:
        return None
    return WholeTree(
        list(as_of(visible, day)), dict(parents_in_force(day).values_list("unit", "parent")), day
    )


class WholeTree:
    """Every unit under its parent, drawn open; one whose parent is not among ``units`` begins a tree.

    It comes in pieces of at most ``AT_ONCE`` units: where a piece ends, the way to the siblings that follow is
    drawn. A piece ends before a unit that does not fit with all below it, unless it would be empty.
    """

    def __init__(self, units: list[Unit], parents: dict[UUID, UUID | None], day: date) -> None:
        known = {unit.pk for unit in units}
        self.day = day
        self.below: dict[UUID | None, list[Unit]] = {}
        for unit in units:
            above = parents.get(unit.pk)
            self.below.setdefault(above if above in known else None, []).append(unit)
        self.sizes: dict[UUID, int] = {}

    def size(self, pk: UUID) -> int:
        """Return how many units a unit and all below it are."""
        if pk not in self.sizes:
            self.sizes[pk] = 1 + sum(self.size(unit.pk) for unit in self.below.get(pk, ()))
        return self.sizes[pk]

    def piece(self, above: UUID | None, first: int) -> list[Branch]:
        """Draw what is under ``above`` (None: the tops) from place ``first`` on, as far as one piece goes."""
        self.left = AT_ONCE
        return self.drawn(above, first)

    def drawn(self, above: UUID | None, first: int = 0) -> list[Branch]:
        found: list[Branch] = []
        for place, unit in enumerate(self.below.get(above, ())[first:], start=first):
            if self.left <= 0 or (found and self.size(unit.pk) > self.left):
                return [*found, self.rest(above, place)]
            self.left -= 1
            drawn = branch_of(unit, self.day)
            found.append(replace(drawn, children=tuple(self.drawn(unit.pk)), open=True, more_url=""))
        return found

    def rest(self, above: UUID | None, place: int) -> Branch:
        if above is None:
            return following(reverse("organisations:tree"), self.day, place, whole=True)
        link = following(reverse("organisations:branch", args=[above]), self.day, place, whole=True)
        return replace(link, more_url=link.url, at_once=True)


def top_branches(request: HttpRequest, day: date) -> list[Branch]:
    """Return the branches a reader's tree begins with; few tops stand open, many stay shut."""
    visible = visible_units(request.user)
    tops, follows = stretch_of(tops_on(day, among=visible), first_asked(request))
    if len(tops) > OPENED_TOPS:
        branches = [branch_of(top, day) for top in tops]
    else:
        branches = [
            replace(branch_of(top, day), children=below(request, top, day), open=True) for top in tops
        ]
    if follows:
        branches.append(following(reverse("organisations:tree"), day, first_asked(request) + len(tops)))
    return branches


def below(request: HttpRequest, above: Unit, day: date, first: int = 0) -> tuple[Branch, ...]:
    """Return what stands directly under a unit from place ``first`` on, and the way to what follows."""
    children, follows = stretch_of(children_on(above, day, among=visible_units(request.user)), first)
    branches = [branch_of(child, day) for child in children]
    if follows:
        rest = following(reverse("organisations:branch", args=[above.pk]), day, first + len(children))
        branches.append(replace(rest, more_url=rest.url))
    return tuple(branches)


def stretch_of(units: UnitQuerySet, first: int) -> tuple[list[Unit], bool]:
    """Return the ``SIBLINGS`` units from place ``first`` on, and whether others follow."""
    found = list(units[first : first + SIBLINGS + 1])
    return found[:SIBLINGS], len(found) > SIBLINGS


def first_asked(request: HttpRequest) -> int:
    """Return the place among siblings from which they are asked for, counted from 0."""
    asked = request.GET.get("from", "")
    return int(asked) if PLACE.fullmatch(asked) else 0


def branch_of(unit: Unit, day: date) -> Branch:
    """Draw a unit as annotated by the selectors of trees; what is under it is fetched when opened."""
    suffix = "" if day == today() else f"?as_of={day.isoformat()}"
    notes = [unit.kind.name] if unit.body_role == Unit.BodyRole.ORDINARY else [unit.get_body_role_display()]
    address = reverse("organisations:branch", args=[unit.pk]) + suffix
    return Branch(
        label=unit.name_on,  # type: ignore[attr-defined]  # annotated by the selector
        url=reverse("organisations:unit", args=[unit.pk]) + suffix,
        note=", ".join(notes),
        more_url=address if getattr(unit, "has_children", False) else "",
    )


def following(address: str, day: date, first: int, *, whole: bool = False) -> Branch:
    """Draw the way to the page of the siblings from place ``first`` on, with all below them where ``whole``."""
    asked: dict[str, object] = {"all": 1} if whole else {}
    asked |= {"from": first} | ({} if day == today() else {"as_of": day.isoformat()})
    return Branch(label=_("Xem các đơn vị tiếp theo"), url=f"{address}?{urlencode(asked)}", follows=True)


@require_GET
def branch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer the list items under a unit; without script, a page of them."""
    unit, day, first = unit_asked(request, pk), day_asked(request), first_asked(request)
    whole = whole_asked(request, day)
    context = {
        "unit": unit,
        "day": day,
        "today": today(),
        "nodes": whole.piece(unit.pk, first) if whole else below(request, unit, day, first),
    }
    return page(request, "organisations/branch.html", context, block="units")

"""A unit's page, and the forms that make one or set its facts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thidua.organisations.forms.units import NameCorrectionForm, UnitFactsForm, UnitForm
from thidua.organisations.models import Unit, UnitName
from thidua.organisations.models.units import UnitQuerySet
from thidua.organisations.permissions import (
    may,
    may_open_person,
    may_open_unit,
    may_reorganise,
    require,
    scope_of,
    visible_clusters,
    visible_units,
)
from thidua.organisations.selectors.trees import ancestors_on, children_on
from thidua.organisations.selectors.units import (
    counts_below,
    life_of,
    memberships_of,
    name_on,
    people_of,
    roles_on,
)
from thidua.organisations.services.founding import correct_unit
from thidua.organisations.services.units import correct_name, create_unit
from thidua.organisations.views.answers import (
    actor_of,
    acts_on,
    day_asked,
    refusal,
    show_refusal,
    unit_asked,
    units_allowing,
)
from thidua.organisations.views.people import row_named
from thidua.organisations.wording import happening_sentence
from thidua.records.days import SINCE_EVER, today
from thidua.records.models import ChangedMeanwhileError
from thidua.records.refusals import RefusedError
from thidua.ui.rendering import is_fragment, page

PEOPLE_SHOWN = 30


@require_GET
def unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the unit; ``life`` adds what happened to it, which a browser with scripts asks for apart."""
    asked, day = unit_asked(request, pk), day_asked(request)
    user = request.user
    knows = scope_of(user).allows("view", asked)
    life = life_shown(request, asked, knows=knows) if "life" in request.GET else None
    if is_fragment(request) and life:
        return page(request, "organisations/unit.html", life, block="life")
    people = people_of(asked, day)
    units_below, people_below = counts_below(asked, today()) if knows else (0, len(people))
    context = {
        "unit": asked,
        "name": name_on(asked, day),
        "day": day,
        "today": today(),
        "crumbs": [one for one in ancestors_on(asked, day) if may_open_unit(user, one)],
        "subunits": list(children_on(asked, day, among=visible_units(user))),
        "people": people[:PEOPLE_SHOWN],
        "people_count": len(people),
        "openable": {one.pk for one in people[:PEOPLE_SHOWN] if may_open_person(user, one)},
        "units_below": units_below,
        "people_below": people_below,
        "memberships": memberships_of(asked, day, visible_clusters(user)),
        "knows": knows,
        "keeps_records": may(user, "edit_records", asked),
        "roles": roles_on(asked, day) if knows else [],
        "may_edit": may(user, "edit_units", asked),
        "may_reorganise": may_reorganise(user, asked),
        "may_edit_people": may(user, "edit_people", asked),
        "may_give": may(user, "give_role", asked),
    }
    return page(request, "organisations/unit.html", context | (life or {"life": None}))


def life_shown(request: HttpRequest, unit: Unit, *, knows: bool) -> dict[str, Any]:
    """Return what happened to the unit and, for who ``knows`` it, what was done about it."""
    life = life_of(unit)
    return {
        "life": [(line, happening_sentence(line)) for line in life],
        "since_ever": SINCE_EVER,
        "linked_units": {
            line.unit.pk for line in life if line.unit and may_open_unit(request.user, line.unit)
        },
        "history": acts_on("organisations.unit", unit.pk) if knows else [],
    }


def only_top(units: UnitQuerySet) -> Unit | None:
    """Return the one unit above all others, under which a new one is meant to stand; None where there are two."""
    tops = list(units.filter(parent=None)[:2])
    return tops[0] if len(tops) == 1 else None


@require_http_methods(["GET", "POST"])
def unit_create(request: HttpRequest) -> HttpResponse:
    user = actor_of(request)
    parents = units_allowing(request, "edit_units")
    above = row_named(request, "parent", parents)
    if not parents.exists() and not scope_of(user).is_administrator:
        raise refusal(request, "edit_units")
    form = UnitForm(
        request.POST or None,
        parents=parents,
        is_top=scope_of(user).is_administrator,
        initial={"parent": above or only_top(parents)},
    )
    if form.is_valid():
        try:
            made = create_unit(
                user,
                form.new_unit(),
                founded_on=form.founding_day(),
                decision=form.cleaned_data["decision"],
            )
        except RefusedError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Đã lập %(unit)s.") % {"unit": made.name})
            return redirect("organisations:unit", pk=made.pk)
    return page(request, "organisations/unit_create.html", {"form": form, "above": above})


@require_http_methods(["GET", "POST"])
def unit_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    unit = unit_asked(request, pk)
    require(request.user, "edit_units", unit)
    initial = {"version": unit.version, "founded_on": unit.founding_day}
    form = UnitFactsForm(request.POST or None, instance=unit, initial=initial)
    if form.is_valid():
        try:
            correct_unit(actor_of(request), unit, version=form.cleaned_data["version"], **form.facts())
        except (RefusedError, ChangedMeanwhileError) as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Đã lưu thông tin của %(unit)s.") % {"unit": unit.name})
            return redirect("organisations:unit", pk=pk)
    context = {"form": form, "unit": unit, "names": unit.names.all(), "since_ever": SINCE_EVER}
    return page(request, "organisations/unit_edit.html", context)


@require_http_methods(["GET", "POST"])
def name_correct(request: HttpRequest, pk: UUID, row: UUID) -> HttpResponse:
    unit = unit_asked(request, pk)
    require(request.user, "edit_units", unit)
    name = get_object_or_404(UnitName, pk=row, unit=unit)
    initial = {"name": name.name, "short_name": name.short_name, "version": unit.version}
    form = NameCorrectionForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            correct_name(actor_of(request), name, **form.cleaned_data)
        except (RefusedError, ChangedMeanwhileError) as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Đã sửa tên ghi sai."))
            return redirect("organisations:unit", pk=pk)
    return page(request, "organisations/name_correct.html", {"form": form, "unit": unit, "row": name})

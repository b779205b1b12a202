"""The record of honours of a person and of a unit: a quiet line of years."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from thidua.honours.models import Honour
from thidua.honours.permissions import WRITE, may_write_for_person
from thidua.honours.selectors.records import Year, given_at, life_of, of_person, of_unit
from thidua.honours.selectors.register import as_of
from thidua.honours.views.register import STATES, note_taken_out, workbook
from thidua.organisations.models import Person
from thidua.organisations.permissions import User, may, may_on_record, not_allowed, require, scope_of
from thidua.organisations.views.answers import day_asked, person_asked, unit_asked
from thidua.records.days import today
from thidua.ui.rendering import page


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Open the signed-in person's own record."""
    own = scope_of(request.user).person_id
    if own is None:
        raise Http404
    return redirect("honours:person", pk=own)


@require_GET
def person(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    asked, day = person_asked(request, pk), day_asked(request)
    years = life_of(of_person(asked), day)
    if request.GET.get("format") == "xlsx":
        if not may_export_record(request.user, asked):
            raise not_allowed("export", asked.record_unit or asked.root)
        note_taken_out(request, {"person": str(pk)})
        return workbook((row for year in years for row in year.honours), "ho-so-khen-thuong.xlsx")
    context = {
        "person": asked,
        "years": years,
        "day": day,
        "today": today(),
        "is_own": scope_of(request.user).person_id == asked.pk,
        "may_enter": may_write_for_person(request.user, asked),
        "may_export": may_export_record(request.user, asked),
        "states": STATES,
        **summary(years),
    }
    return page(request, "honours/person.html", context)


@require_GET
def unit(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    asked, day = unit_asked(request, pk), day_asked(request)
    years = life_of(of_unit(asked), day)
    if request.GET.get("format") == "xlsx":
        require(request.user, "export", asked)
        note_taken_out(request, {"unit": str(pk)})
        return workbook((row for year in years for row in year.honours), "ho-so-khen-thuong.xlsx")
    knows = may(request.user, "view", asked)
    people = as_of(given_at(asked), day).exclude(state=Honour.State.VOID) if knows else None
    context = {
        "unit": asked,
        "years": years,
        "day": day,
        "today": today(),
        "knows": knows,
        "people_count": people.count() if people is not None else 0,
        "may_enter": may(request.user, WRITE, asked),
        "may_export": may(request.user, "export", asked),
        "states": STATES,
        **summary(years),
    }
    return page(request, "honours/unit.html", context)


def may_export_record(user: User, asked: Person) -> bool:
    """Say whether the record may be taken out: one's own always is."""
    return scope_of(user).person_id == asked.pk or may_on_record(user, "export", asked)


def summary(years: list[Year]) -> dict[str, object]:
    """Count what still holds: all of it, what the State gave, and the latest title."""
    held = [row for year in years for row in year.honours if row.state_on == Honour.State.HELD]  # type: ignore[attr-defined]  # annotated by as_of
    titles = [row for row in held if row.is_title]
    return {
        "held": len(held),
        "of_state": sum(row.is_of_state for row in held),
        "latest_title": titles[0] if titles else None,
    }

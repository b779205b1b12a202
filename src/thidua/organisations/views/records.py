"""A person's record of ratings, leave and discipline; a unit's ratings of a year in one table."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.organisations.forms.records import (
    DisciplineForm,
    LeaveForm,
    RatingForm,
    UnitRatingsForm,
    decision_initial,
)
from thidua.organisations.models import Discipline, Leave, Person, Rating, Unit
from thidua.organisations.permissions import (
    may,
    may_on_record,
    may_see_sensitive,
    not_allowed,
    require,
)
from thidua.organisations.selectors.records import RatedPerson, rated_in, record_of
from thidua.organisations.services.record_keeping import (
    Mark,
    change_discipline,
    change_leave,
    record_discipline,
    record_leave,
    remove_dated,
    remove_rating,
    set_ratings,
)
from thidua.organisations.views.answers import (
    actor_of,
    changed_sentence,
    person_asked,
    show_refusal,
    unit_asked,
)
from thidua.records.days import today
from thidua.records.models import ChangedMeanwhileError
from thidua.records.refusals import RefusedError
from thidua.ui.rendering import page

FIRST_YEAR = 1990


@require_GET
def person_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_asked(request, pk)
    context = {
        "person": person,
        "record": record_of(request.user, person),
        "today": today(),
        "keeps": may_on_record(request.user, "edit_records", person),
        "keeps_sensitive": may_on_record(request.user, "edit_sensitive", person),
        "health": Leave.HEALTH,
    }
    return page(request, "organisations/person_record.html", context)


def kept(request: HttpRequest, pk: UUID, action: str) -> Person:
    """Return the person on whose record the reader may do ``action``. Raises Http404, PermissionNeeded.

    Who may not even know of discipline is told nothing of a page for it.
    """
    person = person_asked(request, pk)
    if may_on_record(request.user, action, person):
        return person
    if action == "edit_sensitive" and not may_see_sensitive(request.user, person):
        raise Http404
    if person.record_unit is None:
        raise Http404
    raise not_allowed(action, person.record_unit)


def row_of_person(rows: Any, pk: UUID) -> Any:
    row = rows.select_related("decision").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def back(person: Person) -> HttpResponse:
    return redirect("organisations:person_record", pk=person.pk)


@require_http_methods(["GET", "POST"])
def rating(request: HttpRequest, pk: UUID, row: UUID | None = None) -> HttpResponse:
    """Write a year's rating, or correct one."""
    person = kept(request, pk, "edit_records")
    known: Rating | None = row_of_person(person.ratings, row) if row else None
    initial = {"year": known.year, "level": known.level, "version": known.version} if known else {}
    form = RatingForm(
        request.POST or None, initial={"year": today().year} | initial | decision_initial(known)
    )
    if known:
        form.fields["year"].disabled = True
    if form.is_valid():
        given = form.cleaned_data
        mark = Mark(person, given["level"], given["version"])
        try:
            set_ratings(actor_of(request), given["year"], [mark], form.decision())
        except RefusedError as error:
            show_refusal(form, error)
        except ChangedMeanwhileError as error:
            form.add_error(None, changed_sentence(error) if known else _already_rated(given["year"]))
        else:
            messages.success(request, _("Đã ghi xếp loại năm %(year)s.") % {"year": given["year"]})
            return back(person)
    return record_form(request, person, form, _("Sửa xếp loại") if known else _("Ghi xếp loại"), known)


def _already_rated(year: int) -> str:
    return _("Năm %(year)s đã có xếp loại. Mở hồ sơ và sửa dòng của năm đó.") % {"year": year}


@require_http_methods(["GET", "POST"])
def leave_entry(request: HttpRequest, pk: UUID, row: UUID | None = None) -> HttpResponse:
    """Write a leave, or correct one."""
    person = kept(request, pk, "edit_records")
    sensitive = may_on_record(request.user, "edit_sensitive", person)
    rows = person.leaves.all() if sensitive else person.leaves.exclude(kind__in=Leave.HEALTH)
    known: Leave | None = row_of_person(rows, row) if row else None
    form = LeaveForm(
        request.POST or None, initial=dated_initial(known, "kind", "result"), sensitive=sensitive
    )
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            if known:
                change_leave(actor_of(request), known, form.absence(), version=version)
            else:
                record_leave(actor_of(request), person, form.absence())
        except (RefusedError, ChangedMeanwhileError) as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Đã ghi thời gian nghỉ."))
            return back(person)
    return record_form(
        request, person, form, _("Sửa thời gian nghỉ") if known else _("Ghi thời gian nghỉ"), known
    )


@require_http_methods(["GET", "POST"])
def discipline(request: HttpRequest, pk: UUID, row: UUID | None = None) -> HttpResponse:
    """Write a disciplinary measure, or correct or end one."""
    person = kept(request, pk, "edit_sensitive")
    known: Discipline | None = row_of_person(person.disciplines, row) if row else None
    form = DisciplineForm(request.POST or None, initial=dated_initial(known, "level"))
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            if known:
                change_discipline(actor_of(request), known, form.measure(), version=version)
            else:
                record_discipline(actor_of(request), person, form.measure())
        except (RefusedError, ChangedMeanwhileError) as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Đã ghi kỷ luật."))
            return back(person)
    return record_form(request, person, form, _("Sửa kỷ luật") if known else _("Ghi kỷ luật"), known)


def dated_initial(row: Leave | Discipline | None, *names: str) -> dict[str, Any]:
    if row is None:
        return {"valid_from": today()}
    shown = {name: getattr(row, name) for name in (*names, "valid_from", "last_day", "version")}
    return shown | decision_initial(row)


def record_form(
    request: HttpRequest,
    person: Person,
    form: forms.Form,
    heading: str,
    row: Rating | Leave | Discipline | None,
) -> HttpResponse:
    context = {"form": form, "person": person, "heading": heading, "row": row, "remove_url": ""}
    if row is not None:
        kind = type(row).__name__.lower()
        context["remove_url"] = reverse("organisations:record_remove", args=[person.pk, kind, row.pk])
    return page(request, "organisations/record_form.html", context)


@require_POST
def record_remove(request: HttpRequest, pk: UUID, kind: str, row: UUID) -> HttpResponse:
    """Take away a line written by mistake."""
    person, user = (
        kept(request, pk, "edit_sensitive" if kind == "discipline" else "edit_records"),
        request.user,
    )
    rows: dict[str, Any] = {
        "rating": person.ratings,
        "leave": person.leaves,
        "discipline": person.disciplines,
    }
    if kind not in rows:
        raise Http404
    found = row_of_person(rows[kind], row)
    if (
        isinstance(found, Leave)
        and found.kind in Leave.HEALTH
        and not may_on_record(user, "edit_sensitive", person)
    ):
        raise Http404
    version = int(request.POST["version"]) if request.POST.get("version", "").isdecimal() else None
    try:
        if isinstance(found, Rating):
            remove_rating(actor_of(request), found, version=version)
        else:
            remove_dated(actor_of(request), found, version=version)
    except ChangedMeanwhileError as error:
        messages.warning(request, changed_sentence(error))
    else:
        messages.success(request, _("Đã bỏ dòng ghi sai; nhật ký còn giữ việc này."))
    return back(person)


@require_http_methods(["GET", "POST"])
def unit_ratings(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show and write the ratings of everybody in the unit for one year, and of the unit itself."""
    unit = unit_asked(request, pk)
    require(request.user, "view", unit)
    year = year_asked(request)
    lines = rated_in(unit, year, min(date(year, 12, 31), today()))
    own = Rating.objects.filter(unit=unit, year=year).first()
    keeps = may(request.user, "edit_records", unit)
    form = UnitRatingsForm(request.POST or None)
    if request.method == "POST":
        require(request.user, "edit_records", unit)
        if form.is_valid() and write_unit_ratings(request, unit, year, lines, form):
            return redirect(f"{reverse('organisations:unit_ratings', args=[pk])}?year={year}")
    chosen = request.POST if request.method == "POST" else {}
    context = {
        "unit": unit,
        "year": year,
        "years": range(today().year, today().year - 12, -1),
        "lines": lines,
        "own": own,
        "levels": Rating.Level.choices,
        "keeps": keeps,
        "form": form,
        "chosen": chosen,
        "rated": sum(line.rating is not None for line in lines),
    }
    return page(request, "organisations/unit_ratings.html", context)


def year_asked(request: HttpRequest) -> int:
    given = request.GET.get("year", "")
    year = int(given) if given.isdecimal() and len(given) == len("2026") else today().year
    return min(max(year, FIRST_YEAR), today().year)


def write_unit_ratings(
    request: HttpRequest, unit: Unit, year: int, lines: list[RatedPerson], form: UnitRatingsForm
) -> bool:
    """Write what was chosen; say how many were written, or into ``form`` why none was."""
    subjects: list[Person | Unit] = [unit, *(line.person for line in lines)]
    try:
        changed = set_ratings(actor_of(request), year, marks_of(request, subjects), form.decision())
    except (RefusedError, ChangedMeanwhileError) as error:
        show_refusal(form, error)
        return False
    facts = {"n": len(changed), "year": year}
    words = ngettext(
        "Đã ghi %(n)s xếp loại năm %(year)s.", "Đã ghi %(n)s xếp loại năm %(year)s.", len(changed)
    )
    messages.success(request, words % facts)
    return True


def marks_of(request: HttpRequest, subjects: list[Person | Unit]) -> list[Mark]:
    """Read the choices; a line left blank is left as it is."""
    marks = []
    for subject in subjects:
        level = request.POST.get(f"level-{subject.pk}", "")
        seen = request.POST.get(f"seen-{subject.pk}", "")
        if level in Rating.Level.values:
            marks.append(Mark(subject, level, int(seen) if seen.isdecimal() else None))
    return marks

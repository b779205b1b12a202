"""The list of people, a person's page, and the forms of people."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thidua.organisations.forms.people import PeopleFilterForm, PersonFactsForm, PersonForm
from thidua.organisations.managing import may_manage_account
from thidua.organisations.models import Person, Post, Unit
from thidua.organisations.permissions import (
    may,
    may_give,
    may_open_person,
    may_open_unit,
    may_see_birth_date,
    may_see_contacts,
    scope_of,
    visible_units,
)
from thidua.organisations.selectors.people import (
    PeopleFilter,
    likely_same,
    listed_people,
    page_of,
)
from thidua.organisations.services.people import change_person, create_person
from thidua.organisations.views.answers import (
    actor_of,
    acts_on,
    person_asked,
    refusal,
    show_refusal,
    units_allowing,
)
from thidua.organisations.views.posts import kept_person
from thidua.records.days import today
from thidua.records.models import ChangedMeanwhileError
from thidua.records.refusals import RefusedError
from thidua.ui.parts import Chip, changed, keyed_pager, size_asked
from thidua.ui.rendering import is_fragment, page


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    asked_of = with_unit_named(request.GET, request)
    form = PeopleFilterForm(
        asked_of, units=Unit.objects.filter(visible_units(request.user)).existing(today())
    )
    query = request.GET.get("q", "").strip()
    asked = form.asked(query)
    size = size_asked(request.GET)
    shown = page_of(
        listed_people(request.user, asked),
        size,
        after=cursor(request, "after"),
        before=cursor(request, "before"),
        searched=asked.by_name,
    )
    context = {
        "form": form,
        "query": query,
        "people": shown.people,
        "openable": {one.pk for one in shown.people if may_open_person(request.user, one)},
        "pager": keyed_pager(request.GET, shown, size),
        "chips": chips(request, asked),
        "filtered": bool(chips(request, asked) or form.errors),
        "kinds": dict(Post.StaffKind.choices),
        "may_add": scope_of(request.user).allows_somewhere("edit_people"),
    }
    return page(request, "organisations/people.html", context, block="list")


def with_unit_named(given: QueryDict, request: HttpRequest) -> QueryDict:
    """Let a link name the unit by its id; the field then shows its name."""
    try:
        pk = UUID(given.get("unit", ""))
    except ValueError:
        return given
    unit = Unit.objects.filter(visible_units(request.user), pk=pk).select_related("parent").first()
    named = given.copy()
    named["unit"] = PeopleFilterForm.base_fields["unit"].label_of(unit) if unit else ""  # type: ignore[attr-defined]
    return named


def cursor(request: HttpRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def row_named(request: HttpRequest, name: str, rows: QuerySet[Any]) -> Any:
    """Return the row of ``rows`` whose id stands in the address under ``name``, if it is there."""
    pk = cursor(request, name)
    return rows.filter(pk=pk).first() if pk else None


def chips(request: HttpRequest, asked: PeopleFilter) -> list[Chip]:
    kinds = dict(Post.StaffKind.choices)
    standings = {"left": _("Không còn chức vụ"), "all": _("Tất cả")}
    inforce = [
        ("q", _("Tên"), asked.query),
        ("unit", _("Đơn vị"), asked.unit.name if asked.unit else ""),
        ("kind", _("Đối tượng"), str(kinds.get(asked.staff_kind, ""))),
        ("position", _("Chức vụ"), asked.position),
        ("standing", _("Tình trạng"), standings.get(asked.standing, "")),
    ]
    return [
        Chip(label, value, changed(request.GET, **{name: None})) for name, label, value in inforce if value
    ]


@require_GET
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    asked, user = person_asked(request, pk), request.user
    unit = asked.record_unit
    keeps = bool(unit and may(user, "edit_people", unit))
    knows = keeps or bool(unit and scope_of(user).allows("view", unit))
    history = acts_on("organisations.person", pk) if knows and "history" in request.GET else None
    if is_fragment(request) and history is not None:
        return page(request, "organisations/person.html", {"history": history}, block="history")
    roles = asked.unit_roles.select_related("unit__parent", "stand_in_for__person").order_by("-valid_from")
    context = {
        "person": asked,
        "today": today(),
        "posts": list(asked.posts.select_related("unit").order_by("-valid_from", "-is_main")),
        "roles": list(roles),
        "cluster_roles": list(asked.cluster_roles.select_related("cluster").order_by("-valid_from")),
        "keeps": keeps,
        "sees_unit": bool(asked.unit and may_open_unit(user, asked.unit)),
        "account_words": account_words(asked),
        "sees_birth_date": may_see_birth_date(user, asked),
        "sees_contacts": may_see_contacts(user, asked),
        "manages_account": may_manage_account(user, asked),
        "gives": bool(unit and any(may_give(user, role, unit) for role in ("officer", "auditor"))),
        "knows": knows,
        "history": history,
    }
    return page(request, "organisations/person.html", context)


def account_words(person: Person) -> str:
    if person.account is None:
        return _("chưa có")
    return person.account.username if person.account.opens_on(today()) else _("đã đóng")


@require_http_methods(["GET", "POST"])
def person_create(request: HttpRequest) -> HttpResponse:
    user = actor_of(request)
    units = units_allowing(request, "edit_people")
    chosen = row_named(request, "unit", units)
    if chosen is None and not scope_of(user).allows_somewhere("edit_people"):
        raise refusal(request, "edit_people")
    initial = {"unit": chosen, "valid_from": today(), "staff_kind": Post.StaffKind.CIVIL_SERVANT}
    form = PersonForm(request.POST or None, units=units, initial=initial)
    alike = []
    if form.is_valid():
        given = form.cleaned_data
        alike = likely_same(given["full_name"], given["birth_date"], given["unit"])
        if not alike or given["confirmed"]:
            try:
                made = create_person(user, form.new_person())
            except RefusedError as error:
                show_refusal(form, error)
            else:
                messages.success(request, _("Đã thêm hồ sơ của %(person)s.") % {"person": made.full_name})
                return redirect("organisations:person", pk=made.pk)
    return page(request, "organisations/person_create.html", {"form": form, "alike": alike, "unit": chosen})


@require_http_methods(["GET", "POST"])
def person_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    asked = kept_person(request, pk)
    form = PersonFactsForm(request.POST or None, instance=asked, initial={"version": asked.version})
    if form.is_valid():
        try:
            change_person(actor_of(request), asked, version=form.cleaned_data["version"], **form.facts())
        except (RefusedError, ChangedMeanwhileError) as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Đã lưu hồ sơ."))
            return redirect(reverse("organisations:person", args=[pk]))
    return page(request, "organisations/person_edit.html", {"form": form, "person": asked})

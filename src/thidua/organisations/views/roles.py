"""The roles on a unit: what each may do, give one after seeing its reach, end one, name a stand-in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thidua.organisations.forms.roles import EndRoleForm, RoleForm, StandInForm
from thidua.organisations.managing import may_manage_account
from thidua.organisations.models import Person, Unit, UnitRole
from thidua.organisations.permissions import (
    givable_roles,
    may_end,
    may_name_stand_in,
    not_allowed,
    require,
    visible_people,
)
from thidua.organisations.selectors.roles import reach_of, table_of_actions
from thidua.organisations.selectors.units import roles_on
from thidua.organisations.services.roles import check_role, check_stand_in, end_role, give_role, name_stand_in
from thidua.organisations.views.answers import actor_of, show_refusal, unit_asked
from thidua.organisations.views.people import row_named
from thidua.records.days import today
from thidua.records.models import ChangedMeanwhileError
from thidua.records.refusals import RefusedError
from thidua.ui.rendering import page


@require_GET
def roles(request: HttpRequest, pk: UUID) -> HttpResponse:
    unit = unit_asked(request, pk)
    require(request.user, "view", unit)
    rows = roles_on(unit, today())
    context = {
        "unit": unit,
        "today": today(),
        "rows": [(row, may_end(request.user, row), may_name_stand_in(request.user, row)) for row in rows],
        "actions": table_of_actions(unit),
        "role_names": [label for _role, label in UnitRole.Role.choices],
        "may_give": bool(givable_roles(request.user, unit)),
    }
    return page(request, "organisations/roles.html", context)


@require_http_methods(["GET", "POST"])
def role_give(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask who gets which role; show its reach; give it once that was agreed to."""
    unit = unit_asked(request, pk)
    givable = givable_roles(request.user, unit)
    if not givable:
        raise not_allowed("give_role", unit)
    people = choosable_people(request, unit)
    chosen = row_named(request, "person", people)
    initial = {"person": chosen, "valid_from": today()}
    form = RoleForm(request.POST or None, people=people, givable=givable, initial=initial)
    reach = None
    if form.is_valid() and "back" not in request.POST:
        try:
            if "agreed" in request.POST:
                return given(request, unit, form)
            check_role(actor_of(request), unit=unit, **facts_of(form))
        except RefusedError as error:
            show_refusal(form, error)
        else:
            reach = reach_of(form.cleaned_data["role"], unit)
    return page(request, "organisations/role_give.html", {"form": form, "unit": unit, "reach": reach})


def given(request: HttpRequest, unit: Unit, form: RoleForm) -> HttpResponse:
    """Give the role. Raises RoleRefusedError."""
    row = give_role(actor_of(request), unit=unit, **form.cleaned_data)
    facts = {"role": row.get_role_display(), "person": row.person.full_name}
    messages.success(request, _("Đã giao vai trò %(role)s cho %(person)s.") % facts)
    if row.person.account_id is None and may_manage_account(request.user, row.person):
        sentence = _("%(person)s chưa có tài khoản nên chưa vào được.") % {"person": row.person.full_name}
        address = reverse("organisations:person_invite", args=[row.person_id])
        link = format_html('{} <a href="{}">{}</a>', sentence, address, _("Mời dùng hệ thống"))
        messages.warning(request, link)
    return redirect("organisations:roles", pk=unit.pk)


def choosable_people(request: HttpRequest, unit: Unit) -> QuerySet[Person]:
    """Return the working people of the unit's root that the reader may open, those of the unit itself included."""
    return Person.objects.filter(
        visible_people(request.user), root=unit.root_id, unit__isnull=False, left_on=None
    )


def role_asked(request: HttpRequest, pk: UUID) -> UnitRole:
    row = (
        UnitRole.objects.select_related("unit__root", "unit__parent", "person", "stand_in_for")
        .filter(pk=pk)
        .first()
    )
    if row is None:
        raise Http404
    if not may_end(request.user, row):
        require(request.user, "give_role", row.unit)
        raise not_allowed("give_role", row.unit)
    return row


@require_http_methods(["GET", "POST"])
def role_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = role_asked(request, pk)
    form = EndRoleForm(request.POST or None, initial={"last_day": today(), "version": row.version})
    if form.is_valid():
        try:
            end_role(actor_of(request), row, **form.cleaned_data)
        except (RefusedError, ChangedMeanwhileError) as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Đã ghi ngày chấm dứt vai trò."))
            return redirect("organisations:roles", pk=row.unit_id)
    stand_ins = row.stand_ins.exclude(valid_until__lte=today()).select_related("person")
    return page(
        request, "organisations/role_end.html", {"form": form, "row": row, "stand_ins": list(stand_ins)}
    )


@require_http_methods(["GET", "POST"])
def role_stand_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask who stands in and when; show the role's reach; write it down once agreed to."""
    row = role_asked(request, pk)
    people = Person.objects.filter(root=row.unit.root_id, unit__in=Unit.objects.within(row.unit).values("pk"))
    form = StandInForm(request.POST or None, people=people.exclude(pk=row.person_id))
    reach = None
    if form.is_valid() and "back" not in request.POST:
        try:
            if "agreed" in request.POST:
                return stand_in_named(request, row, form)
            check_stand_in(row, **facts_of(form))
        except RefusedError as error:
            show_refusal(form, error)
        else:
            reach = reach_of(row.role, row.unit)
    return page(request, "organisations/role_stand_in.html", {"form": form, "row": row, "reach": reach})


def facts_of(form: RoleForm | StandInForm) -> dict[str, Any]:
    """Return what was asked without its reason, which only the row needs."""
    return {name: value for name, value in form.cleaned_data.items() if name != "reason"}


def stand_in_named(request: HttpRequest, row: UnitRole, form: StandInForm) -> HttpResponse:
    """Write the stand-in down. Raises RoleRefusedError."""
    stand_in = name_stand_in(actor_of(request), row, **form.cleaned_data)
    messages.success(request, _("Đã cử %(person)s thay.") % {"person": stand_in.person.full_name})
    return redirect("organisations:roles", pk=row.unit_id)

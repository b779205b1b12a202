"""Accounts: who has one, invite, reset, close, open again; roles over the installation."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.accounts import services
from thidua.accounts.models import Account, InstallationRole
from thidua.accounts.selectors import username_for
from thidua.organisations.forms.accounts import AccountForm, InstallationRoleForm, InviteForm, OwnerForm
from thidua.organisations.managing import may_manage_account
from thidua.organisations.models import Person
from thidua.organisations.permissions import (
    not_allowed,
    require_administrator,
    scope_of,
)
from thidua.organisations.selectors.accounts import accounts_of_nobody, people_with_accounts, standing_of
from thidua.organisations.selectors.people import page_of
from thidua.organisations.selectors.roles import reach_of_installation
from thidua.organisations.services.logins import invite_person
from thidua.organisations.services.people import connect_account
from thidua.organisations.views.answers import actor_of, person_asked, refusal, show_refusal
from thidua.organisations.views.people import cursor
from thidua.records.days import today
from thidua.records.refusals import RefusedError
from thidua.ui.parts import keyed_pager
from thidua.ui.rendering import page

SIZE = 50
Role = InstallationRole.Role


@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    if not (scope.allows_somewhere("give_role") or scope.allows_somewhere("edit_people")):
        raise refusal(request, "give_role")
    query, having = request.GET.get("q", "").strip(), request.GET.get("without") != "1"
    rows = people_with_accounts(request.user, query, having=having)
    shown = page_of(rows, SIZE, after=cursor(request, "after"), before=cursor(request, "before"))
    ids = [person.pk for person in shown.people]
    people = list(
        Person.objects.filter(pk__in=ids).select_related("account", "unit__parent").order_by("sort_key", "pk")
    )
    context = {
        "query": query,
        "having": having,
        "people": [(person, standing_of(person.account, today())) for person in people],
        "pager": keyed_pager(request.GET, shown, SIZE, sizes=(SIZE,)),
        "others": [(one, standing_of(one, today())) for one in accounts_of_nobody()]
        if scope.is_administrator
        else [],
        "is_administrator": scope.is_administrator,
        "installation_roles": holders() if scope.is_administrator else [],
    }
    return page(request, "organisations/accounts.html", context, block="list")


def holders() -> list[InstallationRole]:
    rows = InstallationRole.objects.exclude(valid_until__lte=today()).select_related("account")
    return list(rows.order_by("role", "account__full_name"))


def managed_person(request: HttpRequest, pk: UUID) -> Person:
    """Return the person whose account the reader may look after. Raises Http404, PermissionNeeded."""
    person = person_asked(request, pk)
    if not may_manage_account(request.user, person):
        if person.record_unit is None:
            raise Http404
        raise not_allowed("give_role", person.record_unit)
    return person


@never_cache
@require_http_methods(["GET", "POST"])
def person_invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make the person's account and show the link once."""
    person = managed_person(request, pk)
    if person.account:
        return redirect("organisations:person_account", pk=pk)
    initial = {"username": username_for(person.full_name), "email": person.email}
    form = InviteForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            account, token = invite_person(actor_of(request), person, **form.cleaned_data)
        except services.UsernameTakenError as error:
            form.add_error("username", _("Tên “%(username)s” đã có người dùng. Chọn tên khác.") % vars(error))
        else:
            return link_page(request, account, token, back=reverse("organisations:person", args=[pk]))
    return page(request, "organisations/person_invite.html", {"form": form, "person": person})


def link_page(request: HttpRequest, account: Account, token: str, *, back: str) -> HttpResponse:
    """Show a one-time link, which is kept nowhere."""
    address = (
        settings.BASE_URL if settings.BASE_URL.startswith("https://") else request.build_absolute_uri("/")
    )
    link = address.rstrip("/") + reverse("accounts:public:accept", args=[token])
    context = {"account": account, "link": link, "back": back, "days": services.INVITATION_LASTS.days}
    return page(request, "organisations/invitation_link.html", context)


@require_GET
def person_account(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = managed_person(request, pk)
    if person.account is None:
        return redirect("organisations:person_invite", pk=pk)
    return account_page(request, person.account, person)


@require_GET
def account(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an account tied to nobody; that of a person stands with the person."""
    require_administrator(request.user)
    asked = get_object_or_404(Account, pk=pk)
    person = Person.objects.filter(account=asked).first()
    return (
        redirect("organisations:person_account", pk=person.pk)
        if person
        else account_page(request, asked, None)
    )


def account_page(request: HttpRequest, asked: Account, person: Person | None) -> HttpResponse:
    scope = scope_of(request.user)
    held = asked.installation_roles.exclude(valid_until__lte=today()).order_by("role")
    context: dict[str, Any] = {
        "account": asked,
        "person": person,
        "person_link": format_html(
            '<a href="{}">{}</a>', reverse("organisations:person", args=[person.pk]), person
        )
        if person
        else "",
        "standing": standing_of(asked, today()),
        "is_administrator": scope.is_administrator,
        "roles": list(held) if scope.is_administrator else [],
        "role_choices": [choice for choice in Role.choices if choice[0] not in {row.role for row in held}],
        "is_self": asked.pk == scope.account_id,
    }
    return page(request, "organisations/account.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
def account_create(request: HttpRequest) -> HttpResponse:
    require_administrator(request.user)
    form = AccountForm(request.POST or None)
    if form.is_valid():
        actor = actor_of(request)
        try:
            made = services.create_account(actor, **form.cleaned_data)
        except services.UsernameTakenError as error:
            form.add_error("username", _("Tên “%(username)s” đã có người dùng. Chọn tên khác.") % vars(error))
        else:
            token = services.invite(actor, made)
            return link_page(request, made, token, back=reverse("organisations:account", args=[made.pk]))
    return page(request, "organisations/account_create.html", {"form": form})


@require_http_methods(["GET", "POST"])
def account_connect(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tie an account of nobody to a person, who can then be given roles and acts under that name."""
    require_administrator(request.user)
    asked = get_object_or_404(Account, pk=pk, person=None)
    people = Person.objects.filter(account=None, unit__isnull=False)
    form = OwnerForm(request.POST or None, people=people)
    if form.is_valid():
        try:
            person = connect_account(actor_of(request), form.cleaned_data["person"], asked)
        except RefusedError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Đã gắn tài khoản với %(person)s.") % {"person": person.full_name})
            return redirect("organisations:person_account", pk=person.pk)
    return page(request, "organisations/account_connect.html", {"form": form, "account": asked})


def managed_account(request: HttpRequest, pk: UUID) -> Account:
    asked = get_object_or_404(Account, pk=pk)
    person = Person.objects.filter(account=asked).first()
    if person:
        managed_person(request, person.pk)
    else:
        require_administrator(request.user)
    return asked


@never_cache
@require_POST
def account_reset(request: HttpRequest, pk: UUID) -> HttpResponse:
    asked, actor = managed_account(request, pk), actor_of(request)
    back = reverse("organisations:account_home", args=[pk])
    if asked.pk == actor.pk:
        messages.error(request, _("Đổi mật khẩu của chính mình ở mục Đổi mật khẩu."))
        return redirect(back)
    if not asked.opens_on(today()):
        return link_page(request, asked, services.reopen_account(actor, asked), back=back)
    return link_page(request, asked, services.reset(actor, asked), back=back)


@require_POST
def account_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    asked = managed_account(request, pk)
    try:
        services.close_account(actor_of(request), asked)
    except services.LastAdministratorError:
        messages.error(
            request, _("Đây là người quản trị hệ thống duy nhất. Giao quyền cho người khác trước.")
        )
    else:
        messages.success(request, _("Đã đóng tài khoản; mọi phiên đăng nhập của tài khoản này đã kết thúc."))
    return redirect("organisations:account_home", pk=pk)


@require_GET
def account_home(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lead to the page an account is looked after on."""
    managed_account(request, pk)
    person = Person.objects.filter(account=pk).first()
    if person:
        return redirect("organisations:person_account", pk=person.pk)
    return redirect("organisations:account", pk=pk)


@require_http_methods(["GET", "POST"])
def installation_role_give(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask which role until when; show what it sees; give it once that was agreed to."""
    require_administrator(request.user)
    asked = get_object_or_404(Account, pk=pk, is_active=True)
    held = set(asked.installation_roles.exclude(valid_until__lte=today()).values_list("role", flat=True))
    roles = [choice for choice in Role.choices if choice[0] not in held]
    if not roles:
        return redirect("organisations:account_home", pk=pk)
    form = InstallationRoleForm(request.POST or None, roles=roles, initial={"role": request.GET.get("role")})
    reach = None
    if form.is_valid() and "back" not in request.POST:
        given = form.cleaned_data
        if "agreed" in request.POST:
            services.give_installation_role(
                actor_of(request), asked, given["role"], last_day=given["last_day"]
            )
            facts = {"role": form.role_name(), "name": asked.full_name}
            messages.success(request, _("Đã giao quyền %(role)s cho %(name)s.") % facts)
            return redirect("organisations:account_home", pk=pk)
        reach = reach_of_installation(given["role"])
    context = {"form": form, "account": asked, "reach": reach, "today": today()}
    return page(request, "organisations/installation_role_give.html", context)


@require_POST
def installation_role_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    require_administrator(request.user)
    row = get_object_or_404(InstallationRole, pk=pk)
    try:
        services.end_installation_role(actor_of(request), row)
    except services.LastAdministratorError:
        messages.error(
            request, _("Đây là người quản trị hệ thống duy nhất. Giao quyền cho người khác trước.")
        )
    else:
        messages.success(request, _("Đã thu lại quyền hệ thống."))
    return redirect("organisations:account_home", pk=row.account_id)

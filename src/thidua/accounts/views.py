"""Pages open to visitors: choose a password by a one-time link, enter the demonstration."""

from typing import Any, cast

from allauth.account.views import LoginView
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from thidua.accounts.forms import ChangePasswordForm, PasswordForm
from thidua.accounts.models import Account
from thidua.accounts.services import (
    InvitationNotUsableError,
    WrongPasswordError,
    change_password,
    setup_is_open,
    usable_invitation,
)
from thidua.accounts.services import accept as accept_invitation
from thidua.ui.errors import PermissionNeeded
from thidua.ui.rendering import page

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class SignInView(LoginView):  # type: ignore[misc]  # the library has no types
    """The sign-in page; the demonstration adds its one-click roles."""

    def get_form(self, form_class: Any = None) -> Any:
        """Return the form without the words the library puts inside its fields; the labels say it."""
        form = super().get_form(form_class)
        for field in form.fields.values():
            field.widget.attrs.pop("placeholder", None)
        return form

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**given)
        return context | {"demo_accounts": demo_accounts(), "setup_is_open": setup_is_open()}


sign_in = SignInView.as_view()


def demo_accounts() -> list[Account]:
    """Return the accounts one may enter by a click: none outside the demonstration."""
    if not settings.DEMO_MODE:
        return []
    return list(Account.objects.filter(is_demo=True, is_active=True).order_by("demo_label"))


@never_cache
@require_http_methods(["GET", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """List the roles of the demonstration; posted, enter as the one clicked."""
    if not settings.DEMO_MODE:
        raise Http404
    if request.method == "POST":
        account = get_object_or_404(Account, pk=request.POST.get("account"), is_demo=True, is_active=True)
        login(request, account, backend=BACKEND)
        return redirect(settings.LOGIN_REDIRECT_URL)
    return page(request, "accounts/demo.html", {"demo_accounts": demo_accounts()})


@sensitive_post_parameters("password", "again")
@never_cache
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    try:
        invitation = usable_invitation(token, timezone.now())
    except InvitationNotUsableError as error:
        return page(request, "accounts/invitation_over.html", {"reason": error.reason}, status=410)
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        try:
            accept_invitation(token, form.cleaned_data["password"])
        except InvitationNotUsableError as error:
            return page(request, "accounts/invitation_over.html", {"reason": error.reason}, status=410)
        except ValidationError as error:
            form.add_error("password", error)
        else:
            messages.success(request, _("Đã đặt mật khẩu. Mời đăng nhập."))
            return redirect("account_login")
    return page(request, "accounts/accept.html", {"form": form, "account": invitation.account})


@sensitive_post_parameters("present", "password", "again")
@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def password_change(request: HttpRequest) -> HttpResponse:
    """Let the owner choose a new password; this session goes on, the others end."""
    if not isinstance(request.user, Account) or not request.user.has_usable_password():
        raise PermissionNeeded(_("Tài khoản này vào không cần mật khẩu nên không có gì để đổi."))
    if request.method == "POST" and (
        refused := ratelimit.consume_or_429(request, action="change_password", user=request.user)
    ):
        return cast("HttpResponse", refused)
    form = ChangePasswordForm(request.POST or None)
    if form.is_valid() and changed(request, request.user, form):
        messages.success(request, _("Đã đổi mật khẩu. Các phiên đăng nhập ở máy khác đã hết tác dụng."))
        return redirect(settings.LOGIN_REDIRECT_URL)
    return page(request, "account/password_change.html", {"form": form})


def changed(request: HttpRequest, account: Account, form: ChangePasswordForm) -> bool:
    """Change the password, or say on the form why not."""
    given = form.cleaned_data
    try:
        account = change_password(account, given["present"], given["password"])
    except WrongPasswordError:
        form.add_error("present", _("Mật khẩu đang dùng không đúng. Nhập lại, chú ý bộ gõ tiếng Việt."))
    except ValidationError as error:
        form.add_error("password", error)
    else:
        update_session_auth_hash(request, account)
    return form.is_valid()

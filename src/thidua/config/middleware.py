"""Every page asks for a signed-in account unless its view says otherwise."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import ResolverMatch
from django.utils.translation import gettext as _

from thidua.ui.flash import say_wrong
from thidua.ui.rendering import page_shown

OPEN_NAMESPACES = frozenset({"public"})
OPEN_PREFIXES = ("account_",)


class SignedInByDefaultMiddleware:
    """Sends visitors to the sign-in page; a view with ``login_required = False`` stays open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        del args, kwargs
        if request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        match = request.resolver_match
        if match and is_open(match):
            return None
        return to_sign_in(request)


def is_open(match: ResolverMatch) -> bool:
    """Say whether an address is one of signing in, which go by no subject, or one a subject calls public."""
    if match.namespaces:
        return bool(OPEN_NAMESPACES & set(match.namespaces))
    return (match.url_name or "").startswith(OPEN_PREFIXES)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in page and back to the page one was on; a piece of a page is led there as a whole.

    What was sent was not written, and the sign-in page says so.
    """
    if request.method != "GET":
        say_wrong(request, _("Phiên làm việc đã hết; việc vừa gửi chưa được ghi. Đăng nhập rồi làm lại."))
    if "HX-Request" not in request.headers:
        return redirect_to_login(request.get_full_path())
    page = page_shown(request)
    here = f"/{page.path.lstrip('/')}" + (f"?{page.query}" if page.query else "")
    return HttpResponse(headers={"HX-Redirect": redirect_to_login(here).url})

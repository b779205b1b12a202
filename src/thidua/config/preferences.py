"""Small choices a visitor makes for his own browser."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import i18n
from django.views.decorators.http import require_POST

from thidua.accounts.models import Account
from thidua.accounts.services import speak

THEMES = frozenset({"light", "dark", "auto"})
YEAR = 365 * 24 * 3600


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme in a cookie and go back to the page."""
    onward = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(onward, {request.get_host()}):
        onward = "/"
    response = redirect(onward)
    theme = request.POST.get("theme", "auto")
    if theme in THEMES:
        response.set_cookie("theme", theme, max_age=YEAR, samesite="Lax", httponly=False)
    return response


set_theme.login_required = False  # type: ignore[attr-defined]  # the sign-in page has the switch too


def set_language(request: HttpRequest) -> HttpResponseBase:
    """Keep the chosen language in a cookie, and with the account for its letters; go back to the page."""
    chosen = request.POST.get("language", "")
    if isinstance(request.user, Account) and chosen in dict(settings.LANGUAGES):
        speak(request.user, chosen)
    return i18n.set_language(request)


set_language.login_required = False  # type: ignore[attr-defined]  # as above

"""The home page and the health answer."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache


def home(request: HttpRequest) -> HttpResponse:
    """Send everybody to the work that waits for them."""
    del request
    return redirect("movements:work")


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 while the database answers."""
    del request
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


healthz.login_required = False  # type: ignore[attr-defined]  # read by SignedInByDefaultMiddleware

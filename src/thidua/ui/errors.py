"""Pages for what went wrong: what, why, what now.

``config`` names these as Django's handlers; services of any subject may raise PermissionNeeded.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.utils.translation import get_language

logger = logging.getLogger(__name__)


class PermissionNeeded(PermissionDenied):
    """Refused, and who may change that: names or offices, as the page shows them."""

    def __init__(self, reason: str = "", *, granted_by: Sequence[str] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.granted_by = tuple(granted_by)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    most_files = settings.DATA_UPLOAD_MAX_NUMBER_FILES if isinstance(exception, TooManyFilesSent) else 0
    return render(request, "400.html", {"most_files": most_files}, status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    refused = exception if isinstance(exception, PermissionNeeded) else PermissionNeeded(str(exception))
    return render(
        request, "403.html", {"reason": refused.reason, "granted_by": refused.granted_by}, status=403
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose protection has run out (the page stood open too long, or cookies are off)."""
    logger.info("refused a form at %s: %s", request.path, reason)
    return render(request, "403_csrf.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    del exception  # it names addresses, which help nobody but a prowler
    return render(request, "404.html", status=404)


def too_large(request: HttpRequest, limit_bytes: int = 0) -> HttpResponse:
    return render(request, "413.html", {"limit_bytes": limit_bytes}, status=413)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when nothing can be relied on: no session, no database, no context processors."""
    reference = secrets.token_hex(4).upper()
    logger.error("reference %s: unanswered error at %s %s", reference, request.method, request.path)
    words: dict[str, Any] = {"reference": reference, "language": get_language() or "vi"}
    return HttpResponseServerError(loader.get_template("500.html").render(words))

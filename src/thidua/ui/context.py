"""What every template may rely on, whichever page it is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

import thidua

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"
RAILS = ("wide", "narrow")
RAIL_COOKIE = "rail"


def context(request: HttpRequest) -> dict[str, Any]:
    return {
        "demo_mode": getattr(settings, "DEMO_MODE", False),
        "language": get_language() or settings.LANGUAGE_CODE,
        "languages": settings.LANGUAGES,
        "theme": chosen(request, THEME_COOKIE, THEMES),
        "rail": chosen(request, RAIL_COOKIE, RAILS),
        "version": thidua.__version__,
    }


def chosen(request: HttpRequest, cookie: str, allowed: tuple[str, ...]) -> str:
    """Give the choice a visitor's cookie holds, or the first allowed one."""
    value = request.COOKIES.get(cookie, "")
    return value if value in allowed else allowed[0]

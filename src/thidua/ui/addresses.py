"""Addresses of pages, as templates ask for them: hundreds on a page, of a few kinds.

Django looks for the pattern that fits anew each time. Rows have ids of one form, so that the address of one,
found once, is that of all but for the id.
"""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

_STAND_INS = tuple(UUID(int=(0xFEED << 112) + number) for number in range(4))


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """Give the address of a page. Raises NoReverseMatch."""
    if kwargs or len(args) > len(_STAND_INS) or any(type(arg) is not UUID for arg in args):
        return reverse(name, args=args, kwargs=kwargs)
    found = _address(name, len(args), get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    for stand_in, arg in zip(_STAND_INS, args, strict=False):
        found = found.replace(str(stand_in), str(arg))
    return found


@lru_cache(maxsize=1024)
def _address(name: str, ids: int, urlconf: str, prefix: str) -> str:
    del prefix  # reverse reads it; it only parts what is kept
    return reverse(name, urlconf=urlconf, args=_STAND_INS[:ids])


def url_if(name: str, *args: Any, **kwargs: Any) -> str:
    """Give the address of a page, or nothing where this installation has no such page."""
    try:
        return url(name, *args, **kwargs)
    except NoReverseMatch:
        return ""

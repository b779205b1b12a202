"""Addresses of static files, and the drawings of the icon sprite."""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static as static_address
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_SPRITE = Path(__file__).parent / "static" / "ui" / "icons.svg"
STAMP = 6  # hexadecimal digits; an icon repeats it, and a list holds hundreds of icons
_SIZES = (14, 16, 20, 24, 32)


class UnknownIconError(ValueError):
    """A page asked for an icon the sprite does not hold."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no icon {name!r} in the sprite; vendor/MANIFEST.toml lists the names")
        self.name = name


def static(path: str) -> str:
    """Give the address of a static file with a stamp of its content, so that caches never hold an old one.

    Looked up once for each file, except while developing, when files change under a running process.
    Raises FileNotFoundError for a path no app provides.
    """
    return _address(path) if settings.DEBUG else _kept_address(path)


def _address(path: str) -> str:
    found = finders.find(path)
    if not found:
        raise FileNotFoundError(f"no static file {path!r}")
    stamp = hashlib.sha256(Path(found).read_bytes()).hexdigest()[:STAMP]
    return f"{static_address(path)}?v={stamp}"


_kept_address = cache(_address)


@cache
def icon_names() -> frozenset[str]:
    return frozenset(re.findall(r'<symbol id="([a-z0-9-]+)"', _SPRITE.read_text(encoding="utf-8")))


def icon(name: str, *, size: int = 16, label: str = "") -> SafeString:
    """Draw an icon; without ``label`` it is decoration and a word stands beside it."""
    return _drawn(name, size, label, static("ui/icons.svg"))


@lru_cache(maxsize=512)
def _drawn(name: str, size: int, label: str, sprite: str) -> SafeString:
    if name not in icon_names():
        raise UnknownIconError(name)
    if size not in _SIZES:
        raise ValueError(f"icons are drawn at {_SIZES}, not at {size}")
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" width="{0}" height="{0}" {1}><use href="{2}#{3}"/></svg>', size, said, sprite, name
    )

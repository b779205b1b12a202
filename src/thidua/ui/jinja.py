"""The Jinja2 environment of all pages."""

from __future__ import annotations

from typing import Any

import jinja2
from django.utils import translation
from django.utils.html import json_script
from jinja2.ext import i18n

from thidua.ui import assets, days, formats, parts
from thidua.ui.addresses import url, url_if
from thidua.ui.components import Components

_GLOBALS = {
    "url": url,
    "static": assets.static,
    "icon": assets.icon,
    "json_script": json_script,
    "get_language": translation.get_language,
}
_FILTERS = {
    "day": formats.day,
    "refused_day": days.refused_day,
    "moment": formats.moment,
    "period": formats.period,
    "number": formats.number,
    "percent": formats.percent,
    "total": formats.total,
    "size": formats.size,
    "days_from": formats.days_from,
    "days_late": formats.days_late,
    "initials": formats.initials,
    "changed": parts.changed,
}


def environment(**options: Any) -> jinja2.Environment:
    """Make the environment for Django's Jinja2 backend.

    A name a page does not have raises instead of leaving a blank: an empty place in an official
    list reads as a fact. Optional names are tested with ``is defined``.
    """
    # Django's backend picks a lenient kind itself before it calls us; a blank is never right here.
    options["undefined"] = jinja2.StrictUndefined
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    extensions = [i18n, *options.pop("extensions", [])]
    env = jinja2.Environment(**options, extensions=extensions)  # noqa: S701 - Django's backend turns autoescape on
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(  # type: ignore[attr-defined] # added by the extension
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.globals.update(_GLOBALS, ui=Components(env), url_if=url_if)
    env.filters.update(_FILTERS)
    return env

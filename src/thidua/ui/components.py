"""The name ``ui`` of every template: component macros, and the values they take."""

from __future__ import annotations

from typing import Any

import jinja2

from thidua.ui import parts, widgets

FILES: dict[str, tuple[str, ...]] = {
    "buttons": ("button", "link_button", "menu"),
    "status": ("status", "tag", "progress", "skeleton"),
    "page": ("page_header", "facts", "breadcrumb", "tabs", "pairs"),
    "table": ("table", "pager", "selection_bar", "live_region"),
    "filters": ("filter_bar", "chips", "as_of_day", "search_box", "search_results"),
    "forms": ("field", "form_fields", "error_summary", "form_actions", "drop_zone"),
    "notices": ("notice", "flashes", "empty", "undo_toast", "job"),
    "dialog": ("dialog", "dialog_button"),
    "tree": ("tree", "branches"),
    "timeline": ("timeline", "time_strip", "stepper"),
    "badges": ("person", "unit"),
}
"""Which file under ``ui/components/`` holds which macros."""

_VALUES: dict[str, Any] = {
    "crumb": parts.Crumb,
    "column": parts.Column,
    "chip": parts.Chip,
    "tab": parts.Tab,
    "fact": parts.Fact,
    "branch": parts.Branch,
    "moment": parts.Moment,
    "step": parts.Step,
    "hit": parts.Hit,
    "hit_group": parts.HitGroup,
    "one_of": parts.one_of,
    "states": parts.STATES,
    "tones": parts.TONES,
    "widget_kind": widgets.widget_kind,
    "control": widgets.control,
}
_HOME = {macro: f"ui/components/{file}.html" for file, macros in FILES.items() for macro in macros}


class UnknownComponentError(AttributeError):
    """A page asked for a component that does not exist."""


class Components:
    """Finds a component by name; its file is compiled on first use and shared by all pages."""

    def __init__(self, env: jinja2.Environment) -> None:
        self._env = env

    def __getattr__(self, name: str) -> Any:
        if name in _VALUES:
            return _VALUES[name]
        if name not in _HOME:
            raise UnknownComponentError(f"no component ui.{name}")
        found = getattr(self._env.get_template(_HOME[name]).module, name)
        if not self._env.auto_reload:
            setattr(self, name, found)  # found without asking the next time
        return found

"""Form pieces that Django leaves to us, and what a template asks about a field."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radio"),
    (forms.CheckboxInput, "checkbox"),
    (forms.SelectMultiple, "select"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.DateInput, "day"),
    (forms.NumberInput, "number"),
)


class DayInput(forms.DateInput):
    """The browser's own calendar; it sends and takes ISO days whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Show what cannot be a day as it was typed; the calendar would drop it without a word."""
        drawn = super().get_context(name, value, attrs)
        if value and not _is_day(self.format_value(value)):
            drawn["widget"]["type"] = "text"
        return drawn


def _is_day(written: str | None) -> bool:
    try:
        dt.date.fromisoformat(written or "")
    except ValueError:
        return False
    return True


class DayField(forms.DateField):
    """A day, picked or typed as 30/6/2026."""

    widget = DayInput
    input_formats = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y")
    default_error_messages = {
        "required": _("Chọn hoặc gõ ngày, ví dụ 30/6/2026."),
        "invalid": _("Ngày này không có thật hoặc viết khác dạng 30/6/2026. Gõ lại ngày, tháng, năm."),
    }


def widget_kind(bound: BoundField) -> str:
    """Name the shape in which a field is drawn."""
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    return next((kind for type_, kind in _KINDS if isinstance(widget, type_)), "text")


def control(bound: BoundField, *, described_by: str = "", **attributes: Any) -> str:
    """Draw the field's own control, tied to its help and errors for those who listen."""
    attrs = {name.replace("_", "-"): value for name, value in attributes.items() if value is not None}
    if described_by:
        attrs["aria-describedby"] = described_by
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return bound.as_widget(attrs=attrs)

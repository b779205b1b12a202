"""Form pieces that Django leaves to us, and what a template asks about a field."""

from __future__ import annotations

import datetime as dt
import re
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


YEARS = range(1900, 2200)
_SHORT_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}")


class DayInput(forms.DateInput):
    """A day typed as on paper, 30/6/2026, whatever the browser's language; scripts add a calendar beside it."""

    input_type = "text"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        written = {
            "inputmode": "numeric",
            "autocomplete": "off",
            "placeholder": _("ngày/tháng/năm"),
            "data-day": _("Mở lịch"),
        }
        super().__init__({**written, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, dt.date):
            return f"{value.day}/{value.month}/{value.year}"
        return super().format_value(value)


class DayField(forms.DateField):
    """A day typed as 30/6/2026 or picked; ISO days are taken too, of years people live and plan in."""

    widget = DayInput
    input_formats = ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y")
    default_error_messages = {
        "required": _("Chọn hoặc gõ ngày, ví dụ 30/6/2026."),
        "invalid": _("Ngày này không có thật hoặc viết khác dạng 30/6/2026. Gõ lại ngày, tháng, năm."),
        "short_year": _("Năm viết hai chữ số dễ nhầm. Gõ đủ bốn chữ số, ví dụ 30/6/2026."),
        "out_of_range": _("Chỉ nhận ngày từ năm %(first)s đến năm %(last)s. Kiểm tra lại năm."),
    }

    def to_python(self, value: Any) -> dt.date | None:
        if isinstance(value, str) and _SHORT_YEAR.fullmatch(value.strip()):
            raise forms.ValidationError(self.error_messages["short_year"], code="short_year")
        return super().to_python(value)

    def validate(self, value: dt.date | None) -> None:
        super().validate(value)
        if value and value.year not in YEARS:
            params = {"first": YEARS.start, "last": YEARS.stop - 1}
            raise forms.ValidationError(
                self.error_messages["out_of_range"], code="out_of_range", params=params
            )


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

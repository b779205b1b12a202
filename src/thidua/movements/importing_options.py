"""Of which unit and year a table of registrations is, where a row does not say its year."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.movements.registering import years_open
from thidua.organisations.forms.fields import UnitField
from thidua.organisations.models import Unit
from thidua.records.days import today


class RegistrationsOptionsForm(forms.Form):
    """Both may be left open: then a row stands for any unit one keeps, and for this year."""

    unit = UnitField(
        label=_("Bản đăng ký của đơn vị"),
        required=False,
        help_text=_("Để trống: mỗi dòng vào bản của đơn vị người, tập thể đó."),
    )
    year = forms.TypedChoiceField(label=_("Năm, khi ô trống"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]  # a UnitField
        self.fields["year"].choices = [(year, str(year)) for year in years_open(today())]  # type: ignore[attr-defined]  # a choice
        self.initial.setdefault("year", today().year)


def options_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a valid form's words as JSON."""
    unit = given["unit"]
    return {
        "unit": str(unit.pk) if unit else "",
        "unit_name": unit.name if unit else "",
        "year": given["year"] or today().year,
    }


def lines_of_options(options: Mapping[str, Any]) -> list[tuple[str, str]]:
    named = [
        (gettext("Bản đăng ký của đơn vị"), options.get("unit_name", "")),
        (gettext("Năm, khi ô trống"), str(options.get("year", ""))),
    ]
    return [(name, value) for name, value in named if value]

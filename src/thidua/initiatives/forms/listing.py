"""What the list of initiatives may be narrowed to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.initiatives.models import Initiative
from thidua.initiatives.selectors import Asked
from thidua.organisations.forms.fields import UnitField
from thidua.organisations.models.units import UnitQuerySet


class FilterForm(forms.Form):
    """What the list may be narrowed to."""

    year = forms.IntegerField(label=_("Năm"), required=False, min_value=1990, max_value=2100)
    kind = forms.ChoiceField(
        label=_("Loại"), required=False, choices=[("", _("Mọi loại")), *Initiative.Kind.choices]
    )
    unit = UnitField(label=_("Đơn vị"), required=False)
    state = forms.ChoiceField(
        label=_("Tình trạng"), required=False, choices=[("", _("Mọi tình trạng")), *Initiative.State.choices]
    )
    scope = forms.ChoiceField(
        label=_("Phạm vi"), required=False, choices=[("", _("Mọi phạm vi")), *Initiative.Scope.choices]
    )

    def __init__(self, *args: Any, units: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]  # a UnitField

    def asked(self, query: str, *, mine: bool, waiting: bool) -> Asked:
        self.full_clean()
        given = self.cleaned_data
        return Asked(
            query=query,
            year=given.get("year"),
            unit=given.get("unit"),
            state=given.get("state", ""),
            scope=given.get("scope", ""),
            kind=given.get("kind", ""),
            mine=mine,
            waiting=waiting,
        )

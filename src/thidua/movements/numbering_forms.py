"""What number and day of an issued plan should have been, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.movements.forms import whole_number
from thidua.organisations.forms.fields import VersionField
from thidua.ui.widgets import DayField


class NumberForm(forms.Form):
    """As on the signed paper."""

    number = forms.CharField(label=_("Số, ký hiệu đúng"), max_length=80)
    issued_on = DayField(label=_("Ngày ban hành đúng"))
    reason = forms.CharField(
        label=_("Lý do đính chính"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ví dụ: nhập nhầm số của công văn đi cùng ngày."),
    )
    version = VersionField()

    def __init__(self, *args: Any, symbol: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.symbol = symbol

    def clean_number(self) -> str:
        return whole_number(str(self.cleaned_data["number"]), self.symbol)

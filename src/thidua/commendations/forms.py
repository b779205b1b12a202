"""The question a reader asks: which award, for which year, of which type."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.honours.catalogue import catalogue
from thidua.honours.models import Honour

FIRST_YEAR, LAST_YEAR = 2003, 2100


class QuestionForm(forms.Form):
    """Narrows a verdict; what is left out is filled from the address."""

    award = forms.ChoiceField(label=_("Danh hiệu, hình thức"))
    year = forms.IntegerField(label=_("Thành tích năm"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    type = forms.ChoiceField(label=_("Loại hình"), choices=Honour.Type.choices)
    nothing_pending = forms.BooleanField(label=_("Giả định không có việc đang chờ kết luận"), required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        award = self.fields["award"]
        award.choices = [  # type: ignore[attr-defined]  # a choice field's
            (entry.id, entry.label) for entry in catalogue().values() if kind in entry.subjects
        ]

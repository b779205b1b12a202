"""What a reader asks: which award, for which year; which list, held against which quotas."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.core.eligibility.lists import Quota
from thidua.core.law.words import SubjectKind
from thidua.honours.catalogue import catalogue
from thidua.honours.models import Honour
from thidua.organisations.models import Unit
from thidua.organisations.models.units import UnitQuerySet
from thidua.ui.widgets import DayField

FIRST_YEAR, LAST_YEAR = 2003, 2100


class QuestionForm(forms.Form):
    """Narrows a verdict; what is left out is filled from the address."""

    award = forms.ChoiceField(label=_("Danh hiệu, hình thức"))
    year = forms.IntegerField(label=_("Thành tích năm"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    type = forms.ChoiceField(label=_("Loại hình"), choices=Honour.Type.choices)
    nothing_pending = forms.BooleanField(label=_("Giả định không có việc đang chờ kết luận"), required=False)

    def __init__(self, *args: Any, kind: str, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        award = self.fields["award"]
        award.choices = [  # type: ignore[attr-defined]  # a choice field's
            (entry.id, entry.label) for entry in catalogue().values() if kind in entry.subjects
        ]

    def clean_year(self) -> int:
        """Return the year: at most the next, which one may plan for. Raises ValidationError."""
        year: int = self.cleaned_data["year"]
        if year > self.on.year + 1:
            said = _("Năm %(year)s còn xa: chưa biết gì về năm ấy. Chọn đến năm %(last)s.")
            raise forms.ValidationError(said % {"year": year, "last": self.on.year + 1})
        return year


class QuotaForm(forms.Form):
    """How many a list may hold or aims at; what is left empty is not asked."""

    collectives = forms.IntegerField(
        label=_("Nhiều nhất số tập thể"), min_value=0, max_value=9999, required=False
    )
    persons = forms.IntegerField(
        label=_("Nhiều nhất số cá nhân"), min_value=0, max_value=9999, required=False
    )
    low = forms.IntegerField(label=_("Dự kiến từ"), min_value=0, max_value=99999, required=False)
    high = forms.IntegerField(label=_("Dự kiến đến"), min_value=0, max_value=99999, required=False)
    each_unit = forms.BooleanField(label=_("Áp dụng cho từng đơn vị trực thuộc"), required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        low, high = given.get("low"), given.get("high")
        if low is not None and high is not None and low > high:
            self.add_error("high", _("Số cuối nhỏ hơn số đầu. Đổi lại thứ tự."))
        return given

    @property
    def has_quotas(self) -> bool:
        """Say whether something was typed into the quotas: then their fold stands open."""
        return any(self[name].value() for name in ("collectives", "persons", "low", "high", "each_unit"))

    def quotas(self) -> tuple[list[Quota], list[Quota]]:
        """Return the quotas of the whole list and those of each unit."""
        if not self.is_valid():
            return [], []
        given = self.cleaned_data
        most = [
            Quota(given[name], kind=kind)
            for name, kind in (("collectives", SubjectKind.COLLECTIVE), ("persons", SubjectKind.INDIVIDUAL))
            if given[name] is not None
        ]
        aim = []
        if given["low"] is not None and given["high"] is not None:
            aim = [Quota(between=(given["low"], given["high"]))]
        return (aim, most) if given["each_unit"] else ([*most, *aim], [])


class TypedListForm(QuotaForm):
    """A list pasted or uploaded, with the day of its decision."""

    decided_on = DayField(label=_("Ngày quyết định"))
    year = forms.IntegerField(
        label=_("Thành tích năm"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        required=False,
        help_text=_("Cho những dòng không ghi năm. Để trống: năm của quyết định."),
    )
    root = forms.ModelChoiceField(Unit.objects.none(), label=_("Theo quy định của"), required=False)
    names = forms.CharField(
        label=_("Danh sách"),
        required=False,
        max_length=400_000,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_(
            "Mỗi dòng: tên, danh hiệu hoặc hình thức, đối tượng, năm, thành tích; dán thẳng từ Excel, "
            "hoặc cách nhau bằng dấu |."
        ),
    )
    file = forms.FileField(label=_("Hoặc tệp Excel"), required=False)

    def __init__(self, *args: Any, roots: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["root"].queryset = roots  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not given.get("names") and not given.get("file"):
            self.add_error("names", _("Dán danh sách vào đây, hoặc chọn tệp Excel."))
        return given

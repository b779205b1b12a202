"""Forms of initiative councils."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thidua.initiatives.models import CouncilMember
from thidua.initiatives.services.councils import NewCouncil
from thidua.organisations.forms.fields import PersonField, UnitField
from thidua.organisations.models import Person
from thidua.organisations.models.units import UnitQuerySet
from thidua.ui.widgets import DayField


class CouncilForm(forms.Form):
    """A council to be set up."""

    unit = UnitField(label=_("Đơn vị lập Hội đồng"))
    name = forms.CharField(label=_("Tên Hội đồng"), max_length=200)
    number = forms.CharField(label=_("Số quyết định thành lập"), max_length=80)
    decided_on = DayField(label=_("Ngày quyết định"))
    valid_from = DayField(label=_("Nhiệm kỳ từ ngày"))
    last_day = DayField(label=_("Đến hết ngày"), required=False)

    def __init__(self, *args: Any, units: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]  # a UnitField

    def new_council(self) -> NewCouncil:
        return NewCouncil(**self.cleaned_data)


class SeatForm(forms.Form):
    """A member to be seated."""

    person = PersonField(label=pgettext_lazy("one", "Thành viên"))
    role = forms.ChoiceField(
        label=_("Vai trò"), choices=CouncilMember.Role.choices, initial=CouncilMember.Role.MEMBER
    )
    on = DayField(label=_("Từ ngày"))

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people)  # type: ignore[attr-defined]  # a PersonField

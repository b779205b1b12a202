"""Forms of roles on units, and of standing in."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thidua.organisations.forms.fields import PersonField, VersionField
from thidua.organisations.models import Person, UnitRole
from thidua.ui.widgets import DayField


class RoleForm(forms.Form):
    """Who gets which of the ``givable`` roles, and when."""

    person = PersonField(
        label=_("Giao cho"), help_text=_("Gõ họ tên; người trùng tên được phân biệt bằng chức vụ, đơn vị.")
    )
    role = forms.ChoiceField(label=_("Vai trò"), widget=forms.RadioSelect)
    valid_from = DayField(label=_("Từ ngày"))
    last_day = DayField(
        label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu không định trước ngày hết.")
    )
    reason = forms.CharField(
        label=_("Căn cứ"),
        max_length=200,
        required=False,
        help_text=_("Ví dụ: số, ngày quyết định phân công."),
    )

    def __init__(self, *args: Any, people: QuerySet[Person], givable: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people)  # type: ignore[attr-defined]  # a PersonField
        labels = dict(UnitRole.Role.choices)
        self.fields["role"].choices = [(role, labels[role]) for role in givable]  # type: ignore[attr-defined]  # a ChoiceField

    def role_name(self) -> str:
        """Return the chosen role in words."""
        return str(UnitRole.Role(self.cleaned_data["role"]).label)


class EndRoleForm(forms.Form):
    """The last day of a role."""

    last_day = DayField(
        label=_("Ngày cuối cùng giữ vai trò"), help_text=_("Hết ngày này vai trò mới chấm dứt.")
    )
    reason = forms.CharField(label=_("Lý do"), max_length=200, required=False)
    version = VersionField()


class StandInForm(forms.Form):
    """Who stands in for an absent holder, and on which days."""

    person = PersonField(label=_("Người thay"))
    first_day = DayField(label=_("Thay từ ngày"))
    last_day = DayField(label=_("Đến hết ngày"))
    reason = forms.CharField(
        label=_("Lý do vắng"), max_length=200, help_text=_("Ví dụ: nghỉ phép, đi công tác.")
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people)  # type: ignore[attr-defined]  # a PersonField

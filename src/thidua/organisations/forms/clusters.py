"""Forms of clusters: make, change, fill, appoint, copy."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thidua.organisations.forms.fields import PersonField, UnitField, VersionField
from thidua.organisations.models import Cluster, ClusterRole, Person, Unit
from thidua.organisations.models.units import UnitQuerySet
from thidua.ui.widgets import DayField

FIRST_YEAR, LAST_YEAR = 2000, 2100


class ClusterForm(forms.ModelForm[Cluster]):
    """The facts of a cluster."""

    class Meta:
        model = Cluster
        fields = ("kind", "name", "code", "regulation", "decision")
        labels = {
            "kind": _("Loại"),
            "name": _("Tên"),
            "code": _("Mã"),
            "regulation": _("Quy chế hoạt động"),
            "decision": _("Quyết định phân công trưởng, phó"),
        }
        help_texts = {
            "code": _("Dùng lại cùng mã cho cụm này ở năm sau."),
            "regulation": _("Số, ngày của quy chế."),
        }


class NewClusterForm(ClusterForm):
    """A cluster of a year and the unit that runs it."""

    year = forms.IntegerField(label=_("Năm"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    authority = UnitField(label=_("Đơn vị tổ chức"))
    field_order = ("authority", "year", "kind", "name", "code", "regulation", "decision")

    def __init__(self, *args: Any, units: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].offer(units)  # type: ignore[attr-defined]  # a UnitField


class ClusterFactsForm(ClusterForm):
    """The facts of a cluster that is there."""

    version = VersionField()

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class MembersForm(forms.Form):
    """Units to put into a cluster."""

    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=_("Đơn vị"), widget=forms.CheckboxSelectMultiple, required=False
    )
    other = UnitField(label=_("Đơn vị khác"), required=False)
    block = forms.CharField(label=_("Xếp vào khối"), max_length=120, required=False)
    valid_from = DayField(label=_("Từ ngày"))

    def __init__(self, *args: Any, candidates: UnitQuerySet, everyone: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = candidates  # type: ignore[attr-defined]  # a ModelMultipleChoiceField
        self.fields["other"].offer(everyone)  # type: ignore[attr-defined]  # a UnitField

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("units") and not given.get("other"):
            self.add_error("units", _("Chọn ít nhất một đơn vị."))
        return given

    def chosen(self) -> list[Unit]:
        other = self.cleaned_data["other"]
        return [*self.cleaned_data["units"], *([other] if other else [])]


class LeavingForm(forms.Form):
    """The last day of a member, or that it never was one."""

    last_day = DayField(
        label=_("Ngày cuối cùng ở cụm, khối"),
        required=False,
        help_text=_("Hết ngày này đơn vị mới ra khỏi cụm."),
    )
    never = forms.BooleanField(
        label=_("Ghi nhầm: đơn vị chưa hề ở cụm này trong năm"),
        required=False,
        help_text=_("Bỏ hẳn dòng này, không để lại trong danh sách thành viên đã ra."),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not given.get("never") and not given.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", _("Ghi ngày cuối cùng, hoặc đánh dấu là ghi nhầm."))
        return given

    def day(self) -> date | None:
        return None if self.cleaned_data["never"] else self.cleaned_data["last_day"]


class AppointForm(forms.Form):
    """Lead and deputies for the rest of the year."""

    lead = forms.ModelChoiceField(Unit.objects.none(), label=_("Trưởng"), empty_label="—")
    deputies = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=_("Phó"), widget=forms.CheckboxSelectMultiple, required=False
    )
    on = DayField(label=_("Từ ngày"))
    decision = forms.CharField(label=_("Quyết định"), max_length=250, help_text=_("Số, ký hiệu và ngày."))
    version = VersionField()

    def __init__(self, *args: Any, members: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("lead", "deputies"):
            self.fields[name].queryset = members  # type: ignore[attr-defined]  # both choose models


class RepresentativeForm(forms.Form):
    """Who acts for the leading unit."""

    person = PersonField(
        label=_("Người đại diện"), help_text=_("Người đang công tác tại đơn vị trưởng hoặc phó.")
    )
    role = forms.ChoiceField(label=_("Vai trò"), choices=ClusterRole.Role.choices, widget=forms.RadioSelect)
    valid_from = DayField(label=_("Từ ngày"))
    last_day = DayField(label=_("Đến hết ngày"), required=False, help_text=_("Để trống: đến hết năm."))

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people)  # type: ignore[attr-defined]  # a PersonField


class CopyYearForm(forms.Form):
    """From which year to which."""

    authority = UnitField(label=_("Đơn vị tổ chức"))
    from_year = forms.IntegerField(label=_("Từ năm"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    to_year = forms.IntegerField(label=_("Sang năm"), min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def __init__(self, *args: Any, units: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].offer(units)  # type: ignore[attr-defined]  # a UnitField

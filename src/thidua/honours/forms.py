"""Forms of the register."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from thidua.core.text.normal import one_line
from thidua.honours.catalogue import choices
from thidua.honours.models import Honour
from thidua.honours.selectors.register import Asked
from thidua.honours.services.changing import Grounds
from thidua.honours.services.entering import Award
from thidua.organisations.forms.fields import UnitField, VersionField
from thidua.organisations.models.units import UnitQuerySet
from thidua.records.days import today
from thidua.ui.widgets import DayField

FIRST_YEAR, LAST_YEAR = 1945, 2100
award_choices = lazy(choices, list)


class RegisterFilterForm(forms.Form):
    """What the register may be narrowed to."""

    award = forms.ChoiceField(label=_("Danh hiệu, hình thức"), required=False)
    year = forms.IntegerField(label=_("Năm"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    unit = UnitField(label=_("Đơn vị"), required=False)
    kind = forms.ChoiceField(
        label=_("Đối tượng"), required=False, choices=[("", _("Mọi đối tượng")), *Honour.Kind.choices]
    )
    state = forms.ChoiceField(
        label=_("Tình trạng"), required=False, choices=[("", _("Mọi tình trạng")), *Honour.State.choices]
    )
    level = forms.ChoiceField(
        label=_("Cấp khen"), required=False, choices=[("", _("Mọi cấp")), *Honour.Level.choices]
    )

    def __init__(self, *args: Any, units: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["award"].choices = [("", _("Mọi danh hiệu, hình thức")), *choices()]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]  # a UnitField

    def asked(self, query: str, **more: Any) -> Asked:
        self.full_clean()
        given = self.cleaned_data
        names = ("award", "kind", "state", "level")
        return Asked(
            query=query,
            year=given.get("year"),
            unit=given.get("unit"),
            **{name: given.get(name, "") for name in names},
            **more,
        )


class AwardForm(forms.Form):
    """One award given by one decision."""

    number = forms.CharField(
        label=_("Số quyết định"), max_length=80, help_text=_("Ghi cả ký hiệu, ví dụ 1250/QĐ-BTP.")
    )
    decided_on = DayField(label=_("Ngày quyết định"))
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=200)
    signer = forms.CharField(label=_("Người ký"), max_length=150, required=False)
    award = forms.ChoiceField(label=_("Danh hiệu, hình thức"), choices=award_choices())
    type = forms.ChoiceField(label=_("Loại hình"), choices=Honour.Type.choices)
    level = forms.ChoiceField(
        label=_("Cấp khen"),
        choices=[("", _("Theo danh hiệu, hình thức")), *Honour.Level.choices],
        required=False,
    )
    period_from = forms.IntegerField(
        label=_("Thành tích từ năm"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )
    period_to = forms.IntegerField(label=_("Thành tích đến năm"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    movement = forms.CharField(label=_("Phong trào, chuyên đề"), max_length=300, required=False)

    def award_given(self) -> Award:
        given = self.cleaned_data
        names = (
            "award",
            "number",
            "decided_on",
            "issuer",
            "period_to",
            "type",
            "level",
            "signer",
            "movement",
        )
        first = given["period_from"] or given["period_to"]
        return Award(period_from=first, **{name: given[name] for name in names})


class EntryForm(AwardForm):
    """A decision with the list of those it names."""

    kind = forms.ChoiceField(label=_("Danh sách gồm"), choices=Honour.Kind.choices)
    source_unit = UnitField(
        label=_("Lấy tên từ đơn vị"),
        required=False,
        help_text=_("Người (hoặc đơn vị trực thuộc) của đơn vị này được thêm vào danh sách để bạn bỏ bớt."),
    )
    keeper = UnitField(
        label=_("Đơn vị theo dõi hộ gia đình"),
        required=False,
        help_text=_("Chỉ cần khi danh sách gồm hộ gia đình."),
    )
    names = forms.CharField(
        label=_("Danh sách được khen"),
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_(
            "Mỗi dòng một tên, hoặc số hiệu cán bộ, mã đơn vị. "
            "Có thể dán từ Word, Excel; số vào sổ bằng đặt sau dấu |."
        ),
    )
    although_alike = forms.BooleanField(label=_("Đã kiểm tra, đây là lần khen khác"), required=False)

    def __init__(self, *args: Any, units: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("source_unit", "keeper"):
            self.fields[name].offer(units)  # type: ignore[attr-defined]  # a UnitField

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("kind") == Honour.Kind.HOUSEHOLD and not given.get("keeper"):
            self.add_error("keeper", _("Chọn đơn vị theo dõi các hộ gia đình này."))
        return given


class GroundsForm(forms.Form):
    """Why and from which day an honour changes."""

    number = forms.CharField(label=_("Số quyết định"), max_length=80)
    decided_on = DayField(label=_("Ngày quyết định"))
    on = DayField(
        label=_("Có hiệu lực từ ngày"),
        required=False,
        help_text=_("Để trống nếu từ chính ngày quyết định."),
    )
    reason = forms.CharField(label=_("Lý do"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    version = VersionField()

    def grounds(self) -> Grounds:
        given = self.cleaned_data
        return Grounds(
            on=given["on"] or given["decided_on"],
            reason=given["reason"],
            number=given["number"],
            decided_on=given["decided_on"],
        )


class MistakeForm(forms.Form):
    """An entry is taken back."""

    reason = forms.CharField(
        label=_("Ghi nhầm thế nào"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = VersionField()

    def grounds(self) -> Grounds:
        return Grounds(today(), self.cleaned_data["reason"])


class CorrectionForm(AwardForm):
    """What the register says of one honour, put right."""

    name = forms.CharField(label=_("Tên ghi trong quyết định"), max_length=250)
    certificate_number = forms.CharField(label=_("Số vào sổ bằng"), max_length=60, required=False)
    note = forms.CharField(
        label=_("Ghi chú"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    reason = forms.CharField(
        label=_("Lý do đính chính"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = VersionField()
    field_order = ("name",)

    FACTS = (
        "name",
        "award",
        "type",
        "level",
        "period_from",
        "period_to",
        "number",
        "decided_on",
        "issuer",
        "signer",
        "movement",
        "certificate_number",
        "note",
    )

    def facts(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in self.FACTS}
        given["period_from"] = given["period_from"] or given["period_to"]
        if not given["level"]:
            del given["level"]
        return {name: one_line(value) if isinstance(value, str) else value for name, value in given.items()}

    def grounds(self) -> Grounds:
        return Grounds(today(), self.cleaned_data["reason"])


class ReexaminationForm(forms.Form):
    """What came of looking again."""

    reason = forms.CharField(max_length=2000)

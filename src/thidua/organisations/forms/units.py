"""Forms of units: make one, set its undated facts, mend a name."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.organisations.forms.fields import UnitField, VersionField
from thidua.organisations.models import Unit, UnitKind
from thidua.organisations.models.units import UnitQuerySet
from thidua.organisations.services.units import NewUnit
from thidua.records.days import SINCE_EVER
from thidua.ui.widgets import DayField


class UnitForm(forms.Form):
    """A new unit under a parent that the editor may build under."""

    name = forms.CharField(
        label=_("Tên đơn vị"), max_length=250, help_text=_("Ghi đúng như trong quyết định.")
    )
    short_name = forms.CharField(label=_("Tên viết tắt"), max_length=120, required=False)
    kind = forms.ModelChoiceField(UnitKind.objects.all(), label=_("Loại đơn vị"), empty_label="—")
    parent = UnitField(
        label=_("Đơn vị cấp trên"), help_text=_("Gõ vài chữ của tên, có dấu hay không dấu đều được.")
    )
    founded_on = DayField(
        label=_("Thành lập từ ngày"),
        required=False,
        help_text=_("Có thể là ngày đã qua, hôm nay hoặc ngày sắp tới; để trống nếu không rõ."),
    )
    decision = forms.CharField(
        label=_("Quyết định thành lập"), max_length=200, required=False, help_text=_("Số, ký hiệu và ngày.")
    )
    body_role = forms.ChoiceField(
        label=_("Vai trò"), choices=Unit.BodyRole.choices, initial=Unit.BodyRole.ORDINARY
    )
    code = forms.SlugField(
        label=_("Mã đơn vị"),
        max_length=40,
        required=False,
        help_text=_("Để trống thì hệ thống đặt mã từ tên. Chỉ dùng chữ không dấu, số và gạch nối."),
    )

    def __init__(self, *args: Any, parents: UnitQuerySet, is_top: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].offer(parents)  # type: ignore[attr-defined]  # a UnitField
        self.fields["parent"].required = not is_top

    def founding_day(self) -> date:
        return self.cleaned_data["founded_on"] or SINCE_EVER

    def new_unit(self) -> NewUnit:
        given = self.cleaned_data
        names = ("name", "kind", "parent", "short_name", "code", "body_role")
        return NewUnit(**{name: given[name] for name in names})


class UnitFactsForm(forms.ModelForm[Unit]):
    """Facts of a unit that have no date of their own, and the day it was founded."""

    founded_on = DayField(
        label=_("Ngày thành lập"),
        required=False,
        help_text=_("Chỉ sửa khi đã ghi sai; để trống nếu không rõ. Việc sửa được ghi vào nhật ký."),
    )
    version = VersionField()
    field_order = ("kind", "code", "founded_on")

    class Meta:
        model = Unit
        fields = (
            "kind",
            "code",
            "body_role",
            "has_legal_entity",
            "is_small_collective",
            "symbol",
            "place",
            "email",
            "phone",
        )
        labels = {
            "kind": _("Loại đơn vị"),
            "code": _("Mã đơn vị"),
            "body_role": _("Vai trò"),
            "has_legal_entity": _("Có tư cách pháp nhân"),
            "is_small_collective": _("Là tập thể nhỏ"),
            "symbol": _("Ký hiệu văn bản"),
            "place": _("Địa danh ghi trên văn bản"),
            "email": _("Thư điện tử"),
            "phone": _("Điện thoại"),
        }
        help_texts = {
            "symbol": _("Phần sau số văn bản, như STP trong 98/KH-STP."),
            "place": _("Như Hà Nội trong “Hà Nội, ngày …”."),
        }

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "founded_on")}


class NameCorrectionForm(forms.Form):
    """A name that was written down wrongly."""

    name = forms.CharField(label=_("Tên đúng"), max_length=250)
    short_name = forms.CharField(label=_("Tên viết tắt"), max_length=120, required=False)
    version = VersionField()


class KindForm(forms.ModelForm[UnitKind]):
    """A kind of unit that is there; its code stays."""

    class Meta:
        model = UnitKind
        fields: tuple[str, ...] = (
            "name",
            "name_en",
            "level",
            "is_small_collective",
            "has_legal_entity",
            "is_of_province",
            "rank",
        )
        labels = {
            "name": _("Tên"),
            "name_en": _("Tên tiếng Anh"),
            "level": _("Cấp"),
            "is_small_collective": _("Là tập thể nhỏ"),
            "has_legal_entity": _("Có tư cách pháp nhân"),
            "is_of_province": _("Thuộc Ủy ban nhân dân cấp tỉnh"),
            "rank": _("Thứ tự"),
        }
        help_texts = {
            "is_of_province": _(
                "Như Sở: nằm trong cây của bộ theo ngành, nhưng danh hiệu của cá nhân, tập thể theo quy định của tỉnh."
            ),
        }


class NewKindForm(KindForm):
    """A kind of unit to be made."""

    class Meta(KindForm.Meta):
        fields = ("code", *KindForm.Meta.fields)
        labels = KindForm.Meta.labels | {"code": _("Mã")}

"""Forms of people and their posts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.organisations.forms.fields import UnitField, VersionField
from thidua.organisations.models import Person, Post
from thidua.organisations.models.units import UnitQuerySet
from thidua.organisations.selectors.people import PeopleFilter
from thidua.organisations.services.people import NewPerson, NewPost
from thidua.ui.widgets import DayField

SUGGESTED = 100  # beside a list; any other unit is found by typing its name


class PeopleFilterForm(forms.Form):
    """What a list of people may be narrowed to."""

    unit = UnitField(label=_("Đơn vị"), required=False)
    kind = forms.ChoiceField(
        label=_("Đối tượng"), choices=[("", _("Mọi đối tượng")), *Post.StaffKind.choices], required=False
    )
    position = forms.CharField(label=_("Chức vụ"), required=False)
    standing = forms.ChoiceField(
        label=_("Tình trạng"),
        choices=[("", _("Đang công tác")), ("left", _("Không còn chức vụ")), ("all", _("Tất cả"))],
        required=False,
    )

    def __init__(self, *args: Any, units: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(units, suggested=SUGGESTED)  # type: ignore[attr-defined]  # a UnitField

    def asked(self, query: str) -> PeopleFilter:
        self.full_clean()
        given = self.cleaned_data
        return PeopleFilter(
            query=query,
            unit=given.get("unit"),
            staff_kind=given.get("kind", ""),
            position=given.get("position", ""),
            standing=given.get("standing") or "working",
        )


class PostForm(forms.Form):
    """A post from a day on."""

    unit = UnitField(label=_("Đơn vị công tác"))
    position = forms.CharField(label=_("Chức vụ, chức danh"), max_length=150)
    staff_kind = forms.ChoiceField(label=_("Đối tượng"), choices=Post.StaffKind.choices)
    valid_from = DayField(label=_("Từ ngày"))
    last_day = DayField(
        label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu chưa biết ngày kết thúc.")
    )
    is_manager = forms.BooleanField(label=_("Giữ chức vụ lãnh đạo, quản lý"), required=False)
    is_secondment = forms.BooleanField(label=_("Biệt phái"), required=False)
    contract_months = forms.IntegerField(
        label=_("Thời hạn hợp đồng (tháng)"), min_value=1, max_value=120, required=False
    )
    is_side = forms.BooleanField(
        label=_("Là chức vụ kiêm nhiệm"),
        required=False,
        help_text=_("Chức vụ chính đang giữ không thay đổi."),
    )

    def __init__(self, *args: Any, units: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]  # a UnitField

    def new_post(self) -> NewPost:
        given = self.cleaned_data
        names = ("unit", "position", "staff_kind", "valid_from", "last_day", "is_manager", "is_secondment")
        return NewPost(
            **{name: given[name] for name in names},
            contract_months=given["contract_months"],
            is_main=not given.get("is_side"),
        )


class PersonForm(PostForm):
    """A new person with the first post."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=150)
    birth_date = DayField(label=_("Ngày sinh"), required=False)
    sex = forms.ChoiceField(label=_("Giới tính"), choices=[("", "—"), *Person.Sex.choices], required=False)
    staff_code = forms.CharField(label=_("Số hiệu cán bộ"), max_length=40, required=False)
    citizen_number = forms.RegexField(
        r"^\s*(\d\s*){12}$",
        label=_("Số định danh cá nhân"),
        required=False,
        help_text=_("12 chữ số. Chỉ dùng để nhận ra người trùng; hệ thống không lưu con số này."),
        error_messages={"invalid": _("Số định danh gồm đúng 12 chữ số.")},
    )
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    phone = forms.CharField(label=_("Điện thoại"), max_length=60, required=False)
    confirmed = forms.BooleanField(label=_("Đây là người khác, vẫn thêm hồ sơ mới"), required=False)
    field_order = ("full_name", "birth_date", "sex", "staff_code", "citizen_number", "email", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["is_side"]

    def new_person(self) -> NewPerson:
        given = self.cleaned_data
        names = ("full_name", "birth_date", "sex", "staff_code", "email", "phone", "citizen_number")
        return NewPerson(post=self.new_post(), **{name: given[name] for name in names})


class PersonFactsForm(forms.ModelForm[Person]):
    """Facts of a person that have no date of their own."""

    version = VersionField()

    class Meta:
        model = Person
        fields = ("full_name", "birth_date", "sex", "staff_code", "email", "phone")
        field_classes = {"birth_date": DayField}
        widgets = {"staff_code": forms.TextInput(attrs={"maxlength": 40})}

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class LastDayForm(forms.Form):
    """The last day on which something holds."""

    last_day = DayField(label=_("Ngày cuối cùng"), help_text=_("Ngày này vẫn còn hiệu lực."))
    version = VersionField()


class LeavingForm(LastDayForm):
    """A person goes."""

    reason = forms.CharField(label=_("Lý do"), max_length=200, help_text=_("Ví dụ: nghỉ hưu, chuyển ngành."))
    field_order = ("last_day", "reason", "version")

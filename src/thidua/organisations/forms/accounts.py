"""Forms of accounts and of the first start."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thidua.accounts.models import InstallationRole
from thidua.organisations.forms.fields import PersonField
from thidua.organisations.models import Person, UnitKind
from thidua.organisations.services.setup import FirstOfficer, NewOrganisation
from thidua.records.days import today
from thidua.ui.widgets import DayField

USERNAME = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._@-]{2,79}$",
    _("Tên đăng nhập dài từ 3 ký tự, gồm chữ không dấu, chữ số và các dấu . _ - @"),
)


class InviteForm(forms.Form):
    """The login name and address of a new account."""

    username = forms.CharField(label=_("Tên đăng nhập"), max_length=80, validators=[USERNAME])
    email = forms.EmailField(label=_("Thư điện tử"), required=False)


class AccountForm(InviteForm):
    """An account tied to no person."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=150)
    field_order = ("full_name", "username", "email")


class OwnerForm(forms.Form):
    """The person whose login an account is."""

    person = PersonField(
        label=_("Cá nhân"),
        help_text=_(
            "Gõ họ tên người đang công tác, chưa có tài khoản; với tài khoản của chính bạn: chưa giữ vai trò nào."
        ),
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people)  # type: ignore[attr-defined]  # a PersonField


class InstallationRoleForm(forms.Form):
    """From when and to when an account holds a role over the whole installation."""

    role = forms.ChoiceField(
        label=_("Quyền hệ thống"), choices=InstallationRole.Role.choices, widget=forms.RadioSelect
    )
    last_day = DayField(
        label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu không định trước ngày hết.")
    )

    def __init__(self, *args: Any, roles: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]  # a ChoiceField

    def clean_last_day(self) -> date | None:
        day: date | None = self.cleaned_data["last_day"]
        if day and day < today():
            raise ValidationError(_("Ngày này đã qua. Chọn hôm nay hoặc ngày sau, hoặc để trống."))
        return day

    def role_name(self) -> str:
        """Return the chosen role in words."""
        return str(InstallationRole.Role(self.cleaned_data["role"]).label)


class SetupForm(forms.Form):
    """The first start: the code, the organisation, the administrator."""

    code = forms.CharField(
        label=_("Mã thiết lập"),
        max_length=40,
        help_text=_("Mã một lần hiện ở cửa sổ chạy lệnh thidua serve."),
    )
    organisation = forms.CharField(
        label=_("Tên cơ quan"), max_length=250, help_text=_("Đơn vị cao nhất, ví dụ: Bộ Tư pháp.")
    )
    level = forms.ChoiceField(label=_("Cấp"), choices=UnitKind.Level.choices)
    founded_on = DayField(
        label=_("Ngày thành lập cơ quan"),
        required=False,
        help_text=_(
            "Không ghi được đơn vị, chức vụ nào trước ngày này. Để trống nếu không rõ; sau này sửa được."
        ),
    )
    full_name = forms.CharField(label=_("Họ và tên người quản trị"), max_length=150)
    username = forms.CharField(label=_("Tên đăng nhập"), max_length=80, validators=[USERNAME])
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    password = forms.CharField(
        label=_("Mật khẩu"),
        widget=forms.PasswordInput,
        help_text=_("Ít nhất 12 ký tự, không phải mật khẩu hay gặp."),
    )
    again = forms.CharField(label=_("Nhập lại mật khẩu"), widget=forms.PasswordInput)
    is_officer = forms.BooleanField(
        label=_("Tôi cũng là chuyên viên thi đua, khen thưởng của cơ quan này"),
        required=False,
        help_text=_(
            "Lập hồ sơ cá nhân của người quản trị và giao luôn vai trò chuyên viên. "
            "Bỏ trống nếu người khác làm việc ấy: thêm người đó rồi giao quyền sau."
        ),
    )
    position = forms.CharField(
        label=_("Chức vụ, chức danh"), max_length=150, required=False, initial=_("Chuyên viên")
    )
    since = DayField(
        label=_("Công tác tại cơ quan từ ngày"),
        required=False,
        help_text=_("Để trống thì tính từ hôm nay."),
    )

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if given.get("password") != given.get("again"):
            self.add_error("again", _("Hai lần nhập mật khẩu không giống nhau."))
        founded, since = self.cleaned_data.get("founded_on"), self.cleaned_data.get("since")
        if given.get("is_officer") and not given.get("position"):
            self.add_error("position", _("Ghi chức vụ, ví dụ Chuyên viên."))
        if given.get("is_officer") and founded and (since or today()) < founded:
            self.add_error("since", _("Ngày này trước ngày thành lập cơ quan. Sửa một trong hai ngày."))
        return given

    def facts(self) -> dict[str, Any]:
        """Return what ``set_up`` asks for, by name."""
        given = dict(self.cleaned_data)
        del given["again"]
        position, since = given.pop("position"), given.pop("since")
        officer = FirstOfficer(position, since) if given.pop("is_officer") else None
        top = NewOrganisation(given.pop("organisation"), given.pop("level"), given.pop("founded_on"))
        return given | {"organisation": top, "officer": officer}

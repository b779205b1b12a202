"""Forms of accounts and of the first start."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from thidua.organisations.models import UnitKind

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
    full_name = forms.CharField(label=_("Họ và tên người quản trị"), max_length=150)
    username = forms.CharField(label=_("Tên đăng nhập"), max_length=80, validators=[USERNAME])
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    password = forms.CharField(
        label=_("Mật khẩu"),
        widget=forms.PasswordInput,
        help_text=_("Ít nhất 12 ký tự, không phải mật khẩu hay gặp."),
    )
    again = forms.CharField(label=_("Nhập lại mật khẩu"), widget=forms.PasswordInput)

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if given.get("password") != given.get("again"):
            self.add_error("again", _("Hai lần nhập mật khẩu không giống nhau."))
        return given

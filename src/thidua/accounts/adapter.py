"""How sign-in behaves here: nobody signs up by himself; accounts are given; refusals are told in our words."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

WRONG = _(
    "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại mật khẩu."
)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Closes open sign-up; says why a sign-in is refused (the library speaks no Vietnamese)."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "too_many_login_attempts": _("Đã nhập sai mật khẩu nhiều lần. Chờ 5 phút rồi đăng nhập lại."),
        "account_inactive": _("Tài khoản này đã đóng. Nhờ quản trị hệ thống mở lại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        del request
        return False

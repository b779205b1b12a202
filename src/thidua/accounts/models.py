"""Accounts and what is tied to them alone."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from thidua.records.ids import uuid7
from thidua.records.models import DatedQuerySet, Ending, Row


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; a login name counts without regard to case."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(username=username.strip(), **fields)
        account.set_password(password)
        account.save()
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username__iexact=username or "")


class Account(AbstractBaseUser):
    """A login. What it may do comes from the roles of its person and of the installation."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(_("Tên đăng nhập"), max_length=80)
    email = models.EmailField(_("Thư điện tử"), blank=True)
    full_name = models.CharField(_("Họ và tên"), max_length=150)
    language = models.CharField(
        max_length=5, default="vi"
    )  # of its letters; pages follow the browser's choice
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_on = models.DateField(null=True, blank=True)  # the first day it no longer opens
    is_demo = models.BooleanField(default=False)  # one-click sign-in; never present under `serve`
    demo_label = models.CharField(max_length=120, blank=True)

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    # Django's model backend asks every account this; roles decide here, so nobody is above them.
    is_superuser = False
    is_staff = False

    class Meta:
        constraints = [models.UniqueConstraint(Lower("username"), name="account_username_once")]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name or self.username

    def opens_on(self, day: date) -> bool:
        return self.is_active and (self.closed_on is None or day < self.closed_on)


class InstallationRole(Ending, Row):
    """A role over the whole installation, with dates: the administrator's and the auditor's."""

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Quản trị hệ thống")
        AUDITOR = "auditor", _("Kiểm toán (chỉ xem)")

    account = models.ForeignKey(Account, models.CASCADE, related_name="installation_roles")
    role = models.CharField(max_length=20, choices=Role)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="installation_role_ends_after_start",
            )
        ]

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


class Invitation(Row):
    """A one-time link to choose a password, for a newcomer or after a reset. Only its hash is kept."""

    class Purpose(models.TextChoices):
        JOIN = "join", _("Mời dùng")
        RESET = "reset", _("Đặt lại mật khẩu")

    account = models.ForeignKey(Account, models.CASCADE, related_name="invitations")
    purpose = models.CharField(max_length=10, choices=Purpose)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)


class SetupCode(Row):
    """The code a first start prints; who knows it makes the first administrator. Only its hash is kept."""

    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)

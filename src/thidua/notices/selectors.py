"""Reads of notices."""

from django.contrib.auth.base_user import AbstractBaseUser

from thidua.notices.models import Notice


def unread_count(account: AbstractBaseUser) -> int:
    """Count the notices the account has not opened."""
    return Notice.objects.filter(account_id=account.pk, read_at=None).count()

"""Reads of notices and of the outbox."""

from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Model, Q, QuerySet

from thidua.notices.models import Mail, Notice
from thidua.records.prepared import Prepared

PAGE = 50
COUNTED = 10_000
MOST_ATTEMPTS = 8
T = TypeVar("T", bound=Model)


def unread_count(account: AbstractBaseUser) -> int:
    """Count the notices the account has not opened."""
    return sum(number for _account, number in unread_by_account(account=account.pk))


@Prepared
def unread_by_account(*, account: UUID) -> QuerySet[Notice, tuple[UUID, int]]:
    unread = Notice.objects.filter(account_id=account, read_at=None).order_by()
    return unread.values_list("account").annotate(Count("pk"))


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows and how many there are; beyond ``COUNTED`` nobody counts."""

    rows: tuple[T, ...]
    total: int
    number: int
    has_next: bool


def page_of(found: QuerySet[T], number: int) -> Page[T]:
    first = (max(number, 1) - 1) * PAGE
    rows = list(found[first : first + PAGE + 1])
    total = found.order_by()[: COUNTED + 1].count()
    return Page(tuple(rows[:PAGE]), total, max(number, 1), len(rows) > PAGE)


def notices_of(account: AbstractBaseUser, *, unread: bool, number: int) -> Page[Notice]:
    """Return a page of the account's notices, the newest first."""
    found = Notice.objects.filter(account_id=account.pk)
    return page_of((found.filter(read_at=None) if unread else found).order_by("-at", "-id"), number)


@dataclass(frozen=True, slots=True)
class Outbox:
    """How many letters wait, how many were given up, how many went out."""

    waiting: int
    failed: int
    sent: int


def outbox() -> Outbox:
    unsent = Mail.objects.filter(sent_at=None)
    return Outbox(
        waiting=unsent.filter(attempts__lt=MOST_ATTEMPTS).count(),
        failed=unsent.filter(attempts__gte=MOST_ATTEMPTS).count(),
        sent=Mail.objects.filter(sent_at__isnull=False).count(),
    )


CONDITIONS = {
    "waiting": Q(sent_at=None, attempts__lt=MOST_ATTEMPTS),
    "failed": Q(sent_at=None, attempts__gte=MOST_ATTEMPTS),
    "sent": Q(sent_at__isnull=False),
}


def standing_of(letter: Mail) -> str:
    """Return under which of the three the letter is listed."""
    if letter.sent_at:
        return "sent"
    return "failed" if letter.attempts >= MOST_ATTEMPTS else "waiting"


def letters(show: str, number: int) -> Page[Mail]:
    """Return a page of letters that are ``waiting``, ``failed`` or ``sent``, the newest first."""
    found = Mail.objects.filter(CONDITIONS.get(show, Q()))
    return page_of(found.order_by("-made_at", "-id"), number)

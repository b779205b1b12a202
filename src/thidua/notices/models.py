"""What was told to whom, and the mail that waits to go out."""

import uuid

from django.conf import settings
from django.db import models

from thidua.records.models import Row


class Notice(Row):
    """A line behind the bell. ``key`` keeps the same thing from being told twice while unread."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=120, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-at"], name="notice_account")]
        constraints = [
            models.UniqueConstraint(
                "account",
                "key",
                name="notice_once_while_unread",
                condition=models.Q(read_at__isnull=True) & ~models.Q(key=""),
            )
        ]


class Mail(Row):
    """A letter in the outbox; it leaves only where an administrator set up mail."""

    to = models.EmailField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["made_at"], name="mail_waiting", condition=models.Q(sent_at__isnull=True))
        ]


class Feed(Row):
    """A calendar address: a person's own, or a unit's. Only the token's hash is kept."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feeds")
    unit_id: models.UUIDField[uuid.UUID | None, uuid.UUID | None] = models.UUIDField(null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

"""What was told to whom, and the mail that waits to go out."""

import logging
import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from thidua.notices.kinds import Parameters, UnknownNewsError, Words, news_of
from thidua.records.models import Row

log = logging.getLogger(__name__)


class Notice(Row):
    """A line behind the bell. ``key`` keeps the same thing from being told twice while unread.

    A line is kept as its kind and parameters, and has words when somebody reads it. The lines of the time before
    that have no parameters, but ``title`` and ``body`` as they were told.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=40)
    parameters: models.JSONField[Parameters | None, Parameters | None] = models.JSONField(null=True)
    title = models.CharField(max_length=300, blank=True)
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

    def words(self) -> Words:
        """Say the line in the language of the page; a page shows even one that no longer has a kind."""
        if self.parameters is None:
            return Words(self.title, self.body)
        try:
            return news_of(self.kind, self.parameters).words()
        except UnknownNewsError:
            log.warning("No news of the kind %s takes the parameters of notice %s.", self.kind, self.pk)
            return Words(_("Có tin mới, mở để xem"), "")


class Mail(Row):
    """A letter in the outbox, in the words it goes out in; it leaves only where an administrator set up mail."""

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

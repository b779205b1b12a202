"""Abstract rows: an id that sorts by time, a version against lost updates, a first day of validity."""

import uuid
from datetime import date, timedelta
from typing import Any, Self, TypeVar

from django.db import models

from thidua.records.ids import uuid7

T_co = TypeVar("T_co", bound=models.Model, covariant=True)


class ChangedMeanwhileError(Exception):
    """Somebody else changed the row after the reader loaded it; carries the row as it is now."""

    def __init__(self, current: models.Model) -> None:
        super().__init__(f"{type(current).__name__} {current.pk} was changed meanwhile")
        self.current = current


class Row(models.Model):
    """A row with a time-ordered id."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class VersionedRow(Row):
    """A row that several people may edit: each save raises ``version``."""

    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    @classmethod
    def take(cls, pk: uuid.UUID, *, version: int | None = None) -> Self:
        """Lock and return the row for a change; ``version`` is the one the editor saw.

        Raises ChangedMeanwhileError when the row moved on since. Call inside a transaction.
        """
        row = cls._default_manager.select_for_update().get(pk=pk)
        if version is not None and row.version != version:
            raise ChangedMeanwhileError(row)
        row.version += 1
        return row


class Ending:
    """What a dated row says of its end; ``valid_until`` is the first day it no longer holds."""

    valid_until: Any

    @property
    def last_day(self) -> date | None:
        """The last day on which the row holds, as documents write it; None: no end is known."""
        last: date | None = self.valid_until - timedelta(days=1) if self.valid_until else None
        return last


class DatedQuerySet(models.QuerySet[T_co]):
    """Rows that hold from ``valid_from`` until ``valid_until`` (half-open; empty means still)."""

    def on(self, day: date) -> Self:
        """Keep the rows in force on ``day``."""
        return self.filter(valid_from__lte=day).filter(
            models.Q(valid_until__isnull=True) | models.Q(valid_until__gt=day)
        )

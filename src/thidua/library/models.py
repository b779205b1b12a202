"""Files as they came, and documents as the register knows them."""

from django.conf import settings
from django.db import models

from thidua.records.models import Row


class StoredFile(Row):
    """A file kept unchanged under its SHA-256; who may open it is for the row that refers to it to say."""

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    stored_at = models.DateTimeField(auto_now_add=True)
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")


class Document(Row):
    """A legal or administrative document others refer to, in the State's or the Party's style of number."""

    type = models.CharField(max_length=20)
    number = models.CharField(max_length=80)
    number_key = models.CharField(
        max_length=80
    )  # upper case, no blanks, dashes alike, the order of 21/CT-TTg settled
    issued_on = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    about = models.TextField(blank=True)
    folded = models.TextField(blank=True)  # number, issuer and matter, for searching
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    misfit = models.CharField(
        max_length=200, blank=True
    )  # why number and type do not go together, for a person to settle

    class Meta:
        indexes = [models.Index(fields=["number_key", "issued_on"], name="document_number")]
        constraints = [
            models.UniqueConstraint(
                fields=["type", "number_key", "issued_on", "issuer"],
                name="document_once",
                condition=models.Q(issued_on__isnull=False) & ~models.Q(number_key=""),
            ),
            models.UniqueConstraint(
                fields=["type", "number_key", "issuer"],
                name="document_without_day_once",
                condition=models.Q(issued_on__isnull=True) & ~models.Q(number_key=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.about


class Spelling(Row):
    """One way in which a document's number was written somewhere."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="spellings")
    written = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint("document", "written", name="spelling_once")]

"""Entries of the log and the seals that chain them."""

from django.db import models

from thidua.records.models import Row


class Seal(models.Model):
    """A batch of entries under one hash, which also covers the seal before it.

    ``entry_hashes`` keeps the hash of each entry in order, so that a changed or missing one can be named.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    entry_hashes = models.JSONField()
    sealed_at = models.DateTimeField()


class Entry(Row):
    """One act. The actor is kept as text so that the log outlives the account."""

    at = models.DateTimeField(db_index=True)
    actor_id = models.CharField(max_length=40, blank=True)
    actor_name = models.CharField(max_length=200, blank=True)
    action = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    subject_label = models.CharField(max_length=300, blank=True)
    details = models.JSONField(default=dict)
    seal = models.ForeignKey(Seal, models.PROTECT, null=True, related_name="entries")
    place = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "at"], name="audit_entry_subject"),
            models.Index(fields=["at"], name="audit_entry_unsealed", condition=models.Q(seal__isnull=True)),
        ]

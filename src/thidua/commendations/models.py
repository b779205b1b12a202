"""What an installation adds to the law's own files: an authority's rules, marks of re-reading, drafts and trials.

The law itself is files. Nothing here changes it: an authority's rules are laid over it, a draft is only tried.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thidua.organisations.models import Unit
from thidua.records.models import Row, VersionedRow


class OwnRules(VersionedRow):
    """One text of an authority as it was uploaded: kept unchanged, put in force and taken out by named people.

    ``symbol`` is the text's number and symbol; ``edition`` counts the uploads of one text. A newer edition
    put in force replaces the one before.
    """

    class State(models.TextChoices):
        CHECKED = "checked", _("Đã soát, chưa áp dụng")
        IN_FORCE = "in_force", _("Đang áp dụng")
        REPLACED = "replaced", _("Đã có bản mới")
        WITHDRAWN = "withdrawn", _("Đã rút")

    root = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    content = models.TextField()
    symbol = models.CharField(max_length=120)
    label = models.JSONField(default=dict)  # {"vi": …, "en": …}
    in_force_from = models.DateField()
    ceases_on = models.DateField(null=True)
    edition = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.CHECKED)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("Lý do"), blank=True)

    class Meta:
        verbose_name = _("quy định riêng")
        constraints = [
            models.UniqueConstraint(
                "root", "symbol", name="own_rules_once_in_force", condition=models.Q(state="in_force")
            )
        ]
        indexes = [models.Index(fields=["root", "state"], name="own_rules_root")]

    def __str__(self) -> str:
        return f"{self.symbol} ({self.edition})"

    @property
    def name(self) -> str:
        """The name sentences about the file use; it tells texts and editions apart."""
        return f"{self.file_name} ({self.symbol}, {self.edition})"


class Reread(Row):
    """Somebody read an award's texts again on a day and found the file still right, or noted what is not."""

    award = models.CharField(max_length=20)
    on = models.DateField(_("Ngày đọc lại"))
    still_valid = models.BooleanField(_("Vẫn đúng với văn bản"), default=True)
    note = models.CharField(_("Ghi chú"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=150)
    place = models.CharField(max_length=250, blank=True)  # where the reader worked that day
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-on", "-at", "-id"]
        indexes = [models.Index(fields=["award", "-on"], name="reread_award")]


class LawDraft(Row):
    """Law files somebody only tries: seen by that account alone, never part of the law."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(_("Tên dự thảo"), max_length=150)
    texts = models.JSONField(default=dict)  # name of the file as uploaded → its text
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("dự thảo")
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.name

    def contents(self) -> dict[str, bytes]:
        """Return the files as they were read."""
        texts: dict[str, str] = self.texts
        return {name: text.encode() for name, text in texts.items()}


class Trial(Row):
    """Two states of the law asked about the same people or collectives: before and after, kept as it was found.

    ``outcomes`` is an Arrow file: ``subject`` and, for each award, ``AWARD.before`` and ``AWARD.after``.
    Facts are those known on ``known_on`` on both sides, so that only the law differs. ``without_sensitive``
    leaves discipline and health out, whose owner may not know them: a list of who differs would name them.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Đang tính")
        DONE = "done", _("Đã tính")
        FAILED = "failed", _("Không tính được")

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", _("Cá nhân")
        COLLECTIVE = "collective", pgettext_lazy("many", "Tập thể")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    draft = models.ForeignKey(LawDraft, models.CASCADE, null=True, related_name="trials")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.INDIVIDUAL)
    before_on = models.DateField()
    after_on = models.DateField()
    known_on = models.DateField()
    year = models.PositiveSmallIntegerField()
    awards = models.JSONField(default=list)
    without_sensitive = models.BooleanField(default=False)
    held = models.JSONField(null=True)  # [own rules, version] counted on both sides; null: not noted then
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    failure = models.TextField(blank=True)
    subjects = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)  # award → "before>after" → number
    outcomes = models.BinaryField(default=bytes)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("lần thử")
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["owner", "-made_at"], name="trial_owner")]

    def __str__(self) -> str:
        return f"{self.unit}, {self.before_on:%d/%m/%Y} – {self.after_on:%d/%m/%Y}"

    @property
    def is_of_collectives(self) -> bool:
        return self.kind == self.Kind.COLLECTIVE

    @property
    def counts_by_award(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = self.counts
        return found

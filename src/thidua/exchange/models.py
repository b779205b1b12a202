"""An import from upload to undo: each row of the file with what will be, or was, done with it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua.library.models import StoredFile
from thidua.records.models import Row, VersionedRow


class Import(VersionedRow):
    """One file on its way in. ``target`` names the importer (people, units …)."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("Chờ chọn cột")
        READING = "reading", _("Đang đọc")
        PREVIEWED = "previewed", _("Chờ xác nhận")
        RUNNING = "running", _("Đang ghi")
        STOPPED = "stopped", _("Dừng giữa chừng")
        DONE = "done", _("Đã ghi")
        UNDOING = "undoing", _("Đang hoàn tác")
        UNDONE = "undone", _("Đã hoàn tác")
        DROPPED = "dropped", _("Đã bỏ")

    target = models.SlugField(max_length=40)
    scope = models.JSONField(default=dict)  # what the importer was told: the root unit, the year …
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sheets = models.JSONField(default=list)  # of the file: [{name, rows, repaired}]
    sheet = models.CharField(max_length=120, blank=True)
    header_row = models.PositiveIntegerField(default=0)  # the last line of the headings; 0: there are none
    headings = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)  # field → column, from 0
    status = models.CharField(max_length=10, choices=Status, default=Status.UPLOADED)
    counts = models.JSONField(default=dict)  # outcome → number
    done = models.PositiveIntegerField(default=0)  # rows read, written or taken back so far
    total = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["by", "made_at"], name="import_by")]

    def __str__(self) -> str:
        return self.file.name

    @property
    def is_working(self) -> bool:
        """Whether a job is at it, or was until it was killed."""
        return self.status in (self.Status.READING, self.Status.RUNNING, self.Status.UNDOING)


class ImportRow(Row):
    """A row of the file: what it holds, what becomes of it, and how to take it back."""

    class Outcome(models.TextChoices):
        CREATE = "create", _("Tạo mới")
        UPDATE = "update", _("Thay đổi")
        SAME = "same", _("Không đổi")
        ASK = "ask", _("Có thể trùng")
        REFUSE = "refuse", _("Không nhận")
        SKIP = "skip", _("Bỏ qua")

    batch = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # as the spreadsheet counts
    order = models.PositiveIntegerField()  # in which it is written: what others refer to comes first
    label = models.CharField(max_length=300, blank=True)
    values = models.JSONField()  # field → cell as it came
    outcome = models.CharField(max_length=8, choices=Outcome)
    problems = models.JSONField(default=list)  # of Problem.as_json
    changes = models.JSONField(default=dict)  # field → [before, after], as shown
    plan = models.JSONField(default=dict)  # what the importer will write, and what was there
    target_id = models.UUIDField(null=True, blank=True)  # the row in the subject's table, there or to be
    target_version = models.PositiveIntegerField(null=True, blank=True)  # of that row once this is written
    decision = models.CharField(max_length=40, blank=True)  # of a person: "different", or whose record it is
    is_applied = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint("batch", "number", name="import_row_once")]
        indexes = [
            models.Index(fields=["batch", "outcome", "number"], name="import_row_outcome"),
            models.Index(fields=["batch", "is_applied", "order"], name="import_row_waiting"),
            models.Index(fields=["target_id"], name="import_row_target"),
        ]


class KnownMapping(Row):
    """The columns somebody chose for a file with certain headings: the next such file starts from them."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    target = models.SlugField(max_length=40)
    fingerprint = models.CharField(max_length=64)
    mapping = models.JSONField()
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint("by", "target", "fingerprint", name="known_mapping_once")]

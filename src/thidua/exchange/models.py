"""An import from upload to undo: each row of the file with what will be, or was, done with it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua.library.models import StoredFile
from thidua.records.models import Row, VersionedRow


class Import(VersionedRow):
    """One file on its way in. ``target`` names the importer (people, units …)."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("Đã tải lên")
        PREVIEWED = "previewed", _("Đã xem trước")
        RUNNING = "running", _("Đang ghi")
        DONE = "done", _("Đã ghi")
        STOPPED = "stopped", _("Dừng giữa chừng")
        UNDONE = "undone", _("Đã hoàn tác")

    target = models.SlugField(max_length=40)
    scope = models.JSONField(default=dict)  # what the importer was told: the root unit, the year …
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=120, blank=True)
    header_row = models.PositiveIntegerField(default=1)
    headings = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)  # field → column number
    status = models.CharField(max_length=10, choices=Status, default=Status.UPLOADED)
    counts = models.JSONField(default=dict)  # outcome → number
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)


class ImportRow(Row):
    """A row of the file: what it holds, what becomes of it, and how to take it back."""

    class Outcome(models.TextChoices):
        CREATE = "create", _("Tạo mới")
        UPDATE = "update", _("Thay đổi")
        SAME = "same", _("Không đổi")
        REFUSE = "refuse", _("Từ chối")

    batch = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # as the spreadsheet counts
    values = models.JSONField()
    outcome = models.CharField(max_length=8, choices=Outcome)
    problems = models.JSONField(default=list)  # [{column, code, parameters}]
    changes = models.JSONField(default=dict)  # field → [before, after]
    target_id = models.UUIDField(null=True, blank=True)
    undo = models.JSONField(null=True, blank=True)
    is_applied = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint("batch", "number", name="import_row_once")]
        indexes = [models.Index(fields=["batch", "outcome", "number"], name="import_row_outcome")]

"""The movement itself: who launches it, for how long, and which one it answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thidua.organisations.models import Cluster, Unit
from thidua.records.models import VersionedRow


class Approvable(VersionedRow):
    """What goes to the head before it goes out: the plan of a movement being prepared, a revision being drafted."""

    class Approval(models.TextChoices):
        """Where it stands between its officer and the head; asking is never compulsory."""

        WRITING = "writing", _("Đang soạn")
        SUBMITTED = "submitted", _("Chờ duyệt")
        RETURNED = "returned", _("Đã trả lại")
        APPROVED = "approved", _("Đã duyệt")

    approval = models.CharField(max_length=9, choices=Approval, default=Approval.WRITING)
    submitted_to = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+"
    )  # whose heads were asked last

    class Meta:
        abstract = True

    @property
    def is_held(self) -> bool:
        """Say whether it stays as the head is to read it, or as he agreed to it, until it is taken back."""
        return self.approval in (self.Approval.SUBMITTED, self.Approval.APPROVED)


class Movement(Approvable):
    """A movement of one organiser. A unit's own movement answers the one it received."""

    class Kind(models.TextChoices):
        REGULAR = "regular", _("Thường xuyên")
        THEMATIC = "thematic", _("Theo chuyên đề")
        ROUND = "round", _("Theo đợt")
        HIGH_POINT = "high_point", _("Cao điểm")
        INTERNAL = "internal", _("Nội bộ đơn vị")

    class Level(models.TextChoices):
        STATE = "state", _("Thủ tướng Chính phủ, Hội đồng Trung ương")
        MINISTRY = "ministry", _("Bộ, ngành")
        PROVINCE = "province", _("Cấp tỉnh")
        ASSOCIATION = "association", _("Hội, đoàn thể")
        CLUSTER = "cluster", _("Cụm, khối thi đua")
        UNIT = "unit", _("Đơn vị")

    class Status(models.TextChoices):
        PREPARING = "preparing", _("Đang chuẩn bị")
        LAUNCHED = "launched", _("Đã phát động")
        CLOSED = "closed", _("Đã kết thúc")
        WITHDRAWN = "withdrawn", _("Đã hủy")

    organiser = models.ForeignKey(Unit, models.PROTECT, related_name="movements")
    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, blank=True, related_name="movements")
    root = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(_("Loại phong trào"), max_length=10, choices=Kind, default=Kind.REGULAR)
    level = models.CharField(_("Cấp phát động"), max_length=12, choices=Level, default=Level.UNIT)
    name = models.CharField(_("Tên phong trào"), max_length=400)
    folded = models.CharField(max_length=1000, blank=True)  # name, theme and number, for searching
    marked = models.CharField(max_length=1300, blank=True)  # the same with each word's tone before it
    theme = models.TextField(_("Chủ đề"), blank=True)  # verbatim
    period_from = models.CharField(
        max_length=10, blank=True
    )  # ISO at the precision stated: 2026, 2026-Q3, 2026-06-30
    period_to = models.CharField(max_length=10, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)  # inclusive, as documents say it
    answers = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="answered_by")
    status = models.CharField(max_length=10, choices=Status, default=Status.PREPARING)
    launched_at = models.DateTimeField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("phong trào")
        constraints = [
            models.CheckConstraint(
                condition=~Q(approval="submitted") | Q(submitted_to__isnull=False),
                name="movement_submitted_to_somebody",
            )
        ]
        indexes = [
            models.Index(fields=["organiser", "-year"], name="movement_organiser"),
            # Lists are walked in this order; a search that finds few reads the whole index, so its columns stand in it.
            models.Index(fields=["-year", "-id", "root", "status", "folded"], name="movement_order"),
            models.Index(fields=["answers", "organiser"], name="movement_answers"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_submitted(self) -> bool:
        """Say whether the plan lies with the head to be decided on."""
        return self.status == self.Status.PREPARING and self.approval == self.Approval.SUBMITTED

"""The plan of a movement: its document unchanged, what was read in it, and every correction made by hand."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thidua.library.models import Document, StoredFile
from thidua.movements.models.movements import Approvable, Movement
from thidua.records.ids import uuid7
from thidua.records.models import Row, VersionedRow


class Plan(VersionedRow):
    """The plan of one movement. ``text`` is the source's, never edited; a unit's own plan has none."""

    movement = models.OneToOneField(Movement, models.CASCADE, related_name="plan")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(blank=True)
    blocks = models.JSONField(default=list)  # [[start, end, kind, bold, centred, row, column]] of ``text``
    notices = models.JSONField(default=list)  # what the reader of the file noticed: {code, parameters}
    not_answering = models.JSONField(default=list)  # ids of participations it was said not to answer
    doc_type = models.CharField(_("Loại văn bản"), max_length=20, blank=True)
    number = models.CharField(_("Số, ký hiệu"), max_length=80, blank=True)
    issued_on = models.DateField(_("Ngày ban hành"), null=True, blank=True)
    place = models.CharField(_("Nơi ban hành"), max_length=80, blank=True)
    issuer = models.CharField(_("Cơ quan ban hành"), max_length=250, blank=True)
    title = models.TextField(_("Trích yếu"), blank=True)
    signer_name = models.CharField(_("Người ký"), max_length=120, blank=True)
    signer_position = models.CharField(_("Chức vụ người ký"), max_length=200, blank=True)
    signer_mode = models.CharField(_("Quyền hạn ký"), max_length=3, blank=True)
    issued_at = models.DateTimeField(
        null=True, blank=True
    )  # a unit's own plan: when number and day were given

    @property
    def takes_corrections(self) -> bool:
        """Say whether any item may still change: not while it lies with the head, or is what the head agreed to."""
        return self.is_open and not self.movement.is_held

    @property
    def takes_settling(self) -> bool:
        """Say whether what is still unsure may be settled: also after the head, who saw it listed, agreed."""
        return self.is_open and not self.movement.is_submitted

    @property
    def is_open(self) -> bool:
        """Say whether the plan is being made: not once launched, nor as a paper drawn up here that has its number.

        A unit's plan read from its own signed document stays open: what was read wrong is put right.
        """
        if self.movement.status != Movement.Status.PREPARING:
            return False
        return self.issued_at is None or bool(self.text)


class NumberCorrection(Row):
    """Number and day of an issued plan put right: they had been entered otherwise than on the signed paper."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="number_corrections")
    number_before = models.CharField(max_length=80, blank=True)
    number_after = models.CharField(max_length=80)
    issued_on_before = models.DateField(null=True)
    issued_on_after = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("đính chính số, ngày ban hành")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="number_corrected_with_reason")]


class PlanRevision(Approvable):
    """A change to a launched plan, with the document that made it; number 1 is the launch itself.

    Until ``issued_at`` it is a draft that only its makers see.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    effective_on = models.DateField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(blank=True)  # of the amending document
    takes_other_plan = models.BooleanField(default=False)  # it names another plan, and is used knowingly
    decision = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    changes = models.JSONField(default=list)  # [{kind: add|change|remove, field, item, before, after}]
    issued_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint("plan", "number", name="plan_revision_once"),
            models.CheckConstraint(
                condition=~Q(approval="submitted") | Q(submitted_to__isnull=False),
                name="revision_submitted_to_somebody",
            ),
        ]

    @property
    def is_submitted(self) -> bool:
        """Say whether the draft lies with the head to be decided on."""
        return self.issued_at is None and self.approval == self.Approval.SUBMITTED


class PlanItem(VersionedRow):
    """One thing the plan says: a deadline, a target, a content … ``value`` is of the shape its field asks."""

    class State(models.TextChoices):
        READ = "read", _("Máy đọc")
        CONFIRMED = "confirmed", _("Đã xác nhận")
        EDITED = "edited", _("Đã sửa")
        ADDED = "added", _("Thêm tay")
        REMOVED = "removed", _("Đã bỏ")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="items")
    field = models.CharField(max_length=24)
    order = models.PositiveIntegerField(default=0)
    value = models.JSONField()
    quote = models.TextField(blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    is_sure = models.BooleanField(default=True)
    is_derived = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.READ)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    origin = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="taken_up_as")
    since = models.ForeignKey(PlanRevision, models.PROTECT, null=True, related_name="items_made")
    until = models.ForeignKey(PlanRevision, models.PROTECT, null=True, blank=True, related_name="items_ended")

    class Meta:
        ordering = ["field", "order", "id"]
        indexes = [models.Index(fields=["plan", "field", "order"], name="plan_item_order")]

    @property
    def waits_for_check(self) -> bool:
        """Unsure and not yet settled by a person: it may not be skipped silently."""
        return not self.is_sure and self.state == self.State.READ


class PlanChange(Row):
    """A change by checking, kept so that it can be undone: the item before and after (null: not there).

    Changes made by one click share ``act`` and are undone together.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="changes")
    act = models.UUIDField(default=uuid7)
    item_id = models.UUIDField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)


class Basis(Row):
    """A legal basis of the plan, joined to the register of documents."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="bases")
    item = models.OneToOneField(PlanItem, models.CASCADE, related_name="basis")
    document = models.ForeignKey(Document, models.PROTECT, related_name="cited_by")

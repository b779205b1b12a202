"""Honours as they were given, and everything that happened to them since.

No row is ever deleted. A correction keeps what stood before; revoking, stripping and restoring are rows of
their own, each with its decision and the day from which it holds (valid time) beside the moment it was
written (recorded time).
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thidua.core.law.words import Level
from thidua.honours.catalogue import catalogue, label_of
from thidua.library.models import Document
from thidua.organisations.models import Person, Unit
from thidua.records.fields import BytewiseTextField
from thidua.records.models import Row, VersionedRow


class Honour(VersionedRow):
    """One award given once to one subject by one decision.

    ``place`` is the unit the subject belonged to on the day of the decision: the collective itself, the
    person's unit of that day, the unit that keeps a household's. ``state`` is today's, kept for lists;
    ``decided_on`` and ``number`` repeat the decision's for the index. ``period_from`` and ``period_to`` are years.
    """

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", pgettext_lazy("one", "Cá nhân")
        COLLECTIVE = "collective", _("Tập thể")
        HOUSEHOLD = "household", _("Hộ gia đình")

    class Type(models.TextChoices):
        MERIT = "MERIT", _("Công trạng")
        MOVEMENT = "MOVEMENT", _("Phong trào thi đua")
        THEMATIC = "THEMATIC", _("Thi đua theo chuyên đề")
        AD_HOC = "AD_HOC", _("Đột xuất")
        CONTRIBUTION = "CONTRIBUTION", _("Quá trình cống hiến")
        SENIORITY = "SENIORITY", _("Niên hạn")
        EXTERNAL = "EXTERNAL", _("Đối ngoại")

    class Level(models.TextChoices):
        COMMUNE = str(Level.COMMUNE), _("Cấp xã")
        UNIT = str(Level.UNIT), _("Cấp cơ sở")
        MINISTRY = str(Level.MINISTRY), _("Cấp bộ, ngành")
        PROVINCE = str(Level.PROVINCE), _("Cấp tỉnh")
        STATE = str(Level.STATE), _("Cấp Nhà nước")

    class Source(models.TextChoices):
        ENTERED = "entered", _("Nhập từ quyết định")
        IMPORTED = "imported", _("Nhập từ Excel")
        DECIDED = "decided", _("Từ quyết định ban hành trong hệ thống")

    class State(models.TextChoices):
        HELD = "held", _("Còn hiệu lực")
        REVOKED = "revoked", _("Đã hủy bỏ")
        STRIPPED = "stripped", _("Đã tước")
        VOID = "void", _("Ghi nhầm, đã rút")

    kind = models.CharField(_("Đối tượng"), max_length=10, choices=Kind)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="honours")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="honours")
    household = models.CharField(_("Hộ gia đình"), max_length=200, blank=True)
    name = models.CharField(_("Tên ghi trong quyết định"), max_length=250)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    root = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    award = models.CharField(_("Danh hiệu, hình thức"), max_length=20)
    type = models.CharField(_("Loại hình"), max_length=12, choices=Type, default=Type.MERIT)
    level = models.CharField(_("Cấp khen"), max_length=10, choices=Level)
    period_from = models.PositiveSmallIntegerField(_("Từ năm"))
    period_to = models.PositiveSmallIntegerField(_("Đến năm"))
    decision = models.ForeignKey(Document, models.PROTECT, related_name="honours")
    number = models.CharField(_("Số quyết định"), max_length=80)
    decided_on = models.DateField(_("Ngày quyết định"))
    issuer = models.CharField(_("Cơ quan quyết định"), max_length=200)
    issuing_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    signer = models.CharField(_("Người ký"), max_length=150, blank=True)
    movement = models.CharField(_("Phong trào"), max_length=300, blank=True)
    movement_id = models.UUIDField(null=True, blank=True)  # movements stand above: named, not pointed at
    certificate_number = models.CharField(_("Số vào sổ bằng"), max_length=60, blank=True)
    note = models.TextField(_("Ghi chú"), blank=True)

    source = models.CharField(max_length=10, choices=Source, default=Source.ENTERED)
    state = models.CharField(max_length=10, choices=State, default=State.HELD)
    entered_at = models.DateTimeField(auto_now_add=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    folded = models.CharField(max_length=300)
    marked = models.CharField(max_length=400)
    sort_key = BytewiseTextField()

    class Meta:
        verbose_name = _("lần khen")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="individual", person__isnull=False, unit__isnull=True, household="")
                | models.Q(kind="collective", person__isnull=True, unit__isnull=False, household="")
                | (
                    models.Q(kind="household", person__isnull=True, unit__isnull=True)
                    & ~models.Q(household="")
                ),
                name="honour_of_one_subject",
            ),
            models.CheckConstraint(
                condition=models.Q(period_to__gte=models.F("period_from")), name="honour_period_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["-decided_on", "sort_key", "id"], name="honour_order"),
            models.Index(fields=["root", "period_to", "award"], name="honour_root_year"),
            models.Index(fields=["root", "-decided_on"], name="honour_root_order"),
            models.Index(fields=["place", "-decided_on"], name="honour_place"),
        ]

    def __str__(self) -> str:
        return f"{self.award_label}, {self.name}"

    @property
    def award_label(self) -> str:
        return label_of(self.award)

    @property
    def is_of_state(self) -> bool:
        """Say whether the State gave it: the gold of lists and timelines."""
        return self.level == self.Level.STATE

    @property
    def is_title(self) -> bool:
        entry = catalogue().get(self.award)
        return bool(entry and entry.is_title)

    @property
    def is_state_title(self) -> bool:
        """Say whether it is an honorary title of the State, the only kind that is stripped and not revoked."""
        entry = catalogue().get(self.award)
        return bool(entry and entry.is_state_title)

    @property
    def years(self) -> str:
        """The period as lists show it: ``2025`` or ``2021–2025``."""
        if self.period_from == self.period_to:
            return str(self.period_to)
        return f"{self.period_from}–{self.period_to}"


class HonourEvent(Row):
    """What happened to an honour after it was given: from which day it holds, and when it was written."""

    class Kind(models.TextChoices):
        CORRECTED = "corrected", _("Đính chính")
        REVOKED = "revoked", _("Hủy bỏ quyết định")
        STRIPPED = "stripped", _("Tước danh hiệu")
        RESTORED = "restored", _("Khôi phục")
        VOIDED = "voided", _("Rút vì ghi nhầm")
        REEXAMINED = "reexamined", _("Đã xem xét lại")

    honour = models.ForeignKey(Honour, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField(_("Có hiệu lực từ ngày"))
    decision = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    number = models.CharField(_("Số quyết định"), max_length=80, blank=True)
    decided_on = models.DateField(_("Ngày quyết định"), null=True, blank=True)
    reason = models.TextField(_("Lý do"))
    changes = models.JSONField(default=dict)  # of a correction: field → [before, after] as shown
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-on", "-at", "-id"]
        indexes = [models.Index(fields=["honour", "on"], name="honour_event_day")]

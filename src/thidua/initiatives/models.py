"""An initiative from draft to recognition, its authors, its council's opinions, and what it has been used for.

Research accepted elsewhere stands in the same table: it is recorded from its decision and goes through no steps.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from thidua.core.law import words
from thidua.library.models import Document, StoredFile
from thidua.organisations.models import Person, Unit
from thidua.records.models import DatedQuerySet, Ending, Row, VersionedRow


class InitiativeCouncil(Ending, VersionedRow):
    """The initiative council of a unit for a term, set up by a decision."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="initiative_councils")
    name = models.CharField(_("Tên Hội đồng"), max_length=200)
    decision = models.ForeignKey(Document, models.PROTECT, related_name="+")
    valid_from = models.DateField(_("Nhiệm kỳ từ ngày"))
    valid_until = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Hội đồng sáng kiến")

    def __str__(self) -> str:
        return self.name


class CouncilMember(Ending, Row):
    """A seat of the council, with dates: the row is the grant."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chủ tịch")
        SECRETARY = "secretary", _("Thư ký")
        MEMBER = "member", _("Ủy viên")

    council = models.ForeignKey(InitiativeCouncil, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="initiative_seats")
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("thành viên Hội đồng sáng kiến")
        constraints = [
            models.UniqueConstraint("council", "person", "valid_from", name="initiative_member_once_a_day")
        ]

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


class Initiative(VersionedRow):
    """One initiative or piece of research.

    ``state`` moves as STEPS says; scope and decision come with recognition. ``accepted_on``, ``accepted_level``
    and ``accepted_as`` are of research alone.
    """

    class Kind(models.TextChoices):
        INITIATIVE = "initiative", pgettext_lazy("one", "Sáng kiến")
        TOPIC = "topic", _("Đề tài khoa học")
        SCHEME = "scheme", _("Đề án khoa học")
        WORK = "work", _("Công trình khoa học và công nghệ")

    class Source(models.TextChoices):
        STEPS = "steps", _("Qua các bước đánh giá")
        RECORDED = "recorded", _("Ghi nhận theo quyết định đã có")
        IMPORTED = "imported", _("Nhập từ tệp, theo quyết định đã có")

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang soạn")
        SUBMITTED = "submitted", _("Đã nộp")
        RETURNED = "returned", _("Trả lại bổ sung")
        APPRAISING = "appraising", _("Hội đồng đang đánh giá")
        RECOGNISED = "recognised", _("Đã công nhận")
        REFUSED = "refused", _("Không công nhận")
        WITHDRAWN = "withdrawn", _("Tác giả đã rút")
        CANCELLED = "cancelled", _("Đã hủy công nhận")

    class Scope(models.TextChoices):
        CO_SO = "CO_SO", _("Cấp cơ sở")
        BO = "BO", _("Cấp bộ, ngành, tỉnh")
        TOAN_QUOC = "TOAN_QUOC", _("Toàn quốc")

    class Level(models.TextChoices):
        """Who accepted a piece of research; how far it reaches is the scope."""

        CO_SO = "CO_SO", _("Cấp cơ sở")
        BO = "BO", _("Cấp bộ, ngành, tỉnh")
        QUOC_GIA = "QUOC_GIA", _("Cấp quốc gia")

    class Grade(models.TextChoices):
        EXCELLENT = "excellent", _("Xuất sắc")
        GOOD = "good", _("Khá")
        PASSED = "passed", _("Đạt")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="initiatives")
    root = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("Năm"))
    submitter = models.ForeignKey(Person, models.PROTECT, related_name="submitted_initiatives")
    title = models.CharField(_("Tên sáng kiến"), max_length=300)
    description = models.TextField(_("Nội dung"))
    effect = models.TextField(_("Hiệu quả"), blank=True)
    applied_on = models.DateField(_("Áp dụng từ ngày"), null=True, blank=True)
    replicable = models.BooleanField(_("Có khả năng nhân rộng"), default=False)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    council = models.ForeignKey(InitiativeCouncil, models.PROTECT, null=True, related_name="initiatives")
    scope = models.CharField(_("Phạm vi ảnh hưởng"), max_length=10, choices=Scope, blank=True)
    decision = models.ForeignKey(Document, models.PROTECT, null=True, related_name="initiatives")
    recognised_on = models.DateField(null=True, blank=True)
    kind = models.CharField(_("Loại"), max_length=10, choices=Kind, default=Kind.INITIATIVE)
    source = models.CharField(max_length=8, choices=Source, default=Source.STEPS)
    accepted_on = models.DateField(_("Ngày nghiệm thu"), null=True, blank=True)
    accepted_level = models.CharField(_("Cấp nghiệm thu"), max_length=8, choices=Level, blank=True)
    accepted_as = models.CharField(_("Kết quả nghiệm thu"), max_length=9, choices=Grade, blank=True)
    folded = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("sáng kiến")
        indexes = [
            models.Index(fields=["root", "-year", "id"], name="initiative_root_year"),
            models.Index(fields=["unit", "-year"], name="initiative_unit_year"),
            models.Index(fields=["council", "state"], name="initiative_council_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="recognised")
                | (~models.Q(scope="") & models.Q(recognised_on__isnull=False)),
                name="initiative_recognised_with_scope",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="initiative") | models.Q(accepted_on__isnull=False),
                name="research_is_accepted",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_research(self) -> bool:
        return self.kind != self.Kind.INITIATIVE

    @property
    def is_recorded(self) -> bool:
        """Whether it came from a decision made elsewhere, not through the steps here."""
        return self.source != self.Source.STEPS

    @property
    def state_shown(self) -> str:
        """The state in the words of its kind: an initiative is recognised, research accepted."""
        if self.is_research and self.state == self.State.RECOGNISED:
            return gettext("Đã nghiệm thu")
        return self.get_state_display()


class Authorship(Row):
    """An author's part; the shares of one initiative make 100 per cent, or none is known.

    ``role`` is what somebody did in research.
    """

    class Role(models.TextChoices):
        LEAD = words.Role.LEAD.value, _("Chủ nhiệm")
        WRITER = words.Role.WRITER.value, _("Viết nội dung")
        SECRETARY = words.Role.SECRETARY.value, _("Thư ký khoa học")
        MEMBER = words.Role.MEMBER.value, _("Thành viên tham gia")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="authorships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="authorships")
    percent = models.PositiveSmallIntegerField(_("Tỷ lệ đóng góp, phần trăm"), null=True, blank=True)
    role = models.CharField(_("Vai trò"), max_length=9, choices=Role, blank=True)

    class Meta:
        verbose_name = _("tác giả sáng kiến")
        constraints = [
            models.UniqueConstraint("initiative", "person", name="author_once"),
            models.CheckConstraint(
                condition=models.Q(percent__gte=1, percent__lte=100), name="author_share_in_range"
            ),
        ]


class InitiativeFile(Row):
    """A file handed in with the initiative."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")


class Opinion(VersionedRow):
    """What one member of the council says of one initiative."""

    class Verdict(models.TextChoices):
        RECOGNISE = "recognise", _("Đề nghị công nhận")
        REFUSE = "refuse", _("Không công nhận")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="opinions")
    member = models.ForeignKey(Person, models.PROTECT, related_name="+")
    verdict = models.CharField(_("Ý kiến"), max_length=10, choices=Verdict)
    scope = models.CharField(_("Phạm vi đề nghị"), max_length=10, choices=Initiative.Scope, blank=True)
    reasons = models.TextField(_("Nhận xét"))

    class Meta:
        constraints = [models.UniqueConstraint("initiative", "member", name="opinion_once")]


class InitiativeEvent(Row):
    """A step of the initiative: from which state to which, when, by whom."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="events")
    act = models.CharField(max_length=12)
    state = models.CharField(max_length=10, choices=Initiative.State)
    note = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-at", "-id"]


class InitiativeUse(Row):
    """The initiative served as a ground for an award of one of its authors."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="uses")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    award = models.CharField(_("Danh hiệu, hình thức"), max_length=20)
    year = models.PositiveSmallIntegerField(_("Năm"))
    decided_on = models.DateField(_("Ngày quyết định"), null=True, blank=True)
    note = models.CharField(_("Ghi chú"), max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["year", "id"]
        constraints = [
            models.UniqueConstraint("initiative", "person", "award", "year", name="initiative_use_once")
        ]

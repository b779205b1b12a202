"""What a person's (or a collective's) record holds year by year: ratings, discipline, leave."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua.library.models import Document
from thidua.organisations.models.people import Person
from thidua.organisations.models.units import Unit
from thidua.records.models import DatedQuerySet, Ending, VersionedRow


class Rating(VersionedRow):
    """The quality rating of a person or of a collective for one year."""

    class Level(models.TextChoices):
        EXCELLENT = "EXCELLENT", _("Hoàn thành xuất sắc nhiệm vụ")
        GOOD = "GOOD", _("Hoàn thành tốt nhiệm vụ")
        COMPLETED = "COMPLETED", _("Hoàn thành nhiệm vụ")
        FAILED = "FAILED", _("Không hoàn thành nhiệm vụ")

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="ratings")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="ratings")
    year = models.PositiveSmallIntegerField(_("Năm"))
    level = models.CharField(_("Mức xếp loại"), max_length=10, choices=Level)
    decision = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("xếp loại hằng năm")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, unit__isnull=True)
                | models.Q(person__isnull=True, unit__isnull=False),
                name="rating_of_one_subject",
            ),
            models.UniqueConstraint("person", "year", name="rating_of_person_once_a_year"),
            models.UniqueConstraint("unit", "year", name="rating_of_unit_once_a_year"),
        ]


class Discipline(Ending, VersionedRow):
    """A disciplinary measure in force from ``valid_from`` until ``valid_until`` (half-open; empty: still)."""

    class Level(models.TextChoices):
        REPRIMAND = "KHIEN_TRACH", _("Khiển trách")
        WARNING = "CANH_CAO", _("Cảnh cáo")
        PAY_CUT = "HA_BAC_LUONG", _("Hạ bậc lương")
        DEMOTION = "GIANG_CHUC", _("Giáng chức")
        REMOVAL = "CACH_CHUC", _("Cách chức")
        DISMISSAL = "BUOC_THOI_VIEC", _("Buộc thôi việc")

    person = models.ForeignKey(Person, models.PROTECT, related_name="disciplines")
    level = models.CharField(_("Hình thức kỷ luật"), max_length=16, choices=Level)
    valid_from = models.DateField(_("Có hiệu lực từ ngày"))
    valid_until = models.DateField(null=True, blank=True)
    decision = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("kỷ luật")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gt=models.F("valid_from")),
                name="discipline_ends_after_start",
            ),
            models.UniqueConstraint("person", "level", "valid_from", name="discipline_once"),
        ]


class Leave(Ending, VersionedRow):
    """An absence from ``valid_from`` until ``valid_until`` (half-open)."""

    class Kind(models.TextChoices):
        MATERNITY = "maternity", _("Nghỉ thai sản")
        STUDY = "study", _("Đi học, đào tạo")
        UNPAID = "unpaid", _("Nghỉ không hưởng lương")
        SICK = "sick", _("Nghỉ ốm")
        WOUND = "wound", _("Điều trị do cứu người, cứu tài sản")

    class Result(models.TextChoices):
        POOR = "poor", _("Yếu, kém")
        AVERAGE = "average", _("Trung bình")
        GOOD = "good", _("Khá")
        VERY_GOOD = "very_good", _("Giỏi")
        EXCELLENT = "excellent", _("Xuất sắc")

    HEALTH = (Kind.SICK, Kind.WOUND)
    """Kinds that speak of health: read only with a right of their own."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="leaves")
    kind = models.CharField(_("Loại"), max_length=10, choices=Kind)
    valid_from = models.DateField(_("Từ ngày"))
    valid_until = models.DateField(null=True, blank=True)
    result = models.CharField(_("Kết quả học tập"), max_length=10, choices=Result, blank=True)
    decision = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("thời gian nghỉ")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gt=models.F("valid_from")),
                name="leave_ends_after_start",
            ),
            models.UniqueConstraint("person", "kind", "valid_from", name="leave_once"),
        ]

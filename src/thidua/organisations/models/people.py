"""People and the posts they hold, by date."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua.organisations.models.units import Unit
from thidua.records.fields import BytewiseTextField
from thidua.records.models import DatedQuerySet, Ending, Row, VersionedRow


class Person(VersionedRow):
    """A person of the sector.

    ``unit``, ``position`` and ``staff_kind`` are today's main post, kept for lists; ``record_unit`` keeps
    the record: today's unit, and after leaving the last one.
    """

    class Sex(models.TextChoices):
        FEMALE = "female", _("Nữ")
        MALE = "male", _("Nam")

    root = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="people")
    record_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="records")
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="person"
    )
    full_name = models.CharField(_("Họ và tên"), max_length=150)
    staff_code = BytewiseTextField(_("Số hiệu"), blank=True)  # searched by its beginning, as a range
    birth_date = models.DateField(_("Ngày sinh"), null=True, blank=True)
    sex = models.CharField(_("Giới tính"), max_length=6, choices=Sex, blank=True)
    email = models.EmailField(_("Thư điện tử"), blank=True)
    phone = models.CharField(_("Điện thoại"), max_length=60, blank=True)
    citizen_hash = models.CharField(max_length=64, blank=True)  # keyed; the number itself is never kept
    left_on = models.DateField(null=True, blank=True)  # the first day no longer in the sector
    position = models.CharField(max_length=150, blank=True)
    position_folded = models.CharField(max_length=150, blank=True)
    staff_kind = models.CharField(max_length=20, blank=True)
    folded = models.CharField(max_length=200)
    marked = models.CharField(max_length=250)
    sort_key = BytewiseTextField()

    class Meta:
        verbose_name = _("cá nhân")
        constraints = [
            models.UniqueConstraint(
                "root", "staff_code", name="staff_code_once_in_root", condition=~models.Q(staff_code="")
            ),
        ]
        indexes = [
            # A search that finds few reads the whole index, so the folded name stands in it.
            models.Index(fields=["sort_key", "id", "folded"], name="person_order"),
            models.Index(fields=["root", "sort_key", "id", "folded"], name="person_root_order"),
            models.Index(fields=["unit", "sort_key"], name="person_unit_order"),
            models.Index(fields=["staff_code"], name="person_staff_code"),
            models.Index(fields=["record_unit", "sort_key"], name="person_record_order"),
        ]

    def __str__(self) -> str:
        return self.full_name


class Post(Ending, VersionedRow):
    """A position in a unit over time (half-open). The main post says where the person belongs."""

    class StaffKind(models.TextChoices):
        CADRE = "cadre", _("Cán bộ")
        CIVIL_SERVANT = "civil_servant", _("Công chức")
        PUBLIC_EMPLOYEE = "public_employee", _("Viên chức")
        CONTRACT_INDEFINITE = "contract_indefinite", _("Hợp đồng không xác định thời hạn")
        CONTRACT_FIXED = "contract_fixed", _("Hợp đồng xác định thời hạn")
        PROBATION = "probation", _("Tập sự")
        MEMBER = "member", _("Hội viên")
        OUTSIDER = "outsider", _("Ngoài ngành")

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    position = models.CharField(_("Chức vụ"), max_length=150)
    staff_kind = models.CharField(_("Đối tượng"), max_length=20, choices=StaffKind)
    is_manager = models.BooleanField(_("Giữ chức vụ quản lý"), default=False)
    is_main = models.BooleanField(default=True)
    is_secondment = models.BooleanField(_("Biệt phái"), default=False)
    contract_months = models.PositiveSmallIntegerField(null=True, blank=True)
    valid_from = models.DateField(_("Từ ngày"))
    valid_until = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("chức vụ")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gt=models.F("valid_from")),
                name="post_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["unit", "valid_from"], name="post_unit")]


class DistinctPeople(Row):
    """Two people who look alike and are not the same: somebody looked and said so."""

    first = models.ForeignKey(Person, models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, models.CASCADE, related_name="+")
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint("first", "second", name="distinct_people_once")]

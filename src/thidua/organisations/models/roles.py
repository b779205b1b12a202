"""Roles on a unit: the row that gives the post is the grant, and it has dates."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua.organisations.models.people import Person
from thidua.organisations.models.units import Unit
from thidua.records.models import DatedQuerySet, Ending, VersionedRow


class UnitRole(Ending, VersionedRow):
    """What a person may do on a unit and, where the role says so, on all below it."""

    class Role(models.TextChoices):
        OFFICER = "officer", _("Chuyên viên thi đua, khen thưởng")
        HEAD = "head", _("Thủ trưởng")
        STAFF_ADMIN = "staff_admin", _("Quản lý đơn vị và cá nhân")
        PERSONNEL = "personnel", _("Tổ chức cán bộ (kỷ luật, sức khỏe)")
        AUDITOR = "auditor", _("Kiểm toán (chỉ xem)")

    person = models.ForeignKey(Person, models.CASCADE, related_name="unit_roles")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="roles")
    role = models.CharField(max_length=12, choices=Role)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    stand_in_for = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="stand_ins"
    )  # the absent person's own role
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("vai trò được giao")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="unit_role_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["person", "valid_from"], name="unit_role_person")]

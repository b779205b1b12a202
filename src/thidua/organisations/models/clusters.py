"""Clusters, blocks and regions of a year, their member units and the people who act for them."""

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from thidua.organisations.models.people import Person
from thidua.organisations.models.units import Unit
from thidua.records.models import DatedQuerySet, Ending, Row, VersionedRow


class Cluster(VersionedRow):
    """A cluster in one year; last year's cluster of the same code is another row."""

    class Kind(models.TextChoices):
        CUM = "cum", pgettext_lazy("one", "Cụm thi đua")
        KHOI = "khoi", _("Khối thi đua")
        KHU_VUC = "khu_vuc", _("Khu vực thi đua")

    authority = models.ForeignKey(Unit, models.PROTECT, related_name="clusters")
    year = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CUM)
    name = models.CharField(max_length=200)
    regulation = models.CharField(max_length=250, blank=True)  # number and day of its working regulation
    decision = models.CharField(max_length=250, blank=True)  # that appointed lead and deputy

    class Meta:
        verbose_name = _("cụm, khối")
        constraints = [models.UniqueConstraint("authority", "year", "code", name="cluster_once_a_year")]

    def __str__(self) -> str:
        return self.name

    @property
    def dated_name(self) -> str:
        """The name with the year: every year has a cluster of that name."""
        return gettext("%(name)s – năm %(year)s") % {"name": self.name, "year": self.year}


class ClusterMember(Ending, Row):
    """A unit in a cluster, from a day of the year on; at most one leads."""

    class Standing(models.TextChoices):
        LEAD = "lead", _("Cụm trưởng")
        DEPUTY = "deputy", _("Cụm phó")
        MEMBER = "member", pgettext_lazy("one", "Thành viên")

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="members")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cluster_memberships")
    standing = models.CharField(max_length=8, choices=Standing, default=Standing.MEMBER)
    block = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("chỗ trong cụm, khối")
        constraints = [
            models.UniqueConstraint(
                "cluster", "unit", name="cluster_member_once", condition=models.Q(valid_until__isnull=True)
            ),
            models.UniqueConstraint(
                "cluster",
                name="cluster_one_lead",
                condition=models.Q(standing="lead", valid_until__isnull=True),
            ),
        ]


class ClusterRole(Ending, Row):
    """The person who acts for the cluster's leading unit, with dates: the row is the grant."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Đại diện Cụm trưởng")
        DEPUTY = "deputy", _("Đại diện Cụm phó")

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="roles")
    person = models.ForeignKey(Person, models.CASCADE, related_name="cluster_roles")
    role = models.CharField(max_length=8, choices=Role)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("vai trò trong cụm, khối")

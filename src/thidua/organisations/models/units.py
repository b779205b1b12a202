"""Units: any body of the tree, its dated names and parents, and the events that made or ended it.

A dated row holds from its day until the next row's day, so neither gap nor overlap can be written.
"""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.records.days import SINCE_EVER
from thidua.records.fields import BytewiseTextField
from thidua.records.models import Row, VersionedRow


class UnitKind(Row):
    """A kind of unit an administrator may edit: ministry, department, office, chapter."""

    class Level(models.TextChoices):
        CENTRAL = "central", _("Trung ương")
        PROVINCE = "province", _("Cấp tỉnh")
        COMMUNE = "commune", _("Cấp xã")
        GRASSROOTS = "grassroots", _("Cơ sở")

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    level = models.CharField(max_length=12, choices=Level)
    is_small_collective = models.BooleanField(default=False)
    has_legal_entity = models.BooleanField(default=True)
    is_of_province = models.BooleanField(default=False)
    """Run by a province: a ministry's tree may hold it, the ministry's rules for its own staff do not bind it."""
    rank = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["rank", "code"]

    def __str__(self) -> str:
        return self.name


class UnitQuerySet(models.QuerySet["Unit"]):
    """Reads of units; a subtree is a range of the bytewise path."""

    def existing(self, day: date) -> Self:
        """Keep the units that exist on ``day``."""
        return self.filter(founded_on__lte=day).filter(
            models.Q(dissolved_on__isnull=True) | models.Q(dissolved_on__gt=day)
        )

    def within(self, *tops: "Unit") -> Self:
        """Keep each of ``tops`` and all below it in today's tree; nothing when there are none."""
        condition = models.Q(pk__in=[])
        for top in tops:
            condition |= top.subtree
        return self.filter(condition)


class Unit(VersionedRow):
    """A body. ``name``, ``parent`` and ``path`` are today's, rebuilt when a dated change takes effect."""

    class BodyRole(models.TextChoices):
        ORDINARY = "ordinary", _("Đơn vị")
        SPECIALISED = "specialised", _("Cơ quan chuyên trách thi đua, khen thưởng")
        COORDINATING = "coordinating", _("Tổ chức phối hợp")

    code = models.CharField(max_length=40)
    kind = models.ForeignKey(UnitKind, models.PROTECT, related_name="units")
    root = models.ForeignKey("self", models.PROTECT, related_name="+")  # a top is its own
    founded_on = models.DateField()  # SINCE_EVER: nobody knows, and no day is too early
    dissolved_on = models.DateField(null=True, blank=True)  # the first day it no longer exists
    has_legal_entity = models.BooleanField(default=True)
    is_small_collective = models.BooleanField(default=False)
    body_role = models.CharField(max_length=12, choices=BodyRole, default=BodyRole.ORDINARY)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=60, blank=True)
    symbol = models.CharField(max_length=30, blank=True)  # as in “98/KH-STP”
    place = models.CharField(max_length=60, blank=True)  # as in “Hà Nội, ngày …”

    name = models.CharField(max_length=250)
    short_name = models.CharField(max_length=120, blank=True)
    folded = models.CharField(max_length=400)  # name and short name, without diacritics
    marked = models.CharField(max_length=500)  # the same, each word with its tone before it (searching.py)
    sort_key = BytewiseTextField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = BytewiseTextField(unique=True)
    depth = models.PositiveSmallIntegerField(default=0)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị trực thuộc")
        constraints = [
            models.UniqueConstraint("root", "code", name="unit_code_once_in_root"),
            models.CheckConstraint(
                condition=models.Q(dissolved_on__isnull=True)
                | models.Q(dissolved_on__gte=models.F("founded_on")),
                name="unit_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["folded"], name="unit_folded")]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """The name, with that of the unit above where many bear it: rooms of one name stand in many departments."""
        return f"{self.name} — {self.parent.name}" if self.parent and self.depth > 1 else self.name

    @property
    def segment(self) -> str:
        """The unit's own part of a path: forty random bits of its id."""
        return self.id.hex[-10:]

    @property
    def subtree(self) -> models.Q:
        """This unit and all below it in today's tree ("~" sorts after every letter of a path)."""
        return models.Q(path__gte=self.path, path__lt=f"{self.path}~")

    @property
    def founding_day(self) -> date | None:
        """The day the unit was founded, None where nobody knows it."""
        return None if self.founded_on == SINCE_EVER else self.founded_on

    def exists_on(self, day: date) -> bool:
        return self.founded_on <= day and (self.dissolved_on is None or day < self.dissolved_on)

    def contains(self, other: "Unit") -> bool:
        """Say whether ``other`` is this unit or below it in today's tree."""
        return bool(other.path.startswith(self.path))


class UnitName(Row):
    """A name from a day on."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names")
    valid_from = models.DateField()
    name = models.CharField(max_length=250)
    short_name = models.CharField(max_length=120, blank=True)
    folded = models.CharField(max_length=400)
    marked = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("tên của đơn vị")
        ordering = ["valid_from"]
        constraints = [models.UniqueConstraint("unit", "valid_from", name="unit_name_once_a_day")]


class UnitParent(Row):
    """The unit above, from a day on; an empty parent is a top."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="parents")
    valid_from = models.DateField()
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="dated_children")

    class Meta:
        verbose_name = _("nơi trực thuộc")
        ordering = ["valid_from"]
        constraints = [
            models.UniqueConstraint("unit", "valid_from", name="unit_parent_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("unit")),
                name="unit_not_its_own_parent",
            ),
        ]


class UnitEvent(Row):
    """A reorganisation: what happened, on which day, by which decision."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("Sáp nhập, hợp nhất")
        SPLIT = "split", _("Chia, tách")
        RENAME = "rename", _("Đổi tên")
        MOVE = "move", _("Chuyển cơ quan quản lý")
        DISSOLVE = "dissolve", _("Giải thể")

    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()
    decision = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True, blank=True)  # empty: not known, or told within the words above
    note = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    @property
    def decision_words(self) -> str:
        return decision_words(self.decision, self.decided_on)


def decision_words(number: str, decided_on: date | None) -> str:
    """Name a decision by its number and, where it is known, its day."""
    if decided_on is None:
        return number
    day = f"{decided_on.day}/{decided_on.month}/{decided_on.year}"
    return gettext("%(number)s ngày %(day)s") % {"number": number, "day": day}


class UnitSuccession(Row):
    """Which unit took over from which; officers of the successor see the predecessor's records."""

    event = models.ForeignKey(UnitEvent, models.CASCADE, related_name="successions")
    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="inheritances")

    class Meta:
        verbose_name = _("lần sắp xếp đơn vị")
        constraints = [
            models.UniqueConstraint("event", "predecessor", "successor", name="unit_succession_once"),
        ]

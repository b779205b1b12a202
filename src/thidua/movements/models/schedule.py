"""What has a life of its own once a plan is launched: phases, events, deadlines, duties, targets."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thidua.movements.models.movements import Movement
from thidua.movements.models.plans import PlanItem, PlanRevision
from thidua.organisations.models import Cluster, Unit
from thidua.records.models import Row, VersionedRow


class Launched(Row):
    """Made from an item of the plan by a revision, and ended by a later one."""

    movement = models.ForeignKey(Movement, models.CASCADE, related_name="%(class)ss")
    item = models.ForeignKey(PlanItem, models.PROTECT, null=True, related_name="%(class)ss")
    made_by_revision = models.ForeignKey(PlanRevision, models.PROTECT, null=True, related_name="+")
    ended_by_revision = models.ForeignKey(
        PlanRevision, models.PROTECT, null=True, blank=True, related_name="+"
    )
    order = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["order", "id"]


class Phase(Launched):
    """A round within the movement; ends are inclusive, as documents say them."""

    name = models.CharField(max_length=200)
    from_text = models.CharField(max_length=120, blank=True)
    to_text = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    occasions = models.JSONField(default=list)


class Event(VersionedRow):
    """Something deadlines hang on: a launch, a conference, an outside document that must come first."""

    movement = models.ForeignKey(Movement, models.CASCADE, related_name="events")
    name = models.CharField(_("Sự kiện"), max_length=300)
    is_document = models.BooleanField(default=False)  # waits for an outside document
    on = models.DateField(_("Ngày"), null=True, blank=True)
    finished_on = models.DateField(null=True, blank=True)
    order = models.PositiveIntegerField(default=0)
    has_own_days = models.BooleanField(default=False)  # some units have it on a day of their own

    class Meta:
        ordering = ["order", "id"]


class EventDay(Row):
    """The day of an event for one unit or the members of one cluster; a unit's own beats its cluster's.

    The event's version stands for these rows too.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="own_days")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField()

    class Meta:
        verbose_name = _("ngày riêng của sự kiện")
        constraints = [
            models.UniqueConstraint("event", "unit", name="event_day_once_a_unit"),
            models.UniqueConstraint("event", "cluster", name="event_day_once_a_cluster"),
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False, cluster__isnull=True)
                | models.Q(unit__isnull=True, cluster__isnull=False),
                name="event_day_of_one_place",
            ),
        ]

    @property
    def place(self) -> Cluster | Unit:
        """Whose day it is."""
        place = self.cluster or self.unit
        if place is None:  # the constraint lets no such row be
            raise ValueError(self.pk)
        return place


class Deadline(Launched, VersionedRow):
    """A term: absolute, relative to an event, recurring, or waiting.

    ``last_on`` is its last permitted day, kept for lists.
    """

    what = models.TextField(_("Việc"))
    who = models.CharField(_("Ai"), max_length=300, blank=True)
    relation = models.CharField(max_length=10)
    due = models.CharField(max_length=10, blank=True)  # ISO at the precision stated
    event = models.ForeignKey(Event, models.PROTECT, null=True, blank=True, related_name="deadlines")
    offset = models.CharField(max_length=60, blank=True)
    recurring = models.CharField(max_length=120, blank=True)
    runs_from = models.DateField(
        null=True, blank=True
    )  # a revision brought the rhythm; None: the movement's first day
    time = models.CharField(max_length=5, blank=True)
    words = models.TextField(blank=True)  # as the document says it
    last_on = models.DateField(null=True, blank=True, db_index=True)
    for_all = models.BooleanField(default=True)  # every unit that takes part; else those of ``for_units``
    for_units = models.ManyToManyField(Unit, blank=True, related_name="deadlines")

    class Meta(Launched.Meta):
        verbose_name = _("thời hạn của phong trào")


class Duty(Launched, VersionedRow):
    """What a body must do. ``units`` are those of the tree the named body stands for."""

    class Part(models.TextChoices):
        LEAD = "lead", _("Chủ trì")
        SUPPORT = "support", _("Phối hợp")

    body = models.CharField(_("Đơn vị được giao"), max_length=300)
    text = models.TextField(_("Nội dung"))
    part = models.CharField(max_length=8, choices=Part, default=Part.LEAD)
    deadline = models.ForeignKey(Deadline, models.SET_NULL, null=True, blank=True, related_name="duties")
    units = models.ManyToManyField(Unit, blank=True, related_name="duties")
    for_all = models.BooleanField(default=False)  # every unit that takes part

    class Meta(Launched.Meta):
        verbose_name = _("nhiệm vụ của phong trào")


class Target(Launched):
    """A figure to reach; a unit's own plan may set its own."""

    text = models.TextField()
    op = models.CharField(max_length=12)
    value = models.JSONField(null=True)
    unit_of_measure = models.CharField(max_length=80, blank=True)


class Completion(Row):
    """A unit's own finishing day of a deadline or duty, beside the planned one; of what recurs, of one occurrence."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="completions")
    deadline = models.ForeignKey(Deadline, models.CASCADE, null=True, blank=True, related_name="completions")
    duty = models.ForeignKey(Duty, models.CASCADE, null=True, blank=True, related_name="completions")
    occurrence = models.DateField(null=True, blank=True)  # the last day of the one finished, where it recurs
    finished_on = models.DateField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)  # the moment this day was recorded

    class Meta:
        verbose_name = _("báo cáo hoàn thành")
        constraints = [
            models.UniqueConstraint(
                "unit",
                "deadline",
                condition=models.Q(occurrence__isnull=True),
                name="completion_once_a_deadline",
            ),
            models.UniqueConstraint("unit", "deadline", "occurrence", name="completion_once_an_occurrence"),
            models.UniqueConstraint("unit", "duty", name="completion_once_a_duty"),
            models.CheckConstraint(
                condition=models.Q(deadline__isnull=False, duty__isnull=True)
                | models.Q(deadline__isnull=True, duty__isnull=False),
                name="completion_of_one_thing",
            ),
        ]

"""The cascade: which unit received a movement, how far it came, who has read it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thidua.movements.models.movements import Movement
from thidua.organisations.models import Person, Unit
from thidua.records.models import Row, VersionedRow


class Launch(VersionedRow):
    """One sending-out of a movement, staged and then made visible at once; survives a stop half-way."""

    class Status(models.TextChoices):
        STAGING = "staging", _("Đang chuẩn bị")
        DONE = "done", _("Đã phát động")
        FAILED = "failed", _("Dừng giữa chừng")

    movement = models.ForeignKey(Movement, models.CASCADE, related_name="launches")
    status = models.CharField(max_length=8, choices=Status, default=Status.STAGING)
    units_total = models.PositiveIntegerField(default=0)
    units_staged = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)


class Participation(VersionedRow):
    """A unit's part in a movement it received. Rows of an unfinished launch are not visible."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Đã nhận")
        OWN_PLAN = "own_plan", _("Đã ban hành kế hoạch")
        LAUNCHED = "launched", _("Đã phát động")
        REGISTERED = "registered", _("Đã đăng ký")
        PLEDGED = "pledged", _("Đã ký giao ước")
        INTERIM = "interim", _("Đã sơ kết")
        FINAL = "final", _("Đã tổng kết")

    movement = models.ForeignKey(Movement, models.CASCADE, related_name="participations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="participations")
    launch = models.ForeignKey(Launch, models.PROTECT, related_name="participations")
    is_visible = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    state_at = models.DateTimeField(null=True, blank=True)
    own = models.ForeignKey(Movement, models.SET_NULL, null=True, blank=True, related_name="+")
    seen_revision = models.PositiveSmallIntegerField(default=1)
    # Up to this one the own plan stays as it is, said the unit.
    spared_revision = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("lần tham gia phong trào")
        constraints = [models.UniqueConstraint("movement", "unit", name="participation_once")]
        indexes = [
            models.Index(fields=["movement", "state"], name="participation_state"),
            models.Index(fields=["unit", "is_visible"], name="participation_unit"),
        ]


class ParticipationEvent(Row):
    """A state reached, and when: a board as of a day reads the last one before that day's end."""

    participation = models.ForeignKey(Participation, models.CASCADE, related_name="events")
    state = models.CharField(max_length=10, choices=Participation.State)
    on = models.DateField()  # the day it truly happened
    at = models.DateTimeField(default=timezone.now)  # the moment it was recorded
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["participation", "at"], name="participation_event")]


class StepTerm(VersionedRow):
    """The last day for a step of the cascade: one set by the organiser, or one for each deadline of the plan.

    Without a day where only units with an own day of its event have one.
    """

    movement = models.ForeignKey(Movement, models.CASCADE, related_name="step_terms")
    state = models.CharField(max_length=10, choices=Participation.State)
    last_on = models.DateField(null=True, blank=True)
    deadline = models.ForeignKey(
        "movements.Deadline", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "movement", "state", name="step_term_by_hand_once", condition=Q(deadline__isnull=True)
            ),
            models.UniqueConstraint("movement", "state", "deadline", name="step_term_once_a_deadline"),
            models.CheckConstraint(
                condition=Q(last_on__isnull=False) | Q(deadline__isnull=False),
                name="step_term_by_hand_has_day",
            ),
        ]


class Acknowledgement(Row):
    """A person has read a launched plan and understood it; once per revision."""

    movement = models.ForeignKey(Movement, models.CASCADE, related_name="acknowledgements")
    person = models.ForeignKey(Person, models.CASCADE, related_name="acknowledgements")
    revision = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("xác nhận đã đọc kế hoạch")
        constraints = [models.UniqueConstraint("movement", "person", "revision", name="acknowledgement_once")]

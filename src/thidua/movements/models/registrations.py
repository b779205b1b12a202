"""What a unit and its people strive for in a year: the sheet handed to who stands above, its lines, its steps."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thidua.movements.models.movements import Movement
from thidua.organisations.models import Person, Unit
from thidua.records.days import today
from thidua.records.fields import BytewiseTextField
from thidua.records.models import Row, VersionedRow

FIRST_YEAR, LAST_YEAR = 1948, 2100


class Registration(VersionedRow):
    """The sheet of one unit for one year; ``movement`` names the movement it answers to, where there is one."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang lập")
        SENT = "sent", _("Đã gửi, chờ nhận")
        ACCEPTED = "accepted", _("Đã nhận")
        RETURNED = "returned", _("Trả lại bổ sung")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="registrations")
    root = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("Năm"))
    movement = models.ForeignKey(
        Movement, models.SET_NULL, null=True, blank=True, related_name="registrations"
    )
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    reason = models.TextField(blank=True)  # why it was returned, while it is
    sent_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("bản đăng ký thi đua")
        constraints = [
            models.UniqueConstraint("unit", "year", name="registration_once_a_year"),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR), name="registration_year_in_range"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("sent", "accepted", "returned")) | Q(sent_at__isnull=False),
                name="registration_sent_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(reason=""), name="registration_returned_with_reason"
            ),
        ]
        indexes = [models.Index(fields=["root", "year", "state"], name="registration_root_year")]

    def __str__(self) -> str:
        return f"{self.unit}, {self.year}"


class RegistrationEntry(VersionedRow):
    """One award one subject strives for. ``is_wish``: put in by the person, not yet taken in by the unit's officer.

    ``name`` and ``position`` are as on the day of entry, as the paper prints them.
    """

    same_when: ClassVar = ("registration", "award")  # where two people turn out to be one, one line stays

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="entries")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="registered")
    collective = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="registered")
    award = models.CharField(_("Danh hiệu, hình thức"), max_length=20)
    note = models.CharField(_("Ghi chú"), max_length=300, blank=True)
    is_wish = models.BooleanField(default=False)
    name = models.CharField(max_length=250)
    position = models.CharField(max_length=150, blank=True)
    folded = models.CharField(max_length=400)
    marked = models.CharField(max_length=500)
    sort_key = BytewiseTextField()

    class Meta:
        verbose_name = _("dòng đăng ký thi đua")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, collective__isnull=True)
                | Q(person__isnull=True, collective__isnull=False),
                name="registration_entry_of_one_subject",
            ),
            models.CheckConstraint(
                condition=Q(is_wish=False) | Q(person__isnull=False), name="registration_wish_of_person"
            ),
            models.UniqueConstraint(
                "registration",
                "person",
                "award",
                name="registration_person_once",
                condition=Q(person__isnull=False),
            ),
            models.UniqueConstraint(
                "registration",
                "collective",
                "award",
                name="registration_collective_once",
                condition=Q(collective__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["registration", "sort_key", "id"], name="registration_entry_order")]

    def __str__(self) -> str:
        return self.name

    def outweighs(self, other: "RegistrationEntry") -> bool:
        """Say whether of two lines that say the same this one stays: the unit's own before a wish."""
        return other.is_wish and not self.is_wish


class RegistrationEvent(Row):
    """A step of the sheet, when it was recorded and by whom, as its page tells them."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="events")
    act = models.CharField(max_length=10)
    state = models.CharField(max_length=8, choices=Registration.State)
    note = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["registration", "at"], name="registration_event")]


class RegistrationReminder(Row):
    """A unit was reminded of its sheet on a day; twice on one day cannot be written."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    on = models.DateField(default=today)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("lần nhắc đăng ký thi đua")
        constraints = [models.UniqueConstraint("unit", "year", "on", name="registration_reminded_once_a_day")]

"""A plan or a revision goes to the head and comes back: who handed it over when, to whom, and the answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thidua.movements.models.movements import Movement
from thidua.movements.models.plans import PlanRevision
from thidua.organisations.models import Unit
from thidua.records.models import Row


class ApprovalEvent(Row):
    """A state of approval reached, by the plan or by one ``revision`` of it; taking back leads to "writing" again.

    ``to`` and ``asked`` say whose heads were asked when it was submitted, ``asked`` by name as it was that day.
    """

    movement = models.ForeignKey(Movement, models.CASCADE, related_name="approval_events")
    revision = models.ForeignKey(
        PlanRevision, models.CASCADE, null=True, blank=True, related_name="approval_events"
    )
    number = models.PositiveSmallIntegerField()  # 1, 2, 3 … within the movement
    state = models.CharField(max_length=9, choices=Movement.Approval)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)
    to = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    asked = models.JSONField(default=list)

    class Meta:
        verbose_name = _("lần trình duyệt kế hoạch")
        constraints = [
            models.UniqueConstraint("movement", "number", name="approval_event_once"),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(note=""), name="approval_returned_with_reason"
            ),
        ]

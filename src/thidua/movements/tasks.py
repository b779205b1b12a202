"""Long work of movements, and what a new day brings."""

from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from thidua.movements.models import Deadline, Movement
from thidua.movements.services.launching import finish_launch
from thidua.movements.services.notifying import acting_for
from thidua.notices.services import Message, tell

AHEAD = (7, 3, 1)


@task()
def run_launch(launch_id: str) -> str:
    """Finish a staged launch; running it again changes nothing."""
    return finish_launch(UUID(launch_id)).status


def turn_day(on: date) -> int:
    """Tell units what falls due in 7, 3 and 1 days and is not done; return how many lines are new."""
    told = 0
    days = [on + timedelta(days=ahead) for ahead in AHEAD]
    due = Deadline.objects.filter(
        last_on__in=days, ended_by_revision=None, movement__status=Movement.Status.LAUNCHED
    ).select_related("movement")
    for row in due:
        told += tell_due(row)
    return told


@override("vi")
def tell_due(row: Deadline) -> int:
    parts = row.movement.participations.filter(is_visible=True)
    if not row.for_all:
        parts = parts.filter(unit__in=row.for_units.values("pk"))
    open_units = parts.exclude(unit__completions__deadline=row).values_list("unit_id", flat=True)
    message = Message(
        kind="movement.due",
        title=_("Hạn %(day)s: %(what)s") % {"day": f"{row.last_on:%d/%m/%Y}", "what": row.what},
        body=row.movement.name,
        url=reverse("movements:deadlines", args=[row.movement_id]),
        key=f"due:{row.pk}:{row.last_on}",
    )
    return tell(acting_for(open_units), message)

"""A unit says that its own plan need not follow a revision of the plan above it."""

from django.db import transaction

from thidua.accounts.models import Account
from thidua.audit import services as audit
from thidua.movements.models import Movement, Participation


@transaction.atomic
def spare(own: Movement, number: int, *, by: Account) -> bool:
    """Note that ``own`` stays as it is up to revision ``number`` of the plan above; say whether it was noted.

    Nothing is noted for one not issued, nor for one it was noted for before.
    """
    found = Participation.objects.filter(own=own).values_list("pk", flat=True).first()
    if found is None:
        return False
    part = Participation.take(found)
    issued = part.movement.plan.revisions.filter(issued_at__isnull=False, number=number).exists()
    if not issued or number <= part.spared_revision:
        return False
    part.spared_revision = number
    part.save(update_fields=["spared_revision", "version", "updated_at"])
    audit.record(by, "movement.spare_revision", own, details={"number": number})
    return True

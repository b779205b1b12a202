"""A person settles what the machine read: edit, add, remove, confirm; every act can be undone.

The source text is never touched. What the reader was unsure of waits until somebody settles it.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from thidua.accounts.models import Account
from thidua.audit import services as audit
from thidua.movements.models import Movement, Plan, PlanChange, PlanItem
from thidua.movements.selectors.items import living
from thidua.movements.services.header import HEADER, copy_header
from thidua.movements.services.intake import name_after_plan
from thidua.movements.shapes import BY_FIELD
from thidua.movements.values import clean
from thidua.records.models import ChangedMeanwhileError

State = PlanItem.State
KEPT = ("field", "order", "value", "quote", "start", "end", "is_sure", "is_derived", "state")


class PlanLaunchedError(Exception):
    """A launched plan is not edited; it is changed by a revision."""


class NothingToUndoError(Exception):
    """No act of checking is left to take back."""


@transaction.atomic
def edit_item(item_id: UUID, typed: Mapping[str, Any], *, version: int | None, by: Account) -> PlanItem:
    """Put ``typed`` parts in place of what was read; settles the item.

    Raises NotUsableError, ChangedMeanwhileError, PlanLaunchedError.
    """
    item = take(item_id, version)
    before = kept(item)
    item.value = clean(item.field, typed)
    item.state = State.ADDED if item.state == State.ADDED else State.EDITED
    return settle(item, before, by, "movement.edit_item")


@transaction.atomic
def confirm_items(plan: Plan, item_ids: Iterable[UUID], *, by: Account) -> int:
    """Say of each item that it was read right; return how many were still open."""
    lock(plan)
    count = 0
    for item in living(plan).filter(pk__in=list(item_ids), state=State.READ).select_for_update():
        before = kept(item)
        item.state = State.CONFIRMED
        item.version += 1
        settle(item, before, by, "", header=False)
        count += 1
    audit.record(by, "movement.confirm_items", plan.movement, details={"items": count})
    return count


@transaction.atomic
def remove_item(item_id: UUID, *, version: int | None, by: Account) -> PlanItem:
    """Take an item out of the plan; it stays in the record and undo brings it back."""
    item = take(item_id, version)
    before = kept(item)
    item.state = State.REMOVED
    return settle(item, before, by, "movement.remove_item")


@transaction.atomic
def add_item(
    plan: Plan,
    field: str,
    typed: Mapping[str, Any],
    *,
    by: Account,
    start: int | None = None,
    end: int | None = None,
) -> PlanItem:
    """Add what the reader did not see; ``start`` and ``end`` are the sentence the person pointed at."""
    lock(plan)
    last = living(plan).filter(field=field).aggregate(last=Max("order"))["last"]
    item = PlanItem(plan=plan, field=field, order=0 if last is None else last + 1, value=clean(field, typed))
    if start is not None and end is not None and 0 <= start < end <= len(plan.text):
        item.start, item.end = start, end
        item.quote = " ".join(plan.text[start:end].split())
    item.state = State.ADDED
    return settle(item, None, by, "movement.add_item")


@transaction.atomic
def undo_last(plan: Plan, *, by: Account) -> PlanChange:
    """Take back the latest act of checking that still stands.

    Raises NothingToUndoError.
    """
    lock(plan)
    change = PlanChange.objects.filter(plan=plan, undone_at=None).order_by("-id").first()
    if change is None:
        raise NothingToUndoError
    put_back(plan, change)
    change.undone_at = timezone.now()
    change.save(update_fields=["undone_at"])
    copy_header(plan)
    audit.record(by, "movement.undo", plan.movement, details={"item": str(change.item_id)})
    return change


def put_back(plan: Plan, change: PlanChange) -> None:
    if change.before is None:
        PlanItem.objects.filter(plan=plan, pk=change.item_id).update(state=State.REMOVED)
        return
    item = PlanItem.objects.get(plan=plan, pk=change.item_id)
    for name, value in change.before.items():
        setattr(item, name, value)
    item.version += 1
    item.save()


def take(item_id: UUID, version: int | None) -> PlanItem:
    """Lock the plan, then the item: two officers on one plan wait for each other.

    Raises PlanLaunchedError, ChangedMeanwhileError.
    """
    item = PlanItem.objects.select_related("plan__movement").get(pk=item_id)
    lock(item.plan)
    item.refresh_from_db()
    if version is not None and item.version != version:
        raise ChangedMeanwhileError(item)
    item.version += 1
    return item


def lock(plan: Plan) -> None:
    movement = Movement.objects.select_for_update().get(pk=plan.movement_id)
    if movement.status != Movement.Status.PREPARING:
        raise PlanLaunchedError


def kept(item: PlanItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in KEPT}


def settle(
    item: PlanItem, before: dict[str, Any] | None, by: Account, action: str, *, header: bool = True
) -> PlanItem:
    """Save the item with who settled it, keep the change for undo, and write the log."""
    item.settled_by, item.settled_at = by, timezone.now()
    item.save()
    after = kept(item)
    PlanChange.objects.create(plan=item.plan, item_id=item.pk, before=before, after=after, by=by)
    if header and item.field in HEADER:
        copy_header(item.plan)
        name_after_plan(item.plan.movement, item.plan.file)
    if action:
        audit.record(
            by, action, item.plan.movement, details={"field": item.field, "before": before, "after": after}
        )
    return item


def open_questions(plan: Plan) -> list[PlanItem]:
    """Return the unsure items nobody has settled, in the document's order: a launch waits for them."""
    waiting = living(plan).filter(is_sure=False, state=State.READ, field__in=BY_FIELD)
    return sorted(waiting, key=lambda item: (item.start is None, item.start or 0))

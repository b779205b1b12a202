"""A person settles what the machine read: edit, add, remove, confirm; every act can be undone.

The source text is never touched. What the reader was unsure of waits until somebody settles it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from thidua.accounts.models import Account
from thidua.audit import services as audit
from thidua.movements.disagreements import short_period
from thidua.movements.doubts import NOT_IN_CALENDAR, Doubt, doubts_of
from thidua.movements.models import Movement, Plan, PlanChange, PlanItem
from thidua.movements.problems import PlanHeldError
from thidua.movements.selectors.items import living
from thidua.movements.selectors.twin_days import corrections_of
from thidua.movements.services.header import HEADER, copy_header
from thidua.movements.services.intake import name_after_plan
from thidua.movements.shapes import BY_FIELD
from thidua.movements.twin_days import FIELDS as TWIN_FIELDS
from thidua.movements.twin_days import corrections_in, same_sentence, says, twins_of, with_day
from thidua.movements.values import NotUsableError, clean, consistency
from thidua.records.ids import uuid7
from thidua.records.models import ChangedMeanwhileError

State = PlanItem.State
SPANS = ("period", "phases")
SETTLED = ("state", "version", "settled_by", "settled_at", "updated_at")
KEPT = ("field", "order", "value", "quote", "start", "end", "is_sure", "is_derived", "state")


class PlanLaunchedError(Exception):
    """A launched plan, or an issued paper, is not edited; it is changed by a revision."""


class NothingToUndoError(Exception):
    """No act of checking is left to take back."""


@transaction.atomic
def edit_item(item_id: UUID, typed: Mapping[str, Any], *, version: int | None, by: Account) -> PlanItem:
    """Put ``typed`` parts in place of what was read; settles the item.

    Raises NotUsableError, ChangedMeanwhileError, PlanLaunchedError, PlanHeldError.
    """
    item = take(item_id, version)
    before = kept(item)
    item.value = clean(item.field, typed, before=item.value)
    item.state = State.ADDED if item.state == State.ADDED else State.EDITED
    act = uuid7()
    question_twins(item, before["value"], act, by)
    question_typed(item, before["value"])
    settle_slips(item, before["value"], act, by)
    return settle(item, before, by, "movement.edit_item", act=act)


def question_typed(item: PlanItem, before: Mapping[str, Any] | None) -> None:
    """Let the item itself wait where what was typed is asked about of what is read, and was not so before."""
    others = [(row.field, row.value) for row in others_of(item)]
    asked = {str(doubt.text) for doubt in doubts_typed(item, item.value, others)}
    known = {str(doubt.text) for doubt in doubts_typed(item, before, others)} if before else set()
    if asked - known:
        item.state, item.is_sure = State.READ, False


def settle_slips(item: PlanItem, before: Mapping[str, Any], act: UUID, by: Account) -> None:
    """Settle the note on a day no calendar has, once the item of its sentence says another day."""
    was, now = (
        any(one.must_change for one in doubts_of(item.field, value)) for value in (before, item.value)
    )
    notes = living(item.plan).filter(field="noise", state=State.READ) if was and not now else ()
    for note in notes:
        if NOT_IN_CALENDAR in note.value.get("means", "") and same_sentence(item, note, item.plan.text):
            kept_note = kept(note)
            note.state, note.version = State.CONFIRMED, note.version + 1
            note.settled_by, note.settled_at = by, timezone.now()
            note.save()
            PlanChange.objects.create(
                plan=item.plan, act=act, item_id=note.pk, before=kept_note, after=kept(note), by=by
            )


def doubts_typed(
    item: PlanItem, value: Mapping[str, Any], others: Sequence[tuple[str, Mapping[str, Any]]]
) -> list[Doubt]:
    found = short_period([(item.field, value), *others])
    return [*doubts_of(item.field, value), *(doubt for place, doubt in found if place == 0)]


def others_of(item: PlanItem) -> list[PlanItem]:
    """Return the whole time and the rounds beside the item, where it is one of them."""
    if item.field not in SPANS:
        return []
    return list(living(item.plan).filter(field__in=SPANS).exclude(pk=item.pk))


def question_twins(
    item: PlanItem, before: dict[str, Any], act: UUID, by: Account, *, asked: Collection[UUID] = ()
) -> None:
    """Let the other places that still say the day just put right wait for a person; one undo takes it all back.

    Those ``asked`` about before are left in peace. Raises PlanHeldError where the head agreed to one of them.
    """
    corrections = corrections_in(item, before, item.value)
    rows = list(living(item.plan).filter(field__in=TWIN_FIELDS)) if corrections else []
    found = {twin.pk for one in corrections for twin in twins_of(one, rows, item.plan.text)}
    found |= {row.pk for row in cut_short(item, before)}
    twins = [row for row in rows if row.pk in found and row.pk not in asked]
    refuse_what_is_held(item.plan, twins, "day_agreed")
    for twin in twins:
        was = kept(twin)
        twin.state, twin.is_sure, twin.version = State.READ, False, twin.version + 1
        twin.save()
        PlanChange.objects.create(
            plan=item.plan, act=act, item_id=twin.pk, before=was, after=kept(twin), by=by
        )


def cut_short(item: PlanItem, before: Mapping[str, Any]) -> list[PlanItem]:
    """Return the whole time, where the round just changed ends after it and did not before."""
    if item.field != "phases":
        return []
    others = others_of(item)
    rows = [(row.field, row.value) for row in others]
    then = {place for place, _doubt in short_period([*rows, (item.field, before)])}
    return [others[n] for n, _doubt in short_period([*rows, (item.field, item.value)]) if n not in then]


class DayUsedError(Exception):
    """The day is no longer what it was: put right, or taken back, meanwhile."""


@transaction.atomic
def use_day(item_id: UUID, corrected_id: UUID, *, version: int | None, by: Account) -> PlanItem:
    """Put the day of a corrected item in place of the old one here too; settles the item.

    Raises DayUsedError, NotUsableError, ChangedMeanwhileError, PlanLaunchedError, PlanHeldError.
    """
    item = take(item_id, version)
    before = kept(item)
    found = [one for one in corrections_of(item.plan) if one.item.pk == corrected_id and says(item, one.old)]
    if not found:
        raise DayUsedError
    for one in found:
        item.value = with_day(item.field, item.value, one)
    if problems := consistency(item.field, item.value):
        raise NotUsableError(problems)
    item.state = State.EDITED
    act, rows = uuid7(), list(living(item.plan).filter(field__in=TWIN_FIELDS))
    asked = {twin.pk for one in found for twin in twins_of(one, rows, item.plan.text)}
    question_twins(item, before["value"], act, by, asked={corrected_id, *asked})
    return settle(item, before, by, "movement.use_day", act=act)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What came of confirming: how many were settled, which somebody had settled before, which must be changed."""

    count: int
    before: tuple[PlanItem, ...] = ()
    refused: tuple[PlanItem, ...] = ()


@transaction.atomic
def confirm_items(plan: Plan, item_ids: Iterable[UUID], *, by: Account) -> Confirmed:
    """Say of each item that it was read right.

    An item that cannot be right, such as a day no calendar has, is refused; one settled or removed before
    stays as it is.
    """
    lock(plan, settling=True)
    asked = PlanItem.objects.filter(plan=plan, until=None, pk__in=list(item_ids)).select_related("settled_by")
    items = list(asked.select_for_update(of=("self",)))
    before = tuple(item for item in items if item.state != State.READ)
    still_open = [item for item in items if item.state == State.READ]
    refuse_what_is_held(plan, still_open)
    refused = tuple(item for item in still_open if must_change(item))
    right = [item for item in still_open if item not in refused]
    confirm_all(plan, right, by)
    return Confirmed(len(right), before, refused)


def confirm_all(plan: Plan, items: Sequence[PlanItem], by: Account) -> None:
    """Confirm items in one act: one undo takes all of it back."""
    if not items:
        return
    act, now, changes = uuid7(), timezone.now(), []
    for item in items:
        was = kept(item)
        item.state, item.version = State.CONFIRMED, item.version + 1
        item.settled_by, item.settled_at, item.updated_at = by, now, now
        changes.append(PlanChange(plan=plan, act=act, item_id=item.pk, before=was, after=kept(item), by=by))
    PlanItem.objects.bulk_update(items, SETTLED, batch_size=200)
    PlanChange.objects.bulk_create(changes, batch_size=200)
    audit.record(by, "movement.confirm_items", plan.movement, details={"items": len(items)})


def must_change(item: PlanItem) -> bool:
    return any(doubt.must_change for doubt in doubts_of(item.field, item.value))


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
    question_typed(item, None)
    return settle(item, None, by, "movement.add_item")


@transaction.atomic
def undo_last(plan: Plan, *, by: Account) -> list[PlanChange]:
    """Take back the latest act of checking that still stands, with every change it made.

    Raises NothingToUndoError.
    """
    lock(plan)
    standing = PlanChange.objects.filter(plan=plan, undone_at=None)
    last = standing.order_by("-at", "-id").first()
    if last is None:
        raise NothingToUndoError
    changes = list(standing.filter(act=last.act))
    put_back(plan, changes)
    PlanChange.objects.filter(pk__in=[change.pk for change in changes]).update(undone_at=timezone.now())
    copy_header(plan)
    name_after_plan(plan.movement, plan.file)
    audit.record(by, "movement.undo", plan.movement, details={"items": len(changes)})
    return changes


def put_back(plan: Plan, changes: Sequence[PlanChange]) -> None:
    """Give items their values from before; one that was added is removed again."""
    items = PlanItem.objects.filter(plan=plan).in_bulk([change.item_id for change in changes])
    for change in changes:
        item = items[change.item_id]
        for name, value in (change.before or {"state": State.REMOVED}).items():
            setattr(item, name, value)
        item.version += 1
        item.updated_at = timezone.now()
    PlanItem.objects.bulk_update(items.values(), [*KEPT, "version", "updated_at"], batch_size=200)


def take(item_id: UUID, version: int | None) -> PlanItem:
    """Lock the plan, then the item: two officers on one plan wait for each other.

    What the head agreed to stays, but for what he saw was unsure. Raises PlanLaunchedError, PlanHeldError,
    ChangedMeanwhileError.
    """
    item = PlanItem.objects.select_related("plan__movement").get(pk=item_id)
    plan = item.plan
    lock(plan, settling=True)
    item.refresh_from_db()
    refuse_what_is_held(plan, [item])
    if version is not None and item.version != version:
        raise ChangedMeanwhileError(item)
    item.version += 1
    return item


def refuse_what_is_held(plan: Plan, items: Iterable[PlanItem], code: str = "held") -> None:
    """Raise PlanHeldError for items the head agreed to as they stand."""
    if plan.movement.is_held and not all(item.waits_for_check for item in items):
        raise PlanHeldError(code)


def lock(plan: Plan, *, settling: bool = False) -> None:
    """Lock the movement for a change of its items; ``settling``: of such as are still unsure.

    The plan is read anew: it is saved whole, and somebody may have changed it while the lock was waited for.
    Raises PlanLaunchedError, also for a paper that has its number already; PlanHeldError.
    """
    movement = lock_movement(plan)
    if movement.is_submitted or (movement.is_held and not settling):
        raise PlanHeldError
    plan.refresh_from_db()
    plan.movement = movement
    if not plan.is_open:
        raise PlanLaunchedError


def lock_movement(plan: Plan) -> Movement:
    """Lock the movement of the plan while it is being prepared.

    Raises PlanLaunchedError.
    """
    movement = Movement.objects.select_for_update().get(pk=plan.movement_id)
    if movement.status != Movement.Status.PREPARING:
        raise PlanLaunchedError
    return movement


def kept(item: PlanItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in KEPT}


def settle(
    item: PlanItem, before: dict[str, Any] | None, by: Account, action: str, *, act: UUID | None = None
) -> PlanItem:
    """Save the item with who settled it, keep the change for undo with those of the same ``act``, and log it."""
    item.settled_by, item.settled_at = by, timezone.now()
    item.save()
    after = kept(item)
    act = act or uuid7()
    PlanChange.objects.create(plan=item.plan, act=act, item_id=item.pk, before=before, after=after, by=by)
    if item.field in HEADER:
        copy_header(item.plan)
        name_after_plan(item.plan.movement, item.plan.file)
    details = {"field": item.field, "before": before, "after": after}
    audit.record(by, action, item.plan.movement, details=details)
    return item


def open_questions(plan: Plan) -> list[PlanItem]:
    """Return the unsure items nobody has settled, in the document's order: a launch waits for them."""
    waiting = living(plan).filter(is_sure=False, state=State.READ, field__in=BY_FIELD)
    return sorted(waiting, key=lambda item: (item.start is None, item.start or 0))

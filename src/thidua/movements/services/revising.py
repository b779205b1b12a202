"""A launched plan changes only by a revision: an amending document, its changes, the day they take effect.

Until it is issued a revision is a draft; issuing ends the old items, makes the new ones, and keeps
for every deadline and duty which revision made it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thidua.accounts.models import Account
from thidua.audit import services as audit
from thidua.library.models import StoredFile
from thidua.movements.amending import Proposal, Reading
from thidua.movements.models import Deadline, Duty, Movement, Phase, Plan, PlanItem, PlanRevision, Target
from thidua.movements.problems import SENTENCES, PlanHeldError
from thidua.movements.selectors.amended import issued_from
from thidua.movements.selectors.directories import directory_of
from thidua.movements.selectors.items import living
from thidua.movements.services import approving
from thidua.movements.services.header import copy_header
from thidua.movements.services.launching import NotReadyError, Problem
from thidua.movements.services.notifying import tell_revised
from thidua.movements.services.rereading import amendments_read
from thidua.movements.services.schedule import Maker
from thidua.movements.services.succeeding import carry_completions, follow
from thidua.movements.shapes import BY_FIELD
from thidua.movements.values import clean
from thidua.movements.wording import title_of
from thidua.organisations.models import Unit
from thidua.records.days import today
from thidua.ui.formats import day

VERSIONED = ("version", "updated_at")


class NotLaunchedError(Exception):
    """Only a launched plan is revised; before that it is simply edited."""


class DecisionIssuedError(Exception):
    """The same amending document was issued before; carries the revision made from it."""

    def __init__(self, revision: PlanRevision) -> None:
        super().__init__(str(revision.pk))
        self.revision = revision


class RevisionIssuedError(Exception):
    """An issued revision no longer changes."""


@transaction.atomic
def begin_revision(
    plan: Plan,
    *,
    by: Account,
    file: StoredFile | None = None,
    text: str = "",
    decision: str = "",
    effective_on: date | None = None,
    summary: str = "",
) -> PlanRevision:
    """Open a draft, or return the one already open.

    ``text`` is the amending document's; ``decision``, ``effective_on`` and ``summary`` are what it says of
    itself, to begin with. Raises NotLaunchedError, and DecisionIssuedError for a document issued before.
    """
    movement = Movement.objects.select_for_update().get(pk=plan.movement_id)
    if movement.status != Movement.Status.LAUNCHED:
        raise NotLaunchedError
    if draft := plan.revisions.filter(issued_at=None).first():
        return draft
    refuse_second(plan, file, text, decision)
    last = plan.revisions.aggregate(last=Max("number"))["last"] or 0
    revision = PlanRevision.objects.create(
        plan=plan,
        number=last + 1,
        file=file,
        text=text,
        decision=decision,
        effective_on=effective_on,
        summary=summary,
        made_by=by,
    )
    audit.record(by, "movement.begin_revision", movement, details={"number": revision.number})
    return revision


def refuse_second(plan: Plan, file: StoredFile | None, text: str, decision: str) -> None:
    """Let no document amend twice; a draft begun by hand may still go on from it."""
    if file is None and not text:
        return
    sha256 = file.sha256 if file else ""
    if done := issued_from(plan, sha256=sha256, text=text, decision=decision):
        raise DecisionIssuedError(done)


@transaction.atomic
def change_item(
    revision: PlanRevision, item_id: UUID, typed: Mapping[str, Any], *, by: Account
) -> PlanRevision:
    """Plan a change of one item; a second change of the same item replaces the first.

    Raises NotUsableError, RevisionIssuedError, PlanHeldError.
    """
    item = living(revision.plan).get(pk=item_id)
    after = clean(item.field, typed, before=item.value)
    return put(revision, entry("change", item.field, str(item.pk), item.value, after), by)


@transaction.atomic
def drop_item(revision: PlanRevision, item_id: UUID, *, by: Account) -> PlanRevision:
    """Plan that an item falls away."""
    item = living(revision.plan).get(pk=item_id)
    return put(revision, entry("remove", item.field, str(item.pk), item.value, None), by)


@transaction.atomic
def add_item(revision: PlanRevision, field: str, typed: Mapping[str, Any], *, by: Account) -> PlanRevision:
    """Plan an item that was not there."""
    revision = take(revision.pk)  # its number comes after those that are there now
    numbers = [int(c["item"].removeprefix("new-")) for c in revision.changes if c["kind"] == "add"]
    name = f"new-{max(numbers, default=0) + 1}"
    return put(revision, entry("add", field, name, None, clean(field, typed)), by)


def accept(revision: PlanRevision, proposal: Proposal, *, by: Account) -> PlanRevision:
    """Take a proposal of the amending document into the draft.

    Raises NotUsableError, RevisionIssuedError, PlanHeldError.
    """
    if proposal.kind == "add":
        return add_item(revision, proposal.field, proposal.after or {}, by=by)
    if proposal.kind == "remove":
        return drop_item(revision, UUID(proposal.item), by=by)
    return change_item(revision, UUID(proposal.item), proposal.after or {}, by=by)


def proposals_for(revision: PlanRevision) -> Reading:
    """Return what the draft's document proposes and the draft does not hold yet; three queries at most."""
    if not revision.text:
        return Reading((), ())
    items = list(living(revision.plan).filter(field__in=BY_FIELD))
    found = amendments_read(revision, items)
    taken = [(change["field"], change["item"], change["after"]) for change in revision.changes]
    added = [(field, after) for field, item, after in taken if item.startswith("new-")]
    changed = {item for _field, item, _after in taken}
    fresh = [
        one
        for one in found.proposals
        if (one.field, one.after) not in added and not (one.item and one.item in changed)
    ]
    return Reading(tuple(fresh), found.left)


@transaction.atomic
def forget_change(revision: PlanRevision, item: str, *, by: Account) -> PlanRevision:
    """Take one planned change back."""
    revision = take(revision.pk)
    revision.changes = [change for change in revision.changes if change["item"] != item]
    revision.save(update_fields=["changes", *VERSIONED])
    audit.record(by, "movement.forget_change", revision.plan.movement, details={"item": item})
    return revision


def entry(kind: str, field: str, item: str, before: Any, after: Any) -> dict[str, Any]:
    return {"kind": kind, "field": field, "item": item, "before": before, "after": after}


def put(revision: PlanRevision, change: dict[str, Any], by: Account) -> PlanRevision:
    revision = take(revision.pk)
    revision.changes = [c for c in revision.changes if c["item"] != change["item"]] + [change]
    revision.save(update_fields=["changes", *VERSIONED])
    audit.record(by, "movement.plan_change", revision.plan.movement, details=change)
    return revision


def take(revision_id: UUID, *, version: int | None = None, to_issue: bool = False) -> PlanRevision:
    """Lock and return the draft for a change; ``version`` is the one the editor saw.

    What lies with the head, or has the head's consent, is changed no more; ``to_issue``: it only gets what issuing
    asks for. Raises RevisionIssuedError, PlanHeldError, ChangedMeanwhileError.
    """
    revision = PlanRevision.take(revision_id, version=version)
    if revision.issued_at:
        raise RevisionIssuedError
    if revision.is_held and not to_issue:
        raise PlanHeldError("draft_held")
    return revision


def problems_before_issue(revision: PlanRevision) -> list[Problem]:
    """Return what the revision still lacks, and what forbids it."""
    problems = []
    if revision.plan.movement.status != Movement.Status.LAUNCHED:
        over = SENTENCES["not_running"]
        problems.append(Problem("not_running", _(over)))
    if not revision.changes:
        problems.append(Problem("no_changes", _("Chưa có thay đổi nào.")))
    if not revision.decision:
        problems.append(Problem("no_decision", _("Chưa ghi số, ngày của văn bản sửa đổi."), "decision"))
    if revision.effective_on is None:
        problems.append(Problem("no_day", _("Chưa có ngày áp dụng."), "effective_on"))
    return [*problems, *problems_of_coming(revision)]


def problems_of_coming(revision: PlanRevision) -> Iterator[Problem]:
    """Yield what the draft changes before it is there: until its own revision applies, the text before it holds."""
    if revision.effective_on is None:
        return
    changed = [change["item"] for change in revision.changes if change["kind"] != "add"]
    coming = PlanItem.objects.filter(plan=revision.plan, pk__in=changed, since__number__gt=1)
    rows = coming.filter(since__effective_on__gt=revision.effective_on).order_by("order", "id")
    text = _(
        "“%(title)s” chỉ áp dụng từ %(day)s, theo %(decision)s. Chọn ngày áp dụng từ ngày đó, hoặc bỏ thay đổi này."
    )
    for field, value, first, decision in rows.values_list(
        "field", "value", "since__effective_on", "since__decision"
    ):
        facts = {"title": title_of(field, value), "day": day(first), "decision": decision}
        yield Problem("before_coming", text % facts, "effective_on")


@transaction.atomic
def describe(
    revision: PlanRevision,
    *,
    decision: str,
    effective_on: date | None,
    summary: str,
    by: Account,
    version: int | None = None,
    to_issue: bool = False,
) -> PlanRevision:
    """Write the amending document's number and day, the day of effect, and what it is about.

    ``to_issue``: by who issues it then; number and day are often given only when the head has agreed.
    Raises RevisionIssuedError, PlanHeldError, ChangedMeanwhileError.
    """
    revision = take(revision.pk, version=version, to_issue=to_issue)
    revision.decision, revision.effective_on, revision.summary = decision, effective_on, summary
    revision.save()
    audit.record(by, "movement.describe_revision", revision.plan.movement, details={"decision": decision})
    return revision


@transaction.atomic
def issue_revision(revision: PlanRevision, *, by: Account, version: int | None = None) -> PlanRevision:
    """Carry the changes out, tell every unit, and keep the old rows with the revision that ended them.

    Raises NotReadyError, RevisionIssuedError, ChangedMeanwhileError.
    """
    revision = take(revision.pk, version=version, to_issue=True)
    if problems := problems_before_issue(revision):
        raise NotReadyError(problems)
    approving.settle_by_act(revision, by)
    made = [apply(revision, change) for change in revision.changes]
    remake(revision, [item for item in made if item is not None])
    follow(revision, today())
    carry_completions(revision)
    revision.issued_at = timezone.now()
    revision.save()
    copy_header(revision.plan)
    audit.record(by, "movement.issue_revision", revision.plan.movement, details={"number": revision.number})
    tell_revised(revision)
    return revision


def apply(revision: PlanRevision, change: Mapping[str, Any]) -> PlanItem | None:
    """End the old item and return the new one, if any."""
    old = PlanItem.objects.get(plan=revision.plan, pk=change["item"]) if change["kind"] != "add" else None
    if old:
        old.until = revision
        old.save(update_fields=["until"])
        for model in (Phase, Deadline, Duty, Target):
            model.objects.filter(item=old, ended_by_revision=None).update(ended_by_revision=revision)
    if change["after"] is None:
        return None
    last = PlanItem.objects.filter(plan=revision.plan, field=change["field"]).aggregate(last=Max("order"))[
        "last"
    ]
    return PlanItem.objects.create(
        plan=revision.plan,
        field=change["field"],
        order=old.order if old else (last or 0) + 1,
        value=change["after"],
        quote=old.quote if old else "",
        start=old.start if old else None,
        end=old.end if old else None,
        state=PlanItem.State.EDITED if old else PlanItem.State.ADDED,
        origin=old,
        since=revision,
    )


def remake(revision: PlanRevision, items: list[PlanItem]) -> None:
    movement = revision.plan.movement
    units = Unit.objects.filter(participations__movement=movement, participations__is_visible=True)
    Maker(movement, revision, directory_of(movement, units.select_related("kind"))).make(items)

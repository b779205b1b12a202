"""The draft of a revision and its document: attached later, used knowingly, or thrown away with the draft."""

from contextlib import suppress
from datetime import date

from django.db import transaction
from django.db.models import ProtectedError

from thidua.accounts.models import Account
from thidua.audit import services as audit
from thidua.library.models import StoredFile
from thidua.library.services import forget_file
from thidua.movements.amending import Reading
from thidua.movements.amending_document import other_plan
from thidua.movements.models import Movement, PlanRevision
from thidua.movements.services.revising import VERSIONED, proposals_for, refuse_second, take


def plan_in_question(revision: PlanRevision) -> str:
    """Return the number of the other plan that the draft's document amends, until somebody uses it knowingly."""
    if revision.takes_other_plan or not revision.text:
        return ""
    return other_plan(revision.text, revision.plan.number)


def offered_to(revision: PlanRevision) -> Reading:
    """Return what the draft's document proposes; nothing while it seems to amend another plan."""
    return Reading((), ()) if plan_in_question(revision) else proposals_for(revision)


@transaction.atomic
def attach(
    revision: PlanRevision,
    *,
    file: StoredFile,
    text: str,
    by: Account,
    decision: str = "",
    effective_on: date | None = None,
    summary: str = "",
) -> PlanRevision:
    """Put the amending document into the draft, in place of one there may be.

    What the former document said of itself goes with it; what a person wrote into an empty head stays.
    Raises RevisionIssuedError, PlanHeldError, DecisionIssuedError.
    """
    revision = take(revision.pk)
    refuse_second(revision.plan, file, text, decision)
    former = revision.file
    revision.file, revision.text, revision.takes_other_plan = file, text, False
    told = {"decision": decision, "effective_on": effective_on, "summary": summary}
    for name, value in told.items():
        if former or not getattr(revision, name):
            setattr(revision, name, value)
    revision.save(update_fields=["file", "text", "takes_other_plan", *told, *VERSIONED])
    if former:
        forget_unkept(former)
    details = {"number": revision.number, "file": file.name}
    audit.record(by, "movement.attach_amendment", revision.plan.movement, details=details)
    return revision


@transaction.atomic
def use_knowingly(revision: PlanRevision, *, by: Account) -> PlanRevision:
    """Keep a document that amends another plan, and read its proposals after all.

    Raises RevisionIssuedError, PlanHeldError.
    """
    revision = take(revision.pk)
    details = {"number": revision.number, "other": plan_in_question(revision)}
    revision.takes_other_plan = True
    revision.save(update_fields=["takes_other_plan", *VERSIONED])
    audit.record(by, "movement.use_amendment", revision.plan.movement, details=details)
    return revision


@transaction.atomic
def discard(revision: PlanRevision, *, by: Account, version: int | None = None) -> Movement:
    """Throw a draft away with its document and its planned changes; return its movement.

    Raises RevisionIssuedError, PlanHeldError, ChangedMeanwhileError.
    """
    revision = take(revision.pk, version=version)
    movement, file = revision.plan.movement, revision.file
    details = {
        "number": revision.number,
        "decision": revision.decision,
        "file": file.name if file else "",
        "changes": revision.changes,
    }
    audit.record(by, "movement.discard_revision", movement, details=details)
    revision.delete()
    if file:
        forget_unkept(file)
    return movement


def forget_unkept(file: StoredFile) -> None:
    """Take the file back, but for one that something else refers to: a plan taken in by mistake keeps its own."""
    with suppress(ProtectedError):
        forget_file(file)

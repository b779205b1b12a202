"""An authority's own rules: uploaded and checked, put in force, taken out again. Every step is in the log."""

import hashlib
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from thidua.accounts.models import Account
from thidua.audit.services import record
from thidua.commendations.models import OwnRules
from thidua.commendations.problems import LawRefusedError, Problem
from thidua.commendations.selectors.law_in_force import code_of, faults_of
from thidua.core.law.drafts import own_rules_from
from thidua.core.law.law import shipped_law
from thidua.core.law.yamltext import FileProblemsError
from thidua.core.law.yamltext import Problem as FileProblem
from thidua.library.services import safe_name
from thidua.organisations.models import Unit
from thidua.organisations.problems import shown
from thidua.records.days import today

State = OwnRules.State


@transaction.atomic
def upload(actor: Account | None, root: Unit, name: str, content: bytes) -> OwnRules:
    """Keep a checked file for ``root``; nothing is in force yet.

    Raises FileProblemsError with every fault of the file.
    """
    name = safe_name(name)
    text, overlay = own_rules_from(name, content, shipped_law(), code=code_of(root), holder=root.name)
    if problems := faults_beside_others(root, overlay.text, name, text):
        raise FileProblemsError(problems)
    earlier = OwnRules.objects.filter(root=root, symbol=overlay.text).order_by("-edition").first()
    row = OwnRules.objects.create(
        root=root,
        file_name=name,
        content=text,
        symbol=overlay.text,
        label=dict(overlay.label),
        in_force_from=overlay.in_force_from,
        ceases_on=overlay.ceases_on,
        edition=earlier.edition + 1 if earlier else 1,
        uploaded_by=actor,
    )
    record(actor, "own_rules.uploaded", row, details=details_of(row))
    return row


def faults_beside_others(root: Unit, symbol: str, name: str, text: str) -> list[FileProblem]:
    """Return the faults of a text laid beside the other texts of the tree; its own earlier edition makes room."""
    others = OwnRules.objects.filter(root=root, state=State.IN_FORCE).exclude(symbol=symbol)
    return faults_of(name, {**{row.name: row.content for row in others}, name: text})


@transaction.atomic
def put_in_force(
    actor: Account | None, row: OwnRules, *, version: int | None = None, confirmed_from: date | None = None
) -> OwnRules:
    """Let the rules count from the days the file itself names; an earlier edition of the text gives way.

    Rules from a day already past change verdicts given since: ``confirmed_from`` must name that day.
    Raises LawRefusedError, FileProblemsError (the law moved since the upload), ChangedMeanwhileError.
    """
    # The tree's top is locked so that two texts that do not go together cannot pass each other.
    root = Unit.objects.select_for_update().get(pk=row.root_id)
    row = OwnRules.take(row.pk, version=version)
    require_state(row, State.CHECKED, State.WITHDRAWN)
    require_past_confirmed(row, confirmed_from)
    if problems := faults_beside_others(root, row.symbol, row.name, row.content):
        raise FileProblemsError(problems)
    replaced = OwnRules.objects.filter(root=root, symbol=row.symbol, state=State.IN_FORCE).first()
    if replaced:
        replaced = OwnRules.take(replaced.pk)
        replaced.state = State.REPLACED
        replaced.save()
    row.state, row.applied_at, row.applied_by = State.IN_FORCE, timezone.now(), actor
    row.save()
    details = {**details_of(row), "replaced": replaced.edition if replaced else None}
    record(actor, "own_rules.put_in_force", row, details=details)
    return row


@transaction.atomic
def withdraw(actor: Account | None, row: OwnRules, reason: str, *, version: int | None = None) -> OwnRules:
    """Take the rules out wholly; the file stays with the reason. Raises LawRefusedError, ChangedMeanwhileError."""
    row = OwnRules.take(row.pk, version=version)
    require_state(row, State.IN_FORCE)
    if not reason.strip():
        raise LawRefusedError([Problem("reason_missing")])
    row.state, row.withdrawn_at, row.withdrawn_by = State.WITHDRAWN, timezone.now(), actor
    row.reason = reason.strip()
    row.save()
    record(actor, "own_rules.withdrawn", row, details={**details_of(row), "reason": row.reason})
    return row


@transaction.atomic
def discard(actor: Account | None, row: OwnRules) -> None:
    """Throw away an upload that never was in force. Raises LawRefusedError."""
    row = OwnRules.take(row.pk)
    require_state(row, State.CHECKED)
    record(actor, "own_rules.discarded", row, details=details_of(row))
    row.delete()


def require_state(row: OwnRules, *states: str) -> None:
    if row.state not in states:
        raise LawRefusedError([Problem("not_in_state", {"state": row.get_state_display()})])


def require_past_confirmed(row: OwnRules, confirmed_from: date | None) -> None:
    if row.in_force_from < today() and confirmed_from != row.in_force_from:
        raise LawRefusedError([Problem("past_unconfirmed", {"day": shown(row.in_force_from)})])


def details_of(row: OwnRules) -> dict[str, Any]:
    """Return what the log keeps: the text, its days, and the digest of the file."""
    return {
        "text": row.symbol,
        "edition": row.edition,
        "from": iso(row.in_force_from),
        "ceases": iso(row.ceases_on),
        "sha256": hashlib.sha256(row.content.encode()).hexdigest(),
    }


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

"""Write down a work recognised by a decision that is there already, of before or of elsewhere: no steps are walked.

What went through the steps here is never touched by this door.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from thidua.accounts.models import Account
from thidua.audit.services import record
from thidua.core.law.words import Scope
from thidua.core.text.citations import type_of_number
from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line
from thidua.initiatives.models import Authorship, Initiative, InitiativeFile
from thidua.initiatives.problems import InitiativeRefusedError, Problem
from thidua.initiatives.services.steps import DECISION, widest_scope
from thidua.initiatives.services.writing import (
    WHOLE,
    Author,
    note,
    problems_of_names,
    problems_of_shares,
    set_authors,
)
from thidua.library.models import StoredFile
from thidua.library.services import register_document
from thidua.organisations.models import Unit
from thidua.organisations.problems import shown
from thidua.records.days import today

State, Kind, Source = Initiative.State, Initiative.Kind, Initiative.Source


@dataclass(frozen=True, slots=True)
class Acceptance:
    """That a piece of research was accepted: when, by which level, as how good."""

    on: date
    level: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """A work as its decision tells it. The first author leads: the work is kept by that person's unit.

    Shares may be unknown, then of all authors. Research has an ``acceptance``, an initiative none.
    """

    title: str
    authors: tuple[Author, ...]
    scope: str
    number: str
    decided_on: date
    issuer: str
    kind: str = Kind.INITIATIVE
    applied_on: date | None = None
    replicable: bool = False
    acceptance: Acceptance | None = None
    description: str = ""
    effect: str = ""

    @property
    def is_research(self) -> bool:
        return self.kind != Kind.INITIATIVE

    @property
    def settled_on(self) -> date:
        """The day whose year the work belongs to."""
        return self.acceptance.on if self.is_research and self.acceptance else self.decided_on


@transaction.atomic
def record_past(
    actor: Account | None,
    past: Past,
    *,
    source: str = Source.RECORDED,
    paper: StoredFile | None = None,
) -> Initiative:
    """Write a work down as recognised; ``paper`` is the decision itself. Raises InitiativeRefusedError."""
    past = with_whole_share(past)
    if problems := list(problems_of_past(past)):
        raise InitiativeRefusedError(problems)
    row = Initiative(source=source, state=State.RECOGNISED)
    write(row, past, paper)
    note(actor, row, source, told(past))
    record(actor, f"initiative.{source}", row, details={"number": past.number})
    return row


@transaction.atomic
def amend_past(
    actor: Account | None,
    initiative: Initiative,
    past: Past,
    *,
    version: int | None = None,
    paper: StoredFile | None = None,
) -> Initiative:
    """Write a recorded work anew. Raises InitiativeRefusedError, ChangedMeanwhileError."""
    row = Initiative.take(initiative.pk, version=version)
    past = with_whole_share(past)
    if problems := [*problems_of_amending(row), *problems_of_past(past, row)]:
        raise InitiativeRefusedError(problems)
    write(row, past, paper)
    note(actor, row, "amended", told(past))
    record(actor, "initiative.amended", row, details={"number": past.number})
    return row


@transaction.atomic
def take_out(actor: Account | None, initiative: Initiative, *, version: int | None = None) -> None:
    """Take out a recorded work nothing was built on. Raises InitiativeRefusedError, ChangedMeanwhileError."""
    row = Initiative.take(initiative.pk, version=version)
    problems = list(problems_of_amending(row))
    if row.uses.exists():
        problems.append(Problem("served_already"))
    if problems:
        raise InitiativeRefusedError(problems)
    record(actor, "initiative.taken_out", row)
    row.delete()


def write(row: Initiative, past: Past, paper: StoredFile | None) -> None:
    lead = past.authors[0].person
    unit = lead.record_unit
    if unit is None:
        raise ValueError("an author belongs to a unit")
    row.submitter, row.unit, row.root_id = lead, unit, unit.root_id
    row.kind, row.title = past.kind, one_line(past.title)
    row.folded = fold(row.title)
    row.description, row.effect = past.description.strip(), past.effect.strip()
    row.applied_on, row.replicable, row.scope = past.applied_on, past.replicable, past.scope
    accepted = past.acceptance if past.is_research else None
    row.accepted_on = accepted.on if accepted else None
    row.accepted_level, row.accepted_as = (accepted.level, accepted.grade) if accepted else ("", "")
    row.recognised_on, row.year = past.decided_on, past.settled_on.year
    row.decision = register_document(
        kind=type_of_number(past.number) or DECISION,
        number=past.number,
        issued_on=past.decided_on,
        issuer=past.issuer,
        file=paper,
    )
    row.save()
    set_authors(row, past.authors)
    if paper:
        InitiativeFile.objects.create(initiative=row, file=paper)


def told(past: Past) -> str:
    return f"{past.number}, {shown(past.decided_on)}, {past.issuer}"


def with_whole_share(past: Past) -> Past:
    """Return ``past`` with the whole of it given to an author who stands alone and has no share."""
    if len(past.authors) == 1 and past.authors[0].percent is None and not past.is_research:
        return replace(past, authors=(replace(past.authors[0], percent=WHOLE),))
    return past


# -- what stands in the way ----------------------------------------------------------------------------


def problems_of_past(past: Past, row: Initiative | None = None) -> Iterator[Problem]:
    """Yield what keeps ``past`` from being written, as ``row`` where it is there already."""
    issuers = units_named(past.issuer, past.authors[0].person.root_id) if past.authors else []
    yield from problems_of_facts(past, issuers)
    others = alike(past).exclude(pk=row.pk) if row else alike(past)
    for one in others[:1]:
        yield Problem("already_recorded", {"title": one.title, "decision": decision_of(one)})


def problems_of_facts(past: Past, issuers: Sequence[Unit]) -> Iterator[Problem]:
    """Yield what does not fit within ``past`` itself; ``issuers`` are the units of that name. Asks no table."""
    if not past.title.strip():
        yield Problem("title_missing")
    if not past.authors:
        yield Problem("authors_missing")
        return
    yield from problems_of_authors(past.authors)
    yield from problems_of_days(past)
    yield from problems_of_reach(past, issuers)


def problems_of_authors(authors: Sequence[Author]) -> Iterator[Problem]:
    yield from problems_of_names(authors)
    given = [author.percent is not None for author in authors]
    if all(given):
        yield from problems_of_shares(authors)
    elif any(given):
        yield Problem("shares_in_part")
    if authors[0].person.record_unit_id is None:
        yield Problem("lead_without_unit", {"person": authors[0].person.full_name})


def problems_of_days(past: Past) -> Iterator[Problem]:
    day = shown(past.decided_on)
    if past.decided_on > today():
        yield Problem("decided_in_future", {"day": day})
    if past.applied_on and past.decided_on < past.applied_on and not past.is_research:
        yield Problem("decided_before_applied", {"day": day, "applied": shown(past.applied_on)})
    if past.is_research and past.acceptance is None:
        yield Problem("acceptance_missing")
    elif past.is_research and past.acceptance and past.decided_on < past.acceptance.on:
        yield Problem("decided_before_accepted", {"day": day, "accepted": shown(past.acceptance.on)})


def problems_of_reach(past: Past, issuers: Sequence[Unit]) -> Iterator[Problem]:
    """Yield that a unit of the tree recognised farther than it may; of other issuers nothing is known."""
    if not past.scope:
        yield Problem("scope_missing")
    elif issuers and all(Scope(past.scope).rank > widest_scope(unit).rank for unit in issuers):
        facts = {"unit": issuers[0].name, "scope": Initiative.Scope(past.scope).label}
        yield Problem("issuer_too_narrow", facts)


def units_named(name: str, root: UUID) -> list[Unit]:
    key = fold(one_line(name))
    rows = Unit.objects.filter(root=root, folded__startswith=key).select_related("kind")
    return [unit for unit in rows if fold(unit.name) == key]


def problems_of_amending(row: Initiative) -> Iterator[Problem]:
    if not row.is_recorded:
        yield Problem("went_through_steps")
    if row.state != State.RECOGNISED:
        yield Problem("wrong_state", {"state": row.state_shown})


def alike(past: Past) -> QuerySet[Initiative]:
    """Return what is recognised already under the same title for one of the authors."""
    theirs = Authorship.objects.filter(person__in=[author.person.pk for author in past.authors])
    rows = Initiative.objects.filter(state=State.RECOGNISED, folded=fold(one_line(past.title)))
    return rows.filter(pk__in=theirs.values("initiative")).select_related("decision")


def decision_of(row: Initiative) -> str:
    number = row.decision.number if row.decision else ""
    return ", ".join(part for part in (number, shown(row.recognised_on) if row.recognised_on else "") if part)

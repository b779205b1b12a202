"""Move an initiative from step to step, gather the council's opinions, note what it was used for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from thidua.accounts.models import Account
from thidua.audit.services import record
from thidua.core.law.words import Scope
from thidua.honours.catalogue import label_of
from thidua.initiatives.models import Initiative, InitiativeCouncil, InitiativeUse, Opinion
from thidua.initiatives.problems import InitiativeRefusedError, Problem, UsedBeforeError
from thidua.initiatives.services.writing import note, problems_before_submitting
from thidua.initiatives.steps import STEPS
from thidua.library.services import register_document
from thidua.organisations.models import Person, Unit, UnitKind
from thidua.organisations.problems import shown
from thidua.records.days import today

DECISION = "QUYET_DINH"
State = Initiative.State


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision that recognises, or cancels the recognition."""

    number: str
    decided_on: date
    scope: str = ""
    issuer: str = ""
    note: str = ""


def take(
    initiative: Initiative, act: str, version: int | None, problems: Iterable[Problem] = ()
) -> Initiative:
    """Lock the row for ``act``. Raises ChangedMeanwhileError, InitiativeRefusedError."""
    row = Initiative.take(initiative.pk, version=version)
    found = list(problems)
    if row.state not in STEPS[act].sources:
        found.insert(0, Problem("wrong_state", {"state": row.get_state_display()}))
    if found:
        raise InitiativeRefusedError(found)
    row.state = STEPS[act].target
    return row


def keep(actor: Account | None, row: Initiative, act: str, words: str = "") -> Initiative:
    row.save()
    note(actor, row, act, words)
    record(actor, f"initiative.{act}", row)
    return row


@transaction.atomic
def submit(actor: Account | None, initiative: Initiative, *, version: int | None = None) -> Initiative:
    """Hand in. Raises InitiativeRefusedError with all that is missing, ChangedMeanwhileError."""
    row = take(initiative, "submit", version)
    if problems := list(problems_before_submitting(row)):
        raise InitiativeRefusedError(problems)
    return keep(actor, row, "submit")


@transaction.atomic
def withdraw(actor: Account | None, initiative: Initiative, *, version: int | None = None) -> Initiative:
    """Take it back, as its author. Raises InitiativeRefusedError, ChangedMeanwhileError."""
    return keep(actor, take(initiative, "withdraw", version), "withdraw")


@transaction.atomic
def send_back(
    actor: Account | None, initiative: Initiative, reason: str, *, version: int | None = None
) -> Initiative:
    """Return to the author with what is missing. Raises InitiativeRefusedError, ChangedMeanwhileError."""
    missing = [] if reason.strip() else [Problem("reason_missing")]
    return keep(actor, take(initiative, "return", version, missing), "return", reason)


@transaction.atomic
def assign(
    actor: Account | None,
    initiative: Initiative,
    council: InitiativeCouncil,
    *,
    version: int | None = None,
) -> Initiative:
    """Give to a council of the unit or of one above it. Raises InitiativeRefusedError, ChangedMeanwhileError."""
    facts = {"council": council.name, "unit": initiative.unit.name}
    fits = councils_for(initiative).filter(pk=council.pk).exists()
    row = take(initiative, "assign", version, [] if fits else [Problem("council_elsewhere", facts)])
    row.council = council
    return keep(actor, row, "assign", council.name)


def councils_for(initiative: Initiative) -> QuerySet[InitiativeCouncil]:
    """Return the councils of today that may appraise it: of its unit and of the units above."""
    path = initiative.unit.path
    above = [path[: end + 1] for end, letter in enumerate(path) if letter == "/"]
    rows = InitiativeCouncil.objects.on(today()).filter(unit__path__in=above)
    return rows.select_related("unit").order_by("-unit__depth", "name")


@transaction.atomic
def give_opinion(
    actor: Account | None,
    initiative: Initiative,
    member: Person,
    verdict: str,
    scope: str,
    reasons: str,
) -> Opinion:
    """Write or change the member's own opinion while the council has the initiative.

    Raises InitiativeRefusedError.
    """
    row = Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
    problems = []
    if row.state != State.APPRAISING:
        problems.append(Problem("wrong_state", {"state": row.get_state_display()}))
    if verdict == Opinion.Verdict.RECOGNISE and not scope:
        problems.append(Problem("scope_missing"))
    if not reasons.strip():
        problems.append(Problem("reason_missing"))
    if problems:
        raise InitiativeRefusedError(problems)
    scope = scope if verdict == Opinion.Verdict.RECOGNISE else ""
    opinion = Opinion.objects.filter(initiative=row, member=member).first() or Opinion(
        initiative=row, member=member
    )
    opinion.verdict, opinion.scope, opinion.reasons = verdict, scope, reasons.strip()
    opinion.version += 0 if opinion._state.adding else 1  # noqa: SLF001 - Django's own mark of an unsaved row
    opinion.save()
    record(actor, "initiative.opinion_given", row)
    return opinion


@dataclass(frozen=True, slots=True)
class Tally:
    """How many seats may speak, how many have spoken, how many of these would not recognise."""

    seats: int
    given: int
    against: int

    @property
    def majority_against(self) -> bool:
        return self.against * 2 > self.given


def tally_of(row: Initiative) -> Tally:
    """Count what the council of today says; who wrote the initiative has no say."""
    if row.council is None:
        return Tally(0, 0, 0)
    authors = {part.person_id for part in row.authorships.all()}
    sitting = {seat.person_id for seat in row.council.members.all() if seat.holds_on(today())} - authors
    verdicts = [one.verdict for one in row.opinions.all() if one.member_id in sitting]
    return Tally(len(sitting), len(verdicts), verdicts.count(Opinion.Verdict.REFUSE))


def problems_before_deciding(row: Initiative, count: Tally) -> Iterator[Problem]:
    """More than half of the seats have spoken: those who wrote it are not counted among them."""
    if row.council and count.given * 2 <= count.seats:
        yield Problem("too_few_opinions", {"given": count.given, "seats": count.seats})


def widest_scope(unit: Unit) -> Scope:
    """Return how far the head of ``unit`` may recognise an initiative to reach.

    The head of a ministry or of a province, the top of a tree, recognises as far as the whole country; every
    unit below it, and a top that is no such body, recognises at the base.
    """
    heads = {UnitKind.Level.CENTRAL, UnitKind.Level.PROVINCE}
    return Scope.TOAN_QUOC if unit.parent_id is None and unit.kind.level in heads else Scope.CO_SO


@transaction.atomic
def recognise(
    actor: Account | None, initiative: Initiative, ruling: Ruling, *, version: int | None = None
) -> Initiative:
    """Recognise with a scope and a decision. Raises InitiativeRefusedError, ChangedMeanwhileError."""
    row = take(initiative, "recognise", version, problems_of_recognition(initiative, ruling))
    row.scope, row.recognised_on = ruling.scope, ruling.decided_on
    row.year = ruling.decided_on.year
    row.decision = register_document(
        kind=DECISION, number=ruling.number, issued_on=ruling.decided_on, issuer=ruling.issuer
    )
    return keep(actor, row, "recognise", ruling.note)


def problems_of_recognition(row: Initiative, ruling: Ruling) -> Iterator[Problem]:
    count = tally_of(row)
    yield from problems_before_deciding(row, count)
    yield from problems_of_ruling(ruling)
    yield from problems_of_order(row, ruling.decided_on)
    yield from problems_of_scope(row, ruling.scope)
    if count.majority_against and not ruling.note.strip():
        yield Problem("against_majority", {"against": count.against, "given": count.given})


def problems_of_order(row: Initiative, decided_on: date) -> Iterator[Problem]:
    """Yield what had still to happen on the day of the decision: it is applied, then recognised.

    The day it was entered here says nothing: what was recognised on paper long ago may be entered today.
    """
    if row.applied_on and decided_on < row.applied_on:
        facts = {"day": shown(decided_on), "applied": shown(row.applied_on)}
        yield Problem("decided_before_applied", facts)


def problems_of_scope(row: Initiative, scope: str) -> Iterator[Problem]:
    if not scope:
        yield Problem("scope_missing")
    elif row.council and Scope(scope).rank > widest_scope(row.council.unit).rank:
        facts = {"unit": row.council.unit.name, "scope": Initiative.Scope(scope).label}
        yield Problem("scope_too_wide", facts)


def problems_of_ruling(ruling: Ruling) -> Iterator[Problem]:
    if ruling.decided_on > today():
        yield Problem("decided_in_future", {"day": shown(ruling.decided_on)})


@transaction.atomic
def refuse(
    actor: Account | None, initiative: Initiative, reason: str, *, version: int | None = None
) -> Initiative:
    """Refuse with a reason. Raises InitiativeRefusedError, ChangedMeanwhileError."""
    problems = [*problems_before_deciding(initiative, tally_of(initiative))]
    if not reason.strip():
        problems.append(Problem("reason_missing"))
    return keep(actor, take(initiative, "refuse", version, problems), "refuse", reason)


@transaction.atomic
def cancel(
    actor: Account | None, initiative: Initiative, ruling: Ruling, *, version: int | None = None
) -> Initiative:
    """Cancel a recognition by decision; what it was used for stays written.

    Raises InitiativeRefusedError, ChangedMeanwhileError.
    """
    problems = list(problems_of_ruling(ruling))
    if initiative.recognised_on and ruling.decided_on < initiative.recognised_on:
        facts = {"day": shown(ruling.decided_on), "recognised": shown(initiative.recognised_on)}
        problems.append(Problem("cancelled_before_recognised", facts))
    if not ruling.note.strip():
        problems.append(Problem("reason_missing"))
    row = take(initiative, "cancel", version, problems)
    register_document(kind=DECISION, number=ruling.number, issued_on=ruling.decided_on, issuer=ruling.issuer)
    words = f"{ruling.number}, {shown(ruling.decided_on)}. {ruling.note.strip()}"
    return keep(actor, row, "cancel", words)


@dataclass(frozen=True, slots=True)
class Use:
    """What an initiative served as a ground for."""

    person: Person
    award: str
    year: int
    decided_on: date | None = None
    note: str = ""


@transaction.atomic
def note_use(
    actor: Account | None, initiative: Initiative, use: Use, *, although_used: bool = False
) -> InitiativeUse:
    """Note that the initiative was a ground for an award.

    Raises InitiativeRefusedError; UsedBeforeError when it was a ground before and ``although_used`` does not
    say that this is known.
    """
    row = Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
    if problems := list(problems_of_use(row, use)):
        raise InitiativeRefusedError(problems)
    if not although_used and (earlier := list(uses_before(row, use.person))):
        raise UsedBeforeError(earlier)
    made = InitiativeUse.objects.create(
        initiative=row,
        person=use.person,
        award=use.award,
        year=use.year,
        decided_on=use.decided_on,
        note=use.note.strip(),
        by=actor,
    )
    record(actor, "initiative.used", row, details={"award": use.award, "year": use.year})
    return made


def problems_of_use(row: Initiative, use: Use) -> Iterator[Problem]:
    if row.is_research:
        yield Problem("no_use_of_research")
    if row.state != State.RECOGNISED:
        yield Problem("not_recognised")
    if not row.authorships.filter(person=use.person).exists():
        yield Problem("not_an_author", {"person": use.person.full_name})
    same = row.uses.filter(person=use.person, award=use.award, year=use.year)
    if same.exists():
        facts = {"award": label_of(use.award), "year": use.year, "person": use.person.full_name}
        yield Problem("use_known", facts)


def uses_before(row: Initiative, person: Person) -> QuerySet[InitiativeUse]:
    """Return what it already served for, for the same person."""
    return row.uses.filter(person=person).select_related("person")

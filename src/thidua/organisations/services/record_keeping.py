"""Write what a record holds: ratings by year, discipline, leave.

The log says that discipline or health was written, never of whom: it is read by more people than the record.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from thidua.accounts.models import Account
from thidua.audit.services import entry_of, record, record_all
from thidua.library.models import Document
from thidua.library.services import register_document
from thidua.organisations.models import Discipline, Leave, Person, Rating, Unit
from thidua.organisations.permissions import may_see_sensitive
from thidua.organisations.problems import PersonChangeRefusedError, Problem, shown
from thidua.records.days import today
from thidua.records.models import ChangedMeanwhileError

DECISION = "QUYET_DINH"
FIRST_YEAR = 1990
ONE_DAY = timedelta(days=1)
BATCH = 500


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """A decision as a clerk writes it down: number with symbol, day, issuing body."""

    number: str
    issued_on: date
    issuer: str = ""

    def document(self) -> Document:
        """Return the decision as the register of documents knows it, entering it on first sight."""
        return register_document(
            kind=DECISION, number=self.number, issued_on=self.issued_on, issuer=self.issuer
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """The rating a person or a unit is to have; ``version`` is the rating's that was seen, None: there was none."""

    subject: Person | Unit
    level: str
    version: int | None = None


@transaction.atomic
def set_ratings(
    actor: Account | None, year: int, marks: Iterable[Mark], decision: DecisionFacts | None = None
) -> list[Rating]:
    """Write the ratings of ``year`` and return those made or changed.

    Raises PersonChangeRefusedError for a year to come, ChangedMeanwhileError when a rating is not the one seen.
    """
    if problems := list(problems_of_year(year)):
        raise PersonChangeRefusedError(problems)
    marks = list(marks)
    known = ratings_of([mark.subject for mark in marks], year)
    document = decision.document() if decision else None
    changed = [row for mark in marks if (row := _marked(known, mark, year, document, actor))]
    _write_ratings(changed)
    record_all(
        entry_of(actor, "rating.set", subject, details={"year": year, "level": row.level})
        for row in changed
        if (subject := row.person or row.unit)
    )
    return changed


def problems_of_year(year: int) -> Iterator[Problem]:
    last = today().year
    if not FIRST_YEAR <= year <= last:
        yield Problem("rating_year_to_come", {"year": year, "first": FIRST_YEAR, "last": last})


def ratings_of(subjects: Sequence[Person | Unit], year: int) -> dict[UUID, Rating]:
    """Return the locked ratings of that year by the id of the subject."""
    people = [one.pk for one in subjects if isinstance(one, Person)]
    units = [one.pk for one in subjects if isinstance(one, Unit)]
    rows = Rating.objects.select_for_update().filter(year=year)
    found = [*rows.filter(person__in=people), *rows.filter(unit__in=units)]
    rated = ((row.person_id or row.unit_id, row) for row in found)
    return {pk: row for pk, row in rated if pk}


def _marked(
    known: dict[UUID, Rating], mark: Mark, year: int, document: Document | None, actor: Account | None
) -> Rating | None:
    """Return the rating as it is to be saved, None where nothing changes."""
    row = known.get(mark.subject.pk)
    if row and mark.version != row.version:
        raise ChangedMeanwhileError(row)
    if row is None:
        person = mark.subject if isinstance(mark.subject, Person) else None
        unit = mark.subject if isinstance(mark.subject, Unit) else None
        return Rating(person=person, unit=unit, year=year, level=mark.level, decision=document, by=actor)
    if row.level == mark.level and (document is None or row.decision_id == document.pk):
        return None
    row.level, row.by, row.version = mark.level, actor, row.version + 1
    row.decision = document or row.decision
    return row


def _write_ratings(rows: list[Rating]) -> None:
    new = [row for row in rows if row._state.adding]  # noqa: SLF001 - Django's own mark of an unsaved row
    Rating.objects.bulk_create(new, batch_size=BATCH)
    fields = ("level", "decision", "by", "version")
    Rating.objects.bulk_update([row for row in rows if row not in new], fields, batch_size=BATCH)


@transaction.atomic
def remove_rating(actor: Account | None, rating: Rating, *, version: int | None = None) -> None:
    """Take away a rating written by mistake. Raises ChangedMeanwhileError."""
    row = Rating.take(rating.pk, version=version)
    subject = row.person or row.unit
    row.delete()
    if subject:
        record(actor, "rating.removed", subject, details={"year": row.year, "level": row.level})


@dataclass(frozen=True, slots=True)
class Measure:
    """A disciplinary measure; ``last_day`` is the last day it holds."""

    level: str
    valid_from: date
    last_day: date | None = None
    decision: DecisionFacts | None = None


@transaction.atomic
def record_discipline(actor: Account | None, person: Person, given: Measure) -> Discipline:
    """Write a measure. Raises PersonChangeRefusedError."""
    row = Discipline(person=Person.take(person.pk))
    return save_discipline(actor, row, given, "discipline.recorded")


@transaction.atomic
def change_discipline(
    actor: Account | None, row: Discipline, given: Measure, *, version: int | None = None
) -> Discipline:
    """Correct or end a measure. Raises PersonChangeRefusedError, ChangedMeanwhileError."""
    return save_discipline(actor, Discipline.take(row.pk, version=version), given, "discipline.changed")


def save_discipline(actor: Account | None, row: Discipline, given: Measure, act: str) -> Discipline:
    if problems := list(problems_of_discipline(row, given)):
        raise PersonChangeRefusedError(problems)
    row.level, row.by = given.level, actor
    set_period(row, given.valid_from, given.last_day)
    set_decision(row, given.decision)
    row.save()
    note(actor, act, row)
    return row


def note(actor: Account | None, act: str, row: Discipline | Leave) -> None:
    """Log the act under the person, or under the row alone where even its being there is not for everybody."""
    if isinstance(row, Discipline) or row.kind in Leave.HEALTH:
        record(actor, act, row, label=str(row.pk))
    else:
        record(actor, act, row.person)


def problems_of_discipline(row: Discipline, given: Measure) -> Iterator[Problem]:
    yield from problems_of_period(given.valid_from, given.last_day)
    if given.valid_from > today():
        yield Problem("discipline_to_come", {"day": shown(given.valid_from)})
    same = row.person.disciplines.exclude(pk=row.pk).filter(level=given.level, valid_from=given.valid_from)
    if same.exists():
        facts = {"level": Discipline.Level(given.level).label, "day": shown(given.valid_from)}
        yield Problem("discipline_known", facts)


@dataclass(frozen=True, slots=True)
class Absence:
    """A leave; ``last_day`` is its last day."""

    kind: str
    valid_from: date
    last_day: date | None = None
    result: str = ""
    decision: DecisionFacts | None = None


@transaction.atomic
def record_leave(actor: Account | None, person: Person, given: Absence) -> Leave:
    """Write a leave. Raises PersonChangeRefusedError."""
    return save_leave(actor, Leave(person=Person.take(person.pk)), given, "leave.recorded")


@transaction.atomic
def change_leave(actor: Account | None, row: Leave, given: Absence, *, version: int | None = None) -> Leave:
    """Correct a leave. Raises PersonChangeRefusedError, ChangedMeanwhileError."""
    return save_leave(actor, Leave.take(row.pk, version=version), given, "leave.changed")


def save_leave(actor: Account | None, row: Leave, given: Absence, act: str) -> Leave:
    if problems := list(problems_of_leave(actor, row, given)):
        raise PersonChangeRefusedError(problems)
    row.kind, row.result, row.by = given.kind, given.result, actor
    set_period(row, given.valid_from, given.last_day)
    set_decision(row, given.decision)
    row.save()
    note(actor, act, row)
    return row


def problems_of_leave(actor: Account | None, row: Leave, given: Absence) -> Iterator[Problem]:
    yield from problems_of_period(given.valid_from, given.last_day)
    others = row.person.leaves.exclude(pk=row.pk).exclude(valid_until__lte=given.valid_from)
    if given.last_day:
        others = others.filter(valid_from__lte=given.last_day)
    for other in others[:1]:
        if other.kind in Leave.HEALTH and actor and not may_see_sensitive(actor, row.person):
            yield Problem("leave_overlaps_hidden")
            return
        end = shown(other.last_day) if other.last_day else "…"
        facts = {"kind": other.get_kind_display(), "period": f"{shown(other.valid_from)} – {end}"}
        yield Problem("leave_overlaps", facts)


def problems_of_period(first: date, last: date | None) -> Iterator[Problem]:
    if last and last < first:
        yield Problem("ends_before_start", {"last": shown(last), "first": shown(first)})


def set_period(row: Any, first: date, last: date | None) -> None:
    row.valid_from, row.valid_until = first, last + ONE_DAY if last else None


def set_decision(row: Any, decision: DecisionFacts | None) -> None:
    row.decision = decision.document() if decision else None


@transaction.atomic
def remove_dated(actor: Account | None, row: Discipline | Leave, *, version: int | None = None) -> None:
    """Take away a measure or leave written by mistake. Raises ChangedMeanwhileError."""
    taken = type(row).take(row.pk, version=version)
    note(actor, f"{type(row).__name__.lower()}.removed", taken)
    taken.delete()

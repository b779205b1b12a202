"""Write an initiative: draft, authors with their shares, files."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from thidua.accounts.models import Account
from thidua.audit.services import record
from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line
from thidua.initiatives.models import Authorship, Initiative, InitiativeEvent, InitiativeFile
from thidua.initiatives.problems import InitiativeRefusedError, Problem
from thidua.initiatives.steps import EDITABLE
from thidua.library.services import Chunked, store_file
from thidua.organisations.models import Person
from thidua.organisations.problems import shown
from thidua.records.days import today

WHOLE = 100
MOST_FILES = 20
LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Author:
    """An author and the part of the work, in per cent where it is known; ``role`` is of research alone."""

    person: Person
    percent: int | None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What the author writes down."""

    title: str
    description: str
    effect: str = ""
    applied_on: date | None = None
    replicable: bool = False
    authors: tuple[Author, ...] = ()


@transaction.atomic
def start(actor: Account | None, submitter: Person, written: Written) -> Initiative:
    """Begin a draft in the unit of ``submitter``, who is the only author where none is named.

    Raises InitiativeRefusedError.
    """
    unit = submitter.record_unit
    if unit is None:
        raise ValueError("an author belongs to a unit")
    authors = written.authors or (Author(submitter, WHOLE),)
    if problems := list(problems_of_draft(written, authors)):
        raise InitiativeRefusedError(problems)
    row = Initiative(submitter=submitter, unit=unit, root_id=unit.root_id)
    fill(row, written)
    row.save()
    set_authors(row, authors)
    note(actor, row, "start")
    record(actor, "initiative.started", row)
    return row


@transaction.atomic
def change(
    actor: Account | None, initiative: Initiative, written: Written, *, version: int | None = None
) -> Initiative:
    """Change what is still with the author. Raises InitiativeRefusedError, ChangedMeanwhileError."""
    row = Initiative.take(initiative.pk, version=version)
    problems = [] if row.state in EDITABLE else [Problem("wrong_state", {"state": row.get_state_display()})]
    if problems := problems + list(problems_of_draft(written, written.authors)):
        raise InitiativeRefusedError(problems)
    fill(row, written)
    row.save()
    set_authors(row, written.authors)
    record(actor, "initiative.changed", row)
    return row


def fill(row: Initiative, written: Written) -> None:
    """Write the words down. The year is that of the application until a decision gives its own, as the law counts."""
    row.title = one_line(written.title)
    row.folded = fold(row.title)
    row.description, row.effect = written.description.strip(), written.effect.strip()
    row.applied_on, row.replicable = written.applied_on, written.replicable
    row.year = (row.applied_on or today()).year


def problems_of_draft(written: Written, authors: Sequence[Author]) -> Iterator[Problem]:
    if not written.title.strip():
        yield Problem("title_missing")
    yield from problems_of_shares(authors)
    yield from problems_of_names(authors)


def problems_of_shares(authors: Sequence[Author]) -> Iterator[Problem]:
    total = sum(author.percent or 0 for author in authors)
    if total != WHOLE:
        yield Problem("shares_not_whole", {"total": total})


def problems_of_names(authors: Sequence[Author]) -> Iterator[Problem]:
    counts = Counter(author.person.pk for author in authors)
    for author in {author.person.pk: author for author in authors}.values():
        if counts[author.person.pk] > 1:
            yield Problem("author_twice", {"person": author.person.full_name})


def set_authors(row: Initiative, authors: Sequence[Author]) -> None:
    row.authorships.all().delete()
    Authorship.objects.bulk_create(
        Authorship(initiative=row, person=author.person, percent=author.percent, role=author.role)
        for author in authors
    )


def problems_before_submitting(row: Initiative) -> Iterator[Problem]:
    """Yield everything that is still to do before the initiative can be handed in."""
    if not row.description:
        yield Problem("description_missing")
    if not row.effect:
        yield Problem("effect_missing")
    if row.applied_on is None:
        yield Problem("not_applied")
    elif row.applied_on > today():
        yield Problem("applied_in_future", {"day": shown(row.applied_on)})
    if not row.authorships.filter(person=row.submitter_id).exists():
        yield Problem("submitter_missing", {"person": row.submitter.full_name})


@transaction.atomic
def attach(actor: Account, initiative: Initiative, content: Chunked | bytes, name: str) -> InitiativeFile:
    """Keep a file with the initiative. Raises InitiativeRefusedError, FileTooLargeError."""
    row = Initiative.take(initiative.pk)
    if row.state not in EDITABLE:
        raise InitiativeRefusedError([Problem("wrong_state", {"state": row.get_state_display()})])
    if row.files.count() >= MOST_FILES:
        raise InitiativeRefusedError([Problem("too_many_files", {"most": MOST_FILES})])
    kept = InitiativeFile.objects.create(
        initiative=row, file=store_file(content, name, by=actor, limit=LARGEST)
    )
    record(actor, "initiative.file_added", row, details={"name": kept.file.name})
    return kept


@transaction.atomic
def detach(actor: Account, kept: InitiativeFile) -> None:
    """Take a file away again; its content stays stored for whoever else refers to it."""
    row = Initiative.take(kept.initiative_id)
    if row.state not in EDITABLE:
        raise InitiativeRefusedError([Problem("wrong_state", {"state": row.get_state_display()})])
    kept.delete()
    record(actor, "initiative.file_removed", row)


def note(actor: Account | None, row: Initiative, act: str, words: str = "") -> InitiativeEvent:
    """Write down the step the row has just made."""
    return InitiativeEvent.objects.create(
        initiative=row,
        act=act,
        state=row.state,
        note=words.strip(),
        by=actor,
        by_name=actor.get_full_name() if actor else "",
    )

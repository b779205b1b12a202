"""Imports as pages show them: the list, and the rows of one by what becomes of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from thidua.exchange import progress
from thidua.exchange.cells import shown
from thidua.exchange.fields import Field
from thidua.exchange.importers import Candidate, Importer, User
from thidua.exchange.models import Import, ImportRow
from thidua.exchange.permissions import visible
from thidua.exchange.problems import Problem
from thidua.records.locks import is_worked_on

STALLED_AFTER = timedelta(seconds=30)
Outcome = ImportRow.Outcome
WRITING = (Import.Status.RUNNING, Import.Status.UNDOING)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A problem as read; a warning leaves the row in."""

    text: str
    is_warning: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A field before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row of the file as the preview shows it."""

    row: ImportRow
    outcome: str
    sentences: tuple[Sentence, ...]
    changes: tuple[Change, ...]
    summary: str
    candidates: tuple[Candidate, ...]


def imports_of(user: User) -> QuerySet[Import]:
    """Return the imports ``user`` may see, the latest first."""
    return Import.objects.filter(visible(user)).select_related("file", "by").order_by("-pk")


def rows_of(batch: Import, outcome: str) -> QuerySet[ImportRow]:
    """Return the staged rows with ``outcome`` ("" for all) in the order of the file."""
    rows = batch.rows.order_by("number")
    return rows.filter(outcome=outcome) if outcome else rows


def shown_rows(importer: Importer, user: User, rows: Sequence[ImportRow]) -> list[RowShown]:
    """Return ``rows`` with their sentences, changes and, where to be asked about, who they may be."""
    fields = {field.name: field for field in importer.fields_for(user)}
    asked = importer.candidates(user, [row for row in rows if row.outcome == Outcome.ASK])
    return [
        RowShown(
            row=row,
            outcome=row.get_outcome_display(),
            sentences=tuple(sentences_of(importer, row)),
            changes=tuple(
                Change(label_of(fields, name), before, after) for name, (before, after) in row.changes.items()
            ),
            summary=summary_of(fields, row),
            candidates=tuple(asked.get(row.pk, ())),
        )
        for row in rows
    ]


def label_of(fields: dict[str, Field], name: str) -> str:
    return str(fields[name].label) if name in fields else name


def sentences_of(importer: Importer, row: ImportRow) -> Iterator[Sentence]:
    for kept in row.problems:
        problem = Problem.from_json(kept)
        yield Sentence(problem.text(importer.sentences), problem.is_warning)


def summary_of(fields: dict[str, Field], row: ImportRow) -> str:
    """Return the cells of the row on one line, those already in its label left out."""
    cells = (cell_shown(value) for name, value in row.values.items() if name in fields)
    return " · ".join(cell for cell in cells if cell and cell not in row.label)


def cell_shown(raw: Any) -> str:
    """Write a kept cell as the clerk reads it: days as 1/7/2025."""
    text = shown(raw)
    if len(text) == len("2025-07-01") and text[4:5] == text[7:8] == "-" and text.replace("-", "").isdigit():
        year, month, day = text.split("-")
        return f"{int(day)}/{int(month)}/{year}"
    return text


def is_stalled(batch: Import) -> bool:
    """Say whether work that should go on has shown no sign of life for a while, on whatever host it is done."""
    told = progress.seen(batch.pk)
    last = max(batch.updated_at, told.at) if told else batch.updated_at
    if not batch.is_working or timezone.now() - last <= STALLED_AFTER:
        return False
    return not is_worked_on("import", batch.pk)


def rows_done(batch: Import) -> int:
    """Return how many rows are read, written or taken back so far."""
    told = progress.seen(batch.pk) if batch.status in WRITING else None
    return told.done if told else batch.done


def known_before(user: User, batch: Import) -> Import | None:
    """Return an import of the same file that was already saved, among those ``user`` may see."""
    return (
        Import.objects.filter(
            visible(user),
            target=batch.target,
            file__sha256=batch.file.sha256,
            status__in=[Import.Status.DONE],
        )
        .exclude(pk=batch.pk)
        .select_related("by")
        .order_by("-pk")
        .first()
    )


def refused_rows(batch: Import) -> Iterator[ImportRow]:
    rows = batch.rows.filter(outcome__in=[Outcome.REFUSE, Outcome.ASK]).order_by("number")
    return rows.iterator(chunk_size=500)

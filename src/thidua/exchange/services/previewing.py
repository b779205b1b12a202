"""The file is read row by row and each row staged with what would become of it; nothing else is written."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from thidua.audit.services import record
from thidua.documents.errors import DocumentError
from thidua.documents.workbook_reader import Row
from thidua.exchange.bulk import insert
from thidua.exchange.cells import Raw, Reader, raw_of, reader_of
from thidua.exchange.fields import Field
from thidua.exchange.headings import numbers_columns
from thidua.exchange.importers import Given, Importer, Planned, User, importer_of
from thidua.exchange.models import Import, ImportRow
from thidua.exchange.problems import Problem
from thidua.exchange.services.states import CHUNK, AlreadyHandledError, Outcome, Status, take
from thidua.exchange.tables import rows_below

DIFFERENT = "different"
NUMBERING_DEPTH = 3  # a row that numbers the columns stands right under the headings
_REMARK_COLUMNS = 2
_ONE_CHUNK = 1_000_000
_T = TypeVar("_T")


class OvertakenError(Exception):
    """The columns were chosen anew, or the import dropped, while this reading went on."""


def read(batch_id: UUID) -> None:
    """Stage every row of an import that stands at READING; begun again, it starts afresh.

    A reading that still goes on elsewhere is overtaken by this one.
    """
    batch = begin_reading(batch_id)
    if batch is None:
        return
    try:
        counts = stage_all(importer_of(batch), batch)
    except DocumentError as error:
        stop_reading(batch, gettext(error.template) % error.parameters)
    except OvertakenError:
        return
    else:
        end_reading(batch, counts)


@transaction.atomic
def begin_reading(batch_id: UUID) -> Import | None:
    """Return the import under a version of this reading's own; None when there is nothing to read."""
    try:
        taken = take(batch_id, among=(Status.READING,))
    except AlreadyHandledError:
        return None
    taken.save()
    ImportRow.objects.filter(batch=taken).delete()
    return Import.objects.select_related("file", "by").get(pk=batch_id)


def stop_reading(batch: Import, sentence: str) -> None:
    """Go back to choosing columns and say why."""
    ImportRow.objects.filter(batch=batch).delete()
    waiting = Import.objects.filter(pk=batch.pk, version=batch.version, status=Status.READING)
    waiting.update(status=Status.UPLOADED, problem=sentence, updated_at=timezone.now())


def end_reading(batch: Import, counts: Mapping[str, int]) -> None:
    total = sum(counts.values())
    waiting = Import.objects.filter(pk=batch.pk, version=batch.version, status=Status.READING)
    waiting.update(
        status=Status.PREVIEWED, counts=dict(counts), done=total, total=total, updated_at=timezone.now()
    )


def stage_all(importer: Importer, batch: Import) -> Counter[str]:
    """Plan and stage the rows chunk by chunk and return how many there are of each outcome."""
    user = batch.by
    if user is None:
        return Counter()
    reader = RowReader.of(importer, user, batch)
    planner = importer.planner(user, batch.scope)
    counts: Counter[str] = Counter()
    size = _ONE_CHUNK if importer.needs_all_rows else CHUNK
    for rows in chunked(rows_below(batch.file, batch.sheet, batch.header_row), size):
        read_rows = [reader.read(row) for row in rows]
        planned = iter(planner.plan([given for _raw, given, skipped in read_rows if not skipped]))
        staged = [
            staged_row(batch, given, raw, skipped or next(planned)) for raw, given, skipped in read_rows
        ]
        counts.update(row.outcome for row in staged)
        for part in chunked(staged, CHUNK):
            write_stage(batch, part, sum(counts.values()))
    return counts


def chunked(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


@transaction.atomic
def write_stage(batch: Import, rows: Sequence[ImportRow], done: int) -> None:
    alive = Import.objects.filter(pk=batch.pk, version=batch.version, status=Status.READING)
    if not alive.update(done=done, updated_at=timezone.now()):
        raise OvertakenError
    insert(rows)


def staged_row(batch: Import, given: Given, raw: dict[str, Raw], planned: Planned) -> ImportRow:
    return ImportRow(
        batch=batch,
        number=given.number,
        order=given.number if planned.order is None else planned.order,
        label=planned.label[:300],
        values=raw,
        outcome=planned.outcome,
        problems=[problem.as_json() for problem in (*planned.problems, *given.problems)],
        changes=planned.changes,
        plan=planned.plan,
        target_id=planned.target_id,
        target_version=planned.target_version,
        decision=given.decision,
    )


class RowReader:
    """Reads rows of one table into the importer's fields."""

    def __init__(
        self,
        fields: Iterable[Field],
        mapping: Mapping[str, int],
        headings: Sequence[str] = (),
        header_row: int = 0,
        *,
        rows_are_whole: bool = False,
    ) -> None:
        named = {field.name: field for field in fields if field.name in mapping}
        self.columns: list[tuple[str, int, Reader]] = [
            (name, mapping[name], reader_of(field)) for name, field in named.items()
        ]
        self.readers: dict[str, Reader] = {name: reader for name, _column, reader in self.columns}
        self.headings = {column: headings[column] for column in mapping.values() if column < len(headings)}
        self.header_row = header_row
        self.asked = [field for field in named.values() if rows_are_whole and field.required]

    @classmethod
    def of(cls, importer: Importer, user: User, batch: Import) -> "RowReader":
        return cls(
            importer.fields_for(user),
            batch.mapping,
            batch.headings,
            batch.header_row,
            rows_are_whole=importer.rows_are_whole,
        )

    def read(self, row: Row) -> tuple[dict[str, Raw], Given, Planned | None]:
        """Return the row as kept, as read, and, where it is no row of data, how it is passed over."""
        cells, width = row.cells, len(row.cells)
        raw = {
            name: raw_of(cells[column])
            for name, column, _reader in self.columns
            if column < width and cells[column] is not None
        }
        given = self.given(row.number, raw)
        if row.repaired:
            repaired = Problem("repaired", facts={"encoding": row.repaired}, is_warning=True)
            given = replace(given, problems=(*given.problems, repaired))
        skipped = self.passed_over(row, raw)
        return raw, replace(given, problems=()) if skipped else given, skipped

    def given(self, number: int, raw: Mapping[str, Raw], decision: str = "") -> Given:
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for name, cell in raw.items():
            reading = self.readers[name](cell)
            if reading.problem:
                problems.append(reading.problem)
            # A cell that told too little (only a year) says nothing; only an empty sign empties.
            if reading.problem is None or reading.value is not None:
                values[name] = reading.value
        refused = {problem.column for problem in problems if not problem.is_warning}
        problems += [
            Problem("missing", field.name, {"column": str(field.label)})
            for field in self.asked
            if field.name not in refused and values.get(field.name) in {None, ""}
        ]
        return Given(number, values, tuple(problems), decision)

    def passed_over(self, row: Row, raw: Mapping[str, Raw]) -> Planned | None:
        filled = [cell for cell in row.cells if cell is not None]
        problem = None
        if row.number - self.header_row <= NUMBERING_DEPTH and numbers_columns(row.cells):
            problem = Problem("numbering_row", is_warning=True)
        elif self.repeats_headings(row):
            problem = Problem("heading_again", is_warning=True)
        elif len(filled) == 1 and len(self.columns) > _REMARK_COLUMNS:
            problem = Problem("remark_row", facts={"value": str(filled[0])[:80]}, is_warning=True)
        elif not raw:
            problem = Problem("blank_row", is_warning=True)
        return Planned(Outcome.SKIP, problems=[problem]) if problem else None

    def repeats_headings(self, row: Row) -> bool:
        told = [(column, text) for column, text in self.headings.items() if text]
        same = sum(column < len(row.cells) and row.cells[column] == text for column, text in told)
        return len(told) > 1 and same == len(told)


def the_only_ones(batch: Import) -> dict[UUID, str]:
    """Return for each row to be asked about the one row it may be the same as; those with several are left out."""
    asked = batch.rows.filter(outcome=Outcome.ASK).values_list("pk", "plan")
    return {pk: plan["known"][0] for pk, plan in asked if len(plan.get("known", ())) == 1}


@transaction.atomic
def settle(
    importer: Importer, batch: Import, decisions: Mapping[UUID, str], *, by: User, version: int
) -> int:
    """Plan rows anew with what a person says of them: whose record it is, or ``DIFFERENT``.

    Returns how many were settled. Raises AlreadyHandledError.
    """
    batch = take(batch.pk, among=(Status.PREVIEWED,), version=version)
    rows = list(batch.rows.filter(pk__in=decisions, outcome=Outcome.ASK).order_by("number"))
    reader = RowReader.of(importer, by, batch)
    given = [reader.given(row.number, row.values, decisions[row.pk]) for row in rows]
    planned = importer.planner(by, batch.scope).plan(given)
    counts = Counter(batch.counts)
    for row, said, became in zip(rows, given, planned, strict=True):
        counts[row.outcome] -= 1
        counts[became.outcome] += 1
        replace_row(row, staged_row(batch, said, row.values, became))
    batch.counts = dict(+counts)
    batch.save()
    record(by, "import.settled", batch, details={"rows": [row.number for row in rows]})
    return len(rows)


def replace_row(row: ImportRow, new: ImportRow) -> None:
    new.pk, new.order = row.pk, row.order
    new.save(force_update=True)

"""A population as columns: one row per person, and beside it one row per honour, rating, initiative.

Columns of ``people``: ``row`` (0, 1, 2 …), ``sex``, ``staff_kind``, ``contract_months``, ``occupation``, ``hired_on``,
``registered``, ``months_YEAR`` (months worked), ``attested_WHAT``, and one ``knows_PART`` for each part that may be
wholly unknown. The frames beside it refer to ``row``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from thidua.core.eligibility.case import Subject
from thidua.core.law.words import TITLES_OF_PEOPLE, Attested

PARTS: dict[str, dict[str, Any]] = {
    "honours": {
        "award": pl.String, "type": pl.String, "first": pl.Int16, "last": pl.Int16, "stated": pl.Boolean,
        "decided_on": pl.Date, "issuer": pl.String, "revoked_on": pl.Date,
    },
    "ratings": {"year": pl.Int16, "rank": pl.Int8},
    "initiatives": {
        "scope": pl.Int8, "recognised_on": pl.Date, "applied_on": pl.Date, "replicable": pl.Boolean,
        "used": pl.Boolean, "used_for_form": pl.Boolean,
    },
    "research": {"scope": pl.Int8, "accepted_on": pl.Date, "role": pl.String},
    "service": {
        "from": pl.Date, "to": pl.Date, "sector": pl.String, "post": pl.String, "moved_in": pl.Boolean,
        "hardship": pl.Int32,
    },
    "discipline": {"rank": pl.Int8, "from": pl.Date, "to": pl.Date},
    "leave": {"kind": pl.String, "from": pl.Date, "to": pl.Date, "result": pl.Int8},
    "transfers": {"on": pl.Date, "comment": pl.Boolean, "secondment": pl.Boolean},
    "pending": {"matter": pl.String},
}  # fmt: skip
PERSON: dict[str, Any] = {
    "sex": pl.String, "staff_kind": pl.String, "contract_months": pl.Int32, "occupation": pl.String,
    "hired_on": pl.Date, "registered": pl.Boolean, "pays_budget": pl.Boolean,
}  # fmt: skip
HARDSHIP_SCALE = 1000
"""Regional allowances are kept in thousandths, so that 0.7 stays exact."""


@dataclass(frozen=True, slots=True)
class Population:
    """People and what is known of each, by part; a part not stated for a person is not known."""

    people: pl.DataFrame
    parts: dict[str, pl.DataFrame]

    def __len__(self) -> int:
        return self.people.height

    def only(self, rows: pl.Series) -> "Population":
        """Return the people of these rows, in the order given, numbered anew."""
        kept = rows.cast(pl.UInt32).rename("row").to_frame().with_row_index("new")
        return Population(
            self.people[rows].with_columns(row=pl.int_range(pl.len(), dtype=pl.UInt32)),
            {
                name: frame.join(kept, on="row", maintain_order="left")
                .with_columns(row=pl.col("new"))
                .drop("new")
                for name, frame in self.parts.items()
            },
        )

    def slices(self, size: int) -> Iterable["Population"]:
        """Yield the population in pieces of at most ``size`` people, so that memory stays bounded."""
        if 0 < len(self) <= size:
            yield self
            return
        for start in range(0, len(self), size):
            people = self.people.slice(start, size).with_columns(row=pl.int_range(pl.len(), dtype=pl.UInt32))
            inside = (pl.col("row") >= start) & (pl.col("row") < start + size)
            yield Population(
                people,
                {
                    name: frame.filter(inside).with_columns((pl.col("row") - start).cast(pl.UInt32))
                    for name, frame in self.parts.items()
                },
            )


def population_of(subjects: Sequence[Subject]) -> Population:
    """Return individuals of cases as a population, each in the row of its place."""
    people = [_person(row, subject) for row, subject in enumerate(subjects)]
    years = sorted({year for subject in subjects for year in subject.working_months or ()})
    schema = {
        "row": pl.UInt32, **PERSON,
        **{f"knows_{part}": pl.Boolean for part in PARTS},
        **{f"attested_{what.value}": pl.Boolean for what in Attested},
        **{f"months_{year}": pl.Float64 for year in years},
    }  # fmt: skip
    parts = {name: _frame(name, subjects) for name in PARTS}
    return Population(pl.DataFrame(people, schema=schema, orient="row"), parts)


def _person(row: int, subject: Subject) -> dict[str, Any]:
    known = {f"knows_{part}": getattr(subject, part) is not None for part in PARTS}
    attested = {f"attested_{what.value}": subject.attested.get(what) for what in Attested}
    worked = {f"months_{year}": float(months) for year, months in (subject.working_months or {}).items()}
    own = {name: getattr(subject, name) for name in PERSON}
    return {"row": row, **own, **known, **attested, **worked}


def _frame(part: str, subjects: Sequence[Subject]) -> pl.DataFrame:
    rows = [(row, *values) for row, subject in enumerate(subjects) for values in _ROWS[part](subject)]
    return pl.DataFrame(rows, schema={"row": pl.UInt32, **PARTS[part]}, orient="row")


def _honours(subject: Subject) -> Iterable[tuple[Any, ...]]:
    for honour in subject.honours or ():
        yield (
            honour.award, honour.type.value, honour.first_year, honour.last_year, honour.period is not None,
            honour.decided_on, honour.issuer, honour.revoked_on,
        )  # fmt: skip


def _initiatives(subject: Subject) -> Iterable[tuple[Any, ...]]:
    for found in subject.initiatives or ():
        for_form = any(use.award not in TITLES_OF_PEOPLE for use in found.used_for)
        used = bool(found.used_for)
        yield found.scope.rank, found.recognised_on, found.applied_on, found.replicable, used, for_form


def _service(subject: Subject) -> Iterable[tuple[Any, ...]]:
    for row in subject.service or ():
        hardship = None if row.hardship is None else int(row.hardship * HARDSHIP_SCALE)
        yield row.from_day, row.to_day, row.sector, row.post.value, row.moved_in, hardship


_ROWS: dict[str, Any] = {
    "honours": _honours,
    "ratings": lambda subject: ((year, rating.rank) for year, rating in (subject.ratings or {}).items()),
    "initiatives": _initiatives,
    "research": lambda subject: (
        (work.scope.rank, work.accepted_on, work.role.value if work.role else None)
        for work in subject.research or ()
    ),
    "service": _service,
    "discipline": lambda subject: (
        (time.level.rank, time.from_day, time.to_day) for time in subject.discipline or ()
    ),
    "leave": lambda subject: (
        (leave.kind.value, leave.from_day, leave.to_day, leave.result.rank if leave.result else None)
        for leave in subject.leave or ()
    ),
    "transfers": lambda subject: (
        (move.on_day, move.old_unit_comment, move.secondment) for move in subject.transfers or ()
    ),
    "pending": lambda subject: ((matter.value,) for matter in subject.pending or ()),
}

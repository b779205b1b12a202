"""A table of people, one row each, as a population: what each column name means (``docs/case-format.md``)."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import polars as pl

from thidua.core.eligibility.columns.population import HARDSHIP_SCALE, PARTS, PERSON, Population
from thidua.core.law.messages import Message, say
from thidua.core.law.words import (
    AWARDS,
    TITLES_OF_COLLECTIVES,
    TITLES_OF_PEOPLE,
    TITLES_OF_PLACES,
    Attested,
    DisciplineLevel,
    LeaveKind,
    Pending,
    Post,
    Rating,
    Scope,
    StaffKind,
    SubjectKind,
)

_YEAR = r"(?P<year>\d{4})"
_AWARD = re.compile(rf"(?P<award>{'|'.join(AWARDS)})_{_YEAR}")
_RATING = re.compile(rf"rating_{_YEAR}")
_WORK = re.compile(rf"(?P<kind>initiatives|research)_(?P<scope>{'|'.join(Scope)})_{_YEAR}")
_MONTHS = re.compile(rf"months_{_YEAR}")
_LEAVE = re.compile(rf"leave_(?P<kind>{'|'.join(LeaveKind)})_(?P<end>from|to)")
_ATTESTED = re.compile(rf"attested_(?P<what>{'|'.join(Attested)})")
_SERVICE = ("service_from", "service_to", "service_sector", "service_post", "moved_in", "hardship")
_DISCIPLINE = ("discipline_level", "discipline_from", "discipline_to")
_RATINGS = {
    **{rating.value: rating.rank for rating in Rating},
    "HTXSNV": Rating.EXCELLENT.rank,
    "HTTNV": Rating.GOOD.rank,
    "HTNV": Rating.COMPLETED.rank,
    "KHTNV": Rating.FAILED.rank,
}
_TRUE = {"true", "1", "x", "có", "yes"}
_FALSE = {"false", "0", "không", "no"}
_SEXES = {"male": "male", "nam": "male", "female": "female", "nữ": "female"}


def _days_of(cells: pl.Series) -> pl.Series:
    """Return days; spreadsheets add a midnight to theirs."""
    return cells.str.strip_suffix(" 00:00:00").str.to_date("%Y-%m-%d", strict=False)


class TableError(ValueError):
    """The table cannot be screened; ``problems`` are sentences with column and row."""

    def __init__(self, problems: list[Message]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Read:
    """A table read: the population, the years it speaks of, and the columns nobody uses."""

    population: Population
    years: tuple[int, ...]
    unused: tuple[str, ...]


def read_table(table: pl.DataFrame) -> Read:
    """Return the people of ``table``, whose cells are text; an empty cell is not known, or nothing held.

    Raises TableError with everything that cannot be read.
    """
    return _Reading(table).read()


def columns_of_collectives(table: pl.DataFrame) -> tuple[str, ...]:
    """Return the columns by which a table is one of collectives; none where it speaks of people."""
    if "kind" in table.columns:
        kinds = table["kind"].cast(pl.String).str.strip_chars().str.to_lowercase()
        return ("kind",) if kinds.is_in(_NOT_PEOPLE).any() else ()
    if any(name in PERSON or _OF_PEOPLE.fullmatch(name) for name in table.columns):
        return ()
    return tuple(name for name in table.columns if _OF_COLLECTIVES.fullmatch(name))


_NOT_PEOPLE = [SubjectKind.COLLECTIVE.value, SubjectKind.HOUSEHOLD.value, "tập thể", "hộ gia đình"]
_OF_PEOPLE = re.compile(rf"(?:{'|'.join(TITLES_OF_PEOPLE)})_\d{{4}}|(?:leave|discipline|service)_\w+")
_OF_COLLECTIVES = re.compile(
    rf"(?:{'|'.join((*TITLES_OF_COLLECTIVES, *TITLES_OF_PLACES))})_\d{{4}}|founded_on|dissolved_on|legal_entity"
    r"|small|in_flag_scheme|(?:members|cluster)(?:_\w+)?"
)


def near_column(name: str) -> str | None:
    """Return the column that ``name`` is a slip of the pen for; None where it is like none."""
    year = next(iter(re.findall(r"\d{4}", name)), "2024")
    yearly = [f"{kind}_{scope}_{year}" for kind in ("initiatives", "research") for scope in Scope]
    known = [
        *PERSON, *_SERVICE, *_DISCIPLINE, "pending", f"rating_{year}", f"months_{year}", *yearly,
        *(f"{award}_{year}" for award in AWARDS), *(f"attested_{what}" for what in Attested),
        *(f"leave_{kind}_{end}" for kind in LeaveKind for end in ("from", "to")),
    ]  # fmt: skip
    return next(iter(get_close_matches(name, known, 1, _ALIKE)), None)


_ALIKE = 0.85
"""How alike two names are where one is a slip for the other: one letter too many or too few."""


class _Reading:
    def __init__(self, table: pl.DataFrame) -> None:
        self.table = table
        self.rows = pl.int_range(table.height, dtype=pl.UInt32, eager=True).alias("row")
        self.used: set[str] = set()
        self.years: set[int] = set()
        self.problems: list[Message] = []

    def read(self) -> Read:
        parts = {name: pl.DataFrame(schema={"row": pl.UInt32, **columns}) for name, columns in PARTS.items()}
        parts |= {
            "discipline": self._discipline(), "leave": self._leave(), "pending": self._pending(),
            "service": self._service(),
        }  # fmt: skip
        people = self._people(parts)
        self._has("kind")  # read beforehand: it says that these are people
        if self.problems:
            raise TableError(self.problems)
        unused = tuple(name for name in self.table.columns if name not in self.used)
        return Read(Population(people, parts), tuple(sorted(self.years)), unused)

    # -- cells -----------------------------------------------------------------------------------

    def _has(self, *names: str) -> bool:
        there = [name for name in names if name in self.table.columns]
        self.used.update(there)
        return bool(there)

    def _column(self, name: str) -> pl.Series:
        if name not in self.table.columns:
            return pl.Series(name, [None] * self.table.height, dtype=pl.String)
        self.used.add(name)
        cells = self.table[name].cast(pl.String).str.strip_chars()
        return cells.set(cells == "", None)

    def _mapped(self, name: str, words: dict[str, Any], kind: Any, *, fold: bool = False) -> pl.Series:
        cells = self._column(name)
        read = (cells.str.to_lowercase() if fold else cells).replace_strict(
            words, default=None, return_dtype=kind
        )
        return self._checked(name, cells, read, ", ".join(map(str, words)))

    def _converted(self, name: str, kind: Any, what: Message) -> pl.Series:
        cells = self._column(name)
        read = _days_of(cells) if kind is pl.Date else cells.cast(kind, strict=False)
        return self._checked(name, cells, read, what)

    def _checked(self, name: str, cells: pl.Series, read: pl.Series, allowed: Message | str) -> pl.Series:
        wrong = pl.DataFrame({"cell": cells, "read": read}).with_row_index("row")
        for row, cell, _ in (
            wrong.filter(pl.col("cell").is_not_null() & pl.col("read").is_null()).head(5).iter_rows()
        ):
            said = say(
                "cột “{name}”, dòng {row}: “{cell}” không đọc được. Viết: {allowed}.",
                name=name, row=row + 2, cell=cell, allowed=allowed,
            )  # fmt: skip
            self.problems.append(said)
        return read.alias(name)

    def _days(self, name: str) -> pl.Series:
        return self._converted(name, pl.Date, say("năm-tháng-ngày"))

    def _truth(self, name: str) -> pl.Series:
        return self._mapped(
            name, {**dict.fromkeys(_TRUE, True), **dict.fromkeys(_FALSE, False)}, pl.Boolean, fold=True
        )

    def _matching(self, pattern: re.Pattern[str]) -> list[tuple[str, dict[str, str]]]:
        found = [
            (name, match.groupdict()) for name in self.table.columns if (match := pattern.fullmatch(name))
        ]
        self.used.update(name for name, _ in found)
        self.years.update(int(groups["year"]) for _, groups in found if "year" in groups)
        return found

    # -- the person ------------------------------------------------------------------------------

    def _people(self, parts: dict[str, pl.DataFrame]) -> pl.DataFrame:
        known = {f"knows_{part}": pl.lit(self._known(part)) for part in parts}
        columns: dict[str, pl.Series] = {
            "sex": self._mapped("sex", _SEXES, pl.String, fold=True),
            "staff_kind": self._mapped(
                "staff_kind", {kind.value: kind.value for kind in StaffKind}, pl.String
            ),
            "contract_months": self._converted("contract_months", pl.Int32, say("số tháng")),
            "occupation": self._column("occupation"),
            "hired_on": self._days("hired_on"),
            "registered": self._truth("registered"),
            "pays_budget": pl.Series([None] * self.table.height, dtype=pl.Boolean),
        }
        for what in Attested:
            columns[f"attested_{what.value}"] = self._truth(f"attested_{what.value}")
        for name, _ in self._matching(_MONTHS):
            columns[name] = self._converted(name, pl.Float64, say("số tháng"))
        columns |= self._yearly()
        ordered = {name: columns[name] for name in PERSON}
        return pl.DataFrame(
            {"row": self.rows, **ordered, **{k: v for k, v in columns.items() if k not in PERSON}}
        ).with_columns(**known)

    def _known(self, part: str) -> bool:
        """Return whether the table speaks of a part at all: then an empty cell means that there is nothing."""
        patterns = {"honours": _AWARD, "ratings": _RATING, "leave": _LEAVE}
        if part in patterns:
            return any(patterns[part].fullmatch(name) for name in self.table.columns)
        if part in {"initiatives", "research"}:
            return any((m := _WORK.fullmatch(name)) and m["kind"] == part for name in self.table.columns)
        named = {"discipline": _DISCIPLINE, "service": _SERVICE, "pending": ("pending",)}.get(part, ())
        return any(name in self.table.columns for name in named)

    # -- the parts -------------------------------------------------------------------------------

    def _stacked(self, part: str, frames: list[pl.DataFrame]) -> pl.DataFrame:
        schema = {"row": pl.UInt32, **PARTS[part]}
        return pl.concat(frame.cast(schema) for frame in frames) if frames else pl.DataFrame(schema=schema)  # type: ignore[arg-type]  # polars names the types of a schema too narrowly

    def _yearly(self) -> dict[str, pl.Series]:
        """Return what a table holds as one column per year: honours, ratings, initiatives and research."""
        columns: dict[str, pl.Series] = {}
        for name, groups in self._matching(_AWARD):
            columns[f"held_{groups['award']}_{groups['year']}"] = self._held(name)
        for name, groups in self._matching(_RATING):
            columns[f"rank_{groups['year']}"] = self._mapped(name, _RATINGS, pl.Int8)
        for name, groups in self._matching(_WORK):
            kind = "made" if groups["kind"] == "initiatives" else "studied"
            numbers = self._converted(name, pl.UInt32, say("số lượng")).fill_null(0)
            columns[f"{kind}_{Scope(groups['scope']).rank}_{groups['year']}"] = numbers
        return columns

    def _held(self, name: str) -> pl.Series:
        """Return whether a cell says that the award was held: anything but an empty cell or a no."""
        cells = self._column(name)
        return cells.is_not_null() & ~cells.str.to_lowercase().is_in(list(_FALSE)).fill_null(False)

    def _discipline(self) -> pl.DataFrame:
        if not self._has(*_DISCIPLINE):
            return self._stacked("discipline", [])
        ranks = self._mapped(
            "discipline_level", {level.value: level.rank for level in DisciplineLevel}, pl.Int8
        )
        frame = pl.DataFrame(
            {
                "row": self.rows,
                "rank": ranks,
                "from": self._days("discipline_from"),
                "to": self._days("discipline_to"),
            }
        )
        return self._stacked("discipline", [frame.drop_nulls("rank")])

    def _leave(self) -> pl.DataFrame:
        kinds = {groups["kind"] for _, groups in self._matching(_LEAVE)}
        frames = []
        for kind in sorted(kinds):
            days = {"from": self._days(f"leave_{kind}_from"), "to": self._days(f"leave_{kind}_to")}
            frame = pl.DataFrame({"row": self.rows, **days}).drop_nulls("from")
            frames.append(
                frame.select("row", pl.lit(kind).alias("kind"), "from", "to", pl.lit(None).alias("result"))
            )
        return self._stacked("leave", frames)

    def _pending(self) -> pl.DataFrame:
        cells = pl.DataFrame({"row": self.rows, "matter": self._column("pending")}).drop_nulls("matter")
        matters = cells.with_columns(pl.col("matter").str.split(";")).explode("matter").with_columns(
            pl.col("matter").str.strip_chars()
        )  # fmt: skip
        matters = matters.filter(~pl.col("matter").str.to_lowercase().is_in([*_FALSE, ""]))
        unknown = matters.filter(~pl.col("matter").is_in([kind.value for kind in Pending]))
        for row, matter in unknown.head(5).iter_rows():
            said = say(
                "cột “pending”, dòng {row}: “{matter}” không đọc được. Viết: {allowed}.",
                row=row + 2, matter=matter, allowed=", ".join(Pending),
            )  # fmt: skip
            self.problems.append(said)
        return self._stacked("pending", [matters])

    def _service(self) -> pl.DataFrame:
        if not self._has(*_SERVICE):
            return self._stacked("service", [])
        hardship = (self._converted("hardship", pl.Float64, say("hệ số")) * HARDSHIP_SCALE).round()
        frame = pl.DataFrame({
            "row": self.rows, "from": self._days("service_from"), "to": self._days("service_to"),
            "sector": self._column("service_sector"),
            "post": self._mapped("service_post", dict(zip(Post, Post, strict=True)), pl.String).fill_null("staff"),
            "moved_in": self._truth("moved_in").fill_null(False), "hardship": hardship,
        })  # fmt: skip
        return self._stacked("service", [frame.drop_nulls("from")])

"""Two states of the law over the same people or collectives: who gains and who loses."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from io import BytesIO
from typing import Any
from uuid import UUID

import polars as pl
from django.db.models import Max, QuerySet

from thidua.accounts.models import Account
from thidua.commendations.models import Trial
from thidua.commendations.selectors.cases import case_of
from thidua.commendations.selectors.collectives import subjects_of_units
from thidua.commendations.selectors.columns import listed_with_facts
from thidua.commendations.selectors.drafts import law_under
from thidua.commendations.selectors.law_in_force import Binding, binding_of, held_by, law_for
from thidua.commendations.selectors.screening import screened
from thidua.core.eligibility.case import Case, Subject
from thidua.core.eligibility.explain import Outcome, check_on
from thidua.core.eligibility.facts import Ground
from thidua.core.eligibility.screen import Screening
from thidua.core.law.law import Law
from thidua.honours.catalogue import catalogue
from thidua.organisations.models import Person, Rating, Unit
from thidua.records.days import today

SIDES = ["before", "after"]


class Movement(StrEnum):
    """What became of one person or collective and one award."""

    GAINS = "gains"
    LOSES = "loses"
    UNSURE = "unsure"
    BARRED = "barred"
    STAYS = "stays"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two states asked: the law, the day, and whose rules bind whom."""

    law: Law
    on: date
    binding: Binding

    @property
    def authority(self) -> str | None:
        """Whose own rules bind the top of the tree."""
        return self.binding.authority


@dataclass(frozen=True, slots=True)
class AwardLine:
    """One award: how many may receive it on each side, and what became of everybody."""

    award: str
    before: int
    after: int
    moved: dict[Movement, int]

    @property
    def is_moved(self) -> bool:
        return any(number for movement, number in self.moved.items() if movement is not Movement.STAYS)


def movement_of(before: str, after: str) -> Movement:
    if before == after:
        return Movement.STAYS
    if after == Outcome.ELIGIBLE:
        return Movement.GAINS
    if after == Outcome.UNKNOWN:
        return Movement.UNSURE
    return Movement.LOSES if before == Outcome.ELIGIBLE else Movement.BARRED


# -- what is asked ---------------------------------------------------------------------------------


def awards_for(kind: str) -> list[str]:
    return [entry.id for entry in catalogue().values() if kind in entry.subjects]


def people_of(unit: Unit) -> QuerySet[Person]:
    """Return who works in the unit and below today, in the order of lists."""
    within = Unit.objects.within(unit).values("pk")
    return Person.objects.filter(record_unit__in=within, unit__isnull=False).order_by("sort_key", "pk")


def collectives_of(unit: Unit) -> QuerySet[Unit]:
    """Return the unit and those below it that exist today, in the order of lists."""
    return Unit.objects.within(unit).existing(today()).order_by("sort_key", "pk")


def number_of(unit: Unit, kind: str) -> int:
    """Return how many a trial over the unit asks about."""
    return (collectives_of(unit) if kind == Trial.Kind.COLLECTIVE else people_of(unit)).count()


def last_rated_year(root: Unit, day: date) -> int:
    """Return the last year for which somebody of the tree was rated; the year of ``day`` where nobody was."""
    rated = Rating.objects.filter(person__root=root, year__lte=day.year).aggregate(last=Max("year"))
    return rated["last"] or day.year


def sides_of(trial: Trial) -> tuple[Side, Side]:
    """Return both states of the law. Raises FileProblemsError where the draft no longer fits the law."""
    root = trial.unit.root
    before, after = law_for(root), law_under(trial.draft, root)
    return (
        Side(before, trial.before_on, binding_of(before, root)),
        Side(after, trial.after_on, binding_of(after, root)),
    )


def assumed(subject: Subject) -> Subject:
    """Return the subject as trials ask about it: no register holds open matters, so there are none."""
    return replace(subject, pending=())


def case_in(trial: Trial, side: Side, subject: Subject, award: str, unit: Unit | None) -> Case:
    """Return what one side of the trial asks of a subject, which is ``unit`` or of its staff."""
    return case_of(
        assumed(subject),
        award,
        side.on,
        year=trial.year,
        authority=side.binding.over(unit, award),
        known_on=trial.known_on,
    )


def rules_now(root: Unit) -> list[list[Any]]:
    """Return which own rules count for the tree, each with its version, as a trial keeps them."""
    return [[str(pk), version] for pk, version in held_by(root)]


def is_outdated(trial: Trial) -> bool:
    """Say whether own rules were put in force or taken out since the trial was made."""
    return trial.held is not None and trial.held != rules_now(trial.unit.root)


# -- everybody -------------------------------------------------------------------------------------


def outcomes_of(trial: Trial) -> pl.DataFrame:
    """Ask both sides about everybody: columns ``subject``, ``AWARD.before`` and ``AWARD.after``."""
    return _of_collectives(trial) if trial.is_of_collectives else _of_people(trial)


def _of_people(trial: Trial) -> pl.DataFrame:
    people = people_of(trial.unit)
    listed = listed_with_facts(people, on=trial.known_on, sensitive=not trial.without_sensitive)
    frames = [pl.DataFrame({"subject": listed.ids}, schema={"subject": pl.String})]
    for side, name in zip(sides_of(trial), SIDES, strict=True):
        asked = Screening(
            on=side.on,
            awards=tuple(trial.awards),
            year=(trial.year, trial.year),
            open_from=trial.known_on.year,
        )
        found = screened(listed, people, asked, side.law, side.binding)
        frames.append(found.rename({award: f"{award}.{name}" for award in trial.awards}))
    return pl.concat(frames, how="horizontal")


def _of_collectives(trial: Trial) -> pl.DataFrame:
    """Ask one by one, as the page of a verdict does: collectives are few, and screening knows people alone."""
    units = {unit.pk: unit for unit in collectives_of(trial.unit)}
    subjects = subjects_of_units(
        list(units.values()),
        on=trial.known_on,
        year=trial.year,
        sensitive=not trial.without_sensitive,
    )
    columns: dict[str, list[str]] = {"subject": [str(pk) for pk in subjects]}
    for side, name in zip(sides_of(trial), SIDES, strict=True):
        ground = Ground(side.law)
        for award in trial.awards:
            cases = (case_in(trial, side, one, award, units[pk]) for pk, one in subjects.items())
            columns[f"{award}.{name}"] = [check_on(case, ground).outcome.value for case in cases]
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def counted(outcomes: pl.DataFrame, awards: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return for each award how many went from which outcome to which, under ``before>after``."""
    counts: dict[str, dict[str, int]] = {}
    for award in awards:
        pair = [f"{award}.before", f"{award}.after"]
        rows = outcomes.select(pair).group_by(pair).len().iter_rows()
        counts[award] = {f"{before}>{after}": number for before, after, number in rows}
    return counts


def packed(outcomes: pl.DataFrame) -> bytes:
    out = BytesIO()
    outcomes.write_ipc(out, compression="zstd")
    return out.getvalue()


def unpacked(trial: Trial, awards: Sequence[str]) -> pl.DataFrame:
    """Return the kept outcomes of these awards."""
    asked = [f"{award}.{side}" for award in awards for side in SIDES]
    kept = pl.read_ipc(BytesIO(bytes(trial.outcomes)))
    who = kept.columns[0]  # "person" in a trial made before collectives were asked about too
    return kept.select(pl.col(who).alias("subject"), *asked)


def shown_trials(owner: Account) -> QuerySet[Trial]:
    """Return the owner's trials without what they found, the latest first."""
    return Trial.objects.filter(owner=owner).select_related("unit", "draft").defer("outcomes", "counts")


# -- the table and its lists -----------------------------------------------------------------------


def lines_of(trial: Trial) -> list[AwardLine]:
    """Return the awards as the table shows them, those in which somebody moved first."""
    found = [_line(award, trial.counts_by_award.get(award, {})) for award in trial.awards]
    return sorted(found, key=lambda line: not line.is_moved)


def _line(award: str, counts: dict[str, Any]) -> AwardLine:
    moved = dict.fromkeys(Movement, 0)
    may = {"before": 0, "after": 0}
    for pair, number in counts.items():
        before, _, after = pair.partition(">")
        moved[movement_of(before, after)] += number
        may["before"] += number if before == Outcome.ELIGIBLE else 0
        may["after"] += number if after == Outcome.ELIGIBLE else 0
    return AwardLine(award, may["before"], may["after"], moved)


@dataclass(frozen=True, slots=True)
class Moved:
    """One person or collective in a list: the outcomes on both sides."""

    subject: UUID
    award: str
    before: str
    after: str

    @property
    def movement(self) -> Movement:
        return movement_of(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Found:
    """Those behind one figure of the table by name, kept as rows until they are asked for."""

    award: str
    rows: pl.DataFrame  # subject, before, after

    def __len__(self) -> int:
        return self.rows.height

    def __iter__(self) -> Iterator[Moved]:
        return iter(self.part(0, len(self)))

    def reversed(self) -> "Found":
        return Found(self.award, self.rows.reverse())

    def part(self, start: int, size: int) -> list[Moved]:
        rows = self.rows.slice(start, size).iter_rows()
        return [Moved(UUID(subject), self.award, before, after) for subject, before, after in rows]

    def of(self, subject: UUID) -> Moved | None:
        rows = self.rows.filter(pl.col("subject").str.replace_all("-", "", literal=True) == subject.hex)
        return next(iter(Found(self.award, rows)), None)


CHANGED = tuple(movement for movement in Movement if movement is not Movement.STAYS)


def listed(trial: Trial, award: str, *movements: Movement, may: str = "") -> Found:
    """Return those of one figure of the table: those of some movements, or who may receive it on a side."""
    rows = unpacked(trial, [award]).rename({f"{award}.{side}": side for side in SIDES})
    rows = rows.with_columns(pl.col(SIDES).cast(pl.String))
    if may in SIDES:
        rows = rows.filter(pl.col(may) == str(Outcome.ELIGIBLE))
    elif movements:
        rows = rows.filter(pl.concat_str(SIDES, separator=">").is_in(pairs_of(movements)))
    return Found(award, rows)


def pairs_of(movements: Collection[Movement]) -> list[str]:
    """Return the pairs of outcomes, as ``before>after``, that are one of the movements."""
    pairs = ((before.value, after.value) for before in Outcome for after in Outcome)
    return [f"{before}>{after}" for before, after in pairs if movement_of(before, after) in movements]


@dataclass(frozen=True, slots=True)
class FoundAcross:
    """Those behind a figure that sums up awards: of one award after another, in the order of the table."""

    founds: tuple[Found, ...]

    def __len__(self) -> int:
        return sum(map(len, self.founds))

    def part(self, start: int, size: int) -> list[Moved]:
        rows: list[Moved] = []
        for found in self.founds:
            rows += found.part(start, size - len(rows)) if start < len(found) else []
            start = max(start - len(found), 0)
        return rows


def listed_across(trial: Trial, *movements: Movement) -> FoundAcross:
    """Return everybody of some movements, award by award."""
    return FoundAcross(tuple(listed(trial, line.award, *movements) for line in lines_of(trial)))


def moved_of(trial: Trial, most: int) -> tuple[list[Moved], int]:
    """Return up to ``most`` of those whose outcome changed, award by award, and how many there are."""
    found = listed_across(trial, *CHANGED)
    return found.part(0, most), len(found)

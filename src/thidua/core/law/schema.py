"""The shape of each kind of law file, as pydantic checks it; used only while loading."""

from dataclasses import field
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints
from pydantic.dataclasses import dataclass

from thidua.core.law.awards import Family, WhichDay
from thidua.core.law.exact import STRICT, Day, Words
from thidua.core.law.sources import Confidence, Source
from thidua.core.law.words import Level, ListGroup, SubjectKind

Label = dict[Literal["vi", "en"], str]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


@dataclass(frozen=True, slots=True, config=STRICT)
class UnitEntry:
    label: Label
    holds: Literal["share", "number", "integer", "month-day", "word"]


@dataclass(frozen=True, slots=True, config=STRICT)
class UnitsFile:
    units: dict[str, UnitEntry]
    tightens: dict[Literal["up", "down", "never"], Label]


@dataclass(frozen=True, slots=True, config=STRICT)
class InstrumentEntry:
    text: str
    in_force: Day | None = None
    confidence: Confidence = Confidence.READ
    rule: str | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class TransitionEntry:
    rule: str
    source: Source
    confidence: Confidence


@dataclass(frozen=True, slots=True, config=STRICT)
class PackEntry:
    label: Label
    in_force: Day
    rule: str
    source: Source
    confidence: Confidence
    instruments: tuple[InstrumentEntry, ...]
    until: Day | None = None
    transition: TransitionEntry | None = None
    review_on: Day | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class PacksFile:
    packs: dict[str, PackEntry]


@dataclass(frozen=True, slots=True, config=STRICT)
class ValueEntry:
    source: Source
    confidence: Confidence
    value: Any = None
    repealed: bool = False
    until: Day | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class FigureFile:
    label: Label
    unit: str
    tightens: Literal["up", "down", "never"]
    values: dict[Day, ValueEntry]
    rule: str | None = None
    still_valid_on: Day | None = None
    review_on: Day | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class VersionEntry:
    conditions: Any = None
    on_lists: Annotated[tuple[Any, ...], Field(alias="list")] = ()
    repealed: bool = False
    rule: str | None = None
    source: Source | None = None
    confidence: Confidence | None = None
    until: Day | None = None
    subject: SubjectKind | tuple[SubjectKind, ...] | None = None
    """Whom this law lets receive the award, where it is not whom the file names."""


@dataclass(frozen=True, slots=True, config=STRICT)
class CreatedEntry:
    from_day: Annotated[Day, Field(alias="from")]
    source: Source
    confidence: Confidence
    rule: str | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class MoneyEntry:
    multiples: dict[SubjectKind, Name]
    at_level: dict[Level, dict[SubjectKind, Name]] = field(default_factory=dict)
    ceiling: bool = False


@dataclass(frozen=True, slots=True, config=STRICT)
class AwardFile:
    """``family``, ``rule``, ``source`` and ``confidence`` may be left to the id and to the first condition."""

    label: Label
    subject: SubjectKind | tuple[SubjectKind, ...]
    versions: dict[Day, VersionEntry]
    family: Family | None = None
    rule: str | None = None
    source: Source | None = None
    confidence: Confidence | None = None
    also: tuple[Name, ...] = ()
    created: CreatedEntry | None = None
    money: MoneyEntry | None = None
    still_valid_on: Day | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class GeneralFile:
    label: Label
    day: WhichDay
    versions: dict[Day, VersionEntry]
    still_valid_on: Day | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class MovedFigure:
    value: Any
    place: str
    rule: str
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class NewFigure:
    """``group`` makes it a share of a list to be held against: at least (the usual) or at most, for these awards."""

    label: Label
    unit: str
    value: Any
    place: str
    rule: str
    confidence: Confidence | None = None
    group: ListGroup | None = None
    bound: Literal["at_least", "at_most"] | None = None
    awards: Annotated[Words, Field(alias="for")] = ()


@dataclass(frozen=True, slots=True, config=STRICT)
class PowerEntry:
    allowed: Literal["yes", "no", "unclear"]
    place: str
    rule: str
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class OwnMarks:
    awards: Annotated[Words, Field(alias="for")]
    day: WhichDay = "received"
    until: Day | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class OverlayFile:
    authority: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")]
    label: Label
    text: str
    in_force: Day
    ceases: Day | None = None
    confidence: Confidence = Confidence.READ
    still_valid_on: Day | None = None
    review_on: Day | None = None
    sectors: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    figures: dict[Name, MovedFigure] = field(default_factory=dict)
    new_figures: dict[Name, NewFigure] = field(default_factory=dict)
    conditions: tuple[dict[str, Any], ...] = ()
    routes: tuple[dict[str, Any], ...] = ()
    on_lists: Annotated[tuple[dict[str, Any], ...], Field(alias="list")] = ()
    powers: dict[str, dict[Level, PowerEntry]] = field(default_factory=dict)
    money: dict[str, Name] = field(default_factory=dict)

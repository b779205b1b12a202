"""What the invented past consists of: honours and what befell them, ratings, measures, initiatives."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

SubjectKind = Literal["individual", "collective"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A paper that gives something: number with symbol, day, and the body that signed."""

    number: str
    day: date
    issuer: str


@dataclass(frozen=True, slots=True)
class GivenHonour:
    """An award given once; ``subject`` is a staff code or the code of a unit, ``place`` the unit of that day."""

    subject: str
    kind: SubjectKind
    place: str
    award: str
    type: str
    level: str
    first_year: int
    year: int
    decision: Decision


@dataclass(frozen=True, slots=True)
class GivenRating:
    """A year's rating of a person or a unit."""

    subject: str
    kind: SubjectKind
    year: int
    level: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class GivenMeasure:
    """Discipline in force from ``valid_from`` until the day before ``valid_until``."""

    person: str
    level: str
    valid_from: date
    valid_until: date
    decision: Decision


@dataclass(frozen=True, slots=True)
class GivenInitiative:
    """A recognised initiative with its authors' shares, and the year's title it was a ground for."""

    authors: tuple[tuple[str, int], ...]
    unit: str
    year: int
    title: str
    scope: str
    applied_on: date
    decision: Decision
    replicable: bool
    used_for: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class GivenChange:
    """What befell the honour at ``place`` in the list of honours."""

    place: int
    kind: Literal["revoked", "restored"]
    on: date
    decision: Decision
    reason: str


@dataclass(slots=True)
class History:
    """Everything of the ten years; honours are in the order they were decided within each subject."""

    honours: list[GivenHonour] = field(default_factory=list)
    ratings: list[GivenRating] = field(default_factory=list)
    measures: list[GivenMeasure] = field(default_factory=list)
    initiatives: list[GivenInitiative] = field(default_factory=list)
    changes: list[GivenChange] = field(default_factory=list)

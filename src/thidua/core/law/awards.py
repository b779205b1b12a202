"""Titles and forms, rules that bind many of them, and authorities' own rules, as frozen data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from thidua.core.law.conditions import Node
from thidua.core.law.figures import DatedFigure, DatedValue, Label
from thidua.core.law.sources import Rule, Source
from thidua.core.law.words import (
    TITLES_OF_COLLECTIVES,
    TITLES_OF_PEOPLE,
    TITLES_OF_PLACES,
    Level,
    ListGroup,
    SubjectKind,
)

WhichDay = Literal["received", "sitting", "publication", "decision", "year"]
Family = Literal["title", "form", "state-title"]
CENTRE = "VN"
"""The authority a draft circular names that is for everybody; what it says moves the national figures themselves."""


_TITLES = frozenset((*TITLES_OF_PEOPLE, *TITLES_OF_COLLECTIVES, *TITLES_OF_PLACES))


def family_of(award: str) -> Family:
    """Return what kind of commendation an award of the catalogue is."""
    return "title" if award in _TITLES else "state-title" if award == "HERO_LABOUR" else "form"


@dataclass(frozen=True, slots=True)
class Version:
    """What holds from a day until the next version; ``repealed`` says that nothing does."""

    in_force_from: date
    nodes: tuple[Node, ...]
    on_lists: tuple[Node, ...] = ()
    repealed: Source | None = None
    rule: Rule | None = None
    """Where the award stands in the law of this version, if the file says so."""
    subjects: tuple[SubjectKind, ...] | None = None
    """Whom this version lets receive the award, if others than the file names."""


def version_on(versions: tuple[Version, ...], day: date) -> Version | None:
    """Return the version in force on ``day``; None before the first and after a repeal."""
    for version in reversed(versions):
        if version.in_force_from <= day:
            return None if version.repealed else version
    return None


@dataclass(frozen=True, slots=True)
class Money:
    """The names of the figures that hold the multiple, by kind of subject and, where it differs, by level."""

    multiples: Mapping[SubjectKind, str]
    at_level: Mapping[Level, Mapping[SubjectKind, str]]
    ceiling: bool = False
    fixed: str | None = None


@dataclass(frozen=True, slots=True)
class Award:
    """One title or form of commendation."""

    id: str
    label: Label
    family: Family
    subjects: tuple[SubjectKind, ...]
    subject_rule: Rule
    created: tuple[date, Rule] | None
    also: tuple[str, ...]
    money: Money | None
    versions: tuple[Version, ...]
    still_valid_on: date | None

    def subject_rule_on(self, day: date) -> Rule:
        """Return where the law of ``day`` says who may receive the award; what was not read refuses nobody."""
        version = version_on(self.versions, day)
        if version is None or version.rule is None or not version.rule.confidence.may_block:
            return self.subject_rule
        return version.rule

    def subjects_on(self, day: date) -> tuple[SubjectKind, ...]:
        version = version_on(self.versions, day)
        return self.subjects if version is None or version.subjects is None else version.subjects


@dataclass(frozen=True, slots=True)
class General:
    """A rule that binds every award naming it, with the day that picks its version."""

    name: str
    label: Label
    day: WhichDay
    versions: tuple[Version, ...]
    still_valid_on: date | None


@dataclass(frozen=True, slots=True)
class Own:
    """An overlay's condition on some awards, asked on the day of ``day``; ``until`` is its last day."""

    awards: tuple[str, ...]
    node: Node
    day: WhichDay = "received"
    slot: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Power:
    """Whether bodies of a level may give an award; None where the text contradicts itself."""

    level: Level
    allowed: bool | None
    rule: Rule


class Bound(StrEnum):
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class Guideline:
    """The share of a group an authority aims at on a list, of each of ``awards`` by itself; none: of the whole list.

    It guides a council and never blocks: the law sets no such share.
    """

    figure: DatedFigure
    group: ListGroup
    bound: Bound
    awards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overlay:
    """An authority's own rules from one text: figures moved, conditions added, routes opened, gaps filled."""

    name: str
    authority: str
    label: Label
    text: str
    in_force_from: date
    ceases_on: date | None
    still_valid_on: date | None
    review_on: date | None
    sectors: tuple[str, ...] = ()
    figures: Mapping[str, DatedValue] = field(default_factory=dict)
    new_figures: Mapping[str, DatedFigure] = field(default_factory=dict)
    conditions: tuple[Own, ...] = ()
    routes: tuple[Own, ...] = ()
    powers: Mapping[str, tuple[Power, ...]] = field(default_factory=dict)
    on_lists: tuple[Own, ...] = ()
    money: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    """The line of each figure of the text, for sentences about it."""
    formerly: tuple[str, ...] = ()
    """The authorities this one came from: what they gave counts as given by itself."""
    guidelines: tuple[Guideline, ...] = ()

    def in_force_on(self, day: date) -> bool:
        return self.in_force_from <= day and (self.ceases_on is None or day < self.ceases_on)


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, decree or circular of a pack."""

    text: str
    in_force_from: date | None
    source: Rule


@dataclass(frozen=True, slots=True)
class Pack:
    """The laws and decrees of a time; ``transition`` lets a dossier received before choose the better pack."""

    id: str
    label: Label
    in_force_from: date
    rule: Rule
    instruments: tuple[Instrument, ...]
    transition: Rule | None = None
    review_on: date | None = None

"""The law as a reader sees it: an award's conditions as sentences, its figures, its history, its money."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from thidua.core.eligibility import reading_aloud
from thidua.core.eligibility.explain import in_own_words
from thidua.core.eligibility.reading_aloud import capital, figures_named, sections_of
from thidua.core.law.awards import Award, Version, version_on
from thidua.core.law.conditions import Node
from thidua.core.law.figures import DatedFigure, NotInForceError, value_in_words
from thidua.core.law.law import Law, shipped_law
from thidua.core.law.money import Due, money_for
from thidua.core.law.sources import Rule
from thidua.core.law.words import Level, SubjectKind
from thidua.honours.catalogue import catalogue
from thidua.honours.models import Honour


@dataclass(frozen=True, slots=True)
class Line:
    """One condition in the reader's words; what the fields mean stands in ``reading_aloud``."""

    words: str
    rule: Rule | None
    depth: int
    only_for: str = ""
    warns: bool = False
    is_alternative: bool = False

    @property
    def is_unsure(self) -> bool:
        return self.rule is not None and not self.rule.confidence.may_block


@dataclass(frozen=True, slots=True)
class Section:
    """The conditions of one kind: the award's own, those on a list, or those of a rule for many awards."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class FigureLine:
    label: str
    value: str
    since: date
    rule: Rule
    history: tuple[tuple[date, str, Rule], ...]


@dataclass(frozen=True, slots=True)
class MoneyLine:
    kind: str
    level: str
    due: Due


@dataclass(frozen=True, slots=True)
class RulesOfAward:
    """An award as the law stood on a day; ``version`` is None where no criteria are known."""

    award: Award
    version: Version | None
    sections: tuple[Section, ...]
    figures: tuple[FigureLine, ...]
    money: tuple[MoneyLine, ...]


def rules_of(name: str, day: date, law: Law | None = None) -> RulesOfAward:
    """Return the rules of an award on ``day``.

    Raises UnknownNameError.
    """
    law = law or shipped_law()
    award = law.award(name)
    parts = sections_of(law, award, day, level_of(award))
    return RulesOfAward(
        award=award,
        version=version_on(award.versions, day),
        sections=tuple(
            Section(part.label.in_words(_), in_readers_words(part.lines)) for part in parts if part.lines
        ),
        figures=tuple(_figures(law, [node for part in parts for node in part.nodes], day)),
        money=tuple(_money(law, award, day)),
    )


def lines_of_nodes(
    nodes: tuple[Node, ...], award: str, day: date, law: Law, authority: str | None = None
) -> tuple[Line, ...]:
    """Return conditions of an authority's text as the sentences of ``day``, asked for one award."""
    asked = law.award(award)
    return in_readers_words(reading_aloud.lines_of_nodes(nodes, law, asked, day, level_of(asked), authority))


def level_of(award: Award) -> Level:
    return Level(catalogue()[award.id].level)


def in_readers_words(lines: Iterable[reading_aloud.Line]) -> tuple[Line, ...]:
    return tuple(
        Line(
            capital(line.said.in_words(_)),
            line.rule,
            line.depth,
            ", ".join(capital(one.in_words(_)) for one in line.only_for),
            line.warns,
            line.is_alternative,
        )
        for line in lines
    )


# -- figures and money -------------------------------------------------------------------------------


def _figures(law: Law, nodes: Iterable[Node], day: date) -> Iterator[FigureLine]:
    for figure in figures_named(law, nodes):
        if line := _figure_line(figure, day):
            yield line


def _figure_line(figure: DatedFigure, day: date) -> FigureLine | None:
    entry = figure.entry_on(day)
    if entry is None or entry.value is None:
        return None
    history = tuple(
        (one.in_force_from, value_in_words(one.value, figure.unit).in_words(_), one.rule)
        for one in figure.history
    )
    return FigureLine(
        label=in_own_words(figure.label).in_words(_),
        value=value_in_words(entry.value, figure.unit).in_words(_),
        since=entry.in_force_from,
        rule=entry.rule,
        history=history,
    )


def _money(law: Law, award: Award, day: date) -> Iterator[MoneyLine]:
    if award.money is None:
        return
    kinds = dict(Honour.Kind.choices)
    levels = dict(Honour.Level.choices)
    at_levels: tuple[Level | None, ...] = tuple(award.money.at_level) or (None,)
    for kind in award.subjects_on(day):
        for level in at_levels:
            due = _due(law, award.id, kind, day, level)
            if due:
                yield MoneyLine(str(kinds[kind]), str(levels[level]) if level else "", due)


def _due(law: Law, name: str, kind: SubjectKind, day: date, level: Level | None) -> Due | None:
    try:
        return money_for(law, name, kind, day, level=level)
    except NotInForceError:
        return None

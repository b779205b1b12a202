"""What ``thidua law show`` prints: conditions as the sentences pages show, figures with their dates and sources."""

from collections.abc import Iterator
from datetime import date

from thidua.commands.law_input import Translate
from thidua.core.eligibility.explain import in_own_words
from thidua.core.eligibility.reading_aloud import (
    Line,
    Section,
    capital,
    figures_named,
    own_sections_of,
    sections_of,
)
from thidua.core.law.awards import Award, version_on
from thidua.core.law.figures import DatedFigure, DatedValue, value_in_words
from thidua.core.law.law import Law
from thidua.core.law.messages import Said, say
from thidua.core.law.sources import Rule
from thidua.core.law.words import Level
from thidua.honours.catalogue import catalogue


def award_aloud(law: Law, award: Award, day: date, authority: str | None, words: Translate) -> Iterator[str]:
    """Yield the lines of an award: what is asked on ``day``, then the figures that are asked with."""
    head = say("{award} ({id}), ngày {day}", award=in_own_words(award.label), id=award.id, day=day)
    yield head.in_words(words)
    version = version_on(award.versions, day)
    if version is None:
        yield "  " + words("chưa có dữ liệu luật")
        return
    level = Level(catalogue()[award.id].level)
    sections = sections_of(law, award, day, level)
    if authority:
        sections += own_sections_of(law, award, day, level, authority)
    for section in sections:
        yield from _section(section, words)
    named = figures_named(law, [node for section in sections for node in section.nodes], authority)
    figures = [figure for figure in named if is_law(figure, day)]
    if figures:
        yield say("Các con số").in_words(words)
    for figure in figures:
        yield from _figure(figure, day, words, depth=1)


def is_law(figure: DatedFigure, day: date) -> bool:
    entry = figure.entry_on(day)
    return entry is not None and entry.value is not None


def figure_aloud(figure: DatedFigure, day: date, words: Translate) -> Iterator[str]:
    """Yield the lines of one figure: its value of ``day``, then every value it had."""
    yield from _figure(figure, day, words, depth=0)


def _section(section: Section, words: Translate) -> Iterator[str]:
    if section.lines:
        yield section.label.in_words(words)
    for line in section.lines:
        yield "  " * (line.depth + 1) + _line(line, words)


def _line(line: Line, words: Translate) -> str:
    parts = [
        words("hoặc") if line.is_alternative else "",
        f"[{', '.join(capital(one.in_words(words)) for one in line.only_for)}]" if line.only_for else "",
        capital(line.said.in_words(words)),
        words("(chỉ nhắc)") if line.warns else "",
        _source(line.rule, words) if line.rule else "",
    ]
    return " ".join(filter(None, parts))


def _figure(figure: DatedFigure, day: date, words: Translate, *, depth: int) -> Iterator[str]:
    entry = figure.entry_on(day)
    value = _value(entry, figure) if entry else say("chưa có quy định")
    said = say("{label}, ngày {day}: {value}", label=in_own_words(figure.label), day=day, value=value)
    yield "  " * depth + said.in_words(words)
    for one in figure.history:
        since = say("từ {day}: {value}", day=one.in_force_from, value=_value(one, figure))
        yield "  " * (depth + 1) + f"{since.in_words(words)} {_source(one.rule, words)}"


def _value(entry: DatedValue, figure: DatedFigure) -> Said:
    return value_in_words(entry.value, figure.unit)


def _source(rule: Rule, words: Translate) -> str:
    unsure = "" if rule.confidence.may_block else f", {words('quy định chưa kiểm chứng')}"
    return f"– {rule.source} [{rule.confidence.value}{unsure}]"

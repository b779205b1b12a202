"""The texts that rules stand in: which are cited while a pack holds, and how surely each was read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from thidua.core.law.awards import Version
from thidua.core.law.conditions import Node, leaves
from thidua.core.law.figures import DatedValue
from thidua.core.law.law import Law
from thidua.core.law.sources import Confidence, Rule, weaker

Span = tuple[date, date | None]
Dated = TypeVar("Dated", Version, DatedValue)


@dataclass(frozen=True, slots=True)
class Cited:
    """A text of a pack; ``authority`` where it is that authority's own."""

    text: str
    in_force_from: date | None
    confidence: Confidence
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class _Use:
    rule: Rule
    span: Span
    authority: str | None = None


def texts_cited(law: Law, since: date, until: date | None) -> list[Cited]:
    """Return the texts named by a pack of that time and those its rules stand in, the named ones first.

    One text has one confidence wherever it is cited: that of its best-read article. A text named by a pack of
    another law has ended with it, and what has no number is no text, though a condition may still cite either.
    """
    uses, best = _uses(law), _confidences(law)
    named = [one for pack in law.packs if pack.in_force_from == since for one in pack.instruments]
    days = {
        one.text: one.in_force_from for pack in law.packs for one in pack.instruments if one.in_force_from
    }
    strangers = _of_other_laws(law, {one.text for one in named})
    cited = {one.text: Cited(one.text, one.in_force_from, best[one.text]) for one in named}
    for use in uses:
        text = use.rule.source.text
        if text not in cited and text not in strangers and "/" in text and _overlap(use.span, (since, until)):
            cited[text] = Cited(text, days.get(text), best[text], use.authority)
    for authority in law.authorities():
        for own in law.overlays(authority):
            held = _overlap((own.in_force_from, own.ceases_on), (since, until))
            if held and own.text in best and own.text not in cited:
                cited[own.text] = Cited(own.text, own.in_force_from, best[own.text], authority)
    return sorted(cited.values(), key=lambda one: one.authority or "")


def _of_other_laws(law: Law, named: set[str]) -> set[str]:
    """Return the texts of the packs whose law, the first they name, is none of those ``named``."""
    other = [pack for pack in law.packs if pack.instruments and pack.instruments[0].text not in named]
    return {one.text for pack in other for one in pack.instruments} - named


def confidence_of(law: Law, text: str) -> Confidence | None:
    """Return how surely a text was read; None where no rule stands in it."""
    return _confidences(law).get(text)


@lru_cache(maxsize=8)
def _confidences(law: Law) -> dict[str, Confidence]:
    best: dict[str, Confidence] = {}
    rules = [use.rule for use in _uses(law)]
    rules += [rule for pack in law.packs for rule in (pack.rule, *(one.source for one in pack.instruments))]
    for rule in rules:
        text = rule.source.text
        known = best.get(text, rule.confidence)
        best[text] = rule.confidence if weaker(known, rule.confidence) is known else known
    return best


@lru_cache(maxsize=8)
def _uses(law: Law) -> tuple[_Use, ...]:
    return tuple(_all_uses(law))


def _all_uses(law: Law) -> Iterator[_Use]:
    awards = [law.award(name).versions for name in law.award_ids()]
    generals = [law.general(name).versions for name in law.general_names()]
    for versions in (*awards, *generals):
        for version, span in _spans(versions):
            for node in (*version.nodes, *version.on_lists):
                yield from (_Use(rule, span) for rule in _rules(node))
    for name in law.figure_names():
        for entry, span in _spans(law.figure(name).history):
            if entry.value is not None:
                yield _Use(entry.rule, span)
    for authority in law.authorities():
        for overlay in law.overlays(authority):
            span = (overlay.in_force_from, overlay.ceases_on)
            owns = (*overlay.conditions, *overlay.routes, *overlay.on_lists)
            figures = [entry.rule for entry in overlay.figures.values()]
            figures += [entry.rule for new in overlay.new_figures.values() for entry in new.history]
            figures += [power.rule for powers in overlay.powers.values() for power in powers]
            for rule in (*figures, *(rule for own in owns for rule in _rules(own.node))):
                yield _Use(rule, span, None if overlay in law.circulars else authority)


def _spans(dated: Sequence[Dated]) -> Iterator[tuple[Dated, Span]]:
    """Yield each dated part with the day it begins and the day the next one does."""
    for place, one in enumerate(dated):
        after = dated[place + 1].in_force_from if place + 1 < len(dated) else None
        yield one, (one.in_force_from, after)


def _rules(node: Node) -> Iterator[Rule]:
    yield node.rule
    yield from (leaf.rule for leaf in leaves(node))


def _overlap(first: Span, second: Span) -> bool:
    return (second[1] is None or first[0] < second[1]) and (first[1] is None or second[0] < first[1])

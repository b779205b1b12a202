"""The verdict as plain values, in the shape other programs rely on (``docs/case-format.md``)."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from thidua.core.eligibility.explain import Finding, Missing, PackVerdict, Verdict, found_whole
from thidua.core.law.money import Due
from thidua.core.law.showing import plain_value
from thidua.core.law.sources import Effect

Translate = Callable[[str], str]


def answer(verdict: Verdict, translate: Translate = str, *, with_ways: bool = True) -> dict[str, Any]:
    """Return ``verdict`` ready for JSON; sentences in the language ``translate`` gives.

    ``with_ways`` puts after a missing group the conditions that are ways to meet it.
    """
    missing = _with_ways(verdict.missing) if with_ways else verdict.missing
    return {
        "outcome": verdict.outcome.value,
        "packs": [_pack(pack, translate) for pack in verdict.packs],
        "missing": [
            {"what": item.what.in_words(translate), "rule": item.rule}
            for item in (*_unmet(verdict), *missing)
        ],
        "money": None if verdict.money is None else _money(verdict.money),
    }


def _unmet(verdict: Verdict) -> Iterator[Missing]:
    """Yield the blocking conditions not met under the most favourable pack."""
    best = next((pack for pack in verdict.packs if pack.outcome is verdict.outcome), None)
    for finding in best.findings if best else ():
        if finding.effect is Effect.BLOCK and finding.met is False:
            yield Missing(found_whole(finding), finding.rule.id, finding.asked)


def _with_ways(missing: Iterable[Missing]) -> Iterator[Missing]:
    """Yield each missing thing, and after a group the conditions that are ways to meet it."""
    for one in missing:
        yield one
        yield from (Missing(found_whole(way), way.rule.id, way.asked) for way in one.ways)


def _pack(verdict: PackVerdict, translate: Translate) -> dict[str, Any]:
    return {
        "pack": verdict.pack,
        "outcome": verdict.outcome.value,
        "findings": [_finding(finding, translate) for finding in verdict.findings],
    }


def _finding(finding: Finding, translate: Translate) -> dict[str, Any]:
    return {
        "rule": finding.rule.id,
        "article": finding.rule.source.place,
        "source": finding.rule.source.text,
        "confidence": finding.rule.confidence.value,
        "effect": finding.effect.value,
        "asked": finding.asked.in_words(translate),
        "seen": finding.seen.in_words(translate),
        "met": finding.met,
    }


def _money(due: Due) -> dict[str, Any]:
    return {
        "amount": due.amount,
        "multiple": plain_value(due.multiple),
        "base": due.base,
        "is_ceiling": due.is_ceiling,
        "rule": due.rule.id,
    }


def money_answer(due: Due) -> dict[str, Any]:
    """Return the money of one award with its source, as the command prints it."""
    return {**_money(due), "source": str(due.rule.source), "confidence": due.confidence.value}

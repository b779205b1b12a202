"""Where what was seen comes from: the rows of the registers the condition of a finding looks at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from thidua.commendations.selectors.cases import Held, held_by
from thidua.core.eligibility.explain import Finding
from thidua.core.law.conditions import Leaf
from thidua.honours.selectors.facts import HonourFact
from thidua.honours.selectors.facts import facts_of as honours_of
from thidua.initiatives.selectors import Works

ON_RECORD = frozenset(
    {"rating", "employed", "absence", "study", "transfer", "staff", "discipline", "tenure", "service"}
)
"""Operators that look at a person's record alone."""
ON_INITIATIVES = frozenset({"initiative", "initiative_reuse"})
ON_RESEARCH = frozenset({"research"})
ON_HONOURS = frozenset(
    {"holds", "chain", "count", "times", "since", "once_a_year", "not_proposed_for", "one_form"}
)
NAMED_BY = ("award", "after", "among")
"""Parameters of those operators that name awards."""
MOST_LINKS = 8


@dataclass(frozen=True, slots=True)
class Sources:
    """What the registers hold of one subject, to link from."""

    honours: tuple[HonourFact, ...]
    initiatives: tuple[UUID, ...]
    research: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    honours: tuple[HonourFact, ...] = ()
    initiatives: tuple[UUID, ...] = ()
    research: tuple[UUID, ...] = ()
    on_record: bool = False


def sources_of(subject: UUID, *, on: date) -> Sources:
    """Return what to link from of a person."""
    return sources_in(held_by([subject], on=on))


def sources_of_unit(unit: UUID, *, on: date, predecessors: Iterable[UUID] = ()) -> Sources:
    honours = honours_of([unit, *predecessors], on=on)
    return Sources(tuple(fact for facts in honours.values() for fact in facts), ())


def sources_in(held: Held) -> Sources:
    """Return what to link from of the one person read."""
    works = next(iter(held.works.values()), Works())
    return Sources(
        tuple(fact for facts in held.honours.values() for fact in facts),
        tuple(fact.initiative_id for fact in works.initiatives),
        tuple(fact.initiative_id for fact in works.research),
    )


def evidence_of(finding: Finding, sources: Sources, *, year: int) -> Evidence:
    """Return the rows behind a finding of ``year``, told by the condition's own parameters."""
    leaf = finding.leaf
    if leaf is None:
        return Evidence()
    by_rating = getattr(leaf.asks, "rating", None) is not None
    return Evidence(
        honours=tuple(honours_behind(leaf, sources, year))[-MOST_LINKS:],
        initiatives=sources.initiatives if leaf.operator in ON_INITIATIVES and finding.met else (),
        research=sources.research if leaf.operator in ON_RESEARCH and finding.met else (),
        on_record=leaf.operator in ON_RECORD or (leaf.operator in ON_HONOURS and by_rating),
    )


def honours_behind(leaf: Leaf, sources: Sources, year: int) -> Iterable[HonourFact]:
    """Return the honours of the awards the condition names, of the year alone where it asks for that year."""
    if leaf.operator not in ON_HONOURS:
        return []
    named = {award for name in NAMED_BY for award in getattr(leaf.asks, name, ())}
    of_year = getattr(leaf.asks, "period", None) == "same-year"
    return [
        fact
        for fact in sources.honours
        if fact.number and fact.award in named and (not of_year or fact.period[0] <= year <= fact.period[1])
    ]

"""A year still being judged: its titles may yet come, to all but those rated too low for them."""

from datetime import date

from thidua.core.eligibility.facts import Facts, Ground
from thidua.core.law.awards import version_on
from thidua.core.law.conditions import Leaf
from thidua.core.law.operators import Holds, RatingAtLeast
from thidua.core.law.sources import Effect


def least_rank(awards: tuple[str, ...], ground: Ground, day: date) -> int:
    """Return the rank of the rating below which none of the awards can come; 0 where one asks for no rating."""
    return ground.alike(
        ("least rank", awards, day),
        lambda: min((_asked_of(award, ground, day) for award in awards), default=0),
    )


def _asked_of(award: str, ground: Ground, day: date) -> int:
    version = version_on(ground.law.award(award).versions, day)
    leaves = [
        node
        for node in (version.nodes if version else ())
        if isinstance(node, Leaf) and node.effect is Effect.BLOCK and node.when is None
    ]
    return max((_rank_of(leaf, ground, day) for leaf in leaves), default=0)


def _rank_of(leaf: Leaf, ground: Ground, day: date) -> int:
    """Return the rank a condition asks for itself, or through the title of the same year it rests on."""
    if isinstance(leaf.asks, RatingAtLeast):
        return leaf.asks.at_least.rank
    if isinstance(leaf.asks, Holds) and leaf.asks.period == "same-year":
        return least_rank(leaf.asks.award, ground, day)
    return 0


def years_that_may_bring(awards: tuple[str, ...], facts: Facts) -> set[int]:
    """Return the years still being judged for which the subject is not rated too low for these awards."""
    first = facts.case.open_from
    if first is None or facts.last_year < first:
        return set()
    least, ratings = least_rank(awards, facts.ground, facts.day), facts.subject.ratings or {}
    years = range(first, facts.last_year + 1)
    return {year for year in years if (rating := ratings.get(year)) is None or rating.rank >= least}

"""A year still being judged: its titles may yet come, to all but those rated too low for them."""

from datetime import date

from thidua.core.eligibility.facts import Ground
from thidua.core.law.awards import version_on
from thidua.core.law.conditions import Leaf
from thidua.core.law.operators import RatingAtLeast
from thidua.core.law.sources import Effect


def least_rank(awards: tuple[str, ...], ground: Ground, day: date) -> int:
    """Return the rank of the rating below which none of the awards can come; 0 where one asks for no rating."""
    return ground.alike(
        ("least rank", awards, day),
        lambda: min((_asked_of(award, ground, day) for award in awards), default=0),
    )


def _asked_of(award: str, ground: Ground, day: date) -> int:
    version = version_on(ground.law.award(award).versions, day)
    return max(
        (
            node.asks.at_least.rank
            for node in (version.nodes if version else ())
            if isinstance(node, Leaf)
            and isinstance(node.asks, RatingAtLeast)
            and node.effect is Effect.BLOCK
            and node.when is None
        ),
        default=0,
    )

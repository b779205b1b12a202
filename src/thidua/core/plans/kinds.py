"""Whether a document launches a movement, told by its kind and by what its title and first sentences say."""

from collections.abc import Sequence

from thidua.core.plans.front import Part


def is_launch_plan(part: Part, parts: Sequence[Part]) -> bool:
    """Say whether ``part`` launches a movement: not a regulation, guide, pledge, report or award decision."""
    return part.kind in ("KE_HOACH", "NOI_DUNG_PHAT_DONG", "LOI_PHAT_DONG", "CHI_THI", None) and bool(parts)

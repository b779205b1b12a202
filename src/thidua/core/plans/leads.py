"""The line that leads a list of awards and names the giver of all: "Cuối năm, UBND xã trao:"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from thidua.core.plans.authorities import Authority, find_authorities
from thidua.core.plans.grants import ASKED
from thidua.core.plans.outline import Node
from thidua.core.plans.passages import Passage

_GIVES_ALL = re.compile(
    r"\s+(?:(?:sẽ|xem\s+xét|xét|quyết\s+định|tổ\s+chức)\s*,?\s+)*(?:trao|tặng|thưởng|khen|công\s+nhận|biểu\s+dương)(?!\w)[^:\d]{0,60}:$",
    re.IGNORECASE,
)

_LONGEST_LIST = 40  # items


@dataclass(frozen=True, slots=True)
class Lead:
    """Who gives all that a list names; ``proposed`` when that one is only asked to."""

    giver: Authority
    proposed: bool


def led_by(passage: Passage) -> Lead | None:
    """Return the giver that the line above a list of bullets names."""
    if passage.node.marker is None:
        return None
    for above in _above(passage):
        text = above.clean.text.rstrip(" *")
        if not text.endswith(":"):
            continue
        for giver in find_authorities(text, above.text_at, len(text)):
            if _GIVES_ALL.match(text, giver.end):
                return Lead(giver, ASKED.search(text, 0, giver.start) is not None)
    return None


def _above(passage: Passage) -> Iterator[Node]:
    """Yield the plain line just before the bullets, then the node they stand under."""
    node = passage.node
    siblings = node.parent.children if node.parent else passage.outline.sections
    at = siblings.index(node)
    for _ in range(min(at, _LONGEST_LIST)):
        if siblings[at].marker is None:
            break
        at -= 1
    if siblings[at].marker is None:
        yield siblings[at]
    if node.parent is not None:
        yield node.parent

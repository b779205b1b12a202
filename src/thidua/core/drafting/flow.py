"""A tree of parts as the run of lines it is on paper, every part with its marker."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thidua.core.drafting.document import Block, Part
from thidua.core.drafting.layout import marker

_BOLD_LEVELS = (1, 2)


@dataclass(frozen=True, slots=True)
class Headed:
    """The line that heads a part, or a whole item that has nothing under it."""

    level: int
    marker: str
    title: str
    has_more: bool
    """Something stands under it: it is set as a heading, else as a paragraph of text."""

    @property
    def is_heading(self) -> bool:
        return self.level == _BOLD_LEVELS[0] or self.has_more

    @property
    def is_bold(self) -> bool:
        return self.is_heading and self.level in _BOLD_LEVELS

    @property
    def is_italic(self) -> bool:
        return self.is_heading and self.level not in _BOLD_LEVELS


def flow(parts: Sequence[Part], level: int = 1, above: str = "") -> Iterator[Headed | Block]:
    """Yield the headings of ``parts`` and what stands under each, from top to bottom."""
    for place, part in enumerate(parts, 1):
        own = marker(level, place, above)
        yield Headed(level, own, part.title, has_more=bool(part.blocks or part.parts))
        yield from part.blocks
        yield from flow(part.parts, level + 1, own)

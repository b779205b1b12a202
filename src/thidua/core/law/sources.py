"""Where a rule stands, how surely it was read, and what it may do."""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import ConfigDict, with_config


class Confidence(StrEnum):
    """How the text was checked: the article read, quoted by others, seen in one place, from memory."""

    READ = "read"
    QUOTED = "quoted"
    INDIRECT = "indirect"
    MEMORY = "memory"

    @property
    def may_block(self) -> bool:
        return self is Confidence.READ or self is Confidence.QUOTED


_ORDER = list(Confidence)


def weaker(first: Confidence, second: Confidence) -> Confidence:
    """Return the less certain of two."""
    return max(first, second, key=_ORDER.index)


class Effect(StrEnum):
    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class Source:
    """A legal text by its whole symbol (numbers repeat between ministries) and the place in it."""

    text: str
    place: str = ""

    def __str__(self) -> str:
        return f"{self.text}, {self.place}" if self.place else self.text


@dataclass(frozen=True, slots=True)
class Rule:
    """What every condition and every value carries: its id in the collection of facts and its proof."""

    id: str
    source: Source
    confidence: Confidence

"""Whether a text can be read at all: not empty, not garbled from end to end."""

import re
from collections import Counter

from thidua.core.plans.source import Source
from thidua.core.text.syllables import syllable

_TOKEN = re.compile(r"[^\s“”\"'‘’()\[\]{},.;:!*#|…?]+(?:\?[^\W\d][^\s,.;:!?]*)*")
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9/%+&@_.\-–—]*")
_UNSPEAKABLE = re.compile(r"[b-df-hj-np-tv-xz]{4,}|[a-z]+\d+[a-z]+")
_SIGN = re.compile(r"[-–—+•●/%=<>≥≤&°]+|\d\S*")
_PARTS = re.compile(r"[-–—/]")
_SAMPLE = 200  # words looked at from the beginning, the middle and the end
_FEWEST_WORDS = 3
_MOST_BROKEN = 0.25


class UnreadableTextError(ValueError):
    """The text holds nothing to read; ``words`` were looked at, ``broken`` of them are no words of any language."""

    def __init__(self, words: int, broken: int) -> None:
        super().__init__(words, broken)
        self.words = words
        self.broken = broken

    @property
    def is_empty(self) -> bool:
        return self.words < _FEWEST_WORDS


def check_readable(source: Source) -> None:
    """Raise UnreadableTextError for an empty or a wholly garbled text; another language is no error."""
    words = Counter(_sample(source.text))
    broken = sum(times for word, times in words.items() if not _is_word(word))
    if words.total() < _FEWEST_WORDS or broken > _MOST_BROKEN * words.total():
        raise UnreadableTextError(words.total(), broken)


def _sample(text: str) -> list[str]:
    reach = _SAMPLE * 8
    middle = len(text) // 2
    pieces = (
        [text] if len(text) <= 3 * reach else [text[:reach], text[middle : middle + reach], text[-reach:]]
    )
    return [word for piece in pieces for word in _TOKEN.findall(piece) if not _SIGN.fullmatch(word)]


def _is_word(token: str) -> bool:
    if "?" in token or "\ufffd" in token:
        return False
    if _PLAIN.fullmatch(token):
        return _UNSPEAKABLE.search(token) is None
    return all(syllable(part) is not None or part.isascii() for part in _PARTS.split(token))

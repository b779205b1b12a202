"""The numbers Word shows before paragraphs: they stand nowhere in the file and are counted while reading.

The rules are those of ECMA-376 part 1, § 17.9, with the places where Word itself differs told in comments.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from re import Match
from re import compile as pattern
from xml.etree.ElementTree import Element

from thidua.documents.package import W, value_of

DEEPEST_LEVEL = 8
_MOST_DIGITS = 6  # Word counts to 32767

_PLACE = pattern(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list shows its numbers."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None
    style: str | None = None
    font: str = ""


@dataclass(frozen=True, slots=True)
class ListDefinition:
    """One ``w:num``: the abstract list it counts in, its levels after overrides, its restarts."""

    abstract: str
    levels: Mapping[int, Level]
    restarts: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Abstract:
    """One ``w:abstractNum``; ``link`` names the style whose list stands in for it."""

    levels: Mapping[int, Level]
    link: str | None


@dataclass(slots=True)
class Numbering:
    """Every list of a document, and how far each has been counted in one story (body, text boxes, edges)."""

    lists: Mapping[str, ListDefinition]
    _counted: dict[str, dict[int, int]] = field(default_factory=dict)
    _met: set[tuple[str, int]] = field(default_factory=set)
    _restarted: set[tuple[str, int]] = field(default_factory=set)

    def level_of_style(self, number: str, style: str) -> int | None:
        """Return the level of list ``number`` that names paragraph style ``style``, if one does."""
        definition = self.lists.get(number)
        if definition is None:
            return None
        return next((depth for depth, level in definition.levels.items() if level.style == style), None)

    def next_label(self, number: str, depth: int) -> str:
        """Count one more paragraph at ``depth`` of list ``number`` and return what Word shows before it.

        The blank that parts it from the text is part of the label; an unknown list shows nothing.
        """
        definition = self.lists.get(number)
        if definition is None:
            return ""
        depth = min(max(depth, 0), DEEPEST_LEVEL)
        level = definition.levels.get(depth)
        if level is None:
            return ""
        counted = self._count(number, definition, depth)
        label = _bullet(level) if level.format == "bullet" else _filled(level, definition, counted)
        return label + ("" if level.suffix == "nothing" or not label else " ")

    def _count(self, number: str, definition: ListDefinition, depth: int) -> dict[int, int]:
        # Lists that share an abstract list go on counting each other's paragraphs.
        counted = self._counted.setdefault(definition.abstract, {})
        self._count_skipped(definition, depth, counted)
        level = definition.levels[depth]
        forced = definition.restarts.get(depth)
        if forced is not None and (number, depth) not in self._restarted:
            self._restarted.add((number, depth))
            counted[depth] = forced
        else:
            counted[depth] = counted.get(depth, level.start - 1) + 1
        for deeper in [each for each in counted if each > depth]:
            if _restarts_after(definition.levels.get(deeper), deeper, depth):
                del counted[deeper]
        return counted

    def _count_skipped(self, definition: ListDefinition, depth: int, counted: dict[int, int]) -> None:
        """Count once, as Word does, the levels above ``depth`` that no paragraph has used before it."""
        for each in range(depth, -1, -1):
            if (definition.abstract, each) in self._met:
                break
            self._met.add((definition.abstract, each))
            if each < depth and each in definition.levels:
                counted[each] = definition.levels[each].start


def _restarts_after(level: Level | None, deeper: int, depth: int) -> bool:
    """Whether ``level``, at ``deeper``, begins anew after a paragraph at ``depth``."""
    if level is None or level.restart is None or level.restart > deeper:
        return True
    return depth < level.restart


def _filled(level: Level, definition: ListDefinition, counted: Mapping[int, int]) -> str:
    def shown(place: Match[str]) -> str:
        depth = int(place[1]) - 1
        other = definition.levels.get(depth)
        if other is None or other.format in {"bullet", "none"}:
            return ""
        # A level that has not been used since it restarted shows its first number.
        number = counted.get(depth, other.start)
        return (
            str(number)
            if level.legal and other.format != "decimalZero"
            else shown_number(number, other.format)
        )

    return _PLACE.sub(shown, level.text)


_PRIVATE_BULLETS = {"\uf02d": "-", "\uf0be": "-", "\uf02b": "+", "\uf02a": "*"}


def _bullet(level: Level) -> str:
    """Return the bullet as a letter any font has: symbol fonts keep theirs at private places."""
    sign = level.text.strip()
    if not sign:
        return ""
    if sign in _PRIVATE_BULLETS:
        return _PRIVATE_BULLETS[sign]
    # Word's second default bullet is the letter o of a typewriter face, drawn to be a ring.
    ring = sign == "o" and level.font.startswith("Courier")
    if ring:
        return "○"
    return "•" if "\ue000" <= sign[0] <= "\uf8ff" else sign


def shown_number(number: int, style: str) -> str:
    """Return ``number`` as the number format ``style`` (a name of ``w:numFmt``) writes it."""
    return _FORMATS.get(style, str)(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:  # noqa: PLR2004 -- the highest number the letters can write
        return str(number)
    written = ""
    for worth, letters in _ROMAN:
        times, number = divmod(number, worth)
        written += letters * times
    return written


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def _letters(number: int) -> str:
    # After z Word goes on with aa, bb, cc, and not with aa, ab, ac.
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (times + 1) if number > 0 else str(number)


_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def _words(number: int) -> str:
    """Write ``number`` in Vietnamese words, up to 99; higher ones stay figures."""
    if not 0 < number < 100:  # noqa: PLR2004 -- lists do not go further
        return str(number)
    tens, units = divmod(number, 10)
    if not tens:
        return _DIGITS[units]
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if not units:
        return head
    tail = {1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(units, _DIGITS[units])
    return f"{head} {tail}"


def _ordinal_words(number: int) -> str:
    return "Thứ " + {1: "nhất", 2: "hai", 4: "tư"}.get(number, _words(number))


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "none": lambda _: "",
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "cardinalText": lambda number: _words(number).capitalize(),
    "ordinalText": _ordinal_words,
    "vietnameseCounting": _words,
    "numberInDash": lambda number: f"- {number} -",
}


def read_numbering(root: Element, number_of_style: Mapping[str, str]) -> Mapping[str, ListDefinition]:
    """Return the lists of ``numbering.xml``; ``number_of_style`` tells the list each style points at."""
    abstracts = {
        item.get(f"{W}abstractNumId", ""): Abstract(
            dict(_levels(item)), value_of(item.find(f"{W}numStyleLink"))
        )
        for item in root.iterfind(f"{W}abstractNum")
    }
    nums = {item.get(f"{W}numId", ""): item for item in root.iterfind(f"{W}num")}
    return {
        number: definition
        for number, item in nums.items()
        if (definition := _definition(item, abstracts, nums, number_of_style)) is not None
    }


def _definition(
    num: Element,
    abstracts: Mapping[str, Abstract],
    nums: Mapping[str, Element],
    number_of_style: Mapping[str, str],
) -> ListDefinition | None:
    name = value_of(num.find(f"{W}abstractNumId")) or ""
    abstract = abstracts.get(name)
    if abstract is not None and abstract.link and not abstract.levels:
        linked = nums.get(number_of_style.get(abstract.link, ""))
        name = value_of(linked.find(f"{W}abstractNumId")) or "" if linked is not None else ""
        abstract = abstracts.get(name)
    if abstract is None:
        return None
    levels = dict(abstract.levels)
    restarts: dict[int, int] = {}
    for override in num.iterfind(f"{W}lvlOverride"):
        depth = _whole(override.get(f"{W}ilvl"), 0)
        levels |= dict(_levels(override))
        if (start := value_of(override.find(f"{W}startOverride"))) is not None:
            restarts[depth] = _whole(start, 1)
            levels[depth] = replace(levels.get(depth, Level()), start=restarts[depth])
    return ListDefinition(name, levels, restarts)


def _levels(parent: Element) -> Iterator[tuple[int, Level]]:
    for item in parent.iterfind(f"{W}lvl"):
        restart = value_of(item.find(f"{W}lvlRestart"))
        fonts = item.find(f"{W}rPr/{W}rFonts")
        yield (
            _whole(item.get(f"{W}ilvl"), 0),
            Level(
                start=_whole(value_of(item.find(f"{W}start")), 0),
                format=value_of(item.find(f"{W}numFmt")) or "decimal",
                text=value_of(item.find(f"{W}lvlText")) or "",
                suffix=value_of(item.find(f"{W}suff")) or "tab",
                legal=_is_on(item.find(f"{W}isLgl")),
                restart=None if restart is None else _whole(restart, 0),
                style=value_of(item.find(f"{W}pStyle")),
                font=fonts.get(f"{W}ascii", "") if fonts is not None else "",
            ),
        )


def _is_on(switch: Element | None) -> bool:
    return switch is not None and value_of(switch) not in {"0", "false", "off"}


def _whole(text: str | None, otherwise: int) -> int:
    """Read a whole number as Word forgives it: what is none, or too long to be meant, counts as left out."""
    if text is None or len(text) > _MOST_DIGITS or not text.lstrip("-").isdecimal():
        return otherwise
    return int(text)

"""The sample plans as they are written by hand: a head of ``key: value`` lines, ``---``, then the body.

A line of the body is a heading (``#`` to ``###``), a lettered item (``####``), a table row (``| a | b |``) or a
paragraph. Numbers are not typed: the builder numbers headings I., 1., 1.1. and letters a), b).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable
from typing import Literal

from thidua.demo.data_files import PLANS

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
LETTERS = "abcdefghiklmnopqrstuvxy"
LETTER_LEVEL = 4
LONGEST_TITLE = 75
BULLET = "- "


@dataclass(frozen=True, slots=True)
class Line:
    """A heading, lettered item, bullet, table row or paragraph; ``level`` is 0 without a number."""

    kind: Literal["numbered", "bullet", "row", "paragraph"]
    text: str
    level: int = 0
    number: str = ""
    cells: tuple[str, ...] = ()

    @property
    def is_title(self) -> bool:
        """Whether a numbered line is a heading rather than a numbered paragraph."""
        short = len(self.text) <= LONGEST_TITLE and not self.text.endswith((".", ";"))
        return self.level == 1 or (0 < self.level < LETTER_LEVEL and short)


@dataclass(frozen=True, slots=True)
class PlanSource:
    """A sample plan before it is set in Word or PDF. ``numbering``: by Word itself, or typed into the text."""

    file: str
    numbering: Literal["word", "typed"]
    parent: str
    body: str
    number: str
    place: str
    date: str
    type: str
    subject: str
    signature: tuple[str, ...]
    recipients: tuple[str, ...]
    lines: tuple[Line, ...]


def read_source(source: Traversable) -> PlanSource:
    head, _, body = source.read_text(encoding="utf-8").partition("\n---\n")
    values = dict(line.split(": ", 1) for line in head.splitlines())
    return PlanSource(
        file=values["file"],
        numbering="word" if values["numbering"] == "word" else "typed",
        parent=values.get("parent", ""),
        body=values["body"],
        number=values["number"],
        place=values["place"],
        date=values["date"],
        type=values["type"],
        subject=values["subject"],
        signature=tuple(values["signature"].split(" | ")),
        recipients=tuple(values["recipients"].split(" | ")),
        lines=tuple(_numbered(map(_line, filter(None, body.splitlines())))),
    )


def sources() -> tuple[PlanSource, ...]:
    """Return the plans that are set in Word or PDF, in order of their files' names."""
    folder = PLANS / "sources"
    texts = (folder / name for name in sorted(entry.name for entry in folder.iterdir()))
    return tuple(read_source(text) for text in texts if text.read_text(encoding="utf-8").startswith("file: "))


def _line(text: str) -> Line:
    if text.startswith("#"):
        marks, _, rest = text.partition(" ")
        return Line("numbered", rest, len(marks))
    if text.startswith("| "):
        return Line("row", text, cells=tuple(cell.strip() for cell in text.strip("| ").split(" | ")))
    if text.startswith(BULLET):
        return Line("bullet", text.removeprefix(BULLET))
    return Line("paragraph", text)


def _numbered(lines: Iterator[Line]) -> Iterator[Line]:
    counts = [0] * (LETTER_LEVEL + 1)
    for line in lines:
        if line.level:
            counts[line.level] += 1
            counts[line.level + 1 :] = [0] * (LETTER_LEVEL - line.level)
        yield replace(line, number=_number(line.level, counts))


def _number(level: int, counts: list[int]) -> str:
    match level:
        case 0:
            return ""
        case 1:
            return f"{ROMAN[counts[1] - 1]}."
        case 2:
            return f"{counts[2]}."
        case 3:
            return f"{counts[2]}.{counts[3]}."
        case _:
            return f"{LETTERS[counts[LETTER_LEVEL] - 1]})"

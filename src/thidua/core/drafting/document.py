"""What an administrative document consists of; how it looks is the writers' business."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from thidua.core.drafting.doc_types import DocType

DEMO_MARK = "DỮ LIỆU MINH HỌA"


class SignMode(StrEnum):
    """For whom one signs (Nghị định 30/2020, Phụ lục I, phần II mục 7)."""

    HEAD = ""
    ACTING = "Q."
    """Appointed to act as head."""
    TM = "TM."
    """On behalf of a collective body."""
    KT = "KT."
    """A deputy for the head."""
    TL = "TL."
    """By order of the head, for a head of a unit below."""
    TUQ = "TUQ."
    """By authority of the head."""


@dataclass(frozen=True, slots=True)
class Header:
    """The head of the first page. A draft has neither ``number`` nor ``issued_on``: room is left for both.

    ``symbol`` is what follows the letters of the type: ``STP`` in 05/KH-STP; for an official letter
    ``STP-VP``.
    """

    body: str
    symbol: str
    place: str
    parent: str = ""
    number: int | None = None
    issued_on: date | None = None
    year: int | None = None
    """The year printed on a draft without a day."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs; ``collective``: the body signed for with TM.; ``superior``: the post of KT., TL., TUQ."""

    post: str
    name: str
    mode: SignMode = SignMode.HEAD
    superior: str = ""
    collective: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """``purpose``: để báo cáo, để thực hiện …; empty where none is said."""

    who: str
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``marker`` stands before the text of a numbered paragraph and belongs to it: «a)», «Điều 1.»."""

    runs: tuple[Run, ...]
    marker: str = ""

    @classmethod
    def of(cls, text: str, marker: str = "", *, bold: bool = False, italic: bool = False) -> "Paragraph":
        return cls((Run(text, bold, italic),), marker)

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """``share`` of the width, relative to the other columns'."""

    title: str
    share: float = 1.0
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Table:
    """Cells in the order of ``columns``; the head row is repeated on every page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        for place, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {place} has {len(row)} cells for {len(self.columns)} columns")


Block = Paragraph | Bullets | Table


@dataclass(frozen=True, slots=True)
class Part:
    """A headed part with what stands in it; its marker follows from its place (``layout.marker``)."""

    title: str
    blocks: tuple[Block, ...] = ()
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """``reference``: “Kèm theo Kế hoạch số …”, left to the layout where empty."""

    title: str
    blocks: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. ``authority`` and ``enacting`` are for decisions: who decides, and QUYẾT ĐỊNH:."""

    header: Header
    doc_type: DocType
    subject: str
    signature: Signature
    recipients: tuple[Recipient, ...] = ()
    filed_at: str = "VT"
    """After “Lưu:” in the last line of the recipients."""
    addressees: tuple[str, ...] = ()
    authority: str = ""
    bases: tuple[str, ...] = ()
    enacting: str = ""
    opening: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()
    closing: tuple[Block, ...] = ()
    annexes: tuple[Annex, ...] = field(default=())
    is_demo: bool = False
    extract_of: str = ""
    """The paper this is put together from: then it bears no number, day, recipients nor signature of its own."""

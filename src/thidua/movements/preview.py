"""A paper as a page shows it: the same parts as the printed one, in order, for a template to set."""

from collections.abc import Iterator
from dataclasses import dataclass

from thidua.core.drafting.document import Block, Bullets, Document, Paragraph, Run, Table
from thidua.core.drafting.flow import Headed, flow
from thidua.core.drafting.layout import (
    MOTTO,
    NATIONAL_NAME,
    bases_with_ends,
    heading,
    number_and_symbol,
    place_and_day,
    recipient_lines,
    signature_lines,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, or a table; ``look`` is ``heading``, ``text``, ``bullet`` or ``table``."""

    look: str
    runs: tuple[Run, ...] = ()
    marker: str = ""
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """The first page's head, the lines of the body, and the foot."""

    parent: str
    body: str
    number: str
    place: str
    heading: str
    subject: str
    bases: tuple[str, ...]
    lines: tuple[Line, ...]
    recipients: tuple[str, ...]
    signature: tuple[str, ...]
    signer: str
    national_name: str = NATIONAL_NAME
    motto: str = MOTTO
    number_title: str = "Số:"
    recipients_title: str = "Nơi nhận:"


def preview_of(document: Document) -> Preview:
    """Return the document laid out for a screen."""
    header = document.header
    return Preview(
        parent=header.parent,
        body=header.body,
        number=number_and_symbol(header, document.doc_type),
        place=place_and_day(header),
        heading=heading(document.doc_type, document.extract_of),
        subject=document.subject,
        bases=tuple(bases_with_ends(document.bases)),
        lines=tuple(lines_of(document)),
        recipients=tuple(recipient_lines(document.recipients, document.filed_at)),
        signature=tuple(signature_lines(document.signature)),
        signer=document.signature.name,
    )


def lines_of(document: Document) -> Iterator[Line]:
    for piece in (*document.opening, *flow(document.parts), *document.closing):
        yield from lines_in(piece)


def lines_in(piece: Headed | Block) -> Iterator[Line]:
    match piece:
        case Headed():
            run = Run(piece.title, bold=piece.is_bold, italic=piece.is_italic)
            yield Line("heading" if piece.is_heading else "text", (run,), piece.marker)
        case Paragraph():
            yield Line("text", piece.runs, piece.marker)
        case Bullets():
            yield from (Line("bullet", (Run(item),)) for item in piece.items)
        case Table():
            yield Line("table", table=piece)

"""A document as PDF/A, set by Typst from the bundled fonts alone.

The texts reach Typst as data and cannot become markup. One compiler is kept for the life of the
process, since starting one and reading the fonts costs many times what a page does. It is not made for
two threads at once: a lock stands before it.
"""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from thidua.core.drafting import layout
from thidua.core.drafting.document import DEMO_MARK, Annex, Block, Bullets, Document, Paragraph, Table
from thidua.core.drafting.flow import Headed, flow
from thidua.core.text.normal import one_line

# A draft has no day of its own; the file must not tell when it was made, so that the same draft is the
# same file.
_NO_DAY = date(2000, 1, 1)
_lock = Lock()


def pdf(document: Document) -> bytes:
    """Return ``document`` as a PDF/A-2b file; the same document gives the same bytes."""
    day = document.header.issued_on or _NO_DAY
    made = datetime(day.year, day.month, day.day, tzinfo=UTC)
    paper = json.dumps(_paper(document, day), ensure_ascii=False)
    with _lock:
        made_file = _compiler().compile(
            format="pdf", sys_inputs={"paper": paper}, pdf_standards="a-2b", timestamp=made
        )
    if not isinstance(made_file, bytes):
        raise TypeError("Typst gave no single file")
    return made_file


@cache
def _compiler() -> typst.Compiler:
    here = Path(str(files("thidua.documents")))
    return typst.Compiler(
        str(here / "paper.typ"),
        root=str(here),
        font_paths=[str(here / "fonts")],
        ignore_system_fonts=True,
    )


def _paper(document: Document, day: date) -> dict[str, Any]:
    """Return what the template shows, every line already worded."""
    body = [_block(block) for block in (*document.opening, *flow(document.parts), *document.closing)]
    # The last paragraph stays with the signature; a table is too long to be moved whole.
    kept = len(body) if body and body[-1]["kind"] == "table" else -1
    return {
        "title": one_line(f"{document.doc_type.title} {document.subject}"),
        "day": [day.year, day.month, day.day],
        "mark": DEMO_MARK if document.is_demo else "",
        "page": {
            "width": layout.PAGE_WIDTH,
            "height": layout.PAGE_HEIGHT,
            "top": layout.MARGIN_TOP,
            "bottom": layout.MARGIN_BOTTOM,
            "left": layout.MARGIN_LEFT,
            "right": layout.MARGIN_RIGHT,
        },
        "sizes": _sizes(),
        "first_line": layout.FIRST_LINE,
        "paragraph_space": layout.PARAGRAPH_SPACE,
        "head": _head(document),
        "heading": layout.heading(document.doc_type, document.extract_of),
        "subject": one_line(document.subject),
        "addressees": list(document.addressees),
        "authority": document.authority.upper(),
        "bases": layout.bases_with_ends(document.bases),
        "enacting": document.enacting.upper(),
        "blocks": body[:kept],
        "last_words": body[kept:],
        "is_signed": not document.extract_of,
        "signature": {
            "lines": layout.signature_lines(document.signature),
            "name": one_line(document.signature.name),
        },
        "recipients": layout.recipient_lines(document.recipients, document.filed_at),
        "annexes": list(_annexes(document)),
    }


def _sizes() -> dict[str, int]:
    return {
        "body": layout.SIZE_BODY,
        "national_name": layout.SIZE_NATIONAL_NAME,
        "motto": layout.SIZE_MOTTO,
        "body_name": layout.SIZE_BODY_NAME,
        "number": layout.SIZE_NUMBER,
        "place": layout.SIZE_PLACE,
        "table": layout.SIZE_TABLE,
        "recipients_title": layout.SIZE_RECIPIENTS_TITLE,
        "recipients": layout.SIZE_RECIPIENTS,
    }


def _head(document: Document) -> dict[str, str]:
    header = document.header
    is_letter = not layout.heading(document.doc_type)
    return {
        "parent": one_line(header.parent).upper(),
        "body": one_line(header.body).upper(),
        "national_name": layout.NATIONAL_NAME,
        "motto": layout.MOTTO,
        "number": _room_kept(layout.number_line(document)),
        "place_and_day": _room_kept(layout.place_line(document)),
        "letter_subject": layout.letter_subject(document) if is_letter else "",
    }


def _room_kept(text: str) -> str:
    """Keep the room left for a number or a day, which several plain spaces would lose."""
    return text.replace("  ", "\u00a0\u00a0")


def _annexes(document: Document) -> Iterable[dict[str, Any]]:
    for place, annex in enumerate(document.annexes, 1):
        yield {
            "heading": layout.annex_heading(place, len(document.annexes)),
            "title": one_line(annex.title).upper(),
            "reference": layout.annex_reference(annex, document),
            "blocks": [_block(block) for block in _annex_blocks(annex)],
        }


def _annex_blocks(annex: Annex) -> Iterable[Headed | Block]:
    yield from annex.blocks
    yield from flow(annex.parts)


def _block(block: Headed | Block) -> dict[str, Any]:
    match block:
        case Headed():
            return {
                "kind": "headed",
                "level": block.level,
                "marker": block.marker,
                "title": one_line(block.title),
                "heading": block.is_heading,
                "bold": block.is_bold,
            }
        case Paragraph():
            runs = [{"text": run.text, "bold": run.bold, "italic": run.italic} for run in block.runs]
            return {"kind": "paragraph", "marker": block.marker, "runs": runs}
        case Bullets():
            return {"kind": "bullets", "items": [one_line(item) for item in block.items]}
        case Table():
            columns = [{"title": c.title, "share": c.share, "align": c.align.value} for c in block.columns]
            return {"kind": "table", "columns": columns, "rows": [list(row) for row in block.rows]}

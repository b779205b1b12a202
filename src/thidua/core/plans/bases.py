"""The documents a plan rests on, cites, or is issued with."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from thidua.core.plans.header import read_number, read_promulgation
from thidua.core.plans.items import LegalBasis
from thidua.core.plans.lines import Clean, joined
from thidua.core.plans.outline import Outline
from thidua.core.plans.paragraphs import paragraphs_of
from thidua.core.text.citations import Citation, find_citations, same_document_key

# Words after which a document is named only to say what another is about.
_NESTING = (
    "thực hiện|theo|tại|triển khai|sửa đổi|bổ sung|thi hành|kèm theo|ban hành|hướng dẫn|cụ thể hóa|quy định|"
    "của|về"
)
_NESTED = re.compile(rf"\b(?:{_NESTING}) (?:các |một số điều (?:của )?|việc )?\Z", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:[,;]|\bvà)\s*(?:các\s+|của\s+)?\Z", re.IGNORECASE)
# A word that brings in a basis of its own within a sentence: «… và theo đề nghị của Sở Nội vụ tại Tờ trình số …».
_BRINGS_IN = re.compile(
    r"(?:(?:[,;]|\bvà)\s+(?:căn cứ|trên cơ sở|xét|hưởng ứng)|\b(?:theo|xét)\s+(?:đề nghị|đề xuất|kiến nghị))\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)  # asked for again by those who look for slips in the numbers
def read_legal_basis(outline: Outline) -> tuple[LegalBasis, ...]:
    """Read the cited documents, each once: with its day where any naming has it, as a basis where any is one."""
    own = read_number(outline)
    own_key = same_document_key(str(own.value)) if own else None
    found: dict[tuple[str, ...], LegalBasis] = {}
    for basis in (*_promulgating(outline), *_in_preamble(outline), *_in_body(outline)):
        key = same_document_key(basis.number) if basis.number else (basis.type, basis.about or "")
        if key == own_key:
            continue
        found[key] = _merged(found[key], basis) if key in found else basis
    return tuple(found.values())


def _merged(first: LegalBasis, again: LegalBasis) -> LegalBasis:
    """Keep the first naming, with what only the later one tells."""
    if first.date is None and again.date is not None and first.number:
        return replace(
            again, role=first.role, issuer=again.issuer or first.issuer, about=first.about or again.about
        )
    return replace(first, issuer=first.issuer or again.issuer, about=first.about or again.about)


def _promulgating(outline: Outline) -> Iterator[LegalBasis]:
    issued_with = read_promulgation(outline)
    if issued_with and issued_with.number:
        yield LegalBasis(
            place=issued_with.place,
            role="promulgating",
            type=issued_with.type,
            number=issued_with.number,
            date=issued_with.date,
            issuer=issued_with.issuer,
        )


def _in_preamble(outline: Outline) -> Iterator[LegalBasis]:
    """Yield the documents named above the first heading: bases, but for those named inside another's matter."""
    cleans = [node.clean for node in outline.preamble]
    if outline.parts[0] is not outline.part:
        cleans = [paragraph.clean for paragraph in paragraphs_of(list(outline.parts[0].body))] + cleans
    for clean in cleans:
        for segment_start, segment_end in _segments(clean.text):
            yield from _in_segment(outline, clean, segment_start, segment_end)


def _segments(text: str) -> list[tuple[int, int]]:
    """Cut a paragraph at its semicolons: each piece names one basis and what it is about."""
    cuts = [0, *(match.end() for match in re.finditer(r";\s*", text)), len(text)]
    return [(start, end) for start, end in pairwise(cuts) if start < end]


def _in_segment(outline: Outline, clean: Clean, start: int, end: int) -> Iterator[LegalBasis]:
    before = start
    for at, citation in enumerate(find_citations(clean.text[start:end])):
        between = clean.text[before : start + citation.start]
        own = _GOES_ON.search(between) is not None or _BRINGS_IN.search(between) is not None
        nested = at > 0 and not own and _NESTED.search(between) is not None
        yield _basis(outline, clean, start, citation, "cited" if nested else "basis")
        before = start + citation.end


def _in_body(outline: Outline) -> Iterator[LegalBasis]:
    """Yield those named in the title and below the first heading; a law by its year alone names no document."""
    title = [line.clean for line in outline.part.title]
    preamble = set(map(id, outline.preamble))
    bodies = [node.clean for node in outline.nodes if id(node) not in preamble]
    for clean in [*([joined(title)] if title else []), *bodies]:
        for citation in find_citations(clean.text):
            if citation.number and not citation.number_known:
                yield _basis(outline, clean, 0, citation, "cited")


def _basis(outline: Outline, clean: Clean, offset: int, citation: Citation, role: str) -> LegalBasis:
    return LegalBasis(
        place=outline.cite(clean, offset + citation.start, offset + citation.end),
        derived=citation.number_known,
        role="basis" if role == "basis" else "cited",
        type=citation.type,
        number=citation.number,
        date=citation.date,
        issuer=citation.issuer,
        about=citation.about,
    )

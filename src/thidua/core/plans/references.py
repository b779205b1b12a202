"""References inside a plan, resolved to the items meant: «tiểu mục 1.1; 1.2 điểm 1 Mục II»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from thidua.core.plans.items import Place
from thidua.core.plans.markers import Marker, Style
from thidua.core.plans.outline import Node, Outline

_ONE = r"(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])"
_NUMBERS = rf"{_ONE}(?:(?:[,;]| và) {_ONE}(?![\w/]))*"
_REFERENCE = re.compile(
    rf"\b(?:(?:tiểu mục|tiết|ý|điểm|khoản|mục) (?P<inner>{_NUMBERS}),? )?"
    rf"(?:(?:điểm|khoản|mục) (?P<middle>{_NUMBERS}),? )?"
    r"(?:mục|phần) (?P<section>[IVX]{1,5}|[A-DĐ])\b",
    re.IGNORECASE,
)
_ROMAN = (Style.ROMAN, Style.CAPITAL, Style.INNER_CAPITAL, Style.PART)
_PARTING = re.compile(r"[,;] | và ")


@dataclass(frozen=True, slots=True)
class Reference:
    """A place of the plan that points to others; ``targets`` are the items meant, none where none was found."""

    place: Place
    text: str
    targets: tuple[Place, ...]


def read_references(outline: Outline) -> list[Reference]:
    """Read every reference to a section of this plan with the items it means."""
    sections = {
        node.marker.number.upper(): node for node in outline.nodes if node.marker and _is_outer(node.marker)
    }
    found = []
    for node in outline.nodes:
        if "mục " not in node.low and "phần " not in node.low:
            continue
        for match in _REFERENCE.finditer(node.clean.text):
            section = sections.get(match["section"].upper())
            targets = (
                tuple(outline.cite_node(target) for target in _targets(section, match)) if section else ()
            )
            found.append(Reference(outline.cite(node.clean, *match.span()), match.group(), targets))
    return found


def _is_outer(marker: Marker) -> bool:
    return marker.style in _ROMAN


def _targets(section: Node, match: re.Match[str]) -> Iterator[Node]:
    """Yield the nodes below ``section`` that the inner numbers name, or the section itself."""
    parents = [section]
    for group in (match["middle"], match["inner"]):
        if group:
            parents = [found for number in _PARTING.split(group) for found in _numbered(parents, number)]
    yield from parents


def _numbered(parents: list[Node], number: str) -> Iterator[Node]:
    for parent in parents:
        for node in parent.walk():
            if node is not parent and node.marker and node.marker.number.lower() == number.lower():
                yield node
                return

"""Numbered contents, solutions and implementation; purposes and requirements."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from thidua.core.plans.items import Content, Purpose
from thidua.core.plans.markers import Style
from thidua.core.plans.outline import Node, Outline
from thidua.core.plans.roles import Role, begins_with_role
from thidua.core.text.folding import fold

# Parts of a section of contents that are about something else: «II. Nội dung, thời gian» / «2. Thời gian».
_OTHER_MATTERS = frozenset(
    (
        Role.TIME, Role.PHASES, Role.SUBJECTS, Role.AWARDS, Role.AWARD_WINDOW, Role.AWARD_COUNT, Role.CRITERIA,
        Role.FUNDING, Role.REVIEWS, Role.REPORTS, Role.IMPLEMENTATION, Role.RESPONSIBILITIES, Role.THEME,
        Role.PURPOSES, Role.REQUIREMENTS, Role.SOLUTIONS,
    )
)  # fmt: skip
_OTHER_OPENINGS = (
    "thoi gian", "thoi han", "doi tuong", "kinh phi", "tieu chuan", "dieu kien", "hinh thuc khen", r"khen thuong\Z",
    "muc dich", "to chuc thuc hien", "cac dot", "so luong",
)  # fmt: skip
_OPENS_OTHER = re.compile(rf"(?:{'|'.join(_OTHER_OPENINGS)})\b")
_REQUIRES = re.compile(
    r"\b(?:phải|bảo đảm|đảm bảo|tránh|không (?:phô|hình|làm|tràn)|thiết thực|tiết kiệm)\b", re.IGNORECASE
)
_TASKS = re.compile(
    r"(?:cac |mot so |nhung )?nhiem vu\b"
)  # «Nhiệm vụ, giải pháp» where nothing else is the contents
_CONTENTS_AGAIN = re.compile(r"(?:cac )?noi dung(?: thi dua| phong trao| thuc hien| phat dong)*(?: cu the)?")
_FIRST_WORDS = 14
_ORDERING = frozenset(("CHI_THI", "CONG_VAN", "LOI_PHAT_DONG", "NOI_DUNG_PHAT_DONG"))


def read_contents(outline: Outline) -> list[Content]:
    """Read the items of the contents; of the targets where a plan has no other contents."""
    for roles in ((Role.CONTENTS,), (Role.TARGETS,), (Role.RELATED_MOVEMENTS,)):
        if found := [
            item for section in outline.under(*roles) for item in _items(outline, _narrowed(section))
        ]:
            return found
    tasks = [section for section in outline.under(Role.SOLUTIONS) if _TASKS.match(fold(section.label))]
    return [item for section in tasks for item in _items(outline, [section])] or _orders(outline)


def read_solutions(outline: Outline) -> list[Content]:
    return [item for section in outline.under(Role.SOLUTIONS) for item in _items(outline, [section])]


def read_implementation(outline: Outline) -> list[Content]:
    """Read the list of works under the heading of implementation."""
    return [item for section in outline.under(Role.TASKS) for item in _items(outline, [section])]


def _narrowed(section: Node) -> list[Node]:
    """Return the parts of a mixed section that are contents, or the section itself."""
    if section.own_roles[0] is not Role.CONTENTS or len(section.own_roles) == 1:
        return [section]
    own = [
        child
        for child in section.children
        if child.is_heading and child.own_roles[:1] == (Role.CONTENTS,) and begins_with_role(child.label)
    ]
    return own or [section]


def _items(outline: Outline, sections: list[Node]) -> Iterator[Content]:
    for section in sections:
        numbered = [
            node
            for node in _below(section)
            if node.marker and node.marker.is_numbered and not _says_contents_again(node)
        ]
        chosen = numbered or [node for node in section.children if node.marker]
        counts = Counter(node.number for node in chosen)
        # Where each part counts from 1 anew a number alone does not tell the item.
        again = bool(numbered) and max(counts.values(), default=0) > 1
        for node in chosen:
            yield _content(outline, node, _number_of_part(node, section) if again else "")


def _says_contents_again(node: Node) -> bool:
    """Whether a node is the heading of those below it alone: «B. NỘI DUNG» / «I. Nội dung thi đua» / «1. …»."""
    above = node.is_heading and any(child.marker and child.marker.is_numbered for child in node.children)
    return above and _CONTENTS_AGAIN.fullmatch(fold(node.label).strip(" .:")) is not None


def _below(section: Node) -> Iterator[Node]:
    """Yield the nodes under ``section`` without the parts about other matters."""
    mixed = len(section.own_roles) > 1
    for child in section.children:
        other = child.own_roles[:1] and child.own_roles[0] in _OTHER_MATTERS
        if other and (
            ((mixed or _is_of_time(child)) and child.is_heading) or _OPENS_OTHER.match(fold(child.label))
        ):
            continue
        yield child
        yield from _below(child)


def _is_of_time(node: Node) -> bool:
    """Whether a heading opens the part that gives theme and time: «I. CHỦ ĐỀ, THỜI GIAN»."""
    return node.own_roles[0] in (Role.THEME, Role.TIME, Role.PHASES)


def _orders(outline: Outline) -> list[Content]:
    """Return the numbered orders of a directive or letter that has no headings."""
    chosen = [
        node
        for node in outline.sections
        if node.marker and node.marker.style in (Style.NUMBER, Style.ORDINAL)
    ]
    headings = [node for node in outline.sections if node.is_heading and node.own_roles]
    if headings and not _closes_orders(outline, headings, chosen):
        # «Một là …» counts what the letter asks for even where it has headings; a plain number may head anything.
        chosen = [node for node in chosen if node.marker and node.marker.style is Style.ORDINAL]
    return [_content(outline, one) for node in chosen for one in (node, *_lettered(node))]


def _closes_orders(outline: Outline, headings: Sequence[Node], orders: Sequence[Node]) -> bool:
    """Whether the only heading is the last order of a directive or call, about how the others are carried out."""
    last = headings[0]
    carried_out = last.role in (Role.IMPLEMENTATION, Role.RESPONSIBILITIES)
    return (
        outline.part.kind in _ORDERING
        and carried_out
        and headings == [last]
        and len(orders) > 1
        and orders[-1] is last
    )


def _lettered(order: Node) -> Iterator[Node]:
    """Yield the numbered parts of an order: «2. Các Ban Quản lý dự án» / «a) …»."""
    return (node for node in _below(order) if node.marker and node.marker.is_numbered)


def _number_of_part(node: Node, section: Node) -> str:
    """Return the number with that of the lettered or Roman part of the section it stands in: «II.1»."""
    parts = itertools.takewhile(lambda above: above is not section, node.ancestors)
    for above in parts:
        if above.marker and above.marker.style in (Style.CAPITAL, Style.ROMAN, Style.INNER_CAPITAL):
            return f"{above.number}.{node.number}"
    return node.number


def _content(outline: Outline, node: Node, number: str = "") -> Content:
    words, end = _first_words(node)
    return Content(
        place=outline.cite(node.clean, 0, end),
        number=number
        or node.number
        or _place_in_row(node, node.parent.children if node.parent else outline.sections),
        text_start=words,
    )


def _place_in_row(node: Node, row: Sequence[Node]) -> str:
    """«Cuối cùng» has the number behind that of the one before it."""
    ordinals = [other.marker.ordinal for other in row if other.marker and other.start < node.start]
    return str(ordinals[-1] + 1) if ordinals else (node.marker.text if node.marker else "")


def _first_words(node: Node) -> tuple[str, int]:
    """Return the first words after the mark, and where they end in the paragraph."""
    words = node.text.split(" ")[:_FIRST_WORDS]
    text = " ".join(words)
    return text, node.text_at + len(text)


def read_purposes(outline: Outline) -> list[Purpose]:
    return list(_purposes(outline, Role.PURPOSES)) or list(_unparted(outline, required=False))


def read_requirements(outline: Outline) -> list[Purpose]:
    return list(_purposes(outline, Role.REQUIREMENTS)) or list(_unparted(outline, required=True))


def _unparted(outline: Outline, *, required: bool) -> Iterator[Purpose]:
    """Tell purposes from requirements where one heading has both: a requirement says what must be."""
    for section in outline.under(Role.PURPOSES_AND_REQUIREMENTS):
        if any(child.own_roles[:1] in ((Role.PURPOSES,), (Role.REQUIREMENTS,)) for child in section.children):
            continue
        for node in _marked_or_plain(section):
            if (_REQUIRES.search(node.text) is not None) is required:
                yield replace(_purpose(outline, node, section), confidence="check")


def _purposes(outline: Outline, role: Role) -> Iterator[Purpose]:
    for section in outline.nodes:
        if not _states(section, role) or not _stands_for_itself(section):
            continue
        for node in _marked_or_plain(section):
            yield _purpose(outline, node, section)


def _purpose(outline: Outline, node: Node, section: Node) -> Purpose:
    """Return the purpose that ``node`` states, below ``section`` or behind its label."""
    words, end = _first_words(node)
    start = 0
    if node is section:
        start = node.rest_at
        words = " ".join(node.rest.split(" ")[:_FIRST_WORDS])
        end = start + len(words)
    marker = node.marker.text if node.marker and node is not section else ""
    return Purpose(place=outline.cite(node.clean, start, end), marker=marker, text_start=words)


def _states(section: Node, role: Role) -> bool:
    """Say whether ``section`` is headed by ``role``; «Mục tiêu» beside «Yêu cầu» is a purpose."""
    aims = role is Role.PURPOSES and section.own_roles[:1] == (Role.TARGETS,)
    beside = section.parent is not None and section.parent.own_roles[:1] == (Role.PURPOSES_AND_REQUIREMENTS,)
    return section.own_roles[:1] == (role,) or (aims and beside)


def _stands_for_itself(section: Node) -> bool:
    """Say whether a section is a heading, or a label with its text behind it, not something deep inside."""
    return (
        section.parent is None
        or section.parent.own_roles[:1] == (Role.PURPOSES_AND_REQUIREMENTS,)
        or section.is_heading
    )


def _marked_or_plain(section: Node) -> list[Node]:
    if section.children:
        marked = [child for child in section.children if child.marker]
        return marked or section.children
    return [section] if section.rest else []

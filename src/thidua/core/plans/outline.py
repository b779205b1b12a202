"""A document as a tree: its headings, numbered items and bullets, each node knowing what its heading announces."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, zip_longest

from thidua.core.plans.front import Part, parts_of
from thidua.core.plans.headings import is_bare_heading, label_of, names_who_acts, roles_announced
from thidua.core.plans.items import Place, cite, cite_in
from thidua.core.plans.kinds import is_cluster_plan, is_launch_plan
from thidua.core.plans.lines import Clean, Line, lines_of
from thidua.core.plans.markers import Marker, Style
from thidua.core.plans.paragraphs import Paragraph, Row, paragraphs_of, without_furniture
from thidua.core.plans.roles import Role
from thidua.core.plans.source import Source
from thidua.core.plans.stamps import without_stamps
from thidua.core.plans.tables import annexed_tables, layout_of, table_of, with_layout_tables_opened

_ADDRESSED = re.compile(r"kính gửi\b", re.IGNORECASE)
_RESTS_ON = re.compile(
    r"(?:căn cứ|thực hiện|xét|hưởng ứng|trên cơ sở|theo (?:đề nghị|quyết|kế|công))\b", re.IGNORECASE
)


@dataclass(eq=False, slots=True)
class Node:
    """One paragraph of the body in its place in the tree.

    ``label`` is the heading part of its text: «Thời gian» in «2. Thời gian: từ tháng 3…», all of it for
    a heading of its own, nothing for a plain sentence.
    """

    paragraph: Paragraph
    parent: "Node | None"
    label: str = ""
    own_roles: tuple[Role, ...] = ()
    children: list["Node"] = field(default_factory=list)
    low: str = field(init=False)
    """The whole paragraph in small letters: what is looked through before any dearer search."""

    def __post_init__(self) -> None:
        self.low = self.paragraph.text.lower()

    @property
    def marker(self) -> Marker | None:
        return self.paragraph.marker

    @property
    def clean(self) -> Clean:
        """The whole paragraph, mark included; its places are those of the document."""
        return self.paragraph.clean

    @property
    def text(self) -> str:
        """The text after the mark, label included."""
        return self.paragraph.body

    @property
    def text_at(self) -> int:
        """Where ``text`` begins in ``clean.text``."""
        return self.paragraph.body_at

    @property
    def is_heading(self) -> bool:
        """Whether the paragraph is nothing but a heading."""
        return bool(self.label) and len(self.label) >= len(self.text.rstrip(" :."))

    @property
    def rest(self) -> str:
        """What stands after the label in the same paragraph."""
        return self.clean.text[self.rest_at :]

    @property
    def rest_at(self) -> int:
        """Where ``rest`` begins in ``clean.text``."""
        text = self.clean.text
        at = self.text_at + len(self.label)
        if self.label:
            while at < len(text) and text[at] in " :.":
                at += 1
        return at

    @property
    def number(self) -> str:
        """The full number, joined with dots below the outermost heading: ``1.1``, ``2.a``; a bullet for a bullet."""
        own = self.marker.number if self.marker else ""
        if self.marker is None or self.marker.style not in (Style.LETTER, Style.LETTER_2, Style.SMALL_ROMAN):
            return own
        above = next((node for node in self.ancestors if node.marker and node.marker.is_numbered), None)
        numbered = above is not None and above.marker is not None and above.marker.style > Style.ARTICLE
        return f"{above.number}.{own}" if above is not None and numbered else own

    @property
    def start(self) -> int:
        return self.paragraph.start

    @property
    def end(self) -> int:
        return self.paragraph.end

    @property
    def row(self) -> Row | None:
        return self.paragraph.row

    @property
    def ancestors(self) -> Iterator["Node"]:
        """The node's parents, nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles of the nearest heading that has any, the node's own first."""
        if self.own_roles:
            return self.own_roles
        return next((node.own_roles for node in self.ancestors if node.own_roles), ())

    @property
    def role(self) -> Role | None:
        roles = self.roles
        return roles[0] if roles else None

    def is_under(self, *roles: Role) -> bool:
        """Say whether the node or one of its ancestors bears one of ``roles``."""
        return any(role in roles for node in (self, *self.ancestors) for role in node.own_roles)

    def walk(self) -> Iterator["Node"]:
        """Yield the node and everything below it, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A read document: its part that counts, as a tree, and the other parts of the same file."""

    source: Source
    parts: tuple[Part, ...]
    part: Part
    sections: tuple[Node, ...]
    nodes: tuple[Node, ...]
    """Every paragraph between title and closing, in order."""
    is_launch_plan: bool

    @property
    def text(self) -> str:
        return self.source.text

    @property
    def sets_out_work(self) -> bool:
        """Whether it launches a movement or is the plan of a cluster: both say what is vied for and awarded."""
        return self.is_launch_plan or is_cluster_plan(self.part)

    @property
    def header(self) -> tuple[Line, ...]:
        """The lines above the one that names the kind of document."""
        return self.part.header

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        return (node.paragraph for node in self.nodes)

    @property
    def preamble(self) -> tuple[Node, ...]:
        """The paragraphs before the first heading or numbered item."""
        addressed = False
        for at, node in enumerate(self.sections):
            opens = _ADDRESSED.match(node.text) is not None
            addressed = addressed or opens
            listed = (
                node.marker is not None
                and node.marker.is_bullet
                and (addressed or _RESTS_ON.match(node.text) is not None)
            )
            themed = node.marker is None and node.own_roles[:1] == (Role.THEME,)  # the slogan below the title
            if (node.marker or node.own_roles or node.is_heading) and not (listed or opens or themed):
                return self.sections[:at]
        return self.sections

    def under(self, *roles: Role) -> Iterator[Node]:
        """Yield the headings that bear one of ``roles`` themselves, outermost only."""
        for node in self.nodes:
            if any(role in roles for role in node.own_roles[:1]) and not any(
                role in roles for above in node.ancestors for role in above.own_roles[:1]
            ):
                yield node

    def cite(self, clean: Clean, start: int, end: int) -> Place:
        """Return the place of ``clean.text[start:end]``."""
        return cite_in(self.source, clean, start, end)

    def cite_node(self, node: Node) -> Place:
        """Return the place of a node's whole paragraph, its mark included."""
        return cite(self.source, node.start, node.end)


def outline_of(source: Source) -> Outline:
    """Return the tree of the document that ``source`` holds."""
    lines = without_stamps(without_furniture(lines_of(source)))
    parts = tuple(parts_of(with_layout_tables_opened(source, lines)))
    part = _chosen(parts)
    launches = is_launch_plan(part)
    sections = _tree(_body_paragraphs(source, part))
    annexed = annexed_tables(source.text, part.annex) if launches else ()
    sections += [_annex(heading, rows) for heading, rows in annexed]
    nodes = tuple(node for section in sections for node in section.walk())
    return Outline(source, parts, part, tuple(sections), nodes, launches)


def _annex(heading: Paragraph, rows: Sequence[Paragraph]) -> Node:
    node = _node(heading, None, Style.TITLE)
    node.children.extend(Node(row, node) for row in rows)
    return node


def _chosen(parts: Sequence[Part]) -> Part:
    """Return the plan a decision or letter in the same file issues, else the first document."""
    return next(
        (part for part in parts[1:] if part.kind and parts[0].kind in ("QUYET_DINH", "CONG_VAN", None)),
        parts[0],
    )


def _body_paragraphs(source: Source, part: Part) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    for tabular, group in groupby(part.body, key=lambda line: layout_of(source.text, line)):
        lines = list(group)
        rows = table_of(source.text, lines) if tabular else []
        paragraphs.extend(rows or paragraphs_of(lines))
    return paragraphs


def _tree(paragraphs: Sequence[Paragraph]) -> list[Node]:
    styles = _styles(paragraphs)
    top: list[Node] = []
    open_nodes: list[tuple[Style, Node]] = []
    for paragraph, style in zip(paragraphs, styles, strict=True):
        _close(open_nodes, style, paragraph)
        parent = open_nodes[-1][1] if open_nodes else None
        node = _node(paragraph, parent, style)
        (parent.children if parent else top).append(node)
        if style is not Style.PLAIN:
            open_nodes.append((style, node))
    return top


def _node(paragraph: Paragraph, parent: Node | None, style: Style) -> Node:
    label = label_of(paragraph, style)
    return Node(paragraph, parent, label, roles_announced(label, style))


_CLOSING_FORMULA = re.compile(
    r"(?:trên đây là|(?:trong )?quá trình|nhận được|căn cứ (?:kế hoạch|nội dung|công văn|chỉ thị) này|đề nghị|yêu cầu|"
    r"giao ước (?:này|được)|kế hoạch này)\b",
    re.IGNORECASE,
)


def _close(open_nodes: list[tuple[Style, Node]], style: Style, paragraph: Paragraph) -> None:
    """Close the open nodes that a paragraph of ``style`` does not stand under."""
    if style is Style.PLAIN:
        # A plain paragraph goes on under the innermost heading or number; it ends a row of bullets.
        while open_nodes and open_nodes[-1][0] is Style.BULLET:
            open_nodes.pop()
        if _CLOSING_FORMULA.match(paragraph.text):
            del open_nodes[1:]
        return
    if style in (Style.BULLET, Style.ORDINAL, Style.HEADING):
        _close_to_sibling(open_nodes, style, paragraph.marker)
        return
    while open_nodes and open_nodes[-1][0] >= style:
        open_nodes.pop()


def _close_to_sibling(open_nodes: list[tuple[Style, Node]], style: Style, marker: Marker | None) -> None:
    """Close down to the last node of the same sign, where one is open; else stand under the innermost."""
    for at in range(len(open_nodes) - 1, -1, -1):
        open_style, node = open_nodes[at]
        same_sign = style is not Style.BULLET or (
            marker and node.marker and _sign(marker) == _sign(node.marker)
        )
        if open_style is style and same_sign:
            del open_nodes[at:]
            return
        if open_style not in (Style.BULLET, Style.HEADING, Style.ORDINAL) and style is not Style.ORDINAL:
            return
        if style is Style.HEADING and open_style is Style.BULLET:
            del open_nodes[at:]


def _sign(marker: Marker) -> str:
    return "-" if marker.text in "-–—−" else marker.text


def _styles(paragraphs: Sequence[Paragraph]) -> list[Style]:
    """Return the style of each paragraph, told by its mark and by what stands around it."""
    marked = [p.marker.style for p in paragraphs if p.marker]
    numbered = any(style in (Style.ROMAN, Style.CAPITAL, Style.PART) for style in marked)
    capitals_inside = Style.ROMAN in marked and Style.CAPITAL in marked[marked.index(Style.ROMAN) :]
    capitals_outside = Style.CAPITAL in marked and Style.ROMAN in marked[marked.index(Style.CAPITAL) :]
    styles = []
    for paragraph, after in zip_longest(paragraphs, paragraphs[1:]):
        style = paragraph.marker.style if paragraph.marker else Style.PLAIN
        if (
            style is Style.CAPITAL
            and capitals_inside
            and not (capitals_outside and marked.index(Style.CAPITAL) < marked.index(Style.ROMAN))
        ):
            style = Style.INNER_CAPITAL
        elif paragraph.marker is None and names_who_acts(paragraph, after):
            style = Style.HEADING
        elif paragraph.marker is None and is_bare_heading(paragraph):
            style = Style.HEADING if numbered else Style.TITLE
        styles.append(style)
    return styles

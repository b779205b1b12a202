"""The law read aloud: what each condition of an award asks on a day, as sentences, and the figures it names.

Sentences are the operators' own: a question nobody has answered yet is put to each condition, and what the
condition would ask is what is said.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import reduce
from typing import Any

from thidua.core.eligibility.case import Case
from thidua.core.eligibility.explain import KINDS, concerns, fits, in_own_words, in_place_of, ways_into
from thidua.core.eligibility.facts import Facts, Ground, NotAskedError
from thidua.core.eligibility.operators import OPERATIONS
from thidua.core.eligibility.operators.procedure import NO_LAW
from thidua.core.eligibility.operators.wording import LEVELS, TYPES
from thidua.core.law.awards import Award, Version, version_on
from thidua.core.law.conditions import Group, Leaf, Node, When, leaves
from thidua.core.law.figures import DatedFigure, NotInForceError
from thidua.core.law.law import Law
from thidua.core.law.messages import Said, say
from thidua.core.law.sources import Effect, Rule
from thidua.core.law.validation import adapter
from thidua.core.law.words import LeaveKind, Level


@dataclass(frozen=True, slots=True)
class Line:
    """One condition; ``depth`` counts the groups around it, ``only_for`` says whom it concerns.

    ``is_alternative`` stands for every way but the first where one of several is enough.
    """

    said: Said
    rule: Rule | None
    depth: int
    only_for: tuple[Said, ...] = ()
    warns: bool = False
    is_alternative: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """The conditions of one kind: the award's own, those on a list, or those of a rule for many awards."""

    label: Said
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]


def sections_of(law: Law, award: Award, day: date, level: Level) -> list[Section]:
    """Return what is asked for ``award`` on ``day``; ``level`` is the one that usually gives it."""
    facts = _asking(law, award, day, level)
    return [
        Section(label, nodes, tuple(_lines(nodes, facts)))
        for label, nodes in _nodes_with_labels(law, award, version_on(award.versions, day), day)
    ]


def own_sections_of(law: Law, award: Award, day: date, level: Level, authority: str) -> list[Section]:
    """Return what the texts of ``authority`` in force on ``day`` ask for the award besides; none asks nothing."""
    facts = _asking(law, award, day, level, authority)
    found = []
    for overlay in law.overlays_on(authority, day):
        owns = (*overlay.conditions, *overlay.routes, *overlay.on_lists)
        nodes = tuple(own.node for own in owns if concerns(own, award.id, day))
        label = say("Quy định riêng của {authority}, {text}", authority=overlay.authority, text=overlay.text)
        found.append(Section(label, nodes, tuple(_lines(nodes, facts))))
    return [section for section in found if section.lines]


def lines_of_nodes(
    nodes: tuple[Node, ...], law: Law, award: Award, day: date, level: Level, authority: str | None = None
) -> tuple[Line, ...]:
    """Return conditions of an authority's text as the sentences of ``day``, asked for one award."""
    return tuple(_lines(nodes, _asking(law, award, day, level, authority)))


def unanswered(ground: Ground, award: Award, day: date, **asked: Any) -> tuple[Facts, ...]:
    """Return the questions conditions are read aloud to: put as ``asked`` says, of one of whom nothing is known."""
    questions = (replace(_question(award, asked["on"], vote, None), **asked) for vote in _VOTES)
    return tuple(Facts(question, ground, day) for question in questions)


def said_whole(node: Node, facts: tuple[Facts, ...]) -> tuple[Said, Rule]:
    """Return a condition as one sentence, and the rule behind it; a group says what it is made of."""
    if isinstance(node, Leaf):
        if node.slot and (ways := ways_into(node.slot, facts[0])):
            return said_whole(in_place_of(node, ways), facts)
        return _asked(node, facts) or (_SOMETIMES, node.rule)
    ways = ways_into(node.slot, facts[0]) if node.slot else ()
    parts = [part for part in (*node.parts, *ways) if part.when is None or fits(part.when, facts[0].case)]
    if node.join == "choose":
        return said_whole(parts[0], facts) if parts else (NO_LAW, node.rule)
    said = reduce(_JOINED[node.join], (_as_part(part, facts) for part in parts))
    return _with_label(node, said), node.rule


def _as_part(node: Node, facts: tuple[Facts, ...]) -> Said:
    said, _ = said_whole(node, facts)
    return say("({said})", said=said) if isinstance(node, Group) and not node.label else said


def _with_label(group: Group, said: Said) -> Said:
    if group.join == "not":
        return say("{label}: {said}", label=_of_group(group), said=said)
    if group.label is None:
        return said
    label = in_own_words(group.label)
    return say("{label} ({said})", label=label, said=said) if len(list(leaves(group))) <= _FEW else label


_FEW = 8
"""How many conditions are still read out within another."""
_JOINED: dict[str, Callable[[Said, Said], Said]] = {
    "all": lambda one, other: say("{one}; và {other}", one=one, other=other),
    "any": lambda one, other: say("{one}; hoặc {other}", one=one, other=other),
    "not": lambda one, other: say("{one}; hoặc {other}", one=one, other=other),
}


def figures_named(law: Law, nodes: Iterable[Node], authority: str | None = None) -> list[DatedFigure]:
    """Return the figures the conditions name, each once, in their order; those of ``authority`` where it has own."""
    known = set(law.figure_names())
    named = (name for node in nodes for leaf in leaves(node) for name in _named(leaf.asks))
    return [law.figure(name, authority) for name in dict.fromkeys(named) if name in known]


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _nodes_with_labels(
    law: Law, award: Award, version: Version | None, day: date
) -> Iterator[tuple[Said, tuple[Node, ...]]]:
    if version:
        yield say("Tiêu chuẩn"), version.nodes
        yield say("Trên cả danh sách"), version.on_lists
    for name in award.also:
        general = law.general(name)
        held = version_on(general.versions, day)
        if held:
            yield in_own_words(general.label), held.nodes


_VOTES = ({"seats": 1, "present": 1}, {"seats": 1, "present": 0, "written": 1})
"""A sitting that was held and one by writing: some conditions ask only of the one or of the other."""


def _asking(
    law: Law, award: Award, day: date, level: Level, authority: str | None = None
) -> tuple[Facts, ...]:
    ground = Ground(law)
    questions = (replace(_question(award, day, vote, level), authority=authority) for vote in _VOTES)
    return tuple(Facts(question, ground, day) for question in questions)


def _question(award: Award, day: date, vote: dict[str, int], level: Level | None) -> Case:
    """Return the question to which every condition has something to ask and nobody has answered."""
    first, year = date(day.year, 1, 1), (day.year, day.year)
    subject = {
        "kind": award.subjects_on(day)[0],
        "pays_budget": True,
        "manager": True,
        "leave": [{"kind": LeaveKind.STUDY, "from": date(day.year - 1, 1, 1), "to": day}],
        "transfers": [{"on": date(day.year, 12, 31)}],
    }
    case: Case = adapter(Case).validate_python(
        {
            "on": day,
            "award": award.id,
            "subject": subject,
            "year": year,
            "level": level,
            "papers": {},
            "published": {"from": first},
            "vote": {"held_on": day, **vote},
            "batch": {},
            "proposals": [{"award": award.id, "year": year}],
        }
    )
    return case


def _lines(nodes: tuple[Node, ...], facts: tuple[Facts, ...], depth: int = 0) -> Iterator[Line]:
    for node in nodes:
        only_for = _only_for(node.when) if node.when else ()
        if isinstance(node, Leaf):
            if found := _asked(node, facts):
                yield Line(*found, depth, only_for, warns=node.effect is Effect.WARN)
        elif node.join == "all" and not depth and not node.label and not only_for:
            yield from _lines(node.parts, facts)
        else:
            yield Line(_of_group(node), None if node.join == "choose" else node.rule, depth, only_for)
            yield from _parts(node, facts, depth + 1)


def _parts(group: Group, facts: tuple[Facts, ...], depth: int) -> Iterator[Line]:
    asked = [lines for part in group.parts if (lines := list(_lines((part,), facts, depth)))]
    for place, (first, *others) in enumerate(asked):
        yield replace(first, is_alternative=group.join == "any" and place > 0)
        yield from others


def _asked(leaf: Leaf, questions: tuple[Facts, ...]) -> tuple[Said, Rule] | None:
    """Return what the leaf asks, and the rule of the figure where one decides.

    None where the figure it rests on is not law that day: then nothing is asked.
    """
    lacks_figure = False
    for facts in questions:
        try:
            look = OPERATIONS[leaf.operator](leaf.asks, facts)
        except NotInForceError:
            lacks_figure = True
            continue
        except NotAskedError:
            continue
        rule = look.entry.rule if look.entry else leaf.rule
        if leaf.operator == "unstated" and not leaf.label:
            return say("Trường hợp khác: chưa có dữ liệu luật"), rule
        return in_own_words(leaf.label) if leaf.label else look.asked, rule
    if lacks_figure:
        return None
    return in_own_words(leaf.label) if leaf.label else _SILENT.get(leaf.operator, _SOMETIMES), leaf.rule


def _of_group(group: Group) -> Said:
    return in_own_words(group.label) if group.label else _GROUPS[group.join]


_GROUPS = {
    "all": say("Đạt tất cả"),
    "any": say("Đạt một trong các tiêu chuẩn sau"),
    "not": say("Không thuộc trường hợp sau"),
    "choose": say("Theo loại hình và đối tượng"),
}
_SOMETIMES = say("Điều kiện chỉ xét trong một số trường hợp")
_SILENT = {
    "study": say("Thời gian đi học dài phải có kết quả đạt yêu cầu"),
    "transfer": say("Người chuyển công tác phải có nhận xét của đơn vị cũ"),
    "awarded_by": say("Do cấp có thẩm quyền quyết định"),
    "vote": say("Tỷ lệ phiếu của Hội đồng"),
    "quorum": say("Số thành viên Hội đồng dự họp"),
    "secret_ballot": say("Bỏ phiếu kín"),
    "written_opinions": say("Thành viên vắng mặt có ý kiến bằng văn bản"),
    "published": say("Công khai danh sách trước khi họp"),
    "paper": say("Giấy tờ kèm hồ sơ"),
    "report_age": say("Thời điểm của báo cáo thành tích"),
    "once_a_year": say("Mỗi năm một lần trình khen cấp Nhà nước"),
    "not_proposed_for": say("Không đồng thời đề nghị hình thức khác"),
    "one_form": say("Một thành tích chỉ một hình thức khen"),
    "initiative_reuse": say("Sáng kiến đã dùng làm căn cứ cho lần khen khác thì được nhắc"),
    "not_dissolved": say("Tập thể chưa giải thể, sáp nhập"),
}
"""What a condition is about that speaks only in some cases."""


def _only_for(when: When) -> tuple[Said, ...]:
    return (
        *(TYPES[one] for one in when.type),
        *(KINDS[one] for one in when.kind),
        *(LEVELS[one] for one in when.level),
    )


def _named(asks: Any) -> Iterator[str]:
    """Yield every word an operator's parameters hold, those within them too."""
    for place in fields(asks):
        value = getattr(asks, place.name)
        if isinstance(value, str):
            yield value
        elif hasattr(value, "__dataclass_fields__"):
            yield from _named(value)

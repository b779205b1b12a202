"""The law as a reader sees it: an award's conditions as sentences, its figures, its history, the packs.

Sentences are the operators' own: a question nobody has answered yet is put to each condition, and what the
condition would ask is what the page shows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from thidua.core.eligibility.case import Case
from thidua.core.eligibility.explain import in_own_words
from thidua.core.eligibility.facts import Facts, Ground, NotAskedError
from thidua.core.eligibility.operators import OPERATIONS
from thidua.core.law.awards import Award, Version, version_on
from thidua.core.law.conditions import Group, Leaf, Node, When, leaves
from thidua.core.law.figures import DatedFigure, NotInForceError, value_in_words
from thidua.core.law.law import Law, shipped_law
from thidua.core.law.money import Due, money_for
from thidua.core.law.sources import Effect, Rule
from thidua.core.law.validation import adapter
from thidua.core.law.words import LeaveKind, Level, SubjectKind
from thidua.honours.catalogue import catalogue
from thidua.honours.models import Honour


@dataclass(frozen=True, slots=True)
class Line:
    """One condition in words; ``depth`` counts the groups around it, ``only_for`` says whom it concerns.

    ``is_alternative`` stands for every way but the first where one of several is enough.
    """

    words: str
    rule: Rule | None
    depth: int
    only_for: str = ""
    warns: bool = False
    is_alternative: bool = False

    @property
    def is_unsure(self) -> bool:
        return self.rule is not None and not self.rule.confidence.may_block


@dataclass(frozen=True, slots=True)
class Section:
    """The conditions of one kind: the award's own, those on a list, or those of a rule for many awards."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class FigureLine:
    label: str
    value: str
    since: date
    rule: Rule
    history: tuple[tuple[date, str, Rule], ...]


@dataclass(frozen=True, slots=True)
class MoneyLine:
    kind: str
    level: str
    due: Due


@dataclass(frozen=True, slots=True)
class RulesOfAward:
    """An award as the law stood on a day; ``version`` is None where no criteria are known."""

    award: Award
    version: Version | None
    sections: tuple[Section, ...]
    figures: tuple[FigureLine, ...]
    money: tuple[MoneyLine, ...]


def rules_of(name: str, day: date, law: Law | None = None) -> RulesOfAward:
    """Return the rules of an award on ``day``.

    Raises UnknownNameError.
    """
    law = law or shipped_law()
    award = law.award(name)
    version = version_on(award.versions, day)
    ground = Ground(law)
    facts = tuple(Facts(_question(award, day, vote), ground, day) for vote in _VOTES)
    nodes = _nodes_with_labels(law, award, version, day)
    return RulesOfAward(
        award=award,
        version=version,
        sections=tuple(
            Section(label, lines) for label, part in nodes if (lines := tuple(_lines(part, facts)))
        ),
        figures=tuple(_figures(law, [node for _label, part in nodes for node in part], day)),
        money=tuple(_money(law, award, day)),
    )


def lines_of_nodes(
    nodes: tuple[Node, ...], award: str, day: date, law: Law, authority: str | None = None
) -> tuple[Line, ...]:
    """Return conditions of an authority's text as the sentences of ``day``, asked for one award."""
    ground = Ground(law)
    questions = (replace(_question(law.award(award), day, vote), authority=authority) for vote in _VOTES)
    return tuple(_lines(nodes, tuple(Facts(question, ground, day) for question in questions)))


def _nodes_with_labels(
    law: Law, award: Award, version: Version | None, day: date
) -> list[tuple[str, tuple[Node, ...]]]:
    found = [(_("Tiêu chuẩn"), version.nodes), (_("Trên cả danh sách"), version.on_lists)] if version else []
    for name in award.also:
        general = law.general(name)
        held = version_on(general.versions, day)
        if held:
            found.append((str(in_own_words(general.label).in_words(_)), held.nodes))
    return found


# -- conditions in words -----------------------------------------------------------------------------


_VOTES = ({"seats": 1, "present": 1}, {"seats": 1, "present": 0, "written": 1})
"""A sitting that was held and one by writing: some conditions ask only of the one or of the other."""


def _question(award: Award, day: date, vote: dict[str, int]) -> Case:
    """Return the question to which every condition has something to ask and nobody has answered."""
    first, year = date(day.year, 1, 1), (day.year, day.year)
    subject = {
        "kind": award.subjects[0],
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
            "level": Level(catalogue()[award.id].level),
            "papers": {},
            "published": {"from": first},
            "vote": {"held_on": day, **vote},
            "proposals": [{"award": award.id, "year": year}],
        }
    )
    return case


def _lines(nodes: tuple[Node, ...], facts: tuple[Facts, ...], depth: int = 0) -> Iterator[Line]:
    for node in nodes:
        only_for = _only_for(node.when) if node.when else ""
        if isinstance(node, Leaf):
            yield _line(node, facts, depth, only_for)
        elif node.join == "all" and not depth and not node.label and not only_for:
            yield from _lines(node.parts, facts)
        else:
            yield Line(_of_group(node), None if node.join == "choose" else node.rule, depth, only_for)
            yield from _parts(node, facts, depth + 1)


def _parts(group: Group, facts: tuple[Facts, ...], depth: int) -> Iterator[Line]:
    for place, part in enumerate(group.parts):
        first, *others = _lines((part,), facts, depth)
        yield replace(first, is_alternative=group.join == "any" and place > 0)
        yield from others


def _line(leaf: Leaf, facts: tuple[Facts, ...], depth: int, only_for: str) -> Line:
    words, rule = _asked(leaf, facts)
    return Line(words, rule, depth, only_for, warns=leaf.effect is Effect.WARN)


def _asked(leaf: Leaf, questions: tuple[Facts, ...]) -> tuple[str, Rule]:
    """Return what the leaf asks, and the rule of the figure where one decides."""
    for facts in questions:
        try:
            look = OPERATIONS[leaf.operator](leaf.asks, facts)
        except (NotAskedError, NotInForceError):
            continue
        rule = look.entry.rule if look.entry else leaf.rule
        if leaf.operator == "unstated" and not leaf.label:
            return _("Trường hợp khác: chưa có dữ liệu luật"), rule
        return capital((in_own_words(leaf.label) if leaf.label else look.asked).in_words(_)), rule
    words = in_own_words(leaf.label).in_words(_) if leaf.label else _of_silent(leaf.operator)
    return capital(words), leaf.rule


def _of_group(group: Group) -> str:
    if group.label:
        return capital(in_own_words(group.label).in_words(_))
    return {
        "all": _("Đạt tất cả"),
        "any": _("Đạt một trong các tiêu chuẩn sau"),
        "not": _("Không thuộc trường hợp sau"),
        "choose": _("Theo loại hình và đối tượng"),
    }[group.join]


def _of_silent(operator: str) -> str:
    """Say what a condition is about that speaks only in some cases."""
    return {
        "study": _("Thời gian đi học dài phải có kết quả đạt yêu cầu"),
        "transfer": _("Người chuyển công tác phải có nhận xét của đơn vị cũ"),
        "awarded_by": _("Do cấp có thẩm quyền quyết định"),
        "vote": _("Tỷ lệ phiếu của Hội đồng"),
        "quorum": _("Số thành viên Hội đồng dự họp"),
        "secret_ballot": _("Bỏ phiếu kín"),
        "written_opinions": _("Thành viên vắng mặt có ý kiến bằng văn bản"),
        "published": _("Công khai danh sách trước khi họp"),
        "paper": _("Giấy tờ kèm hồ sơ"),
        "report_age": _("Thời điểm của báo cáo thành tích"),
        "once_a_year": _("Mỗi năm một lần trình khen cấp Nhà nước"),
        "not_proposed_for": _("Không đồng thời đề nghị hình thức khác"),
        "one_form": _("Một thành tích chỉ một hình thức khen"),
        "initiative_reuse": _("Sáng kiến đã dùng làm căn cứ cho lần khen khác thì được nhắc"),
        "share_of": _("Tỷ lệ trên cả danh sách đề nghị"),
        "not_dissolved": _("Tập thể chưa giải thể, sáp nhập"),
    }.get(operator, _("Điều kiện chỉ xét trong một số trường hợp"))


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _only_for(when: When) -> str:
    types, kinds, levels = (dict(each.choices) for each in (Honour.Type, Honour.Kind, Honour.Level))
    words = [
        *(str(types[one]) for one in when.type),
        *(str(kinds[one]) for one in when.kind),
        *(str(levels[one]) for one in when.level),
    ]
    return ", ".join(words)


# -- figures and money -------------------------------------------------------------------------------


def _figures(law: Law, nodes: list[Node], day: date) -> Iterator[FigureLine]:
    known, seen = set(law.figure_names()), set()
    for name in (name for node in nodes for leaf in leaves(node) for name in _named(leaf.asks)):
        if name in known and name not in seen:
            seen.add(name)
            if line := _figure_line(law.figure(name), day):
                yield line


def _named(asks: Any) -> Iterator[str]:
    """Yield every word an operator's parameters hold, those within them too."""
    for place in fields(asks):
        value = getattr(asks, place.name)
        if isinstance(value, str):
            yield value
        elif hasattr(value, "__dataclass_fields__"):
            yield from _named(value)


def _figure_line(figure: DatedFigure, day: date) -> FigureLine | None:
    entry = figure.entry_on(day)
    if entry is None or entry.value is None:
        return None
    history = tuple(
        (one.in_force_from, value_in_words(one.value, figure.unit).in_words(_), one.rule)
        for one in figure.history
    )
    return FigureLine(
        label=in_own_words(figure.label).in_words(_),
        value=value_in_words(entry.value, figure.unit).in_words(_),
        since=entry.in_force_from,
        rule=entry.rule,
        history=history,
    )


def _money(law: Law, award: Award, day: date) -> Iterator[MoneyLine]:
    if award.money is None:
        return
    kinds = dict(Honour.Kind.choices)
    levels = dict(Honour.Level.choices)
    at_levels: tuple[Level | None, ...] = tuple(award.money.at_level) or (None,)
    for kind in award.subjects:
        for level in at_levels:
            due = _due(law, award.id, kind, day, level)
            if due:
                yield MoneyLine(str(kinds[kind]), str(levels[level]) if level else "", due)


def _due(law: Law, name: str, kind: SubjectKind, day: date, level: Level | None) -> Due | None:
    try:
        return money_for(law, name, kind, day, level=level)
    except NotInForceError:
        return None

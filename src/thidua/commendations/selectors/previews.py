"""What a text would change: figures before and after, conditions added, routes opened, awards asked otherwise."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from thidua.commendations.models import OwnRules
from thidua.commendations.selectors.fairness import GROUP_NAMES
from thidua.commendations.selectors.law_in_force import authority_in, code_of, faults_of, law_for, sound_texts
from thidua.commendations.selectors.rules import Line, lines_of_nodes, rules_of
from thidua.core.eligibility.explain import concerns, in_own_words
from thidua.core.eligibility.guidelines import asked_of_share, uncounted_in
from thidua.core.law.awards import Guideline, Overlay, Own
from thidua.core.law.comparing import FigureChange, figure_changes
from thidua.core.law.figures import DatedValue, value_in_words
from thidua.core.law.law import Law, shipped_law
from thidua.core.law.reading import read_overlay
from thidua.core.law.sources import Rule
from thidua.core.law.yamltext import Problem
from thidua.honours.catalogue import label_of
from thidua.honours.models import Honour
from thidua.organisations.models import Unit


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure from a day on: what it was, what it becomes, by which text."""

    label: str
    since: date
    before: str
    after: str
    rule: Rule | None


@dataclass(frozen=True, slots=True)
class OwnPart:
    """Conditions of one kind in an authority's text, each for some awards."""

    label: str
    groups: tuple[tuple[str, tuple[Line, ...]], ...]


@dataclass(frozen=True, slots=True)
class AwardChange:
    """An award asked otherwise on a day: sentences that go and sentences that come."""

    award: str
    on: date
    gone: tuple[Line, ...]
    come: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    overlay: Overlay
    figures: tuple[FigureRow, ...]
    new_figures: tuple[FigureRow, ...]
    parts: tuple[OwnPart, ...]
    powers: tuple[tuple[str, str, str, Rule], ...]
    problems: tuple[Problem, ...]


def preview_of(row: OwnRules) -> Preview:
    """Return what the text changes for its tree beside the others in force."""
    others = OwnRules.objects.filter(root=row.root_id, state=OwnRules.State.IN_FORCE).exclude(
        symbol=row.symbol
    )
    texts = sound_texts(others.order_by("in_force_from", "pk"))
    before = shipped_law().with_drafts(texts)
    after = shipped_law().with_drafts({**texts, row.name: row.content})
    overlay = read_overlay(row.content, row.name, after.units)
    problems = tuple(faults_of(row.name, {**texts, row.name: row.content}))
    if problems:
        return Preview(overlay, (), (), tuple(parts_of(after, overlay)), tuple(powers_of(overlay)), problems)
    new = set(overlay.new_figures)
    changes = figure_changes(before, after, code_of(row.root))
    return Preview(
        overlay=overlay,
        figures=tuple(figure_rows(change for change in changes if change.name not in new)),
        new_figures=tuple(new_row(overlay, name) for name in sorted(new)),
        parts=tuple(parts_of(after, overlay)),
        powers=tuple(powers_of(overlay)),
        problems=(),
    )


def figure_rows(changes: Iterable[FigureChange]) -> Iterator[FigureRow]:
    for change in changes:
        before, after = (
            value_in_words(entry.value, change.unit).in_words(_) if entry else _("chưa quy định")
            for entry in (change.before, change.after)
        )
        entry = change.after or change.before
        label = in_own_words(change.label).in_words(_)
        yield FigureRow(label, change.since, before, after, entry.rule if entry else None)


def new_row(overlay: Overlay, name: str) -> FigureRow:
    figure = overlay.new_figures[name]
    entry = figure.history[0]
    label = in_own_words(figure.label).in_words(_)
    after = value_in_words(entry.value, figure.unit).in_words(_)
    if aim := next((one for one in overlay.guidelines if one.figure.name == name), None):
        after = aim_in_words(aim, entry)
    elif name in {one.name for one in uncounted_in(overlay)}:
        after = _("%(share)s; chưa đối chiếu được: chưa ghi group") % {"share": after}
    return FigureRow(label, entry.in_force_from, _("chưa quy định"), after, entry.rule)


def aim_in_words(aim: Guideline, entry: DatedValue) -> str:
    """Return what a share of a list asks, of whom and of which titles."""
    whose = [str(GROUP_NAMES[aim.group]), *map(label_of, aim.awards)]
    return f"{asked_of_share(aim.bound, aim.figure, entry).in_words(_)}: {', '.join(whose)}"


def parts_of(law: Law, overlay: Overlay) -> Iterator[OwnPart]:
    """Yield the conditions a text adds, as sentences of its first day."""
    day = overlay.in_force_from
    named = (
        (_("Điều kiện thêm"), overlay.conditions),
        (_("Cách đạt tiêu chuẩn"), overlay.routes),
        (_("Trên cả danh sách"), overlay.on_lists),
    )
    for label, owns in named:
        groups = tuple(
            (awards_in_words(own), lines_of_nodes((own.node,), _first(own), day, law, overlay.authority))
            for own in owns
        )
        if groups:
            yield OwnPart(label, groups)


def _first(own: Own) -> str:
    return next((award for award in own.awards if award != "all"), "LDTT")


def awards_in_words(own: Own) -> str:
    if "all" in own.awards:
        return _("Mọi danh hiệu, hình thức")
    return ", ".join(label_of(award) for award in own.awards)


def powers_of(overlay: Overlay) -> Iterator[tuple[str, str, str, Rule]]:
    levels = {str(value): str(label) for value, label in Honour.Level.choices}
    words = {True: _("được quyết định"), False: _("không được quyết định"), None: _("văn bản chưa rõ")}
    for award, powers in overlay.powers.items():
        for power in powers:
            yield label_of(award), levels[str(power.level)], words[power.allowed], power.rule


@dataclass(frozen=True, slots=True)
class OwnSection:
    """What one text of an authority says about one award on a day."""

    text: str
    label: str
    lines: tuple[Line, ...]


def own_sections(root: Unit, award: str, day: date) -> list[OwnSection]:
    """Return what the texts of the tree in force on ``day`` ask for ``award`` besides the national rules."""
    law = law_for(root)
    authority = authority_in(law, root)
    sections = [_own_section(law, overlay, award, day) for overlay in law.overlays_on(authority, day)]
    return [section for section in sections if section.lines]


def _own_section(law: Law, overlay: Overlay, award: str, day: date) -> OwnSection:
    owns = (*overlay.conditions, *overlay.routes, *overlay.on_lists)
    nodes = tuple(own.node for own in owns if concerns(own, award, day))
    lines = lines_of_nodes(nodes, award, day, law, overlay.authority)
    return OwnSection(overlay.text, in_own_words(overlay.label).in_words(_), lines)


# -- awards of a draft -------------------------------------------------------------------------------


def award_changes(before: Law, after: Law, awards: Iterable[str]) -> list[AwardChange]:
    """Return on which days the sentences of these awards differ, and how."""
    return [change for award in awards for change in _award_changes(before, after, award)]


def _award_changes(before: Law, after: Law, award: str) -> Iterator[AwardChange]:
    days = {version.in_force_from for law in (before, after) for version in law.award(award).versions}
    for day in sorted(days):
        old, new = (_by_words(law, award, day) for law in (before, after))
        gone = tuple(line for words, line in old.items() if words not in new)
        come = tuple(line for words, line in new.items() if words not in old)
        if gone or come:
            yield AwardChange(award, day, gone, come)


def _by_words(law: Law, award: str, day: date) -> dict[tuple[str, str], Line]:
    sections = rules_of(award, day, law).sections
    return {(line.words, line.only_for): line for section in sections for line in section.lines}

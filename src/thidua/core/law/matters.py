"""Open matters of the law: rules nobody has seen in the text itself, gaps, and files not read again for a year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from thidua.core.law.awards import Version
from thidua.core.law.checks import verify
from thidua.core.law.conditions import Leaf, Node, leaves
from thidua.core.law.figures import Label
from thidua.core.law.law import Law
from thidua.core.law.sources import Rule


class MatterKind(StrEnum):
    """From what may mislead soonest to what only grows old."""

    UNVERIFIED = "unverified"
    """Not seen in the text itself: it only warns."""
    UNSTATED = "unstated"
    """No standard was found in any text: the answer is “not known”."""
    TO_REVIEW = "to_review"
    """Somebody set a day to look again, and it has come."""
    STALE = "stale"
    """Nobody read the text again for a year."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One open matter: in which file, about what, since when, and by which rule."""

    kind: MatterKind
    file: str
    label: Label
    since: date | None = None
    rule: Rule | None = None


def open_matters(law: Law, *, today: date) -> list[Matter]:
    """Return every open matter of what is in force on ``today`` or later, by kind, each rule of a file once."""
    found = {
        (matter.kind, matter.file, matter.rule.id if matter.rule else ""): matter
        for matter in (*_of_files(law), *_of_ages(law, today))
    }
    order = list(MatterKind)
    return sorted(found.values(), key=lambda matter: (order.index(matter.kind), matter.file))


def _of_files(law: Law) -> Iterable[Matter]:
    for name in law.figure_names():
        figure = law.figure(name)
        for entry in figure.history:
            if entry.value is not None and not entry.rule.confidence.may_block:
                yield Matter(
                    MatterKind.UNVERIFIED,
                    f"figures/{name}.yaml",
                    figure.label,
                    entry.in_force_from,
                    entry.rule,
                )
    for name in law.award_ids():
        award = law.award(name)
        yield from _of_versions(f"awards/{name}.yaml", award.label, award.versions)
    for name in law.general_names():
        general = law.general(name)
        yield from _of_versions(f"general/{name}.yaml", general.label, general.versions)


def _of_versions(file: str, label: Label, versions: Iterable[Version]) -> Iterable[Matter]:
    for version in versions:
        for leaf in _leaves((*version.nodes, *version.on_lists)):
            if leaf.operator == "unstated":
                yield Matter(MatterKind.UNSTATED, file, label, version.in_force_from, leaf.rule)
            elif not leaf.rule.confidence.may_block:
                yield Matter(MatterKind.UNVERIFIED, file, label, version.in_force_from, leaf.rule)


def _leaves(nodes: Iterable[Node]) -> Iterable[Leaf]:
    for node in nodes:
        yield from leaves(node)


def _of_ages(law: Law, today: date) -> Iterable[Matter]:
    report = verify(law, today=today)
    for item in report.to_review:
        yield Matter(MatterKind.TO_REVIEW, item.file, _label_of(law, item.file), item.review_on)
    for item in report.stale:
        yield Matter(MatterKind.STALE, item.file, _label_of(law, item.file), item.still_valid_on)


def _label_of(law: Law, file: str) -> Label:
    """Return what a file is about; an overlay is told by its own name."""
    part, _, name = file.removesuffix(".yaml").partition("/")
    if part == "figures":
        return law.figure(name).label
    if part == "awards":
        return law.award(name).label
    if part == "general":
        return law.general(name).label
    return {"vi": file, "en": file}

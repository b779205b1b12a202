"""How far the law about an award is known on a day: wholly, with parts nobody verified, or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from thidua.commendations.models import Trial
from thidua.commendations.selectors.what_if import AwardLine, Movement, Side, sides_of
from thidua.core.law.conditions import Leaf, Node, When
from thidua.core.law.law import Law
from thidua.core.law.words import CommendationType, SubjectKind
from thidua.core.law.yamltext import FileProblemsError


class Known(StrEnum):
    READ = "read"
    UNSURE = "unsure"
    UNSTATED = "unstated"
    NONE = "none"


UNVERIFIED = frozenset({Known.UNSURE, Known.UNSTATED})


@dataclass(frozen=True, slots=True)
class KnownLine:
    """One award of a trial with what is known of its law on each side."""

    line: AwardLine
    before: Known
    after: Known

    @property
    def is_unsure(self) -> bool:
        return bool({self.before, self.after} & UNVERIFIED)

    @property
    def lacks_before(self) -> bool:
        return _lacks(self.before, self.line.before)

    @property
    def lacks_after(self) -> bool:
        return _lacks(self.after, self.line.after)


def _lacks(known: Known, number: int) -> bool:
    """Say whether the number is no answer: an unstated criterion leaves it open to whom another road leads."""
    return known is Known.NONE or (known is Known.UNSTATED and not number)


def known_on(law: Law, award: str, day: date, kind: SubjectKind) -> Known:
    """Return how far the criteria of ``day`` are known; those of a repealed award are."""
    held = [version for version in law.award(award).versions if version.in_force_from <= day]
    if law.pack_on(day) is None or not held:
        return Known.NONE
    found = [leaf for node in held[-1].nodes for leaf in asked_leaves(node, kind)]
    if any(leaf.operator == "unstated" for leaf in found):
        return Known.UNSTATED
    return Known.READ if all(leaf.rule.confidence.may_block for leaf in found) else Known.UNSURE


def asked_leaves(node: Node, kind: SubjectKind) -> Iterator[Leaf]:
    """Yield the conditions trials ask of subjects of the kind, for regular merit."""
    if not _is_asked(node.when, kind):
        return
    if isinstance(node, Leaf):
        yield node
        return
    parts = [part for part in node.parts if _is_asked(part.when, kind)]
    for part in parts[:1] if node.join == "choose" else parts:
        yield from asked_leaves(part, kind)


def _is_asked(when: When | None, kind: SubjectKind) -> bool:
    return when is None or (
        (not when.type or CommendationType.MERIT in when.type) and (not when.kind or kind in when.kind)
    )


Sides = tuple[Side, Side]


def sides_if_any(trial: Trial) -> Sides | None:
    """Return both states of the law; None where the draft no longer fits it."""
    try:
        return sides_of(trial)
    except FileProblemsError:
        return None


def known_lines(lines: list[AwardLine], sides: Sides | None, kind: str) -> list[KnownLine]:
    """Return the lines with what is known of their law; without the law they stay unmarked."""
    if sides is None:
        return [KnownLine(line, Known.READ, Known.READ) for line in lines]
    return [KnownLine(line, *known_of(line.award, sides, kind)) for line in lines]


def known_of(award: str, sides: Sides, kind: str) -> tuple[Known, Known]:
    """Return how far the law about an award is known on each side."""
    before, after = (known_on(side.law, award, side.on, SubjectKind(kind)) for side in sides)
    return before, after


def rests_on_unsure(award: str, sides: Sides, kind: str) -> bool:
    """Say whether something the answers about ``award`` rest on was not verified."""
    return bool(UNVERIFIED.intersection(known_of(award, sides, kind)))


def unsure_movements(lines: list[KnownLine]) -> set[Movement]:
    """Return the totals that rest in part on texts nobody verified."""
    return {
        movement for one in lines if one.is_unsure for movement, number in one.line.moved.items() if number
    }

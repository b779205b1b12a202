"""The law as it binds one tree of units: the shipped files under the authority's own rules put in force here."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from thidua.commendations.models import OwnRules
from thidua.core.law.checks import overlay_problems
from thidua.core.law.law import Law, shipped_law
from thidua.core.law.reading import read_overlay
from thidua.core.law.words import GIVEN_BEYOND_ITS_OWN
from thidua.core.law.yamltext import FileProblemsError, Problem
from thidua.organisations.models import Unit, UnitKind

Held = tuple[tuple[UUID, int], ...]


def code_of(root: Unit) -> str:
    """Return the name under which law files speak of the tree's top."""
    return root.code.upper().replace("-", "_")


def authority_in(law: Law, root: Unit) -> str | None:
    """Return the tree's name in ``law``; None where it has no rules of its own there."""
    name = code_of(root)
    return name if name in law.authorities() else None


@dataclass(frozen=True, slots=True)
class Binding:
    """Whose own rules bind the units of one tree; ``of_province`` are the parts of it that provinces run."""

    authority: str | None
    of_province: tuple[Unit, ...] = ()

    def province_unit_over(self, unit: Unit | None) -> Unit | None:
        """Return the part run by a province that ``unit`` is or stands in."""
        if unit is None:
            return None
        return next((top for top in self.of_province if top.contains(unit)), None)

    def over(self, unit: Unit | None, award: str = "") -> str | None:
        """Return whose own rules bind the staff and collectives of ``unit``, asked for one award or for any."""
        return self.authority if self.binds(award) or not self.province_unit_over(unit) else None

    def over_any(self, places: Iterable[tuple[str, Unit | None]]) -> str | None:
        """Return whose own rules bind a list of awards, each with where it was earned, as soon as they bind one."""
        return next((found for award, unit in places if (found := self.over(unit, award))), None)

    @staticmethod
    def binds(award: str) -> bool:
        """Say whether the authority's rules for the award bind those it does not run too."""
        return award in GIVEN_BEYOND_ITS_OWN


UNBOUND = Binding(None)


def binding_of(law: Law, root: Unit) -> Binding:
    """Return whose own rules bind which units of the tree. One query; none where there are no such rules."""
    authority = authority_in(law, root)
    if authority is None:
        return Binding(None)
    others = Unit.objects.filter(root_id=root.pk, root__kind__level=UnitKind.Level.CENTRAL).exclude(
        pk=root.pk
    )
    marked = others.filter(kind__is_of_province=True).select_related("kind").order_by("path")
    tops: list[Unit] = []
    for unit in marked:
        if not (tops and tops[-1].contains(unit)):
            tops.append(unit)
    return Binding(authority, tuple(tops))


def law_for(root: Unit) -> Law:
    """Return the law that binds the tree of ``root`` now. One query; the files are read once per set of rules."""
    return _law(held_by(root))


def held_by(root: Unit) -> Held:
    """Return which own rules are in force for the tree, each with its version."""
    rows = OwnRules.objects.filter(root_id=root.pk, state=OwnRules.State.IN_FORCE)
    return tuple(rows.order_by("in_force_from", "pk").values_list("pk", "version"))


@lru_cache(maxsize=64)
def _law(held: Held) -> Law:
    if not held:
        return shipped_law()
    rows = OwnRules.objects.filter(pk__in=[pk for pk, _version in held]).order_by("in_force_from", "pk")
    return shipped_law().with_drafts(sound_texts(rows))


def sound_texts(rows: Iterable[OwnRules]) -> dict[str, str]:
    """Return the texts that can be laid over the shipped law together, by name.

    They were checked when they were put in force. A later edition of the shipped law may have made one
    impossible: it is passed over, and the page of own rules says why (``faults_of``).
    """
    kept: dict[str, str] = {}
    for row in rows:
        tried = {**kept, row.name: row.content}
        if not faults_of(row.name, tried):
            kept = tried
    return kept


def faults_of(name: str, texts: dict[str, str]) -> list[Problem]:
    """Return what keeps the text ``name`` from being laid over the shipped law beside the other ``texts``."""
    law = shipped_law()
    try:
        overlay = read_overlay(texts[name], name, law.units)
        return overlay_problems(law.with_drafts(texts), overlay)
    except FileProblemsError as error:
        return error.problems

"""An authority's own rules as its page lists them: those shipped with the law and those uploaded here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from thidua.commendations.models import OwnRules
from thidua.commendations.selectors.law_in_force import code_of, faults_of, sound_texts
from thidua.core.law.awards import Overlay
from thidua.core.law.conditions import Node, leaves
from thidua.core.law.law import shipped_law
from thidua.core.law.yamltext import Problem
from thidua.organisations.models import Unit
from thidua.organisations.permissions import User, visible_units


@dataclass(frozen=True, slots=True)
class ShippedText:
    """One text of the authority that came with the law; ``superseded`` by an upload of the same text."""

    overlay: Overlay
    superseded: bool
    is_in_force: bool

    @property
    def file_name(self) -> str:
        return self.overlay.name.rpartition("/")[2]

    @property
    def is_unsure(self) -> bool:
        return is_unsure(self.overlay)


def authorities_open_to(user: User) -> QuerySet[Unit]:
    """Return the tops of the trees the user may see something of."""
    roots = Unit.objects.filter(visible_units(user)).values("root")
    return Unit.objects.filter(pk__in=roots).order_by("sort_key", "pk")


@dataclass(frozen=True, slots=True)
class Authority:
    """The top of a tree as a list of them shows it: how many texts came with the law, how many count here."""

    root: Unit
    code: str
    shipped: int
    uploaded: int


def as_authorities(roots: Iterable[Unit]) -> list[Authority]:
    """Return the tops with how many texts each has. One query, however many."""
    listed = list(roots)
    held = OwnRules.objects.filter(root__in=listed, state=OwnRules.State.IN_FORCE).values("root")
    uploaded = dict(held.annotate(texts=Count("pk")).values_list("root", "texts"))
    law = shipped_law()
    return [
        Authority(root, code_of(root), len(law.overlays(code_of(root))), uploaded.get(root.pk, 0))
        for root in listed
    ]


def shipped_texts(root: Unit, day: date) -> list[ShippedText]:
    held = set(
        OwnRules.objects.filter(root=root, state=OwnRules.State.IN_FORCE).values_list("symbol", flat=True)
    )
    overlays = sorted(shipped_law().overlays(code_of(root)), key=lambda one: one.in_force_from, reverse=True)
    return [ShippedText(one, one.text in held, one.in_force_on(day)) for one in overlays]


def uploaded_texts(root: Unit) -> QuerySet[OwnRules]:
    """Return the uploads: those in force first, then those waiting, then what was."""
    rows = OwnRules.objects.filter(root=root).select_related("uploaded_by", "applied_by", "withdrawn_by")
    return rows.order_by("-uploaded_at", "-pk")


def broken_texts(rows: Iterable[OwnRules]) -> dict[str, list[Problem]]:
    """Return the faults of texts in force that a later edition of the law no longer bears, by name."""
    in_force = [row for row in rows if row.state == OwnRules.State.IN_FORCE]
    sound = sound_texts(sorted(in_force, key=lambda row: (row.in_force_from, row.pk)))
    return {
        row.name: faults_of(row.name, {**sound, row.name: row.content})
        for row in in_force
        if row.name not in sound
    }


def is_unsure(overlay: Overlay) -> bool:
    """Say whether something of the text was not verified, so that it only warns."""
    nodes: list[Node] = [own.node for own in (*overlay.conditions, *overlay.routes, *overlay.on_lists)]
    rules = [
        *(value.rule for value in overlay.figures.values()),
        *(leaf.rule for node in nodes for leaf in leaves(node)),
    ]
    return any(not rule.confidence.may_block for rule in rules)

"""The tree as of any day."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField

from thidua.organisations.models import Unit, UnitName, UnitParent
from thidua.organisations.models.units import UnitQuerySet
from thidua.organisations.searching import name_matches
from thidua.records.days import today


@dataclass(frozen=True, slots=True)
class Node:
    """A unit at its place in the tree of a day; ``name`` is that day's."""

    id: UUID
    name: str
    short_name: str
    parent_id: UUID | None
    depth: int


def parents_in_force(day: date) -> QuerySet[UnitParent]:
    """Rows that say who was above whom on ``day``, one per unit that was there."""
    later = UnitParent.objects.filter(
        unit=OuterRef("unit"), valid_from__gt=OuterRef("valid_from"), valid_from__lte=day
    )
    return UnitParent.objects.filter(valid_from__lte=day).exclude(Exists(later)).filter(existing_unit(day))


def names_in_force(day: date) -> QuerySet[UnitName]:
    later = UnitName.objects.filter(
        unit=OuterRef("unit"), valid_from__gt=OuterRef("valid_from"), valid_from__lte=day
    )
    return UnitName.objects.filter(valid_from__lte=day).exclude(Exists(later)).filter(existing_unit(day))


def existing_unit(day: date) -> Q:
    open_ended = Q(unit__dissolved_on__isnull=True) | Q(unit__dissolved_on__gt=day)
    return Q(unit__founded_on__lte=day) & open_ended


def as_of(units: UnitQuerySet, day: date) -> UnitQuerySet:
    """Give each of ``units`` its ``name_on`` and ``short_name_on`` that day, in the order of lists."""
    names = UnitName.objects.filter(unit=OuterRef("pk"), valid_from__lte=day).order_by("-valid_from")
    return (
        units.existing(day)
        .select_related("kind")
        .annotate(
            name_on=Subquery(names.values("name")[:1]), short_name_on=Subquery(names.values("short_name")[:1])
        )
        .order_by("kind__rank", "sort_key")
    )


def children_on(parent: Unit | None, day: date, *, among: Q | None = None) -> UnitQuerySet:
    """Units directly under ``parent`` (None: the tops) on ``day``; each says if it ``has_children``.

    ``among`` is the condition on units the reader may see; others are neither given nor counted.
    """
    seen = Unit.objects.filter(among or Q())
    rows = parents_in_force(day).filter(parent=parent)
    below = parents_in_force(day).filter(parent=OuterRef("pk"), unit__in=seen.values("pk"))
    return as_of(seen.filter(pk__in=rows.values("unit")), day).annotate(has_children=Exists(below))


def tops_on(day: date, *, among: Q) -> UnitQuerySet:
    """Units of ``among`` with none of them above on ``day``: where a reader's tree begins."""
    seen = Unit.objects.filter(among)
    below = parents_in_force(day).filter(parent=OuterRef("pk"), unit__in=seen.values("pk"))
    rows = parents_in_force(day).exclude(parent__in=seen.values("pk"))
    return as_of(seen.filter(pk__in=rows.values("unit")), day).annotate(has_children=Exists(below))


def named_on(day: date, query: str) -> UnitQuerySet:
    """Units whose name on ``day`` holds ``query``."""
    rows = names_in_force(day).filter(name_matches(query))
    return as_of(Unit.objects.filter(pk__in=rows.values("unit")), day)


def parent_id_on(unit_id: UUID, day: date) -> UUID | None:
    rows = UnitParent.objects.filter(unit_id=unit_id, valid_from__lte=day).order_by("-valid_from")
    return rows.values_list("parent_id", flat=True).first()


def ancestor_ids_on(unit_id: UUID, day: date) -> Iterator[UUID]:
    """Ids from the unit's parent up to its top on ``day``."""
    seen = {unit_id}
    above = parent_id_on(unit_id, day)
    while above and above not in seen:
        yield above
        seen.add(above)
        above = parent_id_on(above, day)


def ancestors_on(unit: Unit, day: date) -> list[Unit]:
    """Return the units above ``unit`` on ``day``, the top first, with that day's names."""
    if day == today():  # the path says it already
        above = [unit.path[: end + 1] for end, letter in enumerate(unit.path[:-1]) if letter == "/"]
        return list(as_of(Unit.objects.filter(path__in=above), day).order_by("depth"))
    ids = list(ancestor_ids_on(unit.pk, day))
    found = {above.pk: above for above in as_of(Unit.objects.filter(pk__in=ids), day)}
    return [found[pk] for pk in reversed(ids) if pk in found]


def tree_on(day: date, *, top: Unit | None = None) -> list[Node]:
    """Return the whole tree of ``day`` in the order it is printed; with ``top`` that unit and all below."""
    below: dict[UUID | None, list[Unit]] = {}
    by_id: dict[UUID, Unit] = {}
    parents = dict(parents_in_force(day).values_list("unit_id", "parent_id"))
    for unit in as_of(Unit.objects.all(), day):
        by_id[unit.pk] = unit
        below.setdefault(parents.get(unit.pk), []).append(unit)
    tops = [by_id[top.pk]] if top and top.pk in by_id else [] if top else below.get(None, [])
    return list(_walk(tops, below, parents, 0))


def _walk(
    units: Iterable[Unit],
    below: dict[UUID | None, list[Unit]],
    parents: Mapping[UUID, UUID | None],
    depth: int,
) -> Iterator[Node]:
    for unit in units:
        name, short_name = unit.name_on, unit.short_name_on  # type: ignore[attr-defined]  # as_of annotates both
        yield Node(unit.pk, name, short_name, parents.get(unit.pk), depth)
        yield from _walk(below.get(unit.pk, ()), below, parents, depth + 1)


def counts_along(units: Iterable[Unit], day: date) -> dict[UUID, int]:
    """Return how many units are below each of ``units`` on ``day``."""
    below: dict[UUID | None, list[UUID]] = {}
    for unit, parent in parents_in_force(day).values_list("unit_id", "parent_id"):
        below.setdefault(parent, []).append(unit)

    def count(pk: UUID) -> int:
        return sum(1 + count(child) for child in below.get(pk, ()))

    return {unit.pk: count(unit.pk) for unit in units}


def current_rows(on: date) -> UnitQuerySet:
    """Every unit, gone or to come too, with the name and parent its cached columns should show on ``on``.

    A unit that is yet to begin shows its first rows, one that has ended its last.
    """
    names = UnitName.objects.filter(unit=OuterRef("pk"))
    parents = UnitParent.objects.filter(unit=OuterRef("pk"))
    known = Q(valid_from__lte=on) | Q(valid_from=OuterRef("founded_on"))
    return Unit.objects.annotate(
        due_name=Subquery(names.filter(known).order_by("-valid_from").values("name")[:1]),
        due_short_name=Subquery(names.filter(known).order_by("-valid_from").values("short_name")[:1]),
        due_parent=Subquery(
            parents.filter(known).order_by("-valid_from").values("parent")[:1], output_field=UUIDField()
        ),
    ).order_by(F("founded_on"))

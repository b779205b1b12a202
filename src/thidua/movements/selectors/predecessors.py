"""What units that ended left in a movement to those that took over from them: own plans, and work still open."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from thidua.movements.models import Completion, Deadline, Duty, Movement, Participation
from thidua.movements.permissions import received, visible
from thidua.movements.selectors.items import not_over
from thidua.organisations.models import Unit, UnitSuccession
from thidua.organisations.permissions import User
from thidua.organisations.selectors.succession import Ending
from thidua.records.days import today


def plans_before(user: User, unit_id: UUID) -> Q:
    """Return the condition on parts whose units came to be ``unit_id`` and had issued a plan the user may open."""
    ended = UnitSuccession.objects.filter(
        successor=unit_id, event__on=F("predecessor__dissolved_on"), event__on__lte=today()
    )
    return Q(
        unit__in=ended.values("predecessor"),
        own__in=Movement.objects.filter(visible(user)),
        own__plan__issued_at__isnull=False,
    )


def issued_before() -> Exists:
    """Return as a column of parts whether a unit that became theirs had issued a plan for the same movement."""
    ended = UnitSuccession.objects.filter(
        successor=OuterRef(OuterRef("unit")), event__on=F("predecessor__dissolved_on")
    )
    return Exists(
        Participation.objects.filter(
            movement=OuterRef("movement"),
            is_visible=True,
            own__plan__issued_at__isnull=False,
            unit__in=ended.values("predecessor"),
        )
    )


def part_and_plans_before(
    movement: Movement, who: Q, user: User, unit_id: UUID
) -> tuple[Participation | None, list[Participation]]:
    """Return the unit's part, where ``who`` sees it, and those of its predecessors with a plan; one query."""
    parts = movement.participations.filter(
        Q(who, unit=unit_id) | plans_before(user, unit_id), is_visible=True
    )
    rows = list(parts.select_related("unit", "own__plan").order_by("unit__depth", "unit__sort_key"))
    part = next((row for row in rows if row.unit_id == unit_id), None)
    return part, [row for row in rows if row.unit_id != unit_id]


def within_reach(movement: Movement) -> QuerySet[Unit]:
    """Return the units the organiser may launch to: all below it, or the members of its cluster."""
    existing = Unit.objects.existing(today())
    if movement.cluster_id:
        return existing.filter(cluster_memberships__cluster=movement.cluster_id)
    return existing.within(movement.organiser).exclude(pk=movement.organiser_id)


def heirs_waiting(
    movement: Movement, ended: Mapping[UUID, Ending], taking_part: Collection[UUID]
) -> list[Unit]:
    """Return the heirs of the units ``ended`` to whom something is left to go over; two queries at most.

    ``taking_part``: units known to take part, all of them or some.
    """
    before: dict[Unit, list[UUID]] = {}
    for unit, ending in ended.items():
        for heir in ending.heirs:
            before.setdefault(heir, []).append(unit)
    joining = joining_among(movement, {heir.pk for heir in before}.difference(taking_part))
    staying = {heir: units for heir, units in before.items() if heir.pk not in joining}
    named = named_in_place(movement, staying)
    return [heir for heir in before if joining.get(heir.pk) or heir in named]


def joining_among(movement: Movement, units: Collection[UUID]) -> dict[UUID, bool]:
    """Return those of ``units`` that take no part, and whether they could; one query, none without units."""
    if not units:
        return {}
    takes_part = Exists(received(Q(unit=OuterRef("pk"))).filter(movement=movement))
    could = Exists(within_reach(movement).filter(pk=OuterRef("pk")))
    return dict(Unit.objects.filter(~takes_part, pk__in=units).values_list("pk", could))


def named_in_place(movement: Movement, before: Mapping[Unit, Collection[UUID]]) -> set[Unit]:
    """Return the heirs that take part already and to which open work of the units before them goes."""
    if not before:
        return set()
    concerned = {heir.pk for heir in before}.union(*before.values())
    names: dict[UUID, set[UUID]] = {}
    is_open: dict[UUID, set[UUID]] = {}
    for thing, unit, is_done in names_of(movement, concerned):
        names.setdefault(thing, set()).add(unit)
        if not is_done:
            is_open.setdefault(thing, set()).add(unit)
    return {
        heir
        for heir, units in before.items()
        if any(
            heir.pk not in names[thing] and open_for.intersection(units)
            for thing, open_for in is_open.items()
        )
    }


def names_of(movement: Movement, units: Collection[UUID]) -> QuerySet[Any, tuple[UUID, UUID, bool]]:
    """Return which deadlines and duties in force name which of ``units``, and whether it finished them."""
    living = Q(not_over(today()), movement=movement, for_all=False)

    def named(names: QuerySet[Any], thing: str, things: QuerySet[Any]) -> QuerySet[Any, Any]:
        whole = Completion.objects.filter(occurrence=None)  # what recurs stays open
        done = whole.filter(**{thing: OuterRef(f"{thing}_id")}, unit=OuterRef("unit_id"))
        found = names.filter(**{f"{thing}__in": things.values("pk")}, unit__in=units).order_by()
        return found.values_list(f"{thing}_id", "unit_id", Exists(done))

    deadlines = named(Deadline.for_units.through.objects.all(), "deadline", Deadline.objects.filter(living))
    duties = named(Duty.units.through.objects.all(), "duty", Duty.objects.filter(living))
    return deadlines.union(duties, all=True)

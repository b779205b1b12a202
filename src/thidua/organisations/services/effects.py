"""What a reorganisation changes, worked out once: the preview shows it, carrying out writes it."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from thidua.core.text.normal import one_line
from thidua.organisations.models import ClusterMember, Post, Unit, UnitEvent, UnitParent, UnitRole
from thidua.organisations.problems import Problem, shown
from thidua.organisations.selectors.trees import ancestor_ids_on, parent_id_on, parents_in_force, tree_on
from thidua.organisations.services.requests import Dissolve, Merge, Move, Rename, Request, Split, Target
from thidua.organisations.services.units import (
    NewUnit,
    is_name_taken,
    problems_before_creating,
    problems_of_parent,
)

Kind = UnitEvent.Kind


@dataclass(frozen=True, slots=True)
class NameChange:
    """A unit and its new name."""

    unit: Unit
    before: str
    name: str
    short_name: str
    short_before: str = ""


@dataclass(frozen=True, slots=True)
class ParentChange:
    """A unit and where it goes, with all below it."""

    unit: Unit
    parent: Target | None


@dataclass(frozen=True, slots=True)
class LaterPlace:
    """A place already written down for a later day, under a unit that will be gone; ``parent`` takes it."""

    row: UnitParent
    parent: Target


@dataclass(frozen=True, slots=True)
class PostChange:
    """A post and the unit where it goes on; None: it ends."""

    post: Post
    unit: Target | None


@dataclass(frozen=True, slots=True)
class MembershipChange:
    """A place in a cluster and the unit that takes it; None: it ends."""

    member: ClusterMember
    unit: Target | None


@dataclass(frozen=True, slots=True)
class RoleChange:
    """A role and the unit where it goes on; None: it ends."""

    role: UnitRole
    unit: Target | None


@dataclass(frozen=True, slots=True)
class Succession:
    """Which unit takes over from which; None: nobody does."""

    predecessor: Unit
    successor: Target | None


@dataclass(slots=True)
class Effects:
    """Everything one reorganisation changes on a day, and what stands in its way."""

    kind: UnitEvent.Kind
    on: date
    founded: list[NewUnit] = field(default_factory=list)
    ended: list[Unit] = field(default_factory=list)
    renamed: list[NameChange] = field(default_factory=list)
    moved: list[ParentChange] = field(default_factory=list)
    later: list[LaterPlace] = field(default_factory=list)
    posts: list[PostChange] = field(default_factory=list)
    memberships: list[MembershipChange] = field(default_factory=list)
    roles: list[RoleChange] = field(default_factory=list)
    successions: list[Succession] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def touched(self) -> list[Unit]:
        """Units that are there already and change, each once."""
        units = [
            *self.ended,
            *(change.unit for change in self.renamed),
            *(change.unit for change in self.moved),
        ]
        return list({unit.pk: unit for unit in units}.values())

    @property
    def people(self) -> int:
        return len({change.post.person_id for change in self.posts})

    def fingerprint(self) -> str:
        """Return a hash that changes when the preview would read differently."""
        lines = [str(self.on), self.kind.value, *(new.name for new in self.founded)]
        lines += [f"end {unit.pk} {unit.version}" for unit in self.ended]
        lines += [
            f"name {change.unit.pk} {change.unit.version} {change.name} {change.short_name}"
            for change in self.renamed
        ]
        lines += [f"move {change.unit.pk} {name_of(change.parent)}" for change in self.moved]
        lines += [
            f"post {change.post.pk} {change.post.version} {name_of(change.unit)}" for change in self.posts
        ]
        lines += [f"place {change.member.pk} {name_of(change.unit)}" for change in self.memberships]
        lines += [
            f"role {change.role.pk}" for change in self.roles
        ]  # which ones continue is chosen beside the preview
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def name_of(target: Target | None) -> str:
    return target.name if target else ""


def effects_of(request: Request, on: date) -> Effects:
    """Work out what ``request`` would change on ``on``; writes nothing."""
    match request:
        case Rename():
            return effects_of_renaming(request, on)
        case Move():
            return effects_of_moving(request, on)
        case Merge():
            return effects_of_merging(request, on)
        case Split():
            return effects_of_splitting(request, on)
        case Dissolve():
            return effects_of_dissolving(request, on)


def effects_of_renaming(request: Rename, on: date) -> Effects:
    unit, name = request.unit, one_line(request.name)
    effects = Effects(Kind.RENAME, on)
    before = unit.names.filter(valid_from__lte=on).order_by("-valid_from").first()
    short_before = before.short_name if before else ""
    short = short_before if request.short_name is None else one_line(request.short_name)
    if not name:
        effects.problems.append(Problem("name_missing"))
    elif before and (before.name, short_before) == (name, short):
        effects.problems.append(Problem("same_name", {"unit": unit.name}))
    else:
        effects.problems += problems_of_siblings(unit, name, on)
    effects.problems += problems_of_being(unit, on)
    if unit.names.filter(valid_from=on).exists():
        effects.problems.append(Problem("renamed_same_day", {"unit": unit.name, "day": shown(on)}))
    effects.renamed.append(NameChange(unit, before.name if before else "", name, short, short_before))
    return effects


def problems_of_siblings(unit: Unit, name: str, on: date) -> Iterator[Problem]:
    """Refuse a name that another unit beside it bears that day."""
    above = parent_id_on(unit.pk, on)
    parent = Unit.objects.get(pk=above) if above else None
    if parent and is_name_taken(name, parent, on, but=unit):
        yield Problem("name_taken", {"name": name})


def effects_of_moving(request: Move, on: date) -> Effects:
    effects = Effects(Kind.MOVE, on)
    effects.problems += problems_of_being(request.unit, on)
    if not effects.problems:
        effects.problems += problems_of_moving(request.unit, request.parent, on)
    effects.moved.append(ParentChange(request.unit, request.parent))
    return effects


def problems_of_moving(unit: Unit, parent: Unit | None, on: date) -> Iterator[Problem]:
    if parent_id_on(unit.pk, on) == (parent.pk if parent else None):
        yield Problem("same_parent", {"unit": unit.name, "parent": parent.name if parent else "—"})
    elif unit.parents.filter(valid_from=on).exists():
        yield Problem("same_day", {"unit": unit.name, "day": shown(on)})
    if parent:
        yield from problems_of_parent(parent, on)
        yield from problems_of_cycle(unit, parent, on)


def problems_of_cycle(unit: Unit, parent: Unit, on: date) -> Iterator[Problem]:
    """Refuse a parent that is, then or on a later day already written down, below the unit itself."""
    own_next = unit.parents.filter(valid_from__gt=on).order_by("valid_from").first()
    changes = UnitParent.objects.filter(valid_from__gt=on, unit__root__in=[unit.root_id, parent.root_id])
    if own_next:
        changes = changes.filter(valid_from__lt=own_next.valid_from)
    for day in (on, *changes.order_by("valid_from").values_list("valid_from", flat=True).distinct()):
        if unit.pk == parent.pk or unit.pk in ancestor_ids_on(parent.pk, day):
            yield Problem("cycle", {"unit": unit.name, "parent": parent.name, "day": shown(day)})
            return


def effects_of_merging(request: Merge, on: date) -> Effects:
    effects = Effects(Kind.MERGE, on)
    target = request.successor
    ending = [unit for unit in request.predecessors if unit != target]
    effects.problems += problems_of_merging(request, ending, on)
    if isinstance(target, NewUnit):
        effects.founded.append(target)
        effects.problems += problems_of_founding(target, ending, on)
    else:
        effects.problems += problems_of_being(target, on)
    for unit in ending:
        hand_over(effects, unit, target, continuing=request.continuing_roles)
    return effects


def problems_of_merging(request: Merge, ending: list[Unit], on: date) -> Iterator[Problem]:
    fewest = 2 if isinstance(request.successor, NewUnit) else 1
    if len(ending) < fewest:
        yield Problem("too_few_units")
    for unit in ending:
        yield from problems_of_ending(unit, on)
    everyone = [*ending, *([request.successor] if isinstance(request.successor, Unit) else [])]
    for outer in ending:
        for inner in everyone:
            if inner != outer and outer.pk in ancestor_ids_on(inner.pk, on):
                yield Problem("nested_units", {"inner": inner.name, "outer": outer.name})


def problems_of_founding(new: NewUnit, ending: Iterable[Unit], on: date) -> Iterator[Problem]:
    """Check a unit that takes over; it may bear the name of one that ends that day."""
    names = {unit.name.lower() for unit in ending}
    for problem in problems_before_creating(new, on):
        if problem.code != "name_taken" or one_line(new.name).lower() not in names:
            yield problem


def problems_of_twins(founded: Iterable[NewUnit]) -> Iterator[Problem]:
    """Refuse new units of one name under one parent: every list would show the same line twice."""
    seen = set()
    for new in founded:
        key = (new.parent, one_line(new.name).lower())
        if key in seen and key[1]:
            yield Problem("name_twice", {"name": one_line(new.name)})
        seen.add(key)


def effects_of_splitting(request: Split, on: date) -> Effects:
    unit = request.unit
    effects = Effects(Kind.SPLIT, on)
    least = 1 if request.stays else 2
    if len(request.parts) < least:
        effects.problems.append(Problem("too_few_parts", {"least": least}))
    effects.problems += problems_of_being(unit, on) if request.stays else problems_of_ending(unit, on)
    for part in request.parts:
        if isinstance(part, NewUnit):
            effects.founded.append(part)
            effects.problems += problems_of_founding(part, [] if request.stays else [unit], on)
        else:
            effects.problems += problems_of_being(part, on)
    effects.problems += problems_of_twins(effects.founded)
    if effects.problems and not request.parts:
        return effects
    if request.stays:
        give_off(effects, request)
    else:
        part_whole(effects, request)
    return effects


def give_off(effects: Effects, request: Split) -> None:
    """Let the unit go on; only those named go to a part."""
    for child in children_from(request.unit, effects.on):
        if child.pk in request.subunits:
            move_child(effects, child, request.subunits[child.pk])
    for post in posts_from(request.unit, effects.on):
        if post.person_id in request.people:
            effects.posts.append(PostChange(post, request.people[post.person_id]))
    effects.successions += [Succession(request.unit, part) for part in request.parts]


def part_whole(effects: Effects, request: Split) -> None:
    """Let the unit end; whoever is not named goes to the first part."""
    first = request.parts[0]
    effects.ended.append(request.unit)
    for child in children_from(request.unit, effects.on):
        move_child(effects, child, request.subunits.get(child.pk, first))
    for row in later_places(request.unit, effects.on):
        effects.later.append(LaterPlace(row, request.subunits.get(row.unit_id, first)))
    for post in posts_from(request.unit, effects.on):
        effects.posts.append(PostChange(post, request.people.get(post.person_id, first)))
    end_places(effects, request.unit, first, frozenset())
    effects.successions += [Succession(request.unit, part) for part in request.parts]


def effects_of_dissolving(request: Dissolve, on: date) -> Effects:
    unit = request.unit
    effects = Effects(Kind.DISSOLVE, on)
    effects.problems += problems_of_ending(unit, on)
    if request.heir:
        effects.problems += problems_of_being(request.heir, on)
    below = [node.id for node in tree_on(on, top=unit)][1:]
    children = list(Unit.objects.filter(pk__in=below).order_by("path"))
    coming = [row.unit for row in later_places(unit, on)]
    if coming or (children and not request.with_subunits):
        children += coming
        names = ", ".join(child.name for child in children[:5])
        facts = {"unit": unit.name, "count": len(children), "names": names}
        effects.problems.append(Problem("has_subunits", facts))
    for ending in [unit, *(children if request.with_subunits else [])]:
        effects.ended.append(ending)
        effects.posts += [PostChange(post, request.heir) for post in posts_from(ending, on)]
        end_places(effects, ending, None, frozenset())
        effects.successions.append(Succession(ending, request.heir))
    return effects


def hand_over(effects: Effects, unit: Unit, target: Target, *, continuing: frozenset[object]) -> None:
    """Let ``unit`` end and ``target`` take over all it has."""
    effects.ended.append(unit)
    for child in children_from(unit, effects.on):
        if child != target:
            move_child(effects, child, target)
    for row in later_places(unit, effects.on):
        if row.unit != target:
            effects.later.append(LaterPlace(row, target))
    effects.posts += [PostChange(post, target) for post in posts_from(unit, effects.on)]
    end_places(effects, unit, target, continuing)
    effects.successions.append(Succession(unit, target))


def end_places(effects: Effects, unit: Unit, target: Target | None, continuing: frozenset[object]) -> None:
    """End the unit's places in clusters, which ``target`` takes, and roles but the continuing ones."""
    day = effects.on
    members = unit.cluster_memberships.filter(still(day), cluster__year__gte=day.year).select_related(
        "cluster"
    )
    effects.memberships += [MembershipChange(member, target) for member in members]
    for role in unit.roles.filter(still(day)).select_related("person"):
        effects.roles.append(RoleChange(role, target if role.pk in continuing else None))


def move_child(effects: Effects, child: Unit, target: Target) -> None:
    effects.moved.append(ParentChange(child, target))


def children_from(unit: Unit, on: date) -> list[Unit]:
    return list(
        Unit.objects.filter(pk__in=parents_in_force(on).filter(parent=unit).values("unit"))
        .select_related("parent")
        .order_by("sort_key")
    )


def later_places(unit: Unit, on: date) -> list[UnitParent]:
    """Return the places under ``unit`` that others will take on days after ``on``, as written down so far."""
    return list(unit.dated_children.filter(valid_from__gt=on).select_related("unit"))


def posts_from(unit: Unit, on: date) -> list[Post]:
    """Return the posts in ``unit`` held on ``on`` or later, in the order of lists."""
    posts = unit.posts.filter(still(on)).select_related("person", "unit")
    return list(posts.order_by("person__sort_key", "valid_from"))


def still(day: date) -> Q:
    """Dated rows that hold on ``day`` or later."""
    return Q(valid_until__isnull=True) | Q(valid_until__gt=day)


def problems_of_being(unit: Unit, on: date) -> Iterator[Problem]:
    if on < unit.founded_on:
        facts = {"unit": unit.name, "day": shown(on), "first": shown(unit.founded_on)}
        yield Problem("before_founding", facts)
    if unit.dissolved_on and unit.dissolved_on <= on:
        yield Problem("after_end", {"unit": unit.name, "day": shown(unit.dissolved_on)})


def problems_of_ending(unit: Unit, on: date) -> Iterator[Problem]:
    yield from problems_of_being(unit, on)
    if unit.dissolved_on and on < unit.dissolved_on:
        yield Problem("after_end", {"unit": unit.name, "day": shown(unit.dissolved_on)})
    elif on == unit.founded_on:
        facts = {"unit": unit.name, "day": shown(on), "first": shown(unit.founded_on)}
        yield Problem("before_founding", facts)
    if parent_id_on(unit.pk, on) is None:
        yield Problem("top_cannot_end", {"unit": unit.name})

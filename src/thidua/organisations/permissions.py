"""Who may do what with units, people and clusters.

No scope, no access: every question is answered from the rows that give a role on that day,
and an account without such a row sees nothing. Access goes by today's tree; officers of a
successor unit also see what its predecessors left.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet, TextField, UUIDField, Value
from django.http import Http404
from django.utils.translation import gettext

from thidua.accounts.models import Account, InstallationRole
from thidua.organisations.models import ClusterMember, ClusterRole, Person, Unit, UnitRole, UnitSuccession
from thidua.organisations.rights import ACTION_NAMES, ACTIONS, AUDITOR, GIVES, SENSITIVE, TO_LOOK
from thidua.records.days import today
from thidua.records.prepared import Prepared
from thidua.ui.errors import PermissionNeeded

User = Account | AnonymousUser
UNIT, CLUSTER, INSTALLATION, SELF, HOME = "unit", "cluster", "installation", "self", "home"
GRANTERS = 4


@dataclass(frozen=True, slots=True)
class Grant:
    """One role on one subtree of today's tree."""

    role: str
    unit_id: UUID
    path: str
    inherited: bool = False  # through a predecessor: to look, not to act

    @property
    def is_top(self) -> bool:
        return self.path.count("/") == 1


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything an account may enter on a day."""

    on: date
    account_id: UUID | None = None
    person_id: UUID | None = None
    person_unit_id: UUID | None = None
    person_unit_path: str = ""
    is_administrator: bool = False
    is_auditor: bool = False
    grants: tuple[Grant, ...] = ()
    cluster_ids: frozenset[UUID] = field(default_factory=frozenset)

    @property
    def is_empty(self) -> bool:
        return not (self.is_administrator or self.is_auditor or self.grants or self.person_id)

    @property
    def is_granted_own_unit(self) -> bool:
        """Say whether a grant lets the person look at the unit it works in, colleagues and own record with it.

        Then neither need be asked of the database beside the grant: each further "or" keeps it from its index.
        """
        return any(grant.unit_id == self.person_unit_id for grant in self.granting("view"))

    def allows(self, action: str, unit: Unit) -> bool:
        """Say whether some grant allows ``action`` on ``unit``."""
        return self.allows_at(action, unit.path)

    def allows_at(self, action: str, path: str) -> bool:
        """Say the same for a unit of which only the path was read."""
        return self._everywhere(action) or any(path.startswith(g.path) for g in self.granting(action))

    def allows_giving(self, role: str, unit: Unit) -> bool:
        """Say whether some grant allows giving ``role`` on ``unit``."""
        if self.is_administrator:
            return True
        for grant in self.grants:
            if grant.inherited or grant.role not in GIVES or not unit.path.startswith(grant.path):
                continue
            gives = GIVES[grant.role]
            if role in (gives.here if unit.path == grant.path else gives.below):
                return True
        return False

    def allows_somewhere(self, action: str) -> bool:
        if self._everywhere(action):
            return True
        return next(iter(self.granting(action)), None) is not None

    def units(self, action: str = "view", *, prefix: str = "") -> Q:
        """Return the condition for ``action`` on a unit reached by ``prefix``, as in ``"unit__"``."""
        if self._everywhere(action):
            return Q()
        condition = Q(pk__in=[])
        for grant in self.granting(action):
            condition |= Q(**{f"{prefix}path__gte": grant.path, f"{prefix}path__lt": f"{grant.path}~"})
        return condition

    def people(self, action: str) -> Q:
        """Return the condition on the person for ``action``, by the unit that keeps the record."""
        if self._everywhere(action):
            return Q()
        grants = list(self.granting(action))
        # A whole root is one value of an index that is already in the order of lists.
        tops = [grant.unit_id for grant in grants if grant.is_top]
        below = Q(pk__in=[])
        for grant in grants:
            if not grant.is_top:
                below |= Q(path__gte=grant.path, path__lt=f"{grant.path}~")
        condition = Q(root_id__in=tops) if tops else Q(pk__in=[])
        if len(tops) == len(grants):
            return condition
        return condition | Q(record_unit__in=Unit.objects.filter(below).values("pk"))

    def _everywhere(self, action: str) -> bool:
        """Say whether the installation's own roles allow ``action`` on every unit; sensitive facts never."""
        if action in SENSITIVE:
            return False
        return self.is_administrator or (self.is_auditor and action in ACTIONS[AUDITOR])

    def granting(self, action: str) -> Iterable[Grant]:
        return (
            grant
            for grant in self.grants
            if action in ACTIONS[grant.role] and (action in TO_LOOK or not grant.inherited)
        )


def scope_of(user: User, on: date | None = None) -> Scope:
    """Read the roles of ``user`` on the day; kept on the account for the rest of the request."""
    on = on or today()
    if not isinstance(user, Account) or not user.opens_on(today()):
        return Scope(on)
    known: dict[date, Scope] = user.__dict__.setdefault("_scopes", {})
    if on not in known:
        known[on] = read_scope(user, on)
    return known[on]


def read_scope(account: Account, on: date) -> Scope:
    installed, grants, clusters = set[str](), list[Grant](), set[UUID]()
    person: UUID | None = None
    home: tuple[UUID | None, str] = (None, "")
    for source, role, place_id, path in roles_held(account=account.pk, on=on):
        if source == UNIT:
            grants.append(Grant(role, place_id, path))
        elif source == CLUSTER:
            clusters.add(place_id)
        elif source == SELF:
            person = place_id
        elif source == HOME:
            home = place_id, path
        else:
            installed.add(role)
    held = tuple(grants)
    return Scope(
        on=on,
        account_id=account.pk,
        person_id=person,
        person_unit_id=home[0],
        person_unit_path=home[1],
        is_administrator=InstallationRole.Role.ADMINISTRATOR in installed,
        is_auditor=InstallationRole.Role.AUDITOR in installed,
        grants=held + tuple(inherited_grants(held, on)),
        cluster_ids=frozenset(clusters),
    )


@Prepared
def roles_held(*, account: UUID, on: date) -> QuerySet[Any, tuple[str, str, Any, str]]:
    """Return all roles held on the day, the person and the unit worked in: where from, role, id and path.

    One query, because every page begins with it.
    """
    nowhere, no_path = Value(None, output_field=UUIDField()), Value("", output_field=TextField())
    units = UnitRole.objects.on(on).filter(person__account_id=account)
    clusters = ClusterRole.objects.on(on).filter(person__account_id=account)
    installed = InstallationRole.objects.on(on).filter(account_id=account)
    myself = Person.objects.filter(account_id=account)
    return units.values_list(Value(UNIT), "role", "unit_id", "unit__path").union(
        installed.values_list(Value(INSTALLATION), "role", nowhere, no_path),
        clusters.values_list(Value(CLUSTER), Value(""), "cluster_id", no_path),
        myself.values_list(Value(SELF), Value(""), "pk", no_path),
        myself.filter(unit__isnull=False).values_list(Value(HOME), Value(""), "unit_id", "unit__path"),
        all=True,
    )


def inherited_grants(grants: tuple[Grant, ...], on: date) -> Iterable[Grant]:
    """Grants to look at what predecessors of the granted units left."""
    if not grants:
        return
    paths = tuple(sorted({grant.path for grant in grants}))
    rows = predecessors_within(paths=paths, ends=tuple(f"{path}~" for path in paths), on=on)
    found = {
        Grant(grant.role, unit_id, path, inherited=True)
        for successor_path, unit_id, path in rows
        for grant in grants
        if successor_path.startswith(grant.path)
    }
    yield from beyond(grants, found)


@Prepared
def predecessors_within(
    *, paths: tuple[str, ...], ends: tuple[str, ...], on: date
) -> QuerySet[Any, tuple[str, UUID, str]]:
    """Return who was taken over by units at or below ``paths``: the successor's path, the predecessor's id and path."""
    within = Q(pk__in=[])
    for start, end in zip(paths, ends, strict=True):
        within |= Q(successor__path__gte=start, successor__path__lt=end)
    rows = UnitSuccession.objects.filter(within, event__on__lte=on).exclude(predecessor__dissolved_on=None)
    return rows.values_list("successor__path", "predecessor_id", "predecessor__path")


def beyond(grants: tuple[Grant, ...], found: Iterable[Grant]) -> Iterable[Grant]:
    """Keep of ``found`` what ``grants`` of the same role do not cover: most predecessors lie in the same tree.

    Each grant kept is one more condition in every query of every page.
    """
    kept = list(grants)
    for grant in sorted(found, key=lambda one: (len(one.path), one.path)):
        if not any(one.role == grant.role and grant.path.startswith(one.path) for one in kept):
            kept.append(grant)
            yield grant


def visible_units(user: User, on: date | None = None) -> Q:
    """Units the user may open: the granted ones; a member of staff sees the own unit."""
    scope = scope_of(user, on)
    own = Q(pk=scope.person_unit_id) if scope.person_unit_id else Q(pk__in=[])
    return scope.units("view") | own if scope.units("view") else Q()


def may_open_unit(user: User, unit: Unit) -> bool:
    """Say of one unit what ``visible_units`` asks of many."""
    scope = scope_of(user)
    return scope.allows("view", unit) or unit.pk == scope.person_unit_id


def visible_people(user: User, on: date | None = None) -> Q:
    """People whose record the user may open: those of the granted units, and oneself."""
    scope = scope_of(user, on)
    condition = scope.people("view")
    if not condition or scope.is_granted_own_unit:
        return condition
    return condition | (Q(pk=scope.person_id) if scope.person_id else Q(pk__in=[]))


def nameable_people(user: User, on: date | None = None) -> Q:
    """People whose name and post the user may read in a list: those above, and colleagues of the own unit."""
    scope = scope_of(user, on)
    known = visible_people(user, on)
    if scope.is_granted_own_unit:
        return known
    colleagues = Q(unit_id=scope.person_unit_id) if scope.person_unit_id else Q(pk__in=[])
    return known | colleagues if known else Q()


def visible_clusters(user: User, on: date | None = None) -> Q:
    """Clusters the user may open: those of or with a granted unit, the own unit's, those of an own role."""
    scope = scope_of(user, on)
    if not scope.units("view"):
        return Q()
    condition = scope.units("view", prefix="authority__") | Q(pk__in=scope.cluster_ids)
    places = ClusterMember.objects.filter(
        scope.units("view", prefix="unit__") | Q(unit_id=scope.person_unit_id)
    )
    return condition | Q(pk__in=places.values("cluster"))


def may(user: User, action: str, unit: Unit, on: date | None = None) -> bool:
    """Say whether ``user`` may do ``action`` (see ACTIONS) on ``unit``."""
    return scope_of(user, on).allows(action, unit)


def may_give(user: User, role: str, unit: Unit, on: date | None = None) -> bool:
    """Say whether ``user`` may give ``role`` on ``unit``: only what GIVES lets the own roles pass on."""
    return scope_of(user, on).allows_giving(role, unit)


def givable_roles(user: User, unit: Unit) -> list[str]:
    return [role for role in UnitRole.Role.values if may_give(user, role, unit)]


def may_end(user: User, row: UnitRole) -> bool:
    """Say whether ``user`` may end the role: who may give it, the holder, and whom a stand-in stands in for."""
    own = scope_of(user).person_id
    holders = {row.person_id, row.stand_in_for.person_id if row.stand_in_for else None}
    return may_give(user, row.role, row.unit) or (own is not None and own in holders)


def may_name_stand_in(user: User, row: UnitRole) -> bool:
    return row.stand_in_for_id is None and may_end(user, row)


def may_open_person(user: User, person: Person) -> bool:
    scope = scope_of(user)
    return scope.person_id == person.pk or bool(
        person.record_unit and scope.allows("view", person.record_unit)
    )


def may_see_contacts(user: User, person: Person) -> bool:
    """Say whether e-mail and telephone show: to those who work with the person, and to the person."""
    return may_see_birth_date(user, person) or bool(
        person.record_unit and scope_of(user).allows("remind", person.record_unit)
    )


def may_see_birth_date(user: User, person: Person) -> bool:
    """Say whether the day of birth and the staff code show: to who keeps the record, and to the person."""
    scope = scope_of(user)
    return scope.person_id == person.pk or bool(
        person.record_unit and scope.allows("edit_people", person.record_unit)
    )


def may_see_sensitive(user: User, person: Person) -> bool:
    """Say whether discipline and health show: to who holds the right on the unit, and to the person."""
    return scope_of(user).person_id == person.pk or may_on_record(user, "view_sensitive", person)


def may_on_record(user: User, action: str, person: Person) -> bool:
    """Say whether ``user`` may do ``action`` at the unit that keeps the person's record."""
    return bool(person.record_unit and scope_of(user).allows(action, person.record_unit))


def require(user: User, action: str, unit: Unit) -> None:
    """Let pass who may do ``action`` on ``unit``.

    Raises Http404 when the unit may not even be seen, else PermissionNeeded naming who can grant it.
    """
    if may(user, action, unit):
        return
    if not Unit.objects.filter(visible_units(user), pk=unit.pk).exists():
        raise Http404
    raise not_allowed(action, unit)


def may_reorganise(user: User, unit: Unit) -> bool:
    """Say whether ``user`` may rename, move, merge, split or end the unit: a matter of the unit above."""
    return may(user, "edit_units", unit.parent or unit)


def require_reorganising(user: User, unit: Unit) -> None:
    """Let pass who may reorganise ``unit``. Raises Http404, PermissionNeeded."""
    if not may_reorganise(user, unit):
        require(user, "view", unit)
        raise not_allowed("edit_units", unit.parent or unit)


def require_administrator(user: User) -> None:
    if not scope_of(user).is_administrator:
        raise PermissionNeeded(gettext("Việc này dành cho người quản trị hệ thống."))


def not_allowed(action: str, unit: Unit) -> PermissionNeeded:
    name = gettext(ACTION_NAMES[action])
    facts = {"action": name[:1].lower() + name[1:], "unit": unit.name}
    reason = gettext("Bạn chưa được phép %(action)s tại %(unit)s.") % facts
    return PermissionNeeded(reason, granted_by=granters(unit))


def granters(unit: Unit) -> list[str]:
    """Return the people who may give roles on ``unit``, the nearest first, as a refused page names them."""
    above = [unit.path[: end + 1] for end, letter in enumerate(unit.path) if letter == "/"]
    rows = (
        UnitRole.objects.on(today())
        .filter(role__in=GIVES, unit__path__in=above)
        .select_related("person", "unit")
        .order_by("-unit__depth", "person__sort_key")[:GRANTERS]
    )
    return [f"{row.person.full_name} ({row.unit.name})" for row in rows]

"""Who may do what with units, people and clusters.

No scope, no access: every question is answered from the rows that give a role on that day,
and an account without such a row sees nothing. Access goes by today's tree; officers of a
successor unit also see what its predecessors left.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from thidua.accounts.models import Account, InstallationRole
from thidua.organisations.models import ClusterRole, Unit, UnitRole, UnitSuccession
from thidua.records.days import today

User = Account | AnonymousUser
OFFICER, HEAD = UnitRole.Role.OFFICER, UnitRole.Role.HEAD
STAFF_ADMIN, AUDITOR = UnitRole.Role.STAFF_ADMIN, UnitRole.Role.AUDITOR
READERS = frozenset({OFFICER, HEAD, STAFF_ADMIN, AUDITOR})

# What each role may do on its unit and all below it. The page that gives a role shows this table.
ACTIONS: dict[str, frozenset[str]] = {
    OFFICER: frozenset({"view", "edit_plan", "launch", "remind", "report_done", "export", "edit_people"}),
    HEAD: frozenset({"view", "edit_plan", "launch", "issue", "remind", "report_done", "export", "give_role"}),
    STAFF_ADMIN: frozenset({"view", "export", "edit_units", "edit_people", "give_role", "import"}),
    AUDITOR: frozenset({"view", "export"}),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """One role on one subtree of today's tree."""

    role: str
    unit_id: UUID
    path: str
    inherited: bool = False  # through a predecessor: to look, not to act


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything an account may enter on a day."""

    on: date
    account_id: UUID | None = None
    person_id: UUID | None = None
    person_unit_id: UUID | None = None
    is_administrator: bool = False
    is_auditor: bool = False
    grants: tuple[Grant, ...] = ()
    cluster_ids: frozenset[UUID] = field(default_factory=frozenset)

    @property
    def is_empty(self) -> bool:
        return not (self.is_administrator or self.is_auditor or self.grants or self.person_id)

    def allows(self, action: str, unit: Unit) -> bool:
        """Say whether some grant allows ``action`` on ``unit``."""
        if self.is_administrator or (self.is_auditor and action in ACTIONS[AUDITOR]):
            return True
        return any(unit.path.startswith(grant.path) for grant in self._granting(action))

    def allows_somewhere(self, action: str) -> bool:
        if self.is_administrator or (self.is_auditor and action in ACTIONS[AUDITOR]):
            return True
        return next(iter(self._granting(action)), None) is not None

    def units(self, action: str = "view", *, prefix: str = "") -> Q:
        """Return the condition for ``action`` on a unit reached by ``prefix``, as in ``"unit__"``."""
        if self.is_administrator or (self.is_auditor and action in ACTIONS[AUDITOR]):
            return Q()
        condition = Q(pk__in=[])
        for grant in self._granting(action):
            condition |= Q(**{f"{prefix}path__gte": grant.path, f"{prefix}path__lt": f"{grant.path}~"})
        return condition

    def _granting(self, action: str) -> Iterable[Grant]:
        return (
            grant
            for grant in self.grants
            if action in ACTIONS[grant.role] and (action in ACTIONS[AUDITOR] or not grant.inherited)
        )


def scope_of(user: User, on: date | None = None) -> Scope:
    """Read the roles of ``user`` on the day; kept on the account for the rest of the request."""
    on = on or today()
    if not isinstance(user, Account) or not user.is_active:
        return Scope(on)
    known: dict[date, Scope] = user.__dict__.setdefault("_scopes", {})
    if on not in known:
        known[on] = read_scope(user, on)
    return known[on]


def read_scope(account: Account, on: date) -> Scope:
    person = getattr(account, "person", None)
    held = set(InstallationRole.objects.on(on).filter(account=account).values_list("role", flat=True))
    grants = tuple(unit_grants(person.pk, on)) if person else ()
    clusters = (
        ClusterRole.objects.on(on).filter(person=person).values_list("cluster_id", flat=True)
        if person
        else ()
    )
    return Scope(
        on=on,
        account_id=account.pk,
        person_id=person.pk if person else None,
        person_unit_id=person.unit_id if person else None,
        is_administrator=InstallationRole.Role.ADMINISTRATOR in held,
        is_auditor=InstallationRole.Role.AUDITOR in held,
        grants=grants + tuple(inherited_grants(grants, on)),
        cluster_ids=frozenset(clusters),
    )


def unit_grants(person_id: UUID, on: date) -> Iterable[Grant]:
    rows = UnitRole.objects.on(on).filter(person_id=person_id).values_list("role", "unit_id", "unit__path")
    return (Grant(role, unit_id, path) for role, unit_id, path in rows)


def inherited_grants(grants: tuple[Grant, ...], on: date) -> Iterable[Grant]:
    """Grants to look at what predecessors of the granted units left."""
    if not grants:
        return
    within = Q(pk__in=[])
    for grant in grants:
        within |= Q(successor__path__gte=grant.path, successor__path__lt=f"{grant.path}~")
    rows = (
        UnitSuccession.objects.filter(within, event__on__lte=on)
        .exclude(predecessor__dissolved_on=None)
        .values_list("successor__path", "predecessor_id", "predecessor__path")
    )
    for successor_path, unit_id, path in rows:
        for grant in grants:
            if successor_path.startswith(grant.path):
                yield Grant(grant.role, unit_id, path, inherited=True)


def visible_units(user: User, on: date | None = None) -> Q:
    """Units the user may open: the granted ones; a member of staff sees the own unit."""
    scope = scope_of(user, on)
    own = Q(pk=scope.person_unit_id) if scope.person_unit_id else Q(pk__in=[])
    return scope.units("view") | own if scope.units("view") else Q()


def visible_people(user: User, on: date | None = None) -> Q:
    """People the user may open: those of the granted units, and oneself."""
    scope = scope_of(user, on)
    condition = scope.units("view", prefix="unit__")
    own = Q(pk=scope.person_id) if scope.person_id else Q(pk__in=[])
    return condition | own if condition else Q()


def may(user: User, action: str, unit: Unit, on: date | None = None) -> bool:
    """Say whether ``user`` may do ``action`` (see ACTIONS) on ``unit``."""
    return scope_of(user, on).allows(action, unit)

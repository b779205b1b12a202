"""Who looks after an account, and who joins two records: only who could give all that comes with them.

A reset hands the account over, and a joined record takes over roles; so whoever may do either must be able
to give every role, seat and right the person holds.
"""

from collections.abc import Callable

from thidua.accounts.models import InstallationRole
from thidua.organisations.models import ClusterRole, Person, UnitRole
from thidua.organisations.permissions import Scope, User, scope_of

MayGiveAll = Callable[[Scope, Person], bool]
_further: list[MayGiveAll] = []


def register_rights(may_give_all: MayGiveAll) -> None:
    """Let a subject above say whether a scope covers the rights of its own that a person holds."""
    _further.append(may_give_all)


def may_manage_account(user: User, person: Person) -> bool:
    """Say whether ``user`` may invite, reset and close the person's account."""
    scope = scope_of(user)
    if scope.is_administrator:
        return True
    unit = person.record_unit
    if unit is None or scope.person_id == person.pk:
        return False
    if not (scope.allows("edit_people", unit) or scope.allows("give_role", unit)):
        return False
    rights = (covers_installation, covers_unit_roles, covers_cluster_roles, *_further)
    return all(covers(scope, person) for covers in rights)


def covers_installation(scope: Scope, person: Person) -> bool:
    """Roles of the installation are the administrators' alone to give."""
    rows = InstallationRole.objects.filter(account=person.account_id).exclude(valid_until__lte=scope.on)
    return not (person.account_id and rows.exists())


def covers_unit_roles(scope: Scope, person: Person) -> bool:
    rows = UnitRole.objects.filter(person=person).exclude(valid_until__lte=scope.on).select_related("unit")
    return all(scope.allows_giving(row.role, row.unit) for row in rows)


def covers_cluster_roles(scope: Scope, person: Person) -> bool:
    rows = ClusterRole.objects.filter(person=person).exclude(valid_until__lte=scope.on)
    return all(
        scope.allows("edit_units", row.cluster.authority) for row in rows.select_related("cluster__authority")
    )


def may_merge(user: User, kept: Person, dropped: Person) -> bool:
    """Say whether ``user`` may join the two records into one; nobody joins a record with the own one."""
    return kept.pk != dropped.pk and may_manage_account(user, kept) and may_manage_account(user, dropped)

"""Who may put an authority's own rules in force, and who may say that a text was read again.

An authority's rules bind its whole tree, so only a role at the top of the tree gives the right.
"""

from thidua.organisations.models import Unit
from thidua.organisations.permissions import User, may, not_allowed, scope_of

KEEP = "keep_rules"


def may_keep_rules(user: User, root: Unit) -> bool:
    return may(user, KEEP, root)


def keeps_rules_somewhere(user: User) -> bool:
    """Say whether the user keeps the rules of some authority: who may also note a re-reading of the law."""
    scope = scope_of(user)
    return scope.is_administrator or any(grant.is_top for grant in scope.granting(KEEP))


def require_keeping(user: User, root: Unit) -> None:
    """Let pass who keeps the rules of ``root``. Raises PermissionNeeded."""
    if not may_keep_rules(user, root):
        raise not_allowed(KEEP, root)

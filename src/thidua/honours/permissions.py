"""Who reads and who writes the register.

An honour is read where its subject belongs today (a person's chain follows the person, a predecessor's
collectives are read by the successor) and where the subject belonged on the day of the decision: that unit's
register stays whole. Staff read their own honours and those of the unit they work in.
"""

from django.db.models import Q

from thidua.honours.models import Honour
from thidua.organisations.models import Person, Unit
from thidua.organisations.permissions import Scope, User, may_see_sensitive, scope_of

WRITE = "register_honours"


def visible(user: User) -> Q:
    """Return the condition on honours the user may read."""
    scope = scope_of(user)
    if not scope.people("view"):
        return Q()
    condition = at_place(scope) | of_people(scope)
    if scope.person_id:
        condition |= Q(person=scope.person_id)
    if scope.person_unit_id:
        condition |= Q(unit=scope.person_unit_id)
    return condition


def of_people(scope: Scope) -> Q:
    """Return the condition by where the person belongs today.

    Whoever reads whole trees walks the register in its order and looks at each person met; naming all people of a
    tree first would take longer than the page.
    """
    grants = list(scope.granting("view"))
    if all(grant.is_top for grant in grants):
        return Q(person__root__in=[grant.unit_id for grant in grants])
    return Q(person__in=Person.objects.filter(scope.people("view")).values("pk"))


def at_place(scope: Scope) -> Q:
    """Return the condition by the unit of that day; a whole tree is one value of an index."""
    grants = list(scope.granting("view"))
    condition = Q(root__in=[grant.unit_id for grant in grants if grant.is_top])
    below = [grant for grant in grants if not grant.is_top]
    if below:
        paths = Q(pk__in=[])
        for grant in below:
            paths |= Q(path__gte=grant.path, path__lt=f"{grant.path}~")
        condition |= Q(place__in=Unit.objects.filter(paths).values("pk"))
    return condition


def may_write_for_person(user: User, person: Person) -> bool:
    return bool(person.record_unit and scope_of(user).allows(WRITE, person.record_unit))


def may_change(user: User, honour: Honour) -> bool:
    """Say whether the user may correct, revoke and restore: who writes where the subject is or was."""
    if scope_of(user).allows(WRITE, honour.place):
        return True
    return bool(honour.person and may_write_for_person(user, honour.person))


def may_read_reasons(user: User, honour: Honour) -> bool:
    """Say whether the reason of a revocation shows: it may speak of discipline."""
    if may_change(user, honour):
        return True
    if honour.person:
        return may_see_sensitive(user, honour.person)
    return scope_of(user).allows("view_sensitive", honour.place)

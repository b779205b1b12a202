"""Carry out a reorganisation exactly as its preview said, in one transaction."""

from collections.abc import Iterator
from datetime import date

from django.db import transaction

from thidua.accounts.models import Account
from thidua.audit.services import record
from thidua.organisations.models import (
    ClusterMember,
    Post,
    Unit,
    UnitEvent,
    UnitParent,
    UnitRole,
    UnitSuccession,
)
from thidua.organisations.problems import Problem, UnitChangeRefusedError, shown
from thidua.organisations.services.caches import refresh_people, refresh_tree
from thidua.organisations.services.effects import (
    Effects,
    MembershipChange,
    PostChange,
    RoleChange,
    effects_of,
)
from thidua.organisations.services.requests import Request, Target
from thidua.organisations.services.units import NewUnit, found_unit, write_name
from thidua.records.days import today

# A successor of several members takes the highest place any of them had.
PRECEDENCE: dict[str, int] = {
    ClusterMember.Standing.LEAD: 0,
    ClusterMember.Standing.DEPUTY: 1,
    ClusterMember.Standing.MEMBER: 2,
}
Founded = dict[NewUnit, Unit]


class PreviewOutdatedError(Exception):
    """Something changed between the preview and the order to carry it out; carries what it would do now."""

    def __init__(self, effects: Effects) -> None:
        super().__init__("the preview no longer holds")
        self.effects = effects


def preview(request: Request, on: date) -> Effects:
    """Return everything ``request`` would change on ``on``, and all that stands in its way."""
    return effects_of(request, on)


@transaction.atomic
def reorganise(
    actor: Account | None,
    request: Request,
    *,
    on: date,
    decision: str,
    decided_on: date | None = None,
    note: str = "",
    seen: str | None = None,
) -> UnitEvent:
    """Carry out ``request`` with effect from ``on``: past, today or to come. It cannot be undone.

    ``decision`` is the number of the decision, ``decided_on`` its day (None: nobody knows it);
    ``seen`` is the fingerprint of the preview that was agreed to.

    Raises UnitChangeRefusedError with every problem, PreviewOutdatedError.
    """
    lock_tree()
    effects = effects_of(request, on)
    problems = [*effects.problems, *problems_of_decision(decision, decided_on)]
    if problems:
        raise UnitChangeRefusedError(problems)
    if seen is not None and seen != effects.fingerprint():
        raise PreviewOutdatedError(effects)
    event = UnitEvent.objects.create(
        kind=effects.kind, on=on, decision=decision.strip(), decided_on=decided_on, note=note
    )
    founded = {new: found_unit(new, on) for new in effects.founded}
    write_units(effects, event, founded)
    write_people(effects, founded)
    refresh_tree(today())
    refresh_people(today(), {change.post.person_id for change in effects.posts})
    log(actor, effects, event, founded)
    return event


def problems_of_decision(number: str, decided_on: date | None) -> Iterator[Problem]:
    if not number.strip():
        yield Problem("decision_missing")
    elif not any(letter.isdigit() for letter in number):
        yield Problem("decision_unlike", {"number": number.strip()})
    if decided_on and decided_on > today():
        yield Problem("decision_ahead", {"day": shown(decided_on)})


def lock_tree() -> None:
    """Let one reorganisation at a time look at the tree and change it."""
    list(Unit.objects.select_for_update().filter(depth=0).values_list("pk", flat=True))


def resolved(target: Target | None, founded: Founded) -> Unit | None:
    return founded[target] if isinstance(target, NewUnit) else target


def write_units(effects: Effects, event: UnitEvent, founded: Founded) -> None:
    for unit in effects.touched:
        taken = Unit.take(unit.pk)
        if unit in effects.ended:
            taken.dissolved_on = effects.on
        taken.save()
    for name in effects.renamed:
        write_name(name.unit, name.name, name.short_name, effects.on)
    for move in effects.moved:
        place(move.unit, resolved(move.parent, founded), effects.on)
    for later in effects.later:
        later.row.parent = resolved(later.parent, founded)
        later.row.save(update_fields=["parent"])
    for succession in effects.successions:
        UnitSuccession.objects.create(
            event=event,
            predecessor=succession.predecessor,
            successor=resolved(succession.successor, founded),
        )
    for change in sorted(effects.memberships, key=lambda change: PRECEDENCE[change.member.standing]):
        pass_on_membership(change, resolved(change.unit, founded), effects.on)


def place(unit: Unit, parent: Unit | None, on: date) -> None:
    UnitParent.objects.update_or_create(unit=unit, valid_from=on, defaults={"parent": parent})


def pass_on_membership(change: MembershipChange, unit: Unit | None, on: date) -> None:
    """End a place in a cluster and let ``unit`` take it, unless it is in the cluster already."""
    member, until = change.member, change.member.valid_until
    if member.valid_from >= on:
        member.delete()
    else:
        member.valid_until = on
        member.save(update_fields=["valid_until"])
    others = ClusterMember.objects.filter(cluster=member.cluster).on(on)
    if unit is None or others.filter(unit=unit).exists():
        return
    standing = member.standing
    if standing == ClusterMember.Standing.LEAD and others.filter(standing=standing).exists():
        standing = ClusterMember.Standing.MEMBER
    ClusterMember.objects.create(
        cluster=member.cluster,
        unit=unit,
        standing=standing,
        block=member.block,
        valid_from=max(on, member.valid_from),
        valid_until=until,
    )


def write_people(effects: Effects, founded: Founded) -> None:
    for change in effects.posts:
        pass_on_post(change, resolved(change.unit, founded), effects.on)
    for role in effects.roles:
        pass_on_role(role, resolved(role.unit, founded), effects.on)


def pass_on_post(change: PostChange, unit: Unit | None, on: date) -> None:
    """End the post where its unit ends and let it go on in ``unit``; one not yet begun begins there."""
    post = Post.take(change.post.pk)
    if post.valid_from >= on:
        if unit is None:
            post.delete()
        else:
            post.unit = unit
            post.save()
        return
    until, post.valid_until = post.valid_until, on
    post.save()
    if unit is not None:
        Post.objects.create(
            person_id=post.person_id,
            unit=unit,
            position=post.position,
            staff_kind=post.staff_kind,
            is_manager=post.is_manager,
            is_main=post.is_main,
            is_secondment=post.is_secondment,
            contract_months=post.contract_months,
            valid_from=on,
            valid_until=until,
        )


def pass_on_role(change: RoleChange, unit: Unit | None, on: date) -> None:
    """End the role with its unit; a continuing one goes on at ``unit``."""
    role, until = UnitRole.take(change.role.pk), change.role.valid_until
    if unit is not None:
        UnitRole.objects.create(
            person_id=role.person_id,
            unit=unit,
            role=role.role,
            given_by_id=role.given_by_id,
            reason=role.reason,
            valid_from=max(on, role.valid_from),
            valid_until=until,
        )
    if role.valid_from >= on:
        role.delete()
    else:
        role.valid_until = on
        role.save()


def log(actor: Account | None, effects: Effects, event: UnitEvent, founded: Founded) -> None:
    details = {"on": str(effects.on), "decision": event.decision_words, "event": str(event.pk)}
    for unit in founded.values():
        record(actor, "unit.created", unit, details=details)
    for unit in effects.touched:
        record(actor, f"unit.{verb(effects, unit)}", unit, details=details)


def verb(effects: Effects, unit: Unit) -> str:
    if unit in effects.ended:
        return "ended"
    return "renamed" if effects.renamed else "moved"

"""Who reads an initiative and who may do which step.

Authors see their own from the first draft; officers and heads of the unit and above, once it is handed in;
members of the council, once it is theirs to appraise; everybody of the sector, once it is recognised.
"""

from django.db.models import Exists, OuterRef, Q

from thidua.initiatives.models import Authorship, CouncilMember, Initiative, InitiativeCouncil
from thidua.initiatives.steps import EDITABLE, STEPS
from thidua.organisations.models import Person
from thidua.organisations.permissions import Scope, User, scope_of

State = Initiative.State
HANDLE = "handle_initiatives"
HANDED_IN = [state for state in State.values if state not in (State.DRAFT, State.WITHDRAWN)]


def visible(user: User) -> Q:
    """Return the condition on initiatives the user may read."""
    scope = scope_of(user)
    condition = scope.units("view", prefix="unit__")
    condition = condition & Q(state__in=HANDED_IN) if condition else Q(state__in=HANDED_IN)
    if scope.person_id is None:
        return condition
    own = Authorship.objects.filter(initiative=OuterRef("pk"), person=scope.person_id)
    seat = CouncilMember.objects.on(scope.on).filter(council=OuterRef("council"), person=scope.person_id)
    roots = Person.objects.filter(pk=scope.person_id).values("root")
    return (
        condition
        | Q(Exists(own))
        | Q(submitter=scope.person_id)
        | (Q(Exists(seat)) & Q(state__in=HANDED_IN))
        | Q(state=State.RECOGNISED, root__in=roots)
    )


def is_author(user: User, initiative: Initiative) -> bool:
    own = scope_of(user).person_id
    if own is None:
        return False
    return own == initiative.submitter_id or any(
        part.person_id == own for part in initiative.authorships.all()
    )


def is_member(user: User, initiative: Initiative) -> bool:
    """Say whether the user appraises: a seat today in its council, and no part in writing it."""
    scope = scope_of(user)
    if scope.person_id is None or initiative.council is None or is_author(user, initiative):
        return False
    seats = initiative.council.members.all()
    return any(seat.person_id == scope.person_id and seat.holds_on(scope.on) for seat in seats)


def may_handle(user: User, initiative: Initiative) -> bool:
    return scope_of(user).allows(HANDLE, initiative.unit)


def may_record(user: User) -> bool:
    """Say whether the user writes down, somewhere, works that a decision recognised already."""
    return scope_of(user).allows_somewhere(HANDLE)


def may_record_for(user: User, lead: Person) -> bool:
    return lead.record_unit is not None and scope_of(user).allows(HANDLE, lead.record_unit)


def may_amend(user: User, initiative: Initiative) -> bool:
    return initiative.is_recorded and initiative.state == State.RECOGNISED and may_handle(user, initiative)


def may_decide(user: User, initiative: Initiative) -> bool:
    """Say whether the user decides for the council's unit; nobody decides on what they wrote.

    Of what was recorded from a decision the author's unit may only cancel the recognition.
    """
    if is_author(user, initiative):
        return False
    council = initiative.council
    if council is None:
        return initiative.is_recorded and scope_of(user).allows("recognise_initiatives", initiative.unit)
    return scope_of(user).allows("recognise_initiatives", council.unit)


def may(user: User, act: str, initiative: Initiative) -> bool:
    """Say whether the user may do the step, whatever state it is in."""
    who = STEPS[act].who
    if who == "author":
        return initiative.submitter_id is not None and initiative.submitter_id == scope_of(user).person_id
    return may_handle(user, initiative) if who == "officer" else may_decide(user, initiative)


def open_steps(user: User, initiative: Initiative) -> list[str]:
    """Return the acts the user may do now."""
    return [
        act for act, step in STEPS.items() if initiative.state in step.sources and may(user, act, initiative)
    ]


def may_edit(user: User, initiative: Initiative) -> bool:
    return initiative.state in EDITABLE and may(user, "submit", initiative)


def may_read_opinions(user: User, initiative: Initiative) -> bool:
    """Say whether the members' opinions show: to the council, to officers and to who decides; not to authors."""
    if is_author(user, initiative):
        return False
    return is_member(user, initiative) or may_handle(user, initiative) or may_decide(user, initiative)


def councils_run_by(user: User) -> Q:
    """Return the condition on councils the user sets up and keeps."""
    return scope_of(user).units(HANDLE, prefix="unit__")


def may_run(user: User, council: InitiativeCouncil) -> bool:
    return scope_of(user).allows(HANDLE, council.unit)


def covers_seats(scope: Scope, person: Person) -> bool:
    """Say whether the scope keeps every council on which the person has or will have a seat."""
    seats = CouncilMember.objects.filter(person=person).exclude(valid_until__lte=scope.on)
    return all(scope.allows(HANDLE, seat.council.unit) for seat in seats.select_related("council__unit"))

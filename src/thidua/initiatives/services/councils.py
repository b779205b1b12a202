"""Set up an initiative council for a term and seat its members."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from thidua.accounts.models import Account
from thidua.audit.services import record
from thidua.core.text.normal import one_line
from thidua.initiatives.models import CouncilMember, InitiativeCouncil
from thidua.initiatives.problems import InitiativeRefusedError, Problem
from thidua.library.services import register_document
from thidua.organisations.models import Person, Unit
from thidua.organisations.problems import shown

DECISION = "QUYET_DINH"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NewCouncil:
    """A council to be set up; ``last_day`` is the last day of its term."""

    unit: Unit
    name: str
    number: str
    decided_on: date
    valid_from: date
    last_day: date | None = None


@transaction.atomic
def set_up(actor: Account | None, new: NewCouncil) -> InitiativeCouncil:
    """Set up a council. Raises InitiativeRefusedError."""
    if new.last_day and new.last_day < new.valid_from:
        facts = {"last": shown(new.last_day), "first": shown(new.valid_from)}
        raise InitiativeRefusedError([Problem("term_out_of_order", facts)])
    council = InitiativeCouncil.objects.create(
        unit=new.unit,
        name=one_line(new.name),
        decision=register_document(
            kind=DECISION, number=new.number, issued_on=new.decided_on, issuer=new.unit.name
        ),
        valid_from=new.valid_from,
        valid_until=new.last_day + ONE_DAY if new.last_day else None,
    )
    record(actor, "initiative_council.set_up", council)
    return council


@transaction.atomic
def seat(
    actor: Account | None, council: InitiativeCouncil, person: Person, role: str, on: date
) -> CouncilMember:
    """Seat a member from ``on`` until the end of the term. Raises InitiativeRefusedError."""
    council = InitiativeCouncil.take(council.pk)
    if problems := list(problems_before_seating(council, person, role, on)):
        raise InitiativeRefusedError(problems)
    member = CouncilMember.objects.create(
        council=council, person=person, role=role, valid_from=on, valid_until=council.valid_until
    )
    council.save()
    record(actor, "initiative_council.seated", council, details={"person": str(person.pk), "role": role})
    return member


def problems_before_seating(
    council: InitiativeCouncil, person: Person, role: str, on: date
) -> Iterator[Problem]:
    """Yield what keeps the person from the seat: the term, a seat held by then, no post, another chair."""
    if on < council.valid_from or (council.valid_until and on >= council.valid_until):
        last = shown(council.last_day) if council.last_day else "…"
        facts = {"day": shown(on), "first": shown(council.valid_from), "last": last}
        yield Problem("outside_term", facts)
    later = council.members.exclude(valid_until__lte=on)
    if later.filter(person=person).exists():
        yield Problem("seat_known", {"person": person.full_name})
    if not person.posts.on(on).exists():
        yield Problem("seat_without_post", {"person": person.full_name, "day": shown(on)})
    if role == CouncilMember.Role.CHAIR:
        for chair in later.filter(role=role).select_related("person")[:1]:
            yield Problem("chair_known", {"person": chair.person.full_name})


@transaction.atomic
def unseat(actor: Account | None, member: CouncilMember, *, last_day: date) -> None:
    """End a seat after ``last_day``; one that had not begun is taken back, one that has ended stays as it is."""
    council = InitiativeCouncil.take(member.council_id)
    member.refresh_from_db()
    if member.valid_until and member.valid_until <= last_day + ONE_DAY:
        return
    if last_day < member.valid_from:
        member.delete()
    else:
        member.valid_until = last_day + ONE_DAY
        member.save(update_fields=["valid_until"])
    council.save()
    record(actor, "initiative_council.unseated", council, details={"person": str(member.person_id)})

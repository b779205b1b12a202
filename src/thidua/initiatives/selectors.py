"""Lists of initiatives, councils, and the facts the law reads."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line
from thidua.initiatives.models import Authorship, CouncilMember, Initiative, InitiativeCouncil
from thidua.initiatives.permissions import councils_run_by, visible
from thidua.organisations.models import Unit
from thidua.organisations.permissions import User, scope_of
from thidua.ui.formats import TOTAL_CAP


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to; ``waiting`` keeps what waits for the reader."""

    query: str = ""
    year: int | None = None
    unit: Unit | None = None
    state: str = ""
    scope: str = ""
    mine: bool = False
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page of initiatives; ``total`` is counted no further than the cap of lists."""

    rows: list[Initiative]
    total: int
    number: int
    has_next: bool


def listed(user: User, asked: Asked) -> QuerySet[Initiative]:
    """Return the initiatives the user may read, narrowed, the latest first."""
    rows = Initiative.objects.filter(visible(user))
    if words := fold(one_line(asked.query)):
        rows = rows.filter(Q(folded__contains=words) | Q(submitter__folded__contains=words))
    for name in ("year", "state", "scope"):
        if value := getattr(asked, name):
            rows = rows.filter(**{name: value})
    if asked.unit:
        rows = rows.filter(unit__in=Unit.objects.within(asked.unit).values("pk"))
    if asked.mine:
        own = Authorship.objects.filter(person=scope_of(user).person_id)
        rows = rows.filter(pk__in=own.values("initiative"))
    if asked.waiting:
        rows = rows.filter(waiting_for(user))
    return rows.order_by("-year", "-pk")


def waiting_for(user: User) -> Q:
    """Return the condition on what waits for the reader: to hand on, to appraise, to mend, to decide."""
    scope = scope_of(user)
    condition = scope.units("handle_initiatives", prefix="unit__") & Q(state=Initiative.State.SUBMITTED)
    condition |= scope.units("recognise_initiatives", prefix="council__unit__") & Q(
        state=Initiative.State.APPRAISING
    )
    if scope.person_id:
        condition |= Q(submitter=scope.person_id, state=Initiative.State.RETURNED)
        seats = CouncilMember.objects.on(scope.on).filter(person=scope.person_id)
        spoken = Initiative.objects.filter(opinions__member=scope.person_id)
        own = Authorship.objects.filter(person=scope.person_id)
        condition |= (
            Q(council__in=seats.values("council"), state=Initiative.State.APPRAISING)
            & ~Q(pk__in=spoken.values("pk"))
            & ~Q(pk__in=own.values("initiative"))
        )
    return condition


def page_of(rows: QuerySet[Initiative], number: int, size: int) -> Page:
    first = (number - 1) * size
    found = list(rows.select_related("unit", "submitter", "decision")[first : first + size + 1])
    more, found = len(found) > size, found[:size]
    total = len(found) if number == 1 and not more else rows.order_by()[: TOTAL_CAP + 1].count()
    return Page(found, total, number, more)


def councils_of(user: User) -> QuerySet[InitiativeCouncil]:
    """Return the councils the user keeps, and those the user sits on."""
    scope = scope_of(user)
    seats = CouncilMember.objects.filter(person=scope.person_id) if scope.person_id else None
    condition = councils_run_by(user)
    if condition and seats is not None:
        condition |= Q(pk__in=seats.values("council"))
    rows = InitiativeCouncil.objects.filter(condition).select_related("unit", "decision")
    return rows.annotate(
        seats=Count("members", distinct=True),
        waiting=Count("initiatives", filter=Q(initiatives__state=Initiative.State.APPRAISING), distinct=True),
    ).order_by("-valid_from", "name")


@dataclass(frozen=True, slots=True)
class InitiativeFact:
    """A recognised initiative in the shape of a case; ``used_for`` holds (award, day decided or None, year)."""

    scope: str
    recognised_on: date
    applied_on: date | None
    replicable: bool
    used_for: tuple[tuple[str, date | None, int], ...]
    initiative_id: UUID


def facts_of(people: Iterable[UUID], *, on: date) -> dict[UUID, list[InitiativeFact]]:
    """Return what had been recognised by ``on`` for each of the people, with what it served for. Two queries."""
    rows = (
        Authorship.objects.filter(
            person__in=list(people),
            initiative__state=Initiative.State.RECOGNISED,
            initiative__recognised_on__lte=on,
        )
        .select_related("initiative")
        .prefetch_related("initiative__uses")
        .order_by("initiative__recognised_on", "initiative_id")
    )
    facts: dict[UUID, list[InitiativeFact]] = defaultdict(list)
    for row in rows:
        facts[row.person_id].append(fact_of(row))
    return dict(facts)


def fact_of(row: Authorship) -> InitiativeFact:
    one = row.initiative
    if one.recognised_on is None:
        raise ValueError("a recognised initiative has the day of its decision")
    used = tuple(
        (use.award, use.decided_on, use.year) for use in one.uses.all() if use.person_id == row.person_id
    )
    return InitiativeFact(one.scope, one.recognised_on, one.applied_on, one.replicable, used, one.pk)

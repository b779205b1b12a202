"""Lists of initiatives, councils, and the facts the law reads."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet, prefetch_related_objects

from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line
from thidua.initiatives.models import Authorship, CouncilMember, Initiative, InitiativeCouncil, Opinion
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
    kind: str = ""
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
    for name in ("year", "state", "scope", "kind"):
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


def authors_of(row: Initiative) -> list[Authorship]:
    """Return who leads or handed in first, then by role and share; they stay with ``row`` for whoever asks next."""
    parts = Authorship.objects.select_related("person__unit", "person__record_unit")
    prefetch_related_objects([row], Prefetch("authorships", queryset=parts))
    return sorted(row.authorships.all(), key=partial(_place_of, row))


def with_opinions(row: Initiative) -> Initiative:
    """Read who sits in the council and what each said, once for all that ask of ``row`` from here on."""
    said = Opinion.objects.select_related("member").order_by("member__sort_key")
    prefetch_related_objects([row], Prefetch("opinions", queryset=said), "council__members")
    return row


def authors_in_words(row: Initiative) -> str:
    """Write the authors on one line as a table of works takes them in; reads what was prefetched."""
    parts = sorted(row.authorships.all(), key=partial(_place_of, row))
    return "; ".join(part_in_words(one.person.full_name, one.percent, one.role) for one in parts)


def part_in_words(name: str, percent: int | None, role: str) -> str:
    told = [f"{percent}%" if percent else "", str(Authorship.Role(role).label) if role else ""]
    beside = ", ".join(one for one in told if one)
    return f"{name} ({beside})" if beside else name


def _place_of(row: Initiative, part: Authorship) -> tuple[bool, int, int, str]:
    role = Authorship.Role.values.index(part.role) if part.role else len(Authorship.Role.values)
    return part.person_id != row.submitter_id, role, -(part.percent or 0), part.person.sort_key


@dataclass(frozen=True, slots=True)
class InitiativeFact:
    """A recognised initiative in the shape of a case; ``used_for`` holds (award, day decided or None, year)."""

    scope: str
    recognised_on: date
    applied_on: date | None
    replicable: bool
    used_for: tuple[tuple[str, date | None, int], ...]
    initiative_id: UUID


@dataclass(frozen=True, slots=True)
class ResearchFact:
    """Accepted research in the shape of a case; an empty ``role`` is not known."""

    scope: str
    accepted_on: date
    role: str
    initiative_id: UUID


@dataclass(frozen=True, slots=True)
class Works:
    """What a person had made by a day."""

    initiatives: tuple[InitiativeFact, ...] = ()
    research: tuple[ResearchFact, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.initiatives or self.research)


def facts_of(people: Iterable[UUID], *, on: date) -> dict[UUID, Works]:
    """Return what had been recognised by ``on`` for each of the people, with what it served for. Two queries."""
    rows = (
        recognised_by(on)
        .filter(person__in=list(people))
        .select_related("initiative")
        .prefetch_related("initiative__uses")
        .order_by("initiative__recognised_on", "initiative_id")
    )
    by_person: dict[UUID, list[Authorship]] = defaultdict(list)
    for row in rows:
        by_person[row.person_id].append(row)
    return {person: works_of(several) for person, several in by_person.items()}


def keeps_research(on: date) -> bool:
    """Say whether anybody's research had been recorded by ``on``; where none was, none is known of anyone."""
    return recognised_by(on).exclude(initiative__kind=Initiative.Kind.INITIATIVE).exists()


def recognised_by(on: date) -> QuerySet[Authorship]:
    """Return the parts people had in what was recognised, or as research accepted and decided, by ``on``."""
    return Authorship.objects.filter(
        initiative__state=Initiative.State.RECOGNISED, initiative__recognised_on__lte=on
    )


def works_of(rows: Iterable[Authorship]) -> Works:
    rows = list(rows)
    return Works(
        tuple(fact_of(row) for row in rows if not row.initiative.is_research),
        tuple(research_of(row) for row in rows if row.initiative.is_research),
    )


def fact_of(row: Authorship) -> InitiativeFact:
    one = row.initiative
    if one.recognised_on is None:
        raise ValueError("a recognised initiative has the day of its decision")
    used = tuple(
        (use.award, use.decided_on, use.year) for use in one.uses.all() if use.person_id == row.person_id
    )
    return InitiativeFact(one.scope, one.recognised_on, one.applied_on, one.replicable, used, one.pk)


def research_of(row: Authorship) -> ResearchFact:
    one = row.initiative
    if one.accepted_on is None:
        raise ValueError("recorded research has the day of its acceptance")
    return ResearchFact(one.scope, one.accepted_on, row.role, one.pk)

"""Honours as the law reads them: the rows of a case, for one subject or for many at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from thidua.honours.models import Honour, HonourEvent


@dataclass(frozen=True, slots=True)
class HonourFact:
    """One honour in the shape of a case; ``revoked_on`` is the day it ceased, if it has not been restored."""

    award: str
    type: str
    period: tuple[int, int]
    decided_on: date
    number: str
    issuer: str
    revoked_on: date | None
    honour_id: UUID


def facts_of(subjects: Iterable[UUID], *, on: date) -> dict[UUID, list[HonourFact]]:
    """Return what had been given by ``on`` to each of the people and units, the earliest first. Two queries."""
    ids = list(subjects)
    rows = list(
        Honour.objects.filter(Q(person__in=ids) | Q(unit__in=ids), decided_on__lte=on)
        .exclude(state=Honour.State.VOID)
        .order_by("decided_on", "pk")
        .values_list("person_id", "unit_id", "pk", "period_from", "period_to", *READ)
    )
    ceased = ceased_on([row[2] for row in rows], on=on)
    facts: dict[UUID, list[HonourFact]] = defaultdict(list)
    for person, unit, honour, first, last, *read in rows:
        if subject := person or unit:
            known = dict(zip(READ, read, strict=True))
            fact = HonourFact(period=(first, last), revoked_on=ceased.get(honour), honour_id=honour, **known)
            facts[subject].append(fact)
    return dict(facts)


READ = ("award", "type", "decided_on", "number", "issuer")
"""What a fact takes from the row as it stands; whole rows of the register would be several times as slow."""


def ceased_on(honours: list[UUID], *, on: date) -> dict[UUID, date]:
    """Return the day on which each honour was last revoked or stripped, those restored by ``on`` left out."""
    kinds = (HonourEvent.Kind.REVOKED, HonourEvent.Kind.STRIPPED, HonourEvent.Kind.RESTORED)
    events = HonourEvent.objects.filter(honour__in=honours, kind__in=kinds, on__lte=on)
    days: dict[UUID, date] = {}
    for honour, kind, day in events.order_by("on", "at").values_list("honour", "kind", "on"):
        if kind == HonourEvent.Kind.RESTORED:
            days.pop(honour, None)
        else:
            days[honour] = day
    return days

"""Honours as the law reads them: the rows of a case, for one subject or for many at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, FilteredRelation, OuterRef, Q

from thidua.core.law.words import TITLES_OF_ONE_YEAR
from thidua.honours.catalogue import catalogue, times_of_title
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

    @property
    def period_from(self) -> int:
        return self.period[0]

    @property
    def period_to(self) -> int:
        return self.period[1]


def facts_of(subjects: Iterable[UUID], *, on: date) -> dict[UUID, list[HonourFact]]:
    """Return what had been given by ``on`` to each of the people and units, the earliest first. One query.

    A title given once more for a time for which it stands is left out: the earlier decision gave it.
    """
    ids = list(subjects)
    ending = FilteredRelation("events", condition=Q(events__kind__in=ENDING, events__on__lte=on))
    rows = (
        Honour.objects.filter(Q(person__in=ids) | Q(unit__in=ids), decided_on__lte=on)
        .exclude(state=Honour.State.VOID)
        .annotate(ending=ending)
        .order_by("decided_on", "pk", "ending__on", "ending__at")
        .values_list(
            "person_id", "unit_id", "pk", "period_from", "period_to", "ending__kind", "ending__on", *READ
        )
    )
    facts: dict[UUID, dict[UUID, HonourFact]] = defaultdict(dict)
    for (
        person,
        unit,
        honour,
        first,
        last,
        kind,
        day,
        *read,
    ) in rows:  # a row for each event, one where there is none
        if subject := person or unit:
            known = dict(zip(READ, read, strict=True))
            revoked_on = None if kind == HonourEvent.Kind.RESTORED else day
            facts[subject][honour] = HonourFact(
                period=(first, last), revoked_on=revoked_on, honour_id=honour, **known
            )
    return {subject: once(given.values()) for subject, given in facts.items()}


def once(given: Iterable[HonourFact]) -> list[HonourFact]:
    """Return the facts without titles given once more; one that fell makes room for another."""
    held: set[tuple[object, ...]] = set()
    kept = []
    for fact in given:
        times = times_of_title(fact) if fact.revoked_on is None else frozenset()
        if not times or times - held:
            kept.append(fact)
        held |= times
    return kept


def given_again() -> Q:
    """Return the condition on rows: a title given once more for a time for which an earlier decision's stands."""
    before = Honour.objects.filter(
        Q(decided_on__lt=OuterRef("decided_on"))
        | Q(decided_on=OuterRef("decided_on"), pk__lt=OuterRef("pk")),
        Q(award__in=TITLES_OF_ONE_YEAR) | Q(type=OuterRef("type"), issuer=OuterRef("issuer")),
        award=OuterRef("award"),
        period_from=OuterRef("period_from"),
        period_to=OuterRef("period_to"),
        state=Honour.State.HELD,
    )
    earlier = [Exists(before.filter(**{who: OuterRef(who)})) for who in ("person", "unit")]
    titles = [entry.id for entry in catalogue().values() if entry.is_title]
    return Q(award__in=titles) & (earlier[0] | earlier[1])


ENDING = (HonourEvent.Kind.REVOKED, HonourEvent.Kind.STRIPPED, HonourEvent.Kind.RESTORED)
"""Events after which an honour may no longer be held; the last of them says."""
READ = ("award", "type", "decided_on", "number", "issuer")
"""What a fact takes from the row as it stands; whole rows of the register would be several times as slow."""


def ceased_on(honours: list[UUID], *, on: date) -> dict[UUID, date]:
    """Return the day on which each honour was last revoked or stripped, those restored by ``on`` left out."""
    events = HonourEvent.objects.filter(honour__in=honours, kind__in=ENDING, on__lte=on)
    days: dict[UUID, date] = {}
    for honour, kind, day in events.order_by("on", "at").values_list("honour", "kind", "on"):
        if kind == HonourEvent.Kind.RESTORED:
            days.pop(honour, None)
        else:
            days[honour] = day
    return days

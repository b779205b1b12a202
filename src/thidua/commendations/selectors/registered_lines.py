"""What a unit and those below it registered for a year, counted as the honours of a list are: beside them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from thidua.commendations.selectors.award_lists import ListedAward
from thidua.commendations.selectors.fairness import (
    Among,
    BaseKinds,
    Shown,
    aims_of,
    apart_for,
    each,
    entries_of,
    women_from,
    women_shares,
)
from thidua.commendations.selectors.honour_lists import HonourLines, leading, told_to
from thidua.commendations.selectors.law_in_force import UNBOUND, Binding
from thidua.core.eligibility.guidelines import GuidelineFinding, guidelines_on
from thidua.core.eligibility.lists import Bearer, Part, parts
from thidua.core.law.law import Law
from thidua.core.law.words import SubjectKind
from thidua.movements.models import RegistrationEntry
from thidua.movements.selectors.coverage import entries_below
from thidua.organisations.models import Unit
from thidua.organisations.permissions import User


@dataclass(frozen=True)
class RegisteredLines(HonourLines):
    """Lines of the sheets handed in for a year; what a subject registered on two sheets stands here once.

    Who leads and how many women a collective has are as of ``on``.
    """

    on: date
    where: ClassVar[Coalesce] = Coalesce(
        "collective__path", "person__unit__path", Value(""), output_field=CharField()
    )

    def _known(self) -> QuerySet[Any]:
        of_person = When(person__isnull=False, then=Value(str(SubjectKind.INDIVIDUAL)))
        rows: QuerySet[Any] = self.rows.annotate(
            kind=Case(of_person, default=Value(str(SubjectKind.COLLECTIVE)), output_field=CharField()),
            leads=leading(OuterRef("person"), self.on),
            is_told=told_to(self.user),
            base_kind=Coalesce("collective__kind_id", "person__unit__kind_id"),
            where=self.where,
            type=Value("", output_field=CharField()),
            sex=F("person__sex"),
            tree=F("registration__root_id"),
            body=F("collective_id"),
            is_small=F("collective__is_small_collective"),
        )
        return rows

    def bearers(self) -> Iterable[tuple[str, Bearer]]:
        """Yield nobody: quotas are of what is given."""
        return ()

    def shown(self, among: Among, start: int, size: int) -> Sequence[Shown]:
        related = ("person__unit__parent", "collective__parent", "registration")
        rows = self._among(among).select_related(*related)[start : start + size]
        listed = [listed_of(row, self.on) for row in rows]
        entries = entries_of(self.user, listed, self.bases.kinds) if listed else []
        return [Shown(one, entry) for one, entry in zip(listed, entries, strict=True)]

    @cached_property
    def _women(self) -> Mapping[UUID, Fraction]:
        bodies = self.rows.order_by().filter(collective__isnull=False).values("collective")
        units = list(Unit.objects.filter(pk__in=bodies).order_by("path"))
        return women_shares(units, self.on) if units else {}


def listed_of(entry: RegistrationEntry, on: date) -> ListedAward:
    sheet = entry.registration
    return ListedAward(
        name=entry.name,
        kind=SubjectKind.INDIVIDUAL if entry.person_id else SubjectKind.COLLECTIVE,
        award=entry.award,
        on=on,
        period=(sheet.year, sheet.year),
        person=entry.person,
        unit=entry.collective,
        place=entry.person.unit if entry.person else entry.collective,
        url=reverse("movements:registration", args=[sheet.unit_id, sheet.year]),
    )


def registered_by(
    user: User, unit: Unit, year: int, law: Law, on: date, bases: BaseKinds | None = None
) -> RegisteredLines:
    """Return what ``unit`` and those below registered for ``year``, in the order of lists."""
    rows = entries_below(Unit.objects.within(unit), year)
    same = Q(person=OuterRef("person"), person__isnull=False) | Q(
        collective=OuterRef("collective"), collective__isnull=False
    )
    earlier = entries_below(Unit.objects.within(unit), year).filter(
        same, award=OuterRef("award"), pk__lt=OuterRef("pk")
    )
    once = rows.filter(~Exists(earlier)).order_by("award", "sort_key", "pk")
    return RegisteredLines(user, once, women_from(law, on), on, bases=bases or BaseKinds())


@dataclass(frozen=True, slots=True)
class Compared:
    """How many registered, the share of each group among them and what own rules aim at; none where nobody did."""

    total: int
    shares: Mapping[str, Part]
    guidelines: tuple[GuidelineFinding, ...] = ()


def compared(
    lines: RegisteredLines, law: Law, on: date, authority: str | None = None, binding: Binding = UNBOUND
) -> Compared:
    guidelines = guidelines_on(law, authority, on)
    apart = apart_for(guidelines, binding)
    entries = list(each(lines.tally(apart)))
    if not entries:
        return Compared(0, {})
    shares = {part.group: part for part in parts(entries, law, on)}
    bound = lines.bound_by(binding).tally(apart) if guidelines else ()
    return Compared(len(entries), shares, aims_of(bound, guidelines, on))

"""The honours of a decision or of a year as a list: counted in the database, read a stretch at a time."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db.models import Case, CharField, Count, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from thidua.commendations.selectors.award_lists import of_honours, one_word
from thidua.commendations.selectors.fairness import (
    TOGETHER,
    WOMEN_COLLECTIVES,
    Among,
    Apart,
    BaseKinds,
    Shown,
    Tally,
    entries_of,
    open_facts,
    women_from,
    women_shares,
)
from thidua.commendations.selectors.law_in_force import Binding
from thidua.core.eligibility.lists import Bearer, Entry
from thidua.core.law.law import Law
from thidua.core.law.words import GIVEN_BEYOND_ITS_OWN, CommendationType, SubjectKind
from thidua.honours.models import Honour
from thidua.organisations.models import Person, Post, Unit
from thidua.organisations.permissions import User

FEWEST_UNTOLD = 5
"""Of fewer people whose sex the reader may not be told, a share would tell it."""
FACTS = ("sex", "is_told", "leads", "tree", "base_kind", "body", "is_small")
"""What is asked of each line: of a person the sex, whether it may be told and the post of the day; the kind of the
unit and its tree; of a collective which unit it is and whether it is a small one."""
PEOPLE, COLLECTIVES = Q(kind=SubjectKind.INDIVIDUAL), Q(kind=SubjectKind.COLLECTIVE)


def leading(person: OuterRef, day: OuterRef | date) -> Subquery:
    """Return as a column whether the person's main post of the day leads; empty where there was none."""
    posts = Post.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=day), person=person, is_main=True, valid_from__lte=day
    )
    return Subquery(posts.order_by("-valid_from").values("is_manager")[:1])


def told_to(user: User) -> Case:
    """Return as a column whether the reader may be told the person's sex."""
    told = Q(person__in=Person.objects.filter(open_facts(user)).values("pk"))
    return Case(When(told, then=Value(True)), default=Value(False))


@dataclass(frozen=True)
class HonourLines:
    """Honours in the order of lists, as far as ``user`` may know them; ``rows`` is a condition, no slice."""

    user: User
    rows: QuerySet[Any]
    women_from: Fraction | None
    bases: BaseKinds = field(default_factory=BaseKinds, kw_only=True)
    where: ClassVar[Coalesce] = Coalesce("unit__path", "place__path", Value(""), output_field=CharField())

    def tally(self, apart: Apart = TOGETHER) -> Tally:
        """Count lines that are alike. One query, and those of the women among collectives."""
        bound = Case(When(self._outside(apart.binding), then=Value(False)), default=Value(True))
        names = ("kind", "award", "type", "is_bound", *FACTS)
        found = list(
            self._known().annotate(is_bound=bound).order_by().values(*names).annotate(number=Count("pk"))
        )
        untold = Counter[tuple[bool, str]]()
        for row in found:
            if self._is_untold(row):
                untold[self._part(row, apart)] += row["number"]
        for row in found:
            hides = self._is_untold(row) and untold[self._part(row, apart)] < FEWEST_UNTOLD
            yield self._entry(row, is_hidden=hides), row["number"]

    @staticmethod
    def _part(row: Mapping[str, Any], apart: Apart) -> tuple[bool, str]:
        """Return which part of the list a row stands in, as ``apart`` divides it."""
        return row["is_bound"], row["award"] if row["award"] in apart.awards else ""

    @staticmethod
    def _is_untold(row: Mapping[str, Any]) -> bool:
        return row["kind"] == SubjectKind.INDIVIDUAL and not row["is_told"]

    def _entry(self, row: Mapping[str, Any], *, is_hidden: bool) -> Entry:
        kind, root = SubjectKind(row["kind"]), row["tree"]
        base = row["base_kind"] in self.bases.kinds[root] if root in self.bases.kinds else None
        why = CommendationType(row["type"]) if row["type"] else None
        if kind is SubjectKind.COLLECTIVE:
            return Entry(
                kind,
                row["award"],
                grassroots=base,
                small=row["is_small"],
                women_share=self._women.get(row["body"]),
                type=why,
            )
        return Entry(
            kind,
            row["award"],
            sex=None if is_hidden else row["sex"] or None,
            leader=row["leads"],
            direct_worker=None if row["leads"] is None else not row["leads"],
            grassroots=base,
            type=why,
        )

    def bearers(self) -> Iterable[tuple[str, Bearer]]:
        """Yield who stands on the list for what. One query."""
        where = self.rows.annotate(where=self.where).order_by()
        names = ("where", "kind", "award", "name", "person_id", "unit_id")
        for path, kind, award, name, person, unit in where.values_list(*names).distinct():
            yield path or "", Bearer(one_word(person or unit, kind, name), SubjectKind(kind), award)

    def bound_by(self, binding: Binding) -> Self:
        rows = self.rows.annotate(where=self.where)
        return replace(self, rows=rows.exclude(self._outside(binding))) if binding.of_province else self

    @staticmethod
    def _outside(binding: Binding) -> Q:
        """Return the condition on rows that the authority's own rules do not bind; ``where`` is their unit's path."""
        run_by_others = Q(pk__in=[])
        for unit in binding.of_province:
            run_by_others |= Q(where__startswith=unit.path)
        return run_by_others & ~Q(award__in=GIVEN_BEYOND_ITS_OWN)

    def count(self, among: Among) -> int:
        return self._among(among).order_by().count()

    def shown(self, among: Among, start: int, size: int) -> Sequence[Shown]:
        listed = of_honours(self._among(among)[start : start + size])
        shown = zip(listed, entries_of(self.user, listed, self.bases.kinds), strict=True)
        return [Shown(one, entry) for one, entry in shown]

    def _among(self, among: Among) -> QuerySet[Any]:
        if not among:
            return self.rows
        wanted = self._conditions()[among.group] if among.group else Q()
        if among.award:
            wanted &= Q(award=among.award)
        if among.type:
            wanted &= Q(type=among.type)
        if among.kind:
            wanted &= Q(kind=among.kind)
        if among.unit:
            wanted &= Q(where__startswith=among.unit.path)
        return self._known().filter(wanted)

    def _conditions(self) -> dict[str, Q]:
        """Return what puts a line into each group; women are named only where the reader may be told."""
        base = Q(pk__in=[])
        for root, kinds in self.bases.kinds.items():
            base |= Q(tree=root, base_kind__in=kinds)
        mostly_women = {pk for pk, share in self._women.items() if share >= (self.women_from or 0)}
        return {
            "women": PEOPLE & Q(sex=Person.Sex.FEMALE, is_told=True),
            "leaders": PEOPLE & Q(leads=True),
            "direct_workers": PEOPLE & Q(leads=False),
            "grassroots": base,
            "small_collectives": COLLECTIVES & Q(is_small=True),
            WOMEN_COLLECTIVES: COLLECTIVES & Q(body__in=mostly_women),
        }

    def _known(self) -> QuerySet[Any]:
        """Return the rows with FACTS, what the groups ask of each."""
        rows: QuerySet[Any] = self.rows.annotate(
            leads=leading(OuterRef("person"), OuterRef("decided_on")),
            is_told=told_to(self.user),
            base_kind=Coalesce("unit__kind_id", "place__kind_id"),
            where=self.where,
            sex=F("person__sex"),
            tree=F("root_id"),
            body=F("unit_id"),
            is_small=F("unit__is_small_collective"),
        )
        return rows

    @cached_property
    def _women(self) -> Mapping[UUID, Fraction]:
        collectives = self.rows.order_by().filter(COLLECTIVES)
        last = Subquery(collectives.values(every=Value(1)).annotate(last=Max("decided_on")).values("last"))
        units = list(
            Unit.objects.filter(pk__in=collectives.values("unit")).annotate(last=last).order_by("path")
        )
        return women_shares(units, units[0].last) if units else {}  # type: ignore[attr-defined]  # annotated above


def lines_of(
    user: User, rows: QuerySet[Honour], law: Law, on: date, bases: BaseKinds | None = None
) -> HonourLines:
    return HonourLines(user, rows, women_from(law, on), bases=bases or BaseKinds())

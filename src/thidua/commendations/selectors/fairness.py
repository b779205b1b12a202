"""Who stands on a list: what is known of each, shares, quotas, and the law's own ratios between awards."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import chain, repeat
from typing import Protocol, Self
from uuid import UUID

from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from thidua.commendations.selectors.award_lists import ListedAward
from thidua.commendations.selectors.collectives import women_among
from thidua.commendations.selectors.law_in_force import UNBOUND, Binding
from thidua.commendations.selectors.limits import NO_QUOTAS, OfEachUnit, RatioFinding, ratios_of
from thidua.commendations.selectors.plan_quotas import PlanFinding
from thidua.core.eligibility.facts import Truth
from thidua.core.eligibility.guidelines import GuidelineFinding, findings_of, guidelines_on, uncounted_on
from thidua.core.eligibility.lists import (
    BELONGS,
    Bearer,
    Entry,
    Part,
    Quota,
    QuotaFinding,
    parts,
    quota_findings,
)
from thidua.core.law.awards import Guideline
from thidua.core.law.figures import DatedFigure, DatedValue, NotInForceError
from thidua.core.law.law import Law
from thidua.core.law.words import ListGroup, SubjectKind
from thidua.organisations.models import Person, Post, Unit, UnitKind
from thidua.organisations.permissions import User, scope_of

WOMEN_COLLECTIVES = "women_collectives"
GROUP_NAMES: dict[str, str | Promise] = {
    ListGroup.WOMEN: gettext_lazy("Nữ"),
    ListGroup.LEADERS: gettext_lazy("Lãnh đạo, quản lý"),
    ListGroup.DIRECT_WORKERS: gettext_lazy("Người trực tiếp công tác"),
    ListGroup.GRASSROOTS: gettext_lazy("Thuộc cơ sở"),
    ListGroup.SMALL_COLLECTIVES: gettext_lazy("Tập thể nhỏ"),
    WOMEN_COLLECTIVES: gettext_lazy("Tập thể phần lớn là nữ"),
}


Tally = Iterable[tuple[Entry, int]]
"""What a list holds, and how many lines are alike."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the list beside what is known of it."""

    listed: ListedAward
    entry: Entry


@dataclass(frozen=True, slots=True)
class Among:
    """Which lines of a list: of a group, an award, a kind, of one unit and those below; all where nothing is said.

    ``type`` is the type of commendation; ``bound`` are those alone that the authority's own rules bind.
    """

    group: str = ""
    award: str = ""
    kind: str = ""
    unit: Unit | None = None
    bound: bool = False
    type: str = ""

    def __bool__(self) -> bool:
        return self != Among()

    @property
    def asked(self) -> dict[str, str | None]:
        """Return the parameters of an address that ask for these lines, None for what is left out."""
        unit = str(self.unit.pk) if self.unit else None
        bound = "1" if self.bound else None
        named = {"group": self.group, "award": self.award, "kind": self.kind, "type": self.type}
        facts = {**named, "unit": unit, "bound": bound}
        return {name: value or None for name, value in facts.items()}

    @property
    def in_one_word(self) -> str:
        """Return the same as one value, as a button of a form sends it."""
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in self.asked.items() if value})
        return query.urlencode()


@dataclass(frozen=True, slots=True)
class Apart:
    """Parts of a list whose share of women is told by itself: some awards, and the lines that own rules bind.

    Where few of one part may not be told of, none of that part is: the rest would tell it.
    """

    awards: frozenset[str] = frozenset()
    binding: Binding = UNBOUND


TOGETHER = Apart()


class Lines(Protocol):
    """The lines of a list, in memory or in the database: counted whole, read a stretch at a time."""

    def tally(self, apart: Apart = TOGETHER) -> Tally:
        """Return what the whole list holds, to be told of as a whole and by the parts ``apart``."""

    def bearers(self) -> Iterable[tuple[str, Bearer]]:
        """Yield who stands on it for what, each with the path of its unit; empty where none is known."""

    def bound_by(self, binding: Binding) -> Self:
        """Return the lines that an authority's own rules bind: all of them where it runs all its units."""

    def count(self, among: Among) -> int:
        """Return how many lines ``among`` names."""

    def shown(self, among: Among, start: int, size: int) -> Sequence[Shown]:
        """Return a stretch of them."""


@dataclass(frozen=True, slots=True)
class Fairness:
    """``uncounted`` are shares of an authority that say of which list, not of whom."""

    shares: tuple[Part, ...]
    ratios: tuple[RatioFinding, ...]
    quotas: tuple[QuotaFinding, ...]
    per_unit: tuple[tuple[Unit, QuotaFinding], ...]
    guidelines: tuple[GuidelineFinding, ...] = ()
    uncounted: tuple[tuple[DatedFigure, DatedValue], ...] = ()
    planned: tuple[PlanFinding, ...] = ()


def fairness_of(
    lines: Lines,
    law: Law,
    authority: str | None,
    *,
    on: date,
    binding: Binding = UNBOUND,
    quotas: Sequence[Quota] = (),
    each_unit: OfEachUnit = NO_QUOTAS,
    is_whole: bool = True,
) -> Fairness:
    """Hold the list against ``quotas``, the ratios of the law and the shares of ``authority`` on ``on``.

    The shares, and the ratios of titles a province gives to its own, are counted among the lines alone that the
    authority's rules bind, as ``binding`` says. Of a list the reader does not see whole (``is_whole`` False) no ratio
    is told as met or missed.
    """
    guidelines = guidelines_on(law, authority, on)
    apart = apart_for(guidelines, binding)
    tally = list(lines.tally(apart))
    bearers = list(lines.bearers()) if quotas or each_unit.quotas else []
    bound = None
    if authority and binding.of_province:
        bound = list(lines.bound_by(binding).tally(apart))
    ratios = ratios_of(tally, law, authority, on, bound)
    return Fairness(
        shares=tuple(parts(each(tally), law, on)),
        ratios=tuple(ratios if is_whole else (one.undecided() for one in ratios)),
        quotas=tuple(quota_findings([one for _path, one in bearers], quotas, is_whole=is_whole)),
        per_unit=tuple(each_unit.findings(bearers)),
        guidelines=aims_of(tally if bound is None else bound, guidelines, on, is_whole=is_whole),
        uncounted=tuple(uncounted_on(law, authority, on)),
    )


def aims_of(
    tally: Tally, guidelines: Sequence[Guideline], on: date, *, is_whole: bool = True
) -> tuple[GuidelineFinding, ...]:
    """Return what each share asks of the lines its authority's rules bind, and what was seen."""
    entries = list(each(tally)) if guidelines else []
    return tuple(findings_of(guidelines, entries, on, is_whole=is_whole))


def apart_for(guidelines: Iterable[Guideline], binding: Binding) -> Apart:
    """Return the parts of a list whose share of women is told by itself."""
    of_women = [one.awards for one in guidelines if one.group is ListGroup.WOMEN]
    return Apart(frozenset(chain.from_iterable(of_women)), binding) if of_women else TOGETHER


def each(tally: Tally) -> Iterator[Entry]:
    """Yield every entry as often as it was counted."""
    return chain.from_iterable(repeat(entry, number) for entry, number in tally)


def women_from(law: Law, on: date) -> Fraction | None:
    """Return the share of women from which a collective is preferred at equal merit; None where none is set."""
    try:
        return law.figure("women_collective_share").on(on).number
    except NotInForceError:
        return None


# -- what is known of each line ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LinesInHand:
    """A list in memory; facts of people the reader may not read are not known to it."""

    lines: tuple[Shown, ...]
    women_from: Fraction | None

    def tally(self, apart: Apart = TOGETHER) -> Tally:  # noqa: ARG002  # it knows only what its reader may
        return Counter(one.entry for one in self.lines).items()

    def bearers(self) -> Iterable[tuple[str, Bearer]]:
        for one in self.lines:
            where = one.listed.unit or one.listed.place
            yield where.path if where else "", one.listed.bearer

    def bound_by(self, binding: Binding) -> Self:
        kept = (one for one in self.lines if binding.over(one.listed.place, one.entry.award))
        return replace(self, lines=tuple(kept)) if binding.of_province else self

    def count(self, among: Among) -> int:
        return len(self._among(among))

    def shown(self, among: Among, start: int, size: int) -> Sequence[Shown]:
        return self._among(among)[start : start + size]

    def _among(self, among: Among) -> Sequence[Shown]:
        return [one for one in self.lines if self._is_among(one, among)]

    def _is_among(self, one: Shown, among: Among) -> bool:
        entry, where = one.entry, one.listed.unit or one.listed.place
        if among.award not in {"", entry.award} or among.kind not in {"", entry.kind}:
            return False
        if entry.type and among.type not in {"", entry.type}:
            return False
        if among.unit and not (where and among.unit.contains(where)):
            return False
        return not among.group or bool(self._is_of(among.group, entry))

    def _is_of(self, group: str, entry: Entry) -> Truth:
        if group == WOMEN_COLLECTIVES:
            return entry.kind is SubjectKind.COLLECTIVE and (entry.women_share or -1) >= (
                self.women_from or 0
            )
        asked_of = ListGroup(group).asked_of
        return asked_of in {None, entry.kind} and BELONGS[ListGroup(group)](entry)


def in_hand(user: User, listed: Sequence[ListedAward], law: Law, on: date) -> LinesInHand:
    shown = zip(listed, entries_of(user, listed, base_kinds()), strict=True)
    return LinesInHand(tuple(Shown(one, entry) for one, entry in shown), women_from(law, on))


def open_facts(user: User) -> Q:
    """Return the condition on people whose sex the reader may be told, as the page of a person does."""
    scope = scope_of(user)
    kept = scope.people("edit_people")
    return kept | Q(pk=scope.person_id) if kept and scope.person_id else kept


Bases = Mapping[UUID, Collection[UUID]]
"""For the top of each tree that marks its units of the base: the kinds of those units."""


def entries_of(user: User, listed: Sequence[ListedAward], bases: Bases) -> list[Entry]:
    """Return each line as ``user`` may know it. Two queries, and one of collectives' members."""
    people = {one.person.pk for one in listed if one.person}
    told = set(Person.objects.filter(open_facts(user), pk__in=people).values_list("pk", flat=True))
    posts = posts_on([(one.person.pk, one.on) for one in listed if one.person])
    units = {one.unit for one in listed if one.unit and one.kind is SubjectKind.COLLECTIVE}
    days = [one.on for one in listed]
    women = women_shares(sorted(units, key=lambda unit: unit.path), max(days)) if units else {}
    return [entry_of(one, posts, women, bases, told) for one in listed]


def entry_of(
    one: ListedAward,
    posts: dict[tuple[UUID, date], bool],
    women: dict[UUID, Fraction],
    bases: Bases,
    told: Collection[UUID],
) -> Entry:
    where = one.unit or one.place
    grassroots = where.kind_id in bases[where.root_id] if where and where.root_id in bases else None
    if one.kind is SubjectKind.COLLECTIVE:
        return Entry(
            one.kind,
            one.award,
            grassroots=grassroots,
            small=one.unit.is_small_collective if one.unit else None,
            women_share=women.get(one.unit.pk) if one.unit else None,
            type=one.type,
        )
    leads = posts.get((one.person.pk, one.on)) if one.person else None
    return Entry(
        one.kind,
        one.award,
        sex=(one.person.sex or None) if one.person and one.person.pk in told else None,  # type: ignore[arg-type]  # the register's words are the law's
        leader=leads,
        direct_worker=None if leads is None else not leads,
        grassroots=grassroots,
        type=one.type,
    )


BASE = (UnitKind.Level.GRASSROOTS, UnitKind.Level.COMMUNE)
"""The levels of units that stand at the base: where work is done, and communes."""


def base_kinds() -> Bases:
    """Return the kinds of units that stand at the base. One query.

    A tree that marks none does not say which of its units are: nobody there is counted as outside.
    """
    found: dict[UUID, set[UUID]] = {}
    marked = Unit.objects.filter(kind__level__in=BASE).order_by().values_list("root_id", "kind_id")
    for root, kind in marked.distinct():
        found.setdefault(root, set()).add(kind)
    return found


class BaseKinds:
    """The kinds of units at the base, read when first asked for, once for all lists of a page."""

    @cached_property
    def kinds(self) -> Bases:
        return base_kinds()


def posts_on(wanted: Iterable[tuple[UUID, date]]) -> dict[tuple[UUID, date], bool]:
    """Return for each person and day whether the main post of that day leads. One query."""
    asked = set(wanted)
    rows = Post.objects.filter(person__in={person for person, _day in asked}, is_main=True)
    held: dict[UUID, list[tuple[date, date | None, bool]]] = {}
    for person, first, until, leads in rows.order_by("valid_from").values_list(
        "person_id", "valid_from", "valid_until", "is_manager"
    ):
        held.setdefault(person, []).append((first, until, leads))
    found = {}
    for person, day in asked:
        for first, until, leads in held.get(person, ()):
            if first <= day and (until is None or day < until):
                found[person, day] = leads
    return found


def women_shares(units: Sequence[Unit], day: date) -> dict[UUID, Fraction]:
    """Return the share of women among the members of each unit where they are counted."""
    counted = women_among(units, on=day)
    return {pk: Fraction(women, everybody) for pk, (women, everybody) in counted.items()}

"""Who stands on a list: what is known of each, shares, quotas, and the law's own ratios between awards."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import chain, repeat
from typing import Protocol
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.commendations.selectors.award_lists import ListedAward
from thidua.commendations.selectors.collectives import women_among
from thidua.commendations.selectors.typed_lists import award_of
from thidua.core.eligibility.case import Case, Subject
from thidua.core.eligibility.explain import concerns, in_own_words
from thidua.core.eligibility.facts import Facts, Ground, NotAskedError, Truth
from thidua.core.eligibility.lists import Bearer, Entry, Part, Quota, QuotaFinding, parts, quota_findings
from thidua.core.eligibility.operators import OPERATIONS
from thidua.core.law.awards import version_on
from thidua.core.law.conditions import Leaf, Node, leaves
from thidua.core.law.figures import NotInForceError
from thidua.core.law.law import Law
from thidua.core.law.sources import Rule
from thidua.core.law.words import SubjectKind
from thidua.honours.catalogue import label_of
from thidua.movements.models import PlanItem
from thidua.organisations.models import Person, Post, Unit, UnitKind
from thidua.organisations.permissions import User, scope_of

GROUPS: dict[str, tuple[str | Promise, Callable[[Entry], Truth]]] = {
    "women": (gettext_lazy("Nữ"), lambda entry: None if entry.sex is None else entry.sex == "female"),
    "leaders": (gettext_lazy("Lãnh đạo, quản lý"), lambda entry: entry.leader),
    "direct_workers": (gettext_lazy("Người trực tiếp công tác"), lambda entry: entry.direct_worker),
    "grassroots": (gettext_lazy("Thuộc cơ sở"), lambda entry: entry.grassroots),
    "small_collectives": (gettext_lazy("Tập thể nhỏ"), lambda entry: entry.small),
}
"""How each group is called, and whether one entry belongs to it."""
WOMEN_COLLECTIVES = "women_collectives"
GROUP_NAMES = {name: label for name, (label, _belongs) in GROUPS.items()} | {
    WOMEN_COLLECTIVES: gettext_lazy("Tập thể phần lớn là nữ")
}


Tally = Iterable[tuple[Entry, int]]
"""What a list holds, and how many lines are alike."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the list beside what is known of it."""

    listed: ListedAward
    entry: Entry


class Lines(Protocol):
    """The lines of a list, in memory or in the database: counted whole, read a stretch at a time."""

    def tally(self) -> Tally:
        """Return what the whole list holds."""

    def bearers(self) -> Iterable[tuple[str, Bearer]]:
        """Yield who stands on it for what, each with the path of its unit; empty where none is known."""

    def count(self, group: str) -> int:
        """Return how many lines ``group`` shows; all of them where it is empty."""

    def shown(self, group: str, start: int, size: int) -> Sequence[Shown]:
        """Return a stretch of them."""


@dataclass(frozen=True, slots=True)
class RatioFinding:
    """A ratio between two awards of the list, as the law of the day sets it; ``met`` None: not enough is known."""

    award: str
    asked: str
    seen: str
    met: Truth
    rule: Rule
    holds: bool

    def undecided(self) -> "RatioFinding":
        return replace(self, met=None) if self.holds else self


@dataclass(frozen=True, slots=True)
class Fairness:
    shares: tuple[Part, ...]
    ratios: tuple[RatioFinding, ...]
    quotas: tuple[QuotaFinding, ...]
    per_unit: tuple[tuple[Unit, QuotaFinding], ...]


def fairness_of(
    lines: Lines,
    law: Law,
    authority: str | None,
    *,
    on: date,
    quotas: Sequence[Quota] = (),
    quotas_of_each_unit: Sequence[Quota] = (),
    is_whole: bool = True,
) -> Fairness:
    """Hold the list against ``quotas`` and the ratios of the law on ``on``, and count who stands on it.

    Of a list the reader does not see whole (``is_whole`` False) no ratio is told as met or missed.
    """
    tally = list(lines.tally())
    bearers = list(lines.bearers()) if quotas or quotas_of_each_unit else []
    ratios = ratios_of(tally, law, authority, on)
    return Fairness(
        shares=tuple(parts(each(tally), law, on)),
        ratios=tuple(ratios if is_whole else (one.undecided() for one in ratios)),
        quotas=tuple(quota_findings([one for _path, one in bearers], quotas, is_whole=is_whole)),
        per_unit=tuple(unit_findings(bearers, quotas_of_each_unit)) if quotas_of_each_unit else (),
    )


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

    def tally(self) -> Tally:
        return Counter(one.entry for one in self.lines).items()

    def bearers(self) -> Iterable[tuple[str, Bearer]]:
        for one in self.lines:
            where = one.listed.unit or one.listed.place
            yield where.path if where else "", one.listed.bearer

    def count(self, group: str) -> int:
        return len(self._of_group(group))

    def shown(self, group: str, start: int, size: int) -> Sequence[Shown]:
        return self._of_group(group)[start : start + size]

    def _of_group(self, group: str) -> Sequence[Shown]:
        if not group:
            return self.lines
        if group == WOMEN_COLLECTIVES:
            least = self.women_from or 0
            return [one for one in self.lines if (one.entry.women_share or -1) >= least]
        belongs = GROUPS[group][1]
        return [one for one in self.lines if _is_asked(group, one.entry) and belongs(one.entry)]


def _is_asked(group: str, entry: Entry) -> bool:
    if group == "grassroots":
        return True
    wanted = SubjectKind.COLLECTIVE if group.endswith("collectives") else SubjectKind.INDIVIDUAL
    return entry.kind is wanted


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
        )
    leads = posts.get((one.person.pk, one.on)) if one.person else None
    return Entry(
        one.kind,
        one.award,
        sex=(one.person.sex or None) if one.person and one.person.pk in told else None,  # type: ignore[arg-type]  # the register's words are the law's
        leader=leads,
        direct_worker=None if leads is None else not leads,
        grassroots=grassroots,
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


# -- quotas --------------------------------------------------------------------------------------------


def below_top(path: str) -> str:
    """Return the path of the unit right below the top that holds the unit at ``path``."""
    return "/".join(path.split("/")[:2]) + "/"


def unit_findings(
    bearers: Iterable[tuple[str, Bearer]], quotas: Sequence[Quota]
) -> Iterator[tuple[Unit, QuotaFinding]]:
    """Yield what goes beyond the quotas of each unit: the units right below the top, in the order of lists."""
    groups: dict[str, list[Bearer]] = {}
    for path, bearer in bearers:
        if path:
            groups.setdefault(below_top(path), []).append(bearer)
    for unit in Unit.objects.filter(path__in=list(groups)).order_by("sort_key", "pk"):
        found = quota_findings(groups[unit.path], quotas)
        yield from ((unit, finding) for finding in found if not finding.met)


def quotas_of_plan(movement: UUID | None) -> list[Quota]:
    """Return the quotas of a movement's plan that say a whole number of collectives or persons of a list.

    So many for each unit or each quarter says nothing of one list, and is left out.
    """
    if movement is None:
        return []
    items = PlanItem.objects.filter(plan__movement=movement, field="quotas", until=None)
    found = []
    for value in items.exclude(state=PlanItem.State.REMOVED).values_list("value", flat=True):
        low, high, kinds = value.get("min"), value.get("max"), value.get("for") or []
        if not isinstance(high, int) or value.get("unit") == "%" or value.get("per"):
            continue
        kind = SubjectKind(kinds[0]) if len(kinds) == 1 else None
        award = award_of(value.get("award") or "", None)[0] or None
        found.append(
            Quota(between=(low, high), award=award, kind=kind)
            if isinstance(low, int) and low != high
            else Quota(high, award=award, kind=kind)
        )
    return found


# -- ratios of the law ---------------------------------------------------------------------------------


def ratios_of(
    tally: Collection[tuple[Entry, int]], law: Law, authority: str | None, on: date
) -> Iterable[RatioFinding]:
    """Yield, for each award of the list that the law ties to another by a share, what it asks and what was seen."""
    batch = Counter[str]()
    for entry, number in tally:
        batch[entry.award] += number
    kinds = {entry.award: entry.kind for entry, _number in tally}
    ground = Ground(law)
    for award, kind in kinds.items():
        case = Case(on=on, award=award, subject=Subject(kind=kind), authority=authority, batch=batch)
        facts = Facts(case, ground, on)
        for leaf in ratio_leaves(law, award, authority, on):
            yield ratio(leaf, award, facts)


def ratio_leaves(law: Law, award: str, authority: str | None, on: date) -> Iterable[Leaf]:
    found = version_on(law.award(award).versions, on)
    nodes: list[Node] = [*found.nodes, *found.on_lists] if found else []
    for overlay in law.overlays_on(authority, on):
        nodes += [own.node for own in (*overlay.conditions, *overlay.on_lists) if concerns(own, award, on)]
    return [leaf for node in nodes for leaf in leaves(node) if leaf.operator == "share_of"]


def ratio(leaf: Leaf, award: str, facts: Facts) -> RatioFinding:
    try:
        look = OPERATIONS[leaf.operator](leaf.asks, facts)
    except (NotInForceError, NotAskedError):
        figure = facts.law.figure(str(leaf.asks.at_most), facts.authority)
        entry = figure.entry_on(facts.day)
        said = in_own_words(figure.label).in_words(_)
        return RatioFinding(
            award,
            said,
            _("Ngày này không có mức trần"),
            True,
            entry.rule if entry else leaf.rule,
            holds=False,
        )
    rule = look.entry.rule if look.entry else leaf.rule
    asked = f"{label_of(award)}: {look.asked.in_words(_)}"
    return RatioFinding(award, asked, look.seen.in_words(_), look.met, rule, holds=True)

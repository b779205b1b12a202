"""Who stands on a list: what is known of each, shares, quotas, and the law's own ratios between awards."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.commendations.selectors.award_lists import ListedAward
from thidua.commendations.selectors.collectives import members_of
from thidua.core.eligibility.case import Case, Subject
from thidua.core.eligibility.explain import concerns, in_own_words
from thidua.core.eligibility.facts import Facts, Ground, NotAskedError, Truth
from thidua.core.eligibility.lists import Entry, Part, Quota, QuotaFinding, parts, quota_findings
from thidua.core.eligibility.operators import OPERATIONS
from thidua.core.law.awards import version_on
from thidua.core.law.conditions import Leaf, Node, leaves
from thidua.core.law.figures import NotInForceError
from thidua.core.law.law import Law
from thidua.core.law.sources import Rule
from thidua.core.law.words import SubjectKind
from thidua.honours.catalogue import label_of
from thidua.movements.models import PlanItem
from thidua.organisations.models import Post, Unit, UnitKind

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


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the list beside what is known of it."""

    listed: ListedAward
    entry: Entry


@dataclass(frozen=True, slots=True)
class RatioFinding:
    """A ratio between two awards of the list, as the law of the day sets it; ``met`` None: not enough is known."""

    award: str
    asked: str
    seen: str
    met: Truth
    rule: Rule
    holds: bool


@dataclass(frozen=True, slots=True)
class Fairness:
    shown: tuple[Shown, ...]
    shares: tuple[Part, ...]
    ratios: tuple[RatioFinding, ...]
    quotas: tuple[QuotaFinding, ...]
    per_unit: tuple[tuple[Unit, QuotaFinding], ...]
    women_from: Fraction | None

    def of_group(self, group: str) -> list[Shown]:
        """Return the lines counted in ``group``."""
        if group == WOMEN_COLLECTIVES:
            least = self.women_from or 0
            return [
                one for one in self.shown if (share := one.entry.women_share) is not None and share >= least
            ]
        belongs = GROUPS[group][1]
        return [one for one in self.shown if _is_asked(group, one.entry) and belongs(one.entry)]


def _is_asked(group: str, entry: Entry) -> bool:
    if group == "grassroots":
        return True
    wanted = SubjectKind.COLLECTIVE if group.endswith("collectives") else SubjectKind.INDIVIDUAL
    return entry.kind is wanted


def fairness_of(
    listed: Sequence[ListedAward],
    law: Law,
    authority: str | None,
    *,
    on: date,
    quotas: Sequence[Quota] = (),
    quotas_of_each_unit: Sequence[Quota] = (),
) -> Fairness:
    """Hold the list against ``quotas`` and the ratios of the law on ``on``, and count who stands on it."""
    entries = entries_of(listed)
    shown = tuple(Shown(one, entry) for one, entry in zip(listed, entries, strict=True))
    return Fairness(
        shown=shown,
        shares=tuple(parts(entries, law, on)),
        ratios=tuple(ratios_of(listed, law, authority, on)),
        quotas=tuple(quota_findings(entries, quotas)),
        per_unit=tuple(unit_findings(shown, quotas_of_each_unit)),
        women_from=women_from(law, on),
    )


def women_from(law: Law, on: date) -> Fraction | None:
    """Return the share of women from which a collective is preferred at equal merit; None where none is set."""
    try:
        return law.figure("women_collective_share").on(on).number
    except NotInForceError:
        return None


# -- what is known of each line ------------------------------------------------------------------------


def entries_of(listed: Sequence[ListedAward]) -> list[Entry]:
    """Return each line as the shares count it. Two queries and those of collectives' members."""
    posts = posts_on([(one.person.pk, one.on) for one in listed if one.person])
    units = {one.unit for one in listed if one.unit and one.kind is SubjectKind.COLLECTIVE}
    women = women_shares(sorted(units, key=lambda unit: unit.path), listed)
    levels = dict(UnitKind.objects.values_list("pk", "level"))
    return [entry_of(one, posts, women, levels) for one in listed]


def entry_of(
    one: ListedAward,
    posts: dict[tuple[UUID, date], bool],
    women: dict[UUID, Fraction],
    levels: dict[UUID, str],
) -> Entry:
    where = one.unit or one.place
    grassroots = None if where is None else levels[where.kind_id] == UnitKind.Level.GRASSROOTS
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
        sex=(one.person.sex or None) if one.person else None,  # type: ignore[arg-type]  # the register's words are the law's
        leader=leads,
        direct_worker=None if leads is None else not leads,
        grassroots=grassroots,
    )


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


def women_shares(units: Sequence[Unit], listed: Iterable[ListedAward]) -> dict[UUID, Fraction]:
    if not units:
        return {}
    day = max(one.on for one in listed)
    counted = members_of(units, on=day, year=day.year)
    return {pk: Fraction(found["women"], found["total"]) for pk, found in counted.items() if "women" in found}


# -- quotas --------------------------------------------------------------------------------------------


def unit_findings(shown: Iterable[Shown], quotas: Sequence[Quota]) -> list[tuple[Unit, QuotaFinding]]:
    """Return what goes beyond the quotas of each unit, the unit being the one right below the top."""
    groups: dict[str, list[Shown]] = {}
    for one in shown:
        where = one.listed.unit or one.listed.place
        if where and quotas:
            groups.setdefault("/".join(where.path.split("/")[:2]) + "/", []).append(one)
    tops = {unit.path: unit for unit in Unit.objects.filter(path__in=list(groups))} if groups else {}
    return [
        (tops[path], finding)
        for path, rows in groups.items()
        for finding in quota_findings([row.entry for row in rows], quotas)
        if not finding.met and path in tops
    ]


def quotas_of_plan(movement: UUID | None) -> list[Quota]:
    """Return the quotas of a movement's plan that say a whole number of collectives or persons."""
    if movement is None:
        return []
    items = PlanItem.objects.filter(plan__movement=movement, field="quotas", until=None)
    found = []
    for value in items.exclude(state=PlanItem.State.REMOVED).values_list("value", flat=True):
        low, high, kinds = value.get("min"), value.get("max"), value.get("for") or []
        if not isinstance(high, int) or value.get("unit") == "%":
            continue
        kind = SubjectKind(kinds[0]) if len(kinds) == 1 else None
        found.append(
            Quota(between=(low, high), kind=kind)
            if isinstance(low, int) and low != high
            else Quota(high, kind=kind)
        )
    return found


# -- ratios of the law ---------------------------------------------------------------------------------


def ratios_of(
    listed: Sequence[ListedAward], law: Law, authority: str | None, on: date
) -> Iterable[RatioFinding]:
    """Yield, for each award of the list that the law ties to another by a share, what it asks and what was seen."""
    batch = dict(Counter(one.award for one in listed))
    ground = Ground(law)
    for award in batch:
        kind = next(one.kind for one in listed if one.award == award)
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

"""What a list may hold: quotas of each unit, and the ratios the law sets between two awards."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from thidua.core.eligibility.case import Case, Subject
from thidua.core.eligibility.explain import concerns, in_own_words
from thidua.core.eligibility.facts import Facts, Ground, NotAskedError, Truth
from thidua.core.eligibility.lists import Bearer, Entry, Quota, QuotaFinding, quota_findings
from thidua.core.eligibility.operators import OPERATIONS
from thidua.core.law.awards import version_on
from thidua.core.law.conditions import Leaf, Node, leaves
from thidua.core.law.figures import NotInForceError
from thidua.core.law.law import Law
from thidua.core.law.sources import Rule
from thidua.core.law.words import GIVEN_BEYOND_ITS_OWN, CommendationType
from thidua.honours.catalogue import label_of
from thidua.organisations.models import Unit

# -- quotas --------------------------------------------------------------------------------------------


def right_below(path: str, above: str = "") -> str:
    """Return the path of the unit right below ``above`` that holds the unit at ``path``.

    Where ``above`` is left out, or does not hold it, the top of the tree stands in its place.
    """
    steps = above.count("/") if above and path.startswith(above) else 1
    return "/".join(path.split("/")[: steps + 1]) + "/"


@dataclass(frozen=True, slots=True)
class OfEachUnit:
    """Quotas of each unit right below the one at the path ``above``; of each right below the top where it is empty."""

    quotas: Sequence[Quota] = ()
    above: str = ""

    def findings(self, bearers: Iterable[tuple[str, Bearer]]) -> Iterator[tuple[Unit, QuotaFinding]]:
        """Yield what goes beyond the quotas, in the order of lists of units."""
        groups: dict[str, list[Bearer]] = {}
        for path, bearer in bearers if self.quotas else ():
            if path:
                groups.setdefault(right_below(path, self.above), []).append(bearer)
        for unit in Unit.objects.filter(path__in=list(groups)).order_by("sort_key", "pk"):
            found = quota_findings(groups[unit.path], self.quotas)
            yield from ((unit, finding) for finding in found if not finding.met)


NO_QUOTAS = OfEachUnit()


# -- ratios of the law ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RatioFinding:
    """A ratio between two awards of the list, as the law of the day sets it; ``met`` None: not enough is known.

    ``bound``: it was counted among those lines alone that the authority's own rules bind; ``type``: among those of one
    type of commendation, and of no known one.
    """

    award: str
    against: tuple[str, ...]
    asked: str
    seen: str
    met: Truth
    rule: Rule
    holds: bool
    bound: bool = False
    type: str = ""

    def undecided(self) -> "RatioFinding":
        return replace(self, met=None) if self.holds else self


def ratios_of(
    tally: Collection[tuple[Entry, int]],
    law: Law,
    authority: str | None,
    on: date,
    bound: Collection[tuple[Entry, int]] | None = None,
) -> Iterator[RatioFinding]:
    """Yield, for each award of the list that the law ties to another by a share, what it asks and what was seen.

    A title is chosen among those who hold the other one on the list of whoever gives them: of what the bodies of a
    province gave, only ``bound`` is counted, unless the authority gives the other title to those bodies as well.
    """
    ground = Ground(law)
    for award, kind in {entry.award: entry.kind for entry, _number in tally}.items():
        for leaf in ratio_leaves(law, award, authority, on):
            is_bound = bound is not None and not GIVEN_BEYOND_ITS_OWN.issuperset(leaf.asks.award)
            types = leaf.when.type if leaf.when else ()
            batch = numbers_in(bound if bound is not None and is_bound else tally, types)
            if batch[award]:
                case = Case(on=on, award=award, subject=Subject(kind=kind), authority=authority, batch=batch)
                found = ratio(leaf, award, Facts(case, ground, on))
                yield replace(found, bound=is_bound, type=types[0] if types else "")


def numbers_in(tally: Iterable[tuple[Entry, int]], types: Collection[CommendationType] = ()) -> Counter[str]:
    """Return how often each award stands on the list; where ``types`` are named, of these and of no known type."""
    batch = Counter[str]()
    for entry, number in tally:
        if not types or entry.type is None or entry.type in types:
            batch[entry.award] += number
    return batch


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
        rule = entry.rule if entry else leaf.rule
        none = _("Ngày này không có mức trần")
        return RatioFinding(award, leaf.asks.award, said, none, True, rule, holds=False)
    rule = look.entry.rule if look.entry else leaf.rule
    asked = f"{label_of(award)}: {look.asked.in_words(_)}"
    return RatioFinding(award, leaf.asks.award, asked, look.seen.in_words(_), look.met, rule, holds=True)

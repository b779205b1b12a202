"""A list of people and collectives: quotas that stop, ranges that warn, and who stands on it in what share."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from thidua.core.eligibility.facts import Truth
from thidua.core.law.exact import Sex
from thidua.core.law.figures import NotInForceError
from thidua.core.law.law import Law
from thidua.core.law.messages import Grouped, Message, say
from thidua.core.law.sources import Effect, Source
from thidua.core.law.words import CommendationType, ListGroup, SubjectKind


@dataclass(frozen=True, slots=True)
class Entry:
    """One subject of a list; what is None is not known, and is counted apart."""

    kind: SubjectKind
    award: str
    sex: Sex | None = None
    leader: bool | None = None
    direct_worker: bool | None = None
    grassroots: bool | None = None
    small: bool | None = None
    women_share: Fraction | None = None
    type: CommendationType | None = None


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who stands on a list for which award; ``who`` is one word for one subject."""

    who: str
    kind: SubjectKind
    award: str


@dataclass(frozen=True, slots=True)
class Quota:
    """How many subjects a plan allows or aims at, for an award and a kind where it names them.

    Plans say “01 tập thể và 02 cá nhân”: they count collectives and persons, so who stands on the list
    for two awards is counted once. ``at_most`` stops an excess; ``between`` is an aim and only warns.
    """

    at_most: int | None = None
    between: tuple[int, int] | None = None
    award: str | None = None
    kind: SubjectKind | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class QuotaFinding:
    """``met`` None: the list was not seen whole, and the part seen decides nothing."""

    quota: Quota
    number: int
    met: Truth
    effect: Effect
    said: Message


def quota_findings(
    bearers: Iterable[Bearer], quotas: Iterable[Quota], *, is_whole: bool = True
) -> list[QuotaFinding]:
    """Return one finding for each quota, met or not, in the order of the plan; each subject is counted once.

    Of a part of a list (``is_whole`` False) only an excess is certain.
    """
    listed = list(bearers)
    found = [
        _held_against(quota, len({one.who for one in listed if _concerns(quota, one)})) for quota in quotas
    ]
    return found if is_whole else [one if _exceeds(one) else replace(one, met=None) for one in found]


def _exceeds(finding: QuotaFinding) -> bool:
    _low, high = finding.quota.between or (0, finding.quota.at_most)
    return high is not None and finding.number > high


def _concerns(quota: Quota, bearer: Bearer) -> bool:
    return quota.award in {None, bearer.award} and quota.kind in {None, bearer.kind}


def _held_against(quota: Quota, number: int) -> QuotaFinding:
    if quota.at_most is not None:
        said = say("{number} trên tối đa {most}", number=Grouped(number), most=Grouped(quota.at_most))
        return QuotaFinding(quota, number, number <= quota.at_most, Effect.BLOCK, said)
    low, high = quota.between or (0, number)
    said = say(
        "{number}, dự kiến từ {low} đến {high}", number=Grouped(number), low=Grouped(low), high=Grouped(high)
    )
    return QuotaFinding(quota, number, low <= number <= high, Effect.WARN, said)


# -- fairness ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """How many of a group stand on a list, of how many it was asked of, and of how many nobody knows."""

    group: str
    counted: int
    asked: int
    unknown: int

    @property
    def share(self) -> Fraction | None:
        """Return the share among those known; None where nobody is known."""
        known = self.asked - self.unknown
        return Fraction(self.counted, known) if known else None


BELONGS: dict[ListGroup, Callable[[Entry], Truth]] = {
    ListGroup.WOMEN: lambda entry: None if entry.sex is None else entry.sex == "female",
    ListGroup.LEADERS: lambda entry: entry.leader,
    ListGroup.DIRECT_WORKERS: lambda entry: entry.direct_worker,
    ListGroup.GRASSROOTS: lambda entry: entry.grassroots,
    ListGroup.SMALL_COLLECTIVES: lambda entry: entry.small,
}
"""Whether one entry belongs to each group."""


def part_of(group: ListGroup, entries: Iterable[Entry]) -> Part:
    """Count a group among those of ``entries`` it is asked of."""
    asked = [entry for entry in entries if group.asked_of in {None, entry.kind}]
    return _part(group, asked, BELONGS[group])


def parts(entries: Iterable[Entry], law: Law, on: date) -> list[Part]:
    """Return the shares of leaders, direct workers, women, grass-roots people, small and mostly female collectives.

    The law sets none of these shares; they are shown for the council to weigh. From which share of women
    a collective is preferred at equal merit is a figure; where it holds nothing, that part is left out.
    """
    listed = list(entries)
    found = [part_of(group, listed) for group in ListGroup]
    collectives = [entry for entry in listed if entry.kind is SubjectKind.COLLECTIVE]
    try:
        preferred = law.figure("women_collective_share").on(on).number
    except NotInForceError:
        return found
    women = _part("women_collectives", collectives, lambda entry: _reaches(entry.women_share, preferred))
    return [*found, women]


def _reaches(share: Fraction | None, wanted: Fraction) -> Truth:
    return None if share is None else share >= wanted


def _part(group: str, entries: list[Entry], belongs: Callable[[Entry], Truth]) -> Part:
    answers = [belongs(entry) for entry in entries]
    return Part(group, answers.count(True), len(answers), answers.count(None))

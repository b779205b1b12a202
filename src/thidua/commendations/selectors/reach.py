"""What is within reach: open now, a paper away, a year away, or closed and until when.

No register holds open matters, so each question assumes there are none; pages say so. Something is lacking only
where the law's answer is open; what the law refuses is a year away or farther. When it may open is found by
asking again as if the years still open brought the best ratings and the yearly titles, and as if it were not
known what research they bring: of a year gone by the registers are believed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from thidua.commendations.selectors.cases import case_of
from thidua.commendations.selectors.law_in_force import Binding
from thidua.commendations.selectors.verdicts import SOMETHING_KEPT, ShownPack, holds_sensitive, verdict_for
from thidua.core.eligibility.case import Honour, Subject
from thidua.core.eligibility.explain import Outcome, Verdict, check_on
from thidua.core.eligibility.facts import Ground
from thidua.core.law.sources import Effect
from thidua.core.law.words import Rating, SubjectKind
from thidua.organisations.models import Unit

YEARLY = {
    SubjectKind.INDIVIDUAL: ("LDTT", "CSTDCS"),
    SubjectKind.COLLECTIVE: ("TTLDTT", "TTLDXS"),
    SubjectKind.HOUSEHOLD: (),
}
"""Titles a good year brings."""
LAST_DAY_OF_ANY_MONTH = 28


class Standing(StrEnum):
    """From the nearest to the farthest."""

    OPEN = "open"
    PAPERS = "papers"
    THIS_YEAR = "this_year"
    YEAR = "year"
    CLOSED = "closed"
    NO_LAW = "no_law"


@dataclass(frozen=True, slots=True)
class Reach:
    """How near one award is; ``from_year`` is the first year it may open in.

    ``is_unsure`` where that rests on a rule nobody verified: what it asks is not met and only reminds.

    ``needs`` are where the answer is open what its verdict says is missing, else the conditions not met.
    """

    award: str
    standing: Standing
    needs: tuple[str, ...] = ()
    from_year: int | None = None
    is_unsure: bool = False


@dataclass(frozen=True, slots=True)
class Outlook:
    """What every question of a page shares; ``years_ahead`` is how far it looks."""

    on: date
    year: int
    ground: Ground
    binding: Binding
    years_ahead: int
    unit: Unit | None = None
    """What is asked about, or the unit of whom is; None where nothing tells."""

    def of(self, unit: Unit | None) -> "Outlook":
        """Return the outlook of ``unit`` and its staff."""
        return replace(self, unit=unit)

    def authority_for(self, award: str) -> str | None:
        """Return whose own rules decide on the award."""
        return self.binding.over(self.unit, award)


def reach_of(
    subject: Subject, awards: Iterable[str], outlook: Outlook, *, knows_sensitive: bool
) -> list[Reach]:
    """Return how near each award is to the subject, in the order given."""
    assumed = replace(subject, pending=())
    knows_all = knows_sensitive or not holds_sensitive(assumed)
    hopes = Hopes(assumed, outlook.on.year)
    return [one_reach(hopes, award, outlook, knows_sensitive=knows_all) for award in awards]


def one_reach(hopes: "Hopes", award: str, outlook: Outlook, *, knows_sensitive: bool) -> Reach:
    case = case_of(
        hopes.subject, award, outlook.on, year=outlook.year, authority=outlook.authority_for(award)
    )
    shown = verdict_for(case, outlook.ground, knows_sensitive=knows_sensitive)
    if shown.verdict.outcome is Outcome.ELIGIBLE:
        return Reach(award, Standing.OPEN, is_unsure=rests_on_unsure(shown.verdict))
    lacks_law = any(one.lacks_law for one in shown.missing)
    if shown.verdict.outcome is Outcome.UNKNOWN:
        unknown = tuple(one.asked.in_words(_) for one in shown.missing)
        if lacks_law:
            return Reach(award, Standing.NO_LAW)
        return Reach(award, Standing.PAPERS, unknown, is_unsure=rests_on_unsure(shown.verdict))
    needs = unmet(next(pack for pack in shown.packs if pack.outcome == shown.verdict.outcome))
    opening = None if lacks_law else when_open(hopes, award, outlook)
    if opening is None:
        return Reach(award, Standing.CLOSED, needs)
    years, verdict = opening
    if years == 0:
        return Reach(award, Standing.THIS_YEAR, needs, is_unsure=rests_on_unsure(verdict))
    standing = Standing.YEAR if years == 1 else Standing.CLOSED
    return Reach(award, standing, needs, outlook.year + years, rests_on_unsure(verdict))


def rests_on_unsure(verdict: Verdict) -> bool:
    """Say whether a rule nobody verified would speak against the answer, had it the power to."""
    best = next((pack for pack in verdict.packs if pack.outcome is verdict.outcome), None)
    return any(
        one.met is False and one.effect is not Effect.BLOCK and not one.rule.confidence.may_block
        for one in (best.findings if best else ())
    )


def unmet(pack: ShownPack) -> tuple[str, ...]:
    """Return what of the pack's conditions is not met."""
    found = [one for one in pack.findings if one.effect is Effect.BLOCK and one.met is False]
    named = dict.fromkeys(one.asked.in_words(_) for one in found)
    hidden = [SOMETHING_KEPT.in_words(_)] if pack.has_hidden and pack.hidden is False else []
    return (*named, *hidden)


def when_open(hopes: "Hopes", award: str, outlook: Outlook) -> tuple[int, Verdict] | None:
    """Return after how many good years the law no longer refuses, and what it says then; None: not within sight."""
    for years in range(outlook.years_ahead + 1):
        year = outlook.year + years
        day = outlook.on.replace(year=outlook.on.year + years, day=min(outlook.on.day, LAST_DAY_OF_ANY_MONTH))
        hoped = hopes.until(year, award)
        if years == 0 and hoped is hopes.subject:
            continue
        case = case_of(hoped, award, day, year=year, authority=outlook.authority_for(award))
        verdict = check_on(case, outlook.ground)
        if verdict.outcome is not Outcome.NOT_ELIGIBLE:
            return years, verdict
    return None


class Hopes:
    """One subject as if the years from ``first``, still open, turned out well; awards that hope alike share it."""

    def __init__(self, subject: Subject, first: int) -> None:
        self.subject = subject
        self.first = first
        self._hoped: dict[tuple[int, str], Subject] = {}

    def until(self, last: int, award: str) -> Subject:
        """Return the subject after good years to ``last``, without the title asked about in the last of them."""
        key = (last, award if award in YEARLY[self.subject.kind] else "")
        if key not in self._hoped:
            self._hoped[key] = hopeful(self.subject, key[1], self.first, last)
        return self._hoped[key]


def hopeful(subject: Subject, award: str, first: int, last: int) -> Subject:
    """Return the subject as if the years from ``first`` to ``last`` that nobody rated yet turned out well.

    A work of those years may still be recognised: what there is of research is then not known.
    """
    if last < first:
        return subject
    if subject.research is not None:
        subject = replace(subject, research=None)
    if subject.ratings is None or subject.honours is None:
        return subject
    ratings = dict(subject.ratings)
    for year in range(first, last + 1):
        ratings.setdefault(year, Rating.EXCELLENT)
    held = {(honour.award, honour.period) for honour in subject.honours}
    hoped = [
        Honour(award=title, period=(year, year))
        for year in range(first, last + 1)
        if ratings[year] in {Rating.GOOD, Rating.EXCELLENT}
        for title in YEARLY[subject.kind]
        if (title, (year, year)) not in held and (title != award or year < last)
    ]
    if not hoped and len(ratings) == len(subject.ratings):
        return subject
    return replace(subject, ratings=ratings, honours=(*subject.honours, *hoped))

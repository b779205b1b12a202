"""What is within reach of a subject this year: open, one fact away, one year away, or closed and until when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from thidua.core.eligibility.case import Case, Honour, Subject
from thidua.core.eligibility.explain import Finding, Outcome, Verdict, check_on
from thidua.core.eligibility.facts import Ground
from thidua.core.law.sources import Effect
from thidua.core.law.words import CommendationType, Rating, SubjectKind

_YEARLY = {SubjectKind.INDIVIDUAL: ("LDTT", "CSTDCS"), SubjectKind.COLLECTIVE: ("TTLDTT", "TTLDXS")}
"""The titles a good further year would bring; who asks what is one year away supposes them."""


class Distance(StrEnum):
    OPEN = "open"
    ONE_FACT = "one_fact"
    ONE_YEAR = "one_year"
    UNKNOWN = "unknown"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one award is; ``wanting`` are the conditions in the way, of the pack that decided."""

    award: str
    distance: Distance
    verdict: Verdict
    wanting: tuple[Finding, ...]
    closed_until: date | None = None


def within_reach(
    subject: Subject,
    awards: Iterable[str],
    ground: Ground,
    *,
    on: date,
    year: int,
    authority: str | None = None,
) -> list[Reach]:
    """Return how far each award is from ``subject`` on the day ``on`` for the achievement of ``year``."""
    return [
        _reach(Case(on=on, award=award, subject=subject, authority=authority, year=(year, year)), ground)
        for award in awards
    ]


def _reach(case: Case, ground: Ground) -> Reach:
    verdict = check_on(case, ground)
    wanting = _wanting(verdict)
    return Reach(
        case.award, _distance(case, ground, verdict, wanting), verdict, wanting, _closed_until(case, wanting)
    )


def _wanting(verdict: Verdict) -> tuple[Finding, ...]:
    deciding = next((pack for pack in verdict.packs if pack.outcome is verdict.outcome), None)
    findings = deciding.findings if deciding else ()
    return tuple(
        finding for finding in findings if finding.effect is Effect.BLOCK and finding.met is not True
    )


def _distance(case: Case, ground: Ground, verdict: Verdict, wanting: tuple[Finding, ...]) -> Distance:
    if verdict.outcome is Outcome.ELIGIBLE:
        return Distance.OPEN
    if verdict.outcome is Outcome.UNKNOWN:
        return Distance.ONE_FACT if len(wanting) == 1 else Distance.UNKNOWN
    later = check_on(after_a_good_year(case), ground).outcome
    return Distance.ONE_YEAR if later is Outcome.ELIGIBLE else Distance.CLOSED


def after_a_good_year(case: Case) -> Case:
    """Return the same question a year later, supposing an excellent year with the titles it usually brings.

    A supposition to see what one year would change, never a promise; nothing is written anywhere.
    """
    year = case.last_year + 1
    on = _a_year_after(case.on)
    subject = case.subject
    ratings = None if subject.ratings is None else {**subject.ratings, year: Rating.EXCELLENT}
    usual = [award for award in _YEARLY.get(subject.kind, ()) if award != case.award]
    gained = tuple(Honour(award, (year, year), CommendationType.MERIT, on) for award in usual)
    honours = None if subject.honours is None else (*subject.honours, *gained)
    months = None if subject.working_months is None else {**subject.working_months, year: Fraction(12)}
    grown = replace(subject, ratings=ratings, honours=honours, working_months=months)
    first = case.first_year + 1 if case.first_year == case.last_year else case.first_year
    return replace(case, on=on, received_on=None, year=(first, year), subject=grown)


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)


def _closed_until(case: Case, wanting: tuple[Finding, ...]) -> date | None:
    """Return the last day of a discipline that is in the way; None where no day is known."""
    barred = any(finding.rule.id == "C.PRIN" and finding.met is False for finding in wanting)
    ends = [time.to_day for time in case.subject.discipline or () if time.to_day and time.to_day >= case.on]
    return max(ends, default=None) if barred else None

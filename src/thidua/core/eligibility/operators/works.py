"""Conditions on initiatives and research: scope, time, and what they have already served for."""

from fractions import Fraction
from math import ceil
from typing import NamedTuple

from thidua.core.eligibility.case import Initiative, ResearchWork
from thidua.core.eligibility.facts import Facts, Look, NotAskedError, Truth, reached
from thidua.core.eligibility.operators.wording import NONE_SEEN, SCOPES, UNKNOWN, awards_in_words
from thidua.core.law import operators as ask
from thidua.core.law.figures import NotInForceError
from thidua.core.law.messages import Message, later, made, say
from thidua.core.law.operators import Run
from thidua.core.law.words import TITLES_OF_PEOPLE

_NARROW = say("chưa tới phạm vi cần có")
_OUTSIDE = say("không thuộc những năm được tính")
_PERHAPS_OUTSIDE = say("chưa rõ có thuộc những năm được tính không")
_NEVER = 10**4
"""A year no work lies in."""


class Terms(NamedTuple):
    """The years whose works count, none after ``last``: surely from one year, possibly from an earlier one.

    ``single_use`` says whether a work may serve once; None where the law does not bar a second use.
    """

    last: int
    sure_from: int
    possible_from: int
    single_use: str | None = None


class Judged(NamedTuple):
    """A work, whether it counts, and why not (surely)."""

    work: Initiative | ResearchWork
    truth: Truth
    why: Message | None = None


def initiatives(asks: ask.Initiatives, facts: Facts) -> Look:
    wanted, entry = facts.amount(asks.at_least)
    asked = later(_initiatives_asked, asks, wanted)
    raised = facts.subject.initiatives
    if raised is None:
        return Look(None, asked, UNKNOWN, entry)
    terms = _terms(asks.within, facts, asks.reuse)
    judged = tuple([_initiative(one, asks, terms) for one in raised])
    meant_from = _meant_from(asks.years, facts)
    return made(
        Look, (_enough(judged, wanted), asked, later(_initiatives_in_words, judged, meant_from), entry)
    )


def _enough(judged: tuple[Judged, ...], wanted: Fraction) -> Truth:
    truths = [one.truth for one in judged]
    return reached(truths.count(True), len(truths) - truths.count(False), wanted)


def _initiatives_asked(asks: ask.Initiatives, wanted: Fraction) -> Message:
    asked = say(
        "Có {count} sáng kiến được công nhận, phạm vi {scope}", count=wanted, scope=SCOPES[asks.scope]
    )
    if asks.applied:
        asked = say("{asked}, đã áp dụng", asked=asked)
    if asks.replicable:
        asked = say("{asked}, có khả năng nhân rộng", asked=asked)
    return asked


def _terms(run: Run | None, facts: Facts, reuse: str | None = None) -> Terms:
    """Return the years whose works count.

    A lower bound there is only within a run of years; elsewhere no text says when an older work ceases to count.
    """
    single_use = facts.case.award if _single_use(reuse, facts) else None
    if run is None:
        return Terms(facts.last_year, 0, 0, single_use)
    found = facts.run(run)
    sure = found.years(possible=False).start if found.sure else _NEVER
    possible = found.years(possible=True).start if found.possible else _NEVER
    return Terms(facts.last_year, sure, possible, single_use)


def _initiative(one: Initiative, asks: ask.Initiatives, terms: Terms) -> Judged:
    why = _barred(one, asks, terms) or _outside(_latest_year(one), terms)
    if why:
        return Judged(one, False, why)
    doubt = _doubt(one, asks, terms) or _perhaps_outside(_latest_year(one), terms)
    return Judged(one, None, doubt) if doubt else Judged(one, True)


def _barred(one: Initiative, asks: ask.Initiatives, terms: Terms) -> Message | None:
    """Return why the initiative surely does not count, whatever its years."""
    if one.scope.rank < asks.scope.rank:
        return _NARROW
    if _spent(one, terms.single_use):
        return say(
            "đã dùng cho {awards}", awards=awards_in_words(sorted({use.award for use in one.used_for}))
        )
    if asks.replicable and one.replicable is False:
        return say("không có khả năng nhân rộng")
    if one.applied_on and one.applied_on.year > terms.last:
        return say("áp dụng {day}, sau năm {year}", day=one.applied_on, year=terms.last)
    if not one.applied_on and one.recognised_on and one.recognised_on.year > terms.last + 1:
        return say("công nhận {day}, sau năm {year}", day=one.recognised_on, year=terms.last)
    return None


def _doubt(one: Initiative, asks: ask.Initiatives, terms: Terms) -> Message | None:
    """Return what must be known before the initiative surely counts.

    It may be recognised in the months after the year, so then only the day it was applied on says which year's it is.
    """
    if one.recognised_on is None:
        return say("chưa rõ ngày công nhận")
    if one.applied_on is None and (asks.applied or one.recognised_on.year > terms.last):
        return say("chưa rõ ngày áp dụng")
    if asks.replicable and one.replicable is None:
        return say("chưa rõ khả năng nhân rộng")
    return None


def _latest_year(initiative: Initiative) -> int | None:
    """Return the year in which the initiative was both recognised and applied, as far as the days are known."""
    days = [day for day in (initiative.recognised_on, initiative.applied_on) if day]
    return max(days).year if days else None


def _outside(latest: int | None, terms: Terms) -> Message | None:
    return _OUTSIDE if latest is not None and latest < terms.possible_from else None


def _perhaps_outside(latest: int | None, terms: Terms) -> Message | None:
    return _PERHAPS_OUTSIDE if latest is not None and latest < terms.sure_from else None


def _meant_from(last_years: Fraction | str | None, facts: Facts) -> int | None:
    """Return the first of the years an award is for; a work of an earlier one is pointed out."""
    return None if last_years is None else facts.last_year + 1 - ceil(facts.amount(last_years)[0])


def _dated(found: Message, latest: int | None, meant_from: int | None) -> Message:
    if latest is None or meant_from is None or latest >= meant_from:
        return found
    return say("{found} (trước thời gian xét; luật không nói thời hạn)", found=found)


def _single_use(reuse: str | None, facts: Facts) -> bool:
    """Return whether the guidance on single use is there on the day of the decision."""
    if reuse is None:
        return False
    try:
        facts.law.figure(reuse, facts.authority).on(facts.case.on)
    except NotInForceError:
        return False
    return True


def _spent(initiative: Initiative, for_award: str | None) -> bool:
    """Return whether an earlier use bars this initiative: only title after title is left open."""
    if for_award is None or not initiative.used_for:
        return False
    return for_award not in TITLES_OF_PEOPLE or any(
        use.award not in TITLES_OF_PEOPLE for use in initiative.used_for
    )


def _initiatives_in_words(judged: tuple[Judged, ...], meant_from: int | None) -> Message:
    seen, left = [], []
    for one in judged:
        work = one.work
        if not isinstance(work, Initiative):
            continue
        scope = SCOPES[work.scope]
        if one.truth is False:
            left.append(say("{scope}, {why}", scope=scope, why=one.why))
            continue
        found = say("{scope}, công nhận {day}", scope=scope, day=work.recognised_on or UNKNOWN)
        seen.append(_doubted(_dated(found, _latest_year(work), meant_from), one))
    words = say("{all}", all=tuple(seen)) if seen else NONE_SEEN
    if not left:
        return words
    return say("{words}; {spent} sáng kiến không tính: {why}", words=words, spent=len(left), why=tuple(left))


def _doubted(found: Message, one: Judged) -> Message:
    return say("{found} (chưa chắc được tính: {why})", found=found, why=one.why) if one.why else found


def initiative_reuse(asks: ask.InitiativeReuse, facts: Facts) -> Look:
    """Asked of titles alone, and only where the initiatives at hand have all served another title."""
    entry = facts.law.figure(asks.rule_figure, facts.authority).on(facts.case.on)
    raised = facts.subject.initiatives
    if (
        facts.case.award not in TITLES_OF_PEOPLE
        or not raised
        or any(not initiative.used_for for initiative in raised)
    ):
        raise NotAskedError
    uses = sorted({use.award for initiative in raised for use in initiative.used_for})
    asked = say("Mỗi sáng kiến chỉ dùng một lần để xét khen")
    return Look(False, asked, say("đã dùng cho {awards}", awards=awards_in_words(uses)), entry)


def research(asks: ask.Research, facts: Facts) -> Look:
    wanted, entry = facts.amount(asks.at_least)
    asked = say(
        "Có {count} đề tài, đề án được nghiệm thu, phạm vi {scope}", count=wanted, scope=SCOPES[asks.scope]
    )
    works = facts.subject.research
    if works is None:
        return Look(None, asked, UNKNOWN, entry)
    terms = _terms(asks.within, facts)
    judged = tuple([_research(work, asks, terms) for work in works])
    meant_from = _meant_from(asks.years, facts)
    return Look(_enough(judged, wanted), asked, later(_research_in_words, judged, meant_from), entry)


def _research(work: ResearchWork, asks: ask.Research, terms: Terms) -> Judged:
    accepted = work.accepted_on
    year = accepted.year if accepted else None
    if work.scope.rank < asks.scope.rank:
        return Judged(work, False, _NARROW)
    if year is not None and year > terms.last + 1:
        return Judged(work, False, say("nghiệm thu {day}, sau năm {year}", day=accepted, year=terms.last))
    if why := _outside(year, terms):
        return Judged(work, False, why)
    doubt = _doubt_of_research(work, asks, terms) or _perhaps_outside(year, terms)
    return Judged(work, None, doubt) if doubt else Judged(work, True)


def _doubt_of_research(work: ResearchWork, asks: ask.Research, terms: Terms) -> Message | None:
    if work.accepted_on is None:
        return say("chưa rõ ngày nghiệm thu")
    if work.accepted_on.year > terms.last:
        return say("nghiệm thu sau năm {year}", year=terms.last)
    if asks.sure_roles and work.role not in asks.sure_roles:
        return say("chưa rõ vai trò được tính")
    return None


def _research_in_words(judged: tuple[Judged, ...], meant_from: int | None) -> Message:
    seen, left = [], []
    for one in judged:
        work = one.work
        if not isinstance(work, ResearchWork):
            continue
        scope, accepted = SCOPES[work.scope], work.accepted_on
        if one.truth is False:
            left.append(say("{scope}, {why}", scope=scope, why=one.why))
            continue
        found = say("{scope}, nghiệm thu {day}", scope=scope, day=accepted or UNKNOWN)
        seen.append(_doubted(_dated(found, accepted.year if accepted else None, meant_from), one))
    words = say("{all}", all=tuple(seen)) if seen else NONE_SEEN
    if not left:
        return words
    return say("{words}; {spent} đề tài không tính: {why}", words=words, spent=len(left), why=tuple(left))

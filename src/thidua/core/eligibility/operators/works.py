"""Conditions on initiatives and research: scope, time, and what they have already served for."""

from fractions import Fraction
from math import ceil

from thidua.core.eligibility.case import Initiative, ResearchWork
from thidua.core.eligibility.facts import Facts, Look, NotAskedError, Spread, Truth, reached
from thidua.core.eligibility.operators.wording import NONE_SEEN, SCOPES, UNKNOWN, awards_in_words
from thidua.core.law import operators as ask
from thidua.core.law.figures import NotInForceError
from thidua.core.law.messages import Message, later, made, say
from thidua.core.law.operators import Run

_TITLES = frozenset({"LDTT", "CSTDCS", "CSTDB", "CSTDTQ"})


def initiatives(asks: ask.Initiatives, facts: Facts) -> Look:
    wanted, entry = facts.amount(asks.at_least)
    asked = later(_initiatives_asked, asks, wanted)
    raised = facts.subject.initiatives
    if raised is None:
        return Look(None, asked, UNKNOWN, entry)
    sure, counting = 0, []
    for one in raised:
        truth = _counts(one, asks, facts)
        sure += truth is True
        if truth is not False:
            counting.append(one)
    met = reached(sure, len(counting), wanted)
    meant_from = _meant_from(asks.years, facts)
    return made(Look, (met, asked, later(_initiatives_in_words, counting, raised, meant_from), entry))


def _initiatives_asked(asks: ask.Initiatives, wanted: Fraction) -> Message:
    asked = say(
        "Có {count} sáng kiến được công nhận, phạm vi {scope}", count=wanted, scope=SCOPES[asks.scope]
    )
    if asks.applied:
        asked = say("{asked}, đã áp dụng", asked=asked)
    if asks.replicable:
        asked = say("{asked}, có khả năng nhân rộng", asked=asked)
    return asked


def _counts(initiative: Initiative, asks: ask.Initiatives, facts: Facts) -> Truth:
    if initiative.scope.rank < asks.scope.rank or _spent(initiative, asks.reuse, facts):
        return False
    in_time = _in_time(_latest_year(initiative), asks.within, facts)
    replicable = initiative.replicable if asks.replicable else True
    if in_time is False or replicable is False:
        return False
    dated = initiative.recognised_on and (initiative.applied_on or not asks.applied)
    return True if in_time and replicable and dated else None


def _latest_year(initiative: Initiative) -> int | None:
    """Return the year in which the initiative was both recognised and applied, as far as the days are known."""
    days = [day for day in (initiative.recognised_on, initiative.applied_on) if day]
    return max(days).year if days else None


def _in_time(latest: int | None, run: Run | None, facts: Facts) -> Truth:
    """Return whether a work whose latest year is ``latest`` belongs to the time asked about.

    Only within a run of years the law says so; elsewhere no text says when an older work ceases to count.
    """
    if latest is None:
        return None
    if run is None:
        return True
    found = facts.run(run)
    if latest >= found.years(possible=False).start and found.sure:
        return True
    return None if found.possible and latest >= found.years(possible=True).start else False


def _meant_from(last_years: Fraction | str | None, facts: Facts) -> int | None:
    """Return the first of the years an award is for; a work of an earlier one is pointed out."""
    return None if last_years is None else facts.last_year + 1 - ceil(facts.amount(last_years)[0])


def _dated(found: Message, latest: int | None, meant_from: int | None) -> Message:
    if latest is None or meant_from is None or latest >= meant_from:
        return found
    return say("{found} (trước thời gian xét; luật không nói thời hạn)", found=found)


def _spent(initiative: Initiative, reuse: str | None, facts: Facts) -> bool:
    """Return whether the guidance on single use bars this initiative: only title after title is left open."""
    if reuse is None or not initiative.used_for:
        return False
    try:
        facts.law.figure(reuse, facts.authority).on(facts.case.on)
    except NotInForceError:
        return False
    return facts.case.award not in _TITLES or any(use.award not in _TITLES for use in initiative.used_for)


def _initiatives_in_words(
    counting: list[Initiative], raised: tuple[Initiative, ...], meant_from: int | None
) -> Message:
    seen = tuple(
        _dated(
            say("{scope}, công nhận {day}", scope=SCOPES[found.scope], day=found.recognised_on or UNKNOWN),
            _latest_year(found),
            meant_from,
        )
        for found in counting
    )
    spent = len(raised) - len(counting)
    words = say("{all}", all=seen) if seen else NONE_SEEN
    return say("{words}; {spent} sáng kiến không tính", words=words, spent=spent) if spent else words


def initiative_reuse(asks: ask.InitiativeReuse, facts: Facts) -> Look:
    """Asked of titles alone, and only where the initiatives at hand have all served another title."""
    entry = facts.law.figure(asks.rule_figure, facts.authority).on(facts.case.on)
    raised = facts.subject.initiatives
    if facts.case.award not in _TITLES or not raised or any(not initiative.used_for for initiative in raised):
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
    truths = [_work_counts(work, asks, facts) for work in works]
    found = Spread(truths.count(True), len(truths) - truths.count(False))
    meant_from = _meant_from(asks.years, facts)
    seen = tuple(
        _dated(
            say("{scope}, nghiệm thu {day}", scope=SCOPES[work.scope], day=work.accepted_on or UNKNOWN),
            work.accepted_on.year if work.accepted_on else None,
            meant_from,
        )
        for work, truth in zip(works, truths, strict=True)
        if truth is not False
    )
    return Look(found.reaches(wanted), asked, say("{all}", all=seen) if seen else NONE_SEEN, entry)


def _work_counts(work: ResearchWork, asks: ask.Research, facts: Facts) -> Truth:
    if work.scope.rank < asks.scope.rank:
        return False
    in_time = _in_time(work.accepted_on.year if work.accepted_on else None, asks.within, facts)
    role: Truth = True if not asks.sure_roles or work.role in asks.sure_roles else None
    return False if in_time is False else None if in_time is None or role is None else True

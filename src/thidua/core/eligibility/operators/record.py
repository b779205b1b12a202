"""Conditions on the record: honours held, consecutive years, initiatives and research."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from itertools import pairwise

from thidua.core.eligibility.case import Honour, Initiative, ResearchWork
from thidua.core.eligibility.facts import (
    Facts,
    Look,
    NotAskedError,
    Spread,
    Truth,
    YearRun,
    at_least,
    reached,
)
from thidua.core.eligibility.open_years import least_rank
from thidua.core.eligibility.operators.wording import (
    NONE_SEEN,
    RATINGS,
    SCOPES,
    UNKNOWN,
    awards_in_words,
    honours_in_words,
    years_in_words,
)
from thidua.core.eligibility.spans import MONTHS, months
from thidua.core.law import operators as ask
from thidua.core.law.figures import NotInForceError
from thidua.core.law.messages import Message, Said, later, made, say
from thidua.core.law.operators import Run
from thidua.core.law.words import TITLES_OF_ONE_YEAR, Rating

_TITLES = frozenset({"LDTT", "CSTDCS", "CSTDB", "CSTDTQ"})


def holds(asks: ask.Holds, facts: Facts) -> Look:
    asked = later(_holds_asked, asks, facts.last_year)
    honours = facts.honours(asks.award, own=asks.own)
    if honours is None:
        return Look(None, asked, UNKNOWN)
    barred = asks.not_types
    perhaps = 0
    if barred:
        honours = [honour for honour in honours if honour.type not in barred]
    if asks.period == "same-year":
        perhaps = facts.undated(asks.award, barred)
        honours = [honour for honour in honours if _covers(honour, facts.last_year)]
    seen = honours_in_words(honours, facts.revoked(asks.award))
    if asks.at_most is not None:
        return Look(len(honours) <= facts.amount(asks.at_most)[0], asked, seen)
    doubtful = asks.doubtful_types
    sure = sum(honour.type not in doubtful for honour in honours) if doubtful else len(honours)
    met = reached(sure, len(honours) + perhaps, facts.amount(asks.at_least)[0])
    if met is False and _proposed(asks, facts):
        return Look(None, asked, say("đang được đề nghị, chưa có quyết định"))
    if met is False and _may_still_come(asks, facts):
        return Look(None, asked, say("năm {year} chưa bình xét xong", year=facts.last_year))
    return made(Look, (met, asked, seen, None))


def _holds_asked(asks: ask.Holds, year: int) -> Message:
    awards = awards_in_words(asks.award)
    if asks.at_most == 0:
        return say("Chưa được tặng {awards}", awards=awards)
    if asks.at_most is not None:
        return say("Được tặng {awards} không quá {count} lần", awards=awards, count=asks.at_most)
    if asks.period == "same-year":
        return say("Đạt {awards} năm {year}", awards=awards, year=year)
    if asks.at_least != 1:
        return say("Đã được tặng {awards} từ {count} lần", awards=awards, count=asks.at_least)
    return say("Đã được tặng {awards}", awards=awards)


def _covers(honour: Honour, year: int) -> bool:
    first, last = honour.first_year, honour.last_year
    return first is not None and last is not None and first <= year <= last


def _proposed(asks: ask.Holds, facts: Facts) -> bool:
    """Return whether the award asked for stands among the open proposals of the same year."""
    if asks.period != "same-year":
        return False
    return any(
        proposal.award in asks.award and (proposal.year is None or proposal.year[1] == facts.last_year)
        for proposal in facts.case.proposals or ()
    )


def _may_still_come(asks: ask.Holds, facts: Facts) -> bool:
    """Return whether the year is still being judged and the subject not rated too low for what is asked."""
    open_from, year = facts.case.open_from, facts.last_year
    if asks.period != "same-year" or open_from is None or year < open_from:
        return False
    rating = (facts.subject.ratings or {}).get(year)
    return rating is None or rating.rank >= least_rank(asks.award, facts.ground, facts.day)


def chain(asks: ask.Chain, facts: Facts) -> Look:
    wanted, entry = facts.amount(asks.years)
    if asks.rating is None:
        return made(Look, (*_title_chain(asks, facts, wanted), entry))
    run = facts.run(_run_of(asks, asks.rating))
    asked = say(
        "{years} năm liên tục “{rating}”{after}",
        years=wanted, rating=RATINGS[asks.rating], after=_after(asks.after),
    )  # fmt: skip
    return Look(run.spread.reaches(wanted), asked, _run_in_words(run), entry)


def _run_of(asks: ask.Chain, rating: Rating) -> Run:
    return Run(rating, asks.after, asks.not_types, asks.doubtful_types, asks.anew, asks.renewed)


def _after(awards: tuple[str, ...]) -> Message:
    return say(" kể từ {awards}", awards=awards_in_words(awards)) if awards else say("")


def _run_in_words(run: YearRun) -> Message:
    if run.sure == run.possible:
        return say("{sure} năm đến {last}", sure=run.sure, last=run.last)
    if run.sure == 0:
        return say("chưa đủ dữ liệu xếp loại đến {last}", last=run.last)
    return say("{sure} năm đến {last}, các năm trước chưa có dữ liệu", sure=run.sure, last=run.last)


def _title_chain(asks: ask.Chain, facts: Facts, wanted: Fraction) -> tuple[Truth, Said, Said]:
    """Return whether there are so many years in a row, what is asked, and what was seen."""
    asked = later(_title_chain_asked, asks.award, wanted)
    years = facts.title_years(asks.award)
    if years is None:
        return None, asked, UNKNOWN
    ends = [facts.last_year] if asks.ends == "year" else [facts.last_year, facts.last_year - 1]
    start = max(_restarts(asks, facts), default=0) if asks.anew or asks.renewed else 0
    longest = max([_length(years, end, start) for end in ends])
    revoked = facts.revoked(asks.award)
    seen = honours_in_words(facts.honours(asks.award), revoked) if revoked else years_in_words(years)
    met = at_least(longest, wanted)
    if not met and facts.undated(asks.award):
        return None, asked, say("{seen}; có danh hiệu chưa rõ năm", seen=seen)
    if not met and _chain_proposed(asks, facts, years, wanted):
        return None, asked, say("{seen}; năm {year} đang được đề nghị", seen=seen, year=facts.last_year)
    return met, asked, seen


def _title_chain_asked(awards: tuple[str, ...], wanted: Fraction) -> Message:
    return say("{years} năm liên tục đạt {awards}", years=wanted, awards=awards_in_words(awards))


def _chain_proposed(asks: ask.Chain, facts: Facts, years: set[int], wanted: Fraction) -> bool:
    """Return whether the chain is whole once the open proposal of the same year is decided."""
    proposed = any(
        proposal.award in asks.award and proposal.year is not None and proposal.year[1] == facts.last_year
        for proposal in facts.case.proposals or ()
    )
    return proposed and _length({*years, facts.last_year}, facts.last_year, 0) >= wanted


def _restarts(asks: ask.Chain, facts: Facts) -> Iterable[int]:
    if asks.anew:
        yield from ((time.to_day or facts.case.on).year + 1 for time in facts.subject.discipline or ())
    if asks.renewed:
        yield from ((honour.last_year or 0) + 1 for honour in facts.honours((facts.case.award,)) or ())


def _length(years: set[int], last: int, start: int) -> int:
    length = 0
    while last - length in years and last - length >= start:
        length += 1
    return length


def count(asks: ask.Count, facts: Facts) -> Look:
    wanted, entry = facts.amount(asks.at_least)
    run = facts.run(asks.within)
    if asks.rating is not None:
        asked = say(
            "Trong thời gian đó có từ {count} năm “{rating}”", count=wanted, rating=RATINGS[asks.rating]
        )
        found, seen = _rated_years(asks.rating, run, facts)
    else:
        asked = say(
            "Trong thời gian đó có từ {count} lần {awards}", count=wanted, awards=awards_in_words(asks.award)
        )
        found, seen = _honours_in(asks, run, facts)
    return Look(found.reaches(wanted), asked, seen, entry)


def _rated_years(least: Rating, run: YearRun, facts: Facts) -> tuple[Spread, Said]:
    ratings = facts.subject.ratings or {}
    good = [year for year, rating in ratings.items() if rating.rank >= least.rank]
    sure = sum(year in run.years(possible=False) for year in good)
    possible = run.years(possible=True)
    unknown = sum(year not in ratings for year in possible)
    return Spread(sure, sum(year in possible for year in good) + unknown), years_in_words(
        y for y in good if y in possible
    )


def _honours_in(asks: ask.Count, run: YearRun, facts: Facts) -> tuple[Spread, Said]:
    awards = asks.award
    honours = facts.honours(awards)
    if honours is None:
        return Spread(0, run.possible), UNKNOWN
    honours = [honour for honour in honours if honour.type not in asks.not_types]
    ends = {(honour.award, year) for honour in honours for year in _years_rewarded(honour)}
    sure, possible = run.years(possible=False), run.years(possible=True)
    inside = [honour for honour in honours if honour.last_year is not None and honour.last_year in possible]
    # Two of one award for one year are counted as one: the same year is not rewarded twice.
    perhaps = facts.undated(awards, asks.not_types)
    found = Spread(sum(year in sure for _, year in ends), sum(year in possible for _, year in ends) + perhaps)
    return found, later(_counted_in_words, inside, sure, facts.revoked(awards))


def _counted_in_words(inside: list[Honour], sure: range, revoked: list[Honour]) -> Message:
    """Return the honours of the years that surely count, and apart those of years that only may."""
    counted = [honour for honour in inside if honour.last_year in sure]
    perhaps = [honour for honour in inside if honour.last_year not in sure]
    seen = honours_in_words(counted, revoked)
    if not perhaps:
        return say("{all}", all=seen)
    return say("{seen}; chưa chắc được tính: {perhaps}", seen=seen, perhaps=honours_in_words(perhaps, []))


def _years_rewarded(honour: Honour) -> Iterable[int]:
    """Return the years an honour is counted for: the last of its achievement, of a yearly title each one."""
    first, last = honour.first_year, honour.last_year
    if first is None or last is None:
        return ()
    return range(first, last + 1) if honour.award in TITLES_OF_ONE_YEAR else (last,)


def times(asks: ask.Times, facts: Facts) -> Look:
    """Count the latest honours, each no further than ``apart`` years from the one before."""
    wanted, entry = facts.amount(asks.times)
    asked = say("{times} lần liên tục được tặng {awards}", times=wanted, awards=awards_in_words(asks.award))
    honours = facts.honours(asks.award)
    if honours is None:
        return Look(None, asked, UNKNOWN, entry)
    apart = facts.amount(asks.apart)[0]
    ends = sorted(
        {h.last_year for h in honours if h.last_year is not None and h.last_year <= facts.last_year},
        reverse=True,
    )
    in_a_row = min(1, len(ends))
    for newer, earlier in pairwise(ends):
        if newer - earlier > apart:
            break
        in_a_row += 1
    met = True if in_a_row >= wanted else None if facts.undated(asks.award) else False
    return Look(met, asked, honours_in_words(honours, facts.revoked(asks.award)), entry)


def since(asks: ask.Since, facts: Facts) -> Look:
    least, entry = facts.amount(asks.at_least)
    awards = awards_in_words(asks.award)
    honours = facts.honours(asks.award, own=asks.own)
    if asks.at_most is not None:
        asked = say("Xét ngay năm liền sau quyết định tặng {awards}", awards=awards)
    else:
        asked = say("Cách lần tặng {awards} trước ít nhất {years} năm", awards=awards, years=least)
    if honours is None:
        return Look(None, asked, UNKNOWN, entry)
    if not honours:
        raise NotAskedError
    seen = honours_in_words(honours, facts.revoked(asks.award))
    if asks.at_most is not None:
        latest = max(_later_year(honour) for honour in honours)
        return Look(facts.case.received.year - latest <= facts.amount(asks.at_most)[0], asked, seen, entry)
    last = max(honour.decided_on or date(honour.last_year or 1, 12, 31) for honour in honours)
    return Look(months(last, facts.case.on) - Fraction(1, 30) >= least * MONTHS, asked, seen, entry)


def _later_year(honour: Honour) -> int:
    return max(honour.last_year or 0, honour.decided_on.year if honour.decided_on else 0)


# -- initiatives and research ------------------------------------------------------------------------


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
    return made(Look, (met, asked, later(_initiatives_in_words, counting, raised), entry))


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
    in_time = _in_time(
        _later_of(initiative.recognised_on, initiative.applied_on), asks.years, asks.within, facts
    )
    replicable = initiative.replicable if asks.replicable else True
    if in_time is False or replicable is False:
        return False
    dated = initiative.recognised_on and (initiative.applied_on or not asks.applied)
    return True if in_time and replicable and dated else None


def _later_of(first: date | None, second: date | None) -> int | None:
    """Return the later year of two days, of which either may be unknown."""
    if first is None or second is None:
        known = first or second
        return None if known is None else known.year
    return max(first, second).year


def _in_time(latest: int | None, last_years: Fraction | str | None, run: Run | None, facts: Facts) -> Truth:
    """Return whether a work whose latest year is ``latest`` belongs to the time asked about.

    Within a run of years the law says so itself; where only a year is meant, the law does not say
    when an older work ceases to count, so the answer is open.
    """
    if latest is None:
        return None
    if run is not None:
        found = facts.run(run)
        if latest >= found.years(possible=False).start and found.sure:
            return True
        return None if found.possible and latest >= found.years(possible=True).start else False
    if last_years is None:
        return True
    return None if at_least(facts.last_year - latest, facts.amount(last_years)[0]) else True


def _spent(initiative: Initiative, reuse: str | None, facts: Facts) -> bool:
    """Return whether the guidance on single use bars this initiative: only title after title is left open."""
    if reuse is None or not initiative.used_for:
        return False
    try:
        facts.law.figure(reuse, facts.authority).on(facts.case.on)
    except NotInForceError:
        return False
    return facts.case.award not in _TITLES or any(use.award not in _TITLES for use in initiative.used_for)


def _initiatives_in_words(counting: list[Initiative], raised: tuple[Initiative, ...]) -> Message:
    seen = tuple(
        say("{scope}, công nhận {day}", scope=SCOPES[found.scope], day=found.recognised_on or UNKNOWN)
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
    seen = tuple(
        say("{scope}, nghiệm thu {day}", scope=SCOPES[work.scope], day=work.accepted_on or UNKNOWN)
        for work, truth in zip(works, truths, strict=True)
        if truth is not False
    )
    return Look(found.reaches(wanted), asked, say("{all}", all=seen) if seen else NONE_SEEN, entry)


def _work_counts(work: ResearchWork, asks: ask.Research, facts: Facts) -> Truth:
    if work.scope.rank < asks.scope.rank:
        return False
    in_time = _in_time(work.accepted_on.year if work.accepted_on else None, asks.years, asks.within, facts)
    role: Truth = True if not asks.sure_roles or work.role in asks.sure_roles else None
    return False if in_time is False else None if in_time is None or role is None else True

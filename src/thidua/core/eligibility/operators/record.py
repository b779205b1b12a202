"""Conditions on the record: honours held, consecutive years, times in a row."""

from datetime import date
from fractions import Fraction
from itertools import pairwise

from thidua.core.eligibility.case import Honour
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
from thidua.core.eligibility.open_years import years_that_may_bring
from thidua.core.eligibility.operators.wording import (
    RATINGS,
    UNKNOWN,
    awards_in_words,
    honours_in_words,
    years_in_words,
)
from thidua.core.eligibility.spans import MONTHS, months
from thidua.core.law import operators as ask
from thidua.core.law.messages import Message, Said, later, made, say
from thidua.core.law.operators import Run
from thidua.core.law.words import TITLES_OF_ONE_YEAR, Rating


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
    return asks.period == "same-year" and facts.last_year in years_that_may_bring(asks.award, facts)


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
    start = max(facts.restarts(asks), default=0)
    longest = max([_length(years, end, start) for end in ends])
    revoked = facts.revoked(asks.award)
    seen = honours_in_words(facts.honours(asks.award), revoked) if revoked else years_in_words(years)
    met = at_least(longest, wanted)
    if not met and facts.undated(asks.award):
        return None, asked, say("{seen}; có danh hiệu chưa rõ năm", seen=seen)
    if not met and _chain_proposed(asks, facts, years, wanted):
        return None, asked, say("{seen}; năm {year} đang được đề nghị", seen=seen, year=facts.last_year)
    may_come = set() if met else years_that_may_bring(asks.award, facts) - years
    if may_come and at_least(max(_length(years | may_come, end, start) for end in ends), wanted):
        return None, asked, _not_judged_yet(seen, max(may_come))
    if not met and asks.ends == "year" and at_least(_length(years, facts.last_year - 1, start), wanted):
        return met, asked, say("{seen}; không liền đến năm {year}", seen=seen, year=facts.last_year)
    return met, asked, seen


def _not_judged_yet(seen: Said, year: int) -> Message:
    return say("{seen}; năm {year} chưa bình xét xong", seen=seen, year=year)


def _title_chain_asked(awards: tuple[str, ...], wanted: Fraction) -> Message:
    return say("{years} năm liên tục đạt {awards}", years=wanted, awards=awards_in_words(awards))


def _chain_proposed(asks: ask.Chain, facts: Facts, years: set[int], wanted: Fraction) -> bool:
    """Return whether the chain is whole once the open proposal of the same year is decided."""
    proposed = any(
        proposal.award in asks.award and proposal.year is not None and proposal.year[1] == facts.last_year
        for proposal in facts.case.proposals or ()
    )
    return proposed and _length({*years, facts.last_year}, facts.last_year, 0) >= wanted


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
        found, seen = _rated_years(asks.rating, asks.within, wanted, facts)
    else:
        asked = say(
            "Trong thời gian đó có từ {count} lần {awards}", count=wanted, awards=awards_in_words(asks.award)
        )
        found, seen = _honours_in(asks, run, facts)
    return Look(found.reaches(wanted), asked, seen, entry)


def _rated_years(least: Rating, within: Run, wanted: Fraction, facts: Facts) -> tuple[Spread, Said]:
    run = facts.run(within)
    ratings = facts.subject.ratings or {}
    good = [year for year, rating in ratings.items() if rating.rank >= least.rank]
    surely, possible = run.years(possible=False), run.years(possible=True)
    sure = [year for year in good if year in surely]
    perhaps = [year for year in good if year in possible and year not in surely]
    unrated = [year for year in possible if year not in ratings]
    seen = years_in_words(sure)
    if unrated and not perhaps and not at_least(len(sure), wanted):
        seen = say("{seen}; chưa có xếp loại năm {year}", seen=seen, year=max(unrated))
    if perhaps:
        why = _why_unsure(within, run, facts)
        seen = later(_beside_doubtful, seen if sure else None, years_in_words(perhaps), why)
    return Spread(len(sure), len(sure) + len(perhaps) + len(unrated)), seen


def _why_unsure(within: Run, run: YearRun, facts: Facts) -> Message:
    """Return why the years before the last that surely count may not count."""
    year = run.last - run.sure
    if year not in (facts.subject.ratings or {}):
        return say("chưa có xếp loại năm {year}", year=year)
    return say(
        "{awards} mở thời gian tính là khen theo chuyên đề, phong trào, đột xuất hoặc chưa rõ năm",
        awards=awards_in_words(within.after),
    )


def _beside_doubtful(seen: Said | None, perhaps: Said, why: Message) -> Message:
    """Return what surely counts, if anything, and apart what only may."""
    doubtful = say("chưa chắc được tính: {perhaps} ({why})", perhaps=perhaps, why=why)
    return doubtful if seen is None else say("{seen}; {doubtful}", seen=seen, doubtful=doubtful)


def _honours_in(asks: ask.Count, run: YearRun, facts: Facts) -> tuple[Spread, Said]:
    awards = asks.award
    honours = facts.honours(awards)
    if honours is None:
        return Spread(0, run.possible), UNKNOWN
    honours = [honour for honour in honours if honour.type not in asks.not_types]
    ends = {(honour.award, year) for honour in honours for year in honour.years_rewarded}
    sure, possible = run.years(possible=False), run.years(possible=True)
    inside = [honour for honour in honours if honour.last_year is not None and honour.last_year in possible]
    # Two of one award for one year are counted as one: the same year is not rewarded twice.
    perhaps = facts.undated(awards, asks.not_types)
    awaited = [year for year in _awaited(asks, ends, facts) if year in possible]
    perhaps += len(awaited)
    found = Spread(sum(year in sure for _, year in ends), sum(year in possible for _, year in ends) + perhaps)
    why = _why_unsure(asks.within, run, facts)
    seen = later(_counted_in_words, inside, sure, facts.revoked(awards), why)
    return found, _not_judged_yet(seen, max(awaited)) if awaited else seen


def _awaited(asks: ask.Count, ends: set[tuple[str, int]], facts: Facts) -> list[int]:
    """Return the open years for which a yearly title is not held yet and may still come, one for each title."""
    titles = () if asks.not_types else [award for award in asks.award if award in TITLES_OF_ONE_YEAR]
    return [
        year
        for title in titles
        for year in years_that_may_bring((title,), facts)
        if (title, year) not in ends
    ]


def _counted_in_words(inside: list[Honour], sure: range, revoked: list[Honour], why: Message) -> Message:
    """Return the honours of the years that surely count, and apart those of years that only may."""
    counted = [honour for honour in inside if honour.last_year in sure]
    perhaps = [honour for honour in inside if honour.last_year not in sure]
    seen = honours_in_words(counted, revoked)
    if not perhaps:
        return say("{all}", all=seen)
    return _beside_doubtful(seen if counted or revoked else None, honours_in_words(perhaps, []), why)


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

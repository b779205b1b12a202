"""Years of service: in a post, in the sector, in hard areas; what makes them longer and the asking shorter."""

from datetime import date, timedelta
from fractions import Fraction

from thidua.core.eligibility.case import ServiceTime
from thidua.core.eligibility.facts import Facts, Look, Truth
from thidua.core.eligibility.operators.wording import UNKNOWN
from thidua.core.eligibility.sectors import plain_sector, sectors_of
from thidua.core.eligibility.spans import MONTHS, months, within
from thidua.core.law import operators as ask
from thidua.core.law.messages import Message, Rough, say
from thidua.core.law.words import Post

_POSTS = {
    Post.HEAD: say("cấp trưởng"),
    Post.DEPUTY: say("cấp phó"),
    Post.STAFF: say("công chức, viên chức, người lao động"),
    Post.MEDIATOR: say("hòa giải viên ở cơ sở"),
}
_ONE_DAY = timedelta(days=1)


def tenure(asks: ask.Tenure, facts: Facts) -> Look:
    least, most = facts.for_sex(asks.years)
    asked = say("Công tác tại đơn vị từ {years} năm", years=_range(least, most))
    began = facts.subject.hired_on or facts.subject.founded_on
    if began is None:
        return Look(None, asked, UNKNOWN)
    served = months(began, facts.case.on) / MONTHS
    return Look(
        _reached(served, least, most),
        asked,
        say("từ ngày {day}, {years} năm", day=began, years=Rough(served)),
    )


def service(asks: ask.Service, facts: Facts) -> Look:
    least, most = facts.for_sex(asks.years)
    shortened = _earlier(asks, facts)
    asked = _asked(asks, least, most, shortened, facts)
    rows = facts.subject.service
    if rows is None:
        return Look(None, asked, UNKNOWN)
    fitting = [row for row in rows if _fits(row, asks)]
    sure = [row for row in fitting if _of_sector(row, asks, facts) is True]
    possible = [row for row in fitting if _of_sector(row, asks, facts) is not False]
    served, perhaps = _served(sure, asks, facts), _served(possible, asks, facts)
    met = _between(served, perhaps, least - shortened, most - shortened)
    if asks.years_in_sector is not None:
        met = _and(met, _enough_in_sector(asks, rows, facts))
    return Look(met, asked, say("{years} năm", years=Rough(served)))


def _asked(asks: ask.Service, least: Fraction, most: Fraction, shortened: Fraction, facts: Facts) -> Message:
    posts = tuple(_POSTS[post] for post in asks.posts) or (say("công tác"),)
    asked = say("Thời gian {posts} từ {years} năm", posts=posts, years=_range(least, most))
    if asks.moved_in:
        asked = say("{asked} (từ ngành khác chuyển về)", asked=asked)
    if asks.years_in_sector is not None:
        asked = say(
            "{asked}, trong đó {years} năm trong ngành",
            asked=asked,
            years=_range(*facts.for_sex(asks.years_in_sector)),
        )
    return say("{asked}, được giảm {years} năm", asked=asked, years=shortened) if shortened else asked


def _range(least: Fraction, most: Fraction) -> Message:
    if least == most:
        return say("{years}", years=least)
    return say("{least}–{most}", least=least, most=most)


def _fits(row: ServiceTime, asks: ask.Service) -> bool:
    if asks.posts and row.post not in asks.posts:
        return False
    if asks.moved_in is not None and row.moved_in is not asks.moved_in:
        return False
    return not asks.hardship or bool(row.hardship)


def _of_sector(row: ServiceTime, asks: ask.Service, facts: Facts) -> Truth:
    if asks.sector == "any":
        return True
    inside = _in_sector(row, facts)
    return inside if asks.sector == "own" or inside is None else not inside


def _in_sector(row: ServiceTime, facts: Facts) -> Truth:
    """Return whether the row is service in the authority's own sector; a row naming no sector is."""
    if row.sector is None:
        return True
    name = plain_sector(row.sector)
    own = sectors_of(facts.authority, facts.overlays)
    if name in own:
        return True
    named = {plain_sector(other.sector) for other in facts.subject.service or () if other.sector}
    foreign = name in facts.ground.sectors_beside(facts.authority)
    # One sector alone, by a name nobody listed, is the one meant; beside the own one it is another.
    return True if len(named) == 1 and not foreign else None if not named & own and not foreign else False


def _served(rows: list[ServiceTime], asks: ask.Service, facts: Facts) -> Fraction:
    """Return years, each row once and multiplied where its area counts more."""
    spans = [
        (row, max(row.from_day, date.min), min(row.to_day or facts.case.on, facts.case.on)) for row in rows
    ]
    if asks.unbroken:
        return _longest(spans)
    total = Fraction(0)
    for row, first, last in spans:
        long = months(first, last) - (_disciplined(first, last, facts) if asks.without_discipline else 0)
        total += max(long, Fraction(0)) * _factor(row, asks, facts)
    return total / MONTHS


def _longest(spans: list[tuple[ServiceTime, date, date]]) -> Fraction:
    best = Fraction(0)
    start = end = None
    for _, first, last in sorted(spans, key=lambda span: span[1]):
        if start is None or end is None or first > end + _ONE_DAY:
            start, end = first, last
        else:
            end = max(end, last)
        best = max(best, months(start, end))
    return best / MONTHS


def _disciplined(first: date, last: date, facts: Facts) -> Fraction:
    parts = (
        within(time.from_day, time.to_day or facts.case.on, first, last)
        for time in facts.subject.discipline or ()
    )
    return sum((months(*part) for part in parts if part), Fraction(0))


def _factor(row: ServiceTime, asks: ask.Service, facts: Facts) -> Fraction:
    allowance = row.hardship
    for multiplier in asks.multipliers if allowance else ():
        low = facts.amount(multiplier.hardship_from)[0]
        high = facts.amount(multiplier.hardship_to)[0] if multiplier.hardship_to is not None else None
        if allowance is not None and low <= allowance and (high is None or allowance <= high):
            return facts.amount(multiplier.factor)[0]
    return Fraction(1)


def _earlier(asks: ask.Service, facts: Facts) -> Fraction:
    gains = [facts.amount(item.years)[0] for item in asks.earlier if facts.honours(item.awards)]
    return max(gains, default=Fraction(0))


def _enough_in_sector(asks: ask.Service, rows: tuple[ServiceTime, ...], facts: Facts) -> Truth:
    if asks.years_in_sector is None:
        return True
    least, most = facts.for_sex(asks.years_in_sector)
    plain = ask.Service(years=asks.years, without_discipline=asks.without_discipline)
    sure = _served([row for row in rows if _in_sector(row, facts) is True], plain, facts)
    possible = _served([row for row in rows if _in_sector(row, facts) is not False], plain, facts)
    return _between(sure, possible, least, most)


def _between(sure: Fraction, possible: Fraction, least: Fraction, most: Fraction) -> Truth:
    return True if sure >= most else False if possible < least else None


def _reached(served: Fraction, least: Fraction, most: Fraction) -> Truth:
    return _between(served, served, least, most)


def _and(first: Truth, second: Truth) -> Truth:
    return False if first is False or second is False else None if first is None or second is None else True

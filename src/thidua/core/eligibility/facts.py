"""What one question may look at: the case on a day, with the honours that count and the runs of years."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple, TypeVar

from thidua.core.deadlines.calendar import WorkCalendar
from thidua.core.eligibility.case import FIRST_YEAR, Case, Honour
from thidua.core.eligibility.sectors import sectors_beside
from thidua.core.eligibility.spans import within, year_span
from thidua.core.law.awards import Overlay, Pack
from thidua.core.law.exact import Sex
from thidua.core.law.figures import DatedValue, NotInForceError
from thidua.core.law.law import Law
from thidua.core.law.messages import Said
from thidua.core.law.money import Due, money_for
from thidua.core.law.operators import Chain, Run
from thidua.core.law.words import FOR_ONE_DEED, CommendationType, Rating

Truth = bool | None
Found = TypeVar("Found")
_WITHOUT_HOLIDAYS = WorkCalendar()


class Look(NamedTuple):
    """What an operator found: whether it is met, what was asked, what was seen, the figure's value if one decided."""

    met: Truth
    asked: Said
    seen: Said
    entry: DatedValue | None = None


class NotAskedError(Exception):
    """The step has not come yet, or the condition does not concern this question."""


def at_least(number: int, wanted: Fraction) -> bool:
    """Return whether ``number`` reaches ``wanted``, in whole numbers: a fraction compares ten times as slowly."""
    whole, parts = wanted.as_integer_ratio()
    return number * parts >= whole


def reached(sure: int, possible: int, wanted: Fraction) -> Truth:
    """Return whether a count known only between two bounds reaches ``wanted``."""
    number, parts = wanted.as_integer_ratio()
    if sure * parts >= number:
        return True
    return None if possible * parts >= number else False


class Spread(NamedTuple):
    """A count known only between two bounds."""

    sure: int
    possible: int

    def reaches(self, wanted: Fraction) -> Truth:
        return reached(self.sure, self.possible, wanted)


class YearRun(NamedTuple):
    """Consecutive years up to ``last``: surely since one year, possibly since an earlier one."""

    last: int
    sure: int
    possible: int

    @property
    def spread(self) -> Spread:
        return Spread(self.sure, self.possible)

    def years(self, *, possible: bool) -> range:
        length = self.possible if possible else self.sure
        return range(self.last - length + 1, self.last + 1)


class Ground:
    """Everything a check needs besides the case, and what many cases ask alike."""

    __slots__ = ("_alike", "_dues", "_packs", "_sectors", "_working_days", "calendar", "law")

    def __init__(self, law: Law, calendar: WorkCalendar = _WITHOUT_HOLIDAYS) -> None:
        self.law = law
        self.calendar = calendar
        self._working_days: dict[tuple[date, date], int] = {}
        self._dues: dict[tuple[object, ...], Due | None] = {}
        self._packs: dict[tuple[date, date], list[tuple[Pack, date]]] = {}
        self._alike: dict[Hashable, Any] = {}
        self._sectors: dict[str | None, frozenset[str]] = {}

    def working_days(self, first: date, last: date) -> int:
        """Return the working days from ``first`` to ``last``, both counted."""
        found = self._working_days.get((first, last))
        if found is None:
            if len(self._working_days) > _REMEMBERED:
                self._working_days.clear()
            found = self._working_days[first, last] = self.calendar.working_days(first, last)
        return found

    def packs_for(self, case: Case) -> list[tuple[Pack, date]]:
        """Return the packs to evaluate, each with the day that picks its rules."""
        key = (case.received, case.on)
        found = self._packs.get(key)
        if found is None:
            if len(self._packs) > _REMEMBERED:
                self._packs.clear()
            found = self._packs[key] = self.law.packs_for(received_on=case.received, decided_on=case.on)
        return found

    def alike(self, key: Hashable, find: Callable[[], Found]) -> Found:
        """Return what is the same for every case of this key, found once; one kind of thing has one kind of key."""
        found: Found | None = self._alike.get(key)
        if found is None:
            if len(self._alike) > _REMEMBERED:
                self._alike.clear()
            found = self._alike[key] = find()
        return found

    def sectors_beside(self, authority: str | None) -> frozenset[str]:
        """Return the plain names by which a sector is surely not the authority's, under this law."""
        found = self._sectors.get(authority)
        if found is None:
            if len(self._sectors) > _REMEMBERED:
                self._sectors.clear()
            found = self._sectors[authority] = sectors_beside(authority, self.law)
        return found

    def money(self, case: Case) -> Due | None:
        """Return the money of the award on the day of the decision, None where the law sets none."""
        key = (case.award, case.subject.kind, case.on, case.level, case.authority)
        if key not in self._dues:
            if len(self._dues) > _REMEMBERED:
                self._dues.clear()
            try:
                due = money_for(
                    self.law,
                    case.award,
                    case.subject.kind,
                    case.on,
                    level=case.level,
                    authority=case.authority,
                )
            except NotInForceError:
                due = None
            self._dues[key] = due
        return self._dues[key]


_REMEMBERED = 4096


def share_reached(part: int, share: Fraction, whole: int, *, strictly: bool = False) -> bool:
    """Return whether ``part`` of ``whole`` is at least ``share``, in whole numbers: nothing is rounded."""
    left, right = part * share.denominator, share.numerator * whole
    return left > right if strictly else left >= right


class Facts:
    """A case seen on one day under one authority's rules."""

    __slots__ = (
        "_fallen", "_live", "_runs", "authority", "case", "day", "first_year", "ground", "last_year", "law",
        "overlays", "subject",
    )  # fmt: skip

    def __init__(self, case: Case, ground: Ground, day: date) -> None:
        self.case = case
        self.subject = case.subject
        self.law = ground.law
        self.ground = ground
        self.day = day
        self.authority = case.authority
        self.overlays: tuple[Overlay, ...] = ground.law.overlays_on(case.authority, day)
        self.first_year = case.first_year
        self.last_year = case.last_year
        self._live: dict[str, list[Honour]] | None = None
        self._fallen: list[Honour] = []
        self._runs: dict[Run, YearRun] = {}

    # -- figures ---------------------------------------------------------------------------------

    def amount(self, asked: Fraction | str) -> tuple[Fraction, DatedValue | None]:
        """Return a number, and the dated value it came from where a figure holds it.

        Raises NotInForceError where that figure holds nothing on the day.
        """
        # Asked of the name, not of the number: an abstract class such as Fraction's takes its time to answer.
        if not isinstance(asked, str):
            return asked, None
        entry = self.law.figure(asked, self.authority).on(self.day)
        return entry.number, entry

    def for_sex(self, asked: "Fraction | str | Mapping[Sex, Fraction | str]") -> tuple[Fraction, Fraction]:
        """Return the least and the greatest number that may be asked of this person; equal where the sex is known."""
        if isinstance(asked, Mapping):
            per = {sex: self.amount(number)[0] for sex, number in asked.items()}
        elif isinstance(asked, str):
            value = self.law.figure(asked, self.authority).on(self.day).value
            number = value if isinstance(value, Fraction) else Fraction(0)
            per = dict(value) if isinstance(value, Mapping) else {"male": number, "female": number}
        else:
            per = {"male": asked, "female": asked}
        sex = self.subject.sex
        numbers = [per[sex]] if sex else list(per.values())
        return min(numbers), max(numbers)

    # -- honours ---------------------------------------------------------------------------------

    def honours(self, awards: Iterable[str], *, own: bool = False) -> list[Honour] | None:
        """Return the honours of these awards that count; None where the record is not known."""
        if self.subject.honours is None:
            return None
        live = self._sort_out() if self._live is None else self._live
        found: list[Honour] = []
        for award in awards:
            found += live.get(award, ())
        if own:
            former = (name for overlay in self.overlays for name in overlay.formerly)
            givers = {None, self.authority, *former}
            found = [honour for honour in found if honour.issuer in givers]
        return found

    def revoked(self, awards: Iterable[str]) -> list[Honour]:
        if self._live is None:
            self._sort_out()
        if not self._fallen:
            return []
        wanted = set(awards)
        return [honour for honour in self._fallen if honour.award in wanted]

    def _sort_out(self) -> dict[str, list[Honour]]:
        """Part the honours into those that count, by award, and those ever revoked."""
        live: dict[str, list[Honour]] = {}
        for honour in self.subject.honours or ():
            if honour.revoked_on is not None:
                self._fallen.append(honour)
            if honour.revoked_on is None or honour.revoked_on > self.case.on:
                live.setdefault(honour.award, []).append(honour)
        self._live = live
        return live

    def title_years(self, awards: Iterable[str]) -> set[int] | None:
        """Return the years for which one of these titles is held."""
        honours = self.honours(awards)
        if honours is None:
            return None
        years: set[int] = set()
        for honour in honours:
            first, last = honour.first_year, honour.last_year
            if first is not None and last is not None:
                years.update(range(first, last + 1))
        return years

    def undated(self, awards: Iterable[str], not_types: Iterable[CommendationType] = ()) -> int:
        """Return how many of these honours name no year: each may belong to any."""
        open_ended = [honour for honour in self.honours(awards) or () if honour.last_year is None]
        if not open_ended:
            return 0
        barred = set(not_types)
        return sum(honour.type not in barred for honour in open_ended)

    # -- runs of years ---------------------------------------------------------------------------

    def run(self, asked: Run) -> YearRun:
        found = self._runs.get(asked)
        if found is None:
            found = self._runs[asked] = self._run(asked)
        return found

    def _run(self, asked: Run) -> YearRun:
        sure_start, possible_start = self._starts(asked)
        if asked.last is not None:
            earliest = self.last_year + 1 - int(asked.last)
            sure_start, possible_start = max(sure_start, earliest), max(possible_start, earliest)
        ratings = self.subject.ratings
        least = asked.rating.rank
        last = self.last_year
        if ratings is None:
            return YearRun(last, 0, max(0, last - possible_start + 1))
        sure = possible = 0
        all_known = True
        year = last
        while year >= possible_start:
            rating = ratings.get(year)
            if rating is not None and rating.rank < least:
                break
            all_known = all_known and rating is not None and year >= sure_start
            possible += 1
            sure += all_known
            year -= 1
        return YearRun(last, sure, possible)

    def _starts(self, asked: Run) -> tuple[int, int]:
        """Return the first year that surely counts and the first that possibly does."""
        sure = possible = self._born()
        if asked.after:
            honours = self.honours(asked.after)
            never = self.last_year + 1
            if honours is None:
                sure = never
            else:
                sure = max(sure, after_year(honours, {*asked.not_types, *asked.doubtful_types}, never))
                if not self.undated(asked.after, asked.not_types):
                    possible = max(possible, after_year(honours, set(asked.not_types), never))
        restarts = self.restarts(asked)
        return max([sure, *restarts]), max([possible, *restarts])

    def restarts(self, asked: Run | Chain) -> list[int]:
        """Return the first years from which years may count anew."""
        starts = []
        if asked.renewed:
            rewarded = self.honours((self.case.award,)) or ()
            starts += [
                one.last_year + 1 for one in rewarded if one.last_year and one.type not in FOR_ONE_DEED
            ]
        if asked.anew:
            times = self.subject.discipline or ()
            starts += [fresh_year(time.to_day or self.case.on) for time in times]
        return starts

    def _born(self) -> int:
        """Return the first year the subject can have been rated in."""
        began = self.subject.hired_on or self.subject.founded_on
        return began.year if began and not self.subject.reorganised_from else FIRST_YEAR

    # -- days ------------------------------------------------------------------------------------

    def in_years(self, first: date, last: date | None) -> tuple[date, date] | None:
        """Return the part of a span that lies in the years asked about and not after the decision."""
        lower, upper = year_span(self.first_year, self.last_year)
        return within(first, min(last or self.case.on, self.case.on), lower, upper)


def after_year(honours: list[Honour], not_types: set[CommendationType], never: int) -> int:
    """Return the year after the earliest of these honours, so that the window is the longest."""
    ends = [
        honour.last_year
        for honour in honours
        if honour.type not in not_types and honour.last_year is not None
    ]
    return min(ends) + 1 if ends else never


def fresh_year(ended: date) -> int:
    """Return the first whole year after a discipline ended."""
    return ended.year + 1


Operator = Callable[[object, Facts], Look]
RATED_AT_LEAST = {rating: [other for other in Rating if other.rank >= rating.rank] for rating in Rating}

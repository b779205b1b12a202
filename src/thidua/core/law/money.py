"""Award money: a multiple of the base salary on the day of the decision, rounded up; what a list pays only once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from thidua.core.law.awards import Award
from thidua.core.law.figures import DatedValue, NotInForceError
from thidua.core.law.law import Law
from thidua.core.law.messages import Grouped, Message, say
from thidua.core.law.sources import Confidence, Rule, weaker
from thidua.core.law.words import Level, SubjectKind

BASE = "base_salary"
STEP = "money_rounding_step"
HOUSEHOLD = "household_factor"


@dataclass(frozen=True, slots=True)
class Due:
    """Money for one award, in đồng; a ceiling is the most that may be paid. No multiple: a fixed amount."""

    amount: int
    multiple: Fraction | None
    base: int | None
    is_ceiling: bool
    rule: Rule
    confidence: Confidence

    @property
    def counted(self) -> Message | None:
        """Return how the amount comes about, the rounding with it; None where the amount is fixed."""
        if self.multiple is None or self.base is None:
            return None
        exact, amount = Grouped(int(self.multiple * self.base)), Grouped(self.amount)
        base = Grouped(self.base)
        if exact == amount:
            return say(
                "{multiple} × {base} = {amount} đồng", multiple=self.multiple, base=base, amount=amount
            )
        return say(
            "{multiple} × {base} = {exact} đồng, làm tròn lên {amount} đồng",
            multiple=self.multiple, base=base, exact=exact, amount=amount,
        )  # fmt: skip


def money_for(
    law: Law,
    award: str,
    kind: SubjectKind,
    on: date,
    *,
    level: Level | None = None,
    authority: str | None = None,
) -> Due:
    """Return the money of ``award`` for one subject by a decision of the day ``on``.

    Raises NotInForceError where the law of that day sets none for it.
    """
    fixed = _fixed_amount(law, award, on, authority)
    if fixed is not None:
        return Due(
            int(fixed.number), None, None, is_ceiling=False, rule=fixed.rule, confidence=fixed.rule.confidence
        )
    found = law.award(award)
    if found.money is None or kind not in found.subjects_on(on):
        raise NotInForceError(award, on)
    multiple, entries = _multiple(law, found, kind, on, level)
    base = law.figure(BASE).on(on)
    confidence = base.rule.confidence
    for entry in entries:
        confidence = weaker(confidence, entry.rule.confidence)
    amount = rounded_up(multiple * base.number, _step(law, on))
    return Due(amount, multiple, int(base.number), found.money.ceiling, entries[0].rule, confidence)


def rounded_up(amount: Fraction, step: int) -> int:
    """Return ``amount`` rounded up to a whole number of ``step`` đồng."""
    return ceil(amount / step) * step


def _step(law: Law, on: date) -> int:
    """Return the rounding of the day: one đồng where no rule of rounding is known."""
    try:
        return int(law.figure(STEP).on(on).number)
    except NotInForceError:
        return 1


def _fixed_amount(law: Law, award: str, on: date, authority: str | None) -> DatedValue | None:
    for overlay in law.overlays_on(authority, on):
        if award in overlay.money:
            return law.figure(overlay.money[award], authority).on(on)
    return None


def _multiple(
    law: Law, award: Award, kind: SubjectKind, on: date, level: Level | None
) -> tuple[Fraction, list[DatedValue]]:
    money = award.money
    if money is None:
        raise NotInForceError(award.id, on)
    own = money.at_level.get(level, {}) if level else {}
    for names in (own, money.multiples):
        entries = _entries(law, names.get(kind), names.get(SubjectKind.INDIVIDUAL), kind, on)
        if entries:
            product = Fraction(1)
            for entry in entries:
                product *= entry.number
            return product, entries
    raise NotInForceError(award.id, on)


def _entries(
    law: Law, direct: str | None, person: str | None, kind: SubjectKind, on: date
) -> list[DatedValue]:
    """Return what to multiply: the rate itself, or a person's rate and the factor of a household."""
    try:
        if direct is not None:
            return [law.figure(direct).on(on)]
        if kind is SubjectKind.HOUSEHOLD and person is not None:
            return [law.figure(person).on(on), law.figure(HOUSEHOLD).on(on)]
    except NotInForceError:
        pass
    return []


# -- a list ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One award of a list of decisions; ``achievement`` tells apart what was done, where somebody said so.

    ``turn`` puts decisions of one day in order; ``authority`` is whose own rules pay it, where not all are paid
    by one's.
    """

    who: str
    award: str
    kind: SubjectKind
    on: date
    period: tuple[int, int]
    level: Level | None = None
    achievement: str | None = None
    turn: tuple[int, str, str] = (0, "", "")
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class PaidLine:
    """What a line pays; ``due`` is what it would pay alone, ``reason`` says why it pays nothing.

    ``instead`` is the place in the list of the line that is paid in its stead.
    """

    line: Line
    due: Due | None
    paid: int
    reason: Message | None
    rule: Rule | None
    instead: int | None = None


def money_for_lines(law: Law, lines: Iterable[Line], authority: str | None = None) -> list[PaidLine]:
    """Return what each line pays: of several titles for one period, and of several forms for one deed, the highest.

    The same title given twice for one period is paid by the earlier decision; of decisions whose turn is the same, by
    the first in the list.
    """
    dues = [(line, _due(law, line, authority)) for line in lines]
    rivals: dict[tuple[object, ...], list[int]] = {}
    for place, (line, due) in enumerate(dues):
        if due and (key := _paid_once(law, line)):
            rivals.setdefault(key, []).append(place)
    payers = {key: _payer(key, places, dues) for key, places in rivals.items()}
    return [_paid(law, place, dues, payers) for place in range(len(dues))]


def _payer(key: tuple[object, ...], places: list[int], dues: list[tuple[Line, Due | None]]) -> int:
    """Return which of ``places`` is paid: of each title its first, of those the highest, of equals the first."""
    in_time = sorted(places, key=lambda place: (dues[place][0].on, dues[place][0].turn))
    firsts: dict[object, int] = {}
    for place in in_time:
        firsts.setdefault(dues[place][0].award if key[0] == "title" else place, place)
    return max(firsts.values(), key=lambda place: _amount(dues[place][1]))


def _due(law: Law, line: Line, authority: str | None) -> Due | None:
    try:
        whose = line.authority or authority
        return money_for(law, line.award, line.kind, line.on, level=line.level, authority=whose)
    except NotInForceError:
        return None


def _amount(due: Due | None) -> int:
    return due.amount if due else 0


def _paid_once(law: Law, line: Line) -> tuple[object, ...] | None:
    """Return what makes two lines one payment; None where the line is paid whatever stands beside it."""
    family = law.award(line.award).family
    if family == "title":
        return ("title", line.who, line.period, line.achievement)
    return ("form", line.who, line.achievement) if line.achievement else None


def _paid(
    law: Law, place: int, dues: list[tuple[Line, Due | None]], payers: Mapping[tuple[object, ...], int]
) -> PaidLine:
    line, due = dues[place]
    if due is None:
        return PaidLine(line, None, 0, say("Ngày đó chưa có dữ liệu luật về tiền thưởng này."), None)
    key = _paid_once(law, line)
    payer = payers[key] if key else place
    if key is None or payer == place:
        return PaidLine(line, due, due.amount, None, due.rule)
    is_title = key[0] == "title"
    figure = law.figure("money_titles_same_period" if is_title else "money_forms_same_achievement")
    entry = figure.entry_on(line.on)
    said = _why_not(is_title=is_title, is_same=dues[payer][0].award == line.award)
    return PaidLine(line, due, 0, said, entry.rule if entry else None, payer)


def _why_not(*, is_title: bool, is_same: bool) -> Message:
    if not is_title:
        return say("Một thành tích chỉ trả mức cao nhất của các hình thức.")
    if is_same:
        return say("Cùng danh hiệu, cùng thời gian chỉ chi một lần, theo quyết định trước.")
    return say("Cùng thời điểm, cùng thành tích chỉ trả mức cao nhất của các danh hiệu.")

"""Money due for a list: what each line pays, what is paid once only, and sums by subject.

What no rule of the day sets stays open: it is never counted as nothing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from thidua.commendations.selectors.award_lists import Beside, ListedAward, Time
from thidua.commendations.selectors.law_in_force import Binding
from thidua.core.law.law import Law
from thidua.core.law.money import Due, Line, PaidLine, money_for_lines
from thidua.core.law.sources import Rule
from thidua.core.law.words import SubjectKind
from thidua.honours.catalogue import catalogue, label_of
from thidua.records.days import today
from thidua.ui.formats import day as written


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One line; ``paid`` is None where the law of the day is not known, 0 where another line pays instead.

    ``payer`` is the award of another decision that is paid instead, ``spared`` those of others this one is paid for:
    beside the list, or of it where it is of several decisions.
    """

    listed: ListedAward
    due: Due | None
    paid: int | None
    reason: str
    rule: Rule | None
    payer: ListedAward | None = None
    spared: tuple[ListedAward, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.paid is None

    @property
    def is_unpaid(self) -> bool:
        return self.paid == 0

    @property
    def counted(self) -> str:
        """Return how what the line would pay alone comes about; empty where the law of the day is not known."""
        said = self.due.counted if self.due else None
        if said and self.due and self.due.is_ceiling:
            return _("tối đa %(counted)s") % {"counted": said.in_words(_)}
        return said.in_words(_) if said else ""

    @property
    def note(self) -> str:
        """Return the reason with the other decisions in words, as a workbook has it."""
        said = [self.reason] if self.reason else []
        if self.payer:
            said.append(_("Chi theo %(award)s.") % {"award": by_decision(self.payer)})
        if self.spared:
            said.append(
                _("Không chi theo %(awards)s.") % {"awards": "; ".join(map(by_decision, self.spared))}
            )
        return " ".join(said)

    @property
    def unsure(self) -> int:
        """Return how much of what is paid rests on rules nobody read in their text."""
        return (self.paid or 0) if self.due and not self.due.confidence.may_block else 0


@dataclass(frozen=True, slots=True)
class Sum:
    """What some lines of a list pay together; ``open`` lines are not in ``total``."""

    lines: tuple[MoneyLine, ...]

    @property
    def listed(self) -> ListedAward:
        """Return the first line, which tells what the others share."""
        return self.lines[0].listed

    @property
    def number(self) -> int:
        return len(self.lines)

    @property
    def total(self) -> int:
        return sum(line.paid or 0 for line in self.lines)

    @property
    def unpaid(self) -> int:
        return sum(line.is_unpaid for line in self.lines)

    @property
    def open(self) -> int:
        return sum(line.is_open for line in self.lines)

    @property
    def unsure(self) -> int:
        """Return how much of the total rests on rules nobody read in their text."""
        return sum(line.unsure for line in self.lines)

    def total_of(self, kind: str) -> int:
        """Return what the lines of one kind of subject pay."""
        return sum(line.paid or 0 for line in self.lines if line.listed.kind == kind)


class SubjectDue(Sum):
    """What one person, collective or household is due."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return self.listed.name

    @property
    def kind(self) -> SubjectKind:
        return self.listed.kind

    @property
    def rows(self) -> list[tuple["SubjectDue", MoneyLine | None]]:
        """Return the rows of a table: a line each, under one of the sum where there are several."""
        lines: list[tuple[SubjectDue, MoneyLine | None]] = [(self, line) for line in self.lines]
        return lines if len(lines) == 1 else [(self, None), *lines]


@dataclass(frozen=True, slots=True)
class MoneyDue:
    """The whole list: its subjects in the order of the list, people before collectives before households."""

    subjects: tuple[SubjectDue, ...]

    @property
    def lines(self) -> list[MoneyLine]:
        return [line for subject in self.subjects for line in subject.lines]

    @property
    def total(self) -> int:
        return sum(subject.total for subject in self.subjects)

    @property
    def open(self) -> int:
        return sum(subject.open for subject in self.subjects)

    @property
    def unsure(self) -> int:
        """Return how much of the total rests on rules nobody read in their text."""
        return sum(subject.unsure for subject in self.subjects)

    @property
    def unpaid(self) -> int:
        return sum(line.is_unpaid for line in self.lines)

    @property
    def has_ceiling(self) -> bool:
        return any(line.due and line.due.is_ceiling for line in self.lines)

    def of_kind(self, kind: str) -> tuple[int, int, int]:
        """Return how many subjects of the kind there are, what they are due together, and what of it is unsure."""
        found = [subject for subject in self.subjects if subject.kind == kind]
        sums = (sum(subject.total for subject in found), sum(subject.unsure for subject in found))
        return len(found), *sums


def money_of(
    listed: Sequence[ListedAward],
    law: Law,
    binding: Binding,
    *,
    other_decisions: Beside | None = None,
) -> MoneyDue:
    """Return what the list pays; titles of ``other_decisions`` are weighed against it but not paid here.

    Each line is paid by the own rules that bind where it was earned.

    A title beside one the reader may not see stays open: it might be paid by the other decision.
    """
    known = other_decisions or Beside()
    together = (*listed, *known.seen)
    asked = [_asked(one, binding) for one in together]
    weighed = _Weighed(together, money_for_lines(law, asked))
    lines = [_line(place, weighed, known.unseen) for place in range(len(listed))]
    subjects: dict[str, list[MoneyLine]] = {}
    for line in lines:
        subjects.setdefault(line.listed.who, []).append(line)
    order = list(SubjectKind)
    made = [SubjectDue(tuple(rows)) for rows in subjects.values()]
    return MoneyDue(tuple(sorted(made, key=lambda subject: order.index(subject.kind))))


def _asked(one: ListedAward, binding: Binding) -> Line:
    authority = binding.over(one.place or one.unit, one.award)
    return Line(
        one.who, one.award, one.kind, one.on, one.period, one.level, one.achievement, one.turn, authority
    )


def by_decision(one: ListedAward) -> str:
    """Name an award by the decision that gave it."""
    facts = {"award": label_of(one.award), "number": one.number, "day": written(one.on)}
    return _("%(award)s theo quyết định %(number)s ngày %(day)s") % facts


class _Weighed:
    """The lines of a list with those of other decisions, and what each pays."""

    def __init__(self, awards: Sequence[ListedAward], paid: Sequence[PaidLine]) -> None:
        self.awards = awards
        self.paid = paid
        self._spared: dict[int, list[ListedAward]] = {}
        for place, line in enumerate(paid):
            if line.instead is not None and self.payer_of(place):
                self._spared.setdefault(line.instead, []).append(awards[place])

    def payer_of(self, place: int) -> ListedAward | None:
        """Return the award of another decision that is paid instead of the line."""
        instead = self.paid[place].instead
        payer = None if instead is None else self.awards[instead]
        return payer if payer and payer.decision != self.awards[place].decision else None

    def spared_by(self, place: int) -> tuple[ListedAward, ...]:
        """Return the awards of other decisions the line is paid for."""
        return tuple(self._spared.get(place, ()))


def _line(place: int, weighed: _Weighed, unseen: Collection[Time]) -> MoneyLine:
    one, found = weighed.awards[place], weighed.paid[place]
    reason = found.reason.in_words(_) if found.reason else ""
    if found.due is None:
        return MoneyLine(one, None, None, reason, None)
    if one.time in unseen and found.paid and catalogue()[one.award].is_title:
        reason = _(
            "Cùng kỳ còn danh hiệu của quyết định khác mà bạn không được xem. Hỏi người giữ sổ khen của cơ quan."
        )
        return MoneyLine(one, found.due, None, reason, found.rule, spared=weighed.spared_by(place))
    return MoneyLine(
        one, found.due, found.paid, reason, found.rule, weighed.payer_of(place), weighed.spared_by(place)
    )


def ahead_of(on: date) -> str:
    """Return what to know of money by a decision of a day to come; empty for any other day."""
    if on <= today():
        return ""
    return _(
        "Ngày quyết định %(day)s chưa đến: tính theo lương cơ sở và quy định biết đến hôm nay, có thể còn đổi."
    ) % {"day": written(on)}

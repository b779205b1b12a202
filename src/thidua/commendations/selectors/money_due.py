"""Money due for a list: what each line pays, what is paid once only, and sums by subject.

What no rule of the day sets stays open: it is never counted as nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from thidua.commendations.selectors.award_lists import Beside, ListedAward, Time
from thidua.core.law.law import Law
from thidua.core.law.money import Due, Line, PaidLine, money_for_lines
from thidua.core.law.sources import Rule
from thidua.core.law.words import SubjectKind
from thidua.honours.catalogue import catalogue, label_of


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One line; ``paid`` is None where the law of the day is not known, 0 where another line pays instead."""

    listed: ListedAward
    due: Due | None
    paid: int | None
    reason: str
    rule: Rule | None

    @property
    def is_open(self) -> bool:
        return self.paid is None

    @property
    def is_unpaid(self) -> bool:
        return self.paid == 0

    @property
    def unsure(self) -> int:
        """Return how much of what is paid rests on rules nobody read in their text."""
        return (self.paid or 0) if self.due and not self.due.confidence.may_block else 0


@dataclass(frozen=True, slots=True)
class SubjectDue:
    """What one person, collective or household is due; ``open`` lines are not in ``total``."""

    name: str
    kind: SubjectKind
    lines: tuple[MoneyLine, ...]

    @property
    def listed(self) -> ListedAward:
        """Return the first line, which tells where the subject stands."""
        return self.lines[0].listed

    @property
    def total(self) -> int:
        return sum(line.paid or 0 for line in self.lines)

    @property
    def open(self) -> int:
        return sum(line.is_open for line in self.lines)

    @property
    def unsure(self) -> int:
        return sum(line.unsure for line in self.lines)


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
    authority: str | None,
    *,
    other_decisions: Beside | None = None,
) -> MoneyDue:
    """Return what the list pays; titles of ``other_decisions`` are weighed against it but not paid here.

    A title beside one the reader may not see stays open: it might be paid by the other decision.
    """
    known = other_decisions or Beside()
    others = list(known.seen)
    paid = money_for_lines(law, [_asked(one) for one in (*listed, *others)], authority)
    own, elsewhere = paid[: len(listed)], paid[len(listed) :]
    told = _told(zip(others, elsewhere, strict=True))
    lines = [_line(one, found, told, known.unseen) for one, found in zip(listed, own, strict=True)]
    subjects: dict[str, list[MoneyLine]] = {}
    for line in lines:
        subjects.setdefault(line.listed.who, []).append(line)
    order = list(SubjectKind)
    made = [SubjectDue(rows[0].listed.name, rows[0].listed.kind, tuple(rows)) for rows in subjects.values()]
    return MoneyDue(tuple(sorted(made, key=lambda subject: order.index(subject.kind))))


def _asked(one: ListedAward) -> Line:
    return Line(one.who, one.award, one.kind, one.on, one.period, one.level, one.achievement)


def _told(others: Iterable[tuple[ListedAward, PaidLine]]) -> dict[Time, str]:
    """Return, for subject and period, the titles of other decisions in words."""
    found: dict[Time, list[str]] = {}
    for one, _paid in others:
        said = _("%(award)s theo quyết định %(number)s") % {
            "award": label_of(one.award),
            "number": one.number,
        }
        found.setdefault(one.time, []).append(said)
    return {key: "; ".join(said) for key, said in found.items()}


def _line(one: ListedAward, found: PaidLine, told: Mapping[Time, str], unseen: Collection[Time]) -> MoneyLine:
    if found.due is None:
        return MoneyLine(one, None, None, found.reason.in_words(_) if found.reason else "", None)
    reasons = [found.reason.in_words(_)] if found.reason else []
    is_title = catalogue()[one.award].is_title
    if is_title and (other := told.get(one.time)):
        reasons.append(_("Cùng kỳ còn có %(titles)s.") % {"titles": other})
    is_unsure = is_title and one.time in unseen and bool(found.paid)
    if is_unsure:
        reasons.append(
            _(
                "Cùng kỳ còn danh hiệu của quyết định khác mà bạn không được xem. Hỏi người giữ sổ khen của cơ quan."
            )
        )
    return MoneyLine(one, found.due, None if is_unsure else found.paid, " ".join(reasons), found.rule)

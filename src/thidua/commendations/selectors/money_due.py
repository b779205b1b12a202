"""Money due for a list: what each line pays, what is paid once only, and sums by subject.

What no rule of the day sets stays open: it is never counted as nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from thidua.commendations.selectors.award_lists import ListedAward
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


@dataclass(frozen=True, slots=True)
class Account:
    """What one person, collective or household is due; ``open`` lines are not in ``total``."""

    name: str
    kind: SubjectKind
    lines: tuple[MoneyLine, ...]

    @property
    def total(self) -> int:
        return sum(line.paid or 0 for line in self.lines)

    @property
    def open(self) -> int:
        return sum(line.is_open for line in self.lines)


@dataclass(frozen=True, slots=True)
class MoneyDue:
    """The whole list: accounts in the order of the list, people before collectives before households."""

    accounts: tuple[Account, ...]

    @property
    def lines(self) -> list[MoneyLine]:
        return [line for account in self.accounts for line in account.lines]

    @property
    def total(self) -> int:
        return sum(account.total for account in self.accounts)

    @property
    def open(self) -> int:
        return sum(account.open for account in self.accounts)

    @property
    def unpaid(self) -> int:
        return sum(line.is_unpaid for line in self.lines)

    @property
    def has_ceiling(self) -> bool:
        return any(line.due and line.due.is_ceiling for line in self.lines)

    def of_kind(self, kind: str) -> tuple[int, int]:
        """Return how many subjects of the kind there are, and what they are due together."""
        found = [account for account in self.accounts if account.kind == kind]
        return len(found), sum(account.total for account in found)


def money_of(
    listed: Sequence[ListedAward],
    law: Law,
    authority: str | None,
    *,
    other_decisions: Iterable[ListedAward] = (),
) -> MoneyDue:
    """Return what the list pays; titles of ``other_decisions`` are weighed against it but not paid here."""
    others = list(other_decisions)
    paid = money_for_lines(law, [_asked(one) for one in (*listed, *others)], authority)
    own, elsewhere = paid[: len(listed)], paid[len(listed) :]
    told = _told(zip(others, elsewhere, strict=True))
    lines = [_line(one, found, told) for one, found in zip(listed, own, strict=True)]
    accounts: dict[str, list[MoneyLine]] = {}
    for line in lines:
        accounts.setdefault(line.listed.who, []).append(line)
    order = list(SubjectKind)
    made = [Account(rows[0].listed.name, rows[0].listed.kind, tuple(rows)) for rows in accounts.values()]
    return MoneyDue(tuple(sorted(made, key=lambda account: order.index(account.kind))))


def _asked(one: ListedAward) -> Line:
    return Line(one.who, one.award, one.kind, one.on, one.period, one.level, one.achievement)


def _told(others: Iterable[tuple[ListedAward, PaidLine]]) -> dict[tuple[str, tuple[int, int]], str]:
    """Return, for subject and period, the titles of other decisions in words."""
    found: dict[tuple[str, tuple[int, int]], list[str]] = {}
    for one, _paid in others:
        said = _("%(award)s theo quyết định %(number)s") % {
            "award": label_of(one.award),
            "number": one.number,
        }
        found.setdefault((one.who, one.period), []).append(said)
    return {key: "; ".join(said) for key, said in found.items()}


def _line(one: ListedAward, found: PaidLine, told: dict[tuple[str, tuple[int, int]], str]) -> MoneyLine:
    if found.due is None:
        return MoneyLine(one, None, None, found.reason.in_words(_) if found.reason else "", None)
    reasons = [found.reason.in_words(_)] if found.reason else []
    other = told.get((one.who, one.period)) if catalogue()[one.award].is_title else None
    if other:
        reasons.append(_("Cùng kỳ còn có %(titles)s.") % {"titles": other})
    return MoneyLine(one, found.due, found.paid, " ".join(reasons), found.rule)

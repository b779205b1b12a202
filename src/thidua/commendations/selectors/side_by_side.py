"""One person or collective under two states of the law: the two verdicts laid side by side, condition by condition."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from uuid import UUID

from thidua.commendations.models import Trial
from thidua.commendations.selectors.cases import subjects_of_people
from thidua.commendations.selectors.collectives import subjects_of_units
from thidua.commendations.selectors.verdicts import ShownPack, ShownVerdict, verdict_for
from thidua.commendations.selectors.what_if import Side, case_in
from thidua.core.eligibility.case import Subject
from thidua.core.eligibility.explain import Finding
from thidua.core.eligibility.facts import Ground
from thidua.core.law.sources import Effect
from thidua.organisations.models import Person, Unit

MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """One condition on both sides; None where that side does not ask it."""

    before: Finding | None
    after: Finding | None

    @property
    def either(self) -> Finding:
        found = self.after or self.before
        assert found is not None  # noqa: S101 - a pair has at least one side
        return found

    @property
    def is_changed(self) -> bool:
        """Say whether the law asks otherwise, answers otherwise, or only warns where it decided."""
        if self.before is None or self.after is None:
            return True
        first, second = ((one.met, one.effect, str(one.asked)) for one in (self.before, self.after))
        return first != second

    @property
    def matters(self) -> bool:
        """Say whether the change may have moved the verdict: something not met on one side that decides."""
        decides = [one for one in (self.before, self.after) if one and one.effect is Effect.BLOCK]
        return self.is_changed and any(one.met is not True for one in decides)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two verdicts as one reader may see them, and their conditions in pairs."""

    before: ShownVerdict
    after: ShownVerdict
    pairs: tuple[Pair, ...]

    @property
    def hidden_changed(self) -> bool:
        """Say whether what is kept back from the reader reads differently."""
        return _kept_back(self.before) != _kept_back(self.after)

    @property
    def reasons(self) -> tuple[Pair, ...]:
        """Return the changed conditions that moved the verdict."""
        return tuple(pair for pair in self.pairs if pair.matters)[:MOST_REASONS]


class Comparer:
    """Compares people or collectives one by one; what both sides share is read once."""

    def __init__(self, trial: Trial, asked: Iterable[Person | Unit], sides: tuple[Side, Side]) -> None:
        self.trial = trial
        self.sides = sides
        self.grounds = tuple(Ground(side.law) for side in self.sides)
        self.subjects = subjects_in(trial, asked)

    def compare(self, asked: Person | Unit, award: str, *, knows_sensitive: bool) -> Comparison:
        subject = self.subjects[asked.pk]
        # A clean record that was only assumed must not be shown as one that was looked up.
        knows = knows_sensitive and not self.trial.without_sensitive
        unit = asked if isinstance(asked, Unit) else asked.record_unit
        before, after = (
            verdict_for(case_in(self.trial, side, subject, award, unit), ground, knows_sensitive=knows)
            for side, ground in zip(self.sides, self.grounds, strict=True)
        )
        return Comparison(before, after, tuple(paired(_findings(before), _findings(after))))


def subjects_in(trial: Trial, asked: Iterable[Person | Unit]) -> dict[UUID, Subject]:
    """Return what the trial knows of people or of collectives."""
    listed, sensitive = list(asked), not trial.without_sensitive
    people = [one for one in listed if isinstance(one, Person)]
    units = [one for one in listed if isinstance(one, Unit)]
    if units:
        return subjects_of_units(units, on=trial.known_on, year=trial.year, sensitive=sensitive)
    return subjects_of_people(people, on=trial.known_on, sensitive=sensitive)


def _deciding(shown: ShownVerdict) -> ShownPack | None:
    """Return the pack whose outcome stands."""
    return next((pack for pack in shown.packs if pack.outcome == shown.verdict.outcome), None)


def _findings(shown: ShownVerdict) -> tuple[Finding, ...]:
    pack = _deciding(shown)
    return pack.findings if pack else ()


def _kept_back(shown: ShownVerdict) -> tuple[bool, object]:
    pack = _deciding(shown)
    return (pack.has_hidden, pack.hidden) if pack else (False, None)


def paired(before: tuple[Finding, ...], after: tuple[Finding, ...]) -> Iterable[Pair]:
    """Lay two lists of findings side by side: alike conditions meet, the rest stand where they would come."""
    first_words, second_words = (
        [(str(one.asked), one.effect is Effect.INFO) for one in side] for side in (before, after)
    )
    matcher = SequenceMatcher(None, first_words, second_words, autojunk=False)
    for _tag, first, first_end, second, second_end in matcher.get_opcodes():
        yield from _block(before[first:first_end], after[second:second_end])


def _block(before: tuple[Finding, ...], after: tuple[Finding, ...]) -> Iterable[Pair]:
    """Pair what differs by rule where one rule stands on both sides, else by place."""
    rules = {one.rule.id for one in before} & {one.rule.id for one in after}
    if len(before) == len(after) or not rules:
        yield from (Pair(first, second) for first, second in zip_longest(before, after))
        return
    left = list(after)
    for one in before:
        match = next((other for other in left if other.rule.id == one.rule.id), None)
        if match:
            left.remove(match)
        yield Pair(one, match)
    yield from (Pair(None, other) for other in left)

"""A list held against the shares an authority's own rules aim at."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor

from thidua.core.eligibility.facts import Truth
from thidua.core.eligibility.lists import Entry, Part, part_of
from thidua.core.law.awards import Bound, Guideline, Overlay
from thidua.core.law.checks import figures_in
from thidua.core.law.figures import DatedFigure, DatedValue, value_in_words
from thidua.core.law.guidelines import UNIT
from thidua.core.law.law import Law
from thidua.core.law.messages import Message, say


@dataclass(frozen=True, slots=True)
class GuidelineFinding:
    """What one share asks of the list, or of one ``award`` of it, and what was seen.

    ``met`` None: nobody of the list is asked about, or those not known could turn it either way.
    """

    guideline: Guideline
    award: str
    entry: DatedValue
    part: Part
    met: Truth

    @property
    def gap(self) -> int:
        """Return how many the group surely lacks, or has too many, for the share; 0 where it is met or open."""
        if self.met is not False:
            return 0
        wanted = self.entry.number * self.part.asked
        if self.guideline.bound is Bound.AT_MOST:
            return self.part.counted - floor(wanted)
        return ceil(wanted) - self.part.counted - self.part.unknown

    @property
    def asked(self) -> Message:
        return asked_of_share(self.guideline.bound, self.guideline.figure, self.entry)


def asked_of_share(bound: Bound, figure: DatedFigure, entry: DatedValue) -> Message:
    share = value_in_words(entry.value, figure.unit)
    if bound is Bound.AT_MOST:
        return say("nhiều nhất {share}", share=share)
    return say("ít nhất {share}", share=share)


def guidelines_on(law: Law, authority: str | None, on: date) -> list[Guideline]:
    """Return the shares in force for ``authority`` on the day, in the order of its texts."""
    return [one for overlay in law.overlays_on(authority, on) for one in overlay.guidelines]


def findings_of(
    guidelines: Iterable[Guideline], entries: Collection[Entry], on: date, *, is_whole: bool = True
) -> Iterator[GuidelineFinding]:
    """Yield what each share asks, once for each award it names; of a part of a list nothing is met or missed."""
    for guideline in guidelines:
        entry = guideline.figure.on(on)
        for award in guideline.awards or ("",):
            part = part_of(guideline.group, [one for one in entries if award in {"", one.award}])
            met = _reaches(part, entry.number, guideline.bound) if is_whole else None
            yield GuidelineFinding(guideline, award, entry, part, met)


def _reaches(part: Part, share: Fraction, bound: Bound) -> Truth:
    if not part.asked:
        return None
    least, most = (Fraction(number, part.asked) for number in (part.counted, part.counted + part.unknown))
    surely, possibly = (
        (least >= share, most >= share) if bound is Bound.AT_LEAST else (most <= share, least <= share)
    )
    return surely if surely == possibly else None


def uncounted_on(law: Law, authority: str | None, on: date) -> Iterator[tuple[DatedFigure, DatedValue]]:
    """Yield the shares of a list an authority sets that name no group and that none of its conditions reads."""
    for overlay in law.overlays_on(authority, on):
        yield from ((figure, figure.on(on)) for figure in uncounted_in(overlay))


def uncounted_in(overlay: Overlay) -> Iterator[DatedFigure]:
    read = figures_in(overlay) | {one.figure.name for one in overlay.guidelines}
    for name, figure in overlay.new_figures.items():
        if figure.unit.name == UNIT and name not in read:
            yield figure

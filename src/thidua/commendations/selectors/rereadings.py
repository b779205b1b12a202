"""Who read an award's texts again, and when: marks of people beside the day the file itself names."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery

from thidua.commendations.models import Reread
from thidua.core.law.law import shipped_law

TOO_LONG = timedelta(days=365)
"""After so long a text should be read again."""


@dataclass(frozen=True, slots=True)
class LastRead:
    """What is known of re-reading: ``checked_on`` is the day the file names, ``mark`` a person's own."""

    checked_on: date | None
    mark: Reread | None
    is_old: bool

    @property
    def on(self) -> date | None:
        """Return the later of both days."""
        return max((day for day in (self.checked_on, self.mark and self.mark.on) if day), default=None)

    @property
    def is_doubted(self) -> bool:
        """Say whether the latest mark found something that is no longer right."""
        return bool(self.mark and self.mark.on == self.on and not self.mark.still_valid)


def rereadings_of(award: str) -> list[Reread]:
    return list(Reread.objects.filter(award=award)[:20])


def last_read(award: str, marks: list[Reread], day: date) -> LastRead:
    """Return the newest mark beside the day in the file; old where both lie too far back."""
    checked_on = shipped_law().award(award).still_valid_on
    mark = marks[0] if marks else None
    days = [one for one in (checked_on, mark and mark.on) if one]
    return LastRead(checked_on, mark, is_old=not days or day - max(days) > TOO_LONG)


def last_reads(day: date) -> dict[str, LastRead]:
    """Return for every award when it was last read. One query, which gives a mark for each at most."""
    of_award = Reread.objects.filter(award=OuterRef("award")).values("pk")[:1]
    newest = {mark.award: [mark] for mark in Reread.objects.filter(pk=Subquery(of_award))}
    return {award: last_read(award, newest.get(award, []), day) for award in shipped_law().award_ids()}

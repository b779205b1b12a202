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
    """The latest day on which somebody read the texts; ``mark`` where a person here noted it."""

    on: date | None
    mark: Reread | None
    is_old: bool

    @property
    def is_doubted(self) -> bool:
        """Say whether the latest mark found something that is no longer right."""
        return bool(self.mark and not self.mark.still_valid)


def rereadings_of(award: str) -> list[Reread]:
    return list(Reread.objects.filter(award=award)[:20])


def last_read(award: str, marks: list[Reread], day: date) -> LastRead:
    """Return the later of the newest mark and of the day in the file."""
    shipped = shipped_law().award(award).still_valid_on
    mark = marks[0] if marks and (shipped is None or marks[0].on >= shipped) else None
    on = mark.on if mark else shipped
    return LastRead(on, mark, is_old=on is None or day - on > TOO_LONG)


def last_reads(day: date) -> dict[str, LastRead]:
    """Return for every award when it was last read. One query, which gives a mark for each at most."""
    of_award = Reread.objects.filter(award=OuterRef("award")).values("pk")[:1]
    newest = {mark.award: [mark] for mark in Reread.objects.filter(pk=Subquery(of_award))}
    return {award: last_read(award, newest.get(award, []), day) for award in shipped_law().award_ids()}

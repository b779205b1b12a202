"""Everybody of a list screened at once: how many each award is open to, and who they are.

The screen asks the same condition trees as one verdict does, over columns instead of cases.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import polars as pl
from django.db.models import QuerySet

from thidua.commendations.selectors.columns import Listed, listed_with_facts
from thidua.commendations.selectors.reach import Outlook
from thidua.commendations.selectors.screening import screened
from thidua.core.eligibility.explain import Outcome
from thidua.core.eligibility.screen import Screening
from thidua.organisations.models import Person


@dataclass(frozen=True, slots=True)
class Census:
    """What the law answers for everybody, one column per award, in the order of the list."""

    listed: Listed
    outcomes: pl.DataFrame

    def __len__(self) -> int:
        return len(self.listed.ids)

    def count(self, award: str, outcome: str) -> int:
        return int((self.outcomes[award].cast(pl.String) == outcome).sum())

    def people(self, award: str, outcome: str, start: int, size: int) -> list[UUID]:
        """Return one stretch of the people whom ``award`` has this outcome for, in the order of the list."""
        rows = (self.outcomes[award].cast(pl.String) == outcome).arg_true()
        return self.listed.uuids(rows.slice(start, size))

    def table(self) -> list[tuple[str, list[tuple[str, int]]]]:
        """Return for each award how many people each outcome has."""
        return [
            (award, [(str(outcome), self.count(award, outcome)) for outcome in Outcome])
            for award in self.outcomes.columns
        ]


def census_of(
    people: QuerySet[Person], awards: Sequence[str], outlook: Outlook, *, sensitive: bool = True
) -> Census:
    """Screen ``people`` (a condition in an order, no slice), assuming as pages do that no matter is open.

    Without ``sensitive`` it reads as if discipline and leave for health had never been recorded.
    """
    listed = listed_with_facts(people, on=outlook.on, sensitive=sensitive)
    asked = Screening(
        on=outlook.on,
        awards=tuple(awards),
        year=(outlook.year, outlook.year),
        open_from=outlook.on.year,
    )
    return Census(listed, screened(listed, people, asked, outlook.ground.law, outlook.binding))

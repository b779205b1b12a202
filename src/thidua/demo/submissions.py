"""Drafts of the demonstration that were handed to a head, as of a given day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from thidua.demo.data_files import DATA, read_yaml


@dataclass(frozen=True, slots=True)
class Returned:
    """The head's answer: who returned the draft, when, and what is to be changed."""

    by: str
    on: date
    remarks: str


@dataclass(frozen=True, slots=True)
class Submission:
    """A draft and its way to the head; ``returned`` is None while it waits."""

    plan: str
    kind: str
    organiser: str
    prepared_by: str
    taken_in_on: date
    submitted_on: date
    note: str
    returned: Returned | None


def load_submissions(today: date) -> tuple[Submission, ...]:
    return tuple(_submission(row, today) for row in read_yaml(DATA / "submissions.yaml"))


def _submission(row: dict[str, Any], today: date) -> Submission:
    def ago(name: str) -> date:
        return today - timedelta(days=row[name])

    returned = (
        Returned(row["returned_by"], ago("returned_days_ago"), row["remarks"])
        if "returned_by" in row
        else None
    )
    return Submission(
        plan=row["plan"],
        kind=row["kind"],
        organiser=row["organiser"],
        prepared_by=row["prepared_by"],
        taken_in_on=ago("taken_in_days_ago"),
        submitted_on=ago("submitted_days_ago"),
        note=row["note"],
        returned=returned,
    )

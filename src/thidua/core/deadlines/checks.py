"""What does not fit between the dates of one plan; shown to a person, never mended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from thidua.core.text.partial import Partial


class Stage(StrEnum):
    """What a deadline of a movement is for, as far as an order among them is required."""

    LAUNCH = "launch"
    REGISTRATION = "registration"
    PLEDGE = "pledge"
    INTERIM_REVIEW = "interim_review"
    CROSS_CHECK = "cross_check"
    UNIT_REVIEW = "unit_review"
    CLUSTER_REVIEW = "cluster_review"
    FINAL_REPORT = "final_report"
    DOSSIER = "dossier"
    SITTING = "sitting"


# What must not end after what. A final review before the end of its round, or months after it, is legal and
# stands in no pair. A report to the organiser may follow the cluster's review and the dossiers.
_IN_ORDER = (
    (Stage.LAUNCH, Stage.INTERIM_REVIEW),
    (Stage.REGISTRATION, Stage.INTERIM_REVIEW),
    (Stage.PLEDGE, Stage.INTERIM_REVIEW),
    (Stage.REGISTRATION, Stage.UNIT_REVIEW),
    (Stage.REGISTRATION, Stage.FINAL_REPORT),
    (Stage.INTERIM_REVIEW, Stage.FINAL_REPORT),
    (Stage.INTERIM_REVIEW, Stage.UNIT_REVIEW),
    (Stage.INTERIM_REVIEW, Stage.CLUSTER_REVIEW),
    (Stage.CROSS_CHECK, Stage.CLUSTER_REVIEW),
    (Stage.UNIT_REVIEW, Stage.CLUSTER_REVIEW),
    (Stage.UNIT_REVIEW, Stage.DOSSIER),
    (Stage.CLUSTER_REVIEW, Stage.DOSSIER),
    (Stage.DOSSIER, Stage.SITTING),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One deadline among others; ``round`` keeps the rounds and years apart."""

    key: str
    stage: Stage
    last_day: date
    round: str = ""


@dataclass(frozen=True, slots=True)
class OrderProblem:
    """``first`` has to be over by the time of ``second``, but ends after it."""

    first: Step
    second: Step


def order_problems(steps: Iterable[Step]) -> list[OrderProblem]:
    """Return every pair of ``steps`` of one round in the wrong order, such as review after dossier."""
    by_stage: dict[tuple[str, Stage], list[Step]] = {}
    for step in steps:
        by_stage.setdefault((step.round, step.stage), []).append(step)
    rounds = dict.fromkeys(step_round for step_round, _ in by_stage)
    return [
        OrderProblem(first, second)
        for step_round in rounds
        for before, after in _IN_ORDER
        for first in by_stage.get((step_round, before), [])
        for second in by_stage.get((step_round, after), [])
        if first.last_day > second.last_day
    ]


@dataclass(frozen=True, slots=True)
class AnniversaryProblem:
    """An anniversary whose figures do not agree: the years, or the day and month."""

    years_stated: int
    years_counted: int
    same_day: bool


def anniversary_problem(start: Partial, on: Partial, years_stated: int) -> AnniversaryProblem | None:
    """Check “kỷ niệm 75 năm … (28/8/1945 - 28/8/2020)”; None where it is right or a year is not given.

    Days and months are compared where both dates have them.
    """
    if start.year is None or on.year is None:
        return None
    counted = on.year - start.year
    same_day = _agree(start.month, on.month) and _agree(start.day, on.day)
    if counted == years_stated and same_day:
        return None
    return AnniversaryProblem(years_stated, counted, same_day)


def _agree(one: int | None, other: int | None) -> bool:
    return one is None or other is None or one == other

"""Trials: two states of the law asked about the same people, kept as found until the owner deletes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from thidua.accounts.models import Account
from thidua.audit.services import record
from thidua.commendations.models import LawDraft, Trial
from thidua.commendations.problems import LawRefusedError, Problem, told
from thidua.commendations.selectors.what_if import counted, outcomes_of, packed, people_of
from thidua.core.law.yamltext import FileProblemsError
from thidua.organisations.models import Unit
from thidua.organisations.permissions import may
from thidua.records.days import today


@dataclass(frozen=True, slots=True)
class Asked:
    """What a trial compares; the draft, where there is one, is on the side of ``after_on``."""

    unit: Unit
    before_on: date
    after_on: date
    year: int
    awards: Sequence[str]
    draft: LawDraft | None = None


@transaction.atomic
def begin_trial(owner: Account, asked: Asked) -> Trial:
    """Keep what is asked; ``compute`` answers it. Raises LawRefusedError."""
    people = people_of(asked.unit).count()
    problems = []
    if asked.draft is None and asked.before_on == asked.after_on:
        problems.append(Problem("no_difference"))
    if not people:
        problems.append(Problem("nobody", {"unit": asked.unit.name}))
    if problems:
        raise LawRefusedError(problems)
    trial = Trial.objects.create(
        owner=owner,
        unit=asked.unit,
        draft=asked.draft,
        before_on=asked.before_on,
        after_on=asked.after_on,
        # Facts are held still: those of the later day, of today where that day is still to come.
        known_on=min(max(asked.before_on, asked.after_on), today()),
        year=asked.year,
        awards=list(asked.awards),
        without_sensitive=asked.draft is not None and not may(owner, "view_sensitive", asked.unit),
        people=people,
    )
    record(owner, "trial.made", trial, details={"draft": asked.draft.name if asked.draft else None})
    return trial


def compute(pk: UUID) -> None:
    """Ask about everybody and keep the answers; a draft that no longer fits says why on the page."""
    trial = Trial.objects.select_related("unit__root", "draft").filter(pk=pk).first()
    if trial is None:  # deleted while it waited
        return
    try:
        outcomes = outcomes_of(trial)
    except FileProblemsError as error:
        trial.state, trial.failure = Trial.State.FAILED, "\n".join(map(told, error.problems))
    else:
        trial.state, trial.people = Trial.State.DONE, outcomes.height
        trial.counts, trial.outcomes = counted(outcomes, trial.awards), packed(outcomes)
    Trial.objects.filter(pk=pk).update(
        state=trial.state,
        failure=trial.failure,
        people=trial.people,
        counts=trial.counts,
        outcomes=trial.outcomes,
    )


def fail(pk: UUID, sentence: str) -> None:
    """Note that the work stopped, so that the page does not wait for ever."""
    Trial.objects.filter(pk=pk, state=Trial.State.WAITING).update(state=Trial.State.FAILED, failure=sentence)


@transaction.atomic
def delete_trial(owner: Account, trial: Trial) -> None:
    record(owner, "trial.deleted", trial)
    trial.delete()

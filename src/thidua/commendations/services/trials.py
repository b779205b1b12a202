"""Trials: two states of the law asked about the same people or collectives, kept until the owner deletes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from thidua.accounts.models import Account
from thidua.audit.services import record
from thidua.commendations.models import LawDraft, Trial
from thidua.commendations.problems import LawRefusedError, Problem, told
from thidua.commendations.selectors.what_if import counted, number_of, outcomes_of, packed, rules_now
from thidua.core.law.law import shipped_law
from thidua.core.law.yamltext import FileProblemsError
from thidua.organisations.models import Unit
from thidua.organisations.permissions import may
from thidua.organisations.problems import shown
from thidua.records.days import today

MOST_TRIALS = 50
"""Trials one account may keep: each holds an outcome for everybody and every award."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a trial compares; the draft, where there is one, is on the side of ``after_on``."""

    unit: Unit
    before_on: date
    after_on: date
    year: int
    awards: Sequence[str]
    draft: LawDraft | None = None
    kind: str = Trial.Kind.INDIVIDUAL


@transaction.atomic
def begin_trial(owner: Account, asked: Asked) -> Trial:
    """Keep what is asked; ``compute`` answers it. Raises LawRefusedError."""
    number = number_of(asked.unit, asked.kind)
    problems = []
    made = Trial.objects.filter(owner=owner).count()
    if made >= MOST_TRIALS:
        problems.append(Problem("too_many_trials", {"count": made}))
    if asked.draft is None and asked.before_on == asked.after_on:
        problems.append(Problem("no_difference"))
    problems += problems_of_days(asked)
    if not number:
        problems.append(nobody(asked.unit, asked.kind))
    if problems:
        raise LawRefusedError(problems)
    trial = Trial(
        owner=owner,
        unit=asked.unit,
        draft=asked.draft,
        kind=asked.kind,
        before_on=asked.before_on,
        after_on=asked.after_on,
        year=asked.year,
        awards=list(asked.awards),
    )
    set_out(trial, number)
    trial.save()
    record(owner, "trial.made", trial, details={"draft": asked.draft.name if asked.draft else None})
    return trial


def problems_of_days(asked: Asked) -> list[Problem]:
    """Return what is wrong with the days: of no day before the first law or far ahead is anything known.

    A draft may be of any later day, and be laid over a day of the past.
    """
    first = shipped_law().packs[0].in_force_from
    problems = []
    if asked.draft is None and asked.before_on > asked.after_on:
        days = {"before": shown(asked.before_on), "after": shown(asked.after_on)}
        problems.append(Problem("reversed_days", days))
    for day in {asked.before_on: None, asked.after_on: None}:
        if day < first:
            problems.append(Problem("before_law", {"day": shown(day), "first": shown(first)}))
        elif day.year > today().year + 1 and (asked.draft is None or day == asked.before_on):
            problems.append(Problem("beyond_law", {"day": shown(day), "year": today().year + 1}))
    if asked.year > (last := max(asked.before_on, asked.after_on)).year:
        problems.append(Problem("year_ahead", {"year": asked.year, "day": shown(last), "last": last.year}))
    return problems


def nobody(unit: Unit, kind: str) -> Problem:
    code = "no_collective" if kind == Trial.Kind.COLLECTIVE else "nobody"
    return Problem(code, {"unit": unit.name})


@transaction.atomic
def ask_again(owner: Account, trial: Trial) -> Trial:
    """Ask the same once more, of today's people under today's rules; ``compute`` answers it.

    Raises LawRefusedError.
    """
    trial = Trial.objects.select_for_update(of=("self",)).select_related("unit", "draft").get(pk=trial.pk)
    number = number_of(trial.unit, trial.kind)
    problems = []
    if trial.state == Trial.State.WAITING:
        problems.append(Problem("still_waiting"))
    if not number:
        problems.append(nobody(trial.unit, trial.kind))
    if problems:
        raise LawRefusedError(problems)
    set_out(trial, number)
    trial.save()
    record(owner, "trial.asked_again", trial)
    return trial


def set_out(trial: Trial, number: int) -> None:
    """Let the trial wait for its answer, with what depends on the day and on the owner's rights."""
    trial.state, trial.failure, trial.subjects = Trial.State.WAITING, "", number
    trial.counts, trial.outcomes, trial.held = {}, b"", None
    # Facts are held still: those of the later day, of today where that day is still to come.
    trial.known_on = min(max(trial.before_on, trial.after_on), today())
    # By two days as by a draft one lists who differs: what one may not know must not make the difference.
    trial.without_sensitive = not may(trial.owner, "view_sensitive", trial.unit)


def compute(pk: UUID) -> None:
    """Ask about everybody and keep the answers; a draft that no longer fits says why on the page."""
    trial = Trial.objects.select_related("unit__root", "draft").filter(pk=pk).first()
    if trial is None:  # deleted while it waited
        return
    trial.held = rules_now(trial.unit.root)
    try:
        outcomes = outcomes_of(trial)
    except FileProblemsError as error:
        trial.state, trial.failure = Trial.State.FAILED, "\n".join(map(told, error.problems))
    else:
        trial.state, trial.subjects = Trial.State.DONE, outcomes.height
        trial.counts, trial.outcomes = counted(outcomes, trial.awards), packed(outcomes)
    Trial.objects.filter(pk=pk).update(
        state=trial.state,
        failure=trial.failure,
        subjects=trial.subjects,
        counts=trial.counts,
        outcomes=trial.outcomes,
        held=trial.held,
    )


def fail(pk: UUID, sentence: str) -> None:
    """Note that the work stopped, so that the page does not wait for ever."""
    Trial.objects.filter(pk=pk, state=Trial.State.WAITING).update(state=Trial.State.FAILED, failure=sentence)


@transaction.atomic
def delete_trial(owner: Account, trial: Trial) -> None:
    record(owner, "trial.deleted", trial)
    trial.delete()

"""Drafts of law: kept in the owner's own store to be tried, thrown away again; never law."""

from collections.abc import Mapping

from django.db import transaction

from thidua.accounts.models import Account
from thidua.audit.services import record
from thidua.commendations.models import LawDraft
from thidua.commendations.problems import LawRefusedError, Problem
from thidua.core.law.drafts import draft_from, texts_of
from thidua.core.law.law import shipped_law
from thidua.core.text.normal import one_line
from thidua.records.days import today

MOST_DRAFTS = 50
"""Drafts one account may keep."""


@transaction.atomic
def keep_draft(owner: Account, name: str, given: Mapping[str, bytes]) -> LawDraft:
    """Check the uploaded files and keep them under a name.

    Raises FileProblemsError with every fault; LawRefusedError.
    """
    name = one_line(name)
    problems = [] if name else [Problem("name_missing")]
    held = LawDraft.objects.filter(owner=owner).count()
    if held >= MOST_DRAFTS:
        problems.append(Problem("too_many_drafts", {"count": held}))
    if problems:
        raise LawRefusedError(problems)
    draft_from(given, shipped_law(), today=today())
    row = LawDraft.objects.create(owner=owner, name=name, texts=texts_of(given))
    record(owner, "law_draft.kept", row, details={"files": sorted(row.texts)})
    return row


@transaction.atomic
def throw_away(owner: Account, row: LawDraft) -> None:
    """Delete a draft with the trials made of it."""
    record(owner, "law_draft.thrown_away", row, details={"trials": row.trials.count()})
    row.delete()

"""Drafts of law as their owner sees them: what they hold, and the law as it would be under them."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from thidua.accounts.models import Account
from thidua.commendations.models import LawDraft, OwnRules
from thidua.commendations.selectors.law_in_force import Held, held_by, law_for, sound_texts
from thidua.core.law.awards import Overlay
from thidua.core.law.drafts import Draft, draft_from
from thidua.core.law.law import Law, shipped_law
from thidua.core.law.reading import read_overlay
from thidua.core.law.yamltext import FileProblemsError, Problem
from thidua.organisations.models import Unit
from thidua.records.days import today


@dataclass(frozen=True, slots=True)
class ReadDraft:
    """A draft as the law of today reads it: what it is, or why it cannot be read any more."""

    draft: Draft | None
    problems: tuple[Problem, ...] = ()


def drafts_of(owner: Account) -> QuerySet[LawDraft]:
    return LawDraft.objects.filter(owner=owner)


def read_draft(row: LawDraft) -> ReadDraft:
    """Return what the draft says; the law may have moved since it was kept."""
    return _read(row.pk, today())


def law_under(row: LawDraft | None, root: Unit) -> Law:
    """Return the law that binds the tree of ``root``, under a draft where one is given.

    A text of the draft stands in for the edition in force of the same text.

    Raises FileProblemsError where the draft no longer fits.
    """
    return law_for(root) if row is None else _law_under(row.pk, held_by(root), today())


# A draft never changes: what it says depends on it, on the own rules in force and on the shipped law alone.


@lru_cache(maxsize=32)
def _read(pk: UUID, on: date) -> ReadDraft:
    row = LawDraft.objects.get(pk=pk)
    try:
        return ReadDraft(draft_from(row.contents(), shipped_law(), today=on))
    except FileProblemsError as error:
        return ReadDraft(None, tuple(error.problems))


@lru_cache(maxsize=32)
def _law_under(pk: UUID, held: Held, on: date) -> Law:
    read = _read(pk, on)
    if read.draft is None:
        raise FileProblemsError(list(read.problems))
    tried = {overlay.text for overlay in overlays_of(read.draft)}
    rows = OwnRules.objects.filter(pk__in=[key for key, _version in held]).exclude(symbol__in=tried)
    return read.draft.over(shipped_law(), sound_texts(rows.order_by("in_force_from", "pk")))


def overlays_of(draft: Draft) -> list[Overlay]:
    """Return the circulars and authorities' texts of a draft as they were read."""
    return [read_overlay(text, name, shipped_law().units) for name, text in draft.overlays.items()]

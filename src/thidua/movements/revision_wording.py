"""What a revision changes, in words."""

from collections.abc import Iterable
from typing import Any

from thidua.movements.amending import Proposal
from thidua.movements.models import PlanItem, PlanRevision
from thidua.movements.shapes import BY_FIELD
from thidua.movements.twin_days import Correction
from thidua.movements.values import shown_partial
from thidua.movements.wording import below_of, notes_of, title_of


def changes_of(found: PlanRevision) -> list[dict[str, Any]]:
    """Return each change in words: what it was, what it is."""
    return [
        {
            "kind": change["kind"],
            "item": change["item"],
            "label": BY_FIELD[change["field"]].label,
            "before": words_of(change["field"], change["before"]),
            "after": words_of(change["field"], change["after"]),
        }
        for change in found.changes
    ]


def words_of(field: str, value: dict[str, Any] | None) -> str:
    if not value:
        return ""
    return " · ".join(dict.fromkeys([title_of(field, value), *notes_of(field, value), *below_of(value)]))


def twin_words(item: PlanItem, one: Correction) -> dict[str, Any]:
    return {
        "item": item.pk,
        "label": BY_FIELD[item.field].label,
        "title": title_of(item.field, item.value),
        "old": shown_partial(one.old),
        "new": shown_partial(one.new),
    }


def by_sentence(proposals: Iterable[Proposal]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the proposals in words under the sentence each comes from."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in proposals:
        found.setdefault(one.sentence, []).append(proposal_words(one))
    return list(found.items())


def proposal_words(one: Proposal) -> dict[str, Any]:
    """Return a proposal of the document in words."""
    return {
        "proposal": one,
        "label": BY_FIELD[one.field].label,
        "before": words_of(one.field, one.before),
        "after": words_of(one.field, one.after),
        "address": one.item or one.field,
    }

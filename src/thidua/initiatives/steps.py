"""The steps of an initiative, in one table: which act leads from where to where, and who may do it."""

from dataclasses import dataclass

from thidua.initiatives.models import Initiative

State = Initiative.State


@dataclass(frozen=True, slots=True)
class Step:
    """``who``: author, officer (of the author's unit or above), head (of the council's unit)."""

    act: str
    sources: frozenset[str]
    target: str
    who: str


STEPS: dict[str, Step] = {
    step.act: step
    for step in (
        Step("submit", frozenset({State.DRAFT, State.RETURNED}), State.SUBMITTED, "author"),
        Step(
            "withdraw", frozenset({State.DRAFT, State.SUBMITTED, State.RETURNED}), State.WITHDRAWN, "author"
        ),
        Step("return", frozenset({State.SUBMITTED, State.APPRAISING}), State.RETURNED, "officer"),
        Step("assign", frozenset({State.SUBMITTED}), State.APPRAISING, "officer"),
        Step("recognise", frozenset({State.APPRAISING}), State.RECOGNISED, "head"),
        Step("refuse", frozenset({State.APPRAISING}), State.REFUSED, "head"),
        Step("cancel", frozenset({State.RECOGNISED}), State.CANCELLED, "head"),
    )
}

EDITABLE = frozenset({State.DRAFT, State.RETURNED})
"""States in which the author still writes."""

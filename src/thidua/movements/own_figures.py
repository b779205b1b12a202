"""The figures a unit sets anew for targets from above, and the places of its plan that speak of those targets."""

from collections.abc import Sequence
from typing import Any

from thidua.core.drafting.answer import OwnFigure
from thidua.movements.wording import typed_figure

Value = dict[str, Any]
Figure = int | float | list[int | float]
# The words of an item in which a target may be spoken of; the target's own are set with its figure.
WORDS = ("text", "what", "details", "duties")


def own_figure(value: Value, figure: Figure | None) -> OwnFigure | None:
    """Return the figure set anew, as it is written; None where it is the one above, or either is none or a range."""
    old = value.get("value")
    if not isinstance(old, int | float) or not isinstance(figure, int | float) or figure == old:
        return None
    return OwnFigure(value["text"], typed_figure(old), typed_figure(figure))


def restated(value: Value, figures: Sequence[OwnFigure]) -> Value:
    """Return the item with the unit's own figures where its words speak of those targets."""
    if not figures:
        return value
    return value | {name: _restated(value[name], figures) for name in WORDS if value.get(name)}


def _restated(words: str | Sequence[str], figures: Sequence[OwnFigure]) -> str | list[str]:
    if not isinstance(words, str):
        return [str(_restated(line, figures)) for line in words]
    for one in figures:
        words = one.in_line(words)
    return words


def lines_of(value: Value) -> list[str]:
    """Return the words of an item, a line each."""
    found = [value[name] for name in WORDS if value.get(name)]
    return [line for words in found for line in ([words] if isinstance(words, str) else words)]

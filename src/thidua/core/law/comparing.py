"""Two states of the law side by side: which figures differ, from which day, and by which text."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from thidua.core.law.figures import DatedFigure, DatedValue, Label, Unit
from thidua.core.law.law import Law, UnknownNameError


@dataclass(frozen=True, slots=True)
class FigureChange:
    """From ``since`` on the figure reads otherwise; None on a side where nothing is said."""

    name: str
    label: Label
    unit: Unit
    since: date
    before: DatedValue | None
    after: DatedValue | None


def figure_changes(before: Law, after: Law, authority: str | None = None) -> list[FigureChange]:
    """Return where the figures of ``authority`` differ, by name and day."""
    names = {
        *before.figure_names(),
        *after.figure_names(),
        *_own_names(before, authority),
        *_own_names(after, authority),
    }
    return [change for name in sorted(names) for change in _changes(name, before, after, authority)]


def _own_names(law: Law, authority: str | None) -> Iterator[str]:
    for overlay in law.overlays(authority):
        yield from overlay.new_figures


def _changes(name: str, before: Law, after: Law, authority: str | None) -> Iterator[FigureChange]:
    old, new = _figure(before, name, authority), _figure(after, name, authority)
    shown = new or old
    if shown is None or old is new:
        return
    days = sorted({entry.in_force_from for figure in (old, new) if figure for entry in figure.history})
    for day in days:
        first, second = (figure.entry_on(day) if figure else None for figure in (old, new))
        if (first and first.value) != (second and second.value):
            yield FigureChange(name, shown.label, shown.unit, day, first, second)


def _figure(law: Law, name: str, authority: str | None) -> DatedFigure | None:
    try:
        return law.figure(name, authority)
    except UnknownNameError:
        return None

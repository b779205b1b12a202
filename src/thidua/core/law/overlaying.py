"""An authority's figures laid over the national ones: its own value while its text is in force, never a looser one."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import islice

from thidua.core.law.awards import Overlay
from thidua.core.law.figures import DatedFigure, DatedValue, Value
from thidua.core.law.messages import say
from thidua.core.law.reading import figure_value
from thidua.core.law.yamltext import FileProblemsError, Problem


def laid_over(
    national: DatedFigure, overlays: Iterable[Overlay], *, may_loosen: bool = False
) -> tuple[DatedValue, ...]:
    """Return the history of a figure for one authority; a circular of the centre may also loosen.

    Raises FileProblemsError where a value does not fit the unit, loosens, or two texts overlap.
    """
    spans = sorted(overlays, key=lambda overlay: overlay.in_force_from)
    problems = [
        problem for overlay in spans for problem in _problems(national, overlay, spans, may_loosen=may_loosen)
    ]
    if problems:
        raise FileProblemsError(problems)
    history = [
        entry for entry in national.history if not any(o.in_force_on(entry.in_force_from) for o in spans)
    ]  # fmt: skip
    for overlay in spans:
        own = overlay.figures[national.name]
        history.append(replace(own, value=figure_value(own.value, national.unit)))
        back = overlay.ceases_on and national.entry_on(overlay.ceases_on)
        if back and overlay.ceases_on and not any(other.in_force_on(overlay.ceases_on) for other in spans):
            history.append(replace(back, in_force_from=overlay.ceases_on))
    return tuple(sorted(history, key=lambda entry: entry.in_force_from))


def _problems(
    national: DatedFigure, overlay: Overlay, spans: list[Overlay], *, may_loosen: bool
) -> Iterator[Problem]:
    name, line = national.name, overlay.lines.get(national.name, 1)
    for other in spans:
        if other is not overlay and other.in_force_on(overlay.in_force_from):
            said = say(
                "“{name}” đã do {text} quy định lúc đó: chồng nhau. Ghi ceases cho văn bản cũ.",
                name=name,
                text=other.text,
            )
            yield Problem(overlay.name, line, said)
    try:
        own = figure_value(overlay.figures[name].value, national.unit)
    except ValueError:
        said = say("“{name}”: giá trị không hợp với đơn vị “{unit}”.", name=name, unit=national.unit.name)
        yield Problem(overlay.name, line, said)
        return
    if may_loosen:
        return
    loosened = (
        day
        for day, value in _national_meanwhile(national, overlay)
        if _loosens(national.tightens, value, own)
    )
    for day in islice(loosened, 1):
        said = say(
            "“{name}” nới lỏng so với quy định chung từ {day}: cơ quan chỉ được siết chặt. Sửa số hoặc bỏ mục này.",
            name=name, day=day,
        )  # fmt: skip
        yield Problem(overlay.name, line, said)


def _national_meanwhile(national: DatedFigure, overlay: Overlay) -> Iterator[tuple[date, Value]]:
    """Yield the national value of the day the overlay begins, and those that come while it lasts."""
    start = national.entry_on(overlay.in_force_from)
    later = [
        entry for entry in national.history
        if entry.in_force_from > overlay.in_force_from and overlay.in_force_on(entry.in_force_from)
    ]  # fmt: skip
    for entry in ([start] if start else []) + later:
        if entry.value is not None:
            yield max(entry.in_force_from, overlay.in_force_from), entry.value


def _loosens(tightens: str, national: Value, own: Value | None) -> bool:
    if tightens == "never" or not isinstance(national, Fraction) or not isinstance(own, Fraction):
        return own != national
    return own < national if tightens == "up" else own > national

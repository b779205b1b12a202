"""An authority's figures laid over the national ones: its own value while its text is in force, never a looser one."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from thidua.core.law.awards import Overlay
from thidua.core.law.figures import DatedFigure, DatedValue, Value
from thidua.core.law.messages import say
from thidua.core.law.reading import figure_value
from thidua.core.law.yamltext import FileProblemsError, Problem


def laid_over(
    national: DatedFigure, overlays: Iterable[Overlay], *, may_loosen: bool = False, yields: bool = False
) -> tuple[DatedValue, ...]:
    """Return the history of a figure for one authority; a circular of the centre may also loosen.

    A value that a later, tighter national one overtakes gives way from that day on. Where ``yields``, one
    looser from its first day gives way too.

    Raises FileProblemsError where a value does not fit the unit, loosens, or two texts overlap.
    """
    spans = sorted(overlays, key=lambda overlay: overlay.in_force_from)
    problems = [
        problem
        for overlay in spans
        for problem in _problems(national, overlay, spans, may_loosen=may_loosen or yields)
    ]
    if problems:
        raise FileProblemsError(problems)
    history = [
        entry for entry in national.history if not any(o.in_force_on(entry.in_force_from) for o in spans)
    ]  # fmt: skip
    for overlay in spans:
        history += [_own(national, overlay)] if may_loosen else _while_tighter(national, overlay)
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
    first = national.entry_on(overlay.in_force_from)
    if first and first.value is not None and _loosens(national.tightens, first.value, own):
        said = say(
            "“{name}” nới lỏng so với quy định chung từ {day}: cơ quan chỉ được siết chặt. Sửa số hoặc bỏ mục này.",
            name=name, day=overlay.in_force_from,
        )  # fmt: skip
        yield Problem(overlay.name, line, said)


def gives_way(national: DatedFigure, overlay: Overlay) -> DatedValue | None:
    """Return the national value that first takes the place of the overlay's, from its day; None where none does."""
    own = _own(national, overlay)
    return next((entry for entry in _while_tighter(national, overlay) if entry.rule != own.rule), None)


def _own(national: DatedFigure, overlay: Overlay) -> DatedValue:
    own = overlay.figures[national.name]
    return replace(own, value=figure_value(own.value, national.unit))


def _while_tighter(national: DatedFigure, overlay: Overlay) -> list[DatedValue]:
    """Return what counts while the overlay lasts: its own value, a national one where the own would be looser."""
    own = _own(national, overlay)
    counts = [] if national.entry_on(overlay.in_force_from) else [own]
    for day, entry in _national_meanwhile(national, overlay):
        is_looser = entry.value is not None and _loosens(national.tightens, entry.value, own.value)
        held = entry if is_looser else own
        if not counts or counts[-1].rule != held.rule:
            counts.append(replace(held, in_force_from=day))
    return counts


def _national_meanwhile(national: DatedFigure, overlay: Overlay) -> Iterator[tuple[date, DatedValue]]:
    """Yield the national value of the day the overlay begins, and those that come while it lasts."""
    start = national.entry_on(overlay.in_force_from)
    later = [
        entry for entry in national.history
        if entry.in_force_from > overlay.in_force_from and overlay.in_force_on(entry.in_force_from)
    ]  # fmt: skip
    for entry in ([start] if start else []) + later:
        yield max(entry.in_force_from, overlay.in_force_from), entry


def _loosens(tightens: str, national: Value, own: Value | None) -> bool:
    if tightens == "never" or not isinstance(national, Fraction) or not isinstance(own, Fraction):
        return own != national
    return own < national if tightens == "up" else own > national

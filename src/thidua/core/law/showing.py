"""What the law files hold, as plain values to print: one figure on a day, one award, the catalogue."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from thidua.core.law.awards import Award, version_on
from thidua.core.law.conditions import Leaf, Node
from thidua.core.law.exact import MonthDay
from thidua.core.law.figures import DatedFigure, DatedValue, Value
from thidua.core.law.law import Law
from thidua.core.law.messages import plain_decimal


def figure_on(figure: DatedFigure, day: date) -> dict[str, Any]:
    """Return a figure as it stands on ``day``; a value of None is not law, and why is said beside it."""
    entry = figure.entry_on(day)
    state = "not_yet" if entry is None else "repealed" if entry.value is None else "in_force"
    return {
        "name": figure.name,
        "label": dict(figure.label),
        "unit": figure.unit.name,
        "tightens": figure.tightens,
        "on": day.isoformat(),
        "state": state,
        "value": None if entry is None else plain_value(entry.value),
        **_entry(entry),
        "still_valid_on": figure.still_valid_on.isoformat() if figure.still_valid_on else None,
        "history": [
            {"from": item.in_force_from.isoformat(), "value": plain_value(item.value), **_entry(item)}
            for item in figure.history
        ],
    }


def _entry(entry: DatedValue | None) -> dict[str, Any]:
    if entry is None:
        return {"in_force_from": None, "rule": None, "source": None, "confidence": None, "authority": None}
    source = {"text": entry.rule.source.text, "place": entry.rule.source.place}
    return {
        "in_force_from": entry.in_force_from.isoformat(),
        "rule": entry.rule.id,
        "source": source,
        "confidence": entry.rule.confidence.value,
        "authority": entry.authority,
    }


def award_on(award: Award, day: date) -> dict[str, Any]:
    """Return an award with the conditions of its version of ``day``; None where nothing is known."""
    version = version_on(award.versions, day)
    return {
        "id": award.id,
        "label": dict(award.label),
        "family": award.family,
        "subjects": [kind.value for kind in award.subjects_on(day)],
        "on": day.isoformat(),
        "in_force_from": version.in_force_from.isoformat() if version else None,
        "conditions": [condition(node) for node in version.nodes] if version else None,
        "list": [condition(node) for node in version.on_lists] if version else None,
        "also": list(award.also),
        "versions": [item.in_force_from.isoformat() for item in award.versions],
        "still_valid_on": award.still_valid_on.isoformat() if award.still_valid_on else None,
    }


def condition(node: Node) -> dict[str, Any]:
    """Return a condition tree as its file writes it, without what is left at its default."""
    shown: dict[str, Any] = {}
    if node.when:
        shown["when"] = {
            f.name: plain_value(getattr(node.when, f.name))
            for f in fields(node.when)
            if getattr(node.when, f.name)
        }
    if isinstance(node, Leaf):
        shown["is"] = node.operator
        shown |= {
            f.name: plain_value(getattr(node.asks, f.name))
            for f in fields(node.asks)
            if getattr(node.asks, f.name)
        }
    else:
        shown[node.join] = [condition(part) for part in node.parts]
    if node.label:
        shown["label"] = dict(node.label)
    source = {"text": node.rule.source.text, "place": node.rule.source.place}
    return shown | {
        "rule": node.rule.id, "source": source, "confidence": node.rule.confidence.value, "effect": node.effect.value,
    }  # fmt: skip


def catalogue(law: Law, day: date) -> dict[str, Any]:
    """Return every award and figure with what is in force on ``day``."""
    awards = [law.award(name) for name in law.award_ids()]
    figures = [law.figure(name) for name in law.figure_names()]
    pack = law.pack_on(day)
    return {
        "on": day.isoformat(),
        "pack": pack.id if pack else None,
        "awards": [_award_line(award, day) for award in awards],
        "figures": [_figure_line(figure, day) for figure in figures],
        "authorities": {
            name: [overlay.text for overlay in law.overlays(name) if overlay.in_force_on(day)]
            for name in law.authorities()
        },
    }


def _award_line(award: Award, day: date) -> dict[str, Any]:
    version = version_on(award.versions, day)
    since = version.in_force_from.isoformat() if version else None
    return {"id": award.id, "label": dict(award.label), "in_force_from": since}


def _figure_line(figure: DatedFigure, day: date) -> dict[str, Any]:
    entry = figure.entry_on(day)
    value = None if entry is None else plain_value(entry.value)
    return {"name": figure.name, "label": dict(figure.label), "unit": figure.unit.name, "value": value}


def plain_value(value: Value | Any) -> Any:
    """Return a value for JSON: numbers as numbers, 2/3 and days as text."""
    if isinstance(value, Fraction):
        return _plain_number(value)
    if isinstance(value, (MonthDay, StrEnum)):
        return str(value)
    if isinstance(value, (tuple, list)):
        return [plain_value(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): plain_value(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain_value(getattr(value, f.name)) for f in fields(value) if getattr(value, f.name)}
    return value


def _plain_number(value: Fraction) -> int | float | str:
    if value.denominator == 1:
        return value.numerator
    plain = plain_decimal(value)
    return f"{value.numerator}/{value.denominator}" if plain is None else float(plain)

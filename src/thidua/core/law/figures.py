"""Dated figures: one number of the law with its history, each value with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from thidua.core.law.exact import MonthDay, Sex
from thidua.core.law.messages import Grouped, Message, Percent, say, verbatim
from thidua.core.law.sources import Rule

Label = Mapping[str, str]
BySex = Mapping[Sex, Fraction]
Value = Fraction | MonthDay | BySex | str


class NotInForceError(LookupError):
    """Nothing is law under ``name`` on ``day``: not yet, or no longer."""

    def __init__(self, name: str, day: date) -> None:
        super().__init__(f"{name}, {day.isoformat()}")
        self.name = name
        self.day = day

    @property
    def message(self) -> Message:
        return say("Ngày {day} chưa có hoặc không còn quy định “{name}”.", day=self.day, name=self.name)


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value from its day until the next one; ``value`` is None from the day of a repeal."""

    in_force_from: date
    value: Value | None
    rule: Rule
    authority: str | None = None

    @property
    def number(self) -> Fraction:
        """Return the value where it must be a number; the unit of the figure says that it is."""
        if not isinstance(self.value, Fraction):
            raise TypeError(f"{self.rule.id}: {self.value!r}")
        return self.value


@dataclass(frozen=True, slots=True)
class Unit:
    name: str
    holds: str
    label: Label


@dataclass(frozen=True, slots=True)
class DatedFigure:
    """One figure; ``tightens`` says which way an authority may move it: up, down or never."""

    name: str
    label: Label
    unit: Unit
    tightens: str
    history: tuple[DatedValue, ...]
    still_valid_on: date | None = None
    review_on: date | None = None

    def on(self, day: date) -> DatedValue:
        """Return the value in force on ``day``, with its source.

        Raises NotInForceError before the first value and after a repeal, so that no caller can
        mistake "not yet law" for zero.
        """
        found = self.entry_on(day)
        if found is None or found.value is None:
            raise NotInForceError(self.name, day)
        return found

    def entry_on(self, day: date) -> DatedValue | None:
        """Return what the history says on ``day``, a repeal included; None before its first day."""
        # From the latest back: a history is short, and the day asked about is most often a recent one.
        for entry in reversed(self.history):
            if entry.in_force_from <= day:
                return entry
        return None


def value_in_words(value: Value | None, unit: Unit) -> Message:
    """Return a value as a reader expects it: 80%, 10 ngày làm việc, 28/02."""
    if value is None:
        return say("đã bãi bỏ")
    if isinstance(value, MonthDay):
        return verbatim(f"{value.day:02}/{value.month:02}")
    if isinstance(value, str):
        return _WORDS.get(value) or verbatim(value)
    if isinstance(value, Fraction):
        return _number(value, unit)
    return say(
        "nam {male}, nữ {female}", male=_number(value["male"], unit), female=_number(value["female"], unit)
    )


_WORDS = {
    "each": say("trả theo từng danh hiệu, hình thức"),
    "highest-only": say("chỉ trả mức cao nhất"),
    "not-allowed": say("không được phép"),
    "own-payroll": say("cơ quan quản lý quỹ lương chi trả"),
    "title-after-title": say("chỉ dùng lại từ danh hiệu này sang danh hiệu sau"),
}
"""The words that stand for a value where no number can."""


def _counting(label: Label, number: Fraction) -> Label:
    """Return the unit's words for so many: an English label says both forms, “year|years”."""
    forms = {language: words.partition("|") for language, words in label.items()}
    return {
        language: one if number == 1 or not parted else many
        for language, (one, parted, many) in forms.items()
    }


def _number(value: Fraction, unit: Unit) -> Message:
    if unit.holds == "share":
        return say("{share}", share=Percent(value))
    if unit.name == "dong":
        return say("{amount} đồng", amount=Grouped(value.numerator))
    return (
        say("{number} {unit}", number=value, unit=_counting(unit.label, value))
        if unit.label["vi"]
        else say("{number}", number=value)
    )

"""Exact numbers out of text: shares, multiples, counts; never a binary float."""

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, PlainValidator
from pydantic_core import PydanticCustomError

STRICT = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,9})?(?:/[1-9]\d{0,5})?")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH_DAY = re.compile(r"\d\d-\d\d")


def wrong(text: str, **parts: object) -> PydanticCustomError:
    """Return a fault whose Vietnamese sentence reaches the reader as it is."""
    return PydanticCustomError("said", "{text}", {"text": text, "parts": parts})


def parse_exact(given: object) -> Fraction:
    """Return the number written in ``given``: 0.15, 3, 2/3."""
    if isinstance(given, Fraction):
        return given
    if isinstance(given, int) and not isinstance(given, bool):
        return Fraction(given)
    if isinstance(given, float):
        # A page or JSON hands over 0.7: its shortest writing is what was meant.
        given = repr(given)
    if not isinstance(given, str) or not _NUMBER.fullmatch(given):
        raise wrong("“{given}” không phải là số. Viết như 0.15, 3 hoặc 2/3.", given=given)
    whole, _, divisor = given.partition("/")
    return Fraction(whole) / Fraction(divisor or "1")


def parse_amount(given: object) -> "Fraction | str":
    """Return a number, or the name of the dated figure that holds it."""
    if isinstance(given, str) and _NAME.fullmatch(given):
        return given
    return parse_exact(given)


def parse_day(given: object) -> date:
    if isinstance(given, date):
        return given
    try:
        if isinstance(given, str) and _DAY.fullmatch(given):
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise wrong("“{given}” không phải là một ngày có thật. Viết năm-tháng-ngày, như 2024-01-31.", given=given)


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of any year: the 28th of February."""

    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"


def parse_month_day(given: object) -> MonthDay:
    if isinstance(given, str) and _MONTH_DAY.fullmatch(given):
        month, day = int(given[:2]), int(given[3:])
        try:
            date(2000, month, day)
        except ValueError:
            pass
        else:
            return MonthDay(month, day)
    raise wrong("“{given}” không phải là ngày trong năm. Viết tháng-ngày, như 02-28.", given=given)


def _one_or_many(given: Any) -> Any:
    return (given,) if isinstance(given, str) else given


Sex = Literal["male", "female"]
Exact = Annotated[Fraction, PlainValidator(parse_exact)]
Amount = Annotated[Fraction | str, PlainValidator(parse_amount)]
Day = Annotated[date, PlainValidator(parse_day)]
Words = Annotated[tuple[str, ...], BeforeValidator(_one_or_many)]


def by_sex_of(given: dict[str, Any]) -> "MappingProxyType[Sex, Fraction]":
    """Return the number for men and for women; both must be said."""
    if set(given) != {"male", "female"}:
        raise wrong("số theo giới phải có đúng male và female.")
    return MappingProxyType({"male": parse_exact(given["male"]), "female": parse_exact(given["female"])})

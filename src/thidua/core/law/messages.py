"""What the law says to a reader: a Vietnamese sentence and the parameters that fill it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple


class Message(NamedTuple):
    """A sentence still to be translated: ``text`` is the catalogue key, ``parts`` fill its places.

    A part may itself be a message, or a tuple of messages to be listed. A named tuple, because a check
    makes dozens of them and a frozen dataclass takes three times as long to make.
    """

    text: str
    parts: Mapping[str, object] | None = None

    def in_words(self, translate: Callable[[str], str] = str) -> str:
        if not self.parts:
            return translate(self.text)
        words = {name: Spoken(_in_words(part, translate)) for name, part in self.parts.items()}
        return translate(self.text).format_map(words)

    def __str__(self) -> str:
        return self.in_words()


class Spoken(str):
    """A part in words. Where it is a number, a translation may choose by it: ``{years} {years:year|years}``."""

    __slots__ = ()

    def __format__(self, forms: str) -> str:
        one, parted, many = forms.partition("|")
        if not parted:
            return super().__format__(forms)
        return one if self == "1" else many


@dataclass(frozen=True, slots=True)
class Percent:
    """A share to be read as a percentage, to two decimals where it has more."""

    share: Fraction


@dataclass(frozen=True, slots=True)
class Rough:
    """A number to be read to one decimal, never upwards, so that 5.97 months do not read as 6."""

    number: Fraction


@dataclass(frozen=True, slots=True)
class Grouped:
    """A whole number long enough to be read in thousands, such as an amount of money."""

    number: int


class Later(NamedTuple):
    """Words made only when somebody reads them: a check finds far more than is ever shown."""

    make: Callable[..., Message]
    about: tuple[Any, ...]

    def in_words(self, translate: Callable[[str], str] = str) -> str:
        return self.make(*self.about).in_words(translate)

    def __str__(self) -> str:
        return self.in_words()


Said = Message | Later
made = tuple.__new__
"""What a named tuple's own ``__new__`` comes to, at half its time: a check makes dozens of them."""


def say(text: str, /, **parts: object) -> Message:
    """Return the message ``text``, a literal that the catalogue of translations picks up here."""
    return made(Message, (text, parts or None))


def later(make: Callable[..., Message], *about: Any) -> Later:
    """Return the message that ``make`` will give of ``about``, put off until it is read."""
    return made(Later, (make, about))


def verbatim(text: object) -> Message:
    """Return words that are not ours to translate: a number, a symbol, a label of a law file."""
    return Message("{words}", {"words": str(text)})


def _in_words(part: object, translate: Callable[[str], str]) -> object:
    if isinstance(part, Message | Later):
        return part.in_words(translate)
    if isinstance(part, tuple):
        return "; ".join(str(_in_words(item, translate)) for item in part)
    if isinstance(part, Mapping):
        return part.get(_language(translate), part["vi"])
    render = _RENDERED.get(type(part))
    return render(part, _language(translate)) if render else part


def _language(translate: Callable[[str], str]) -> str:
    """Return which language the reader wants: the catalogue says it under "vi"."""
    return translate("vi")


def number_in_words(number: Fraction | int, language: str = "vi") -> str:
    """Return ``number`` as its reader writes it: a decimal comma in Vietnamese, or a fraction such as 2/3."""
    number = Fraction(number)
    if number.denominator == 1:
        return str(number.numerator)
    plain = plain_decimal(number)
    return _pointed(plain, language) if plain else f"{number.numerator}/{number.denominator}"


def _pointed(plain: str, language: str) -> str:
    return plain if language == "en" else plain.replace(".", ",")


def plain_decimal(number: Fraction) -> str | None:
    """Return ``number`` in decimals without loss, None where it has no end (2/3)."""
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return None
    return format((Decimal(number.numerator) / Decimal(number.denominator)).normalize(), "f")


def percent_in_words(share: Fraction, language: str = "vi") -> str:
    """Return a share as a percentage; one without end is cut to two decimals, 2/3 stays as law texts write it."""
    if share.denominator == _THIRDS:
        return f"{share.numerator}/{share.denominator}"
    plain = plain_decimal(share * 100) or plain_decimal(Fraction(int(share * 10000), 100)) or ""
    return f"{_pointed(plain, language)}%"


def day_in_words(day: date, language: str = "vi") -> str:
    """Return ``day`` as 30/06/2026, for English readers as 30 Jun 2026: theirs may be either way round."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if language == "en" else day.strftime("%d/%m/%Y")


_THIRDS = 3
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RENDERED: dict[type, Callable[[Any, str], str]] = {
    date: day_in_words,
    Percent: lambda percent, language: percent_in_words(percent.share, language),
    Rough: lambda rough, language: number_in_words(Fraction(int(rough.number * 10), 10), language),
    Grouped: lambda grouped, language: f"{grouped.number:,}".replace(",", "," if language == "en" else "."),
    Fraction: number_in_words,
    Decimal: lambda number, language: number_in_words(Fraction(number), language),
}

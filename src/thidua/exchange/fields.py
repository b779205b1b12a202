"""The columns an importer takes: what they may be called and what may stand in them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

Words = str | Promise


class FieldKind(Enum):
    """How the cells of a column are read."""

    TEXT = auto()
    CODE = auto()  # a text that Excel may have taken for a number
    DAY = auto()
    LOOSE_DAY = auto()  # a day that may stay unknown when only its year is told
    WHOLE = auto()
    YES_NO = auto()
    CHOICE = auto()
    EMAIL = auto()
    PHONE = auto()


@dataclass(frozen=True, slots=True)
class Choice:
    """A value as kept, the word for it, and further spellings (matched without diacritics and case)."""

    value: str
    label: Words
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A column.

    ``synonyms`` are further headings; case, diacritics and marks do not count. A field with ``part_of``
    stands in for another one ("Họ đệm" and "Tên" for "Họ và tên") and is not in the template.
    """

    name: str
    label: Words
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    synonyms: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    part_of: str = ""
    longest: int = 250
    range: tuple[int, int] = (0, 10_000)
    help: Words = ""
    example: str = ""
    width: float = 18

    @property
    def in_template(self) -> bool:
        return not self.part_of

    def headings(self) -> Iterator[str]:
        """Yield every way the column may be headed, in each language the pages speak."""
        yield from spoken(self.label)
        yield from self.synonyms
        yield self.name


def spoken(words: Words) -> Iterator[str]:
    """Yield ``words`` in each language."""
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            yield str(words)


def missing_fields(
    fields: Iterable[Field], mapping: Mapping[str, int], filled: Collection[str] = ()
) -> list[Field]:
    """Return the required fields for which ``mapping`` names neither a column nor one that stands in.

    ``filled`` are fields that get a value without a column.
    """
    fields = tuple(fields)
    given = {field.part_of or field.name for field in fields if field.name in mapping} | set(filled)
    return [field for field in fields if field.required and field.name not in given]

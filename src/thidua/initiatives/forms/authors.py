"""Authors as they are typed: one a line, a name or staff code, a bar, and what is told of the part."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext

from thidua.honours.selectors.naming import label_of, lines_of, people_named, people_told_twice
from thidua.organisations.models import Person

NAMED = 4


@dataclass(frozen=True, slots=True)
class NamedLine:
    """A line with those it may mean; ``told`` stands after the bar."""

    name: str
    told: str
    matches: tuple[Person, ...]

    def person(self) -> Person:
        """Return the one meant. Raises ValidationError where nobody or several are."""
        if not self.matches:
            raise ValidationError(
                gettext("Không tìm thấy “%(name)s”. Ghi cả họ tên và số hiệu, ví dụ: Lê An (CB-0123).")
                % {"name": self.name}
            )
        if len(self.matches) > 1:
            facts = {"name": self.name, "several": "; ".join(label_of(one) for one in self.matches[:NAMED])}
            raise ValidationError(
                gettext("Có nhiều người tên “%(name)s”: %(several)s. Ghi đủ cả phần sau tên.") % facts
            )
        return self.matches[0]


class NamesAuthors(forms.Form):
    """A form that names authors: ``people`` by name, others of the ``roots`` by name and code together."""

    people: QuerySet[Person]
    roots: Iterable[Any]

    def named(self, text: str) -> list[NamedLine]:
        lines = lines_of(text)
        known = people_named(self.people, [name for name, _told in lines])
        strangers = [name for name, _told in lines if not known.get(name)]
        known |= people_told_twice(Person.objects.filter(root__in=self.roots), strangers)
        return [NamedLine(name, told, tuple(known.get(name, ()))) for name, told in lines]

"""Fields that name a unit or a person: typed with suggestions beside, looked up on the server."""

import re
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.forms.renderers import BaseRenderer
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line
from thidua.organisations.models import Person, Unit

SUGGESTED = 300
NAMED = 4
BREAK = " — "
_BREAKS = re.compile(r" [—–-] ")  # a keyboard has only the last


class SuggestInput(forms.TextInput):
    """A text field with a list of suggestions, read when it is drawn; without scripts it is a plain field."""

    suggestions: Callable[[], Iterable[str]] = tuple

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        list_id = f"{(attrs or {}).get('id', name)}_list"
        drawn = super().render(
            name, value, {**(attrs or {}), "list": list_id, "autocomplete": "off"}, renderer
        )
        options = "".join(f'<option value="{escape(text)}"></option>' for text in self.suggestions())
        return format_html('{}<datalist id="{}">{}</datalist>', drawn, list_id, mark_safe(options))  # noqa: S308 - each is escaped


class NamedRowField(forms.CharField):
    """A row chosen by its name; ``rows`` is what may be chosen and is given by the form."""

    widget = SuggestInput
    rows: QuerySet[Any]
    parts: ClassVar[tuple[str, ...]]  # columns the label is made of
    beside: ClassVar[tuple[str, ...]]  # the rows those columns stand in
    order: ClassVar[tuple[str, ...]]
    default_error_messages: ClassVar[dict[str, Any]] = {
        "unknown": _("Không tìm thấy “%(text)s”. Gõ lại tên, hoặc chọn trong danh sách gợi ý."),
        "several": _("Có nhiều kết quả khớp “%(text)s”: %(names)s. Chọn một trong danh sách gợi ý."),
    }

    def offer(self, rows: QuerySet[Any], *, suggested: int = SUGGESTED) -> None:
        """Let ``rows`` be chosen and suggest the first of them."""
        self.rows = rows.order_by(*self.order)
        self.widget.suggestions = lambda: (
            self.written(*parts) for parts in self.rows.values_list(*self.parts)[:suggested]
        )

    def prepare_value(self, value: Any) -> Any:
        return self.label_of(value) if isinstance(value, Model) else value

    def clean(self, value: Any) -> Any:
        text = one_line(super().clean(value) or "")
        return self.found(text) if text else None

    def found(self, text: str) -> Any:
        """Return the row ``text`` means; diacritics left out while typing do not count.

        What is written exactly so comes first, then what differs in diacritics and case alone, then what
        holds the words.
        """
        name = _BREAKS.split(text, maxsplit=1)[0]
        named = self.rows.filter(Q(folded__contains=fold(name)) | self.by_code(text))
        rows = list(named.select_related(*self.beside)[:SUGGESTED])
        exact = [row for row in rows if text in (self.label_of(row), *self.names_of(row))]
        typed = plain(text)
        alike = [row for row in rows if typed in map(plain, (self.label_of(row), *self.names_of(row)))]
        chosen = exact or alike or rows
        if not chosen:
            raise ValidationError(self.error_messages["unknown"], code="unknown", params={"text": text})
        if len(chosen) > 1:
            names = "; ".join(self.label_of(row) for row in chosen[:NAMED])
            params = {"text": text, "names": names}
            raise ValidationError(self.error_messages["several"], code="several", params=params)
        return chosen[0]

    def label_of(self, row: Any) -> str:
        return self.written(*(column_of(row, part) for part in self.parts))

    def written(self, *parts: Any) -> str:
        raise NotImplementedError

    def names_of(self, row: Any) -> tuple[str, ...]:
        raise NotImplementedError

    def by_code(self, text: str) -> Q:
        raise NotImplementedError


def plain(text: str) -> str:
    """Return ``text`` without diacritics and case, its parts joined by one kind of dash."""
    return fold(_BREAKS.sub(BREAK, one_line(text)))


def column_of(row: Any, path: str) -> Any:
    """Follow ``path`` as a query does: ``"unit__name"``; None where a step is missing."""
    for step in path.split("__"):
        row = getattr(row, step) if row is not None else None
    return row


class UnitField(NamedRowField):
    """A unit by name, by “name — unit above”, or by code."""

    parts = ("name", "depth", "parent__name")
    beside = ("parent",)
    order = ("depth", "sort_key")

    def written(self, *parts: Any) -> str:
        name, depth, above = parts
        return f"{name}{BREAK}{above}" if depth > 1 else str(name)

    def names_of(self, row: Unit) -> tuple[str, ...]:
        return (row.name, row.code)

    def by_code(self, text: str) -> Q:
        return Q(code=text)


class PersonField(NamedRowField):
    """A person by name, or by “name — post, unit, unit above” where several bear it."""

    parts = ("full_name", "position", "unit__name", "unit__parent__short_name")
    beside = ("unit__parent",)
    order = ("sort_key", "pk")

    def written(self, *parts: Any) -> str:
        name, *where = parts
        return BREAK.join([name, *filter(None, [", ".join(part for part in where if part)])])

    def names_of(self, row: Person) -> tuple[str, ...]:
        return (row.full_name,)

    def by_code(self, text: str) -> Q:
        return Q(staff_code=text) & ~Q(staff_code="")


class VersionField(forms.IntegerField):
    """The version of the row that the editor saw."""

    widget = forms.HiddenInput

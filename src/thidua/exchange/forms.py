"""Forms of an import: the file, where its headings stand, which column is which."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from thidua.exchange.fields import Field
from thidua.exchange.headings import doubts_of, numbers_columns
from thidua.exchange.selectors import cell_shown
from thidua.exchange.services.intake import column_letter
from thidua.exchange.tables import KEPT_ROWS

SAMPLES = 3
SHOWN_CELLS = 6
SHOWN_LETTERS = 90


class FileForm(forms.Form):
    """The file itself."""

    file = forms.FileField(
        label=gettext_lazy("Tệp Excel"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
        error_messages={
            "required": gettext_lazy("Chọn tệp cần nhập."),
            "missing": gettext_lazy("Chọn tệp cần nhập."),
            "empty": gettext_lazy("Tệp này trống (0 byte). Kiểm tra lại tệp rồi gửi lại."),
        },
    )


class PlaceForm(forms.Form):
    """The sheet and the row of its headings."""

    sheet = forms.ChoiceField(label=gettext_lazy("Trang tính"), required=False)
    row = forms.TypedChoiceField(label=gettext_lazy("Dòng tiêu đề"), coerce=int, required=False)

    def __init__(
        self,
        *args: Any,
        sheets: Sequence[Mapping[str, Any]],
        first: Sequence[tuple[int, Sequence[Any]]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        names = [(sheet["name"], sheet_label(sheet)) for sheet in sheets]
        rows = [(number, row_label(number, cells)) for number, cells in first[:KEPT_ROWS]]
        self.fields["sheet"].choices = names  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["row"].choices = [(0, _("Không có dòng tiêu đề")), *rows]  # type: ignore[attr-defined]


def sheet_label(sheet: Mapping[str, Any]) -> str:
    rows = ngettext("%(count)s dòng", "%(count)s dòng", sheet["rows"]) % {"count": sheet["rows"]}
    return f"{sheet['name']} ({rows})" if sheet["name"] else rows


def row_label(number: int, cells: Sequence[Any]) -> str:
    texts = [cell_shown(cell) for cell in cells if cell is not None][:SHOWN_CELLS]
    return _("Dòng %(number)s: %(cells)s") % {"number": number, "cells": " | ".join(texts)[:SHOWN_LETTERS]}


class ColumnsForm(forms.Form):
    """For each column of the file the field it holds, or nothing."""

    def __init__(
        self,
        *args: Any,
        fields: Iterable[Field],
        headings: Sequence[str],
        first: Sequence[tuple[int, Sequence[Any]]],
        header_row: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields = tuple(fields)
        labels = {field.name: str(field.label) for field in fields}
        doubts = doubts_of(fields, headings)
        self.width = len(headings)
        offered = [("", _("— Không nhập —")), *((field.name, option_label(field)) for field in fields)]
        self.columns: list[dict[str, Any]] = []
        for place, heading in enumerate(headings):
            letter = column_letter(place)
            name = f"column_{place}"
            self.fields[name] = forms.ChoiceField(
                label=_("Cột %(letter)s") % {"letter": letter}, choices=offered, required=False
            )
            samples = [cell_shown(cell) for cell in samples_of(first, header_row, place)]
            meanings = [labels[one] for one in doubts.get(place, ())]
            if heading or samples:
                self.columns.append(
                    {
                        "letter": letter,
                        "heading": heading,
                        "samples": samples,
                        "name": name,
                        "meanings": meanings,
                    }
                )

    def mapping(self) -> dict[str, int]:
        """Return the column of each field chosen; a field chosen twice keeps its last column."""
        return {
            chosen: place
            for place in range(self.width)
            if (chosen := self.cleaned_data.get(f"column_{place}", ""))
        }

    def chosen_twice(self) -> list[str]:
        """Return the labels of fields chosen for several columns."""
        chosen = [self.cleaned_data.get(f"column_{place}", "") for place in range(self.width)]
        labels = dict(next(iter(self.fields.values())).choices) if self.fields else {}  # type: ignore[attr-defined]
        return [str(labels[name]) for name in dict.fromkeys(chosen) if name and chosen.count(name) > 1]


def option_label(field: Field) -> str:
    return f"{field.label} *" if field.required else str(field.label)


def samples_of(first: Sequence[tuple[int, Sequence[Any]]], header_row: int, column: int) -> list[Any]:
    """Return some different values of a column, by which the clerk knows it."""
    rows = (cells for number, cells in first if number > header_row and not numbers_columns(cells))
    cells = (cells[column] for cells in rows if column < len(cells))
    return list(dict.fromkeys(cell for cell in cells if cell is not None))[:SAMPLES]


def initial_of(mapping: Mapping[str, int]) -> dict[str, str]:
    return {f"column_{place}": name for name, place in mapping.items()}

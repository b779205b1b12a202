"""The form that notes when a unit finished one round of a recurring deadline."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.movements.forms import CompletionForm
from thidua.ui.formats import day


class OccurrenceForm(CompletionForm):
    """Which round was finished and when; left out, the earliest that was not is meant."""

    occurrence = forms.ChoiceField(
        label=_("Kỳ"),
        required=False,
        error_messages={"invalid_choice": _("Kỳ này không còn chờ ghi nhận. Chọn kỳ khác.")},
    )
    field_order = ("occurrence", "finished_on", "note")

    def __init__(self, *args: Any, occurrences: Sequence[date] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["occurrence"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one.isoformat(), day(one)) for one in occurrences]

    def clean_occurrence(self) -> date | None:
        given = self.cleaned_data["occurrence"]
        return date.fromisoformat(given) if given else None

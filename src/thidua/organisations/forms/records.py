"""Forms of ratings, leave and discipline."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.organisations.forms.fields import VersionField
from thidua.organisations.models import Discipline, Leave, Rating
from thidua.organisations.services.record_keeping import Absence, DecisionFacts, Measure
from thidua.ui.widgets import DayField


class DecisionFields(forms.Form):
    """The decision a row rests on; number and day go together."""

    decision_number = forms.CharField(
        label=_("Số quyết định"), max_length=80, required=False, help_text=_("Ví dụ: 1250/QĐ-BTP.")
    )
    decided_on = DayField(label=_("Ngày quyết định"), required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if bool(given.get("decision_number")) != bool(given.get("decided_on")) and not self.errors:
            self.add_error("decision_number", _("Ghi cả số và ngày quyết định, hoặc để trống cả hai."))
        return given

    def decision(self) -> DecisionFacts | None:
        number, day = self.cleaned_data.get("decision_number"), self.cleaned_data.get("decided_on")
        return DecisionFacts(number, day) if number and day else None


def decision_initial(row: Any) -> dict[str, Any]:
    """Return what the fields of a decision show of ``row``'s."""
    if row is None or row.decision is None:
        return {}
    return {"decision_number": row.decision.number, "decided_on": row.decision.issued_on}


class RatingForm(DecisionFields):
    """The rating of one subject for one year."""

    year = forms.IntegerField(label=_("Năm"), min_value=1990, max_value=2100)
    level = forms.ChoiceField(label=_("Mức xếp loại"), choices=Rating.Level.choices)
    version = VersionField(required=False)
    field_order = ("year", "level")


class UnitRatingsForm(DecisionFields):
    """A unit's ratings of one year, a choice for each person."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision_number"].help_text = _("Áp dụng cho các dòng vừa ghi hoặc vừa đổi.")


class LeaveForm(DecisionFields):
    """One leave; kinds that speak of health are offered to those with the right."""

    kind = forms.ChoiceField(label=_("Loại"))
    valid_from = DayField(label=_("Từ ngày"))
    last_day = DayField(
        label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu chưa biết ngày kết thúc.")
    )
    result = forms.ChoiceField(
        label=_("Kết quả học tập"),
        choices=[("", "—"), *Leave.Result.choices],
        required=False,
        help_text=_("Chỉ ghi khi đi học, đào tạo."),
    )
    version = VersionField(required=False)
    field_order = ("kind", "valid_from", "last_day", "result")

    def __init__(self, *args: Any, sensitive: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            choice for choice in Leave.Kind.choices if sensitive or choice[0] not in Leave.HEALTH
        ]

    def absence(self) -> Absence:
        given = self.cleaned_data
        return Absence(
            given["kind"], given["valid_from"], given["last_day"], given["result"], self.decision()
        )


class DisciplineForm(DecisionFields):
    """One disciplinary measure."""

    level = forms.ChoiceField(label=_("Hình thức kỷ luật"), choices=Discipline.Level.choices)
    valid_from = DayField(label=_("Có hiệu lực từ ngày"))
    last_day = DayField(
        label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu chưa hết hiệu lực.")
    )
    version = VersionField(required=False)
    field_order = ("level", "valid_from", "last_day")

    def measure(self) -> Measure:
        given = self.cleaned_data
        return Measure(given["level"], given["valid_from"], given["last_day"], self.decision())

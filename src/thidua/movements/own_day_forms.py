"""The form that gives one cluster or unit a day of its own for an event."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.organisations.models import Cluster, Unit
from thidua.ui.widgets import DayField


class OwnDayForm(forms.Form):
    """Whose day, which day, and the version of the event the person saw."""

    place = forms.ChoiceField(
        label=_("Cụm, đơn vị"),
        error_messages={
            "required": _("Chọn cụm hoặc đơn vị."),
            "invalid_choice": _("Cụm, đơn vị này không tham gia phong trào. Chọn lại trong danh sách."),
        },
    )
    on = DayField(label=_("Ngày riêng"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, clusters: Sequence[Cluster] = (), units: Sequence[Unit] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, Cluster | Unit] = {str(one.pk): one for one in clusters}
        self.places |= {str(one.pk): one for one in units}
        groups = [(str(label), named(places)) for label, places in grouped(clusters, units) if places]
        field = self.fields["place"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "—"), *groups]

    def chosen(self) -> Cluster | Unit:
        """Return the cluster or unit chosen; only of a form that is valid."""
        return self.places[self.cleaned_data["place"]]


def grouped(
    clusters: Sequence[Cluster], units: Sequence[Unit]
) -> tuple[tuple[Any, Sequence[Cluster | Unit]], ...]:
    return (_("Cụm, khối"), clusters), (_("Đơn vị nhận"), units)


def named(places: Sequence[Cluster | Unit]) -> list[tuple[str, str]]:
    return [(str(place.pk), place.name) for place in places]

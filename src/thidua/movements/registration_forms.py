"""What pages of registrations ask: filters, what to add, reasons, one's own wish."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thidua.honours.catalogue import catalogue, choices
from thidua.movements.models import Movement
from thidua.movements.registering import NOT_BEGUN, State
from thidua.records.days import today

PERSON, COLLECTIVE, EVERYBODY, LAST_YEAR = "person", "collective", "everybody", "last_year"
KINDS: tuple[tuple[str, Any], ...] = (
    ("", _("Cá nhân và tập thể")),
    (PERSON, pgettext_lazy("one", "Cá nhân")),
    (COLLECTIVE, _("Tập thể")),
)
SUBJECT = {PERSON: "individual", EVERYBODY: "individual", COLLECTIVE: "collective"}
USUAL = {PERSON: "LDTT", EVERYBODY: "LDTT", COLLECTIVE: "TTLDTT"}


def any_award() -> list[tuple[str, Any]]:
    return [("", _("Mọi danh hiệu, hình thức")), *choices()]


def awards_for(kind: str) -> list[tuple[str, str]]:
    """Return the awards that a person or a collective can receive."""
    subject = SUBJECT[kind]
    return [(entry.id, entry.label) for entry in catalogue().values() if subject in entry.subjects]


class LinesFilter(forms.Form):
    """What the lines of a sheet are narrowed to."""

    award = forms.ChoiceField(label=_("Danh hiệu, hình thức"), required=False, choices=any_award)
    kind = forms.ChoiceField(label=_("Đối tượng"), required=False, choices=KINDS)

    def value(self, name: str) -> str:
        """Return what was chosen; nonsense in an address is nothing chosen."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))


class CoverageFilter(forms.Form):
    """What the units of an overview are narrowed to."""

    state = forms.ChoiceField(
        label=_("Tình trạng"),
        required=False,
        choices=[
            ("", _("Mọi tình trạng")),
            ("missing", _("Chưa đăng ký")),
            ("registered", _("Đã đăng ký")),
            *State.choices,
            ("none", NOT_BEGUN),
            ("ended", _("Đã chấm dứt")),
        ],
    )

    def value(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("state", ""))


class AddForm(forms.Form):
    """Which award, and words that narrow the people or units to choose from."""

    award = forms.ChoiceField(label=_("Danh hiệu, hình thức"))
    q = forms.CharField(label=_("Tìm tên"), required=False, max_length=100)

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["award"]
        if isinstance(field, forms.ChoiceField):
            field.choices = awards_for(kind)
        field.initial = USUAL[kind]


class ReasonForm(forms.Form):
    """Why a sheet is returned."""

    reason = forms.CharField(
        label=_("Lý do, nội dung cần bổ sung"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class MovementForm(forms.Form):
    """Which movement the sheet answers to."""

    movement = forms.ChoiceField(label=_("Thuộc phong trào"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, movements: Sequence[Movement], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["movement"]
        if isinstance(field, forms.ChoiceField):
            named = [(str(one.pk), one.name) for one in movements]
            field.choices = [("", _("Không gắn phong trào nào")), *named]


def years() -> list[tuple[str, str]]:
    """Return this year and the next, which a person may register for."""
    return [(str(year), str(year)) for year in (today().year, today().year + 1)]


class WishForm(forms.Form):
    """What a person strives for."""

    year = forms.TypedChoiceField(label=_("Năm"), choices=years, coerce=int)
    award = forms.ChoiceField(label=_("Danh hiệu, hình thức"), choices=lambda: awards_for(PERSON))
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=300)

"""Forms of the five reorganisations; each turns into a request that can be previewed and carried out."""

import re
from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thidua.organisations.forms.fields import UnitField
from thidua.organisations.models import Person, Unit
from thidua.organisations.models.units import UnitQuerySet, decision_words
from thidua.organisations.problems import Problem, shown
from thidua.organisations.searching import name_matches
from thidua.organisations.selectors.trees import parent_id_on
from thidua.organisations.services.reorganisations import problems_of_decision
from thidua.organisations.services.requests import Dissolve, Merge, Move, Rename, Request, Split, Target
from thidua.organisations.services.units import NewUnit
from thidua.records.days import today
from thidua.ui.days import read_day
from thidua.ui.widgets import DayField

PARTS = 4
OFFERED = 100
"""Units offered to be ticked at once; a search narrows them."""
_NUMBER_AND_DAY = re.compile(r"(?P<number>.+?),? ngày (?P<day>\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE)


class ReorganisationForm(forms.Form):
    """What every reorganisation asks. ``units`` are those the editor may reorganise or build under."""

    on = DayField(
        label=_("Có hiệu lực từ ngày"), help_text=_("Có thể là ngày đã qua, hôm nay hoặc ngày sắp tới.")
    )
    decision = forms.CharField(
        label=_("Số quyết định"),
        max_length=180,
        help_text=_("Ví dụ: 1234/QĐ-BTP. Bắt buộc, vì việc sắp xếp không hoàn tác được."),
    )
    decided_on = DayField(
        label=_("Ngày quyết định"), required=False, help_text=_("Ngày ký ghi trên quyết định.")
    )
    day_unknown = forms.BooleanField(
        label=_("Chưa biết ngày quyết định"),
        required=False,
        help_text=_("Chỉ đánh dấu khi không có quyết định trong tay; lịch sử đơn vị khi đó chỉ ghi số."),
    )
    note = forms.CharField(label=_("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    field_order = ()

    def __init__(self, *args: Any, unit: Unit, units: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.units = unit, units
        self.prepare()
        self.order_fields(
            [*(name for name in self.fields if name not in ReorganisationForm.base_fields), "on"]
        )

    def prepare(self) -> None:
        """Fill what depends on the unit."""

    def clean(self) -> dict[str, Any]:
        """Read the day from the number where both were typed in one; without a day somebody says nobody knows it."""
        given: dict[str, Any] = super().clean() or {}
        if both := _NUMBER_AND_DAY.fullmatch(given.get("decision", "")):
            day = read_day(both["day"])
            if day and given.get("decided_on") in (None, day):
                given |= {"decision": both["number"], "decided_on": day}
        if number := given.get("decision"):
            for problem in problems_of_decision(number, None):
                self.add_error("decision", problem.text())
        if "decided_on" in given:
            self.check_day(given["decided_on"], is_unknown=given.get("day_unknown", False))
        return given

    def check_day(self, day: date | None, *, is_unknown: bool) -> None:
        if day is None and not is_unknown:
            self.add_error(
                "decided_on", _("Nhập ngày của quyết định, hoặc đánh dấu “Chưa biết ngày quyết định”.")
            )
        if day and day > today():
            self.add_error("decided_on", Problem("decision_ahead", {"day": shown(day)}).text())

    def decision_words(self) -> str:
        return decision_words(self.cleaned_data["decision"], self.cleaned_data["decided_on"])

    def wanted(self, continuing_roles: frozenset[Any]) -> Request:
        raise NotImplementedError

    def parent_then(self) -> Unit | None:
        """Return the unit above on the day the change takes effect: a new unit stands there too."""
        above = parent_id_on(self.unit.pk, self.cleaned_data["on"])
        return Unit.objects.get(pk=above) if above else None


class RenameForm(ReorganisationForm):
    """A new name."""

    name = forms.CharField(label=_("Tên mới"), max_length=250)
    short_name = forms.CharField(
        label=_("Tên viết tắt"),
        max_length=120,
        required=False,
        help_text=_("Giữ nguyên, sửa theo tên mới, hoặc xóa nếu không còn tên viết tắt."),
    )

    def prepare(self) -> None:
        self.initial.setdefault("short_name", self.unit.short_name)

    def wanted(self, continuing_roles: frozenset[Any]) -> Request:
        del continuing_roles
        short = self.cleaned_data["short_name"] if "short_name" in self.data else None
        return Rename(self.unit, self.cleaned_data["name"], short)


class MoveForm(ReorganisationForm):
    """A new unit above."""

    parent = UnitField(label=_("Chuyển về đơn vị cấp trên"))

    def prepare(self) -> None:
        self.fields["parent"].offer(self.units.exclude(pk=self.unit.pk))  # type: ignore[attr-defined]  # a UnitField

    def wanted(self, continuing_roles: frozenset[Any]) -> Request:
        del continuing_roles
        return Move(self.unit, self.cleaned_data["parent"])


class MergeForm(ReorganisationForm):
    """Which units become one, and whether that one is new."""

    others = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=_("Sáp nhập cùng với"),
        required=False,
        error_messages={"invalid_choice": _("Có đơn vị được chọn không còn ở đó. Tìm và chọn lại.")},
    )
    into = forms.ChoiceField(
        label=_("Đơn vị tiếp nhận"),
        widget=forms.RadioSelect,
        choices=[
            ("new", _("Lập đơn vị mới")),
            ("own", _("Đơn vị này tiếp nhận, các đơn vị kia chấm dứt")),
            ("other", _("Đơn vị khác tiếp nhận")),
        ],
        initial="new",
    )
    name = forms.CharField(
        label=_("Tên đơn vị mới"), max_length=250, required=False, help_text=_("Cần khi lập đơn vị mới.")
    )
    short_name = forms.CharField(label=_("Tên viết tắt"), max_length=120, required=False)
    receiver = UnitField(
        label=_("Đơn vị khác tiếp nhận"), required=False, help_text=_("Cần khi đơn vị khác tiếp nhận.")
    )

    def prepare(self) -> None:
        self.fields["others"].queryset = self.units.exclude(pk=self.unit.pk)  # type: ignore[attr-defined]  # a ModelMultipleChoiceField
        self.fields["receiver"].offer(self.units.exclude(pk=self.unit.pk))  # type: ignore[attr-defined]  # a UnitField

    def offered(self, query: str, ticked: Collection[UUID]) -> tuple[list[Unit], list[Unit], bool]:
        """Return the ticked units, those to choose from, and whether more of them are left out.

        Without ``query`` those under the same unit are offered, with it all whose name holds it.
        """
        others = self.units.exclude(pk=self.unit.pk).select_related("parent").order_by("sort_key", "pk")
        narrowed = name_matches(query) if query else Q(parent=self.unit.parent)
        found = list(others.filter(narrowed).exclude(pk__in=ticked)[: OFFERED + 1])
        return list(others.filter(pk__in=ticked)), found[:OFFERED], len(found) > OFFERED

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("into") == "new" and not given.get("name"):
            self.add_error("name", _("Nhập tên của đơn vị mới."))
        if given.get("into") == "other" and not given.get("receiver"):
            self.add_error("receiver", _("Chọn đơn vị tiếp nhận."))
        return given

    def wanted(self, continuing_roles: frozenset[Any]) -> Request:
        given = self.cleaned_data
        everyone = (self.unit, *given["others"])
        successor: Target
        if given["into"] == "new":
            successor = NewUnit(given["name"], self.unit.kind, self.parent_then(), given["short_name"])
        else:
            successor = self.unit if given["into"] == "own" else given["receiver"]
        return Merge(everyone, successor, continuing_roles)


class SplitForm(ReorganisationForm):
    """Names of the parts, and who goes to which."""

    stays = forms.BooleanField(
        label=_("Đơn vị này tiếp tục hoạt động (tách)"),
        required=False,
        help_text=_("Bỏ trống nếu đơn vị này chấm dứt và chia thành các đơn vị mới."),
    )

    def prepare(self) -> None:
        for number in range(1, PARTS + 1):
            label = _("Tên đơn vị mới thứ %(number)s") % {"number": number}
            self.fields[f"part_{number}"] = forms.CharField(label=label, max_length=250, required=number == 1)
        for child in Unit.objects.filter(parent=self.unit, dissolved_on=None).order_by("sort_key"):
            self.fields[f"unit_{child.pk}"] = self.where(child.name)
        for person in Person.objects.filter(unit=self.unit).order_by("sort_key", "pk"):
            self.fields[f"person_{person.pk}"] = self.where(f"{person.full_name} ({person.position})")

    def where(self, label: str) -> forms.ChoiceField:
        parts = [
            (str(number), _("Đơn vị mới %(number)s") % {"number": number}) for number in range(1, PARTS + 1)
        ]
        choices = [("", _("Theo mặc định")), *parts]
        return forms.ChoiceField(label=label, choices=choices, required=False)

    def assigned(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(("unit_", "person_"))]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for name, value in given.items():
            if name.startswith(("unit_", "person_")) and value and not given.get(f"part_{value}"):
                self.add_error(name, _("Đơn vị mới thứ %(number)s chưa có tên.") % {"number": value})
        return given

    def wanted(self, continuing_roles: frozenset[Any]) -> Request:
        del continuing_roles
        given, above = self.cleaned_data, self.parent_then()
        parts = {
            str(number): NewUnit(given[f"part_{number}"], self.unit.kind, above)
            for number in range(1, PARTS + 1)
            if given.get(f"part_{number}")
        }
        return Split(
            self.unit,
            tuple(parts.values()),
            given["stays"],
            people=self.placed("person_", Person.objects.filter(unit=self.unit), parts),
            subunits=self.placed("unit_", Unit.objects.filter(parent=self.unit), parts),
        )

    def placed(self, prefix: str, rows: Any, parts: dict[str, NewUnit]) -> dict[Any, Target]:
        chosen = {row.pk: self.cleaned_data.get(f"{prefix}{row.pk}") for row in rows}
        return {pk: parts[part] for pk, part in chosen.items() if part}


class DissolveForm(ReorganisationForm):
    """Where the people go, and whether all below ends too."""

    heir = UnitField(
        label=_("Đơn vị tiếp nhận người"),
        required=False,
        help_text=_("Để trống thì chức vụ của mọi người tại đơn vị kết thúc."),
    )
    with_subunits = forms.BooleanField(label=_("Chấm dứt cả các đơn vị trực thuộc"), required=False)

    def prepare(self) -> None:
        self.fields["heir"].offer(self.units.exclude(pk=self.unit.pk))  # type: ignore[attr-defined]  # a UnitField

    def wanted(self, continuing_roles: frozenset[Any]) -> Request:
        del continuing_roles
        return Dissolve(self.unit, self.cleaned_data["heir"], self.cleaned_data["with_subunits"])


FORMS: dict[str, type[ReorganisationForm]] = {
    "doi-ten": RenameForm,
    "chuyen": MoveForm,
    "sap-nhap": MergeForm,
    "chia-tach": SplitForm,
    "giai-the": DissolveForm,
}

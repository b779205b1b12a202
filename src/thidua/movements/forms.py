"""Forms of movements: they check what was typed; what it means is decided in services."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.core.text.partial import Partial
from thidua.movements.models import Participation, PlanItem
from thidua.movements.shapes import BY_FIELD, Part, PartKind, Shape
from thidua.movements.values import NotUsableError, clean
from thidua.movements.values import figure as read_figure
from thidua.movements.wording import typed_figure
from thidua.ui.widgets import DayField

EMPTY = _("Chưa điền.")
FOR_ANOTHER = ("KT", "TL", "TUQ")


Typed = TypeVar("Typed", bound=forms.Form)


def retyped(form: Typed, version: int, make: Callable[[dict[str, str]], Typed]) -> Typed:
    """Return the form as typed, for the row as it is now: the person sees that row beside it."""
    words = {name: form.data.get(name, "") for name in form.fields} | {"version": str(version)}
    renewed = make(words)
    renewed.is_valid()
    return renewed


class ItemForm(forms.Form):
    """The parts of one item of a plan, made from the item's shape."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, shape: Shape, *args: Any, value: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        initial = {p.name: typed(p, (value or {}).get(p.name)) for p in shape.parts}
        kwargs["initial"] = initial | kwargs.get("initial", {})
        kwargs["use_required_attribute"] = False  # the place and the words of an error are ours
        super().__init__(*args, **kwargs)
        self.shape, self.before = shape, value
        self.fields |= {part.name: field_for(part) for part in shape.parts}
        self.value: dict[str, Any] = {}

    def clean(self) -> dict[str, Any]:
        """Turn the parts into the item's value; every problem stands at its part, once."""
        cleaned = super().clean() or self.cleaned_data
        try:
            given = {p.name: self.data.get(p.name, "") for p in self.shape.parts}
            self.value = clean(self.shape.field, given, before=self.before)
        except NotUsableError as error:
            for problem in error.problems:
                if problem.part not in self.errors:
                    self.add_error(problem.part, str(problem.text))
        return cleaned


def field_for(part: Part) -> forms.Field:
    """Return the form field of one part."""
    # Both kinds of lazy text are fine for Django; its stubs know one of them.
    common: dict[str, Any] = {
        "label": part.label,
        "required": part.required,
        "error_messages": {"required": EMPTY},
    }
    match part.kind:
        case PartKind.TEXT:
            return forms.CharField(**common, widget=forms.Textarea(attrs={"rows": 3}))
        case PartKind.LINES:
            widget = forms.Textarea(attrs={"rows": 4})
            return forms.CharField(**common, widget=widget, help_text=_("Mỗi dòng một mục."))
        case PartKind.CHOICE:
            return forms.ChoiceField(**common, choices=(("", "—"), *part.choices))
        case PartKind.FLAG:
            return forms.BooleanField(**common)
        case PartKind.PARTIAL:
            return forms.CharField(**common, help_text=_("Ví dụ 30/6/2026, 6/2026, 2026-Q3, 2026."))
        case _:
            return forms.CharField(**common)


def typed(part: Part, raw: Any) -> Any:
    """Return a part as a person would type it."""
    if raw in (None, ""):
        return ""
    words = {code: str(label) for code, label in part.codes}
    if part.kind is PartKind.LINES:
        return "\n".join(words.get(one, str(one)) for one in raw) if isinstance(raw, list) else raw
    if part.kind in (PartKind.PARTIAL, PartKind.DAY):
        return typed_day(str(raw))
    if part.kind in (PartKind.NUMBER, PartKind.FIGURE):
        return " – ".join(typed_figure(one) for one in (raw if isinstance(raw, list) else [raw]))
    return words.get(raw, raw) if part.codes else raw


def typed_day(iso: str) -> str:
    partial = Partial.parse(iso)
    if partial.quarter or partial.half:
        return iso
    return "/".join(str(p) for p in (partial.day, partial.month, partial.year) if p is not None)


class RevisionForm(forms.Form):
    """What a revision rests on; a draft may be saved without, it is issued with number and day."""

    decision = forms.CharField(label=_("Số, ngày văn bản sửa đổi"), max_length=200, required=False)
    effective_on = DayField(label=_("Áp dụng từ ngày"), required=False)
    summary = forms.CharField(
        label=_("Tóm tắt thay đổi"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """What a unit takes from the plan above, and its own figures for targets, awards and quotas among it."""

    item = forms.MultipleChoiceField(
        required=False,
        error_messages={
            "invalid_choice": _(
                "Kế hoạch cấp trên vừa thay đổi. Xem lại các mục đã chọn rồi lập bản thảo lại."
            )
        },
    )

    def __init__(
        self, offered: Sequence[PlanItem], *args: Any, dated: Iterable[UUID] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.measured = [item for item in offered if item.field in FIGURES]
        asked = self.fields["item"]
        if isinstance(asked, forms.ChoiceField):
            asked.choices = [(str(item.pk), str(item.pk)) for item in offered]
        for item in self.measured:
            widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "input"})
            name = figure_name(item)
            self.fields[name] = forms.CharField(label=_("Mức của đơn vị"), required=False, widget=widget)
            self.initial[name] = typed(FIGURE, figure_of(item))
        self.figures: dict[UUID, Any] = {}
        terms = [(str(pk), str(pk)) for pk in dated]
        self.fields["day"] = forms.MultipleChoiceField(choices=terms, required=False)

    def clean(self) -> dict[str, Any]:
        """Read the figures of what is taken; that of an item left out is not looked at."""
        cleaned = super().clean() or self.cleaned_data
        taken = set(cleaned.get("item", ()))
        for item in (one for one in self.measured if str(one.pk) in taken):
            name = figure_name(item)
            try:
                self.figures[item.pk] = figure = read_figure(cleaned.get(name), FIGURE)
                if is_negative(figure):
                    self.add_error(name, _("Mức không được âm."))
            except ValueError as error:
                self.add_error(name, str(error.args[0]))
        return cleaned

    @property
    def chosen(self) -> list[UUID]:
        return [UUID(pk) for pk in self.cleaned_data["item"]]

    @property
    def dated(self) -> list[UUID]:
        """The terms counted from receipt that are to be written with their day."""
        return [UUID(pk) for pk in self.cleaned_data["day"]]


def is_negative(figure: Any) -> bool:
    return any(one < 0 for one in (figure if isinstance(figure, list) else [figure]) if one is not None)


def figure_name(item: PlanItem) -> str:
    return f"figure-{item.pk}"


def figure_of(item: PlanItem) -> Any:
    """Return the figure above; of a quota between two figures both, of one with a least number alone that."""
    bounds = (item.value.get(name) for name in ("min", FIGURES[item.field]))
    told = [one for one in bounds if one is not None]
    return told if len(told) > 1 else next(iter(told), None)


# The part in which an item's figure stands.
FIGURES = {"targets": "value", "awards": "quantity", "quotas": "max"}
FIGURE = next(part for part in BY_FIELD["targets"].parts if part.name == "value")


def whole_number(typed_number: str, symbol: str) -> str:
    """Return «45/KH-STP» for what was typed; raises ValidationError where figures before the stroke are missing."""
    number = " ".join(typed_number.split())
    if symbol and re.fullmatch(r"\d+\s*/?", number):
        return number.rstrip("/ ") + symbol
    if not re.match(r"\d+\s*/\s*\S", number):
        raise forms.ValidationError(_("Ghi số trước dấu gạch chéo, ví dụ 12/KH-STP."))
    return number


class IssueForm(forms.Form):
    """Number, day and signature of the unit's own plan."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=80)
    issued_on = DayField(label=_("Ngày ban hành"))
    place = forms.CharField(label=_("Nơi ban hành"), max_length=80)
    signer_mode = forms.ChoiceField(
        label=_("Quyền hạn ký"),
        required=False,
        choices=(("", "—"), ("TM", "TM."), ("KT", "KT."), ("TL", "TL."), ("TUQ", "TUQ.")),
    )
    signer_superior = forms.CharField(
        label=_("Ký thay, thừa lệnh ai"),
        required=False,
        max_length=200,
        help_text=_("Chức danh ghi sau KT., TL., TUQ., ví dụ Giám đốc."),
    )
    signer_position = forms.CharField(label=_("Chức vụ người ký"), max_length=200)
    signer_name = forms.CharField(label=_("Người ký"), max_length=120)

    def __init__(self, *args: Any, symbol: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.symbol = symbol
        self.fields["number"].help_text = (
            _("Chỉ cần ghi số, ví dụ 45 thành 45%(symbol)s.") % {"symbol": symbol}
            if symbol
            else _("Ví dụ 12/KH-STP.")
        )

    def clean_number(self) -> str:
        """Ask for the figures before the stroke; what follows it is added where only they were typed."""
        return whole_number(str(self.cleaned_data["number"]), self.symbol)

    def clean(self) -> dict[str, Any]:
        """Ask for whom one signs, where one does not sign for oneself."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("signer_mode") in FOR_ANOTHER and not cleaned.get("signer_superior"):
            self.add_error("signer_superior", _("Ghi chức danh được ký thay, ví dụ Giám đốc."))
        return cleaned


class BoardFilter(forms.Form):
    """Which rows of the board are shown."""

    show = forms.ChoiceField(
        label=_("Hiện"),
        required=False,
        choices=(
            ("", _("Mọi đơn vị")),
            ("late", _("Đang trễ hạn")),
            ("waiting", _("Chưa tới bước")),
            ("done", _("Đã tới bước")),
            ("ended", _("Đã chấm dứt")),
        ),
    )
    step = forms.ChoiceField(label=_("Bước"), required=False)


class DayForm(forms.Form):
    """One day, and the version of the row the person saw."""

    on = DayField(label=_("Ngày"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class TermForm(forms.Form):
    """The last day of a step, and the one the person saw there before."""

    on = DayField(label=_("Ngày"), required=False)
    seen = forms.DateField(required=False, widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])

    def clean(self) -> dict[str, Any]:
        """Ask for a day where there is none to take away."""
        cleaned = super().clean() or self.cleaned_data
        if "on" not in self.errors and not (cleaned.get("on") or cleaned.get("seen")):
            self.add_error("on", _("Chọn hoặc gõ ngày, ví dụ 30/6/2026."))
        return cleaned


class StepForm(forms.Form):
    """A step of the cascade and the day it was reached."""

    PASSED = _("Đơn vị đã qua bước này, hoặc không có bước này. Chọn bước khác.")

    state = forms.ChoiceField(
        label=_("Bước"), choices=Participation.State, error_messages={"invalid_choice": PASSED}
    )
    on = DayField(label=_("Ngày"))

    def __init__(self, *args: Any, after: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = list(Participation.State.choices)
        first = Participation.State.values.index(after) + 1 if after else 0
        field = self.fields["state"]
        if isinstance(field, forms.ChoiceField):
            field.choices = states[first:]


class CompletionForm(forms.Form):
    """The real finishing day."""

    finished_on = DayField(label=_("Ngày xong thực tế"))
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=500)

"""Forms of movements: they check what was typed; what it means is decided in services."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.core.text.partial import Partial
from thidua.movements.shapes import Part, PartKind, Shape
from thidua.movements.values import NotUsableError, clean
from thidua.movements.wording import figure_words
from thidua.organisations.models import Cluster, Unit
from thidua.ui.widgets import DayField


class ItemForm(forms.Form):
    """The parts of one item of a plan, made from the item's shape."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, shape: Shape, *args: Any, value: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        initial = {p.name: typed(p, (value or {}).get(p.name)) for p in shape.parts}
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.shape = shape
        self.fields |= {part.name: field_for(part) for part in shape.parts}
        self.value: dict[str, Any] = {}

    def clean(self) -> dict[str, Any]:
        """Turn the parts into the item's value; every problem stands at its part."""
        cleaned = super().clean() or self.cleaned_data
        try:
            self.value = clean(
                self.shape.field, {p.name: self.data.get(p.name, "") for p in self.shape.parts}
            )
        except NotUsableError as error:
            for problem in error.problems:
                self.add_error(problem.part, str(problem.text))
        return cleaned


def field_for(part: Part) -> forms.Field:
    """Return the form field of one part; emptiness is judged with the whole item."""
    label = part.label
    match part.kind:
        case PartKind.TEXT:
            return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": 3}))
        case PartKind.LINES:
            widget = forms.Textarea(attrs={"rows": 4})
            return forms.CharField(
                label=label, required=False, widget=widget, help_text=_("Mỗi dòng một mục.")
            )
        case PartKind.CHOICE:
            return forms.ChoiceField(label=label, required=False, choices=(("", "—"), *part.choices))
        case PartKind.FLAG:
            return forms.BooleanField(label=label, required=False)
        case PartKind.PARTIAL | PartKind.DAY:
            help_text = _("Ví dụ 30/6/2026, 6/2026, 2026-Q3, 2026.") if part.kind is PartKind.PARTIAL else ""
            return forms.CharField(label=label, required=False, help_text=help_text)
        case _:
            return forms.CharField(label=label, required=False)


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
        return figure_words(raw)
    return words.get(raw, raw) if part.codes else raw


def typed_day(iso: str) -> str:
    partial = Partial.parse(iso)
    if partial.quarter or partial.half:
        return iso
    return "/".join(str(p) for p in (partial.day, partial.month, partial.year) if p is not None)


class IntakeForm(forms.Form):
    """A plan on its way in: the file, and for whom."""

    file = forms.FileField(
        label=_("Văn bản"),
        error_messages={
            "required": _("Chưa chọn tệp nào."),
            "empty": _("Tệp này trống, không có gì để đọc."),
        },
    )
    organiser = forms.ModelChoiceField(label=_("Đơn vị phát động"), queryset=Unit.objects.none())
    cluster = forms.ModelChoiceField(
        label=_("Cụm thi đua"),
        queryset=Cluster.objects.none(),
        required=False,
        help_text=_("Chỉ chọn khi đây là kế hoạch của một cụm."),
    )

    def __init__(self, *args: Any, organisers: Any, clusters: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_choices("organiser", organisers)
        self.set_choices("cluster", clusters)

    def set_choices(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows


class RevisionForm(forms.Form):
    """What a revision rests on."""

    decision = forms.CharField(label=_("Số, ngày văn bản sửa đổi"), max_length=200, required=False)
    effective_on = DayField(label=_("Áp dụng từ ngày"), required=False)
    summary = forms.CharField(
        label=_("Tóm tắt thay đổi"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class IssueForm(forms.Form):
    """Number, day and signature of the unit's own plan."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=80, help_text=_("Ví dụ 12/KH-STP."))
    issued_on = DayField(label=_("Ngày ban hành"))
    place = forms.CharField(label=_("Nơi ban hành"), max_length=80)
    signer_mode = forms.ChoiceField(
        label=_("Quyền hạn ký"),
        required=False,
        choices=(("", "—"), ("TM", "TM."), ("KT", "KT."), ("TL", "TL."), ("TUQ", "TUQ.")),
    )
    signer_position = forms.CharField(label=_("Chức vụ người ký"), max_length=200)
    signer_name = forms.CharField(label=_("Người ký"), max_length=120)


class DayForm(forms.Form):
    """One day, and the version of the row the person saw."""

    on = DayField(label=_("Ngày"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class CompletionForm(forms.Form):
    """The real finishing day."""

    finished_on = DayField(label=_("Ngày xong thực tế"))
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=500)

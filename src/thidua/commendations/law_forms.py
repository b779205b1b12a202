"""Forms of trials, drafts, an authority's own rules and re-readings."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thidua.commendations.forms import FIRST_YEAR, LAST_YEAR
from thidua.commendations.models import LawDraft, Trial
from thidua.honours.catalogue import catalogue, label_of
from thidua.organisations.forms.fields import UnitField, VersionField
from thidua.organisations.models.units import UnitQuerySet
from thidua.ui.widgets import DayField

KINDS = set(Trial.Kind)
"""Whom trials ask about; no register holds households."""


class TrialForm(forms.Form):
    """What is compared over a unit's people or collectives: two days, perhaps a draft on the side of the second."""

    unit = UnitField(label=_("Phạm vi"), help_text=_("Đơn vị và mọi đơn vị trực thuộc."))
    kind = forms.ChoiceField(label=_("Xét cho"), choices=Trial.Kind.choices, widget=forms.RadioSelect)
    before_on = DayField(label=_("Ngày thứ nhất"))
    after_on = DayField(label=_("Ngày thứ hai"))
    draft = forms.ModelChoiceField(
        label=_("Dự thảo áp vào ngày thứ hai"),
        queryset=LawDraft.objects.none(),
        required=False,
        empty_label=_("Không, chỉ so hai ngày"),
    )
    year = forms.IntegerField(label=_("Thành tích năm"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    awards = forms.MultipleChoiceField(
        label=_("Danh hiệu, hình thức"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn mục nào là xét tất cả."),
    )

    def __init__(self, *args: Any, units: UnitQuerySet, drafts: QuerySet[LawDraft], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]  # a UnitField
        self.fields["draft"].queryset = drafts  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["awards"].choices = [  # type: ignore[attr-defined]  # a choice field's
            (entry.id, entry.label) for entry in catalogue().values() if KINDS & set(entry.subjects)
        ]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if kind := given.get("kind"):
            for name in given.get("awards", ()):
                if kind not in catalogue()[name].subjects:
                    facts = {"award": label_of(name), "kind": Trial.Kind(kind).label.lower()}
                    self.add_error("awards", _("%(award)s không xét cho %(kind)s. Bỏ chọn mục này.") % facts)
        return given


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; cleaned to a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given]


class DraftForm(forms.Form):
    """Law files to be tried, under a name."""

    name = forms.CharField(label=_("Tên dự thảo"), max_length=150)
    uploads = FilesField(
        label=_("Tệp quy định"),
        widget=FilesInput(attrs={"accept": ".yaml,.yml,.zip"}),
        error_messages={"required": _("Chọn tệp .yaml hoặc .zip."), "empty": _("Tệp này trống (0 byte).")},
    )


class RulesFileForm(forms.Form):
    """One text of an authority's own rules."""

    file = forms.FileField(
        label=_("Tệp quy định riêng"),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
        error_messages={"required": _("Chọn tệp .yaml."), "empty": _("Tệp này trống (0 byte).")},
    )


class WithdrawalForm(forms.Form):
    """Why rules no longer count."""

    reason = forms.CharField(label=_("Lý do"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    version = VersionField()


class RereadForm(forms.Form):
    """That the texts of an award were read again on a day, and what came of it."""

    on = DayField(label=_("Ngày đọc lại"))
    still_valid = forms.TypedChoiceField(
        label=_("Kết quả"),
        choices=[("yes", _("Vẫn đúng với văn bản")), ("no", _("Có chỗ không còn đúng"))],
        coerce=lambda word: word == "yes",
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=500, required=False)

"""Forms of the steps of an initiative."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.core.law.words import Scope
from thidua.honours.catalogue import choices
from thidua.initiatives.forms.areas import text_area
from thidua.initiatives.models import Initiative, InitiativeCouncil, Opinion
from thidua.initiatives.services.steps import Ruling, Tally, Use, widest_scope
from thidua.organisations.forms.fields import VersionField
from thidua.organisations.models import Person, Unit
from thidua.ui.widgets import DayField

award_choices = lazy(choices, list)


class StepForm(forms.Form):
    """A step that needs no words."""

    version = VersionField()


class ReasonForm(StepForm):
    """A step with a reason the author reads."""

    reason = forms.CharField(label=_("Lý do"), max_length=5_000, widget=text_area(4))
    field_order = ("reason",)


class AssignForm(StepForm):
    """Which council appraises."""

    council = forms.ModelChoiceField(
        label=_("Hội đồng"), queryset=InitiativeCouncil.objects.none(), empty_label=None
    )
    field_order = ("council",)

    def __init__(self, *args: Any, councils: QuerySet[InitiativeCouncil], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["council"].queryset = councils  # type: ignore[attr-defined]  # a ModelChoiceField


class RulingForm(StepForm):
    """A decision that recognises."""

    scope = forms.ChoiceField(label=_("Phạm vi ảnh hưởng được công nhận"), choices=Initiative.Scope.choices)
    number = forms.CharField(label=_("Số quyết định"), max_length=80)
    decided_on = DayField(label=_("Ngày quyết định"))
    note = forms.CharField(label=_("Ghi chú"), max_length=2_000, required=False, widget=text_area(2))
    field_order = ("scope", "number", "decided_on", "note")

    def tell(self, unit: Unit, count: Tally) -> None:
        """Say how far ``unit`` may recognise, and ask for a reason where most of its council would not."""
        if widest_scope(unit) is Scope.CO_SO:
            words = gettext("%(unit)s công nhận ở cấp cơ sở; phạm vi rộng hơn do bộ, ngành, tỉnh công nhận.")
            self.fields["scope"].help_text = words % {"unit": unit.name}
        if count.majority_against:
            note = self.fields["note"]
            note.label = gettext("Lý do công nhận khác với đa số")
            words = gettext("%(against)s trên %(given)s ý kiến của Hội đồng là “Không công nhận”.")
            note.help_text = words % {"against": count.against, "given": count.given}

    def ruling(self, issuer: str) -> Ruling:
        given = self.cleaned_data
        return Ruling(given["number"], given["decided_on"], given.get("scope", ""), issuer, given["note"])


class CancelForm(RulingForm):
    """A decision that cancels the recognition."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["scope"]
        self.fields["note"].label, self.fields["note"].required = _("Lý do"), True


class OpinionForm(forms.Form):
    """A member's opinion."""

    verdict = forms.ChoiceField(label=_("Ý kiến"), choices=Opinion.Verdict.choices, widget=forms.RadioSelect)
    scope = forms.ChoiceField(
        label=_("Phạm vi đề nghị"),
        choices=[("", _("Chưa chọn")), *Initiative.Scope.choices],
        required=False,
        help_text=_("Chọn khi đề nghị công nhận."),
    )
    reasons = forms.CharField(label=_("Nhận xét"), max_length=10_000, widget=text_area(4))


class UseForm(forms.Form):
    """For whose award the initiative served as a ground."""

    person = forms.ModelChoiceField(label=_("Tác giả"), queryset=Person.objects.none(), empty_label=None)
    award = forms.ChoiceField(label=_("Danh hiệu, hình thức"), choices=award_choices())
    year = forms.IntegerField(label=_("Năm xét khen"), min_value=1990, max_value=2100)
    decided_on = DayField(label=_("Ngày quyết định khen"), required=False)
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)
    although_used = forms.BooleanField(label=_("Đã biết sáng kiến từng làm căn cứ, vẫn ghi"), required=False)

    def __init__(self, *args: Any, authors: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = authors  # type: ignore[attr-defined]  # a ModelChoiceField

    def use(self) -> Use:
        names = ("person", "award", "year", "decided_on", "note")
        return Use(**{name: self.cleaned_data[name] for name in names})

"""What an officer tells the head with a plan, and what the head answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.movements.problems import Problem
from thidua.organisations.forms.fields import VersionField

LONGEST = 2000
APPROVE, RETURN = "approve", "return"


def words(label: Any, help_text: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST, required=False, widget=widget
    )


class SubmissionForm(forms.Form):
    """A word to the head, and the version of the plan the officer saw."""

    note = words(_("Lời trình"), _("Nêu điều thủ trưởng cần biết hoặc cần quyết định. Có thể để trống."))
    version = VersionField()


class DecisionForm(forms.Form):
    """The head's answer: which of the two buttons, with what words."""

    note = words(_("Ý kiến của bạn"), _("Bắt buộc khi trả lại: ghi rõ phải sửa gì."))
    decision = forms.ChoiceField(
        choices=[(APPROVE, APPROVE), (RETURN, RETURN)],
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Bấm “Đồng ý” hoặc “Trả lại”."),
            "invalid_choice": _("Bấm “Đồng ý” hoặc “Trả lại”."),
        },
    )
    version = VersionField()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("decision") == RETURN and "note" in cleaned and not cleaned["note"].strip():
            self.add_error("note", Problem("reason_missing").text())
        return cleaned

"""The form of a reminder: the organiser's own words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.movements.news import usual_reminder

LONGEST = 500


class ReminderForm(forms.Form):
    """What is said to every unit; the steps each one owes follow by themselves."""

    about = forms.CharField(
        label=_("Lời nhắc"),
        initial=usual_reminder,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Bước còn thiếu, hạn và số ngày trễ của từng đơn vị được ghi tiếp sau lời này."),
        error_messages={
            "required": _("Lời nhắc đang trống, chưa gửi cho ai. Viết lời nhắc rồi gửi."),
            "max_length": _("Lời nhắc dài quá %(limit_value)s chữ cái, chưa gửi cho ai. Rút ngắn rồi gửi."),
        },
    )

"""What a form's fields say of a wrong answer, in our own words: the framework's sentences are made for machines."""

from typing import Any

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _

WORDS: tuple[tuple[type[forms.Field], dict[str, Any]], ...] = (
    (forms.Field, {"required": _("Chưa điền mục này.")}),
    (forms.IntegerField, {"invalid": _("Chỉ nhập chữ số, ví dụ 12.")}),
    (forms.FloatField, {"invalid": _("Chỉ nhập một số, ví dụ 12,5.")}),
    (forms.DecimalField, {"invalid": _("Chỉ nhập một số, ví dụ 12,5.")}),
    (forms.ChoiceField, {"invalid_choice": _("“%(value)s” không có trong danh sách. Chọn lại.")}),
    (forms.MultipleChoiceField, {"invalid_choice": _("“%(value)s” không có trong danh sách. Chọn lại.")}),
    (forms.ModelChoiceField, {"invalid_choice": _("Mục đã chọn không còn trong danh sách. Chọn lại.")}),
)
LIMITS: tuple[tuple[type[validators.BaseValidator], Any], ...] = (
    (validators.MinValueValidator, _("Nhập số từ %(limit_value)s trở lên.")),
    (validators.MaxValueValidator, _("Nhập số không quá %(limit_value)s.")),
    (
        validators.MaxLengthValidator,
        _("Dài %(show_value)d ký tự, nhiều nhất là %(limit_value)d. Viết ngắn lại."),
    ),
)


def speak_our_words() -> None:
    """Give every field the sentences above, where its own form does not say better."""
    for field, words in WORDS:
        field.default_error_messages = {**field.default_error_messages, **words}
    for limit, sentence in LIMITS:
        limit.message = sentence
    validators.validate_email.message = _("Địa chỉ thư có dạng ten@coquan.vn. Kiểm tra lại.")

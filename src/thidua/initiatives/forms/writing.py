"""What an author writes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.initiatives.forms.areas import text_area
from thidua.initiatives.forms.authors import NamedLine, NamesAuthors
from thidua.initiatives.services.writing import Author, Written
from thidua.organisations.forms.fields import VersionField
from thidua.organisations.models import Person
from thidua.ui.widgets import DayField


class InitiativeForm(NamesAuthors):
    """What an author writes."""

    title = forms.CharField(label=_("Tên sáng kiến"), max_length=300)
    description = forms.CharField(
        label=_("Nội dung"),
        max_length=50_000,
        required=False,
        widget=text_area(8),
        help_text=_("Trước đây làm thế nào, vướng gì; nay làm khác ra sao."),
    )
    effect = forms.CharField(
        label=_("Hiệu quả khi áp dụng"),
        max_length=50_000,
        required=False,
        widget=text_area(5),
        help_text=_("Nêu con số nếu có: thời gian, chi phí, số việc, số đơn vị đang dùng."),
    )
    applied_on = DayField(label=_("Áp dụng từ ngày"), required=False)
    replicable = forms.BooleanField(label=_("Có khả năng nhân rộng sang đơn vị khác"), required=False)
    authors = forms.CharField(
        label=_("Tác giả và tỷ lệ đóng góp"),
        max_length=5_000,
        widget=text_area(3),
        help_text=_(
            "Mỗi dòng một tác giả: họ tên hoặc số hiệu, dấu |, số phần trăm. Cộng lại đúng 100. "
            "Người ở đơn vị khác ghi cả họ tên và số hiệu: Lê An (CB-0123)."
        ),
    )
    version = VersionField(required=False)

    def __init__(self, *args: Any, people: QuerySet[Person], submitter: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.roots = people, [submitter.root_id]

    def clean_authors(self) -> tuple[Author, ...]:
        return tuple(self.author(line) for line in self.named(self.cleaned_data["authors"]))

    def author(self, line: NamedLine) -> Author:
        percent = line.told.removesuffix("%").strip()
        if not is_share(percent):
            sentence = gettext("“%(name)s” chưa có tỷ lệ. Ghi số phần trăm sau dấu |, ví dụ: %(name)s | 50.")
            raise ValidationError(sentence % {"name": line.name})
        return Author(line.person(), int(percent))

    def written(self) -> Written:
        names = ("title", "description", "effect", "applied_on", "replicable", "authors")
        return Written(**{name: self.cleaned_data[name] for name in names})


def is_share(text: str) -> bool:
    """Say whether ``text`` is a number of one to three digits above nought."""
    return text.isascii() and text.isdigit() and len(text) <= len("100") and int(text) > 0


class FileForm(forms.Form):
    """A file to keep with the initiative."""

    file = forms.FileField(label=_("Tệp kèm theo"))

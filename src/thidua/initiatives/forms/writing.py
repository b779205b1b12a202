"""What an author writes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.honours.selectors.naming import label_of, lines_of, people_named, people_told_twice
from thidua.initiatives.forms.areas import text_area
from thidua.initiatives.services.writing import Author, Written
from thidua.organisations.forms.fields import VersionField
from thidua.organisations.models import Person
from thidua.ui.widgets import DayField

NAMED = 4


class InitiativeForm(forms.Form):
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
        self.people, self.submitter = people, submitter

    def clean_authors(self) -> tuple[Author, ...]:
        lines = lines_of(self.cleaned_data["authors"])
        known = people_named(self.people, [name for name, _share in lines])
        strangers = [name for name, _share in lines if not known.get(name)]
        known |= people_told_twice(Person.objects.filter(root=self.submitter.root_id), strangers)
        return tuple(self.author(name, share, known.get(name, [])) for name, share in lines)

    def author(self, name: str, share: str, matches: list[Person]) -> Author:
        percent = share.removesuffix("%").strip()
        if not is_share(percent):
            sentence = gettext("“%(name)s” chưa có tỷ lệ. Ghi số phần trăm sau dấu |, ví dụ: %(name)s | 50.")
            raise ValidationError(sentence % {"name": name})
        if not matches:
            raise ValidationError(
                gettext("Không tìm thấy “%(name)s”. Ghi cả họ tên và số hiệu, ví dụ: Lê An (CB-0123).")
                % {"name": name}
            )
        if len(matches) > 1:
            facts = {"name": name, "several": "; ".join(label_of(one) for one in matches[:NAMED])}
            raise ValidationError(
                gettext("Có nhiều người tên “%(name)s”: %(several)s. Ghi đủ cả phần sau tên.") % facts
            )
        return Author(matches[0], int(percent))

    def written(self) -> Written:
        names = ("title", "description", "effect", "applied_on", "replicable", "authors")
        return Written(**{name: self.cleaned_data[name] for name in names})


def is_share(text: str) -> bool:
    """Say whether ``text`` is a number of one to three digits above nought."""
    return text.isascii() and text.isdigit() and len(text) <= len("100") and int(text) > 0


class FileForm(forms.Form):
    """A file to keep with the initiative."""

    file = forms.FileField(label=_("Tệp kèm theo"))

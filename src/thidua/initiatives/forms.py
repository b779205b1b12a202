"""Forms of initiatives and their councils."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from thidua.core.law.words import Scope
from thidua.honours.catalogue import choices
from thidua.honours.selectors.naming import label_of, lines_of, people_named, people_told_twice
from thidua.initiatives.models import CouncilMember, Initiative, InitiativeCouncil, Opinion
from thidua.initiatives.selectors import Asked
from thidua.initiatives.services.councils import NewCouncil
from thidua.initiatives.services.steps import Ruling, Tally, Use, widest_scope
from thidua.initiatives.services.writing import Author, Written
from thidua.organisations.forms.fields import PersonField, UnitField, VersionField
from thidua.organisations.models import Person, Unit
from thidua.organisations.models.units import UnitQuerySet
from thidua.ui.widgets import DayField

award_choices = lazy(choices, list)
NAMED = 4


def text_area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class FilterForm(forms.Form):
    """What the list may be narrowed to."""

    year = forms.IntegerField(label=_("Năm"), required=False, min_value=1990, max_value=2100)
    unit = UnitField(label=_("Đơn vị"), required=False)
    state = forms.ChoiceField(
        label=_("Tình trạng"), required=False, choices=[("", _("Mọi tình trạng")), *Initiative.State.choices]
    )
    scope = forms.ChoiceField(
        label=_("Phạm vi"), required=False, choices=[("", _("Mọi phạm vi")), *Initiative.Scope.choices]
    )

    def __init__(self, *args: Any, units: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]  # a UnitField

    def asked(self, query: str, *, mine: bool, waiting: bool) -> Asked:
        self.full_clean()
        given = self.cleaned_data
        return Asked(
            query=query,
            year=given.get("year"),
            unit=given.get("unit"),
            state=given.get("state", ""),
            scope=given.get("scope", ""),
            mine=mine,
            waiting=waiting,
        )


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


class CouncilForm(forms.Form):
    """A council to be set up."""

    unit = UnitField(label=_("Đơn vị lập Hội đồng"))
    name = forms.CharField(label=_("Tên Hội đồng"), max_length=200)
    number = forms.CharField(label=_("Số quyết định thành lập"), max_length=80)
    decided_on = DayField(label=_("Ngày quyết định"))
    valid_from = DayField(label=_("Nhiệm kỳ từ ngày"))
    last_day = DayField(label=_("Đến hết ngày"), required=False)

    def __init__(self, *args: Any, units: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]  # a UnitField

    def new_council(self) -> NewCouncil:
        return NewCouncil(**self.cleaned_data)


class SeatForm(forms.Form):
    """A member to be seated."""

    person = PersonField(label=pgettext_lazy("one", "Thành viên"))
    role = forms.ChoiceField(
        label=_("Vai trò"), choices=CouncilMember.Role.choices, initial=CouncilMember.Role.MEMBER
    )
    on = DayField(label=_("Từ ngày"))

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people)  # type: ignore[attr-defined]  # a PersonField


class FileForm(forms.Form):
    """A file to keep with the initiative."""

    file = forms.FileField(label=_("Tệp kèm theo"))

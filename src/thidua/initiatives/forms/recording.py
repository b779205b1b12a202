"""Forms of works a decision recognised already: an initiative, and research with its own words."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.initiatives.forms.areas import text_area
from thidua.initiatives.forms.authors import NamedLine, NamesAuthors
from thidua.initiatives.models import Initiative
from thidua.initiatives.services.recording import Acceptance, Past
from thidua.initiatives.services.writing import Author
from thidua.initiatives.shares import part_told
from thidua.organisations.forms.fields import VersionField
from thidua.organisations.models import Person
from thidua.ui.widgets import DayField

RESEARCH_KINDS = [choice for choice in Initiative.Kind.choices if choice[0] != Initiative.Kind.INITIATIVE]


class RecordForm(NamesAuthors):
    """What every decision tells."""

    kind_of_form: ClassVar[str]
    ON_PAGE: ClassVar = (
        "kind",
        "title",
        "authors",
        "applied_on",
        "description",
        "replicable",
        "accepted_on",
        "accepted_level",
        "accepted_as",
        "number",
        "decided_on",
        "issuer",
        "scope",
        "paper",
    )

    title = forms.CharField(label=_("Tên sáng kiến"), max_length=300)
    authors = forms.CharField(
        label=_("Tác giả"),
        max_length=5_000,
        widget=text_area(3),
        help_text=_(
            "Mỗi dòng một tác giả, người đứng đầu ghi trước: họ tên hoặc số hiệu, dấu |, tỷ lệ phần trăm. "
            "Không rõ tỷ lệ thì chỉ ghi tên. Ví dụ: Lê An (CB-0123) | 60."
        ),
    )
    number = forms.CharField(
        label=_("Số quyết định"), max_length=80, help_text=_("Ghi cả ký hiệu, ví dụ 1250/QĐ-BTP.")
    )
    decided_on = DayField(label=_("Ngày quyết định"))
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=200)
    scope = forms.ChoiceField(
        label=_("Phạm vi ảnh hưởng được công nhận"), choices=[("", _("Chưa chọn")), *Initiative.Scope.choices]
    )
    description = forms.CharField(
        label=_("Tóm tắt nội dung"), max_length=50_000, required=False, widget=text_area(4)
    )
    paper = forms.FileField(label=_("Bản chụp quyết định"), required=False)
    version = VersionField(required=False)

    def __init__(
        self,
        *args: Any,
        people: QuerySet[Person],
        roots: Iterable[Any],
        may_lead: Callable[[Person], bool],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.roots, self.may_lead = people, roots, may_lead
        self.order_fields(self.ON_PAGE)

    def clean_authors(self) -> tuple[Author, ...]:
        authors = tuple(self.author(line) for line in self.named(self.cleaned_data["authors"]))
        if authors and not self.may_lead(authors[0].person):
            sentence = gettext(
                "Bạn chưa được giao tiếp nhận sáng kiến của %(person)s. Ghi người đó sau, hoặc nhờ %(unit)s ghi."
            )
            lead = authors[0].person
            unit = lead.record_unit.name if lead.record_unit else gettext("đơn vị của người đó")
            raise ValidationError(sentence % {"person": lead.full_name, "unit": unit})
        return authors

    def author(self, line: NamedLine) -> Author:
        part = part_told(line.told)
        if part is None:
            sentence = gettext(
                "Không hiểu “%(told)s” ở dòng của %(name)s. Sau dấu | ghi số phần trăm hoặc vai trò."
            )
            raise ValidationError(sentence % {"told": line.told, "name": line.name})
        return Author(line.person(), part.percent, part.role)

    def past(self) -> Past:
        names = ("title", "authors", "number", "decided_on", "issuer", "scope", "description")
        return Past(**{name: self.cleaned_data[name] for name in names}, **self.own_facts())

    def own_facts(self) -> dict[str, Any]:
        raise NotImplementedError


class PastInitiativeForm(RecordForm):
    """An initiative with the decision that recognised it."""

    kind_of_form = "initiative"

    applied_on = DayField(label=_("Áp dụng từ ngày"), required=False)
    replicable = forms.BooleanField(label=_("Có khả năng nhân rộng sang đơn vị khác"), required=False)

    def own_facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("applied_on", "replicable")}


class ResearchForm(RecordForm):
    """Research that was accepted, with the decision on its result."""

    kind_of_form = "research"

    kind = forms.ChoiceField(label=_("Loại"), choices=RESEARCH_KINDS)
    accepted_on = DayField(label=_("Ngày nghiệm thu"))
    accepted_level = forms.ChoiceField(
        label=_("Cấp nghiệm thu"), choices=[("", _("Chưa rõ")), *Initiative.Level.choices], required=False
    )
    accepted_as = forms.ChoiceField(
        label=_("Kết quả nghiệm thu"), choices=[("", _("Chưa rõ")), *Initiative.Grade.choices], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].label = _("Tên đề tài, đề án, công trình")
        self.fields["authors"].label = _("Người thực hiện")
        self.fields["authors"].help_text = _(
            "Mỗi dòng một người, chủ nhiệm ghi trước: họ tên hoặc số hiệu, dấu |, vai trò (chủ nhiệm, viết nội dung, "
            "thư ký, thành viên). Ví dụ: Lê An (CB-0123) | chủ nhiệm."
        )
        self.fields["scope"].help_text = _(
            "Theo văn bản công nhận của người đứng đầu; khác với cấp nghiệm thu của đề tài."
        )

    def own_facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        accepted = Acceptance(given["accepted_on"], given["accepted_level"], given["accepted_as"])
        return {"kind": given["kind"], "acceptance": accepted}

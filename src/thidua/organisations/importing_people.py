"""People from a table: the columns they may come in, who may bring them, and the two sides of the work."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.accounts.models import Account
from thidua.exchange.fields import Choice, Field, FieldKind
from thidua.exchange.importers import Candidate, Importer, Planner, Reference, Staged
from thidua.exchange.models import Import, ImportRow
from thidua.exchange.problems import Problem
from thidua.organisations.forms.fields import UnitField
from thidua.organisations.importing import batches_of, has_rights, tell_finished
from thidua.organisations.importing_lookup import LISTED_UNITS, UNIT_SENTENCES, labels_of
from thidua.organisations.importing_people_plan import PeoplePlanner
from thidua.organisations.importing_people_rows import PEOPLE_SENTENCES
from thidua.organisations.importing_people_undo import people_in_the_way, take_people_back
from thidua.organisations.importing_people_write import WRITE_SENTENCES, prepare_people, write_people
from thidua.organisations.models import Person, Post, Unit
from thidua.organisations.permissions import User, may_see_birth_date, scope_of
from thidua.organisations.problems import SENTENCES, shown
from thidua.records.days import today
from thidua.ui.widgets import DayField

MOST_MONTHS = 600
DEFAULTED = ("unit", "valid_from", "staff_kind", "position")

KIND_SYNONYMS: dict[str, tuple[str, ...]] = {
    Post.StaffKind.CADRE: ("cb",),
    Post.StaffKind.CIVIL_SERVANT: ("cc",),
    Post.StaffKind.PUBLIC_EMPLOYEE: ("vc",),
    Post.StaffKind.CONTRACT_INDEFINITE: (
        "hđ không thời hạn",
        "hợp đồng không xác định thời gian",
        "hđkxđth",
        "hđ kxđ thời hạn",
    ),
    Post.StaffKind.CONTRACT_FIXED: (
        "hợp đồng có thời hạn",
        "hđ xác định thời hạn",
        "hđxđth",
        "hđ có thời hạn",
        "hợp đồng",
        "hđlđ",
    ),
    Post.StaffKind.PROBATION: ("thử việc", "tập sự, thử việc"),
    Post.StaffKind.MEMBER: ("hv",),
    Post.StaffKind.OUTSIDER: ("ngoài ngành, ngoài cơ quan", "khác"),
}

FIELDS = (
    Field(
        "full_name",
        _("Họ và tên"),
        required=True,
        synonyms=(
            "Họ tên",
            "Họ, tên",
            "Họ và tên khai sinh",
            "Họ và tên cán bộ",
            "Tên cán bộ",
            "Họ tên CBCCVC",
            "HVT",
            "Full name",
        ),
        longest=150,
        example="Nguyễn Thị Minh Anh",
        width=28,
    ),
    Field(
        "family_name",
        _("Họ và tên đệm"),
        part_of="full_name",
        synonyms=("Họ đệm", "Họ lót", "Họ"),
        longest=120,
    ),
    Field("given_name", _("Tên"), part_of="full_name", synonyms=("Họ và tên – Tên",), longest=40),
    Field(
        "staff_code",
        _("Số hiệu"),
        FieldKind.CODE,
        synonyms=(
            "Số hiệu CBCC",
            "Số hiệu cán bộ",
            "Số hiệu công chức",
            "SHCC",
            "Mã cán bộ",
            "Mã số cán bộ",
            "MSCB",
            "Mã CB",
            "Mã nhân viên",
            "Mã NV",
            "Mã số CBCCVC",
            "Staff code",
        ),
        longest=40,
        help=_("Là căn cứ để nhận ra hồ sơ đã có; không trùng trong một ngành dọc."),
        example="BTP-00123",
        width=14,
    ),
    Field(
        "birth_date",
        _("Ngày sinh"),
        FieldKind.LOOSE_DAY,
        synonyms=("Ngày tháng năm sinh", "Năm sinh", "Sinh ngày", "NTNS", "NS", "Date of birth", "DOB"),
        example="02/9/1985",
        width=13,
    ),
    Field(
        "birth_date_male",
        _("Ngày sinh (cột Nam)"),
        FieldKind.LOOSE_DAY,
        part_of="birth_date",
        synonyms=("Ngày sinh Nam", "Ngày tháng năm sinh Nam", "Năm sinh Nam"),
    ),
    Field(
        "birth_date_female",
        _("Ngày sinh (cột Nữ)"),
        FieldKind.LOOSE_DAY,
        part_of="birth_date",
        synonyms=("Ngày sinh Nữ", "Ngày tháng năm sinh Nữ", "Năm sinh Nữ"),
    ),
    Field(
        "sex",
        _("Giới tính"),
        FieldKind.CHOICE,
        choices=(
            Choice(Person.Sex.FEMALE, Person.Sex.FEMALE.label, ("nữ giới", "f", "gái", "bà", "women")),
            Choice(Person.Sex.MALE, Person.Sex.MALE.label, ("nam giới", "m", "trai", "ông", "men")),
        ),
        synonyms=("Giới", "GT", "Nam/Nữ", "Phái", "Sex", "Gender"),
        example="Nữ",
        width=10,
    ),
    Field(
        "is_female",
        _("Nữ (đánh dấu)"),
        FieldKind.YES_NO,
        part_of="sex",
        synonyms=("Nữ", "Giới tính Nữ", "Giới Nữ"),
    ),
    Field(
        "is_male",
        _("Nam (đánh dấu)"),
        FieldKind.YES_NO,
        part_of="sex",
        synonyms=("Nam", "Giới tính Nam", "Giới Nam"),
    ),
    Field(
        "unit",
        _("Đơn vị"),
        required=True,
        synonyms=(
            "Đơn vị công tác",
            "Đơn vị, bộ phận",
            "Tên đơn vị",
            "Mã đơn vị",
            "Phòng ban",
            "Phòng, ban",
            "Phòng",
            "Bộ phận",
            "Cơ quan",
            "Cơ quan, đơn vị",
            "Nơi công tác",
            "ĐV",
            "ĐVCT",
            "Unit",
        ),
        longest=400,
        help=_("Tên, mã, hoặc “Phòng A, Sở B” khi nhiều đơn vị cùng tên."),
        example="Phòng Tổ chức cán bộ, Sở Tư pháp",
        width=36,
    ),
    Field(
        "position",
        _("Chức vụ"),
        required=True,
        synonyms=(
            "Chức danh",
            "Chức vụ, chức danh",
            "Chức vụ/chức danh",
            "Chức vụ hiện tại",
            "Vị trí việc làm",
            "VTVL",
            "CV",
            "Position",
        ),
        longest=150,
        example="Chuyên viên chính",
        width=24,
    ),
    Field(
        "staff_kind",
        _("Đối tượng"),
        FieldKind.CHOICE,
        required=True,
        choices=tuple(Choice(kind, kind.label, KIND_SYNONYMS[kind]) for kind in Post.StaffKind),
        synonyms=("Loại cán bộ", "Loại lao động", "Loại hình lao động", "Diện", "CBCCVC", "ĐT", "Staff kind"),
        example="Công chức",
        width=18,
    ),
    Field(
        "is_manager",
        _("Giữ chức vụ quản lý"),
        FieldKind.YES_NO,
        synonyms=(
            "Lãnh đạo, quản lý",
            "Giữ chức vụ lãnh đạo, quản lý",
            "Cán bộ lãnh đạo",
            "Là lãnh đạo",
            "Quản lý",
            "Manager",
        ),
        example="Không",
        width=12,
    ),
    Field(
        "valid_from",
        _("Từ ngày"),
        FieldKind.DAY,
        required=True,
        synonyms=(
            "Ngày bắt đầu",
            "Ngày nhận chức vụ",
            "Ngày giữ chức vụ",
            "Ngày bổ nhiệm",
            "Thời điểm giữ chức vụ",
            "Giữ chức vụ từ ngày",
            "Since",
        ),
        help=_("Ngày bắt đầu giữ chức vụ này."),
        example="01/7/2025",
        width=13,
    ),
    Field(
        "email",
        _("Thư điện tử"),
        FieldKind.EMAIL,
        synonyms=("Email", "E-mail", "Địa chỉ email", "Hộp thư", "Thư công vụ"),
        longest=254,
        example="anhntm@tinh.gov.vn",
        width=28,
    ),
    Field(
        "phone",
        _("Điện thoại"),
        FieldKind.PHONE,
        synonyms=("Số điện thoại", "SĐT", "ĐT cơ quan", "ĐT di động", "Di động", "ĐTDĐ", "Mobile", "Phone"),
        longest=60,
        example="0912 345 678",
        width=16,
    ),
    Field(
        "contract_months",
        _("Thời hạn hợp đồng (tháng)"),
        FieldKind.WHOLE,
        synonyms=("Hợp đồng (tháng)", "Hợp đồng tháng", "Số tháng hợp đồng", "Thời hạn HĐ"),
        range=(1, MOST_MONTHS),
        example="12",
        width=12,
    ),
)


class PeopleOptionsForm(forms.Form):
    """What fills the blank cells of new people."""

    unit = UnitField(
        label=_("Đơn vị, khi ô trống"),
        required=False,
        help_text=_("Cũng dùng để phân biệt các phòng cùng tên: ưu tiên phòng thuộc đơn vị này."),
    )
    valid_from = DayField(label=_("Từ ngày, khi ô trống"), required=False)
    staff_kind = forms.ChoiceField(
        label=_("Đối tượng, khi ô trống"),
        choices=[("", _("Không điền thay")), *Post.StaffKind.choices],
        required=False,
    )
    position = forms.CharField(label=_("Chức vụ, khi ô trống"), max_length=150, required=False)


class PeopleImporter(Importer):
    """People with their main post."""

    target = "people"
    title = _("Cá nhân")
    about = _("Thêm hồ sơ mới, cập nhật hồ sơ đã có theo số hiệu.")
    icon = "users"
    fields = FIELDS
    keys = ("staff_code",)
    fills_blanks = True
    sentences = SENTENCES | UNIT_SENTENCES | PEOPLE_SENTENCES | WRITE_SENTENCES

    def rights(self) -> frozenset[str]:
        return frozenset({"import"})

    def may_import(self, user: User) -> bool:
        return has_rights(user, self)

    def batches(self, user: User) -> Q:
        return batches_of(user)

    def options_form(
        self, user: User, data: Mapping[str, Any] | None = None, initial: dict[str, Any] | None = None
    ) -> forms.Form:
        units = Unit.objects.filter(scope_of(user).units("import")).existing(today())
        form = PeopleOptionsForm(data, initial={"valid_from": today()} if initial is None else initial)
        form.fields["unit"].offer(units)  # type: ignore[attr-defined]  # a UnitField
        return form

    def options(self, form: forms.Form) -> dict[str, Any]:
        given = form.cleaned_data
        return {
            "unit": str(given["unit"].pk) if given["unit"] else "",
            "unit_name": given["unit"].name if given["unit"] else "",
            "valid_from": str(given["valid_from"] or ""),
            "staff_kind": given["staff_kind"],
            "position": given["position"],
        }

    def options_given(self, user: User, options: Mapping[str, Any]) -> dict[str, Any]:
        units = Unit.objects.filter(scope_of(user).units("import")).existing(today())
        unit = units.filter(pk=options["unit"]).first() if options["unit"] else None
        day = DayField().to_python(options["valid_from"]) if options["valid_from"] else None
        return {**options, "unit": unit, "valid_from": day}

    def filled_by(self, options: Mapping[str, Any]) -> frozenset[str]:
        return frozenset(name for name in DEFAULTED if options.get(name))

    def options_shown(self, options: Mapping[str, Any]) -> list[tuple[str, str]]:
        kinds = dict(Post.StaffKind.choices)
        day = DayField().to_python(options["valid_from"]) if options["valid_from"] else None
        lines = [
            (gettext("Đơn vị, khi ô trống"), options["unit_name"]),
            (gettext("Từ ngày, khi ô trống"), shown(day) if day else ""),
            (gettext("Đối tượng, khi ô trống"), str(kinds.get(options["staff_kind"], ""))),
            (gettext("Chức vụ, khi ô trống"), options["position"]),
        ]
        return [(name, value) for name, value in lines if value]

    def planner(self, user: User, options: Mapping[str, Any]) -> Planner:
        return PeoplePlanner(user, options, self.fields)

    def prepare(self, rows: Sequence[Staged]) -> None:
        prepare_people(rows)

    def apply(self, user: Account, rows: Sequence[Staged]) -> dict[UUID, list[Problem]]:
        return write_people(user, rows)

    def undo(self, user: Account, rows: Sequence[Staged]) -> dict[UUID, list[Problem]]:
        return take_people_back(user, rows)

    def in_the_way(self, rows: QuerySet[ImportRow]) -> list[Reference]:
        return people_in_the_way(rows)

    def candidates(self, user: User, rows: Iterable[ImportRow]) -> dict[UUID, list[Candidate]]:
        asked = {row.pk: [UUID(pk) for pk in row.plan.get("known", ())] for row in rows}
        people = Person.objects.select_related("unit", "record_unit").in_bulk(
            {pk for ids in asked.values() for pk in ids}
        )
        return {
            row: [candidate_of(user, people[pk]) for pk in ids if pk in people] for row, ids in asked.items()
        }

    def template_choices(self, user: User) -> Mapping[str, tuple[str, ...]]:
        labels = labels_of(user, "import")
        return {"unit": labels} if len(labels) <= LISTED_UNITS else {}

    def finished(self, batch: Import) -> None:
        tell_finished(batch)


def candidate_of(user: User, person: Person) -> Candidate:
    unit = person.unit or person.record_unit
    parts = [person.position, unit.name if unit else ""]
    if person.birth_date and may_see_birth_date(user, person):
        parts.insert(0, shown(person.birth_date))
    return Candidate(
        person.pk,
        person.full_name,
        " · ".join(part for part in parts if part),
        reverse("organisations:person", args=[person.pk]),
    )

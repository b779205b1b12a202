"""Units from a table: the columns they may come in, and what their import shares with the others."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from thidua.accounts.models import Account
from thidua.exchange.fields import Choice, Field, FieldKind
from thidua.exchange.importers import Importer, Planner, Reference, Staged
from thidua.exchange.models import Import, ImportRow
from thidua.exchange.problems import Problem
from thidua.organisations.forms.fields import UnitField
from thidua.organisations.importing import batches_of, has_rights, tell_finished
from thidua.organisations.importing_lookup import UNIT_SENTENCES
from thidua.organisations.importing_units_plan import PLAN_SENTENCES, UnitsPlanner
from thidua.organisations.importing_units_write import take_units_back, units_in_the_way, write_units
from thidua.organisations.models import Unit, UnitKind
from thidua.organisations.permissions import User, scope_of
from thidua.organisations.problems import SENTENCES, shown
from thidua.records.days import today
from thidua.ui.widgets import DayField

DEFAULTED = ("parent", "kind", "founded_on")

CODE = Field(
    "code",
    _("Mã đơn vị"),
    FieldKind.CODE,
    synonyms=("Mã", "Mã ĐV", "Mã số đơn vị", "Unit code"),
    longest=40,
    help=_("Là căn cứ để nhận ra đơn vị đã có; để trống thì hệ thống đặt mã."),
    example="stp-ha-noi",
    width=18,
)
NAME = Field(
    "name",
    _("Tên đơn vị"),
    required=True,
    synonyms=("Đơn vị", "Tên", "Tên đầy đủ", "Tên cơ quan, đơn vị", "Tên cơ quan", "Tên tổ chức", "Unit"),
    example="Sở Tư pháp thành phố Hà Nội",
    width=40,
)
AFTER_KIND = (
    Field(
        "parent",
        _("Đơn vị cấp trên"),
        synonyms=(
            "Cấp trên",
            "Trực thuộc",
            "Thuộc",
            "Thuộc đơn vị",
            "Đơn vị chủ quản",
            "Cơ quan chủ quản",
            "Mã cấp trên",
            "Mã đơn vị cấp trên",
            "Parent",
        ),
        longest=400,
        help=_("Tên, mã hoặc “Phòng A, Sở B”; có thể là đơn vị khác trong cùng tệp."),
        example="Sở Tư pháp thành phố Hà Nội",
        width=40,
    ),
    Field(
        "founded_on",
        _("Ngày thành lập"),
        FieldKind.DAY,
        required=True,
        synonyms=("Thành lập ngày", "Thành lập", "Ngày TL", "Founded on"),
        example="01/7/2025",
        width=13,
    ),
    Field(
        "has_legal_entity",
        _("Tư cách pháp nhân"),
        FieldKind.YES_NO,
        synonyms=("Có tư cách pháp nhân", "Pháp nhân", "TCPN"),
        help=_("Để trống thì theo loại đơn vị."),
        example="Có",
        width=12,
    ),
    Field(
        "is_small_collective",
        _("Tập thể nhỏ"),
        FieldKind.YES_NO,
        synonyms=("Là tập thể nhỏ", "TT nhỏ"),
        help=_("Để trống thì theo loại đơn vị."),
        example="Không",
        width=12,
    ),
    Field(
        "body_role",
        _("Vai trò"),
        FieldKind.CHOICE,
        choices=tuple(Choice(role, role.label) for role in Unit.BodyRole),
        synonyms=("Vai trò của đơn vị", "Loại tổ chức"),
        example="Đơn vị",
        width=24,
    ),
    Field(
        "symbol",
        _("Ký hiệu"),
        synonyms=("Ký hiệu văn bản", "Ký hiệu đơn vị", "Chữ viết tắt văn bản"),
        longest=30,
        help=_("Như trong số văn bản 98/KH-STP."),
        example="STP",
        width=12,
    ),
    Field(
        "place",
        _("Nơi ban hành"),
        synonyms=("Địa danh", "Nơi ban hành văn bản"),
        longest=60,
        help=_("Địa danh ghi trước ngày ban hành."),
        example="Hà Nội",
        width=16,
    ),
    Field("email", _("Thư điện tử"), FieldKind.EMAIL, synonyms=("Email", "E-mail"), longest=254, width=26),
    Field("phone", _("Điện thoại"), FieldKind.PHONE, synonyms=("Số điện thoại", "SĐT", "ĐT"), longest=60),
)
SHORT_NAME = Field(
    "short_name",
    _("Tên ngắn"),
    synonyms=("Tên viết tắt", "Tên gọi tắt", "Viết tắt", "Tên rút gọn", "Short name"),
    longest=120,
    example="STP Hà Nội",
    width=20,
)


def kind_field() -> Field:
    """Return the column of kinds; its choices are rows that an administrator may edit."""
    kinds = UnitKind.objects.all()
    return Field(
        "kind",
        _("Loại đơn vị"),
        FieldKind.CHOICE,
        required=True,
        choices=tuple(
            Choice(kind.code, kind.name, (kind.name_en,) if kind.name_en else ()) for kind in kinds
        ),
        synonyms=("Loại", "Loại hình", "Kiểu đơn vị", "Loại hình đơn vị", "Kind"),
        width=22,
    )


class UnitsOptionsForm(forms.Form):
    """What fills the blank cells of new units."""

    parent = UnitField(
        label=_("Đơn vị cấp trên, khi ô trống"),
        required=False,
        help_text=_("Cũng dùng để phân biệt các đơn vị cùng tên."),
    )
    kind = forms.ModelChoiceField(
        UnitKind.objects.none(),
        label=_("Loại đơn vị, khi ô trống"),
        required=False,
        empty_label=_("Không điền thay"),
        to_field_name="code",
    )
    founded_on = DayField(label=_("Ngày thành lập, khi ô trống"), required=False)


class UnitsImporter(Importer):
    """Units with their place in the tree; renaming and moving stay reorganisations."""

    target = "units"
    title = pgettext_lazy("list", "Đơn vị")
    about = _("Lập đơn vị mới, cập nhật thông tin đơn vị đã có theo mã hoặc tên.")
    icon = "building-2"
    fields = (CODE, NAME, SHORT_NAME, *AFTER_KIND)
    keys = ("code", "name")
    sentences = SENTENCES | UNIT_SENTENCES | PLAN_SENTENCES
    needs_all_rows = True

    def fields_for(self, user: User) -> tuple[Field, ...]:
        del user
        return (CODE, NAME, SHORT_NAME, kind_field(), *AFTER_KIND)

    def rights(self) -> frozenset[str]:
        return frozenset({"import", "edit_units"})

    def may_import(self, user: User) -> bool:
        return has_rights(user, self)

    def batches(self, user: User) -> Q:
        return batches_of(user)

    def options_form(
        self, user: User, data: Mapping[str, Any] | None = None, initial: dict[str, Any] | None = None
    ) -> forms.Form:
        form = UnitsOptionsForm(data, initial=initial)
        units = Unit.objects.filter(scope_of(user).units("edit_units")).existing(today())
        form.fields["parent"].offer(units)  # type: ignore[attr-defined]  # a UnitField
        form.fields["kind"].queryset = UnitKind.objects.all()  # type: ignore[attr-defined]
        return form

    def options(self, form: forms.Form) -> dict[str, Any]:
        given = form.cleaned_data
        return {
            "parent": str(given["parent"].pk) if given["parent"] else "",
            "parent_name": given["parent"].name if given["parent"] else "",
            "kind": given["kind"].code if given["kind"] else "",
            "kind_name": given["kind"].name if given["kind"] else "",
            "founded_on": str(given["founded_on"] or ""),
        }

    def filled_by(self, options: Mapping[str, Any]) -> frozenset[str]:
        return frozenset(name for name in DEFAULTED if options.get(name))

    def options_shown(self, options: Mapping[str, Any]) -> list[tuple[str, str]]:
        day = DayField().to_python(options["founded_on"]) if options["founded_on"] else None
        lines = [
            (gettext("Đơn vị cấp trên, khi ô trống"), options["parent_name"]),
            (gettext("Loại đơn vị, khi ô trống"), options["kind_name"]),
            (gettext("Ngày thành lập, khi ô trống"), shown(day) if day else ""),
        ]
        return [(name, value) for name, value in lines if value]

    def planner(self, user: User, options: Mapping[str, Any]) -> Planner:
        return UnitsPlanner(user, options, self.fields_for(user))

    def apply(self, user: Account, rows: Sequence[Staged]) -> dict[UUID, list[Problem]]:
        return write_units(user, rows)

    def undo(self, user: Account, rows: Sequence[Staged]) -> dict[UUID, list[Problem]]:
        del user  # who may undo was asked before; what is put back was there before
        return take_units_back(rows)

    def in_the_way(self, rows: QuerySet[ImportRow]) -> list[Reference]:
        return units_in_the_way(rows)

    def template_choices(self, user: User) -> Mapping[str, tuple[str, ...]]:
        del user  # parents may be in the file itself, so that Excel must not insist on a list
        return {}

    def finished(self, batch: Import) -> None:
        tell_finished(batch)

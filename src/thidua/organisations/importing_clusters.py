"""Members of the clusters of a year from a table; clusters that are not there yet are made with them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.accounts.models import Account
from thidua.exchange.fields import Choice, Field, FieldKind
from thidua.exchange.importers import Importer, Planner, Reference, Staged
from thidua.exchange.models import Import, ImportRow
from thidua.exchange.problems import Problem
from thidua.organisations.forms.fields import UnitField
from thidua.organisations.importing import batches_of, has_rights, tell_finished
from thidua.organisations.importing_clusters_plan import CLUSTER_SENTENCES, MembersPlanner
from thidua.organisations.importing_clusters_write import (
    members_in_the_way,
    take_members_back,
    write_members,
)
from thidua.organisations.importing_lookup import LISTED_UNITS, UNIT_SENTENCES, labels_of
from thidua.organisations.models import Cluster, ClusterMember, Unit
from thidua.organisations.permissions import User, scope_of
from thidua.organisations.problems import SENTENCES
from thidua.records.days import today

YEARS = (2000, 2100)

FIELDS = (
    Field(
        "cluster_name",
        _("Tên cụm, khối"),
        required=True,
        synonyms=(
            "Cụm",
            "Khối",
            "Cụm thi đua",
            "Khối thi đua",
            "Tên cụm",
            "Tên khối",
            "Cụm, khối thi đua",
            "Khu vực",
        ),
        longest=200,
        example="Cụm thi đua số 1",
        width=28,
    ),
    Field(
        "cluster_code",
        _("Mã cụm"),
        FieldKind.CODE,
        synonyms=("Mã khối", "Mã cụm, khối", "Mã cụm thi đua", "Cluster code"),
        longest=40,
        help=_("Để trống thì nhận theo tên; cụm mới được đặt mã theo tên."),
        example="cum-1",
        width=14,
    ),
    Field(
        "kind",
        _("Loại"),
        FieldKind.CHOICE,
        choices=(
            Choice(Cluster.Kind.CUM, Cluster.Kind.CUM.label, ("cụm",)),
            Choice(Cluster.Kind.KHOI, Cluster.Kind.KHOI.label, ("khối",)),
            Choice(Cluster.Kind.KHU_VUC, Cluster.Kind.KHU_VUC.label, ("khu vực",)),
        ),
        synonyms=("Loại cụm", "Loại hình cụm"),
        help=_("Để trống thì theo tên: “Khối …”, “Khu vực …”, còn lại là cụm."),
        example="Cụm thi đua",
        width=18,
    ),
    Field(
        "unit",
        _("Đơn vị thành viên"),
        required=True,
        synonyms=("Đơn vị", "Thành viên", "Tên đơn vị", "Mã đơn vị", "Member", "Unit"),
        longest=400,
        help=_("Tên, mã hoặc “Phòng A, Sở B”."),
        example="Sở Tư pháp thành phố Hà Nội",
        width=40,
    ),
    Field(
        "standing",
        _("Vai trò trong cụm"),
        FieldKind.CHOICE,
        choices=(
            Choice(
                ClusterMember.Standing.LEAD,
                ClusterMember.Standing.LEAD.label,
                ("trưởng", "khối trưởng", "trưởng cụm", "trưởng khối", "đơn vị trưởng cụm"),
            ),
            Choice(
                ClusterMember.Standing.DEPUTY,
                ClusterMember.Standing.DEPUTY.label,
                ("phó", "khối phó", "phó cụm", "phó trưởng cụm", "phó khối", "cụm phó"),
            ),
            Choice(
                ClusterMember.Standing.MEMBER,
                ClusterMember.Standing.MEMBER.label,
                ("đơn vị thành viên", "tv"),
            ),
        ),
        synonyms=("Vai trò", "Chức trách", "Nhiệm vụ", "Phân công", "Standing"),
        help=_("Để trống là thành viên."),
        example="Thành viên",
        width=16,
    ),
    Field(
        "block",
        _("Khối trong cụm"),
        synonyms=("Nhóm", "Khối nhỏ", "Tiểu khối", "Block"),
        longest=120,
        example="",
        width=18,
    ),
)


class ClusterOptionsForm(forms.Form):
    """Whose clusters, and of which year."""

    authority = UnitField(label=_("Cơ quan tổ chức cụm, khối"))
    year = forms.IntegerField(label=_("Năm"), min_value=YEARS[0], max_value=YEARS[1])


class ClustersImporter(Importer):
    """Members of clusters; who leads a cluster that is under way stays a decision on its own page."""

    target = "clusters"
    title = _("Cụm, khối thi đua")
    about = _("Xếp đơn vị vào cụm, khối của một năm; cụm chưa có thì lập mới.")
    icon = "users"
    fields = FIELDS
    keys = ("cluster_code",)
    sentences = SENTENCES | UNIT_SENTENCES | CLUSTER_SENTENCES

    def rights(self) -> frozenset[str]:
        return frozenset({"import", "edit_units"})

    def may_import(self, user: User) -> bool:
        return has_rights(user, self)

    def batches(self, user: User) -> Q:
        return batches_of(user)

    def options_form(
        self, user: User, data: Mapping[str, Any] | None = None, initial: dict[str, Any] | None = None
    ) -> forms.Form:
        units = Unit.objects.filter(scope_of(user).units("edit_units")).existing(today())
        first = units.order_by("depth", "sort_key").first()
        form = ClusterOptionsForm(data, initial=initial or {"year": today().year, "authority": first})
        form.fields["authority"].offer(units)  # type: ignore[attr-defined]  # a UnitField
        return form

    def options(self, form: forms.Form) -> dict[str, Any]:
        given = form.cleaned_data
        return {
            "authority": str(given["authority"].pk),
            "authority_name": given["authority"].name,
            "year": given["year"],
        }

    def options_shown(self, options: Mapping[str, Any]) -> list[tuple[str, str]]:
        return [
            (gettext("Cơ quan tổ chức cụm, khối"), options["authority_name"]),
            (gettext("Năm"), str(options["year"])),
        ]

    def planner(self, user: User, options: Mapping[str, Any]) -> Planner:
        return MembersPlanner(user, options, self.fields)

    def apply(self, user: Account, rows: Sequence[Staged]) -> dict[UUID, list[Problem]]:
        return write_members(user, rows)

    def undo(self, user: Account, rows: Sequence[Staged]) -> dict[UUID, list[Problem]]:
        del user  # who may undo was asked before; what is put back was there before
        return take_members_back(rows)

    def in_the_way(self, rows: QuerySet[ImportRow]) -> list[Reference]:
        return members_in_the_way(rows)

    def template_choices(self, user: User) -> Mapping[str, tuple[str, ...]]:
        labels = labels_of(user, "view")
        return {"unit": labels} if len(labels) <= LISTED_UNITS else {}

    def finished(self, batch: Import) -> None:
        tell_finished(batch)

"""What becomes of a row of cluster members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.text import slugify
from django.utils.translation import gettext_noop as _

from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line
from thidua.exchange.fields import Field
from thidua.exchange.importers import Given, Planned, Planner
from thidua.exchange.models import ImportRow
from thidua.exchange.problems import Problem
from thidua.organisations.importing_lookup import Place, UnitDirectory
from thidua.organisations.models import Cluster, ClusterMember, Unit
from thidua.organisations.permissions import User
from thidua.organisations.problems import shown
from thidua.records.ids import uuid7

Outcome, Standing = ImportRow.Outcome, ClusterMember.Standing
CODE_LENGTH = 40

CLUSTER_SENTENCES: dict[str, str] = {
    "lead_taken": _("%(cluster)s đã có đơn vị trưởng là %(unit)s. Một cụm chỉ có một đơn vị trưởng."),
    "standing_differs": _(
        "%(unit)s đang là %(standing)s. Phân công lại trưởng, phó là việc có quyết định: làm ở trang của cụm."
    ),
    "outside_authority": _("%(unit)s không thuộc %(authority)s nên không xếp vào cụm, khối này."),
    "cluster_unknown": _("Năm này chưa có cụm mã “%(code)s”. Ghi thêm tên cụm để lập mới."),
    "cluster_changed_since": _("%(cluster)s đã được sửa sau khi xem trước. Xem trước lại."),
}


@dataclass(slots=True)
class ClusterSeen:
    """A cluster there already, or one the file is about to make; ``lead`` is its leading unit, if any."""

    id: UUID
    code: str
    name: str
    kind: str
    is_new: bool
    lead: str = ""
    lead_unit: UUID | None = None


class MembersPlanner(Planner):
    """Plans members of the clusters of one authority and year."""

    def __init__(self, user: User, options: Mapping[str, Any], fields: Sequence[Field]) -> None:
        self.authority = Unit.objects.get(pk=options["authority"])
        self.year = int(options["year"])
        self.start = date(self.year, 1, 1)
        self.labels = {one.name: str(one.label) for one in fields}
        self.words = {one.name: {choice.value: str(choice.label) for choice in one.choices} for one in fields}
        self.directory = UnitDirectory(user, "view", within=self.authority.path)
        self.clusters: list[ClusterSeen] = []
        self.members: dict[tuple[str, UUID], ClusterMember] = {}
        self.seen: dict[tuple[str, UUID], int] = {}
        self.read_clusters()

    def read_clusters(self) -> None:
        rows = Cluster.objects.filter(authority=self.authority, year=self.year).order_by("code")
        known = {row.pk: ClusterSeen(row.pk, row.code, row.name, row.kind, is_new=False) for row in rows}
        self.clusters = list(known.values())
        members = ClusterMember.objects.filter(cluster__in=list(known), valid_until=None)
        for member in members.select_related("unit", "cluster"):
            self.members[known[member.cluster_id].kind, member.unit_id] = member
            if member.standing == Standing.LEAD:
                known[member.cluster_id].lead = member.unit.name
                known[member.cluster_id].lead_unit = member.unit_id

    def plan(self, rows: Sequence[Given]) -> list[Planned]:
        return [self.planned(row) for row in rows]

    def planned(self, row: Given) -> Planned:
        told = (row.values.get(name) or "" for name in ("unit", "cluster_name", "cluster_code"))
        label = " — ".join(text for text in told if text)
        if row.is_refused:
            return Planned(Outcome.REFUSE, label)
        place, problems = self.place_of(row)
        cluster, more = self.cluster_of(row)
        problems += more
        if place and cluster:
            problems += self.problems_of_place(row, place, cluster)
        if place is None or cluster is None or any(not problem.is_warning for problem in problems):
            return Planned(Outcome.REFUSE, label, problems=problems)
        label = f"{self.directory.label_of(place)} — {cluster.name}"
        member = self.members.get((cluster.kind, place.id))
        became = self.changed(row, place, cluster, member) if member else self.new(row, place, cluster)
        became.label = label
        became.problems = [*problems, *became.problems]
        if not cluster.is_new or became.outcome == Outcome.CREATE:
            self.note_cluster(cluster)
        return became

    def note_cluster(self, cluster: ClusterSeen) -> None:
        if cluster not in self.clusters:
            self.clusters.append(cluster)

    def place_of(self, row: Given) -> tuple[Place | None, list[Problem]]:
        text = row.values.get("unit") or ""
        if not text:
            return None, [Problem("missing", "unit", {"column": self.labels["unit"]})]
        found = self.directory.find(text)
        return found.place, [found.problem] if found.problem else []

    def cluster_of(self, row: Given) -> tuple[ClusterSeen | None, list[Problem]]:
        """Find the cluster by code, then by name, or think of a new one."""
        code, name = row.values.get("cluster_code") or "", one_line(row.values.get("cluster_name") or "")
        by_code = [one for one in self.clusters if code and one.code.lower() == code.lower()]
        by_name = [one for one in self.clusters if not code and name and fold(one.name) == fold(name)]
        if by_code or by_name:
            return (by_code or by_name)[0], []
        if not name:
            if code:
                return None, [Problem("cluster_unknown", "cluster_code", {"code": code})]
            return None, [Problem("missing", "cluster_name", {"column": self.labels["cluster_name"]})]
        new_code = slugify(fold(code or name))[:CODE_LENGTH] or "cum"
        kind = row.values.get("kind") or kind_of(name)
        return ClusterSeen(uuid7(), self.free_code(new_code), name, kind, is_new=True), []

    def free_code(self, stem: str) -> str:
        taken, code, count = {one.code for one in self.clusters}, stem, 1
        while code in taken:
            count += 1
            code = f"{stem[: CODE_LENGTH - 4]}-{count}"
        return code

    def problems_of_place(self, row: Given, place: Place, cluster: ClusterSeen) -> list[Problem]:
        problems = []
        if not place.path.startswith(self.authority.path) or place.id == self.authority.pk:
            facts = {"unit": place.name, "authority": self.authority.name}
            problems.append(Problem("outside_authority", "unit", facts))
        if not place.exists_on(max(self.start, place.founded_on)) or place.founded_on.year > self.year:
            facts = {"unit": place.name, "day": shown(self.start)}
            problems.append(Problem("unit_not_there", "unit", facts))
        first = self.seen.setdefault((cluster.kind, place.id), row.number)
        if first != row.number:
            problems.append(Problem("twice_in_file", "unit", {"row": first}))
        if row.values.get("standing") == Standing.LEAD and cluster.lead_unit not in (None, place.id):
            facts = {"cluster": cluster.name, "unit": cluster.lead}
            problems.append(Problem("lead_taken", "standing", facts))
        return problems

    def new(self, row: Given, place: Place, cluster: ClusterSeen) -> Planned:
        standing = row.values.get("standing") or Standing.MEMBER
        self.note_lead(standing, place, cluster)
        plan = {
            "authority": str(self.authority.pk),
            "year": self.year,
            "cluster": {
                "id": str(cluster.id),
                "code": cluster.code,
                "name": cluster.name,
                "kind": cluster.kind,
                "is_new": cluster.is_new,
            },
            "unit": str(place.id),
            "standing": str(standing),
            "block": row.values.get("block") or "",
            "valid_from": str(max(self.start, place.founded_on)),
        }
        return Planned(Outcome.CREATE, plan=plan, target_id=uuid7())

    def note_lead(self, standing: str, place: Place, cluster: ClusterSeen) -> None:
        if standing == Standing.LEAD:
            cluster.lead, cluster.lead_unit = place.name, place.id

    def changed(self, row: Given, place: Place, cluster: ClusterSeen, member: ClusterMember) -> Planned:
        if member.cluster_id != cluster.id:
            facts = {"unit": place.name, "cluster": member.cluster.name}
            return Planned(Outcome.REFUSE, problems=[Problem("member_already", "unit", facts)])
        changes: dict[str, list[str]] = {}
        block, standing = row.values.get("block"), row.values.get("standing")
        if block is not None and block != member.block:
            changes["block"] = [member.block, block]
        if standing and standing != member.standing:
            if member.standing != Standing.MEMBER:
                facts = {"unit": place.name, "standing": member.get_standing_display().lower()}
                return Planned(Outcome.REFUSE, problems=[Problem("standing_differs", "standing", facts)])
            self.note_lead(standing, place, cluster)
            changes["standing"] = [member.standing, str(standing)]
        if not changes:
            return Planned(Outcome.SAME, target_id=member.pk)
        shown_as = {name: [self.word(name, one) for one in pair] for name, pair in changes.items()}
        plan = {"authority": str(self.authority.pk), "cluster": {"id": str(cluster.id)}, "facts": changes}
        return Planned(Outcome.UPDATE, plan=plan, changes=shown_as, target_id=member.pk)

    def word(self, name: str, value: str) -> str:
        return self.words.get(name, {}).get(value, value)


def kind_of(name: str) -> str:
    """Tell the kind from the name's first words."""
    words = fold(name)
    if words.startswith("khoi"):
        return Cluster.Kind.KHOI
    return Cluster.Kind.KHU_VUC if words.startswith("khu vuc") else Cluster.Kind.CUM

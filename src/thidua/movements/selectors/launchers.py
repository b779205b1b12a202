"""Who a paper says launches its movement: the unit or the cluster that issued it, by the names of its day.

A cluster's plan is launched by the unit that leads the cluster, else by the cluster's authority.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from thidua.movements.bodies import IN_BRACKETS, plain
from thidua.movements.doubts import Doubt
from thidua.movements.models import Movement, Plan, PlanItem
from thidua.movements.permissions import clusters_led, may_launch_for
from thidua.organisations.models import Cluster, ClusterMember, Unit, UnitName
from thidua.organisations.permissions import Scope
from thidua.organisations.selectors.clusters import day_within
from thidua.records.days import today

Standing = ClusterMember.Standing
YEARS_BEFORE, YEARS_AFTER = 3, 1
MOST = 50  # bodies of one name that are looked at
CLUSTERED = re.compile(r"\b(?:cum|khoi|khu vuc)\b")
LEVELS = re.compile(r"\b(?:tinh|thanh pho|tp)\b")
NUMBERED = re.compile(r"\bso (?=(?:\d+|[ivx]+)\b)")
ROMAN = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10",
    "xi": "11", "xii": "12",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """What a plan says of itself; ``on``: its day."""

    issuer: str
    title: str = ""
    year: int | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Launcher:
    """The unit that launches, and the cluster for which it does."""

    organiser: Unit
    cluster: Cluster | None = None

    @property
    def name(self) -> str:
        return f"{self.organiser.name} · {self.cluster.dated_name}" if self.cluster else self.organiser.name


def launcher_told(paper: Paper, scope: Scope) -> Launcher | None:
    """Return who launches by the paper, as far as the person may launch for it and no other bears the name."""
    led = clusters_led(scope)
    by_cluster = [
        Launcher(unit, cluster)
        for cluster in clusters_named(paper)
        if (unit := acting_for(cluster, scope, led)) is not None
    ]
    if by_cluster:
        latest = [one for one in by_cluster if one.cluster and one.cluster.year == year_of(by_cluster[0])]
        return latest[0] if len(latest) == 1 else None
    units = [unit for unit in units_named(paper) if may_launch_for(scope, led, unit, None)]
    return Launcher(units[0]) if len(units) == 1 else None


def year_of(launcher: Launcher) -> int | None:
    return launcher.cluster.year if launcher.cluster else None


def acting_for(cluster: Cluster, scope: Scope, led: Collection[tuple[UUID, UUID]]) -> Unit | None:
    """Return the unit that launches for the cluster, of those the person may launch for."""
    units = (lead_of(cluster), cluster.authority)
    return next((unit for unit in units if unit and may_launch_for(scope, led, unit, cluster)), None)


def lead_of(cluster: Cluster) -> Unit | None:
    leading = ClusterMember.objects.on(day_within(cluster.year, today())).filter(standing=Standing.LEAD)
    member = leading.filter(cluster=cluster).select_related("unit").first()
    return member.unit if member else None


def units_named(paper: Paper) -> list[Unit]:
    """Return the units of today that bore the issuer's name on the paper's day, or bear it now."""
    wanted = unit_key(paper.issuer)
    names = (
        UnitName.objects.filter(unit__in=Unit.objects.existing(today()))
        if wanted
        else UnitName.objects.none()
    )
    for word in wanted.split():
        names = names.filter(folded__contains=word)
    alike = {row.unit_id for row in names if wanted in keys_of(row)}
    borne: dict[UUID, list[UnitName]] = {}
    for row in UnitName.objects.filter(unit__in=alike).order_by("valid_from"):
        borne.setdefault(row.unit_id, []).append(row)
    days = (paper.on or today(), today())
    named = [
        unit for unit, rows in borne.items() if any(wanted in keys_of(name_on(rows, day)) for day in days)
    ]
    return list(Unit.objects.filter(pk__in=named).order_by("depth", "sort_key")[:MOST])


def name_on(rows: list[UnitName], day: date) -> UnitName:
    """Return the name in force on the day, the first one for a day before it."""
    return next((row for row in reversed(rows) if row.valid_from <= day), rows[0])


def keys_of(row: UnitName) -> set[str]:
    return {unit_key(name) for name in (row.name, row.short_name) if name}


def unit_key(name: str) -> str:
    """Return the name without diacritics, brackets and the level of its place: «Sở Tư pháp tỉnh Lào Cai»."""
    words = plain(IN_BRACKETS.sub(" ", name)).replace("ubnd", "uy ban nhan dan")
    return " ".join(LEVELS.sub(" ", words).split())


def clusters_named(paper: Paper) -> list[Cluster]:
    """Return the clusters whose plan it is, those of the plan's year first, then the latest before.

    The paper is issued in the cluster's name, or by a unit that leads the cluster its title names.
    """
    issuer, title = cluster_key(paper.issuer), cluster_key(paper.title)
    if not CLUSTERED.search(f"{issuer} {title}"):
        return []
    year = paper.year or today().year
    rows = Cluster.objects.filter(year__gte=year - YEARS_BEFORE, year__lte=year + YEARS_AFTER)
    keyed = [
        (cluster_key(row.name), row) for row in rows.select_related("authority").order_by("-year", "code")
    ]
    found = [(key, row) for key, row in keyed if f"{issuer} ".startswith(f"{key} ")]
    if not found:
        told = [(key, row) for key, row in keyed if f" {key} " in f" {title} "]
        found = led_by(told, units_named(paper)) if told else []
    longest = max((len(key) for key, _row in found), default=0)
    clusters = [row for key, row in found if len(key) == longest]
    return sorted(clusters, key=lambda row: (row.year != year, row.year > year, -row.year))


def led_by(told: list[tuple[str, Cluster]], units: list[Unit]) -> list[tuple[str, Cluster]]:
    leading = ClusterMember.objects.exclude(standing=Standing.MEMBER).filter(unit__in=units)
    led = set(leading.filter(cluster__in=[row for _key, row in told]).values_list("cluster", flat=True))
    return [(key, row) for key, row in told if row.pk in led]


def cluster_key(name: str) -> str:
    """Return the cluster's name without diacritics and what is told in brackets: «Cụm Thi đua số III» is «cum 3»."""
    words = NUMBERED.sub("", plain(IN_BRACKETS.sub(" ", name)).replace("thi dua", " "))
    return " ".join(ROMAN.get(word, word) for word in words.split())


def paper_of(movement: Movement, issuer: str) -> Paper:
    plan = movement.plan
    return Paper(issuer, plan.title, movement.year, plan.issued_on)


def launcher_of(movement: Movement) -> Launcher:
    return Launcher(movement.organiser, movement.cluster)


def issuer_doubts(plan: Plan, item: PlanItem) -> list[Doubt]:
    """Return what to ask where the issuer of a paper and the movement's launcher do not agree."""
    if not plan.text:
        return []
    movement = plan.movement
    if item.is_derived and not item.quote and item.state == PlanItem.State.READ:
        text = _("Máy không thấy văn bản do ai ban hành; phong trào đang ghi cho %(launcher)s.")
        return [Doubt(text % {"launcher": launcher_of(movement).name})]
    return launcher_doubts(movement, item.value.get("value", ""))


def launcher_doubts(movement: Movement, issuer: str) -> list[Doubt]:
    """Return what to ask about a paper that ``issuer`` issued and the movement's launcher launches."""
    facts = {"issuer": issuer, "launcher": launcher_of(movement).name}
    paper = paper_of(movement, issuer)
    clusters = clusters_named(paper)
    units = [] if clusters else units_named(paper)
    if movement.cluster and movement.cluster in clusters:
        return other_year(movement.cluster, movement.year)
    if not movement.cluster_id and movement.organiser in units:
        return []
    if clusters or units:
        facts["named"] = clusters[0].name if clusters else units[0].name
        return [
            Doubt(_("Văn bản do %(named)s ban hành, nhưng phong trào đang ghi cho %(launcher)s.") % facts)
        ]
    text = _("Không tìm thấy đơn vị, cụm nào tên “%(issuer)s”; phong trào đang ghi cho %(launcher)s.")
    return [Doubt(text % facts)]


def other_year(cluster: Cluster, year: int) -> list[Doubt]:
    """Return the doubt about a cluster of another year than the plan's: members and leads change by year."""
    if cluster.year == year:
        return []
    facts = {"year": year, "other": cluster.year}
    text = _(
        "Kế hoạch của năm %(year)s nhưng đang lấy cụm của năm %(other)s: thành viên, cụm trưởng có thể khác."
    )
    return [Doubt(text % facts)]


def clusters_by_year(clusters: Iterable[Cluster], year: int | None) -> list[tuple[int, list[Cluster]]]:
    """Return the clusters of each year, those of the plan's ``year`` first and the others from the latest back."""
    grouped: dict[int, list[Cluster]] = {}
    for cluster in clusters:
        grouped.setdefault(cluster.year, []).append(cluster)
    years = sorted(grouped, key=lambda one: (one != year, -one))
    return [(one, grouped[one]) for one in years]

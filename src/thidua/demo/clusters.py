"""The clusters of each year: members, lead and deputies by date, the regulation they work under."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from thidua.demo.data_files import DATA, read_yaml

ClusterKind = Literal["cum", "khu_vuc"]
Standing = Literal["member", "lead", "deputy"]


@dataclass(frozen=True, slots=True)
class ClusterDocument:
    """A regulation of the clusters, or the decision that appoints their leads; illustrative."""

    number: str
    issued_on: date
    issuer: str
    about: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A unit in a cluster from ``valid_from`` until the day before ``valid_until``."""

    unit: str
    standing: Standing
    valid_from: date
    valid_until: date
    appointed_by: ClusterDocument | None
    block: str | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster in one year; ``authority`` is the unit that made it."""

    code: str
    authority: str
    kind: ClusterKind
    name: str
    year: int
    regulation: ClusterDocument
    members: tuple[Membership, ...]

    def on(self, day: date) -> tuple[Membership, ...]:
        return tuple(m for m in self.members if m.valid_from <= day < m.valid_until)


@lru_cache(maxsize=1)
def load_clusters() -> tuple[Cluster, ...]:
    """Read the clusters of every year, oldest first."""
    source = read_yaml(DATA / "clusters.yaml")
    documents = {key: ClusterDocument(**row) for key, row in source["documents"].items()}
    return tuple(_cluster(row, documents) for row in source["clusters"])


def _cluster(row: dict[str, Any], documents: dict[str, ClusterDocument]) -> Cluster:
    members = tuple(_members(row, documents))
    regulation = documents[row["regulation"]]
    authority = "HLGVN" if row.get("prefix") == "HLG-" else "BTP"
    return Cluster(row["code"], authority, row["kind"], row["name"], row["year"], regulation, members)


def _members(row: dict[str, Any], documents: dict[str, ClusterDocument]) -> Iterator[Membership]:
    first, end = date(row["year"], 1, 1), date(row["year"] + 1, 1, 1)
    leaving, joining = row.get("until", {}), row.get("from", {})
    spans = (
        (row, first, end),
        (leaving, first, leaving.get("date", end)),
        (joining, joining.get("date", first), end),
    )
    for part, begin, finish in spans:
        document = documents[part.get("appointment", row["appointment"])]
        for name in part.get("members", ()):
            standing = _standing(name, part)
            unit = f"{row.get('prefix', '')}{name}"
            appointed = None if standing == "member" else document
            yield Membership(unit, standing, begin, finish, appointed, _block(name, row))


def _standing(name: str, part: dict[str, Any]) -> Standing:
    if name == part.get("lead"):
        return "lead"
    return "deputy" if name in part.get("deputies", ()) else "member"


def _block(name: str, row: dict[str, Any]) -> str | None:
    return next((block for block, names in row.get("blocks", {}).items() if name in names), None)

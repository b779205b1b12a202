"""Tables of organisations, one file per subject."""

from thidua.organisations.models.clusters import Cluster, ClusterMember, ClusterRole
from thidua.organisations.models.people import DistinctPeople, Person, Post
from thidua.organisations.models.record import Discipline, Leave, Rating
from thidua.organisations.models.roles import UnitRole
from thidua.organisations.models.units import (
    Unit,
    UnitEvent,
    UnitKind,
    UnitName,
    UnitParent,
    UnitSuccession,
)

__all__ = [
    "Cluster",
    "ClusterMember",
    "ClusterRole",
    "Discipline",
    "DistinctPeople",
    "Leave",
    "Person",
    "Post",
    "Rating",
    "Unit",
    "UnitEvent",
    "UnitKind",
    "UnitName",
    "UnitParent",
    "UnitRole",
    "UnitSuccession",
]

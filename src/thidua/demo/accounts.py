"""The accounts one may enter with one click in the demonstration, and the roles each holds."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from thidua.demo.data_files import DATA, read_yaml

InstallationRole = Literal["administrator", "auditor"]


@dataclass(frozen=True, slots=True)
class UnitGrant:
    """A role on a unit and all below it, from ``valid_from`` on."""

    role: Literal["officer", "head", "staff_admin", "personnel", "auditor"]
    unit: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class ClusterGrant:
    """Acting for the lead or deputy of a cluster, from ``valid_from`` on."""

    role: Literal["lead", "deputy"]
    cluster: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account; ``person`` is a staff code, labels and notes are for the sign-in page."""

    login: str
    person: str
    label: str
    label_en: str
    note: str
    note_en: str
    installation_roles: tuple[InstallationRole, ...]
    unit_roles: tuple[UnitGrant, ...]
    cluster_roles: tuple[ClusterGrant, ...]


@lru_cache(maxsize=1)
def load_accounts() -> tuple[DemoAccount, ...]:
    """Read the accounts in the order the sign-in page shows them."""
    return tuple(_account(row) for row in read_yaml(DATA / "accounts.yaml"))


def _account(row: dict[str, Any]) -> DemoAccount:
    return DemoAccount(
        row["login"],
        row["person"],
        row["label"],
        row["label_en"],
        row["note"],
        row["note_en"],
        tuple(row.get("installation", ())),
        tuple(UnitGrant(r["role"], r["unit"], r["since"]) for r in row.get("roles", ())),
        tuple(ClusterGrant(r["role"], r["cluster"], r["since"]) for r in row.get("clusters", ())),
    )

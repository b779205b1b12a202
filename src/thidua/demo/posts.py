"""Posts and leaves of invented people."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Sex = Literal["male", "female"]
StaffKind = Literal[
    "cadre",
    "civil_servant",
    "public_employee",
    "contract_indefinite",
    "contract_fixed",
    "probation",
    "member",
]
PostKind = Literal["main", "secondment", "concurrent"]
Reason = Literal["recorded", "recruited", "appointed", "transferred", "reorganised", "seconded"]
"""Why a post began; ``recorded`` means it was held when the register began."""
LeaveKind = Literal["maternity", "study", "unpaid"]


@dataclass(frozen=True, slots=True)
class Post:
    """A post in a unit from ``valid_from`` until the day before ``valid_until``; None while it lasts.

    ``contract_months`` is given for fixed terms. Probation is a post of its own, followed by the
    settled one, whose first day may still be to come.
    """

    unit: str
    position: str
    is_manager: bool
    staff_kind: StaffKind
    valid_from: date
    valid_until: date | None = None
    kind: PostKind = "main"
    reason: Reason = "appointed"
    contract_months: int | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """An absence from ``valid_from`` until the day before ``valid_until``."""

    kind: LeaveKind
    valid_from: date
    valid_until: date

"""Posts and leaves of invented people."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Sex = Literal["male", "female"]
StaffKind = Literal["CAN_BO", "CONG_CHUC", "VIEN_CHUC", "NGUOI_LAO_DONG", "HOI_VIEN"]
Contract = Literal["tenure", "indefinite", "fixed_term"]
PostKind = Literal["main", "secondment", "concurrent"]
Reason = Literal["recorded", "recruited", "appointed", "transferred", "reorganised", "seconded"]
"""Why a post began; ``recorded`` means it was held when the register began."""
LeaveKind = Literal["maternity", "study", "unpaid"]


@dataclass(frozen=True, slots=True)
class Post:
    """A post in a unit from ``valid_from`` until the day before ``valid_to``; None while it lasts.

    ``contract_months`` is given for fixed terms; ``probation_until`` is the first day after probation.
    """

    unit: str
    position: str
    is_manager: bool
    staff_kind: StaffKind
    contract: Contract
    valid_from: date
    valid_to: date | None = None
    kind: PostKind = "main"
    reason: Reason = "appointed"
    contract_months: int | None = None
    probation_until: date | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """An absence from ``valid_from`` until the day before ``valid_to``."""

    kind: LeaveKind
    valid_from: date
    valid_to: date

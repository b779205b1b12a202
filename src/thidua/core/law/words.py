"""The closed lists of words that law files and cases share."""

import re
from enum import StrEnum
from typing import Any, Self

_CODE = re.compile(r"[A-ZĐ][A-ZĐ0-9_]*")


def plain_code(given: Any) -> Any:
    """Return the code of an authority as files name it: BGDĐT is BGDDT; what is no code stays as it is."""
    return given.replace("Đ", "D") if isinstance(given, str) and _CODE.fullmatch(given) else given


class SubjectKind(StrEnum):
    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"
    HOUSEHOLD = "household"


class CommendationType(StrEnum):
    MERIT = "MERIT"
    MOVEMENT = "MOVEMENT"
    THEMATIC = "THEMATIC"
    AD_HOC = "AD_HOC"
    CONTRIBUTION = "CONTRIBUTION"
    SENIORITY = "SENIORITY"
    EXTERNAL = "EXTERNAL"


FOR_ONE_DEED = frozenset({CommendationType.AD_HOC, CommendationType.MOVEMENT, CommendationType.THEMATIC})
"""Types that reward one deed or one movement, not years of work."""


class Level(StrEnum):
    """The level of the awarding body."""

    COMMUNE = "commune"
    UNIT = "unit"
    MINISTRY = "ministry"
    PROVINCE = "province"
    STATE = "state"


class StaffKind(StrEnum):
    CADRE = "cadre"
    CIVIL_SERVANT = "civil_servant"
    PUBLIC_EMPLOYEE = "public_employee"
    CONTRACT_INDEFINITE = "contract_indefinite"
    CONTRACT_FIXED = "contract_fixed"
    PROBATION = "probation"
    MEMBER = "member"
    OUTSIDER = "outsider"


class _Ordered(StrEnum):
    """Words with an order, the lowest first; ``rank`` counts from 0."""

    rank: int

    def __new__(cls, value: str) -> Self:
        word = str.__new__(cls, value)
        word._value_ = value
        word.rank = len(cls.__members__)
        return word


class Rating(_Ordered):
    FAILED = "FAILED"
    COMPLETED = "COMPLETED"
    GOOD = "GOOD"
    EXCELLENT = "EXCELLENT"


class Scope(_Ordered):
    """How far an initiative or a piece of research is recognised to reach."""

    CO_SO = "CO_SO"
    BO = "BO"
    TOAN_QUOC = "TOAN_QUOC"


class DisciplineLevel(_Ordered):
    KHIEN_TRACH = "KHIEN_TRACH"
    CANH_CAO = "CANH_CAO"
    HA_BAC_LUONG = "HA_BAC_LUONG"
    GIANG_CHUC = "GIANG_CHUC"
    CACH_CHUC = "CACH_CHUC"
    BUOC_THOI_VIEC = "BUOC_THOI_VIEC"


class StudyResult(_Ordered):
    POOR = "poor"
    AVERAGE = "average"
    GOOD = "good"
    """Loại khá."""
    VERY_GOOD = "very_good"
    EXCELLENT = "excellent"


class LeaveKind(StrEnum):
    MATERNITY = "maternity"
    WOUND = "wound"
    STUDY = "study"
    UNPAID = "unpaid"
    SICK = "sick"


class Pending(StrEnum):
    DISCIPLINE = "discipline"
    INVESTIGATION = "investigation"
    INSPECTION = "inspection"
    COMPLAINT = "complaint"
    PRESS = "press"


class Post(StrEnum):
    HEAD = "head"
    DEPUTY = "deputy"
    STAFF = "staff"
    MEDIATOR = "mediator"


class Role(StrEnum):
    """What somebody did in a research task; a member may have been anything."""

    LEAD = "lead"
    WRITER = "writer"
    """Viết ít nhất một nội dung."""
    SECRETARY = "secretary"
    MEMBER = "member"


class Attested(StrEnum):
    """What no register proves and a named person must vouch for."""

    FOLLOWS_RULES = "follows_rules"
    EXCEEDED_TARGETS = "exceeded_targets"
    NEW_MODEL = "new_model"
    SOLIDARITY = "solidarity"
    TAKES_PART = "takes_part"
    DEMOCRACY = "democracy"
    THRIFT = "thrift"
    PARTY_BODIES_GOOD = "party_bodies_good"
    MOVEMENT_EXCELLENT = "movement_excellent"
    OUTSTANDING_DEED = "outstanding_deed"
    CONTRIBUTION = "contribution"
    INVENTION = "invention"
    WIDE_EFFECT = "wide_effect"
    PLAN_SENT = "plan_sent"
    ANNIVERSARY = "anniversary"
    RETIRING = "retiring"
    ASSIGNED_TASK = "assigned_task"
    CONTEST_PRIZE = "contest_prize"
    NO_COMPLAINT = "no_complaint"
    PRIOR_APPROVAL = "prior_approval"
    TITLE_AT_ONCE = "title_at_once"
    REORGANISED = "reorganised"


class ListGroup(StrEnum):
    """A part of those who stand on a list."""

    WOMEN = "women"
    LEADERS = "leaders"
    DIRECT_WORKERS = "direct_workers"
    GRASSROOTS = "grassroots"
    SMALL_COLLECTIVES = "small_collectives"

    @property
    def asked_of(self) -> SubjectKind | None:
        """Return of whom it is asked; None: of everybody on the list."""
        if self is ListGroup.GRASSROOTS:
            return None
        return SubjectKind.COLLECTIVE if self is ListGroup.SMALL_COLLECTIVES else SubjectKind.INDIVIDUAL


class StageOfMovement(StrEnum):
    INTERIM = "interim"
    FINAL = "final"


TITLES_OF_PEOPLE = ("LDTT", "CSTDCS", "CSTDB", "CSTDTQ")
TITLES_OF_COLLECTIVES = ("TTLDTT", "TTLDXS", "CO_BO", "CO_CP")
TITLES_OF_PLACES = ("XATB", "THONVH", "GDVH")
"""Given to communes, villages and families."""

AWARDS = (
    *TITLES_OF_PEOPLE, *TITLES_OF_COLLECTIVES,
    "GIAY_KHEN", "BK_BO", "BK_TTG",
    "HCLD3", "HCLD2", "HCLD1", "HCDL3", "HCDL2", "HCDL1", "HCHCM", "HCSV",
    "HERO_LABOUR", "KNC", *TITLES_OF_PLACES,
)  # fmt: skip

TITLES_OF_ONE_YEAR = frozenset({"LDTT", "CSTDCS", "TTLDTT"})
"""Given once for each year: written for several, one is held for every one of them."""


def times_held(award: str, first: int, last: int, *beside: object) -> tuple[tuple[object, ...], ...]:
    """Return what two givings of one title share when they are for the same time, each with its year first.

    A yearly title is given once for each year. Of another one, ``beside`` (the type, the giver) tells two of the
    same years apart: a ministry and a province may both give theirs, for merit as well as for a theme.
    """
    if award in TITLES_OF_ONE_YEAR:
        return tuple((year, award) for year in range(first, last + 1))
    return ((last, award, first, *beside),)


GIVEN_BEYOND_ITS_OWN = frozenset({"BK_BO", "CO_BO", "KNC"})
"""Awards a ministry gives also to those it does not run: whoever receives them, its own rules decide."""

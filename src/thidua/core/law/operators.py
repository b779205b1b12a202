"""The closed set of operators a condition may use, each with what a law file says of it.

What they mean on a case is in ``thidua.core.eligibility``; a new operator is code there and here,
a new rule is a line of a law file. ``Amount`` is a number or the name of a dated figure.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, with_config

from thidua.core.law.exact import STRICT, Amount, Sex, Words
from thidua.core.law.words import (
    Attested,
    CommendationType,
    DisciplineLevel,
    LeaveKind,
    Level,
    Pending,
    Post,
    Rating,
    Scope,
    StaffKind,
    StageOfMovement,
    StudyResult,
)

ONE = Fraction(1)
Types = tuple[CommendationType, ...]
PerSex = dict[Sex, Amount]


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive rated years up to the year asked about, after an earlier honour where one is named."""

    rating: Rating
    after: Words = ()
    not_types: Types = ()
    doubtful_types: Types = ()
    anew: bool = False
    """Years up to the end of a discipline are not counted."""
    renewed: bool = False
    """Years up to the last honour of the award asked about are not counted again."""


# -- the person ---------------------------------------------------------------------------------


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class RatingAtLeast:
    at_least: Rating


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Employed:
    """Recruited at least so many months ago, counted to the day asked about within the year."""

    months: Amount


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Absence:
    """Off work less than so many months in the year; kinds neither counted nor excused are doubtful."""

    below: Amount
    counted: tuple[LeaveKind, ...]
    excused: tuple[LeaveKind, ...]
    up_to: Amount | None = None
    """From so many months on, the text is silent and this condition does not speak."""


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Study:
    """A course of so many months or more counts as work only with such a result."""

    months: Amount
    result: StudyResult


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Transfer:
    """Who moved in the year after so many months in the old unit needs its comment."""

    months: Amount


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Staff:
    one_of: tuple[StaffKind, ...]
    contract_months: Amount | None = None


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Occupation:
    one_of: Words


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Discipline:
    """Not disciplined from a level up: in the year, on the day, or within so many years of its end."""

    level: DisciplineLevel
    during: Literal["year", "day", "ever"]
    years_clear: Amount = Fraction(0)


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class NothingPending:
    none_of: tuple[Pending, ...]


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Registered:
    pass


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Vouched:
    what: Attested


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Tenure:
    """Years in the unit, from the day of recruitment (of founding, for a collective)."""

    years: Amount | PerSex


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Multiplier:
    """Years under a regional allowance within these bounds count so many times."""

    hardship_from: Amount
    factor: Amount
    hardship_to: Amount | None = None


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Earlier:
    """An honour of these shortens the years asked for; only the largest such reduction is taken."""

    awards: Words
    years: Amount


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Service:
    """Years of service of a kind, with what makes them count more and what makes them fewer."""

    years: Amount | PerSex
    posts: tuple[Post, ...] = ()
    moved_in: bool | None = None
    sector: Literal["own", "other", "any"] = "own"
    years_in_sector: Amount | PerSex | None = None
    hardship: bool = False
    """Only years in a hard area count."""
    unbroken: bool = False
    multipliers: tuple[Multiplier, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    without_discipline: bool = False


# -- the record of honours and initiatives ---------------------------------------------------------


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Holds:
    """So many honours of one of the awards, for the year asked about or ever."""

    award: Words
    period: Literal["same-year", "ever"] = "ever"
    at_least: Amount = ONE
    at_most: Amount | None = None
    not_types: Types = ()
    doubtful_types: Types = ()
    own: bool = False
    """Only those given by the same authority."""


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Chain:
    """So many consecutive years of a rating or of a title, up to the year asked about."""

    years: Amount
    rating: Rating | None = None
    award: Words = ()
    after: Words = ()
    not_types: Types = ()
    doubtful_types: Types = ()
    anew: bool = False
    renewed: bool = False
    ends: Literal["year", "year-or-before"] = "year"


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Count:
    """So many years of a rating, or honours of one of the awards, within a run of years."""

    at_least: Amount
    within: Run
    rating: Rating | None = None
    award: Words = ()
    not_types: Types = ()


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Times:
    """So many times in a row, no two of them further apart than so many years."""

    award: Words
    times: Amount
    apart: Amount


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Since:
    """Years from the latest honour, from the end of its achievement or its decision, whichever is later."""

    award: Words
    at_least: Amount = Fraction(0)
    at_most: Amount | None = None
    own: bool = False


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Initiatives:
    """So many initiatives of a scope or wider, in the last years or within a run of years."""

    scope: Scope
    at_least: Amount = ONE
    years: Amount | None = None
    within: Run | None = None
    applied: bool = False
    replicable: bool = False
    reuse: str | None = None


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Research:
    scope: Scope
    at_least: Amount = ONE
    years: Amount | None = None
    within: Run | None = None
    sure_roles: tuple[Literal["lead", "member"], ...] = ("lead", "member")


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class InitiativeReuse:
    """Notices that the initiatives at hand have already served for another award."""

    rule_figure: str


# -- the collective ------------------------------------------------------------------------------

MembersOf = Literal[
    "women",
    "completed",
    "good_or_better",
    "LDTT",
    "CSTDCS",
    "disciplined_from_CANH_CAO",
    "disciplined_from_KHIEN_TRACH",
]


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Share:
    """A share of the members: at least, or strictly more than."""

    of: MembersOf
    at_least: Amount | None = None
    more_than: Amount | None = None


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Members:
    of: MembersOf
    at_least: Amount | None = None
    at_most: Amount | None = None


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Existed:
    """Founded at least so many months ago; a reorganised collective inherits, or is excepted."""

    months: Amount
    reorganised: Literal["counts-anew", "inherits", "excepted"] = "counts-anew"


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class NotDissolved:
    pass


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class LeadsCluster:
    acclaimed: bool = False


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class FlagScheme:
    inside: bool


# -- the procedure -------------------------------------------------------------------------------


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class AwardedBy:
    one_of: tuple[Level, ...]


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Vote:
    """The share of those in favour, of all seats or, without a meeting, of the answers received."""

    reaches: Amount | None = None
    more_than: Amount | None = None
    base: Literal["all-members", "answers"] = "all-members"
    meeting: Literal["any", "held", "by-writing"] = "any"


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Quorum:
    reaches: Amount
    counting: Literal["present", "taking-part", "answers"] = "present"
    meeting: Literal["any", "held", "by-writing"] = "any"


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class SecretBallot:
    pass


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class WrittenOpinions:
    """Every absent member gave an opinion in writing."""


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Published:
    """The list stood open for so many working days before the sitting."""

    working_days: Amount


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Paper:
    paper: Literal["party_opinion", "tax_confirmation"]
    asked_of: Literal["all", "tax-payers", "party-managed"] = "all"


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class ReportAge:
    months: Amount


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class OnceAYear:
    """No other proposal, and no honour decided, for one of these awards in the year."""

    among: Words
    except_types: Types = ()


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class NotProposedFor:
    award: Words


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class OneFormForOneAchievement:
    among: Words


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Movement:
    launched_by: Literal["PM", "ministry", "any"] = "any"
    years: Amount = Fraction(0)
    stages: tuple[StageOfMovement, ...] = ()


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class ShareOf:
    """On a whole list: the number of this award against the number of another."""

    award: Words
    at_most: Amount


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class OfType:
    """The type of commendation is one the law of the day knows."""

    one_of: Annotated[Types, Field(min_length=1)]


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Unstated:
    """The facts at hand state no rule here: the answer is unknown, never invented."""


OPERATORS: dict[str, type] = {
    "rating": RatingAtLeast, "employed": Employed, "absence": Absence, "study": Study, "transfer": Transfer,
    "staff": Staff, "occupation": Occupation, "discipline": Discipline, "pending": NothingPending,
    "registered": Registered, "attested": Vouched, "tenure": Tenure, "service": Service,
    "holds": Holds, "chain": Chain, "count": Count, "times": Times, "since": Since,
    "initiative": Initiatives, "research": Research, "initiative_reuse": InitiativeReuse,
    "share": Share, "members": Members, "existed": Existed, "not_dissolved": NotDissolved,
    "cluster": LeadsCluster, "flag_scheme": FlagScheme,
    "awarded_by": AwardedBy, "vote": Vote, "quorum": Quorum, "secret_ballot": SecretBallot,
    "written_opinions": WrittenOpinions, "published": Published, "paper": Paper, "report_age": ReportAge,
    "once_a_year": OnceAYear, "not_proposed_for": NotProposedFor,
    "one_form": OneFormForOneAchievement, "movement": Movement, "share_of": ShareOf,
    "type": OfType, "unstated": Unstated,
}  # fmt: skip

"""A case: one question to the law. What is left out is not known; an empty list, false or 0 is known."""

from collections.abc import Callable
from dataclasses import field
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, GetPydanticSchema
from pydantic.dataclasses import dataclass
from pydantic_core.core_schema import no_info_wrap_validator_function

from thidua.core.law.exact import STRICT, Day, Exact, Sex, wrong
from thidua.core.law.words import (
    AWARDS,
    TITLES_OF_ONE_YEAR,
    Attested,
    CommendationType,
    DisciplineLevel,
    LeaveKind,
    Level,
    Pending,
    Post,
    Rating,
    Role,
    Scope,
    StaffKind,
    StageOfMovement,
    StudyResult,
    SubjectKind,
    plain_code,
)

FIRST_YEAR = 1945
LAST_YEAR = 9999
_KNOWN_AWARDS = frozenset(AWARDS)
_VOUCHED = frozenset(word.value for word in Attested)
_LIKE_A_SLIP = 0.9


def _award(given: Any) -> str:
    if not isinstance(given, str) or given not in _KNOWN_AWARDS:
        raise wrong(
            "không có danh hiệu hoặc hình thức “{given}” trong danh mục. Dùng một trong: {known}; danh hiệu cũ không "
            "có trong danh mục thì bỏ khỏi lịch sử.",
            given=given, known=", ".join(AWARDS),
        )  # fmt: skip
    return str(given)


def _period(given: Any) -> Any:
    """Return [first, last] of one year or of two."""
    match given:
        case [first, last] | (first, last):
            first, last = year_of(first), year_of(last)
        case [one]:
            first = last = year_of(one)
        case [_, _, *_]:
            raise wrong("có nhiều hơn hai năm. Ghi một năm, hoặc [năm đầu, năm cuối].")
        case _:
            first = last = year_of(given)
    if first > last:
        raise wrong("năm đầu {first} sau năm cuối {last}. Đổi lại thứ tự.", first=first, last=last)
    return first, last


def year_of(given: Any) -> int:
    text = str(given)
    if not text.isdecimal() or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise wrong("“{given}” không phải là một năm. Viết bốn chữ số, như 2023.", given=given)
    return int(text)


def stated(given: Any) -> Any:
    """Return what plain values state: within mappings an empty value says no more than a missing key."""
    if isinstance(given, dict):
        return {key: stated(value) for key, value in given.items() if value is not None}
    return [stated(item) for item in given] if isinstance(given, list) else given


def _vouched(given: Any) -> Any:
    """Return the words some rule asks for; any other word is the writer's own, unless it looks like a slip."""
    given = stated({} if given is None else given)
    if not isinstance(given, dict):
        return given
    for word in given:
        if word not in _VOUCHED and (
            near := get_close_matches(str(word), _VOUCHED, n=1, cutoff=_LIKE_A_SLIP)
        ):
            raise wrong("không có lời xác nhận “{word}”. Có phải “{near}”?", word=word, near=near[0])
    return {word: value for word, value in given.items() if word in _VOUCHED}


AwardId = Annotated[str, BeforeValidator(_award)]
Code = Annotated[str, BeforeValidator(plain_code)]
Year = Annotated[int, BeforeValidator(year_of)]
Period = Annotated[tuple[int, int], BeforeValidator(_period)]
Number = Annotated[int, Field(ge=0, le=10**9)]
Ratings = Annotated[dict[Year, Rating], BeforeValidator(stated)]
MonthsWorked = Annotated[dict[Year, Exact], BeforeValidator(stated)]
Vouched = Annotated[dict[Attested, bool], BeforeValidator(_vouched)]


@dataclass(frozen=True, slots=True, config=STRICT)
class Honour:
    """A title or form received, for a period of achievement in years, first and last."""

    award: AwardId
    period: Period | None = None
    type: CommendationType = CommendationType.MERIT
    decided_on: Day | None = None
    number: str | None = None
    issuer: Code | None = None
    revoked_on: Day | None = None

    @property
    def first_year(self) -> int | None:
        return self.period[0] if self.period else self.decided_on.year if self.decided_on else None

    @property
    def last_year(self) -> int | None:
        """Return the year from which the next waiting time runs: of the achievement, else of the decision."""
        return self.period[1] if self.period else self.decided_on.year if self.decided_on else None

    @property
    def years_rewarded(self) -> range:
        """Return the years it counts for: of a yearly title each one, else the last of the achievement."""
        first, last = self.first_year, self.last_year
        if first is None or last is None:
            return range(0)
        return range(first if self.award in TITLES_OF_ONE_YEAR else last, last + 1)


@dataclass(frozen=True, slots=True, config=STRICT)
class Use:
    award: AwardId
    decided_on: Day | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class Initiative:
    scope: Scope
    recognised_on: Day | None = None
    applied_on: Day | None = None
    replicable: bool | None = None
    used_for: tuple[Use, ...] = ()
    number: str | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class ResearchWork:
    scope: Scope
    accepted_on: Day | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class ServiceTime:
    from_day: Annotated[Day, Field(alias="from")]
    to_day: Annotated[Day | None, Field(alias="to")] = None
    sector: str | None = None
    post: Post = Post.STAFF
    moved_in: bool = False
    hardship: Exact | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class DisciplineTime:
    level: DisciplineLevel
    from_day: Annotated[Day, Field(alias="from")]
    to_day: Annotated[Day | None, Field(alias="to")] = None


@dataclass(frozen=True, slots=True, config=STRICT)
class Leave:
    kind: LeaveKind
    from_day: Annotated[Day, Field(alias="from")]
    to_day: Annotated[Day | None, Field(alias="to")] = None
    result: StudyResult | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class Transferred:
    on_day: Annotated[Day, Field(alias="on")]
    from_unit: str | None = None
    to_unit: str | None = None
    old_unit_comment: bool | None = None
    secondment: bool = False


@dataclass(frozen=True, slots=True, config=STRICT)
class MemberCounts:
    total: Annotated[int, Field(ge=1, le=10**7)] | None = None
    women: Number | None = None
    completed: Number | None = None
    good_or_better: Number | None = None
    LDTT: Number | None = None
    CSTDCS: Number | None = None
    disciplined_from_warning: Annotated[Number | None, Field(alias="disciplined_from_CANH_CAO")] = None
    disciplined_from_reprimand: Annotated[Number | None, Field(alias="disciplined_from_KHIEN_TRACH")] = None


@dataclass(frozen=True, slots=True, config=STRICT)
class ClusterPlace:
    rank: Annotated[int, Field(ge=1)] | None = None
    size: Annotated[int, Field(ge=1)] | None = None
    acclaimed: bool | None = None


def _in_cluster(
    given: Any, place: Callable[[Any], ClusterPlace | None]
) -> ClusterPlace | Literal[False] | None:
    return False if given is False or given in _IN_NONE else place(given)


_IN_NONE = ("false", "none")
InCluster = Annotated[
    ClusterPlace | Literal[False] | None,
    GetPydanticSchema(
        lambda _kind, schema_of: no_info_wrap_validator_function(_in_cluster, schema_of(ClusterPlace | None))
    ),
]
"""False: the collective stands in no cluster of the year, which is more than not to know of any."""


@dataclass(frozen=True, slots=True, config=STRICT)
class Reorganised:
    """A recorded decision that the collective goes on from another one."""

    unit: str | None = None
    founded_on: Day | None = None
    decided_on: Day | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class Subject:
    kind: SubjectKind
    sex: Sex | None = None
    staff_kind: StaffKind | None = None
    contract_months: Number | None = None
    occupation: str | None = None
    manager: bool | None = None
    hired_on: Day | None = None
    working_months: MonthsWorked | None = None
    ratings: Ratings | None = None
    honours: tuple[Honour, ...] | None = None
    initiatives: tuple[Initiative, ...] | None = None
    research: tuple[ResearchWork, ...] | None = None
    service: tuple[ServiceTime, ...] | None = None
    discipline: tuple[DisciplineTime, ...] | None = None
    leave: tuple[Leave, ...] | None = None
    transfers: tuple[Transferred, ...] | None = None
    pending: tuple[Pending, ...] | None = None
    attested: Vouched = field(default_factory=dict)
    registered: bool | None = None
    founded_on: Day | None = None
    dissolved_on: Day | None = None
    reorganised_from: Reorganised | None = None
    legal_entity: bool | None = None
    small: bool | None = None
    in_flag_scheme: bool | None = None
    pays_budget: bool | None = None
    members: MemberCounts | None = None
    cluster: InCluster = None


@dataclass(frozen=True, slots=True, config=STRICT)
class MovementFacts:
    launched_by: str | None = None
    from_day: Annotated[Day | None, Field(alias="from")] = None
    to_day: Annotated[Day | None, Field(alias="to")] = None
    stage: StageOfMovement | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class Proposal:
    award: AwardId
    type: CommendationType = CommendationType.MERIT
    year: Period | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class Papers:
    report_dated_on: Day | None = None
    party_opinion: bool | None = None
    tax_confirmation: bool | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class PublishedSpan:
    from_day: Annotated[Day, Field(alias="from")]
    to_day: Annotated[Day | None, Field(alias="to")] = None


@dataclass(frozen=True, slots=True, config=STRICT)
class VoteCount:
    held_on: Day | None = None
    seats: Annotated[int, Field(ge=1, le=1000)] | None = None
    present: Number | None = None
    written: Number = 0
    recused: Number = 0
    in_favour: Number | None = None
    against: Number = 0
    blank: Number = 0
    secret: bool | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class Case:
    """One question; see ``docs/case-format.md``."""

    on: Day
    award: AwardId
    subject: Subject
    received_on: Day | None = None
    type: CommendationType = CommendationType.MERIT
    authority: Code | None = None
    level: Level | None = None
    year: Period | None = None
    open_from: Year | None = None
    """The first year that is still being judged: of it and later ones no title was refused yet."""
    movement: MovementFacts | None = None
    proposals: tuple[Proposal, ...] | None = None
    papers: Papers | None = None
    published: PublishedSpan | None = None
    vote: VoteCount | None = None
    batch: dict[AwardId, Number] | None = None

    @property
    def sitting_on(self) -> date | None:
        """Return the day of the vote: that of the decision where the case names none."""
        return None if self.vote is None else self.vote.held_on or self.on

    @property
    def received(self) -> date:
        return self.received_on or self.on

    @property
    def first_year(self) -> int:
        return self.year[0] if self.year else self.last_year

    @property
    def last_year(self) -> int:
        """Return the last year of the achievement; where the case names none, the last one rated."""
        if self.year:
            return self.year[1]
        rated = [year for year in self.subject.ratings or () if year <= self.on.year]
        return max(rated, default=self.received.year)

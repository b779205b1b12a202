"""The registers of many people as columns: the facts of ``cases``, read without making a case of each.

Days and ids come as text from the database: a whole column is then read at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import polars as pl
from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast

from thidua.commendations.selectors.cases import (
    DEPUTY,
    ENDING,
    RECORDED,
    disciplines_of,
    leaves_of,
    ratings_given,
)
from thidua.core.eligibility.columns.population import PARTS, PERSON, Population
from thidua.core.law.words import (
    TITLES_OF_ONE_YEAR,
    TITLES_OF_PEOPLE,
    Attested,
    DisciplineLevel,
    Post,
    Rating,
    Scope,
    StudyResult,
)
from thidua.honours.catalogue import catalogue
from thidua.honours.models import Honour, HonourEvent
from thidua.initiatives.models import Initiative, InitiativeUse
from thidua.initiatives.selectors import keeps_research, recognised_by
from thidua.organisations.models import Person
from thidua.organisations.models import Post as PostHeld


@dataclass(frozen=True, slots=True)
class Listed:
    """People in the order of their list; row ``n`` of the population is ``ids[n]``."""

    ids: tuple[str, ...]
    population: Population

    def uuids(self, rows: Iterable[int]) -> list[UUID]:
        return [UUID(self.ids[row]) for row in rows]


def listed_with_facts(people: QuerySet[Person], *, on: date, sensitive: bool = True) -> Listed:
    """Return the people with what the registers knew of them on ``on``, nothing pending. Ten queries.

    ``people`` is asked again within each query, so it must be a plain condition without a slice.
    Without ``sensitive`` it reads as if discipline and leave for health had never been recorded.
    """
    everybody = frame(people.values_list(text("pk"), "sex"), person=pl.String, sex=pl.String)
    everybody = everybody.with_row_index("row")
    reading = _Reading(
        everybody.select("row", "person"), people.order_by().values("pk"), on, sensitive=sensitive
    )
    works = reading.works()
    parts = {name: empty(name) for name in PARTS} | {
        "honours": reading.honours(),
        "ratings": reading.ratings(),
        "initiatives": reading.initiatives(works),
        "research": research(works),
        "discipline": reading.discipline(),
        "leave": reading.leave(),
    }
    posts = reading.posts()
    parts |= {"service": service(posts), "transfers": transfers(posts)}
    persons = described(everybody, posts, parts, on)
    return Listed(tuple(everybody["person"]), Population(persons, parts))


def text(name: str) -> Cast:
    return Cast(F(name), CharField())


def frame(rows: Iterable[Any], **columns: Any) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=columns, orient="row")


def empty(part: str) -> pl.DataFrame:
    return pl.DataFrame(schema={"row": pl.UInt32, **PARTS[part]})


def in_shape(part: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows as the columns of a part; days come as text."""
    shape: dict[str, Any] = {"row": pl.UInt32, **PARTS[part]}
    written = [name for name in rows.columns if shape.get(name) == pl.Date and rows[name].dtype == pl.String]
    days = [pl.col(name).str.to_date() for name in written]
    return rows.with_columns(days).select(pl.col(name).cast(kind) for name, kind in shape.items())


class _Reading:
    """Reads one register after another for the same people."""

    def __init__(
        self, places: pl.DataFrame, people: QuerySet[Any, Any], on: date, *, sensitive: bool
    ) -> None:
        self.places = places
        self.people = people
        self.on = on
        self.sensitive = sensitive

    def _placed(self, rows: QuerySet[Any], values: tuple[Any, ...], **columns: Any) -> pl.DataFrame:
        found = frame(rows.values_list(text("person_id"), *values), person=pl.String, **columns)
        return found.join(self.places, on="person", maintain_order="left")

    def ratings(self) -> pl.DataFrame:
        given = ratings_given(self.on).filter(person__in=self.people)
        rows = self._placed(given, ("year", "level"), year=pl.Int16, level=pl.String)
        return in_shape("ratings", rows.with_columns(rank=ranked("level", Rating)))

    def discipline(self) -> pl.DataFrame:
        times = disciplines_of(self.people, self.on, sensitive=self.sensitive)
        rows = self._placed(
            times,
            ("level", text("valid_from"), text("valid_until")),
            **{"level": pl.String, "from": pl.String, "until": pl.String},
        )
        return in_shape("discipline", rows.with_columns(last_day(), rank=ranked("level", DisciplineLevel)))

    def leave(self) -> pl.DataFrame:
        times = leaves_of(self.people, self.on, sensitive=self.sensitive)
        rows = self._placed(
            times,
            ("kind", text("valid_from"), text("valid_until"), "result"),
            **{"kind": pl.String, "from": pl.String, "until": pl.String, "result": pl.String},
        )
        return in_shape("leave", rows.with_columns(last_day(), result=ranked("result", StudyResult)))

    def honours(self) -> pl.DataFrame:
        given = Honour.objects.filter(person__in=self.people, decided_on__lte=self.on)
        rows = self._placed(
            given.exclude(state=Honour.State.VOID),
            (text("pk"), "award", "type", "period_from", "period_to", text("decided_on"), "issuer"),
            honour=pl.String,
            award=pl.String,
            type=pl.String,
            first=pl.Int16,
            last=pl.Int16,
            decided_on=pl.String,
            issuer=pl.String,
        )
        rows = titles_once(rows.join(self._ceased(), on="honour", how="left"))
        return in_shape("honours", rows.with_columns(stated=pl.lit(True)))

    def _ceased(self) -> pl.DataFrame:
        """Return the day each honour last ceased on, those restored since left out."""
        events = HonourEvent.objects.filter(
            honour__person__in=self.people, kind__in=ENDING, on__lte=self.on
        ).order_by("on", "at")
        days: dict[str, str] = {}
        for honour, kind, day in events.values_list(text("honour_id"), "kind", text("on")):
            days[honour] = day
            if kind == HonourEvent.Kind.RESTORED:
                del days[honour]
        return frame(days.items(), honour=pl.String, revoked_on=pl.String)

    def works(self) -> pl.DataFrame:
        """Return the initiatives and the research of the people, told apart by ``kind``."""
        made = recognised_by(self.on).filter(person__in=self.people)
        rows = self._placed(
            made,
            (
                text("initiative_id"),
                F("initiative__kind"),
                F("initiative__scope"),
                text("initiative__recognised_on"),
                text("initiative__applied_on"),
                F("initiative__replicable"),
                text("initiative__accepted_on"),
                "role",
            ),
            initiative=pl.String,
            kind=pl.String,
            level=pl.String,
            recognised_on=pl.String,
            applied_on=pl.String,
            replicable=pl.Boolean,
            accepted_on=pl.String,
            role=pl.String,
        )
        return rows.with_columns(scope=ranked("level", Scope))

    def initiatives(self, works: pl.DataFrame) -> pl.DataFrame:
        raised = works.filter(pl.col("kind") == Initiative.Kind.INITIATIVE.value)
        rows = raised.join(self._uses(), on=["initiative", "person"], how="left").with_columns(
            used=pl.col("used").fill_null(False), used_for_form=pl.col("used_for_form").fill_null(False)
        )
        return in_shape("initiatives", rows)

    def _uses(self) -> pl.DataFrame:
        uses = InitiativeUse.objects.filter(person__in=self.people)
        rows = frame(
            uses.order_by().values_list(text("initiative_id"), text("person_id"), "award"),
            initiative=pl.String,
            person=pl.String,
            award=pl.String,
        )
        return rows.group_by("initiative", "person").agg(
            used=pl.lit(True), used_for_form=(~pl.col("award").is_in(TITLES_OF_PEOPLE)).any()
        )

    def posts(self) -> pl.DataFrame:
        """Return the main posts, each person's earliest first, with ``from`` and ``to`` as days."""
        held = PostHeld.objects.filter(person__in=self.people, valid_from__lte=self.on, is_main=True)
        rows = self._placed(
            held.order_by("valid_from", "pk"),
            (
                text("unit_id"),
                "position",
                "staff_kind",
                "is_manager",
                "is_secondment",
                "contract_months",
                text("valid_from"),
                text("valid_until"),
            ),
            **{
                "unit": pl.String,
                "position": pl.String,
                "staff_kind": pl.String,
                "is_manager": pl.Boolean,
                "secondment": pl.Boolean,
                "contract_months": pl.Int32,
                "from": pl.String,
                "until": pl.String,
            },
        )
        return rows.with_columns(last_day().str.to_date(), pl.col("from").str.to_date())


def titles_once(honours: pl.DataFrame) -> pl.DataFrame:
    """Return the honours without titles given once more for a time for which they stand, as ``times_of_title`` says."""
    titles = [entry.id for entry in catalogue().values() if entry.is_title]
    stands = pl.col("award").is_in(titles) & pl.col("revoked_on").is_null()
    body = pl.concat_str("type", pl.col("issuer").str.to_lowercase(), separator="\n")
    yearly = pl.col("award").is_in(sorted(TITLES_OF_ONE_YEAR))
    firsts = (
        honours.filter(stands)
        .sort("decided_on", "honour")
        .with_columns(body=pl.when(~yearly).then(body))
        .unique(["row", "award", "first", "last", "body"], keep="first", maintain_order=True)
    )
    return pl.concat([firsts.drop("body"), honours.filter(~stands)])


def research(works: pl.DataFrame) -> pl.DataFrame:
    accepted = works.filter(pl.col("kind") != Initiative.Kind.INITIATIVE.value)
    role = pl.when(pl.col("role") != "").then(pl.col("role"))
    return in_shape("research", accepted.with_columns(role=role))


def last_day() -> pl.Expr:
    """Return the last day of a half-open time, as text."""
    return pl.col("until").str.to_date().dt.offset_by("-1d").dt.to_string("%Y-%m-%d").alias("to")


def ranked(column: str, words: Any) -> pl.Expr:
    return pl.col(column).replace_strict(
        {word.value: word.rank for word in words}, default=None, return_dtype=pl.Int8
    )


def service(posts: pl.DataFrame) -> pl.DataFrame:
    deputy = pl.col("position").str.to_lowercase().str.starts_with(DEPUTY)
    post = (
        pl.when(~pl.col("is_manager"))
        .then(pl.lit(Post.STAFF.value))
        .when(deputy)
        .then(pl.lit(Post.DEPUTY.value))
        .otherwise(pl.lit(Post.HEAD.value))
    )
    return in_shape(
        "service", posts.with_columns(post=post, sector=None, moved_in=pl.lit(False), hardship=None)
    )


def transfers(posts: pl.DataFrame) -> pl.DataFrame:
    before = pl.col("unit").shift(1).over("row")
    moves = posts.filter(before.is_not_null() & (before != pl.col("unit")))
    return in_shape("transfers", moves.with_columns(comment=None, on=pl.col("from")))


def described(
    everybody: pl.DataFrame, posts: pl.DataFrame, parts: dict[str, pl.DataFrame], on: date
) -> pl.DataFrame:
    """Return one row per person: the working life of the day, and which parts are known."""
    hired = posts.group_by("row").agg(hired_on=pl.col("from").min())
    holds = pl.col("to").is_null() | (pl.col("to") >= on)
    current = posts.filter(holds).group_by("row", maintain_order=True).last()
    recorded = pl.concat([parts[part].select("row") for part in sorted(RECORDED)]).unique()
    some = pl.col("some").fill_null(False)
    employed = pl.col("hired_on").is_not_null()
    known = {**dict.fromkeys(RECORDED, some), "service": employed, "transfers": employed}
    known |= {"pending": pl.lit(True), "research": some & pl.lit(keeps_research(on))}
    persons = (
        everybody.join(hired, on="row", how="left", maintain_order="left")
        .join(
            current.select("row", "staff_kind", "contract_months"),
            on="row",
            how="left",
            maintain_order="left",
        )
        .join(recorded.with_columns(some=pl.lit(True)), on="row", how="left", maintain_order="left")
    )
    unstated = {name: None for name in PERSON if name not in persons.columns}
    sex = pl.when(pl.col("sex") != "").then(pl.col("sex"))
    stated = {f"knows_{part}": known[part] for part in PARTS} | {
        f"attested_{what.value}": pl.lit(None, pl.Boolean) for what in Attested
    }
    return persons.with_columns(sex=sex, **unstated).select(
        "row", *(pl.col(name).cast(kind) for name, kind in PERSON.items()), **stated
    )

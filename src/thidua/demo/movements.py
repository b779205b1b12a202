"""The demonstration's movements at their stages, as of a given day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from thidua.demo.clusters import load_clusters
from thidua.demo.data_files import DATA, read_yaml
from thidua.demo.participations import Participation, Reached, Term, participation
from thidua.demo.units import Sector, Unit, load_units

Status = Literal["preparing", "launched", "closed"]
MovementKind = Literal["regular", "thematic", "high_point"]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """How far the check of a plan has come: whole fields, and shares of others in the document's order."""

    whole_fields: tuple[str, ...]
    shares: Mapping[str, float]
    by: str


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """A unit's own plan worth making in full; ``file`` where its text lies among the sample plans.

    ``contents`` are numbers of the parent's contents taken over; ``targets`` are values of the field of that
    name; ``acknowledged_share`` of the unit's people read it.
    """

    unit: str
    number: str
    issued_on: date
    theme: str
    prepared_by: str
    signed_by: str
    launched_to_people_on: date
    acknowledged_share: float
    file: str | None = None
    contents: tuple[str, ...] = ()
    targets: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One change of an amendment: parts ``set`` on the item of ``field`` whose quote holds ``find``, or ``add``."""

    field: str
    find: str
    new_parts: Mapping[str, Any]
    is_addition: bool


@dataclass(frozen=True, slots=True)
class Amendment:
    """An amending decision and what it changes in the plan."""

    file: str
    effective_on: date
    by: str
    changes: tuple[PlanChange, ...]


@dataclass(frozen=True, slots=True)
class EventDay:
    """An event that deadlines hang on, known by words of the plan; None while it has no day.

    ``what`` is the work that waits for it, for the officer to add where a reading leaves it out.
    """

    find: str
    happened_on: date | None
    what: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """A duty known by words of the plan, done by ``unit`` on ``day``."""

    find: str
    unit: str
    day: date


@dataclass(frozen=True, slots=True)
class DemoMovement:
    """A movement; people are staff codes, units and clusters codes, ``plan`` a file of the sample plans."""

    key: str
    plan: str
    status: Status
    kind: MovementKind
    organiser: str
    cluster: str | None
    prepared_by: str
    launched_by: str | None
    taken_in_on: date
    launched_on: date | None
    closed_on: date | None
    terms: tuple[Term, ...]
    participations: tuple[Participation, ...]
    confirmation: Confirmation | None
    own_plans: tuple[OwnPlan, ...]
    amendment: Amendment | None
    events: tuple[EventDay, ...]
    finished: tuple[Finished, ...]
    reminded_on: tuple[date, ...]


def load_movements(today: date) -> tuple[DemoMovement, ...]:
    """Return the movements as they stand at the end of ``today``; nothing in them is later."""
    units = load_units()
    return tuple(_movement(row, units, today) for row in read_yaml(DATA / "movements.yaml"))


def _movement(row: dict[str, Any], units: Sector, today: date) -> DemoMovement:
    terms = tuple(Term(state, day) for state, day in row.get("steps", {}).items())
    participations = tuple(_participations(row, units, terms, today))
    confirmed = row.get("confirmed")
    taken_in_on = row.get("taken_in_on") or today - timedelta(days=row["taken_in_days_ago"])
    return DemoMovement(
        key=row["key"],
        plan=row["plan"],
        status=row["status"],
        kind=row["kind"],
        organiser=row["organiser"],
        cluster=row.get("cluster"),
        prepared_by=row["prepared_by"],
        launched_by=row.get("launched_by"),
        taken_in_on=taken_in_on,
        launched_on=row.get("launched_on"),
        closed_on=row.get("closed_on"),
        terms=terms,
        participations=participations,
        confirmation=Confirmation(tuple(confirmed["all"]), confirmed["share"], confirmed["by"])
        if confirmed
        else None,
        own_plans=tuple(_own_plans(row, participations, today)),
        amendment=_amendment(row.get("amendment"), today),
        events=tuple(_events(row, today)),
        finished=tuple(
            Finished(f["find"], f["unit"], f["day"]) for f in row.get("finished", ()) if f["day"] <= today
        ),
        reminded_on=tuple(day for day in row.get("reminded_on", ()) if day <= today),
    )


def _participations(
    row: dict[str, Any], units: Sector, terms: tuple[Term, ...], today: date
) -> Iterator[Participation]:
    launched_on = row.get("launched_on")
    if launched_on is None or launched_on > today:
        return
    joining_until = row.get("joining_until", launched_on)
    for unit in units.on(max(launched_on, joining_until)):
        if any(_chosen(unit, rule) for rule in row["units"]):
            received_on = max(launched_on, unit.founded_on)
            own_terms = _terms_of(unit, launched_on, terms, row.get("days_for_new_units", {}))
            known = row["known"].get(unit.code, {})
            part = participation(row["key"], unit, received_on, own_terms, known, today)
            yield _as_organiser(part) if unit.code == row["organiser"] else part


def _as_organiser(part: Participation) -> Participation:
    """Return the part of a cluster's lead: the cluster's plan is its own, launched the day it received it."""
    received, *later = part.reached
    early = (Reached("own_plan", received.on, 0), Reached("launched", received.on, 0))
    others = [step for step in later if step.state not in ("own_plan", "launched")]
    return replace(part, reached=(received, *early, *others))


def _chosen(unit: Unit, rule: dict[str, Any]) -> bool:
    if "cluster" in rule:
        cluster = next(c for c in load_clusters() if c.code == rule["cluster"])
        return unit.code in {member.unit for member in cluster.members}
    return unit.kind in rule["kinds"] and rule.get("parent", unit.parent) == unit.parent


def _terms_of(
    unit: Unit, launched_on: date, terms: tuple[Term, ...], days: dict[str, int]
) -> tuple[Term, ...]:
    """Give a unit founded after the launch its own terms, counted from its first day."""
    if unit.founded_on <= launched_on:
        return terms
    return tuple(
        Term(term.state, unit.founded_on + timedelta(days=days[term.state])) if term.state in days else term
        for term in terms
    )


def _own_plans(
    row: dict[str, Any], participations: tuple[Participation, ...], today: date
) -> Iterator[OwnPlan]:
    parts = {part.unit: part for part in participations}
    for plan in row.get("own_plans", ()):
        issued_on = parts[plan["unit"]].day_of("own_plan") if plan["unit"] in parts else None
        if issued_on is not None and plan["launched_to_people_on"] <= today:
            lists = {"targets": tuple(plan.get("targets", ())), "contents": tuple(plan.get("contents", ()))}
            yield OwnPlan(**plan | {"issued_on": issued_on} | lists)


def _amendment(row: dict[str, Any] | None, today: date) -> Amendment | None:
    if row is None or row["effective_on"] > today:
        return None
    changes = tuple(
        PlanChange(c["field"], c.get("find", ""), c.get("set") or c["add"], "add" in c)
        for c in row["changes"]
    )
    return Amendment(row["file"], row["effective_on"], row["by"], changes)


def _events(row: dict[str, Any], today: date) -> Iterator[EventDay]:
    for event in row.get("events", ()):
        day = event["happened_on"]
        yield EventDay(event["find"], day if day and day <= today else None, event.get("what", ""))

"""The units of the invented sector, with every name and parent they ever had and the events between them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Literal

from thidua.demo.data_files import DATA, read_yaml

BodyRole = Literal["ordinary", "specialised", "coordinating"]
EventKind = Literal["merge", "split", "rename", "move", "found", "dissolve"]


@dataclass(frozen=True, slots=True)
class UnitKind:
    """A kind of unit; ``level`` says where it stands, down to the base."""

    code: str
    name: str
    name_en: str
    level: Literal["central", "province", "grassroots"]
    is_small_collective: bool
    has_legal_entity: bool
    is_of_province: bool = False


@dataclass(frozen=True, slots=True)
class DatedName:
    """What a unit was called, and its kind, from a day until the next name begins."""

    name: str
    short_name: str
    kind: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class DatedParent:
    """The unit above, by code, from a day until the next parent begins; None for a root."""

    code: str | None
    valid_from: date


@dataclass(frozen=True, slots=True)
class Decision:
    """The paper an event rests on; ``illustrative`` when it was invented for the demonstration."""

    number: str
    issued_on: date
    issuer: str
    illustrative: bool


@dataclass(frozen=True, slots=True)
class UnitEvent:
    """What happened to units on a day.

    A merge and a split name who ended and who began; a rename and a move name the unit as its own successor;
    what it was called or where it stood before is in the unit's dated names and parents.
    """

    kind: EventKind
    on: date
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    decision: Decision


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit from ``founded_on`` until the day before ``dissolved_on``; names and parents oldest first.

    The parent is the unit that leads its emulation; ``superior`` names the administrative body above where
    that is another one, as the heads of papers have it. ``symbol`` and ``place`` are those of «98/KH-STP»
    and «Hà Nội, ngày …»; ``province`` and ``size`` (S, M, L, XL) are set below the centre.
    """

    code: str
    names: tuple[DatedName, ...]
    parents: tuple[DatedParent, ...]
    founded_on: date
    dissolved_on: date | None = None
    body_role: BodyRole = "ordinary"
    symbol: str = ""
    place: str = ""
    superior: str = ""
    province: str | None = None
    size: str | None = None

    @property
    def kind(self) -> str:
        return self.names[-1].kind

    @property
    def name(self) -> str:
        return self.names[-1].name

    @property
    def short_name(self) -> str:
        return self.names[-1].short_name

    @property
    def parent(self) -> str | None:
        return self.parents[-1].code

    def exists(self, day: date) -> bool:
        return self.founded_on <= day and (self.dissolved_on is None or day < self.dissolved_on)

    def name_on(self, day: date) -> DatedName:
        """Return the name in use on ``day``; before the register begins, the first one."""
        return next((name for name in reversed(self.names) if name.valid_from <= day), self.names[0])

    def parent_on(self, day: date) -> str | None:
        return next((p for p in reversed(self.parents) if p.valid_from <= day), self.parents[0]).code


@dataclass(frozen=True)
class Sector:
    """Everything about units: kinds, units with parents before children, events in order of day."""

    kinds: tuple[UnitKind, ...]
    units: tuple[Unit, ...]
    events: tuple[UnitEvent, ...]

    @cached_property
    def by_code(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def predecessors(self) -> dict[str, tuple[str, ...]]:
        """For each unit that began by a merge or split, the units it came from."""
        return {
            code: event.predecessors
            for event in self.events
            if event.predecessors
            for code in event.successors
        }

    def on(self, day: date) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if unit.exists(day))


@dataclass(slots=True)
class _Draft:
    """Collects units and events while the files are read."""

    units: list[Unit] = field(default_factory=list)
    events: list[UnitEvent] = field(default_factory=list)

    def add(self, entry: dict[str, Any], parent: str | None, since: date, **facts: Any) -> str:
        code: str = entry["code"]
        start: date = entry.get("since", since)
        name = DatedName(entry["name"], entry.get("short", entry["name"]), entry["kind"], start)
        self.units.append(
            Unit(
                code,
                (name,),
                (DatedParent(parent, start),),
                start,
                entry.get("dissolved_on"),
                body_role=entry.get("body_role", "ordinary"),
                symbol=entry.get("symbol", ""),
                place=entry.get("place", ""),
                superior=entry.get("superior", ""),
                **facts,
            )
        )
        return code

    def index(self, code: str) -> int:
        return next(i for i, unit in enumerate(self.units) if unit.code == code)


@lru_cache(maxsize=1)
def load_units() -> Sector:
    """Read every unit of the demonstration."""
    draft = _Draft()
    _add_ministry(draft, read_yaml(DATA / "ministry.yaml"))
    _add_association(draft, read_yaml(DATA / "association.yaml"))
    _add_provinces(draft, read_yaml(DATA / "provinces.yaml"), read_yaml(DATA / "province_bodies.yaml"))
    _add_events(draft, read_yaml(DATA / "events.yaml"))
    kinds = tuple(UnitKind(**row) for row in read_yaml(DATA / "kinds.yaml"))
    events = sorted(draft.events, key=lambda event: (event.on, event.successors or event.predecessors))
    return Sector(kinds, tuple(draft.units), tuple(events))


def _add_ministry(draft: _Draft, source: dict[str, Any]) -> None:
    since, place = source["recorded"], {"place": source["place"]}
    ministry = draft.add(place | source["ministry"], None, since)
    for entry in source["units"]:
        draft.add(place | entry, ministry, since)
        _add_inner(draft, entry, since)
    for entry in source["coordinating"]:
        draft.add(place | {"body_role": "coordinating"} | entry, ministry, since)
    for entry in source["dissolved"]:
        draft.add(place | entry, ministry, since)


def _add_inner(draft: _Draft, entry: dict[str, Any], since: date) -> None:
    start = entry.get("since", since)
    for position, item in enumerate(entry["inner"], start=1):
        inner = {"name": item} if isinstance(item, str) else dict(item)
        inner["code"] = f"{entry['code']}.{inner.get('code', f'P{position}')}"
        inner.setdefault("kind", entry.get("inner_kind", "phong_bo"))
        draft.add(inner, entry["code"], start)


def _add_association(draft: _Draft, source: dict[str, Any]) -> None:
    since, place = source["recorded"], {"place": source["place"]}
    root = draft.add(place | source["root"], None, since)
    for entry in [*source["units"], *source["dissolved"]]:
        draft.add(place | entry, root, since)


def _add_provinces(draft: _Draft, source: dict[str, Any], bodies: dict[str, Any]) -> None:
    for body in bodies.values():
        for number, province in enumerate(source["provinces"], start=1):
            _add_province(draft, body, province, source, number)


def _add_province(
    draft: _Draft, body: dict[str, Any], province: dict[str, Any], source: dict[str, Any], number: int
) -> None:
    recorded, merged_on = source["recorded"], source["merged_on"]
    former = province.get("former", [])
    for old in former:
        _add_former(draft, body, old, recorded, merged_on)
    start = merged_on if former else recorded
    code = _add_body(draft, body, province, start)
    if former:
        decision = _decision(body, province, number, merged_on)
        _add_merges(draft, body, code, [f"{body['code']}-{old['code']}" for old in former], decision)
        return
    if "renamed" in province:
        _rename_province(draft, body, code, province["renamed"])
    if "former_name" in body:
        old = _former_name(body, _place(province), recorded)
        _rename(draft, code, old, merged_on, _decision(body, province, number, merged_on))


def _place(province: dict[str, Any]) -> dict[str, str]:
    prefix = "Thành phố" if province["name"] == "Hồ Chí Minh" else province["type"]
    return {"place": f"{prefix} {province['name']}", "name": _short_place(province["name"])}


def _letterhead(body: dict[str, Any], province: dict[str, Any]) -> dict[str, str]:
    """Say how the body heads its papers: place is the name of the province, by custom."""
    place = _place(province)
    superior = body.get("superior", "").format(**place)
    return {"symbol": body["symbol"], "place": place["name"], "superior": superior}


def _short_place(name: str) -> str:
    return "TP. Hồ Chí Minh" if name == "Hồ Chí Minh" else name


def _add_body(draft: _Draft, body: dict[str, Any], province: dict[str, Any], start: date) -> str:
    place = _place(province)
    entry = {
        "code": f"{body['code']}-{province['code']}",
        "kind": body["kind"],
        "name": body["name"].format(**place),
        "short": body["short"].format(**place),
        **_letterhead(body, province),
    }
    facts = {"province": province["code"], "size": province["size"]}
    code = draft.add(entry, body["parent"], start, **facts)
    for inner in body["inner"]:
        if province["size"] in inner["sizes"]:
            draft.add(inner | {"code": f"{code}.{inner['key']}"}, code, start, **facts)
    return code


def _add_former(draft: _Draft, body: dict[str, Any], old: dict[str, Any], start: date, end: date) -> None:
    name = _former_name(body, _place(old), start)
    entry = {
        "code": f"{body['code']}-{old['code']}",
        "kind": name.kind,
        "name": name.name,
        "short": name.short_name,
        "dissolved_on": end,
        **_letterhead(body, old),
    }
    code = draft.add(entry, body["parent"], start, province=old["code"])
    for inner in body["former_inner"]:
        ending = inner | {"code": f"{code}.{inner['key']}", "dissolved_on": end}
        draft.add(ending, code, start, province=old["code"])


def _add_merges(
    draft: _Draft, body: dict[str, Any], code: str, former: list[str], decision: Decision
) -> None:
    """Record the merge of the bodies and of each inner unit that both sides have."""
    day = decision.issued_on
    draft.events.append(UnitEvent("merge", day, tuple(former), (code,), decision))
    today = {inner["key"] for inner in body["inner"]}
    for key in (inner["key"] for inner in body["former_inner"] if inner["key"] in today):
        inner_former = tuple(f"{old}.{key}" for old in former)
        draft.events.append(UnitEvent("merge", day, inner_former, (f"{code}.{key}",), decision))


def _rename_province(draft: _Draft, body: dict[str, Any], code: str, renamed: dict[str, Any]) -> None:
    place = _place({"name": renamed["old_name"], "type": renamed["old_type"]})
    _rename(
        draft,
        code,
        _former_name(body, place, renamed["date"]),
        renamed["date"],
        _as_decision(renamed["decision"]),
    )


def _former_name(body: dict[str, Any], place: dict[str, str], since: date) -> DatedName:
    """Name the body as it was called before the provinces merged."""
    name = body.get("former_name", body["name"]).format(**place)
    short = body.get("former_short", body["short"]).format(**place)
    return DatedName(name, short, body.get("former_kind", body["kind"]), since)


def _rename(draft: _Draft, code: str, old: DatedName, day: date, decision: Decision) -> None:
    """Give the unit ``old`` as its name until ``day`` and the name it bears now from then on."""
    at = draft.index(code)
    unit = draft.units[at]
    earlier, now = unit.names[:-1], unit.names[-1]
    start = now.valid_from
    names = (
        *earlier,
        DatedName(old.name, old.short_name, old.kind, start),
        DatedName(now.name, now.short_name, now.kind, day),
    )
    draft.units[at] = replace(unit, names=names)
    draft.events.append(UnitEvent("rename", day, (), (code,), decision))


def _move(draft: _Draft, code: str, new_parent: str, day: date, decision: Decision) -> None:
    at = draft.index(code)
    unit = draft.units[at]
    parents = (*unit.parents, DatedParent(new_parent, day))
    draft.units[at] = replace(unit, parents=parents)
    draft.events.append(UnitEvent("move", day, (), (code,), decision))


def _add_events(draft: _Draft, source: dict[str, Any]) -> None:
    decisions = {key: _as_decision(row) for key, row in source["decisions"].items()}
    for row in source["events"]:
        day, decision = row["date"], decisions[row["decision"]]
        match row["kind"]:
            case "rename":
                old = DatedName(row["old_name"], row["old_short"], row["old_kind"], day)
                _rename(draft, row["unit"], old, day, decision)
            case "move":
                _move(draft, row["unit"], row["new_parent"], day, decision)
            case kind:
                draft.events.append(_event(kind, day, row, decision))


def _event(kind: EventKind, day: date, row: dict[str, Iterable[str]], decision: Decision) -> UnitEvent:
    return UnitEvent(
        kind, day, tuple(row.get("predecessors", ())), tuple(row.get("successors", ())), decision
    )


def _as_decision(row: dict[str, Any]) -> Decision:
    return Decision(row["number"], row["issued_on"], row["issuer"], row["illustrative"])


def _decision(body: dict[str, Any], province: dict[str, Any], number: int, day: date) -> Decision:
    place = _place(province)
    row = body["decision"]
    return Decision(row["number"].format(n=number), day, row["issuer"].format(**place), illustrative=True)

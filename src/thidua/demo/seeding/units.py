"""Units with their dated names and parents, and the events between them, written in bulk.

The rows are those the services would write: names and places are set by the same functions, and the tree
is brought to the day by the same refresh.
"""

from collections.abc import Iterator
from datetime import date

from thidua.audit.services import record
from thidua.core.text.normal import one_line
from thidua.demo import units as given
from thidua.demo.seeding.clock import moment_of, not_ahead
from thidua.organisations.models import Unit, UnitEvent, UnitKind, UnitName, UnitParent, UnitSuccession
from thidua.organisations.searching import search_text
from thidua.organisations.services.caches import refresh_tree, set_name, set_place

BATCH = 500
RANK_STEP = 10
# What the log calls the part a unit had in an event, as the services write it.
ACTIONS = {"rename": "unit.renamed", "move": "unit.moved"}


def write_units(sector: given.Sector, on: date) -> dict[str, Unit]:
    """Write the whole sector and return its units by code, as they stand on ``on``."""
    kinds = write_kinds(sector.kinds)
    units: dict[str, Unit] = {}
    for entry in sector.units:
        units[entry.code] = unit_of(entry, kinds, units)
    Unit.objects.bulk_create(units.values(), batch_size=BATCH)
    UnitName.objects.bulk_create(
        [row for entry in sector.units for row in names_of(entry, units)], batch_size=BATCH
    )
    UnitParent.objects.bulk_create(
        [row for entry in sector.units for row in parents_of(entry, units)], batch_size=BATCH
    )
    refresh_tree(on)
    for row in Unit.objects.all():
        units[row.code] = row
    for event in sector.events:
        write_event(event, units)
    write_log(sector, units)
    return units


def write_kinds(kinds: tuple[given.UnitKind, ...]) -> dict[str, UnitKind]:
    rows = [
        UnitKind(
            code=kind.code,
            name=kind.name,
            name_en=kind.name_en,
            level=kind.level,
            is_small_collective=kind.is_small_collective,
            has_legal_entity=kind.has_legal_entity,
            is_of_province=kind.is_of_province,
            rank=place * RANK_STEP,
        )
        for place, kind in enumerate(kinds, start=1)
    ]
    UnitKind.objects.bulk_create(rows)
    return {row.code: row for row in rows}


def unit_of(entry: given.Unit, kinds: dict[str, UnitKind], above: dict[str, Unit]) -> Unit:
    """Return the unit as it was founded; the refresh brings name and place to today."""
    kind, first = kinds[entry.kind], entry.names[0]
    unit = Unit(
        code=entry.code,
        kind=kind,
        founded_on=entry.founded_on,
        dissolved_on=entry.dissolved_on,
        has_legal_entity=kind.has_legal_entity,
        is_small_collective=kind.is_small_collective,
        body_role=entry.body_role,
        symbol=entry.symbol,
        place=entry.place,
    )
    set_name(unit, one_line(first.name), one_line(first.short_name))
    set_place(unit, parent_of(entry.parents[0].code, above))
    return unit


def parent_of(code: str | None, units: dict[str, Unit]) -> Unit | None:
    return units[code] if code else None


def names_of(entry: given.Unit, units: dict[str, Unit]) -> Iterator[UnitName]:
    for name in entry.names:
        full, short = one_line(name.name), one_line(name.short_name)
        text = search_text(full, short)
        yield UnitName(
            unit=units[entry.code],
            valid_from=name.valid_from,
            name=full,
            short_name=short,
            folded=text.folded,
            marked=text.marked,
        )


def parents_of(entry: given.Unit, units: dict[str, Unit]) -> Iterator[UnitParent]:
    for row in entry.parents:
        parent = parent_of(row.code, units)
        yield UnitParent(unit=units[entry.code], parent=parent, valid_from=row.valid_from)


def write_event(event: given.UnitEvent, units: dict[str, Unit]) -> None:
    """Write the event with who took over from whom; a founding is no event of its own, only logged."""
    decision = words_of(event.decision)
    details = {"on": str(event.on), "decision": decision}
    if event.kind != "found":
        row = UnitEvent.objects.create(kind=event.kind, on=event.on, decision=decision, note=note_of(event))
        write_successions(row, event, units)
        details["event"] = str(row.pk)
    at = not_ahead(moment_of(event.on, 8))
    for code in event.predecessors:
        record(None, "unit.ended", units[code], details=details, at=at)
    for code in event.successors:
        record(None, ACTIONS.get(event.kind, "unit.created"), units[code], details=details, at=at)


def write_successions(row: UnitEvent, event: given.UnitEvent, units: dict[str, Unit]) -> None:
    """Every one that ended hands over to every one that began; nobody takes over from a dissolved unit."""
    heirs: list[Unit | None] = [units[code] for code in event.successors]
    UnitSuccession.objects.bulk_create(
        UnitSuccession(event=row, predecessor=units[code], successor=heir)
        for code in event.predecessors
        for heir in heirs or [None]
    )


def words_of(decision: given.Decision) -> str:
    return f"{decision.number} ngày {decision.issued_on:%d/%m/%Y} của {decision.issuer}"[:200]


def note_of(event: given.UnitEvent) -> str:
    return "Văn bản minh họa." if event.decision.illustrative else ""


def write_log(sector: given.Sector, units: dict[str, Unit]) -> None:
    """Note the bulk of the units once for each top."""
    for entry in sector.units:
        if entry.parent is None:
            top = units[entry.code]
            below = sum(unit.root_id == top.pk for unit in units.values())
            record(None, "unit.imported", top, details={"units": below}, at=moment_of(entry.founded_on, 8))

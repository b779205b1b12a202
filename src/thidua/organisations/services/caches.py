"""Columns that keep today's answer for lists: written here only, from the dated rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from thidua.core.text.folding import fold
from thidua.core.text.ordering import sort_key
from thidua.organisations.models import Person, Post, Unit
from thidua.organisations.searching import search_text
from thidua.organisations.selectors.trees import current_rows

TREE_COLUMNS = ("parent", "path", "depth", "root", "name", "short_name", "folded", "marked", "sort_key")
POST_COLUMNS = ("unit", "record_unit", "root", "position", "position_folded", "staff_kind")
BATCH = 500


def path_of(unit: Unit, parent_path: str) -> str:
    return f"{parent_path}{unit.segment}/"


def set_name(unit: Unit, name: str, short_name: str) -> None:
    text = search_text(name, short_name)
    unit.name, unit.short_name = name, short_name
    unit.folded, unit.marked, unit.sort_key = text.folded, text.marked, sort_key(name)


def set_place(unit: Unit, parent: Unit | None) -> None:
    unit.parent = parent
    unit.path = path_of(unit, parent.path if parent else "")
    unit.depth = parent.depth + 1 if parent else 0
    unit.root = parent.root if parent else unit


def refresh_tree(on: date) -> int:
    """Bring the cached name and place of every unit to ``on`` and return how many changed."""
    rows = {row.pk: row for row in current_rows(on)}
    placed: dict[UUID, tuple[str, int, UUID]] = {}
    changed = [row for row in rows.values() if _refreshed(row, rows, placed)]
    Unit.objects.bulk_update(changed, TREE_COLUMNS, batch_size=BATCH)
    return len(changed)


def _refreshed(row: Unit, rows: dict[UUID, Unit], placed: dict[UUID, tuple[str, int, UUID]]) -> bool:
    """Set what is due on ``row`` and say whether that changed anything."""
    before = (row.parent_id, row.path, row.depth, row.root_id, row.name, row.short_name)
    row.parent_id = row.due_parent  # type: ignore[attr-defined]  # current_rows annotates it
    row.path, row.depth, row.root_id = _place(row.pk, rows, placed)
    due = (row.due_name, row.due_short_name)  # type: ignore[attr-defined]  # and these
    if due != (row.name, row.short_name):
        set_name(row, *due)
    return before != (row.parent_id, row.path, row.depth, row.root_id, row.name, row.short_name)


def _place(
    pk: UUID, rows: dict[UUID, Unit], placed: dict[UUID, tuple[str, int, UUID]]
) -> tuple[str, int, UUID]:
    if pk not in placed:
        above = rows[pk].due_parent  # type: ignore[attr-defined]  # current_rows annotates it
        path, depth, root = _place(above, rows, placed) if above else ("", -1, pk)
        placed[pk] = (path_of(rows[pk], path), depth + 1, root)
    return placed[pk]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person's lists show of a main post."""

    unit_id: UUID | None
    record_unit_id: UUID | None
    root_id: UUID
    position: str
    staff_kind: str


def refresh_people(on: date, people: Iterable[UUID] | None = None) -> int:
    """Bring the cached main post of ``people`` (None: of everybody) to ``on`` and return how many changed."""
    chosen = Q() if people is None else Q(pk__in=list(people))
    held, kept = standings(on, chosen)
    changed = []
    for person in Person.objects.filter(chosen).iterator(chunk_size=2000):
        due = held.get(person.pk) or without_post(person, kept.get(person.pk))
        if due != standing(person):
            set_standing(person, due)
            changed.append(person)
    Person.objects.bulk_update(changed, POST_COLUMNS, batch_size=BATCH)
    return len(changed)


def standings(on: date, chosen: Q) -> tuple[dict[UUID, Standing], dict[UUID, Standing]]:
    """Return what each person holds on ``on``, and the post that last began (or first will) of each."""
    posts = Post.objects.filter(is_main=True, person__in=Person.objects.filter(chosen)).order_by("valid_from")
    held: dict[UUID, Standing] = {}
    kept: dict[UUID, Standing] = {}
    columns = ("person", "unit", "unit__root", "position", "staff_kind", "valid_from", "valid_until")
    for person, unit, root, position, kind, start, end in posts.values_list(*columns).iterator(
        chunk_size=5000
    ):
        post = Standing(unit, unit, root, position, kind)
        if start <= on or person not in kept:
            kept[person] = post
        if start <= on and (end is None or end > on):
            held[person] = post
    return held, kept


def without_post(person: Person, last: Standing | None) -> Standing:
    record, root = (last.unit_id, last.root_id) if last else (person.record_unit_id, person.root_id)
    return Standing(None, record, root, "", "")


def standing(person: Person) -> Standing:
    return Standing(person.unit_id, person.record_unit_id, person.root_id, person.position, person.staff_kind)


def set_standing(person: Person, due: Standing) -> None:
    person.unit_id, person.record_unit_id, person.root_id = due.unit_id, due.record_unit_id, due.root_id
    person.position, person.position_folded, person.staff_kind = (
        due.position,
        fold(due.position),
        due.staff_kind,
    )

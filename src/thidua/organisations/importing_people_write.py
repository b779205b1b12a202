"""People of an import written, a chunk at a time in a fixed number of queries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from thidua.accounts.models import Account
from thidua.audit.models import Entry
from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line
from thidua.core.text.ordering import name_sort_key
from thidua.exchange.bulk import insert_ready, ready_rows, update
from thidua.exchange.importers import Staged
from thidua.exchange.models import ImportRow
from thidua.exchange.problems import Problem
from thidua.organisations.models import DistinctPeople, Person, Post, Unit
from thidua.organisations.permissions import scope_of
from thidua.organisations.problems import shown
from thidua.organisations.searching import search_text
from thidua.organisations.services.caches import refresh_people
from thidua.organisations.services.people import may_be_named, set_full_name
from thidua.records.days import today
from thidua.records.ids import uuid7
from thidua.ui.formats import moment

Outcome = ImportRow.Outcome
NAME_COLUMNS = ("folded", "marked", "sort_key")
NO_POST = {"position": "", "staff_kind": ""}
POST_COLUMNS = (
    "unit",
    "position",
    "staff_kind",
    "is_manager",
    "contract_months",
    "valid_from",
    "valid_until",
    "version",
    "updated_at",
)
Refusals = dict[UUID, list[Problem]]


class Home(NamedTuple):
    """A unit people are put into, as it is while they are written."""

    pk: UUID
    name: str
    path: str
    root_id: UUID
    dissolved_on: date | None


class Ready(NamedTuple):
    """A new person and post as the database takes them, true of the unit under that root on that day."""

    person: tuple[Any, ...]
    post: tuple[Any, ...]
    root_id: UUID
    on: date


# Units, days and words repeat from row to row.
uuid_of, day_of = lru_cache(maxsize=4096)(UUID), lru_cache(maxsize=4096)(date.fromisoformat)

WRITE_SENTENCES: dict[str, str] = {
    "staff_code_taken_since": _("Số hiệu “%(code)s” vừa được dùng cho %(person)s từ sau khi xem trước."),
}


def write_people(user: Account, rows: Sequence[Staged]) -> Refusals:
    """Write new people and changes; what no longer fits is returned with the reasons."""
    people = Person.objects.select_for_update().in_bulk(
        [row.target for row in rows if row.outcome == Outcome.UPDATE]
    )
    units = units_of(rows, people.values())
    posts = Post.objects.in_bulk(post_ids(rows))
    refused = problems_of_units(user, rows, units, people)
    refused |= problems_of_versions(rows, people, posts)
    refused |= problems_of_codes(user, rows, units, people)
    refused |= problems_of_namesakes(rows)
    going = [row for row in rows if row.pk not in refused]
    write_new(user, [row for row in going if row.outcome == Outcome.CREATE], units)
    write_changes([row for row in going if row.outcome == Outcome.UPDATE], people, posts)
    return refused


def units_of(rows: Iterable[Staged], people: Iterable[Person]) -> dict[UUID, Home]:
    """Return the units the rows put people into, and those that keep the records of ``people``."""
    ids = {uuid_of(pk) for row in rows if (pk := unit_of(row))}
    ids |= {person.record_unit_id for person in people if person.record_unit_id}
    found = Unit.objects.filter(pk__in=ids).values_list("pk", "name", "path", "root_id", "dissolved_on")
    return {row[0]: Home(*row) for row in found}


def unit_of(row: Staged) -> str:
    """Return the id of the unit the row's post will be in; "" when it says nothing of a post."""
    post = row.plan.get("post") or {}
    unit = post.get("new", {}).get("unit") if row.outcome == Outcome.UPDATE else post.get("unit")
    return unit or ""


def post_ids(rows: Iterable[Staged]) -> set[UUID]:
    """Return the posts there already that the rows end or mend."""
    changes = [row.plan.get("post") or {} for row in rows if row.outcome == Outcome.UPDATE]
    ids = [change.get("ends") if change.get("op") == "start" else change.get("id") for change in changes]
    return {UUID(pk) for pk in ids if pk}


def problems_of_units(
    user: Account, rows: Sequence[Staged], units: Mapping[UUID, Home], people: Mapping[UUID, Person]
) -> Refusals:
    """Refuse rows of units that ended meanwhile or where the user may no longer import."""
    scope = scope_of(user)
    open_ids = {pk for pk, unit in units.items() if scope.allows_at("import", unit.path)}
    found: Refusals = {}
    for row in rows:
        person = people.get(row.target)
        unit = units.get(uuid_of(unit_of(row))) if unit_of(row) else None
        involved = [pk for pk in (person.record_unit_id if person else None, unit.pk if unit else None) if pk]
        if any(pk not in open_ids for pk in involved):
            name = unit.name if unit else row.label
            found[row.pk] = [Problem("unit_not_yours", "unit", {"unit": name})]
        elif unit and unit.dissolved_on:
            facts = {"unit": unit.name, "day": shown(unit.dissolved_on)}
            found[row.pk] = [Problem("post_outlasts_unit", "unit", facts)]
    return found


def problems_of_versions(
    rows: Sequence[Staged], people: Mapping[UUID, Person], posts: Mapping[UUID, Post]
) -> Refusals:
    """Refuse changes of people who were changed by somebody else since the preview."""
    late = [row for row in rows if row.outcome == Outcome.UPDATE and has_moved(row, people, posts)]
    if not late:
        return {}
    latest = latest_entries([row.target for row in late])
    return {
        row.pk: [changed_problem(row, people.get(row.target), latest.get(str(row.target)))] for row in late
    }


def has_moved(row: Staged, people: Mapping[UUID, Person], posts: Mapping[UUID, Post]) -> bool:
    person = people.get(row.target)
    if person is None or person.version + 1 != row.target_version:
        return True
    change = row.plan.get("post") or {}
    before = change.get("ends") if change.get("op") == "start" else change.get("id")
    if not before:
        return False
    post = posts.get(UUID(before))
    seen = change.get("ends_version") if change["op"] == "start" else change["version"]
    ended = change["op"] == "start" and str(post.valid_until if post else None) != str(change["ended"])
    return post is None or post.version != seen or ended


def latest_entries(ids: Sequence[UUID]) -> dict[str, Entry]:
    rows = Entry.objects.filter(subject_type="organisations.person", subject_id__in=[str(pk) for pk in ids])
    return {entry.subject_id: entry for entry in rows.order_by("at")}


def changed_problem(row: Staged, person: Person | None, entry: Entry | None) -> Problem:
    if person is None:
        return Problem("gone_since_preview", "", {"what": row.label})
    who = entry.actor_name if entry and entry.actor_name else gettext("người khác")
    when = moment(entry.at if entry else person.updated_at)
    return Problem("changed_since_preview", "", {"what": person.full_name, "who": who, "when": when})


def problems_of_codes(
    user: Account, rows: Sequence[Staged], units: Mapping[UUID, Home], people: Mapping[UUID, Person]
) -> Refusals:
    """Refuse staff codes that were given to somebody else since the preview."""
    wanted = {row.pk: code for row in rows if (code := code_of(row))}
    taken: dict[tuple[UUID, str], Person] = {
        (person.root_id, person.staff_code): person
        for person in Person.objects.filter(staff_code__in=set(wanted.values()))
    }
    found: Refusals = {}
    for row in rows:
        unit = units.get(uuid_of(unit_of(row))) if unit_of(row) else None
        person = people.get(row.target)
        root = unit.root_id if unit else person.root_id if person else None
        holder = taken.get((root, wanted[row.pk])) if root and row.pk in wanted else None
        if holder and holder.pk != row.target:
            named = may_be_named(user, holder)
            facts = {"code": holder.staff_code} | ({"person": holder.full_name} if named else {})
            code = "staff_code_taken_since" if named else "code_outside"
            found[row.pk] = [Problem(code, "staff_code", facts)]
    return found


def code_of(row: Staged) -> str:
    """Return the staff code the person will newly have in the root; "" when the row gives none."""
    fact = row.plan.get("facts", {}).get("staff_code")
    code = fact[1] if isinstance(fact, list) else fact
    return code or ""


def problems_of_namesakes(rows: Sequence[Staged]) -> Refusals:
    """Refuse new people without a code whose like came into the unit since the preview."""
    nameless = {
        (uuid_of(unit_of(row)), fold(row.plan["facts"]["full_name"])): row
        for row in rows
        if row.outcome == Outcome.CREATE and not code_of(row)
    }
    if not nameless:
        return {}
    there = Person.objects.filter(
        record_unit__in={unit for unit, _name in nameless}, folded__in={name for _unit, name in nameless}
    )
    found: Refusals = {}
    for person in there.only("pk", "record_unit", "folded", "birth_date"):
        row = nameless.get((person.record_unit_id, person.folded)) if person.record_unit_id else None
        born = row.plan["facts"].get("birth_date") if row else None
        contradicts = born and person.birth_date and born != str(person.birth_date)
        if row and not contradicts and str(person.pk) not in row.plan["known"]:
            found[row.pk] = [Problem("look_alike_since")]
    return found


def prepare_people(rows: Sequence[Staged]) -> None:
    """Make new people ready for the database as they would be written now."""
    new, on = [row for row in rows if row.outcome == Outcome.CREATE], today()
    units = units_of(new, ())
    new = [row for row in new if uuid_of(unit_of(row)) in units]
    if not new:
        return
    people, posts = ready_rows(Person, person_columns(new, units, on)), ready_rows(Post, post_columns(new))
    for row, person, post in zip(new, people, posts, strict=True):
        row.ready = Ready(person, post, units[uuid_of(unit_of(row))].root_id, on)


def write_new(user: Account, rows: Sequence[Staged], units: Mapping[UUID, Home]) -> None:
    on = today()
    stale = [row for row in rows if not is_ready(row, units, on)]
    if stale:
        prepare_people(stale)
    insert_ready(Person, [row.ready.person for row in rows])
    insert_ready(Post, [row.ready.post for row in rows])
    apart = [
        DistinctPeople(first_id=uuid_of(pk), second_id=row.target, settled_by=user)
        for row in rows
        for pk in row.plan["known"]
    ]
    DistinctPeople.objects.bulk_create(apart, ignore_conflicts=True)


def is_ready(row: Staged, units: Mapping[UUID, Home], on: date) -> bool:
    """Say whether what was made ready holds still: the day has not changed, nor the unit's root."""
    ready: Ready | None = row.ready
    return ready is not None and (ready.root_id, ready.on) == (units[uuid_of(unit_of(row))].root_id, on)


def person_columns(rows: Sequence[Staged], units: Mapping[UUID, Home], on: date) -> dict[str, list[Any]]:
    """Return new people column by column, as ``services.people.prepare_person`` makes one."""
    facts, posts = [row.plan["facts"] for row in rows], [row.plan["post"] for row in rows]
    names = [one_line(one["full_name"]) for one in facts]
    texts = [search_text(name) for name in names]
    held_in = [units[uuid_of(post["unit"])] for post in posts]
    begun = [day_of(post["valid_from"]) <= on for post in posts]
    current = [post if has_begun else NO_POST for post, has_begun in zip(posts, begun, strict=True)]
    return {
        "id": [row.target for row in rows],
        "root_id": [unit.root_id for unit in held_in],
        "unit_id": [unit.pk if has_begun else None for unit, has_begun in zip(held_in, begun, strict=True)],
        "record_unit_id": [unit.pk for unit in held_in],
        "full_name": names,
        "staff_code": [one.get("staff_code", "").strip() for one in facts],
        "birth_date": [day_of(one["birth_date"]) if "birth_date" in one else None for one in facts],
        **{name: [one.get(name, "") for one in facts] for name in ("sex", "email", "phone")},
        "position": [one_line(post["position"]) for post in current],
        "position_folded": [fold(one_line(post["position"])) for post in current],
        "staff_kind": [post["staff_kind"] for post in current],
        "folded": [text.folded for text in texts],
        "marked": [text.marked for text in texts],
        "sort_key": [name_sort_key(name) for name in names],
    }


def post_columns(rows: Sequence[Staged]) -> dict[str, list[Any]]:
    posts = [row.plan["post"] for row in rows]
    return {
        "id": [uuid7() for _row in rows],
        "person_id": [row.target for row in rows],
        "unit_id": [uuid_of(post["unit"]) for post in posts],
        "position": [one_line(post["position"]) for post in posts],
        "valid_from": [day_of(post["valid_from"]) for post in posts],
        **{name: [post[name] for post in posts] for name in ("staff_kind", "is_manager", "contract_months")},
    }


def write_changes(rows: Sequence[Staged], people: Mapping[UUID, Person], posts: Mapping[UUID, Post]) -> None:
    """Bring facts and posts to what the rows say."""
    changed = [people[row.target] for row in rows]
    for row, person in zip(rows, changed, strict=True):
        set_facts(person, {name: after for name, (_before, after) in row.plan["facts"].items()})
        if (row.plan.get("post") or {}).get("op") == "start":
            person.left_on = None
    save_people(changed, facts_in(rows))
    touched, started = post_rows(rows, posts)
    save_posts(touched)
    Post.objects.bulk_create(started)
    if touched or started:
        refresh_people(today(), [row.target for row in rows if row.plan.get("post")])


def post_rows(rows: Sequence[Staged], posts: Mapping[UUID, Post]) -> tuple[list[Post], list[Post]]:
    """Return the posts there already as they are to be, and those to be made."""
    touched, started = [], []
    for row in rows:
        change = row.plan.get("post") or {}
        if change.get("op") == "mend":
            touched.append(mended(posts[UUID(change["id"])], change["new"]))
        elif change.get("op") == "start":
            new = post_of(row, change)
            started.append(new)
            if change["ends"]:
                before = posts[UUID(change["ends"])]
                before.valid_until = new.valid_from
                touched.append(before)
    return touched, started


def post_of(row: Staged, change: Mapping[str, Any]) -> Post:
    new = change["new"]
    return Post(
        pk=UUID(change["id"]),
        person_id=row.target,
        unit_id=UUID(new["unit"]),
        position=new["position"],
        staff_kind=new["staff_kind"],
        is_manager=new["is_manager"],
        contract_months=new["contract_months"],
        valid_from=date.fromisoformat(new["valid_from"]),
    )


def mended(post: Post, values: Mapping[str, Any]) -> Post:
    for name, value in values.items():
        if name == "unit":
            post.unit_id = UUID(value)
        else:
            setattr(post, name, date.fromisoformat(value) if name == "valid_from" else value)
    return post


def set_facts(person: Person, facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        is_day = name == "birth_date" and value
        setattr(person, name, date.fromisoformat(value) if is_day else value)
    set_full_name(person, person.full_name)


def facts_in(rows: Iterable[Staged]) -> set[str]:
    """Return which columns of people ``rows`` change."""
    facts = {name for row in rows for name in row.plan["facts"]}
    names = set(NAME_COLUMNS) if "full_name" in facts else set()
    left = {"left_on"} if any((row.plan.get("post") or {}).get("op") == "start" for row in rows) else set()
    return facts | names | left


def save_people(people: Sequence[Person], changed: Collection[str]) -> None:
    for person in people:
        person.version += 1
    update(people, (*sorted(changed), "version", "updated_at"))


def save_posts(posts: Sequence[Post]) -> None:
    for post in posts:
        post.version += 1
    update(posts, POST_COLUMNS)

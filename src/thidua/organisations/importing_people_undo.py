"""People of an import taken back: what it made goes, what it changed is put back, what is in use stays."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext

from thidua.accounts.models import Account
from thidua.exchange.bulk import delete
from thidua.exchange.importers import Reference, Staged
from thidua.exchange.models import ImportRow
from thidua.exchange.problems import Problem
from thidua.exchange.references import moved_on, names_of, references_to, referred
from thidua.exchange.staged import staged
from thidua.organisations.importing_people_write import (
    Refusals,
    facts_in,
    mended,
    post_ids,
    save_people,
    save_posts,
    set_facts,
)
from thidua.organisations.models import DistinctPeople, Person, Post
from thidua.organisations.services.caches import refresh_people
from thidua.records.days import today

Outcome = ImportRow.Outcome
OWN = frozenset({"post.person", "distinctpeople.first", "distinctpeople.second"})


def people_in_the_way(rows: QuerySet[ImportRow]) -> list[Reference]:
    """Return what refers to the people an import made, and those of its people who changed since."""
    made = rows.filter(outcome=Outcome.CREATE).order_by().values("target_id")
    found = references_to(Person, made, own=OWN, shown="full_name")
    changed = set(moved_on(Person, rows)) | set(with_other_posts(made))
    updates = rows.filter(outcome=Outcome.UPDATE)
    changed |= posts_moved_on([row for row in staged(updates) if row.plan.get("post")])
    if changed:
        names = names_of(Person, changed, "full_name")
        found.append(Reference(gettext("hồ sơ đã được sửa sau khi nhập"), len(changed), names))
    return found


def with_other_posts(people: Any) -> QuerySet[Any]:
    """Return who among people an import made holds another post by now, or whose post was changed."""
    posts = Post.objects.filter(person__in=people).order_by().values("person")
    counted = posts.annotate(number=Count("pk"), latest=Max("version"))
    return counted.filter(Q(number__gt=1) | Q(latest__gt=1)).values_list("person", flat=True)


def posts_moved_on(rows: Sequence[Staged]) -> set[UUID]:
    """Return whose posts, begun or mended by ``rows``, are no longer as the import left them."""
    left: dict[UUID, tuple[UUID, int]] = {}
    for row in rows:
        change = row.plan["post"]
        left[UUID(change["id"])] = (row.target, change["version"] + 1 if change["op"] == "mend" else 1)
        if change.get("ends"):
            left[UUID(change["ends"])] = (row.target, change["ends_version"] + 1)
    now = dict(Post.objects.filter(pk__in=list(left)).values_list("pk", "version"))
    return {person for pk, (person, version) in left.items() if now.get(pk) != version}


def take_people_back(user: Account, rows: Sequence[Staged]) -> Refusals:
    """Delete the people the rows made and put back what they changed; who is in use by now stays."""
    del user  # who may undo was asked before; what is put back was there before
    ids = [row.target for row in rows if row.outcome == Outcome.CREATE]
    in_use = referred(Person, ids, own=OWN)
    people = Person.objects.select_for_update().in_bulk([row.target for row in rows])
    with_posts = [row for row in rows if row.outcome == Outcome.UPDATE and row.plan.get("post")]
    other_posts = set(with_other_posts(ids)) | posts_moved_on(with_posts)
    stayed: Refusals = {}
    for row in rows:
        person = people.get(row.target)
        if row.target in in_use:
            stayed[row.pk] = [Problem("kept_referred", "", {"what": in_use[row.target]}, is_warning=True)]
        elif person is None or person.version != row.target_version or row.target in other_posts:
            stayed[row.pk] = [Problem("kept_changed", is_warning=True)]
    going = [row for row in rows if row.pk not in stayed]
    put_back([row for row in going if row.outcome == Outcome.UPDATE], people)
    gone = [row.target for row in going if row.outcome == Outcome.CREATE]
    delete(Post, gone, by="person")
    DistinctPeople.objects.filter(Q(first__in=gone) | Q(second__in=gone)).delete()
    delete(Person, gone)
    return stayed


def put_back(rows: Sequence[Staged], people: Mapping[UUID, Person]) -> None:
    changed = [people[row.target] for row in rows]
    for row, person in zip(rows, changed, strict=True):
        set_facts(person, {name: before for name, (before, _after) in row.plan["facts"].items()})
        left_on = row.plan.get("left_on")
        person.left_on = date.fromisoformat(left_on) if left_on else None
    save_people(changed, facts_in(rows))
    put_posts_back([row for row in rows if row.plan.get("post")])


def put_posts_back(rows: Sequence[Staged]) -> None:
    if not rows:
        return
    changes = [row.plan["post"] for row in rows]
    posts = Post.objects.in_bulk(post_ids(rows))
    touched = []
    for change in changes:
        if change["op"] == "mend":
            touched.append(mended(posts[UUID(change["id"])], change["old"]))
        elif change["ends"]:
            post = posts[UUID(change["ends"])]
            post.valid_until = date.fromisoformat(change["ended"]) if change["ended"] else None
            touched.append(post)
    Post.objects.filter(pk__in=[UUID(c["id"]) for c in changes if c["op"] == "start"]).delete()
    save_posts(touched)
    refresh_people(today(), [row.target for row in rows])

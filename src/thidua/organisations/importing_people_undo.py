"""People of an import taken back: what it made goes, what it changed is put back, what is in use stays."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext

from thidua.accounts.models import Account
from thidua.exchange.bulk import delete
from thidua.exchange.handing_back import hand_back
from thidua.exchange.importers import Reference, Staged
from thidua.exchange.models import ImportRow
from thidua.exchange.problems import Problem
from thidua.exchange.references import moved_on, names_of, references_to, referred
from thidua.exchange.staged import staged
from thidua.organisations.importing_people_rows import json_of
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
    changed = set(moved_on(Person, rows)) | set(with_other_posts(made, rows))
    updates = rows.filter(outcome=Outcome.UPDATE)
    changed |= posts_moved_on([row for row in staged(updates) if row.plan.get("post")])
    if changed:
        names = names_of(Person, changed, "full_name")
        found.append(Reference(gettext("hồ sơ đã được sửa sau khi nhập"), len(changed), names))
    return found


def with_other_posts(people: Any, rows: QuerySet[ImportRow]) -> set[UUID]:
    """Return who among people the import ``rows`` made holds another post by now, or whose post was changed.

    What was changed and changed back counts as never changed: that is what undoing a later import does.
    """
    posts = Post.objects.filter(person__in=people).order_by().values("person")
    counted = posts.annotate(number=Count("pk"), latest=Max("version"))
    touched = counted.filter(Q(number__gt=1) | Q(latest__gt=1)).values_list("person", "number")
    numbers: dict[UUID, int] = dict(touched)
    made = {row.target: row.plan["post"] for row in staged(rows.filter(target_id__in=list(numbers)))}
    held = {post.person_id: post for post in Post.objects.filter(person__in=list(made))}
    return {pk for pk, number in numbers.items() if number > 1 or not is_as(held[pk], made[pk])}


def is_as(post: Post | None, values: Mapping[str, Any], until: str | None = None) -> bool:
    """Say whether the post is as ``values`` of an import have it, and ends ``until`` then."""
    if post is None or json_of(post.valid_until) != until:
        return False
    held = {name: json_of(getattr(post, "unit_id" if name == "unit" else name)) for name in values}
    return held == dict(values)


def posts_moved_on(rows: Sequence[Staged]) -> set[UUID]:
    """Return whose posts, begun or mended by ``rows``, are no longer as the import left them."""
    changes = [row.plan["post"] for row in rows]
    own = {UUID(change["id"]) for change in changes}
    posts = Post.objects.in_bulk(own | post_ids(rows))
    return {row.target for row in rows if not is_as_left(row.plan["post"], posts)}


def is_as_left(change: Mapping[str, Any], posts: Mapping[UUID, Post]) -> bool:
    """Say whether the post that a row began or mended, and the one it ended, still read as it wrote them."""
    post = posts.get(UUID(change["id"]))
    if change["op"] == "mend":
        if post is None or (change["version"] + 1 != post.version and not is_as(post, change["new"])):
            return False
    elif not is_as(post, change["new"]):
        return False
    ended = posts.get(UUID(change["ends"])) if change.get("ends") else None
    return not change.get("ends") or (
        ended is not None and json_of(ended.valid_until) == change["new"]["valid_from"]
    )


def take_people_back(user: Account, rows: Sequence[Staged]) -> Refusals:
    """Delete the people the rows made and put back what they changed; who is in use by now stays."""
    del user  # who may undo was asked before; what is put back was there before
    ids = [row.target for row in rows if row.outcome == Outcome.CREATE]
    in_use = referred(Person, ids, own=OWN)
    people = Person.objects.select_for_update().in_bulk([row.target for row in rows])
    with_posts = [row for row in rows if row.outcome == Outcome.UPDATE and row.plan.get("post")]
    own = ImportRow.objects.filter(pk__in=[row.pk for row in rows])
    other_posts = with_other_posts(ids, own) | posts_moved_on(with_posts)
    stayed: Refusals = {}
    for row in rows:
        person = people.get(row.target)
        if row.target in in_use:
            stayed[row.pk] = [Problem("kept_referred", "", {"what": in_use[row.target]}, is_warning=True)]
        elif person is None or person.version != row.target_version or row.target in other_posts:
            stayed[row.pk] = [Problem("kept_changed", is_warning=True)]
    going = [row for row in rows if row.pk not in stayed]
    restored = [row for row in going if row.outcome == Outcome.UPDATE]
    put_back(restored, people)
    hand_back(restored, {row.target: people[row.target].version for row in restored})
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

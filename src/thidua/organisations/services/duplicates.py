"""Two records that look alike: told apart, or joined into one."""

from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, models, transaction

from thidua.accounts.models import Account
from thidua.audit.services import record
from thidua.organisations.models import DistinctPeople, Person, Post
from thidua.organisations.problems import PersonChangeRefusedError, Problem
from thidua.organisations.services.caches import refresh_people
from thidua.records.days import today


@transaction.atomic
def tell_apart(actor: Account | None, one: Person, other: Person) -> None:
    """Write down that the two are different people; they are not listed as alike again."""
    first, second = sorted((one, other), key=lambda person: person.pk)
    made = DistinctPeople.objects.get_or_create(first=first, second=second, defaults={"settled_by": actor})[1]
    if made:
        record(actor, "person.told_apart", one, details={"other": str(other.pk)})


@transaction.atomic
def merge_people(
    actor: Account | None, kept: Person, dropped: Person, *, versions: tuple[int, int] | None = None
) -> Person:
    """Let ``kept`` take over everything that refers to ``dropped``, whose own row then goes.

    Facts that ``kept`` lacks are filled from the other. Posts of the dropped record that overlap a main post
    of the kept one become side posts. ``versions`` are those of the two that were seen.

    Raises PersonChangeRefusedError naming where both have rows that clash, ChangedMeanwhileError.
    """
    kept, dropped = take_both(kept, dropped, versions or (None, None))
    if kept.account and dropped.account:
        facts = {"person": dropped.full_name, "account": dropped.account.username}
        raise PersonChangeRefusedError([Problem("has_other_account", facts)])
    for post in dropped.posts.filter(is_main=True):
        overlapping = kept.posts.filter(is_main=True).exclude(valid_until__lte=post.valid_from)
        if post.valid_until:
            overlapping = overlapping.filter(valid_from__lt=post.valid_until)
        if overlapping.exists():
            Post.objects.filter(pk=post.pk).update(is_main=False)
    joined = join_same_rows(kept, dropped)
    pass_on_references(kept, dropped)
    details = {"dropped": str(dropped.pk), "name": dropped.full_name, "staff_code": dropped.staff_code}
    details |= {"joined": joined} if joined else {}
    fill_gaps(kept, dropped)
    dropped.delete()
    kept.save()
    refresh_people(today(), [kept.pk])
    record(actor, "person.merged", kept, details=details)
    return kept


def take_both(
    kept: Person, dropped: Person, versions: tuple[int | None, int | None]
) -> tuple[Person, Person]:
    """Lock the two, always the older row first: of two who join them at once neither waits for ever."""
    seen = {kept.pk: versions[0], dropped.pk: versions[1]}
    taken = {pk: Person.take(pk, version=seen[pk]) for pk in sorted(seen)}
    return taken[kept.pk], taken[dropped.pk]


def fill_gaps(kept: Person, dropped: Person) -> None:
    for name in ("staff_code", "birth_date", "sex", "email", "phone", "citizen_hash", "account"):
        if not getattr(kept, name) and getattr(dropped, name):
            setattr(kept, name, getattr(dropped, name))
    Person.objects.filter(pk=dropped.pk).update(account=None, staff_code="")


def join_same_rows(kept: Person, dropped: Person) -> list[str]:
    """Keep one of two rows that say the same of both, where the table says when they do; return what went, in words.

    Such a table names its columns in ``same_when`` and which of two rows stays in ``outweighs``.
    """
    gone = []
    for model, name in references():
        same_when: tuple[str, ...] = getattr(model, "same_when", ())
        for row in model._base_manager.filter(**{name: dropped}) if same_when else ():  # noqa: SLF001 - every row
            same = {column: getattr(row, column) for column in same_when}
            twin = model._base_manager.filter(**{name: kept}, **same).first()  # noqa: SLF001 - every row
            if twin is None:
                continue
            joined: Any = row
            loser = twin if joined.outweighs(twin) else row
            gone.append(" · ".join([str(loser), *map(str, same.values())]))
            loser.delete()
    return gone


def pass_on_references(kept: Person, dropped: Person) -> None:
    """Point every row of any subject that refers to ``dropped`` at ``kept``."""
    for model, name in references():
        try:
            with transaction.atomic():
                model._base_manager.filter(**{name: dropped}).update(**{name: kept})  # noqa: SLF001 - every row, of any model
        except IntegrityError as error:
            raise PersonChangeRefusedError(
                [Problem("still_referred", {"where": str(model._meta.verbose_name)})]
            ) from error


def references() -> Iterator[tuple[type[models.Model], str]]:
    """Yield each table and column, of whatever subject, that points at people."""
    for relation in Person._meta.related_objects:
        field: Any = relation.field
        if relation.many_to_many:
            yield field.remote_field.through, field.m2m_reverse_field_name()
        elif relation.related_model is not DistinctPeople:
            yield field.model, field.name

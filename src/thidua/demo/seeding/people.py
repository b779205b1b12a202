"""People and every post they held, written in bulk by the functions that imports use."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from thidua.audit.services import record
from thidua.demo import people as given
from thidua.demo.posts import Leave as GivenLeave
from thidua.demo.posts import Post as GivenPost
from thidua.organisations.models import Leave, Person, Post, Unit
from thidua.organisations.services.caches import Standing, refresh_people, set_standing
from thidua.organisations.services.people import NewPerson, NewPost, prepare_person, row_of

BATCH = 500
ONE_DAY = timedelta(days=1)


def write_people(people: Sequence[given.Person], units: dict[str, Unit], on: date) -> dict[str, Person]:
    """Write everybody and return the rows by staff code, as they stand on ``on``."""
    rows: dict[str, Person] = {}
    posts: list[Post] = []
    for one in people:
        first, *others = one.posts
        person, post = prepare_person(new_person(one, first, units), on)
        person.left_on = left_on(one)
        rows[one.staff_code] = person
        held = [post, *(row_of(person, new_post(other, units)) for other in others)]
        posts += held
        show_standing(person, held, on)
    Person.objects.bulk_create(rows.values(), batch_size=BATCH)
    Post.objects.bulk_create(posts, batch_size=BATCH)
    Leave.objects.bulk_create(
        [leave_of(rows[one.staff_code], leave) for one in people for leave in one.leaves], batch_size=BATCH
    )
    refresh_people(on)
    refreshed = {row.staff_code: row for row in Person.objects.select_related("unit", "record_unit")}
    write_log(refreshed.values(), units)
    return refreshed


def show_standing(person: Person, posts: Iterable[Post], on: date) -> None:
    """Show today's main post in lists at once; the refresh that follows finds little left to change."""
    for post in posts:
        if post.is_main and post.valid_from <= on and (post.valid_until is None or on < post.valid_until):
            root = post.unit.root_id
            set_standing(person, Standing(post.unit_id, post.unit_id, root, post.position, post.staff_kind))


def new_person(one: given.Person, first: GivenPost, units: dict[str, Unit]) -> NewPerson:
    return NewPerson(
        full_name=str(one.name),
        post=new_post(first, units),
        birth_date=one.born_on,
        sex=one.sex,
        staff_code=one.staff_code,
        email=one.email,
    )


def new_post(post: GivenPost, units: dict[str, Unit]) -> NewPost:
    return NewPost(
        unit=units[post.unit],
        position=post.position,
        staff_kind=post.staff_kind,
        valid_from=post.valid_from,
        last_day=post.valid_until - ONE_DAY if post.valid_until else None,
        is_manager=post.is_manager,
        is_main=post.kind == "main",
        is_secondment=post.kind == "secondment",
        contract_months=post.contract_months,
    )


def leave_of(person: Person, leave: GivenLeave) -> Leave:
    return Leave(person=person, kind=leave.kind, valid_from=leave.valid_from, valid_until=leave.valid_until)


def left_on(one: given.Person) -> date | None:
    """Return the first day after the last main post; None while it lasts."""
    return one.main_post.valid_until


def write_log(people: Iterable[Person], units: dict[str, Unit]) -> None:
    """Note the bulk of the people once for each top."""
    by_id = {unit.pk: unit for unit in units.values()}
    for root, count in Counter(person.root_id for person in people).items():
        record(None, "person.imported", by_id[root], details={"people": count})

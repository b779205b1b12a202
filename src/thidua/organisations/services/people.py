"""Add and change people, their posts by date, those who leave, and two records of one person."""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from thidua.accounts.models import Account
from thidua.accounts.services import close_account
from thidua.audit.services import record
from thidua.core.text.normal import one_line
from thidua.core.text.ordering import name_sort_key
from thidua.organisations.models import ClusterRole, Person, Post, Unit, UnitRole
from thidua.organisations.permissions import nameable_people
from thidua.organisations.problems import PersonChangeRefusedError, Problem, shown
from thidua.organisations.searching import search_text
from thidua.organisations.services.caches import Standing, refresh_people, set_standing
from thidua.records.days import today

FACTS = ("full_name", "staff_code", "birth_date", "sex", "email", "phone")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post to be held from ``valid_from``; ``last_day`` is the last day of holding it."""

    unit: Unit
    position: str
    staff_kind: str
    valid_from: date
    last_day: date | None = None
    is_manager: bool = False
    is_main: bool = True
    is_secondment: bool = False
    contract_months: int | None = None


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person to be added, with the first post."""

    full_name: str
    post: NewPost
    birth_date: date | None = None
    sex: str = ""
    staff_code: str = ""
    email: str = ""
    phone: str = ""
    citizen_number: str = ""  # never kept: only its keyed hash is


def citizen_hash(number: str) -> str:
    """Return the keyed hash by which a citizen number is recognised again; "" for none."""
    digits = "".join(letter for letter in number if letter.isdigit())
    if not digits:
        return ""
    return hmac.new(settings.SECRET_KEY.encode(), digits.encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def create_person(actor: Account | None, new: NewPerson) -> Person:
    """Add a person with the first post. Raises PersonChangeRefusedError."""
    if problems := list(problems_before_adding(actor, new)):
        raise PersonChangeRefusedError(problems)
    person, post = prepare_person(new, today())
    person.save()
    post.save()
    record(actor, "person.created", person, details=post_details(post))
    return person


def problems_before_adding(actor: Account | None, new: NewPerson) -> Iterator[Problem]:
    root, number = new.post.unit.root_id, citizen_hash(new.citizen_number)
    yield from problems_of_staff_code(actor, new.staff_code, root, None)
    known = Person.objects.filter(citizen_hash=number).first() if number else None
    if known and may_be_named(actor, known):
        yield Problem("citizen_known", {"person": known.full_name})
    elif known:
        yield Problem("citizen_known_outside")
    yield from problems_of_post(new.post)


def may_be_named(actor: Account | None, person: Person) -> bool:
    """Say whether a sentence to ``actor`` may name the person: only whom the actor may read of."""
    return actor is None or Person.objects.filter(nameable_people(actor), pk=person.pk).exists()


def problems_of_staff_code(
    actor: Account | None, code: str, root_id: UUID, own_id: UUID | None
) -> Iterator[Problem]:
    if not code:
        return
    others = Person.objects.filter(root_id=root_id, staff_code=code)
    held = (others.exclude(pk=own_id) if own_id else others).first()
    if held and may_be_named(actor, held):
        yield Problem("staff_code_taken", {"code": code, "person": held.full_name})
    elif held:
        yield Problem("staff_code_taken_outside", {"code": code})


def problems_of_post(post: NewPost) -> Iterator[Problem]:
    if not post.unit.exists_on(post.valid_from):
        yield Problem("post_outside_unit", {"unit": post.unit.name, "day": shown(post.valid_from)})
    elif post.unit.dissolved_on and (post.last_day is None or post.last_day >= post.unit.dissolved_on):
        yield Problem("post_outlasts_unit", {"unit": post.unit.name, "day": shown(post.unit.dissolved_on)})
    if post.last_day and post.last_day < post.valid_from:
        yield Problem("ends_before_start", {"last": shown(post.last_day), "first": shown(post.valid_from)})


def prepare_person(new: NewPerson, on: date) -> tuple[Person, Post]:
    """Return the unsaved rows of a person as lists show it on ``on``; an import saves them in bulk."""
    unit = new.post.unit
    person = Person(
        root_id=unit.root_id,
        record_unit=unit,
        birth_date=new.birth_date,
        sex=new.sex,
        staff_code=new.staff_code.strip(),
        email=new.email,
        phone=new.phone,
        citizen_hash=citizen_hash(new.citizen_number),
    )
    set_full_name(person, new.full_name)
    post = row_of(person, new.post)
    if post.valid_from <= on and (post.valid_until is None or on < post.valid_until):
        set_standing(person, Standing(unit.pk, unit.pk, person.root_id, post.position, post.staff_kind))
    return person, post


def set_full_name(person: Person, full_name: str) -> None:
    person.full_name = one_line(full_name)
    text = search_text(person.full_name)
    person.folded, person.marked = text.folded, text.marked
    person.sort_key = name_sort_key(person.full_name)


def row_of(person: Person, new: NewPost) -> Post:
    return Post(
        person=person,
        unit=new.unit,
        position=one_line(new.position),
        staff_kind=new.staff_kind,
        is_manager=new.is_manager,
        is_main=new.is_main,
        is_secondment=new.is_secondment,
        contract_months=new.contract_months,
        valid_from=new.valid_from,
        valid_until=new.last_day + ONE_DAY if new.last_day else None,
    )


def post_details(post: Post) -> dict[str, str]:
    until = str(post.valid_until) if post.valid_until else ""
    return {"unit": post.unit.name, "position": post.position, "from": str(post.valid_from), "until": until}


@transaction.atomic
def change_person(actor: Account | None, person: Person, *, version: int, **facts: Any) -> Person:
    """Set facts (see FACTS) of the person. Raises ChangedMeanwhileError, PersonChangeRefusedError."""
    if unknown := set(facts) - set(FACTS):
        raise TypeError(f"not facts of a person: {sorted(unknown)}")
    person = Person.take(person.pk, version=version)
    code = facts.get("staff_code", "")
    if problems := list(problems_of_staff_code(actor, code, person.root_id, person.pk)):
        raise PersonChangeRefusedError(problems)
    changed = sorted(name for name, value in facts.items() if getattr(person, name) != value)
    for name, value in facts.items():
        setattr(person, name, value)
    set_full_name(person, person.full_name)
    person.save()
    # Which facts changed, not what they were: the log is read by more people than the record.
    record(actor, "person.changed", person, details={"facts": changed})
    return person


@transaction.atomic
def start_post(actor: Account | None, person: Person, new: NewPost) -> Post:
    """Let the person hold a post; a main post ends the main post held until then.

    Raises PersonChangeRefusedError.
    """
    person = Person.take(person.pk)
    if problems := list(problems_before_post(actor, person, new)):
        raise PersonChangeRefusedError(problems)
    post = row_of(person, new)
    if new.is_main:
        make_room(person, post)
    post.save()
    person.left_on = None
    person.save()
    refresh_people(today(), [person.pk])
    record(actor, "post.started", person, details=post_details(post))
    return post


def problems_before_post(actor: Account | None, person: Person, new: NewPost) -> Iterator[Problem]:
    yield from problems_of_post(new)
    if new.is_main and person.posts.filter(is_main=True, valid_from=new.valid_from).exists():
        yield Problem("post_overlaps", {"day": shown(new.valid_from)})
    if new.unit.root_id != person.root_id:
        yield from problems_of_staff_code(actor, person.staff_code, new.unit.root_id, person.pk)


def make_room(person: Person, post: Post) -> None:
    """End the main post running into ``post``, and end ``post`` where the next main post begins."""
    others = person.posts.filter(is_main=True)
    others.on(post.valid_from).update(valid_until=post.valid_from)
    following = others.filter(valid_from__gt=post.valid_from).order_by("valid_from").first()
    if following and (post.valid_until is None or post.valid_until > following.valid_from):
        post.valid_until = following.valid_from


@transaction.atomic
def end_post(actor: Account | None, post: Post, *, last_day: date, version: int | None = None) -> Post:
    """End the post after ``last_day``. Raises ChangedMeanwhileError, PersonChangeRefusedError."""
    post = Post.take(post.pk, version=version)
    if problems := list(problems_before_ending(post, last_day)):
        raise PersonChangeRefusedError(problems)
    post.valid_until = last_day + ONE_DAY
    post.save()
    refresh_people(today(), [post.person_id])
    record(actor, "post.ended", post.person, details=post_details(post))
    return post


def problems_before_ending(post: Post, last_day: date) -> Iterator[Problem]:
    if post.valid_until and post.valid_until <= last_day:
        yield Problem("post_has_ended", {"position": post.position, "day": shown(post.valid_until)})
    if last_day < post.valid_from:
        yield Problem("ends_before_start", {"last": shown(last_day), "first": shown(post.valid_from)})


@dataclass(frozen=True, slots=True)
class Leaving:
    """What ends when a person leaves: shown before, carried out after."""

    posts: tuple[Post, ...]
    unit_roles: tuple[UnitRole, ...]
    stand_ins: tuple[UnitRole, ...]
    cluster_roles: tuple[ClusterRole, ...]
    account: Account | None


def preview_leaving(person: Person, *, last_day: date) -> Leaving:
    """Return everything of the person that would run past ``last_day``."""
    end = last_day + ONE_DAY
    own = running_past(UnitRole.objects.filter(person=person), end)
    return Leaving(
        posts=tuple(running_past(person.posts.select_related("unit"), end)),
        unit_roles=tuple(own.select_related("unit")),
        stand_ins=tuple(
            running_past(UnitRole.objects.filter(stand_in_for__in=own), end).select_related("unit", "person")
        ),
        cluster_roles=tuple(running_past(person.cluster_roles.select_related("cluster"), end)),
        account=person.account if person.account and person.account.is_active else None,
    )


def running_past(rows: Any, end: date) -> Any:
    """Keep the dated rows that hold on ``end`` or after."""
    return rows.exclude(valid_until__lte=end)


@transaction.atomic
def leave(
    actor: Account | None, person: Person, *, last_day: date, reason: str = "", version: int | None = None
) -> Person:
    """Let the person go after ``last_day``: posts and roles end, the account closes on the next day.

    Raises ChangedMeanwhileError, PersonChangeRefusedError, LastAdministratorError.
    """
    person = Person.take(person.pk, version=version)
    if person.left_on:
        raise PersonChangeRefusedError(
            [Problem("has_left", {"person": person.full_name, "day": shown(person.left_on)})]
        )
    if problems := list(problems_before_leaving(person, last_day)):
        raise PersonChangeRefusedError(problems)
    ending, end = preview_leaving(person, last_day=last_day), last_day + ONE_DAY
    for row in (*ending.posts, *ending.unit_roles, *ending.stand_ins, *ending.cluster_roles):
        cut(row, end)
    if ending.account:
        close_account(actor, ending.account, on=end)
    person.left_on = end
    person.save()
    refresh_people(today(), [person.pk])
    record(actor, "person.left", person, details={"last_day": str(last_day), "reason": reason})
    return person


def problems_before_leaving(person: Person, last_day: date) -> Iterator[Problem]:
    """Refuse a last day before every post began: ending would erase them, and with them who the person was."""
    days = list(person.posts.order_by("valid_from").values_list("valid_from", flat=True))
    if days and last_day < days[0]:
        facts = {"person": person.full_name, "day": shown(days[0])}
        yield Problem("leaves_before_beginning", facts)


def cut(row: Any, end: date) -> None:
    """End a dated row at ``end``; one that would only begin then is taken back."""
    if row.valid_from >= end:
        row.delete()
    else:
        row.valid_until = end
        row.save(update_fields=["valid_until"])


@transaction.atomic
def connect_account(actor: Account | None, person: Person, account: Account) -> Person:
    """Tie a login to the person.

    Raises PersonChangeRefusedError when the person has another, or when it is the actor's own and the person holds
    a role: nobody takes another's roles for himself.
    """
    person = Person.take(person.pk)
    if actor and actor.pk == account.pk and holds_role(person):
        raise PersonChangeRefusedError([Problem("role_to_oneself")])
    if person.account_id and person.account_id != account.pk:
        facts = {"person": person.full_name, "account": str(person.account)}
        raise PersonChangeRefusedError([Problem("has_other_account", facts)])
    person.account = account
    person.save()
    record(actor, "person.account_connected", person, details={"account": account.username})
    return person


def holds_role(person: Person) -> bool:
    """Say whether the person holds a role on a unit or in a cluster, or has been given one yet to begin."""
    return any(
        rows.exclude(valid_until__lte=today()).exists() for rows in (person.unit_roles, person.cluster_roles)
    )

"""A large house for ``pages``: 100,000 movements, 1,000 units on one board, 100,000 people, three readers of it.

As after every reorganisation, the ministry holds what many dissolved units left.
"""

from datetime import UTC, date, datetime
from itertools import cycle, islice, product

from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command

from thidua.accounts.models import Account, InstallationRole
from thidua.accounts.services import create_account, give_installation_role
from thidua.core.text.folding import fold
from thidua.core.text.ordering import name_sort_key
from thidua.movements.models import Launch, Movement, Participation, ParticipationEvent, Plan, StepTerm
from thidua.organisations.models import Person, Post, UnitKind, UnitRole
from thidua.organisations.searching import search_text
from thidua.organisations.services.people import NewPerson, NewPost, create_person
from thidua.organisations.services.reorganisations import reorganise
from thidua.organisations.services.requests import Merge
from thidua.organisations.services.units import NewUnit, create_unit

MOVEMENTS, UNITS, PEOPLE, DISSOLVED = 100_000, 1_000, 100_000, 60
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Bùi", "Đỗ", "Vũ", "Ngô")
MIDDLES = ("Văn", "Thị", "Thu", "Đức", "Minh", "Quốc", "Hồng", "Xuân")
GIVEN = ("An", "Ánh", "Bình", "Dũng", "Đạt", "Hạnh", "Hương", "Khánh", "Yến", "Thủy", "Quỳnh")
THEMES = ("Kỷ cương, sáng tạo, về đích sớm", "Chung sức chuyển đổi số", "Tận tâm với người dân")
SINCE = date(2015, 1, 1)
AT = datetime(2026, 2, 2, 3, tzinfo=UTC)


def build():
    """Fill an empty database; return the board's movement and the session keys of the readers."""
    call_command("migrate", verbosity=0)
    top, units = make_units()
    people = make_people(units)
    readers = {
        "officer of the ministry": reader(top, "can-bo-bo"),
        "officer of one department": reader(units[7], "can-bo-so"),
        "member of staff": reader(units[8], "nhan-vien", role=None),
    }
    movement = make_movements(top, units)
    make_board(movement, units)
    assert people == PEOPLE
    return movement.pk, {name: session_of(account) for name, account in readers.items()}


def make_units():
    kinds = {
        code: UnitKind.objects.get_or_create(code=code, defaults={"name": name, "level": level})[0]
        for code, name, level in (("bo", "Bộ", "ministry"), ("so", "Sở", "province"))
    }
    administrator = create_account(None, username="quan-tri", full_name="Quản trị")
    give_installation_role(None, administrator, InstallationRole.Role.ADMINISTRATOR, valid_from=SINCE)
    top = create_unit(None, NewUnit(name="Bộ Tư pháp", kind=kinds["bo"]), founded_on=SINCE)
    units = [under(top, kinds["so"], f"Sở Tư pháp số {n}") for n in range(1, UNITS + 1)]
    gone = tuple(under(top, kinds["so"], f"Sở Tư pháp cũ số {n}") for n in range(1, DISSOLVED + 1))
    reorganise(None, Merge(gone, units[0]), on=date(2025, 7, 1), decision="60/QĐ-BTP")
    return top, units


def under(top, kind, name):
    return create_unit(None, NewUnit(name=name, kind=kind, parent=top), founded_on=SINCE)


def make_people(units):
    names = islice(cycle(product(FAMILIES, MIDDLES, GIVEN)), PEOPLE)
    rows = [person_row(" ".join(name), units[place % UNITS], place) for place, name in enumerate(names)]
    return len(Person.objects.bulk_create(rows, batch_size=2000))


def person_row(name, unit, place):
    found_by = search_text(name)
    return Person(
        full_name=name,
        sort_key=name_sort_key(name),
        folded=found_by.folded,
        marked=found_by.marked,
        staff_code=f"NV{place:06}",
        unit=unit,
        record_unit=unit,
        root_id=unit.root_id,
        position="Chuyên viên",
        position_folded=fold("Chuyên viên"),
        staff_kind=Post.StaffKind.CIVIL_SERVANT,
    )


def reader(unit, username, role=UnitRole.Role.OFFICER):
    account = Account.objects.create_user(username, "mot-mat-khau-dai-2026", full_name="Trần Thu Hà")
    post = NewPost(
        unit=unit, position="Chuyên viên", staff_kind=Post.StaffKind.CIVIL_SERVANT, valid_from=SINCE
    )
    person = create_person(None, NewPerson(full_name="Trần Thu Hà", post=post))
    person.account = account
    person.save()
    if role:
        UnitRole.objects.create(person=person, unit=unit, role=role, valid_from=SINCE)
    return account


def make_movements(top, units):
    """Make the units' own movements of twenty years, and the ministry's one that they answer."""
    first = movement_row(top, 2026, "Phong trào thi đua Ngành Tư pháp năm 2026", answers=None)
    first.save()
    rows = [
        movement_row(
            units[place % UNITS],
            2007 + place * 20 // MOVEMENTS,
            f"Kế hoạch thi đua “{THEMES[place % 3]}” số {place}",
            answers=first,
        )
        for place in range(MOVEMENTS)
    ]
    Movement.objects.bulk_create(rows, batch_size=2000)
    Plan.objects.bulk_create([Plan(movement=row, number="1/KH") for row in [first, *rows]], batch_size=2000)
    return first


def movement_row(unit, year, name, *, answers):
    found_by = search_text(name)
    return Movement(
        organiser=unit,
        root_id=unit.root_id or unit.pk,
        year=year,
        name=name,
        folded=found_by.folded,
        marked=found_by.marked,
        theme=name,
        status=Movement.Status.LAUNCHED,
        launched_at=AT,
        answers=answers,
    )


def make_board(movement, units):
    order = Launch.objects.create(movement=movement, units_total=UNITS, status=Launch.Status.DONE)
    parts = [
        Participation(
            movement=movement, unit=unit, launch=order, is_visible=True, state="received", state_at=AT
        )
        for unit in units
    ]
    Participation.objects.bulk_create(parts, batch_size=500)
    steps = [
        (part, step)
        for place, part in enumerate(parts)
        for step in ("received", "own_plan", "launched")[: place % 3 + 1]
    ]
    ParticipationEvent.objects.bulk_create(
        [ParticipationEvent(participation=part, state=step, on=AT.date(), at=AT) for part, step in steps],
        batch_size=1000,
    )
    for state, day in (("own_plan", date(2026, 3, 15)), ("launched", date(2026, 3, 31))):
        StepTerm.objects.create(movement=movement, state=state, last_on=day)


def session_of(account):
    session = SessionStore()
    session["_auth_user_id"] = str(account.pk)
    session["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
    session["_auth_user_hash"] = account.get_session_auth_hash()
    session.save()
    return session.session_key

"""Accounts and roles: those one enters by a click, and an officer and a head for every unit that takes part.

None has a password. The others than the ten serve notices, reminders and the log: nobody can enter by them.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from thidua.accounts.models import Account
from thidua.accounts.services import give_installation_role
from thidua.demo.accounts import DemoAccount, load_accounts
from thidua.demo.movements import DemoMovement, load_movements
from thidua.demo.people import Person as DemoPerson
from thidua.demo.seeding.clock import moment_of, not_ahead, standing_at
from thidua.demo.seeding.register import Office, Register
from thidua.organisations.models import Person, UnitRole
from thidua.organisations.services.clusters import give_cluster_role
from thidua.organisations.services.roles import give_role

Role = UnitRole.Role
LABEL_LENGTH = 120


def write_accounts(register: Register, today: date) -> None:
    """Write the accounts with their roles into the tables and into ``register``."""
    entries = load_accounts()
    movements = load_movements(today)
    offices = list(offices_of(register, movements, entries))
    staff = [code for m in movements for plan in m.own_plans for code in staff_of(register, plan.unit)]
    others = dict.fromkeys([*(code for _, _, code in offices), *staff])
    for entry in entries:
        others.pop(entry.person, None)
    demo = {entry.person: demo_account(entry, register.people[entry.person]) for entry in entries}
    register.accounts.update(demo | {code: plain_account(register.people[code]) for code in others})
    Account.objects.bulk_create(register.accounts.values(), batch_size=500)
    tie(register)
    for entry in entries:
        give_roles(entry, register, today)
    for unit, role, code in offices:
        give_office(register, unit, role, code, today)


def demo_account(entry: DemoAccount, person: Person) -> Account:
    account = plain_account(person)
    account.username, account.is_demo, account.demo_label = entry.login, True, entry.label[:LABEL_LENGTH]
    return account


def plain_account(person: Person) -> Account:
    account = Account(username=person.email, email=person.email, full_name=person.full_name)
    account.set_unusable_password()
    return account


def tie(register: Register) -> None:
    tied = []
    for code, account in register.accounts.items():
        person = register.people[code]
        person.account = account
        tied.append(person)
    Person.objects.bulk_update(tied, ["account"], batch_size=500)


def give_roles(entry: DemoAccount, register: Register, today: date) -> None:
    """Give what the demonstration says the account may do; a role of a year to come waits for it."""
    person, account = register.people[entry.person], register.accounts[entry.person]
    for grant in entry.unit_roles:
        give_unit_role(register, grant.unit, Role(grant.role), entry.person, grant.valid_from)
    for cluster in entry.cluster_roles:
        with standing_at(not_ahead(moment_of(cluster.valid_from, 8))):
            row = register.clusters[cluster.cluster]
            give_cluster_role(None, row, person, cluster.role, valid_from=cluster.valid_from)
    for role in entry.installation_roles:
        since = min(today, max(grant.valid_from for grant in entry.unit_roles))
        with standing_at(not_ahead(moment_of(since, 8))):
            give_installation_role(None, account, role, valid_from=since)


def give_office(register: Register, unit: str, role: Role, code: str, today: date) -> None:
    since = since_when(register, unit, code)
    if since <= today:
        give_unit_role(register, unit, role, code, since)


def give_unit_role(register: Register, unit: str, role: Role, code: str, since: date) -> None:
    with standing_at(not_ahead(moment_of(since, 8))):
        give_role(None, register.people[code], register.units[unit], role, valid_from=since)
    if role == Role.OFFICER or unit not in register.officers:
        register.officers[unit] = Office(register.accounts[code], since)


def since_when(register: Register, unit: str, code: str) -> date:
    """Return the day from which the person both works there and the unit exists."""
    post = next(p for p in register.given_people if p.staff_code == code).main_post
    return max(post.valid_from, register.sector.by_code[unit].founded_on)


def offices_of(
    register: Register, movements: Iterable[DemoMovement], entries: Iterable[DemoAccount]
) -> Iterator[tuple[str, Role, str]]:
    """Name an officer and a head, by staff code, for each unit that takes part and has none yet."""
    held = {(grant.unit, grant.role) for entry in entries for grant in entry.unit_roles}
    by_unit = people_by_unit(register)
    taking_part = dict.fromkeys(part.unit for m in movements for part in m.participations)
    for unit in taking_part:
        staff = sorted(by_unit.get(unit, ()), key=lambda p: (p.main_post.valid_from, p.staff_code))
        for role, fits in ((Role.HEAD, is_head), (Role.OFFICER, is_officer)):
            chosen = next((p for p in staff if fits(p, unit)), None)
            if chosen and (unit, role.value) not in held:
                yield unit, role, chosen.staff_code


def people_by_unit(register: Register) -> dict[str, list[DemoPerson]]:
    """Return who works today in each unit, and in each department including its inner units."""
    found: dict[str, list[DemoPerson]] = {}
    for person in register.given_people:
        if person.main_post.valid_until is None:
            unit = person.main_post.unit
            for code in {unit, unit.partition(".")[0]}:
                found.setdefault(code, []).append(person)
    return found


def is_head(person: DemoPerson, unit: str) -> bool:
    post = person.main_post
    return post.is_manager and post.unit == unit and not post.position.startswith("Phó")


def is_officer(person: DemoPerson, unit: str) -> bool:
    del unit
    return not person.main_post.is_manager


def staff_of(register: Register, unit: str) -> list[str]:
    """Return the staff codes of all who work in the unit or below it today."""
    path = register.units[unit].path
    return [
        code
        for code, person in register.people.items()
        if person.unit is not None and person.unit.path.startswith(path)
    ]

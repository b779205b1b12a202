"""The first start of a real installation: its administrator and its organisation."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from thidua.accounts.models import Account
from thidua.accounts.services import create_first_administrator
from thidua.organisations.models import Person, Post, Unit, UnitKind, UnitRole
from thidua.organisations.services.people import NewPerson, NewPost, connect_account, create_person
from thidua.organisations.services.roles import give_role
from thidua.organisations.services.units import NewUnit, create_unit
from thidua.records.days import SINCE_EVER, today

Level = UnitKind.Level

# Kinds an installation begins with; an administrator adds and changes them. Code, name, English name,
# level, small collective, legal entity.
KINDS: tuple[tuple[str, str, str, str, bool, bool], ...] = (
    ("co-quan", "Cơ quan", "Organisation", Level.CENTRAL, False, True),
    ("cuc", "Cục", "Department", Level.CENTRAL, False, True),
    ("vu", "Vụ", "Directorate", Level.CENTRAL, False, False),
    ("van-phong", "Văn phòng", "Office", Level.CENTRAL, False, False),
    ("thanh-tra", "Thanh tra", "Inspectorate", Level.CENTRAL, False, False),
    ("vien-truong", "Viện, trường", "Institute or school", Level.CENTRAL, False, True),
    ("so", "Sở", "Provincial department", Level.PROVINCE, False, True),
    ("hoi", "Hội", "Association", Level.PROVINCE, False, True),
    ("xa", "Cấp xã", "Commune", Level.COMMUNE, False, True),
    ("phong", "Phòng", "Division", Level.GRASSROOTS, True, False),
    ("trung-tam", "Trung tâm", "Centre", Level.GRASSROOTS, False, True),
    ("chi-nhanh", "Chi nhánh", "Branch", Level.GRASSROOTS, True, False),
    ("to", "Tổ, đội", "Team", Level.GRASSROOTS, True, False),
)
OF_PROVINCE = frozenset({"so", "xa"})
"""Kinds that a province runs, in whichever tree they stand."""


def ensure_kinds() -> None:
    """Make the kinds an installation begins with, unless it has kinds already."""
    if UnitKind.objects.exists():
        return
    for rank, (code, name, name_en, level, is_small, is_legal) in enumerate(KINDS, start=1):
        UnitKind.objects.create(
            code=code,
            name=name,
            name_en=name_en,
            level=level,
            is_small_collective=is_small,
            has_legal_entity=is_legal,
            is_of_province=code in OF_PROVINCE,
            rank=rank * 10,
        )


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """The top unit to be made; ``founded_on`` None: nobody need know."""

    name: str
    level: str
    founded_on: date | None = None


@dataclass(frozen=True, slots=True)
class FirstOfficer:
    """The post of an administrator who is also the organisation's emulation officer (None: since today)."""

    position: str
    since: date | None = None


@transaction.atomic
def set_up(
    code: str,
    organisation: NewOrganisation,
    *,
    username: str,
    full_name: str,
    password: str,
    email: str = "",
    officer: FirstOfficer | None = None,
) -> tuple[Account, Unit]:
    """Make the administrator and the top unit, or neither.

    With ``officer`` the administrator is also a person of the unit and its emulation officer.

    Raises SetupClosedError, WrongSetupCodeError, PersonChangeRefusedError, and ValidationError for a weak
    password.
    """
    account = create_first_administrator(
        code, username=username, full_name=full_name, password=password, email=email
    )
    ensure_kinds()
    kind = UnitKind.objects.get(code=KINDS[0][0])
    if kind.level != organisation.level:
        kind.level = organisation.level
        kind.save(update_fields=["level"])
    top = create_unit(
        account, NewUnit(organisation.name, kind), founded_on=organisation.founded_on or SINCE_EVER
    )
    if officer:
        appoint_first(account, top, officer)
    return account, top


def appoint_first(account: Account, top: Unit, officer: FirstOfficer) -> Person:
    """Make the administrator a person of the organisation and its officer; the code was the right to do so."""
    post = NewPost(top, officer.position, Post.StaffKind.CIVIL_SERVANT, valid_from=officer.since or today())
    person = create_person(account, NewPerson(account.full_name, post, email=account.email))
    connect_account(account, person, account)
    give_role(None, person, top, UnitRole.Role.OFFICER, valid_from=today())
    return person

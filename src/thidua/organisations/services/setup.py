"""The first start of a real installation: its administrator and its organisation."""

from django.db import transaction

from thidua.accounts.models import Account
from thidua.accounts.services import create_first_administrator
from thidua.organisations.models import Unit, UnitKind
from thidua.organisations.services.units import NewUnit, create_unit
from thidua.records.days import today

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


@transaction.atomic
def set_up(
    code: str, *, organisation: str, level: str, username: str, full_name: str, password: str, email: str = ""
) -> tuple[Account, Unit]:
    """Make the administrator and the top unit, or neither.

    Raises SetupClosedError, WrongSetupCodeError, and ValidationError for a weak password.
    """
    account = create_first_administrator(
        code, username=username, full_name=full_name, password=password, email=email
    )
    ensure_kinds()
    kind = UnitKind.objects.get(code=KINDS[0][0])
    if kind.level != level:
        kind.level = level
        kind.save(update_fields=["level"])
    top = create_unit(account, NewUnit(organisation, kind), founded_on=today().replace(month=1, day=1))
    return account, top

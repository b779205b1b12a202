"""Small makers of rows for tests; each takes what the test speaks of and invents the rest."""

from datetime import date
from itertools import count

from thidua.accounts.models import Account, InstallationRole
from thidua.accounts.services import give_installation_role
from thidua.honours.services.entering import Award, Recipient, enter_decision
from thidua.organisations.models import Cluster, ClusterMember, Post, Unit, UnitKind, UnitRole
from thidua.organisations.services.people import NewPerson, NewPost, create_person
from thidua.organisations.services.units import NewUnit, create_unit

LONG_AGO = date(2010, 1, 1)
PASSWORD = "mot-mat-khau-dai-2026"

_numbers = count(1)


def make_kind(code="office", **fields):
    fields = {"name": "Văn phòng", "level": UnitKind.Level.GRASSROOTS, **fields}
    return UnitKind.objects.get_or_create(code=code, defaults=fields)[0]


def make_unit(name="Bộ Thử nghiệm", parent=None, *, founded_on=LONG_AGO, kind=None, **fields):
    """Make a unit under ``parent`` (None: a top)."""
    new = NewUnit(name=name, kind=kind or make_kind(), parent=parent, **fields)
    return create_unit(None, new, founded_on=founded_on)


def make_person(full_name="Nguyễn Văn An", unit=None, *, position="Chuyên viên", since=LONG_AGO, **fields):
    """Make a person with a main post in ``unit`` (a new top when left out)."""
    post = NewPost(
        unit=unit or make_unit(f"Đơn vị {next(_numbers)}"),
        position=position,
        staff_kind=fields.pop("staff_kind", Post.StaffKind.CIVIL_SERVANT),
        valid_from=since,
        is_manager=fields.pop("is_manager", False),
    )
    return create_person(None, NewPerson(full_name=full_name, post=post, **fields))


def make_account(person=None, *, username=None, **fields):
    """Make an account with PASSWORD, tied to ``person`` when given."""
    username = username or f"nguoi-dung-{next(_numbers)}"
    fields.setdefault("full_name", person.full_name if person else "Lê Thị Bình")
    account = Account.objects.create_user(username, PASSWORD, **fields)
    if person:
        person.account = account
        person.save()
    return account


def make_role(person, unit, role=UnitRole.Role.OFFICER, *, since=LONG_AGO, until=None):
    """Give ``person`` a role on ``unit`` from ``since`` until (not including) ``until``."""
    return UnitRole.objects.create(person=person, unit=unit, role=role, valid_from=since, valid_until=until)


def make_user(unit, role=UnitRole.Role.OFFICER, *, full_name="Phạm Thu Hà", **fields):
    """Make an account whose person works in ``unit`` and holds ``role`` there (None: no role)."""
    person = make_person(full_name, unit)
    if role:
        make_role(person, unit, role)
    return make_account(person, **fields)


def make_administrator(**fields):
    account = make_account(**fields)
    give_installation_role(None, account, InstallationRole.Role.ADMINISTRATOR, valid_from=LONG_AGO)
    return account


def make_cluster(authority, *units, year=2026, code="cum-1", name="Cụm thi đua số 1", **fields):
    """Make a cluster with ``units`` as members from the first day of the year, the first of them leading."""
    cluster = Cluster.objects.create(authority=authority, year=year, code=code, name=name, **fields)
    for place, unit in enumerate(units):
        standing = ClusterMember.Standing.MEMBER if place else ClusterMember.Standing.LEAD
        ClusterMember.objects.create(
            cluster=cluster, unit=unit, standing=standing, valid_from=date(year, 1, 1)
        )
    return cluster


def make_award(award="CSTDCS", year=2025, **fields):
    """Describe a decision that gives ``award`` for ``year``."""
    day = fields.pop("decided_on", date(year, 12, 20))
    fields = {
        "number": "140/QĐ-BTN",
        "issuer": "Bộ Thử nghiệm",
        "period_from": year,
        "period_to": year,
        **fields,
    }
    return Award(award=award, decided_on=day, **fields)


def make_honour(subject, award="CSTDCS", year=2025, **fields):
    """Enter one honour of a person or a unit; ``fields`` are those of the decision."""
    one = Recipient(unit=subject) if isinstance(subject, Unit) else Recipient(person=subject)
    return enter_decision(None, make_award(award, year, **fields), [one], although_alike=True)[0]


def signed_in(client, account):
    """Return ``client`` after signing ``account`` in."""
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client

"""Who is told of a registration sheet, and the reminder of those who have not registered."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from thidua.accounts.models import Account
from thidua.audit import services as audit
from thidua.movements.models import Registration, RegistrationEntry, RegistrationReminder
from thidua.movements.news import SheetAccepted, SheetReminder, SheetReturned, SheetSent, Wished
from thidua.movements.permissions import ACTING, paths_above
from thidua.movements.registering import HANDED_IN
from thidua.movements.registration_permissions import places_kept
from thidua.movements.services.notifying import Reminded, acting_for, in_the_log
from thidua.notices.services import Recipient, tell
from thidua.organisations.models import ClusterRole, Unit, UnitRole
from thidua.records.days import today
from thidua.records.locks import hold

State = Registration.State


def tell_above(sheet: Registration) -> int:
    """Tell officers and heads of the unit above, and who leads the unit's clusters of that year."""
    news = SheetSent(sheet.unit_id, sheet.year, sheet.unit.name)
    above = acting_for([sheet.unit.parent_id]) if sheet.unit.parent_id else []
    return tell([*above, *leading(sheet)], news, key=f"registration:{sheet.pk}:{sheet.version}")


def leading(sheet: Registration) -> list[Recipient]:
    """Return the accounts of those who act for a cluster of the unit in the sheet's year."""
    places = places_kept().filter(unit=sheet.unit_id, cluster__year=sheet.year)
    roles = ClusterRole.objects.on(today()).filter(
        cluster__in=places.values("cluster"), person__account__is_active=True
    )
    found = roles.values_list("person__account_id", "person__account__email", "person__account__language")
    return [Recipient(*account) for account in found.distinct()]


def tell_unit(sheet: Registration) -> int:
    """Tell the unit's officers and heads that the sheet was taken or returned."""
    kind = SheetAccepted if sheet.state == State.ACCEPTED else SheetReturned
    news = kind(sheet.unit_id, sheet.year, sheet.reason)
    return tell(acting_for([sheet.unit_id]), news, key=f"registration:{sheet.pk}:{sheet.version}")


def tell_wish(sheet: Registration, entry: RegistrationEntry) -> int:
    """Tell the unit's officers and heads of a person's wish; further wishes of one sheet stay one line.

    Where nobody is in charge of the unit those of the nearest above are told.
    """
    news = Wished(sheet.unit_id, sheet.year, entry.name, entry.award)
    return tell(in_charge_of(sheet.unit), news, key=f"registration-wish:{sheet.pk}", by_mail=False)


def in_charge_of(unit: Unit) -> list[Recipient]:
    """Return the officers and heads of the unit, else those of the nearest above that has some."""
    roles = UnitRole.objects.on(today()).filter(role__in=ACTING, unit__path__in=paths_above(unit.path))
    nearest = roles.order_by("-unit__depth").values_list("unit", flat=True).first()
    return acting_for([nearest]) if nearest else []


@transaction.atomic
def remind_to_register(
    subject: Model, unit_ids: Collection[UUID], year: int, *, by: Account, about: str
) -> Reminded:
    """Remind the officers of those of ``unit_ids`` that have not handed in; ``subject`` is what the log names.

    They read the words ``about``, or the usual ones where it is empty.

    A unit reminded today is spared: twice a day is a nuisance, and the database would not take it. So is one whose
    sheet was returned today: it did register, and was told then what is missing.
    """
    hold("registration-reminder", year)
    done = Registration.objects.filter(unit__in=unit_ids, year=year, state__in=HANDED_IN)
    asked = set(unit_ids) - set(done.values_list("unit_id", flat=True))
    told = RegistrationReminder.objects.filter(unit__in=asked, year=year, on=today())
    due = asked - set(told.values_list("unit_id", flat=True)) - returned_today(asked, year)
    if not due:
        return Reminded(0, len(asked))
    RegistrationReminder.objects.bulk_create(
        RegistrationReminder(unit_id=unit, year=year, on=today(), by=by) for unit in sorted(due)
    )
    news = SheetReminder(year, about)
    tell(acting_for(due), news)
    audit.record(by, "registration.remind", subject, details={"units": len(due), "about": in_the_log(news)})
    return Reminded(len(due), len(asked) - len(due))


def returned_today(units: Collection[UUID], year: int) -> set[UUID]:
    sheets = Registration.objects.filter(unit__in=units, year=year, state=Registration.State.RETURNED)
    return set(
        sheets.filter(events__act="return", events__at__date=today()).values_list("unit_id", flat=True)
    )

"""Who is told of a registration sheet, and the reminder of those who have not registered; always in Vietnamese."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.accounts.models import Account
from thidua.audit import services as audit
from thidua.honours.catalogue import label_of
from thidua.movements.models import Registration, RegistrationEntry, RegistrationReminder
from thidua.movements.registering import HANDED_IN
from thidua.movements.registration_permissions import places_kept
from thidua.movements.services.notifying import Reminded, acting_for
from thidua.notices.services import Message, Recipient, tell
from thidua.organisations.models import ClusterRole
from thidua.records.days import today
from thidua.records.locks import hold

State = Registration.State


def url_of(sheet: Registration) -> str:
    return reverse("movements:registration", args=[sheet.unit_id, sheet.year])


@override("vi")
def tell_above(sheet: Registration) -> int:
    """Tell officers and heads of the unit above, and who leads the unit's clusters of that year."""
    facts = {"unit": sheet.unit.name, "year": sheet.year}
    message = Message(
        kind="registration.sent",
        title=_("%(unit)s gửi bản đăng ký thi đua năm %(year)s") % facts,
        body=_("Mở để xem, nhận hoặc trả lại bổ sung."),
        url=url_of(sheet),
        key=f"registration:{sheet.pk}:{sheet.version}",
    )
    above = acting_for([sheet.unit.parent_id]) if sheet.unit.parent_id else []
    return tell([*above, *leading(sheet)], message)


def leading(sheet: Registration) -> list[Recipient]:
    """Return the accounts of those who act for a cluster of the unit in the sheet's year."""
    places = places_kept().filter(unit=sheet.unit_id, cluster__year=sheet.year)
    roles = ClusterRole.objects.on(today()).filter(
        cluster__in=places.values("cluster"), person__account__is_active=True
    )
    found = roles.values_list("person__account_id", "person__account__email").distinct()
    return [Recipient(account, email) for account, email in found]


@override("vi")
def tell_unit(sheet: Registration) -> int:
    """Tell the unit's officers and heads that the sheet was taken or returned."""
    year = {"year": sheet.year}
    taken = sheet.state == State.ACCEPTED
    message = Message(
        kind=f"registration.{sheet.state}",
        title=_("Bản đăng ký thi đua năm %(year)s đã được nhận") % year
        if taken
        else _("Bản đăng ký thi đua năm %(year)s được trả lại để bổ sung") % year,
        body=sheet.reason,
        url=url_of(sheet),
        key=f"registration:{sheet.pk}:{sheet.version}",
    )
    return tell(acting_for([sheet.unit_id]), message)


@override("vi")
def tell_wish(sheet: Registration, entry: RegistrationEntry) -> int:
    """Tell the unit's officers and heads of a person's wish; further wishes of one sheet stay one line."""
    message = Message(
        kind="registration.wish",
        title=_("%(name)s đăng ký “%(award)s” năm %(year)s")
        % {"name": entry.name, "award": label_of(entry.award), "year": sheet.year},
        body=_("Nguyện vọng chờ đơn vị lấy vào bản đăng ký."),
        url=url_of(sheet),
        key=f"registration-wish:{sheet.pk}",
    )
    return tell(acting_for([sheet.unit_id]), message, by_mail=False)


@transaction.atomic
@override("vi")
def remind_to_register(
    subject: Model, unit_ids: Collection[UUID], year: int, *, by: Account, about: str
) -> Reminded:
    """Remind the officers of those of ``unit_ids`` that have not handed in; ``subject`` is what the log names.

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
    tell(acting_for(due), reminder(year, about))
    audit.record(by, "registration.remind", subject, details={"units": len(due), "about": about})
    return Reminded(len(due), len(asked) - len(due))


def returned_today(units: Collection[UUID], year: int) -> set[UUID]:
    sheets = Registration.objects.filter(unit__in=units, year=year, state=Registration.State.RETURNED)
    return set(
        sheets.filter(events__act="return", events__at__date=today()).values_list("unit_id", flat=True)
    )


def reminder(year: int, about: str) -> Message:
    """Return one message for all: its address leads each reader to the own unit's sheet."""
    return Message(
        kind="registration.reminder",
        title=_("Nhắc đăng ký thi đua năm %(year)s") % {"year": year},
        body=about,
        url=f"{reverse('movements:registrations')}?year={year}",
    )

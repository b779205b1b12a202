"""Calendar addresses: a person's own, and one for each unit the person acts for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from icalendar import Alarm, Calendar, Event

from thidua.movements.selectors.deadlines import (
    Term,
    begun_by,
    received_movements,
    terms_of_organisers,
    terms_of_unit,
)
from thidua.movements.selectors.work import own_units
from thidua.movements.views.access import account
from thidua.notices.models import Feed
from thidua.notices.services import feed_of, open_feed
from thidua.organisations.models import Unit
from thidua.organisations.permissions import scope_of
from thidua.records.days import today
from thidua.ui.flash import say_done
from thidua.ui.formats import day
from thidua.ui.rendering import page

MORNING_BEFORE = timedelta(hours=-15)  # nine o'clock on the day before


@require_GET
def feeds(request: HttpRequest) -> HttpResponse:
    """Show which calendar addresses exist; a new one is shown once, when made."""
    units = own_units(scope_of(request.user))
    living = Feed.objects.filter(account=account(request), withdrawn_at=None)
    context = {
        "units": units,
        "existing": {feed.unit_id: feed for feed in living},
        "fresh": request.session.pop("fresh_feed", ""),
    }
    return page(request, "movements/feeds.html", context)


@require_POST
def make_feed(request: HttpRequest) -> HttpResponse:
    """Make a calendar address; the one before it stops working."""
    asked = request.POST.get("unit", "")
    units = {str(unit.pk): unit for unit in own_units(scope_of(request.user))}
    if asked and asked not in units:
        raise Http404
    token = open_feed(account(request), unit_id=units[asked].pk if asked else None)
    request.session["fresh_feed"] = settings.BASE_URL + reverse("movements:feed", args=[token])
    say_done(request, _("Đã tạo địa chỉ lịch mới; địa chỉ cũ, nếu có, không dùng được nữa."))
    return redirect("movements:feeds")


@never_cache
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a calendar program: whoever holds the address reads the deadlines, as today's roles allow."""
    del request
    found = feed_of(token)
    if found is None:
        raise Http404
    Feed.objects.filter(pk=found.pk).update(used_at=timezone.now())
    units = [u for u in own_units(scope_of(found.account)) if found.unit_id in (None, u.pk)]
    with override(found.account.language):
        calendar = calendar_of(units, today()).to_ical()
    response = HttpResponse(calendar, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="thi-dua.ics"'
    return response


feed.login_required = False  # type: ignore[attr-defined]  # the address itself is the key


@dataclass(slots=True)
class Entry:
    """One day of a calendar: the last of a deadline, or of one round of it, for all units it binds or that set it."""

    term: Term
    on: date
    unit: Unit  # the first of them: its id makes the entry's
    names: list[str]


def calendar_of(units: list[Unit], on: date) -> Calendar:
    """Return one all-day entry for the last day of each open deadline of the units, or set by them.

    Each round of what recurs has its own; what several of the units share stands once.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Thi Dua//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Thời hạn thi đua"))
    entries: dict[tuple[UUID, date], Entry] = {}
    for unit, term, day_ in days_of(units, on):
        entry = entries.setdefault((term.deadline.pk, day_), Entry(term, day_, unit, []))
        entry.names.append(unit.short_name or unit.name)
    for entry in entries.values():
        calendar.add_component(event_of(entry))
    return calendar


def days_of(units: list[Unit], on: date) -> Iterator[tuple[Unit, Term, date]]:
    """Yield each open day of each unit, those of the movements they run last."""
    for unit in units:
        for term in terms_of_unit(unit.pk, received_movements([unit.pk]), on=on):
            yield from ((unit, term, day_) for day_ in term.open_days)
    for unit, term in terms_of_organisers(begun_by(units), on=on):
        if term.last_day:
            yield unit, term, term.last_day


def event_of(entry: Entry) -> Event:
    term, names = entry.term, ", ".join(dict.fromkeys(entry.names))
    round_ = f"-{entry.on}" if term.recurs else ""
    event = Event()
    event.add("uid", f"{term.deadline.pk}-{entry.unit.pk}{round_}@thidua")
    event.add("dtstamp", datetime.now(tz=timezone.get_default_timezone()))
    event.add("dtstart", entry.on)
    event.add("dtend", entry.on + timedelta(days=1))
    event.add("summary", f"{term.deadline.what} ({names})")
    told = [_("kỳ %(day)s") % {"day": day(entry.on)}] if term.recurs else []
    event.add("description", "\n".join([term.deadline.movement.name, term.when, *told]))
    event.add("url", settings.BASE_URL + page_of(term.deadline.movement_id, term.unit_id))
    event.add_component(alarm_of(term.deadline.what))
    return event


def alarm_of(what: str) -> Alarm:
    """Return a reminder on the morning before: an all-day entry begins at midnight."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", what)
    alarm.add("trigger", MORNING_BEFORE)
    return alarm


def page_of(movement: UUID, unit: UUID | None) -> str:
    if unit is None:
        return reverse("movements:deadlines", args=[movement])
    return reverse("movements:part", args=[movement, unit])

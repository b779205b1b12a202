"""The deadline board of a movement, and the events that move deadlines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thidua.movements.deadline_filter import DeadlineFilter, narrowed
from thidua.movements.forms import DayForm
from thidua.movements.models import Deadline, Event, Movement
from thidua.movements.permissions import has_exportable, may, visible_participations
from thidua.movements.selectors.coming import coming_of
from thidua.movements.selectors.deadlines import bound_units, known_on
from thidua.movements.selectors.progress import Progress, progress_of
from thidua.movements.selectors.rounds import RoundCount, rounds_of
from thidua.movements.services.event_days import set_event_day
from thidua.movements.terms import counts_from_receipt, current_and_next, is_each_units_own, state_of
from thidua.movements.views.access import account, require, require_running, visible_movement
from thidua.movements.views.board import day_asked, not_yet
from thidua.movements.views.deadline_workbook import workbook_asked
from thidua.movements.views.finishing import round_asked
from thidua.movements.wording import when_of
from thidua.records.days import today
from thidua.records.models import ChangedMeanwhileError
from thidua.ui.flash import say_done, say_wrong
from thidua.ui.parts import Moment
from thidua.ui.rendering import page

MOMENTS = {"late": "late", "due_soon": "due_soon", "done": "done", "done_late": "due_soon"}


@require_GET
def deadlines(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Show every deadline with how many units finished it, and the events still without a day; or as a workbook."""
    movement = visible_movement(request, pk, has_exportable=has_exportable(request.user))
    if request.GET.get("format") == "xlsx":
        return workbook_asked(request, movement)
    return deadlines_page(request, movement, {})


def deadlines_page(request: HttpRequest, movement: Movement, wrong: Mapping[UUID, DayForm]) -> HttpResponse:
    """Show the deadlines; ``wrong``: the forms, by event, that were refused, with what was typed."""
    on = day_asked(request)
    progress = progress_of(movement, visible_participations(request.user, movement), on=on)
    running = movement.status == Movement.Status.LAUNCHED
    context: dict[str, Any] = {
        "movement": movement,
        "progress": narrowed(progress, request.GET.get("q", ""), request.GET.get("show", "")),
        "all": len(progress),
        "query": request.GET.get("q", ""),
        "filter": DeadlineFilter(request.GET),
        "may_export": may(request.user, "export", movement) or getattr(movement, "has_exportable", False),
        "coming": coming_of([p.deadline for p in progress], on),
        "events": events_shown(movement, wrong) if on == today() else past_events(progress),
        "on": on,
        "not_yet": not_yet(movement, on),
        "today": today(),
        "may_view_all": may(request.user, "view_all", movement),
        "may_edit": running and on == today() and may(request.user, "launch", movement),
        "moments": [
            Moment(p.deadline.what, MOMENTS.get(p.standing, "waiting"), day=p.last_day, when=p.when)
            for p in progress
            if p.last_day
        ],
    }
    return page(request, "movements/deadlines.html", context, status=422 if wrong else 200)


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event that deadlines hang on; ``form`` sets its day, where there is one to set."""

    event: Event
    form: DayForm | None = None
    own: int = 0  # how many clusters and units have a day of their own

    @property
    def is_each_units_own(self) -> bool:
        return is_each_units_own(self.event)


def events_shown(movement: Movement, wrong: Mapping[UUID, DayForm]) -> list[EventRow]:
    events = movement.events.annotate(own=Count("own_days"))
    return [EventRow(event, form_of(event, wrong), event.own) for event in events]


def past_events(progress: Iterable[Progress]) -> list[EventRow]:
    """Return the events of the deadlines shown, with the days they had then."""
    events = {p.deadline.event.pk: p.deadline.event for p in progress if p.deadline.event}
    return [EventRow(event) for event in sorted(events.values(), key=lambda event: event.order)]


def form_of(event: Event, wrong: Mapping[UUID, DayForm]) -> DayForm | None:
    """Return the form of the event's day; None for a receipt, which each unit has on a day of its own."""
    return None if is_each_units_own(event) else wrong.get(event.pk) or day_form(event)


def day_form(event: Event, typed: QueryDict | None = None) -> DayForm:
    initial = {"on": event.on, "version": event.version}
    return DayForm(typed, initial=initial, auto_id=f"event-{event.order}-%s")


@require_GET
def deadline(request: HttpRequest, pk: UUID, deadline_id: UUID) -> HttpResponse:
    """Show one deadline: who is bound, who finished it and when."""
    movement, on = visible_movement(request, pk), day_asked(request)
    rows, undone = known_on(movement, on)
    row = next((one for one in rows if one.pk == deadline_id), None)
    if row is None:
        raise Http404
    who = visible_participations(request.user, movement)
    rounds = rounds_of(row, who, on=on)
    occurrence = round_shown(request, row, rounds, on)
    bound = bound_units(row, who, on=on, undone=undone, occurrence=occurrence)
    context = {
        "movement": movement,
        "deadline": row,
        "rows": bound.living,
        "ended": bound.ended,
        "by_receipt": counts_from_receipt(row),
        "each_its_own": counts_from_receipt(row) or len({term.last_day for _unit, term in bound.living}) > 1,
        "state": state_of(row, on=on, finished_on=None, occurrence=occurrence),
        "occurrence": occurrence,
        "rounds": rounds,
        "when": when_of(row),
        "coming": coming_of([row], on),
        "on": on,
        "today": today(),
    }
    return page(request, "movements/deadline.html", context)


def round_shown(request: HttpRequest, row: Deadline, rounds: Iterable[RoundCount], on: date) -> date | None:
    """Return the round the page is asked for, else the current one; None where the deadline does not recur."""
    asked = round_asked(request.GET.get("ky", ""))
    current = current_and_next(row, on=on)[0]
    return asked if any(one.last_day == asked for one in rounds) else current


@require_POST
def event_day(request: HttpRequest, pk: UUID, event_id: UUID) -> HttpResponse:
    """Give an event its day, or take it away; its deadlines move along."""
    movement = visible_movement(request, pk)
    require(request, "launch", movement)
    require_running(movement)
    event = get_object_or_404(Event, pk=event_id, movement=movement)
    form = day_form(event, request.POST)
    if form.is_valid() and not (form.cleaned_data["on"] or event.on):
        form.add_error("on", _("Chọn hoặc gõ ngày, ví dụ 30/6/2026."))
    if form.errors:
        reason = next((str(words) for errors in form.errors.values() for words in errors), "")
        facts = {"name": event.name, "reason": reason}
        say_wrong(request, _("Ngày của “%(name)s” chưa được ghi: %(reason)s") % facts)
        return deadlines_page(request, movement, {event.pk: form})
    on = form.cleaned_data["on"]
    try:
        set_event_day(event.pk, on, version=form.cleaned_data["version"], by=account(request))
    except ChangedMeanwhileError:
        say_wrong(request, _("Người khác vừa đổi ngày của sự kiện này. Xem lại rồi đổi tiếp nếu cần."))
    else:
        done = _("Đã ghi ngày của sự kiện; các thời hạn gắn với nó đã được tính lại.")
        say_done(request, done if on else _("Đã bỏ ngày của sự kiện; các thời hạn gắn với nó lại chờ ngày."))
    return redirect("movements:deadlines", pk=pk)

"""Days of an event that are one cluster's or one unit's own."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thidua.movements.models import Event, EventDay, Movement
from thidua.movements.own_day_forms import OwnDayForm
from thidua.movements.selectors.own_days import clusters_taking_part, given_days, units_taking_part
from thidua.movements.services.event_days import PlaceTakesNoPartError, moves_terms, set_own_day
from thidua.movements.terms import is_receipt
from thidua.movements.views.access import account, require, require_running, uuid_or_404, visible_movement
from thidua.organisations.models import Cluster, Unit
from thidua.records.models import ChangedMeanwhileError
from thidua.ui.flash import say_done, say_wrong
from thidua.ui.rendering import page


@require_http_methods(["GET", "HEAD", "POST"])
def own_days(request: HttpRequest, pk: UUID, event_id: UUID) -> HttpResponse:
    """Show which clusters and units have a day of their own, give one (POST), or take it away (``remove``)."""
    movement = visible_movement(request, pk)
    require(request, "launch", movement)
    require_running(movement)
    event = get_object_or_404(Event, pk=event_id, movement=movement)
    if is_receipt(event.name):
        return redirect("movements:deadlines", pk=pk)
    if request.method != "POST":
        return days_page(request, movement, event, form_of(movement, event))
    if "remove" in request.POST:
        return removed(request, event)
    form = form_of(movement, event, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        return written(request, event, form.chosen(), given["on"], given["version"])
    place = form.places.get(form.data.get("place", ""))
    reason = next((str(words) for errors in form.errors.values() for words in errors), "")
    facts = {"name": place.name if place else event.name, "reason": reason}
    say_wrong(request, _("Ngày riêng của “%(name)s” chưa được ghi: %(reason)s") % facts)
    return days_page(request, movement, event, form)


def form_of(movement: Movement, event: Event, typed: QueryDict | None = None) -> OwnDayForm:
    clusters, units = clusters_taking_part(movement), units_taking_part(movement)
    return OwnDayForm(typed, clusters=clusters, units=units, initial={"version": event.version})


def days_page(request: HttpRequest, movement: Movement, event: Event, form: OwnDayForm) -> HttpResponse:
    context: dict[str, Any] = {
        "movement": movement,
        "event": event,
        "days": given_days(event),
        "form": form,
    }
    return page(request, "movements/own_days.html", context, status=422 if form.errors else 200)


def removed(request: HttpRequest, event: Event) -> HttpResponse:
    rows = EventDay.objects.filter(event=event).select_related("unit", "cluster")
    row = get_object_or_404(rows, pk=uuid_or_404(request.POST["remove"]))
    version = request.POST.get("version", "")
    return written(request, event, row.place, None, int(version) if version.isdecimal() else event.version)


def written(
    request: HttpRequest, event: Event, place: Cluster | Unit, on: date | None, version: int | None
) -> HttpResponse:
    try:
        set_own_day(event.pk, place, on, version=version, by=account(request))
    except ChangedMeanwhileError:
        say_wrong(request, _("Người khác vừa đổi ngày của sự kiện này. Xem lại rồi đổi tiếp nếu cần."))
    except PlaceTakesNoPartError:
        say_wrong(request, _("Cụm, đơn vị này không tham gia phong trào. Chọn lại trong danh sách."))
    else:
        done = _("Đã ghi ngày riêng của “%(name)s”; thời hạn của nơi ấy đã được tính lại.")
        free = _("Đã ghi ngày riêng của “%(name)s”; nơi ấy không có thời hạn nào gắn với sự kiện này.")
        gone = _("Đã bỏ ngày riêng của “%(name)s”; nơi ấy lại theo ngày chung.")
        told = gone if on is None else done if moves_terms(event, place) else free
        say_done(request, told % {"name": place.name})
    return redirect("movements:own_days", pk=event.movement_id, event_id=event.pk)

"""The reorganisation of a unit: choose, see exactly what changes, carry out."""

from collections import Counter
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thidua.core.text.normal import one_line
from thidua.organisations.ending import running_in
from thidua.organisations.forms.reorganisations import FORMS, MergeForm, ReorganisationForm
from thidua.organisations.models import Unit, UnitEvent
from thidua.organisations.permissions import require_reorganising, visible_clusters
from thidua.organisations.selectors.sight import sight_after_moving
from thidua.organisations.selectors.trees import counts_along
from thidua.organisations.selectors.units import memberships_of
from thidua.organisations.services.effects import Effects
from thidua.organisations.services.heads import doubled_heads
from thidua.organisations.services.reorganisations import PreviewOutdatedError, preview, reorganise
from thidua.organisations.services.twins import twin_units
from thidua.organisations.views.answers import actor_of, show_refusal, unit_asked, units_allowing
from thidua.records.days import today
from thidua.records.refusals import RefusedError
from thidua.ui.rendering import is_fragment, page

PEOPLE_SHOWN = 200
LONGEST_SEARCH = 100


@require_GET
def choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    unit = unit_asked(request, pk)
    require_reorganising(request.user, unit)
    return page(request, "organisations/reorganise.html", {"unit": unit})


@require_http_methods(["GET", "POST"])
def carry_out(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Show the form; posted, the preview; posted again with what was seen, carry it out."""
    if kind not in FORMS:
        raise Http404
    unit = unit_asked(request, pk)
    require_reorganising(request.user, unit)
    units = units_allowing(request, "edit_units")
    initial = {"on": today()}
    if "find" in request.POST:  # a search without scripts: what was typed stays and is not judged yet
        form = FORMS[kind](unit=unit, units=units, initial=request.POST.dict())
    else:
        form = FORMS[kind](request.POST or None, unit=unit, units=units, initial=initial)
    shown = {"unit": unit, "kind": kind, "form": form} | to_merge(request, form)
    if is_fragment(request) and request.method == "GET" and "offered" in shown:
        return page(request, "organisations/reorganise_form.html", shown, block="offered")
    if not form.is_valid() or "back" in request.POST:
        return page(request, "organisations/reorganise_form.html", shown)
    if "seen" in request.POST:
        return ordered(request, form, shown)
    return show_preview(request, form, preview(form.wanted(frozenset()), form.cleaned_data["on"]), shown)


def to_merge(request: HttpRequest, form: ReorganisationForm) -> dict[str, object]:
    """Return the units to tick, where that is asked: the ticked ones and those the search finds."""
    if not isinstance(form, MergeForm):
        return {}
    given = request.POST or request.GET
    query = one_line(given.get("q", ""))[:LONGEST_SEARCH]
    return {"query": query, "offered": form.offered(query, chosen_ids(given.getlist("others")))}


def ordered(request: HttpRequest, form: ReorganisationForm, shown: dict[str, object]) -> HttpResponse:
    given = form.cleaned_data
    continuing = frozenset(chosen_ids(request.POST.getlist("continuing_roles")))
    try:
        event = reorganise(
            actor_of(request),
            form.wanted(continuing),
            on=given["on"],
            decision=given["decision"],
            decided_on=given["decided_on"],
            note=given["note"],
            seen=request.POST["seen"],
        )
    except PreviewOutdatedError as outdated:
        messages.warning(
            request, _("Có thay đổi từ lúc bạn xem trước. Xem lại bản mới dưới đây rồi thực hiện.")
        )
        return show_preview(request, form, outdated.effects, shown)
    except RefusedError as error:
        show_refusal(form, error)
        return page(request, "organisations/reorganise_form.html", shown)
    messages.success(request, _("Đã ghi việc sắp xếp, có hiệu lực từ ngày đã chọn."))
    return redirect("organisations:unit", pk=unit_to_show(event, form.unit).pk)


def unit_to_show(event: UnitEvent, asked: Unit) -> Unit:
    """Return the unit that goes on: the one asked for, or who took over from it where it ended."""
    if not event.successions.filter(predecessor=asked, predecessor__dissolved_on=event.on).exists():
        return asked
    taken = event.successions.filter(predecessor=asked).exclude(successor=None).select_related("successor")
    heir = taken.order_by("successor__sort_key").first()
    return heir.successor if heir and heir.successor else asked


def chosen_ids(given: list[str]) -> list[UUID]:
    try:
        return [UUID(one) for one in given]
    except ValueError as error:
        raise Http404 from error


def flows(effects: Effects) -> list[tuple[str, str, int]]:
    """Count the posts that go from one unit to another; "" is nowhere."""
    counted = Counter(
        (change.post.unit.name, change.unit.name if change.unit else "") for change in effects.posts
    )
    return [(before, after, number) for (before, after), number in counted.items()]


def show_preview(
    request: HttpRequest, form: ReorganisationForm, effects: Effects, shown: dict[str, object]
) -> HttpResponse:
    if effects.problems:
        show_refusal(form, RefusedError(effects.problems))
        return page(request, "organisations/reorganise_form.html", shown)
    context = shown | {
        "effects": effects,
        "along": counts_along([change.unit for change in effects.moved], effects.on),
        "flows": flows(effects),
        "posts": effects.posts[:PEOPLE_SHOWN],
        "posts_more": max(len(effects.posts) - PEOPLE_SHOWN, 0),
        "doubled": doubled_heads(effects),
        "twins": twin_units(effects),
        "running": list(running_in(request.user, effects.ended)),
        "today": today(),
    }
    return page(
        request, "organisations/reorganise_preview.html", context | goes_on(request, effects, form.unit)
    )


def goes_on(request: HttpRequest, effects: Effects, unit: Unit) -> dict[str, object]:
    """Return what a unit that moves or gives off parts stays in, and who will see the one that moves."""
    moves = effects.kind == UnitEvent.Kind.MOVE
    if not moves and (effects.kind != UnitEvent.Kind.SPLIT or effects.ended):
        return {"going_on": [], "staying": [], "sights": []}
    moved = [(change.unit, change.parent) for change in effects.moved if isinstance(change.parent, Unit)]
    return {
        "going_on": list(running_in(request.user, [unit])),
        "staying": memberships_of(unit, effects.on, visible_clusters(request.user)),
        "sights": [sight_after_moving(*each) for each in moved] if moves else [],
    }

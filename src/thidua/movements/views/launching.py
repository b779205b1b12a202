"""Choose the units, see exactly who receives what, launch, and watch it go out."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.movements.models import Launch, Movement
from thidua.movements.permissions import may
from thidua.movements.selectors.directories import clusters_lacking
from thidua.movements.selectors.odd_days import odd_before_launch
from thidua.movements.services import launching
from thidua.movements.services.launch_preview import LaunchPreview, preview_launch
from thidua.movements.services.launching import NotReadyError
from thidua.movements.tasks import run_launch
from thidua.movements.views.access import (
    account,
    require,
    require_running,
    visible_movement,
)
from thidua.movements.views.odd_days import are_seen, shown_odd
from thidua.movements.views.standing import led_back
from thidua.organisations.models import Unit
from thidua.records.days import today
from thidua.ui.flash import say_done, say_wrong
from thidua.ui.rendering import page


@require_http_methods(["GET", "HEAD", "POST"])
def launch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose units (GET), preview (POST), launch (POST with ``go``)."""
    movement = visible_movement(request, pk)
    require(request, "launch", movement)
    if elsewhere := led_elsewhere(request, movement):
        return elsewhere
    units = launching.candidates(movement)
    if request.method != "POST":
        chosen = {unit.pk for unit in launching.default_recipients(movement, units)}
        return chooser(request, movement, units, chosen, None)
    chosen = chosen_units(request, units)
    if "again" in request.POST:
        return chooser(request, movement, units, chosen, None)
    if "go" not in request.POST or not are_seen(request, odd_before_launch(movement, today())):
        preview = preview_launch(movement, list(chosen))
        return chooser(request, movement, units, chosen, preview)
    try:
        order = launching.begin_launch(movement, list(chosen), by=account(request))
    except NotReadyError as error:
        preview = preview_launch(movement, list(chosen))
        return chooser(request, movement, units, chosen, preview, problems=error.problems)
    run_launch.enqueue(str(order.pk))
    return redirect("movements:launch_progress", pk=movement.pk, launch_id=order.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def admit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let further units receive a movement that is out: choose (GET), preview (POST), admit (POST with ``go``)."""
    movement = visible_movement(request, pk)
    require(request, "launch", movement)
    require_running(movement)
    units = launching.newcomers(movement)
    chosen = chosen_units(request, units) if request.method == "POST" else set()
    preview = preview_launch(movement, list(chosen)) if chosen and "again" not in request.POST else None
    problems = launching.problems_before_admission(movement, chosen) if request.method == "POST" else []
    if "go" in request.POST and not problems:
        launching.admit(movement, list(chosen), by=account(request))
        said = ngettext(
            "Đã đưa thêm %(n)s đơn vị vào phong trào.",
            "Đã đưa thêm %(n)s đơn vị vào phong trào.",
            len(chosen),
        )
        say_done(request, said % {"n": len(chosen)})
        return redirect("movements:board", pk=pk)
    return chooser(request, movement, units, chosen, preview, problems=problems, is_out=True)


def led_elsewhere(request: HttpRequest, movement: Movement) -> HttpResponse | None:
    """Lead to the plan that waits for its head, to an own plan's page, or to the launch under way or done."""
    if refused := led_back(request, movement):
        return refused
    if movement.answers_id:
        return redirect("movements:launch_own", pk=movement.pk)
    if under_way := launch_under_way(movement):
        return redirect("movements:launch_progress", pk=movement.pk, launch_id=under_way.pk)
    if request.method == "POST" and movement.status == Movement.Status.LAUNCHED:  # a second click
        say_done(request, _("Phong trào này đã được phát động."))
        return redirect("movements:board", pk=movement.pk)
    return None


def launch_under_way(movement: Movement) -> Launch | None:
    """Return the order that is being carried out, or stopped half-way; a movement that is out has none."""
    if movement.status != Movement.Status.PREPARING:
        return None
    return movement.launches.filter(status=Launch.Status.STAGING).first()


def chooser(
    request: HttpRequest,
    movement: Movement,
    units: "Sequence[launching.Candidate]",
    chosen: set[UUID],
    preview: LaunchPreview | None,
    *,
    problems: list[launching.Problem] | None = None,
    is_out: bool = False,
) -> HttpResponse:
    """Show the units to choose from and what each would get; ``is_out``: the movement runs already."""
    if problems is None:
        before = preview.problems if preview else launching.problems_before_launch(movement, chosen)
    context: dict[str, Any] = {
        "movement": movement,
        "groups": groups_of(movement, units),
        "chosen": chosen,
        "empty": {unit.pk for unit in units if not unit.is_peopled},
        "preview": preview,
        "may_choose": not (preview and preview.receives),
        "problems": before if problems is None else problems,
        "is_out": is_out,
        "lacking": None if is_out else clusters_lacking(movement),
        "may_make_clusters": may(request.user, "edit_units", movement),
        **shown_odd(odd_before_launch(movement, today()) if preview and not is_out else []),
    }
    status = 422 if problems or "go" in request.POST else 200
    return page(request, "movements/launch.html", context, status=status)


def groups_of(movement: Movement, units: Sequence[Unit]) -> list[tuple[str, list[Unit]]]:
    """Return the units to choose from by kind, those directly below first."""
    direct = [u for u in units if u.parent_id == movement.organiser_id or movement.cluster_id]
    deeper = [u for u in units if u not in direct]
    named: dict[str, list[Unit]] = {}
    for unit in direct + deeper:
        named.setdefault(unit.kind.name, []).append(unit)
    return list(named.items())


def chosen_units(request: HttpRequest, units: Sequence[Unit]) -> set[UUID]:
    """Return the ticked units among those the organiser may launch to; others are not there for it.

    A preview keeps them in one field ``units``: a box for each would make its page several times as long.
    """
    ticked = {*request.POST.getlist("unit"), *request.POST.get("units", "").split()}
    return {unit.pk for unit in units if str(unit.pk) in ticked or unit.pk.hex in ticked}


def launch_of(request: HttpRequest, pk: UUID, launch_id: UUID) -> Launch:
    movement = visible_movement(request, pk)
    require(request, "launch", movement)
    return get_object_or_404(
        Launch.objects.select_related("movement__organiser", "movement__plan"),
        pk=launch_id,
        movement=movement,
    )


@require_GET
def launch_progress(request: HttpRequest, pk: UUID, launch_id: UUID) -> HttpResponse:
    """Show how far the launch is; the page asks again until it is done."""
    order = launch_of(request, pk, launch_id)
    context = {"movement": order.movement, "launch": order, "is_done": order.status == Launch.Status.DONE}
    return page(request, "movements/launch_progress.html", context, block="job")


@require_POST
def launch_again(request: HttpRequest, pk: UUID, launch_id: UUID) -> HttpResponse:
    """Go on with a launch that was stopped half-way, or take it back."""
    order = launch_of(request, pk, launch_id)
    if order.status != Launch.Status.STAGING:  # a second click: it is done, or was taken back
        return redirect("movements:launch_progress", pk=pk, launch_id=launch_id)
    if "cancel" in request.POST:
        try:
            launching.cancel_launch(order.pk, by=account(request))
        except NotReadyError as error:
            for problem in error.problems:
                say_wrong(request, str(problem.text))
        else:
            say_done(request, _("Đã hủy lần phát động dở dang. Chưa đơn vị nào nhận được gì."))
        return redirect(reverse("movements:launch", args=[pk]))
    run_launch.enqueue(str(order.pk))
    return redirect("movements:launch_progress", pk=pk, launch_id=launch_id)

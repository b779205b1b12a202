"""A movement as it stands: the plan in order, the duties and dates of my unit, the documents it rests on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thidua.library.services import path_of
from thidua.movements.approval_wording import chip_of
from thidua.movements.completion_forms import OccurrenceForm
from thidua.movements.forms import CompletionForm, DayForm, StepForm
from thidua.movements.models import Duty, Movement, Participation
from thidua.movements.permissions import may, may_for_unit, visible_participations
from thidua.movements.selectors.behind import behind
from thidua.movements.selectors.checking import checking
from thidua.movements.selectors.coming import ComingChanges, coming_changes, coming_of
from thidua.movements.selectors.deadlines import Term, done_duties, terms_of_unit
from thidua.movements.selectors.detail import figures_of, in_order_of_days
from thidua.movements.selectors.documents import bases_of
from thidua.movements.selectors.items import held
from thidua.movements.selectors.numbering import corrections_of
from thidua.movements.selectors.occurrences import to_choose, to_list
from thidua.movements.selectors.predecessors import part_and_plans_before
from thidua.movements.selectors.readers import numbers_of, people_reached, readers_of
from thidua.movements.selectors.work import acting_in
from thidua.movements.services.answering import acknowledge
from thidua.movements.views.access import account, visible_movement
from thidua.organisations.models import Person
from thidua.organisations.permissions import scope_of
from thidua.records.days import today
from thidua.ui.flash import say_done
from thidua.ui.parts import Tab, changed, pager_of, size_asked
from thidua.ui.rendering import page
from thidua.ui.stretches import stretch_of

MOST_PARTS = 5
NOTHING_REFUSED: Mapping[UUID, CompletionForm] = MappingProxyType({})
# What the strip above the plan says already.
IN_HEADER = frozenset(
    {"doc_type", "number", "issued_on", "place", "issuer", "title", "signer", "period", "noise"}
)


@require_GET
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the movement; one still being prepared goes to its check page."""
    movement = visible_movement(request, pk)
    if movement.status == Movement.Status.PREPARING and may(request.user, "edit_plan", movement):
        return redirect("movements:check", pk=pk)
    parts = my_parts(request, movement)
    figures = figures_of(movement, visible_participations(request.user, movement))
    may_view_all = may(request.user, "view_all", movement)
    may_edit = may(request.user, "edit_plan", movement)
    context: dict[str, Any] = {
        "movement": movement,
        "plan": movement.plan,
        "chip": chip_of(movement),
        "sections": in_order_of_days(movement, checking(movement.plan, register=False).sections),
        "changes_coming": coming_changes(movement.plan, today())
        if figures.revisions > 1
        else ComingChanges(),
        "corrections": corrections_of(movement.plan) if figures.number_corrections else (),
        "phases": movement.phases.filter(held(today())),
        "parts": parts,
        "units_total": figures.units,
        "units_ended": figures.ended,
        "own_answers": movement.answers,
        "behind": behind(own=movement) if movement.answers_id and may_edit else (),
        "bases": bases_of(movement.plan),
        "today": today(),
        "may_view_all": may_view_all,
        "may_issue": may(request.user, "issue", movement),
        "may_launch": may(request.user, "launch", movement),
        "may_edit": may_edit,
        "revisions": figures.revisions,
        "readers": figures.readers,
        "reached": people_reached(movement).count() if movement.answers_id and may_view_all else None,
        "hidden_fields": IN_HEADER,
        "may_close": movement.status == Movement.Status.LAUNCHED and may(request.user, "launch", movement),
        "not_final": figures.not_final if may_view_all else 0,
        "close_form": DayForm(initial={"on": today()}, auto_id="close-%s"),
    }
    return page(request, "movements/detail.html", context)


def my_parts(request: HttpRequest, movement: Movement) -> list[Participation]:
    """Return the parts of the units in which the visitor itself acts, not of those below them."""
    own = acting_in(scope_of(request.user))
    parts = movement.participations.filter(unit__in=own, is_visible=True)
    return list(parts.select_related("unit", "own__plan").order_by("unit__path")[:MOST_PARTS])


@require_GET
def part(request: HttpRequest, pk: UUID, unit_id: UUID) -> HttpResponse:
    """Show one unit's part: its steps, duties, deadlines with the planned and the real day."""
    movement = visible_movement(request, pk)
    who = visible_participations(request.user, movement)
    found, before = part_and_plans_before(movement, who, request.user, unit_id)
    if found is None:
        raise Http404
    return part_page(request, movement, found, before=before)


def part_page(
    request: HttpRequest,
    movement: Movement,
    part: Participation,
    *,
    before: Sequence[Participation] | None = None,
    refused: Mapping[UUID, CompletionForm] = NOTHING_REFUSED,
    step_form: StepForm | None = None,
) -> HttpResponse:
    """Show the part; ``refused``, by deadline or duty, and ``step_form`` are forms with what was typed in them.

    ``before``: the parts of predecessors that issued plans; None: not read yet.
    """
    if before is None:
        before = part_and_plans_before(movement, Q(), request.user, part.unit_id)[1]
    this = Movement.objects.filter(pk=movement.pk)
    running = movement.status == Movement.Status.LAUNCHED
    may_act = running and may_for_unit(request.user, "report_done", part.unit)
    terms, duties = terms_of_unit(part.unit_id, this, on=today()), done_duties(part.unit_id, this)
    context = {
        "movement": movement,
        "part": part,
        "before": before,
        "events": part.events.select_related("by").order_by("at"),
        "terms": terms,
        "coming": coming_of([term.deadline for term in terms], today()),
        "duties": duties,
        "today": today(),
        "may_act": may_act,
        "may_plan": running
        and part.unit_id != movement.organiser_id
        and may_for_unit(request.user, "edit_plan", part.unit),
        "listed": {term.deadline.pk: list(to_list(term.occurrences, today())) for term in terms},
        "done_forms": done_forms(terms, duties, refused) if may_act else {},
        "step_form": step_form or StepForm(after=part.state, initial={"on": today()}),
        "wrong": [*refused.values(), *([step_form] if step_form else [])],
        "is_last": part.state == Participation.State.FINAL,
    }
    return page(request, "movements/part.html", context, status=422 if refused or step_form else 200)


def done_forms(
    terms: Sequence[Term], duties: Iterable[tuple[Duty, date | None]], refused: Mapping[UUID, CompletionForm]
) -> dict[UUID, CompletionForm]:
    """Return the form of each deadline and duty that may be noted as done; ``refused``: those with typed words."""
    rounds = {term.deadline.pk: to_choose(term.occurrences, today()) for term in terms if term.recurs}
    still_open = [pk for pk, days in rounds.items() if days]
    still_open += [term.deadline.pk for term in terms if not (term.recurs or term.finished_on)]
    still_open += [duty.pk for duty, finished_on in duties if finished_on is None]
    return {pk: refused.get(pk) or done_form(pk, occurrences=rounds.get(pk)) for pk in still_open}


def done_form(
    thing_id: UUID, typed: QueryDict | None = None, *, occurrences: Sequence[date] | None = None
) -> CompletionForm:
    """Return the form of a finishing day; ``occurrences``: those to choose from, where the thing recurs."""
    given: dict[str, Any] = {"initial": {"finished_on": today()}, "auto_id": f"done-{thing_id}-%s"}
    if occurrences is None:
        return CompletionForm(typed, **given)
    return OccurrenceForm(typed, occurrences=occurrences, **given)


@require_GET
def source(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Give the source document as it came."""
    movement = visible_movement(request, pk)
    if movement.plan.file is None:
        raise Http404
    stream = path_of(movement.plan.file.sha256).open("rb")
    return FileResponse(stream, as_attachment=True, filename=movement.plan.file.name)


def reader_of(request: HttpRequest) -> Person:
    person = getattr(request.user, "person", None)
    if not isinstance(person, Person):
        raise Http404
    return person


@require_GET
def read(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the plan to a member of staff, to be marked as read and understood."""
    movement = visible_movement(request, pk)
    person = getattr(request.user, "person", None)
    done = movement.acknowledgements.filter(person=person).order_by("-at").first() if person else None
    context = {
        "movement": movement,
        "plan": movement.plan,
        "sections": checking(movement.plan, register=False).sections,
        "changes_coming": coming_changes(movement.plan, today()),
        "done": done,
        "person": person,
        "hidden_fields": IN_HEADER,
    }
    return page(request, "movements/read.html", context)


@require_POST
def mark_read(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that the visitor has read and understood the plan."""
    movement = visible_movement(request, pk)
    acknowledge(movement, reader_of(request), by=account(request))
    say_done(request, _("Đã ghi nhận: bạn đã đọc và nắm nội dung kế hoạch."))
    return redirect("movements:read", pk=pk)


@require_GET
def readers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """List who of the organising unit has read the plan and who has not (R-058)."""
    movement = visible_movement(request, pk)
    if not may(request.user, "view_all", movement):
        raise Http404
    people, size = readers_of(movement), size_asked(request.GET)
    total, done = numbers_of(people)
    waits = request.GET.get("show") == "unread"
    among = people.filter(read_at=None) if waits else people
    shown = stretch_of(
        request.GET,
        total - done if waits else total,
        size,
        lambda start, number: list(among[start : start + number]),
    )
    context = {
        "movement": movement,
        "people": shown.rows,
        "pager": pager_of(request.GET, shown, size),
        "total": total,
        "done": done,
        "tabs": [
            Tab(_("Tất cả"), changed(request.GET, show=None), not waits, total),
            Tab(_("Chưa đọc"), changed(request.GET, show="unread"), waits, total - done),
        ],
    }
    return page(request, "movements/readers.html", context)

"""A unit's own plan: derive it, issue it with number and day, launch it to one's own people, print it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

from django.forms import BoundField
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thidua.core.drafting.doc_types import DocType
from thidua.core.text.folding import fold
from thidua.documents.docx_writer import docx_file
from thidua.documents.pdf_writer import pdf
from thidua.movements.citing import post_on_paper
from thidua.movements.forms import FIGURES, AnswerForm, IssueForm, figure_name
from thidua.movements.models import Movement, Participation, PlanItem
from thidua.movements.papers import paper_of
from thidua.movements.permissions import visible
from thidua.movements.preview import preview_of
from thidua.movements.selectors.checking import Line, line_of
from thidua.movements.selectors.coming import coming_changes
from thidua.movements.selectors.deadlines import duties_of_unit, terms_of_unit
from thidua.movements.selectors.directories import directory_of
from thidua.movements.selectors.figures import odd_figures
from thidua.movements.selectors.items import in_force
from thidua.movements.selectors.numbering import odd_number
from thidua.movements.selectors.odd_days import odd_before_launch, odd_days
from thidua.movements.services import answering, deriving, launching
from thidua.movements.services.launching import NotReadyError
from thidua.movements.shapes import BY_FIELD, Shape
from thidua.movements.stated import day
from thidua.movements.views.access import (
    account,
    own_plan_or_404,
    require,
    require_for_unit,
    require_running,
    visible_movement,
)
from thidua.movements.views.launching import chosen_units, groups_of
from thidua.movements.views.odd_days import are_seen, shown_odd
from thidua.movements.views.standing import led_back
from thidua.organisations.models import Person, Unit
from thidua.records.days import today
from thidua.ui.flash import say_done, say_wrong
from thidua.ui.formats import day as format_day
from thidua.ui.rendering import page

WRITERS = {"docx": docx_file, "pdf": pdf}


@dataclass(frozen=True, slots=True)
class Offered:
    """The items of one field of the plan above; ``figures``: the form's fields for the unit's own figures."""

    shape: Shape
    lines: Sequence[Line]
    figures: Mapping[UUID, BoundField]
    is_open: bool


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, part_id: UUID) -> HttpResponse:
    """Choose which contents and targets to take up; begin the unit's own plan with them."""
    part = (
        Participation.objects.select_related("movement__plan", "movement__organiser", "unit", "own")
        .filter(pk=part_id, is_visible=True, movement__in=Movement.objects.filter(visible(request.user)))
        .first()
    )
    if part is None:
        raise Http404
    require_for_unit(request, "edit_plan", part.unit)
    if part.own:
        return redirect("movements:check", pk=part.own.pk)
    require_running(part.movement)
    if part.unit_id == part.movement.organiser_id:
        say_wrong(request, str(answering.OWN_PLAN_ALREADY))
        return redirect("movements:detail", pk=part.movement_id)
    offered = list(
        in_force(part.movement.plan, today()).filter(field__in=deriving.CHOSEN).order_by("order", "id")
    )
    days = deriving.days_from_receipt(part)
    form = AnswerForm(offered, request.POST or None, dated=days)
    if request.method == "POST" and form.is_valid():
        return begin(request, part, form)
    this = Movement.objects.filter(pk=part.movement_id)
    ticked = set(request.POST.getlist("item")) if form.is_bound else usual(part, offered)
    ticked |= set(request.POST.getlist("day")) if form.is_bound else set(map(str, days))
    context = {
        "movement": part.movement,
        "part": part,
        "form": form,
        "groups": groups_offered(offered, form),
        "changes_coming": coming_changes(part.movement.plan, today()),
        "ticked": ticked,
        "counted": counted_terms(part, days),
        "terms": terms_of_unit(part.unit_id, this, on=today()),
        "duties": duties_of_unit(part.unit_id, this),
        "today": today(),
    }
    return page(request, "movements/answer.html", context, status=422 if form.errors else 200)


def begin(request: HttpRequest, part: Participation, form: AnswerForm) -> HttpResponse:
    try:
        movement = answering.start_own_plan(
            part.pk, form.chosen, by=account(request), figures=form.figures, dated=form.dated
        )
    except answering.AlreadyAnsweredError as error:  # a colleague was quicker
        say_done(request, _("Đơn vị vừa có bản thảo kế hoạch; mở bản đó để làm tiếp."))
        return redirect("movements:check", pk=error.movement.pk)
    say_done(request, _("Đã lập bản thảo. Cụ thể hóa chủ đề, nội dung, chỉ tiêu rồi ban hành."))
    return redirect("movements:check", pk=movement.pk)


def counted_terms(part: Participation, days: Mapping[UUID, date]) -> list[tuple[Line, date]]:
    """Return the terms that count from receipt, each with the day it makes for the unit."""
    items = in_force(part.movement.plan, today()).filter(pk__in=days).order_by("order", "id") if days else ()
    return [(line_of(item), days[item.pk]) for item in items]


def usual(part: Participation, offered: Sequence[PlanItem]) -> set[str]:
    """Return what is ticked at first."""
    directory = directory_of(part.movement, [part.unit])
    return {str(item.pk) for item in offered if deriving.usually_taken(part.unit, item, directory)}


def groups_offered(offered: Sequence[PlanItem], form: AnswerForm) -> list[Offered]:
    """Return the fields to choose from, those with figures open, the rest folded."""
    groups = []
    fields = ("contents", "targets", "awards", "quotas", "criteria", "purposes", "requirements", "solutions")
    for field in fields:
        lines = [line_of(item) for item in offered if item.field == field]
        figures = {line.item.pk: form[figure_name(line.item)] for line in lines if line.item.field in FIGURES}
        is_open = field in ("contents", "targets") or (field in FIGURES and bool(lines))
        groups.append(Offered(BY_FIELD[field], lines, figures, is_open))
    return groups


@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the unit's plan its number, day and signer; the paper is beside the form."""
    movement = visible_movement(request, pk)
    own_plan_or_404(movement)
    require(request, "issue", movement)
    if movement.plan.issued_at:
        return to_issued(request, movement)
    symbol = symbol_after(movement)
    form = IssueForm(request.POST or None, initial=first_words(movement), symbol=symbol)
    problems = answering.problems_before_issue(movement)
    given = form.cleaned_data if form.is_bound and form.is_valid() else form.initial
    odd = odd_days(movement.plan, issued_on=given.get("issued_on"))
    numbered = (
        odd_number(movement.plan, given["number"], given["issued_on"])
        if form.is_bound and form.is_valid()
        else []
    )
    odd += numbered
    if request.method == "POST" and form.is_valid() and are_seen(request, odd):
        try:
            answering.issue_plan(movement, answering.Issue(**form.cleaned_data), by=account(request))
        except NotReadyError as error:
            problems = error.problems
        else:
            say_done(request, _("Đã ban hành kế hoạch. Cấp trên thấy đơn vị đã có kế hoạch."))
            return redirect("movements:launch_own", pk=pk)
    context = {
        "movement": movement,
        "plan": movement.plan,
        "form": form,
        "problems": problems,
        "odd_figures": odd_figures(movement.plan),
        "asks_number": bool(numbered),
        "preview": preview_of(paper_of(movement.plan)),
        **shown_odd(odd),
    }
    refused = request.method == "POST"  # what was taken led on
    return page(request, "movements/issue.html", context, status=422 if refused else 200)


def to_issued(request: HttpRequest, movement: Movement) -> HttpResponse:
    """Lead on from a plan that has its number: to its launch, or to the plan once it is out."""
    plan = movement.plan
    if plan.issued_on:
        facts = {"number": plan.number, "day": format_day(plan.issued_on)}
        say_done(request, _("Kế hoạch đã ban hành: số %(number)s ngày %(day)s.") % facts)
    is_waiting = movement.status == Movement.Status.PREPARING
    return redirect("movements:launch_own" if is_waiting else "movements:detail", pk=movement.pk)


def symbol_after(movement: Movement) -> str:
    """Return what follows the figures of the number: «/KH-STP»; empty where the unit has no symbol."""
    symbol = movement.organiser.symbol
    return f"/{DocType.KH.letters}-{symbol}" if symbol else ""


def first_words(movement: Movement) -> dict[str, Any]:
    """Fill in what the unit's own data tell: place, head."""
    unit = movement.organiser
    head = unit.roles.on(today()).filter(role="head").select_related("person").first()
    return {
        "issued_on": today(),
        "place": unit.place,
        "signer_name": head.person.full_name if head else "",
        "signer_position": post_on_paper(head.person.position) if head else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
def launch_own(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Launch the issued plan to the unit's own people and the sub-units chosen."""
    movement = visible_movement(request, pk)
    own_plan_or_404(movement)
    require(request, "launch", movement)
    if refused := led_back(request, movement):
        return refused
    if movement.status == Movement.Status.LAUNCHED:  # a second click, or an older link
        say_done(request, _("Kế hoạch này đã được phát động."))
        return redirect("movements:detail", pk=pk)
    units = launching.candidates(movement)
    problems = launching.problems_before_launch(movement)
    odd = odd_before_launch(movement, today())
    chosen = {u.pk for u in units if u.parent_id == movement.organiser_id}
    if request.method == "POST":
        chosen = chosen_units(request, units)
    if request.method == "POST" and are_seen(request, odd):
        try:
            answering.launch_own(movement, list(chosen), by=account(request))
        except NotReadyError as error:
            problems = error.problems
        else:
            say_done(request, _("Đã phát động tới cán bộ, công chức của đơn vị."))
            return redirect("movements:detail", pk=pk)
    context = {
        "movement": movement,
        "plan": movement.plan,
        "groups": groups_of(movement, units),
        "chosen": chosen,
        "problems": problems,
        "people": Person.objects.filter(unit__in=Unit.objects.within(movement.organiser)).count(),
        **shown_odd(odd),
    }
    return page(
        request, "movements/launch_own.html", context, status=422 if request.method == "POST" else 200
    )


@require_GET
def paper(request: HttpRequest, pk: UUID, kind: str) -> HttpResponseBase:
    """Give the plan as .docx or PDF in the State's layout; ``ngay`` asks for the text in force on another day."""
    movement = visible_movement(request, pk)
    if kind not in WRITERS:
        raise Http404
    document = paper_of(movement.plan, on=day(request.GET.get("ngay", "")))
    written = WRITERS[kind](document)
    name = slugify(fold(movement.plan.number or movement.name))[:60] or "ke-hoach"
    if document.extract_of:
        name = f"ban-trich-{name}"
    shown = kind == "pdf" and "xem" in request.GET
    response = FileResponse(BytesIO(written), as_attachment=not shown, filename=f"{name}.{kind}")
    response["Content-Length"] = str(len(written))
    if shown:
        response["X-Frame-Options"] = "SAMEORIGIN"
    return response

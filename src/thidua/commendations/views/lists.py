"""A list of awards looked at: of a decision or of a year of a unit, the money it is due, its quotas and shares."""

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.commendations.forms import FIRST_YEAR, LAST_YEAR, QuotaForm
from thidua.commendations.selectors.award_lists import beside, of_honours, of_year
from thidua.commendations.selectors.fairness import BaseKinds, Fairness, Lines
from thidua.commendations.selectors.honour_lists import lines_of
from thidua.commendations.selectors.law_in_force import Binding, binding_of, law_for
from thidua.commendations.selectors.money_due import money_of
from thidua.commendations.selectors.plan_quotas import OfDecision, PlanFinding, quotas_of_plan
from thidua.commendations.selectors.registered_lines import Compared, RegisteredLines, compared, registered_by
from thidua.commendations.views.list_pages import (
    ACTION,
    Asked,
    about_list,
    fairness_context,
    looked_at,
    money_context,
    note_taken_out,
    partial,
    wants_workbook,
)
from thidua.commendations.views.list_workbooks import fairness_workbook, money_workbook
from thidua.core.eligibility.guidelines import GuidelineFinding
from thidua.honours.models import Honour
from thidua.honours.permissions import visible
from thidua.honours.selectors.records import of_decision
from thidua.library.models import Document
from thidua.organisations.models import Unit
from thidua.organisations.permissions import may, require, scope_of
from thidua.organisations.views.answers import day_asked, refusal, unit_asked
from thidua.records.days import today
from thidua.ui.formats import day as written
from thidua.ui.rendering import page


@require_GET
def money_of_decision(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    asked, rows = decision_asked(request, pk)
    listed = of_honours(rows)
    others = beside(request.user, listed, rows)
    due = money_of(listed, asked.law, asked.binding, other_decisions=others)
    if wants_workbook(request):
        note_taken_out(request, "export.money", asked)
        return money_workbook(due, f"tien-thuong-{asked.on:%Y%m%d}.xlsx", partial=partial(asked))
    return page(request, "commendations/money.html", money_context(asked, due, request.GET))


@require_GET
def fairness_of_decision(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    asked, rows = decision_asked(request, pk)
    lines = lines_of(request.user, rows, asked.law, asked.on)
    return fairness_page(request, asked, lines, planned=planned_of(request, asked, rows, lines))


def planned_of(request: HttpRequest, asked: Asked, rows: QuerySet[Honour], lines: Lines) -> list[PlanFinding]:
    """Return what the plan of the decision's movement sets for each unit or each quarter, and what came of it."""
    movement = rows.values_list("movement_id", flat=True).first()
    planned = [one for one in quotas_of_plan(movement) if one.of_list is None]
    if movement is None or not planned:
        return []
    bearers = list(lines.bearers())
    return OfDecision(request.user, movement, asked.on, bearers, asked.is_whole).findings(planned)


@require_GET
def fairness_of_year(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Look at what a unit and those below it were given for one year.

    Who may view the unit reads every honour given in it and below, so the list is always whole.
    """
    unit, day = unit_asked(request, pk), day_asked(request)
    if not may(request.user, "view", unit):
        raise Http404
    if wants_workbook(request):
        require(request.user, ACTION, unit)
    year = year_asked(request, day.year - 1)
    rows, law = of_year(unit, year), law_for(unit.root)
    binding = binding_of(law, unit.root)
    number = rows.order_by().count()
    asked = Asked(
        title=_("%(unit)s, thành tích năm %(year)s") % {"unit": unit.name, "year": year},
        back=reverse("organisations:unit", args=[pk]),
        on=min(day, date(year, 12, 31)),
        law=law,
        authority=binding.over(unit),
        binding=binding,
        subject=unit,
        number=number,
        whole=number,
        may_export=may(request.user, ACTION, unit),
        money_url=f"{reverse('commendations:money_of_year', args=[pk])}?year={year}",
        above=unit.path,
    )
    bases = BaseKinds()
    registered = registered_by(request.user, unit, year, law, asked.on, bases)
    lines = lines_of(request.user, rows, law, asked.on, bases)
    return fairness_page(request, asked, lines, year=year, registered=registered)


def aims_beside(
    found: Fairness, registered: Compared | None
) -> list[tuple[GuidelineFinding, GuidelineFinding | None]]:
    """Return the shares own rules aim at, each with that of those registered, where it asks somebody of either."""
    beside_it = registered.guidelines if registered else ()
    pairs = zip_longest(found.guidelines, beside_it)
    return [(one, other) for one, other in pairs if one.part.asked or (other and other.part.asked)]


def authority_over(binding: Binding, rows: QuerySet[Honour]) -> str | None:
    """Return whose own rules bind a list: a ministry's, where they bind whoever received one of its awards."""
    if not binding.of_province:
        return binding.authority
    given = list(rows.order_by().values_list("award", "place").distinct())
    places = Unit.objects.in_bulk({place for _award, place in given})
    return binding.over_any((award, places[place]) for award, place in given)


def year_asked(request: HttpRequest, otherwise: int) -> int:
    given = request.GET.get("year", "")
    return int(given) if given.isdecimal() and FIRST_YEAR <= int(given) <= LAST_YEAR else otherwise


def decision_asked(request: HttpRequest, pk: UUID) -> tuple[Asked, QuerySet[Honour]]:
    """Return a decision and the honours of it the reader may see, or take out where a workbook is asked for.

    Raises Http404 where there is none to see, PermissionNeeded where none may be taken out.
    """
    document = Document.objects.filter(pk=pk).first()
    if document is None:
        raise Http404
    seen = of_decision(request.user, document).filter(state=Honour.State.HELD)
    first = seen.first()
    if first is None:
        raise Http404
    scope = scope_of(request.user)
    given_out = scope.units(ACTION, prefix="place__")
    may_export = scope.allows(ACTION, first.place) or seen.filter(given_out).exists()
    if wants_workbook(request) and not may_export:
        raise refusal(request, ACTION)
    wanted = given_out if wants_workbook(request) else Q()
    held = Honour.objects.filter(decision=document, state=Honour.State.HELD)
    counts = held.aggregate(whole=Count("pk"), number=Count("pk", filter=visible(request.user) & wanted))
    law = law_for(first.root)
    binding = binding_of(law, first.root)
    asked = Asked(
        title=_("Quyết định %(number)s ngày %(day)s")
        % {"number": document.number, "day": written(first.decided_on)},
        back=reverse("honours:decision", args=[pk]),
        on=first.decided_on,
        law=law,
        authority=authority_over(binding, held),
        binding=binding,
        subject=document,
        number=counts["number"],
        whole=counts["whole"],
        may_export=may_export,
        money_url=reverse("commendations:money_of_decision", args=[pk]),
        fairness_url=reverse("commendations:fairness_of_decision", args=[pk]),
        quotas=tuple(filter(None, (one.of_list for one in quotas_of_plan(first.movement_id)))),
    )
    return asked, seen.filter(wanted)


def fairness_page(
    request: HttpRequest,
    asked: Asked,
    lines: Lines,
    *,
    year: int | None = None,
    registered: RegisteredLines | None = None,
    planned: Sequence[PlanFinding] = (),
) -> HttpResponseBase:
    """Show the list; ``registered`` is what the same units strove for, where the page sets it beside."""
    form = QuotaForm(request.GET)
    found = looked_at(asked, lines, form, planned)
    beside_it = (
        compared(registered, asked.law, asked.on, asked.authority, asked.binding) if registered else None
    )
    if wants_workbook(request):
        note_taken_out(request, "export.fairness", asked)
        about = about_list(asked, year, beside_it.total if beside_it else 0)
        name = f"han-muc-{asked.on:%Y%m%d}.xlsx"
        return fairness_workbook(found, lines, name, about, partial=partial(asked), registered=beside_it)
    chosen = registered if beside_it and beside_it.total and request.GET.get("of") == "registered" else None
    whole = beside_it.total if chosen and beside_it else asked.number
    context = fairness_context(asked, chosen or lines, found, request.GET, whole=whole)
    aims = aims_beside(found, beside_it)
    context |= {
        "form": form,
        "year": year,
        "day": day_asked(request),
        "today": today(),
        "aims": aims,
        "registered": beside_it,
        "of_registered": chosen is not None,
    }
    return page(request, "commendations/fairness.html", context)

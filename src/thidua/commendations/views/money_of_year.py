"""What all decisions of one year pay to a unit and those below it: sums that open, and the lines of one of them."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.commendations.selectors.award_lists import beside, of_honours
from thidua.commendations.selectors.law_in_force import binding_of, law_for
from thidua.commendations.selectors.money_due import MoneyDue, money_of
from thidua.commendations.selectors.money_sums import (
    MoneyPart,
    decided_in,
    narrowed,
    sums_by_award,
    sums_by_decision,
)
from thidua.commendations.views.list_pages import (
    ACTION,
    PAGE,
    Asked,
    money_context,
    note_taken_out,
    wants_workbook,
)
from thidua.commendations.views.list_workbooks import money_workbook, sum_sheets
from thidua.commendations.views.lists import year_asked
from thidua.core.eligibility.reading_aloud import capital
from thidua.honours.catalogue import catalogue, label_of
from thidua.honours.models import Honour
from thidua.organisations.models import Unit
from thidua.organisations.permissions import may, require
from thidua.organisations.views.answers import day_asked, unit_asked
from thidua.records.days import today
from thidua.ui.parts import pager_of
from thidua.ui.rendering import page
from thidua.ui.stretches import stretch_of


@require_GET
def money_of_year(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Show the sums of a year's decisions, or the lines of one sum.

    Who may view the unit reads every honour given in it and below, so the sums are always of all of them.
    """
    unit, day = unit_asked(request, pk), day_asked(request)
    if not may(request.user, "view", unit):
        raise Http404
    if wants_workbook(request):
        require(request.user, ACTION, unit)
    year = year_asked(request, day.year - 1)
    asked, due = year_of(request, unit, year)
    part = part_asked(request.GET)
    shown = narrowed(due, part) if part else due
    if wants_workbook(request):
        note_taken_out(request, "export.money", replace(asked, number=len(shown.lines)))
        return money_workbook(shown, f"tien-thuong-{unit.code or 'don-vi'}-{year}.xlsx", sum_sheets(shown))
    context = sums_context(due, request.GET) if part is None else {"of_part": words_of(part, shown)}
    context |= money_context(asked, shown, request.GET)
    return page(
        request,
        "commendations/money_of_year.html",
        context | {"year": year, "part": part, "day": day, "today": today()},
    )


def year_of(request: HttpRequest, unit: Unit, year: int) -> tuple[Asked, MoneyDue]:
    """Return the list of all the year's decisions, and its money weighed beside other years'."""
    law = law_for(unit.root)
    binding, rows = binding_of(law, unit.root), decided_in(unit, year)
    listed = of_honours(rows)
    asked = Asked(
        title=_("%(unit)s, các quyết định ký năm %(year)s") % {"unit": unit.name, "year": year},
        back=reverse("organisations:unit", args=[unit.pk]),
        on=day_asked(request),
        law=law,
        authority=binding.over(unit),
        binding=binding,
        subject=unit,
        number=len(listed),
        whole=len(listed),
        may_export=may(request.user, ACTION, unit),
    )
    return asked, money_of(listed, law, binding, other_decisions=beside(request.user, listed, rows))


def part_asked(given: QueryDict) -> MoneyPart | None:
    """Return the lines an address asks for; None where it asks for the sums."""
    names = ("decision", "award", "kind", "state")
    if not any(given.get(name) for name in names):
        return None
    decision, award, kind, state = (given.get(name, "") for name in names)
    try:
        number = UUID(decision) if decision else None
    except ValueError as error:
        raise Http404 from error
    return MoneyPart(
        number,
        award if award in catalogue() else "",
        kind if kind in Honour.Kind.values else "",
        state if state in STATES else "",
    )


STATES = ("all", "unpaid", "open")


def words_of(part: MoneyPart, shown: MoneyDue) -> str:
    """Return which lines are looked at, in words."""
    kinds, states = dict(Honour.Kind.choices), {"unpaid": _("không chi"), "open": _("chưa đủ dữ liệu")}
    number = shown.lines[0].listed.number if part.decision and shown.lines else ""
    named = (
        _("Quyết định %(number)s") % {"number": number} if number else "",
        label_of(part.award) if part.award else "",
        kinds.get(part.kind, ""),
        states.get(part.state, ""),
    )
    return capital(", ".join(str(one) for one in named if one)) or _("Cả danh sách")


def sums_context(due: MoneyDue, given: QueryDict) -> dict[str, Any]:
    decisions = sums_by_decision(due)
    number = len(decisions)
    shown = stretch_of(given, number, PAGE, lambda start, size: decisions[start : start + size])
    return {
        "awards": sums_by_award(due),
        "decisions": shown.rows,
        "decisions_pager": pager_of(given, shown, PAGE, sizes=(PAGE,)) if number > PAGE else None,
    }

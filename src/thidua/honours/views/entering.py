"""Old decisions written into the register: one decision, many names."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from thidua.honours.forms import EntryForm
from thidua.honours.models import Honour
from thidua.honours.permissions import WRITE
from thidua.honours.problems import HonourRefusedError, LikelyDuplicateError, Problem
from thidua.honours.selectors.naming import Line, label_of, resolve
from thidua.honours.services.entering import (
    Recipient,
    doubts_about_powers,
    enter_decision,
    likely_duplicates,
    problems_of_award,
    problems_of_list,
)
from thidua.honours.views.answers import show_refusal, told
from thidua.organisations.models import Person, Unit
from thidua.organisations.permissions import Scope, not_allowed, scope_of
from thidua.organisations.views.answers import actor_of
from thidua.ui.flash import say_done
from thidua.ui.rendering import page

CARRIED = ("number", "decided_on", "issuer", "signer", "type", "period_from", "period_to", "movement")


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Take a decision and its list; show whom each line means; write when every line is settled."""
    scope = scope_of(request.user)
    if not scope.allows_somewhere(WRITE):
        raise not_allowed(WRITE, own_unit(scope))
    units = Unit.objects.filter(scope.units(WRITE))
    step = request.POST.get("step", "")
    form = EntryForm(given_to(request), units=units, initial=carried(request))
    lines: list[Line] = []
    seen = Preview()
    if form.is_valid():
        lines = lines_asked(request, form)
        if step == "save":
            try:
                rows = write(request, form, lines)
            except (LikelyDuplicateError, HonourRefusedError) as error:
                show_refusal(form, error)
            else:
                return written(request, rows, doubts_about_powers(form.award_given()))
        seen = preview(form, lines)  # writing asks the same by itself
        if step == "check":
            show_refusal(form, HonourRefusedError(seen.objections))
    context = {
        "form": form,
        "lines": lines,
        "unsettled": sum(not line.is_settled for line in lines),
        "refused": bool(seen.objections),
        "alike": bool(seen.alike),
        "warnings": [told(warning) for warning in (*seen.doubts, *seen.alike)],
        "label_of": label_of,
    }
    return page(request, "honours/enter.html", context)


@dataclass(frozen=True, slots=True)
class Preview:
    """What writing the list would meet: what refuses it, what awaits a tick, what is only worth a look."""

    objections: tuple[Problem, ...] = ()
    alike: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()


def preview(form: EntryForm, lines: list[Line]) -> Preview:
    """Look at the decision and at the lines whose subject is known, as writing them will."""
    settled = [line for line in lines if line.is_settled]
    recipients = [recipient_of(line, form.cleaned_data["keeper"]) for line in settled]
    award = form.award_given()

    def placed(problem: Problem) -> Problem:
        return replace(problem, row=settled[problem.row - 1].number) if problem.row else problem

    listed = problems_of_list(award, recipients) if settled or not lines else ()
    return Preview(
        objections=tuple(placed(one) for one in (*problems_of_award(award), *listed)),
        alike=tuple(placed(one) for one in likely_duplicates(award, recipients)),
        doubts=tuple(doubts_about_powers(award)),
    )


def own_unit(scope: Scope) -> Unit:
    """Return the unit whose heads could grant what the reader lacks."""
    own = Unit.objects.filter(pk=scope.person_unit_id).first() if scope.person_unit_id else None
    return own or Unit.objects.order_by("depth", "sort_key")[0]


def carried(request: HttpRequest) -> dict[str, Any]:
    """Return what a link hands over of a decision that gives a further award."""
    return {name: request.GET[name] for name in CARRIED if name in request.GET}


def given_to(request: HttpRequest) -> Any:
    """Return what was sent; “take from unit” adds that unit's names to the list first."""
    if request.method != "POST":
        return None
    if request.POST.get("step") != "add":
        return request.POST
    scope = scope_of(request.user)
    probe = EntryForm(request.POST, units=Unit.objects.filter(scope.units(WRITE)))
    probe.is_valid()
    unit = probe.cleaned_data.get("source_unit")
    given = request.POST.copy()
    if unit:
        given["names"] = "\n".join([*given.get("names", "").splitlines(), *names_in(request, unit)])
        given["source_unit"] = ""
    return given


def names_in(request: HttpRequest, unit: Unit) -> list[str]:
    if request.POST.get("kind") == Honour.Kind.COLLECTIVE:
        below = Unit.objects.filter(parent=unit, dissolved_on__isnull=True).select_related("parent")
        return [label_of(unit), *(label_of(one) for one in below.order_by("sort_key"))]
    people = unit.people.select_related("unit", "record_unit").order_by("sort_key")
    return [label_of(person) for person in people]


def lines_asked(request: HttpRequest, form: EntryForm) -> list[Line]:
    scope, given = scope_of(request.user), form.cleaned_data
    people = Person.objects.filter(scope.people(WRITE))
    units = Unit.objects.filter(scope.units(WRITE))
    return resolve(given["kind"], given["names"], people, units, request.POST)


def write(request: HttpRequest, form: EntryForm, lines: list[Line]) -> list[Honour]:
    """Write the list. Raises HonourRefusedError, LikelyDuplicateError."""
    if any(not line.is_settled for line in lines):
        form.add_error("names", _("Còn dòng chưa rõ là ai. Chọn ở bảng đối chiếu, hoặc sửa dòng đó."))
        raise HonourRefusedError([])
    given = form.cleaned_data
    recipients = [recipient_of(line, given["keeper"]) for line in lines]
    return enter_decision(
        actor_of(request), form.award_given(), recipients, although_alike=given["although_alike"]
    )


def recipient_of(line: Line, keeper: Unit | None) -> Recipient:
    certificate = line.certificate_number
    if line.is_household:
        return Recipient(household=line.text, keeper=keeper, certificate_number=certificate)
    if isinstance(line.chosen, Person):
        return Recipient(person=line.chosen, certificate_number=certificate)
    return Recipient(unit=line.chosen, certificate_number=certificate)


def written(request: HttpRequest, rows: list[Honour], doubts: Iterable[Problem]) -> HttpResponse:
    """Say what was written, with what is still worth a look, and show the decision."""
    words = ngettext("Đã ghi %(n)s lần khen vào sổ.", "Đã ghi %(n)s lần khen vào sổ.", len(rows))
    say_done(request, " ".join([words % {"n": len(rows)}, *(one.text() for one in doubts)]))
    return redirect(reverse("honours:decision", args=[rows[0].decision_id]))

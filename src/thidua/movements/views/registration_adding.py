"""Add to a registration sheet: who may be put on it is shown first, ticked or not, and nothing is written unseen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from thidua.honours.catalogue import label_of
from thidua.movements.registration_forms import COLLECTIVE, EVERYBODY, LAST_YEAR, PERSON, AddForm
from thidua.movements.registration_problems import RegistrationRefusedError
from thidua.movements.selectors.registration_candidates import (
    MOST_SHOWN,
    Offer,
    collectives_for,
    last_year,
    people_for,
    picked,
    subjects_of,
)
from thidua.movements.services.registering import Line, add
from thidua.movements.views.access import account
from thidua.movements.views.registrations import require_keeping, unit_and_sheet
from thidua.organisations.models import Unit
from thidua.records.days import today
from thidua.ui.flash import say_done, say_wrong
from thidua.ui.parts import Tab, changed
from thidua.ui.rendering import page

LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class Source:
    """Where lines come from; ``ticked``: all that is offered is chosen at first."""

    label: str
    ticked: bool


def sources(year: int) -> dict[str, Source]:
    return {
        PERSON: Source(_("Chọn cá nhân"), ticked=False),
        COLLECTIVE: Source(_("Chọn tập thể"), ticked=False),
        EVERYBODY: Source(_("Tất cả cá nhân"), ticked=True),
        LAST_YEAR: Source(_("Lấy từ năm %(year)s") % {"year": year - 1}, ticked=True),
    }


@require_http_methods(["GET", "POST"])
def registration_add(request: HttpRequest, unit_id: UUID, year: int) -> HttpResponse:
    """Show who may be added, from one of four sources; write what was ticked."""
    unit, sheet = unit_and_sheet(request, unit_id, year)
    require_keeping(request, unit)
    known = sources(year)
    source = request.GET.get("source", "")
    source = source if source in known else PERSON
    form = None if source == LAST_YEAR else form_asked(request, source)
    keys = request.POST.getlist("line")
    problems: list[str] = []
    if request.method == "POST" and form and "look" in request.POST:
        asked = {name: form.cleaned_data[name] for name in ("award", "q")}
        return redirect(f"{request.path}{changed(request.GET, **asked)}")
    if request.method == "POST" and form and (moved := for_award(keys, request.POST.get("award"))) != keys:
        keys, problems = moved, [award_changed(form)]
    elif request.method == "POST" and not keys:
        problems = [_("Chưa chọn ai nên chưa thêm gì.")]
    elif request.method == "POST":
        try:
            return added(request, unit, year)
        except RegistrationRefusedError as error:
            problems = [problem.text() for problem in error.problems]
    offered = offer_of(unit, year, source, form)
    context: dict[str, Any] = {
        "unit": unit,
        "year": year,
        "sheet": sheet,
        "form": form,
        "source": source,
        "ticked": set(keys) if problems else None,
        "all_ticked": known[source].ticked,
        "offer": offered,
        "most": MOST_SHOWN,
        "problems": problems,
        "tabs": [
            Tab(one.label, changed(request.GET, source=name, award=None, q=None), name == source)
            for name, one in known.items()
        ],
        "label_of": label_of,
    }
    return page(request, "movements/registration_add.html", context, status=422 if problems else 200)


def for_award(keys: Sequence[str], award: str | None) -> list[str]:
    """Return the lines chosen with ``award``, which the person chose after the list was shown."""
    if not award:
        return list(keys)
    return [f"{key.rpartition(':')[0]}:{award}" for key in keys]


def award_changed(form: AddForm) -> str:
    facts = {"award": label_of(form.cleaned_data["award"])}
    return _("Danh sách vừa đổi sang “%(award)s”. Xem lại ai được đánh dấu rồi thêm.") % facts


def form_asked(request: HttpRequest, source: str) -> AddForm:
    """Return the form as sent, or with what the address says; the usual award where neither says one."""
    given = request.POST if "award" in request.POST else request.GET
    fresh = AddForm(source)
    usual = fresh.fields["award"].initial
    form = AddForm(source, {"award": given.get("award") or usual, "q": given.get("q", "")})
    return form if form.is_valid() else valid(AddForm(source, {"award": usual, "q": ""}))


def valid(form: AddForm) -> AddForm:
    form.is_valid()
    return form


def offer_of(unit: Unit, year: int, source: str, form: AddForm | None) -> Offer:
    if form is None:
        return last_year(unit, year, on=today())
    given = form.cleaned_data
    search = collectives_for if source == COLLECTIVE else people_for
    return search(unit, year, given["award"], given["q"], on=today())


def added(request: HttpRequest, unit: Unit, year: int) -> HttpResponse:
    """Write the ticked lines. Raises RegistrationRefusedError."""
    note = request.POST.get("note", "").strip()[:LONGEST_NOTE]
    asked = picked(request.POST.getlist("line"))
    chosen = subjects_of(asked, request.user, unit)
    left = asked.number - len(chosen)
    if not chosen:
        say_wrong(request, left_words(left))
        return redirect("movements:registration", unit.pk, year)
    lines = [Line(subject, award, note) for subject, award in chosen]
    done = add(account(request), unit, year, lines, although_known=True)
    number = len(done.made) + done.taken_in
    named = "; ".join(dict.fromkeys(f"“{label_of(award)}”" for _subject, award in chosen))
    said = ngettext("Đã thêm %(n)s dòng: %(award)s.", "Đã thêm %(n)s dòng: %(award)s.", number)
    said %= {"n": number, "award": named}
    if done.known:
        said += " " + ngettext(
            "%(n)s dòng đã có nên giữ nguyên.", "%(n)s dòng đã có nên giữ nguyên.", done.known
        ) % {"n": done.known}
    say_done(request, said)
    if left:
        say_wrong(request, left_words(left))
    return redirect("movements:registration", unit.pk, year)


def left_words(number: int) -> str:
    said = ngettext(
        "%(n)s dòng không thuộc đơn vị nên không thêm.",
        "%(n)s dòng không thuộc đơn vị nên không thêm.",
        number,
    )
    return said % {"n": number}

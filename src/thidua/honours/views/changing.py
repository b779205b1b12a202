"""One honour: what it is, what happened to it, what rests on it; and the acts on it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.honours.forms import CorrectionForm, GroundsForm, MistakeForm, ReexaminationForm
from thidua.honours.models import Honour, HonourEvent
from thidua.honours.permissions import may_change, may_read_reasons
from thidua.honours.problems import HonourRefusedError
from thidua.honours.selectors.records import dependents_of
from thidua.honours.services.changing import CHANGES, change_state, correct, mark_reexamined
from thidua.honours.views.answers import changeable, honour_asked, show_refusal
from thidua.honours.views.register import STATES
from thidua.honours.wording import ACTS, change_lines
from thidua.organisations.views.answers import actor_of
from thidua.records.days import today
from thidua.records.models import ChangedMeanwhileError
from thidua.ui.flash import say_done
from thidua.ui.rendering import page

Kind = HonourEvent.Kind


@require_GET
def honour(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = honour_asked(request, pk)
    changes = may_change(request.user, row)
    fallen = row.state in {Honour.State.REVOKED, Honour.State.STRIPPED}
    events = list(row.events.all())
    context = {
        "honour": row,
        "events": [(event, change_lines(event)) for event in events],
        "fallen": fallen,
        "dependents": dependents_of(request.user, row) if fallen else [],
        "may_change": changes,
        "reads_reasons": may_read_reasons(request.user, row),
        "acts": [act for act in ACTS if changes and row.state in CHANGES[act.kind][0] and act.fits(row)],
        "states": STATES,
        "today": today(),
    }
    return page(request, "honours/honour.html", context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Revoke, strip, restore, or take back an entry made by mistake."""
    row = changeable(request, pk)
    asked = next((one for one in ACTS if one.slug == act), None)
    if asked is None or not asked.fits(row):
        raise Http404
    form_class = MistakeForm if asked.kind == Kind.VOIDED else GroundsForm
    form = form_class(request.POST or None, initial={"version": row.version})
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            change_state(actor_of(request), row, asked.kind, form.grounds(), version=version)
        except (HonourRefusedError, ChangedMeanwhileError) as error:
            show_refusal(form, error)
        else:
            say_done(request, _("Đã ghi “%(act)s”. Lần khen vẫn được giữ trong sổ.") % {"act": asked.label})
            return redirect("honours:honour", pk=pk)
    return page(request, "honours/change.html", {"form": form, "honour": row, "act": asked})


@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put right what the register says."""
    row = changeable(request, pk)
    shown = {name: getattr(row, name) for name in (*CorrectionForm.FACTS, "version")}
    form = CorrectionForm(request.POST or None, initial=shown)
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            correct(actor_of(request), row, form.facts(), form.grounds(), version=version)
        except (HonourRefusedError, ChangedMeanwhileError) as error:
            show_refusal(form, error)
        else:
            say_done(request, _("Đã đính chính; nội dung cũ vẫn được giữ."))
            return redirect("honours:honour", pk=pk)
    return page(request, "honours/correct.html", {"form": form, "honour": row})


@require_POST
def reexamine(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note what came of looking again at an honour that rested on a fallen one."""
    row = changeable(request, pk)
    form = ReexaminationForm(request.POST)
    back = request.POST.get("fallen", "")
    if form.is_valid():
        mark_reexamined(actor_of(request), row, form.cleaned_data["reason"])
        say_done(request, _("Đã ghi kết quả xem xét lại."))
    else:
        say_done(request, _("Chưa ghi: cần một câu kết luận."))
    try:
        return redirect("honours:honour", pk=UUID(back))
    except ValueError:
        return redirect("honours:honour", pk=pk)

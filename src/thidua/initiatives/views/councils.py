"""Initiative councils: set up for a term, members seated and unseated."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.initiatives.forms.councils import CouncilForm, SeatForm
from thidua.initiatives.models import CouncilMember, InitiativeCouncil
from thidua.initiatives.permissions import may_run
from thidua.initiatives.problems import InitiativeRefusedError
from thidua.initiatives.selectors import councils_of
from thidua.initiatives.services.councils import seat, set_up, unseat
from thidua.initiatives.views.answers import refuse_access, show_refusal
from thidua.organisations.models import Person, Unit
from thidua.organisations.permissions import nameable_people, scope_of
from thidua.organisations.views.answers import actor_of
from thidua.records.days import today
from thidua.ui.flash import say_done
from thidua.ui.rendering import page


@require_GET
def councils(request: HttpRequest) -> HttpResponse:
    context = {
        "councils": list(councils_of(request.user)[:200]),
        "today": today(),
        "may_set_up": scope_of(request.user).allows_somewhere("handle_initiatives"),
    }
    return page(request, "initiatives/councils.html", context)


@require_http_methods(["GET", "POST"])
def council_create(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    if not scope.allows_somewhere("handle_initiatives"):
        raise Http404
    units = Unit.objects.filter(scope.units("handle_initiatives")).existing(today())
    form = CouncilForm(request.POST or None, units=units, initial={"valid_from": today()})
    if form.is_valid():
        try:
            made = set_up(actor_of(request), form.new_council())
        except InitiativeRefusedError as error:
            show_refusal(form, error)
        else:
            say_done(request, _("Đã lập Hội đồng. Thêm thành viên để Hội đồng làm việc."))
            return redirect("initiatives:council", pk=made.pk)
    return page(request, "initiatives/council_create.html", {"form": form})


def council_asked(request: HttpRequest, pk: UUID) -> InitiativeCouncil:
    row = councils_of(request.user).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@require_http_methods(["GET", "POST"])
def council(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the council; seat a member."""
    row = council_asked(request, pk)
    runs = may_run(request.user, row)
    people = Person.objects.filter(nameable_people(request.user), root=row.unit.root_id)
    form = SeatForm(request.POST or None, people=people, initial={"on": max(row.valid_from, today())})
    if request.method == "POST":
        if not runs:
            raise refuse_access(row.unit)
        if form.is_valid():
            try:
                seat(actor_of(request), row, **form.cleaned_data)
            except InitiativeRefusedError as error:
                show_refusal(form, error)
            else:
                say_done(request, _("Đã thêm thành viên."))
                return redirect("initiatives:council", pk=pk)
    context = {
        "council": row,
        "members": list(row.members.select_related("person__unit").order_by("role", "person__sort_key")),
        "form": form,
        "runs": runs,
        "today": today(),
    }
    return page(request, "initiatives/council.html", context)


@require_POST
def member_end(request: HttpRequest, pk: UUID, member: UUID) -> HttpResponse:
    """End a seat from today."""
    row = council_asked(request, pk)
    if not may_run(request.user, row):
        raise refuse_access(row.unit)
    found = get_object_or_404(CouncilMember, pk=member, council=row)
    unseat(actor_of(request), found, last_day=today() - timedelta(days=1))
    say_done(request, _("Đã thôi thành viên."))
    return redirect("initiatives:council", pk=pk)

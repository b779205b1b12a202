"""A person's own registration: what I strive for, this year and before."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from thidua.honours.catalogue import label_of
from thidua.movements.models import RegistrationEntry
from thidua.movements.registering import EDITABLE, LOOKS
from thidua.movements.registration_forms import WishForm
from thidua.movements.registration_problems import RegistrationRefusedError
from thidua.movements.selectors.registrations import mine, unit_for_wish
from thidua.movements.services.wishing import wish, withdraw_wish
from thidua.movements.views.access import account
from thidua.movements.views.registrations import tell_refusal
from thidua.organisations.models import Person
from thidua.organisations.permissions import scope_of
from thidua.organisations.views.answers import show_refusal
from thidua.records.days import today
from thidua.ui.flash import say_done
from thidua.ui.rendering import page

MOST_SHOWN = 60


def own_person(request: HttpRequest) -> Person:
    """Return who is signed in; an account of no person has nothing to strive for."""
    own = scope_of(request.user).person_id
    if own is None:
        raise Http404
    return get_object_or_404(Person.objects.select_related("unit"), pk=own)


@require_http_methods(["GET", "POST"])
def own_registration(request: HttpRequest) -> HttpResponse:
    """Show the own lines; put a wish on the sheet of the unit."""
    person = own_person(request)
    form = WishForm(request.POST or None, initial={"year": today().year, "award": "LDTT"})
    if form.is_valid():
        said = form.cleaned_data
        try:
            entry = wish(account(request), person, said["year"], said["award"], words=said["note"])
        except RegistrationRefusedError as error:
            show_refusal(form, error)
        else:
            facts = {"unit": entry.registration.unit.name}
            say_done(request, _("Đã gửi nguyện vọng tới %(unit)s.") % facts)
            return redirect("movements:own_registration")
    context = {
        "person": person,
        "form": form,
        "rows": list(mine(person.pk)[:MOST_SHOWN]),
        "unit": unit_for_wish(person, today().year),
        "looks": LOOKS,
        "editable": EDITABLE,
        "label_of": label_of,
    }
    status = 422 if form.is_bound else 200
    return page(request, "movements/own_registration.html", context, status=status)


@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = own_person(request)
    entry = get_object_or_404(RegistrationEntry, pk=pk, person=person)
    try:
        withdraw_wish(account(request), person, entry)
    except RegistrationRefusedError as error:
        tell_refusal(request, error)
    else:
        say_done(request, _("Đã rút nguyện vọng."))
    return redirect("movements:own_registration")

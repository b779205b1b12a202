"""Kinds of units: the list, and the form that makes or changes one."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thidua.organisations.forms.units import KindForm, NewKindForm
from thidua.organisations.models import UnitKind
from thidua.organisations.permissions import require_administrator
from thidua.organisations.services.kinds import save_kind
from thidua.organisations.views.answers import actor_of
from thidua.ui.rendering import page


@require_GET
def kinds(request: HttpRequest) -> HttpResponse:
    require_administrator(request.user)
    rows = UnitKind.objects.annotate(number=Count("units"))
    return page(request, "organisations/kinds.html", {"kinds": rows})


@require_http_methods(["GET", "POST"])
def kind(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """Make a kind, or change the one named in the address."""
    require_administrator(request.user)
    asked = get_object_or_404(UnitKind, pk=pk) if pk else None
    form = KindForm(request.POST or None, instance=asked) if asked else NewKindForm(request.POST or None)
    if form.is_valid():
        saved = save_kind(actor_of(request), asked, **form.cleaned_data)
        messages.success(request, _("Đã lưu loại đơn vị %(kind)s.") % {"kind": saved.name})
        return redirect("organisations:kinds")
    return page(request, "organisations/kind.html", {"form": form, "kind": asked})

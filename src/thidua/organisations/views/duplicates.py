"""People who look alike: a person settles whether they are one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thidua.organisations.managing import may_merge
from thidua.organisations.models import Person
from thidua.organisations.permissions import not_allowed, scope_of
from thidua.organisations.selectors.people import look_alikes
from thidua.organisations.services.duplicates import merge_people, tell_apart
from thidua.organisations.views.answers import actor_of, changed_sentence, refusal
from thidua.organisations.views.posts import kept_person
from thidua.records.models import ChangedMeanwhileError
from thidua.records.refusals import RefusedError
from thidua.ui.rendering import page


@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    if not scope_of(request.user).allows_somewhere("edit_people"):
        raise refusal(request, "edit_people")
    return page(request, "organisations/duplicates.html", {"groups": look_alikes(request.user)})


@require_POST
def settle(request: HttpRequest, pk: UUID, other: UUID) -> HttpResponse:
    kept, dropped = kept_person(request, pk), kept_person(request, other)
    if kept.pk == dropped.pk:
        raise Http404
    if request.POST.get("answer") == "same":
        if not may_merge(request.user, kept, dropped):
            raise not_allowed("give_role", kept.record_unit or kept.root)
        try:
            merge_people(actor_of(request), kept, dropped, versions=versions_seen(request, kept, dropped))
        except RefusedError as error:
            for problem in error.problems:
                messages.error(request, problem.text())
        except ChangedMeanwhileError as error:
            messages.error(request, changed_sentence(error))
        else:
            messages.success(request, _("Đã gộp vào hồ sơ của %(person)s.") % {"person": kept.full_name})
    else:
        tell_apart(actor_of(request), kept, dropped)
        messages.success(request, _("Đã ghi nhận là hai người khác nhau."))
    return redirect("organisations:duplicates")


def versions_seen(request: HttpRequest, kept: Person, dropped: Person) -> tuple[int, int]:
    """Return the versions of the two records on the page that was answered; 0 fits none."""
    given = (request.POST.get(f"version_{one.pk}", "") for one in (kept, dropped))
    first, second = (int(text) if text.isascii() and text.isdigit() else 0 for text in given)
    return first, second

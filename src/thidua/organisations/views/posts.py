"""Start and end a post, and let a person go."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thidua.accounts.services import LastAdministratorError
from thidua.organisations.forms.people import LastDayForm, LeavingForm, PostForm
from thidua.organisations.models import Person, Post
from thidua.organisations.permissions import require, require_administrator
from thidua.organisations.services.people import (
    end_post,
    leave,
    preview_leaving,
    problems_before_leaving,
    start_post,
)
from thidua.organisations.views.answers import actor_of, person_asked, show_refusal, units_allowing
from thidua.records.days import today
from thidua.records.models import ChangedMeanwhileError
from thidua.records.refusals import RefusedError
from thidua.ui.rendering import page


def kept_person(request: HttpRequest, pk: UUID) -> Person:
    """Return the person whose record the reader keeps. Raises Http404, PermissionNeeded.

    A record that no unit keeps is for the administrator: seeing one's own gives no right to change it.
    """
    person = person_asked(request, pk)
    if person.record_unit:
        require(request.user, "edit_people", person.record_unit)
    else:
        require_administrator(request.user)
    return person


@require_http_methods(["GET", "POST"])
def post_start(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = kept_person(request, pk)
    units = units_allowing(request, "edit_people")
    initial = {"unit": person.unit, "valid_from": today(), "staff_kind": person.staff_kind}
    form = PostForm(request.POST or None, units=units, initial=initial)
    if form.is_valid():
        try:
            start_post(actor_of(request), person, form.new_post())
        except RefusedError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Đã ghi chức vụ của %(person)s.") % {"person": person.full_name})
            return redirect("organisations:person", pk=pk)
    return page(request, "organisations/post_start.html", {"form": form, "person": person})


@require_http_methods(["GET", "POST"])
def post_end(request: HttpRequest, pk: UUID, post: UUID) -> HttpResponse:
    person = kept_person(request, pk)
    row = get_object_or_404(Post.objects.select_related("unit"), pk=post, person=person)
    form = LastDayForm(request.POST or None, initial={"last_day": today(), "version": row.version})
    if form.is_valid():
        try:
            end_post(actor_of(request), row, **form.cleaned_data)
        except (RefusedError, ChangedMeanwhileError) as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Đã ghi ngày kết thúc chức vụ."))
            return redirect("organisations:person", pk=pk)
    return page(request, "organisations/post_end.html", {"form": form, "person": person, "post": row})


@require_http_methods(["GET", "POST"])
def person_leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for the last day, show what ends with it, and carry it out."""
    person = kept_person(request, pk)
    form = LeavingForm(request.POST or None, initial={"last_day": today(), "version": person.version})
    ending = None
    if form.is_valid():
        last_day = form.cleaned_data["last_day"]
        early = list(problems_before_leaving(person, last_day))
        ending = None if early else preview_leaving(person, last_day=last_day)
        if early:
            show_refusal(form, RefusedError(early))
        if ending and "agreed" in request.POST:
            try:
                leave(actor_of(request), person, **form.cleaned_data)
            except (RefusedError, ChangedMeanwhileError) as error:
                show_refusal(form, error)
                ending = None
            except LastAdministratorError:
                form.add_error(
                    None, _("Đây là người quản trị hệ thống duy nhất. Giao quyền cho người khác trước.")
                )
                ending = None
            else:
                messages.success(
                    request, _("Đã ghi %(person)s thôi công tác.") % {"person": person.full_name}
                )
                return redirect("organisations:person", pk=pk)
    return page(
        request, "organisations/person_leave.html", {"form": form, "person": person, "ending": ending}
    )

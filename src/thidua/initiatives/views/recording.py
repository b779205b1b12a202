"""Works a decision recognised already, written down and written anew by an officer."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from thidua.initiatives.forms.recording import PastInitiativeForm, RecordForm, ResearchForm
from thidua.initiatives.models import Initiative
from thidua.initiatives.permissions import may_amend, may_record, may_record_for
from thidua.initiatives.problems import InitiativeRefusedError
from thidua.initiatives.selectors import authors_of
from thidua.initiatives.services.recording import Past, amend_past, record_past, take_out
from thidua.initiatives.services.writing import LARGEST
from thidua.initiatives.views.answers import initiative_asked, named, refuse_access, show_refusal
from thidua.library.models import StoredFile
from thidua.library.services import FileTooLargeError, forget_file, store_file
from thidua.organisations.models import Person
from thidua.organisations.permissions import User, nameable_people
from thidua.organisations.views.answers import actor_of
from thidua.records.models import ChangedMeanwhileError
from thidua.ui.errors import PermissionNeeded
from thidua.ui.flash import say_done, say_wrong
from thidua.ui.rendering import page

MEGABYTE = 1024 * 1024
FORMS: dict[str, type[RecordForm]] = {"sang-kien": PastInitiativeForm, "nghien-cuu": ResearchForm}
SHARED = ("title", "scope", "description", "version")
OWN = {
    PastInitiativeForm: ("applied_on", "replicable"),
    ResearchForm: ("kind", "accepted_on", "accepted_level", "accepted_as"),
}
KEPT = ("effect", "applied_on", "replicable")


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, what: str) -> HttpResponse:
    """Write down an initiative or a piece of research of which there is a decision."""
    if what not in FORMS:
        raise Http404
    if not may_record(request.user):
        raise PermissionNeeded(_("Việc này dành cho người tiếp nhận sáng kiến của đơn vị."))
    form = form_of(request, FORMS[what], {})
    if form.is_valid() and (
        row := kept(form, request, lambda paper: record_past(actor_of(request), form.past(), paper=paper))
    ):
        say_done(request, _("Đã ghi nhận theo quyết định %(number)s.") % {"number": form.past().number})
        return redirect("initiatives:initiative", pk=row.pk)
    return page(request, "initiatives/record.html", {"form": form, "initiative": None})


@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write a recorded work anew."""
    row = recorded(request, pk)
    form = form_of(
        request, ResearchForm if row.is_research else PastInitiativeForm, written(request.user, row), row
    )
    if form.is_valid():
        version = form.cleaned_data["version"]
        if kept(
            form,
            request,
            lambda paper: amend_past(actor_of(request), row, anew(form, row), version=version, paper=paper),
        ):
            say_done(request, _("Đã lưu."))
            return redirect("initiatives:initiative", pk=pk)
    return page(request, "initiatives/record.html", {"form": form, "initiative": row})


@require_POST
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a mistaken record out."""
    row = recorded(request, pk)
    title = row.title
    try:
        take_out(actor_of(request), row)
    except InitiativeRefusedError as error:
        say_wrong(request, " ".join(problem.text() for problem in error.problems))
        return redirect("initiatives:initiative", pk=pk)
    say_done(request, _("Đã bỏ bản ghi “%(title)s”.") % {"title": title})
    return redirect("initiatives:list")


def recorded(request: HttpRequest, pk: UUID) -> Initiative:
    row = initiative_asked(request, pk)
    if not may_amend(request.user, row):
        raise refuse_access(row.unit)
    return row


def form_of(
    request: HttpRequest, kind: type[RecordForm], initial: dict[str, Any], row: Initiative | None = None
) -> RecordForm:
    people = Person.objects.filter(nameable_people(request.user))
    if row:
        authors = Person.objects.filter(authorships__initiative=row)
        people = Person.objects.filter(pk__in=people.values("pk")) | Person.objects.filter(
            pk__in=authors.values("pk")
        )
    return kind(
        request.POST or None,
        request.FILES or None,
        people=people,
        roots=people.values("root"),
        may_lead=lambda person: may_record_for(request.user, person),
        initial=initial,
    )


def written(user: User, row: Initiative) -> dict[str, Any]:
    """Return a recorded work as its form shows it."""
    names = (*SHARED, *OWN[ResearchForm if row.is_research else PastInitiativeForm])
    decision = row.decision
    return {name: getattr(row, name) for name in names} | {
        "number": decision.number if decision else "",
        "issuer": decision.issuer if decision else "",
        "decided_on": row.recognised_on,
        "authors": "\n".join(line_of(user, one) for one in authors_of(row)),
    }


def anew(form: RecordForm, row: Initiative) -> Past:
    """Return the work as typed; what its form does not ask, and a file may have told, stays as it is."""
    unasked = {name: getattr(row, name) for name in KEPT if name not in form.fields}
    return replace(form.past(), **unasked)


def line_of(user: User, one: Any) -> str:
    parts = [named(user, one.person), str(one.percent or ""), one.get_role_display().lower()]
    return " | ".join(part for part in parts if part)


def kept(
    form: RecordForm, request: HttpRequest, write: Callable[[StoredFile | None], Initiative]
) -> Initiative | None:
    """Write with the decision handed in; None where it is refused: the form says why, the file is let go."""
    given, paper = form.cleaned_data.get("paper"), None
    try:
        if given:
            paper = store_file(given, given.name, by=actor_of(request), limit=LARGEST)
        return write(paper)
    except FileTooLargeError as error:
        words = _("Tệp lớn hơn %(most)s MB. Chọn tệp nhỏ hơn.") % {"most": error.limit // MEGABYTE}
        form.add_error("paper", words)
    except (InitiativeRefusedError, ChangedMeanwhileError) as error:
        show_refusal(form, error)
    if paper:
        forget_file(paper)
    return None

"""One initiative: written, read, moved on, appraised, used."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.honours.catalogue import label_of
from thidua.initiatives.forms.steps import (
    AssignForm,
    CancelForm,
    OpinionForm,
    ReasonForm,
    RulingForm,
    StepForm,
    UseForm,
)
from thidua.initiatives.forms.writing import FileForm, InitiativeForm
from thidua.initiatives.models import Initiative, InitiativeFile
from thidua.initiatives.permissions import (
    is_member,
    may,
    may_amend,
    may_edit,
    may_handle,
    may_read_opinions,
    open_steps,
)
from thidua.initiatives.problems import InitiativeRefusedError, UsedBeforeError
from thidua.initiatives.selectors import authors_of, with_opinions
from thidua.initiatives.services import steps
from thidua.initiatives.services.writing import (
    LARGEST,
    attach,
    change,
    detach,
    problems_before_submitting,
    start,
)
from thidua.initiatives.steps import STEPS
from thidua.initiatives.views.answers import (
    initiative_asked,
    named,
    person_of,
    refuse_access,
    show_refusal,
)
from thidua.initiatives.wording import EVENT_LABELS, LOOKS, PRIMARY, STEP_ICONS, STEP_LABELS
from thidua.library.services import FileTooLargeError, opened
from thidua.organisations.models import Person
from thidua.organisations.permissions import User, nameable_people, scope_of
from thidua.organisations.views.answers import actor_of
from thidua.records.days import today
from thidua.records.models import ChangedMeanwhileError
from thidua.ui.flash import say_done
from thidua.ui.rendering import page

MEGABYTE = 1024 * 1024


@require_GET
def initiative(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = with_opinions(initiative_asked(request, pk))
    authors = authors_of(row)
    edits = may_edit(request.user, row)
    acts = open_steps(request.user, row)
    main = next((act for act in PRIMARY if act in acts), "")
    context = {
        "initiative": row,
        "authors": authors,
        "files": list(row.files.select_related("file")),
        "events": list(row.events.all()),
        "opinions": (opinions := opinions_shown(request, row)),
        "tally": steps.tally_of(row)
        if opinions is not None and row.state == Initiative.State.APPRAISING
        else None,
        "uses": [(use, label_of(use.award)) for use in row.uses.select_related("person")],
        "edits": edits,
        "acts": acts,
        "main": main,
        "to_do": [problem.text() for problem in problems_before_submitting(row)] if edits else [],
        "appraises": (appraises := row.state == Initiative.State.APPRAISING and is_member(request.user, row)),
        "has_spoken": appraises
        and any(one.member_id == scope_of(request.user).person_id for one in opinions or ()),
        "notes_use": row.state == Initiative.State.RECOGNISED
        and not row.is_research
        and may_handle(request.user, row),
        "amends": may_amend(request.user, row),
        "looks": LOOKS,
        "labels": STEP_LABELS,
        "icons": STEP_ICONS,
        "event_labels": EVENT_LABELS,
        "file_form": FileForm(),
        "own": scope_of(request.user).person_id,
    }
    return page(request, "initiatives/initiative.html", context)


def opinions_shown(request: HttpRequest, row: Initiative) -> list[Any] | None:
    """Return the members' opinions; None for who may not read them."""
    if not may_read_opinions(request.user, row):
        return None
    return list(row.opinions.all())


def form_for(
    request: HttpRequest, submitter: Person, initial: dict[str, Any], authors: QuerySet[Person] | None = None
) -> InitiativeForm:
    """Return the form; it knows by name those the writer may name, and who is an author already."""
    people = Person.objects.filter(nameable_people(request.user))
    if authors is not None:
        people = Person.objects.filter(Q(pk__in=people.values("pk")) | Q(pk__in=authors.values("pk")))
    return InitiativeForm(request.POST or None, people=people, submitter=submitter, initial=initial)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Begin a draft."""
    submitter = person_of(request)
    form = form_for(request, submitter, {"authors": f"{submitter.full_name} | 100"})
    if form.is_valid():
        try:
            row = start(actor_of(request), submitter, form.written())
        except InitiativeRefusedError as error:
            show_refusal(form, error)
        else:
            say_done(request, _("Đã lưu bản soạn. Kèm tệp nếu có, rồi nộp."))
            return redirect("initiatives:initiative", pk=row.pk)
    return page(request, "initiatives/write.html", {"form": form, "initiative": None})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = initiative_asked(request, pk)
    if not may_edit(request.user, row):
        raise refuse_access(row.submitter)
    form = form_for(request, row.submitter, written_of(request.user, row), people_of(row))
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            change(actor_of(request), row, form.written(), version=version)
        except (InitiativeRefusedError, ChangedMeanwhileError) as error:
            show_refusal(form, error)
        else:
            say_done(request, _("Đã lưu."))
            return redirect("initiatives:initiative", pk=pk)
    return page(request, "initiatives/write.html", {"form": form, "initiative": row})


def written_of(user: User, row: Initiative) -> dict[str, Any]:
    names = ("title", "description", "effect", "applied_on", "replicable", "version")
    lines = [f"{named(user, one.person)} | {one.percent}" for one in authors_of(row)]
    return {name: getattr(row, name) for name in names} | {"authors": "\n".join(lines)}


FORMS: dict[str, Callable[..., forms.Form]] = {
    "submit": StepForm,
    "withdraw": StepForm,
    "return": ReasonForm,
    "assign": AssignForm,
    "recognise": RulingForm,
    "refuse": ReasonForm,
    "cancel": CancelForm,
}


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Ask for what the step needs and make it."""
    row = initiative_asked(request, pk)
    if act not in STEPS:
        raise Http404
    if not may(request.user, act, row):
        raise refuse_access(row.council.unit if STEPS[act].who == "head" and row.council else row.unit)
    extra = {"councils": steps.councils_for(row)} if act == "assign" else {}
    form = FORMS[act](request.POST or None, initial={"version": row.version}, **extra)
    if form.is_valid():
        try:
            do(request, row, act, form)
        except (InitiativeRefusedError, ChangedMeanwhileError) as error:
            show_refusal(form, error)
        else:
            say_done(request, _("Đã ghi: %(act)s.") % {"act": str(STEP_LABELS[act]).lower()})
            return redirect("initiatives:initiative", pk=pk)
    if act == "recognise" and isinstance(form, RulingForm) and row.council:
        form.tell(row.council.unit, steps.tally_of(row))
    context = {"form": form, "initiative": row, "act": act, "label": STEP_LABELS[act]}
    return page(request, "initiatives/step.html", context)


def do(request: HttpRequest, row: Initiative, act: str, form: Any) -> None:
    actor, version = actor_of(request), form.cleaned_data["version"]
    match act:
        case "submit":
            steps.submit(actor, row, version=version)
        case "withdraw":
            steps.withdraw(actor, row, version=version)
        case "return":
            steps.send_back(actor, row, form.cleaned_data["reason"], version=version)
        case "assign":
            steps.assign(actor, row, form.cleaned_data["council"], version=version)
        case "refuse":
            steps.refuse(actor, row, form.cleaned_data["reason"], version=version)
        case "recognise":
            steps.recognise(actor, row, form.ruling(issuer_of(row)), version=version)
        case "cancel":
            steps.cancel(actor, row, form.ruling(issuer_of(row)), version=version)


def issuer_of(row: Initiative) -> str:
    return row.council.unit.name if row.council else row.unit.name


@require_http_methods(["GET", "POST"])
def opinion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give or change one's own opinion as a member of the council."""
    row = initiative_asked(request, pk)
    if not is_member(request.user, row):
        raise refuse_access(row.council or row.unit)
    member = person_of(request)
    known = row.opinions.filter(member=member).first()
    shown = {name: getattr(known, name) for name in ("verdict", "scope", "reasons")} if known else {}
    form = OpinionForm(request.POST or None, initial=shown)
    if form.is_valid():
        try:
            steps.give_opinion(actor_of(request), row, member, **form.cleaned_data)
        except InitiativeRefusedError as error:
            show_refusal(form, error)
        else:
            say_done(request, _("Đã ghi ý kiến của bạn."))
            return redirect("initiatives:initiative", pk=pk)
    context = {"form": form, "initiative": row, "act": "opinion", "label": _("Cho ý kiến")}
    return page(request, "initiatives/step.html", context)


@require_http_methods(["GET", "POST"])
def use(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note what the initiative served for; a second time is noticed."""
    row = initiative_asked(request, pk)
    if not may_handle(request.user, row):
        raise refuse_access(row.unit)
    form = UseForm(request.POST or None, authors=people_of(row), initial={"year": today().year})
    earlier: list[str] = []
    if form.is_valid():
        try:
            steps.note_use(
                actor_of(request), row, form.use(), although_used=form.cleaned_data["although_used"]
            )
        except InitiativeRefusedError as error:
            show_refusal(form, error)
        except UsedBeforeError as error:
            form.add_error(
                "although_used", _("Sáng kiến đã từng làm căn cứ. Kiểm tra rồi đánh dấu nếu vẫn ghi.")
            )
            earlier = [f"{label_of(one.award)}, {one.year}" for one in error.uses]
        else:
            say_done(request, _("Đã ghi sáng kiến làm căn cứ."))
            return redirect("initiatives:initiative", pk=pk)
    context = {
        "form": form,
        "initiative": row,
        "act": "use",
        "label": _("Ghi làm căn cứ khen"),
        "earlier": earlier,
    }
    return page(request, "initiatives/step.html", context)


def people_of(row: Initiative) -> QuerySet[Person]:
    return Person.objects.filter(authorships__initiative=row).order_by("sort_key")


@require_POST
def file_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = initiative_asked(request, pk)
    if not may_edit(request.user, row):
        raise refuse_access(row.submitter)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        say_done(request, _("Chưa chọn tệp."))
        return redirect("initiatives:initiative", pk=pk)
    given = form.cleaned_data["file"]
    try:
        attach(actor_of(request), row, given, given.name)
    except FileTooLargeError:
        facts = {"name": given.name, "most": LARGEST // MEGABYTE}
        say_done(request, _("Tệp “%(name)s” lớn hơn %(most)s MB nên không nhận. Chọn tệp nhỏ hơn.") % facts)
    except InitiativeRefusedError as error:
        say_done(request, " ".join(problem.text() for problem in error.problems))
    else:
        say_done(request, _("Đã kèm tệp “%(name)s”.") % {"name": given.name})
    return redirect("initiatives:initiative", pk=pk)


@require_POST
def file_remove(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
    row = initiative_asked(request, pk)
    if not may_edit(request.user, row):
        raise refuse_access(row.submitter)
    detach(actor_of(request), get_object_or_404(InitiativeFile, pk=file, initiative=row))
    say_done(request, _("Đã bỏ tệp."))
    return redirect("initiatives:initiative", pk=pk)


@require_GET
def file_open(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponseBase:
    """Hand the file over as it came, never shown inside our own pages."""
    row = initiative_asked(request, pk)
    kept = get_object_or_404(InitiativeFile.objects.select_related("file"), pk=file, initiative=row)
    with opened(kept.file) as stream:
        content = BytesIO(stream.read())
    return FileResponse(
        content, as_attachment=True, filename=kept.file.name, content_type="application/octet-stream"
    )

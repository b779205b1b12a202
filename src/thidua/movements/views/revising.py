"""Revisions of a launched plan: draft, difference, issue."""

from collections import Counter
from collections.abc import Callable
from functools import partial, wraps
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.documents.errors import DocumentError
from thidua.library.services import FileTooLargeError, path_of
from thidua.movements.amending import Proposal
from thidua.movements.forms import ItemForm, RevisionForm, retyped
from thidua.movements.models import Movement, Participation, PlanItem, PlanRevision
from thidua.movements.permissions import heads_of, may
from thidua.movements.problems import PlanHeldError
from thidua.movements.revision_wording import by_sentence, changes_of, twin_words
from thidua.movements.selectors.behind import behind
from thidua.movements.selectors.checking import checking
from thidua.movements.selectors.items import living
from thidua.movements.selectors.odd_days import odd_days_of
from thidua.movements.selectors.twin_days import left_by
from thidua.movements.selectors.work import acting_in
from thidua.movements.services import revising
from thidua.movements.services import revision_drafts as drafts
from thidua.movements.services.launching import NotReadyError, withdraw
from thidua.movements.shapes import BY_FIELD
from thidua.movements.values import NotUsableError, shown_partial
from thidua.movements.views.access import account, require, uuid_or_404, visible_movement
from thidua.movements.views.amending_file import given_document, mistaken_plan
from thidua.movements.views.intake import sentence_of, too_large
from thidua.movements.views.odd_days import are_seen, shown_odd
from thidua.movements.views.standing import approval_of
from thidua.organisations.permissions import scope_of
from thidua.records.days import today
from thidua.records.models import ChangedMeanwhileError
from thidua.ui.flash import say_done, say_wrong
from thidua.ui.rendering import page

DRAFT = "movements/draft_revision.html"


@require_GET
def revisions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """List the revisions, the draft first for those who may make one."""
    movement = visible_movement(request, pk)
    running = movement.status == Movement.Status.LAUNCHED
    may_revise = running and may(request.user, "edit_plan", movement)
    context = {
        "movement": movement,
        "issued": movement.plan.revisions.exclude(issued_at=None).order_by("-number"),
        "draft": movement.plan.revisions.filter(issued_at=None).first() if may_revise else None,
        "may_revise": may_revise,
        "behind": behind(own=movement) if may_revise and movement.answers_id else (),
        "may_correct": movement.status in (Movement.Status.LAUNCHED, Movement.Status.CLOSED)
        and may(request.user, "issue", movement),
        "issuers": heads_of(movement.organiser)
        if running and not may(request.user, "issue", movement)
        else (),
    }
    return page(request, "movements/revisions.html", context)


@require_GET
def revision(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Show what an issued revision changed; the unit's officer looking at it counts as having seen it."""
    movement = visible_movement(request, pk)
    found = get_object_or_404(movement.plan.revisions.exclude(issued_at=None), number=number)
    note_seen(request, movement, number)
    context = {
        "movement": movement,
        "revision": found,
        "changes": changes_of(found),
        "own": taken_from(movement, found, request),
        "seen": movement.participations.filter(is_visible=True, seen_revision__gte=number).count(),
        "units": movement.participations.filter(is_visible=True).count(),
        "may_view_all": may(request.user, "view_all", movement),
    }
    return page(request, "movements/revision.html", context)


@require_GET
def revision_file(request: HttpRequest, pk: UUID, number: int) -> HttpResponseBase:
    """Give the amending document as it came."""
    movement = visible_movement(request, pk)
    found = get_object_or_404(movement.plan.revisions.exclude(issued_at=None), number=number)
    if found.file is None:
        raise Http404
    stream = path_of(found.file.sha256).open("rb")
    return FileResponse(stream, as_attachment=True, filename=found.file.name)


def note_seen(request: HttpRequest, movement: Movement, number: int) -> None:
    """Count the units the visitor acts in as having seen the revision."""
    units = acting_in(scope_of(request.user))
    Participation.objects.filter(movement=movement, unit__in=units, seen_revision__lt=number).update(
        seen_revision=number
    )


def taken_from(movement: Movement, found: PlanRevision, request: HttpRequest) -> list[tuple[Movement, int]]:
    """Return the own plans of the visitor's units that took over items now changed, with how many."""
    changed = [UUID(change["item"]) for change in found.changes if change["kind"] != "add"]
    rows = PlanItem.objects.filter(
        origin__in=changed,
        plan__movement__answers=movement,
        plan__movement__organiser__in=acting_in(scope_of(request.user)),
        until=None,
    ).select_related("plan__movement")
    counts = Counter(item.plan.movement for item in rows)
    return list(counts.items())


@require_POST
def begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open a draft: with the amending document uploaded, with one taken in by mistake as a plan, or with none."""
    movement = visible_movement(request, pk)
    require(request, "edit_plan", movement)
    standing = movement.plan.revisions.filter(issued_at=None).first()
    if standing and (request.POST.get("from") or request.FILES):
        sentence = _(
            "Đang có bản thảo sửa đổi chưa ban hành nên văn bản này chưa được đưa vào. Làm xong rồi gửi lại."
        )
        say_done(request, sentence)
        return redirect("movements:draft_revision", pk=pk, number=standing.number)
    try:
        mistaken = mistaken_plan(request)
        given = given_document(request, mistaken)
        with transaction.atomic():  # a plan taken in by mistake is given up only for a draft that stands
            draft = revising.begin_revision(movement.plan, by=account(request), **given)
            if mistaken:
                withdraw(mistaken, by=account(request))
    except DocumentError as error:
        say_done(request, sentence_of(error))
    except FileTooLargeError as error:
        say_done(request, too_large(error))
    except revising.DecisionIssuedError as error:
        return to_earlier(request, pk, error.revision, given)
    except NotReadyError as error:
        say_done(request, str(error.problems[0].text))
    except revising.NotLaunchedError:
        say_done(request, _("Kế hoạch chưa phát động thì sửa trực tiếp, không cần bản sửa đổi."))
    else:
        return redirect("movements:draft_revision", pk=pk, number=draft.number)
    return redirect("movements:revisions", pk=pk)


def to_earlier(request: HttpRequest, pk: UUID, done: PlanRevision, given: dict[str, Any]) -> HttpResponse:
    """Lead to the revision that the same document was issued as; what was handed in again is not kept."""
    if given.get("file") and not request.POST.get("from"):
        drafts.forget_unkept(given["file"])
    sentence = _(
        "Quyết định này đã ban hành thành lần %(n)s, là trang này; không lập lần nữa. "
        "Nếu còn điểm chưa ghi thì lập bản thảo không kèm văn bản."
    )
    say_wrong(request, sentence % {"n": done.number})
    return redirect("movements:revision", pk=pk, number=done.number)


def drafting(act: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Tell who still edits what was handed to the head, or issued, meanwhile why it stays as it is."""

    @wraps(act)
    def asked(request: HttpRequest, pk: UUID, number: int, **given: Any) -> HttpResponse:
        if issued := issued_meanwhile(request, pk, number):
            return issued
        try:
            return act(request, pk, number, **given)
        except revising.RevisionIssuedError:  # in this very moment
            return to_issued(request, pk, number)
        except PlanHeldError as error:
            say_wrong(request, error.problems[0].text())
            return redirect("movements:draft_revision", pk=pk, number=number)

    return asked


def draft_of(request: HttpRequest, pk: UUID, number: int) -> tuple[Movement, PlanRevision]:
    movement = visible_movement(request, pk)
    require(request, "edit_plan", movement)
    return movement, get_object_or_404(movement.plan.revisions.filter(issued_at=None), number=number)


def save_draft(
    request: HttpRequest, movement: Movement, found: PlanRevision, form: RevisionForm
) -> HttpResponse:
    """Write the head of the draft down, issue it where that was asked, and go on.

    An officer drafts; only who may issue for the organiser issues.
    """
    to_issue = "issue" in request.POST
    if to_issue:
        require(request, "issue", movement)
    with transaction.atomic():  # what is refused leaves the draft as it was
        found = revising.describe(found, by=account(request), to_issue=to_issue, **form.cleaned_data)
        if to_issue and (problems := revising.problems_before_issue(found)):
            raise NotReadyError(problems)
    seen = are_seen(request, odd_days_of(found))
    if not to_issue or not seen:
        said = _("Đã lưu bản thảo sửa đổi.") if seen else _("Đã lưu bản thảo. Xem lại ngày rồi ban hành.")
        say_done(request, said)
        return redirect("movements:draft_revision", pk=movement.pk, number=found.number)
    revising.issue_revision(found, by=account(request), version=found.version)
    say_done(request, _("Đã ban hành sửa đổi; các đơn vị đã được báo."))
    return redirect("movements:revision", pk=movement.pk, number=found.number)


def changed_meanwhile(found: PlanRevision) -> str:
    """Say what another person left, which saving again would replace."""
    on = shown_partial(found.effective_on.isoformat()) if found.effective_on else ""
    words = [found.decision, on and _("áp dụng từ %(day)s") % {"day": on}, found.summary]
    now = "; ".join(word for word in words if word) or _("chưa ghi gì")
    return _(
        "Người khác vừa đổi bản thảo này (đang lưu: %(now)s). "
        "Xem lại số, ngày và các thay đổi, rồi lưu hoặc ban hành lần nữa."
    ) % {"now": now}


@require_http_methods(["GET", "HEAD", "POST"])
@drafting
def draft(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Show the draft: the amending document, the plan's items to change, the changes so far; issue it."""
    movement, found = draft_of(request, pk, number)
    make = partial(RevisionForm, initial=initial_of(found))
    form = make(request.POST or None)
    problems: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            return save_draft(request, movement, found, form)
        except NotReadyError as error:
            found.refresh_from_db()
            form, problems = retyped(form, found.version, make), error.problems
        except ChangedMeanwhileError:
            found.refresh_from_db()
            form = retyped(form, found.version, make)
            form.add_error(None, changed_meanwhile(found))
    context = draft_context(request, movement, found) | {"form": form, "problems": problems}
    refused = request.method == "POST"  # what was taken led on
    return page(request, DRAFT, context, status=422 if refused else 200)


def issued_meanwhile(request: HttpRequest, pk: UUID, number: int) -> HttpResponse | None:
    """Lead who follows an older link to a draft, or sends its form twice, to the revision it became."""
    movement = visible_movement(request, pk)
    issued = movement.plan.revisions.exclude(issued_at=None).filter(number=number)
    return to_issued(request, pk, number) if number > 1 and issued.exists() else None


def to_issued(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    if request.method == "POST":
        say_done(request, _("Bản sửa đổi này đã được ban hành; không ghi gì thêm."))
    return redirect("movements:revision", pk=pk, number=number)


def initial_of(found: PlanRevision) -> dict[str, Any]:
    return {name: getattr(found, name) for name in ("decision", "effective_on", "summary", "version")}


def draft_context(request: HttpRequest, movement: Movement, found: PlanRevision) -> dict[str, Any]:
    """Return what the page of a draft shows, its form as it was saved."""
    reading = drafts.offered_to(found)
    return {
        "movement": movement,
        "revision": found,
        "editable": not found.is_held,
        "form": RevisionForm(initial=initial_of(found)),
        "changes": changes_of(found),
        "changed": {change["item"] for change in found.changes},
        "sections": checking(movement.plan, latest=True).sections,
        "coming": movement.plan.revisions.exclude(issued_at=None).filter(effective_on__gt=today()),
        "problems": (),
        "offered": by_sentence(reading.proposals),
        "left": reading.left,
        "twins": [twin_words(item, one) for item, one in left_by(found)],
        "other_plan": drafts.plan_in_question(found),
        "is_past": bool(found.effective_on and found.effective_on < today()),
        "may_issue": may(request.user, "issue", movement),
        **approval_of(request, found),
        **shown_odd(odd_days_of(found)),
    }


def proposal_of(found: PlanRevision, key: str) -> Proposal | None:
    return next((p for p in drafts.offered_to(found).proposals if p.key == key), None)


@require_POST
@drafting
def attach(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Put the amending document into a draft begun without it, or with another."""
    _movement, found = draft_of(request, pk, number)
    if found.is_held:  # before a file is kept for nothing
        raise PlanHeldError("draft_held")
    try:
        given = given_document(request, None)
        if given:
            drafts.attach(found, by=account(request), **given)
        else:
            say_wrong(request, _("Chưa chọn tệp văn bản sửa đổi."))
    except revising.DecisionIssuedError as error:
        return to_earlier(request, pk, error.revision, given)
    except DocumentError as error:
        say_wrong(request, sentence_of(error))
    except FileTooLargeError as error:
        say_wrong(request, too_large(error))
    return redirect("movements:draft_revision", pk=pk, number=number)


@require_POST
@drafting
def use_document(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Go on with a document that names another plan."""
    _movement, found = draft_of(request, pk, number)
    drafts.use_knowingly(found, by=account(request))
    return redirect("movements:draft_revision", pk=pk, number=number)


@require_POST
@drafting
def discard(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Throw the draft away; a second click finds it gone."""
    movement = visible_movement(request, pk)
    require(request, "edit_plan", movement)
    if not movement.plan.revisions.filter(number=number).exists():
        return redirect("movements:revisions", pk=pk)
    _movement, found = draft_of(request, pk, number)
    version = request.POST.get("version", "")
    try:
        drafts.discard(found, by=account(request), version=int(version) if version.isdecimal() else None)
    except ChangedMeanwhileError:
        say_wrong(request, _("Người khác vừa đổi bản thảo này. Xem lại rồi bỏ lần nữa nếu vẫn muốn."))
        return redirect("movements:draft_revision", pk=pk, number=number)
    say_done(request, _("Đã bỏ bản thảo sửa đổi; kế hoạch giữ nguyên."))
    return redirect("movements:revisions", pk=pk)


@require_POST
@drafting
def accept(request: HttpRequest, pk: UUID, number: int, key: str) -> HttpResponse:
    """Take one proposal of the amending document into the draft, or all of its sentence."""
    _movement, found = draft_of(request, pk, number)
    proposal = proposal_of(found, key)
    same = [proposal] if proposal else []  # a second click finds it taken
    if proposal and "all" in request.POST:
        same = [one for one in drafts.offered_to(found).proposals if one.sentence == proposal.sentence]
    for one in same:
        try:
            revising.accept(found, one, by=account(request))
        except NotUsableError:
            say_wrong(request, _("Đề xuất này thiếu thông tin. Bấm “Sửa rồi nhận” để điền thêm."))
    return redirect(reverse("movements:draft_revision", args=[pk, number]) + "#de-xuat")


@require_http_methods(["GET", "HEAD", "POST"])
@drafting
def change(request: HttpRequest, pk: UUID, number: int, item: str) -> HttpResponse:
    """Change one item, or add one of a field (``item`` is then the field's name)."""
    movement, found = draft_of(request, pk, number)
    old = None if item in BY_FIELD else living(movement.plan).filter(pk=uuid_or_404(item)).first()
    if old is None and item not in BY_FIELD:
        raise Http404
    shape = BY_FIELD[old.field if old else item]
    data = request.POST if request.method == "POST" else None
    start = old.value if old else None
    if proposal := proposal_of(found, request.GET.get("de-xuat", "")):
        start = proposal.after
    form = ItemForm(shape, data, value=start)
    if request.method == "POST" and form.is_valid():
        if old:
            revising.change_item(found, old.pk, form.data, by=account(request))
        else:
            revising.add_item(found, shape.field, form.data, by=account(request))
        return redirect("movements:draft_revision", pk=pk, number=number)
    context = {"movement": movement, "revision": found, "shape": shape, "form": form, "old": old}
    return page(request, "movements/change.html", context, status=422 if form.errors else 200)


@require_POST
@drafting
def drop(request: HttpRequest, pk: UUID, number: int, item: str) -> HttpResponse:
    """Plan that an item falls away; with ``forget`` take a planned change back."""
    _movement, found = draft_of(request, pk, number)
    if "forget" in request.POST:
        revising.forget_change(found, item, by=account(request))
    else:
        try:
            revising.drop_item(found, uuid_or_404(item), by=account(request))
        except PlanItem.DoesNotExist:
            say_done(request, _("Mục này không còn trong kế hoạch nên không cần bỏ nữa."))
    return redirect("movements:draft_revision", pk=pk, number=number)

"""Revisions of a launched plan: draft, difference, issue."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.documents.errors import DocumentError
from thidua.documents.isolated import read_isolated
from thidua.library.services import FileTooLargeError, path_of, store_file
from thidua.movements.forms import ItemForm, RevisionForm
from thidua.movements.models import Movement, Participation, PlanRevision
from thidua.movements.permissions import may, may_for_unit
from thidua.movements.selectors.checking import checking
from thidua.movements.selectors.items import living
from thidua.movements.services import revising
from thidua.movements.services.launching import NotReadyError
from thidua.movements.shapes import BY_FIELD, SHAPES
from thidua.movements.views.access import account, require, uuid_or_404, visible_movement
from thidua.movements.views.intake import sentence_of, too_large
from thidua.movements.wording import notes_of, title_of
from thidua.ui.flash import say_done
from thidua.ui.rendering import page


@require_GET
def revisions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """List the revisions, the draft first for those who may make one."""
    movement = visible_movement(request, pk)
    may_revise = may(request.user, "issue", movement) and movement.status == Movement.Status.LAUNCHED
    context = {
        "movement": movement,
        "issued": movement.plan.revisions.exclude(issued_at=None).order_by("-number"),
        "draft": movement.plan.revisions.filter(issued_at=None).first() if may_revise else None,
        "may_revise": may_revise,
    }
    return page(request, "movements/revisions.html", context)


@require_GET
def revision(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Show what an issued revision changed; the unit's officer looking at it counts as having seen it."""
    movement = visible_movement(request, pk)
    found = get_object_or_404(movement.plan.revisions.exclude(issued_at=None), number=number)
    note_seen(request, movement, number)
    context = {"movement": movement, "revision": found, "changes": changes_of(found)}
    return page(request, "movements/revision.html", context)


def note_seen(request: HttpRequest, movement: Movement, number: int) -> None:
    person = getattr(request.user, "person", None)
    if person is None:
        return
    for part in Participation.objects.filter(movement=movement, seen_revision__lt=number).select_related(
        "unit"
    ):
        if may_for_unit(request.user, "edit_plan", part.unit) and part.unit_id == person.unit_id:
            Participation.objects.filter(pk=part.pk).update(seen_revision=number)


def changes_of(found: PlanRevision) -> list[dict[str, Any]]:
    """Return each change in words: what it was, what it is."""
    return [
        {
            "kind": change["kind"],
            "item": change["item"],
            "label": BY_FIELD[change["field"]].label,
            "before": words_of(change["field"], change["before"]),
            "after": words_of(change["field"], change["after"]),
        }
        for change in found.changes
    ]


def words_of(field: str, value: dict[str, Any] | None) -> str:
    return " · ".join([title_of(field, value), *notes_of(field, value)]) if value else ""


@require_POST
def begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open a draft, with the amending document when one is given."""
    movement = visible_movement(request, pk)
    require(request, "issue", movement)
    upload = request.FILES.get("file")
    file, text = None, ""
    if upload:
        try:
            file = store_file(upload, upload.name or "", by=account(request))
            text = read_isolated(path_of(file.sha256), name=file.name, warm=True).text
        except DocumentError as error:
            say_done(request, sentence_of(error))
            return redirect("movements:revisions", pk=pk)
        except FileTooLargeError as error:
            say_done(request, too_large(error))
            return redirect("movements:revisions", pk=pk)
    draft = revising.begin_revision(movement.plan, by=account(request), file=file, text=text)
    return redirect("movements:draft_revision", pk=pk, number=draft.number)


def draft_of(request: HttpRequest, pk: UUID, number: int) -> tuple[Movement, PlanRevision]:
    movement = visible_movement(request, pk)
    require(request, "issue", movement)
    return movement, get_object_or_404(movement.plan.revisions.filter(issued_at=None), number=number)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Show the draft: the amending document, the plan's items to change, the changes so far; issue it."""
    movement, found = draft_of(request, pk, number)
    initial = {name: getattr(found, name) for name in ("decision", "effective_on", "summary")}
    form = RevisionForm(request.POST or None, initial=initial)
    problems: list[Any] = []
    if request.method == "POST" and form.is_valid():
        found = revising.describe(found, by=account(request), **form.cleaned_data)
        if "issue" in request.POST:
            try:
                revising.issue_revision(found, by=account(request))
            except NotReadyError as error:
                problems = error.problems
            else:
                say_done(request, _("Đã ban hành sửa đổi; các đơn vị đã được báo."))
                return redirect("movements:revision", pk=pk, number=number)
        else:
            say_done(request, _("Đã lưu bản thảo sửa đổi."))
            return redirect("movements:draft_revision", pk=pk, number=number)
    context = {
        "movement": movement,
        "revision": found,
        "form": form,
        "changes": changes_of(found),
        "changed": {change["item"] for change in found.changes},
        "sections": checking(movement.plan).sections,
        "shapes": [shape for shape in SHAPES if not shape.single],
        "problems": problems,
    }
    return page(request, "movements/draft_revision.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: UUID, number: int, item: str) -> HttpResponse:
    """Change one item, or add one of a field (``item`` is then the field's name)."""
    movement, found = draft_of(request, pk, number)
    old = None if item in BY_FIELD else living(movement.plan).filter(pk=uuid_or_404(item)).first()
    if old is None and item not in BY_FIELD:
        raise Http404
    shape = BY_FIELD[old.field if old else item]
    data = request.POST if request.method == "POST" else None
    form = ItemForm(shape, data, value=old.value if old else None)
    if request.method == "POST" and form.is_valid():
        if old:
            revising.change_item(found, old.pk, form.data, by=account(request))
        else:
            revising.add_item(found, shape.field, form.data, by=account(request))
        return redirect("movements:draft_revision", pk=pk, number=number)
    context = {"movement": movement, "revision": found, "shape": shape, "form": form, "old": old}
    return page(request, "movements/change.html", context, status=422 if form.errors else 200)


@require_POST
def drop(request: HttpRequest, pk: UUID, number: int, item: str) -> HttpResponse:
    """Plan that an item falls away; with ``forget`` take a planned change back."""
    _movement, found = draft_of(request, pk, number)
    if "forget" in request.POST:
        revising.forget_change(found, item, by=account(request))
    else:
        revising.drop_item(found, uuid_or_404(item), by=account(request))
    return redirect("movements:draft_revision", pk=pk, number=number)

"""The document on the left, what was read on the right; every item settled by a person, every act undone again."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.movements.forms import ItemForm
from thidua.movements.marking import paragraphs, parts_of
from thidua.movements.models import Movement, Plan, PlanItem
from thidua.movements.permissions import may
from thidua.movements.selectors.checking import checking, line_of
from thidua.movements.selectors.items import living
from thidua.movements.services import checking as services
from thidua.movements.services.launching import problems_before_launch
from thidua.movements.shapes import BY_FIELD, Shape
from thidua.movements.stated import first_day, last_day
from thidua.movements.views.access import account, require, visible_movement
from thidua.movements.wording import title_of, when_words
from thidua.records.days import today
from thidua.records.models import ChangedMeanwhileError
from thidua.ui.flash import say_done
from thidua.ui.parts import Moment
from thidua.ui.rendering import is_fragment, page

TEMPLATE = "movements/check.html"
PAGE_PROBLEMS = frozenset({"open_questions", "empty"})


def open_for_check(request: HttpRequest, pk: UUID) -> Movement:
    movement = visible_movement(request, pk)
    require(request, "edit_plan", movement)
    return movement


@require_GET
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the whole check page; a launched plan is shown as it stands, without the buttons."""
    movement = visible_movement(request, pk)
    return page(request, TEMPLATE, context_of(request, movement))


def context_of(request: HttpRequest, movement: Movement) -> dict[str, Any]:
    plan = movement.plan
    shown = checking(plan)
    parts = parts_of(plan.text)
    part = parts[min(max(number_of(request.GET.get("phan")), 1), len(parts)) - 1]
    return {
        "movement": movement,
        "plan": plan,
        "checking": shown,
        "parts": parts,
        "part": part,
        "paragraphs": paragraphs(plan.text, shown.items, plan.blocks, part),
        "text_start": part.start,
        "editable": movement.status == Movement.Status.PREPARING and may(request.user, "edit_plan", movement),
        "problems": [p for p in problems_before_launch(movement) if p.code in PAGE_PROBLEMS],
        "timeline": timeline(shown.items),
        "today": today(),
    }


def number_of(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 1


def timeline(items: tuple[PlanItem, ...]) -> list[Moment]:
    """Return the dated deadlines in order, as the small timeline shows them."""
    dated = [
        (last_day(item.value["due"]) or first_day(item.value["due"]), item)
        for item in items
        if item.field == "deadlines" and item.value.get("due")
    ]
    return [
        Moment(
            label=title_of("deadlines", item.value),
            state="unsure" if item.waits_for_check else "waiting",
            day=day,
            when=when_words(item.value),
        )
        for day, item in sorted(((d, i) for d, i in dated if d), key=lambda pair: pair[0])
    ]


def item_of(movement: Movement, item_id: UUID) -> PlanItem:
    item = living(movement.plan).filter(pk=item_id).select_related("plan__movement").first()
    if not isinstance(item, PlanItem):
        raise Http404
    return item


@require_http_methods(["GET", "HEAD", "POST"])
def edit_item(request: HttpRequest, pk: UUID, item_id: UUID) -> HttpResponse:
    """Show one item as a form in its own place; take the corrected parts."""
    movement = open_for_check(request, pk)
    item = item_of(movement, item_id)
    shape = BY_FIELD[item.field]
    if request.method != "POST":
        form = ItemForm(shape, value=item.value, initial={"version": item.version})
        return form_page(request, movement, shape, form, item)
    form = ItemForm(shape, request.POST)
    if form.is_valid():
        try:
            item = services.edit_item(
                item.pk, form.data, version=form.cleaned_data["version"], by=account(request)
            )
        except ChangedMeanwhileError as error:
            form.add_error(None, changed_sentence(error))
        else:
            return after_act(request, movement, item)
    return form_page(request, movement, shape, form, item)


@require_http_methods(["GET", "HEAD", "POST"])
def add_item(request: HttpRequest, pk: UUID, field: str) -> HttpResponse:
    """Show an empty form for one more item; ``start`` and ``end`` are the words pointed at in the document."""
    movement = open_for_check(request, pk)
    shape = BY_FIELD.get(field)
    if shape is None:
        raise Http404
    start, end = place_of(request, movement.plan)
    if request.method != "POST":
        quoted = " ".join(movement.plan.text[start:end].split()) if start is not None else ""
        return form_page(request, movement, shape, ItemForm(shape, value={shape.main_part: quoted}), None)
    form = ItemForm(shape, request.POST)
    if form.is_valid():
        item = services.add_item(movement.plan, field, form.data, by=account(request), start=start, end=end)
        return after_act(request, movement, item)
    return form_page(request, movement, shape, form, None)


def place_of(request: HttpRequest, plan: Plan) -> tuple[int | None, int | None]:
    given = request.GET.get("start", ""), request.GET.get("end", "")
    if not all(value.isascii() and value.isdigit() for value in given):
        return None, None
    start, end = map(int, given)
    return (start, end) if 0 <= start < end <= len(plan.text) else (None, None)


def form_page(
    request: HttpRequest, movement: Movement, shape: Shape, form: ItemForm, item: PlanItem | None
) -> HttpResponse:
    context = {
        "movement": movement,
        "plan": movement.plan,
        "shape": shape,
        "form": form,
        "item": item,
        "line": line_of(item) if item else None,
        "here": request.get_full_path(),
    }
    status = 422 if form.errors and is_fragment(request) else 200
    response = page(request, "movements/item.html", context, block="form", status=status)
    if form.errors:  # a form with errors takes its own place again, not that of the whole list
        response["HX-Retarget"] = f"#m{item.pk.hex}" if item else "#new-item"
    return response


def after_act(request: HttpRequest, movement: Movement, item: PlanItem | None = None) -> HttpResponse:
    """Answer htmx with the whole right-hand side, others by going back to the item."""
    movement.plan.refresh_from_db()
    if is_fragment(request):
        return page(request, TEMPLATE, context_of(request, movement), block="read")
    place = f"#m{item.pk.hex}" if item and item.state != PlanItem.State.REMOVED else ""
    return redirect(reverse("movements:check", args=[movement.pk]) + place)


def changed_sentence(error: ChangedMeanwhileError) -> str:
    by = getattr(error.current, "settled_by", None)
    if by:
        return _("Mục này vừa được %(name)s xử lý. Xem lại bản mới rồi sửa tiếp.") % {"name": by}
    return _("Mục này vừa được người khác xử lý. Xem lại bản mới rồi sửa tiếp.")


@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm the ticked items, one item, or with ``all=sure`` everything that was read surely."""
    movement = open_for_check(request, pk)
    ids = chosen_items(request, movement)
    count = services.confirm_items(movement.plan, ids, by=account(request))
    if not is_fragment(request):
        sentence = ngettext("Đã xác nhận %(n)s mục.", "Đã xác nhận %(n)s mục.", count) % {"n": count}
        say_done(request, sentence, undo_url=reverse("movements:undo", args=[movement.pk]))
    return after_act(request, movement)


def chosen_items(request: HttpRequest, movement: Movement) -> list[UUID]:
    if request.POST.get("all") == "sure":
        sure = living(movement.plan).filter(state=PlanItem.State.READ, is_sure=True)
        return list(sure.values_list("pk", flat=True))
    found = []
    for text in request.POST.getlist("item"):
        try:
            found.append(UUID(text))
        except ValueError:
            raise Http404 from None
    return found


@require_POST
def remove(request: HttpRequest, pk: UUID, item_id: UUID) -> HttpResponse:
    """Take an item out of the plan."""
    movement = open_for_check(request, pk)
    item = item_of(movement, item_id)
    services.remove_item(item.pk, version=None, by=account(request))
    if not is_fragment(request):
        say_done(request, _("Đã bỏ một mục."), undo_url=reverse("movements:undo", args=[movement.pk]))
    return after_act(request, movement)


@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back the last act of checking."""
    movement = open_for_check(request, pk)
    try:
        services.undo_last(movement.plan, by=account(request))
    except services.NothingToUndoError:
        say_done(request, _("Không còn thao tác nào để hoàn tác."))
    return after_act(request, movement)

"""The document on the left, what was read on the right; every item settled by a person, every act undone again."""

from collections.abc import Callable, Collection, Sequence
from functools import partial, wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.documents.notices import told
from thidua.movements.forms import ItemForm, retyped
from thidua.movements.marking import mark_of, paragraphs, parts_of
from thidua.movements.models import Movement, Plan, PlanItem
from thidua.movements.papers import paper_of
from thidua.movements.permissions import heads_of, may
from thidua.movements.preview import preview_of
from thidua.movements.problems import PlanHeldError
from thidua.movements.selectors.amended import amended_by
from thidua.movements.selectors.answerable import may_answer, proposals
from thidua.movements.selectors.checking import Checking, Line, checking, line_of
from thidua.movements.selectors.items import living
from thidua.movements.selectors.numbering import corrections_of
from thidua.movements.selectors.stale_figures import stale_figures
from thidua.movements.services import checking as services
from thidua.movements.services.intake import NOT_A_LAUNCH
from thidua.movements.shapes import BY_FIELD, SHAPES, Shape
from thidua.movements.stated import first_day, last_day
from thidua.movements.values import NotUsableError
from thidua.movements.views.access import account, require, visible_movement
from thidua.movements.views.answering_papers import CORRECTING, is_corrected, wanted_part
from thidua.movements.views.standing import approval_of
from thidua.movements.wording import title_of, when_words
from thidua.records.days import today
from thidua.records.models import ChangedMeanwhileError
from thidua.ui.flash import say_done
from thidua.ui.parts import Moment
from thidua.ui.rendering import is_fragment, page

Act = Callable[..., HttpResponse]
TEMPLATE = "movements/check.html"


def open_for_check(request: HttpRequest, pk: UUID, *, settling: bool = False) -> Movement:
    """Return the movement whose plan is to be changed; ``settling``: only by what is still unsure."""
    movement = visible_movement(request, pk)
    require(request, "edit_plan", movement)
    plan = movement.plan
    if plan.takes_corrections or (settling and plan.takes_settling):
        return movement
    if plan.is_open:
        raise PlanHeldError
    raise services.PlanLaunchedError


def while_preparing(act: Act) -> Act:
    """Tell who comes after the launch that the plan is edited no more, whichever act it was."""

    @wraps(act)
    def asked(request: HttpRequest, pk: UUID, **given: Any) -> HttpResponse:
        try:
            return act(request, pk, **given)
        except services.PlanLaunchedError:
            sentence = _(
                "Kế hoạch này không còn ở bước chuẩn bị nên không sửa trực tiếp được nữa. "
                "Nếu đã phát động, hãy lập bản sửa đổi."
            )
            return after_act(request, visible_movement(request, pk), said=[sentence])
        except PlanHeldError as error:
            return after_act(request, visible_movement(request, pk), said=[error.problems[0].text()])

    return asked


@require_GET
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the whole check page; a launched plan is shown as it stands, without the buttons."""
    movement = visible_movement(request, pk)
    context = reading_of(request, movement)
    if is_fragment(request):
        return page(request, TEMPLATE, context, block="read")
    return page(request, TEMPLATE, context | document_of(request, movement, context["checking"]))


def reading_of(
    request: HttpRequest, movement: Movement, *, said: Sequence[str] = (), oob: bool = False
) -> dict[str, Any]:
    """Return what the right-hand side shows; ``oob`` sends the preview of a unit's own plan along."""
    plan = movement.plan
    shown = checking(plan)
    may_edit = may(request.user, "edit_plan", movement)
    return {
        "movement": movement,
        "plan": plan,
        "checking": shown,
        "editable": may_edit and plan.takes_corrections and is_corrected(request, plan),
        "correctable": may_edit and plan.takes_corrections,
        "settles": may_edit and plan.takes_settling,
        "preparing": may_edit and movement.status == Movement.Status.PREPARING,
        "timeline": timeline(shown.items),
        "today": today(),
        "stale": stale_figures(plan) if movement.answers_id and plan.takes_corrections else (),
        "said": said,
        "oob": oob and not plan.text,
        "preview": None if plan.text else preview_of(paper_of(plan)),
    }


def document_of(request: HttpRequest, movement: Movement, shown: Checking) -> dict[str, Any]:
    """Return what stands around it: the document, what was noticed about it, who may issue."""
    plan = movement.plan
    parts = parts_of(plan.text)
    part = parts[min(max(number_of(request.GET.get("phan")), 1), len(parts)) - 1]
    may_issue, may_launch = may(request.user, "issue", movement), may(request.user, "launch", movement)
    named = not movement.answers_id or (may_launch if plan.issued_at else may_issue)
    asked = may_answer(movement) and may(request.user, "edit_plan", movement)
    return {
        "proposals": proposals(movement, shown.items, wanted=wanted_part(request)) if asked else (),
        "parts": parts,
        "part": part,
        "paragraphs": paragraphs(plan.text, shown.items, plan.blocks, part),
        "remarks": [sentence_of(remark) for remark in plan.notices],
        "amended": amended_by(request.user, movement) if NOT_A_LAUNCH in plan.notices else (),
        "may_issue": may_issue,
        "may_launch": may_launch,
        "corrections": corrections_of(plan) if plan.issued_at else (),
        **approval_of(request, movement),
        "issuers": () if named else heads_of(movement.organiser),
    }


def sentence_of(remark: str) -> str:
    """Return a remark about the document as a sentence."""
    if remark == NOT_A_LAUNCH:
        return _("Văn bản này có vẻ không phát động phong trào nào. Xem kỹ trước khi đi tiếp.")
    template, parameters = told(remark)
    return _(template) % {name: _(fact) if name == "kind" else fact for name, fact in parameters.items()}


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


def item_of(movement: Movement, mark: str) -> PlanItem:
    """Return the item the page calls ``mark``, also one that was removed meanwhile."""
    rows = PlanItem.objects.select_related("plan__movement", "settled_by")
    return rows.get(pk=ids_of(movement, [mark])[0])


def ids_of(movement: Movement, marks: Sequence[str]) -> list[UUID]:
    """Return the ids of the items the page calls so."""
    rows = PlanItem.objects.filter(plan=movement.plan, until=None).values_list("pk", flat=True)
    by_mark = {mark_of(pk): pk for pk in rows}
    if not all(mark in by_mark for mark in marks):
        raise Http404
    return [by_mark[mark] for mark in marks]


@require_http_methods(["GET", "HEAD", "POST"])
@while_preparing
def edit_item(request: HttpRequest, pk: UUID, mark: str) -> HttpResponse:
    """Show one item as a form in its own place; take the corrected parts."""
    movement = open_for_check(request, pk, settling=True)
    item = item_of(movement, mark)
    if item.state == PlanItem.State.REMOVED:
        return after_act(request, movement, said=[settled_sentence(item)])
    shape = BY_FIELD[item.field]
    if request.method != "POST":
        form = ItemForm(shape, value=item.value, initial={"version": item.version})
        return form_page(request, movement, shape, form, item)
    form = ItemForm(shape, request.POST, value=item.value)
    if form.is_valid():
        waiting = services.open_questions(movement.plan)
        try:
            item = services.edit_item(
                item.pk, form.data, version=form.cleaned_data["version"], by=account(request)
            )
        except ChangedMeanwhileError as error:
            item = item_of(movement, mark)
            if item.state == PlanItem.State.REMOVED:
                return after_act(request, movement, said=[settled_sentence(item)])
            form = retyped(form, item.version, partial(ItemForm, shape, value=item.value))
            way_on = _("Bấm Lưu lần nữa thì bản của bạn thay bản đang lưu; bấm Thôi thì giữ bản đó.")
            form.add_error(None, f"{changed_sentence(error)} {way_on}")
            return form_page(request, movement, shape, form, item, theirs=line_of(item))
        else:
            return after_act(request, movement, item, said=newly_asked(movement, waiting))
    return form_page(request, movement, shape, form, item)


def newly_asked(movement: Movement, waiting: Collection[PlanItem]) -> list[str]:
    """Say that the correction led to questions, which stand at the head of the list and not where one is."""
    if not (marks := set(services.open_questions(movement.plan)) - set(waiting)):
        return []
    words = ngettext(
        "Sửa chỗ này làm %(n)s mục cần kiểm tra lại. Xem ở “Cần kiểm tra”.",
        "Sửa chỗ này làm %(n)s mục cần kiểm tra lại. Xem ở “Cần kiểm tra”.",
        len(marks),
    )
    return [words % {"n": len(marks)}]


@require_http_methods(["GET", "HEAD", "POST"])
@while_preparing
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
    request: HttpRequest,
    movement: Movement,
    shape: Shape,
    form: ItemForm,
    item: PlanItem | None,
    *,
    theirs: Line | None = None,
) -> HttpResponse:
    """Show the item's form; ``theirs`` is what another person made of the item meanwhile."""
    context = {
        "movement": movement,
        "plan": movement.plan,
        "shape": shape,
        "form": form,
        "item": item,
        "line": line_of(item) if item else None,
        "theirs": theirs,
        "here": request.get_full_path(),
        "is_piece": is_fragment(request),
        "tag": "li" if item and is_fragment(request) else "div",
        "mark": mark_of(item.pk) if item else "new-item",
    }
    status = 422 if form.errors else 200
    response = page(request, "movements/item.html", context, block="form", status=status)
    if form.errors:  # a form with errors takes its own place again, not that of the whole list
        response["HX-Retarget"] = f"#{mark_of(item.pk)}" if item else "#new-item"
        response["HX-Reswap"] = "outerHTML"
    return response


def after_act(
    request: HttpRequest, movement: Movement, item: PlanItem | None = None, *, said: Sequence[str] = ()
) -> HttpResponse:
    """Answer htmx with the whole right-hand side, others by going back to the item."""
    movement = visible_movement(request, movement.pk)
    if is_fragment(request):
        return page(request, TEMPLATE, reading_of(request, movement, said=said, oob=True), block="read")
    for sentence in said:
        say_done(request, sentence)
    place = f"#{mark_of(item.pk)}" if item and item.state != PlanItem.State.REMOVED else ""
    if item and said:
        place = "#can-kiem-tra"
    query = {CORRECTING: "1"} if CORRECTING in request.POST else None
    return redirect(reverse("movements:check", args=[movement.pk], query=query) + place)


def changed_sentence(error: ChangedMeanwhileError) -> str:
    by = getattr(error.current, "settled_by", None)
    if by:
        return _("Mục này vừa được %(name)s xử lý. Xem lại bản mới rồi sửa tiếp.") % {"name": by}
    return _("Mục này vừa được người khác xử lý. Xem lại bản mới rồi sửa tiếp.")


@require_POST
@while_preparing
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm the items named (one button may name two), or with ``section`` all of it that was read surely."""
    movement = open_for_check(request, pk, settling=True)
    done = services.confirm_items(movement.plan, chosen_items(request, movement), by=account(request))
    if done.count and not is_fragment(request):
        sentence = ngettext("Đã xác nhận %(n)s mục.", "Đã xác nhận %(n)s mục.", done.count) % {
            "n": done.count
        }
        say_done(request, sentence, undo_url=reverse("movements:undo", args=[movement.pk]))
    return after_act(request, movement, said=sentences_after(done))


def sentences_after(done: services.Confirmed) -> list[str]:
    """Say what was not confirmed and why."""
    said = [settled_sentence(item) for item in done.before]
    return said + [
        _("“%(what)s” không xác nhận được: sửa hoặc bỏ mục này.") % {"what": title_of(item.field, item.value)}
        for item in done.refused
    ]


def settled_sentence(item: PlanItem) -> str:
    facts = {"what": title_of(item.field, item.value), "name": item.settled_by or _("người khác")}
    return _("“%(what)s” đã được %(name)s xử lý trước đó.") % facts


def chosen_items(request: HttpRequest, movement: Movement) -> list[UUID]:
    if section := request.POST.get("section"):
        fields = [shape.field for shape in SHAPES if shape.section == section]
        sure = living(movement.plan).filter(state=PlanItem.State.READ, is_sure=True, field__in=fields)
        return list(sure.values_list("pk", flat=True))
    return ids_of(movement, " ".join(request.POST.getlist("item")).split())


@require_POST
@while_preparing
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an item out of the plan; ``item`` is its mark and the version seen, as in ``m0123456789:3``."""
    movement = open_for_check(request, pk, settling=True)
    asked, _colon, version = request.POST.get("item", "").partition(":")
    item = item_of(movement, asked)
    try:
        seen = int(version) if version.isdecimal() else None
        services.remove_item(item.pk, version=seen, by=account(request))
    except ChangedMeanwhileError as error:
        return after_act(request, movement, said=[changed_sentence(error)])
    if not is_fragment(request):
        say_done(request, _("Đã bỏ một mục."), undo_url=reverse("movements:undo", args=[movement.pk]))
    return after_act(request, movement)


@require_POST
@while_preparing
def use_day(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Use a day put right in one item in another too; ``item`` is mark, version seen and the corrected item's mark."""
    movement = open_for_check(request, pk, settling=True)
    asked, version, corrected = (*request.POST.get("item", "").split(":"), "", "", "")[:3]
    item, source = item_of(movement, asked), item_of(movement, corrected)
    try:
        seen = int(version) if version.isdecimal() else None
        item = services.use_day(item.pk, source.pk, version=seen, by=account(request))
    except ChangedMeanwhileError as error:
        return after_act(request, movement, said=[changed_sentence(error)])
    except services.DayUsedError:
        return after_act(request, movement, said=[_("Ngày ấy vừa thay đổi. Xem lại mục này rồi sửa tiếp.")])
    except NotUsableError as error:
        return after_act(request, movement, said=[str(problem.text) for problem in error.problems])
    if not is_fragment(request):
        say_done(request, _("Đã sửa ngày."), undo_url=reverse("movements:undo", args=[movement.pk]))
    return after_act(request, movement, item)


@require_POST
@while_preparing
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back the last act of checking."""
    movement = open_for_check(request, pk)
    try:
        changes = services.undo_last(movement.plan, by=account(request))
    except services.NothingToUndoError:
        return after_act(request, movement, said=[_("Không còn thao tác nào để hoàn tác.")])
    count = len(changes)
    said = ngettext("Đã hoàn tác %(n)s mục.", "Đã hoàn tác %(n)s mục.", count) % {"n": count}
    return after_act(request, movement, said=[said])

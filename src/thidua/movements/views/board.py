"""The cascade board: every unit × step; remind only the late ones; Excel; print."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from thidua.documents.workbook import ColumnKind, ColumnSpec, SheetSpec
from thidua.exchange.giving import given
from thidua.movements.forms import BoardFilter, TermForm
from thidua.movements.missing_steps import said
from thidua.movements.models import Movement, Participation
from thidua.movements.news import own_words, usual_reminder
from thidua.movements.permissions import exportable_participations, may, visible_participations
from thidua.movements.reminder_forms import LONGEST, ReminderForm
from thidua.movements.selectors.board import Board, BoardRow, board
from thidua.movements.selectors.coming import coming_steps
from thidua.movements.selectors.predecessors import heirs_waiting
from thidua.movements.services.notifying import missing_of, remind
from thidua.movements.services.schedule import TermBeforeBeginningError, TermMovedError, set_step_term
from thidua.movements.terms import launched_on
from thidua.movements.values import shown_partial
from thidua.movements.views.access import account, require, require_running, uuid_or_404, visible_movement
from thidua.organisations.models import Unit
from thidua.organisations.permissions import scope_of
from thidua.organisations.selectors.succession import Ending
from thidua.organisations.views.answers import refusal
from thidua.records.days import today
from thidua.ui.days import read_day
from thidua.ui.flash import say_done, say_wrong
from thidua.ui.parts import pager_of
from thidua.ui.rendering import page
from thidua.ui.stretches import stretch_of

PAGE = 100
NAMED = 100  # late units the window of reminding names; it counts the others


def day_asked(request: HttpRequest) -> date:
    """Return the board's day; one that cannot be read or lies ahead is today, and the page says so."""
    return min(read_day(request.GET.get("as_of", "")) or today(), today())


def not_yet(movement: Movement, on: date) -> date | None:
    """Return the day of the launch where ``on`` lies before it."""
    launched = launched_on(movement)
    return launched if launched and on < launched else None


def board_asked(request: HttpRequest, movement: Movement, who: Q) -> Board:
    by_name = request.GET.get("sort") == "name"
    return board(movement, who, on=day_asked(request), search=request.GET.get("q", ""), by_name=by_name)


def rows_asked(request: HttpRequest, shown: Board) -> list[BoardRow]:
    """Return the rows by standing: late, not yet at the step, or there; without a step, all steps count."""
    asked, step = request.GET.get("show", ""), request.GET.get("step", "")
    if asked == "ended":
        return list(shown.ended)
    rows = list(shown.living if asked else shown.rows)
    if asked == "late":
        rows = [r for r in rows if any(s.standing == "late" and step in ("", s.state) for s in r.steps)]
    elif asked in ("waiting", "done") and step:
        reached = asked == "done"
        rows = [r for r in rows if any(s.state == step and bool(s.reached_on) == reached for s in r.steps)]
    elif asked in ("waiting", "done"):
        rows = [r for r in rows if all(s.reached_on for s in r.steps) == (asked == "done")]
    return rows


@require_GET
def cascade(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Show the board, or give it as a workbook with ``format=xlsx``."""
    movement = visible_movement(request, pk)
    if request.GET.get("format") == "xlsx":
        return workbook_asked(request, movement)
    return board_page(request, movement, {})


def board_page(request: HttpRequest, movement: Movement, wrong: Mapping[str, TermForm]) -> HttpResponse:
    """Show the board; ``wrong``: the forms, by step, that were refused, with what was typed."""
    shown = board_asked(request, movement, visible_participations(request.user, movement))
    rows = rows_asked(request, shown)
    whole = request.GET.get("size") == "all"
    stretch = stretch_of(request.GET, len(rows), PAGE, lambda start, size: rows[start : start + size])
    running = movement.status == Movement.Status.LAUNCHED
    context: dict[str, Any] = {
        "movement": movement,
        "board": shown,
        "coming": coming_steps(shown.days, shown.on),
        "on": shown.on,
        "ended_words": ended_words,
        "not_yet": not_yet(movement, shown.on),
        "rows": rows if whole else stretch.rows,
        "found": len(rows),
        "pager": None if whole or len(rows) <= PAGE else pager_of(request.GET, stretch, PAGE, sizes=(PAGE,)),
        "today": today(),
        "may_export": may_export_some(request, movement, shown),
        "heirs": heirs_to_admit(request, movement, shown),
        "longest": LONGEST,
        "named": shown.late_rows[:NAMED],
        "unnamed": len(shown.late_rows[NAMED:]),
        "may_remind": running and shown.on == today() and may(request.user, "remind", movement),
        "query": request.GET.get("q", ""),
        "states": dict(Participation.State.choices),
        "filter": filter_for(request, shown),
        "term_forms": {state: wrong.get(state) or term_form(state, shown) for state in shown.steps},
    }
    return page(request, "movements/board.html", context, status=422 if wrong else 200)


def heirs_to_admit(request: HttpRequest, movement: Movement, shown: Board) -> list[Unit] | None:
    """Return to which heirs something of ended units is to go over, for who may let it go over today."""
    running = movement.status == Movement.Status.LAUNCHED and shown.on == today()
    if not (running and shown.ended and may(request.user, "launch", movement)):
        return None
    ended = {row.unit_id: row.ended for row in shown.ended if row.ended}
    return heirs_waiting(movement, ended, {row.unit_id for row in shown.living})


def back_to_board(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return to the board as it was narrowed before."""
    query = request.GET.urlencode()
    return redirect(reverse("movements:board", args=[pk]) + (f"?{query}" if query else ""))


def filter_for(request: HttpRequest, shown: Board) -> BoardFilter:
    form = BoardFilter(request.GET)
    steps = [(state.value, state.label) for state in shown.steps]
    field = form.fields["step"]
    if isinstance(field, forms.ChoiceField):
        field.choices = [("", _("Mọi bước")), *steps]
    return form


def term_form(state: Participation.State, shown: Board) -> TermForm:
    last_on = shown.terms.get(state)
    return TermForm(initial={"on": last_on, "seen": last_on}, auto_id=f"term-{state.value}-%s")


def workbook_asked(request: HttpRequest, movement: Movement) -> HttpResponseBase:
    """Return the rows shown, as far as the visitor may take them out."""
    if not may_export(request, movement):
        raise refusal(request, "export")
    shown = board_asked(request, movement, exportable_participations(request.user, movement))
    return workbook(shown, rows_asked(request, shown))


def may_export(request: HttpRequest, movement: Movement) -> bool:
    if may(request.user, "export", movement):
        return True
    own = exportable_participations(request.user, movement)
    return movement.participations.filter(own, is_visible=True).exists()


def may_export_some(request: HttpRequest, movement: Movement, shown: Board) -> bool:
    """Say the same of the units on the board, without asking again."""
    scope = scope_of(request.user)
    return may(request.user, "export", movement) or any(
        scope.allows_at("export", row.path) for row in shown.rows
    )


def workbook(shown: Board, rows: list[BoardRow]) -> HttpResponseBase:
    """Return the rows shown as an .xlsx file."""
    names = dict(Participation.State.choices)
    some_noted, some_ended = any(map(noted_words, rows)), any(row.ended for row in rows)
    columns = [
        ColumnSpec(_("Đơn vị"), width=44),
        ColumnSpec(_("Cấp trên"), width=30),
        ColumnSpec(_("Tình trạng"), width=22),
        *(ColumnSpec(str(names[state]), ColumnKind.DATE, width=16) for state in shown.steps),
        ColumnSpec(_("Trễ (ngày)"), ColumnKind.WHOLE, width=12),
        ColumnSpec(_("Số kế hoạch"), width=18),
        *([ColumnSpec(_("Ghi nhận sau"), width=40)] if some_noted else []),
        *([ColumnSpec(_("Chấm dứt"), width=50)] if some_ended else []),
    ]
    told = [words for words, some in ((noted_words, some_noted), (ending_words, some_ended)) if some]
    sheet = SheetSpec(_("Theo dõi"), tuple(columns), cells_of(rows, names, told))
    name = _("theo-doi-phong-trao") + f"-{shown.on:%Y%m%d}.xlsx"
    return given(name, [sheet])


def cells_of(
    rows: list[BoardRow], names: dict[Any, Any], told: Sequence[Callable[[BoardRow], str]]
) -> Iterator[list[Any]]:
    """Yield the cells of each row, last what each of ``told`` says of it."""
    for row in rows:
        reached = [step.reached_on for step in row.steps]
        cells = [row.unit, row.parent, str(names[row.state]), *reached, row.days_late or None, row.own_number]
        yield [*cells, *(words(row) for words in told)]


def noted_words(row: BoardRow) -> str:
    """Return which steps reached by the day of the board were written down only later, and when."""
    noted = [(step.state.label, step.noted_on) for step in row.steps if step.noted_on]
    return "; ".join(f"{label}: {shown_partial(day.isoformat())}" for label, day in noted)


def ending_words(row: BoardRow) -> str:
    return ended_words(row.ended) if row.ended else ""


def ended_words(ended: Ending) -> str:
    """Return since when a unit is no more, by which decision, and who took over."""
    told = {
        "day": shown_partial(ended.on.isoformat()),
        "decision": ended.decision,
        "heirs": "; ".join(heir.name for heir in ended.heirs),
    }
    if not ended.heirs:
        return _("Chấm dứt từ %(day)s (%(decision)s)") % told
    return _("Chấm dứt từ %(day)s (%(decision)s); nhận thay: %(heirs)s") % told


@require_POST
def remind_late(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remind the ticked units, named first; ``late=1`` means every late unit of the board and nobody else."""
    movement = visible_movement(request, pk)
    require(request, "remind", movement)
    require_running(movement)
    shown = board(movement, visible_participations(request.user, movement), on=today())
    ticked = {uuid_or_404(text) for text in request.POST.getlist("selected")}
    rows = shown.late_rows if "late" in request.POST else shown.living
    meant = [row for row in rows if "late" in request.POST or row.participation_id in ticked]
    asked = bool({"late", "about"} & request.POST.keys())
    form = ReminderForm({"about": usual_reminder(), **request.POST.dict()} if asked else None)
    if meant and not form.is_valid():
        context = {"movement": movement, "rows": meant, "form": form, "owed": owed_words}
        return page(request, "movements/remind.html", context, status=422 if asked else 200)
    chosen = [row.participation_id for row in meant]
    if not chosen:
        say_wrong(request, _("Không có đơn vị nào trễ hạn, nên không nhắc ai."))
        return back_to_board(request, pk)
    about = own_words(form.cleaned_data["about"], usual_reminder)
    count, spared = remind(movement, chosen, by=account(request), about=about)
    if spared:
        told = ngettext(
            "%(n)s đơn vị đã được nhắc trong 10 phút qua nên không nhắc lại.",
            "%(n)s đơn vị đã được nhắc trong 10 phút qua nên không nhắc lại.",
            spared,
        )
        say_wrong(request, told % {"n": spared})
    if count:
        say_done(request, ngettext("Đã nhắc %(n)s đơn vị.", "Đã nhắc %(n)s đơn vị.", count) % {"n": count})
    return back_to_board(request, pk)


def owed_words(row: BoardRow) -> str:
    """Return which steps the unit owes today, as its reminder says them."""
    return "; ".join(said(one, today()) for one in missing_of(row))


@require_POST
def step_term(request: HttpRequest, pk: UUID, state: str) -> HttpResponseBase:
    """Set or take away the last day of a step."""
    movement = visible_movement(request, pk)
    require(request, "remind", movement)
    require_running(movement)
    if state not in Participation.State.values:
        raise Http404
    form = TermForm(request.POST, auto_id=f"term-{state}-%s")
    if form.is_valid():
        given = form.cleaned_data
        try:
            set_step_term(movement, state, given["on"], seen=given["seen"], by=account(request))
        except TermMovedError as error:
            say_wrong(request, term_moved(error.last_on))
            return back_to_board(request, pk)
        except TermBeforeBeginningError as error:
            form.add_error("on", before_beginning(error.begins_on))
        else:
            say_done(request, term_set(given["on"]))
            return back_to_board(request, pk)
    say_wrong(request, _("Hạn của bước chưa được đặt."))
    return board_page(request, movement, {state: form})


def term_set(last_on: date | None) -> str:
    if last_on is None:
        return _("Đã bỏ hạn của bước này.")
    if last_on < today():
        return _("Đã đặt hạn cho bước này. Hạn đã qua, nên đơn vị nào chưa tới bước này là trễ ngay.")
    return _("Đã đặt hạn cho bước này.")


def before_beginning(begins_on: date) -> str:
    told = {"day": shown_partial(begins_on.isoformat())}
    return _("Hạn không thể trước ngày bắt đầu phong trào, %(day)s.") % told


def term_moved(last_on: date | None) -> str:
    if last_on is None:
        return _("Người khác vừa bỏ hạn của bước này. Xem lại rồi đặt tiếp nếu cần.")
    return _("Người khác vừa đổi hạn của bước này thành %(day)s. Xem lại rồi đặt tiếp nếu cần.") % {
        "day": shown_partial(last_on.isoformat())
    }

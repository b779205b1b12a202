"""An import on its page: preview, confirmation, progress, result, and taking it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.exchange.handing_back import later_imports
from thidua.exchange.importers import Importer, importer_of
from thidua.exchange.models import Import, ImportRow
from thidua.exchange.permissions import visible
from thidua.exchange.selectors import is_stalled, known_before, rows_done, rows_of, shown_rows
from thidua.exchange.services import intake, previewing, saving, undoing
from thidua.exchange.services.states import AlreadyHandledError
from thidua.exchange.tasks import begin
from thidua.exchange.views.access import account, tell_handled, version_of, visible_import
from thidua.exchange.views.listing import STATES
from thidua.ui.flash import say_done
from thidua.ui.parts import Pager, Tab, changed
from thidua.ui.rendering import is_fragment, page

SIZE = 50
Status, Outcome = Import.Status, ImportRow.Outcome
SETTLED_BY = {"different": previewing.DIFFERENT}


@require_GET
def batch_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the import as it stands; asked by htmx, only its progress."""
    batch = visible_import(request, pk)
    if batch.status == Status.UPLOADED:
        if batch.problem:
            messages.warning(request, batch.problem)
        return redirect("exchange:columns", pk=pk)
    importer = importer_of(batch)
    context: dict[str, Any] = {
        "batch": batch,
        "importer": importer,
        "state": STATES[Status(batch.status)],
        "done": rows_done(batch),
        "stalled": is_stalled(batch),
        "writes": sum(batch.counts.get(outcome, 0) for outcome in saving.WRITTEN),
        "options": importer.options_shown(batch.scope),
        "counts_of_refused": sum(batch.counts.get(outcome, 0) for outcome in (Outcome.REFUSE, Outcome.ASK)),
        "finished_meanwhile": is_fragment(request) and not batch.is_working,
    }
    if not is_fragment(request) and batch.status not in (Status.READING, Status.DROPPED):
        context |= rows_context(request, importer, batch)
    if batch.status == Status.PREVIEWED:
        context["before"] = known_before(request.user, batch)
    return page(request, "exchange/import.html", context, block="job")


def rows_context(request: HttpRequest, importer: Importer, batch: Import) -> dict[str, Any]:
    """Return the rows of the outcome asked for, page by page in the order of the file."""
    show = request.GET.get("show", first_worth_seeing(batch))
    show = show if show in Outcome.values else ""
    after = request.GET.get("after", "")
    rows = rows_of(batch, show)
    beyond = int(after) if after.isdecimal() and after.isascii() and len(after) < 8 else 0  # noqa: PLR2004 - no row number
    found = list(rows.filter(number__gt=beyond)[: SIZE + 1])
    shown, more = found[:SIZE], len(found) > SIZE
    total = batch.counts.get(show, 0) if show else sum(batch.counts.values())
    pager = Pager(
        shown=len(shown),
        total=total,
        next_url=changed(request.GET, show=show, after=shown[-1].number) if more else "",
        previous_url=changed(request.GET, show=show) if beyond else "",
        first=0 if beyond else 1,
        size=SIZE,
        sizes=(SIZE,),
    )
    return {
        "show": show,
        "rows": shown_rows(importer, request.user, shown),
        "pager": pager if more or beyond else None,
        "tabs": tabs(request, batch, show),
    }


def first_worth_seeing(batch: Import) -> str:
    """Return the outcome a reader should see first: what waits for a word, then what was refused."""
    order = (Outcome.ASK, Outcome.REFUSE, Outcome.UPDATE, Outcome.CREATE, Outcome.SAME)
    return next((outcome for outcome in order if batch.counts.get(outcome)), "")


def tabs(request: HttpRequest, batch: Import, show: str) -> list[Tab]:
    order = (Outcome.CREATE, Outcome.UPDATE, Outcome.SAME, Outcome.ASK, Outcome.REFUSE, Outcome.SKIP)
    return [
        Tab(
            str(outcome.label),
            changed(request.GET, show=outcome.value),
            active=show == outcome,
            count=batch.counts.get(outcome, 0),
        )
        for outcome in order
        if batch.counts.get(outcome, 0) or outcome in saving.WRITTEN
    ]


@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    batch = visible_import(request, pk)
    try:
        batch = saving.confirm(batch, by=account(request), version=version_of(request))
    except AlreadyHandledError as error:
        tell_handled(request, error.batch)
    else:
        begin(batch)
    return redirect("exchange:import", pk=pk)


@require_POST
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a person's word on rows that may be of somebody already there."""
    batch = visible_import(request, pk)
    decisions = previewing.the_only_ones(batch) if "all" in request.POST else decisions_of(request)
    try:
        count = previewing.settle(
            importer_of(batch), batch, decisions, by=account(request), version=version_of(request)
        )
    except AlreadyHandledError as error:
        tell_handled(request, error.batch)
    else:
        words = ngettext(
            "Đã ghi nhận ý kiến cho %(count)s dòng.", "Đã ghi nhận ý kiến cho %(count)s dòng.", count
        )
        say_done(request, words % {"count": count})
    return redirect("exchange:import", pk=pk)


def decisions_of(request: HttpRequest) -> dict[UUID, str]:
    """Return for each row the word chosen: whose record it is, or that it is somebody else."""
    decisions = {}
    for name, word in request.POST.items():
        if name.startswith("row_") and word and isinstance(word, str):
            try:
                row, whose = UUID(name.removeprefix("row_")), SETTLED_BY.get(word) or str(UUID(word))
            except ValueError:
                continue
            decisions[row] = whose
    return decisions


@require_POST
def read_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read the file anew with the same columns: people and units may have changed meanwhile."""
    batch = visible_import(request, pk)
    settled = intake.Columns(batch.sheet, batch.header_row, tuple(batch.headings), batch.mapping)
    try:
        batch = intake.choose_columns(
            importer_of(batch), batch, settled, by=account(request), version=version_of(request)
        )
    except AlreadyHandledError as error:
        tell_handled(request, error.batch)
    else:
        begin(batch)
    return redirect("exchange:import", pk=pk)


@require_POST
def resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go on with work that was stopped half-way."""
    batch = visible_import(request, pk)
    if batch.status not in (Status.READING, Status.UNDOING):
        try:
            batch = saving.resume(batch, by=account(request))
        except AlreadyHandledError as error:
            tell_handled(request, error.batch)
            return redirect("exchange:import", pk=pk)
    begin(batch)
    return redirect("exchange:import", pk=pk)


@require_POST
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    batch = visible_import(request, pk)
    try:
        saving.drop(batch, by=account(request), version=version_of(request))
    except AlreadyHandledError as error:
        tell_handled(request, error.batch)
        return redirect("exchange:import", pk=pk)
    say_done(request, _("Đã bỏ tệp “%(name)s”. Chưa có gì được ghi.") % {"name": batch.file.name})
    return redirect("exchange:imports")


@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what would be taken back or what is in the way; take it back when asked to."""
    batch = visible_import(request, pk)
    if request.method == "GET":
        if batch.status not in undoing.WRITTEN_TO:
            return redirect("exchange:import", pk=pk)
        return undo_page(request, batch, undoing.problems_before_undo(batch))
    try:
        batch = undoing.begin_undo(batch, by=account(request), version=version_of(request))
    except undoing.CannotUndoError as error:
        return undo_page(request, batch, list(error.references))
    except AlreadyHandledError as error:
        tell_handled(request, error.batch)
    else:
        begin(batch)
    return redirect("exchange:import", pk=pk)


def undo_page(request: HttpRequest, batch: Import, references: list[Any]) -> HttpResponse:
    context = {
        "batch": batch,
        "importer": importer_of(batch),
        "references": references,
        "written": undoing.applied_rows(batch).count(),
        "later": later_imports(batch).filter(visible(request.user)) if references else (),
    }
    status = 422 if references and request.method == "POST" else 200
    return page(request, "exchange/undo.html", context, status=status)

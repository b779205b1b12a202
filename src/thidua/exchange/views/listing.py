"""What may be brought in and taken out, and the imports so far."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from thidua.exchange.exporters import exporters_for
from thidua.exchange.importers import importer_of, importers_for
from thidua.exchange.models import Import
from thidua.exchange.selectors import imports_of
from thidua.ui.errors import PermissionNeeded
from thidua.ui.parts import Pager, changed
from thidua.ui.rendering import page

SIZE = 25
STATES = {
    Import.Status.UPLOADED: "waiting",
    Import.Status.READING: "in_work",
    Import.Status.PREVIEWED: "waiting",
    Import.Status.RUNNING: "in_work",
    Import.Status.STOPPED: "due_soon",
    Import.Status.DONE: "done",
    Import.Status.UNDOING: "in_work",
    Import.Status.UNDONE: "closed",
    Import.Status.DROPPED: "closed",
}


@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    importers, exporters = importers_for(request.user), exporters_for(request.user)
    if not importers and not exporters:
        raise PermissionNeeded
    rows = imports_of(request.user)
    after = uuid_asked(request, "after")
    found = list((rows.filter(pk__lt=after) if after else rows)[: SIZE + 1])
    shown, more = found[:SIZE], len(found) > SIZE
    pager = Pager(
        shown=len(shown),
        total=rows.count() if more or after else len(shown),
        next_url=changed(request.GET, after=shown[-1].pk) if more else "",
        previous_url=changed(request.GET) if after else "",
        first=0 if after else 1,
        size=SIZE,
        sizes=(SIZE,),
    )
    context = {
        "importers": importers,
        "exporters": exporters,
        "imports": [
            (batch, importer_of(batch).title, STATES[Import.Status(batch.status)]) for batch in shown
        ],
        "pager": pager if more or after else None,
    }
    return page(request, "exchange/imports.html", context)


def uuid_asked(request: HttpRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None

"""An amending document as it is handed in, and what it says of itself."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.core.plans.readable import UnreadableTextError
from thidua.core.plans.reader import read
from thidua.core.plans.source import Source
from thidua.documents.errors import DocumentError
from thidua.documents.isolated import read_isolated
from thidua.library.services import forget_file, path_of, store_file
from thidua.movements.amending_document import effective_day
from thidua.movements.models import Movement
from thidua.movements.shapes import BASIS_TYPES
from thidua.movements.stated import day
from thidua.movements.values import shown_partial
from thidua.movements.views.access import account, require, uuid_or_404, visible_movement
from thidua.records.days import today


def mistaken_plan(request: HttpRequest) -> Movement | None:
    """Return the movement made of an amending document that was taken in as a plan."""
    if not (named := request.POST.get("from")):
        return None
    movement = visible_movement(request, uuid_or_404(named))
    require(request, "edit_plan", movement)
    return movement


def given_document(request: HttpRequest, mistaken: Movement | None) -> dict[str, Any]:
    """Return the amending document and what it says of itself; nothing when none was given."""
    if mistaken:
        plan = mistaken.plan
        return {"file": plan.file, "text": plan.text, **said_by(Source.from_text(plan.text))}
    upload = request.FILES.get("file")
    if not upload:
        return {}
    file = store_file(upload, upload.name or "", by=account(request))
    try:
        source = read_isolated(path_of(file.sha256), name=file.name, warm=True)
    except DocumentError:
        forget_file(file)
        raise
    return {"file": file, "text": source.text, **said_by(source)}


@override("vi")  # it is kept and shown to everybody
def said_by(source: Source) -> dict[str, Any]:
    """Return number and day, day of effect and matter of the amending document, as far as it was read."""
    try:
        reading = read(source)
    except UnreadableTextError:
        return {}
    told = {name: str(single.value) for name, single in reading.singles.items()}
    signed = day(told.get("issued_on", ""))
    kind = dict(BASIS_TYPES).get(reading.doc_type or "", "")
    words = [str(kind), _("số %(number)s") % {"number": told["number"]} if "number" in told else ""]
    words.append(_("ngày %(day)s") % {"day": shown_partial(told["issued_on"])} if signed else "")
    return {
        "decision": " ".join(word for word in words if word) if "number" in told else "",
        "effective_on": effective_day(source.text, signed, today()),
        "summary": told.get("title", ""),
    }

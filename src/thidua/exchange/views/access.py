"""Finding an import the visitor may see, and telling refusals and errors."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from thidua.audit.models import Entry
from thidua.documents.errors import DocumentError
from thidua.exchange.importers import User
from thidua.exchange.models import Import
from thidua.exchange.selectors import imports_of
from thidua.ui.formats import moment


def account(request: HttpRequest) -> User:
    """Return the signed-in account (the middleware lets nobody else through)."""
    return request.user


def visible_import(request: HttpRequest, pk: UUID) -> Import:
    """Return the import; Http404 alike for one that is not there and one that is not to be seen."""
    batch = imports_of(request.user).select_related("confirmed_by", "undone_by").filter(pk=pk).first()
    if batch is None:
        raise Http404
    return batch


def sentence_of(error: DocumentError) -> str:
    return error.in_words(_)


def tell_handled(request: HttpRequest, batch: Import) -> None:
    """Say who took the step meanwhile, and when."""
    last = (
        Entry.objects.filter(subject_type=batch._meta.label_lower, subject_id=str(batch.pk))
        .order_by("-at")
        .first()
    )
    who = (last.actor_name if last else "") or _("hệ thống")
    when = moment(last.at) if last else ""
    sentence = _("Việc nhập này đã được %(who)s xử lý lúc %(when)s (%(state)s). Đây là tình trạng mới nhất.")
    messages.warning(
        request, sentence % {"who": who, "when": when, "state": batch.get_status_display().lower()}
    )


def version_of(request: HttpRequest) -> int:
    """Return the version the visitor's page was made from; 0, which none has, when it is missing."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and text.isascii() else 0

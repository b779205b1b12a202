"""The register of documents that plans rest on."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from thidua.movements.selectors.documents import PAGE, citing, known_to, register
from thidua.movements.shapes import BASIS_TYPES
from thidua.ui.parts import pager_of
from thidua.ui.rendering import page


class DocumentFilter(forms.Form):
    """What the register can be narrowed by."""

    type = forms.ChoiceField(label=_("Loại"), required=False, choices=[("", _("Mọi loại")), *BASIS_TYPES])
    misfit = forms.BooleanField(label=_("Chỉ văn bản có chỗ không khớp"), required=False)


@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    """List the documents cited by plans the visitor may see."""
    asked = request.GET.dict()
    found = register(request.user, asked)
    pager = pager_of(request.GET, found, PAGE, sizes=(PAGE,))
    context = {
        "found": found,
        "pager": pager,
        "filter": DocumentFilter(request.GET),
        "query": asked.get("q", ""),
        "types": dict(BASIS_TYPES),
    }
    return page(request, "movements/documents.html", context)


@require_GET
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Show one document: how it was written, and the plans that cite it."""
    row = get_object_or_404(known_to(request.user).prefetch_related("spellings"), pk=document_id)
    context = {"document": row, "plans": citing(request.user, row), "types": dict(BASIS_TYPES)}
    return page(request, "movements/document.html", context)

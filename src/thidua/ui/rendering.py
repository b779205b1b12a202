"""Pages and their fragments: one template serves both, so that they cannot drift apart."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.utils import csrf_input_lazy, csrf_token_lazy
from django.utils.cache import patch_vary_headers
from jinja2_fragments import render_block


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, block: str = "", status: int = 200
) -> HttpResponse:
    """Render ``template``; asked by htmx and given a ``block``, only that block of it."""
    engine: Any = engines["jinja2"]
    given = {
        "request": request,
        "csrf_input": csrf_input_lazy(request),
        "csrf_token": csrf_token_lazy(request),
    }
    for processor in engine.template_context_processors:
        given |= processor(request)
    given |= context
    if block and is_fragment(request):
        text = render_block(engine.env, template, block, **given)
    else:
        text = engine.env.get_template(template).render(given)
    response = HttpResponse(text, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def page_shown(request: HttpRequest) -> SplitResult:
    """Return the address in the browser of the page a piece of which is asked for; empty where none is told."""
    try:
        return urlsplit(request.headers.get("HX-Current-URL", ""))
    except ValueError:  # what stands in a header may be anything
        return urlsplit("")


def is_fragment(request: HttpRequest) -> bool:
    """Say whether htmx asks for a piece of the page, not for a page come back to by history."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"

"""The style guide: every component in its real states."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thidua.ui import kit as samples


@require_GET
def kit(request: HttpRequest) -> HttpResponse:
    if "nhanh" in request.GET:
        return render(request, "ui/kit/branches.html", {"branches": samples.more_branches()})
    return render(request, "ui/kit.html", samples.everything(request.GET))


@require_GET
def kit_search(request: HttpRequest) -> HttpResponse:
    """Answer the search box of the style guide from its own sample rows."""
    query = request.GET.get("q", "").strip()
    return render(request, "ui/kit/search.html", {"groups": samples.hits(query), "query": query})

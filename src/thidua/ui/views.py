"""The style guide: every component in its real states."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thidua.ui import kit as samples
from thidua.ui.flash import say_done


@require_http_methods(["GET", "POST"])
def kit(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        say_done(request, _("Đã nhận; trang mẫu không lưu gì."), undo_url=request.path)
        return redirect("ui:kit")
    if "nhanh" in request.GET:
        return render(request, "ui/kit/branches.html", {"branches": samples.more_branches()})
    return render(request, "ui/kit.html", samples.everything(request.GET))


@require_GET
def kit_search(request: HttpRequest) -> HttpResponse:
    """Answer the search box of the style guide from its own sample rows."""
    query = request.GET.get("q", "").strip()
    return render(request, "ui/kit/search.html", {"groups": samples.hits(query), "query": query})

"""A list of awards pasted or uploaded: its money and its shares; nothing is kept."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from thidua.commendations.forms import TypedListForm
from thidua.commendations.selectors.award_lists import ListedAward
from thidua.commendations.selectors.fairness import in_hand
from thidua.commendations.selectors.law_in_force import UNBOUND, binding_of, law_for
from thidua.commendations.selectors.money_due import ahead_of, money_of
from thidua.commendations.selectors.typed_lists import (
    MOST_LINES,
    Decided,
    TypedListError,
    read_list,
    recognised,
    table_of,
)
from thidua.commendations.views.list_files import rows_of_file
from thidua.commendations.views.list_pages import (
    ACTION,
    Asked,
    fairness_context,
    looked_at,
    money_context,
    note_taken_out,
    wants_workbook,
)
from thidua.commendations.views.list_workbooks import fairness_sheets, money_workbook
from thidua.core.law.law import shipped_law
from thidua.documents.errors import DocumentError
from thidua.organisations.models import Unit
from thidua.organisations.models.units import UnitQuerySet
from thidua.organisations.permissions import scope_of
from thidua.organisations.views.answers import actor_of, within_export
from thidua.records.days import today
from thidua.ui.formats import day as written
from thidua.ui.rendering import page

MOST_PROBLEMS = 20


@require_http_methods(["GET", "POST"])
def typed(request: HttpRequest) -> HttpResponseBase:
    """Take a list, pasted or uploaded; answer its money and its shares. Nothing is kept."""
    if not scope_of(request.user).allows_somewhere("view"):
        raise Http404
    roots = roots_in_sight(request)
    if request.method == "GET":
        form = TypedListForm(roots=roots, initial={"decided_on": today(), "root": roots.first()})
        around = typed_context(request, form)
        return page(request, "commendations/typed_list.html", around)
    form = TypedListForm(request.POST, request.FILES, roots=roots)
    read = typed_asked(request, form) if form.is_valid() else None
    if read is None:
        around = typed_context(request, form)
        return page(request, "commendations/typed_list.html", around, status=422)
    return typed_page(request, form, *read)


def typed_page(
    request: HttpRequest, form: TypedListForm, asked: Asked, listed: Sequence[ListedAward]
) -> HttpResponseBase:
    due, ahead = money_of(listed, asked.law, asked.binding), ahead_of(asked.on)
    lines = in_hand(request.user, listed, asked.law, asked.on)
    found = looked_at(asked, lines, form)
    if wants_workbook(request):
        within_export(request, "place__")
        note_taken_out(request, "export.money", asked)
        return money_workbook(
            due, f"tien-thuong-{asked.on:%Y%m%d}.xlsx", fairness_sheets(found, lines), partial=ahead
        )
    shown = money_context(asked, due, request.POST, MOST_LINES)
    shown |= fairness_context(asked, lines, found, request.POST, MOST_LINES)
    aims = [(one, None) for one in found.guidelines if one.part.asked]
    shown |= {"partial": ahead, "is_typed": True, "aims": aims}
    return page(request, "commendations/typed_list.html", shown | typed_context(request, form))


def typed_context(request: HttpRequest, form: TypedListForm) -> dict[str, Any]:
    return {"form": form, "may_export": scope_of(request.user).allows_somewhere(ACTION)}


def roots_in_sight(request: HttpRequest) -> UnitQuerySet:
    """Return the tops of the trees the reader sees something of."""
    seen = Unit.objects.filter(scope_of(request.user).units("view"))
    return Unit.objects.filter(pk__in=seen.values("root")).order_by("sort_key", "pk")


def typed_asked(request: HttpRequest, form: TypedListForm) -> tuple[Asked, list[ListedAward]] | None:
    """Return the list as asked; None after its problems were put into the form."""
    given = form.cleaned_data
    try:
        rows = rows_of_file(given["file"]) if given["file"] else table_of(given["names"])
        listed = read_list(rows, Decided(given["decided_on"], given["year"] or given["decided_on"].year))
    except (TypedListError, DocumentError) as error:
        said = error.problems if isinstance(error, TypedListError) else [error.in_words(_)]
        place = "file" if given["file"] else "names"  # an error takes the field out of what was given
        for problem in said[:MOST_PROBLEMS]:
            form.add_error(place, problem)
        return None
    root = given["root"]
    law = law_for(root) if root else shipped_law()
    binding = binding_of(law, root) if root else UNBOUND
    asked = Asked(
        title=ngettext(
            "Danh sách %(number)s lần khen, quyết định ngày %(day)s",
            "Danh sách %(number)s lần khen, quyết định ngày %(day)s",
            len(listed),
        )
        % {"number": len(listed), "day": written(given["decided_on"])},
        back=reverse("commendations:awards"),
        on=given["decided_on"],
        law=law,
        authority=binding.authority,
        binding=binding,
        subject=root or actor_of(request),
        number=len(listed),
        whole=len(listed),
        may_export=scope_of(request.user).allows_somewhere(ACTION),
    )
    return asked, recognised(request.user, listed)

"""A list of awards looked at: the money it is due, and its quotas, ratios and shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thidua.commendations.forms import FIRST_YEAR, LAST_YEAR, QuotaForm, TypedListForm
from thidua.commendations.selectors.award_lists import ListedAward, beside, of_honours, of_year
from thidua.commendations.selectors.fairness import GROUP_NAMES, Fairness, Shown, fairness_of, quotas_of_plan
from thidua.commendations.selectors.law_in_force import authority_in, law_for
from thidua.commendations.selectors.money_due import MoneyDue, money_of
from thidua.commendations.selectors.typed_lists import (
    Decided,
    TypedListError,
    read_list,
    recognised,
    table_of,
)
from thidua.commendations.views.list_workbooks import fairness_workbook, money_workbook
from thidua.commendations.wording import CONFIDENCE
from thidua.core.eligibility.lists import Quota
from thidua.core.law.law import Law, shipped_law
from thidua.core.law.messages import Message
from thidua.core.text.normal import one_line
from thidua.documents.errors import DocumentError
from thidua.documents.workbook_isolated import read_rows_isolated
from thidua.exchange.services.exporting import note_export
from thidua.honours.catalogue import label_of
from thidua.honours.models import Honour
from thidua.honours.selectors.records import of_decision
from thidua.library.models import Document
from thidua.organisations.models import Unit
from thidua.organisations.models.units import UnitQuerySet
from thidua.organisations.permissions import may, scope_of
from thidua.organisations.views.answers import actor_of, day_asked, unit_asked
from thidua.records.days import today
from thidua.ui.formats import day as written
from thidua.ui.parts import Pager, changed, page_number
from thidua.ui.rendering import page

PAGE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """A list to look at: its lines, the law over it, and how the page names it."""

    title: str
    back: str
    on: date
    listed: list[ListedAward]
    law: Law
    authority: str | None
    money_url: str = ""
    fairness_url: str = ""
    quotas: tuple[Quota, ...] = ()


@require_GET
def money_of_decision(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    asked = decision_asked(request, pk)
    due = money_of(
        asked.listed, asked.law, asked.authority, other_decisions=beside(request.user, asked.listed)
    )
    return money_page(request, asked, due)


@require_GET
def fairness_of_decision(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    return fairness_page(request, decision_asked(request, pk))


@require_GET
def fairness_of_year(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Look at what a unit and those below it were given for one year."""
    unit, day = unit_asked(request, pk), day_asked(request)
    if not may(request.user, "view", unit):
        raise Http404
    given = request.GET.get("year", "")
    year = int(given) if given.isdecimal() and FIRST_YEAR <= int(given) <= LAST_YEAR else day.year - 1
    law = law_for(unit.root)
    asked = Asked(
        title=_("%(unit)s, thành tích năm %(year)s") % {"unit": unit.name, "year": year},
        back=reverse("organisations:unit", args=[pk]),
        on=min(day, date(year, 12, 31)),
        listed=of_honours(of_year(request.user, unit, year)),
        law=law,
        authority=authority_in(law, unit.root),
    )
    return fairness_page(request, asked, year=year)


def decision_asked(request: HttpRequest, pk: UUID) -> Asked:
    """Return the honours of a decision the reader may see. Raises Http404 where there is none."""
    document = Document.objects.filter(pk=pk).first()
    rows = of_decision(request.user, document).filter(state=Honour.State.HELD) if document else None
    first = rows.first() if rows is not None else None
    if document is None or rows is None or first is None:
        raise Http404
    law = law_for(first.root)
    return Asked(
        title=_("Quyết định %(number)s ngày %(day)s")
        % {"number": document.number, "day": written(first.decided_on)},
        back=reverse("honours:decision", args=[pk]),
        on=first.decided_on,
        listed=of_honours(rows),
        law=law,
        authority=authority_in(law, first.root),
        money_url=reverse("commendations:money_of_decision", args=[pk]),
        fairness_url=reverse("commendations:fairness_of_decision", args=[pk]),
        quotas=tuple(quotas_of_plan(first.movement_id)),
    )


# -- pages ---------------------------------------------------------------------------------------------


def money_page(request: HttpRequest, asked: Asked, due: MoneyDue) -> HttpResponseBase:
    if wants_workbook(request):
        note_taken_out(request, "export.money", asked)
        return money_workbook(due, f"tien-thuong-{asked.on:%Y%m%d}.xlsx")
    return page(request, "commendations/money.html", money_context(asked, due))


def money_context(asked: Asked, due: MoneyDue) -> dict[str, Any]:
    return {
        "asked": asked,
        "due": due,
        "kinds": dict(Honour.Kind.choices),
        "label_of": label_of,
        "confidence": CONFIDENCE,
    }


def fairness_page(request: HttpRequest, asked: Asked, *, year: int | None = None) -> HttpResponseBase:
    form = QuotaForm(request.GET)
    found = looked_at(asked, form)
    if wants_workbook(request):
        note_taken_out(request, "export.fairness", asked)
        return fairness_workbook(found, f"han-muc-{asked.on:%Y%m%d}.xlsx")
    context = fairness_context(asked, found, form, request.GET.get("group", ""))
    return page(
        request, "commendations/fairness.html", context | paged(request, context["rows"]) | {"year": year}
    )


def paged(request: HttpRequest, rows: Sequence[Shown]) -> dict[str, Any]:
    """Return one page of the lines, and where it stands among them."""
    number = page_number(request.GET)
    start = (number - 1) * PAGE
    pager = Pager(
        shown=len(rows[start : start + PAGE]),
        total=len(rows),
        previous_url=changed(request.GET, page=number - 1) if number > 1 else "",
        next_url=changed(request.GET, page=number + 1) if start + PAGE < len(rows) else "",
        first=start + 1,
        size=PAGE,
        sizes=(PAGE,),
    )
    return {"rows": rows[start : start + PAGE], "total": len(rows), "pager": pager}


def looked_at(asked: Asked, form: QuotaForm) -> Fairness:
    whole, each = form.quotas()
    return fairness_of(
        asked.listed,
        asked.law,
        asked.authority,
        on=asked.on,
        quotas=[*asked.quotas, *whole],
        quotas_of_each_unit=each,
    )


def fairness_context(asked: Asked, found: Fairness, form: QuotaForm, group: str) -> dict[str, Any]:
    group = group if group in GROUP_NAMES else ""
    return {
        "asked": asked,
        "found": found,
        "form": form,
        "group": group,
        "rows": found.of_group(group) if group else found.shown,
        "total": len(found.of_group(group)) if group else len(found.shown),
        "pager": None,
        "group_names": GROUP_NAMES,
        "in_words": in_words,
        "kinds": dict(Honour.Kind.choices),
        "label_of": label_of,
        "confidence": CONFIDENCE,
    }


def in_words(said: Message) -> str:
    return said.in_words(_)


def wants_workbook(request: HttpRequest) -> bool:
    return "xlsx" in (request.GET.get("format"), request.POST.get("format"))


def note_taken_out(request: HttpRequest, what: str, asked: Asked) -> None:
    """Log who takes the list out, before anything is given."""
    actor = actor_of(request)
    note_export(actor, what, actor, {"list": asked.title, "rows": str(len(asked.listed))})


# -- a list typed --------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def typed(request: HttpRequest) -> HttpResponseBase:
    """Take a list, pasted or uploaded; answer its money and its shares. Nothing is kept."""
    if not scope_of(request.user).allows_somewhere("view"):
        raise Http404
    roots = roots_in_sight(request)
    if request.method == "GET":
        form = TypedListForm(roots=roots, initial={"decided_on": today(), "root": roots.first()})
        return page(request, "commendations/typed_list.html", {"form": form})
    form = TypedListForm(request.POST, request.FILES, roots=roots)
    asked = typed_asked(request, form) if form.is_valid() else None
    if asked is None:
        return page(request, "commendations/typed_list.html", {"form": form}, status=422)
    due = money_of(asked.listed, asked.law, asked.authority)
    found = looked_at(asked, form)
    if wants_workbook(request):
        note_taken_out(request, "export.money", asked)
        return money_workbook(due, f"tien-thuong-{asked.on:%Y%m%d}.xlsx", found)
    context = money_context(asked, due) | fairness_context(asked, found, form, request.POST.get("group", ""))
    return page(request, "commendations/typed_list.html", context | {"sent": form.data.get("names", "")})


def roots_in_sight(request: HttpRequest) -> UnitQuerySet:
    """Return the tops of the trees the reader sees something of."""
    seen = Unit.objects.filter(scope_of(request.user).units("view"))
    return Unit.objects.filter(pk__in=seen.values("root")).order_by("path")


def typed_asked(request: HttpRequest, form: TypedListForm) -> Asked | None:
    """Return the list as asked; None after its problems were put into the form."""
    given = form.cleaned_data
    try:
        rows = rows_of_file(given["file"]) if given["file"] else table_of(given["names"])
        listed = read_list(rows, Decided(given["decided_on"], given["year"] or given["decided_on"].year))
    except (TypedListError, DocumentError) as error:
        said = error.problems if isinstance(error, TypedListError) else [error.in_words(_)]
        for problem in said[:MOST_PROBLEMS]:
            form.add_error("file" if given["file"] else "names", problem)
        return None
    root = given["root"]
    law = law_for(root) if root else shipped_law()
    return Asked(
        title=_("Danh sách %(number)s lần khen, quyết định ngày %(day)s")
        % {"number": len(listed), "day": written(given["decided_on"])},
        back=reverse("commendations:awards"),
        on=given["decided_on"],
        listed=recognised(request.user, listed),
        law=law,
        authority=authority_in(law, root) if root else None,
    )


MOST_PROBLEMS = 20


def rows_of_file(upload: UploadedFile[bytes]) -> list[tuple[int, list[str]]]:
    """Return the rows of the first sheet. Raises DocumentError."""
    with TemporaryDirectory(prefix="thidua-list-") as folder:
        path = Path(folder) / "list"
        with path.open("wb") as file:
            file.writelines(upload.chunks())
        rows: list[tuple[int, list[str]]] = []
        sheet = ""
        for row in read_rows_isolated(path, name=upload.name):
            sheet = sheet or row.sheet
            if row.sheet != sheet:
                break
            rows.append((row.number, [cell_text(cell) for cell in row.cells]))
    return rows


def cell_text(cell: object) -> str:
    if cell is None:
        return ""
    return one_line(str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell))

"""A list of awards looked at: the money it is due, and its quotas, ratios and shares."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Model, Q, QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from thidua.commendations.forms import FIRST_YEAR, LAST_YEAR, QuotaForm, TypedListForm
from thidua.commendations.selectors.award_lists import ListedAward, beside, of_honours, of_year
from thidua.commendations.selectors.fairness import (
    GROUP_NAMES,
    Fairness,
    Lines,
    fairness_of,
    in_hand,
    quotas_of_plan,
)
from thidua.commendations.selectors.honour_lists import lines_of
from thidua.commendations.selectors.law_in_force import authority_in, binding_of, law_for
from thidua.commendations.selectors.money_due import MoneyDue, ahead_of, money_of
from thidua.commendations.selectors.registered_lines import RegisteredLines, compared, registered_by
from thidua.commendations.selectors.typed_lists import (
    MOST_LINES,
    Decided,
    TypedListError,
    read_list,
    recognised,
    table_of,
)
from thidua.commendations.views.list_files import rows_of_file
from thidua.commendations.views.list_workbooks import fairness_sheets, fairness_workbook, money_workbook
from thidua.commendations.wording import CONFIDENCE, LIMITS_MEAN, UNSURE
from thidua.core.eligibility.lists import Quota
from thidua.core.law.law import Law, shipped_law
from thidua.core.law.messages import Message
from thidua.documents.errors import DocumentError
from thidua.exchange.services.exporting import note_export
from thidua.honours.catalogue import label_of
from thidua.honours.models import Honour
from thidua.honours.permissions import visible
from thidua.honours.selectors.records import of_decision
from thidua.library.models import Document
from thidua.organisations.models import Unit
from thidua.organisations.models.units import UnitQuerySet
from thidua.organisations.permissions import may, require, scope_of
from thidua.organisations.views.answers import actor_of, day_asked, refusal, unit_asked, within_export
from thidua.records.days import today
from thidua.ui.formats import day as written
from thidua.ui.formats import number as number_written
from thidua.ui.parts import pager_of
from thidua.ui.rendering import page
from thidua.ui.stretches import stretch_of

PAGE = 50
ACTION = "export"


@dataclass(frozen=True, slots=True)
class Asked:
    """A list to look at: the law over it, and how the page names it.

    ``number`` lines of ``whole`` are seen; ``subject`` is what the log names when the list is taken out.
    """

    title: str
    back: str
    on: date
    law: Law
    authority: str | None
    subject: Model
    number: int
    whole: int
    may_export: bool
    money_url: str = ""
    fairness_url: str = ""
    quotas: tuple[Quota, ...] = ()

    @property
    def is_whole(self) -> bool:
        return self.number >= self.whole


@require_GET
def money_of_decision(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    asked, rows = decision_asked(request, pk)
    listed = of_honours(rows)
    others = beside(request.user, listed)
    due = money_of(listed, asked.law, asked.authority, other_decisions=others)
    if wants_workbook(request):
        note_taken_out(request, "export.money", asked)
        return money_workbook(due, f"tien-thuong-{asked.on:%Y%m%d}.xlsx", partial=partial(asked))
    return page(request, "commendations/money.html", money_context(asked, due, request.GET))


@require_GET
def fairness_of_decision(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    asked, rows = decision_asked(request, pk)
    return fairness_page(request, asked, lines_of(request.user, rows, asked.law, asked.on))


@require_GET
def fairness_of_year(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Look at what a unit and those below it were given for one year.

    Who may view the unit reads every honour given in it and below, so the list is always whole.
    """
    unit, day = unit_asked(request, pk), day_asked(request)
    if not may(request.user, "view", unit):
        raise Http404
    if wants_workbook(request):
        require(request.user, ACTION, unit)
    year = year_asked(request, day.year - 1)
    rows, law = of_year(unit, year), law_for(unit.root)
    number = rows.order_by().count()
    asked = Asked(
        title=_("%(unit)s, thành tích năm %(year)s") % {"unit": unit.name, "year": year},
        back=reverse("organisations:unit", args=[pk]),
        on=min(day, date(year, 12, 31)),
        law=law,
        authority=binding_of(law, unit.root).over(unit),
        subject=unit,
        number=number,
        whole=number,
        may_export=may(request.user, ACTION, unit),
    )
    registered = registered_by(request.user, unit, year, law, asked.on)
    lines = lines_of(request.user, rows, law, asked.on)
    return fairness_page(request, asked, lines, year=year, registered=registered)


def year_asked(request: HttpRequest, otherwise: int) -> int:
    given = request.GET.get("year", "")
    return int(given) if given.isdecimal() and FIRST_YEAR <= int(given) <= LAST_YEAR else otherwise


def decision_asked(request: HttpRequest, pk: UUID) -> tuple[Asked, QuerySet[Honour]]:
    """Return a decision and the honours of it the reader may see, or take out where a workbook is asked for.

    Raises Http404 where there is none to see, PermissionNeeded where none may be taken out.
    """
    document = Document.objects.filter(pk=pk).first()
    if document is None:
        raise Http404
    seen = of_decision(request.user, document).filter(state=Honour.State.HELD)
    first = seen.first()
    if first is None:
        raise Http404
    scope = scope_of(request.user)
    given_out = scope.units(ACTION, prefix="place__")
    may_export = scope.allows(ACTION, first.place) or seen.filter(given_out).exists()
    if wants_workbook(request) and not may_export:
        raise refusal(request, ACTION)
    wanted = given_out if wants_workbook(request) else Q()
    held = Honour.objects.filter(decision=document, state=Honour.State.HELD)
    counts = held.aggregate(whole=Count("pk"), number=Count("pk", filter=visible(request.user) & wanted))
    law = law_for(first.root)
    asked = Asked(
        title=_("Quyết định %(number)s ngày %(day)s")
        % {"number": document.number, "day": written(first.decided_on)},
        back=reverse("honours:decision", args=[pk]),
        on=first.decided_on,
        law=law,
        authority=authority_in(law, first.root),
        subject=document,
        number=counts["number"],
        whole=counts["whole"],
        may_export=may_export,
        money_url=reverse("commendations:money_of_decision", args=[pk]),
        fairness_url=reverse("commendations:fairness_of_decision", args=[pk]),
        quotas=tuple(quotas_of_plan(first.movement_id)),
    )
    return asked, seen.filter(wanted)


# -- pages ---------------------------------------------------------------------------------------------


def money_context(asked: Asked, due: MoneyDue, given: QueryDict, size: int = PAGE) -> dict[str, Any]:
    number = len(due.subjects)
    shown = stretch_of(given, number, size, lambda start, size: due.subjects[start : start + size])
    return {
        "asked": asked,
        "partial": partial(asked),
        "due": due,
        "subjects": shown.rows,
        "pager": pager_of(given, shown, size, sizes=(size,)) if number > size else None,
        "kinds": dict(Honour.Kind.choices),
        "label_of": label_of,
        "confidence": CONFIDENCE,
        "legend": (UNSURE,),
    }


def fairness_page(
    request: HttpRequest,
    asked: Asked,
    lines: Lines,
    *,
    year: int | None = None,
    registered: RegisteredLines | None = None,
) -> HttpResponseBase:
    """Show the list; ``registered`` is what the same units strove for, where the page sets it beside."""
    form = QuotaForm(request.GET)
    found = looked_at(asked, lines, form)
    beside_it = compared(registered, asked.law, asked.on) if registered else None
    if wants_workbook(request):
        note_taken_out(request, "export.fairness", asked)
        about = about_list(asked, year, beside_it.total if beside_it else 0)
        name = f"han-muc-{asked.on:%Y%m%d}.xlsx"
        return fairness_workbook(found, lines, name, about, partial=partial(asked), registered=beside_it)
    chosen = registered if beside_it and beside_it.total and request.GET.get("of") == "registered" else None
    whole = beside_it.total if chosen and beside_it else asked.number
    context = fairness_context(asked, chosen or lines, found, request.GET, whole=whole)
    context |= {"form": form, "year": year, "registered": beside_it, "of_registered": chosen is not None}
    return page(request, "commendations/fairness.html", context)


def about_list(asked: Asked, year: int | None, registered: int) -> Iterator[tuple[str, str]]:
    """Yield what the page says of the list: which it is, by the law of which day, and what is counted."""
    yield _("Danh sách"), asked.title
    if year:
        yield _("Năm thành tích"), str(year)
    yield _("Theo quy định của ngày"), written(asked.on)
    yield _("Số lần khen"), number_written(asked.number)
    if registered:
        yield _("Số lượt đăng ký"), number_written(registered)
    yield (
        _("Cách đếm"),
        _("Cơ cấu đếm lần khen; hạn mức đếm người, tập thể, mỗi người, mỗi tập thể một lần."),
    )


def looked_at(asked: Asked, lines: Lines, form: QuotaForm) -> Fairness:
    whole, each = form.quotas()
    return fairness_of(
        lines,
        asked.law,
        asked.authority,
        on=asked.on,
        quotas=[*asked.quotas, *whole],
        quotas_of_each_unit=each,
        is_whole=asked.is_whole,
    )


def fairness_context(
    asked: Asked,
    lines: Lines,
    found: Fairness,
    given: QueryDict,
    size: int = PAGE,
    *,
    whole: int | None = None,
) -> dict[str, Any]:
    """Return what the page shows; ``given`` tells the group looked at and the page of the list.

    ``whole`` is how many lines the list has where it is not the one asked about.
    """
    group = given.get("group", "")
    group = group if group in GROUP_NAMES else ""
    everything = asked.number if whole is None else whole
    total = lines.count(group) if group else everything
    shown = stretch_of(given, total, size, lambda start, size: lines.shown(group, start, size))
    return {
        "asked": asked,
        "partial": partial(asked),
        "found": found,
        "group": group,
        "rows": shown.rows,
        "total": total,
        "pager": pager_of(given, shown, size, sizes=(size,)) if total > size else None,
        "tells_sex": any(row.entry.sex for row in shown.rows),
        "group_names": GROUP_NAMES,
        "in_words": in_words,
        "legend": LIMITS_MEAN,
        "kinds": dict(Honour.Kind.choices),
        "label_of": label_of,
        "confidence": CONFIDENCE,
    }


def partial(asked: Asked) -> str:
    """Return the sentence a page begins with when it speaks of a part of the list; empty when of all of it."""
    if asked.is_whole:
        return ""
    return _(
        "Quyết định có %(whole)s lần khen; ở đây chỉ có %(number)s lần trong phạm vi của bạn. "
        "Tổng tiền, tỷ lệ và hạn mức chưa phải của cả quyết định."
    ) % {"whole": number_written(asked.whole), "number": number_written(asked.number)}


def in_words(said: Message) -> str:
    return said.in_words(_)


def wants_workbook(request: HttpRequest) -> bool:
    return "xlsx" in (request.GET.get("format"), request.POST.get("format"))


def note_taken_out(request: HttpRequest, what: str, asked: Asked) -> None:
    """Log who takes the list out, before anything is given."""
    note_export(actor_of(request), what, asked.subject, {"list": asked.title, "rows": str(asked.number)})


# -- a list typed --------------------------------------------------------------------------------------


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
    due, ahead = money_of(listed, asked.law, asked.authority), ahead_of(asked.on)
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
    shown["partial"] = ahead
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
        authority=authority_in(law, root) if root else None,
        subject=root or actor_of(request),
        number=len(listed),
        whole=len(listed),
        may_export=scope_of(request.user).allows_somewhere(ACTION),
    )
    return asked, recognised(request.user, listed)


MOST_PROBLEMS = 20

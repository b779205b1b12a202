"""Who has registered and who has not, for who stands above and for who leads a cluster; remind only the rest."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line
from thidua.documents.workbook import ColumnKind, ColumnSpec, SheetSpec
from thidua.exchange.giving import given
from thidua.exchange.services.exporting import note_export
from thidua.honours.catalogue import label_of
from thidua.movements import registration_permissions as permissions
from thidua.movements.models import Registration
from thidua.movements.news import own_words, usual_registration_reminder
from thidua.movements.registering import LOOKS, NOT_BEGUN
from thidua.movements.registration_forms import CoverageFilter, LinesFilter
from thidua.movements.selectors.coverage import (
    Coverage,
    CoverageRow,
    coverage,
    ended_below,
    expected_below,
    members_of,
    with_ended,
)
from thidua.movements.selectors.registrations import Asked, handed_in, lines_of, page_of
from thidua.movements.services.registration_notices import remind_to_register
from thidua.movements.views.access import account, uuid_or_404
from thidua.movements.views.board import ended_words
from thidua.movements.views.registrations import chips, year_or_404
from thidua.movements.views.registrations import workbook as workbook_of_lines
from thidua.organisations.models import Cluster, Unit
from thidua.organisations.permissions import may, require
from thidua.organisations.views.answers import refusal
from thidua.records.days import day_of, today
from thidua.ui.flash import say_done, say_wrong
from thidua.ui.parts import page_number, pager_of, size_asked
from thidua.ui.rendering import page
from thidua.ui.stretches import stretch_of

PAGE = 100
LONGEST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Whose overview it is: a unit over those below, or a cluster over its members."""

    subject: Unit | Cluster
    year: int
    units: QuerySet[Unit]
    may_press: bool
    may_export: bool
    of_cluster: bool = False
    ended: QuerySet[Unit] | None = None  # units that are no more, with a sheet of the year

    @property
    def url(self) -> str:
        if self.of_cluster:
            return reverse("movements:cluster_coverage", args=[self.subject.pk])
        return reverse("movements:coverage", args=[self.subject.pk, self.year])

    @property
    def remind_url(self) -> str:
        if self.of_cluster:
            return reverse("movements:cluster_coverage_remind", args=[self.subject.pk])
        return reverse("movements:coverage_remind", args=[self.subject.pk, self.year])

    @property
    def list_url(self) -> str:
        if self.of_cluster:
            return reverse("movements:cluster_registered", args=[self.subject.pk])
        return reverse("movements:registered", args=[self.subject.pk, self.year])

    @property
    def labels(self) -> dict[str, str]:
        """Return what states are called; of a cluster's member no more is known than that nothing was sent."""
        unsent = _("Chưa gửi") if self.of_cluster else str(NOT_BEGUN)
        return {"": unsent, **{state: str(label) for state, label in Registration.State.choices}}

    def read(self) -> Coverage:
        return coverage(self.units, self.year, on=today(), ended=self.ended, only_handed_in=self.of_cluster)

    @property
    def everyone(self) -> QuerySet[Unit]:
        return self.units if self.ended is None else with_ended(self.units, self.ended)


def place_of_unit(request: HttpRequest, unit_id: UUID, year: int) -> Place:
    unit = Unit.objects.select_related("parent", "root").filter(pk=unit_id).first()
    if unit is None or not permissions.may_see_unit(request.user, unit):
        raise Http404
    return Place(
        unit,
        year_or_404(year),
        expected_below(unit, year, on=today()),
        permissions.may_press(request.user, unit),
        may(request.user, "export", unit),
        ended=ended_below(unit, year, on=today()),
    )


def place_of_cluster(request: HttpRequest, cluster_id: UUID) -> Place:
    cluster = Cluster.objects.select_related("authority").filter(pk=cluster_id).first()
    if cluster is None or not permissions.may_see_cluster(request.user, cluster):
        raise Http404
    return Place(
        cluster,
        cluster.year,
        members_of(cluster),
        permissions.may_press_cluster(request.user, cluster),
        permissions.leads(request.user, cluster) or may(request.user, "export", cluster.authority),
        of_cluster=True,
    )


@require_GET
def of_unit(request: HttpRequest, unit_id: UUID, year: int) -> HttpResponseBase:
    return overview(request, place_of_unit(request, unit_id, year))


@require_GET
def of_cluster(request: HttpRequest, cluster_id: UUID) -> HttpResponseBase:
    return overview(request, place_of_cluster(request, cluster_id))


def overview(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Show every unit and its sheet, or give them as a workbook with ``format=xlsx``."""
    found = place.read()
    form = CoverageFilter(request.GET)
    query = request.GET.get("q", "").strip()
    rows = narrowed(found.rows, form.value(), query)
    if request.GET.get("format") == "xlsx":
        note_taken_out(request, place)
        return workbook(found, rows, place)
    whole = request.GET.get("size") == "all"
    shown = stretch_of(request.GET, len(rows), PAGE, lambda start, size: rows[start : start + size])
    context: dict[str, Any] = {
        "place": place,
        "unit": None if place.of_cluster else place.subject,
        "found": found,
        "rows": rows if whole else shown.rows,
        "pager": None if whole or len(rows) <= PAGE else pager_of(request.GET, shown, PAGE, sizes=(PAGE,)),
        "query": query,
        "form": form,
        "looks": LOOKS,
        "labels": place.labels,
        "ended_words": ended_words,
        "to_press": [row for row in found.missing if not reminded_today(row)],
        "label_of": label_of,
        "this_year": today().year,
    }
    return page(request, "movements/coverage.html", context)


def reminded_today(row: CoverageRow) -> bool:
    """Say whether another reminder would be spared."""
    return row.reminded_at is not None and day_of(row.reminded_at) == today()


def note_taken_out(request: HttpRequest, place: Place) -> None:
    """Refuse who may not take lists out; log who does, before anything is given."""
    if not place.may_export:
        raise refusal(request, "export")
    note_export(account(request), "export.registrations", place.subject, {"year": str(place.year)})


def narrowed(rows: Iterable[CoverageRow], state: str, query: str) -> list[CoverageRow]:
    """Keep what is asked for; units are few enough to be searched here."""
    words = fold(one_line(query))
    kept = [row for row in rows if words in row.folded]
    match state:
        case "":
            return kept
        case "missing":
            return [row for row in kept if row.is_missing]
        case "registered":
            return [row for row in kept if not (row.is_missing or row.ended)]
        case "none":
            return [row for row in kept if not row.state]
        case "ended":
            return [row for row in kept if row.ended]
        case _:
            return [row for row in kept if row.state == state]


def workbook(found: Coverage, rows: list[CoverageRow], place: Place) -> HttpResponseBase:
    some_ended = any(row.ended for row in rows)
    columns = (
        ColumnSpec(_("Đơn vị"), width=44),
        ColumnSpec(_("Tình trạng"), width=22),
        ColumnSpec(_("Ngày gửi"), ColumnKind.DATE, width=14),
        ColumnSpec(_("Cá nhân"), ColumnKind.WHOLE, width=12),
        ColumnSpec(_("Tập thể"), ColumnKind.WHOLE, width=12),
        *([ColumnSpec(_("Chấm dứt"), width=50)] if some_ended else []),
    )
    awards = (
        ColumnSpec(_("Danh hiệu, hình thức"), width=44),
        ColumnSpec(_("Cá nhân"), ColumnKind.WHOLE, width=12),
        ColumnSpec(_("Tập thể"), ColumnKind.WHOLE, width=12),
    )
    numbers: Iterator[list[Any]] = (
        [label_of(one.award), one.people, one.collectives] for one in found.awards
    )
    sheets = [
        SheetSpec(_("Đơn vị"), columns, cells_of(rows, place.labels, with_ending=some_ended)),
        SheetSpec(_("Tổng hợp"), awards, numbers),
    ]
    return given(f"tong-hop-dang-ky-{place.year}.xlsx", sheets)


def cells_of(
    rows: Iterable[CoverageRow], labels: Mapping[str, str], *, with_ending: bool
) -> Iterator[list[Any]]:
    for row in rows:
        sent_on = day_of(row.sent_at) if row.sent_at else None
        cells = [row.name, labels[row.state], sent_on, row.people, row.collectives]
        yield [*cells, ended_words(row.ended) if row.ended else ""] if with_ending else cells


# -- reminding -----------------------------------------------------------------------------------------


@require_POST
def remind_unit(request: HttpRequest, unit_id: UUID, year: int) -> HttpResponse:
    return remind(request, place_of_unit(request, unit_id, year))


@require_POST
def remind_cluster(request: HttpRequest, cluster_id: UUID) -> HttpResponse:
    return remind(request, place_of_cluster(request, cluster_id))


def remind(request: HttpRequest, place: Place) -> HttpResponse:
    """Remind the ticked units, or with ``all=1`` every one that has not registered; nobody else."""
    if not place.may_press:
        if isinstance(place.subject, Unit):
            require(request.user, "remind", place.subject)
        raise refusal(request, "remind")
    found = place.read()
    missing = {row.unit_id for row in (found.missing if "all" in request.POST else found.without_own)}
    if "all" not in request.POST:
        missing &= {uuid_or_404(text) for text in request.POST.getlist("selected")}
    if not missing:
        say_wrong(request, _("Không có đơn vị nào chưa đăng ký trong số đã chọn, nên không nhắc ai."))
        return redirect(place.url)
    typed = request.POST.get("about", "").strip()[:LONGEST_WORDS]
    about = own_words(typed, lambda: usual_registration_reminder(place.year))
    told = remind_to_register(place.subject, missing, place.year, by=account(request), about=about)
    if told.spared:
        said = ngettext(
            "%(n)s đơn vị đã được nhắc hôm nay nên không nhắc lại.",
            "%(n)s đơn vị đã được nhắc hôm nay nên không nhắc lại.",
            told.spared,
        )
        say_wrong(request, said % {"n": told.spared})
    if told.told:
        said = ngettext("Đã nhắc %(n)s đơn vị.", "Đã nhắc %(n)s đơn vị.", told.told)
        say_done(request, said % {"n": told.told})
    return redirect(place.url)


# -- the list behind the figures -----------------------------------------------------------------------


@require_GET
def registered_below(request: HttpRequest, unit_id: UUID, year: int) -> HttpResponseBase:
    return registered(request, place_of_unit(request, unit_id, year))


@require_GET
def registered_in_cluster(request: HttpRequest, cluster_id: UUID) -> HttpResponseBase:
    return registered(request, place_of_cluster(request, cluster_id))


def registered(request: HttpRequest, place: Place) -> HttpResponseBase:
    """List who strives for what in the sheets handed in; also as a workbook."""
    form = LinesFilter(request.GET)
    asked = Asked(request.GET.get("q", "").strip(), form.value("award"), form.value("kind"))
    rows = lines_of(handed_in(place.everyone, place.year), asked)
    if request.GET.get("format") == "xlsx":
        note_taken_out(request, place)
        return workbook_of_lines(rows.iterator(chunk_size=2_000), f"dang-ky-thi-dua-{place.year}.xlsx")
    size = size_asked(request.GET)
    shown = page_of(rows, page_number(request.GET), size)
    context = {
        "place": place,
        "unit": None if place.of_cluster else place.subject,
        "rows": shown.rows,
        "pager": pager_of(request.GET, shown, size),
        "form": form,
        "asked": asked,
        "chips": chips(request, asked),
        "label_of": label_of,
    }
    return page(request, "movements/registered.html", context, block="list")

"""Clusters of a year: the list, one cluster, and the forms that fill and lead it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.organisations.forms.clusters import (
    AppointForm,
    ClusterFactsForm,
    CopyYearForm,
    LeavingForm,
    MembersForm,
    NewClusterForm,
    RepresentativeForm,
)
from thidua.organisations.models import Cluster, ClusterMember, ClusterRole, Person, Unit
from thidua.organisations.models.units import UnitQuerySet
from thidua.organisations.permissions import may, require, scope_of, visible_units
from thidua.organisations.selectors.clusters import (
    blocks_of,
    candidates_for,
    clusters_of,
    day_within,
    units_of,
    visible_set,
    years_of,
)
from thidua.organisations.services.clusters import (
    NewCluster,
    add_members,
    appoint,
    change_cluster,
    copy_year,
    create_cluster,
    end_cluster_role,
    give_cluster_role,
    put_member_back,
    remove_member,
)
from thidua.organisations.views.answers import actor_of, acts_on, refusal, show_refusal
from thidua.records.days import today
from thidua.records.models import ChangedMeanwhileError
from thidua.records.refusals import RefusedError
from thidua.ui.rendering import page

Standing = ClusterMember.Standing
FIRST_YEAR, FOUR_DIGITS = 1948, 4  # the first call for emulation


@require_GET
def clusters(request: HttpRequest) -> HttpResponse:
    years = years_of(request.user)
    wanted = request.GET.get("year", "")
    year = year_asked(wanted) or (today().year if today().year in years else (years or [today().year])[0])
    day = day_within(year, today())
    found = clusters_of(request.user, year, day)
    context = {
        "year": year,
        "years": sorted({*years, year}, reverse=True) if years else years,
        "day": day,
        "clusters": found,
        "led_by": {cluster.pk: names_standing(cluster, Standing.LEAD) for cluster in found},
        "deputies": {cluster.pk: names_standing(cluster, Standing.DEPUTY) for cluster in found},
        "may_create": scope_of(request.user).allows_somewhere("edit_units"),
    }
    return page(request, "organisations/clusters.html", context)


def year_asked(typed: str) -> int | None:
    """Return the year of the address, also one that has no clusters yet: the page says so."""
    year = int(typed) if typed.isdecimal() and len(typed) == FOUR_DIGITS else 0
    return year if FIRST_YEAR <= year <= today().year + 1 else None


def names_standing(cluster: Cluster, standing: str) -> list[str]:
    members = cluster.standing_members  # type: ignore[attr-defined]  # clusters_of prefetches them
    return [member.unit.name for member in members if member.standing == standing]


def cluster_asked(request: HttpRequest, pk: UUID) -> Cluster:
    """Return a cluster the reader may see; Http404 hides the others."""
    return get_object_or_404(
        visible_set(request.user).select_related("authority", "authority__parent"), pk=pk
    )


def editable_cluster(request: HttpRequest, pk: UUID) -> Cluster:
    cluster = cluster_asked(request, pk)
    require(request.user, "edit_units", cluster.authority)
    return cluster


@require_GET
def cluster(request: HttpRequest, pk: UUID) -> HttpResponse:
    asked = cluster_asked(request, pk)
    day = day_within(asked.year, today())
    seen = set(units_of(asked, day).filter(visible_units(request.user)).values_list("pk", flat=True))
    context = {
        "cluster": asked,
        "day": day,
        "today": today(),
        "blocks": blocks_of(asked, day),
        "openable": seen,
        "gone": list(asked.members.exclude(valid_until=None).select_related("unit").order_by("valid_until")),
        "present": set(asked.members.filter(valid_until=None).values_list("unit", flat=True)),
        "roles": list(
            asked.roles.exclude(valid_until__lte=day).select_related("person__unit").order_by("role")
        ),
        "other_years": visible_set(request.user)
        .filter(authority=asked.authority, code=asked.code)
        .order_by("-year"),
        "may_edit": may(request.user, "edit_units", asked.authority),
        "history": acts_on("organisations.cluster", pk),
    }
    return page(request, "organisations/cluster.html", context)


@require_http_methods(["GET", "POST"])
def cluster_create(request: HttpRequest) -> HttpResponse:
    units = organising_units(request)
    form = NewClusterForm(
        request.POST or None, units=units, initial={"year": today().year, "authority": topmost(units)}
    )
    if form.is_valid():
        try:
            made = create_cluster(actor_of(request), NewCluster(**form.cleaned_data))
        except RefusedError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Đã lập %(cluster)s.") % {"cluster": made.name})
            return redirect("organisations:cluster", pk=made.pk)
    return page(request, "organisations/cluster_create.html", {"form": form})


def organising_units(request: HttpRequest) -> UnitQuerySet:
    """Return the units in whose name the reader may run clusters. Raises PermissionNeeded when there are none."""
    units = (
        Unit.objects.filter(scope_of(request.user).units("edit_units"))
        .existing(today())
        .order_by("depth", "sort_key")
    )
    if not units.exists():
        raise refusal(request, "edit_units")
    return units


def topmost(units: UnitQuerySet) -> Unit | None:
    return units.first()


@require_http_methods(["GET", "POST"])
def cluster_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    asked = editable_cluster(request, pk)
    form = ClusterFactsForm(request.POST or None, instance=asked, initial={"version": asked.version})
    if form.is_valid():
        try:
            change_cluster(actor_of(request), asked, version=form.cleaned_data["version"], **form.facts())
        except (RefusedError, ChangedMeanwhileError) as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Đã lưu thông tin."))
            return redirect("organisations:cluster", pk=pk)
    return page(
        request,
        "organisations/cluster_form.html",
        {"form": form, "cluster": asked, "title": _("Sửa thông tin")},
    )


@require_http_methods(["GET", "POST"])
def members_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    asked = editable_cluster(request, pk)
    day = day_within(asked.year, today())
    everyone = Unit.objects.filter(visible_units(request.user)).existing(day)
    form = MembersForm(
        request.POST or None,
        candidates=candidates_for(request.user, asked, day),
        everyone=everyone,
        initial={"valid_from": day},
    )
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = add_members(
                actor_of(request), asked, form.chosen(), block=given["block"], valid_from=given["valid_from"]
            )
        except RefusedError as error:
            show_refusal(form, error)
        else:
            words = ngettext("Đã thêm %(count)s đơn vị.", "Đã thêm %(count)s đơn vị.", len(made))
            messages.success(request, words % {"count": len(made)})
            return redirect("organisations:cluster", pk=pk)
    return page(
        request,
        "organisations/cluster_form.html",
        {"form": form, "cluster": asked, "title": _("Thêm thành viên")},
    )


@require_http_methods(["GET", "POST"])
def member_remove(request: HttpRequest, pk: UUID, member: UUID) -> HttpResponse:
    """Ask the last day of a member, say what goes with it, and take it out."""
    asked = editable_cluster(request, pk)
    row = get_object_or_404(ClusterMember.objects.select_related("unit"), pk=member, cluster=asked)
    form = LeavingForm(request.POST or None, initial={"last_day": day_within(asked.year, today())})
    if form.is_valid():
        try:
            remove_member(actor_of(request), row, last_day=form.day())
        except RefusedError as error:
            show_refusal(form, error)
        else:
            words = _(
                "Đã đưa %(unit)s ra khỏi %(cluster)s. Nhầm thì đưa trở lại ở mục Đã thay đổi trong năm."
            )
            if form.day() is None:
                words = _("Đã bỏ %(unit)s khỏi %(cluster)s như chưa từng ghi.")
            messages.success(request, words % {"unit": row.unit, "cluster": asked.name})
            return redirect("organisations:cluster", pk=pk)
    context = {"form": form, "cluster": asked, "member": row}
    return page(request, "organisations/cluster_leave.html", context)


@require_POST
def member_put_back(request: HttpRequest, pk: UUID, member: UUID) -> HttpResponse:
    asked = editable_cluster(request, pk)
    row = get_object_or_404(ClusterMember.objects.select_related("unit"), pk=member, cluster=asked)
    try:
        put_member_back(actor_of(request), row)
    except RefusedError as error:
        for problem in error.problems:
            messages.error(request, problem.text())
    else:
        messages.success(
            request, _("Đã đưa %(unit)s trở lại %(cluster)s.") % {"unit": row.unit, "cluster": asked.name}
        )
    return redirect("organisations:cluster", pk=pk)


@require_http_methods(["GET", "POST"])
def cluster_appoint(request: HttpRequest, pk: UUID) -> HttpResponse:
    asked = editable_cluster(request, pk)
    day = day_within(asked.year, today())
    standing = {
        kind: Unit.objects.filter(pk__in=asked.members.on(day).filter(standing=kind).values("unit"))
        for kind in Standing
    }
    form = AppointForm(
        request.POST or None,
        members=units_of(asked, day),
        initial={
            "lead": standing[Standing.LEAD].first(),
            "deputies": standing[Standing.DEPUTY],
            "on": day,
            "decision": asked.decision,
            "version": asked.version,
        },
    )
    if form.is_valid():
        try:
            appoint(actor_of(request), asked, **form.cleaned_data)
        except (RefusedError, ChangedMeanwhileError) as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Đã ghi trưởng và phó."))
            return redirect("organisations:cluster", pk=pk)
    title = _("Phân công trưởng, phó")
    return page(request, "organisations/cluster_form.html", {"form": form, "cluster": asked, "title": title})


@require_http_methods(["GET", "POST"])
def representative_give(request: HttpRequest, pk: UUID) -> HttpResponse:
    asked = editable_cluster(request, pk)
    day = day_within(asked.year, today())
    leading = asked.members.on(day).exclude(standing=Standing.MEMBER).select_related("unit")
    within = Unit.objects.within(*(member.unit for member in leading))
    people = Person.objects.filter(unit__in=within.values("pk"))
    form = RepresentativeForm(request.POST or None, people=people, initial={"valid_from": day})
    if form.is_valid():
        try:
            give_cluster_role(actor_of(request), asked, **form.cleaned_data)
        except RefusedError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Đã cử người đại diện."))
            return redirect("organisations:cluster", pk=pk)
    title = _("Cử người đại diện")
    return page(request, "organisations/cluster_form.html", {"form": form, "cluster": asked, "title": title})


@require_POST
def representative_end(request: HttpRequest, pk: UUID, role: UUID) -> HttpResponse:
    asked = editable_cluster(request, pk)
    row = get_object_or_404(ClusterRole.objects.select_related("person"), pk=role, cluster=asked)
    end_cluster_role(actor_of(request), row, last_day=day_within(asked.year, today()))
    messages.success(
        request, _("Hết hôm nay %(person)s thôi làm đại diện.") % {"person": row.person.full_name}
    )
    return redirect("organisations:cluster", pk=pk)


@require_http_methods(["GET", "POST"])
def clusters_copy(request: HttpRequest) -> HttpResponse:
    units = organising_units(request)
    latest = (years_of(request.user) or [today().year])[0]
    initial = {"authority": topmost(units), "from_year": latest, "to_year": latest + 1}
    form = CopyYearForm(request.POST or None, units=units, initial=initial)
    if form.is_valid():
        try:
            copies = copy_year(actor_of(request), **form.cleaned_data)
        except RefusedError as error:
            show_refusal(form, error)
        else:
            words = ngettext(
                "Đã chép %(count)s cụm, khối. Trưởng và phó chưa có.",
                "Đã chép %(count)s cụm, khối. Trưởng và phó chưa có.",
                len(copies),
            )
            messages.success(request, words % {"count": len(copies)})
            return redirect(f"{reverse('organisations:clusters')}?year={form.cleaned_data['to_year']}")
    return page(request, "organisations/clusters_copy.html", {"form": form})

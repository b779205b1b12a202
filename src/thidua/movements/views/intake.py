"""“Phát động từ văn bản”: a file in, a movement being prepared out."""

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from thidua.accounts.models import Account
from thidua.core.plans.readable import UnreadableTextError
from thidua.documents.errors import DocumentError
from thidua.library.services import FileTooLargeError
from thidua.movements.launcher_forms import IntakeForm
from thidua.movements.models import Movement, Participation
from thidua.movements.permissions import acting_units, clusters_led, may_launch_for
from thidua.movements.samples import sample_named, samples
from thidua.movements.selectors.launchers import Launcher, acting_for
from thidua.movements.services.intake import AlreadyTakenInError, NotAPlanError, take_in
from thidua.movements.shapes import BY_FIELD
from thidua.movements.views.access import account
from thidua.movements.views.answering_papers import answered_by_paper, part_to_answer
from thidua.movements.wording import part_words
from thidua.organisations.models import Cluster, Unit
from thidua.organisations.permissions import Scope, scope_of
from thidua.records.days import today
from thidua.ui.errors import PermissionNeeded
from thidua.ui.rendering import is_fragment, page


def role_needed() -> PermissionNeeded:
    return PermissionNeeded(_("Cần vai trò chuyên viên hoặc thủ trưởng của một đơn vị để lập kế hoạch."))


def form_for(request: HttpRequest, *args: Any) -> IntakeForm:
    """Return the form with the units the visitor may launch for, and who launches where the paper does not tell.

    Who acts for a cluster alone launches for the unit that leads it, and for that cluster.
    """
    scope = scope_of(request.user)
    offered = launchers_offered(scope)
    own = Unit.objects.existing(today()).filter(acting_units(scope)).order_by("depth", "sort_key")
    organiser, cluster = preset(own, offered["organisers"], clusters_led(scope))
    if organiser is None:
        raise role_needed()
    return IntakeForm(*args, otherwise=Launcher(organiser, cluster), **offered)


def launchers_offered(scope: Scope, *, kept: Launcher | None = None) -> dict[str, Any]:
    """Return what a form needs to let the visitor say who launches: units, clusters and what is allowed.

    ``kept``: who launches now, who may go on doing so.
    """
    led = clusters_led(scope)
    # An empty condition is every unit; joined by "or" to another it would be lost.
    among = acting_units(scope) and acting_units(scope) | Q(pk__in=[unit for unit, _cluster in led])
    own = Cluster.objects.filter(scope.units("edit_plan", prefix="authority__"))
    clusters = own | Cluster.objects.filter(pk__in=scope.cluster_ids)
    units = Unit.objects.existing(today()).filter(among)
    if kept:
        units |= Unit.objects.filter(pk=kept.organiser.pk)
        clusters |= Cluster.objects.filter(pk__in=[kept.cluster.pk] if kept.cluster else [])

    def may_launch(unit: Unit, cluster: Cluster | None) -> bool:
        return Launcher(unit, cluster) == kept or may_launch_for(scope, led, unit, cluster)

    return {
        "organisers": units.order_by("depth", "sort_key"),
        "clusters": clusters.distinct().select_related("authority").order_by("-year", "name"),
        "may_launch_for": may_launch,
        "acting_for": partial(acting_for, scope=scope, led=led),
    }


def preset(
    own: QuerySet[Unit], units: QuerySet[Unit], led: Sequence[tuple[UUID, UUID]]
) -> tuple[Unit | None, Cluster | None]:
    """Return for whom a plan is brought in unless another is chosen: the highest of the ``own`` units.

    Who has none launches for the highest of ``units``, and for the first cluster it leads (``led``).
    """
    if organiser := own.first():
        return organiser, None
    organiser = units.first()
    if organiser is None:
        return None, None
    return organiser, Cluster.objects.get(pk=next(cluster for unit, cluster in led if unit == organiser.pk))


@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: HttpRequest) -> HttpResponse:
    """Show the drop zone; take a dropped file in and go on to checking it."""
    part = part_to_answer(request)
    form = form_for(request, request.POST, request.FILES) if request.method == "POST" else form_for(request)
    if part:
        form.bring_for(part.unit)
    insisted = insisted_on(request)
    same: Movement | None = None
    other, foreign = "", False
    if request.method == "POST" and form.is_valid():
        try:
            movement = taken_in(form, insisted, account(request))
        except AlreadyTakenInError as error:
            same = error.movement
            form.add_error("file", _("Văn bản này đã được đưa vào trước đây."))
        except NotAPlanError as error:
            other, foreign = no_plan(error), error.is_foreign
            form.add_error("file", _("Chưa lưu tệp này."))
        except DocumentError as error:
            form.add_error("file", sentence_of(error))
        except UnreadableTextError as error:
            form.add_error("file", unreadable(error))
        except FileTooLargeError as error:
            form.add_error("file", too_large(error))
        else:
            return led_on(request, movement, part)
    context = {
        "form": form,
        "part": part,
        "same": same,
        "other": other,
        "foreign": foreign,
        "insisted": insisted,
        "samples": () if part else samples(),
    }
    return page(request, "movements/intake.html", context, status=422 if form.errors else 200)


def taken_in(form: IntakeForm, insisted: Collection[str], by: Account) -> Movement:
    """Take in the file of a valid form; raises what ``take_in`` does."""
    upload: UploadedFile[bytes] = form.cleaned_data["file"]
    launcher = form.launcher or form.otherwise
    return take_in(
        upload,
        upload.name or "",
        organiser=launcher.organiser,
        cluster=launcher.cluster,
        by=by,
        by_paper=form.launcher is None,
        again="again" in insisted,
        anyway="anyway" in insisted,
    )


def led_on(request: HttpRequest, movement: Movement, part: Participation | None) -> HttpResponse:
    """Lead to the plan, which answers the ``part`` it was brought in for, or is asked about.

    Where only a piece of the page was asked for, the browser itself has to go there.
    """
    address = reverse("movements:check", args=[movement.pk])
    if part:
        address = answered_by_paper(request, part, movement)
    if is_fragment(request):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def insisted_on(request: HttpRequest) -> set[str]:
    """Return what the visitor was asked about and wants all the same; one answer does not give the other.

    The file is sent anew each time, so another one may have come in its place.
    """
    if "both" in request.POST:
        return {"again", "anyway"}
    return request.POST.keys() & {"again", "anyway"}


@require_POST
def take_sample(request: HttpRequest, file: str) -> HttpResponse:
    """Take one of the sample plans in, as if it had been dropped."""
    sample = sample_named(file)
    if sample is None:
        raise Http404
    form = form_for(request)
    try:
        movement = take_in(
            sample.path.read_bytes(),
            sample.file,
            organiser=form.otherwise.organiser,
            cluster=form.otherwise.cluster,
            by=account(request),
            by_paper=True,
            anyway=True,
        )
    except AlreadyTakenInError as error:
        messages.info(request, _("Văn bản mẫu này đã được đưa vào trước đây; đây là phong trào của nó."))
        return redirect("movements:detail", pk=error.movement.pk)
    return redirect("movements:check", pk=movement.pk)


def sentence_of(error: DocumentError) -> str:
    """Return the reader's own sentence in the page's language."""
    return error.in_words(_)


def no_plan(error: NotAPlanError) -> str:
    """Say what the document is instead of a plan."""
    if error.is_foreign:
        return _("Tệp này không phải tiếng Việt: máy chỉ đọc văn bản tiếng Việt nên chưa lấy được mục nào.")
    kind = part_words(BY_FIELD["doc_type"], "value", error.doc_type)
    if kind:
        return _("Đây là một văn bản loại “%(kind)s”, không phát động phong trào nào.") % {"kind": kind}
    return _(
        "Tệp này không phải văn bản phát động thi đua: không thấy loại văn bản, chủ đề hay nội dung phát động."
    )


def unreadable(error: UnreadableTextError) -> str:
    if error.is_empty:
        return _("Tệp này không có chữ nào để đọc. Nếu là bản quét, lấy bản có chữ rồi gửi lại.")
    return _("Phần lớn chữ trong tệp bị hỏng, không đọc được. Lấy bản gốc hoặc bản PDF khác rồi gửi lại.")


def too_large(error: FileTooLargeError) -> str:
    limit = error.limit // (1024 * 1024)
    return _("Tệp lớn hơn %(limit)s MB. Tách phụ lục ra rồi gửi lại.") % {"limit": limit}

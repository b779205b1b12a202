"""Words of a unit's own plan follow the figure of its target."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from thidua.movements.services.restating import restate as write_anew
from thidua.movements.views.access import account, own_plan_or_404, uuid_or_404
from thidua.movements.views.checking import after_act, open_for_check, while_preparing
from thidua.ui.flash import say_done
from thidua.ui.rendering import is_fragment


@require_POST
@while_preparing
def restate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the target's figure wherever words still say the one before; one step to undo."""
    movement = open_for_check(request, pk)
    own_plan_or_404(movement)
    count = write_anew(movement.plan, uuid_or_404(request.POST.get("target", "")), by=account(request))
    if not count:
        return after_act(request, movement, said=[_("Không còn chỗ nào ghi mức cũ.")])
    said = ngettext("Đã sửa lời ở %(n)s mục.", "Đã sửa lời ở %(n)s mục.", count) % {"n": count}
    if is_fragment(request):
        return after_act(request, movement, said=[said])
    say_done(request, said, undo_url=reverse("movements:undo", args=[movement.pk]))
    return after_act(request, movement)

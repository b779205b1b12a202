"""The outbox, for administrators: which letters wait, which were given up, whether mail is set up."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from thidua.notices.models import Mail
from thidua.notices.selectors import PAGE, letters, outbox, standing_of
from thidua.notices.services import mail_is_set_up, try_again
from thidua.notices.views import is_id
from thidua.organisations.permissions import require_administrator
from thidua.organisations.views.answers import actor_of
from thidua.ui.flash import say_done
from thidua.ui.parts import page_number, pager_of
from thidua.ui.rendering import page


@require_GET
def box(request: HttpRequest) -> HttpResponse:
    """Show the letters by standing, waiting ones first to be seen."""
    require_administrator(request.user)
    show = request.GET.get("show", "waiting")
    shown = letters(show, page_number(request.GET))
    context = {
        "rows": shown.rows,
        "pager": pager_of(request.GET, shown, PAGE, sizes=(PAGE,)),
        "show": show,
        "counts": outbox(),
        "is_set_up": mail_is_set_up(),
        "sender": settings.DEFAULT_FROM_EMAIL,
    }
    return page(request, "config/outbox.html", context)


@require_GET
def letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Show one letter as it goes out. No letter bears a one-time link: those are shown once, to who made them."""
    require_administrator(request.user)
    row = get_object_or_404(Mail, pk=letter_id)
    return page(request, "config/letter.html", {"row": row, "show": standing_of(row)})


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Try the ticked letters anew."""
    require_administrator(request.user)
    count = try_again(
        actor_of(request), (UUID(text) for text in request.POST.getlist("selected") if is_id(text))
    )
    words = ngettext("Sẽ gửi lại %(n)s thư.", "Sẽ gửi lại %(n)s thư.", count) % {"n": count}
    say_done(request, words if count else _("Chưa chọn thư nào để gửi lại."))
    return redirect("outbox")

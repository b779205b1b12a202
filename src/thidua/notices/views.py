"""What was told to the visitor: the list behind the bell."""

from typing import cast
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from thidua.notices.models import Notice
from thidua.notices.selectors import PAGE, notices_of, unread_count
from thidua.notices.services import mark_read
from thidua.ui.flash import say_done
from thidua.ui.parts import page_number, pager_of
from thidua.ui.rendering import page


def reader(request: HttpRequest) -> AbstractBaseUser:
    """Return the signed-in account (the middleware lets nobody else through)."""
    return cast("AbstractBaseUser", request.user)


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """List what was told, the newest first."""
    only_unread = request.GET.get("show") == "unread"
    shown = notices_of(reader(request), unread=only_unread, number=page_number(request.GET))
    context = {
        "rows": shown.rows,
        "pager": pager_of(request.GET, shown, PAGE, sizes=(PAGE,)),
        "only_unread": only_unread,
        "unread": unread_count(reader(request)),
    }
    return page(request, "notices/list.html", context)


@require_GET
def open_notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Mark one line as read and go where it points."""
    row = get_object_or_404(Notice, pk=notice_id, account_id=reader(request).pk)
    mark_read(reader(request), [row.pk])
    return redirect(row.url if is_own_path(row.url) else "notices:list")


def is_own_path(url: str) -> bool:
    """Say whether ``url`` is a path of this site, however a browser reads slashes turned round or doubled."""
    return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark one line as read, or all of them."""
    asked = request.POST.get("notice")
    row = get_object_or_404(Notice, pk=asked, account_id=reader(request).pk) if is_id(asked) else None
    count = mark_read(reader(request), [row.pk] if row else None)
    if row is None:
        words = ngettext("Đã đánh dấu đọc %(n)s thông báo.", "Đã đánh dấu đọc %(n)s thông báo.", count)
        say_done(request, words % {"n": count} if count else _("Không còn thông báo nào chưa đọc."))
    return redirect("notices:list")


def is_id(text: str | None) -> bool:
    try:
        UUID(text or "")
    except ValueError:
        return False
    return True

"""The rail: only what the person may enter."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thidua.notices.selectors import unread_count
from thidua.organisations.permissions import Scope, scope_of
from thidua.ui.addresses import url


@dataclass(frozen=True, slots=True)
class Destination:
    """One place of the rail. Some role must allow one of ``actions``; without any, everybody signed in may enter."""

    label: Any
    icon: str
    url_name: str
    actions: tuple[str, ...] = ()
    administrators: bool = False

    def is_open_to(self, scope: Scope) -> bool:
        if self.administrators:
            return scope.is_administrator
        return not self.actions or any(scope.allows_somewhere(action) for action in self.actions)


IMPORTING = ("import", "edit_records", "edit_sensitive", "register_honours", "keep_registrations")
"""What lets one bring some kind of table in."""

DESTINATIONS = (
    Destination(_("Việc của tôi"), "inbox", "movements:work"),
    Destination(_("Phong trào"), "flag", "movements:list"),
    Destination(_("Cụm thi đua"), "users", "organisations:clusters", ("view",)),
    Destination(_("Sổ khen"), "award", "honours:register"),
    Destination(_("Điều kiện khen thưởng"), "scale", "commendations:awards"),
    Destination(_("Sáng kiến"), "lightbulb", "initiatives:list"),
    Destination(pgettext_lazy("list", "Đơn vị"), "building-2", "organisations:tree"),
    Destination(_("Cá nhân"), "user", "organisations:people", ("view",)),
    Destination(_("Nhập, xuất Excel"), "table", "exchange:imports", IMPORTING),
    Destination(_("Quản trị"), "settings", "organisations:accounts", ("give_role",)),
    Destination(_("Hộp thư đi"), "mail", "outbox", administrators=True),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A destination as the page shows it."""

    label: Any
    url: str
    icon: str
    active: bool
    badge: int = 0


def context(request: HttpRequest) -> dict[str, Any]:
    """Give every page its rail and the bell's number."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"navigation": (), "notices_unread": 0}
    scope = scope_of(user)
    return {
        "navigation": tuple(places(scope, request.path)),
        "notices_unread": unread_count(user),
        "scope": scope,
        "user_places": own_places(user, scope),
    }


def own_places(user: Any, scope: Scope) -> list[Place]:
    """Return the account menu's entries: the own record and, where one signs in by it, the password."""
    found = []
    if scope.person_id:
        own = url("organisations:person", scope.person_id)
        found.append(Place(_("Hồ sơ của tôi"), own, "circle-user", active=False))
    if user.has_usable_password():
        password = url("account_change_password")
        found.append(Place(_("Đổi mật khẩu"), password, "key-round", active=False))
    return found


def places(scope: Scope, path: str) -> list[Place]:
    """Return the rail's entries for ``scope``; the longest address that begins ``path`` is the active one."""
    open_to = [d for d in DESTINATIONS if d.is_open_to(scope)]
    urls = [url(d.url_name) for d in open_to]
    best = max((one for one in urls if path.startswith(one)), key=len, default="")
    return [Place(d.label, one, d.icon, one == best) for d, one in zip(open_to, urls, strict=True)]

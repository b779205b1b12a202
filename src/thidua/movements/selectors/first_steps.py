"""The first steps of a fresh installation, each done or not yet: asked by who may take them all."""

from dataclasses import dataclass

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_noop as _

from thidua.accounts.models import Account
from thidua.movements.models import Movement
from thidua.movements.permissions import ACTING
from thidua.organisations.models import Cluster, Person, Unit, UnitRole
from thidua.organisations.permissions import Scope

STEPS = {
    "units": (
        _("Lập các đơn vị trực thuộc"),
        _("Nhập từ Excel cả cây một lần, hoặc lập từng đơn vị."),
    ),
    "people": (
        _("Thêm cá nhân"),
        _("Nhập từ Excel theo danh sách của phòng tổ chức, hoặc thêm từng người."),
    ),
    "accounts": (
        _("Mời người dùng"),
        _("Chọn người ở danh sách chưa có tài khoản; họ tự đặt mật khẩu bằng đường dẫn một lần."),
    ),
    "roles": (
        _("Giao vai trò chuyên viên, thủ trưởng"),
        _("Xem trước vai trò thấy và làm được gì rồi mới giao. Không ai tự giao quyền cho mình."),
    ),
    "clusters": (
        _("Lập cụm, khối thi đua của năm"),
        _("Bỏ qua bước này nếu cơ quan không chia cụm, khối."),
    ),
    "plan": (
        _("Đưa kế hoạch đầu tiên vào"),
        _("Thả tệp kế hoạch, đối chiếu từng mục rồi phát động."),
    ),
}
"""The steps in their order: what to do and why, as Vietnamese message ids."""


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One step: what to do and why (Vietnamese message ids), where, and whether it is done."""

    name: str
    why: str
    url: str
    is_done: bool


def first_steps(scope: Scope, year: int) -> list[FirstStep]:
    """Return the steps in their order, none once all are done or for who does not administer; two queries at most."""
    if not scope.is_administrator:
        return []
    top = Unit.objects.filter(parent=None, dissolved_on=None).order_by("founded_on", "pk").first()
    if top is None:
        return []
    done = done_at(scope, top, year)
    if all(done.values()):
        return []
    urls = addresses(top)
    return [FirstStep(name, why, urls[key], done[key]) for key, (name, why) in STEPS.items()]


def addresses(top: Unit) -> dict[str, str]:
    return {
        "units": reverse("exchange:start", args=["units"]),
        "people": reverse("exchange:start", args=["people"]),
        "accounts": f"{reverse('organisations:accounts')}?without=1",
        "roles": reverse("organisations:role_give", args=[top.pk]),
        "clusters": reverse("organisations:clusters"),
        "plan": reverse("movements:intake"),
    }


def done_at(scope: Scope, top: Unit, year: int) -> dict[str, bool]:
    """Return which of the steps are done; one query."""
    asked: dict[str, QuerySet[Model]] = {
        "units": Unit.objects.filter(parent=OuterRef("pk")),
        "people": Person.objects.filter(unit__isnull=False).exclude(account=scope.account_id),
        "accounts": Account.objects.filter(person__isnull=False).exclude(pk__in=[scope.account_id]),
        "roles": UnitRole.objects.filter(role__in=ACTING),
        "clusters": Cluster.objects.filter(year__gte=year),
        "plan": Movement.objects.all(),
    }
    answers = [Exists(rows) for rows in asked.values()]
    found = Unit.objects.filter(pk=top.pk).values_list(*answers).get()
    return dict(zip(asked, found, strict=True))

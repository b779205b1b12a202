"""Names of the acts on an honour, and sentences about corrections, as pages tell them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from thidua.honours.catalogue import label_of
from thidua.honours.models import Honour, HonourEvent
from thidua.organisations.problems import shown


@dataclass(frozen=True, slots=True)
class Act:
    """An act on an honour as pages offer it."""

    kind: str
    slug: str
    label: Any
    icon: str
    about: Any
    fits: Callable[[Honour], bool] = lambda _honour: True


ACTS = (
    Act(
        HonourEvent.Kind.REVOKED,
        "huy-bo",
        _("Hủy bỏ quyết định"),
        "circle-x",
        _("Quyết định khen bị hủy bỏ vì khai báo, thẩm định không đúng. Lần khen vẫn còn trong sổ."),
    ),
    Act(
        HonourEvent.Kind.STRIPPED,
        "tuoc",
        _("Tước danh hiệu vinh dự Nhà nước"),
        "ban",
        _("Danh hiệu vinh dự Nhà nước bị tước theo quyết định của Chủ tịch nước. Lần khen vẫn còn trong sổ."),
        lambda honour: honour.is_state_title,
    ),
    Act(
        HonourEvent.Kind.RESTORED,
        "khoi-phuc",
        _("Khôi phục"),
        "rotate-ccw",
        _("Lần khen có hiệu lực trở lại từ ngày ghi ở đây; thời gian trước đó giữ nguyên."),
    ),
    Act(
        HonourEvent.Kind.VOIDED,
        "rut",
        _("Rút vì ghi nhầm"),
        "undo-2",
        _(
            "Dùng khi dòng này ghi nhầm vào sổ, không phải khi quyết định bị hủy. Dòng không còn hiện trong sổ."
        ),
    ),
)


def change_lines(event: HonourEvent) -> list[tuple[str, str, str]]:
    """Return a correction as (field, before, after)."""
    return [
        (str(column(name).verbose_name), as_shown(name, old), as_shown(name, new))
        for name, (old, new) in event.changes.items()
    ]


def column(name: str) -> Any:
    return Honour._meta.get_field(name)


def as_shown(name: str, value: Any) -> str:
    if value in ("", None):
        return "–"
    if name == "award":
        return label_of(value)
    if name == "decided_on":
        return shown(date.fromisoformat(value))
    choices = dict(column(name).flatchoices)
    return str(choices.get(value, value))

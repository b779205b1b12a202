"""What each role may do, what the rights are called, and which roles pass which on: the tables alone."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from thidua.organisations.models import UnitRole

OFFICER, HEAD = UnitRole.Role.OFFICER, UnitRole.Role.HEAD
STAFF_ADMIN, AUDITOR = UnitRole.Role.STAFF_ADMIN, UnitRole.Role.AUDITOR
PERSONNEL = UnitRole.Role.PERSONNEL
READERS = frozenset({OFFICER, HEAD, STAFF_ADMIN, AUDITOR})

# What each role may do on its unit and all below it. The page that gives a role shows this table.
ACTIONS: dict[str, frozenset[str]] = {
    OFFICER: frozenset(
        {
            "view",
            "edit_plan",
            "launch",
            "remind",
            "report_done",
            "export",
            "edit_people",
            "edit_records",
            "register_honours",
            "handle_initiatives",
            "keep_registrations",
            "keep_rules",
        }
    ),
    HEAD: frozenset(
        {
            "view",
            "edit_plan",
            "launch",
            "issue",
            "remind",
            "report_done",
            "export",
            "give_role",
            "recognise_initiatives",
            "keep_registrations",
            "keep_rules",
            "view_sensitive",
        }
    ),
    STAFF_ADMIN: frozenset(
        {"view", "export", "edit_units", "edit_people", "edit_records", "give_role", "import"}
    ),
    PERSONNEL: frozenset({"view", "export", "edit_records", "view_sensitive", "edit_sensitive"}),
    AUDITOR: frozenset({"view", "export"}),
}

SENSITIVE = frozenset({"view_sensitive", "edit_sensitive"})
"""Discipline and health: only a role that names the right gives it, whatever else an account may do."""

AT_THE_TOP = frozenset({"keep_rules"})
"""What binds an authority's whole tree: a role on a unit below its top does not give it."""

TO_LOOK = ACTIONS[AUDITOR] | {"view_sensitive"}
"""What officers of a successor may do with what a predecessor left."""

ACTION_NAMES: dict[str, str] = {
    "view": _("Xem"),
    "export": _("Xuất dữ liệu"),
    "edit_plan": _("Đọc và sửa kế hoạch"),
    "launch": _("Phát động"),
    "issue": _("Ban hành kế hoạch"),
    "remind": _("Nhắc đơn vị"),
    "report_done": _("Báo cáo hoàn thành"),
    "register_honours": _("Ghi sổ khen"),
    "handle_initiatives": _("Tiếp nhận sáng kiến"),
    "recognise_initiatives": _("Công nhận sáng kiến"),
    "keep_registrations": _("Lập, gửi, nhận đăng ký thi đua"),
    "keep_rules": _("Giữ quy định riêng, ghi đã đọc lại"),
    "edit_units": _("Lập và sắp xếp đơn vị"),
    "edit_people": _("Thêm và sửa hồ sơ cá nhân"),
    "edit_records": _("Ghi xếp loại và thời gian nghỉ"),
    "view_sensitive": _("Xem kỷ luật, sức khỏe"),
    "edit_sensitive": _("Ghi kỷ luật, sức khỏe"),
    "give_role": _("Giao vai trò cho người khác"),
    "import": _("Nhập từ Excel"),
}


@dataclass(frozen=True, slots=True)
class Gives:
    """Roles a holder may give at the own unit, and at units below it."""

    here: frozenset[str]
    below: frozenset[str]


GIVES: dict[str, Gives] = {
    HEAD: Gives(here=frozenset({OFFICER, STAFF_ADMIN, PERSONNEL, AUDITOR}), below=READERS | {PERSONNEL}),
    STAFF_ADMIN: Gives(here=frozenset({OFFICER, AUDITOR}), below=READERS),
}

"""Sentences about what happened to a unit or a person, as pages tell it."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from thidua.audit.models import Entry
from thidua.organisations.selectors.units import Happening

ACTS: dict[str, str] = {
    "unit.created": _("Lập đơn vị"),
    "unit.changed": _("Sửa thông tin"),
    "unit.name_corrected": _("Sửa tên ghi sai"),
    "unit.founding_corrected": _("Sửa ngày thành lập"),
    "unit.renamed": _("Đổi tên"),
    "unit.moved": _("Chuyển cơ quan quản lý"),
    "unit.ended": _("Chấm dứt hoạt động"),
    "person.created": _("Thêm hồ sơ"),
    "person.changed": _("Sửa hồ sơ"),
    "person.left": _("Ghi thôi công tác"),
    "person.merged": _("Gộp hồ sơ trùng"),
    "person.told_apart": _("Xác nhận là hai người khác nhau"),
    "person.account_connected": _("Gắn tài khoản"),
    "rating.set": _("Ghi xếp loại"),
    "rating.removed": _("Bỏ xếp loại ghi sai"),
    "leave.recorded": _("Ghi thời gian nghỉ"),
    "leave.changed": _("Sửa thời gian nghỉ"),
    "leave.removed": _("Bỏ thời gian nghỉ ghi sai"),
    "post.started": _("Thêm chức vụ"),
    "post.ended": _("Kết thúc chức vụ"),
    "unit_role.given": _("Giao quyền"),
    "unit_role.ended": _("Kết thúc quyền"),
    "unit_role.stand_in_named": _("Cử người thay"),
    "cluster.created": _("Lập cụm, khối"),
    "cluster.changed": _("Sửa thông tin"),
    "cluster.members_added": _("Thêm thành viên"),
    "cluster.member_removed": _("Đưa thành viên ra"),
    "cluster.member_put_back": _("Đưa thành viên trở lại"),
    "cluster.blocks_set": _("Xếp khối"),
    "cluster.appointed": _("Phân công trưởng, phó"),
    "cluster_role.given": _("Cử người đại diện"),
    "cluster_role.ended": _("Thôi cử người đại diện"),
    "unit.imported": _("Nhập đơn vị từ tệp"),
    "person.imported": _("Nhập cá nhân từ tệp"),
    "honour.imported": _("Nhập khen thưởng từ tệp"),
    "registration.imported": _("Nhập đăng ký thi đua từ tệp"),
    "registration.remind": _("Nhắc đăng ký thi đua"),
    "export.registration": _("Xuất bản đăng ký thi đua"),
    "export.registrations": _("Xuất tổng hợp đăng ký thi đua"),
    "export.fairness": _("Xuất hạn mức, cơ cấu"),
    "export.money": _("Xuất tiền thưởng"),
}

HAPPENINGS: dict[str, str] = {
    "founded": _("Thành lập với tên %(name)s"),
    "named": _("Mang tên %(name)s"),
    "placed": _("Trực thuộc %(unit)s"),
    "took_over": _("Tiếp nhận từ %(unit)s"),
    "handed_over": _("Chuyển sang %(unit)s"),
    "ended": _("Chấm dứt hoạt động"),
}


def what_was_done(entry: Entry) -> str:
    """Name the act of an entry; one not listed is shown by its code rather than left out."""
    return gettext(ACTS[entry.action]) if entry.action in ACTS else entry.action


def happening_sentence(line: Happening) -> str:
    facts = {"name": line.name, "unit": line.unit.name if line.unit else gettext("không đơn vị nào")}
    return gettext(HAPPENINGS[line.kind]) % facts

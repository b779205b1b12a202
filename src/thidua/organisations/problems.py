"""What stands in the way of a change: a code with its facts, and the sentence the clerk reads."""

from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from thidua.records import refusals
from thidua.records.days import SINCE_EVER
from thidua.records.refusals import RefusedError

SENTENCES: dict[str, str] = {
    "before_founding": _("%(unit)s chưa thành lập vào ngày %(day)s. Chọn ngày từ %(first)s trở đi."),
    "after_end": _("%(unit)s đã chấm dứt hoạt động từ ngày %(day)s. Chọn ngày trước đó hoặc đơn vị khác."),
    "same_day": _("%(unit)s đã có một thay đổi cùng loại có hiệu lực ngày %(day)s. Chọn ngày khác."),
    "renamed_same_day": _(
        "%(unit)s đã có tên mới từ ngày %(day)s. Tên ấy ghi sai thì sửa ở Sửa thông tin, mục Tên qua thời gian."
    ),
    "cycle": _("%(parent)s đang thuộc %(unit)s vào ngày %(day)s. Chọn cấp trên khác."),
    "parent_missing": _("Cấp trên %(parent)s không tồn tại vào ngày %(day)s. Chọn cấp trên hoặc ngày khác."),
    "parent_founded": _(
        "Cấp trên %(parent)s thành lập ngày %(day)s. Ghi ngày thành lập của đơn vị này, từ ngày đó trở đi."
    ),
    "founded_by_decision": _(
        "%(unit)s được lập bởi việc sắp xếp ngày %(day)s nên ngày thành lập đi theo việc đó, không sửa ở đây."
    ),
    "founded_before_parent": _(
        "Cấp trên %(parent)s thành lập ngày %(day)s. Chọn ngày từ đó trở đi, hoặc sửa ngày của cấp trên trước."
    ),
    "founded_after_post": _("Đã ghi người công tác tại %(unit)s từ ngày %(day)s. Chọn ngày không muộn hơn."),
    "founded_after_role": _("Đã giao vai trò tại %(unit)s từ ngày %(day)s. Chọn ngày không muộn hơn."),
    "founded_after_place": _("%(unit)s đã ở cụm, khối từ ngày %(day)s. Chọn ngày không muộn hơn."),
    "founded_after_subunit": _(
        "%(unit)s đã có đơn vị trực thuộc từ ngày %(day)s. Chọn ngày không muộn hơn, hoặc sửa đơn vị trực thuộc trước."
    ),
    "founded_after_reorganisation": _(
        "%(unit)s đã qua một lần sắp xếp ngày %(day)s. Chọn ngày không muộn hơn."
    ),
    "founded_after_change": _("%(unit)s đã đổi tên hoặc nơi trực thuộc từ ngày %(day)s. Chọn ngày trước đó."),
    "parent_ends": _("Cấp trên %(parent)s chấm dứt ngày %(day)s, trước đơn vị này. Chọn cấp trên khác."),
    "same_parent": _("%(unit)s đã thuộc %(parent)s vào ngày đó. Chọn cấp trên khác."),
    "same_name": _("Tên mới trùng tên đang dùng của %(unit)s. Nhập tên khác."),
    "name_taken": _("Đã có “%(name)s” trong cùng đơn vị cấp trên. Nhập tên khác hoặc dùng đơn vị đã có."),
    "name_twice": _("Hai đơn vị mới cùng tên “%(name)s”. Nhập tên khác cho một trong hai."),
    "code_taken": _("Mã “%(code)s” đã dùng cho %(unit)s. Nhập mã khác hoặc để trống."),
    "name_missing": _("Chưa nhập tên đơn vị."),
    "decision_missing": _("Chưa ghi số và ngày quyết định. Việc sắp xếp không hoàn tác được nên cần căn cứ."),
    "decision_unlike": _("“%(number)s” không phải số quyết định. Ghi như trên văn bản, ví dụ 1234/QĐ-BTP."),
    "decision_ahead": _("Ngày quyết định %(day)s chưa tới. Sửa lại theo ngày ký ghi trên quyết định."),
    "too_few_units": _("Cần ít nhất một đơn vị khác đơn vị tiếp nhận. Chọn thêm đơn vị."),
    "too_few_parts": _("Cần ít nhất %(least)s đơn vị sau khi chia, tách. Thêm đơn vị."),
    "nested_units": _("%(inner)s nằm trong %(outer)s. Chỉ chọn một trong hai."),
    "top_cannot_end": _("%(unit)s là đơn vị cao nhất nên không thể chấm dứt."),
    "has_subunits": _("%(unit)s còn %(count)s đơn vị trực thuộc: %(names)s. Chuyển các đơn vị này đi trước."),
    "staff_code_taken": _("Số hiệu “%(code)s” đã dùng cho %(person)s. Kiểm tra lại số hiệu."),
    "staff_code_taken_outside": _(
        "Số hiệu “%(code)s” đã dùng cho một người ngoài phạm vi của bạn. Kiểm tra lại số hiệu."
    ),
    "citizen_known_outside": _(
        "Số định danh này đã có ở một hồ sơ ngoài phạm vi của bạn. Liên hệ người quản lý cá nhân của cơ quan cấp trên."
    ),
    "citizen_known": _("Số định danh này đã có ở hồ sơ của %(person)s. Mở hồ sơ đó thay vì tạo mới."),
    "post_overlaps": _("Đã có chức vụ chính bắt đầu ngày %(day)s. Chọn ngày khác."),
    "post_outside_unit": _("%(unit)s không tồn tại vào ngày %(day)s. Chọn đơn vị khác hoặc ngày khác."),
    "post_outlasts_unit": _(
        "%(unit)s chấm dứt ngày %(day)s. Ghi ngày cuối trước ngày đó, rồi thêm chức vụ ở đơn vị kế tục."
    ),
    "post_has_ended": _("Chức vụ “%(position)s” đã kết thúc ngày %(day)s."),
    "ends_before_start": _("Ngày kết thúc %(last)s trước ngày bắt đầu %(first)s. Sửa lại ngày."),
    "has_left": _("%(person)s đã thôi công tác từ ngày %(day)s."),
    "leaves_before_beginning": _(
        "%(person)s bắt đầu công tác ngày %(day)s. Chọn ngày cuối cùng từ ngày đó trở đi."
    ),
    "not_same_root": _("%(person)s thuộc tổ chức khác nên không thể nhận quyền ở %(unit)s."),
    "role_not_yours_to_give": _("Bạn không có quyền giao vai trò “%(role)s” tại %(unit)s."),
    "role_to_oneself": _("Không ai tự giao quyền cho mình. Nhờ người khác có quyền giao."),
    "role_held": _("%(person)s đã giữ vai trò “%(role)s” tại %(unit)s trong thời gian này."),
    "role_has_ended": _("Vai trò này đã kết thúc ngày %(day)s."),
    "stand_in_oneself": _("Người thay phải là người khác với %(person)s."),
    "stand_in_of_stand_in": _("Người đang thay không thể giao lại cho người khác. Chọn vai trò gốc."),
    "stand_in_outside": _("Thời gian thay phải nằm trong thời gian giữ vai trò (%(period)s)."),
    "stand_in_open": _("Ghi ngày cuối cùng của thời gian thay."),
    "has_other_account": _("%(person)s đã có tài khoản %(account)s."),
    "unit_not_there": _("%(unit)s không tồn tại vào ngày %(day)s."),
    "cluster_code_taken": _("Năm %(year)s đã có mã “%(code)s”. Nhập mã khác."),
    "cluster_year_taken": _("Năm %(year)s đã có %(count)s cụm, khối. Sửa từng cụm thay vì sao chép."),
    "cluster_year_empty": _("Năm %(year)s chưa có cụm, khối nào để sao chép."),
    "member_already": _("%(unit)s đã ở %(cluster)s trong năm. Một đơn vị chỉ ở một cụm cùng loại."),
    "member_until": _(
        "%(unit)s còn ở %(cluster)s đến hết ngày %(day)s. Chọn ngày sau đó, hoặc đưa trở lại ở trang của cụm ấy."
    ),
    "not_a_member": _("%(unit)s không phải thành viên %(cluster)s vào ngày %(day)s."),
    "day_outside_year": _("Ngày %(day)s không thuộc năm %(year)s của %(cluster)s."),
    "lead_and_deputy": _("%(unit)s không thể vừa là trưởng vừa là phó."),
    "not_of_leading_unit": _("%(person)s không công tác tại đơn vị trưởng hoặc phó của %(cluster)s."),
    "rating_year_to_come": _("Chưa xếp loại được cho năm %(year)s. Chọn năm từ %(first)s đến %(last)s."),
    "discipline_known": _("Đã ghi “%(level)s” có hiệu lực từ ngày %(day)s. Sửa dòng đó thay vì ghi thêm."),
    "discipline_to_come": _("Ngày %(day)s chưa đến. Ghi kỷ luật khi quyết định đã có hiệu lực."),
    "leave_overlaps": _(
        "Đã ghi “%(kind)s” (%(period)s) trùng thời gian này. Sửa dòng đó hoặc chọn ngày khác."
    ),
    "leave_overlaps_hidden": _(
        "Có thời gian nghỉ khác đã ghi trùng thời gian này (xem người có thẩm quyền)."
    ),
    "decision_incomplete": _("Ghi cả số và ngày quyết định, hoặc để trống cả hai."),
    "still_referred": _("Chưa gộp được hai hồ sơ: cả hai cùng có dữ liệu ở “%(where)s”. Xử lý nơi đó trước."),
}


class Problem(refusals.Problem):
    """One thing to settle first."""

    __slots__ = ()
    sentences = SENTENCES


class UnitChangeRefusedError(RefusedError):
    """A unit cannot be made or changed so."""


class PersonChangeRefusedError(RefusedError):
    """A person or a post cannot be made or changed so."""


class RoleRefusedError(RefusedError):
    """A role cannot be given, ended or stood in for so."""


class ClusterChangeRefusedError(RefusedError):
    """A cluster cannot be made or changed so."""


def shown(day: date) -> str:
    """Write a day as in the sentences above: 1/7/2025."""
    return f"{day.day}/{day.month}/{day.year}"


def founding_shown(day: date) -> str:
    """Write a founding day, or that nobody knows it."""
    return gettext("không rõ") if day == SINCE_EVER else shown(day)

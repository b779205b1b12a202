"""What stands in the way of a registration, all of it at once."""

from django.utils.translation import gettext_noop as _

from thidua.records import refusals

SENTENCES: dict[str, str] = {
    "award_unknown": _("Danh mục không có “%(award)s”. Chọn danh hiệu hoặc hình thức trong danh mục."),
    "award_not_for_kind": _(
        "“%(award)s” không dành cho %(kind)s. Chọn danh hiệu, hình thức khác cho %(name)s."
    ),
    "subject_outside": _("%(name)s không thuộc %(unit)s nên không đăng ký trong bản này."),
    "subject_gone": _("%(name)s đã thôi công tác hoặc đã chấm dứt hoạt động. Bỏ dòng này."),
    "already_there": _("%(name)s đã đăng ký “%(award)s” trong bản này."),
    "year_out_of_range": _("Năm %(year)s chưa đăng ký được. Chọn năm từ %(first)s đến %(last)s."),
    "locked": _(
        "Bản đăng ký đang ở tình trạng “%(state)s” nên không sửa được. Lấy lại bản đã gửi, hoặc đề nghị cấp trên "
        "trả lại để bổ sung."
    ),
    "wrong_state": _(
        "Bản đăng ký đang ở tình trạng “%(state)s” nên không làm được việc này. Mở lại trang để xem bản mới."
    ),
    "unit_ended": _("%(unit)s đã chấm dứt hoạt động nên không lập bản đăng ký mới."),
    "unit_ended_with_heirs": _(
        "%(unit)s đã chấm dứt hoạt động nên không lập bản đăng ký mới. Đăng ký ở đơn vị nhận thay: %(heirs)s."
    ),
    "no_lines": _("Bản đăng ký chưa có dòng nào. Thêm ít nhất một cá nhân hoặc tập thể."),
    "wishes_open": _(
        "Còn %(count)s nguyện vọng của cá nhân chưa xem. Lấy vào bản đăng ký hoặc bỏ ra, rồi gửi."
    ),
    "lines_stale": _("Trong bản đăng ký còn %(what)s: %(names)s. Bỏ các dòng này rồi gửi."),
    "reason_missing": _("Chưa ghi lý do. Đơn vị cần biết phải bổ sung gì."),
    "no_unit": _("%(name)s hiện không công tác ở đơn vị nào nên chưa đăng ký được."),
    "sheet_handed_in": _(
        "%(unit)s đã gửi bản đăng ký năm %(year)s. Nhờ cán bộ phụ trách lấy lại bản đã gửi để bổ sung."
    ),
    "not_a_wish": _(
        "Dòng này đã ở trong bản đăng ký của đơn vị. Nhờ cán bộ phụ trách bỏ nếu không đăng ký nữa."
    ),
    "other_sheet": _(
        "%(name)s thuộc bản đăng ký của %(other)s, không phải của %(unit)s. Nhập tệp của từng đơn vị riêng, hoặc để "
        "trống ô đơn vị khi nhập."
    ),
    "movement_elsewhere": _("%(unit)s không tham gia phong trào “%(movement)s”. Chọn phong trào khác."),
    "too_many": _("Mỗi lần thêm tối đa %(most)s dòng. Dùng tệp Excel cho danh sách dài hơn."),
}


class Problem(refusals.Problem):
    """One thing to settle first."""

    __slots__ = ()
    sentences = SENTENCES


class RegistrationRefusedError(refusals.RefusedError):
    """The registration cannot be changed so; ``problems`` holds everything found."""

"""What stands in the way of handing a plan to the head, of deciding on it, and of putting its number right."""

from django.utils.translation import gettext_noop as _

from thidua.records import refusals

SENTENCES: dict[str, str] = {
    "not_preparing": _("Phong trào này đã được phát động hoặc đã hủy nên không còn trình, duyệt được nữa."),
    "going_out": _("Phong trào đang được phát động. Chờ gửi xong, hoặc hủy lần phát động dở dang."),
    "issued": _("Kế hoạch này đã có số, ngày ban hành nên không cần trình nữa."),
    "empty": _("Kế hoạch chưa có chủ đề hoặc nội dung thi đua. Bổ sung rồi trình."),
    "submitted_before": _("%(name)s đã trình bản này lúc %(at)s. Mở lại trang để xem."),
    "approved_before": _(
        "%(name)s đã đồng ý lúc %(at)s nên không cần trình nữa. Muốn sửa thì thu hồi trước."
    ),
    "not_submitted": _("Bản này chưa được trình, hoặc đã được trả lại, nên không có gì để thu hồi."),
    "not_waiting": _(
        "Bản này không còn chờ duyệt: có thể đã được thu hồi, trả lại hoặc đồng ý. Xem lại các lần trình."
    ),
    "nobody_to_ask": _(
        "%(unit)s và các đơn vị cấp trên chưa có ai khác giữ vai trò thủ trưởng. Người quản trị giao vai trò này ở "
        "trang đơn vị."
    ),
    "own_submission": _(
        "Người trình không tự duyệt bản mình trình. Thu hồi, hoặc ban hành, phát động nếu có quyền."
    ),
    "reason_missing": _("Chưa ghi lý do trả lại. Người soạn cần biết phải sửa gì."),
    "held": _(
        "Kế hoạch đang chờ duyệt hoặc đã duyệt nên không sửa được. Thu hồi trước, rồi sửa và trình lại."
    ),
    "day_agreed": _(
        "Ngày này còn được ghi ở mục thủ trưởng đã duyệt. Thu hồi kế hoạch trước, rồi sửa và trình lại."
    ),
    "no_changes": _("Bản sửa đổi chưa có thay đổi nào. Chọn mục cần đổi rồi trình."),
    "revision_issued": _("Bản sửa đổi này đã ban hành nên không còn trình, duyệt được nữa."),
    "not_running": _("Phong trào không trong thời gian thực hiện nên không còn sửa đổi kế hoạch được nữa."),
    "draft_held": _(
        "Bản sửa đổi đang chờ duyệt hoặc đã duyệt nên không sửa được. Thu hồi trước, rồi sửa và trình lại."
    ),
    "not_issued": _(
        "Kế hoạch này còn sửa trực tiếp được: ghi số, ngày ở trang kiểm tra, không cần đính chính."
    ),
    "withdrawn": _("Phong trào này đã hủy nên không đính chính nữa."),
    "same_number": _("Số và ngày vẫn như cũ nên không có gì để đính chính."),
    "no_reason": _("Chưa ghi lý do đính chính. Người xem sau này cần biết vì sao số, ngày đã đổi."),
    "day_ahead": _("Ngày %(on)s chưa tới: hôm nay là %(today)s. Ghi ngày trên văn bản đã ký."),
    "before_above": _(
        "Ngày %(on)s trước ngày ban hành kế hoạch cấp trên (%(above)s), mà kế hoạch này thực hiện kế hoạch đó. Ghi lại "
        "ngày trên văn bản đã ký; nếu kế hoạch cấp trên ghi sai ngày thì đính chính ở đó trước."
    ),
    "waits": _(
        "Kế hoạch đang chờ thủ trưởng duyệt nên chưa phát động được. Chờ ý kiến, hoặc thu hồi rồi phát động."
    ),
    "withdraw_waiting": _("Kế hoạch đang chờ thủ trưởng duyệt. Thu hồi trước, rồi mới hủy phong trào."),
}


class Problem(refusals.Problem):
    """One thing that stands in the way."""

    __slots__ = ()
    sentences = SENTENCES


class ApprovalRefusedError(refusals.RefusedError):
    """A step of asking for approval cannot be made; ``problems`` holds everything found."""


class NumberRefusedError(refusals.RefusedError):
    """Number and day cannot be put right so; ``problems`` holds everything found."""


class PlanHeldError(ApprovalRefusedError):
    """The plan lies with the head or has his consent: it is edited only after it was taken back."""

    def __init__(self, code: str = "held") -> None:
        super().__init__([Problem(code)])

"""What stands in the way of a step of an initiative."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_noop as _

from thidua.records import refusals

SENTENCES: dict[str, str] = {
    "wrong_state": _("Sáng kiến đang ở bước “%(state)s” nên không làm được việc này. Mở lại trang."),
    "title_missing": _("Chưa ghi tên sáng kiến."),
    "description_missing": _("Chưa ghi nội dung sáng kiến."),
    "effect_missing": _("Chưa ghi hiệu quả khi áp dụng."),
    "not_applied": _("Chưa ghi ngày bắt đầu áp dụng."),
    "applied_in_future": _("Ngày áp dụng %(day)s chưa đến. Nộp khi sáng kiến đã được áp dụng."),
    "shares_not_whole": _("Tỷ lệ đóng góp của các tác giả cộng lại là %(total)s%%, cần đúng 100%%."),
    "author_twice": _("%(person)s có hai lần trong danh sách tác giả. Bỏ một dòng."),
    "submitter_missing": _("Người nộp phải là một tác giả. Thêm %(person)s vào danh sách."),
    "council_elsewhere": _("%(council)s không thuộc đơn vị cấp trên của %(unit)s, hoặc đã hết nhiệm kỳ."),
    "too_few_opinions": _("Mới có %(given)s trên %(seats)s thành viên cho ý kiến, cần hơn một nửa."),
    "reason_missing": _("Chưa ghi lý do. Tác giả cần biết vì sao."),
    "decided_in_future": _("Ngày quyết định %(day)s chưa đến. Kiểm tra lại ngày."),
    "decided_before_applied": _(
        "Ngày quyết định %(day)s trước ngày áp dụng sáng kiến %(applied)s. Sáng kiến chỉ được công nhận "
        "sau khi áp dụng; kiểm tra lại ngày."
    ),
    "cancelled_before_recognised": _(
        "Ngày hủy công nhận %(day)s trước ngày quyết định công nhận %(recognised)s. Kiểm tra lại ngày."
    ),
    "scope_too_wide": _(
        "%(unit)s không công nhận được phạm vi “%(scope)s”: đơn vị trực thuộc chỉ công nhận ở cấp cơ sở, phạm vi "
        "rộng hơn do người đứng đầu bộ, ngành, tỉnh công nhận. Chọn lại phạm vi, hoặc trả lại để chuyển "
        "Hội đồng cấp trên."
    ),
    "against_majority": _(
        "%(against)s trên %(given)s ý kiến của Hội đồng là “Không công nhận”. Ghi lý do vì sao vẫn công nhận."
    ),
    "not_recognised": _("Sáng kiến chưa được công nhận nên chưa làm căn cứ được."),
    "not_an_author": _("%(person)s không phải tác giả của sáng kiến này."),
    "use_known": _("Đã ghi sáng kiến này làm căn cứ cho %(award)s năm %(year)s của %(person)s."),
    "seat_known": _("%(person)s đã là thành viên của Hội đồng này."),
    "outside_term": _("Ngày %(day)s ngoài nhiệm kỳ của Hội đồng (%(first)s – %(last)s). Chọn ngày khác."),
    "seat_without_post": _(
        "%(person)s không giữ chức vụ nào vào ngày %(day)s. Chọn người đang công tác hoặc ngày khác."
    ),
    "chair_known": _("Hội đồng đã có Chủ tịch là %(person)s. Cho thôi vai trò đó trước."),
    "term_out_of_order": _("Ngày kết thúc %(last)s trước ngày bắt đầu %(first)s. Sửa lại ngày."),
    "scope_missing": _("Chưa chọn phạm vi đề nghị công nhận."),
    "no_use_of_research": _(
        "Chỉ sáng kiến mới ghi đã làm căn cứ, vì mỗi sáng kiến dùng một lần. Đề tài, công trình không cần ghi."
    ),
    "authors_missing": _("Chưa ghi tác giả nào. Ghi ít nhất một người."),
    "shares_in_part": _(
        "Có tác giả ghi tỷ lệ, có tác giả chưa. Ghi đủ cho mọi tác giả, hoặc để trống tất cả khi không rõ."
    ),
    "lead_without_unit": _("%(person)s chưa thuộc đơn vị nào. Ghi đơn vị công tác của người đó trước."),
    "acceptance_missing": _(
        "Chưa ghi ngày nghiệm thu. Đề tài, đề án, công trình chỉ tính khi đã nghiệm thu."
    ),
    "decided_before_accepted": _(
        "Ngày quyết định %(day)s trước ngày nghiệm thu %(accepted)s. Kiểm tra lại hai ngày."
    ),
    "issuer_too_narrow": _(
        "%(unit)s không công nhận được phạm vi “%(scope)s”: phạm vi rộng hơn cấp cơ sở do người đứng đầu bộ, ngành, "
        "tỉnh công nhận. Ghi đúng cơ quan ban hành, hoặc chọn phạm vi cấp cơ sở."
    ),
    "already_recorded": _(
        "“%(title)s” của tác giả này đã có, theo quyết định %(decision)s. Mở bản đã có để xem hoặc sửa."
    ),
    "went_through_steps": _("Sáng kiến này đã qua các bước đánh giá trong hệ thống nên không ghi đè được."),
    "served_already": _(
        "Bản ghi này đã làm căn cứ khen nên không bỏ được. Nếu việc công nhận bị hủy, ghi quyết định hủy."
    ),
    "too_many_files": _("Mỗi sáng kiến kèm tối đa %(most)s tệp."),
}


class Problem(refusals.Problem):
    """One thing to settle first."""

    __slots__ = ()
    sentences = SENTENCES


class InitiativeRefusedError(refusals.RefusedError):
    """A step cannot be made; ``problems`` holds everything found."""


class UsedBeforeError(Exception):
    """The initiative was a ground before; ``uses`` says for what. Somebody has to say that this is known."""

    def __init__(self, uses: Iterable[Any]) -> None:
        self.uses = tuple(uses)
        super().__init__("used before")

"""What stands in the way of writing the register, and what is only worth a second look."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_noop as _

from thidua.records import refusals

SENTENCES: dict[str, str] = {
    "award_unknown": _("Danh mục không có “%(award)s”. Chọn danh hiệu hoặc hình thức trong danh mục."),
    "award_not_for_kind": _("“%(award)s” không dành cho %(kind)s. Chọn đối tượng hoặc danh hiệu khác."),
    "decided_in_future": _("Ngày quyết định %(day)s chưa đến. Kiểm tra lại ngày."),
    "period_out_of_order": _("Năm đầu %(first)s sau năm cuối %(last)s. Sửa lại thời gian tính thành tích."),
    "period_after_decision": _(
        "Thành tích đến năm %(last)s nhưng quyết định ký năm %(year)s. Kiểm tra lại năm hoặc ngày quyết định."
    ),
    "number_missing": _("Chưa ghi số quyết định."),
    "no_subject": _("Chưa có ai trong danh sách. Thêm ít nhất một dòng."),
    "subject_twice": _("%(name)s có hai lần trong danh sách. Bỏ một dòng."),
    "already_there": _("%(name)s đã có “%(award)s” theo chính quyết định %(number)s. Bỏ dòng này."),
    "already_there_otherwise": _(
        "%(name)s đã có “%(award)s” theo quyết định %(number)s ở một dòng khác của sổ. Kiểm tra lại số và ngày."
    ),
    "name_missing": _("Chưa ghi tên như trong quyết định."),
    "issuer_missing": _("Chưa ghi cơ quan ban hành quyết định."),
    "value_unknown": _("“%(value)s” không có trong danh mục. Chọn một mục trong danh mục."),
    "event_before_decision": _(
        "Đã có thay đổi có hiệu lực ngày %(day)s, trước ngày quyết định %(decided)s. Kiểm tra lại ngày quyết định."
    ),
    "same_year": _("%(name)s đã có “%(award)s” năm %(years)s theo quyết định %(number)s ngày %(day)s."),
    "title_stands": _(
        "%(name)s đã có “%(award)s” năm %(years)s theo quyết định %(number)s ngày %(day)s; mỗi năm một danh hiệu "
        "chỉ ghi một lần. Sổ ghi sai thì đính chính lần đã ghi; quyết định cũ không còn thì ghi hủy bỏ trước."
    ),
    "title_twice_in_file": _(
        "Dòng %(row)s đã ghi danh hiệu này của năm đó cho %(name)s. Giữ lại một dòng; quyết định đã bị hủy thì bỏ "
        "khỏi tệp."
    ),
    "beyond_powers": _(
        "Thẩm quyền tặng “%(award)s”: %(levels)s (%(source)s); “%(issuer)s” thuộc %(level)s. "
        "Kiểm tra lại danh hiệu, hình thức hoặc cơ quan ban hành."
    ),
    "not_held": _("Lần khen này đang ở tình trạng “%(state)s” nên không thể %(act)s."),
    "not_a_state_title": _(
        "“%(award)s” không phải danh hiệu vinh dự Nhà nước nên không tước; dùng “Hủy bỏ quyết định”."
    ),
    "before_decision": _("Ngày %(day)s trước ngày quyết định khen %(decided)s. Chọn ngày sau đó."),
    "before_last_event": _("Đã có thay đổi có hiệu lực ngày %(last)s. Chọn ngày từ đó trở đi."),
    "in_future": _("Ngày %(day)s chưa đến. Ghi khi quyết định đã có hiệu lực."),
    "reason_missing": _("Chưa ghi lý do. Người xem lại sau này cần biết vì sao."),
    "nothing_changed": _("Chưa có gì khác so với sổ. Sửa ít nhất một mục rồi lưu."),
}


@dataclass(frozen=True, slots=True)
class Problem(refusals.Problem):
    """One thing to settle; ``row`` counts the lines of a list from 1, 0 is the decision itself."""

    sentences: ClassVar[Mapping[str, str]] = SENTENCES

    row: int = 0


class HonourRefusedError(refusals.RefusedError):
    """The register cannot be written so; ``problems`` holds everything found."""

    problems: tuple[Problem, ...]


class LikelyDuplicateError(Exception):
    """The same award for the same year is already there; somebody has to say that it is another."""

    def __init__(self, warnings: Iterable[Problem]) -> None:
        self.warnings = tuple(warnings)
        super().__init__(", ".join(warning.code for warning in self.warnings))

"""What is wrong, or only worth a look, with a row of a file: a code with its facts, and the clerk's sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

SENTENCES: dict[str, str] = {
    "missing": _("Ô “%(column)s” trống. Điền rồi nhập lại dòng này."),
    "not_a_day": _(
        "“%(value)s” ở cột “%(column)s” không đọc được thành ngày. Ghi ngày/tháng/năm, ví dụ 30/6/1985."
    ),
    "no_such_day": _("Ngày “%(value)s” ở cột “%(column)s” không có thật. Kiểm tra lại ngày, tháng."),
    "month_first": _(
        "“%(value)s” ở cột “%(column)s” có vẻ ghi tháng trước ngày. Ghi ngày trước, ví dụ 30/6/1985."
    ),
    "only_part_of_a_day": _(
        "“%(value)s” ở cột “%(column)s” chưa đủ ngày, tháng, năm nên ô này để trống. Bổ sung khi biết đủ."
    ),
    "part_of_a_day": _("“%(value)s” ở cột “%(column)s” chưa đủ ngày, tháng, năm. Ghi đủ, ví dụ 01/7/2025."),
    "short_year": _("“%(value)s” ở cột “%(column)s” chỉ ghi hai số của năm, được hiểu là %(day)s."),
    "not_whole": _("“%(value)s” ở cột “%(column)s” không phải số nguyên. Ghi một số, ví dụ 12."),
    "out_of_range": _("“%(value)s” ở cột “%(column)s” phải từ %(least)s đến %(most)s."),
    "not_yes_no": _("“%(value)s” ở cột “%(column)s” không rõ có hay không. Ghi Có hoặc Không."),
    "not_a_choice": _("“%(value)s” ở cột “%(column)s” không có trong danh mục. Chọn một trong: %(choices)s."),
    "not_an_email": _("“%(value)s” ở cột “%(column)s” không phải địa chỉ thư. Ghi dạng ten@coquan.gov.vn."),
    "not_a_phone": _("“%(value)s” ở cột “%(column)s” không phải số điện thoại. Ghi các chữ số của số máy."),
    "phone_zero": _("Số điện thoại %(value)s mất số 0 đầu do Excel; được hiểu là %(read)s."),
    "too_long": _("Ô “%(column)s” dài %(length)s ký tự, quá %(limit)s. Rút ngắn lại."),
    "repaired": _("Chữ gõ bằng phông cũ (%(encoding)s) đã được chuyển sang Unicode. Xem lại dấu tiếng Việt."),
    "blank_row": _("Dòng không có gì ở các cột được nhập."),
    "heading_again": _("Dòng này lặp lại dòng tiêu đề."),
    "numbering_row": _("Dòng này chỉ đánh số các cột."),
    "remark_row": _("Dòng này chỉ có một ô “%(value)s”, có vẻ là tiêu đề nhóm hoặc ghi chú."),
    "twice_in_file": _("Trùng với dòng %(row)s trong cùng tệp. Giữ lại một dòng."),
    "changed_since_preview": _(
        "“%(what)s” đã được %(who)s sửa sau khi xem trước (%(when)s). Xem trước lại để so với bản mới."
    ),
    "gone_since_preview": _("“%(what)s” không còn nữa từ sau khi xem trước. Xem trước lại."),
    "kept_referred": _("Không hoàn tác được vì đang có %(what)s."),
    "kept_changed": _("Không hoàn tác được vì đã được sửa sau khi nhập."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing about a row; a warning leaves the row in, anything else refuses it."""

    code: str
    column: str = ""  # the name of the field, "" for the whole row
    facts: Mapping[str, Any] = field(default_factory=dict)
    is_warning: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "column": self.column,
            "facts": dict(self.facts),
            "warning": self.is_warning,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        return cls(kept["code"], kept["column"], kept["facts"], kept["warning"])

    def text(self, sentences: Mapping[str, str]) -> str:
        """Return the sentence; ``sentences`` are those of the importer."""
        template = sentences.get(self.code) or SENTENCES[self.code]
        return gettext(template) % self.facts

"""What stands in the way of putting an authority's rules in force, trying a draft or noting a re-reading."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from thidua.core.law.messages import say
from thidua.core.law.yamltext import Problem as FileProblem
from thidua.records import refusals

SENTENCES: dict[str, str] = {
    "reason_missing": _("Chưa ghi lý do. Người xem lại sau này cần biết vì sao."),
    "not_in_state": _(
        "Bản này đang ở tình trạng “%(state)s” nên không làm được việc đó. Mở lại trang để xem."
    ),
    "past_unconfirmed": _(
        "Quy định có hiệu lực từ %(day)s, trước hôm nay: các lần xét từ ngày ấy sẽ đổi. "
        "Bấm “Áp dụng” rồi xác nhận ngày này."
    ),
    "in_future": _("Ngày %(day)s chưa đến. Ghi khi đã đọc lại văn bản."),
    "before_text": _(
        "Ngày %(day)s có trước văn bản đang áp dụng %(text)s. Ghi ngày đã đọc lại chính văn bản ấy."
    ),
    "note_missing": _("Ghi rõ chỗ không còn đúng để người giữ tệp luật sửa."),
    "name_missing": _("Chưa đặt tên dự thảo."),
    "too_many_drafts": _("Đã có %(count)s dự thảo. Xóa bớt dự thảo cũ rồi tải lên."),
    "too_many_trials": _("Đã có %(count)s lần thử. Xóa bớt lần thử cũ rồi thử tiếp."),
    "still_waiting": _("Lần thử này đang được tính. Đợi xong rồi hãy xét lại."),
    "no_difference": _("Hai lần xét cùng ngày, cùng quy định. Chọn ngày khác hoặc một dự thảo."),
    "reversed_days": _(
        "Ngày thứ nhất %(before)s sau ngày thứ hai %(after)s. Đổi lại thứ tự: luật trước, rồi luật sau."
    ),
    "before_law": _("Ngày %(day)s chưa có dữ liệu luật. Chọn từ ngày %(first)s."),
    "beyond_law": _("Ngày %(day)s quá xa: chưa biết luật của ngày ấy. Chọn đến hết năm %(year)s."),
    "year_ahead": _("Năm %(year)s chưa đến vào ngày %(day)s. Chọn đến năm %(last)s."),
    "nobody": _("%(unit)s chưa ghi người nào đang công tác. Chọn đơn vị khác."),
    "no_collective": _("%(unit)s không còn hoạt động, cũng không còn đơn vị trực thuộc. Chọn đơn vị khác."),
}


class Problem(refusals.Problem):
    """One thing to settle first."""

    __slots__ = ()
    sentences = SENTENCES


class LawRefusedError(refusals.RefusedError):
    """It cannot be done so; ``problems`` holds everything found."""


def told(problem: FileProblem) -> str:
    """Return a fault of a law file in the reader's language."""
    said = say(
        "{file}, dòng {line}: {message}", file=problem.file, line=problem.line, message=problem.message
    )
    return said.in_words(gettext)

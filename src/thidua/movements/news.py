"""What people are told about movements, plans, deadlines and registrations, in the language of who reads it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.honours.catalogue import label_of
from thidua.movements import missing_steps
from thidua.notices.kinds import News, kind
from thidua.ui.formats import day


def usual_reminder() -> str:
    """Return what a reminder says where nobody writes words of one's own."""
    return _("Đề nghị đơn vị hoàn thành bước còn thiếu của phong trào.")


def usual_registration_reminder(year: int) -> str:
    return _("Đề nghị đơn vị gửi bản đăng ký thi đua năm %(year)s.") % {"year": year}


def own_words(typed: str, usual: Callable[[], str]) -> str:
    """Return what was typed; nothing for the usual sentence, which each reader is told in the own language."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            if typed == usual():
                return ""
    return typed


@dataclass(frozen=True, slots=True)
class AboutMovement(News):
    """What all news of a movement names."""

    movement: UUID
    name: str

    def url(self) -> str:
        return reverse("movements:detail", args=[self.movement])


@kind("movement.received")
@dataclass(frozen=True, slots=True)
class Received(AboutMovement):
    organiser: str

    def title(self) -> str:
        return _("%(organiser)s phát động: %(name)s") % {"organiser": self.organiser, "name": self.name}

    def body(self) -> str:
        return _("Đơn vị đã nhận phong trào. Mở để xem nhiệm vụ, thời hạn và lập kế hoạch của đơn vị.")


@kind("movement.revised")
@dataclass(frozen=True, slots=True)
class Revised(AboutMovement):
    """A plan that changed; ``summary`` is the amending document's own, if it has one."""

    number: int
    summary: str

    def title(self) -> str:
        return _("Kế hoạch thay đổi: %(name)s") % {"name": self.name}

    def body(self) -> str:
        return self.summary or _("Mở để xem các điểm khác so với bản trước.")

    def url(self) -> str:
        return reverse("movements:revision", args=[self.movement, self.number])


@kind("movement.amended")
@dataclass(frozen=True, slots=True)
class Amended(Revised):
    """A plan that changed, with the document that changes it and the day from which it applies."""

    decision: str
    effective_on: date

    def body(self) -> str:
        facts = {"decision": self.decision, "day": day(self.effective_on)}
        told = _("%(decision)s, áp dụng từ %(day)s.") % facts
        return f"{told} {self.summary}" if self.summary else told


@kind("movement.renumbered")
@dataclass(frozen=True, slots=True)
class Renumbered(AboutMovement):
    """A plan whose number or day had been entered wrong."""

    before: str
    number: str
    issued_on: date

    def title(self) -> str:
        return _("Đính chính số, ngày: %(name)s") % {"name": self.name}

    def body(self) -> str:
        facts = {"before": self.before or "–", "number": self.number, "day": day(self.issued_on)}
        return _("Số ghi trước đây: %(before)s. Số đúng: %(number)s, ngày %(day)s.") % facts


@kind("movement.read")
@dataclass(frozen=True, slots=True)
class ToRead(AboutMovement):
    def title(self) -> str:
        return _("Đọc kế hoạch thi đua: %(name)s") % {"name": self.name}

    def body(self) -> str:
        return _("Đọc và xác nhận đã nắm nội dung.")

    def url(self) -> str:
        return reverse("movements:read", args=[self.movement])


@kind("movement.reminder")
@dataclass(frozen=True, slots=True)
class Reminder(AboutMovement):
    """``about`` is what the organiser wrote; empty for the usual sentence."""

    about: str

    def title(self) -> str:
        return _("Nhắc việc: %(name)s") % {"name": self.name}

    def body(self) -> str:
        return self.about or usual_reminder()


@kind("movement.reminder_of_steps")
@dataclass(frozen=True, slots=True)
class StepsReminder(Reminder):
    """A reminder to one unit that names the steps it owed on the day ``on``, as ``missing_steps`` keeps them."""

    unit_id: UUID
    unit: str
    missing: str
    on: date

    def body(self) -> str:
        words = Reminder.body(self)
        owed = "; ".join(missing_steps.said(one, self.on) for one in missing_steps.steps_in(self.missing))
        if not owed:
            return words
        return f"{words}\n" + _("%(unit)s còn thiếu: %(steps)s.") % {"unit": self.unit, "steps": owed}

    def url(self) -> str:
        return reverse("movements:part", args=[self.movement, self.unit_id])


@kind("movement.due")
@dataclass(frozen=True, slots=True)
class Due(AboutMovement):
    what: str
    last_on: date

    def title(self) -> str:
        return _("Hạn %(day)s: %(what)s") % {"day": day(self.last_on), "what": self.what}

    def body(self) -> str:
        return self.name

    def url(self) -> str:
        return reverse("movements:deadlines", args=[self.movement])


@kind("movement.due_occurrence")
@dataclass(frozen=True, slots=True)
class DueOccurrence(Due):
    """One occurrence of what recurs; ``last_on`` names it."""

    def title(self) -> str:
        return _("Hạn kỳ %(day)s: %(what)s") % {"day": day(self.last_on), "what": self.what}


# -- a plan before its head ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AboutApproval(AboutMovement):
    """``by`` is who took the step, ``note`` what was added in own words."""

    by: str
    note: str

    def url(self) -> str:
        return reverse("movements:check", args=[self.movement]) + "#trinh-duyet"

    def said(self) -> str:
        raise NotImplementedError

    def body(self) -> str:
        if not self.note:
            return self.said()
        return _("%(said)s Ý kiến: %(note)s") % {"said": self.said(), "note": self.note}


@kind("movement.submitted")
@dataclass(frozen=True, slots=True)
class Submitted(AboutApproval):
    unit: str

    def title(self) -> str:
        return _("Chờ duyệt: %(name)s") % {"name": self.name}

    def said(self) -> str:
        return _("%(name)s trình kế hoạch của %(unit)s.") % {"name": self.by, "unit": self.unit}


@kind("movement.writing")
@dataclass(frozen=True, slots=True)
class TakenBack(AboutApproval):
    def title(self) -> str:
        return _("Đã thu hồi: %(name)s") % {"name": self.name}

    def said(self) -> str:
        return _("%(name)s thu hồi kế hoạch đã trình. Chưa cần duyệt.") % {"name": self.by}


@kind("movement.approved")
@dataclass(frozen=True, slots=True)
class Approved(AboutApproval):
    def title(self) -> str:
        return _("Đã duyệt: %(name)s") % {"name": self.name}

    def said(self) -> str:
        return _("%(name)s đồng ý với kế hoạch đã trình.") % {"name": self.by}


@kind("movement.returned")
@dataclass(frozen=True, slots=True)
class Returned(AboutApproval):
    def title(self) -> str:
        return _("Trả lại: %(name)s") % {"name": self.name}

    def said(self) -> str:
        return _("%(name)s trả lại để sửa.") % {"name": self.by}


# -- a revision before the same head ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AboutRevision(AboutApproval):
    """``number`` is that of the revision among those of the plan."""

    number: int

    def url(self) -> str:
        return reverse("movements:draft_revision", args=[self.movement, self.number]) + "#trinh-duyet"


@kind("revision.submitted")
@dataclass(frozen=True, slots=True)
class RevisionSubmitted(AboutRevision):
    unit: str

    def title(self) -> str:
        return _("Chờ duyệt sửa đổi: %(name)s") % {"name": self.name}

    def said(self) -> str:
        return _("%(name)s trình bản sửa đổi kế hoạch của %(unit)s.") % {"name": self.by, "unit": self.unit}


@kind("revision.writing")
@dataclass(frozen=True, slots=True)
class RevisionTakenBack(AboutRevision):
    def title(self) -> str:
        return _("Đã thu hồi bản sửa đổi: %(name)s") % {"name": self.name}

    def said(self) -> str:
        return _("%(name)s thu hồi bản sửa đổi đã trình. Chưa cần duyệt.") % {"name": self.by}


@kind("revision.approved")
@dataclass(frozen=True, slots=True)
class RevisionApproved(AboutRevision):
    def title(self) -> str:
        return _("Đã duyệt sửa đổi: %(name)s") % {"name": self.name}

    def said(self) -> str:
        return _("%(name)s đồng ý với bản sửa đổi đã trình.") % {"name": self.by}


@kind("revision.returned")
@dataclass(frozen=True, slots=True)
class RevisionReturned(AboutRevision):
    def title(self) -> str:
        return _("Trả lại bản sửa đổi: %(name)s") % {"name": self.name}

    def said(self) -> str:
        return _("%(name)s trả lại để sửa.") % {"name": self.by}


# -- registrations -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AboutSheet(News):
    """What all news of one unit's registration sheet names."""

    unit: UUID
    year: int

    def url(self) -> str:
        return reverse("movements:registration", args=[self.unit, self.year])


@kind("registration.sent")
@dataclass(frozen=True, slots=True)
class SheetSent(AboutSheet):
    name: str

    def title(self) -> str:
        facts = {"unit": self.name, "year": self.year}
        return _("%(unit)s gửi bản đăng ký thi đua năm %(year)s") % facts

    def body(self) -> str:
        return _("Mở để xem, nhận hoặc trả lại bổ sung.")


@kind("registration.accepted")
@dataclass(frozen=True, slots=True)
class SheetAccepted(AboutSheet):
    reason: str

    def title(self) -> str:
        return _("Bản đăng ký thi đua năm %(year)s đã được nhận") % {"year": self.year}

    def body(self) -> str:
        return self.reason


@kind("registration.returned")
@dataclass(frozen=True, slots=True)
class SheetReturned(AboutSheet):
    reason: str

    def title(self) -> str:
        return _("Bản đăng ký thi đua năm %(year)s được trả lại để bổ sung") % {"year": self.year}

    def body(self) -> str:
        return self.reason


@kind("registration.wish")
@dataclass(frozen=True, slots=True)
class Wished(AboutSheet):
    """``award`` is the award's id; it is named in the reader's language."""

    name: str
    award: str

    def title(self) -> str:
        facts = {"name": self.name, "award": label_of(self.award), "year": self.year}
        return _("%(name)s đăng ký “%(award)s” năm %(year)s") % facts

    def body(self) -> str:
        return _("Nguyện vọng chờ đơn vị lấy vào bản đăng ký.")


@kind("registration.reminder")
@dataclass(frozen=True, slots=True)
class SheetReminder(News):
    """One for all units: its address leads each reader to the own unit's sheet."""

    year: int
    about: str

    def title(self) -> str:
        return _("Nhắc đăng ký thi đua năm %(year)s") % {"year": self.year}

    def body(self) -> str:
        return self.about or usual_registration_reminder(self.year)

    def url(self) -> str:
        return f"{reverse('movements:registrations')}?year={self.year}"

"""What a row of people says, before anything is compared; and the sentences about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop as _

from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line
from thidua.exchange.importers import Given
from thidua.exchange.problems import Problem
from thidua.organisations.importing_lookup import Place, UnitDirectory
from thidua.organisations.models import Person
from thidua.organisations.problems import shown

PEOPLE_SENTENCES: dict[str, str] = {
    "look_alike": _(
        "Có thể trùng với hồ sơ đã có: cùng họ tên, đơn vị và không trái ngày sinh. Chọn là một người hay hai người."
    ),
    "look_alike_since": _("Vừa có hồ sơ cùng họ tên ở đơn vị này từ sau khi xem trước. Nhập lại dòng này."),
    "code_of_another": _(
        "Số hiệu “%(code)s” đang là của %(person)s, khác cả họ tên lẫn ngày sinh. Kiểm tra lại số hiệu."
    ),
    "code_outside": _("Số hiệu “%(code)s” đã dùng ở đơn vị ngoài phạm vi của bạn. Kiểm tra lại số hiệu."),
    "code_unknown": _(
        "Không có hồ sơ mang số hiệu “%(code)s” trong phạm vi của bạn, và tệp chưa đủ mục để thêm mới: %(names)s."
    ),
    "name_case": _(
        "“%(name)s” viết hoa, viết thường lẫn lộn và sẽ in đúng như vậy. Sửa trong tệp nếu gõ nhầm."
    ),
    "born_ahead": _("Ngày sinh %(day)s ở sau hôm nay. Kiểm tra lại năm sinh."),
    "sex_both": _("Dòng này đánh dấu cả Nam và Nữ. Giữ lại một."),
    "only_day_differs": _(
        "Chức vụ và đơn vị không đổi nhưng “Từ ngày” khác ngày đang ghi (%(day)s). Sửa ngày ở trang cá nhân."
    ),
    "post_before_current": _(
        "“Từ ngày” %(day)s trước ngày bắt đầu chức vụ hiện tại (%(first)s). Ghi chức vụ cũ ở trang cá nhân."
    ),
    "has_later_post": _("Người này đã có chức vụ từ ngày %(day)s. Sửa ở trang cá nhân."),
    "post_corrected": _(
        "“Từ ngày” không đổi nên chức vụ đang ghi được sửa lại. Nếu là chức vụ mới, ghi ngày bắt đầu mới."
    ),
}


@dataclass(slots=True)
class Draft:
    """A row being worked out: what it says, where the person works, and what is wrong so far."""

    given: Given
    values: dict[str, Any]
    place: Place | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.values.get("full_name") or ""

    @property
    def code(self) -> str:
        return self.values.get("staff_code") or ""

    @property
    def is_refused(self) -> bool:
        return self.given.is_refused or any(not problem.is_warning for problem in self.problems)


def joined(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with what stood in several columns put together."""
    result = dict(values)
    family, given = result.pop("family_name", None), result.pop("given_name", None)
    if "full_name" not in result and (family or given):
        result["full_name"] = one_line(f"{family or ''} {given or ''}")
    for sex in (Person.Sex.MALE, Person.Sex.FEMALE):
        born, marked = result.pop(f"birth_date_{sex}", None), result.pop(f"is_{sex}", None)
        if born:
            result.setdefault("birth_date", born)
        if born or marked:
            result.setdefault("sex", sex)
    return result


def both_sexes(values: Mapping[str, Any]) -> bool:
    marked = values.get("is_male") and values.get("is_female")
    return bool(marked or (values.get("birth_date_male") and values.get("birth_date_female")))


def stranger(draft: Draft, person: Person) -> bool:
    """Say whether the row's name and day of birth both speak against its being ``person``."""
    born = draft.values.get("birth_date")
    other_name = bool(draft.name) and fold(draft.name) != person.folded
    return other_name and bool(born and person.birth_date and born != person.birth_date)


def place_problems(place: Place, day: date) -> list[Problem]:
    """Return why a post without an end cannot begin in the unit on ``day``."""
    if not place.exists_on(day):
        return [Problem("post_outside_unit", "valid_from", {"unit": place.name, "day": shown(day)})]
    if place.dissolved_on:
        return [Problem("post_outlasts_unit", "unit", {"unit": place.name, "day": shown(place.dissolved_on)})]
    return []


def post_json(values: Mapping[str, Any], place: Place) -> dict[str, Any]:
    return {
        "unit": str(place.id),
        "position": values["position"],
        "staff_kind": values["staff_kind"],
        "valid_from": str(values["valid_from"]),
        "is_manager": bool(values.get("is_manager")),
        "contract_months": values.get("contract_months"),
    }


def looked_over(drafts: list[Draft], directory: UnitDirectory) -> list[Draft]:
    """Add what is told of a name's letters, and let a staff code say which of several units of a name is meant."""
    for draft in drafts:
        if draft.name and is_oddly_cased(draft.name):
            draft.problems.append(Problem("name_case", "full_name", {"name": draft.name}, is_warning=True))
    unsure = [draft for draft in drafts if draft.code and any(is_unsure(one) for one in draft.problems)]
    if not unsure:
        return drafts
    held: dict[str, set[UUID]] = {}
    working = Person.objects.filter(staff_code__in={draft.code for draft in unsure}, unit__isnull=False)
    for code, unit in working.values_list("staff_code", "unit_id"):
        held.setdefault(code, set()).update([unit] if unit else [])
    for draft in unsure:
        text = one_line(draft.given.values["unit"])
        fitting = directory.narrowed(text, directory.candidates(text))
        present = [place for place in fitting if place.is_open and place.id in held.get(draft.code, ())]
        if len(present) == 1:
            draft.place = present[0]
            draft.problems = [one for one in draft.problems if not is_unsure(one)]
    return drafts


def is_unsure(problem: Problem) -> bool:
    return problem.code == "unit_several" and problem.column == "unit"


def is_oddly_cased(name: str) -> bool:
    """Say whether small and capital letters are mixed otherwise than in a name; all capitals are a habit of lists."""
    words = [word for word in name.split() if word.isalpha()]
    return name != name.upper() and any(word != word[0].upper() + word[1:].lower() for word in words)


def json_of(value: Any) -> Any:
    return str(value) if isinstance(value, date | UUID) else value


def empty(name: str) -> Any:
    """Return what an emptied field holds."""
    return None if name == "birth_date" else ""

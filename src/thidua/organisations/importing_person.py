"""Which person a row of a table means: by staff code, or by name with the unit where several bear it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line
from thidua.exchange.fields import Field, FieldKind
from thidua.exchange.importers import Given
from thidua.exchange.problems import Problem
from thidua.organisations.importing_lookup import UnitDirectory
from thidua.organisations.models import Person
from thidua.organisations.permissions import User, scope_of
from thidua.organisations.searching import search_text

NAMED = 4

PERSON_SENTENCES: dict[str, str] = {
    "person_missing": _("Dòng chưa ghi họ tên hay số hiệu. Ghi ít nhất một trong hai."),
    "person_unknown": _(
        "Không tìm thấy “%(name)s” trong phạm vi của bạn. Kiểm tra họ tên, hoặc ghi số hiệu."
    ),
    "person_several": _("Có %(count)s người tên “%(name)s”: %(names)s. Ghi số hiệu để phân biệt."),
    "person_not_yours": _("Bạn không còn quyền ghi hồ sơ của %(name)s."),
}

PERSON_FIELDS = (
    Field(
        "full_name",
        gettext_lazy("Họ và tên"),
        synonyms=("Họ tên", "Họ và tên cán bộ", "Tên cán bộ", "Tên", "Full name"),
        longest=150,
        example="Nguyễn Thị Minh Anh",
        width=28,
    ),
    Field(
        "staff_code",
        gettext_lazy("Số hiệu"),
        FieldKind.CODE,
        synonyms=("Số hiệu cán bộ", "Số hiệu CBCC", "Mã cán bộ", "Mã số cán bộ", "Mã CB", "Staff code"),
        longest=40,
        help=gettext_lazy("Nên có; bắt buộc khi nhiều người cùng tên."),
        example="BTP-00123",
        width=14,
    ),
    Field(
        "unit",
        gettext_lazy("Đơn vị"),
        synonyms=("Đơn vị công tác", "Tên đơn vị", "Phòng ban", "Phòng", "Cơ quan, đơn vị", "Unit"),
        longest=400,
        help=gettext_lazy("Đơn vị hiện nay; dùng để phân biệt người trùng tên."),
        example="Phòng Hành chính tư pháp, Sở Tư pháp",
        width=34,
    ),
)


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """The person a row means, or why none is certain; ``several`` are those it may mean."""

    person: Person | None = None
    problem: Problem | None = None
    several: tuple[Person, ...] = ()


class PersonDirectory:
    """Looks people up among those on whose record ``user`` may do ``action``."""

    def __init__(self, user: User, action: str) -> None:
        self.people = Person.objects.filter(scope_of(user).people(action))
        self.units = UnitDirectory(user, "view")

    def find_all(self, rows: Sequence[Given]) -> list[FoundPerson]:
        """Return whom each row means, in one query for all of them."""
        names = {fold(one_line(row.values.get("full_name") or "")) for row in rows} - {""}
        codes = {row.values.get("staff_code") or "" for row in rows} - {""}
        known = self.people.filter(Q(folded__in=names) | Q(staff_code__in=codes))
        people = list(known.select_related("record_unit", "unit").order_by("sort_key", "pk"))
        by_code: dict[str, list[Person]] = {}
        by_name: dict[str, list[Person]] = {}
        for person in people:
            by_code.setdefault(person.staff_code, []).append(person)
            by_name.setdefault(person.folded, []).append(person)
        return [self.found(row.values, by_code, by_name) for row in rows]

    def found(
        self,
        values: Mapping[str, Any],
        by_code: Mapping[str, list[Person]],
        by_name: Mapping[str, list[Person]],
    ) -> FoundPerson:
        name, code = one_line(values.get("full_name") or ""), values.get("staff_code") or ""
        if not name and not code:
            return FoundPerson(problem=Problem("person_missing"))
        matches = by_code.get(code, []) if code else by_name.get(fold(name), [])
        matches = self.narrowed(matches, name, values.get("unit") or "")
        if len(matches) == 1:
            return FoundPerson(matches[0])
        if not matches:
            return FoundPerson(problem=Problem("person_unknown", facts={"name": name or code}))
        names = "; ".join(self.label_of(person) for person in matches[:NAMED])
        return FoundPerson(
            problem=Problem(
                "person_several", facts={"name": name or code, "count": len(matches), "names": names}
            ),
            several=tuple(matches),
        )

    def narrowed(self, matches: list[Person], name: str, unit: str) -> list[Person]:
        """Keep, while several fit, those of the exact tones, then those of the unit named."""
        if len(matches) > 1 and name:
            typed = search_text(name).marked
            matches = [person for person in matches if person.marked == typed] or matches
        if len(matches) > 1 and unit and (place := self.units.find(unit).place):
            within = [p for p in matches if p.record_unit and p.record_unit.path.startswith(place.path)]
            matches = within or matches
        return matches

    def label_of(self, person: Person) -> str:
        unit = person.unit or person.record_unit
        return f"{person.full_name} ({unit.name})" if unit else person.full_name

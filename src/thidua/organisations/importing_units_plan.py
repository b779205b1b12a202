"""What becomes of a row of units: a new one, a change of one that is there, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line
from thidua.exchange.fields import Field
from thidua.exchange.importers import Given, Planned, Planner
from thidua.exchange.models import ImportRow
from thidua.exchange.problems import Problem
from thidua.organisations.importing_lookup import Found, Place, UnitDirectory
from thidua.organisations.models import Unit
from thidua.organisations.permissions import User, scope_of
from thidua.organisations.problems import founding_shown, shown
from thidua.organisations.services.founding import Bounds, bounds_of, problems_of_founding
from thidua.organisations.services.units import CODE_LENGTH
from thidua.records.ids import uuid7

Outcome = ImportRow.Outcome
FACTS = (
    "code",
    "kind",
    "has_legal_entity",
    "is_small_collective",
    "body_role",
    "symbol",
    "place",
    "email",
    "phone",
)
NAMES = ("name", "short_name")
NEEDED = ("name", "kind", "founded_on")

PLAN_SENTENCES: dict[str, str] = {
    "top_not_yours": _("Chưa ghi đơn vị cấp trên. Chỉ người quản trị hệ thống lập được đơn vị cao nhất."),
    "cycle_in_file": _("Dòng này và dòng %(row)s là cấp trên của nhau. Sửa cột “Đơn vị cấp trên”."),
    "parent_row_refused": _("Đơn vị cấp trên ở dòng %(row)s không được nhận. Sửa dòng đó trước."),
    "parent_refused": _("Đơn vị cấp trên không được ghi nên đơn vị này cũng không ghi được."),
    "parent_in_file_twice": _("Có nhiều dòng tên “%(value)s” trong tệp. Ghi mã đơn vị cấp trên."),
    "name_differs": _(
        "Tên khác tên đang dùng “%(name)s”. Đổi tên là việc có ngày và quyết định: làm ở trang Sắp xếp đơn vị."
    ),
    "parent_differs": _(
        "Đơn vị này đang thuộc %(unit)s. Chuyển cơ quan quản lý là việc có ngày và quyết định: làm ở trang Sắp xếp."
    ),
    "founded_corrected": _(
        "Sửa ngày thành lập đang ghi là %(day)s. Nếu ô này gõ nhầm thì sửa lại hoặc bỏ trống rồi nhập lại."
    ),
    "unit_code_outside": _("Mã “%(code)s” đã dùng cho đơn vị ngoài phạm vi của bạn. Nhập mã khác."),
    "unit_changed_since": _("%(unit)s đã được sửa sau khi xem trước. Xem trước lại để so với bản mới."),
}


@dataclass(slots=True)
class Draft:
    """A row being worked out; ``place`` is the unit it means or makes, ``above`` the unit over it."""

    given: Given
    problems: list[Problem] = field(default_factory=list)
    place: Place | None = None
    above: Place | None = None
    is_new: bool = False
    is_settled: bool = False
    is_open: bool = True  # being worked out: found again from below, it is its own superior

    @property
    def values(self) -> Mapping[str, Any]:
        return self.given.values

    @property
    def name(self) -> str:
        return self.values.get("name") or ""

    @property
    def code(self) -> str:
        return self.values.get("code") or ""

    @property
    def is_refused(self) -> bool:
        return self.given.is_refused or any(not problem.is_warning for problem in self.problems)


def told(facts: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in facts.items()}


class UnitsPlanner(Planner):
    """Plans all rows of a file together: a row may be above another, whatever their order."""

    def __init__(self, user: User, options: Mapping[str, Any], fields: Sequence[Field]) -> None:
        self.options, self.scope = options, scope_of(user)
        self.labels = {one.name: str(one.label) for one in fields}
        self.words = {one.name: {choice.value: str(choice.label) for choice in one.choices} for one in fields}
        self.default = UUID(options["parent"]) if options.get("parent") else None
        within = (
            Unit.objects.filter(pk=self.default).values_list("path", flat=True).first()
            if self.default
            else ""
        )
        self.directory = UnitDirectory(user, "edit_units", within=within or "", column="parent")
        self.under: dict[tuple[UUID | None, str], list[Place]] = {}
        for place in self.directory.places.values():
            self.under.setdefault((place.parent_id, fold(place.name)), []).append(place)
        roots = {place.root_id for place in self.directory.places.values()}
        self.codes = set(Unit.objects.filter(root__in=roots).values_list("root_id", "code"))
        self.rows_by_code: dict[str, list[Draft]] = {}
        self.rows_by_name: dict[str, list[Draft]] = {}
        self.made: set[tuple[UUID | None, str]] = set()
        self.founded: dict[UUID, date] = {}  # units there already whose day the file puts right
        self.bounds: dict[UUID, Bounds] = {}

    def plan(self, rows: Sequence[Given]) -> list[Planned]:
        drafts = [Draft(row) for row in rows]
        for draft in drafts:
            if draft.code:
                self.rows_by_code.setdefault(draft.code.casefold(), []).append(draft)
            if draft.name:
                self.rows_by_name.setdefault(fold(one_line(draft.name)), []).append(draft)
        self.read_founding(drafts)
        for draft in drafts:
            self.settle(draft)
        units = Unit.objects.select_related("kind").in_bulk(
            [draft.place.id for draft in drafts if draft.place and not draft.is_new]
        )
        planned = [self.planned(draft, units) for draft in drafts]
        ranked = sorted(range(len(drafts)), key=lambda place: self.rank(drafts[place]))
        for order, place in enumerate(ranked, 1):
            planned[place].order = order
        return planned

    def read_founding(self, drafts: Sequence[Draft]) -> None:
        """Note first which founding days the file puts right: what stands below asks for them."""
        for draft in drafts:
            day, there = draft.values.get("founded_on"), self.there(draft)
            if day and len(there) == 1 and there[0].is_open and there[0].founded_on != day:
                self.founded[there[0].id] = day
        self.bounds = bounds_of(list(Unit.objects.filter(pk__in=list(self.founded))))
        for bounds in self.bounds.values():
            if bounds.above:
                bounds.above.founded_on = self.founded.get(bounds.above.pk, bounds.above.founded_on)

    def rank(self, draft: Draft) -> tuple[int, int]:
        """Return when the row is written: what is above comes first."""
        return (draft.place.path.count("/") if draft.place else 0, draft.given.number)

    # Which unit the row means

    def settle(self, draft: Draft) -> None:
        """Find the unit of the row, or the place where it is to be made."""
        if draft.is_settled:
            return
        draft.is_settled = True
        if draft.given.is_refused:
            draft.is_open = False
            return
        self.find_above(draft)
        draft.is_open = False
        if not draft.is_refused:
            self.find_self(draft)

    def find_above(self, draft: Draft) -> None:
        text = one_line(draft.values.get("parent") or "")
        if not text:
            draft.above = self.directory.places.get(self.default) if self.default else None
            return
        by_code = [row for row in self.rows_by_code.get(text.casefold(), ()) if row is not draft]
        found = Found() if by_code else self.directory.find(text)
        if found.place:
            draft.above = found.place
            draft.problems += [found.problem] if found.problem else []
            return
        rows = by_code or [row for row in self.rows_by_name.get(fold(text), ()) if row is not draft]
        if not rows:
            draft.problems += [found.problem] if found.problem else []
        elif len(rows) > 1:
            draft.problems.append(Problem("parent_in_file_twice", "parent", {"value": text}))
        else:
            self.find_above_in_file(draft, rows[0])

    def find_above_in_file(self, draft: Draft, row: Draft) -> None:
        facts = {"row": row.given.number}
        if row.is_settled and row.is_open:
            draft.problems.append(Problem("cycle_in_file", "parent", facts))
            return
        self.settle(row)
        if row.is_refused or row.place is None:
            draft.problems.append(Problem("parent_row_refused", "parent", facts))
        else:
            draft.above = row.place

    def find_self(self, draft: Draft) -> None:
        """Find the unit by its code, else by its name under the unit above; else it is a new one."""
        first = self.rows_by_code.get(draft.code.casefold(), [draft])[0]
        if draft.code and first is not draft:
            draft.problems.append(Problem("twice_in_file", "code", {"row": first.given.number}))
            return
        there = self.there(draft)
        if len(there) == 1:
            draft.place = there[0]
            if not there[0].is_open:
                draft.problems.append(Problem("unit_not_yours", "", {"unit": there[0].name}))
        elif there:
            names = "; ".join(self.directory.label_of(place) for place in there[:4])
            draft.problems.append(Problem("unit_several", "name", {"value": draft.name, "names": names}))
        else:
            self.make_place(draft)

    def there(self, draft: Draft) -> list[Place]:
        by_code = self.directory.by_code.get(draft.code.casefold(), []) if draft.code else []
        if by_code:
            same_root = [p for p in by_code if draft.above is None or p.root_id == draft.above.root_id]
            return same_root or by_code
        name = fold(one_line(draft.name))
        if draft.above:
            return self.under.get((draft.above.id, name), [])
        return self.directory.narrowed(draft.name, self.directory.by_name.get(name, []))

    def make_place(self, draft: Draft) -> None:
        above, name = draft.above, one_line(draft.name)
        if missing := [n for n in NEEDED if not (draft.values.get(n) or self.options.get(n))]:
            draft.problems += [Problem("missing", n, {"column": self.labels[n]}) for n in missing]
            return
        draft.problems += self.problems_of_place(draft)
        key = (above.id if above else None, name.lower())
        if key in self.made:
            first = self.rows_by_name[fold(name)][0].given.number
            draft.problems.append(Problem("twice_in_file", "name", {"row": first}))
        self.made.add(key)
        if draft.is_refused:
            return
        pk = uuid7()
        root = above.root_id if above else pk
        path = f"{above.path if above else ''}{pk.hex[-10:]}/"
        code = draft.code or self.free_code(draft.values.get("short_name") or name, root)
        if (root, code) in self.codes:
            draft.problems.append(Problem("unit_code_outside", "code", {"code": code}))
        self.codes.add((root, code))
        parent = above.id if above else None
        founded = self.founded_on(draft)
        short = draft.values.get("short_name") or ""
        draft.place = Place(pk, code, name, short, path, parent, root, founded, None, is_open=True)
        draft.is_new = True

    def problems_of_place(self, draft: Draft) -> list[Problem]:
        above, day = draft.above, self.founded_on(draft)
        if above is None:
            return [] if self.scope.is_administrator else [Problem("top_not_yours", "parent")]
        if not above.is_open:
            return [Problem("unit_not_yours", "parent", {"unit": above.name})]
        if not replace(above, founded_on=self.founded.get(above.id, above.founded_on)).exists_on(day):
            return [Problem("parent_missing", "founded_on", {"parent": above.name, "day": shown(day)})]
        return []

    def founded_on(self, draft: Draft) -> date:
        day = draft.values.get("founded_on")
        return day if isinstance(day, date) else date.fromisoformat(self.options["founded_on"])

    def free_code(self, name: str, root: UUID) -> str:
        stem = slugify(fold(name))[:CODE_LENGTH].strip("-") or "don-vi"
        code, count = stem, 1
        while (root, code) in self.codes:
            count += 1
            code = f"{stem[: CODE_LENGTH - 5]}-{count}"
        return code

    # What becomes of it

    def planned(self, draft: Draft, units: Mapping[UUID, Unit]) -> Planned:
        place = draft.place
        if draft.is_refused or place is None:
            return Planned(Outcome.REFUSE, draft.name or draft.code, problems=draft.problems)
        return self.new(draft, place) if draft.is_new else self.changed(draft, units[place.id])

    def new(self, draft: Draft, place: Place) -> Planned:
        values = draft.values
        facts = {name: values[name] for name in FACTS if values.get(name) is not None}
        facts |= {"kind": values.get("kind") or self.options["kind"], "code": place.code}
        plan = {
            "facts": facts,
            "name": place.name,
            "short_name": place.short_name,
            "parent": str(place.parent_id) if place.parent_id else "",
            "founded_on": str(place.founded_on),
        }
        above = f" — {draft.above.name}" if draft.above else ""
        return Planned(
            Outcome.CREATE,
            f"{place.name}{above}",
            plan,
            target_id=place.id,
            target_version=1,
            problems=draft.problems,
        )

    def changed(self, draft: Draft, unit: Unit) -> Planned:
        problems = [*draft.problems, *self.problems_of_change(draft, unit)]
        if any(not problem.is_warning for problem in problems):
            return Planned(Outcome.REFUSE, unit.name, problems=problems)
        changes: dict[str, list[Any]] = {}
        for name in (*NAMES, *FACTS):
            if name not in draft.values or (draft.values[name] is None and name in (*NAMES, "code", "kind")):
                continue
            before = unit.kind.code if name == "kind" else getattr(unit, name)
            after = "" if draft.values[name] is None else draft.values[name]
            if before != after:
                changes[name] = [before, after]
        day = draft.values.get("founded_on")
        if day and day != unit.founded_on:
            changes["founded_on"] = [str(unit.founded_on), str(day)]
            shown_day = founding_shown(unit.founded_on)
            problems.append(Problem("founded_corrected", "founded_on", {"day": shown_day}, is_warning=True))
        if not changes:
            return Planned(Outcome.SAME, unit.name, target_id=unit.pk, problems=problems)
        shown_as = {name: [self.word(name, one) for one in pair] for name, pair in changes.items()}
        return Planned(
            Outcome.UPDATE, unit.name, {"facts": changes}, shown_as, unit.pk, unit.version + 1, problems
        )

    def problems_of_change(self, draft: Draft, unit: Unit) -> list[Problem]:
        """Refuse what only a reorganisation may change; letters and marks of the name may be mended."""
        problems = []
        if draft.name and fold(one_line(draft.name)) != fold(unit.name):
            problems.append(Problem("name_differs", "name", {"name": unit.name}))
        if draft.values.get("parent") and draft.above and draft.above.id != unit.parent_id:
            above = self.directory.places.get(unit.parent_id) if unit.parent_id else None
            problems.append(Problem("parent_differs", "parent", {"unit": above.name if above else "—"}))
        founded = draft.values.get("founded_on")
        if founded and founded != unit.founded_on:
            found = problems_of_founding(unit, founded, self.bounds.get(unit.pk, Bounds()))
            problems += [Problem(one.code, "founded_on", told(one.facts)) for one in found]
        if draft.code and draft.code != unit.code and (unit.root_id, draft.code) in self.codes:
            problems.append(Problem("unit_code_outside", "code", {"code": draft.code}))
        return problems

    def word(self, name: str, value: Any) -> str:
        if name == "founded_on":
            return founding_shown(date.fromisoformat(value))
        if isinstance(value, bool):
            return gettext("Có") if value else gettext("Không")
        return str(self.words.get(name, {}).get(value, value))

"""Old honours from a table: each row one honour, rows of one decision written together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.accounts.models import Account
from thidua.exchange.fields import Choice, Field, FieldKind
from thidua.exchange.importers import Given, Planned, Planner, Reference, Staged
from thidua.exchange.models import Import, ImportRow
from thidua.exchange.problems import Problem
from thidua.exchange.references import moved_on
from thidua.honours.catalogue import catalogue, times_of_title
from thidua.honours.models import Honour, HonourEvent
from thidua.honours.permissions import WRITE
from thidua.honours.problems import SENTENCES, HonourRefusedError
from thidua.honours.problems import Problem as HonourProblem
from thidua.honours.services.changing import Grounds, change_state
from thidua.honours.services.entering import (
    Award,
    Recipient,
    doubts_about_powers,
    enter_decision,
    likely_duplicates,
    problems_of_award,
    problems_of_list,
    titles_standing,
)
from thidua.organisations.importing import tell_finished
from thidua.organisations.importing_lines import ActionImporter
from thidua.organisations.importing_lookup import UNIT_SENTENCES, UnitDirectory
from thidua.organisations.importing_person import PERSON_FIELDS, PERSON_SENTENCES, PersonDirectory
from thidua.organisations.models import Person, Unit
from thidua.organisations.permissions import User, scope_of
from thidua.records.days import today

Outcome = ImportRow.Outcome
SYNONYMS = {
    "LDTT": ("LĐTT", "Lao động tiên tiến"),
    "CSTDCS": ("CSTĐCS", "CSTĐ cơ sở", "Chiến sĩ thi đua cơ sở"),
    "CSTDB": ("CSTĐ cấp Bộ", "CSTĐ Bộ", "CSTĐ cấp tỉnh", "CSTĐ ngành", "Chiến sĩ thi đua cấp Bộ"),
    "CSTDTQ": ("CSTĐTQ", "CSTĐ toàn quốc"),
    "TTLDTT": ("TTLĐTT", "Tập thể LĐTT"),
    "TTLDXS": ("TTLĐXS", "Tập thể LĐXS"),
    "CO_BO": ("Cờ thi đua của Bộ", "Cờ thi đua cấp tỉnh", "Cờ thi đua ngành", "Cờ thi đua Bộ"),
    "CO_CP": ("Cờ thi đua Chính phủ", "Cờ Chính phủ"),
    "GIAY_KHEN": ("GK",),
    "BK_BO": (
        "Bằng khen",
        "BK Bộ trưởng",
        "Bằng khen của Bộ trưởng",
        "Bằng khen cấp Bộ",
        "Bằng khen UBND tỉnh",
    ),
    "BK_TTG": ("BK TTg", "Bằng khen Thủ tướng", "Bằng khen của Thủ tướng", "Bằng khen TTCP"),
    "HCLD3": ("HCLĐ hạng Ba", "Huân chương Lao động hạng 3"),
    "HCLD2": ("HCLĐ hạng Nhì", "Huân chương Lao động hạng 2"),
    "HCLD1": ("HCLĐ hạng Nhất", "Huân chương Lao động hạng 1"),
    "KNC": ("Kỷ niệm chương",),
}
FACTS = tuple(one.name for one in fields(Award) if one.name not in {"issuing_unit", "movement_id"})


def award_choices() -> tuple[Choice, ...]:
    return tuple(
        Choice(entry.id, dict(entry.labels)["vi"], (entry.id, *SYNONYMS.get(entry.id, ())))
        for entry in catalogue().values()
    )


def text(name: str, label: Any, synonyms: tuple[str, ...], example: str, **more: Any) -> Field:
    return Field(name, label, synonyms=synonyms, example=example, **more)


def year(name: str, label: Any, synonyms: tuple[str, ...], *, required: bool = False) -> Field:
    return Field(
        name,
        label,
        FieldKind.WHOLE,
        required=required,
        synonyms=synonyms,
        range=(1945, 2100),
        example="2025",
        width=9,
    )


class HonoursImporter(ActionImporter):
    """Old honours of people and collectives."""

    action = WRITE
    target = "honours"
    title = _("Khen thưởng đã có")
    about = _("Danh hiệu, hình thức khen thưởng các năm trước, theo từng quyết định.")
    icon = "award"
    keys = ("staff_code",)
    rows_are_whole = True
    sentences = SENTENCES | UNIT_SENTENCES | PERSON_SENTENCES
    fields = (
        *PERSON_FIELDS,
        Field(
            "collective",
            _("Tập thể"),
            synonyms=("Tên tập thể", "Tập thể được khen"),
            longest=400,
            help=_("Ghi khi khen tập thể; để trống khi khen cá nhân."),
            width=30,
        ),
        Field(
            "award",
            _("Danh hiệu, hình thức"),
            FieldKind.CHOICE,
            required=True,
            synonyms=(
                "Danh hiệu",
                "Hình thức khen thưởng",
                "Danh hiệu/Hình thức",
                "Khen thưởng",
                "Mã danh hiệu",
            ),
            choices=award_choices(),
            example="Chiến sĩ thi đua cơ sở",
            width=34,
        ),
        Field(
            "type",
            _("Loại hình"),
            FieldKind.CHOICE,
            synonyms=("Loại hình khen thưởng",),
            choices=tuple(Choice(kind.value, kind.label) for kind in Honour.Type),
            example="Công trạng",
            width=18,
        ),
        year("period_from", _("Từ năm"), ("Thành tích từ năm",)),
        year("period_to", _("Đến năm"), ("Năm", "Năm khen", "Năm công tác", "Thành tích năm"), required=True),
        text(
            "number",
            _("Số quyết định"),
            ("Số QĐ", "Quyết định số", "QĐ số", "Số, ký hiệu"),
            "140/QĐ-STP",
            required=True,
            longest=80,
        ),
        Field(
            "decided_on",
            _("Ngày quyết định"),
            FieldKind.DAY,
            required=True,
            synonyms=("Ngày QĐ", "Ngày ký", "Ngày ban hành"),
            example="24/12/2025",
            width=14,
        ),
        text(
            "issuer",
            _("Cơ quan ban hành"),
            ("Cơ quan quyết định", "Cấp quyết định", "Cấp khen", "Nơi ban hành"),
            "Sở Tư pháp",
            required=True,
            longest=200,
            width=28,
        ),
        text("signer", _("Người ký"), ("Người ký quyết định",), "Nguyễn Văn Bình", longest=150),
        text("certificate_number", _("Số vào sổ bằng"), ("Số bằng", "Số vào sổ"), "15", longest=60),
        text("movement", _("Phong trào"), ("Chuyên đề", "Phong trào, chuyên đề"), "", longest=300),
        text("note", _("Ghi chú"), ("Chú thích",), "", longest=2_000),
    )

    def planner(self, user: User, options: Mapping[str, Any]) -> Planner:
        del options
        return HonoursPlanner(user)

    def apply(self, user: Account, rows: Sequence[Staged]) -> dict[UUID, list[Problem]]:
        """Write each decision's rows together; a row the service refuses leaves the others in."""
        scope = scope_of(user)
        people = Person.objects.filter(scope.people(WRITE)).in_bulk(ids_in(rows, "person"))
        units = Unit.objects.filter(scope.units(WRITE)).in_bulk(ids_in(rows, "unit"))
        groups: dict[tuple[Any, ...], list[Staged]] = defaultdict(list)
        refused: dict[UUID, list[Problem]] = {}
        for row in rows:
            if recipient_of(row.plan, people, units) is None:
                refused[row.pk] = [Problem("person_not_yours", facts={"name": row.label})]
            else:
                groups[tuple(sorted(row.plan["award"].items()))].append(row)
        for several in groups.values():
            refused |= self.write(user, several, people, units)
        return refused

    def write(
        self,
        user: Account,
        rows: list[Staged],
        people: Mapping[UUID, Person],
        units: Mapping[UUID, Unit],
    ) -> dict[UUID, list[Problem]]:
        """Write rows of one decision and return those refused, by what is wrong with them."""
        award = award_in(rows[0].plan)
        found = [recipient_of(row.plan, people, units) for row in rows]
        recipients = [one for one in found if one]
        wrong = [
            *problems_of_award(award),
            *problems_of_list(award, recipients),
            *titles_standing(award, recipients),  # one may have been entered since the preview
        ]
        refused = {
            row.pk: told
            for place, row in enumerate(rows, start=1)
            if (told := [shared(one) for one in wrong if one.row in {0, place}])
        }
        kept = [(row, one) for row, one in zip(rows, recipients, strict=True) if row.pk not in refused]
        if not kept:
            return refused
        try:
            made = enter_decision(
                user,
                award,
                [one for _row, one in kept],
                source=Honour.Source.IMPORTED,
                although_alike=True,  # the preview showed them; titles that stand are refused above
            )
        except HonourRefusedError as error:
            return refused | {row.pk: [shared(one) for one in error.problems] for row, _one in kept}
        for (row, _one), honour in zip(kept, made, strict=True):
            row.target_id, row.target_version = honour.pk, honour.version
        return refused

    def undo(self, user: Account, rows: Sequence[Staged]) -> dict[UUID, list[Problem]]:
        """Take the honours out of the register; like any other mistaken entry they are kept, marked so."""
        found = Honour.objects.in_bulk([row.target_id for row in rows if row.target_id])
        stayed: dict[UUID, list[Problem]] = {}
        for row in rows:
            honour = found.get(row.target_id) if row.target_id else None
            if honour is None or honour.version != row.target_version:
                stayed[row.pk] = [Problem("kept_changed", is_warning=True)]
                continue
            grounds = Grounds(today(), gettext("Hoàn tác việc nhập từ tệp."))
            change_state(user, honour, HonourEvent.Kind.VOIDED, grounds, version=honour.version)
        return stayed

    def in_the_way(self, rows: QuerySet[ImportRow]) -> list[Reference]:
        changed = moved_on(Honour, rows)
        return [Reference(gettext("lần khen đã được sửa sau khi nhập"), len(changed))] if changed else []

    def finished(self, batch: Import) -> None:
        tell_finished(batch)


class HonoursPlanner(Planner):
    """Finds whom each row honours and whether the register has it already."""

    def __init__(self, user: User) -> None:
        self.people = PersonDirectory(user, WRITE)
        self.units = UnitDirectory(user, WRITE, column="collective")
        self.seen: dict[tuple[Any, ...], int] = {}
        self.titles: dict[tuple[Any, ...], int] = {}

    def plan(self, rows: Sequence[Given]) -> list[Planned]:
        people = self.people.find_all(rows)
        places = Unit.objects.in_bulk(
            [
                place.id
                for row in rows
                if row.values.get("collective") and (place := self.units.find(row.values["collective"]).place)
            ]
        )
        drafts = []
        for row, found in zip(rows, people, strict=True):
            collective = row.values.get("collective")
            if collective:
                where = self.units.find(collective)
                unit = places.get(where.place.id) if where.place else None
                drafts.append(self.drafted(row, None, unit, where.problem))
            else:
                drafts.append(self.drafted(row, found.person, None, found.problem))
        self.compare(drafts)
        for row, (planned, award, one) in zip(rows, drafts, strict=True):
            if award and one and planned.outcome == Outcome.CREATE:
                self.refuse_again(row.number, planned, award, one)
        return [planned for planned, _award, _one in drafts]

    def drafted(
        self, row: Given, person: Person | None, unit: Unit | None, problem: Problem | None
    ) -> tuple[Planned, Award | None, Recipient | None]:
        label = str(person or unit or row.values.get("full_name") or row.values.get("collective") or "")
        problems = [problem] if problem else []
        if row.is_refused or any(not one.is_warning for one in problems) or (person is None and unit is None):
            return Planned(Outcome.REFUSE, label, problems=problems), None, None
        one = Recipient(
            person=person,
            unit=unit,
            certificate_number=row.values.get("certificate_number") or "",
            note=row.values.get("note") or "",
        )
        award = award_of(row.values)
        problems += [shared(wrong) for wrong in problems_of_award(award)]
        key = (*one.key, award.award, award.number, award.decided_on)
        first = self.seen.setdefault(key, row.number)
        if first != row.number:
            problems.append(Problem("twice_in_file", facts={"row": first}))
        plan = {
            "person": str(person.pk) if person else "",
            "unit": str(unit.pk) if unit else "",
            "award": facts_in(award),
            "certificate_number": one.certificate_number,
            "note": one.note,
        }
        if any(not wrong.is_warning for wrong in problems):
            return Planned(Outcome.REFUSE, label, problems=problems), None, None
        return (
            Planned(Outcome.CREATE, f"{label} — {row.values['award']}", plan=plan, problems=problems),
            award,
            one,
        )

    def refuse_again(self, number: int, planned: Planned, award: Award, one: Recipient) -> None:
        """Refuse a row that gives a title for a time for which a row before it does."""
        rows = {self.titles.setdefault((*one.key, *time), number) for time in times_of_title(award)}
        if other := min(rows - {number}, default=None):
            planned.outcome = Outcome.REFUSE
            facts = {"row": other, "name": one.written}
            planned.problems.append(Problem("title_twice_in_file", facts=facts))

    def compare(self, drafts: Sequence[tuple[Planned, Award | None, Recipient | None]]) -> None:
        """Mark what the register holds already; a title twice for a year is refused. Few queries a decision."""
        groups: dict[Award, list[tuple[Planned, Recipient]]] = defaultdict(list)
        for planned, award, one in drafts:
            if award and one:
                groups[award].append((planned, one))
        for award, several in groups.items():
            recipients = [one for _planned, one in several]
            for wrong in problems_of_list(award, recipients):
                planned = several[wrong.row - 1][0]
                planned.outcome = Outcome.SAME if wrong.code == "already_there" else Outcome.REFUSE
                planned.problems.append(shared(wrong, is_warning=wrong.code == "already_there"))
            for warning in likely_duplicates(award, recipients):
                planned = several[warning.row - 1][0]
                if planned.outcome != Outcome.CREATE:
                    continue
                stands = warning.code == "title_stands"
                planned.outcome = Outcome.REFUSE if stands else Outcome.CREATE
                planned.problems.append(shared(warning, is_warning=not stands))
            doubts = [shared(one, is_warning=True) for one in doubts_about_powers(award)]
            for planned, _one in several:
                planned.problems += doubts if planned.outcome == Outcome.CREATE else []


def award_of(values: Mapping[str, Any]) -> Award:
    last = values["period_to"]
    return Award(
        award=values["award"],
        number=values["number"],
        decided_on=values["decided_on"],
        issuer=values["issuer"],
        period_from=values.get("period_from") or last,
        period_to=last,
        type=values.get("type") or Honour.Type.MERIT,
        signer=values.get("signer") or "",
        movement=values.get("movement") or "",
    )


def facts_in(award: Award) -> dict[str, Any]:
    """Return the decision as JSON keeps it."""
    facts = {name: getattr(award, name) for name in FACTS}
    return facts | {"decided_on": award.decided_on.isoformat(), "type": str(award.type)}


def award_in(plan: Mapping[str, Any]) -> Award:
    facts = dict(plan["award"])
    return Award(**facts | {"decided_on": date.fromisoformat(facts["decided_on"])})


def ids_in(rows: Sequence[Staged], name: str) -> set[UUID]:
    return {UUID(row.plan[name]) for row in rows if row.plan[name]}


def recipient_of(
    plan: Mapping[str, Any], people: Mapping[UUID, Person], units: Mapping[UUID, Unit]
) -> Recipient | None:
    """Return who gets it, if the importing user may still write there."""
    person = people.get(UUID(plan["person"])) if plan["person"] else None
    unit = units.get(UUID(plan["unit"])) if plan["unit"] else None
    if person is None and unit is None:
        return None
    return Recipient(
        person=person, unit=unit, certificate_number=plan["certificate_number"], note=plan["note"]
    )


def shared(problem: HonourProblem, *, is_warning: bool = False) -> Problem:
    """Return a problem of the register as the import shows it."""
    return Problem(problem.code, facts=dict(problem.facts), is_warning=is_warning)

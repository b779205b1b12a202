"""Ratings, discipline and leave from a table: one planner, three kinds of rows."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from thidua.accounts.models import Account
from thidua.exchange.fields import Choice, Field, FieldKind
from thidua.exchange.importers import Given, Importer, Planned, Planner, Reference, Staged
from thidua.exchange.models import Import, ImportRow
from thidua.exchange.problems import Problem
from thidua.exchange.references import moved_on
from thidua.organisations.importing import MAKER_UNIT, tell_finished
from thidua.organisations.importing_lookup import UNIT_SENTENCES
from thidua.organisations.importing_person import PERSON_FIELDS, PERSON_SENTENCES, PersonDirectory
from thidua.organisations.models import Discipline, Leave, Person, Rating
from thidua.organisations.permissions import User, scope_of
from thidua.organisations.problems import SENTENCES, PersonChangeRefusedError, shown
from thidua.organisations.services.record_keeping import (
    Absence,
    DecisionFacts,
    Mark,
    Measure,
    problems_of_year,
    record_discipline,
    record_leave,
    remove_dated,
    remove_rating,
    set_ratings,
)
from thidua.records.days import today
from thidua.records.models import ChangedMeanwhileError

Outcome = ImportRow.Outcome

RECORD_SENTENCES: dict[str, str] = {
    "decision_in_part": gettext_noop("Ghi cả số và ngày quyết định, hoặc để trống cả hai."),
    "health_not_yours": gettext_noop("Bạn chưa được giao quyền ghi thời gian nghỉ vì sức khỏe."),
    "rating_differs": gettext_noop("Năm %(year)s đang ghi “%(before)s”; dòng này đổi thành “%(after)s”."),
}

DECISION_FIELDS = (
    Field(
        "decision_number",
        _("Số quyết định"),
        synonyms=("Số QĐ", "Quyết định số", "Số, ký hiệu quyết định", "QĐ"),
        longest=80,
        example="1250/QĐ-STP",
        width=16,
    ),
    Field(
        "decided_on",
        _("Ngày quyết định"),
        FieldKind.DAY,
        synonyms=("Ngày QĐ", "Ngày ký", "Ngày ban hành"),
        example="25/12/2025",
        width=14,
    ),
)

PERIOD_FIELDS = (
    Field(
        "valid_from",
        _("Từ ngày"),
        FieldKind.DAY,
        required=True,
        synonyms=("Ngày bắt đầu", "Có hiệu lực từ ngày", "Bắt đầu", "From"),
        example="01/7/2025",
        width=13,
    ),
    Field(
        "last_day",
        _("Đến hết ngày"),
        FieldKind.DAY,
        synonyms=("Đến ngày", "Ngày kết thúc", "Hết hiệu lực", "Kết thúc", "To"),
        example="31/12/2025",
        width=13,
    ),
)


class NoOptions(forms.Form):
    """Nothing to ask: the file says it all."""


class RecordImporter(Importer):
    """What the three kinds share: a row is about one person and becomes one line of the record."""

    action: ClassVar[str]
    model: ClassVar[type[models.Model]]
    rows: ClassVar[Any]  # the manager of ``model``
    keys = ("staff_code",)
    sentences = SENTENCES | UNIT_SENTENCES | PERSON_SENTENCES | RECORD_SENTENCES

    def may_import(self, user: User) -> bool:
        return scope_of(user).allows_somewhere(self.action)

    def batches(self, user: User) -> Q:
        """Show a file of records to its maker, and to who may write the same records where the maker works."""
        within = scope_of(user).units(self.action, prefix=MAKER_UNIT)
        return (within | Q(by_id=user.pk)) if within else Q()

    def options_form(
        self, user: User, data: Mapping[str, Any] | None = None, initial: Mapping[str, Any] | None = None
    ) -> forms.Form:
        del user
        return NoOptions(data, initial=dict(initial or {}))

    def options(self, form: forms.Form) -> dict[str, Any]:
        del form
        return {}

    def planner(self, user: User, options: Mapping[str, Any]) -> Planner:
        del options
        return RecordPlanner(self, user)

    def in_the_way(self, rows: QuerySet[ImportRow]) -> list[Reference]:
        changed = moved_on(self.model, rows)
        return [Reference(gettext("dòng đã được sửa sau khi nhập"), len(changed))] if changed else []

    def finished(self, batch: Import) -> None:
        tell_finished(batch)

    def apply(self, user: Account, rows: Sequence[Staged]) -> dict[UUID, list[Problem]]:
        allowed = Person.objects.filter(scope_of(user).people(self.action))
        people = allowed.select_related("record_unit").in_bulk({UUID(row.plan["person"]) for row in rows})
        refused: dict[UUID, list[Problem]] = {}
        for row in rows:
            person = people.get(UUID(row.plan["person"]))
            if person is None:
                refused[row.pk] = [Problem("person_not_yours", facts={"name": row.label})]
                continue
            try:
                written = self.write(user, person, row.plan)
            except PersonChangeRefusedError as error:
                refused[row.pk] = [
                    Problem(one.code, facts={k: str(v) for k, v in one.facts.items()})
                    for one in error.problems
                ]
            except ChangedMeanwhileError:
                facts = {"what": row.label, "who": gettext("người khác"), "when": shown(today())}
                refused[row.pk] = [Problem("changed_since_preview", facts=facts)]
            else:
                row.target_id, row.target_version = written.pk, written.version
        return refused

    def undo(self, user: Account, rows: Sequence[Staged]) -> dict[UUID, list[Problem]]:
        found = self.rows.in_bulk([row.target_id for row in rows if row.target_id])
        stayed: dict[UUID, list[Problem]] = {}
        for row in rows:
            target: Any = found.get(row.target_id) if row.target_id else None
            if target is None or target.version != row.target_version:
                stayed[row.pk] = [Problem("kept_changed", is_warning=True)]
            else:
                self.take_back(user, target, row.plan)
        return stayed

    @abstractmethod
    def existing(self, people: Sequence[Person]) -> dict[tuple[Any, ...], Any]:
        """Return what the record of ``people`` holds already, by ``key_of``. One query."""

    @abstractmethod
    def key_of(self, person: Person, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return what two lines about the same thing share."""

    @abstractmethod
    def planned(self, user: User, person: Person, values: Mapping[str, Any], known: Any) -> Planned:
        """Return what becomes of a row that is whole; ``known`` is the line there already, if any."""

    @abstractmethod
    def write(self, user: Account, person: Person, plan: Mapping[str, Any]) -> Any:
        """Write one line. Raises PersonChangeRefusedError, ChangedMeanwhileError."""

    @abstractmethod
    def take_back(self, user: Account, row: Any, plan: Mapping[str, Any]) -> None:
        """Undo ``write``."""


class RecordPlanner(Planner):
    """Finds whom each row means and what is known of them; remembers what the file said before."""

    def __init__(self, importer: RecordImporter, user: User) -> None:
        self.importer, self.user = importer, user
        self.directory = PersonDirectory(user, importer.action)
        self.seen: dict[tuple[Any, ...], int] = {}

    def plan(self, rows: Sequence[Given]) -> list[Planned]:
        found = self.directory.find_all(rows)
        known = self.importer.existing([one.person for one in found if one.person])
        return [
            self.planned(row, one.person, one.problem, known) for row, one in zip(rows, found, strict=True)
        ]

    def planned(
        self, row: Given, person: Person | None, problem: Problem | None, known: Mapping[tuple[Any, ...], Any]
    ) -> Planned:
        label = person.full_name if person else row.values.get("full_name") or ""
        problems = [problem] if problem else []
        if bool(row.values.get("decision_number")) != bool(row.values.get("decided_on")):
            problems.append(Problem("decision_in_part", "decision_number"))
        if person is None or row.is_refused or any(not one.is_warning for one in problems):
            return Planned(Outcome.REFUSE, label, problems=problems)
        key = self.importer.key_of(person, row.values)
        first = self.seen.setdefault(key, row.number)
        if first != row.number:
            twice = Problem("twice_in_file", facts={"row": first})
            return Planned(Outcome.REFUSE, label, problems=[*problems, twice])
        became = self.importer.planned(self.user, person, row.values, known.get(key))
        became.label, became.problems = label, [*problems, *became.problems]
        became.plan = {"person": str(person.pk), **plain(row.values), **became.plan}
        return became


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values a line is made of as JSON keeps them."""
    left_out = {"full_name", "staff_code", "unit"}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if name not in left_out and value is not None
    }


def day_in(plan: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(plan[name]) if plan.get(name) else None


def first_day(plan: Mapping[str, Any]) -> date:
    return date.fromisoformat(plan["valid_from"])


def decision_in(plan: Mapping[str, Any]) -> DecisionFacts | None:
    day = day_in(plan, "decided_on")
    return DecisionFacts(plan["decision_number"], day) if day and plan.get("decision_number") else None


class RatingsImporter(RecordImporter):
    """Yearly ratings of people."""

    target = "ratings"
    title = _("Xếp loại hằng năm")
    about = _("Mức xếp loại của từng người theo năm, kèm quyết định nếu có.")
    icon = "clipboard-list"
    action = "edit_records"
    model, rows = Rating, Rating.objects
    fields = (
        *PERSON_FIELDS,
        Field(
            "year",
            _("Năm"),
            FieldKind.WHOLE,
            required=True,
            synonyms=("Năm xếp loại", "Năm đánh giá", "Year"),
            range=(1990, 2100),
            example="2025",
            width=8,
        ),
        Field(
            "level",
            _("Mức xếp loại"),
            FieldKind.CHOICE,
            required=True,
            synonyms=("Xếp loại", "Kết quả xếp loại", "Kết quả đánh giá", "Đánh giá", "Xếp loại chất lượng"),
            choices=(
                Choice("EXCELLENT", Rating.Level.EXCELLENT.label, ("HTXSNV", "xuất sắc", "HTXS nhiệm vụ")),
                Choice("GOOD", Rating.Level.GOOD.label, ("HTTNV", "tốt", "HTT nhiệm vụ")),
                Choice("COMPLETED", Rating.Level.COMPLETED.label, ("HTNV", "hoàn thành")),
                Choice("FAILED", Rating.Level.FAILED.label, ("KHTNV", "không hoàn thành")),
            ),
            example="Hoàn thành tốt nhiệm vụ",
            width=26,
        ),
        *DECISION_FIELDS,
    )

    def existing(self, people: Sequence[Person]) -> dict[tuple[Any, ...], Any]:
        rows = Rating.objects.filter(person__in=[one.pk for one in people])
        return {(row.person_id, row.year): row for row in rows}

    def key_of(self, person: Person, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return (person.pk, values["year"])

    def planned(self, user: User, person: Person, values: Mapping[str, Any], known: Any) -> Planned:
        del user, person
        wrong = [
            Problem(one.code, "year", {k: str(v) for k, v in one.facts.items()})
            for one in problems_of_year(values["year"])
        ]
        if wrong:
            return Planned(Outcome.REFUSE, problems=wrong)
        if known is None:
            return Planned(Outcome.CREATE, plan={"before": None})
        if known.level == values["level"]:
            return Planned(Outcome.SAME, target_id=known.pk)
        words = [known.get_level_display(), str(Rating.Level(values["level"]).label)]
        facts = {"year": values["year"], "before": words[0], "after": words[1]}
        return Planned(
            Outcome.UPDATE,
            plan={
                "before": known.level,
                "version": known.version,
                "decision_before": str(known.decision_id or ""),
            },
            changes={"level": words},
            target_id=known.pk,
            target_version=known.version + 1,
            problems=[Problem("rating_differs", "level", facts, is_warning=True)],
        )

    def write(self, user: Account, person: Person, plan: Mapping[str, Any]) -> Any:
        mark = Mark(person, plan["level"], plan.get("version"))
        set_ratings(user, plan["year"], [mark], decision_in(plan))
        return Rating.objects.get(person=person, year=plan["year"])

    def take_back(self, user: Account, row: Any, plan: Mapping[str, Any]) -> None:
        if plan["before"] is None:
            remove_rating(user, row, version=row.version)
        else:
            set_ratings(user, row.year, [Mark(row.person, plan["before"], row.version)])
            Rating.objects.filter(pk=row.pk).update(decision=plan["decision_before"] or None)


class DatedImporter(RecordImporter):
    """Lines with a first and a last day; one that is there already stays as it is."""

    kind: ClassVar[str]  # the column that says what the line is

    def existing(self, people: Sequence[Person]) -> dict[tuple[Any, ...], Any]:
        rows = self.rows.filter(person__in=[one.pk for one in people])
        return {(row.person_id, getattr(row, self.kind), row.valid_from): row for row in rows}

    def key_of(self, person: Person, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return (person.pk, values[self.kind], values["valid_from"])

    def planned(self, user: User, person: Person, values: Mapping[str, Any], known: Any) -> Planned:
        del user, person
        last = values.get("last_day")
        if last and last < values["valid_from"]:
            facts = {"last": shown(last), "first": shown(values["valid_from"])}
            return Planned(Outcome.REFUSE, problems=[Problem("ends_before_start", "last_day", facts)])
        return Planned(Outcome.SAME, target_id=known.pk) if known else Planned(Outcome.CREATE)

    def take_back(self, user: Account, row: Any, plan: Mapping[str, Any]) -> None:
        del plan
        remove_dated(user, row, version=row.version)


class DisciplineImporter(DatedImporter):
    """Disciplinary measures, by those with the right of their own."""

    target = "discipline"
    title = _("Kỷ luật")
    about = _("Hình thức kỷ luật và thời gian có hiệu lực. Chỉ người được giao quyền thấy mục này.")
    icon = "gavel"
    action = "edit_sensitive"
    model, rows = Discipline, Discipline.objects
    kind = "level"
    fields = (
        *PERSON_FIELDS,
        Field(
            "level",
            _("Hình thức kỷ luật"),
            FieldKind.CHOICE,
            required=True,
            synonyms=("Kỷ luật", "Hình thức", "Mức kỷ luật"),
            choices=tuple(Choice(level.value, level.label) for level in Discipline.Level),
            example="Khiển trách",
            width=18,
        ),
        *PERIOD_FIELDS,
        *DECISION_FIELDS,
    )

    def planned(self, user: User, person: Person, values: Mapping[str, Any], known: Any) -> Planned:
        if values["valid_from"] > today():
            facts = {"day": shown(values["valid_from"])}
            return Planned(Outcome.REFUSE, problems=[Problem("discipline_to_come", "valid_from", facts)])
        return super().planned(user, person, values, known)

    def write(self, user: Account, person: Person, plan: Mapping[str, Any]) -> Any:
        given = Measure(plan["level"], first_day(plan), day_in(plan, "last_day"), decision_in(plan))
        return record_discipline(user, person, given)


class LeaveImporter(DatedImporter):
    """Leave; what speaks of health needs the right of its own."""

    target = "leave"
    title = _("Thời gian nghỉ, đi học")
    about = _("Nghỉ thai sản, đi học, nghỉ không lương và các thời gian nghỉ khác.")
    icon = "calendar-x"
    action = "edit_records"
    model, rows = Leave, Leave.objects
    kind = "kind"
    fields = (
        *PERSON_FIELDS,
        Field(
            "kind",
            _("Loại nghỉ"),
            FieldKind.CHOICE,
            required=True,
            synonyms=("Loại", "Lý do nghỉ", "Nghỉ", "Lý do"),
            choices=(
                Choice("maternity", Leave.Kind.MATERNITY.label, ("thai sản", "sinh con")),
                Choice("study", Leave.Kind.STUDY.label, ("đi học", "đào tạo", "học tập")),
                Choice("unpaid", Leave.Kind.UNPAID.label, ("không lương", "nghỉ không lương")),
                Choice("sick", Leave.Kind.SICK.label, ("ốm", "ốm đau")),
                Choice("wound", Leave.Kind.WOUND.label, ("bị thương", "điều trị")),
            ),
            example="Nghỉ thai sản",
            width=20,
        ),
        *PERIOD_FIELDS,
        Field(
            "result",
            _("Kết quả học tập"),
            FieldKind.CHOICE,
            synonyms=("Kết quả", "Xếp loại học tập"),
            choices=tuple(Choice(result.value, result.label) for result in Leave.Result),
            example="Khá",
            width=14,
        ),
        *DECISION_FIELDS,
    )

    def batches(self, user: User) -> Q:
        """Show a file of leave, which may speak of health, to its maker and to who may write that."""
        return scope_of(user).units("edit_sensitive", prefix=MAKER_UNIT) | Q(by_id=user.pk)

    def planned(self, user: User, person: Person, values: Mapping[str, Any], known: Any) -> Planned:
        if values["kind"] in Leave.HEALTH and not may_write_health(user, person):
            return Planned(Outcome.REFUSE, problems=[Problem("health_not_yours", "kind")])
        return super().planned(user, person, values, known)

    def write(self, user: Account, person: Person, plan: Mapping[str, Any]) -> Any:
        given = Absence(
            plan["kind"],
            first_day(plan),
            day_in(plan, "last_day"),
            plan.get("result", ""),
            decision_in(plan),
        )
        return record_leave(user, person, given)


def may_write_health(user: User, person: Person) -> bool:
    return bool(person.record_unit and scope_of(user).allows("edit_sensitive", person.record_unit))

"""What tables of ratings, discipline and leave share: a row is about one person and becomes one line of the record."""

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
from thidua.exchange.fields import Field, FieldKind
from thidua.exchange.importers import Given, Importer, Planned, Planner, Reference, Staged
from thidua.exchange.models import Import, ImportRow
from thidua.exchange.problems import Problem
from thidua.exchange.references import moved_on
from thidua.organisations.importing import MAKER_UNIT, has_rights, tell_finished
from thidua.organisations.importing_lookup import UNIT_SENTENCES
from thidua.organisations.importing_person import PERSON_SENTENCES, PersonDirectory
from thidua.organisations.models import Person
from thidua.organisations.permissions import User, scope_of
from thidua.organisations.problems import SENTENCES, PersonChangeRefusedError, shown
from thidua.organisations.services.record_keeping import DecisionFacts
from thidua.records.days import today
from thidua.records.models import ChangedMeanwhileError

Outcome = ImportRow.Outcome
Refusals = dict[UUID, list[Problem]]

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


class ActionImporter(Importer):
    """An import that one action allows, of files that say it all."""

    action: ClassVar[str]

    def rights(self) -> frozenset[str]:
        return frozenset({self.action})

    def may_import(self, user: User) -> bool:
        return has_rights(user, self)

    def batches(self, user: User) -> Q:
        """Show a file to its maker, and to who may write the same where the maker works."""
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


class RecordImporter(ActionImporter):
    """What the three kinds share: a row is about one person and becomes one line of the record."""

    model: ClassVar[type[models.Model]]
    rows: ClassVar[Any]  # the manager of ``model``
    keys = ("staff_code",)
    rows_are_whole = True
    sentences = SENTENCES | UNIT_SENTENCES | PERSON_SENTENCES | RECORD_SENTENCES

    def planner(self, user: User, options: Mapping[str, Any]) -> Planner:
        del options
        return RecordPlanner(self, user)

    def in_the_way(self, rows: QuerySet[ImportRow]) -> list[Reference]:
        changed = moved_on(self.model, rows)
        return [Reference(gettext("dòng đã được sửa sau khi nhập"), len(changed))] if changed else []

    def finished(self, batch: Import) -> None:
        tell_finished(batch)

    def apply(self, user: Account, rows: Sequence[Staged]) -> Refusals:
        allowed = Person.objects.filter(scope_of(user).people(self.action))
        people = allowed.select_related("record_unit").in_bulk({UUID(row.plan["person"]) for row in rows})
        refused: Refusals = {}
        going = []
        for row in rows:
            if person := people.get(UUID(row.plan["person"])):
                going.append((row, person))
            else:
                refused[row.pk] = [Problem("person_not_yours", facts={"name": row.label})]
        return refused | self.write_all(user, going)

    def write_all(self, user: Account, rows: Sequence[tuple[Staged, Person]]) -> Refusals:
        """Write the rows, set what each became, and return why some could not be written."""
        refused: Refusals = {}
        for row, person in rows:
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

    def undo(self, user: Account, rows: Sequence[Staged]) -> Refusals:
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

"""Ratings, discipline and leave from a table."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thidua.accounts.models import Account
from thidua.exchange.fields import Choice, Field, FieldKind
from thidua.exchange.importers import Planned, Staged
from thidua.exchange.models import ImportRow
from thidua.exchange.problems import Problem
from thidua.organisations.importing import MAKER_UNIT
from thidua.organisations.importing_lines import (
    DECISION_FIELDS,
    PERIOD_FIELDS,
    RecordImporter,
    Refusals,
    day_in,
    decision_in,
    first_day,
)
from thidua.organisations.importing_person import PERSON_FIELDS
from thidua.organisations.models import Discipline, Leave, Person, Rating
from thidua.organisations.permissions import User, scope_of
from thidua.organisations.problems import PersonChangeRefusedError, shown
from thidua.organisations.services.record_keeping import (
    Absence,
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

    def write_all(self, user: Account, rows: Sequence[tuple[Staged, Person]]) -> Refusals:
        """Write the rows of one year and decision together; where one of them no longer fits, one by one."""
        groups: dict[tuple[Any, ...], list[tuple[Staged, Person]]] = {}
        for row, person in rows:
            of_decision = (row.plan.get("decision_number"), row.plan.get("decided_on"))
            groups.setdefault((row.plan["year"], *of_decision), []).append((row, person))
        refused: Refusals = {}
        for several in groups.values():
            try:
                with transaction.atomic():
                    self.write_together(user, several)
            except (PersonChangeRefusedError, ChangedMeanwhileError):
                refused |= super().write_all(user, several)
        return refused

    def write_together(self, user: Account, rows: Sequence[tuple[Staged, Person]]) -> None:
        plan = rows[0][0].plan
        marks = [Mark(person, row.plan["level"], row.plan.get("version")) for row, person in rows]
        set_ratings(user, plan["year"], marks, decision_in(plan))
        written = Rating.objects.filter(person__in=[person for _row, person in rows], year=plan["year"])
        by_person = {rating.person_id: rating for rating in written}
        for row, person in rows:
            row.target_id, row.target_version = by_person[person.pk].pk, by_person[person.pk].version

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

"""Registrations from a table: each row one award one person or collective strives for in a year."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.accounts.models import Account
from thidua.exchange.fields import Field, FieldKind
from thidua.exchange.importers import Given, Planned, Planner, Reference, Staged
from thidua.exchange.models import Import, ImportRow
from thidua.exchange.problems import Problem
from thidua.exchange.references import moved_on
from thidua.honours.catalogue import label_of
from thidua.honours.importing import award_choices
from thidua.movements.importing_options import RegistrationsOptionsForm, lines_of_options, options_of
from thidua.movements.models import Registration, RegistrationEntry
from thidua.movements.registering import EDITABLE
from thidua.movements.registration_permissions import ACTION
from thidua.movements.registration_problems import SENTENCES, RegistrationRefusedError
from thidua.movements.selectors.registrations import speakers_for
from thidua.movements.services.registering import (
    Line,
    add,
    give_back,
    known_on,
    problems_of_line,
    problems_of_year,
    remove,
    sheet_to_write,
)
from thidua.organisations.importing import tell_finished
from thidua.organisations.importing_lines import ActionImporter, Refusals
from thidua.organisations.importing_lookup import UNIT_SENTENCES, UnitDirectory
from thidua.organisations.importing_person import PERSON_FIELDS, PERSON_SENTENCES, PersonDirectory
from thidua.organisations.models import Person, Unit
from thidua.organisations.permissions import User, scope_of
from thidua.organisations.problems import shown
from thidua.records import refusals
from thidua.records.days import today

Outcome = ImportRow.Outcome
Subject = Person | Unit
Known = Mapping[tuple[UUID, int, UUID | None, str], bool]
"""What stands on sheets already, by unit, year, subject and award, and whether it is but a wish."""


class RegistrationsImporter(ActionImporter):
    """What people and collectives strive for in a year."""

    action = ACTION
    target = "registrations"
    title = _("Đăng ký thi đua")
    about = _("Danh hiệu, hình thức khen thưởng mà cá nhân, tập thể đăng ký trong năm.")
    icon = "clipboard-list"
    keys = ("staff_code",)
    rows_are_whole = True
    sentences = SENTENCES | UNIT_SENTENCES | PERSON_SENTENCES
    fields = (
        *PERSON_FIELDS,
        Field(
            "collective",
            _("Tập thể"),
            synonyms=("Tên tập thể", "Tập thể đăng ký"),
            longest=400,
            help=_("Ghi khi tập thể đăng ký; để trống khi cá nhân đăng ký."),
            width=30,
        ),
        Field(
            "award",
            _("Danh hiệu, hình thức đăng ký"),
            FieldKind.CHOICE,
            required=True,
            synonyms=(
                "Danh hiệu đăng ký",
                "Danh hiệu",
                "Hình thức khen thưởng",
                "Danh hiệu, hình thức",
                "Đăng ký",
                "Danh hiệu thi đua",
            ),
            choices=award_choices(),
            example="Lao động tiên tiến",
            width=34,
        ),
        Field(
            "year",
            _("Năm"),
            FieldKind.WHOLE,
            synonyms=("Năm đăng ký",),
            range=(2000, 2100),
            help=_("Để trống: năm chọn khi nhập, thường là năm nay."),
            example="2026",
            width=9,
        ),
        Field("note", _("Ghi chú"), synonyms=("Chú thích",), longest=300),
    )

    def options_form(
        self, user: User, data: Mapping[str, Any] | None = None, initial: Mapping[str, Any] | None = None
    ) -> forms.Form:
        kept = Unit.objects.filter(scope_of(user).units(ACTION)).existing(today())
        begun = dict(initial or {})
        if isinstance(begun.get("unit"), str):
            begun["unit"] = unit_named(kept, begun["unit"])
        return RegistrationsOptionsForm(data, initial=begun, units=kept)

    def options(self, form: forms.Form) -> dict[str, Any]:
        return options_of(form.cleaned_data)

    def options_shown(self, options: Mapping[str, Any]) -> list[tuple[str, str]]:
        return lines_of_options(options)

    def planner(self, user: User, options: Mapping[str, Any]) -> Planner:
        return RegistrationsPlanner(user, options)

    def apply(self, user: Account, rows: Sequence[Staged]) -> Refusals:
        """Put the rows of each sheet on it together; a sheet that went out meanwhile refuses its rows."""
        units = Unit.objects.filter(scope_of(user).units(ACTION)).select_related("parent")
        known = units.in_bulk(ids_in(rows, "sheet"))
        people = Person.objects.select_related("unit").in_bulk(ids_in(rows, "person"))
        collectives = Unit.objects.in_bulk(ids_in(rows, "unit"))
        groups: dict[tuple[UUID, int], list[tuple[Staged, Line]]] = defaultdict(list)
        refused: Refusals = {}
        for row in rows:
            plan = row.plan
            subject = people.get(as_id(plan["person"])) or collectives.get(as_id(plan["unit"]))
            if subject is None or UUID(plan["sheet"]) not in known:
                refused[row.pk] = [Problem("person_not_yours", facts={"name": row.label})]
            else:
                line = Line(subject, plan["award"], plan["note"])
                groups[UUID(plan["sheet"]), plan["year"]].append((row, line))
        for (unit, year), several in groups.items():
            refused |= self.write(user, known[unit], year, several)
        return refused

    def write(self, user: Account, unit: Unit, year: int, several: Sequence[tuple[Staged, Line]]) -> Refusals:
        """Write the rows of one sheet and set what each became; what stands otherwise than previewed is refused."""
        refused = {row.pk: wrong for row, line in several if (wrong := wrong_with(unit, line))}
        sound = [(row, line) for row, line in several if row.pk not in refused]
        if not sound:
            return refused
        try:
            sheet = sheet_to_write(user, unit, year)
            known = known_on(sheet)
            refused |= {row.pk: [changed(row)] for row, line in sound if is_changed(row, known.get(line.key))}
            going = [(row, line) for row, line in sound if row.pk not in refused]
            if going:
                add(user, unit, year, [line for _row, line in going])
        except RegistrationRefusedError as error:
            told = [shared(one) for one in error.problems]
            return refused | {row.pk: told for row, _line in sound}
        written = known_on(sheet)
        for row, line in going:
            entry = written[line.key]
            row.target_id, row.target_version = entry.pk, entry.version
        return refused

    def undo(self, user: Account, rows: Sequence[Staged]) -> Refusals:
        """Take the lines off again; those of a sheet that went out stay, and a wish is a wish again."""
        found = RegistrationEntry.objects.select_related("registration__unit").in_bulk(
            [row.target_id for row in rows if row.target_id]
        )
        stayed: Refusals = {}
        sheets: dict[Registration, list[Staged]] = defaultdict(list)
        for row in rows:
            if entry := found.get(row.target_id) if row.target_id else None:
                sheets[entry.registration].append(row)
            else:
                stayed[row.pk] = [kept()]
        for sheet, several in sheets.items():
            try:
                take_off(user, sheet, several)
            except RegistrationRefusedError:
                stayed |= {row.pk: [kept()] for row in several}
        return stayed

    def in_the_way(self, rows: QuerySet[ImportRow]) -> list[Reference]:
        """Return what hinders an undo: lines that are gone, and sheets that were handed in."""
        changed = moved_on(RegistrationEntry, rows)
        ids = rows.order_by().values("target_id")
        out = Registration.objects.filter(entries__in=ids).exclude(state__in=EDITABLE).distinct()
        found = [Reference(gettext("dòng đã được bỏ sau khi nhập"), len(changed))] if changed else []
        if number := out.count():
            names = tuple(str(sheet) for sheet in out.select_related("unit")[:3])
            found.append(Reference(gettext("bản đăng ký đã gửi"), number, names))
        return found

    def finished(self, batch: Import) -> None:
        tell_finished(batch)


def unit_named(units: QuerySet[Unit], pk: str) -> Unit | None:
    """Return the unit an address names, where it is one of ``units``."""
    try:
        return units.filter(pk=UUID(pk)).first()
    except ValueError:
        return None


def wrong_with(unit: Unit, line: Line) -> list[Problem]:
    return [shared(one) for one in problems_of_line(unit, line)]


def shared(problem: refusals.Problem) -> Problem:
    """Return the problem as imports keep it."""
    return Problem(problem.code, facts=dict(problem.facts))


def is_changed(row: Staged, known: RegistrationEntry | None) -> bool:
    """Say whether the sheet holds something else now than the preview saw: a wish, or nothing."""
    return bool(known) != row.plan["was_wish"] or (known is not None and not known.is_wish)


def changed(row: Staged) -> Problem:
    facts = {"what": row.label, "who": gettext("người khác"), "when": shown(today())}
    return Problem("changed_since_preview", facts=facts)


def kept() -> Problem:
    return Problem("kept_changed", is_warning=True)


def take_off(user: Account, sheet: Registration, rows: Sequence[Staged]) -> None:
    """Take back what the rows became. Raises RegistrationRefusedError where the sheet went out."""
    wishes = [row.target for row in rows if row.plan["was_wish"]]
    lines = [row.target for row in rows if not row.plan["was_wish"]]
    if wishes:
        give_back(user, sheet, wishes)
    if lines:
        remove(user, sheet, lines)


def as_id(text: str) -> UUID:
    return UUID(text) if text else UUID(int=0)


def ids_in(rows: Sequence[Staged], name: str) -> set[UUID]:
    return {UUID(row.plan[name]) for row in rows if row.plan[name]}


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a row means, or why none is certain."""

    subject: Subject | None
    problem: Problem | None = None

    @property
    def unit(self) -> Unit | None:
        return self.subject.unit if isinstance(self.subject, Person) else self.subject


class RegistrationsPlanner(Planner):
    """Finds whom each row means, on which sheet it belongs, and whether it stands there already."""

    def __init__(self, user: User, options: Mapping[str, Any]) -> None:
        self.scope = scope_of(user)
        self.sheet_asked = options.get("unit", "")
        self.sheet_name = options.get("unit_name", "")
        self.year = options.get("year") or today().year
        self.people = PersonDirectory(user, ACTION)
        self.units = UnitDirectory(user, ACTION, column="collective")
        self.seen: dict[tuple[Any, ...], int] = {}

    def plan(self, rows: Sequence[Given]) -> list[Planned]:
        meant = self.meant(rows)
        years = [row.values.get("year") or self.year for row in rows]
        sheets = speakers_for({(one.unit, year) for one, year in zip(meant, years, strict=True) if one.unit})
        known = standing(sheets.values())
        asked = zip(rows, meant, years, strict=True)
        return [self.planned(row, one, year, sheets, known) for row, one, year in asked]

    def meant(self, rows: Sequence[Given]) -> list[Meant]:
        people = self.people.find_all(rows)
        named = [row.values.get("collective") for row in rows]
        found = [self.units.find(name) if name else None for name in named]
        units = Unit.objects.in_bulk([one.place.id for one in found if one and one.place])
        return [
            Meant(units.get(place.place.id) if place.place else None, place.problem)
            if place
            else Meant(person.person, person.problem)
            for place, person in zip(found, people, strict=True)
        ]

    def planned(
        self, row: Given, one: Meant, year: int, sheets: Mapping[tuple[UUID, int], Unit], known: Known
    ) -> Planned:
        subject, unit = one.subject, one.unit
        label = str(subject or row.values.get("collective") or row.values.get("full_name") or "")
        problems = [one.problem] if one.problem else []
        if subject is None or row.is_refused or any(not wrong.is_warning for wrong in problems):
            return Planned(Outcome.REFUSE, label, problems=problems)
        sheet = sheets.get((unit.pk, year)) if unit else None
        if sheet is None or not self.scope.allows(ACTION, sheet):
            wrong = Problem("subject_gone", facts={"name": label})
            if sheet:
                wrong = Problem("unit_not_yours", facts={"unit": sheet.name})
            return Planned(Outcome.REFUSE, label, problems=[*problems, wrong])
        if self.sheet_asked and str(sheet.pk) != self.sheet_asked:
            facts = {"name": label, "unit": self.sheet_name, "other": sheet.name}
            return Planned(Outcome.REFUSE, label, problems=[*problems, Problem("other_sheet", facts=facts)])
        line = Line(subject, row.values["award"], row.values.get("note") or "")
        return self.compared(row, label, line, sheet, year, known, problems)

    def compared(
        self,
        row: Given,
        label: str,
        line: Line,
        sheet: Unit,
        year: int,
        known: Known,
        problems: list[Problem],
    ) -> Planned:
        problems += [shared(one) for one in problems_of_year(year)] + wrong_with(sheet, line)
        key = (sheet.pk, year, *line.key)
        first = self.seen.setdefault(key, row.number)
        if first != row.number:
            problems.append(Problem("twice_in_file", facts={"row": first}))
        told = f"{label} — {label_of(line.award)}, {year}"
        if any(not one.is_warning for one in problems):
            return Planned(Outcome.REFUSE, told, problems=problems)
        is_person = isinstance(line.subject, Person)
        plan = {
            "person": str(line.subject.pk) if is_person else "",
            "unit": "" if is_person else str(line.subject.pk),
            "sheet": str(sheet.pk),
            "year": year,
            "award": line.award,
            "note": line.note,
            "was_wish": bool(known.get(key)),
        }
        same = known.get(key) is False
        return Planned(Outcome.SAME if same else Outcome.CREATE, told, plan=plan, problems=problems)


def standing(sheets: Any) -> Known:
    rows = RegistrationEntry.objects.filter(Q(registration__unit__in={one.pk for one in sheets}))
    found = rows.values_list(
        "registration__unit", "registration__year", "person_id", "collective_id", "award", "is_wish"
    )
    return {
        (unit, year, person or collective, award): is_wish
        for unit, year, person, collective, award, is_wish in found
    }

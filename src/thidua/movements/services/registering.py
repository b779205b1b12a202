"""A unit's registration sheet: lines put in and taken out, and its way to who stands above."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thidua.accounts.models import Account
from thidua.audit.services import record
from thidua.core.text.normal import one_line
from thidua.honours.catalogue import catalogue, label_of
from thidua.movements.models import (
    Movement,
    Participation,
    Registration,
    RegistrationEntry,
    RegistrationEvent,
)
from thidua.movements.registering import EDITABLE, STEPS, years_open
from thidua.movements.registration_problems import Problem, RegistrationRefusedError
from thidua.movements.selectors.registrations import movements_for
from thidua.movements.services.launching import NotNextError, advance
from thidua.movements.services.registration_gaps import is_gone, problems_before_sending
from thidua.movements.services.registration_notices import tell_above, tell_unit
from thidua.organisations.models import Person, Unit
from thidua.organisations.selectors.succession import endings_of
from thidua.records.days import today

State = Registration.State
MOST_LINES = 5_000


@dataclass(frozen=True, slots=True)
class Line:
    """One award one subject is to strive for."""

    subject: Person | Unit
    award: str
    note: str = ""

    @property
    def kind(self) -> str:
        return "individual" if isinstance(self.subject, Person) else "collective"

    @property
    def key(self) -> tuple[UUID, str]:
        return self.subject.pk, self.award


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the lines given: rows made, wishes taken in, and how many stood there before."""

    made: tuple[RegistrationEntry, ...]
    taken_in: int
    known: int


# -- the sheet -----------------------------------------------------------------------------------------


def problems_of_year(year: int) -> list[Problem]:
    years = years_open(today())
    facts = {"year": year, "first": years[0], "last": years[-1]}
    return [] if year in years else [Problem("year_out_of_range", facts)]


def problems_of_ended(unit: Unit) -> list[Problem]:
    """Return why a unit that is no more begins no sheet, with who registers in its place."""
    if unit.exists_on(today()) or unit.dissolved_on is None:
        return []
    ending = endings_of({unit.pk: unit.dissolved_on}, today())[unit.pk]
    heirs = "; ".join(one.name for one in ending.heirs)
    return [Problem("unit_ended_with_heirs" if heirs else "unit_ended", {"unit": unit.name, "heirs": heirs})]


@transaction.atomic
def sheet_to_write(actor: Account | None, unit: Unit, year: int) -> Registration:
    """Return the unit's sheet of the year, locked; begun where there is none yet.

    Raises RegistrationRefusedError when the year is out of range, the sheet is handed in, or the unit ended before it
    had one.
    """
    if problems := problems_of_year(year):
        raise RegistrationRefusedError(problems)
    known = Registration.objects.filter(unit=unit, year=year).first()
    if known is None and (ended := problems_of_ended(unit)):
        raise RegistrationRefusedError(ended)
    known, made = Registration.objects.get_or_create(
        unit=unit, year=year, defaults={"root_id": unit.root_id, "movement": only_movement(unit, year)}
    )
    if made:
        note(actor, known, "start")
        record(actor, "registration.started", known)
    sheet = Registration.take(known.pk)
    if sheet.state not in EDITABLE:
        raise RegistrationRefusedError([Problem("locked", {"state": sheet.get_state_display()})])
    return sheet


def only_movement(unit: Unit, year: int) -> Movement | None:
    """Return the movement the sheet plainly answers to: the only one the unit takes part in that year."""
    found = movements_for(unit, year)
    return found[0] if len(found) == 1 else None


def note(actor: Account | None, sheet: Registration, act: str, words: str = "") -> RegistrationEvent:
    """Write down the step the sheet has just made."""
    return RegistrationEvent.objects.create(
        registration=sheet,
        act=act,
        state=sheet.state,
        note=words,
        by=actor,
        by_name=actor.get_full_name() if actor else "",
    )


@transaction.atomic
def set_movement(
    actor: Account | None, sheet: Registration, movement: Movement | None, *, version: int | None = None
) -> Registration:
    """Say which movement the sheet answers to. Raises RegistrationRefusedError, ChangedMeanwhileError."""
    row = Registration.take(sheet.pk, version=version)
    problems = [] if row.state in EDITABLE else [Problem("locked", {"state": row.get_state_display()})]
    if movement and movement not in movements_for(row.unit, row.year):
        problems.append(Problem("movement_elsewhere", {"unit": row.unit.name, "movement": movement.name}))
    if problems:
        raise RegistrationRefusedError(problems)
    row.movement = movement
    row.save()
    record(actor, "registration.movement_set", row, details={"movement": str(movement or "")})
    return row


# -- lines ---------------------------------------------------------------------------------------------


@transaction.atomic
def add(
    actor: Account | None, unit: Unit, year: int, lines: Sequence[Line], *, although_known: bool = False
) -> Added:
    """Put ``lines`` on the unit's sheet; a wish for the same is taken in instead.

    ``although_known`` passes over what stands there already, as bulk entries do.

    Raises RegistrationRefusedError with everything found.
    """
    sheet = sheet_to_write(actor, unit, year)
    known = known_on(sheet)
    problems = list(problems_of(unit, lines))
    if not although_known:
        problems += twice(lines, {key for key, entry in known.items() if not entry.is_wish})
    if problems:
        raise RegistrationRefusedError(problems)
    fresh = {line.key: line for line in lines if line.key not in known}
    wished = {entry.pk for line in lines if (entry := known.get(line.key)) and entry.is_wish}
    made = write(sheet, fresh.values())
    settle_wishes(sheet, wished)
    sheet.save()
    record(actor, "registration.added", sheet, details={"lines": [told(one) for one in fresh.values()]})
    return Added(tuple(made), len(wished), len(lines) - len(made) - len(wished))


def known_on(sheet: Registration) -> dict[tuple[UUID | None, str], RegistrationEntry]:
    return {(entry.person_id or entry.collective_id, entry.award): entry for entry in sheet.entries.all()}


def write(sheet: Registration, lines: Iterable[Line], *, is_wish: bool = False) -> list[RegistrationEntry]:
    return RegistrationEntry.objects.bulk_create(
        [entry_of(sheet, line, is_wish=is_wish) for line in lines], batch_size=500
    )


def entry_of(sheet: Registration, line: Line, *, is_wish: bool = False) -> RegistrationEntry:
    subject = line.subject
    person = subject if isinstance(subject, Person) else None
    return RegistrationEntry(
        registration=sheet,
        person=person,
        collective=None if isinstance(subject, Person) else subject,
        award=line.award,
        note=one_line(line.note)[:300],
        is_wish=is_wish,
        name=str(subject)[:250],
        position=person.position if person else "",
        folded=subject.folded,
        marked=subject.marked,
        sort_key=subject.sort_key,
    )


def told(line: Line) -> str:
    return f"{line.subject}: {line.award}"


def problems_of(unit: Unit, lines: Sequence[Line]) -> Iterator[Problem]:
    """Yield what is wrong with the lines themselves: award, kind of subject, place."""
    if len(lines) > MOST_LINES:
        yield Problem("too_many", {"most": MOST_LINES})
        return
    for line in lines:
        yield from problems_of_line(unit, line)


def problems_of_line(unit: Unit, line: Line) -> Iterator[Problem]:
    entry = catalogue().get(line.award)
    name = str(line.subject)
    if entry is None:
        yield Problem("award_unknown", {"award": line.award})
    elif line.kind not in entry.subjects:
        facts = {"award": entry.label, "kind": kind_named(line.kind), "name": name}
        yield Problem("award_not_for_kind", facts)
    if is_gone(line.subject):
        yield Problem("subject_gone", {"name": name})
    elif not belongs(line.subject, unit):
        yield Problem("subject_outside", {"name": name, "unit": unit.name})


def kind_named(kind: str) -> str:
    return _("cá nhân") if kind == "individual" else _("tập thể")


def belongs(subject: Person | Unit, unit: Unit) -> bool:
    where = subject.unit if isinstance(subject, Person) else subject
    return where is not None and unit.contains(where)


def twice(lines: Sequence[Line], known: Collection[tuple[UUID | None, str]]) -> Iterator[Problem]:
    seen = set(known)
    for line in lines:
        if line.key in seen:
            yield Problem("already_there", {"name": str(line.subject), "award": label_of(line.award)})
        seen.add(line.key)


@transaction.atomic
def remove(
    actor: Account | None, sheet: Registration, ids: Collection[UUID], *, version: int | None = None
) -> int:
    """Take lines, wishes among them, off the sheet; return how many were there.

    Raises RegistrationRefusedError, ChangedMeanwhileError.
    """
    row = open_sheet(sheet, version)
    entries = list(row.entries.filter(pk__in=ids))
    row.entries.filter(pk__in=[entry.pk for entry in entries]).delete()
    row.save()
    details = {"lines": [f"{entry.name}: {entry.award}" for entry in entries]}
    record(actor, "registration.removed", row, details=details)
    return len(entries)


def open_sheet(sheet: Registration, version: int | None) -> Registration:
    row = Registration.take(sheet.pk, version=version)
    if row.state not in EDITABLE:
        raise RegistrationRefusedError([Problem("locked", {"state": row.get_state_display()})])
    return row


@transaction.atomic
def take_in(
    actor: Account | None, sheet: Registration, ids: Collection[UUID], *, version: int | None = None
) -> int:
    """Make wishes of people lines of the unit; return how many. Raises as ``remove`` does."""
    row = open_sheet(sheet, version)
    number = settle_wishes(row, ids)
    row.save()
    record(actor, "registration.wishes_taken_in", row, details={"number": number})
    return number


@transaction.atomic
def give_back(actor: Account | None, sheet: Registration, ids: Collection[UUID]) -> int:
    """Make lines that were taken in wishes of their people again. Raises as ``remove`` does."""
    row = open_sheet(sheet, None)
    number = row.entries.filter(pk__in=list(ids)).update(is_wish=True)
    row.save()
    record(actor, "registration.wishes_given_back", row, details={"number": number})
    return number


def settle_wishes(sheet: Registration, ids: Collection[UUID]) -> int:
    return sheet.entries.filter(pk__in=list(ids), is_wish=True).update(is_wish=False)


# -- steps ---------------------------------------------------------------------------------------------


def nothing_amiss(_sheet: Registration) -> Iterable[Problem]:
    return ()


def take(
    sheet: Registration,
    act: str,
    version: int | None,
    look: Callable[[Registration], Iterable[Problem]] = nothing_amiss,
) -> Registration:
    """Lock the sheet for ``act``, then ``look`` what is in the way.

    Raises ChangedMeanwhileError, RegistrationRefusedError.
    """
    row = Registration.take(sheet.pk, version=version)
    found = list(look(row))
    if row.state not in STEPS[act].sources:
        found.insert(0, Problem("wrong_state", {"state": row.get_state_display()}))
    if found:
        raise RegistrationRefusedError(found)
    row.state, row.reason = STEPS[act].target, ""
    return row


def keep(actor: Account | None, row: Registration, act: str, words: str = "") -> Registration:
    row.save()
    note(actor, row, act, words)
    record(actor, f"registration.{act}", row, details={"note": words} if words else None)
    return row


@transaction.atomic
def send(actor: Account | None, sheet: Registration, *, version: int | None = None) -> Registration:
    """Hand the sheet to who stands above; where it answers to a movement, the unit's step there is reached.

    Raises RegistrationRefusedError with all that is missing, ChangedMeanwhileError.
    """
    row = take(sheet, "send", version, problems_before_sending)
    row.sent_at = timezone.now()
    keep(actor, row, "send")
    reach_step(actor, row)
    tell_above(row)
    return row


def reach_step(actor: Account | None, sheet: Registration) -> None:
    """Note on the board of the movement that the unit registered; one that stands there or further stays."""
    part = Participation.objects.filter(
        unit=sheet.unit_id, movement=sheet.movement_id, is_visible=True, movement__isnull=False
    ).first()
    if part is None or part.movement.status != Movement.Status.LAUNCHED:
        return
    try:
        advance(part.pk, Participation.State.REGISTERED, on=today(), by=actor)
    except NotNextError:
        return


@transaction.atomic
def take_back(actor: Account | None, sheet: Registration, *, version: int | None = None) -> Registration:
    """Take a sent sheet back to mend it, as the unit. Raises as ``send`` does."""
    return keep(actor, take(sheet, "take_back", version), "take_back")


@transaction.atomic
def accept(actor: Account | None, sheet: Registration, *, version: int | None = None) -> Registration:
    """Take the sheet, as who stands above. Raises as ``send`` does."""
    row = keep(actor, take(sheet, "accept", version), "accept")
    tell_unit(row)
    return row


@transaction.atomic
def send_back(
    actor: Account | None, sheet: Registration, reason: str, *, version: int | None = None
) -> Registration:
    """Return the sheet with what is missing, as who stands above. Raises as ``send`` does."""
    words = reason.strip()
    row = take(sheet, "return", version, lambda _row: [] if words else [Problem("reason_missing")])
    row.reason = words
    keep(actor, row, "return", words)
    tell_unit(row)
    return row

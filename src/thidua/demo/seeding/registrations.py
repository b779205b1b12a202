"""Writes what units and people registered, last year and this, in bulk, by the columns the services would fill."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from thidua.audit.services import record
from thidua.demo.chance import Chance
from thidua.demo.seeding.clock import moment_of, standing_at
from thidua.exchange.bulk import insert
from thidua.movements.models import Registration, RegistrationEntry, RegistrationEvent
from thidua.movements.selectors.registrations import speaker_of
from thidua.movements.services.registering import Line, entry_of
from thidua.organisations.models import Person, Post, Unit
from thidua.records.days import today

SEED = 11
LIVE_UNIT = "STP-LAO-CAI"  # its sheet of this year is still with it, for whoever tries the demonstration
NEVER, LATE, RETURNED, TAKEN = 0.08, 0.05, 0.02, 0.85
OUTSIDERS = (Post.StaffKind.OUTSIDER,)
State = Registration.State
Act = tuple[datetime, str, str, str]
"""When, what was done, the state it led to, and the words that went with it."""


@dataclass(slots=True)
class Sheet:
    """One sheet to be written with all that happened to it."""

    unit: Unit
    year: int
    lines: list[Line]
    acts: list[Act]
    wishes: list[Line] = field(default_factory=list)


def seed_registrations(say: Callable[[str], object]) -> None:
    """Write last year's sheets, nearly all taken, and this year's as far as the year has come."""
    lots, this_year = Chance(SEED), today().year
    speaking = lines_by_unit(lots)
    with transaction.atomic():
        sheets = [
            sheet
            for year in (this_year - 1, this_year)
            for unit, lines in speaking.items()
            if (sheet := sheet_of(unit, year, lines, lots))
        ]
        write(sheets)
        note_bulk(sheets)
    say(f"Đã lập {len(sheets)} bản đăng ký thi đua.")


def lines_by_unit(lots: Chance) -> dict[Unit, list[Line]]:
    """Return what each unit that speaks for itself strives for: its people, its small collectives, itself."""
    units = {unit.path: unit for unit in Unit.objects.existing(today()).select_related("parent")}
    found: dict[Unit, list[Line]] = defaultdict(list)
    for unit in units.values():
        speaker = speaker_of(unit, units)
        if speaker.parent_id:
            found[speaker] += collective_lines(unit, lots)
    people = Person.objects.filter(unit__isnull=False).exclude(staff_kind__in=OUTSIDERS)
    leading = set(Post.objects.on(today()).filter(is_manager=True).values_list("person_id", flat=True))
    for person in people.select_related("unit").order_by("sort_key", "pk"):
        above = speaker_of(units[person.unit.path], units) if person.unit else None
        if above and above.parent_id:
            found[above] += person_lines(person, lots, leads=person.pk in leading)
    return found


def collective_lines(unit: Unit, lots: Chance) -> Iterator[Line]:
    if unit.is_small_collective:
        yield Line(unit, "TTLDTT")
        if lots.happens(0.3):
            yield Line(unit, "TTLDXS")
        return
    yield Line(unit, "TTLDXS")
    if lots.happens(0.25):
        yield Line(unit, "CO_BO", "Đơn vị dẫn đầu Cụm, Khối")
    if lots.happens(0.2):
        yield Line(unit, "BK_BO")


def person_lines(person: Person, lots: Chance, *, leads: bool) -> Iterator[Line]:
    if lots.happens(0.97):
        yield Line(person, "LDTT")
    if lots.happens(0.45 if leads else 0.14):
        yield Line(person, "CSTDCS")
    if lots.happens(0.05 if leads else 0.01):
        yield Line(person, "CSTDB")
    if lots.happens(0.04):
        yield Line(person, "BK_BO")


def sheet_of(unit: Unit, year: int, lines: list[Line], lots: Chance) -> Sheet | None:
    """Return the sheet as far as it had come by today; None where the unit has not begun."""
    first = date(year, 1, 8) + timedelta(days=lots.whole(0, 25))
    sent = first + timedelta(days=lots.whole(2, 20))
    taken = sent + timedelta(days=lots.whole(2, 14))
    lot, second = lots.between(0, 1), lots.between(0, 1)
    is_live = unit.code == LIVE_UNIT and year == today().year
    if first > today() or (lot < NEVER and not is_live):
        return None
    acts: list[Act] = [(moment_of(first, 9), "start", State.DRAFT, "")]
    if is_live:
        mine = [line for line in lines if isinstance(line.subject, Person)]
        rest = [line for line in lines if line not in mine[-3:]]
        return Sheet(unit, year, rest, acts, mine[-3:])
    if sent <= today() and (lot > NEVER + LATE or year < today().year):
        acts.append((moment_of(sent, 14), "send", State.SENT, ""))
        if taken <= today() and (second < TAKEN or year < today().year):
            acts.append((moment_of(taken, 10), "accept", State.ACCEPTED, ""))
        elif taken <= today() and second > 1 - RETURNED:
            words = "Đề nghị bổ sung tập thể nhỏ và kiểm tra lại người đã chuyển công tác."
            acts.append((moment_of(taken, 10), "return", State.RETURNED, words))
    return Sheet(unit, year, lines, acts)


def write(sheets: Iterable[Sheet]) -> None:
    """Write sheets, lines and steps, each step at its own moment."""
    rows: list[Registration] = []
    entries: list[RegistrationEntry] = []
    steps: dict[datetime, list[RegistrationEvent]] = defaultdict(list)
    for sheet in sheets:
        row = row_of(sheet)
        rows.append(row)
        entries += [entry_of(row, line) for line in sheet.lines]
        entries += [entry_of(row, line, is_wish=True) for line in sheet.wishes]
        for at, act, state, words in sheet.acts:
            steps[at].append(RegistrationEvent(registration=row, act=act, state=state, note=words))
    insert(rows)
    insert(entries)
    for at, several in steps.items():
        with standing_at(min(at, timezone.now())):
            insert(several)


def row_of(sheet: Sheet) -> Registration:
    _at, _act, state, words = sheet.acts[-1]
    sent = [at for at, act, _state, _words in sheet.acts if act == "send"]
    return Registration(
        unit=sheet.unit,
        root_id=sheet.unit.root_id,
        year=sheet.year,
        state=state,
        reason=words,
        sent_at=min(sent[-1], timezone.now()) if sent else None,
    )


def note_bulk(sheets: Iterable[Sheet]) -> None:
    """Note the bulk once for each top."""
    roots = Unit.objects.in_bulk({sheet.unit.root_id for sheet in sheets})
    for root in roots.values():
        number = sum(sheet.unit.root_id == root.pk for sheet in sheets)
        record(None, "registration.imported", root, details={"sheets": number})

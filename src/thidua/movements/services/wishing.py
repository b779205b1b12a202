"""A person's own wish to strive for an award, until the unit's officer takes it in."""

from django.db import transaction

from thidua.accounts.models import Account
from thidua.audit.services import record
from thidua.movements.models import Registration, RegistrationEntry
from thidua.movements.registration_problems import Problem, RegistrationRefusedError
from thidua.movements.selectors.registrations import unit_for_wish
from thidua.movements.services.registering import (
    Line,
    known_on,
    problems_of_line,
    sheet_to_write,
    told,
    twice,
    write,
)
from thidua.movements.services.registration_notices import tell_wish
from thidua.organisations.models import Person, Unit


@transaction.atomic
def wish(actor: Account, person: Person, year: int, award: str, *, words: str = "") -> RegistrationEntry:
    """Put the person's own wish on the sheet that speaks for them, until the unit's officer takes it in.

    Raises RegistrationRefusedError.
    """
    unit = unit_for_wish(person, year)
    if unit is None:
        raise RegistrationRefusedError([Problem("no_unit", {"name": person.full_name})])
    line = Line(person, award, words)
    try:
        sheet = sheet_to_write(actor, unit, year)
    except RegistrationRefusedError as error:
        raise handed_in_instead(error, unit, year) from error
    problems = [*problems_of_line(unit, line), *twice([line], known_on(sheet))]
    if problems:
        raise RegistrationRefusedError(problems)
    entry = write(sheet, [line], is_wish=True)[0]
    sheet.save()
    record(actor, "registration.wished", sheet, details={"lines": [told(line)]})
    tell_wish(sheet, entry)
    return entry


def handed_in_instead(error: RegistrationRefusedError, unit: Unit, year: int) -> RegistrationRefusedError:
    """Say to a person what a locked sheet means to them."""
    facts = {"unit": unit.name, "year": year}
    return RegistrationRefusedError(
        Problem("sheet_handed_in", facts) if one.code == "locked" else one for one in error.problems
    )


@transaction.atomic
def withdraw_wish(actor: Account, person: Person, entry: RegistrationEntry) -> None:
    """Take the own wish away again, as long as it is no line of the unit. Raises RegistrationRefusedError."""
    row = Registration.take(entry.registration_id)
    gone = row.entries.filter(pk=entry.pk, person=person, is_wish=True).delete()[0]
    if not gone:
        raise RegistrationRefusedError([Problem("not_a_wish")])
    row.save()
    record(actor, "registration.wish_withdrawn", row, details={"lines": [f"{entry.name}: {entry.award}"]})

"""The mark that somebody read an award's texts again."""

from datetime import date

from django.db import transaction

from thidua.accounts.models import Account
from thidua.audit.services import record
from thidua.commendations.models import Reread
from thidua.commendations.problems import LawRefusedError, Problem
from thidua.core.law.law import shipped_law
from thidua.core.text.normal import one_line
from thidua.organisations.problems import shown
from thidua.records.days import today


@transaction.atomic
def note_rereading(
    actor: Account, award: str, on: date, *, still_valid: bool = True, note: str = ""
) -> Reread:
    """Keep who read the texts of ``award`` again and when; what is wrong must be said.

    Raises LawRefusedError; UnknownNameError where there is no such award.
    """
    award = shipped_law().award(award).id
    note = one_line(note)
    problems = []
    if on > today():
        problems.append(Problem("in_future", {"day": shown(on)}))
    if not still_valid and not note:
        problems.append(Problem("note_missing"))
    if problems:
        raise LawRefusedError(problems)
    person = getattr(actor, "person", None)
    row = Reread.objects.create(
        award=award,
        on=on,
        still_valid=still_valid,
        note=note,
        by=actor,
        by_name=actor.get_full_name(),
        place=person.unit.name if person and person.unit else "",
    )
    record(actor, "law.reread", row, label=award, details={"on": on.isoformat(), "still_valid": still_valid})
    return row

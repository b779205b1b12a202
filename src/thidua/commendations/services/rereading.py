"""The mark that somebody read an award's texts again."""

import re
from datetime import date

from django.db import transaction

from thidua.accounts.models import Account
from thidua.audit.services import record
from thidua.commendations.models import Reread
from thidua.commendations.problems import LawRefusedError, Problem
from thidua.core.law.awards import Award, version_on
from thidua.core.law.law import shipped_law
from thidua.core.text.normal import one_line
from thidua.organisations.problems import shown
from thidua.records.days import today

YEAR_OF_TEXT = re.compile(r"/(\d{4})/")
"""Where a symbol such as 06/2022/QH15 says the year of its text."""


@transaction.atomic
def note_rereading(
    actor: Account, award: str, on: date, *, still_valid: bool = True, note: str = ""
) -> Reread:
    """Keep who read the texts of ``award`` again and when; what is wrong must be said.

    Raises LawRefusedError; UnknownNameError where there is no such award.
    """
    law_of_award = shipped_law().award(award)
    award = law_of_award.id
    note = one_line(note)
    problems = []
    text = newest_text(law_of_award, today())
    if on.year < year_of(text):
        problems.append(Problem("before_text", {"day": shown(on), "text": text}))
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


def newest_text(award: Award, day: date) -> str:
    """Return the symbol of the latest text the criteria of ``day`` rest on."""
    version = version_on(award.versions, day)
    rules = [node.rule for node in version.nodes] if version else []
    return max((rule.source.text for rule in (award.subject_rule, *rules)), key=year_of)


def year_of(text: str) -> int:
    """Return the year a symbol names; 0 where it names none."""
    found = YEAR_OF_TEXT.search(text)
    return int(found[1]) if found else 0

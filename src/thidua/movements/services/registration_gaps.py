"""What a registration sheet still lacks before it can be sent: lines, an answer to wishes, names that still hold."""

from collections.abc import Sequence

from django.utils.translation import ngettext

from thidua.movements.models import Registration, RegistrationEntry
from thidua.movements.registration_problems import Problem
from thidua.movements.selectors.registrations import stale_lines
from thidua.organisations.models import Person, Unit
from thidua.records.days import today

MOST_NAMED = 5


def problems_before_sending(sheet: Registration) -> list[Problem]:
    """Return everything that is still to do before the sheet can be sent."""
    entries = sheet.entries.order_by()
    lines, wishes = entries.filter(is_wish=False).count(), entries.filter(is_wish=True).count()
    return still_to_do(lines, wishes, stale_lines(sheet, on=today()))


def still_to_do(lines: int, wishes: int, stale: Sequence[RegistrationEntry] = ()) -> list[Problem]:
    """Return the same for a sheet of so many lines and wishes, some lines ``stale``."""
    empty = [] if lines else [Problem("no_lines")]
    gone = [Problem("lines_stale", {"what": stale_words(stale), "names": names_of(stale)})] if stale else []
    return empty + gone + ([Problem("wishes_open", {"count": wishes})] if wishes else [])


def stale_words(stale: Sequence[RegistrationEntry]) -> str:
    """Return «1 người đã thôi công tác, 2 tập thể đã chấm dứt»; a subject with two lines counts once."""
    left = {one.person_id for one in stale if one.person and one.person.unit_id is None}
    ended = {one.collective_id for one in stale if one.collective and is_gone(one.collective)}
    elsewhere = {one.person_id or one.collective_id for one in stale} - left - ended
    told = [
        (ngettext("%(n)s người đã thôi công tác", "%(n)s người đã thôi công tác", len(left)), left),
        (ngettext("%(n)s tập thể đã chấm dứt", "%(n)s tập thể đã chấm dứt", len(ended)), ended),
        (
            ngettext(
                "%(n)s cá nhân, tập thể không còn thuộc đơn vị",
                "%(n)s cá nhân, tập thể không còn thuộc đơn vị",
                len(elsewhere),
            ),
            elsewhere,
        ),
    ]
    return ", ".join(words % {"n": len(found)} for words, found in told if found)


def names_of(stale: Sequence[RegistrationEntry]) -> str:
    names = list(dict.fromkeys(one.name for one in stale))
    return "; ".join(names[:MOST_NAMED]) + ("…" if len(names) > MOST_NAMED else "")


def is_gone(subject: Person | Unit) -> bool:
    if isinstance(subject, Person):
        return subject.unit is None
    return not subject.exists_on(today())

"""The steps a unit still owes: as one text, the way news keeps it, and in words."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.movements.steps import work_of
from thidua.ui.formats import day


class Missing(NamedTuple):
    """A step not reached, by its code, and its last day where one is set."""

    state: str
    last_on: date | None


def kept(steps: Iterable[Missing]) -> str:
    """Return the steps as one text, such as ``own_plan:2026-03-01,launched:``."""
    return ",".join(f"{one.state}:{one.last_on or ''}" for one in steps)


def steps_in(text: str) -> list[Missing]:
    """Return the steps ``kept`` wrote; what it did not write is no step."""
    found = []
    for piece in text.split(","):
        state, _colon, last_on = piece.partition(":")
        if work_of(state):
            found.append(Missing(state, date.fromisoformat(last_on) if last_on else None))
    return found


def said(one: Missing, on: date) -> str:
    """Return the work of the step with its last day, and how late it is on the day ``on``."""
    if one.last_on is None:
        return _("%(work)s (chưa đặt hạn)") % {"work": work_of(one.state)}
    days = abs((on - one.last_on).days)
    told = {"work": work_of(one.state), "day": day(one.last_on), "n": days}
    if one.last_on == on:
        return _("%(work)s (hạn hôm nay, %(day)s)") % told
    if one.last_on > on:
        left = ngettext(
            "%(work)s (hạn %(day)s, còn %(n)s ngày)", "%(work)s (hạn %(day)s, còn %(n)s ngày)", days
        )
        return left % told
    late = ngettext("%(work)s (hạn %(day)s, trễ %(n)s ngày)", "%(work)s (hạn %(day)s, trễ %(n)s ngày)", days)
    return late % told

"""Answers of three values joined into those of groups, for one person; ``columns.truth`` does it for many."""

from typing import NamedTuple

from thidua.core.eligibility.facts import Truth


class Answer(NamedTuple):
    """Whether a node is met, whether it may decide or only warn, and whether it waits for somebody's word."""

    met: Truth
    decides: bool
    waits: bool = False


ANSWERS = {
    (met, decides, waits): Answer(met, decides, waits)
    for met in (True, False, None)
    for decides in (True, False)
    for waits in (True, False)
}
"""Every answer there is: a check gives dozens."""


def joined(join: str, answers: list[Answer]) -> Answer | None:
    """Return the answer of a group.

    What only warns has no say in ``all``; in ``any`` it cannot carry the group alone, but leaves it open.
    What waits for somebody's word is passed over as long as another part was asked.
    """
    asked = [answer for answer in answers if not answer.waits]
    if not asked:
        return Answer(None, decides=False, waits=True) if answers else None
    deciding = [answer.met for answer in asked if answer.decides]
    warning = [answer.met for answer in asked if not answer.decides]
    if not deciding:
        return Answer(_any_met(warning) if join == "any" else _all_met(warning), decides=False)
    if join == "any":
        return Answer(_any_met([*deciding, *(None for met in warning if met is not False)]), decides=True)
    met = _all_met(deciding)
    return Answer(None if met is None else not met if join == "not" else met, decides=True)


def _all_met(answers: list[Truth]) -> Truth:
    return False if False in answers else None if None in answers else True


def _any_met(answers: list[Truth]) -> Truth:
    return True if True in answers else None if None in answers else False

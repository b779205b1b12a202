"""One verdict for one reader: each condition with what was seen, and nothing sensitive to who may not know.

What rests on discipline, on open matters or on health is found by asking again without them: whatever then
reads differently is kept from readers without the right, under one line that names neither rule nor reason.
"""

from dataclasses import dataclass, replace

from thidua.core.eligibility.case import Case, MemberCounts, Subject
from thidua.core.eligibility.explain import Finding, Missing, Verdict, check_on
from thidua.core.eligibility.facts import Ground, Truth
from thidua.core.law.messages import say
from thidua.core.law.sources import Effect
from thidua.core.law.words import LeaveKind

HEALTH = (LeaveKind.SICK, LeaveKind.WOUND)
SOMETHING_KEPT = say("một điều kiện (xem người có thẩm quyền)")
PLAIN_COUNTS = ("total", "women", "completed", "good_or_better", "LDTT", "CSTDCS")
"""What is counted of a collective's members and anybody who sees the unit may know."""


@dataclass(frozen=True, slots=True)
class ShownPack:
    """A pack's findings the reader may see; ``hidden`` is the answer of those kept back, if there are any."""

    pack: str
    outcome: str
    findings: tuple[Finding, ...]
    has_hidden: bool
    hidden: Truth


@dataclass(frozen=True, slots=True)
class ShownVerdict:
    """``missing`` is what keeps the answer open, the same list wherever it is shown or counted."""

    verdict: Verdict
    packs: tuple[ShownPack, ...]
    missing: tuple[Missing, ...]


def verdict_for(case: Case, ground: Ground, *, knows_sensitive: bool) -> ShownVerdict:
    """Return what the law says of ``case`` as one reader may see it."""
    verdict = check_on(case, ground)
    if knows_sensitive:
        packs = tuple(
            ShownPack(pack.pack, pack.outcome, pack.findings, has_hidden=False, hidden=None)
            for pack in verdict.packs
        )
        return ShownVerdict(verdict, packs, verdict.missing)
    blind = check_on(replace(case, subject=without_sensitive(case.subject)), ground)
    packs = tuple(
        _shown(pack.pack, pack.outcome, pack.findings, other.findings)
        for pack, other in zip(verdict.packs, blind.packs, strict=True)
    )
    missing = [item for item in verdict.missing if item in blind.missing]
    if len(missing) < len(verdict.missing):
        missing.append(Missing(SOMETHING_KEPT, "", SOMETHING_KEPT))
    return ShownVerdict(verdict, packs, tuple(missing))


def without_sensitive(subject: Subject) -> Subject:
    """Return the subject as a reader without the right to discipline and health knows it."""
    leave, members = subject.leave, subject.members
    open_leave = None if leave is None else tuple(one for one in leave if one.kind not in HEALTH)
    if members is not None:
        # Built anew: a field that has an alias cannot be replaced by its name.
        members = MemberCounts(**{name: getattr(members, name) for name in PLAIN_COUNTS})
    return replace(subject, discipline=None, pending=None, leave=open_leave, members=members)


def holds_sensitive(subject: Subject) -> bool:
    """Say whether discipline, open matters or health stand in the record: else nothing of them can be in the way."""
    members = subject.members
    disciplined = members is not None and bool(
        members.disciplined_from_warning or members.disciplined_from_reprimand
    )
    on_leave = any(one.kind in HEALTH for one in subject.leave or ())
    return disciplined or on_leave or bool(subject.discipline) or bool(subject.pending)


def _shown(pack: str, outcome: str, findings: tuple[Finding, ...], blind: tuple[Finding, ...]) -> ShownPack:
    seen = tuple(finding for finding in findings if finding in blind)
    kept = [finding for finding in findings if finding not in blind and finding.effect is not Effect.INFO]
    return ShownPack(pack, outcome, seen, has_hidden=bool(kept), hidden=_worst(kept))


def _worst(findings: list[Finding]) -> Truth:
    answers = {finding.met for finding in findings}
    return False if False in answers else None if None in answers else True

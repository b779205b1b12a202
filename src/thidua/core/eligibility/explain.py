"""One case explained: every condition with its article, what was asked, what was seen, and what is missing."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from thidua.core.deadlines.calendar import WorkCalendar
from thidua.core.eligibility.case import Case
from thidua.core.eligibility.facts import Facts, Ground, Look, NotAskedError, Truth
from thidua.core.eligibility.joining import ANSWERS, Answer, joined
from thidua.core.eligibility.operators import OPERATIONS
from thidua.core.eligibility.operators.procedure import NO_LAW
from thidua.core.eligibility.operators.wording import NONE_SEEN, UNKNOWN
from thidua.core.law.awards import Award, Own, WhichDay, version_on
from thidua.core.law.conditions import Group, Leaf, Node, When
from thidua.core.law.figures import Label, NotInForceError
from thidua.core.law.law import Law
from thidua.core.law.messages import Message, Said, later, made, say
from thidua.core.law.money import Due
from thidua.core.law.operators import Unstated
from thidua.core.law.sources import Effect, Rule
from thidua.core.law.words import SubjectKind


class Outcome(StrEnum):
    """From the most to the least favourable."""

    ELIGIBLE = "eligible"
    UNKNOWN = "unknown"
    NOT_ELIGIBLE = "not_eligible"


class Finding(NamedTuple):
    """One condition checked: what the law asks, what we saw, and where it says so."""

    rule: Rule
    effect: Effect
    asked: Said
    seen: Said
    met: Truth
    leaf: Leaf | None = None
    """The condition asked; None for what is found of the award itself and for groups."""
    unclaimed: bool = False
    """Nobody claims this road, so it does not count: unmet until somebody does (docs/decisions/0007)."""


class PackVerdict(NamedTuple):
    """What one pack says; findings in the order of its files."""

    pack: str
    outcome: Outcome
    findings: tuple[Finding, ...]


class Missing(NamedTuple):
    """One thing that keeps a case open; an open group is one, its open parts are the ways to meet it."""

    what: Message
    """What is asked and what was seen."""
    rule: str
    asked: Said
    """What is asked alone: of a group with one open way, that way."""
    lacks_law: bool = False
    """No text of that day states the standard, so that nobody can bring what is missing."""
    ways: tuple[Finding, ...] = ()


class Verdict(NamedTuple):
    """The answer: the most favourable of the packs that may apply, all of them shown."""

    outcome: Outcome
    packs: tuple[PackVerdict, ...]
    missing: tuple[Missing, ...]
    money: Due | None


def check(case: Case, law: Law, calendar: WorkCalendar | None = None) -> Verdict:
    """Return what the law says of ``case``.

    Criteria follow the day of receipt, votes the day of the sitting, publication its first day,
    registration the year it is for, money the day of the decision.
    """
    return check_on(case, Ground(law) if calendar is None else Ground(law, calendar))


def check_on(case: Case, ground: Ground) -> Verdict:
    """Return what the law says of ``case``; many cases asked on one ground share what they ask alike."""
    packs = ground.packs_for(case)
    verdicts = tuple([_under(pack.id, day, case, ground) for pack, day in packs])
    if not verdicts:
        return Verdict(Outcome.UNKNOWN, (), (Missing(NO_LAW, "LAW", NO_LAW, lacks_law=True),), None)
    best = verdicts[0] if len(verdicts) == 1 else min(verdicts, key=lambda found: _ORDER.index(found.outcome))
    due = None if best.outcome is Outcome.NOT_ELIGIBLE else ground.money(case)
    missing = () if best.outcome is Outcome.ELIGIBLE else _missing(best.findings)
    return Verdict(best.outcome, verdicts, missing, due)


_ORDER = list(Outcome)


def _under(pack: str, day: date, case: Case, ground: Ground) -> PackVerdict:
    findings = _Sheet(case, ground, day).findings()
    return made(PackVerdict, (pack, outcome_of(findings), findings))


def outcome_of(findings: Iterable[Finding]) -> Outcome:
    outcome = Outcome.ELIGIBLE
    for finding in findings:
        if finding.met is not True and finding.effect is Effect.BLOCK:
            if finding.met is False:
                return Outcome.NOT_ELIGIBLE
            outcome = Outcome.UNKNOWN
    return outcome


def _missing(findings: Iterable[Finding]) -> tuple[Missing, ...]:
    """Return what keeps the case open: each blocking condition nobody can answer, a group once.

    A road nobody claims is named among a group's ways: to claim it may be the way forward.
    """
    open_groups: list[tuple[Finding, list[Finding]]] = []
    ways: list[Finding] = []
    for finding in findings:
        if finding.effect is not Effect.INFO:
            ways = []
            if finding.met is None and finding.effect is Effect.BLOCK:
                open_groups.append((finding, ways))
        elif finding.met is None or finding.unclaimed:
            ways.append(finding)
    return tuple(_missing_of(finding, ways) for finding, ways in open_groups)


def _missing_of(finding: Finding, ways: list[Finding]) -> Missing:
    open_ways = [way for way in ways if way.met is None] or [finding]
    lacks_law = all(way.seen == NO_LAW for way in open_ways)
    if finding.leaf is not None or not ways:
        return Missing(found_whole(finding), finding.rule.id, finding.asked, lacks_law)
    what = say("{asked}: {seen}", asked=finding.asked, seen=tuple(found_whole(way) for way in ways))
    asked = say("{asked}: {seen}", asked=finding.asked, seen=tuple(way.asked for way in ways))
    only = ways[0].asked if len(ways) == 1 else asked
    return Missing(what, finding.rule.id, only, lacks_law, tuple(ways))


def found_whole(finding: Finding) -> Message:
    return say("{asked}: {seen}", asked=finding.asked, seen=finding.seen)


Step = tuple[Node, date]
"""A node to ask at the top, and the day that picks its figures."""

Asked = tuple[tuple[Finding, ...], tuple[Step, ...]]
"""What is found of the award itself, and what is then to be asked."""


class _Sheet:
    """Gathers the findings of one case under one pack."""

    __slots__ = ("_facts", "case", "day", "found", "ground")

    def __init__(self, case: Case, ground: Ground, day: date) -> None:
        self.case = case
        self.ground = ground
        self.day = day
        self.found: list[Finding] = []
        self._facts: dict[date, Facts] = {}

    def findings(self) -> tuple[Finding, ...]:
        case = self.case
        days = (self.day, case.on, case.sitting_on, self._day("publication"), case.last_year)
        key = (case.award, case.authority, case.subject.kind, *days)
        opening, steps = self.ground.alike(key, self._asked)
        self.found += opening
        for node, day in steps:
            self._ask(node, self._facts_on(day), inside=False)
        return tuple(self.found)

    def _asked(self) -> Asked:
        """Return what is found of the award itself, and where nothing speaks against it what to ask, in order.

        It depends on award, authority, kind and days alone, so cases share it.
        """
        award = self.ground.law.award(self.case.award)
        opening = opening_of(award, self.day, self.case.subject.kind)
        return (opening,), tuple(self._steps(award)) if opening.met else ()

    def _steps(self, award: Award) -> Iterable[Step]:
        law = self.ground.law
        version = version_on(award.versions, self.day)
        unstated = Leaf("unstated", Unstated(), award.subject_rule, Effect.BLOCK)
        criteria = (*version.nodes, *version.on_lists) if version else (unstated,)
        yield from ((node, self.day) for node in criteria)
        for name in award.also:
            general = law.general(name)
            day = self._day(general.day)
            found = day and version_on(general.versions, day)
            if day and found:
                yield from ((node, day) for node in found.nodes)
        for overlay in law.overlays(self.case.authority):
            for own in (*overlay.conditions, *overlay.on_lists):
                day = self._day(own.day)
                if day and overlay.in_force_on(day) and concerns(own, award.id, day):
                    yield own.node, day

    def _day(self, which: WhichDay) -> date | None:
        case = self.case
        match which:
            case "received":
                return self.day
            case "decision":
                return case.on
            case "sitting":
                return case.sitting_on
            case "publication":
                return case.published.from_day if case.published else None
            case "year":
                return date(case.last_year, 12, 31)

    def _facts_on(self, day: date) -> Facts:
        facts = self._facts.get(day)
        if facts is None:
            facts = self._facts[day] = Facts(self.case, self.ground, day)
        return facts

    # -- trees -----------------------------------------------------------------------------------

    def _ask_all(self, nodes: Iterable[Node], facts: Facts) -> None:
        for node in nodes:
            self._ask(node, facts, inside=False)

    def _ask(self, node: Node, facts: Facts, *, inside: bool) -> Answer | None:
        """Return the node's answer, None where it was not asked."""
        if node.when and not fits(node.when, self.case):
            return None
        if isinstance(node, Leaf):
            return self._ask_leaf(node, facts, inside=inside)
        if node.join == "choose":
            return self._choose(node, facts, inside=inside)
        if node.join == "all" and not inside:
            self._ask_all(node.parts, facts)
            return None
        return self._join(node, facts, inside=inside)

    def _ask_leaf(self, leaf: Leaf, facts: Facts, *, inside: bool) -> Answer | None:
        if leaf.slot and (ways := ways_into(leaf.slot, facts)):
            return self._ask(in_place_of(leaf, ways), facts, inside=inside)
        try:
            look = OPERATIONS[leaf.operator](leaf.asks, facts)
        except (NotAskedError, NotInForceError):
            return None
        effect = _effect(leaf, look)
        rule = look.entry.rule if look.entry else leaf.rule
        asked = in_own_words(leaf.label) if leaf.label else look.asked
        met, seen, unclaimed = look.met, look.seen, False
        if met is None and leaf.if_missing == "unmet":
            met, seen, unclaimed = False, _not_counted(seen), True
        shown = Effect.INFO if inside else effect
        self.found.append(made(Finding, (rule, shown, asked, seen, met, leaf, unclaimed)))
        return ANSWERS[met, effect is Effect.BLOCK, met is None and leaf.if_missing == "warn"]

    def _choose(self, group: Group, facts: Facts, *, inside: bool) -> Answer | None:
        for part in group.parts:
            if part.when is None or fits(part.when, self.case):
                return self._ask(part, facts, inside=inside)
        self._add(
            group.rule, Effect.INFO if inside else Effect.BLOCK, say("Tiêu chuẩn của luật"), NO_LAW, met=None
        )
        return Answer(None, decides=True)

    def _join(self, group: Group, facts: Facts, *, inside: bool) -> Answer | None:
        parts = (*group.parts, *ways_into(group.slot, facts)) if group.slot else group.parts
        place = len(self.found)
        answers = []
        for part in parts:
            found = self._ask(part, facts, inside=True)
            if found is not None:
                answers.append(found)
        answer = joined(group.join, answers)
        if answer is None:
            return None
        effect = group.effect if answer.decides else Effect.WARN
        if not inside:
            seen = later(_group_seen, self.found[place:], answer.met)
            asked = in_own_words(group.label) if group.label else _ONE_OF
            self.found.insert(
                place, made(Finding, (group.rule, effect, asked, seen, answer.met, None, False))
            )
        return ANSWERS[answer.met, effect is Effect.BLOCK, answer.waits]

    def _add(self, rule: Rule, effect: Effect, asked: Message, seen: Message, *, met: Truth) -> None:
        self.found.append(Finding(rule, effect, asked, seen, met))


_SHOWN = 4
_SAY_LITTLE = frozenset({str(NONE_SEEN), str(UNKNOWN)})
_ONE_OF = say("Đạt một trong các tiêu chuẩn sau")
KINDS = {
    SubjectKind.INDIVIDUAL: say("cá nhân"),
    SubjectKind.COLLECTIVE: say("tập thể"),
    SubjectKind.HOUSEHOLD: say("hộ gia đình"),
}


def _group_seen(parts: list[Finding], met: Truth) -> Message:
    """Return what decided a group: the parts that fit its answer."""
    decided = [finding for finding in parts if finding.met is met]
    seen = tuple(found_whole(one) if _says_little(one) else one.seen for one in decided[:_SHOWN])
    return say("{all}", all=seen) if seen else say("")


def _says_little(finding: Finding) -> bool:
    """Return whether what was seen tells nothing without what was asked."""
    return finding.unclaimed or str(finding.seen) in _SAY_LITTLE


def opening_of(award: Award, day: date, kind: SubjectKind) -> Finding:
    """Return what is found of the award itself: whether it exists by ``day`` and is for such a subject."""
    if award.created and day < award.created[0]:
        created, rule = award.created
        asked = say("Danh hiệu, hình thức đã có trong luật")
        return Finding(rule, Effect.BLOCK, asked, say("có từ {day}", day=created), met=False)
    subjects = award.subjects_on(day)
    asked = say("Đối tượng: {kinds}", kinds=tuple(KINDS[each] for each in subjects))
    return Finding(award.subject_rule_on(day), Effect.BLOCK, asked, KINDS[kind], kind in subjects)


def _not_counted(seen: Said) -> Message:
    return say("{seen}, không khai nên không tính", seen=seen)


def in_own_words(label: Label) -> Message:
    """Return the label of a law file, which holds its own English."""
    return say("{label}", label=label)


def ways_into(slot: str, facts: Facts) -> tuple[Node, ...]:
    """Return the ways an authority's own texts open in a slot of the national standard."""
    return tuple(
        own.node
        for overlay in facts.overlays
        for own in overlay.routes
        if own.slot == slot
        and concerns(own, facts.case.award, facts.day)
        and (own.node.when is None or fits(own.node.when, facts.case))
    )


def in_place_of(leaf: Leaf, ways: tuple[Node, ...]) -> Node:
    """Return an authority's own standard where the national one is not stated."""
    first = ways[0]
    return first if len(ways) == 1 else Group("any", ways, first.rule, Effect.BLOCK, leaf.label)


def fits(when: When, case: Case) -> bool:
    return (
        (not when.type or case.type in when.type)
        and (not when.kind or case.subject.kind in when.kind)
        and (not when.level or case.level in when.level)
    )


def concerns(own: Own, award: str, day: date) -> bool:
    return (award in own.awards or "all" in own.awards) and (own.until is None or day <= own.until)


def _effect(leaf: Leaf, look: Look) -> Effect:
    """Return what the finding may do: a figure less surely read than its condition can only warn."""
    if leaf.effect is not Effect.BLOCK:
        return leaf.effect
    doubtful = look.entry is not None and not look.entry.rule.confidence.may_block
    return Effect.WARN if doubtful or (look.met is None and leaf.if_missing == "warn") else Effect.BLOCK

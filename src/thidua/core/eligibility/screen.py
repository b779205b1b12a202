"""A whole population screened: the same condition trees as columns; every answer can be explained one by one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_
from typing import Any

import polars as pl

from thidua.core.eligibility.columns import person, record, service
from thidua.core.eligibility.columns.crowd import Crowd, Question
from thidua.core.eligibility.columns.lacking import (
    Conditions,
    Lack,
    Lacks,
    end_to_end,
    everybody_lacks,
    of_the_best,
)
from thidua.core.eligibility.columns.person import ColumnLook
from thidua.core.eligibility.columns.population import Population
from thidua.core.eligibility.columns.truth import (
    UNKNOWN,
    YES,
    ColumnAnswer,
    Flag,
    both,
    chosen,
    joined,
    opposite,
)
from thidua.core.eligibility.explain import Outcome, concerns, found_whole, in_place_of, opening_of
from thidua.core.eligibility.facts import Facts, Ground
from thidua.core.eligibility.operators.procedure import NO_LAW
from thidua.core.eligibility.reading_aloud import said_whole, unanswered
from thidua.core.law.awards import WhichDay, version_on
from thidua.core.law.conditions import Group, Leaf, Node, When
from thidua.core.law.figures import NotInForceError
from thidua.core.law.law import Law
from thidua.core.law.sources import Effect
from thidua.core.law.words import CommendationType, SubjectKind

SLICE = 500_000
"""People handled at once: what bounds the memory of a screening."""

_ASK: dict[str, Any] = {
    "rating": person.rating, "employed": person.employed, "absence": person.absence, "study": person.study,
    "transfer": person.transfer, "staff": person.staff, "occupation": person.occupation,
    "discipline": person.discipline, "pending": person.pending, "registered": person.registered,
    "attested": person.attested, "tenure": person.tenure, "service": service.service,
    "holds": record.holds, "chain": record.chain, "count": record.count, "times": record.times,
    "since": record.since, "initiative": record.initiatives, "research": record.research,
    "initiative_reuse": record.initiative_reuse, "once_a_year": record.once_a_year, "one_form": record.one_form,
}  # fmt: skip
_NOT_YET = frozenset({
    "awarded_by", "vote", "quorum", "secret_ballot", "written_opinions", "published", "paper", "report_age",
    "not_proposed_for", "share_of", "not_dissolved",
})  # fmt: skip
"""Steps of a dossier: nobody in a population has come to them."""

_FACTS_OF_A_DOSSIER = frozenset(
    {"movement", "unstated", "share", "members", "existed", "cluster", "flag_scheme"}
)


@dataclass(frozen=True, slots=True)
class Screening:
    """What is asked of everybody: on which day, for which year, of which awards."""

    on: date
    awards: tuple[str, ...]
    year: tuple[int, int]
    received_on: date | None = None
    type: CommendationType = CommendationType.MERIT
    authority: str | None = None
    open_from: int | None = None
    """The first year that is still being judged; None where every year is closed."""


def screen(population: Population, asked: Screening, law: Law) -> pl.DataFrame:
    """Return one row per person and one column per award: eligible, unknown or not_eligible."""
    pieces = [pl.DataFrame(list(_screen(piece, asked, law))) for piece in _pieces(population)]
    return pl.concat(pieces)


def screen_with_lacks(
    population: Population, asked: Screening, law: Law
) -> tuple[pl.DataFrame, dict[str, Lacks]]:
    """Return what ``screen`` does, and by award what each person lacks."""
    lacks: dict[str, list[Lacks]] = {award: [] for award in asked.awards}
    pieces = [pl.DataFrame(list(_screen(piece, asked, law, lacks))) for piece in _pieces(population)]
    return pl.concat(pieces), {award: end_to_end(found) for award, found in lacks.items()}


def _pieces(population: Population) -> list[Population]:
    return list(population.slices(SLICE)) or [population]


def _screen(
    population: Population, asked: Screening, law: Law, lacks: dict[str, list[Lacks]] | None = None
) -> Iterator[pl.Series]:
    """Yield a column of outcomes per award, and add to ``lacks`` what these people lack."""
    ground = Ground(law)
    received = asked.received_on or asked.on
    packs = law.packs_for(received_on=received, decided_on=asked.on)
    crowds: dict[date, Crowd] = {}
    for award in asked.awards:
        question = Question(
            award, asked.on, received, *asked.year, asked.type, asked.authority, asked.open_from
        )
        sheets = [_Sheet(population, question, ground, day, crowds) for _, day in packs]
        outcomes = [sheet.outcome() for sheet in sheets]
        best = _best(outcomes, len(population))
        if lacks is not None:
            found = [sheet.lacks() for sheet in sheets]
            without_law = everybody_lacks(Lack(NO_LAW, None, None), len(population))
            lacks[award].append(of_the_best(found, outcomes, best) if found else without_law)
        yield _NAMES.gather(best).alias(award)


_NAMES = pl.Series(
    [outcome.value for outcome in Outcome], dtype=pl.Enum([outcome.value for outcome in Outcome])
)


def _best(outcomes: list[pl.Series], people: int) -> pl.Series:
    """Return the most favourable of the packs' outcomes; without a pack nothing is known."""
    best = outcomes[0] if outcomes else pl.repeat(1, people, dtype=pl.UInt8, eager=True)
    for other in outcomes[1:]:
        best = pl.DataFrame({"a": best, "b": other}).select(pl.min_horizontal("a", "b")).to_series()
    return best


class _Sheet:
    """One award asked of a population under one pack; the columns of a day are shared between awards."""

    def __init__(
        self, population: Population, question: Question, ground: Ground, day: date, crowds: dict[date, Crowd]
    ) -> None:
        self.population = population
        self.question = question
        self.ground = ground
        self.day = day
        self.crowds = crowds
        self.judged: dict[date, list[tuple[Node, pl.Expr]]] = {}
        self.is_open = False
        self.opening = opening_of(ground.law.award(question.award), day, SubjectKind.INDIVIDUAL)

    def outcome(self) -> pl.Series:
        """Return 0, 1, 2 for each person, in the order of ``Outcome``."""
        law, award = self.ground.law, self.ground.law.award(self.question.award)
        everybody = len(self.population)
        if not self.opening.met:
            return pl.repeat(2, everybody, dtype=pl.UInt8, eager=True)
        version = version_on(award.versions, self.day)
        if version is None:
            self.is_open = True
        else:
            self._ask_all((*version.nodes, *version.on_lists), self.day)
        for name in award.also:
            general = law.general(name)
            day = self._day(general.day)
            found = day and version_on(general.versions, day)
            if day and found:
                self._ask_all(found.nodes, day)
        self._own_conditions()
        return self._summed(everybody)

    def _summed(self, everybody: int) -> pl.Series:
        """Return the place of the outcome: 0 where all is met, 2 where something is not, else 1."""
        verdicts = [
            self._crowd(day).frame.select(met=reduce(and_, (met for _, met in judged))).to_series()
            for day, judged in self.judged.items()
        ]
        if self.is_open or not verdicts:
            verdicts.append(
                pl.repeat(None if self.is_open else True, everybody, dtype=pl.Boolean, eager=True)
            )
        met = reduce(and_, verdicts)
        if len(met) != everybody:
            met = met.new_from_index(0, everybody)
        return ((~met).cast(pl.UInt8) * 2).fill_null(1)

    def lacks(self) -> Lacks:
        """Return what of the conditions judged for the outcome each person does not meet."""
        everybody = len(self.population)
        if not self.opening.met:
            return everybody_lacks(Lack(found_whole(self.opening), self.opening.rule, met=False), everybody)
        conditions = Conditions(everybody)
        for day, judged in self.judged.items():
            crowd = self._crowd(day)
            answers = crowd.frame.select(met.alias(f"{place}") for place, (_, met) in enumerate(judged))
            questions = self._questions(day)
            for (node, _), met in zip(judged, answers, strict=True):
                conditions.add(said_whole(node, questions), met)
        if self.is_open:
            conditions.add((NO_LAW, self.opening.rule), pl.Series([None], dtype=pl.Boolean))
        return conditions.lacks()

    def _questions(self, day: date) -> tuple[Facts, ...]:
        """Return this question as if asked of one of whom nothing is known, so that conditions say what they ask."""
        question = self.question
        return unanswered(
            self.ground, self.ground.law.award(question.award), day,
            on=question.on, received_on=question.received, type=question.type, authority=question.authority,
            year=(question.first_year, question.last_year), open_from=question.open_from,
        )  # fmt: skip

    def _own_conditions(self) -> None:
        for overlay in self.ground.law.overlays(self.question.authority):
            for own in (*overlay.conditions, *overlay.on_lists):
                day = self._day(own.day)
                if day and overlay.in_force_on(day) and concerns(own, self.question.award, day):
                    self._ask_all((own.node,), day)

    def _day(self, which: WhichDay) -> date | None:
        match which:
            case "received":
                return self.day
            case "decision":
                return self.question.on
            case "year":
                return date(self.question.last_year, 12, 31)
            case _:
                return None

    def _crowd(self, day: date) -> Crowd:
        crowd = self.crowds.get(day)
        if crowd is None:
            crowd = self.crowds[day] = Crowd(self.population, self.question, self.ground, day)
        crowd.question = self.question
        return crowd

    # -- trees -----------------------------------------------------------------------------------

    def _ask_all(self, nodes: Iterable[Node], day: date) -> None:
        for node in nodes:
            if isinstance(node, Group) and node.join == "all" and _fits(node.when, self.question):
                self._ask_all(node.parts, day)
                continue
            if isinstance(node, Group) and node.join == "choose" and _fits(node.when, self.question):
                fitting = self._chosen(node)
                if fitting:
                    self._ask_all((fitting,), day)
                else:
                    self.is_open = True
                continue
            self._judge(node, day)

    def _judge(self, node: Node, day: date) -> None:
        answer = self._ask(node, self._crowd(day))
        if answer is None:
            return
        counts = both(both(answer.asked, answer.decides), opposite(answer.waits))
        if counts is not False:
            self.judged.setdefault(day, []).append((node, chosen(counts, answer.met, YES)))

    def _ask(self, node: Node, crowd: Crowd) -> ColumnAnswer | None:
        if not _fits(node.when, self.question):
            return None
        if isinstance(node, Leaf):
            return self._ask_leaf(node, crowd)
        if node.join == "choose":
            fitting = self._chosen(node)
            return self._ask(fitting, crowd) if fitting else ColumnAnswer(UNKNOWN, True, True, False)
        return self._join(node, crowd)

    def _chosen(self, group: Group) -> Node | None:
        return next((part for part in group.parts if _fits(part.when, self.question)), None)

    def _ask_leaf(self, leaf: Leaf, crowd: Crowd) -> ColumnAnswer | None:
        if leaf.slot and (ways := self._ways_into(leaf.slot, crowd)):
            return self._ask(in_place_of(leaf, ways), crowd)
        look = self._look(leaf, crowd)
        if look is None:
            return None
        decides = leaf.effect is Effect.BLOCK
        if look.entry and not look.entry.rule.confidence.may_block:
            decides = False
        met = look.met.fill_null(False) if leaf.if_missing == "unmet" else look.met
        asked: Flag = True if look.asked is None else crowd.computed(look.asked)
        if leaf.if_missing != "warn":
            return ColumnAnswer(met, asked, decides, False)
        met = crowd.computed(met)
        waits = met.is_null()
        return ColumnAnswer(met, asked, both(decides, ~waits), waits)

    def _look(self, leaf: Leaf, crowd: Crowd) -> ColumnLook | None:
        if leaf.operator in _NOT_YET:
            return None
        if leaf.operator in _FACTS_OF_A_DOSSIER:
            return ColumnLook(UNKNOWN)
        if leaf.operator == "type":
            return ColumnLook(pl.lit(self.question.type in leaf.asks.one_of))
        try:
            look: ColumnLook = _ASK[leaf.operator](leaf.asks, crowd)
        except NotInForceError:
            return None
        return look

    def _join(self, group: Group, crowd: Crowd) -> ColumnAnswer | None:
        parts = (*group.parts, *self._ways_into(group.slot, crowd)) if group.slot else group.parts
        answers = [answer for part in parts if (answer := self._ask(part, crowd)) is not None]
        if not answers:
            return None
        found = ColumnAnswer(*(_kept(part, crowd) for part in joined(group.join, answers)))
        return found if group.effect is Effect.BLOCK else found._replace(decides=False)

    def _ways_into(self, slot: str, crowd: Crowd) -> tuple[Node, ...]:
        return tuple(
            own.node
            for overlay in crowd.overlays
            for own in overlay.routes
            if own.slot == slot
            and concerns(own, self.question.award, crowd.day)
            and _fits(own.node.when, self.question)
        )


def _kept(part: Any, crowd: Crowd) -> Any:
    """Return a column computed at once, a plain flag as it is."""
    return part if isinstance(part, bool) else crowd.computed(part)


def _fits(when: When | None, question: Question) -> bool:
    return when is None or (
        (not when.type or question.type in when.type)
        and (not when.kind or SubjectKind.INDIVIDUAL in when.kind)
        and not when.level
    )

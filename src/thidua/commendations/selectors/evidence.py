"""Where what was seen comes from: the rows of the registers a finding speaks of."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from thidua.core.eligibility.explain import Finding
from thidua.honours.selectors.facts import HonourFact
from thidua.honours.selectors.facts import facts_of as honours_of
from thidua.initiatives.selectors import facts_of as initiatives_of

ON_RECORD = ("xếp loại", "“hoàn thành", "kỷ luật", "nghỉ", "tuyển dụng", "đi học")
"""Words of the law's Vietnamese sentences that speak of a person's record."""
ON_INITIATIVES = "sáng kiến"
ON_OPEN_MATTERS = "chờ kết luận"


@dataclass(frozen=True, slots=True)
class Sources:
    """What the registers hold of one subject, to link from."""

    honours: tuple[HonourFact, ...]
    initiatives: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    honours: tuple[HonourFact, ...]
    initiatives: tuple[UUID, ...]
    on_record: bool


def sources_of(subject: UUID, *, on: date) -> Sources:
    honours = honours_of([subject], on=on).get(subject, [])
    initiatives = initiatives_of([subject], on=on).get(subject, [])
    return Sources(tuple(honours), tuple(fact.initiative_id for fact in initiatives))


def evidence_of(finding: Finding, sources: Sources) -> Evidence:
    """Return the rows behind a finding: honours by their number, the record and initiatives by what was asked."""
    asked, seen = finding.asked.in_words().casefold(), finding.seen.in_words()
    return Evidence(
        honours=tuple(fact for fact in sources.honours if fact.number and f"({fact.number})" in seen),
        initiatives=sources.initiatives if ON_INITIATIVES in asked and finding.met else (),
        on_record=ON_OPEN_MATTERS not in asked and any(words in asked for words in ON_RECORD),
    )

"""The timeline of laws and decrees, and the catalogue of awards as of a day."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.core.eligibility.explain import in_own_words
from thidua.core.law.awards import Pack, version_on
from thidua.core.law.law import Law, shipped_law
from thidua.core.law.sources import Rule
from thidua.core.law.texts import Cited, confidence_of, texts_cited
from thidua.honours.catalogue import AwardEntry, catalogue


@dataclass(frozen=True, slots=True)
class PackLine:
    """One pack; ``is_current`` on the day looked at."""

    pack: Pack
    label: str
    until: date | None
    is_current: bool
    rule: Rule
    """The rule of the pack, as surely read as its text is anywhere."""

    @property
    def is_unsure(self) -> bool:
        return not self.rule.confidence.may_block


@dataclass(frozen=True, slots=True)
class AwardLine:
    """An award with the day its criteria of today began; None: nothing is known on that day."""

    entry: AwardEntry
    since: date | None
    source: str


def packs_on(day: date, law: Law | None = None) -> list[PackLine]:
    law = law or shipped_law()
    current = law.pack_on(day)
    following = [pack.in_force_from for pack in law.packs[1:]]
    ends: list[date | None] = [*following, None]
    return [
        PackLine(pack, in_own_words(pack.label).in_words(_), end, pack is current, _as_read(law, pack.rule))
        for pack, end in zip(law.packs, ends, strict=True)
    ]


def _as_read(law: Law, rule: Rule) -> Rule:
    return replace(rule, confidence=confidence_of(law, rule.source.text) or rule.confidence)


def texts_within(line: PackLine, law: Law | None = None) -> list[Cited]:
    """Return the texts of the pack and those that rules in force in it stand in."""
    return texts_cited(law or shipped_law(), line.pack.in_force_from, line.until)


def changes_with(line: PackLine, law: Law | None = None) -> list[AwardEntry]:
    """Return the awards of which a version begins while the pack holds."""
    law = law or shipped_law()
    return [
        entry
        for entry in catalogue().values()
        if any(_within(version.in_force_from, line) for version in law.award(entry.id).versions)
    ]


def _within(day: date, line: PackLine) -> bool:
    return line.pack.in_force_from <= day and (line.until is None or day < line.until)


def awards_on(day: date, law: Law | None = None) -> list[tuple[str, list[AwardLine]]]:
    """Return titles of emulation, forms, then titles of honour of the State, each with what is in force on ``day``."""
    law = law or shipped_law()
    groups: dict[str, list[AwardLine]] = {str(label): [] for label in FAMILIES.values()}
    for entry in catalogue().values():
        groups[family_of(entry)].append(_line(law, entry, day))
    return list(groups.items())


FAMILIES = {
    "title": gettext_lazy("Danh hiệu thi đua"),
    "form": gettext_lazy("Hình thức khen thưởng"),
    "state": gettext_lazy("Danh hiệu vinh dự Nhà nước"),
}


def family_of(entry: AwardEntry) -> str:
    """Return what kind of award it is, in the reader's words: a hero is neither a title of emulation nor a form."""
    return str(FAMILIES["state" if entry.is_state_title else "title" if entry.is_title else "form"])


def _line(law: Law, entry: AwardEntry, day: date) -> AwardLine:
    version = version_on(law.award(entry.id).versions, day)
    if version is None:
        return AwardLine(entry, None, "")
    sources = dict.fromkeys(node.rule.source.text for node in version.nodes)
    return AwardLine(entry, version.in_force_from, ", ".join(sources))

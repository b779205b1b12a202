"""For every rule of the law files, the jurists' cases show it met, not met and unknown."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from core.eligibility.law_cases import law_cases
from thidua.core.eligibility.explain import check
from thidua.core.eligibility.reading import case_from
from thidua.core.law.conditions import Node, leaves
from thidua.core.law.law import shipped_law

# What cannot come about, and why.
NEVER = {
    "A2.NOLOWER": {True},  # asked only where another form stands for the same time
    "B.ONCE": {True},
    "LAW.CV5007": {True, None},  # a notice: asked only where the initiatives were used
    "C.DISSOLVED": {True, None},  # asked only where the day of dissolution is named, and it is not ahead
    "A2.NOTFLAG": {None},  # asked only where the other proposals are named
    "A2.ONCE": {None},
    "B.CSTDCS.quota": {True, False, None},  # nothing national to ask: an authority's figure takes its place
    "PUB.A2.central": {None},  # asked only once the list was published
    "PUB.A2.law": {None},
    "PUB.B": {None},
    "PUB.B.state": {None},
    "BGDDT.PUBLISH": {None},
    "BGDDT.BKBO.contest": {None},  # a road of one claim: unclaimed it does not count
    "BNG.WRITTEN": {None},  # asked only of a count without a meeting, which is known
    "FORM.GIAYKHEN": {False},  # every kind of subject may receive it
    "LAW.ND129-2025": {None},  # asked only where the level of the awarding body is named
    "TYPES.A2": {None},  # a case always has a type
    "TYPES.B": {None},
    "TYPES.D": {None, False},
}


def test_every_rule_is_shown_met_not_met_and_unknown():
    law = shipped_law()
    shown = defaultdict(set)
    for law_case in law_cases():
        for pack in check(case_from(law_case.located()), law).packs:
            for finding in pack.findings:
                shown[finding.rule.id].add(finding.met)

    lacking = {
        rule: {True, False, None} - shown[rule] - NEVER.get(rule, set())
        for rule in sorted(set(rules_asked(law)))
    }

    assert {rule: truths for rule, truths in lacking.items() if truths} == {}


def rules_asked(law) -> Iterator[str]:
    for name in law.award_ids():
        for version in law.award(name).versions:
            yield from ids((*version.nodes, *version.on_lists))
    for name in law.general_names():
        for version in law.general(name).versions:
            yield from ids(version.nodes)
    for authority in law.authorities():
        for overlay in law.overlays(authority):
            yield from (value.rule.id for value in overlay.figures.values())
            yield from ids(own.node for own in (*overlay.conditions, *overlay.routes))


def ids(nodes: tuple[Node, ...] | Iterator[Node]) -> Iterator[str]:
    for node in nodes:
        yield from (leaf.rule.id for leaf in leaves(node))


CASES = [case_from(law_case.located()) for law_case in law_cases()]


def test_every_change_of_a_standard_is_shown_on_its_eve_and_first_day():
    law = shipped_law()
    lacking = [
        (name, day)
        for name in law.award_ids()
        for day in unshown(
            {case.received for case in CASES if case.award == name},
            [version.in_force_from for version in law.award(name).versions],
        )
    ]

    assert lacking == []


def test_every_change_of_a_general_rule_is_shown_on_its_eve_and_first_day():
    law = shipped_law()
    lacking = []
    for name in law.general_names():
        general = law.general(name)
        awards = {award for award in law.award_ids() if name in law.award(award).also}
        days = {day for case in CASES if case.award in awards for day in days_of(case, general.day)}
        changes = [version.in_force_from for version in general.versions]
        if general.day == "year":  # the year as a whole is asked, on its last day
            lacking += [
                (name, year)
                for change in changes
                for year in (change.year - 1, change.year)
                if date(year, 12, 31) not in days
            ]
            continue
        lacking += [(name, day) for day in unshown(days, changes)]

    assert lacking == []


def test_every_text_of_an_authority_is_shown_on_its_eve_and_first_day():
    law = shipped_law()
    lacking = []
    for authority in law.authorities():
        days = {
            day
            for case in CASES
            if case.authority == authority
            for which in ("received", "decision", "sitting", "publication")
            for day in days_of(case, which)
        }
        for overlay in law.overlays(authority):
            changes = [day for day in (overlay.in_force_from, overlay.ceases_on) if day]
            lacking += [(overlay.name, day) for day in unshown(days, changes)]

    assert lacking == []


def test_every_change_of_money_is_shown_on_its_eve_and_first_day():
    law = shipped_law()
    days = {case.on for case in CASES}
    lacking = [("base_salary", day) for day in unshown(days, changes_of("base_salary"))]
    for award in law.award_ids():
        for kind, figure in (law.award(award).money.multiples if law.award(award).money else {}).items():
            days = {case.on for case in CASES if case.award == award and case.subject.kind is kind}
            lacking += [(figure, day) for day in unshown(days, changes_of(figure))]

    assert lacking == []


ONE_DAY = timedelta(days=1)


def changes_of(figure: str) -> list[date]:
    return [value.in_force_from for value in shipped_law().figure(figure).history]


def unshown(days: set[date], changes: list[date]) -> list[date]:
    return [day for change in changes for day in (change - ONE_DAY, change) if day not in days]


def days_of(case, which) -> list[date]:
    found = {
        "received": case.received,
        "decision": case.on,
        "sitting": case.sitting_on,
        "publication": case.published.from_day if case.published else None,
        "year": date(case.last_year, 12, 31),
    }[which]
    return [found] if found else []

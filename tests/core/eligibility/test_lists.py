"""Quotas stop an excess, ranges warn, and shares are shown with what nobody knows."""

from datetime import date
from fractions import Fraction

import pytest

from thidua.core.eligibility.lists import Entry, Quota, parts, quota_findings
from thidua.core.law.law import shipped_law
from thidua.core.law.words import SubjectKind

PERSON, COLLECTIVE = SubjectKind.INDIVIDUAL, SubjectKind.COLLECTIVE


def people(count, **facts):
    return [Entry(PERSON, "BK_BO", **facts)] * count


@pytest.mark.parametrize(("persons", "met"), [(2, True), (3, False)])
def test_one_collective_and_two_persons(persons, met):
    entries = [Entry(COLLECTIVE, "BK_BO"), *people(persons)]

    collective, person = quota_findings(entries, [Quota(1, kind=COLLECTIVE), Quota(2, kind=PERSON)])

    assert (collective.met, person.met, person.effect, str(person.said)) == (
        True, met, "block", f"{persons} trên tối đa 2",
    )  # fmt: skip


@pytest.mark.parametrize(("persons", "met"), [(9, False), (10, True), (15, True), (16, False)])
def test_a_range_only_warns(persons, met):
    (finding,) = quota_findings(people(persons), [Quota(between=(10, 15))])

    assert (finding.met, finding.effect) == (met, "warn")


@pytest.mark.parametrize(("persons", "met"), [(2, None), (3, False)])
def test_of_a_part_of_a_list_only_an_excess_is_certain(persons, met):
    quotas = [Quota(2), Quota(between=(1, 2))]

    found = quota_findings(people(persons), quotas, is_whole=False)

    assert [finding.met for finding in found] == [met, met]


def test_a_quota_counts_only_its_own_award():
    entries = [*people(2), Entry(PERSON, "GIAY_KHEN")]

    (finding,) = quota_findings(entries, [Quota(2, award="GIAY_KHEN")])

    assert finding.number == 1


def test_shares_leave_out_those_of_whom_nothing_is_known():
    entries = [*people(3, sex="female", leader=True), *people(1, sex="male", leader=False), *people(2)]

    women, leaders, *_ = parts(entries, shipped_law(), date(2025, 12, 1))

    assert (women.counted, women.asked, women.unknown, women.share) == (3, 6, 2, Fraction(3, 4))
    assert leaders.share == Fraction(3, 4)


def test_the_share_of_women_that_is_preferred_is_a_figure():
    entries = [Entry(COLLECTIVE, "BK_BO", women_share=Fraction(share, 10)) for share in (6, 7, 8)]

    shown = {part.group: part.counted for part in parts(entries, shipped_law(), date(2025, 12, 1))}
    before = {part.group for part in parts(entries, shipped_law(), date(2016, 12, 1))}

    assert shown["women_collectives"] == 2
    assert "women_collectives" not in before

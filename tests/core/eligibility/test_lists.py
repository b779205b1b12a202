"""Quotas stop an excess, ranges warn, and shares are shown with what nobody knows."""

from datetime import date
from fractions import Fraction

import pytest

from thidua.core.eligibility.lists import Bearer, Entry, Quota, parts, quota_findings
from thidua.core.law.law import shipped_law
from thidua.core.law.words import SubjectKind

PERSON, COLLECTIVE = SubjectKind.INDIVIDUAL, SubjectKind.COLLECTIVE


def people(count, **facts):
    return [Entry(PERSON, "BK_BO", **facts)] * count


def bearers(count, award="BK_BO"):
    return [Bearer(f"person {place}", PERSON, award) for place in range(count)]


@pytest.mark.parametrize(("persons", "met"), [(2, True), (3, False)])
def test_one_collective_and_two_persons(persons, met):
    listed = [Bearer("team", COLLECTIVE, "BK_BO"), *bearers(persons)]

    collective, person = quota_findings(listed, [Quota(1, kind=COLLECTIVE), Quota(2, kind=PERSON)])

    assert (collective.met, person.met, person.effect, str(person.said)) == (
        True, met, "block", f"{persons} trên tối đa 2",
    )  # fmt: skip


def test_large_numbers_are_told_in_thousands():
    (stops,) = quota_findings(bearers(1692), [Quota(1000)])
    (warns,) = quota_findings(bearers(1692), [Quota(between=(1000, 1500))])

    assert (str(stops.said), str(warns.said)) == (
        "1.692 trên tối đa 1.000",
        "1.692, dự kiến từ 1.000 đến 1.500",
    )


@pytest.mark.parametrize(("persons", "met"), [(9, False), (10, True), (15, True), (16, False)])
def test_a_range_only_warns(persons, met):
    (finding,) = quota_findings(bearers(persons), [Quota(between=(10, 15))])

    assert (finding.met, finding.effect) == (met, "warn")


@pytest.mark.parametrize(("persons", "met"), [(2, None), (3, False)])
def test_of_a_part_of_a_list_only_an_excess_is_certain(persons, met):
    quotas = [Quota(2), Quota(between=(1, 2))]

    found = quota_findings(bearers(persons), quotas, is_whole=False)

    assert [finding.met for finding in found] == [met, met]


def test_a_quota_counts_only_its_own_award():
    listed = [*bearers(2), *bearers(1, "GIAY_KHEN")]

    (finding,) = quota_findings(listed, [Quota(2, award="GIAY_KHEN")])

    assert finding.number == 1


def test_who_stands_on_the_list_for_two_awards_is_counted_once():
    listed = [*bearers(2, "GIAY_KHEN"), *bearers(2, "LDTT"), Bearer("team", COLLECTIVE, "GIAY_KHEN")]
    quotas = [Quota(2, kind=PERSON), Quota(1, kind=PERSON, award="LDTT"), Quota(between=(3, 3))]

    found = quota_findings(listed, quotas)

    assert [(finding.number, finding.met) for finding in found] == [(2, True), (2, False), (3, True)]


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

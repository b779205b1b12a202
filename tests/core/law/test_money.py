"""Award money: exact, rounded up, by the day of the decision; a list pays once what is paid once."""

from datetime import date
from fractions import Fraction

import pytest

from thidua.core.eligibility.money_list import list_answer, read_lines
from thidua.core.law.figures import NotInForceError
from thidua.core.law.law import shipped_law
from thidua.core.law.money import money_for, money_for_lines, rounded_up
from thidua.core.law.showing import award_on
from thidua.core.law.words import Level, SubjectKind
from thidua.core.law.yamltext import FileProblemsError

LAW = shipped_law()
PERSON, COLLECTIVE, HOUSEHOLD = SubjectKind.INDIVIDUAL, SubjectKind.COLLECTIVE, SubjectKind.HOUSEHOLD


@pytest.mark.parametrize(
    ("multiple", "base", "payable"),
    [
        ("0.3", 2_340_000, 710_000),
        ("0.8", 2_340_000, 1_880_000),
        ("1.5", 2_340_000, 3_510_000),
        ("0.3", 1_490_000, 450_000),
        ("0.8", 1_490_000, 1_200_000),
        ("1.5", 1_490_000, 2_240_000),
        ("0.3", 2_530_000, 760_000),
        ("0.15", 1_490_000, 230_000),
        ("0.6", 2_530_000, 1_520_000),
    ],
)
def test_the_amount_is_rounded_up_to_ten_thousand(multiple, base, payable):
    assert rounded_up(Fraction(multiple) * base, 10_000) == payable


@pytest.mark.parametrize(
    ("award", "kind", "on", "amount", "rule", "confidence"),
    [
        ("LDTT", PERSON, date(2024, 8, 1), 710_000, "M.LDTT", "quoted"),
        ("TTLDTT", COLLECTIVE, date(2024, 8, 1), 1_880_000, "M.TTLDTT", "quoted"),
        ("TTLDXS", COLLECTIVE, date(2024, 8, 1), 3_510_000, "M.TTLDXS", "quoted"),
        ("LDTT", PERSON, date(2022, 12, 1), 450_000, "M.LDTT", "quoted"),
        ("TTLDTT", COLLECTIVE, date(2022, 12, 1), 1_200_000, "M.TTLDTT", "quoted"),
        ("TTLDXS", COLLECTIVE, date(2022, 12, 1), 2_240_000, "M.TTLDXS", "quoted"),
        ("LDTT", PERSON, date(2026, 7, 1), 760_000, "M.LDTT", "quoted"),
        ("KNC", PERSON, date(2026, 7, 1), 1_520_000, "M.KNC", "quoted"),
        ("CSTDTQ", PERSON, date(2017, 10, 1), 5_850_000, "M.CSTDTQ", "memory"),
        ("BK_BO", PERSON, date(2023, 12, 31), 1_800_000, "M.BKBO.p", "quoted"),
        ("BK_BO", PERSON, date(2024, 1, 1), 2_700_000, "M.BKBO.p", "memory"),
        ("BK_BO", PERSON, date(2025, 7, 1), 3_510_000, "M.BKBO.p", "quoted"),
        ("BK_BO", COLLECTIVE, date(2025, 7, 1), 7_020_000, "M.BKBO.c", "quoted"),
        ("BK_BO", HOUSEHOLD, date(2025, 7, 1), 5_270_000, "M.BKBO.p", "quoted"),
        ("BK_TTG", HOUSEHOLD, date(2025, 7, 1), 12_290_000, "M.BKTTG.p", "quoted"),
        ("CO_CP", COLLECTIVE, date(2025, 7, 1), 28_080_000, "M.COCP", "quoted"),
        ("CO_BO", COLLECTIVE, date(2025, 7, 1), 18_720_000, "M.COBO", "quoted"),
        ("HCLD1", COLLECTIVE, date(2025, 7, 1), 42_120_000, "M.HCLD1.c", "quoted"),
        ("HCHCM", PERSON, date(2022, 1, 1), 45_450_000, "M.HCHCM.p", "quoted"),
        ("HERO_LABOUR", COLLECTIVE, date(2025, 7, 1), 72_540_000, "M.ANHHUNG.c", "quoted"),
        ("GDVH", HOUSEHOLD, date(2022, 1, 1), 150_000, "M.GDVH", "memory"),
        ("CO_CP", COLLECTIVE, date(2015, 1, 1), 28_175_000, "MONEY.A0", "memory"),
    ],
)
def test_money_of_an_award_on_a_day(award, kind, on, amount, rule, confidence):
    due = money_for(LAW, award, kind, on)

    assert (due.amount, due.rule.id, due.confidence) == (amount, rule, confidence)


def test_the_medal_is_a_ceiling():
    assert money_for(LAW, "KNC", PERSON, date(2026, 7, 1)).is_ceiling is True
    assert money_for(LAW, "LDTT", PERSON, date(2026, 7, 1)).is_ceiling is False


def test_an_authority_may_fix_the_amount_of_its_medal():
    before = money_for(LAW, "KNC", PERSON, date(2026, 4, 1), authority="BGDDT")
    after = money_for(LAW, "KNC", PERSON, date(2026, 4, 2), authority="BGDDT")

    assert (before.amount, before.is_ceiling) == (1_410_000, True)
    assert (after.amount, after.multiple, after.base, after.is_ceiling) == (300_000, None, None, False)


@pytest.mark.parametrize(("on", "amount"), [(date(2022, 12, 1), 230_000), (date(2024, 8, 1), 710_000)])
def test_the_commune_rate_ended_with_decree_91(on, amount):
    assert money_for(LAW, "GIAY_KHEN", PERSON, on, level=Level.COMMUNE).amount == amount


@pytest.mark.parametrize(
    ("award", "kind", "on"),
    [
        ("KNC", PERSON, date(2023, 12, 31)),
        ("GDVH", HOUSEHOLD, date(2024, 1, 1)),
        ("BK_BO", HOUSEHOLD, date(2023, 12, 31)),
        ("LDTT", COLLECTIVE, date(2024, 8, 1)),
        ("LDTT", PERSON, date(2013, 6, 30)),
    ],
)
def test_where_the_law_sets_no_money_nothing_is_made_up(award, kind, on):
    with pytest.raises(NotInForceError):
        money_for(LAW, award, kind, on)


LIST = """\
on: 2024-12-20
year: 2024
items:
  - {who: Nguyễn Văn An, award: LDTT, for: individual}
  - {who: Nguyễn Văn An, award: CSTDCS, for: individual}
  - {who: Nguyễn Văn An, award: CSTDB, for: individual, year: [2022, 2024]}
  - {who: Nguyễn Văn An, award: BK_BO, for: individual, year: [2023, 2024], achievement: phòng dịch}
  - {who: Nguyễn Văn An, award: GIAY_KHEN, for: individual, achievement: phòng dịch}
  - {who: Nguyễn Văn An, award: GIAY_KHEN, for: individual, achievement: hội thi}
  - {who: Trần Thị Bình, award: LDTT, for: individual}
  - {who: Phòng Một, award: TTLDTT, for: collective}
"""


def test_a_list_pays_the_highest_title_of_a_period_and_each_form_of_its_own_deed():
    paid = money_for_lines(LAW, read_lines(LIST, "ds.yaml"))

    assert [item.paid for item in paid] == [
        0,
        2_340_000,
        7_020_000,
        3_510_000,
        0,
        710_000,
        710_000,
        1_880_000,
    ]
    assert [item.rule.id for item in paid if not item.paid] == ["MONEY.sameperiod", "B.ONCE"]
    assert list_answer(paid)["total"] == 16_170_000


def test_a_list_without_a_day_is_refused():
    with pytest.raises(FileProblemsError) as caught:
        read_lines("- {who: A, award: LDTT, for: individual}\n", "ds.yaml")

    assert (
        str(caught.value)
        == "ds.yaml, dòng 1: thiếu ngày quyết định. Thêm on: cho dòng này hoặc cho cả danh sách."
    )


@pytest.mark.parametrize(("on", "kinds"), [(date(2023, 12, 31), 2), (date(2024, 1, 1), 3)])
def test_a_household_has_the_diploma_and_its_money_from_the_law_of_2022(on, kinds):
    diploma = LAW.award("BK_TTG")

    paid = [kind for kind in SubjectKind if has_money("BK_TTG", kind, on)]

    assert (len(paid), award_on(diploma, on)["subjects"]) == (kinds, [kind.value for kind in paid])


def has_money(award, kind, on):
    try:
        money_for(LAW, award, kind, on)
    except NotInForceError:
        return False
    return True


@pytest.mark.parametrize("order", [("2026-06-20", "2026-07-20"), ("2026-07-20", "2026-06-20")])
def test_a_title_given_twice_for_one_year_is_paid_by_the_earlier_decision(order):
    items = [f"- {{who: A, award: CSTDCS, for: individual, on: {on}, year: 2025}}" for on in order]

    paid = money_for_lines(LAW, read_lines("\n".join(items), "ds.yaml"))

    first = order.index("2026-06-20")
    assert [(item.paid, item.instead) for item in paid] == [
        (2_340_000, None) if place == first else (0, first) for place in range(2)
    ]
    assert str(paid[1 - first].reason) == (
        "Cùng danh hiệu, cùng thời gian chỉ chi một lần, theo quyết định trước."
    )
    assert paid[1 - first].rule.id == "MONEY.sameperiod"


def test_of_a_title_given_twice_and_a_lower_one_the_first_of_the_higher_is_paid():
    text = """\
year: 2025
items:
  - {who: A, award: LDTT, for: individual, on: 2025-12-01}
  - {who: A, award: CSTDCS, for: individual, on: 2026-07-20}
  - {who: A, award: CSTDCS, for: individual, on: 2025-12-20}
"""

    paid = money_for_lines(LAW, read_lines(text, "ds.yaml"))

    assert [(item.paid, item.instead) for item in paid] == [(0, 2), (0, 2), (2_340_000, None)]


@pytest.mark.parametrize(
    ("award", "said"),
    [
        ("LDTT", "0,3 × 2.530.000 = 759.000 đồng, làm tròn lên 760.000 đồng"),
        ("CSTDCS", "1 × 2.530.000 = 2.530.000 đồng"),
    ],
)
def test_how_an_amount_comes_about_is_true_as_written(award, said):
    assert str(money_for(LAW, award, PERSON, date(2026, 7, 1)).counted) == said


def test_a_fixed_amount_is_not_counted():
    assert money_for(LAW, "KNC", PERSON, date(2026, 4, 2), authority="BGDDT").counted is None

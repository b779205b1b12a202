"""Dated figures answer for a day, and refuse where nothing is law."""

from datetime import date
from fractions import Fraction

import pytest

from thidua.core.law.figures import NotInForceError, value_in_words
from thidua.core.law.law import shipped_law
from thidua.core.law.messages import Grouped, Percent, Rough, number_in_words, say

LAW = shipped_law()


@pytest.mark.parametrize(
    ("day", "amount", "decree"),
    [
        (date(2013, 7, 1), 1_150_000, "66/2013/NĐ-CP"),
        (date(2016, 4, 30), 1_150_000, "66/2013/NĐ-CP"),
        (date(2016, 5, 1), 1_210_000, "47/2016/NĐ-CP"),
        (date(2017, 6, 30), 1_210_000, "47/2016/NĐ-CP"),
        (date(2017, 7, 1), 1_300_000, "47/2017/NĐ-CP"),
        (date(2018, 7, 1), 1_390_000, "72/2018/NĐ-CP"),
        (date(2019, 6, 30), 1_390_000, "72/2018/NĐ-CP"),
        (date(2019, 7, 1), 1_490_000, "38/2019/NĐ-CP"),
        (date(2023, 6, 30), 1_490_000, "38/2019/NĐ-CP"),
        (date(2023, 7, 1), 1_800_000, "24/2023/NĐ-CP"),
        (date(2024, 6, 30), 1_800_000, "24/2023/NĐ-CP"),
        (date(2024, 7, 1), 2_340_000, "73/2024/NĐ-CP"),
        (date(2026, 6, 30), 2_340_000, "73/2024/NĐ-CP"),
        (date(2026, 7, 1), 2_530_000, "161/2026/NĐ-CP"),
    ],
)
def test_the_base_salary_of_a_day(day, amount, decree):
    entry = LAW.figure("base_salary").on(day)

    assert (entry.number, entry.rule.source.text) == (amount, decree)


def test_before_the_first_value_nothing_is_in_force():
    with pytest.raises(NotInForceError) as caught:
        LAW.figure("base_salary").on(date(2013, 6, 30))

    assert str(caught.value.message) == "Ngày 30/06/2013 chưa có hoặc không còn quy định “base_salary”."


def test_after_a_repeal_nothing_is_in_force():
    figure = LAW.figure("cstdcs_share_of_ldtt")

    assert figure.on(date(2023, 12, 31)).number == Fraction(15, 100)
    with pytest.raises(NotInForceError):
        figure.on(date(2024, 1, 1))


def test_an_authority_may_set_what_the_centre_no_longer_does():
    assert LAW.figure("cstdcs_share_of_ldtt", "BTP").on(date(2024, 2, 11)).rule.id == "J05.CSTDCS"
    with pytest.raises(NotInForceError):
        LAW.figure("cstdcs_share_of_ldtt", "BTP").on(date(2024, 2, 12))


@pytest.mark.parametrize(
    ("name", "day", "words"),
    [
        ("vote_share_cstdb", date(2024, 1, 1), "90%"),
        ("quorum_share", date(2020, 1, 1), "2/3"),
        ("publication_days", date(2024, 1, 1), "10 ngày làm việc"),
        ("deadline_cstdtq", date(2024, 1, 1), "31/12"),
        ("base_salary", date(2024, 7, 1), "2.340.000 đồng"),
        ("multiple_ldtt", date(2024, 7, 1), "0,3 lần lương cơ sở"),
        ("initiative_reuse", date(2024, 7, 1), "chỉ dùng lại từ danh hiệu này sang danh hiệu sau"),
        ("money_payer", date(2020, 1, 1), "cơ quan quản lý quỹ lương chi trả"),
    ],
)
def test_a_value_reads_as_an_officer_writes_it(name, day, words):
    figure = LAW.figure(name)

    assert str(value_in_words(figure.on(day).value, figure.unit)) == words


@pytest.mark.parametrize(
    ("number", "words"), [(Fraction(3), "3"), (Fraction(3, 10), "0,3"), (Fraction(2, 3), "2/3"), (0, "0")]
)
def test_numbers_use_the_decimal_comma(number, words):
    assert number_in_words(number) == words


def test_a_message_is_filled_in_the_readers_language():
    message = say(
        "{share} và {months} tháng của {label}",
        share=Percent(Fraction(8, 9)),
        months=Rough(Fraction(179, 30)),
        label={"vi": "Nội vụ", "en": "Home affairs"},
    )
    english = {"vi": "en", message.text: "{share} and {months} months of {label}"}

    assert str(message) == "88,88% và 5,9 tháng của Nội vụ"
    assert message.in_words(lambda text: english.get(text, text)) == "88.88% and 5.9 months of Home affairs"


@pytest.mark.parametrize(
    ("part", "vietnamese", "english"),
    [
        (date(2026, 6, 3), "03/06/2026", "3 Jun 2026"),
        (Grouped(2340000), "2.340.000", "2,340,000"),
        (Fraction(3, 10), "0,3", "0.3"),
    ],
)
def test_days_and_numbers_are_written_the_readers_way(part, vietnamese, english):
    message = say("{part}", part=part)

    assert str(message) == vietnamese
    assert message.in_words(lambda text: "en" if text == "vi" else text) == english

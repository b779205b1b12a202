"""A pack lists every text its rules stand in, and a text is as surely read on one page as on another."""

from datetime import date

import pytest

from thidua.core.law.law import shipped_law
from thidua.core.law.sources import Confidence
from thidua.core.law.texts import confidence_of, texts_cited

LAW = shipped_law()
BEGINS = {pack.id: pack.in_force_from for pack in LAW.packs}


def cited(pack):
    ids = list(BEGINS)
    after = ids[ids.index(pack) + 1 :]
    return texts_cited(LAW, BEGINS[pack], BEGINS[after[0]] if after else None)


@pytest.mark.parametrize("text", ["129/2025/NĐ-CP", "01/2026/QĐ-TTg", "143/2025/TT-BTC", "11/2023/TT-BTP"])
def test_the_last_pack_lists_texts_that_still_hold(text):
    assert [one.text for one in cited("D")].count(text) == 1


def test_a_text_no_longer_in_force_is_not_listed():
    assert "05/2018/TT-BTP" not in [one.text for one in cited("C")]


@pytest.mark.parametrize("pack", ["B", "C", "D"])
def test_a_law_that_ended_is_not_listed_with_its_decrees_nor_a_practice(pack):
    ended = {"15/2003/QH11", "91/2017/NĐ-CP", "12/2019/TT-BNV", "thực tế năm 2019"}

    assert ended & {one.text for one in cited(pack)} == set()


def test_the_law_of_2003_is_listed_as_long_as_it_held():
    assert [[one.text for one in cited(pack)].count("15/2003/QH11") for pack in ("A0", "A1", "A2")] == [
        1,
        1,
        1,
    ]


def test_every_figure_in_force_stands_in_a_text_of_its_pack_or_in_what_ended_and_was_not_replaced():
    day = date(2026, 11, 22)
    sources = {
        entry.rule.source.text
        for name in LAW.figure_names()
        if (entry := LAW.figure(name).entry_on(day)) and entry.value is not None
    }

    assert sources - {one.text for one in cited("D")} == {"91/2017/NĐ-CP", "thực tế năm 2019"}


def test_one_text_has_one_confidence():
    assert confidence_of(LAW, "15/2003/QH11") is Confidence.READ
    assert {one.confidence for pack in BEGINS for one in cited(pack) if one.text == "15/2003/QH11"} == {
        Confidence.READ
    }


def test_an_authoritys_text_says_whose_it_is():
    found = {one.text: one.authority for one in cited("D")}

    assert (found["20/2025/TT-BNV"], found["06/2022/QH15"]) == ("BNV", None)

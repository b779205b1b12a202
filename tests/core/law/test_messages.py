"""Sentences that count: a translation chooses the form of a word by the number before it."""

from fractions import Fraction

import pytest

from thidua.core.law.figures import value_in_words
from thidua.core.law.law import shipped_law
from thidua.core.law.messages import Rough, say

ENGLISH = {
    "Ít nhất {years} năm": "At least {years} {years:year|years}",
    "{number} {unit}": "{number} {unit}",
    "vi": "en",
}


def in_english(sentence):
    return ENGLISH.get(sentence, sentence)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "At least 1 year"),
        (Fraction(1), "At least 1 year"),
        (2, "At least 2 years"),
        (Fraction(3, 2), "At least 1.5 years"),
        (Rough(Fraction(1)), "At least 1 year"),
        (Rough(Fraction(31, 30)), "At least 1 year"),
        (say("chưa rõ"), "At least chưa rõ years"),
    ],
)
def test_a_word_follows_the_number_it_is_counted_by(number, words):
    assert say("Ít nhất {years} năm", years=number).in_words(in_english) == words


@pytest.mark.parametrize(("number", "words"), [(1, "1 working day"), (10, "10 working days")])
def test_a_figure_s_unit_follows_its_number(number, words):
    law = shipped_law()
    unit = law.figure("absence_days_a1").unit

    assert value_in_words(Fraction(number), unit).in_words(in_english) == words
    assert str(value_in_words(Fraction(number), unit)) == f"{number} ngày làm việc"


def test_no_unit_is_told_in_both_forms_at_once():
    law = shipped_law()
    figures = [law.figure(name) for name in law.figure_names()]

    told = {
        value_in_words(entry.value, figure.unit).in_words(in_english)
        for figure in figures
        for entry in figure.history
    }

    assert [words for words in told if "|" in words] == []

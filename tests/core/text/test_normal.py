"""The normal form of a text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.core.text.normal import composed, normal, one_line


def test_decomposed_letters_are_joined():
    decomposed = unicodedata.normalize("NFD", "Đại hội thi đua yêu nước")

    assert composed(decomposed) == "Đại hội thi đua yêu nước"


@pytest.mark.parametrize("typed", ["a\u0301\u0302", "a\u0302\u0301", "\u00e1\u0302", "\u00e2\u0301"])
def test_a_tone_typed_before_the_circumflex_is_joined_too(typed):
    assert composed(typed) == "ấ"


def test_spaces_that_do_not_break_become_plain_and_runs_stay():
    assert normal("31\u00a0 tháng\u202f3\tnăm") == "31  tháng 3 năm"


def test_line_ends_of_every_machine_become_one():
    assert normal("một\r\nhai\rba\u2028bốn\x0bnăm") == "một\nhai\nba\nbốn\nnăm"


def test_what_cannot_be_seen_is_dropped():
    assert normal("\ufeffthi\u200b đua\u00ad \u200eyêu nước") == "thi đua yêu nước"


def test_the_icelandic_letter_typed_for_d_becomes_d():
    assert normal("Ðảng và Ɖoàn, ðầy đủ") == "Đảng và Đoàn, đầy đủ"


def test_one_line_has_single_spaces_and_no_ends():
    assert one_line("  ỦY\r\nBAN \u00a0 NHÂN\tDÂN \n") == "ỦY BAN NHÂN DÂN"


@given(st.text())
def test_normal_form_is_reached_in_one_step(text):
    once = normal(text)

    assert normal(once) == once


@given(st.text())
def test_one_line_is_reached_in_one_step(text):
    once = one_line(text)

    assert one_line(once) == once

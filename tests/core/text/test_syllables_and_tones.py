"""What can be a Vietnamese syllable, and where its tone stands."""

import pytest

from thidua.core.text.syllables import Syllable, syllable
from thidua.core.text.tones import one_placing

_REAL = """ý ỷ yến giêng giếng gì gìn quốc quyết quýt khuya huỳnh nghiêng luật pháp viên chức hoạch xoong quăn
quê quỳ thuyền khuỷu ngoằn ngoèo nguyễn trường Đắk Lắk ủy huân kỷ niệm chương Mỹ Lý bưởi rượu thuở đường"""


@pytest.mark.parametrize("word", _REAL.split())
def test_words_of_the_language_are_syllables(word):
    assert syllable(word) is not None


@pytest.mark.parametrize(
    "word", ["café", "à́", "Müller", "España", "ViÖt", "Vieät", "luat́p", "học̉", "cạh", "tàp", "x"]
)
def test_words_of_other_languages_are_not(word):
    assert syllable(word) is None


def test_a_syllable_has_onset_rhyme_and_tone():
    assert syllable("THUYỀN") == Syllable("th", "uyên", "1")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("CỘNG HOÀ", "CỘNG HÒA"),
        ("khoẻ, thuý", "khỏe, thúy"),
        ("Uỷ ban", "Ủy ban"),
        ("Thủy", "Thủy"),
        ("qúy", "quý"),
        ("quá già", "quá già"),
        ("hòan thành", "hoàn thành"),
        ("mía của", "mía của"),
        ("khuỷu, ngoẻo", "khuỷu, ngoẻo"),
        ("giữ gìn", "giữ gìn"),
        ("voilà, café", "voilà, café"),
        ("plain words", "plain words"),
    ],
)
def test_both_placings_come_to_the_one_of_the_decree(typed, kept):
    assert one_placing(typed) == kept


def test_the_length_stays():
    text = "Uỷ ban nhân dân tỉnh Hoà Bình khoẻ mạnh"

    assert len(one_placing(text)) == len(text)

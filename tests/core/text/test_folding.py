"""Search with and without diacritics."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.core.text.folding import fold, matches

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
LETTERS = VIETNAMESE + VIETNAMESE.upper()


def test_every_vietnamese_letter_folds_to_its_base():
    folded = fold(LETTERS)

    assert folded.isascii()
    assert folded == folded.lower()
    assert len(folded) == len(LETTERS)


def test_d_with_stroke_folds_to_d():
    assert fold("ĐẶNG ĐÌNH Đức") == "dang dinh duc"


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=LETTERS + " -"))
def test_composed_and_decomposed_text_fold_alike(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@given(st.text(alphabet=LETTERS + " "))
def test_folding_keeps_the_place_of_every_letter(text):
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("dang", ["Đặng", "Đăng", "Dang", "Đảng"]),
        ("đang", ["Đặng", "Đăng", "Đảng"]),
        ("đăng", ["Đặng", "Đăng"]),
        ("đặng", ["Đặng"]),
        ("dạng", ["Đặng"]),
        ("ĐẢNG", ["Đảng"]),
    ],
)
def test_what_is_typed_counts_and_what_is_not_typed_does_not(query, found):
    names = ["Đặng", "Đăng", "Dang", "Đảng", "Hoàng"]

    assert [name for name in names if matches(query, name)] == found


def test_a_full_name_is_found_without_diacritics():
    people = ["Nguyễn Văn Dũng", "Nguyễn Văn Dùng", "Nguyên Vân Dung", "Ngô Văn Dũng"]

    assert [p for p in people if matches("nguyen van dung", p)] == people[:3]
    assert [p for p in people if matches("nguyen van dũng", p)] == people[:1]


@pytest.mark.parametrize(
    ("query", "text"), [("hoà", "Hòa"), ("hòa", "HOÀ"), ("thuỷ", "Thủy"), ("khoẻ", "khỏe")]
)
def test_old_and_new_placing_of_a_tone_are_one(query, text):
    assert matches(query, text)


def test_a_word_not_yet_typed_to_its_end_is_found():
    assert [matches(typed, "Hoà Bình") for typed in ("h", "hò", "hoà", "hòa b", "hòa bi", "hòa bí")] == [
        True,
        True,
        True,
        True,
        True,
        False,
    ]


def test_spaces_typed_twice_or_at_the_ends_do_not_matter():
    assert matches("  nguyễn \u00a0 văn ", "Nguyễn  Văn An")


def test_an_empty_query_matches_everything():
    assert matches("", "Sở Tư pháp")


@given(st.text(alphabet=LETTERS + " "), st.data())
def test_every_text_is_found_by_its_folded_part(text, data):
    words = text.split()
    start = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(start, len(words)))

    assert matches(fold(" ".join(words[start:end])), text)
    assert matches(" ".join(words[start:end]), text)

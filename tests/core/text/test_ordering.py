"""Vietnamese order as ASCII keys."""

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from thidua.core.text.folding import split_tone
from thidua.core.text.normal import one_line
from thidua.core.text.ordering import name_sort_key, sort_key
from thidua.core.text.tones import one_placing

# The order of the ICU collation for Vietnamese.
_IN_ORDER = """An Ánh Ăn Ân Âu Bình Dũng Dương Đạt Đỗ Đức Tú Tư Từ Uyên Ưng Ước Ỷ Ỹ Ý Yến"""
LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
_SURNAMES = """Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Lương
Đoàn Trịnh Mai Tô Ông"""
_MIDDLES = """Văn Thị Đức Hữu Minh Ngọc Thanh Quốc Xuân Thu Hoài Kim Bá Đình"""
_GIVEN = """An Anh Ánh Ân Bình Dung Dũng Dụng Dương Đạt Đức Giang Hà Hạ Hoa Hòa Hoà Khôi Lan Mai
Thúy Thuý Tú Tư Ỷ Ý Yến"""
IN_ORDER = _IN_ORDER.split()
names = st.builds(
    lambda *parts: " ".join(parts),
    st.sampled_from(_SURNAMES.split()),
    st.sampled_from(_MIDDLES.split()),
    st.sampled_from(_GIVEN.split()),
)


def test_words_stand_in_the_order_of_a_vietnamese_dictionary():
    shuffled = random.Random(7).sample(IN_ORDER, len(IN_ORDER))

    assert sorted(shuffled, key=sort_key) == IN_ORDER


def test_letters_come_before_tones_and_tones_before_case():
    words = ["ba", "Ba", "bà", "Bà", "bả", "bã", "bá", "bạ", "ban", "bàn", "bát", "bă", "bâ", "bé"]
    shuffled = random.Random(7).sample(words, len(words))

    assert sorted(shuffled, key=sort_key) == words


def test_a_shorter_text_comes_before_the_one_it_begins():
    assert sorted(["An Bình", "Anh", "An"], key=sort_key) == ["An", "An Bình", "Anh"]


def test_tones_decide_only_when_all_letters_are_the_same():
    assert sorted(["Bá An", "Ba Anh", "Ba An"], key=sort_key) == ["Ba An", "Bá An", "Ba Anh"]


def test_figures_come_before_letters_and_punctuation_before_figures():
    assert sorted(["Phòng A", "Phòng 10", "Phòng 2", "Phòng (A)"], key=sort_key) == [
        "Phòng (A)",
        "Phòng 10",
        "Phòng 2",
        "Phòng A",
    ]


def test_both_placings_of_a_tone_give_one_key():
    assert sort_key("Hoà Thuỷ") == sort_key("Hòa Thủy")


def test_people_are_listed_by_given_name_then_surname():
    people = ["Trần Văn An", "Đặng Thị Ánh", "Lê Ân", "Bùi Văn Bình", "Nguyễn An", "Phạm Đạt", "Vũ Dũng"]

    assert sorted(people, key=name_sort_key) == [
        "Nguyễn An",
        "Trần Văn An",
        "Đặng Thị Ánh",
        "Lê Ân",
        "Bùi Văn Bình",
        "Vũ Dũng",
        "Phạm Đạt",
    ]


def test_capitals_do_not_part_people_of_one_given_name():
    assert sorted(["Trần an", "Lê AN", "Bùi An"], key=name_sort_key) == ["Bùi An", "Lê AN", "Trần an"]


def test_a_tone_mark_on_nothing_still_has_a_key():
    assert sort_key("\u0301") > sort_key("")


@given(st.text())
def test_keys_are_plain_printable_ascii(text):
    assert sort_key(text).isascii()
    assert name_sort_key(text).isprintable()


@given(st.lists(st.text(alphabet=LETTERS + LETTERS.upper() + "  "), max_size=6))
def test_equal_keys_mean_equal_texts(texts):
    """With the order of ASCII strings this makes the order total: no two different texts are one."""
    by_key = {sort_key(text): _letters_with_word_tones(text) for text in texts}

    assert [by_key[sort_key(text)] for text in texts] == [_letters_with_word_tones(text) for text in texts]


@given(names, names)
def test_two_names_share_a_key_only_when_they_are_the_same_name(one, other):
    same = one_placing(one) == one_placing(other)

    assert (name_sort_key(one) == name_sort_key(other)) == same
    assert (sort_key(one) == sort_key(other)) == same


@given(st.lists(names, min_size=2))
def test_names_sorted_by_key_ascend_by_given_name(people):
    ordered = sorted(people, key=name_sort_key)

    assert all(sort_key(a.split()[-1]) <= sort_key(b.split()[-1]) for a, b in pairwise(ordered))


def _letters_with_word_tones(text):
    """What a key keeps: letters, case, words, and of several tones in one word the last in order."""
    return [
        ("".join(split_tone(letter)[0] for letter in word), max(split_tone(letter)[1] for letter in word))
        for word in one_line(text).split()
    ]

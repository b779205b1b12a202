"""Text of TCVN3 and VNI fonts."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.core.text import legacy
from thidua.core.text.decoding import Decoded, NotTextError, decode
from thidua.core.text.legacy import Encoding, Repaired, convert, detect, repair

SENTENCE = (
    "Phát động phong trào thi đua lập thành tích chào mừng Đại hội, từ ngày 01/6/2020 đến hết ngày 30/9/2020."
)
IN_TCVN3 = (
    "Ph¸t ®éng phong trµo thi ®ua lËp thµnh tÝch chµo mõng §¹i héi, tõ ngµy 01/6/2020 ®Õn hÕt ngµy 30/9/2020."
)
IN_VNI = (
    "Phaùt ñoäng phong traøo thi ñua laäp thaønh tích chaøo möøng Ñaïi hoäi, "
    "töø ngaøy 01/6/2020 ñeán heát ngaøy 30/9/2020."
)
ALL_SMALL = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"


@pytest.mark.parametrize(("typed", "encoding"), [(IN_TCVN3, Encoding.TCVN3), (IN_VNI, Encoding.VNI)])
def test_a_sentence_is_found_out_and_repaired(typed, encoding):
    assert repair(typed) == Repaired(SENTENCE, encoding)


@pytest.mark.parametrize(
    ("cell", "name"), [("NguyÔn V¨n An", "Nguyễn Văn An"), ("Nguyeãn Vaên An", "Nguyễn Văn An")]
)
def test_a_name_in_a_cell_is_enough(cell, name):
    assert repair(cell).text == name


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "Sở Tư pháp tỉnh Hà Giang",
        "Señor Ibáñez, déjà été à Noël",
        "Französisch über Öl, groß, Müller schön",
        "naïve café, 20 °C · m² © ®",
        "A plain English sentence.",
        "",
    ],
)
def test_unicode_and_other_languages_stay_as_they_are(text):
    assert repair(text) == Repaired(text, None)


def test_every_letter_of_each_encoding_is_known():
    tcvn3 = {letter for letter in ALL_SMALL if letter in legacy._TCVN3.values()}
    vni = {letter for letter in ALL_SMALL if letter in legacy._VNI.values()}

    # VNI writes í and ì with the letters they look like.
    assert tcvn3 == set(ALL_SMALL)
    assert set(ALL_SMALL) - vni == set()


def test_the_capitals_of_vni_may_have_a_small_or_a_large_sign():
    assert (
        convert("COÄNG HOØA, Coäng, Aân, AÂN, Ñaûng, ÔÛ, Ôû", Encoding.VNI)
        == "CỘNG HÒA, Cộng, Ân, ÂN, Đảng, Ở, Ở"
    )


def test_words_in_capitals_drawn_by_the_tcvn3_font_are_capitals_again():
    heading = "KÕ HO¹CH\nPh¸t ®éng thi ®ua"

    assert repair(heading).text == "KẾ HOẠCH\nPhát động thi đua"


def test_a_bullet_of_tcvn3_text_stays_a_bullet():
    assert repair("· LËp thµnh tÝch ®Æc biÖt").text == "· Lập thành tích đặc biệt"


def test_each_line_of_a_mixed_document_is_repaired_by_its_own_evidence():
    mixed = f"{IN_TCVN3}\n{SENTENCE}\n{IN_VNI}\n{IN_TCVN3}"

    assert repair(mixed).text == "\n".join([SENTENCE] * 4)


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxy ÀÁàáảãạấậắđ", max_size=60))
def test_text_with_letters_only_unicode_has_stays(text):
    kept = f"Những người được {text}"

    assert detect(f"{SENTENCE} {kept}") is None


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (SENTENCE.encode(), "UTF-8"),
        (codecs.BOM_UTF8 + SENTENCE.encode(), "UTF-8"),
        (SENTENCE.encode("utf-16"), "UTF-16"),
        (SENTENCE.encode("utf-16-le"), "UTF-16"),
        (SENTENCE.encode("utf-16-be"), "UTF-16"),
        (IN_TCVN3.encode("latin-1"), "TCVN3"),
        (IN_VNI.encode("latin-1"), "VNI"),
        (IN_TCVN3.encode("utf-8"), "TCVN3"),
    ],
)
def test_a_file_is_read_whatever_it_was_saved_in(raw, encoding):
    assert decode(raw) == Decoded(SENTENCE, encoding)


def test_the_vietnamese_page_of_windows_is_read():
    raw = b"Ph\xe1t \xf0\xf4\xf2ng thi \xf0ua"

    assert decode(raw) == Decoded("Phát động thi đua", "Windows-1258")


@pytest.mark.parametrize("raw", [b"PK\x03\x04\x14\x00", b"\x89PNG\r\n\x1a\n\x00\x00", b"\xff\xfeodd"])
def test_bytes_that_are_no_text_are_refused(raw):
    with pytest.raises(NotTextError):
        decode(raw)


def test_an_empty_file_is_an_empty_text():
    assert decode(b"") == Decoded("", "UTF-8")

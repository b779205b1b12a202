from unicodedata import normalize

import pytest

from thidua.core.text.legacy import Encoding
from thidua.documents.errors import EmptyFileError, UnknownFormatError
from thidua.documents.notices import notice
from thidua.documents.text_reader import read_text

PLAN = "KẾ HOẠCH\nPhát động phong trào thi đua yêu nước năm 2024\n- Đẩy mạnh ứng dụng công nghệ;"
TCVN3 = "KÕ ho¹ch ph¸t ®éng phong trµo thi ®ua yªu n\xadíc".encode("latin-1")
VNI = "Keá hoaïch phaùt ñoäng phong traøo thi ñua yeâu nöôùc".encode("latin-1")
REPAIRED = "Kế hoạch phát động phong trào thi đua yêu nước"


@pytest.mark.parametrize(
    "content",
    [
        PLAN.encode(),
        PLAN.encode("utf-8-sig"),
        PLAN.encode("utf-16"),
        b"\xff\xfe" + PLAN.encode("utf-16-le"),
        b"\xfe\xff" + PLAN.encode("utf-16-be"),
        normalize("NFD", PLAN).encode(),
        PLAN.replace("\n", "\r\n").encode(),
        PLAN.replace("\n", "\r").encode(),
    ],
    ids=["UTF-8", "UTF-8 with mark", "UTF-16", "UTF-16 LE", "UTF-16 BE", "NFD", "CRLF", "CR"],
)
def test_unicode_text_is_kept_but_for_its_form(content):
    source = read_text(content, "a.txt")

    assert (source.text, source.notices) == (PLAN, ())


def test_every_line_with_letters_is_a_block():
    blocks = read_text("Một\n\n  Hai\n".encode(), "a.txt").blocks

    assert [(block.start, block.end, block.kind) for block in blocks] == [(0, 3, "line"), (5, 10, "line")]


@pytest.mark.parametrize(("content", "encoding"), [(TCVN3, Encoding.TCVN3), (VNI, Encoding.VNI)])
def test_the_encodings_of_before_unicode_are_repaired_and_told(content, encoding):
    source = read_text(content, "a.txt")

    assert source.text == REPAIRED
    assert source.notices == (notice("legacy_letters_repaired", encodings=encoding.value),)


def test_windows_1258_is_read():
    content = normalize("NFD", "Thi đua").encode("cp1258", errors="ignore")

    assert read_text(content, "a.txt").text == "Thi đua"


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03" * 100, b"abc\x07\x00def" * 50])
def test_bytes_that_are_no_text_are_refused(content):
    with pytest.raises(UnknownFormatError):
        read_text(content, "a.txt")


@pytest.mark.parametrize("content", [b"", b" \r\n\t ", "\ufeff \u00a0\n".encode()])
def test_a_file_of_blanks_is_empty(content):
    with pytest.raises(EmptyFileError):
        read_text(content, "a.txt")

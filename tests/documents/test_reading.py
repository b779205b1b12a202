import struct
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import pdfs
from documents.wordml import paragraph, word_file, zipped
from thidua.documents import errors, old_formats
from thidua.documents.notices import notice, told
from thidua.documents.reading import read_document

WORD = word_file(paragraph("Kế hoạch"))
PAGE = pdfs.typeset("Kế hoạch #table([TT], [Việc])")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NOVEL = (
    "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of "
    "foolishness, it was the epoch of belief, it was the epoch of incredulity.\n"
) * 200


def _stored(package):
    """Return ``package`` unpacked inside, so that damage reaches the XML itself."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as loose:
        for name, content in _parts(package).items():
            loose.writestr(name, content)
    return file.getvalue()


def _parts(package):
    with ZipFile(BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


LOOSE = _stored(WORD)


def ole(*streams):
    """Return the head of an old Office file whose directory names ``streams``."""
    return OLE + b"\0" * 504 + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)


def swollen(tmp_path, megabytes, *, method=ZIP_DEFLATED):
    """Return a small .docx with a part that unpacks to so many ``megabytes`` of blanks."""
    path = tmp_path / "a.docx"
    with ZipFile(path, "w", method) as package:
        package.writestr("word/document.xml", WORD)
        with package.open("word/media/blank.xml", "w", force_zip64=True) as part:
            for _ in range(megabytes):
                part.write(b" " * (1 << 20))
    return path


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (WORD, "a.docx"),
        (WORD, "a.docm"),
        (WORD, "a"),
        (pdfs.typeset("Kế hoạch"), "a.PDF"),
        ("Kế hoạch".encode(), "a.md"),
    ],
)
def test_a_document_is_read_by_its_content(content, name):
    source = read_document(content, name)

    assert (source.text, source.notices) == ("Kế hoạch", ())


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (WORD, "a.pdf", "văn bản Word .docx"),
        (pdfs.typeset("Kế hoạch"), "a.docx", "PDF"),
        ("Kế hoạch".encode(), "a.doc", "văn bản thuần"),
        ("Kế hoạch".encode(), "a.png", "văn bản thuần"),
    ],
)
def test_a_wrong_extension_is_told_and_does_no_harm(content, name, kind):
    source = read_document(content, name)

    assert (source.text, source.notices) == ("Kế hoạch", (notice("wrong_extension", name=name, kind=kind),))


def test_macros_are_neither_run_nor_read():
    parts = {"word/vbaProject.bin": b"Attribute VB_Name", **_parts(WORD)}

    source = read_document(zipped(parts), "a.docm")

    assert (source.text, source.notices) == ("Kế hoạch", (notice("macros_left_out", name="a.docm"),))


def test_a_novel_in_english_is_read_like_any_text():
    assert read_document(NOVEL.encode(), "novel.txt").text == NOVEL


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", errors.EmptyFileError),
        (word_file(paragraph("")), errors.EmptyFileError),
        (pdfs.png(2, 2, b"abcd"), errors.PictureFileError),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", errors.PictureFileError),
        (b"RIFF\x10\0\0\0WEBPVP8 ", errors.PictureFileError),
        (b"\0\0\0\x18ftypheic", errors.PictureFileError),
        (Path(sys.executable).resolve().read_bytes()[:4096], errors.ProgramFileError),
        (b"MZ\x90\0\x03\0\0\0", errors.ProgramFileError),
        (b"Rar!\x1a\x07\0", errors.OtherFormatError),
        (b"<!DOCTYPE html><html><body>Trang</body></html>", errors.OtherFormatError),
        (zipped({"xl/workbook.xml": b"<a/>"}), errors.OtherFormatError),
        (zipped({"ppt/presentation.xml": b"<a/>"}), errors.OtherFormatError),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), errors.OtherFormatError),
        (zipped({"anh/1.txt": b"x"}), errors.OtherFormatError),
        (ole("EncryptedPackage", "EncryptionInfo"), errors.EncryptedFileError),
        (ole("Workbook"), errors.OtherFormatError),
        (ole("Root Entry"), errors.BrokenFileError),
        (pdfs.locked(), errors.EncryptedFileError),
        (pdfs.scan(), errors.ScannedFileError),
        (b"%PDF-1.7\n", errors.BrokenFileError),
        (WORD[: len(WORD) // 2], errors.BrokenFileError),
        (zipped({"word/document.xml": b"<w:document"}), errors.BrokenFileError),
        (zipped({"word/other.xml": b"<a/>"}), errors.BrokenFileError),
        (b"\x01\x02\x03\x04" * 64, errors.UnknownFormatError),
        ("\ufffd\ue123 ".encode() * 90, errors.UnreadableLettersError),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_by_its_own_error(content, error):
    with pytest.raises(error) as refused:
        read_document(content, "tệp.docx")

    assert type(refused.value) is error
    assert refused.value.parameters["name"] == "tệp.docx"
    assert str(refused.value).count("“tệp.docx”") == 1


def test_damage_inside_a_part_is_told_as_a_broken_file():
    content = bytearray(word_file(paragraph("Kế hoạch thi đua " * 500)))
    start = content.index(b"word/document.xml") + 60
    content[start : start + 40] = b"\xff" * 40

    with pytest.raises(errors.BrokenFileError):
        read_document(bytes(content), "a.docx")


def test_declarations_that_could_swell_are_refused():
    parts = _parts(WORD)
    bomb = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"?>", b"?>" + bomb, 1)

    with pytest.raises(errors.UnsafeFileError):
        read_document(zipped(parts), "a.docx")


def test_elements_nested_without_end_are_refused():
    deep = "<w:ins>" * 20_000 + "</w:ins>" * 20_000

    with pytest.raises(errors.UnsafeFileError):
        read_document(word_file(deep), "a.docx")


def test_a_file_over_the_limit_is_not_even_opened(tmp_path):
    path = tmp_path / "lớn.docx"
    with path.open("wb") as file:
        file.truncate(300 << 20)

    with pytest.raises(errors.TooLargeError) as refused:
        read_document(path)

    assert refused.value.parameters == {"name": "lớn.docx", "megabytes": 300, "limit": 50}


def test_a_package_that_swells_too_much_is_refused_before_it_is_unpacked(tmp_path):
    path = swollen(tmp_path, 64)

    assert path.stat().st_size < 1 << 20
    with pytest.raises(errors.UnpackedTooLargeError):
        read_document(path)


def test_a_part_that_lies_about_its_size_is_not_unpacked_beyond_it(tmp_path):
    content = bytearray(zipped({"word/document.xml": b"<a>" + b" " * (8 << 20) + b"</a>"}))
    told_size = struct.pack("<I", (8 << 20) + 7)
    for _ in range(content.count(told_size)):
        place = content.index(told_size)
        content[place : place + 4] = struct.pack("<I", 1000)

    with pytest.raises(errors.BrokenFileError):
        read_document(bytes(content), "a.docx")


def test_a_package_with_a_password_on_its_parts_is_told(tmp_path):
    content = bytearray(WORD)
    for mark, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.index(mark)
        content[place + flags_at] |= 1

    with pytest.raises(errors.EncryptedFileError):
        read_document(bytes(content), "a.docx")


def test_a_path_that_leads_nowhere_is_told(tmp_path):
    with pytest.raises(errors.MissingFileError):
        read_document(tmp_path / "không có.docx")


def test_an_old_file_without_a_program_for_it_asks_for_docx(monkeypatch):
    monkeypatch.setenv("PATH", "")

    with pytest.raises(errors.OldFormatError) as refused:
        read_document(ole("WordDocument"), "cũ.doc")

    assert refused.value.parameters == {"name": "cũ.doc", "kind": "văn bản Word cũ .doc"}


def test_an_old_file_with_a_password_is_told():
    header = b"\xec\xa5" + b"\0" * 8 + b"\0\x01" + b"\0" * 500

    with pytest.raises(errors.EncryptedFileError):
        read_document(ole("WordDocument").ljust(1024, b"\0") + header, "cũ.doc")


RTF = rb"{\rtf1\ansi\uc0 K\u7871  ho\u7841 ch\par Ph\u225 t \u273 \u7897 ng phong tr\u224 o\par}"


@pytest.mark.slow
@pytest.mark.skipif(
    not any(old_formats._readers(old_formats.FileKind.RTF)), reason="no program for .rtf here"
)
def test_an_old_file_is_read_through_a_program_of_this_machine():
    source = read_document(RTF, "cũ.rtf")

    assert source.text == "Kế hoạch\nPhát động phong trào"


def test_every_error_and_notice_speaks_a_whole_sentence():
    filled = {"name": "a.docx", "kind": "PDF", "megabytes": 300, "limit": 50, "pages": 3, "seconds": 20}

    sentences = [error.template % filled for error in errors.ERRORS.values()]

    assert len(sentences) == 17
    assert all(
        sentence.startswith(("Tệp “a.docx”", "Không", "Chữ trong", "Đọc tệp")) for sentence in sentences
    )
    assert all(sentence.endswith(".") for sentence in sentences)


def test_a_notice_comes_back_as_its_sentence_and_figures():
    sentence, parameters = told(notice("wrong_extension", name="kế hoạch & 1.pdf", kind="PDF"))

    assert sentence % parameters == (
        "Tệp “kế hoạch & 1.pdf” thực ra là PDF; đã đọc theo nội dung, không theo phần đuôi của tên."
    )


@given(st.data())
@settings(max_examples=60)
def test_a_damaged_file_gives_a_source_or_an_error_and_nothing_else(data):
    content = bytearray(data.draw(st.sampled_from([LOOSE, PAGE])))
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))

    try:
        source = read_document(bytes(content), "a")
    except errors.DocumentError:
        return

    assert [source.text[b.start : b.end] for b in source.blocks] == source.text.split("\n")

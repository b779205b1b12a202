import ctypes

import pypdfium2 as pdfium
import pytest
from pypdfium2 import raw

from documents import pdfs
from thidua.documents.errors import PictureFileError
from thidua.documents.notices import notice
from thidua.documents.pdf_reader import read_pdf
from thidua.documents.reading import read_document
from thidua.documents.recognition import can_recognise

PLAN = "KẾ HOẠCH\n\nPhát động phong trào thi đua năm 2026\n\nThời hạn: trước ngày 15/3/2026."

needs_tesseract = pytest.mark.skipif(
    not can_recognise(), reason="no tesseract with Vietnamese data on this machine"
)


def photographed(content):
    """Return the first page of the PDF ``content`` as grey dots, row by row."""
    return pdfium.PdfDocument(content)[0].render(scale=200 / 72, grayscale=True)


def scanned(content):
    """Return a PDF whose one page is a picture of the first page of ``content``."""
    scan = pdfium.PdfDocument.new()
    page = scan.new_page(595, 842)
    picture = pdfium.PdfImage.new(scan)
    picture.set_bitmap(photographed(content))
    picture.set_matrix(pdfium.PdfMatrix().scale(595, 842))
    page.insert_obj(picture)
    page.gen_content()
    written = bytearray()

    @ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(raw.FPDF_FILEWRITE), ctypes.c_void_p, ctypes.c_ulong)
    def take(_, block, size):
        written.extend(ctypes.string_at(block, size))
        return 1

    raw.FPDF_SaveAsCopy(scan.raw, raw.FPDF_FILEWRITE(version=1, WriteBlock=take), 0)
    return bytes(written)


@needs_tesseract
@pytest.mark.slow
def test_a_scan_is_recognised_when_asked_for():
    source = read_pdf(scanned(pdfs.typeset(PLAN)), "quét.pdf", recognise=True)

    assert source.text.split("\n") == PLAN.split("\n\n")
    assert source.notices == (notice("read_by_ocr"),)


@needs_tesseract
@pytest.mark.slow
def test_a_photograph_is_recognised_when_asked_for():
    bitmap = photographed(pdfs.typeset(PLAN))
    rows = bytes(bitmap.buffer)
    dots = b"".join(rows[at : at + bitmap.width] for at in range(0, len(rows), bitmap.stride))
    png = pdfs.png(bitmap.width, bitmap.height, dots)

    assert read_document(png, "ảnh.png", recognise=True).text.split("\n") == PLAN.split("\n\n")


def test_a_picture_is_refused_where_nothing_can_recognise_it(monkeypatch):
    monkeypatch.setenv("PATH", "")

    with pytest.raises(PictureFileError) as refused:
        read_document(pdfs.png(2, 2, b"abcd"), "ảnh.png", recognise=True)

    assert refused.value.parameters == {"name": "ảnh.png", "kind": "PNG", "recognisable": 0}

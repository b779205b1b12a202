"""The rules of the layout, each with its place in Nghị định 30/2020/NĐ-CP.

“PL I” is Phụ lục I: phần I general, phần II the main parts of the form, phần III the others. Lengths are in
millimetres, sizes in points.
"""

from collections.abc import Sequence
from datetime import date

from thidua.core.drafting.doc_types import DocType
from thidua.core.drafting.document import Annex, Document, Header, Recipient, Signature, SignMode
from thidua.core.text.normal import one_line

# PL I, phần I mục 1, 3, 4: A4 upright, the ranges' usual values, Times New Roman.
PAGE_WIDTH, PAGE_HEIGHT = 210, 297
MARGIN_TOP, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT = 20, 20, 30, 15
FONT = "Times New Roman"

# PL I, phần I mục 5 and phần II: sizes of each part of the form.
SIZE_BODY = 14
SIZE_NATIONAL_NAME = 12
SIZE_MOTTO = 13
SIZE_BODY_NAME = 12
SIZE_NUMBER = 13
SIZE_PLACE = 13
SIZE_TABLE = 12
SIZE_RECIPIENTS_TITLE = 12
SIZE_RECIPIENTS = 11
# PL I, phần II mục 6: first line set in, space between paragraphs of at least 6 points.
FIRST_LINE = 10
PARAGRAPH_SPACE = 6

NATIONAL_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"  # PL I, phần II mục 1
MOTTO = "Độc lập - Tự do - Hạnh phúc"
END_MARK = "./."  # PL III: the models of each form end the text so

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LETTERS = "abcdđeghiklmnopqrstuvxy"  # the alphabet by which points are lettered
_TEN = 10
_PADDED_MONTHS = (1, 2)
_ROMAN_LEVEL, _FIGURE_LEVEL, _POINT_LEVEL = 1, 2, 4


def padded(number: int) -> str:
    """Return a number below ten with a nought before it (PL I, phần II mục 3)."""
    return f"{number:02d}"


def number_and_symbol(header: Header, doc_type: DocType) -> str:
    """Return “05/KH-STP”, for a letter “12/STP-VP”; room for a number not yet given (PL I, II mục 3)."""
    number = padded(header.number) if header.number is not None else "       "
    symbol = "-".join(part for part in (doc_type.letters, header.symbol) if part)
    return f"{number}/{symbol}"


def day_in_words(day: date) -> str:
    """Return “ngày 05 tháng 02 năm 2026”; days below ten and months 1 and 2 padded (PL I, phần II mục 4)."""
    return f"ngày {padded(day.day)} tháng {_month(day.month)} năm {day.year}"


def place_and_day(header: Header) -> str:
    """Return “Hà Nội, ngày 05 tháng 02 năm 2026”, with room where the day is not yet known."""
    if header.issued_on is not None:
        return f"{header.place}, {day_in_words(header.issued_on)}"
    year = str(header.year) if header.year is not None else "    "
    return f"{header.place}, ngày     tháng     năm {year}"


def heading(doc_type: DocType, extract_of: str = "") -> str:
    """Return the type's name as it heads the document, empty for an official letter (PL I, phần II mục 5).

    What is only put together from another paper is headed as an extract of it.
    """
    if extract_of:
        return f"BẢN TRÍCH {doc_type.title.upper()}"
    return "" if doc_type is DocType.CV else doc_type.title.upper()


def number_line(document: Document) -> str:
    """Return “Số: 05/KH-STP”; nothing for an extract, for its number would be that of the paper itself."""
    if document.extract_of:
        return ""
    return f"Số: {number_and_symbol(document.header, document.doc_type)}"


def place_line(document: Document) -> str:
    return "" if document.extract_of else place_and_day(document.header)


def letter_subject(document: Document) -> str:
    """Return “V/v …”, which an official letter bears under its number (PL I, phần II mục 5)."""
    return f"V/v {document.subject}"


def bases_with_ends(bases: Sequence[str]) -> list[str]:
    """Return each basis as a line that ends with “;”, the last with “.” (PL I, phần II mục 6)."""
    lines = [one_line(basis).rstrip(";., ") for basis in bases]
    return [line + ("." if place == len(lines) else ";") for place, line in enumerate(lines, 1)]


def marker(level: int, place: int, above: str = "") -> str:
    """Return the marker of the ``place``-th part (from 1) on ``level``: I. then 1. then 1.1. then a).

    ``above`` is the marker of the part it stands in.
    """
    if level == _ROMAN_LEVEL:
        return f"{roman(place)}."
    if level == _FIGURE_LEVEL:
        return f"{place}."
    if level < _POINT_LEVEL:
        return f"{above.rstrip('.')}.{place}."
    return f"{point_letter(place)})"


def roman(number: int) -> str:
    """Return ``number`` from 1 to 39 in Roman figures."""
    text = ""
    for value, figure in _ROMAN:
        times, number = divmod(number, value)
        text += figure * times
    return text


def point_letter(place: int) -> str:
    """Return the letter of the ``place``-th point: a b c d đ e g h; after y comes aa."""
    rounds, letter = divmod(place - 1, len(_LETTERS))
    return _LETTERS[letter] * (rounds + 1)


def signature_lines(signature: Signature) -> list[str]:
    """Return the lines above the name, in capitals (PL I, phần II mục 7).

    TM. names the collective, then the head's post; KT., TL. and TUQ. the post signed for, then one's own. No
    rank or academic title stands before the name.
    """
    lines: list[str] = []
    if signature.collective:
        lines.append(f"{SignMode.TM} {signature.collective}")
    match signature.mode:
        case SignMode.KT | SignMode.TL | SignMode.TUQ:
            lines += [f"{signature.mode} {signature.superior}", signature.post]
        case SignMode.ACTING:
            lines.append(f"{signature.mode} {signature.post}")
        case SignMode.HEAD | SignMode.TM:
            lines.append(signature.post)
    return [line.upper() for line in lines]


def recipient_lines(recipients: Sequence[Recipient], filed_at: str) -> list[str]:
    """Return the lines under “Nơi nhận:”, ended by “;”, the last, “- Lưu: …”, by “.” (PL I, II mục 9)."""
    lines = [f"- {r.who} ({r.purpose});" if r.purpose else f"- {r.who};" for r in recipients]
    return [*lines, f"- Lưu: {filed_at.rstrip('.')}."]


def ended(text: str) -> str:
    """Return the last words of the document with “./.” after them."""
    return text.rstrip(" .;") + END_MARK


def annex_heading(place: int, count: int) -> str:
    """Return “PHỤ LỤC” for a single annex, “PHỤ LỤC II” for one of several (PL I, phần III mục 1)."""
    return "PHỤ LỤC" if count == 1 else f"PHỤ LỤC {roman(place)}"


def annex_reference(annex: Annex, document: Document) -> str:
    """Return “(Kèm theo Kế hoạch số 05/KH-STP ngày … của …)” (PL I, phần III mục 1)."""
    if annex.reference:
        return annex.reference
    header = document.header
    day = place_and_day(header).partition(", ")[2]
    number = number_and_symbol(header, document.doc_type)
    return f"(Kèm theo {document.doc_type.title} số {number} {day} của {header.body})"


def _month(month: int) -> str:
    return padded(month) if month in _PADDED_MONTHS else str(month)

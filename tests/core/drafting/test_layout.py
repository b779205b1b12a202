"""The rules of Nghị định 30/2020 one by one."""

from datetime import date, time

import pytest

from thidua.core.deadlines.deadline import Awaited, Dated, Every, Recurring, Relation, Relative
from thidua.core.deadlines.periods import Span, Unit
from thidua.core.drafting import layout
from thidua.core.drafting.doc_types import DocType
from thidua.core.drafting.document import Annex, Document, Header, Recipient, Signature, SignMode
from thidua.core.drafting.wording import date_words, deadline_words, period_words
from thidua.core.text.partial import Partial

HEADER = Header(body="Sở Tư pháp", symbol="STP", place="Hà Nội", number=5, issued_on=date(2026, 2, 5))


@pytest.mark.parametrize(
    ("number", "doc_type", "symbol", "expected"),
    [
        (5, DocType.KH, "STP", "05/KH-STP"),
        (12, DocType.QD, "BTP", "12/QĐ-BTP"),
        (1250, DocType.TTR, "HĐTĐKT", "1250/TTr-HĐTĐKT"),
        (7, DocType.CV, "STP-VP", "07/STP-VP"),
        (None, DocType.KH, "STP", "       /KH-STP"),
    ],
)
def test_the_number_is_padded_and_followed_by_its_symbol(number, doc_type, symbol, expected):
    header = Header(body="Sở Tư pháp", symbol=symbol, place="Hà Nội", number=number)

    assert layout.number_and_symbol(header, doc_type) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 10), "ngày 10 tháng 12 năm 2026"),
    ],
)
def test_days_below_ten_and_the_first_two_months_are_padded(day, expected):
    assert layout.day_in_words(day) == expected


def test_a_draft_leaves_room_for_number_and_day():
    draft = Header(body="Sở Tư pháp", symbol="STP", place="Hà Nội", year=2026)

    assert layout.place_and_day(draft) == "Hà Nội, ngày     tháng     năm 2026"
    assert layout.place_and_day(HEADER) == "Hà Nội, ngày 05 tháng 02 năm 2026"


def test_an_official_letter_has_no_heading():
    assert (layout.heading(DocType.KH), layout.heading(DocType.CV)) == ("KẾ HOẠCH", "")


def test_bases_end_with_semicolons_and_the_last_with_a_full_stop():
    bases = ["Căn cứ Luật A", "Căn cứ  Nghị định B.", "Theo đề nghị của Chánh Văn phòng;"]

    assert layout.bases_with_ends(bases) == [
        "Căn cứ Luật A;",
        "Căn cứ Nghị định B;",
        "Theo đề nghị của Chánh Văn phòng.",
    ]


@pytest.mark.parametrize(
    ("signature", "lines"),
    [
        (Signature("Giám đốc", "A"), ["GIÁM ĐỐC"]),
        (Signature("Phó Giám đốc", "A", SignMode.KT, "Giám đốc"), ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]),
        (
            Signature("Chủ tịch", "A", SignMode.TM, collective="Ủy ban nhân dân"),
            ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
        ),
        (
            Signature("Phó Chủ tịch", "A", SignMode.KT, "Chủ tịch", "Ủy ban nhân dân"),
            ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        ),
        (
            Signature("Vụ trưởng Vụ Thi đua - Khen thưởng", "A", SignMode.TL, "Bộ trưởng"),
            ["TL. BỘ TRƯỞNG", "VỤ TRƯỞNG VỤ THI ĐUA - KHEN THƯỞNG"],
        ),
        (Signature("Chánh Văn phòng", "A", SignMode.TUQ, "Giám đốc"), ["TUQ. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"]),
        (Signature("Giám đốc", "A", SignMode.ACTING), ["Q. GIÁM ĐỐC"]),
    ],
)
def test_each_way_of_signing_has_its_lines(signature, lines):
    assert layout.signature_lines(signature) == lines


def test_recipients_end_with_the_file():
    recipients = [Recipient("Bộ Tư pháp", "để báo cáo"), Recipient("Như trên")]

    assert layout.recipient_lines(recipients, "VT, VP") == [
        "- Bộ Tư pháp (để báo cáo);",
        "- Như trên;",
        "- Lưu: VT, VP.",
    ]


def test_markers_go_from_roman_to_letters():
    assert [layout.marker(1, place) for place in (1, 4, 9, 14)] == ["I.", "IV.", "IX.", "XIV."]
    assert layout.marker(2, 3, "II.") == "3."
    assert layout.marker(3, 2, "3.") == "3.2."
    assert [layout.marker(4, place, "3.2.") for place in (1, 4, 5, 23, 24)] == ["a)", "d)", "đ)", "y)", "aa)"]


def test_the_text_ends_with_its_mark():
    assert layout.ended("Trên đây là Kế hoạch. ") == "Trên đây là Kế hoạch./."


def test_an_annex_says_to_what_it_belongs():
    document = Document(HEADER, DocType.KH, "", Signature("Giám đốc", "A"))

    assert layout.annex_reference(Annex("Biểu mẫu"), document) == (
        "(Kèm theo Kế hoạch số 05/KH-STP ngày 05 tháng 02 năm 2026 của Sở Tư pháp)"
    )
    assert [layout.annex_heading(1, 1), layout.annex_heading(2, 3)] == ["PHỤ LỤC", "PHỤ LỤC II"]


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2026-06-30", "ngày 30/6/2026"),
        ("2026-02-05", "ngày 05/02/2026"),
        ("2026-11", "tháng 11/2026"),
        ("2026-Q3", "quý III/2026"),
        ("2026-H1", "6 tháng đầu năm 2026"),
        ("2026", "năm 2026"),
        ("--08-28", "ngày 28/8"),
    ],
)
def test_a_date_is_said_at_its_precision(iso, words):
    assert date_words(Partial.parse(iso)) == words


def test_a_period_is_said_from_and_to_its_last_day():
    assert period_words(Partial.parse("2026-06"), Partial.parse("2026-09-30")) == (
        "từ tháng 6/2026 đến hết ngày 30/9/2026"
    )
    assert period_words(None, Partial.parse("2026-09-30")) == "đến hết ngày 30/9/2026"


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (Dated(Partial(2026, 6, 30), Relation.BEFORE), "trước ngày 30/6/2026"),
        (Dated(Partial(2026, 6, 30), Relation.BY, time(17)), "chậm nhất 17 giờ 00 ngày 30/6/2026"),
        (Relative("họp", Relation.ON, hour=time(8, 30)), "khi họp, trước 8 giờ 30"),
        (Dated(Partial(2026), Relation.AT_START), "đầu năm 2026"),
        (Relative("kết thúc đợt 1", Relation.AFTER, Span(5)), "trong vòng 05 ngày kể từ ngày kết thúc đợt 1"),
        (Relative("Ngày Pháp luật", Relation.AFTER, Span(5)), "trong vòng 05 ngày kể từ Ngày Pháp luật"),
        (
            Relative("hội nghị tổng kết", Relation.BEFORE, Span(30, Unit.WORKING_DAY)),
            "trước hội nghị tổng kết 30 ngày làm việc",
        ),
        (Relative("sơ kết công tác", Relation.WITH), "cùng với sơ kết công tác"),
        (Awaited("hướng dẫn của Bộ"), "sau khi có hướng dẫn của Bộ"),
        (Awaited("hướng dẫn của Bộ", Span(15)), "trong vòng 15 ngày kể từ ngày có hướng dẫn của Bộ"),
        (Recurring(Every.MONTH, day=20, relation=Relation.BEFORE), "trước ngày 20 hằng tháng"),
        (Recurring(Every.MONTH, relation=Relation.ON), "ngày cuối hằng tháng"),
        (Recurring(Every.WEEK, day=5, relation=Relation.ON), "thứ Sáu hằng tuần"),
        (Recurring(Every.QUARTER), "hằng quý"),
        (Recurring(Every.YEAR, day=31, month=3, relation=Relation.BEFORE), "trước ngày 31/3 hằng năm"),
    ],
)
def test_a_deadline_is_said_as_documents_say_it(deadline, words):
    assert deadline_words(deadline) == words

"""Tables written as .xlsx, and read back."""

from datetime import UTC, date, datetime, time
from io import BytesIO
from zipfile import ZipFile

import pytest

from thidua.documents import workbook
from thidua.documents.workbook import ColumnKind, ColumnSpec, SheetSpec, write_xlsx
from thidua.documents.workbook_errors import SheetFullError
from thidua.documents.workbook_reader import Row, read_rows

PEOPLE = (
    ColumnSpec("Họ và tên", width=28),
    ColumnSpec("Ngày sinh", ColumnKind.DATE, width=12),
    ColumnSpec("Điểm", ColumnKind.DECIMAL),
    ColumnSpec("Số quyết định"),
)


MOMENT = datetime(2026, 2, 5, 8, 30, tzinfo=UTC)


@pytest.fixture
def written(tmp_path):
    def write(*sheets, **options):
        path = tmp_path / "bang.xlsx"
        with path.open("wb") as out:
            write_xlsx(out, sheets, **options)
        return path

    return write


def xml_of(path, part="xl/worksheets/sheet1.xml"):
    with ZipFile(path) as package:
        return package.read(part).decode()


def test_what_is_written_is_read_back_with_its_types(written):
    path = written(
        SheetSpec(
            "Danh sách", PEOPLE, [("Đặng Thị Ỷ", date(1990, 2, 5), 42.02, "05/QĐ-STP"), ("An", None, 7, None)]
        )
    )

    assert list(read_rows(path)) == [
        Row("Danh sách", 1, ("Họ và tên", "Ngày sinh", "Điểm", "Số quyết định")),
        Row("Danh sách", 2, ("Đặng Thị Ỷ", date(1990, 2, 5), 42.02, "05/QĐ-STP")),
        Row("Danh sách", 3, ("An", None, 7, None)),
    ]


def test_moments_show_the_hour_in_viet_nam_and_yes_and_no_are_words(written):
    columns = (ColumnSpec("Lúc", ColumnKind.MOMENT), ColumnSpec("Giờ"), ColumnSpec("Đã nộp"))

    path = written(SheetSpec("A", columns, [(MOMENT, time(17), True)]))

    shown = MOMENT.replace(hour=15, tzinfo=None)
    assert list(read_rows(path))[1].cells == (shown, "17:00", "Có")


@pytest.mark.parametrize(
    "text", ["=1+1", "+84 912", "-5", "@SUM(A1)", '=HYPERLINK("x")', "http://a.vn", "007", "1e5"]
)
def test_a_text_stays_a_text_whatever_it_looks_like(written, text):
    path = written(SheetSpec("A", (ColumnSpec("Cột"),), [(text,)]))

    assert list(read_rows(path))[1].cells == (text,)
    assert "<f>" not in xml_of(path)
    assert "hyperlink" not in xml_of(path)


def test_a_text_like_a_formula_is_marked_as_quoted(written):
    path = written(SheetSpec("A", (ColumnSpec("Cột"),), [("=1+1",)]))

    assert 'quotePrefix="1"' in xml_of(path, "xl/styles.xml")


def test_signs_that_xml_cannot_hold_are_dropped(written):
    path = written(SheetSpec("A", (ColumnSpec("Cột"),), [("một\x00\x07 hai",)]))

    assert list(read_rows(path))[1].cells == ("một hai",)


def test_the_head_row_is_frozen_and_filtered(written):
    xml = xml_of(written(SheetSpec("A", PEOPLE, [("An", None, 1, None)])))

    assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in xml
    assert '<autoFilter ref="A1:D2"/>' in xml


def test_a_short_list_of_choices_is_a_rule_and_a_long_one_a_hidden_sheet(written):
    short, long = ("Có", "Không"), tuple(f"Đơn vị thứ {place}" for place in range(40))
    columns = (
        ColumnSpec("A", choices=short),
        ColumnSpec("B", choices=long),
        ColumnSpec("C", choices=("a, b", "c")),
    )

    path = written(SheetSpec("A", columns, [("Có", long[0], "c")], blank_rows=9))
    xml = xml_of(path)

    assert '<formula1>"Có,Không"</formula1>' in xml
    assert "<formula1>_danh_muc!$A$1:$A$40</formula1>" in xml
    assert "<formula1>_danh_muc!$B$1:$B$2</formula1>" in xml
    assert 'sqref="A2:A11"' in xml
    assert [row.sheet for row in read_rows(path)] == ["A", "A"]


def test_names_of_sheets_are_made_fit_for_excel(written):
    names = ["Cụm: miền núi [2026]", "x" * 40, "x" * 40, "", "Cụm: miền núi [2026]"]

    path = written(*(SheetSpec(name, (ColumnSpec("A"),), [("1",)]) for name in names))

    assert list(dict.fromkeys(row.sheet for row in read_rows(path))) == [
        "Cụm  miền núi  2026",
        "x" * 31,
        "x" * 27 + " (2)",
        "Trang",
        "Cụm  miền núi  2026 (2)",
    ]


def test_the_file_does_not_tell_when_it_was_made(written):
    sheet = SheetSpec("A", (ColumnSpec("A"),), [("1",)])

    assert "2000-01-01T00:00:00Z" in xml_of(written(sheet), "docProps/core.xml")
    assert "2026-02-05T08:30:00Z" in xml_of(written(sheet, made_at=MOMENT), "docProps/core.xml")


def test_more_rows_than_excel_holds_are_refused(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)

    with pytest.raises(SheetFullError) as refused:
        write_xlsx(BytesIO(), [SheetSpec("A", (ColumnSpec("A"),), [("1",)] * 3)])

    assert str(refused.value) == (
        "Trang tính “A” có nhiều hơn 2 dòng, quá sức chứa của Excel. Thu hẹp bộ lọc rồi xuất lại."
    )


def test_a_row_of_another_length_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="shorter"):
        write_xlsx(BytesIO(), [SheetSpec("A", PEOPLE, [("An",)])])

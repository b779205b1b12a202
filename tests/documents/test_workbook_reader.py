"""Tables from outside."""

from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from thidua.documents import workbook_reader
from thidua.documents.errors import (
    EncryptedFileError,
    MissingFileError,
    ReadingTooHeavyError,
    UnpackedTooLargeError,
)
from thidua.documents.workbook import ColumnSpec, SheetSpec, write_xlsx
from thidua.documents.workbook_errors import (
    BrokenTableError,
    EmptyTableError,
    NotATableError,
    TableFileTooLargeError,
    TooManyCellsError,
)
from thidua.documents.workbook_isolated import read_rows_isolated
from thidua.documents.workbook_reader import Row, read_rows

ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Trang 1"><table:table-row table:number-rows-repeated="{rows}">'
    '<table:table-cell office:value-type="string"><text:p>Đặng Thị Ỷ</text:p></table:table-cell>'
    '<table:table-cell office:value-type="date" office:date-value="1990-02-05"/>'
    "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
)


@pytest.fixture
def file_of(tmp_path):
    def make(content, name="bang.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


@pytest.fixture
def an_xlsx(tmp_path):
    path = tmp_path / "bang.xlsx"
    with path.open("wb") as out:
        write_xlsx(out, [SheetSpec("Trang 1", (ColumnSpec("A"), ColumnSpec("B")), [("một", 2), (None, 2.5)])])
    return path


def ods_of(tmp_path, rows):
    path = tmp_path / "bang.ods"
    with ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", ODS.format(rows=rows))
        manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        package.writestr("META-INF/manifest.xml", manifest)
    return path


@pytest.mark.parametrize(
    "text",
    [
        "Họ và tên;Năm\nĐặng Ỷ, Phòng 1;1990\n",
        'Họ và tên,Năm\r\n"Đặng Ỷ, Phòng 1",1990\r\n',
        "Họ và tên\tNăm\nĐặng Ỷ, Phòng 1\t1990",
        "sep=|\nHọ và tên|Năm\nĐặng Ỷ, Phòng 1|1990",
        "\ufeffHọ và tên;Năm\nĐặng Ỷ, Phòng 1;1990",
    ],
)
def test_the_sign_between_cells_is_found_out(file_of, text):
    assert [row.cells for row in read_rows(file_of(text))] == [
        ("Họ và tên", "Năm"),
        ("Đặng Ỷ, Phòng 1", "1990"),
    ]


@pytest.mark.parametrize(
    "raw",
    [
        "Họ tên;Đơn vị\nNguyễn Văn Dũng;Cục Thi hành án".encode("utf-16"),
        "Hä tªn;§¬n vÞ\nNguyÔn V¨n Dòng;Côc Thi hµnh ¸n".encode("latin-1"),
        "Hoï teân;Ñôn vò\nNguyeãn Vaên Duõng;Cuïc Thi haønh aùn".encode("latin-1"),
    ],
    ids=["UTF-16", "TCVN3", "VNI"],
)
def test_a_csv_of_an_old_machine_is_read_as_unicode(file_of, raw):
    assert list(read_rows(file_of(raw))) == [
        Row("", 1, ("Họ tên", "Đơn vị")),
        Row("", 2, ("Nguyễn Văn Dũng", "Cục Thi hành án")),
    ]


def test_a_workbook_typed_with_an_old_font_is_read_as_unicode(tmp_path):
    path = tmp_path / "cu.xlsx"
    with path.open("wb") as out:
        rows = [("NguyÔn V¨n Dòng", "Côc Thi hµnh ¸n"), ("TrÇn ThÞ H¹nh", "VI")]
        write_xlsx(out, [SheetSpec("A", (ColumnSpec("Hä tªn"), ColumnSpec("§¬n vÞ")), rows)])

    assert [row.cells for row in read_rows(path)] == [
        ("Họ tên", "Đơn vị"),
        ("Nguyễn Văn Dũng", "Cục Thi hành án"),
        ("Trần Thị Hạnh", "VI"),
    ]


def test_rows_say_which_old_font_they_were_repaired_from(tmp_path, file_of):
    path = tmp_path / "cu.xlsx"
    with path.open("wb") as out:
        rows = [("NguyÔn V¨n Dòng",), ("VIEN",), ("TrÇn ThÞ H¹nh",)]
        write_xlsx(out, [SheetSpec("A", (ColumnSpec("Hä tªn"),), rows)])
    old_csv = file_of("Hoï teân;Ñôn vò\nNguyeãn Vaên Duõng;Cuïc Thi haønh aùn".encode("latin-1"))

    assert [row.repaired for row in read_rows(path)] == ["TCVN3", "TCVN3", "", "TCVN3"]
    assert [row.repaired for row in read_rows_isolated(old_csv)] == ["VNI", "VNI"]
    assert [row.repaired for row in read_rows(file_of("Họ tên;Đơn vị\nLê An;Cục".encode()))] == ["", ""]


def test_rows_keep_the_number_excel_shows(tmp_path):
    path = tmp_path / "thua.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Thưa")
        page.write(3, 1, " hàng  bốn ")
        page.write(5, 0, 12.0)
        book.add_worksheet("Ẩn").hide()

    assert list(read_rows(path)) == [Row("Thưa", 4, (None, "hàng  bốn")), Row("Thưa", 6, (12, None))]


def test_a_hidden_sheet_is_not_read(tmp_path):
    path = tmp_path / "an.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Hiện").write(0, 0, "thấy")
        hidden = book.add_worksheet("Ẩn")
        hidden.write(0, 0, "không thấy")
        hidden.hide()

    assert [row.sheet for row in read_rows(path)] == ["Hiện"]


def test_an_ods_is_read(tmp_path):
    assert list(read_rows(ods_of(tmp_path, 1))) == [Row("Trang 1", 1, ("Đặng Thị Ỷ", date(1990, 2, 5)))]


@pytest.mark.parametrize(
    ("content", "name", "error"),
    [
        (b"", "trong.csv", EmptyTableError),
        (b";;\n;;\n", "trong.csv", EmptyTableError),
        (b"%PDF-1.7 ...", "bang.xlsx", NotATableError),
        (b"\x89PNG\r\n\x1a\n\x00", "anh.xlsx", NotATableError),
        (bytes(range(32)), "la.csv", NotATableError),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            "van-ban.xls",
            NotATableError,
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "khoa.xlsx",
            EncryptedFileError,
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "cut.xls", BrokenTableError),
    ],
)
def test_what_is_no_table_is_refused_by_its_content(file_of, content, name, error):
    with pytest.raises(error) as refused:
        list(read_rows(file_of(content, name)))

    assert str(refused.value).startswith(f"Tệp “{name}”")


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(MissingFileError):
        list(read_rows(tmp_path / "khong-co.xlsx"))


def test_a_truncated_workbook_is_told_as_broken(an_xlsx, file_of):
    content = an_xlsx.read_bytes()

    with pytest.raises(Exception, match="bị hỏng hoặc tải về chưa hết"):
        list(read_rows(file_of(content[: len(content) // 2], "cut.xlsx")))


def test_a_file_of_too_many_bytes_is_not_opened(file_of, monkeypatch):
    monkeypatch.setattr(workbook_reader, "MOST_MEGABYTES", 0)

    with pytest.raises(TableFileTooLargeError):
        list(read_rows(file_of("a;b\n1;2")))


def test_a_few_cells_far_apart_are_refused_before_they_swell(tmp_path):
    path = tmp_path / "xa.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("A")
        page.write(0, 0, 1)
        page.write(1_048_575, 16_383, 1)

    with pytest.raises(TooManyCellsError) as refused:
        list(read_rows(path))

    parameters = refused.value.parameters
    assert (parameters["rows"], parameters["columns"]) == (1_048_576, 16_384)


def test_a_csv_of_too_many_cells_is_refused(file_of, monkeypatch):
    monkeypatch.setattr(workbook_reader, "MOST_CELLS", 5)

    with pytest.raises(TooManyCellsError):
        list(read_rows(file_of("a;b\n" * 3)))


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    path = tmp_path / "bom.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * (20 << 20))

    with pytest.raises(UnpackedTooLargeError):
        list(read_rows(path))


def test_the_isolated_reading_gives_the_same_rows(an_xlsx, tmp_path):
    assert list(read_rows_isolated(an_xlsx)) == list(read_rows(an_xlsx))
    assert list(read_rows_isolated(ods_of(tmp_path, 3))) == list(read_rows(tmp_path / "bang.ods"))


def test_an_error_is_told_through_the_isolation(file_of):
    with pytest.raises(NotATableError) as refused:
        list(read_rows_isolated(file_of(b"%PDF-1.7", "x"), name="Danh sách.xlsx"))

    assert str(refused.value) == (
        "Tệp “Danh sách.xlsx” là tệp PDF, không phải bảng tính. Gửi tệp .xlsx, .xls, .ods hoặc .csv."
    )


def test_a_table_too_heavy_for_its_bounds_ends_the_reading_alone(tmp_path):
    swelling = ods_of(tmp_path, 1_000_000)

    with pytest.raises(ReadingTooHeavyError):
        list(read_rows_isolated(swelling, megabytes=64))


def test_leaving_the_isolated_reading_early_ends_it(an_xlsx):
    rows = read_rows_isolated(an_xlsx)
    first = next(rows)
    rows.close()

    assert first == Row("Trang 1", 1, ("A", "B"))

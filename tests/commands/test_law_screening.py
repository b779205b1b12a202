"""``thidua law screen`` tells of each person what is missing, and refuses what is not a table of people."""

import re
from zipfile import ZipFile

import polars as pl
import pytest
import xlsxwriter

from thidua.cli import main
from thidua.commands import tables

PEOPLE = """\
ho_ten,hired_on,rating_2024,LDTT_2024,CSTDCS_2022,CSTDCS_2023,CSTDCS_2024,initiatives_BO_2024,research_BO_2024,discipline_level,pending
Nguyễn Văn An,2010-01-01,HTXSNV,x,x,x,x,1,,,
Lê Văn Cường,2010-01-01,HTTNV,x,x,,x,0,0,,complaint
Phạm Thị Dung,,,x,,,,,,,
"""


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "nguoi.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


def screened(people, out, *options):
    status = main(["law", "screen", str(people), "--on", "2024-12-20", "--out", str(out), *options])

    assert status == 0
    return tables.read(out)


def test_a_workbook_says_beside_each_title_what_is_missing(people, tmp_path):
    found = screened(people, tmp_path / "ra.xlsx", "--award", "LDTT", "--award", "CSTDCS")

    assert found.columns[-4:] == ["LDTT", "LDTT – còn thiếu", "CSTDCS", "CSTDCS – còn thiếu"]
    until = "theo Thông tư 12/2019; nguồn dẫn lại cho biết áp dụng đến Nghị định 152/2025"
    assert found["LDTT – còn thiếu"].to_list() == [
        "",
        f"Chưa đạt: Không có khiếu nại, tố cáo đang xác minh ({until}) (12/2019/TT-BNV, Điều 2)",
        "Chưa rõ: Xếp loại từ “hoàn thành tốt nhiệm vụ” trở lên (06/2022/QH15, Điều 24 khoản 1)",
    ]


def test_a_table_for_programs_holds_the_same_in_columns_of_its_own(people, tmp_path):
    asked = ("--award", "LDTT", "--award", "CSTDCS")

    workbook = screened(people, tmp_path / "ra.xlsx", *asked)
    found = screened(people, tmp_path / "ra.parquet", *asked)

    assert found.columns[-4:] == ["LDTT", "CSTDCS", "LDTT_missing", "CSTDCS_missing"]
    assert found["LDTT"].cast(str).to_list() == ["eligible", "not_eligible", "unknown"]
    assert found["LDTT_missing"].fill_null("").to_list() == workbook["LDTT – còn thiếu"].to_list()


def test_without_a_file_to_write_it_says_where_what_is_missing_can_be_read(people, capsys):
    main(["law", "screen", str(people), "--on", "2024-12-20"])

    assert capsys.readouterr().out.splitlines()[-1] == "Từng người còn thiếu gì: thêm --out TỆP.xlsx."


def test_what_is_missing_is_told_in_english_where_asked(people, tmp_path):
    found = screened(people, tmp_path / "ra.xlsx", "--award", "LDTT", "--lang", "en")

    assert found.columns[-2:] == ["LDTT", "LDTT – missing"]
    assert found["LDTT – missing"][1].startswith("Not met: ")


def test_of_several_ways_each_is_named(people, tmp_path):
    found = screened(people, tmp_path / "ra.xlsx", "--award", "CSTDCS")

    assert found["CSTDCS – còn thiếu"][1].startswith(
        "Chưa đạt: Hoàn thành xuất sắc nhiệm vụ, hoặc có sáng kiến, hoặc có đề tài được công nhận "
        "(Xếp loại từ “hoàn thành xuất sắc nhiệm vụ” trở lên; hoặc Có 1 sáng kiến"
    )


def test_a_day_without_law_says_so(people, tmp_path):
    out = tmp_path / "ra.csv"
    main(["law", "screen", str(people), "--on", "2009-12-20", "--award", "LDTT", "--out", str(out)])

    assert tables.read(out)["LDTT_missing"].to_list() == ["Chưa rõ: chưa có dữ liệu luật"] * 3


def test_titles_of_collectives_are_not_asked_of_people(people, tmp_path, capsys):
    out = tmp_path / "ra.csv"

    status = main(
        ["law", "screen", str(people), "--on", "2024-12-20", "--award", "LDTT", "--award", "TTLDXS",
         "--award", "GDVH", "--out", str(out)]
    )  # fmt: skip

    said = capsys.readouterr()
    assert (status, said.out, out.exists()) == (2, "", False)
    assert said.err == (
        "--award TTLDXS: chỉ dành cho tập thể, mà bảng này gồm cá nhân. Bỏ --award này, hoặc hỏi riêng từng tập thể, "
        "hộ gia đình bằng “thidua law check”.\n"
        "--award GDVH: chỉ dành cho hộ gia đình, mà bảng này gồm cá nhân. Bỏ --award này, hoặc hỏi riêng từng tập thể, "
        "hộ gia đình bằng “thidua law check”.\n"
    )


@pytest.mark.parametrize(
    ("head", "row", "columns"),
    [
        ("kind,rating_2024", "collective,HTXSNV", "kind"),
        ("ten,rating_2024,TTLDTT_2024", "Phòng A,HTXSNV,x", "TTLDTT_2024"),
        (
            "ten,rating_2024,founded_on,members_total",
            "Phòng A,HTXSNV,2010-01-01,9",
            "founded_on, members_total",
        ),
    ],
)
def test_a_table_of_collectives_is_refused(head, row, columns, tmp_path, capsys):
    table = tmp_path / "tap-the.csv"
    table.write_text(f"{head}\n{row}\n", encoding="utf-8")

    status = main(["law", "screen", str(table), "--on", "2024-12-20"])

    said = (
        f"{table}: đây là bảng tập thể (cột {columns}), mà screen chỉ xét cá nhân. Hỏi riêng từng tập thể bằng "
        "“thidua law check”.\n"
    )
    assert (status, capsys.readouterr().err) == (2, said)


def test_a_table_of_people_may_name_their_collectives(tmp_path, capsys):
    table = tmp_path / "nguoi.csv"
    table.write_text(
        "kind,hired_on,rating_2024,TTLDTT_2024\nindividual,2010-01-01,HTTNV,x\n", encoding="utf-8"
    )

    status = main(["law", "screen", str(table), "--on", "2024-12-20"])

    said = capsys.readouterr()
    assert (status, said.err, "Cột không dùng" in said.out) == (0, "", False)


def test_sentences_in_a_workbook_wrap_in_a_wide_column(people, tmp_path):
    out = tmp_path / "ra.xlsx"
    found = screened(people, out, "--award", "LDTT")

    with ZipFile(out) as book:
        sheet, styles = (book.read(f"xl/{part}.xml").decode() for part in ("worksheets/sheet1", "styles"))
    widths = dict(re.findall(r'<col min="(\d+)" max="\d+" width="(\d+)', sheet))
    assert int(widths[str(found.width)]) > 60
    assert 'wrapText="1"' in styles


@pytest.mark.parametrize("year", ["1800", "20255", "abc"])
def test_a_year_that_is_none_is_told(people, year, capsys):
    status = main(["law", "screen", str(people), "--year", year])

    said = f"--year: “{year}” không phải là một năm. Viết bốn chữ số, như 2023.\n"
    assert (status, capsys.readouterr().err) == (2, said)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", "--on: “31/12/2024” không phải là ngày. Viết năm-tháng-ngày, như 2024-01-31.\n"),
        ("en", "--on: “31/12/2024” is no day. Write year-month-day, such as 2024-01-31.\n"),
    ],
)
def test_a_day_that_is_none_is_told_in_the_language_asked(people, language, said, capsys):
    status = main(["law", "screen", str(people), "--on", "31/12/2024", "--lang", language])

    assert (status, capsys.readouterr().err) == (2, said)


def test_how_to_write_a_cell_is_told_in_the_language_asked(tmp_path, capsys):
    table = tmp_path / "nguoi.csv"
    table.write_text("hired_on,months_2024\n1/3/2020,hai\n", encoding="utf-8")

    main(["law", "screen", str(table), "--on", "2024-12-20", "--lang", "en"])

    told = capsys.readouterr().err.splitlines()
    assert [one.rpartition(": ")[2] for one in told] == ["year-month-day.", "a number of months."]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_table_with_headings_alone_is_refused(ending, tmp_path, capsys):
    table = tmp_path / f"nguoi.{ending}"
    tables.write(pl.DataFrame(schema={"ho_ten": pl.String, "rating_2024": pl.String}), table)

    status = main(["law", "screen", str(table), "--on", "2024-12-20"])

    said = f"{table}: chỉ có dòng tên cột, chưa có người nào. Thêm mỗi người một dòng.\n"
    assert (status, *capsys.readouterr()) == (2, "", said)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_two_columns_of_one_name_are_refused(ending, tmp_path, capsys):
    table = tmp_path / f"nguoi.{ending}"
    rows = [("ho_ten", "rating_2024", "rating_2024"), ("Lê Văn Cường", "HTTNV", "HTXSNV")]
    if ending == "csv":
        table.write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    else:
        book = xlsxwriter.Workbook(table)
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
        book.close()

    status = main(["law", "screen", str(table), "--on", "2024-12-20"])

    said = f"“{table}” có hai cột cùng tên “rating_2024”. Giữ một cột, hoặc đổi tên cột kia.\n"
    assert (status, *capsys.readouterr()) == (2, "", said)


def test_an_award_that_is_none_is_told_with_those_there_are(people, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["law", "screen", str(people), "--award", "CSTD"])

    said = capsys.readouterr().err.splitlines()[-1]
    assert (ended.value.code, "không có “CSTD”. Chọn một trong: LDTT, CSTDCS, CSTDB" in said) == (2, True)

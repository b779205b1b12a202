from datetime import date

import pytest

from thidua.core.text.dates import Edge, Every, Partial, RangeKind, find_dates, find_ranges, find_recurrences


def values(text):
    return [mention.value for mention in find_dates(text)]


def ranges(text):
    return [(found.first.value, found.last.value, found.kind) for found in find_ranges(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ngày 31  tháng 03 năm 2017", "2017-03-31"),
        ("ngày 07 tháng 9 năm 2024", "2024-09-07"),
        ("ngày 15\ntháng 6 năm 2022", "2022-06-15"),
        ("30/6/2020", "2020-06-30"),
        ("19-5-2026", "2026-05-19"),
        ("28.02.2026", "2026-02-28"),
        ("5 / 8 / 2024", "2024-08-05"),
        ("tháng 01/2020", "2020-01"),
        ("tháng 4 năm 2027", "2027-04"),
        ("7/1981", "1981-07"),
        ("tuần đầu tháng 12-2026", "2026-12"),
        ("quý III năm 2020", "2020-Q3"),
        ("quý 2/2024", "2024-Q2"),
        ("06 tháng đầu năm 2023", "2023-H1"),
        ("sáu tháng cuối năm 2023", "2023-H2"),
        ("năm 2025", "2025"),
        ("kết thúc năm 2025", "2025"),
        ("ngày 20 tháng 11", "--11-20"),
        ("(20/11)", "--11-20"),
        ("ngày 31/3 hằng năm", "--03-31"),
        ("NĂM 2026", "2026"),
    ],
)
def test_a_date_is_read_at_the_precision_stated(text, value):
    assert values(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "12/12 thôn có tổ hòa giải",
        "từ 2/3 thành viên trở lên",
        "Luật số 06/2022/QH15",
        "Nghị định số 152/2025/NĐ-CP",
        "Kế hoạch số 12/2024",
        "Cách mạng tháng Tám",
        "mỗi tháng 01 lần",
        "mỗi quý 1 lần",
        "1.250 căn nhà",
        "điểm 9,5/10",
        "10/3 âm lịch",
    ],
)
def test_fractions_counts_and_document_numbers_are_no_dates(text):
    assert values(text) == []


@pytest.mark.parametrize("text", ["31/02/2025", "ngày 31 tháng 4 năm 2025", "30/13/2025", "ngày 29/02/2023"])
def test_an_impossible_date_is_reported_not_corrected(text):
    (mention,) = find_dates(text)

    assert mention.impossible
    with pytest.raises(ValueError, match=mention.value):
        mention.partial.last_day()


def test_the_place_of_a_date_is_exact():
    text = "Hồ sơ gửi trước 17 giờ 00 ngày 10/6/2024 về Sở."

    (mention,) = find_dates(text)

    assert (text[mention.start : mention.end], mention.time) == ("17 giờ 00 ngày 10/6/2024", "17:00")


def test_midnight_is_a_time():
    assert [mention.time for mention in find_dates("từ 00h00 ngày 01/7/2025")] == ["00:00"]


@pytest.mark.parametrize(
    ("text", "edge"),
    [
        ("đầu năm 2024", Edge.START),
        ("giữa tháng 5/2024", Edge.MIDDLE),
        ("hết quý III/2024", Edge.END),
        ("tuần cuối tháng 8/2024", Edge.END),
        ("tháng 8/2024", Edge.NONE),
    ],
)
def test_the_part_of_a_date_singled_out_is_told(text, edge):
    assert [mention.edge for mention in find_dates(text)] == [edge]


def test_a_school_year_s_end_is_no_date():
    assert values("cuối năm học") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("từ tháng 6/2021 đến hết tháng 8/2021", ("2021-06", "2021-08", RangeKind.PERIOD)),
        ("từ tháng 3 đến hết tháng 6/2022", ("2022-03", "2022-06", RangeKind.PERIOD)),
        ("từ tháng 11 đến hết tháng 3/2022", ("2021-11", "2022-03", RangeKind.PERIOD)),
        ("01/10 - 30/10/2025", ("2025-10-01", "2025-10-30", RangeKind.PERIOD)),
        ("từ 01 đến 30/10/2025", ("2025-10-01", "2025-10-30", RangeKind.PERIOD)),
        ("từ ngày 05 đến ngày 20 tháng 11 năm 2025", ("2025-11-05", "2025-11-20", RangeKind.PERIOD)),
        ("từ **01/7/2025** đến **30/9/2025**", ("2025-07-01", "2025-09-30", RangeKind.PERIOD)),
        ("từ đầu năm đến ngày 30/6/2023", ("2023", "2023-06-30", RangeKind.PERIOD)),
        ("từ quý II đến hết quý III/2026", ("2026-Q2", "2026-Q3", RangeKind.PERIOD)),
        ("từ 15/12/2025 đến 15/02", ("2025-12-15", "2026-02-15", RangeKind.PERIOD)),
        ("(28/8/1945-28/8/2020)", ("1945-08-28", "2020-08-28", RangeKind.ANNIVERSARY)),
        ("(7/1981 - 7/2023)", ("1981-07", "2023-07", RangeKind.ANNIVERSARY)),
        ("năm học 2023 - 2024", ("2023", "2024", RangeKind.YEARS)),
        ("giai đoạn 2021–2025", ("2021", "2025", RangeKind.YEARS)),
    ],
)
def test_a_range_shares_the_year_said_once(text, expected):
    assert ranges(text) == [expected]


def test_two_ranges_do_not_share_an_end():
    text = "đợt 1 từ 01/3/2025 đến 30/4/2025, đợt 2 từ 01/5/2025 đến 30/6/2025"

    assert ranges(text) == [
        ("2025-03-01", "2025-04-30", RangeKind.PERIOD),
        ("2025-05-01", "2025-06-30", RangeKind.PERIOD),
    ]


@pytest.mark.parametrize(
    ("text", "words", "every"),
    [
        ("trước ngày 20 hằng tháng", "ngày 20 hằng tháng", Every.MONTH),
        ("vào chiều thứ Sáu hằng tuần", "chiều thứ Sáu hằng tuần", Every.WEEK),
        ("họp mỗi quý một lần", "mỗi quý một lần", Every.QUARTER),
        ("sơ kết 6 tháng một lần", "6 tháng một lần", Every.HALF),
        ("trước ngày 31/3 hàng năm", "ngày 31/3 hàng năm", Every.YEAR),
    ],
)
def test_what_is_repeated_keeps_its_words(text, words, every):
    assert [(found.text, found.every) for found in find_recurrences(text)] == [(words, every)]


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2021-07-13", date(2021, 7, 13), date(2021, 7, 13)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2020-Q3", date(2020, 7, 1), date(2020, 9, 30)),
        ("2023-H1", date(2023, 1, 1), date(2023, 6, 30)),
        ("2023-H2", date(2023, 7, 1), date(2023, 12, 31)),
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
    ],
)
def test_a_partial_date_knows_its_first_and_last_day(iso, first, last):
    partial = Partial.parse(iso)

    assert (partial.first_day(), partial.last_day(), partial.iso) == (first, last, iso)


def test_a_day_of_every_year_gets_a_year_only_when_one_is_given():
    yearly = Partial.parse("--03-31")

    assert (yearly.iso, yearly.with_year(2026).iso) == ("--03-31", "2026-03-31")
    with pytest.raises(ValueError, match="--03-31"):
        yearly.first_day()


def test_words_are_no_iso_date():
    with pytest.raises(ValueError, match="đầu năm"):
        Partial.parse("đầu năm")

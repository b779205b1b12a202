from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.exchange.cells import raw_of, reader_of
from thidua.exchange.fields import Choice, Field, FieldKind

DAY = Field("valid_from", "Từ ngày", FieldKind.DAY, required=True)
BIRTH = Field("birth_date", "Ngày sinh", FieldKind.LOOSE_DAY)
KIND = Field(
    "kind",
    "Đối tượng",
    FieldKind.CHOICE,
    choices=(Choice("cc", "Công chức", ("CCHC",)), Choice("vc", "Viên chức")),
)


def read(field, raw):
    """Return the value and the code of the problem."""
    reading = reader_of(field)(raw)
    return reading.value, reading.problem.code if reading.problem else ""


@pytest.mark.parametrize(
    "raw",
    [
        "2/9/1985",
        "02/09/1985",
        "02-09-1985",
        "2.9.1985",
        "02 / 09 / 1985",
        "02 09 1985",
        "'02/09/1985",
        "1985-09-02",
        "1985-09-02 00:00:00",
        "02/09/1985 00:00:00",
        "ngày 2 tháng 9 năm 1985",
        "Ngày 02 tháng 09 năm 1985",
        31292,
        31292.0,
        "31292",
        raw_of(date(1985, 9, 2)),
    ],
)
def test_a_day_is_read_in_every_usual_form(raw):
    assert read(DAY, raw) == (date(1985, 9, 2), "")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("31/02/2025", "no_such_day"),
        ("29/2/2023", "no_such_day"),
        ("0/1/2020", "no_such_day"),
        ("12/31/1985", "month_first"),
        ("không rõ", "not_a_day"),
        ("1/1/2020 - 2/2/2021", "not_a_day"),
        (12, "not_a_day"),
        (999_999_999, "not_a_day"),
        (True, "not_a_day"),
        (1985, "part_of_a_day"),
        ("09/1985", "part_of_a_day"),
    ],
)
def test_a_day_that_is_none_is_refused_with_its_reason(raw, code):
    assert read(DAY, raw) == (None, code)


def test_a_birth_of_which_only_the_year_is_told_stays_open():
    assert [read(BIRTH, raw) for raw in (1985, "1985", "9/1985")] == [(None, "only_part_of_a_day")] * 3


def test_two_figures_of_a_year_are_read_and_told():
    assert read(BIRTH, "2/9/85") == (date(1985, 9, 2), "short_year")
    assert read(BIRTH, "2/9/05") == (date(2005, 9, 2), "short_year")
    assert read(BIRTH, "31/2/85") == (None, "no_such_day")


@given(st.dates(date(1910, 1, 1), date(2090, 1, 1)))
def test_every_day_survives_every_way_of_writing_it(day):
    serial = (day - date(1899, 12, 30)).days
    ways = (f"{day.day}/{day.month}/{day.year}", f"{day:%d-%m-%Y}", str(day), serial)

    assert {read(DAY, way) for way in ways} == {(day, "")}


@given(
    st.one_of(
        st.text(max_size=30), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans()
    )
)
def test_no_cell_breaks_a_reader(raw):
    for kind in FieldKind:
        reading = reader_of(Field("f", "F", kind))(raw)

        assert not (reading.is_refused and reading.value is not None)


@pytest.mark.parametrize("word", ["Công chức", "CÔNG CHỨC", "cong chuc", "công-chức", "CCHC", "cc"])
def test_a_choice_is_known_however_it_is_written(word):
    assert read(KIND, word) == ("cc", "")


def test_a_choice_that_is_none_is_refused_with_those_there_are():
    problem = reader_of(KIND)("Chuyên gia").problem

    assert problem.text({}) == (
        "“Chuyên gia” ở cột “Đối tượng” không có trong danh mục. Chọn một trong: Công chức; Viên chức."
    )


def test_every_choice_there_is_is_named():
    kinds = Field(
        "f", "F", FieldKind.CHOICE, choices=tuple(Choice(f"{n}", f"Loại {n}") for n in range(1, 25))
    )

    problem = reader_of(kinds)("Khác").problem

    assert problem.text({}).endswith(": " + "; ".join(f"Loại {n}" for n in range(1, 25)) + ".")


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        (FieldKind.YES_NO, "x", (True, "")),
        (FieldKind.YES_NO, "Có", (True, "")),
        (FieldKind.YES_NO, 0, (False, "")),
        (FieldKind.YES_NO, True, (True, "")),
        (FieldKind.YES_NO, "có thể", (None, "not_yes_no")),
        (FieldKind.WHOLE, "12 tháng", (12, "")),
        (FieldKind.WHOLE, 36.0, (36, "")),
        (FieldKind.WHOLE, 1.5, (None, "not_whole")),
        (FieldKind.WHOLE, 99_999, (None, "out_of_range")),
        (FieldKind.EMAIL, " An@Bo.gov.vn ", ("An@Bo.gov.vn", "")),
        (FieldKind.EMAIL, "an@", (None, "not_an_email")),
        (FieldKind.PHONE, 912345678, ("0912345678", "phone_zero")),
        (FieldKind.PHONE, "024 3733 6213", ("024 3733 6213", "")),
        (FieldKind.PHONE, "chưa có", (None, "not_a_phone")),
        (FieldKind.CODE, 123, ("123", "")),
        (FieldKind.TEXT, "Phòng   A", ("Phòng A", "")),
        (FieldKind.TEXT, "a" * 300, (None, "too_long")),
        (FieldKind.TEXT, "(xóa)", (None, "")),
    ],
)
def test_cells_are_read_by_the_kind_of_their_column(kind, raw, expected):
    assert read(Field("f", "Mục", kind), raw) == expected


def test_a_required_cell_cannot_be_emptied():
    assert read(DAY, "(xóa)") == (None, "missing")

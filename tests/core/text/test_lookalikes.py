import time

import pytest

from thidua.core.text.lookalikes import blurred_dates, legible


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("từ ngày 0l/12/2026 đến", "từ ngày 01/12/2026 đến"),
        ("trước ngày 3O/6/2027.", "trước ngày 30/6/2027."),
        ("ngày l5 tháng 5", "ngày 15 tháng 5"),
        ("ngày 15 tháng S năm 2O26", "ngày 15 tháng 5 năm 2026"),
        ("trước ngày 3O/6", "trước ngày 30/6"),
        ("đến hết tháng l2/2026", "đến hết tháng 12/2026"),
        ("trong năm 2O26", "trong năm 2026"),
        ("giai đoạn 2O26 - 2030", "giai đoạn 2026 - 2030"),
        ("trong quý lI/2026", "trong quý II/2026"),
        ("(30/4/l975 - 30/4/2025)", "(30/4/1975 - 30/4/2025)"),
    ],
)
def test_letters_that_look_like_figures_are_read_through_in_a_date(seen, meant):
    assert legible(seen) == meant
    assert all(seen[one.start : one.end] == one.seen for one in blurred_dates(seen))


@pytest.mark.parametrize(
    "text",
    [
        "từ ngày 01/12/2026 đến ngày 30/6/2027",
        "ngày 20/II/1946",
        "văn bản số 15/BO/2026",
        "Is it so? 5 S, 20 l nước, ISO 9001, B2 và O3",
        "trong quý III và quý IV",
        "hằng tháng so với năm trước",
    ],
)
def test_other_text_stays_as_it_is(text):
    assert legible(text) == text
    assert list(blurred_dates(text)) == []


def test_a_line_of_many_blurred_dates_is_read_in_linear_time():
    began = time.process_time()

    assert legible("ngày 0l/12/2026 " * 40_000) == "ngày 01/12/2026 " * 40_000
    assert time.process_time() - began < 4  # quadratic, it needs minutes

"""The day a page is seen as of: typed as on paper, and told where it was not taken."""

from datetime import date

import pytest
from django.utils import translation

from thidua.ui.days import read_day, refused_day

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2/3/2026", TODAY),
        ("2026-03-02", TODAY),
        (" 02.03.2026 ", TODAY),
        ("31/2/2026", None),
        ("22/11", None),
        ("", None),
        ("3000-01-01", None),
    ],
)
def test_a_day_is_read_as_people_and_addresses_write_it(text, day):
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", ""),
        ("2/3/2026", ""),
        ("2026-03-02", ""),
        (
            "31/2/2026",
            "“31/2/2026” không phải ngày có thật, viết dạng 30/6/2026. Trang đang xem theo 2/3/2026.",
        ),
        ("2030-01-01", "Ngày 1/1/2030 không xem được ở trang này. Trang đang xem theo 2/3/2026."),
    ],
)
def test_a_day_that_was_not_taken_is_told(typed, sentence):
    with translation.override("vi"):
        assert refused_day(typed, TODAY) == sentence

import pytest
from django.http import QueryDict

from thidua.ui.parts import page_number


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("", 1),
        ("page=7", 7),
        ("page=0", 1),
        ("page=-3", 1),
        ("page=²", 1),
        ("page=hai", 1),
        ("page=" + "9" * 5_000, 1),
    ],
)
def test_a_page_is_a_number_or_the_first(address, number):
    assert page_number(QueryDict(address)) == number

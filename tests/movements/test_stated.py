import pytest

from thidua.movements.stated import year_in


@pytest.mark.parametrize(
    "title",
    [
        "Phát động phong trào thi đua năm 2027",
        "PHÁT ĐỘNG PHONG TRÀO THI ĐUA NĂM 2027",
        "Phong trào Thi đua Năm 2027",
    ],
)
def test_the_year_of_a_title_is_found_in_letters_of_any_case(title):
    assert year_in(title) == 2027


@pytest.mark.parametrize(
    "title", ["Ngày 16 tháng 11 năm 2026", "NGÀY 16 THÁNG 11 NĂM 2026", "Phong trào thi đua"]
)
def test_the_year_of_a_day_is_not_the_year_of_the_title(title):
    assert year_in(title) is None

import pytest

from thidua.core.plans.authorities import level_of


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Chủ tịch Ủy ban nhân dân tỉnh", "TINH"),
        ("Chủ tịch Uỷ ban nhân dân thành phố", "TINH"),
        ("Chủ tịch Ủy ban nhân dân huyện", "HUYEN"),
        ("Chủ tịch Ủy ban nhân dân xã", "XA"),
        ("Ban Thường vụ Tỉnh ủy", "TINH"),
    ],
)
def test_a_committee_is_of_the_level_it_names(name, level):
    assert level_of(name) == level

import pytest

from thidua.core.plans.authorities import find_authorities, level_of


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


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Giấy khen của Chủ tịch UBND phường phân bổ cho các tổ", "Chủ tịch UBND phường"),
        ("Chủ tịch UBND phường phân công Phòng Văn hóa", "Chủ tịch UBND phường"),
        ("UBND xã bình chọn 03 hộ", "UBND xã"),
        ("Giám đốc Sở thống nhất tặng", "Giám đốc Sở"),
        ("Hội đồng Thi đua - Khen thưởng tỉnh hướng dẫn", "Hội đồng Thi đua - Khen thưởng tỉnh"),
        ("Bộ trưởng Bộ Y tế Giấy khen", "Bộ trưởng Bộ Y tế"),
        ("Thủ tướng Chính phủ hoặc Bộ trưởng", "Thủ tướng Chính phủ"),
    ],
)
def test_the_name_of_an_authority_ends_before_what_it_does(sentence, name):
    assert find_authorities(sentence, 0, len(sentence))[0].name == name

from types import SimpleNamespace

import pytest

from thidua.movements.bodies import Directory

NAMES = {
    "so": ("Sở Tư pháp", ("Sở Tư pháp tỉnh Lào Cai", "Sở Tư pháp thành phố Hà Nội")),
    "cuc": ("Cục", ("Cục Hành chính tư pháp", "Cục Đăng ký giao dịch bảo đảm và Bồi thường nhà nước")),
    "vu": ("Vụ", ("Vụ Tổ chức cán bộ",)),
    "truong": ("Trường", ("Trường Cao đẳng Luật miền Bắc",)),
    "van_phong": ("Văn phòng", ("Văn phòng Bộ",)),
}


class Unit(SimpleNamespace):
    __hash__ = object.__hash__


@pytest.fixture
def directory():
    units = []
    for code, (kind, names) in NAMES.items():
        units += [
            Unit(pk=n, name=n, short_name="", kind=SimpleNamespace(name=kind), kind_id=code) for n in names
        ]
    return Directory(units)


def found(directory, body):
    match = directory.find(body)
    return [unit.name for unit in match.units], match.everyone, match.elsewhere


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("Vụ Tổ chức cán bộ", ["Vụ Tổ chức cán bộ"]),
        ("vụ tổ chức cán bộ", ["Vụ Tổ chức cán bộ"]),
        ("Sở Tư pháp Lào Cai", ["Sở Tư pháp tỉnh Lào Cai"]),
        ("Vụ trưởng Vụ Tổ chức cán bộ", ["Vụ Tổ chức cán bộ"]),
        ("Vụ Tổ chức cán bộ (Thường trực Hội đồng)", ["Vụ Tổ chức cán bộ"]),
        ("Trưởng Cụm (Cục Hành chính tư pháp)", ["Cục Hành chính tư pháp"]),
        ("Văn phòng Bộ, Vụ Tổ chức cán bộ", ["Vụ Tổ chức cán bộ", "Văn phòng Bộ"]),
        (
            "Cục Đăng ký giao dịch bảo đảm và Bồi thường nhà nước",
            ["Cục Đăng ký giao dịch bảo đảm và Bồi thường nhà nước"],
        ),
    ],
)
def test_a_unit_is_known_by_the_names_plans_use(directory, body, names):
    assert found(directory, body) == (names, False, False)


@pytest.mark.parametrize(
    "body",
    [
        "Các Sở Tư pháp",
        "Sở Tư pháp các tỉnh, thành phố",
        "Giám đốc Sở Tư pháp các tỉnh, thành phố trực thuộc trung ương",
        "Sở Tư pháp mới hình thành từ ngày 01/7/2025",
    ],
)
def test_a_kind_is_known_by_its_plural(directory, body):
    assert found(directory, body)[0] == ["Sở Tư pháp tỉnh Lào Cai", "Sở Tư pháp thành phố Hà Nội"]


@pytest.mark.parametrize(
    "body", ["Các đơn vị", "Mỗi đơn vị", "Thủ trưởng các đơn vị thuộc Bộ", "các cơ quan, đơn vị"]
)
def test_everybody_is_meant_by_the_units(directory, body):
    assert found(directory, body) == ([], True, False)


@pytest.mark.parametrize(
    "body", ["Hội Luật gia Việt Nam", "Các Cụm thi đua", "Ủy ban nhân dân các tỉnh", "Thủ tướng Chính phủ"]
)
def test_a_body_that_takes_no_part_is_elsewhere(directory, body):
    assert found(directory, body) == ([], False, True)


@pytest.mark.parametrize("body", ["Báo cáo sơ kết Đợt I", "Hội nghị tổng kết", ""])
def test_words_that_name_no_body_are_neither(directory, body):
    assert found(directory, body) == ([], False, False)


def test_the_head_of_a_cluster_is_no_school(directory):
    assert found(directory, "Trưởng, Phó Trưởng các Cụm thi đua")[0] == []

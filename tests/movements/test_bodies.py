from types import SimpleNamespace

import pytest

from thidua.movements.bodies import Directory, Led, may_be_for

NAMES = {
    "so": ("Sở Tư pháp", ("Sở Tư pháp tỉnh Lào Cai", "Sở Tư pháp thành phố Hà Nội")),
    "cuc": ("Cục", ("Cục Hành chính tư pháp", "Cục Đăng ký giao dịch bảo đảm và Bồi thường nhà nước")),
    "vu": ("Vụ", ("Vụ Tổ chức cán bộ",)),
    "truong": ("Trường", ("Trường Cao đẳng Luật miền Bắc",)),
    "van_phong": ("Văn phòng", ("Văn phòng Bộ",)),
    "phong": ("Phòng thuộc vụ cục", ("Phòng Hộ tịch",)),
}


class Unit(SimpleNamespace):
    __hash__ = object.__hash__


def unit_of(name, code, kind):
    level = "province" if code == "so" else "central"
    kind_row = SimpleNamespace(name=kind, level=level)
    small = code == "phong"
    return Unit(pk=name, name=name, short_name="", kind=kind_row, kind_id=code, is_small_collective=small)


@pytest.fixture
def directory():
    units = []
    for code, (kind, names) in NAMES.items():
        units += [unit_of(n, code, kind) for n in names]
    clusters = (
        Led("Cụm Thi đua số III (quản lý chuyên ngành)", "Cục Hành chính tư pháp", ("Vụ Tổ chức cán bộ",)),
        Led("Cụm địa phương 6", "Sở Tư pháp tỉnh Lào Cai"),
    )
    return Directory(units, clusters)


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
    "body", ["Các đơn vị", "Mỗi đơn vị", "Thủ trưởng các đơn vị thuộc Ngành", "các cơ quan, đơn vị"]
)
def test_everybody_is_meant_by_the_units(directory, body):
    assert found(directory, body) == ([], True, False)


@pytest.mark.parametrize(
    "body",
    ["Hội Luật gia Việt Nam", "Các Khối thi đua khác", "Ủy ban nhân dân các tỉnh", "Thủ tướng Chính phủ"],
)
def test_a_body_that_takes_no_part_is_elsewhere(directory, body):
    assert found(directory, body) == ([], False, True)


@pytest.mark.parametrize("body", ["Báo cáo sơ kết Đợt I", "Hội nghị tổng kết", ""])
def test_words_that_name_no_body_are_neither(directory, body):
    assert found(directory, body) == ([], False, False)


MINISTRY = [
    "Cục Hành chính tư pháp",
    "Cục Đăng ký giao dịch bảo đảm và Bồi thường nhà nước",
    "Vụ Tổ chức cán bộ",
    "Trường Cao đẳng Luật miền Bắc",
    "Văn phòng Bộ",
]


@pytest.mark.parametrize(
    "body",
    [
        "Các đơn vị thuộc Bộ",
        "Thủ trưởng các đơn vị thuộc Bộ",
        "Các cơ quan, đơn vị thuộc, trực thuộc Bộ Tư pháp",
        "Các đơn vị sự nghiệp thuộc Bộ",
    ],
)
def test_the_ministrys_units_are_not_the_provinces(directory, body):
    assert found(directory, body) == (MINISTRY, False, False)


def test_the_ministrys_units_and_the_provinces_named_together_are_both():
    province = unit_of("Sở Tư pháp tỉnh Lào Cai", "so", "Sở Tư pháp")
    office = unit_of("Văn phòng Bộ", "van_phong", "Văn phòng")

    match = Directory([province, office]).find("Thủ trưởng các đơn vị thuộc Bộ, Giám đốc Sở Tư pháp các tỉnh")

    assert {unit.name for unit in match.units} == {province.name, office.name}


def test_the_ministrys_units_are_elsewhere_where_only_provinces_take_part():
    province = unit_of("Sở Tư pháp tỉnh Lào Cai", "so", "Sở Tư pháp")

    assert found(Directory([province]), "Các đơn vị thuộc Bộ") == ([], False, True)


@pytest.fixture
def ministry_and_provinces():
    provinces = [unit_of(f"Sở Tư pháp tỉnh {place}", "so", "Sở") for place in ("Lào Cai", "Cà Mau")]
    office = unit_of("Văn phòng Bộ", "van_phong", "Văn phòng")
    return Directory([office, *provinces])


@pytest.mark.parametrize(
    "body",
    [
        "Các đơn vị thuộc Bộ, Sở Tư pháp",
        "Các đơn vị thuộc Bộ, các Sở Tư pháp",
        "Các đơn vị thuộc Bộ và Sở Tư pháp các tỉnh, thành phố",
        "Thủ trưởng các đơn vị thuộc Bộ, Giám đốc Sở Tư pháp",
        "Thủ trưởng các đơn vị thuộc Bộ, Giám đốc Sở Tư pháp chỉ đạo",
        "Chánh Văn phòng Bộ; Phó Giám đốc Sở Tư pháp",
        "Đề nghị Văn phòng Bộ và các Sở Tư pháp",
    ],
)
def test_every_body_of_a_list_is_found_in_the_singular_and_by_its_head(ministry_and_provinces, body):
    match = ministry_and_provinces.find(body)

    assert {unit.name for unit in match.units} == {unit.name for unit in ministry_and_provinces.units}
    assert match.strangers == ()


@pytest.mark.parametrize(
    ("body", "strangers"),
    [
        ("Văn phòng Bộ, Sở Nội vụ", ("Sở Nội vụ",)),
        ("Các Sở Tư pháp và Hội Luật gia các tỉnh, thành phố", ("Hội Luật gia các tỉnh, thành phố",)),
        ("Các đơn vị; Chủ tịch Hội Luật gia Việt Nam", ("Hội Luật gia Việt Nam",)),
        ("Các Sở Tư pháp và cơ quan thi hành án dân sự", ("cơ quan thi hành án dân sự",)),
        ("Các Sở Tư pháp và các cơ quan, đơn vị có liên quan", ()),
        ("Chánh Văn phòng Bộ", ()),
    ],
)
def test_each_body_of_a_list_that_means_nobody_is_told_as_written(ministry_and_provinces, body, strangers):
    assert ministry_and_provinces.find(body).strangers == strangers


def test_a_kind_in_the_singular_is_no_unit_of_the_ministry(ministry_and_provinces):
    assert found(ministry_and_provinces, "Văn phòng Chính phủ") == ([], False, True)


LEADS = ["Sở Tư pháp tỉnh Lào Cai", "Cục Hành chính tư pháp"]


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("Các Cụm thi đua", LEADS),
        ("Trưởng các Cụm thi đua", LEADS),
        ("Cụm trưởng", LEADS),
        ("Trưởng, Phó Trưởng các Cụm thi đua", [LEADS[0], LEADS[1], "Vụ Tổ chức cán bộ"]),
        ("Cụm Thi đua số III", LEADS[1:]),
    ],
)
def test_a_cluster_is_reached_through_who_leads_it(directory, body, names):
    assert found(directory, body) == (names, False, False)


@pytest.mark.parametrize("body", ["Các đơn vị thành viên Cụm", "Các đơn vị trong Cụm thi đua"])
def test_the_members_of_a_cluster_are_not_its_lead(directory, body):
    assert found(directory, body) == ([], True, False)


@pytest.mark.parametrize(
    ("sentence", "department", "office"),
    [
        ("Số hóa xong 100% sổ hộ tịch còn lại", True, True),
        ("Bảo đảm tiến độ soạn thảo", True, True),
        ("mỗi Sở Tư pháp xây dựng ít nhất 02 mô hình", True, False),
        ("Viện Chiến lược và Khoa học pháp lý hoàn thành 100% nhiệm vụ", False, False),
        ("Mỗi Cụm thi đua lập một danh mục", False, False),
        ("Mỗi đơn vị thuộc Bộ có ít nhất 02 sáng kiến", False, True),
    ],
)
def test_a_target_may_be_a_units_unless_it_begins_with_another_body(sentence, department, office):
    units = unit_of("Sở Tư pháp tỉnh Lào Cai", "so", "Sở Tư pháp"), unit_of("Văn phòng Bộ", "vp", "Văn phòng")

    assert [may_be_for(unit, sentence) for unit in units] == [department, office]
